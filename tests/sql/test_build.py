"""test_build.py: what awk makes of the SQL is what the files say."""

import subprocess

from postgres import ROOT
from statements import CONTROL, STATEMENTS


def awk(script, *files):
    return subprocess.run(["awk", "-v", "table=migrations", "-f",
                           ROOT / "sql" / script, *files],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True)


def test_each_statement_becomes_a_row():
    made = awk("statements.awk", *sorted((ROOT / "sql/queries").glob("*.sql")))
    assert made.returncode == 0
    assert made.stdout.count("\tX(SQL_") == len(STATEMENTS) + len(CONTROL)
    assert '\tX(SQL_COMMENT_ADD, "comment_add", 18,' in made.stdout
    assert '\tX(SQL_BEGIN, "begin", 0,' in made.stdout


def test_parameters_that_do_not_match_are_refused(tmp_path):
    path = tmp_path / "x.sql"
    path.write_text("-- x_get: one, two -> three\nSELECT $1;\n")
    made = awk("statements.awk", path)
    assert made.returncode != 0
    assert "x_get: 2 parameters named, 1 used" in made.stderr


def test_quotes_and_backslashes_survive(tmp_path):
    path = tmp_path / "0001_first.sql"
    path.write_text("SELECT \"a\", E'\\x1f';\n-- why\nSELECT 2;\n")
    program = tmp_path / "x.c"
    program.write_text(
        "#include <stdio.h>\n"
        "struct store_migration { int number; const char *name, *sql; };\n"
        + awk("migrations.awk", path).stdout +
        "int main(void) { printf(\"%d %s %s\", migrations[0].number,"
        " migrations[0].name, migrations[0].sql); return 0; }\n")
    subprocess.run(["cc", "-o", tmp_path / "x", program], check=True)
    said = subprocess.run([tmp_path / "x"], stdout=subprocess.PIPE, text=True)
    assert said.stdout == "1 first " + path.read_text()
