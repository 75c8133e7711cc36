"""test_in_place.py: what foyer.js does without leaving the page, and how it
stays what it was: focus, folds, forms."""

import pytest
from selenium.webdriver.common.keys import Keys

from foyer import Foyer
from postgres import cluster  # noqa: F401

LONG, OTHER, SHORT = "hedgehog-in-the-fog-1975", "the-new-babylon-1929", \
    "man-with-a-movie-camera-1929"
THERE = "return document.querySelector(arguments[0]) && 1"
GONE = "return document.querySelector(arguments[0]) ? null : 1"
FOCUS = "return document.activeElement.matches(arguments[0]) || null"


@pytest.fixture(scope="module")
def foyer(cluster):  # noqa: F811
    """No filter that might be late: what is posted is shown."""
    with Foyer(cluster, policy="open", filters={}) as made:
        yield made


@pytest.fixture
def journal(foyer):
    """journal(body): the path of a page of the journal's own."""
    def write(body):
        page = foyer.folder / "samples/journal/made.html"
        page.write_text("<!doctype html><html lang=en><title>Made</title>"
                        + body + "<script src=/foyer/foyer.js defer></script>")
        return "/journal/made.html"
    return write


def post(foyer, body, slug=SHORT, **more):
    done = foyer.reader().comment(slug, body, **more)
    assert done.status == 201, done
    return done.json["id"]


def wrote(person, foyer, slug=SHORT):
    """A reader who has said something on this page: the number of that."""
    reader = person(javascript=True).go(f"/reviews/{slug}")
    reader.fill(".write", author="Vera", body="I was here.")
    return reader, reader.post("Send comment")


@pytest.fixture(scope="module")
def branch(foyer):
    """A root and a reply within its fold."""
    root = post(foyer, "A long branch.", LONG)
    return root, [post(foyer, f"Reply {n}.", LONG, parent=root)
                  for n in range(12)][-2]


def test_a_vote_is_counted_in_place_and_taken_back(person, foyer):
    number = post(foyer, "Vote for me.")
    reader, _ = wrote(person, foyer)
    button = f"#comment-{number} .helpful"
    reader.tab_to(button)
    for pressed, votes in [("true", 1), ("false", 0)]:
        reader.press(Keys.ENTER)
        reader.wait(THERE, f"{button}[aria-pressed={pressed}]")
        reader.wait(FOCUS, button)
        assert foyer.query("SELECT votes FROM comment WHERE id = %s",
                           number) == [(votes,)]
        assert ("1 vote" in reader.words(f"#comment-{number} .meta")) == \
            bool(votes)         # at once, though pages are told later


def test_a_vote_within_a_fold_leaves_it_open(person, foyer, branch):
    reader, _ = wrote(person, foyer, LONG)
    reader.find(".fold summary").click()
    button = f"#comment-{branch[1]} .helpful"
    reader.find(button).click()
    reader.wait(THERE, f"{button}[aria-pressed=true]")
    reader.wait(FOCUS, button)
    assert reader.find(button).is_displayed()


def test_why_a_vote_does_not_count_is_seen(person, foyer):
    reader, number = wrote(person, foyer)
    reader.expected.add(403)
    reader.find(f"#comment-{number} .helpful").click()
    reader.wait(THERE, f"#comment-{number} [data-part=copied]")
    assert "your own comment" in reader.words(f"#comment-{number}")


def test_a_report_is_made_in_place(person, foyer):
    number = post(foyer, "Report me.")
    reader, _ = wrote(person, foyer)
    reader.find(f"#comment-{number} a[href$='/report']").click()
    reader.wait(THERE, ".here .comment-form")
    reader.expected.add(422)
    reader.named("Report it", ".here").click()
    reader.wait(THERE, ".here [role=alert]")
    reader.find(".here [value=abuse]").click()
    reader.named("Report it", ".here").click()
    reader.wait(THERE, f"#comment-{number} ~ .here .notice")
    assert "Thank you" in reader.words(".here .notice")
    reader.wait(FOCUS, ".notice")


