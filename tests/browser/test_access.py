"""test_access.py: pages are for everybody: WCAG 2.2 AA, by axe-core and by
what it can't see."""

import pytest
from selenium.webdriver.common.keys import Keys

import npm
from looks import AXE, CUT, FOCUS, MOVING, OVERFLOW, SPACED
from states import FULL

# (name, text) that run the other way.
HEBREW = ("דנה 12", "הסרט (1929) ארוך, ואני אהבתי אותו: 93 דקות.")
ARABIC = ("سلمى", "الفيلم طويل وجميل، شكرًا على المقال.")


def test_axe_finds_nothing(person, place, state):
    text = npm.text("axe-core/axe.min.js")
    reader = person(javascript=True)
    state(reader, place)
    for dark in [False, True]:
        reader.look(1280, dark)
        reader.script(text)
        assert reader.driver.execute_async_script(AXE) == []


def test_it_fits_at_twice_the_size_and_with_text_further_apart(person, place,
                                                               state):
    reader = person(width=640)
    state(reader, place)
    assert reader.script(OVERFLOW) == []
    reader.script(SPACED)
    for width in [320, 640]:
        reader.look(width)
        assert reader.script(OVERFLOW) == [], width
        assert reader.script(CUT) == [], width


def test_nothing_moves_for_those_who_asked(person, place, state):
    reader = person()
    state(reader, place)
    reader.look(1280, prefers_reduced_motion="reduce")
    assert reader.script(MOVING) == []


def test_the_system_colours_keep_focus_and_spoilers(person, place):
    reader = person()
    reader.look(1280, forced_colors="active")
    reader.go(f"/reviews/{place.slug}")
    reader.tab_to(".comment a")
    assert reader.script(FOCUS)[1]
    hidden = """const s = getComputedStyle(document.querySelector('.spoiler'));
        return s.color == s.backgroundColor"""
    assert reader.script(hidden)
    reader.tab_to(".spoiler, .spoiler summary")
    assert not reader.script(hidden)


def test_on_paper_there_is_the_text_and_nothing_to_press(person, place):
    reader = person()
    reader.go(f"/reviews/{place.slug}").look(1280, media="print")
    seen = [e.tag_name for e in reader.all(
        "form, input, button, textarea, nav, .acts, .sort, .masthead, .skip")
        if e.is_displayed()]
    assert seen == []
    for part in [".text", ".credits", ".words", ".by"]:
        assert reader.find(part).is_displayed(), part


def test_on_paper_statistics_have_their_pictures_and_their_numbers(person,
                                                                   place):
    reader = person()
    reader.sign_in("boss", place.password)
    reader.go("/foyer/admin/statistics").look(718, media="print")
    assert not any(e.is_displayed() for e in reader.all(
        "form, button, nav, .spans, .masthead .skip"))
    pictures = [e.rect["height"] for e in reader.all("figure > svg")]
    assert len(pictures) >= 3 and min(pictures) > 80
    tables = [e for e in reader.all(".numbers table")
              if e.rect["height"] > 20]
    assert len(tables) == len(reader.all(".numbers")) >= 3
    assert reader.script(OVERFLOW) == []


@pytest.fixture
def other_way(place):
    return [place.post(place.slug, *row)[1] for row in (HEBREW, ARABIC)]


PLACES = """
const one = document.getElementById('comment-' + arguments[0]);
const box = e => e.getBoundingClientRect();
const text = document.createRange();
text.selectNodeContents(one.querySelector('.words p'));
const p = one.querySelector('.words p');
return {
    name: box(one.querySelector('.by bdi')),
    times: [...one.querySelector('time').getClientRects()],
    direction: getComputedStyle(p).direction,
    gap: box(p).right - Math.max(...[...text.getClientRects()]
        .map(r => r.right)),
    page: getComputedStyle(one).direction };
"""


def test_text_that_runs_the_other_way_disturbs_nothing(person, place,
                                                       other_way):
    for number in other_way:
        place.rule(place.slug, number, "approve")
    reader = person()
    reader.go(f"/reviews/{place.slug}/newest")
    for number in other_way:
        at = reader.script(PLACES, number)
        assert at["page"] == "ltr" and at["direction"] == "rtl"
        assert at["gap"] < 2, "a paragraph begins on the right"
        assert len(at["times"]) == 1, "the date is in one piece"
        assert at["times"][0]["left"] > at["name"]["right"]
    reader.go(f"/foyer/threads/{place.slug}/reply?parent={other_way[0]}")
    label = reader.words(".answered figcaption")
    assert label == f"In reply to {HEBREW[0]}"


def test_the_keyboard_alone_reads_replies_edits_and_deletes(person, place):
    """Without scripts; with them: test_script.py."""
    reader = person()
    reader.go(f"/reviews/{place.slug}")
    assert reader.tab_to("a").text == "Skip to the text"
    reader.press(Keys.ENTER).press(Keys.TAB)
    assert reader.script("return document.activeElement.closest('main')")
    reader.tab_to(f"#comment-{place.talked[0]} .acts a")
    reader.enter()
    reader.tab_to("[name=author]")
    reader.press("By the keys", Keys.TAB, Keys.TAB, "Typed, *not* clicked.")
    reader.tab_to("button")
    reader.enter()
    assert "waits for a moderator" in reader.words(".notice")
    reader.tab_to("textarea")
    reader.press(Keys.CONTROL, Keys.END).press(Keys.NULL, " And changed.")
    reader.tab_to("button")
    reader.enter()
    assert "And changed." in reader.words(".comment .words")
    reader.tab_to(".delete summary")
    reader.press(Keys.ENTER)
    reader.tab_to(".delete button")
    reader.enter()
    assert reader.path.startswith(f"/reviews/{place.slug}")


def test_a_link_to_a_comment_begins_there_and_an_error_at_its_field(
        person, place):
    reader = person()
    number = place.talked[1]
    reader.go(f"/reviews/{place.slug}#comment-{number}").press(Keys.TAB)
    assert reader.script("return document.activeElement.closest("
                         "arguments[0])", f"#comment-{number}")
    reader.expected.add(422)
    reader.comment(place.slug, "A reader", "word " * 2001)
    assert reader.find("[role=alert]").is_displayed()
    assert reader.find("#foyer-body").get_attribute("aria-describedby")
    reader.tab_to("[role=alert] a")
    reader.press(Keys.ENTER)
    assert reader.focused.get_attribute("id") == "foyer-body"


@pytest.mark.parametrize("language", ["ru-RU,ru;q=0.9,en;q=0.8", "en"])
def test_every_text_is_in_the_language_that_it_says(foyer, language):
    """A page says its own language; what is quoted from others does not say
    one that nobody knows."""
    reader = foyer.reader(**{"Accept-Language": language})
    page = reader.get(f"/reviews/{foyer.slugs[FULL]}").valid()
    assert page.tree.get("lang") == "en"        # shared: not the reader's
    assert reader.get("/foyer/session").tree.get("lang") == language[:2]
