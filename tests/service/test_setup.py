"""test_setup.py: from an empty PostgreSQL to a foyer, by one command."""

import os
import shutil
import subprocess

import pytest

from foyer import BUILD, own, settings_text
from postgres import Cluster, as_user


@pytest.fixture(scope="module")
def server():
    """A cluster that has never heard of foyer."""
    with Cluster() as made:
        yield made


class Place:
    def __init__(self, server, folder):
        self.server, self.folder = server, folder
        for above in [folder, folder.parent, folder.parent.parent]:
            above.chmod(0o755)
        shutil.copy(BUILD / "foyerctl", folder)
        self.conf = folder / "foyer.conf"
        self.keys = folder / "keys"

    def settings(self, database, more="", **settings):
        conninfo = f"host={self.server.folder} dbname={database} {more}"
        self.conf.write_text(settings_text(
            {"database": conninfo, "keys": str(self.keys)} | settings, {}))
        own(self.folder)

    def __call__(self, *words, status=0, root=False, user="postgres"):
        """Runs foyerctl setup; what it says."""
        command = [self.folder / "foyerctl", *words]
        command = list(map(str, command)) if root else as_user(*command)
        if not root and user and "--database" not in words:
            command += ["--database",
                        f"host={self.server.folder} user={user}"]
        done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT,
                              env={"FOYER_CONF": str(self.conf)})
        assert done.returncode == status, done.stdout
        return done.stdout


@pytest.fixture
def place(server, tmp_path):
    return Place(server, tmp_path)


def rows(server, database, statement):
    with server.connect(database) as db:
        return db.execute(statement).fetchall()


def made(said):
    return [line for line in said.splitlines() if line.endswith(": made")]


def test_it_makes_everything_once_and_leaves_what_is_there(server, place):
    place.settings("first")
    would = place("setup", "--dry-run")
    for what in ["keys", "role foyer_owner", "role foyer_web",
                 "database first", "tables and rights",
                 "account of an owner"]:
        assert any(line.startswith(what) and line.endswith("would be made")
                   for line in would.splitlines()), (what, would)
    assert not place.keys.exists()
    assert not rows(server, "postgres", "SELECT FROM pg_roles "
                    "WHERE rolname LIKE 'foyer%'")
    did = place("setup", "--owner", "anna")
    assert len(made(did)) == 4 and "0001 first" in did
    assert "account anna (owner) added, password: " in did
    assert rows(server, "first", "SELECT name, role::text FROM account") == [
        ("anna", "owner")]
    again = place("setup")
    assert not made(again) and "nothing to do" in again
    assert "account of an owner: there already" in again
    dry = place("setup", "--dry-run")
    assert "would" not in dry


def test_what_it_makes_is_what_foyerd_may_use_and_not_own(server, place):
    place.settings("second")
    place("setup")
    owners = rows(server, "second", "SELECT DISTINCT tableowner FROM pg_tables "
                  "WHERE schemaname = 'public'")
    assert owners == [("foyer_owner",)]
    with server.connect("second", "foyer_web") as db:
        db.execute("SELECT count(*) FROM comment")
        with pytest.raises(Exception, match="permission denied|must be owner"):
            db.execute("DROP TABLE comment")
        with pytest.raises(Exception, match="permission denied"):
            db.execute("UPDATE site SET policy = 'open'")


def test_it_goes_on_where_it_was_stopped(server, place):
    place.settings("third")
    with server.connect() as db:
        db.execute("CREATE DATABASE third")
    would = place("setup", "--dry-run")
    assert "database third: there already" in would
    assert "would apply 0001 first" in would
    did = place("setup")
    assert "database third: there already" in did
    assert "added, password: " in did


def test_a_site_of_its_own_is_made_with_its_log(server, place):
    place.settings("fourth", site="other")
    assert "site other: made" in place("setup")
    assert rows(server, "fourth", "SELECT s.name, h.id > 0 FROM site s "
                "JOIN log_head h ON h.site_id = s.id ORDER BY s.id") == [
                    ("main", False), ("other", True)]
    assert "site other: there already" in place("setup")


def test_the_password_of_the_settings_is_the_roles(server, place):
    place.settings("fifth", more="user=foyer_web password='it\\'s secret'")
    did = place("setup")
    assert "password of foyer_web: as the settings have it" in did
    assert "secret" not in did
    hash, = rows(server, "postgres", "SELECT rolpassword FROM pg_authid "
                 "WHERE rolname = 'foyer_web'")[0]
    assert hash.startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize("more, why", [
    ("user=somebody", "another user than foyer_web"),
    ("dbname=''", "names no dbname"),
    ("what", "no connection string")])
def test_settings_that_can_not_be_set_up_are_named(place, more, why):
    place.settings("none", more=more)
    assert why in place("setup", status=1, user=None)
    assert not place.keys.exists()


def test_a_database_of_another_encoding_is_refused(server, place):
    with server.connect() as db:
        db.execute("CREATE DATABASE old TEMPLATE template0 ENCODING 'LATIN1' "
                   "LOCALE 'C'")
    place.settings("old")
    said = place("setup", status=1)
    assert "database old: is not in UTF-8" in said and "run again" in said


def test_a_server_that_is_away_is_said(place):
    place.settings("none")
    said = place("setup", "--database", "host=/nowhere user=postgres",
                 status=1)
    assert "can't connect" in said and "/nowhere" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_is_user_postgres_towards_the_server(server, place):
    """By peer authentication: root itself is refused there."""
    place.settings("sixth")
    rules = server.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text("local all all peer\n")
    try:
        with server.connect() as db:      # still by the rules before
            db.execute("SELECT pg_reload_conf()")
            while db.execute("SELECT count(*) FROM pg_hba_file_rules "
                             "WHERE auth_method = 'peer'").fetchone() != (1,):
                pass
        refused = place("setup", "--database",
                        f"host={server.folder} user=postgres", root=True,
                        status=1)
        assert "Peer authentication failed" in refused
        assert "added, password: " in place("setup", root=True)
    finally:
        rules.write_text(before)
        server.restart()
    assert place.keys.stat().st_mode & 0o777 == 0o700
    assert rows(server, "sixth", "SELECT role::text FROM account") == [
        ("owner",)]


def test_a_role_that_may_not_make_roles_is_said(server, place):
    with server.connect() as db:
        db.execute("CREATE ROLE weak LOGIN")
    place.settings("seventh")
    said = place("setup", status=1, user="weak")
    assert "role weak: may not make roles and databases: connect as" in said
    assert not rows(server, "postgres", "SELECT FROM pg_database "
                    "WHERE datname = 'seventh'")


def test_one_that_may_make_roles_and_databases_needs_no_superuser(
        server, place):
    with server.connect() as db:
        db.execute("CREATE ROLE maker LOGIN CREATEROLE CREATEDB")
    place.settings("eighth")
    said = place("setup", user="maker")
    assert "added, password: " in said, said
