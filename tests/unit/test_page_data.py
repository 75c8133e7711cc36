"""test_page_data.py: the page room's JSON, Atom and style sheets.

page_write puts one of every answer into a folder; Python's own JSON and XML
parsers read them.
"""

import gzip
import json
import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

ROOT = pathlib.Path(__file__).parents[2]
BUILD = pathlib.Path(os.environ.get("FOYER_BUILD", "build"))
WEB = ROOT / "src" / "web"
NASTY = "<b>\"x\" & 'y'</b></script><!--"
ATOM = "{http://www.w3.org/2005/Atom}"
REPLY = "{http://purl.org/syndication/thread/1.0}in-reply-to"
ORIGIN = "https://journal.example"
SLUG = "man-with-a-movie-camera-1929"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    subprocess.run([ROOT / BUILD / "unit" / "page_write"], check=True,
                   env={**os.environ, "FOYER_PAGES": str(folder)},
                   capture_output=True)
    return folder


def no_twins(pairs):
    assert len(pairs) == len({key for key, _ in pairs}), pairs
    return dict(pairs)


def load(pages, name):
    text = (pages / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text, object_pairs_hook=no_twins)


# ---- JSON ----

def test_thread_json_is_the_contract(pages):
    data = load(pages, "thread_json")
    assert list(data) == ["review", "count", "sort", "comments", "next"]
    assert data["review"] == {"slug": SLUG, "title": "Man with a Movie Camera"}
    assert (data["count"], data["sort"], data["next"]) == (9, "oldest", 21)
    by_id = {c["id"]: c for c in data["comments"]}
    assert list(by_id) == list(range(11, 22))
    assert by_id[12] == {
        "id": 12, "parent": 11, "depth": 1,
        "author": {"name": "Ольга", "badge": "reviewer"},
        "posted": "2018-04-01T13:00:00Z", "edited": "2018-04-01T14:00:00Z",
        "html": by_id[12]["html"], "votes": 3, "anchor": None}
    assert by_id[12]["html"].startswith("<p>It was Svilova’s idea")
    assert by_id[11]["parent"] is None and by_id[11]["edited"] is None
    assert by_id[14]["author"]["name"] == NASTY
    assert by_id[21]["anchor"] == {"exact": "A city wakes"}


def test_a_tombstone_in_json_keeps_its_place_and_no_words(pages):
    by_id = {c["id"]: c for c in load(pages, "thread_json")["comments"]}
    for number, state in ((13, "removed"), (19, "erased")):
        stone = by_id[number]
        assert stone["state"] == state
        assert stone["author"] is None and stone["html"] == ""
    assert by_id[13]["reason"] == "Selling \"tickets\" & more"
    assert "HIDDEN" not in (pages / "thread_json.json").read_text()
    assert all("state" not in by_id[n] for n in by_id if n not in (13, 19))


def test_an_empty_thread_is_an_empty_list(pages):
    assert load(pages, "thread_json_empty") == {
        "review": {"slug": "earth-1930", "title": "Earth"}, "count": 0,
        "sort": "oldest", "comments": [], "next": None}


def test_posting_is_answered_with_where_the_comment_is(pages):
    assert load(pages, "posted") == {
        "id": 7, "state": "shown", "url": "/reviews/a#comment-7",
        "edit_until": "2018-04-01T12:00:00Z"}
    assert load(pages, "posted_held") == {
        "id": 7, "state": "held", "url": "/foyer/threads/a/comments/7",
        "edit_until": None}


def test_a_problem_is_rfc_9457(pages):
    assert load(pages, "problem") == {
        "type": "/foyer/problems/body-long",
        "title": "Something needs mending", "status": 422,
        "detail": "The comment is longer than 10,000 characters.",
        "field": "body", "instance": "/foyer/threads/a\"b/comments"}


def test_counts_say_null_for_what_is_unknown(pages):
    assert load(pages, "counts") == {"a": 3, "b": None, "c": 0}


def test_me_json_has_session_comments_token_and_key(pages):
    me = load(pages, "me")
    assert list(me) == ["session", "comments", "votes", "token", "key"]
    assert me["session"] == {"name": NASTY, "role": "guest", "account": False}
    comment, = me["comments"]
    assert list(comment) == ["id", "state", "html", "body", "posted",
                             "edit_until", "url"]
    assert comment["url"] == f"/foyer/threads/{SLUG}/comments/11"
    assert load(pages, "me_nobody") == {
        "session": None, "comments": [], "votes": [], "token": "t",
        "key": "k"}


