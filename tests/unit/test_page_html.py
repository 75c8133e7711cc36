"""test_page_html.py: what the page room writes is what it says it is.

page_write puts one of every page into a folder; here a strict HTML parser, an
XML parser and a JSON parser read them.
"""

import hashlib
import json
import os
import pathlib
import re
import subprocess

import html5lib
import pytest

ROOT = pathlib.Path(__file__).parents[2]
BUILD = pathlib.Path(os.environ.get("FOYER_BUILD", "build"))
WEB = ROOT / "src" / "web"
NASTY = "<b>\"x\" & 'y'</b></script><!--"

PERSONAL = {"reply", "form_body", "form_author", "form_email", "form_edit",
            "mine_held", "mine_shown", "mine_removed", "sign_wrong",
            "account", "queue", "queue_empty", "rulings", "log", "log_empty",
            "thread_admin"}
SHARED = {"cite", "spoils", "review", "bare", "closed", "index", "index_empty", "error",
          "error_sign", "sign_in"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    subprocess.run([ROOT / BUILD / "unit" / "page_write"], check=True,
                   env={**os.environ, "FOYER_PAGES": str(folder)},
                   capture_output=True)
    return folder


@pytest.fixture(params=sorted(PERSONAL | SHARED))
def page(request, pages):
    """(name, tree) of each whole page, read strictly."""
    return request.param, parse(pages, request.param)


def parse(pages, name):
    text = (pages / f"{name}.html").read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(text)


def words(element):
    return " ".join("".join(element.itertext()).split())


def by_class(tree, name):
    return [e for e in tree.iter() if name in e.get("class", "").split()]


def levels(tree):
    return [int(e.tag[1]) for e in tree.iter()
            if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]


def test_all_pages_are_tested(pages):
    assert {p.stem for p in pages.glob("*.html")} == PERSONAL | SHARED


def test_a_page_is_strict_html_with_title_language_and_one_heading(page):
    name, tree = page
    assert tree.get("lang") == "en"
    assert tree.find("head/title").text.endswith("Kinok & Co")
    metas = {m.get("name"): m.get("content") for m in tree.iter("meta")}
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert metas["color-scheme"] == "light dark"
    found = levels(tree)
    assert found[0] == 1 and found.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(found, found[1:])), found


def test_a_page_has_landmarks_and_a_way_to_skip_to_main(page):
    _, tree = page
    body = tree.find("body")
    assert [e.tag for e in body] == ["a", "header", "main", "footer"]
    assert body.find("a").get("href") == "#" + body.find("main").get("id")


def test_ids_are_unique_and_what_points_to_them_is_right(page):
    name, tree = page
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for e in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby"):
            for target in (e.get(attribute) or "").split():
                assert target in ids, (name, attribute, target)
        if (e.get("href") or "").startswith("#"):
            assert e.get("href")[1:] in ids, (name, e.get("href"))


def test_every_input_has_a_label(page):
    _, tree = page
    labelled = {e.get("for") for e in tree.iter("label")}
    for tag in ("input", "textarea", "select"):
        for e in tree.iter(tag):
            assert e.get("type") == "hidden" or e.get("id") in labelled


def plain(link):
    """The file of web/ whose hash is in a link's name."""
    found = re.fullmatch(r"/foyer/(\w+)\.([0-9a-f]{12})\.(css|js)", link)
    assert found, link
    name = f"{found[1]}.{found[3]}"
    whole = hashlib.sha256((WEB / name).read_bytes()).hexdigest()
    assert whole.startswith(found[2])
    return name


def test_nothing_is_inline_that_the_content_policy_forbids(page):
    _, tree = page
    assert not list(tree.iter("style"))
    for e in tree.iter():
        assert not any(a == "style" or a.startswith("on") for a in e.attrib)
        assert not e.get("href", "").lower().startswith("javascript:")
    for script in tree.iter("script"):
        assert script.get("type") == "application/ld+json" \
            or plain(script.get("src")) in ("foyer.js", "admin.js") \
            and not script.text


def test_a_page_links_only_style_sheets_that_there_are(page):
    _, tree = page
    sheets = [e.get("href") for e in tree.iter("link")
              if e.get("rel") == "stylesheet"]
    assert plain(sheets[0]) == "foyer.css"
    for sheet in sheets:
        assert (WEB / plain(sheet)).is_file()


