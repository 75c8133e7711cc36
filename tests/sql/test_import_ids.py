"""test_import_ids.py: who posts while an export is taken in gets other ids."""

import threading

import pytest

from process import wait_until

REVIEW = """
INSERT INTO review (site_id, slug, heading, title)
VALUES (1, 'film', 'F', 'F');
INSERT INTO thread (id, policy) SELECT id, 'open' FROM review;
SELECT setval('comment_id', 100);
"""
POST = """
INSERT INTO comment (thread_id, id, root, state, visible, person, author,
    sender, body, html, client_key)
SELECT 1, n, n, 'shown', true, gen_random_uuid(), 'A', '', 'b', 'h',
    gen_random_uuid() FROM nextval('comment_id') n
RETURNING id
"""
BEGIN = """
SELECT * FROM import_begin(1::smallint, jsonb_build_object('schema', 1,
    'review', 'other', 'thread', 7, 'first', %s::int, 'last', %s::int), 'it')
"""
TAKEN = "SELECT first, last FROM import_head"
WAITS = ("SELECT count(*) FROM pg_locks WHERE NOT granted"
         " AND relation = 'comment'::regclass")


@pytest.fixture
def both(cluster):
    """The owner, who imports, and foyerd."""
    name = cluster.fresh()
    with cluster.connect(name) as owner, \
            cluster.connect(name, "foyer_web") as web:
        owner.execute(REVIEW)
        yield owner, web


def test_ids_that_are_free_are_taken_before_the_rows_come(both):
    owner, web = both
    owner.execute(BEGIN, (500, 510))
    assert owner.execute(TAKEN).fetchone() == (500, 510)
    assert web.execute(POST).fetchone() == (511,)
    owner.execute("SELECT import_end()")
    assert web.execute(POST).fetchone() == (512,)


def test_a_post_in_flight_has_its_id_for_itself(both):
    owner, web = both
    begins = threading.Thread(target=owner.execute,
                              args=(BEGIN, (101, 110)))
    with web.transaction():
        assert web.execute(POST).fetchone() == (101,)
        begins.start()
        wait_until(lambda: not begins.is_alive()
                   or web.execute(WAITS).fetchone()[0], "the import")
    begins.join()
    assert owner.execute(TAKEN).fetchone() == (102, 111)
    assert web.execute(POST).fetchone() == (112,)


def test_a_sequence_that_is_ahead_stays(both):
    owner, web = both
    owner.execute(BEGIN, (5, 9))
    assert web.execute(POST).fetchone() == (101,)
    owner.execute("SELECT nextval('comment_id') FROM generate_series(1, 9)")
    owner.execute("SELECT import_end()")
    assert web.execute(POST).fetchone() == (111,)
