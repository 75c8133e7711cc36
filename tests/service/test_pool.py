"""test_pool.py: PgBouncer in transaction mode between foyerd and PostgreSQL.

Debian 12 has 1.18, which foyerd refuses. What works is tried with the program
that $FOYER_PGBOUNCER names, 1.21 or newer.
"""

import os
import shutil
import signal
import uuid

import pytest

from foyer import Foyer
from process import Process, wait_until

SYSTEM = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
NEWER = os.environ.get("FOYER_PGBOUNCER")
REFUSED = "PgBouncer must be 1.21 or newer"


class Pool(Process):
    """Three connections to the server for however many come."""

    def __init__(self, program, foyer, **settings):
        self.place = foyer.folder / f"pool-{uuid.uuid4().hex[:8]}"
        self.place.mkdir()
        self.place.chmod(0o777)
        ini = self.place / "pgbouncer.ini"
        super().__init__("pgbouncer", [program, ini], self.place)
        settings = {"listen_port": 6432, "unix_socket_dir": self.place,
                    "auth_type": "any", "pool_mode": "transaction",
                    "default_pool_size": 3} | settings
        ini.write_text(
            f"[databases]\n* = host={foyer.cluster.folder} user=foyer_web\n"
            "[pgbouncer]\n" + "".join(f"{name} = {value}\n" for name, value
                                      in settings.items()))
        self.conninfo = (f"host={self.place} port=6432 user=foyer_web "
                         f"dbname={foyer.database}")

    def __enter__(self):
        self.start()
        self.wait_for("process up")
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGKILL)       # no waiting for clients


class Pooled(Foyer):
    """Reaches its database through a pool."""

    def through(self, pool):
        self.stop()
        self.write_conf(database=pool.conninfo)


@pytest.fixture(scope="module")
def foyer(cluster):
    with Pooled(cluster, policy="open", workers=4,
                filters={"links": {}}) as made:
        yield made


@pytest.fixture
def old(foyer):
    if SYSTEM is None:
        pytest.skip("no pgbouncer (deploy/setup-debian check)")
    with Pool(SYSTEM, foyer) as pool:
        yield pool


@pytest.fixture
def newer(foyer):
    if NEWER is None:
        pytest.skip("$FOYER_PGBOUNCER names no newer PgBouncer; Debian 12 "
                    "has none")
    with Pool(NEWER, foyer, max_prepared_statements=250) as pool:
        yield pool


def test_foyerd_and_check_refuse_a_pool_that_forgets(foyer, old):
    foyer.through(old)
    said = foyer.ctl("check", check=False).stdout
    assert REFUSED in said and "database" in said, said
    foyer.daemon.start()
    assert foyer.daemon.popen.wait(20) == 78
    assert REFUSED in foyer.daemon.output()


def test_the_same_pool_in_session_mode_will_do(foyer):
    if SYSTEM is None:
        pytest.skip("no pgbouncer (deploy/setup-debian check)")
    with Pool(SYSTEM, foyer, pool_mode="session",
              default_pool_size=20) as pool:
        foyer.through(pool)
        foyer.start()
        wait_until(foyer.well, "the filters")
        assert foyer.reader().comment(foyer.slugs[0], "A session.").status \
            == 201
        foyer.stop()


def test_a_pool_that_follows_will_do_and_the_feed_goes_on(foyer, newer):
    """More clients than connections; another node hears of each change."""
    foyer.through(newer)
    foyer.start()
    wait_until(foyer.well, "the filters")
    slug = foyer.slugs[1]
    with Foyer(foyer.cluster, like=foyer, workers=4, filters={"links": {}},
               database=newer.conninfo) as other:
        far = other.reader()
        for count in range(1, 41):
            answer = foyer.reader().comment(slug, f"Number {count}.")
            assert answer.status == 201, answer
            if count % 10 == 0:
                wait_until(lambda: far.thread(slug)["count"] == count,
                           "the other node")
        assert not [line for line in other.daemon.output().splitlines()
                    if "database:" in line]
    assert "ok" in foyer.ctl("check", check=False).stdout
