"""test_queue.py: a moderator's morning: what waits, cleared by keyboard."""

import os
import pathlib

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import npm
from looks import AXE, CONTRAST, OVERFLOW

SPAM = pathlib.Path(os.environ.get("FOYER_DATA", "/nonexistent")) / "spam"
WAITING = 200
OPEN = "document.querySelectorAll('.held:not([hidden])').length"
AT = "document.querySelector('.held.at')?.id ?? ''"
SAID = "document.querySelector('#said').textContent"


def until(page, condition, *arguments):
    """Until the condition holds in the page."""
    return page.wait(f"return ({condition}) || null", *arguments)


def talk():
    """(author, text, spam?) of so many comments: real ones where they are."""
    rows = []
    for path in sorted(SPAM.glob("youtube-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            _, _, author, label, text = line.split("\t")
            if label in ("spam", "ham"):
                text = text.replace("\\n", "\n").replace("\\t", " ")
                rows.append((author or "Somebody", text, label == "spam"))
    rows = rows or [(f"Reader {n}", "Cheap watches, today only" if n % 3
                     else "The last reel is the best of it.", n % 3 > 0)
                    for n in range(WAITING)]
    return [rows[n * len(rows) // WAITING] for n in range(WAITING)]


@pytest.fixture
def waiting(foyer, slug):
    """Numbers of the comments that wait -> whether they are spam."""
    guest = foyer.reader()
    first = guest.comment(slug, "One to copy.").json["id"]
    found = {}
    for author, text, spam in talk():
        number, = foyer.query(
            "INSERT INTO comment (thread_id, id, root, state, visible, person,"
            " author, sender, body, html, client_key, why, verdict)"
            " SELECT c.thread_id, n.id, n.id, 'held', false,"
            " gen_random_uuid(), %s, '', %s, '<p>' || replace(replace(%s,"
            " '&', '&amp;'), '<', '&lt;') || '</p>', gen_random_uuid(),"
            " 'newcomer', c.verdict FROM comment c,"
            " (SELECT nextval('comment_id') AS id) n WHERE c.id = %s"
            " RETURNING id", author[:80], text, text, first)[0]
        found[number] = spam
    foyer.query("UPDATE comment SET state = 'spam' WHERE id = %s", first)
    yield found
    foyer.query("UPDATE comment SET state = 'spam', visible = false,"
                " reports = 0 WHERE state = 'held'")


@pytest.fixture
def slug(foyer):
    return foyer.slugs[0]


@pytest.fixture
def editor(foyer, person):
    def come(name, javascript):
        password = foyer.add_account(name, "moderator")
        made = person(javascript)
        made.sign_in(name, password)
        return made
    return come


def states(foyer, numbers):
    return dict(foyer.query("SELECT id, state::text FROM comment"
                            " WHERE id = ANY (%s)", list(numbers)))


def test_two_hundred_are_cleared_by_keyboard_and_undone_in_part(
        foyer, editor, waiting):
    page = editor("keys", True)
    page.go("/foyer/admin/")
    ruled = []
    while len(ruled) < WAITING:
        here = until(page, AT)
        number = int(here.removeprefix("held-"))
        page.press("s" if waiting[number] else "a")
        ruled.append(number)
        if len(ruled) < WAITING:
            until(page, "document.querySelector('.held.at:not([hidden], .busy"
                  ")')?.id.replace(arguments[0], '')", here)
    assert len(set(ruled)) == WAITING
    until(page, "document.querySelectorAll('.ruled').length == arguments[0]"
          " && !document.querySelector('.busy')", WAITING)
    assert states(foyer, waiting) == {
        n: "spam" if spam else "shown" for n, spam in waiting.items()}
    for n in range(1, 4):
        page.press("u")
        until(page, OPEN + " == arguments[0]", n)
        assert page.script("return document.activeElement.id") == \
            f"held-{ruled[-n]}"
    back = states(foyer, ruled[-3:])
    assert set(back.values()) == {"held"}
    assert foyer.ctl("log", "verify").returncode == 0


def test_keys_move_select_and_ask(foyer, editor, waiting):
    page = editor("mover", True)
    page.go("/foyer/admin/")
    numbers = sorted(waiting)
    assert until(page, AT) == f"held-{numbers[0]}"
    page.press("jj")
    assert page.script(f"return {AT}") == f"held-{numbers[2]}"
    page.press("xkx")
    assert page.words("#selected").endswith("2")
    page.press("r")
    until(page, "document.querySelector('#ask').open")
    page.press("Not about the film\n")
    until(page, "document.querySelectorAll('.ruled').length == 2")
    assert page.script(f"return {SAID}") == "2 × Removed."
    assert states(foyer, numbers[1:3]) == dict.fromkeys(numbers[1:3],
                                                        "removed")
    page.press("u")
    until(page, "!document.querySelector('.ruled')")
    page.press("s")
    until(page, "document.querySelector('.ruled')")
    said = page.script(f"return {SAID}")
    page.script("window.was = XMLHttpRequest.prototype.send;"
                "XMLHttpRequest.prototype.send = function () {"
                " this.onloadend() }")
    page.press("u")
    until(page, SAID + " != arguments[0]", said)
    page.script("XMLHttpRequest.prototype.send = was")
    page.press("u")
    until(page, "!document.querySelector('.ruled')")
    page.press("?")
    until(page, "document.querySelector('#keys').open")
    assert "next comment" in page.words("#keys")
    page.find("#keys button").click()
    page.press("u")
    until(page, SAID + " == 'Nothing is left to undo here.'")


def test_without_scripts_a_page_is_ruled_on_and_undone(foyer, editor,
                                                       waiting):
    page = editor("plain", False)
    page.go("/foyer/admin/").click("Select all on this page")
    page.click("Spam", "#many")
    assert "50 comments are ruled on." in page.words(".done")
    first = sorted(waiting)[:50]
    assert set(states(foyer, first).values()) == {"spam"}
    page.click("Undo", ".done")
    assert "50 acts are undone." in page.words()
    assert set(states(foyer, first).values()) == {"held"}
    assert foyer.ctl("log", "verify").returncode == 0


def picked(page, waiting):
    """Boxes of this page's spam."""
    return [box for box in page.all(".held [name=select]")
            if waiting[int(box.get_attribute("value").split(".")[1])]]


def test_two_hundred_are_cleared_without_scripts_and_undone_in_part(
        foyer, editor, waiting):
    """Spam is ticked, box by box, then the rest of the page is approved."""
    page = editor("plain morning", False)
    page.go("/foyer/admin/")
    while page.all(".held"):
        boxes = picked(page, waiting)
        for box in boxes:
            box.send_keys(Keys.SPACE)
        if not boxes:
            page.select_all()
        page.click("Spam" if boxes else "Approve", "#many")
    assert states(foyer, waiting) == {
        n: "spam" if spam else "shown" for n, spam in waiting.items()}
    page.click("Undo", ".done")
    back = {int(e.get_attribute("id").split("-")[1])
            for e in page.all(".held")}
    assert 0 < len(back) <= 50
    assert set(states(foyer, back).values()) == {"held"}
    assert "held" not in states(foyer, set(waiting) - back).values()
    assert foyer.ctl("log", "verify").returncode == 0


def test_what_keys_open_is_for_everybody(editor, waiting):
    page = editor("who asks", True)
    page.go("/foyer/admin/")
    until(page, AT)
    page.script(npm.text("axe-core/axe.min.js"))
    for key, dialog in [("?", "#keys"), ("r", "#ask")]:
        page.press(key)
        until(page, "document.querySelector(arguments[0]).open", dialog)
        for width, dark in [(320, False), (1280, True)]:
            page.look(width, dark)
            assert page.driver.execute_async_script(AXE) == []
            assert page.script(OVERFLOW) == page.script(CONTRAST) == []
        page.press(Keys.ESCAPE)
        until(page, "!document.querySelector(arguments[0]).open", dialog)
    assert until(page, AT) == f"held-{min(waiting)}"


def test_whoever_comes_second_without_scripts_is_told_too(foyer, editor,
                                                          waiting):
    first, second = editor("the first", False), editor("the second", False)
    for page in [first, second]:
        page.go("/foyer/admin/")
    number = min(waiting)
    first.rule("Spam", number)
    second.expected.add(409)
    second.rule("Approve", number)
    assert "the first has marked it as spam." in second.words("main")
    assert states(foyer, [number]) == {number: "spam"}


def test_in_a_second_browser_what_the_first_did_is_told(foyer, editor,
                                                        waiting):
    first, second = editor("first", True), editor("second", True)
    for page in [first, second]:
        page.go("/foyer/admin/")
        until(page, AT)
    first.press("s")
    until(first, SAID)
    second.press("a")
    assert until(second, SAID) == "first has marked it as spam."
    line = second.find(".ruled")
    assert "first has marked it as spam." in line.text
    assert not line.find_elements(By.TAG_NAME, "button")
    assert states(foyer, [min(waiting)]) == {min(waiting): "spam"}
    assert foyer.ctl("log", "verify").returncode == 0
