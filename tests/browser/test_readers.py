"""test_readers.py: what a reader meets beside the talk itself: orders, notes,
badges, the past, the search, the journal's own pages and people."""

import re
import sys
import urllib.parse

import pytest
from selenium.webdriver.common.keys import Keys

import npm
from foyer import Foyer
from looks import AXE, CONTRAST, OVERFLOW
from postgres import ROOT, cluster  # noqa: F401

sys.path.insert(0, str(ROOT / "docs"))
import sso_token  # noqa: E402

FOG, BABYLON, CAMERA = ("hedgehog-in-the-fog-1975", "the-new-babylon-1929",
                        "man-with-a-movie-camera-1929")
THERE = "return document.querySelector(arguments[0]) && 1"
FOCUSED = "return document.activeElement.matches(arguments[0]) || null"


@pytest.fixture(scope="module")
def foyer(cluster):  # noqa: F811
    """No filter that might be late: what is posted is shown."""
    with Foyer(cluster, policy="open", filters={}) as made:
        secret = made.folder / "journal.secret"
        made.write_conf(sso_key=made.ctl("sso", "key", str(secret))
                        .stdout.strip())
        made.stop()
        made.start()
        made.secret = secret.read_text()
        yield made


def post(foyer, slug, body, **more):
    done = foyer.reader().comment(slug, body, **more)
    assert done.status == 201, done
    return done.json["id"]


def ids(reader):
    return [int(e.get_attribute("data-id"))
            for e in reader.all(".thread > li > .comment")]


@pytest.fixture(scope="module")
def many(foyer):
    """More roots than a page has; the third is the best."""
    made = [post(foyer, CAMERA, f"Root {n}.") for n in range(102)]
    voter = foyer.reader()
    voter.comment(BABYLON, "To have a vote.")
    for number in made[2:3]:
        voter.post_json(f"/foyer/threads/{CAMERA}/comments/{number}/vote",
                        {"vote": "helpful"})
    return made


def test_a_thread_is_read_in_each_order_and_to_its_end(person, javascript,
                                                       many):
    reader = person(javascript).go(f"/reviews/{CAMERA}")
    assert ids(reader)[:2] == many[:2]
    reader.click("Newest")
    assert ids(reader)[:2] == many[:-3:-1]
    reader.click("Best")
    assert ids(reader)[0] == many[2]
    reader.click("Oldest first")
    seen = ids(reader)
    while reader.all(".foyer > .next a"):
        reader.click("More comments")
        seen += ids(reader)
    assert seen == many


def test_notes_of_two_comments_lead_to_their_own(person, foyer, javascript):
    """And a moment of the film stays what it was, quotes as they were."""
    texts = [f"“{word}” at 01:02:03.[^1]\n\n[^1]: The {word} note."
             for word in ["First", "Second"]]
    numbers = [post(foyer, BABYLON, text) for text in texts]
    reader = person(javascript).go(f"/reviews/{BABYLON}")
    for number, word in zip(numbers, ["First", "Second"]):
        place = f"#comment-{number}"
        reader.find(f"{place} .words sup a").click()
        note = reader.path.rpartition("#")[2]
        assert f"The {word} note." in reader.words(f"{place} [id='{note}']")
        reader.find(f"{place} .footnotes a").click()
        assert reader.all(f"{place} [id='{reader.path.rpartition('#')[2]}']")
        assert f"“{word}” at 01:02:03" in reader.words(f"{place} .words")
        assert reader.find(f"{place} .words time").text == "01:02:03"


def test_what_was_changed_of_a_comment_is_a_click_away(person, foyer,
                                                       javascript):
    author = foyer.reader()
    number = author.comment(FOG, "The owl is good.").json["id"]
    token = author.json(f"/foyer/me.json?review={FOG}")["token"]
    author.post_json(f"/foyer/threads/{FOG}/comments/{number}/edit",
                     {"body": "The owl is rude.", "token": token})
    reader = person(javascript).go(f"/reviews/{FOG}")
    reader.leave(reader.find(f"#comment-{number} .edited").click)
    assert (reader.words("del"), reader.words("ins")) == ("good.", "rude.")
    reader.click("Back to the comment")
    assert reader.path.endswith(f"#comment-{number}")


