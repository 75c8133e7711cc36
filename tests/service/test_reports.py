"""test_reports.py: readers report comments, moderators deal with that."""

import uuid

import pytest

from process import wait_until

SETTINGS = {"filters": {}, "policy": "open", "report_hold": 3}


@pytest.fixture
def guest(foyer):
    """guest(): a reader with a session and a shown comment."""
    def make():
        client = foyer.reader()
        posted = client.comment(foyer.slugs[1], "Here I am.",
                                key=str(uuid.uuid4()))
        assert posted.status == 201, posted
        return client
    return make


def say(foyer, slug, body):
    return foyer.reader().comment(slug, body,
                                  key=str(uuid.uuid4())).json["id"]


def path(slug, number, act="report"):
    return f"/foyer/threads/{slug}/comments/{number}/{act}"


def report(client, slug, number, **fields):
    return client.post_json(path(slug, number), {"reason": "abuse"} | fields)


def listed(moderator, state="shown"):
    return {c["id"]: c for c in
            moderator.json("/foyer/admin/queue.json")["comments"]
            if c["state"] == state}


def rule(moderator, slug, number, act, seen="shown"):
    where = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
    return moderator.post_json(where, {"act": act, "seen": seen})


def test_without_scripts_a_link_leads_to_a_form(foyer, slug, guest,
                                                moderator):
    number, reader = say(foyer, slug, "Report <me>."), guest()
    page = reader.get(f"/reviews/{slug}").valid()
    assert any(a.get("href") == path(slug, number)
               for a in page.tree.iter("a"))
    page = reader.get(path(slug, number)).valid()
    assert "Report <me>." in page.words
    done = reader.submit(page.form("/report"), reason="spoiler",
                         words="The  ending & all of it")
    assert done.status == 303
    assert "Thank you" in reader.follow(done).valid().words
    told = listed(moderator)[number]["reports"]
    assert [(r["reason"], r["words"]) for r in told] == [
        ("spoiler", "The  ending & all of it")]
    queue = moderator.get("/foyer/admin/").valid()
    assert "The ending & all of it" in queue.words
    kept = moderator.submit(queue.form(f"/comments/{number}/rule"),
                            act="approve")
    assert kept.status == 303
    assert number not in listed(moderator)
    assert number in {c["id"] for c in reader.thread(slug)["comments"]}


def test_who_reported_from_the_journals_page_comes_back_there(
        foyer, slug, guest):
    there, number = "/journal/a-page.html", say(foyer, slug, "From there.")
    reader = guest()
    page = reader.get(path(slug, number) + f"?from={there}")
    done = reader.follow(reader.submit(page.form("/report"),
                                       reason="abuse")).valid()
    assert "Thank you" in done.words
    assert any(a.get("href", "").startswith(there)
               for a in done.tree.iter("a"))


WRONG = [
    ({"reason": ""}, "report-bad", "reason"),
    ({"reason": "boring"}, "report-bad", "reason"),
    ({"reason": "other"}, "report-empty", "words"),
    ({"reason": "other", "words": " \u200b "}, "report-empty", "words"),
    ({"reason": "spam", "words": "x" * 301}, "report-long", "words"),
]


@pytest.mark.parametrize("fields,kind,field", WRONG)
def test_a_report_needs_a_reason_and_gives_the_words_back(
        foyer, slug, guest, fields, kind, field):
    number, reader = say(foyer, slug, f"Wrong {fields}"[:60]), guest()
    refused = report(reader, slug, number, **fields)
    assert refused.status == 422 and refused.json["field"] == field
    assert refused.json["type"].endswith(kind)
    page = reader.post(path(slug, number), fields).valid()
    assert page.status == 422
    words = page.form("/report").fields["words"]
    assert words == fields.get("words", "")
    assert foyer.query("SELECT count(*) FROM report WHERE comment_id = %s",
                       number) == [(0,)]


def test_own_words_are_reason_enough(foyer, slug, guest, moderator):
    number = say(foyer, slug, "In your own words.")
    assert report(guest(), slug, number, reason="",
                  words="Wrong film").status == 200
    assert listed(moderator)[number]["reports"][0]["reason"] == "other"


