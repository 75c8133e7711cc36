"""test_statistics.py: statistics and filters, as moderators see them."""

import datetime

import pytest

from process import wait_until

SETTINGS = {"policy": "first", "spam_at": 101, "filter_deadline": 1000,
            "filters": {"links": {"max_links": "0"}, "bayes": {}}}
SPAM = "Buy at https://a.example/ https://b.example/ https://c.example/ now"
NOW = datetime.datetime.now(datetime.timezone.utc)


@pytest.fixture(scope="module")
def scene(foyer, moderator, slug):
    """Four spam and six good comments, ruled on, and two that wait."""
    for n in range(12):
        spam = n % 3 == 0
        body = f"{n} {SPAM}" if spam else f"A quiet word, number {n}."
        made = foyer.reader().comment(slug, body).json
        if n < 10:
            done = moderator.post_json(
                f"/foyer/admin/threads/{slug}/comments/{made['id']}/rule",
                {"act": "spam" if spam else "approve"})
            assert done.status == 200, done

    def counted():
        data = moderator.json("/foyer/admin/statistics.json")
        return (data["waiting"]["rulings"] == 10 and sum(
            sum(day[state] for state in ("shown", "spam", "held"))
            for day in data["days"]) == 12)
    wait_until(counted, "the sums")
    return slug


def links(data):
    return [row for row in data["filters"] if row["filter"] == "links"]


def test_statistics_are_what_was_done(scene, moderator):
    for span in ["week", "month", "year"]:
        data = moderator.json(f"/foyer/admin/statistics.json?span={span}")
        assert data["first"] <= NOW.date().isoformat() <= data["last"]
        total = {state: sum(day[state] for day in data["days"])
                 for state in ["shown", "held", "spam", "removed", "erased"]}
        assert total == {"shown": 6, "held": 2, "spam": 4, "removed": 0,
                         "erased": 0}
        assert data["busiest"][0] == {"slug": scene, "shown": 6,
                                      "heading": data["busiest"][0]["heading"]}
        quality, = links(data)
        assert quality["caught"] + quality["missed"] == 4
        assert quality["wrong"] + quality["passed"] == 6
        assert data["waiting"]["median"] <= data["waiting"]["ninety"] < 600


def test_the_page_tells_the_same_in_pictures_and_in_tables(scene, moderator):
    page = moderator.get("/foyer/admin/statistics?span=week").valid()
    pictures = [svg for svg in page.tree.iter()
                if svg.tag.endswith("svg") and svg.get("role") == "img"]
    assert len(pictures) >= 4
    for svg in pictures:
        names = svg.get("aria-labelledby").split()
        inside = {e.get("id") for e in svg.iter()}
        assert len(names) == 2 and set(names) <= inside
    assert "12 comments were posted" in page.words
    assert "Comments by the day they were posted" in page.words
    bars = [e for e in pictures[0].iter() if e.tag.endswith("rect")]
    assert {e.get("class") for e in bars} == {"bar shown", "bar held",
                                              "bar spam"}
    assert len({e.get("fill") for e in bars}) == 3


def test_a_time_in_which_nothing_was_done_says_so(scene, moderator):
    page = moderator.get("/foyer/admin/statistics?span=year&on=2001-05-05"
                         ).valid()
    assert "Nothing was posted or ruled on in this time." in page.words
    data = moderator.json("/foyer/admin/statistics.json?span=year&on=2001-05-05")
    assert data["first"] == "2001-01-01" and data["last"] == "2001-12-31"
    assert len(data["days"]) == 12 and data["waiting"]["median"] is None


def test_a_preview_weighs_what_filters_said_then(scene, moderator):
    def preview(query):
        data = moderator.json(f"/foyer/admin/filters.json?{query}")
        return data["now"], data["preview"]
    now, then = preview("")
    assert now == then and now["rulings"] == 10
    assert sum(now["spam"].values()) == 4 and sum(now["good"].values()) == 6
    _, mild = preview("weight_links=0&weight_bayes=0")
    assert mild["spam"]["shown"] + mild["spam"]["held"] == 4
    assert mild["good"]["spam"] == 0
    _, harsh = preview("hold_at=-100&spam_at=-100")
    assert harsh["spam"]["spam"] == 4 and harsh["good"]["spam"] == 6
    assert moderator.json("/foyer/admin/filters.json")["preview"] == now


def test_the_filters_page_tries_weights_by_a_form(scene, moderator):
    page = moderator.get("/foyer/admin/filters").valid()
    assert "works" in page.words and "0 good ones lost" in page.words
    form = page.form("/foyer/admin/filters#preview")
    assert form.fields["weight_links"] == "100"
    assert "foyer.conf" not in page.words
    page = moderator.get("/foyer/admin/filters?weight_links=150&hold_at=30"
                         "&spam_at=80").valid()
    assert "spam_at = 80" in page.words and "weight = 150" in page.words
    assert "hold_at = " not in page.words


@pytest.mark.parametrize("query", ["weight_links=1001", "weight_links=x",
                                   "hold_at=102", "hold_at=9&spam_at=8"])
def test_weights_beyond_their_bounds_are_refused(scene, moderator, query):
    assert moderator.get(f"/foyer/admin/filters?{query}").status == 422


def test_one_click_lets_a_filter_learn_anew(foyer, scene, moderator):
    page = moderator.get("/foyer/admin/filters")
    assert moderator.submit(page.form("/bayes/retrain")).status == 303

    def granted():
        bayes, = [f for f in moderator.json("/foyer/admin/filters.json")[
            "filters"] if f["name"] == "bayes"]
        assert bayes["retrain"]["asked"]
        return bayes["retrain"]["done"]
    wait_until(granted, "the filter")
    assert "bayes: learned anew" in foyer.daemon.output()
    rows = foyer.query("SELECT act, reason FROM moderation_log"
                       " ORDER BY id DESC LIMIT 1")
    assert rows == [("retrain", "bayes")]
    assert foyer.ctl("log", "verify").returncode == 0
    assert moderator.post_json("/foyer/admin/filters/none/retrain", {}
                               ).status == 404


def test_it_is_for_moderators(foyer, scene):
    guest = foyer.reader()
    guest.comment(scene, "Just a guest.")
    for path in ["statistics", "statistics.json", "filters", "filters.json"]:
        assert guest.get(f"/foyer/admin/{path}").status == 403
    assert guest.post_json("/foyer/admin/filters/bayes/retrain", {}
                           ).status == 403


def test_counted_anew_it_is_the_same(foyer, scene, moderator):
    guest = foyer.reader()                      # the last to come
    made = guest.comment(scene, "One more.").json["id"]

    def held():
        data = moderator.json("/foyer/admin/statistics.json")
        return sum(day["held"] for day in data["days"])
    waits = foyer.query("SELECT count(*) FROM comment WHERE state = 'held'")
    wait_until(lambda: [(held(),)] == waits, "the sums")
    before = moderator.json("/foyer/admin/statistics.json")
    foyer.query("UPDATE insight_day SET held = 77")
    assert foyer.ctl("statistics", "rebuild").returncode == 0
    wait_until(lambda: moderator.json("/foyer/admin/statistics.json")
               == before, "the sums")
    guest.post_json(f"/foyer/threads/{scene}/comments/{made}/delete", {})
    wait_until(lambda: sum(day["erased"] for day in moderator.json(
        "/foyer/admin/statistics.json")["days"]) == 1, "the sums")
