"""test_reading.py: long threads in a real browser: folds, permalinks, what
spoils, and what a page of a hundred costs."""

import os

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

# 100 roots; the second's branch is a chain of seven with 20 answers at its
# end; the third spoils the film.
FILL = """
WITH r AS (SELECT id FROM review WHERE slug = %s), put AS (
    INSERT INTO comment (thread_id, id, parent, root, state, visible, person,
        author, sender, body, html, client_key, spoiler, posted_at)
    SELECT r.id, 1000 + n, CASE WHEN n > 107 THEN 1107
            WHEN n > 101 THEN 999 + n WHEN n = 101 THEN 1002 END,
        CASE WHEN n > 100 THEN 1002 ELSE 1000 + n END, 'shown', true,
        gen_random_uuid(), 'Reader ' || n, '', 'b',
        '<p>' || repeat('Some words on comment ' || n || '. ', 12) || '</p>',
        gen_random_uuid(), n = 3,
        timestamptz '2026-01-10 19:04+00' + n * interval '3 minutes'
    FROM r, generate_series(1, 127) n ORDER BY n RETURNING thread_id)
INSERT INTO change (thread_id, shown) SELECT thread_id, 1 FROM put
"""
DEEP, FOLDED, LATE, SPOILS = 1107, 1120, 1099, 1003

IN_SIGHT = """
const e = document.getElementById(arguments[0]).getBoundingClientRect();
return e.height > 0 && e.bottom > 0 && e.top < innerHeight;
"""
# What the browser itself has seen of this load.
FIGURES = """
const done = arguments[0], found = {};
const kinds = ['paint', 'layout-shift', 'longtask'];
kinds.forEach(type => {
    const observer = new PerformanceObserver(list => {
        found[type] = list.getEntries().map(e => ({name: e.name,
            at: e.startTime, took: e.duration, by: e.value,
            what: (e.sources ?? []).map(each => each.node?.id)}));
    });
    observer.observe({type, buffered: true});
});
setTimeout(() => done(found), 300);
"""


@pytest.fixture(scope="module")
def slug(foyer):
    foyer.query(FILL, foyer.slugs[0])
    return foyer.slugs[0]


def seen(reader, place):
    """Selenium takes what is in a closed fold to be seen."""
    return reader.script("return arguments[0].checkVisibility()",
                         reader.find(place))


def press(reader, element, key):
    reader.script("arguments[0].focus()", element)
    ActionChains(reader.driver).send_keys(key).perform()


def test_a_long_branch_opens_by_the_keyboard(person, javascript, slug):
    reader = person(javascript).go(f"/reviews/{slug}")
    hidden = f"#comment-{FOLDED}"
    assert not seen(reader, hidden)
    assert seen(reader, f"#comment-{DEEP}")
    fold = reader.find(f".fold:has(#comment-{FOLDED}) summary")
    assert "more replies" in fold.text
    press(reader, fold, Keys.ENTER)
    assert seen(reader, hidden)


@pytest.mark.parametrize("number, later", [(FOLDED, False), (LATE, True)])
def test_a_permalink_opens_the_page_and_the_fold(person, javascript, slug,
                                                 number, later):
    reader = person(javascript, width=360).go(f"/foyer/comments/{number}")
    page, _, place = reader.path.partition("#")
    assert place == f"comment-{number}"
    assert page.startswith(f"/reviews/{slug}")
    assert (page != f"/reviews/{slug}") == later
    assert seen(reader, f"#{place}:target")
    assert reader.script(IN_SIGHT, place)


def test_what_spoils_the_film_shows_itself_to_those_who_ask(person, javascript,
                                                            slug):
    reader = person(javascript).go(f"/reviews/{slug}")
    place = f"#comment-{SPOILS}"
    assert not seen(reader, f"{place} .words")
    press(reader, reader.find(f"{place} summary"), Keys.SPACE)
    assert seen(reader, f"{place} .words")
    assert "Some words" in reader.words(f"{place} .words")


def test_a_telephone_has_room_for_the_deepest_reply(person, slug):
    reader = person(width=360).go(f"/foyer/comments/{FOLDED}")
    words = reader.find(f"#comment-{FOLDED} .words")
    assert words.size["width"] >= 240
    assert "in reply to Reader 107" in reader.words(f"#comment-{FOLDED} .meta")


def test_a_comment_leads_to_its_citation(person, javascript, slug):
    reader = person(javascript).go(f"/foyer/comments/{LATE}")
    reader.click("Cite: Reader 99", f"#comment-{LATE}")
    assert reader.words("h1") == "Cite this comment"
    assert "Reader 99, January 11, 2026 (12:01 a.m. UTC), comment on" in \
        reader.words()
    assert "author = {{Reader 99}}" in reader.words("pre")


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
@pytest.mark.parametrize("width, place", [
    (1280, ""), (360, ""), (360, "#comment-1030")])
def test_a_page_of_a_hundred_comments_is_there_at_once(person, foyer, slug,
                                                       known, width, place):
    """The middle of five loads in a row, of forty at most; where more runs
    than there are processors, the best. What moves after it was shown moves
    in each."""
    reader, loads = person(javascript=True, width=width), []
    if known:
        reader.comment(foyer.slugs[1], "Known", f"Is {width} {place} wide?")
    for _ in range(40):
        reader.go("/reviews/").go(f"/reviews/{slug}{place}")
        figures = reader.driver.execute_async_script(FIGURES)
        assert len(reader.all("article.comment")) >= 70
        assert figures.get("layout-shift", []) == []
        loads.append((next(e["at"] for e in figures["paint"]
                           if e["name"] == "first-contentful-paint"),
                      max((e["took"] for e in figures.get("longtask", [])),
                          default=0)))
        busy = os.getloadavg()[0] > os.cpu_count()
        some = loads[-1:] if busy else loads[-5:]
        if len(loads) > 4 or busy:
            paint, task = [sorted(each)[len(some) // 2]
                           for each in zip(*some)]
            if paint < 200 and task <= 50:
                return
    pytest.fail(f"(first paint, longest task) in ms: {sorted(loads)}")


def test_a_link_to_where_a_comment_was_leads_to_where_it_is(
        foyer, moderator, person):
    old, new = foyer.slugs[:2]
    number = moderator.comment(old, "It belongs elsewhere.").json["id"]
    moved = moderator.post_json(
        f"/foyer/admin/threads/{old}/comments/{number}/act",
        {"act": "move", "value": new})
    assert moved.status == 200, moved
    reader = person(javascript=True)
    reader.go(f"/reviews/{old}#comment-{number}")
    reader.wait("return location.pathname.includes(arguments[0]) &&"
                " document.querySelector(arguments[1]) && 1",
                f"/reviews/{new}", f"#comment-{number}")