def test_a_comment_is_deleted_in_place(person, foyer):
    reader, number = wrote(person, foyer)
    reader.named("Edit or delete: Vera", f"#comment-{number}").click()
    reader.wait(THERE, ".here .delete")
    reader.find(".here .delete summary").click()
    reader.named("Delete for good", ".here").click()
    reader.wait(GONE, f"#comment-{number}")
    reader.wait(FOCUS, ".notice")


def test_cancelling_a_form_goes_back_to_the_comment(person, foyer):
    number = post(foyer, "Answer me not.")
    reader = person(javascript=True).go(f"/reviews/{SHORT}")
    reader.find(f"#comment-{number} a[href*=reply]").click()
    reader.wait(THERE, ".here textarea")
    reader.named("Cancel", ".here").click()
    reader.wait(GONE, ".here")
    assert reader.script("return document.activeElement.closest("
                         "arguments[0]) && 1", f"#comment-{number}")


@pytest.fixture
def holding(foyer):
    """OTHER's comments wait."""
    policy = ("UPDATE thread SET own = true, policy = %s::thread_policy WHERE id = "
              "(SELECT id FROM review WHERE slug = %s)")
    foyer.query(policy, "all", OTHER)
    yield
    foyer.query(policy, "open", OTHER)


def test_a_held_comment_is_shown_to_its_author_where_it_was_sent(
        person, holding):
    reader = person(javascript=True).go(f"/reviews/{OTHER}")
    reader.fill(".write", author="Vera", body="*Held* at first.")
    number = reader.post("Send comment")
    here = f"#here-{number}"
    assert "waits for a moderator" in reader.words(f"{here} .notice")
    assert reader.words(f"{here} .words em") == "Held"
    reader.named("Edit or delete", here).click()
    reader.wait(THERE, ".here [name=body]")
    reader.fill(f"{here} ~ .here", body="Changed while it waits.")
    reader.named("Save changes", f"{here} ~ .here").click()
    reader.wait("return document.querySelector(arguments[0])?.innerText"
                ".includes('Changed while') || null", here)
    reader.go(f"/reviews/{OTHER}").wait(THERE, "[data-part=waits] a")
    reader.leave(reader.find("[data-part=waits] a").click)
    assert "Changed while it waits" in reader.words("main")


def test_a_link_is_shared_or_shown(person, foyer):
    number = post(foyer, "Share me.")
    reader = person(javascript=True).go(f"/reviews/{SHORT}")
    reader.script("""Object.defineProperties(navigator, {
        share: {value: undefined, configurable: true},
        clipboard: {value: {writeText: async url => window.copied = url}}})""")
    share = f"#comment-{number} [data-part=share]"
    reader.wait(THERE, share)
    reader.find(share).click()
    reader.wait(THERE, f"#comment-{number} [data-part=copied]")
    assert "copied" in reader.words(f"#comment-{number} [data-part=copied]")
    url = f"{reader.origin}/foyer/comments/{number}"
    assert reader.script("return window.copied") == url
    reader.script("navigator.clipboard.writeText = () => Promise.reject()")
    reader.find(share).click()
    reader.wait("return document.querySelector(arguments[0]).innerText"
                ".includes('http') || null",
                f"#comment-{number} [data-part=copied]")
    assert reader.words(f"#comment-{number} [data-part=copied]") == url


def test_who_ignores_somebody_keeps_the_focus(person, foyer):
    number = post(foyer, "Ignore me.", author="Loud")
    reader = person(javascript=True).go(f"/reviews/{SHORT}")
    article = f"#comment-{number}"
    reader.tab_to(f"{article} [data-part=ignore]")
    reader.press(Keys.ENTER)
    assert reader.focused.text == "Show again"
    reader.press(Keys.ENTER)
    assert reader.focused.get_attribute("data-part") == "ignore"


# ---- within pages of the journal ----

