"""test_dump.py: a dump of the database can be restored."""

import os
import subprocess
import tempfile

from postgres import BIN


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
