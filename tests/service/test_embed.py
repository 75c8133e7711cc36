"""test_embed.py: threads in a journal's own pages, without JavaScript."""

import urllib.parse

import pytest

from process import wait_until

SSI = "/journal/hedgehog.html"
SLUG = "hedgehog-in-the-fog-1975"
FRIEND = "https://www.friend.example"
SETTINGS = {"filters": {}, "origins": [FRIEND]}


@pytest.fixture
def page(foyer, reader):
    """A reader on the journal's page, whose browser says where it is."""
    reader.headers["Referer"] = reader.origin + SSI
    return reader.get(SSI)


def threads(page):
    return [each for each in page.tree.iter("section")
            if each.get("id") == "comments"]


def test_nginx_puts_the_thread_into_the_page(page, reader):
    page.valid()
    assert len(threads(page)) == 1 and "<!--#" not in page.text
    assert page.text.count("<html") == 1
    fragment = reader.get(f"/foyer/threads/{SLUG}.html").text
    assert fragment in page.text


def test_the_page_shows_a_comment_as_soon_as_it_is_posted(page, reader):
    reader.comment(SLUG, "Seen at once in the journal's page.")
    assert "Seen at once" in reader.get(SSI).words


def stopped_with_a_file(foyer, reader):
    """Whether foyerd left the page's file; else it runs again: the feed told
    it of the comment after the page was made."""
    file = foyer.folder / f"cache/t/{SLUG}/thread..html"
    wait_until(lambda: file.exists() or not reader.get(SSI), "the file")
    foyer.stop()
    if not file.exists():
        foyer.start()
    return file.exists()


def test_the_page_is_made_from_files_while_foyerd_is_away(
        foyer, page, reader):
    reader.comment(SLUG, "Kept in a file.")
    wait_until(lambda: stopped_with_a_file(foyer, reader), "a file that stays")
    try:
        assert "Kept in a file." in reader.get(SSI).words
    finally:
        foyer.start()


def test_who_posts_from_the_page_comes_back_to_it(page, reader):
    done = reader.submit(page.form("/comments"), author="A",
                         body="From the journal's page.")
    assert done.status == 303
    path, _, place = done.location.partition("#")
    assert path == SSI and place.startswith("comment-")
    assert f'id="{place}"' in reader.get(path).text


def test_who_replies_from_the_page_comes_back_to_it(foyer, page, reader):
    parent = reader.comment(SLUG, "To be answered.").json["id"]
    form = reader.get(f"/foyer/threads/{SLUG}/reply?parent={parent}")
    assert any(a.get("href") == f"{SSI}#comments"
               for a in form.tree.iter("a"))
    reader.headers["Referer"] = reader.origin + form.path
    empty = reader.submit(form.form("/comments"), author="A", body="")
    assert empty.status == 422
    done = reader.submit(empty.form("/comments"), author="A", body="Yes.")
    assert done.status == 303 and done.location.startswith(f"{SSI}#comment-")


@pytest.fixture
def careful(foyer):
    foyer.query("UPDATE thread SET own = true, policy = 'all'")
    yield
    foyer.query("UPDATE thread SET own = true, policy = 'open'")


def test_who_waits_edits_and_deletes_finds_back(foyer, careful, page, reader):
    done = reader.submit(page.form("/comments"), author="A", body="Waits.")
    mine = reader.follow(done)
    assert urllib.parse.quote(SSI) in mine.path
    reader.headers["Referer"] = reader.origin + mine.path
    assert f'href="{SSI}#comments"' in mine.text
    edited = reader.submit(mine.form("/edit"), body="Waits, changed.")
    mine = reader.follow(edited)
    assert f'href="{SSI}#comments"' in mine.text
    gone = reader.submit(mine.form("/delete"))
    assert gone.status == 303 and gone.location == f"{SSI}#comments"


@pytest.mark.parametrize("told, back", [
    ("/2025/2-new-babylon.html", "/2025/2-new-babylon.html"),
    ("/a?b=1&c=2#top", "/a?b=1&c=2"),
    (FRIEND + "/60/r.html", FRIEND + "/60/r.html"),
    ("https://evil.example/60/r.html", None), (FRIEND + "/", None),
    (FRIEND + ".evil.example/r", None), (FRIEND + "@evil.example/r", None),
    ("//evil.example/", None), ("/\\evil.example/", None),
    ("javascript:alert(1)", None), ("/x\r\nSet-Cookie: a=b", None),
    (f"/reviews/{SLUG}/newest", None), (f"/foyer/threads/{SLUG}.html", None),
    ("/" + "x" * 600, None)])
def test_nobody_is_led_anywhere_else(reader, told, back):
    done = reader.post(f"/foyer/threads/{SLUG}/comments", {
        "author": "A", "body": f"Back to {told[:40]}", "from": told})
    assert done.status == 303
    want = back if back else f"/reviews/{SLUG}"
    assert done.location.startswith(f"{want}#comment-"), done.location


@pytest.mark.parametrize("name", ["", "hedgehog.html", "new-babylon.html",
                                  "movie-camera.html", "elsewhere.html"])
def test_the_example_pages_are_whole(reader, foyer, name):
    page = reader.get(f"/journal/{name}").valid()
    assert page.status == 200
    for tag, attribute in [("a", "href"), ("link", "href")]:
        for each in page.tree.iter(tag):
            path = urllib.parse.urljoin(page.path, each.get(attribute))
            if path.startswith("/journal/"):
                assert reader.get(path).status == 200, path
    for name in ["data-foyer", "data-foyer-count"]:
        for each in page.tree.iter():
            assert each.get(name) in [None, *foyer.slugs]
