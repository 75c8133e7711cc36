"""test_queue_feed.py: what waits, as a feed behind a secret address."""

import xml.etree.ElementTree as ET

import pytest

SETTINGS = {"filters": {}, "policy": "first"}
ATOM = "{http://www.w3.org/2005/Atom}"


def address(client):
    page = client.get("/foyer/account").valid()
    field = page.tree.find(".//input[@id='own-address']")
    return None if field is None else field.get("value")


def act(client, value):
    form = client.get("/foyer/account").form("/feed")
    assert client.submit(form, feed=value).status == 303
    return address(client)


@pytest.fixture
def subscriber(foyer, request):
    return foyer.moderator(f"for {request.node.name}")


def test_it_tells_what_waits_and_no_more_than_an_excerpt(foyer, slug,
                                                         subscriber):
    long = "A <b>bold</b> claim & ||the end|| " + "on and on " * 60
    number = foyer.reader().comment(slug, long, author="Eve <x>").json["id"]
    assert address(subscriber) is None
    url = act(subscriber, "new")
    got = foyer.reader().get(url)
    assert got.status == 200
    assert got.headers["Content-Type"].startswith("application/atom+xml")
    assert got.headers["Cache-Control"] == "no-store"
    feed = ET.fromstring(got.body)
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text.endswith(f"/foyer/queue/{number}")
    words = entry.find(f"{ATOM}summary").text
    assert words.startswith("A <b>bold</b> claim") and len(words) <= 200
    assert "the end" not in words
    assert "Eve <x>" in entry.find(f"{ATOM}title").text
    link = entry.find(f"{ATOM}link").get("href")
    assert link.endswith(f"/foyer/admin/#held-{number}")
    assert url.rpartition("/")[2].encode() not in got.body


def test_nobody_guesses_it_and_it_ends(foyer, subscriber):
    url = act(subscriber, "new")
    reader = foyer.reader()
    assert reader.get(url).status == 200
    digit = url[-6]
    wrong = url[:-6] + ("1" if digit == "0" else "0") + url[-5:]
    for bad in [wrong, "/foyer/queue/x.atom", "/foyer/queue/" + "0" * 72
                + ".atom"]:
        assert reader.get(bad).status == 404
    other = act(subscriber, "new")
    assert other != url and reader.get(url).status == 404
    assert reader.get(other).status == 200
    assert act(subscriber, "none") is None
    assert reader.get(other).status == 404


def test_signing_out_everywhere_ends_it(foyer, subscriber):
    url = act(subscriber, "new")
    subscriber.submit(subscriber.get("/foyer/account").form("/leave"))
    assert foyer.reader().get(url).status == 404


def test_who_is_no_moderator_any_more_has_none(foyer, subscriber):
    url = act(subscriber, "new")
    foyer.query("UPDATE account SET role = 'reviewer' WHERE id = (SELECT "
                "account_id FROM account_session ORDER BY made_at DESC, "
                "ends DESC LIMIT 1)")
    assert foyer.reader().get(url).status == 404
