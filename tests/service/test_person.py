"""test_person.py: people have their data, and can be erased."""

import json

import pytest

from process import wait_until

SETTINGS = {"filters": {}, "policy": "open"}


def texts(client, slug):
    return [comment["html"] for comment in client.thread(slug)["comments"]]


def whose(foyer, number):
    return foyer.query("SELECT person::text FROM comment WHERE id = %s",
                       number)[0][0]


def found(foyer, words):
    """Every table's rows that hold these words anywhere."""
    tables = foyer.query("SELECT table_name FROM information_schema.tables"
                         " WHERE table_schema = 'public'"
                         " AND table_type = 'BASE TABLE'")
    return [name for name, in tables if foyer.query(
        f"SELECT 1 FROM {name} t WHERE position(%s in t::text) > 0 LIMIT 1",
        words)]


def busy(foyer, slug, mark):
    """A reader who wrote, was answered, edited, voted and reported."""
    reader, other = foyer.reader(), foyer.reader()
    first = reader.comment(slug, f"First {mark}", author=f"Name {mark}").json
    other.comment(slug, "An answer.", parent=str(first["id"]))
    shown = other.comment(slug, "Another's.").json["id"]
    path = f"/foyer/threads/{slug}/comments"
    reader.post_json(f"{path}/{first['id']}/edit", {"body": f"Edited {mark}"})
    reader.post_json(f"{path}/{shown}/vote", {"vote": "helpful"})
    reader.post_json(f"{path}/{shown}/report",
                     {"reason": "other", "words": f"Because {mark}"})
    reader.comment(slug, f"Second {mark}", author=f"Name {mark}")
    return reader, first["id"], shown


def test_a_reader_sees_and_takes_along_what_is_theirs(foyer, slug):
    reader, number, _ = busy(foyer, slug, "Zebedee")
    page = reader.get("/foyer/me").valid()
    assert "Edited Zebedee" in page.words and "Second Zebedee" in page.words
    got = reader.get("/foyer/me.jsonl")
    lines = [json.loads(line) for line in got.text.splitlines()]
    kinds = [next(iter(line)) for line in lines]
    assert kinds[:2] == ["vote", "report"]
    mine = [line["comment"] for line in lines if "comment" in line]
    assert [c["body"] for c in mine] == ["Edited Zebedee", "Second Zebedee"]
    assert mine[0]["revisions"][0]["body"] == "First Zebedee"
    said = foyer.ctl("person", "export", f"#{number}").stdout
    assert [json.loads(line) for line in said.splitlines()] == [
        line for line in lines if "next" not in line]
    assert "Another" not in got.text
    assert foyer.reader().get("/foyer/me").status == 401
    assert foyer.reader().get("/foyer/me.jsonl").status == 401


def test_a_reader_is_erased_who_says_so(foyer, slug):
    reader, number, shown = busy(foyer, slug, "Quixote")
    person = whose(foyer, number)
    votes = "SELECT votes FROM comment WHERE id = %s"
    before = foyer.query(votes, shown)
    page = reader.get("/foyer/me")
    refused = reader.submit(page.form("/erase"))
    assert refused.status == 422 and "Edited Quixote" in refused.words
    done = reader.submit(page.form("/erase"), sure="yes")
    assert done.status == 200 and done.valid()
    wait_until(lambda: not found(foyer, person))
    assert not found(foyer, "Quixote")
    assert foyer.query(votes, shown) == before
    wait_until(lambda: "Quixote" not in foyer.reader().get(
        f"/reviews/{slug}").text)
    assert "An answer." in foyer.reader().get(f"/reviews/{slug}").text
    assert reader.get("/foyer/me").status == 401
    assert foyer.query("SELECT act, actor_name, after FROM moderation_log"
                       " ORDER BY id DESC LIMIT 1") == [
        ("person-erase", "foyer", "2")]
    foyer.ctl("log", "verify")


def test_foyerctl_erases_a_guest_and_an_account(foyer, slug):
    _, number, _ = busy(foyer, slug, "Rocinante")
    assert "--yes" in foyer.ctl("person", "erase", f"#{number}",
                                check=False).stderr
    foyer.ctl("person", "erase", "--yes", f"#{number}")
    assert not found(foyer, "Rocinante")
    client = foyer.moderator("dulcinea", "reader")
    client.comment(slug, "By dulcinea", author="dulcinea")
    account, = foyer.query("UPDATE account SET totp = 'sealed', totp_step = 1,"
                           " feed = 1 WHERE name = 'dulcinea' RETURNING id")[0]
    foyer.ctl("person", "erase", "--yes", "dulcinea")
    wait_until(lambda: client.get("/foyer/me").status == 401)
    assert found(foyer, "dulcinea") == ["moderation_log"]   # an operator's act
    assert foyer.query("SELECT totp, totp_step, feed FROM account"
                       " WHERE id = %s", account) == [("", 0, 0)]
    assert foyer.ctl("person", "erase", "--yes", "dulcinea",
                     check=False).returncode == 1


def test_who_moderates_stays_in_the_log(foyer):
    client = foyer.moderator("sancho")
    assert not [form for form in client.get("/foyer/me").forms
                if form.action.endswith("/erase")]
    assert "reader" in foyer.ctl("person", "erase", "--yes", "sancho",
                                 check=False).stderr
    assert client.post_json("/foyer/me/erase", {"sure": "yes"}).status == 403


@pytest.mark.parametrize("after", ["x", "1", "1-", "-1", "1-x", "0-0"])
def test_no_page_begins_at_nonsense(foyer, slug, after):
    reader = foyer.reader()
    reader.comment(slug, f"Something before {after}.")
    for path in ["/foyer/me", "/foyer/me.jsonl"]:
        assert reader.get(f"{path}?after={after}").status == 404
