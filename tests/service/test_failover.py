"""test_failover.py: two PostgreSQLs, one following the other synchronously; the
first is lost, the second becomes writable, and foyerd finds it by itself."""

import contextlib
import os
import pwd
import subprocess
import time
import uuid

import pytest

from foyer import Foyer
from postgres import BIN, Cluster, as_user
from process import wait_until
from relay import Relay
from test_faults import Crowd

BACK = 2.0


class Small(Cluster):
    """Its disk can be filled: a file system in memory, where one may mount."""

    def __init__(self):
        super().__init__(fsync=True, min_wal_size="2MB",
                         max_wal_size="4MB", wal_keep_size="100MB")
        self.mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=300m,mode=0700", "tmpfs",
             self.folder], stderr=subprocess.DEVNULL).returncode == 0
        if self.mounted:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)

    def initdb(self):
        subprocess.run(as_user(
            BIN / "initdb", "-D", self.data, "-U", "postgres", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
            "--no-instructions", "--wal-segsize=1"), check=True,
            stdout=subprocess.DEVNULL, cwd=self.folder)

    def fill(self):
        """To the last byte."""
        with open(self.folder / "ballast", "wb", buffering=0) as file:
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(65536))

    def close(self):
        try:
            self.stop("immediate")
        finally:
            if self.mounted:
                subprocess.run(["umount", self.folder], check=True)
            super().close()


class Standby(Cluster):
    """Made of what the other has, and follows it."""

    def __init__(self, other):
        super().__init__(fsync=True)
        self.other = other

    def initdb(self):
        subprocess.run(as_user(
            BIN / "pg_basebackup", "-D", self.data, "-h", self.other,
            "-U", "postgres", "-R", "-X", "stream", "-c", "fast"), check=True,
            cwd=self.folder)

    def promote(self):
        with self.connect() as db:
            db.execute("SELECT pg_promote()")


class Pair:
    """A primary, by a wire that can be cut, and who follows it by that."""

    def __init__(self, stack):
        self.first = stack.enter_context(Small())
        self.wire = stack.enter_context(Relay(
            self.first.folder / ".s.PGSQL.5432"))
        self.second = stack.enter_context(Standby(self.wire.folder))
        with self.first.connect() as db:
            db.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            db.execute("SELECT pg_reload_conf()")
            wait_until(lambda: db.execute(
                "SELECT sync_state FROM pg_stat_replication"
                ).fetchall() == [("sync",)], "the standby", 30)


@pytest.fixture
def pair():
    with contextlib.ExitStack() as stack:
        yield Pair(stack)


@pytest.fixture
def foyer(pair):
    made = Foyer(pair.first, policy="open", workers=4, filters={"links": {}})
    made.settings["database"] = (
        f"host={pair.wire.folder},{pair.second.folder} "
        f"dbname={made.database} user=foyer_web")
    with made:
        yield made


def killed(pair, _):
    pair.first.stop("immediate")


def hung(pair, _):
    """Says nothing more for a while, then is fenced off."""
    pair.first.hang()
    time.sleep(2)
    pair.first.stop("immediate")


def cut_off(pair, _):
    """It lives, but nothing comes from there; nobody fences it off."""
    pair.wire.hush()
    time.sleep(2)


def full(pair, crowd):
    """It takes nothing more, and is fenced off then; from when on."""
    if not pair.first.mounted:
        pytest.skip("a file system in memory can't be mounted here")
    before = crowd.refused
    pair.first.fill()
    wait_until(lambda: crowd.refused > before, "a disk that is full", 60)
    began = time.monotonic()
    pair.first.stop("immediate")
    return began


def test_check_tells_a_standby_and_a_full_disk(pair, foyer):
    def said(cluster):
        foyer.write_conf(database=f"host={cluster.folder} user=foyer_web"
                                  f" dbname={foyer.database}")
        lines = foyer.ctl("check", check=False).stdout.splitlines()
        return dict(line.split(": ", 1) for line in lines)

    database = foyer.settings["database"]
    try:
        assert said(pair.second)["database"].endswith(
            "(it is a standby, which only reads)")
        assert said(pair.first)["room"].startswith(f"ok ({pair.first.data}: ")
        if pair.first.mounted:
            pair.first.fill()
            assert said(pair.first)["room"] == (
                f"wrong: {pair.first.data}, PostgreSQL's: 0 MiB are left, and"
                " its log alone may take 4 (max_wal_size)")
    finally:
        foyer.write_conf(database=database)


@pytest.mark.parametrize("lose", [killed, hung, cut_off, full])
def test_a_lost_primary_loses_no_comment(pair, foyer, lose):
    slug = foyer.slugs[0]
    with Crowd(foyer, slug) as crowd:
        crowd.progress(40)
        began = time.monotonic()
        began = lose(pair, crowd) or began
        fenced = time.monotonic()
        pair.second.promote()
        writable = time.monotonic()
        client, key = foyer.reader(), str(uuid.uuid4())
        wait_until(lambda: client.comment(slug, "Back?", key=key).status
                   == 201, "service", 30)
        back = time.monotonic()
        crowd.progress(40)
    foyer.cluster = pair.second
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
