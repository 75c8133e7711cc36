"""asked_rulings.py: what test_openapi.py asks of rulings."""

from asking import both


def ruled(w):
    one, two, three = [w.foyer.reader().comment(
        w.slug, f"Ruled, {n}.").json["id"] for n in range(3)]
    return [w.rule(one, "approve"),
            w.rule(two, "spam"), w.rule(three, "fly"),
            w.rule(one, "remove", seen="shown", reason="Off the film."),
            w.moderator.post(w.path("rule", id=three), {"act": "approve"})]


def waiting(w, n):
    """As it is selected: a held comment."""
    number = w.foyer.reader().comment(w.slug, f"Waits, {n}.").json["id"]
    return f"{w.slug}.{number}.held.0"


def ruled_at_once(w):
    fields = {"act": "spam", "select": f"{waiting(w, 7)} {waiting(w, 8)}"}
    return both(w, "ruleMany", fields, w.moderator)[::-1] + both(
        w, "ruleMany", {"act": "spam", "select": waiting(w, 9)}, w.moderator
    ) + both(w, "ruleMany", {"act": "spam"}, w.moderator)


def undone(w, name):
    row = w.moderator.post_json(w.path("ruleMany"), {
        "act": "spam", "select": waiting(w, name)}).json["results"][0]["log"]
    return both(w, name, {"select": str(row)}, w.moderator, id=row)
