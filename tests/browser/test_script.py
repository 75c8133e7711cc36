"""test_script.py: what foyer.js adds, and passages with and without it."""

import http.server
import re
import threading

import pytest
from selenium.webdriver.common.keys import Keys

from foyer import Foyer
from postgres import cluster  # noqa: F401

SLUG = "hedgehog-in-the-fog-1975"
WORDS = "The fog was made of thin paper"
SELECT = """
const p = [...document.querySelectorAll('[id^=paragraph-]')].find(
    p => p.textContent.includes(arguments[0]));
const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(arguments[0]);
    if (at >= 0)
        getSelection().setBaseAndExtent(walk.currentNode, at,
            walk.currentNode, at + arguments[0].length);
}
"""
THERE = "return document.querySelector(arguments[0]) && 1"


@pytest.fixture(scope="module")
def foyer(cluster):  # noqa: F811
    """No filter that might be late: what is posted is shown."""
    with Foyer(cluster, policy="open", filters={}) as made:
        yield made


def come(person, slug=SLUG):
    return person(javascript=True).go(f"/reviews/{slug}")


def post(foyer, body, slug=SLUG, **more):
    return foyer.reader().comment(slug, body, **more).json["id"]


def marked(reader, number):
    quote = reader.find(f"#comment-{number} .quoted a")
    assert quote.get_attribute("href").endswith(f"#passage-{number}")
    return reader.words(f"#passage-{number}")


def test_a_passage_is_chosen_without_scripts(person, foyer):
    reader = person().go(f"/reviews/{SLUG}")
    reader.leave(reader.find("#paragraph-2 .passage-new").click)
    field = reader.find("[name=anchor]")
    assert WORDS in field.get_attribute("value")
    reader.expected.add(422)
    reader.fill(anchor="never in it", author="A", body="Without.")
    reader.click("Send comment")
    assert "does not have these words" in reader.words(".alert")
    reader.fill(anchor=WORDS).click("Send comment")
    number = int(reader.path.rpartition("-")[2])
    assert marked(reader, number) == WORDS
    assert reader.words(f"#comment-{number} .quoted") == WORDS


def test_words_that_are_selected_are_commented_on(person):
    reader = come(person)
    reader.script(SELECT, "a white horse standing")
    reader.wait(THERE, ".pick")
    reader.tab_to(".pick")
    reader.press(Keys.ENTER)
    assert reader.words(".write .answered blockquote") == \
        "a white horse standing"
    reader.fill(".write", author="A", body="Selected.")
    reader.named("Send comment").click()
    number = reader.wait("return document.activeElement.dataset.id")
    reader.go(f"/reviews/{SLUG}")
    assert marked(reader, number) == "a white horse standing"


def test_passages_overlap_and_say_how_many(person, foyer):
    ids = [post(foyer, f"The {i}th.", anchor={
        "type": "TextQuoteSelector", "exact": exact}) for i, exact in
        enumerate(["An oak appears out of nothing",
                   "out of nothing, and its trunk",
                   "An oak appears out of nothing"])]
    reader = person().go(f"/reviews/{SLUG}")
    marks = [m.text for m in reader.all("#paragraph-3 .passage")]
    assert [m.strip() for m in marks] == [
        "An oak appears", "out of nothing", ", and its trunk"]
    assert [a.text for a in reader.all("#paragraph-3 .passage-n")] == \
        ["2", "1"]
    assert reader.all(f"#passage-{ids[2]}")


def test_a_reply_is_sent_in_place_and_keeps_the_focus(person, foyer):
    number = post(foyer, "Answer me.")
    reader = come(person)
    reader.script("window.same = true")
    reader.find(f"#comment-{number} .acts a[href*=reply]").click()
    reader.wait(THERE, ".here textarea")
    reader.fill(".here", author="A", body="*Here.*")
    reader.named("Send reply", ".here").click()
    reply = reader.wait("return document.activeElement.dataset.id")
    assert reader.script("return window.same")
    assert reader.words(f"li:has(> #comment-{number}) #comment-{reply}"
                        " .words") == "Here."
    reader.named("Edit or delete: A", f"#comment-{reply}").click()
    reader.wait(THERE, ".here [name=body]")
    reader.fill(".here", body="Changed here.")
    reader.named("Save changes", ".here").click()
    reader.wait("return document.querySelector(arguments[0]).innerText"
                ".includes('Changed here.')", f"#comment-{reply}")


