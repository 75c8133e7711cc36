"""test_closing.py: when a thread's time to close comes, no file goes on
showing the form."""

import pathlib

from process import wait_until

SETTINGS = {"filters": {}, "workers": 1, "log": "debug"}
FORM = 'id="write"'


def make_file(foyer, slug):
    """What nginx has, then; with the form."""
    file = pathlib.Path(foyer.folder) / f"cache/t/{slug}/review..html"
    wait_until(lambda: FORM in foyer.reader().get(f"/reviews/{slug}").text
               and file.exists(), "a snapshot")
    return file


def close(foyer, slug, when):
    """Without a word to anybody: only the clock can tell."""
    foyer.query("UPDATE thread t SET closes_at = now() + %s::interval, "
                "own = true FROM review r WHERE r.id = t.id AND r.slug = %s",
                when, slug)


def test_a_page_with_a_form_goes_when_its_thread_closes(foyer):
    foyer.daemon.wait_for("following the changes")
    closing, later, never = foyer.slugs
    files = [make_file(foyer, slug) for slug in foyer.slugs]
    close(foyer, later, "1 hour")
    close(foyer, closing, "100 ms")
    wait_until(lambda: not files[0].exists(), "the drop")
    page = foyer.reader().get(f"/reviews/{closing}").text
    assert FORM not in page and "closed" in page
    assert files[1].exists() and files[2].exists()
    assert FORM in foyer.reader().get(f"/reviews/{later}").text


def test_what_closed_while_nobody_could_look_goes_too(foyer, cluster):
    slug = foyer.slugs[2]
    file = make_file(foyer, slug)
    with cluster.connect(foyer.database) as db, db.transaction():
        # The background process waits for this lock, past the time to close.
        db.execute("LOCK TABLE thread")
        db.execute("UPDATE thread t SET closes_at = clock_timestamp(), "
                   "own = true FROM review r WHERE r.id = t.id AND "
                   "r.slug = %s", [slug])
        waits = ("SELECT count(*) FROM pg_locks WHERE NOT granted "
                 "AND relation = 'thread'::regclass")
        wait_until(lambda: foyer.query(waits)[0][0], "somebody to wait")
        assert file.exists()
    wait_until(lambda: not file.exists(), "the drop")
    assert FORM not in foyer.reader().get(f"/reviews/{slug}").text
