"""test_pages.py: every page and state, as wide as a telephone and as a desk."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from looks import CONTRAST, CONTROLS, FOCUS, OVERFLOW
from states import EMPTY, STATES

WIDTHS = [320, 1280]


def looks_well(person):
    for width in WIDTHS:
        for dark in [False, True]:
            person.look(width, dark)
            assert person.script(OVERFLOW) == [], width
            assert person.script(CONTRAST) == [], (width, dark)


def test_nothing_sticks_out_or_is_too_faint(person, place, state):
    reader = person()
    state(reader, place)
    looks_well(reader)


def test_the_keyboard_reaches_everything_in_order(person, place, state):
    reader = person(width=360)
    state(reader, place)
    controls = reader.script(CONTROLS)
    for number, control in enumerate(controls):
        ActionChains(reader.driver).send_keys(Keys.TAB).perform()
        at, seen = reader.script(FOCUS)
        for _ in range(3):              # a date has its day, month, year
            if at == str(number) or at != str(number - 1) or \
                    'type="date"' not in controls[number - 1]:
                break
            ActionChains(reader.driver).send_keys(Keys.TAB).perform()
            at, seen = reader.script(FOCUS)
        assert at == str(number), f"{at} instead of {control}"
        assert seen, f"no outline: {control}"


def test_a_page_for_when_foyer_is_away(person, foyer):
    reader = person()
    reader.expected.add(503)
    reader.go(f"/reviews/{foyer.slugs[EMPTY]}")
    foyer.stop()
    try:
        reader.fill(author="A reader", body="Is anybody there?")
        reader.click("Send comment")
        assert reader.words("h1") == "Back in a moment"
        looks_well(reader)
    finally:
        foyer.start()
