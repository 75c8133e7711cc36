"""test_sites.py: sites in one database keep apart."""

import pytest

from statements import STATEMENTS

PERSON = "md5('somebody')::uuid"

# Somebody's comments: 120 on another site, then three on this one, each held,
# shown or taken away with all of theirs; and as many, the other way round.
SCENE = f"""
INSERT INTO site (id, name) VALUES (2, 'other');
INSERT INTO review (site_id, slug, heading, title) SELECT s, 'film', 'F', 'F'
FROM unnest('{{2,1}}'::smallint[]) s;
INSERT INTO thread (id, policy) SELECT id, 'open' FROM review;
INSERT INTO comment (thread_id, id, root, state, visible, person, author,
    sender, body, html, client_key, why)
SELECT (SELECT id FROM review WHERE site_id = CASE WHEN n BETWEEN 361 AND 369
        THEN 1 ELSE 2 END), n, n,
    (ARRAY['shown', 'held', 'removed'])[1 + n % 3]::comment_state, true,
    {PERSON}, 'Reader', '', 'b', 'h', md5(n::text)::uuid, 'swept held'
FROM generate_series(1, 729) n;
"""


@pytest.fixture(scope="module")
def web(cluster):
    name = cluster.fresh()
    with cluster.connect(name) as owner, \
            cluster.connect(name, "foyer_web") as web:
        owner.execute(SCENE)
        yield web


def ask(db, name, parameters):
    with db.transaction(force_rollback=True):
        db.execute(f"PREPARE {name} AS {STATEMENTS[name]}")
        rows = db.execute(f"EXECUTE {name}({parameters})").fetchall()
        db.execute(f"DEALLOCATE {name}")
        return rows


@pytest.mark.parametrize("name, parameters, found", [
    ("forget_comments", f"1, {PERSON}, 0, 0", 9),
    ("person_comments", f"1, {PERSON}, 9223372036854775807", 9),
    ("person_here", f"1, {PERSON}", 6), ("person_swept", f"1, {PERSON}", 3)])
def test_anothers_site_takes_no_room_on_a_page(web, name, parameters, found):
    assert len(ask(web, name, parameters)) == found