def test_a_link_to_a_comment_opens_the_fold_that_it_is_in(
        person, branch, journal):
    path = journal(f"<p style='height:200vh'>x</p><div data-foyer='{LONG}'>")
    reader = person(javascript=True).go(f"{path}#comment-{branch[1]}")
    reader.wait(FOCUS, f"#comment-{branch[1]}")
    assert reader.find(f"#comment-{branch[1]}").is_displayed()
    assert 0 <= reader.script("return document.activeElement"
                              ".getBoundingClientRect().top") < 800


def test_several_threads_stand_on_one_page(person, foyer, branch, journal):
    post(foyer, "In the short one.")
    reader = person(javascript=True).go(journal(
        f"<main><div data-foyer='{LONG}'></div>"
        f"<div data-foyer='{SHORT}'></div></main>"))
    reader.wait(THERE, f"[data-foyer='{LONG}'] .comment")
    reader.wait(THERE, f"[data-foyer='{SHORT}'] .comment")
    ids = reader.script("return [...document.querySelectorAll('[id]')]"
                        ".map(e => e.id)")
    assert sorted(set(ids)) == sorted(ids)
    for slug in [LONG, SHORT]:
        place = f"[data-foyer='{slug}']"
        label = reader.find(f"{place} .write label").get_attribute("for")
        assert reader.all(f"{place} [id='{label}']"), slug
        reader.fill(f"{place} .write", author="Vera", body=f"To {slug}.")
        reader.named("Send comment", place).click()
        reader.wait("return document.activeElement.closest(arguments[0])"
                    " && document.activeElement.dataset.id", place)
        assert f"To {slug}." in reader.words(f"{place} .thread")
    ids = reader.script("return [...document.querySelectorAll('[id]')]"
                        ".map(e => e.id)")
    assert sorted(set(ids)) == sorted(ids)


def test_an_embedded_thread_is_sorted_and_paged_in_place(
        person, foyer, branch, journal):
    for n in range(101):
        post(foyer, f"Number {n}.", OTHER)
    reader = person(javascript=True).go(
        journal(f"<div data-foyer='{OTHER}'></div>"))
    reader.wait(THERE, ".thread")
    reader.script("window.same = true")
    for text, view in [("Newest", "newest"), ("More comments", "newest-after"),
                       ("Oldest first", "")]:
        first = reader.find(".thread .comment").get_attribute("id")
        reader.named(text).click()
        reader.wait("return document.querySelector('.thread .comment').id"
                    " != arguments[0] || null", first)
        reader.wait(FOCUS, "[data-foyer] h2")
    assert reader.script("return window.same")
    assert "Number 0." in reader.words(".thread")


def test_a_page_that_may_not_show_a_thread_says_why(person, foyer, journal):
    reader = person(javascript=True)
    reader.expected |= {403, 404}
    path = journal(
        f"<div id=a data-foyer='{LONG}'></div>"
        "<div id=b data-foyer='no-such-film'></div>")
    page = foyer.folder / "samples/journal/made.html"
    page.write_text(page.read_text().replace(
        "src=/foyer/", f"src={reader.origin}/foyer/"))
    reader.driver.get(f"http://localhost:{foyer.port}{path}")
    reader.wait(THERE, "#a p")
    assert "not on this journal’s list" in reader.words("#a").replace(
        "'", "’")
    reader.go(path).wait(THERE, "#b p")
    assert "no such page" in reader.words("#b")


def test_a_page_keeps_what_it_says_while_foyer_can_not_be_reached(
        person, foyer, journal):
    path = journal(f"<div data-foyer='{LONG}'>Comments are on their way."
                   "</div>")
    page = foyer.folder / "samples/journal/made.html"
    page.write_text(page.read_text().replace(
        "<script", "<script>XMLHttpRequest.prototype.send = function() {"
        "this.onloadend()}</script><script", 1))
    reader = person(javascript=True).go(path)
    reader.wait(THERE, "link[href$='foyer.css']")
    assert reader.words("[data-foyer]") == "Comments are on their way."
