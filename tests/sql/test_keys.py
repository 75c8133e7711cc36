"""test_keys.py: tables that grow with comments can be split by thread."""

# A table that does not grow with comments; every other must lead with thread.
STEADY = {"terms", "removal_reason", "person", "person_note", "site", "review", "thread", "account", "ban", "log_head",
          "change_head", "schema_migration", "search_head", "search_review",
          "sso_identity", "sso_used", "import_head",
          "recovery_code", "account_session", "sign_in_try", "invitation",
          "site_choice", "log_seal",
          "erasure", "retain_head", "insight_day", "insight_wait",
          "insight_filter", "insight_head", "insight_site",
          "insight_retrain", "mail_head"}

KEYS = """
SELECT c.conrelid::regclass::text, c.conname, (SELECT attname
    FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1])
FROM pg_constraint c
WHERE c.contype IN ('p', 'u', 'x') AND c.connamespace = 'public'::regnamespace
"""
INDEXES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text,
    (SELECT attname FROM pg_attribute
        WHERE attrelid = i.indrelid AND attnum = i.indkey[0])
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace
"""
FOREIGN = """
SELECT c.conrelid::regclass::text, c.conname, c.confrelid::regclass::text,
    (SELECT attname FROM pg_attribute
        WHERE attrelid = c.conrelid AND attnum = c.conkey[1])
FROM pg_constraint c WHERE c.contype = 'f'
"""
TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def test_every_unique_constraint_begins_with_the_thread(cluster, full):
    with cluster.connect(full) as db:
        found = db.execute(KEYS).fetchall() + db.execute(INDEXES).fetchall()
    grown = [(table, key, first) for table, key, first in found
             if table not in STEADY]
    assert len({table for table, _, _ in grown}) >= 7
    assert [row for row in grown if row[2] != "thread_id"] == []


def test_every_growing_table_has_a_primary_key(cluster, full):
    with cluster.connect(full) as db:
        tables = {table for table, in db.execute(TABLES)}
        keyed = {table for table, *_ in db.execute(KEYS)}
    assert STEADY <= tables
    assert tables - STEADY <= keyed


def test_a_reference_between_growing_tables_stays_in_its_thread(cluster, full):
    with cluster.connect(full) as db:
        found = db.execute(FOREIGN).fetchall()
    inner = [row for row in found
             if row[0] not in STEADY and row[2] not in STEADY | {"site"}]
    assert len(inner) >= 3
    assert [row for row in inner if row[3] != "thread_id"] == []


def test_no_trigger_hides_work_from_a_posting(cluster, full):
    with cluster.connect(full) as db:
        assert db.execute("SELECT tgname FROM pg_trigger"
                          " WHERE NOT tgisinternal"
                          " AND tgtype & 4 <> 0").fetchall() == []


def test_a_posting_reads_no_expression_of_its_table(cluster, full):
    """A CHECK or a generated column is parsed and planned for each row."""
    with cluster.connect(full) as db:
        assert db.execute("SELECT conname FROM pg_constraint WHERE contype ="
                          " 'c' AND conrelid IN ('comment'::regclass,"
                          " 'change'::regclass)").fetchall() == []
        assert db.execute("SELECT attname FROM pg_attribute"
                          " WHERE attgenerated <> '' AND attrelid ="
                          " 'comment'::regclass").fetchall() == []
