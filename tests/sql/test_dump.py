"""test_dump.py: a dump of the database can be restored."""

import os
import subprocess
import tempfile

from postgres import BIN
from statements import STATEMENTS


def dump(cluster, database):
    return subprocess.run([str(BIN / "pg_dump"), cluster.conninfo(database)],
                          check=True, stdout=subprocess.PIPE).stdout


def lines(cluster, database):
    """Without \\restrict and its random word."""
    return [line for line in dump(cluster, database).splitlines()
            if b"restrict " not in line]


def test_what_pg_dump_writes_can_be_read_again(cluster):
    first = cluster.fresh()
    again = f"{first}_again"
    with cluster.connect() as db:
        db.execute(f'CREATE DATABASE "{again}"')
    with tempfile.NamedTemporaryFile(suffix=".sql") as file:
        file.write(dump(cluster, first))
        file.flush()
        os.chmod(file.name, 0o644)
        cluster.psql(again, "-1", "-f", file.name)
    assert lines(cluster, again) == lines(cluster, first)


# As a dump brings it from a server with more transactions: 120,000 changes of
# ten threads, of which half are in the sums.
BROUGHT = """
INSERT INTO review (site_id, slug, heading, title)
SELECT 1, 'film-' || n, 'F', 'F' FROM generate_series(1, 10) n;
INSERT INTO thread (id, policy, folded, shown)
SELECT id, 'open', '9060001', 6000 FROM review;
UPDATE change_head SET folded = '9060001';
INSERT INTO change (thread_id, comment_id, shown, xid)
SELECT 1 + n % 10, n, 1, (9000000 + n)::text::xid8
FROM generate_series(1, 120000) n;
"""
LEFT = "SELECT count(*) FROM change WHERE xid >= '9000000'"


def test_a_feed_from_elsewhere_is_told_anew_in_steps(cluster):
    name = cluster.fresh()
    with cluster.connect(name) as owner, \
            cluster.connect(name, "foyer_web") as web:
        owner.execute(BROUGHT)
        left, steps = 120000, 0
        while left:
            web.execute("INSERT INTO change (thread_id, comment_id, shown)"
                        " VALUES (1, 0, 1)")
            web.execute(STATEMENTS["change_adopt"])
            before, left = left, web.execute(LEFT).fetchone()[0]
            steps += 1
            assert before - 50000 <= left < before
        web.execute(STATEMENTS["change_adopt"])         # nothing more to do
        assert web.execute("SELECT shown FROM thread_now ORDER BY id"
                           ).fetchall() == [(12000 + steps,)] + [(12000,)] * 9
        assert web.execute("SELECT folded::text FROM change_head"
                           ).fetchone() == ("0",)
