"""test_failover.py: two PostgreSQLs, one following the other synchronously; the
first is lost, the second becomes writable, and foyerd finds it by itself."""

import subprocess
import time
import uuid

import pytest

from foyer import Foyer
from postgres import BIN, Cluster, as_user
from process import wait_until
from test_faults import Crowd

BACK = 2.0


class Standby(Cluster):
    """Made of what the other has, and follows it."""

    def __init__(self, other):
        super().__init__()
        self.other = other

    def initdb(self):
        subprocess.run(as_user(
            BIN / "pg_basebackup", "-D", self.data, "-h", self.other.folder,
            "-U", "postgres", "-R", "-X", "stream", "-c", "fast"), check=True,
            cwd=self.folder)

    def promote(self):
        with self.connect() as db:
            db.execute("SELECT pg_promote()")


@pytest.fixture
def pair():
    with Cluster() as first:
        with Standby(first) as second:
            with first.connect() as db:
                db.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                db.execute("SELECT pg_reload_conf()")
                wait_until(lambda: db.execute(
                    "SELECT sync_state FROM pg_stat_replication"
                    ).fetchall() == [("sync",)], "the standby", 30)
            yield first, second


@pytest.fixture
def foyer(pair):
    first, second = pair
    made = Foyer(first, policy="open", workers=4, filters={"links": {}})
    made.settings["database"] = (f"host={first.folder},{second.folder} "
                                 f"dbname={made.database} user=foyer_web")
    with made:
        yield made


def killed(first):
    first.stop("immediate")


def hung(first):
    """Says nothing more for a while, then is fenced off."""
    first.hang()
    time.sleep(2)
    first.stop("immediate")


@pytest.mark.parametrize("lose", [killed, hung])
def test_a_lost_primary_loses_no_comment(pair, foyer, lose):
    first, second = pair
    slug = foyer.slugs[0]
    with Crowd(foyer, slug) as crowd:
        crowd.progress(40)
        began = time.monotonic()
        lose(first)
        fenced = time.monotonic()
        second.promote()
        writable = time.monotonic()
        client, key = foyer.reader(), str(uuid.uuid4())
        wait_until(lambda: client.comment(slug, "Back?", key=key).status
                   == 201, "service", 30)
        back = time.monotonic()
        crowd.progress(40)
    foyer.cluster = second
    assert not crowd.wrong, crowd.wrong[:3]
    rows = foyer.query("SELECT client_key::text, id FROM comment")
    assert len(rows) == len({each for each, _ in rows}), "posted twice"
    kept = dict(rows)
    lost = [key for key, ids in crowd.sent.items()
            if ids != {kept.get(key)}]
    print(f"{lose.__name__}: {back - began:.1f} s without service, "
          f"{writable - fenced:.1f} s of them until the standby was writable, "
          f"{back - writable:.1f} s from there; {len(crowd.sent)} comments "
          f"acknowledged, {len(lost)} lost, 0 doubled")
    assert not lost
    assert back - writable < BACK