def test_the_journals_reader_is_known_and_the_name_vouched_for(
        person, foyer, javascript):
    """By the token that the journal signed; docs/sso.md."""
    name = f"Ann Example {javascript:d}"
    claims = sso_token.claims(foyer.settings["origin"], f"4711{javascript}",
                              name)
    reader = person(javascript).go("/foyer/session/sso?" + urllib.parse.
                                   urlencode({
                                       "token": sso_token.token(foyer.secret,
                                                                claims),
                                       "next": f"/reviews/{FOG}"}))
    if reader.path != f"/reviews/{FOG}":
        reader.click("Go on")   # nothing says that the journal sent them
    assert reader.path == f"/reviews/{FOG}"
    if javascript:
        reader.wait("return document.querySelector('[name=author]').value")
    reader.comment(FOG, name, f"Signed in, {name}.")
    number, = re.findall(r"[0-9]+$", reader.path)
    reader.go(f"/foyer/comments/{number}")
    assert reader.wait(THERE, f"#comment-{number}")
    assert reader.words(f"#comment-{number} .by") == f"{name} verified"


def test_the_authors_and_moderators_words_are_told_from_others(
        person, foyer, javascript):
    numbers = {badge: post(foyer, FOG, f"As {badge}, {javascript}.")
               for badge in ["reviewer", "moderator", ""]}
    for badge, number in numbers.items():
        foyer.query("UPDATE comment SET badge = %s WHERE id = %s", badge,
                    number)
    post(foyer, FOG, f"And the page is made anew: {javascript}.")
    reader = person(javascript).go(f"/reviews/{FOG}")
    for badge, said in [("reviewer", "author of the review"),
                        ("moderator", "moderator")]:
        assert reader.words(f"#comment-{numbers[badge]} .badge") == said
    assert not reader.all(f"#comment-{numbers['']} .badge")


def test_a_name_is_looked_for_in_one_script_and_found_in_the_other(
        person, foyer, javascript):
    word = ["Zviagintsev", "Balagov"][javascript]
    russian = ["Звягинцев", "Балагов"][javascript]
    number = post(foyer, FOG, f"Ранний {russian} холоднее.")
    reader = person(javascript).go("/reviews/")
    found = f".found a[href$='/comments/{number}']"
    for _ in range(200):        # it is found when it has been read
        reader.find("[role=search] [name=q]").clear()
        reader.find("[role=search] [name=q]").send_keys(word)
        reader.leave(reader.find("[role=search] button").click)
        if reader.all(found):
            break
    assert reader.find(".found mark").text == russian
    reader.leave(reader.find(found).click)
    assert reader.path == f"/reviews/{FOG}#comment-{number}"


PAGES = [("hedgehog.html", FOG, True), ("new-babylon.html", BABYLON, False),
         ("movie-camera.html", CAMERA, False)]


@pytest.mark.parametrize("page, slug, plain", PAGES)
def test_a_page_of_the_journals_shows_the_thread_in_its_own_looks(
        person, foyer, javascript, page, slug, plain):
    """By the server where it includes the thread, else by the script."""
    text = f"To be seen in {page}, {javascript}."
    post(foyer, slug, text)
    reader = person(javascript).go(f"/journal/{page}")
    included = "<!--# include" in (ROOT / "samples/journal" / page).read_text()
    if not javascript and not included:
        assert not reader.all(".comment")
        return
    if javascript:
        reader.wait(THERE, ".foyer .thread")
    font = "return getComputedStyle(document.querySelector(arguments[0])" \
        ").fontFamily"
    assert reader.script(font, ".foyer .words") == reader.script(font, "main")
    paint = font.replace("fontFamily", "backgroundColor")
    assert reader.script(paint, ".send [type=submit]") != \
        reader.script(paint, ".send [name=preview]")
    for dark in [False, True]:
        for width in [360, 1280]:
            reader.look(width, dark)
            assert reader.script(OVERFLOW) == []
            assert reader.script(CONTRAST) == [], (width, dark)


def test_the_contents_count_the_comments(person, foyer):
    reader = person(javascript=True).go("/journal/")
    for slug in [FOG, BABYLON, CAMERA]:
        count = foyer.reader().json(f"/foyer/counts.json?review={slug}")[slug]
        link = f"[data-foyer-count='{slug}']"
        reader.wait("return document.querySelector(arguments[0]).textContent"
                    ".includes('(') || null", link)
        assert reader.words(link) == f"Comments ({count})"


# What opens in the page, how one comes there by the keyboard, and where the
# focus is then.
IN_PLACE = {
    "reply": (".acts [href*=reply]", ".here [name=author]"),
    "report": (".acts [href$=report]", ".here :is(textarea, input)"),
    "edit": (".acts [data-part=mine]", ".here [name=body]"),
    "ignored": (".acts [data-part=ignore]", "[data-part=heed]"),
    "shared": (".acts [data-part=share]", "[data-part=share]"),
    "voted": (".acts .helpful", ".helpful[aria-pressed=true]"),
    "preview": (".write [name=preview]", ".preview"),
    "refused": (".write [type=submit]:not([name])", "[aria-invalid]"),
}