def test_no_text_becomes_markup(page):
    name, tree = page
    bold = {words(e) for e in tree.iter("b")}
    assert bold <= {"A. Reviewer", "mod"}, name
    assert not [e for e in tree.iter() if callable(e.tag)], "a comment"


def test_a_page_for_everybody_carries_no_key_and_no_token(page):
    name, tree = page
    hidden = {e.get("name") for e in tree.iter("input")
              if e.get("type") == "hidden"}
    if name in SHARED:
        assert hidden <= {"next"}
    elif name not in ("mine_shown", "mine_removed"):
        assert "token" in hidden


def test_a_thread_alone_is_a_strict_fragment(pages):
    text = (pages / "fragment.fragment").read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    fragment = parser.parseFragment(text)
    top = [e for e in fragment if isinstance(e.tag, str)]
    assert [(e.tag, e.get("class"), e.get("id")) for e in top] == \
        [("section", "foyer", "comments")]


def test_a_form_given_back_says_what_was_wrong_and_keeps_all_text(pages):
    rows = {"form_body": ("foyer-body", "longer than 10,000"),
            "form_author": ("foyer-author", "longer than 80"),
            "form_email": ("foyer-email", "mail address")}
    for name, (field, sentence) in rows.items():
        tree = parse(pages, name)
        alert = next(e for e in tree.iter() if e.get("role") == "alert")
        assert sentence in words(alert)
        bad = [e for e in tree.iter() if e.get("aria-invalid") == "true"]
        assert [e.get("id") for e in bad] == [field]
        described = bad[0].get("aria-describedby").split()
        told = [e for e in tree.iter() if e.get("id") in described]
        assert any(sentence in words(e) for e in told)
        by_id = {e.get("id"): e for e in tree.iter() if e.get("id")}
        assert by_id["foyer-body"].text == \
            "\nMy <text> & \"all\" of it</textarea>"
        assert by_id["foyer-author"].get("value") == "Ada " + NASTY
        assert by_id["foyer-email"].get("value") == "ada@"


def test_the_trap_is_hidden_from_people_and_their_machines(pages):
    tree = parse(pages, "review")
    trap, = by_class(tree, "trap")
    assert trap.get("aria-hidden") == "true"
    field = trap.find("input")
    assert (field.get("name"), field.get("tabindex"),
            field.get("autocomplete")) == ("website", "-1", "off")


def test_one_may_edit_and_delete_only_within_the_window(pages):
    def actions(name):
        return [f.get("action").rsplit("/", 1)[1]
                for f in parse(pages, name).iter("form")]
    assert actions("mine_held") == ["edit", "delete"]
    assert actions("mine_shown") == []
    assert actions("mine_removed") == []


def test_a_moderator_sees_what_each_filter_said(pages):
    tree = parse(pages, "queue")
    first = by_class(tree, "held")[0]
    rows = [[words(c) for c in row] for row in first.iter("tr")]
    assert ["links", "60", "60", "1 link in 4 words",
            "links=1 words=4"] in rows
    assert ["pace", "silent: did not answer"] in rows
    box = first.find(".//input[@form='many']")
    assert box.get("value") == "man-with-a-movie-camera-1929.31.held.0"
    form = first.find(".//form")
    assert form.get("action") == "/foyer/admin/threads/" \
        "man-with-a-movie-camera-1929/comments/31/rule"
    fields = {e.get("name"): e.get("value") for e in form.iter("input")}
    assert fields == {"seen": "held", "version": "0", "token": "token1",
                      "reason": None, "why": "silent filter"}
    acts = [e.get("value") for e in form.iter("button")]
    assert acts[0] == "remove" and sorted(acts) == \
        ["approve", "approve-trust", "remove", "spam", "spam-ban"]


def test_linked_data_is_json_without_spoilers_and_removed_words(pages):
    script, = (e for e in parse(pages, "review").iter("script") if e.text)
    data = json.loads(script.text)
    assert "<" not in script.text
    assert data["@type"] == "Review"
    assert data["itemReviewed"]["name"] == "Man with a Movie Camera"
    assert data["itemReviewed"]["director"][0]["name"] == "Dziga Vertov"
    said = {c["author"]["name"]: c["text"] for c in data["comment"]}
    assert said[NASTY].startswith("<script>alert(1)</script>\n")
    assert "hands" not in json.dumps(data) and "HIDDEN" not in script.text
    assert len(data["comment"]) == data["commentCount"] == 9
