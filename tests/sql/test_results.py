"""test_results.py: columns that statements return are of types store reads."""

import pytest

from statements import STATEMENTS

# Results are binary: row.c reads these. Of an enum it is the label, of void
# nothing that anybody looks at.
READ = {"bool", "int2", "int4", "int8", "uuid", "bytea", "text", "name",
        "timestamptz",
        "_text", "_int8", "void"}


@pytest.fixture(scope="module")
def described(cluster):
    """Statement -> [(column, its type)]."""
    with cluster.connect(cluster.fresh()) as db:
        types = dict(db.execute(
            "SELECT oid::integer, CASE typtype WHEN 'e' THEN 'text' "
            "ELSE typname END FROM pg_type").fetchall())
        found = {}
        for name, text in STATEMENTS.items():
            key = name.encode()
            done = db.pgconn.prepare(key, text.encode())
            assert not done.error_message, (name, done.error_message)
            about = db.pgconn.describe_prepared(key)
            found[name] = [(about.fname(i).decode(), types[about.ftype(i)])
                           for i in range(about.nfields)]
        return found


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_each_column_is_of_a_type_that_is_read(described, name):
    for column, kind in described[name]:
        assert kind in READ, f"{column} is {kind}"