@pytest.mark.parametrize("state", IN_PLACE)
def test_whatever_opens_in_the_page_is_for_everybody(person, foyer, state):
    by, focus = IN_PLACE[state]
    other = post(foyer, BABYLON, f"Somebody else’s, for {state}.")
    reader = person(javascript=True, width=360).go(f"/reviews/{BABYLON}")
    reader.expected.add(422)
    reader.fill(".write", author="Vera", body=f"*Mine*, for {state}.")
    mine = reader.post("Send comment")
    reader.go(f"/reviews/{BABYLON}")
    reader.wait(THERE, f"#comment-{mine} [data-part=mine]")
    if state in ["preview", "refused"]:
        reader.fill(".write", author="Vera", body="*So*. " * (
            2001 if state == "refused" else 1))
    number = mine if state == "edit" else other
    place = "" if by.startswith(".write") else f"#comment-{number} "
    reader.script("arguments[0].focus()", reader.find(place + by))
    reader.press(Keys.ENTER)
    reader.wait(FOCUSED, focus)
    reader.script(npm.text("axe-core/axe.min.js"))
    for dark in [False, True]:
        reader.look(360, dark)
        assert reader.script(OVERFLOW) == []
        assert reader.script(CONTRAST) == []
        assert reader.driver.execute_async_script(AXE) == []


def test_a_russian_review_speaks_russian_and_quotes_say_nothing(
        person, foyer, javascript):
    """A page says its own language; a comment's is nobody's to know."""
    foyer.query("UPDATE review SET language = 'ru' WHERE slug = %s", CAMERA)
    post(foyer, CAMERA, f"In English, {javascript}, «и по-русски».")
    reader = person(javascript).go(f"/reviews/{CAMERA}")
    assert reader.find("html").get_attribute("lang") == "ru"
    assert "Сначала старые" in reader.words("#comments")
    assert all(e.get_attribute("lang") == "" for e in reader.all(".words"))
    foyer.query("UPDATE review SET language = 'en' WHERE slug = %s", CAMERA)
    post(foyer, CAMERA, f"And English again, {javascript}.")


def mend(foyer, **changes):
    """Imports the review again, with other words; where nginx shows it."""
    words = (foyer.folder / "samples/hedgehog.txt").read_text()
    for old, new in changes.items():
        assert old in words
        words = words.replace(old, new)
    (foyer.folder / "mended.txt").write_text(words)
    foyer.ctl("review", "import", foyer.folder / "mended.txt")


def test_a_passage_is_shown_where_its_words_went_and_its_end_is_told(
        person, foyer, javascript):
    exact = "The fog was made of thin paper"
    number = post(foyer, FOG, f"How thin? {javascript}", anchor=exact)
    quoted, mark = f"#comment-{number} .quoted", f"#passage-{number}"
    reader = person(javascript)
    try:
        mend(foyer, **{"The fog was made": "The dense fog was made"})
        reader.go(f"/reviews/{FOG}/newest")
        reader.wait("if (!document.body.innerText.includes('dense fog'))"
                    " location.reload(); else return 1")
        reader.find(f"{quoted} a").click()
        assert reader.path.endswith(mark)
        assert "fog was made of thin paper" in reader.words(
            ".text:has(.passage)")
        mend(foyer, **{exact + ",": "It was made,"})
        reader.go(f"/reviews/{FOG}/newest")
        reader.wait("if (!document.body.innerText.includes('It was made'))"
                    " location.reload(); else return 1")
        assert "no longer in the review" in reader.words(
            f"#comment-{number}")
        assert exact in reader.words(quoted) and not reader.all(mark)
    finally:
        mend(foyer)


def test_a_page_gives_its_colours_and_follows_light_and_dark(person, foyer):
    post(foyer, FOG, "In the page's colours.")
    (foyer.folder / "samples/journal/coloured.html").write_text(
        "<!doctype html><html lang=en><title>Coloured</title><style>"
        ":root { color-scheme: light dark; --foyer-accent: #006400 }</style>"
        f"<div data-foyer='{FOG}'></div>"
        "<script src=/foyer/foyer.js defer></script>")
    reader = person(javascript=True).go("/journal/coloured.html")
    reader.wait(THERE, ".foyer .words")
    reader.wait("return getComputedStyle(document.querySelector("
                "'.foyer .feed a')).color == 'rgb(0, 100, 0)' || null")
    inks = []
    for dark in [False, True]:
        reader.look(1280, dark)
        inks.append(reader.script("return getComputedStyle(document"
                                  ".querySelector('.foyer .words')).color"))
    assert inks[0] != inks[1]
