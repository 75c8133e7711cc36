"""test_roles.py: foyer_web reads and writes rows, and nothing more."""

import psycopg
import pytest

from postgres import ROOT

REFUSED = [
    "DROP TABLE vote", "ALTER TABLE comment ADD x integer",
    "TRUNCATE comment", "CREATE TABLE x ()", "CREATE TEMP TABLE x ()",
    "CREATE INDEX ON comment (body)", "CREATE VIEW x AS SELECT 1",
    "DROP VIEW page_comment", "ALTER TYPE comment_state ADD VALUE 'x'",
    "UPDATE moderation_log SET act = 'x'", "DELETE FROM moderation_log",
    "TRUNCATE moderation_log", "DELETE FROM log_head",
    "DELETE FROM comment", "DELETE FROM review", "DELETE FROM account",
    "DELETE FROM thread", "UPDATE change SET shown = 1",
    "UPDATE revision SET body = ''", "DELETE FROM page_comment",
    "UPDATE site SET name = 'x'", "DELETE FROM schema_migration",
    "SELECT setval('comment_id', 1)", "CREATE ROLE x",
    "COPY comment TO PROGRAM 'true'", "SELECT pg_read_file('/etc/passwd')",
    "SET ROLE foyer_owner", "CREATE SCHEMA x",
    "ALTER ROLE foyer_owner SET work_mem = '1GB'",
]
SETTINGS = {
    "statement_timeout": "3s", "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "5s",
    "default_transaction_isolation": "read committed", "jit": "off",
}
PRIVILEGES = """
SELECT c.relname, p.what, has_table_privilege('foyer_web', c.oid, p.what)
FROM pg_class c CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE',
    'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p (what)
WHERE c.relkind IN ('r', 'v') AND c.relnamespace = 'public'::regnamespace
ORDER BY 1, 2
"""


@pytest.fixture(scope="module")
def database(cluster):
    return cluster.fresh()


@pytest.mark.parametrize("statement", REFUSED)
def test_the_web_role_may_not(cluster, database, statement):
    with cluster.connect(database, "foyer_web") as db:
        with pytest.raises((psycopg.errors.InsufficientPrivilege,
                            psycopg.errors.ReadOnlySqlTransaction,
                            psycopg.errors.WrongObjectType)):
            db.execute(statement)


def test_the_web_role_reads_and_writes_rows(cluster, database):
    with cluster.connect(database, "foyer_web") as db:
        with db.transaction(force_rollback=True):
            db.execute("INSERT INTO review (site_id, slug, heading, title)"
                       " VALUES (1, 'a-film', 'h', 't')")
            db.execute("INSERT INTO thread (id) SELECT id FROM review")
            db.execute("UPDATE thread SET policy = 'all'")
            db.execute("SELECT nextval('comment_id')")
            db.execute("DELETE FROM change")
            assert db.execute("SELECT count(*) FROM thread_now"
                              ).fetchone() == (1,)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_web_role_waits_no_longer_than(cluster, database, name):
    with cluster.connect(database, "foyer_web") as db:
        assert db.execute(f"SHOW {name}").fetchone() == (SETTINGS[name],)


def privileges(cluster, database):
    with cluster.connect(database) as db:
        return db.execute(PRIVILEGES).fetchall()


def test_the_order_of_roles_and_migrate_does_not_matter(cluster, database):
    late = "late_roles"
    with cluster.connect() as db:
        db.execute(f"CREATE DATABASE {late} OWNER foyer_owner")
    cluster.migrate(late)
    assert not any(granted for table, what, granted
                   in privileges(cluster, late) if what == "INSERT")
    cluster.roles(late)
    assert privileges(cluster, late) == privileges(cluster, database)


def test_roles_can_be_run_again(cluster, database):
    before = privileges(cluster, database)
    cluster.roles(database)
    assert privileges(cluster, database) == before


def test_a_later_migration_is_granted(cluster, database):
    with cluster.connect(database, "foyer_owner") as db:
        db.execute("CREATE TABLE later (id integer)")
    with cluster.connect(database, "foyer_web") as db:
        db.execute("INSERT INTO later VALUES (1)")
    with cluster.connect(database, "foyer_owner") as db:
        db.execute("DROP TABLE later")


def test_another_owner_can_be_named(cluster):
    name = "other_owner"
    with cluster.connect() as db:
        db.execute(f"CREATE DATABASE {name}")
        db.execute("CREATE ROLE somebody LOGIN")
    cluster.psql(name, "-c", "SET foyer.owner = 'somebody'",
                 "-f", ROOT / "sql/roles.sql")
    with cluster.connect(name, "somebody") as db:
        db.execute("CREATE TABLE mine (id integer)")
    with cluster.connect(name, "foyer_web") as db:
        db.execute("INSERT INTO mine VALUES (1)")