def test_who_may_not_report(foyer, slug, guest):
    author = foyer.reader()
    number = author.comment(slug, "Mine.").json["id"]
    assert report(author, slug, number).json["type"].endswith("/own")
    stranger = foyer.reader()
    assert report(stranger, slug, number).status == 401
    page = stranger.get(path(slug, number)).valid()
    assert page.status == 401 and "left a comment here" in page.words
    cross = guest().post(path(slug, number), {"reason": "spam"},
                         {"Sec-Fetch-Site": "cross-site"})
    assert cross.status == 403


def test_three_readers_hold_a_comment_and_the_log_says_so(
        foyer, slug, guest, moderator):
    number = say(foyer, slug, "Hold me.")
    reader = guest()
    for _ in range(3):                  # one each
        assert report(reader, slug, number).status == 200
    assert number in {c["id"] for c in reader.thread(slug)["comments"]}
    for _ in range(2):
        assert report(guest(), slug, number).status == 200
    assert number not in {c["id"] for c in reader.thread(slug)["comments"]}
    assert number not in listed(moderator)
    held = listed(moderator, "held")[number]
    assert held["why"] == "reported" and len(held["reports"]) == 3
    assert "Readers have reported it" in moderator.get("/foyer/admin/").words
    log = moderator.get("/foyer/admin/log").valid().words
    assert f"#{number}" in log and "3 reports" in log
    assert foyer.ctl("log", "verify").returncode == 0
    assert rule(moderator, slug, number, "approve", "held").status == 200
    assert report(reader, slug, number).status == 200   # not heard again
    assert number not in listed(moderator)
    assert number in {c["id"] for c in reader.thread(slug)["comments"]}


def test_a_crowd_of_fresh_guests_hides_nothing(foyer, slug, moderator):
    """Who has no shown comment is heard by moderators, not by the rule."""
    number = say(foyer, slug, "They want me gone.")
    for n in range(4):
        puppet = foyer.reader()
        mine = puppet.comment(foyer.slugs[1], f"Puppet {n}.").json["id"]
        foyer.query("UPDATE comment SET state = 'held' WHERE id = %s", mine)
        assert report(puppet, slug, number).status == 200
    assert number in {c["id"] for c in puppet.thread(slug)["comments"]}
    assert len(listed(moderator)[number]["reports"]) == 4


def test_nobody_reports_without_end(foyer, slug, guest):
    numbers = [say(foyer, slug, f"Report number {n}.") for n in range(21)]
    reader = guest()
    answers = [report(reader, slug, n).status for n in numbers]
    assert answers == [200] * 20 + [429]


def test_what_is_removed_or_erased_is_reported_no_more(foyer, slug, guest,
                                                       moderator):
    author, reader = foyer.reader(), guest()
    number = author.comment(slug, "I take it back.").json["id"]
    assert report(reader, slug, number).status == 200
    assert author.post_json(path(slug, number, "delete"), {}).status == 200
    assert number not in listed(moderator)
    assert foyer.query("SELECT count(*) FROM report WHERE comment_id = %s",
                       number) == [(0,)]
    assert report(guest(), slug, number).status == 404


def test_a_report_is_not_lost_while_foyerd_or_the_database_is_away(
        foyer, slug, guest):
    number, reader = say(foyer, slug, "Away."), guest()
    fields = {"reason": "other", "words": "«Всё» & <more>."}
    foyer.stop()
    page = reader.post(path(slug, number), fields)
    assert page.status == 503
    foyer.start()
    assert reader.submit(page.form("/again")).status == 303
    assert foyer.query("SELECT words FROM report WHERE comment_id = %s",
                       number) == [("«Всё» & <more>.",)]
    number = say(foyer, slug, "Away once more.")
    form = reader.get(path(slug, number)).form("/report")
    foyer.cluster.stop()
    try:
        page = reader.submit(form, **fields).valid()
        assert page.status == 503 and page.headers["Retry-After"]
        form = page.form("/report")
        assert form.fields["words"] == fields["words"]
    finally:
        foyer.cluster.start()
    wait_until(lambda: reader.submit(form).status == 303, "the report")
