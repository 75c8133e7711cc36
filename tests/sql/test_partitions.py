"""test_partitions.py: with comments in parts every statement still works, by
plans that read no part as a whole."""

import pytest

from cases import CASES
from filled import FILL
from postgres import ROOT
from test_plans import GROWING, explain, pages, scanned

PARTS = [f"comment_part_{n}" for n in range(16)]
# What has no thread is asked of each part: of one comment, and of many.
ONE, MANY = 16 * 60, 5


@pytest.fixture(scope="module")
def parted(cluster):
    name = cluster.fresh()
    with cluster.connect(name) as db:
        db.execute(FILL)
    cluster.psql(name, "-1", "-f", ROOT / "sql/optional"
                 "/0001_comment_partitions.sql", user="foyer_owner")
    cluster.psql(name, "-c", "VACUUM ANALYZE")
    return name


@pytest.fixture(scope="module")
def db(cluster, parted):
    with cluster.connect(parted, "foyer_web") as connection:
        yield connection


def shape(cluster, name):
    """What there is around the table, by name."""
    with cluster.connect(name) as db:
        return db.execute("""
            SELECT 'index', c.relname, replace(replace(pg_get_indexdef(c.oid),
                ' ON ONLY ', ' ON '), '''', '')
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = 'comment'::regclass
            UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid)
            FROM pg_trigger
            WHERE tgrelid = 'comment'::regclass AND NOT tgisinternal
            UNION ALL SELECT 'key', conrelid::regclass || '.' || conname,
                pg_get_constraintdef(oid) FROM pg_constraint
            WHERE confrelid = 'comment'::regclass AND conparentid = 0
            UNION ALL SELECT 'rule', conname, pg_get_constraintdef(oid)
            FROM pg_constraint WHERE conrelid = 'comment'::regclass
            UNION ALL SELECT 'view', viewname, definition FROM pg_views
            WHERE schemaname = 'public'
            UNION ALL SELECT 'function', oid::regprocedure::text,
                pg_get_functiondef(oid) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
                AND proname NOT LIKE 'limit_web_role%'
            UNION ALL SELECT 'column', attname, concat_ws(' ', attnum,
                format_type(atttypid, atttypmod), attnotnull, attstorage,
                pg_get_expr(d.adbin, d.adrelid))
            FROM pg_attribute a LEFT JOIN pg_attrdef d
                ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE attrelid = 'comment'::regclass AND attnum > 0
                AND NOT attisdropped
            UNION ALL SELECT 'right', grantee, string_agg(privilege_type, ' '
                ORDER BY privilege_type)
            FROM information_schema.table_privileges
            WHERE table_name = 'comment' GROUP BY grantee
            ORDER BY 1, 2, 3""").fetchall()


def test_all_that_hangs_on_the_table_is_made_again(cluster, full, parted):
    before, after = shape(cluster, full), shape(cluster, parted)
    assert [row for row in before if row not in after] == []
    assert [row for row in after if row not in before] == []
    assert len(before) > 60


def test_every_row_has_its_part(cluster, parted, db):
    assert db.execute("SELECT count(*) FROM comment").fetchone() == (100000,)
    with cluster.connect(parted) as owner:
        parts = owner.execute("SELECT tableoid::regclass::text, count(*)"
                              " FROM comment GROUP BY 1").fetchall()
    assert sorted(name for name, _ in parts) == sorted(PARTS)


def test_the_web_role_has_no_right_to_a_part_of_its_own(cluster, parted):
    rights = ("SELECT count(*) FROM information_schema.role_table_grants"
              " WHERE grantee = 'foyer_web' AND table_name LIKE 'comment_part%'")
    cluster.roles(parted)               # grants anew, as after an upgrade
    with cluster.connect(parted) as owner:
        assert owner.execute(rights).fetchone() == (0,)
        assert owner.execute(
            "SELECT has_table_privilege('foyer_web', 'comment', 'DELETE'),"
            " has_table_privilege('foyer_web', 'comment', 'INSERT')"
        ).fetchone() == (False, True)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_statement_reads_no_whole_part(db, name):
    parameters, most = CASES[name]
    plan = explain(db, name, parameters)
    assert not scanned(plan, name) & (GROWING | set(PARTS))
    assert pages(plan) <= MANY * most + ONE