def test_an_error_stands_at_its_field_and_a_preview_in_the_form(person):
    reader = come(person)
    reader.expected.add(422)
    reader.fill(".write", author="A", body="*So* it will look.")
    reader.send("Preview", ".write .preview em")
    reader.fill(".write", body="word " * 2001)
    reader.send("Send comment", ".write [role=alert]")
    assert "longer than" in reader.words(".write [role=alert]")
    assert reader.focused.get_attribute("name") == "body"


def test_a_draft_outlives_its_page_and_a_503(person, foyer):
    reader = come(person)
    reader.expected.add(503)
    reader.fill(".write", author="Careful", body="Long thought about.")
    foyer.stop()
    try:
        reader.send("Send comment", ".write [role=alert]")
        assert "try again" in reader.words(".write [role=alert]")
    finally:
        foyer.start()
    reader.go("/reviews/").go(f"/reviews/{SLUG}")
    body = reader.find(".write [name=body]")
    assert body.get_attribute("value") == "Long thought about."
    reader.named("Send comment").click()
    reader.wait("return document.activeElement.dataset.id")
    assert reader.find(".write [name=body]").get_attribute("value") == ""


def test_what_is_new_is_marked_and_who_is_ignored_is_not_seen(person, foyer):
    slug = foyer.slugs[0] if foyer.slugs[0] != SLUG else foyer.slugs[1]
    post(foyer, "Old news.", slug, author="Early")
    reader = come(person, slug)
    reader.wait(THERE, "[data-part=share]")
    assert not reader.all(".new")
    number = post(foyer, "New and loud.", slug, author="Loud")
    reader.go(f"/reviews/{slug}").wait(THERE, f"#comment-{number} .new")
    assert reader.words("[data-part=news]").endswith(": 1")
    article = f"#comment-{number}"
    reader.named("Ignore: Loud", article).click()
    assert not reader.find(f"{article} .words").is_displayed()
    reader.go(f"/reviews/{slug}").wait(THERE, f"{article}.ignored")
    reader.find("[data-part=ignoring] button").click()
    assert reader.find(f"{article} .words").is_displayed()


@pytest.fixture
def elsewhere(tmp_path, foyer):
    """A page of another origin, which shows a thread and a count."""
    (tmp_path / "page.html").write_text(
        f"<!doctype html><html lang=en><title>x</title>"
        f"<a href='#' data-foyer-count='{SLUG}'>Comments</a>"
        f"<div data-foyer='{SLUG}'></div>"
        f"<script src='http://127.0.0.1:{foyer.port}/foyer/foyer.js' defer>"
        f"</script>")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *given):
            super().__init__(*given, directory=tmp_path)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/page.html"
        server.shutdown()


def test_another_page_shows_the_thread_and_its_count(person, foyer,
                                                     elsewhere):
    foyer.write_conf(origins=[elsewhere.rpartition("/")[0]])
    foyer.stop()
    foyer.start()
    post(foyer, "To be seen elsewhere.")
    reader = person(javascript=True)
    reader.driver.get(elsewhere)
    reader.wait(THERE, "[data-foyer] .foyer .comment")
    assert "To be seen elsewhere." in reader.words("[data-foyer]")
    reader.wait("return /\\(\\d+\\)/.test(document.querySelector("
                "'[data-foyer-count]').textContent)")
    link = reader.find("[data-foyer] [href*=reply]").get_attribute("href")
    assert link.startswith(f"http://127.0.0.1:{foyer.port}/foyer/")


@pytest.mark.parametrize("path", ["/reviews/", f"/reviews/{SLUG}",
                                  "/reviews/?q=fog"])
def test_a_reader_fetches_little(foyer, path):
    """Styles and scripts of a page, as nginx sends them."""
    reader = foyer.reader(**{"Accept-Encoding": "gzip"})
    page = foyer.reader().get(path).body.decode()
    got = {name: reader.get(name)
           for name in re.findall(r'"(/foyer/[a-z]+(?:\.[0-9a-f]{12})?\.(?:css|js))"', page)}
    assert len(got) > 1
    assert all(each.headers["Content-Encoding"] == "gzip"
               for each in got.values())
    sizes = {name: len(each.body) for name, each in got.items()}
    assert sum(sizes.values()) <= 12 * 1024, sizes
