"""test_pages.py: every page and state, as wide as a telephone and as a desk."""

import itertools
import pathlib
import shutil
import subprocess

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from looks import CONTRAST, CONTROLS, FOCUS, OVERFLOW
from scene import Scene

WIDTHS = [360, 1280]
CLOSED, EMPTY, FULL = range(3)
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def place(foyer, moderator):
    """What STATES need to know: slugs, a password, comments everywhere."""
    scene = Scene(foyer, moderator)
    scene.password = foyer.add_account("boss", "owner")
    scene.slug = foyer.slugs[FULL]
    scene.talked = scene.talk(scene.slug)
    scene.waiting = scene.wait_in_queue(scene.slug, scene.talked)
    _, wide = scene.post(scene.slug, "W" * 80, "w" * 400 + " ||spoiler||")
    scene.rule(scene.slug, wide, "approve")
    for row in scene.waiting[1:]:
        number = scene.post(scene.slug, "Shown, too", f"As {row}", parent=wide)
        scene.rule(scene.slug, number[1], "approve")
    moderator.post_json(f"/foyer/admin/threads/{foyer.slugs[CLOSED]}",
                        {"policy": "closed"})
    return scene


def page(path):
    def come(person, place):
        person.go(path.format(slug=place.slug, closed=place.foyer.slugs[CLOSED],
                              empty=place.foyer.slugs[EMPTY],
                              number=place.talked[1]))
    return come


def given_back(person, place):
    person.expected.add(422)
    person.comment(place.slug, "A reader", "word " * 2001)


def waiting(person, place):
    person.comment(place.slug, "A reader", f"`{next(NUMBERS)}` ||spoiler||")
    person.named("Delete it").click()


def not_signed_in(person, place):
    person.expected.add(401)
    person.sign_in("boss", "wrong")


def admin(path):
    def come(person, place):
        person.sign_in("boss", place.password)
        page(path)(person, place)
    return come


def not_found(person, place):
    person.expected.add(404)
    page("/reviews/no-such-film")(person, place)


def too_large(person, place):
    person.expected.add(413)
    person.comment(place.slug, "A reader", "x" * 140000)


STATES = {
    "index": page("/reviews/"),
    "review": page("/reviews/{slug}"),
    "permalink": page("/reviews/{slug}#comment-{number}"),
    "newest": page("/reviews/{slug}/newest"),
    "empty thread": page("/reviews/{empty}"),
    "closed thread": page("/reviews/{closed}"),
    "reply": page("/foyer/threads/{slug}/reply?parent={number}"),
    "form given back": given_back,
    "waiting": waiting,
    "sign in": page("/foyer/session"),
    "not signed in": not_signed_in,
    "account": admin("/foyer/session"),
    "queue": admin("/foyer/admin/"),
    "log": admin("/foyer/admin/log"),
    "thread's admin": admin("/foyer/admin/threads/{slug}"),
    "not found": not_found,
    "too large": too_large,
}


@pytest.fixture(params=STATES)
def state(request):
    return STATES[request.param]


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


def axe():
    """axe-core's text, where npm has it."""
    folders = [pathlib.Path(__file__).parents[2] / "node_modules"]
    if shutil.which("npm"):
        root = subprocess.run(["npm", "root", "--global"], text=True,
                              stdout=subprocess.PIPE).stdout.strip()
        folders.append(pathlib.Path(root))
    for folder in folders:
        if (folder / "axe-core/axe.min.js").exists():
            return (folder / "axe-core/axe.min.js").read_text()
    pytest.skip("npm has no axe-core here: npm install --global axe-core")


def test_axe_finds_nothing(person, place):
    text = axe()
    faults = []
    for name, state in STATES.items():
        reader = person(javascript=True)
        state(reader, place)
        reader.script(text)
        found = reader.driver.execute_async_script(
            "const done = arguments[0]; axe.run().then(r => done("
            "r.violations.map(v => [v.id, v.nodes[0].html])))")
        faults += [(name, *fault) for fault in found]
    assert not faults