def test_the_queue_in_json_has_what_each_filter_said(pages):
    data = load(pages, "queue_json")
    assert (data["total"], data["next"]) == (120, 32)
    first, second = data["comments"]
    assert first["verdict"]["silent"]
    assert [f["filter"] for f in first["verdict"]["filters"]] == \
        ["links", "pace", "honeypot"]
    assert [f["silent"] for f in first["verdict"]["filters"]] == \
        [False, True, False]
    assert first["parent"]["author"] == "Ada" and second["parent"] is None
    assert first["history"] == {"shown": 0, "removed": 2, "first_seen": None}


def test_rulings_in_json_say_what_came_of_each(pages):
    data = load(pages, "rulings_json")
    assert data["done"] == 1
    assert [r["result"] for r in data["results"]] == \
        ["done", "before", "changed", "gone", "never"]
    done, before, *_ = data["results"]
    assert done["words"] == "Marked as spam." and done["by"] is None
    assert before["words"] == 'A <b> & "c" has approved it.'
    assert before["by"] == {"name": 'A <b> & "c"', "act": "approve",
                            "at": "2018-04-01T12:00:00Z"}


def test_health_tells_filters_apart(pages):
    data = load(pages, "health")
    assert (data["status"], data["database"]) == ("degraded", "ok")
    assert {f["name"]: f["state"] for f in data["filters"]} == \
        {"links": "ok", "pace": "out", "gone": "not loaded"}


# ---- Atom ----

def text(element, name):
    return element.findtext(ATOM + name)


@pytest.mark.parametrize("name", ["atom", "atom_empty"])
def test_a_feed_has_all_that_rfc_4287_asks(pages, name):
    feed = ElementTree.parse(pages / f"{name}.atom").getroot()
    assert feed.tag == ATOM + "feed"
    for element in [feed, *feed.findall(ATOM + "entry")]:
        assert text(element, "id").startswith(ORIGIN)
        assert text(element, "title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
                            text(element, "updated"))
        assert element.find(f"{ATOM}author/{ATOM}name").text
        for link in element.findall(ATOM + "link"):
            assert link.get("href").startswith(ORIGIN)
    links = {a.get("rel"): a.get("href") for a in feed.findall(ATOM + "link")}
    assert links["self"] == text(feed, "id")


def test_a_feed_has_the_shown_comments_newest_first(pages):
    feed = ElementTree.parse(pages / "atom.atom").getroot()
    entries = feed.findall(ATOM + "entry")
    ids = [int(text(e, "id").rsplit("/", 1)[1]) for e in entries]
    assert ids == [21, 20, 18, 17, 16, 15, 14, 12, 11]
    assert text(feed, "updated") == text(entries[0], "updated")
    nasty = entries[ids.index(14)]
    assert nasty.find(f"{ATOM}author/{ATOM}name").text == NASTY
    content = nasty.find(ATOM + "content")
    assert content.get("type") == "html"
    assert content.text.startswith("<p>&lt;script&gt;")
    assert nasty.find(REPLY).get("ref") == f"{ORIGIN}/foyer/comments/13"


# ---- style sheets ----

def palettes():
    """The custom properties of light and of dark."""
    css = (WEB / "foyer.css").read_text()
    found = re.findall(r"--([a-z-]+): var\(--foyer-\1,"
                       r" light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)",
                       css)
    return {"light": {name: light for name, light, _ in found},
            "dark": {name: dark for name, _, dark in found}}


def luminance(colour):
    """WCAG 2.2's relative luminance."""
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    parts = [p / 12.92 if p <= .04045 else ((p + .055) / 1.055) ** 2.4
             for p in parts]
    return sum(w * p for w, p in zip((.2126, .7152, .0722), parts))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + .05) / (low + .05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("front, back, least", [
    ("ink", "paper", 7), ("ink", "wash", 7), ("soft", "paper", 4.5),
    ("soft", "wash", 4.5), ("accent", "paper", 4.5), ("accent", "wash", 4.5),
    ("on-accent", "accent", 4.5), ("edge", "paper", 3)])
def test_colours_are_told_apart_as_wcag_asks(scheme, front, back, least):
    colours = palettes()[scheme]
    assert contrast(colours[front], colours[back]) >= least


def test_the_readers_style_sheets_are_light():
    size = sum(len(gzip.compress((WEB / name).read_bytes()))
               for name in ("foyer.css", "page.css"))
    assert size <= 8 * 1024


def test_style_sheets_fetch_nothing_from_elsewhere():
    for sheet in WEB.glob("*.css"):
        assert "url(" not in sheet.read_text()
        assert "@import" not in sheet.read_text()
