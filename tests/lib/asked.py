"""asked.py: what test_openapi.py asks of statistics and filters."""


def insight(get, both):
    """operationId -> answers of a world."""
    return {
        "statistics": lambda w: [get(w, "statistics", w.moderator),
                                 get(w, "statistics", w.moderator, "?span=day")],
        "statisticsJson": lambda w: [
            get(w, "statisticsJson", w.moderator, query)
            for query in ["", "?span=year&on=2024-02-29", "?on=never"]],
        "filters": lambda w: [get(w, "filters", w.moderator),
                              get(w, "filters", w.moderator, "?weight_links=9")],
        "filtersJson": lambda w: [
            get(w, "filtersJson", w.moderator, query)
            for query in ["", "?weight_links=200&hold_at=5", "?weight_links=-1",
                          "?hold_at=50&spam_at=10"]],
        "retrain": lambda w: both(w, "retrain", {}, w.moderator) + [
            w.moderator.post_json("/foyer/admin/filters/none/retrain", {})],
    }
