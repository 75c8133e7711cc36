"""test_lints.py: the tree passes every lint, and every lint finds its faults.

A planted fault is a small tree of files made for it, and the words that the
lint must say of it.
"""

import os
import pathlib
import shutil
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / os.environ.get("FOYER_BUILD", "build")


def run(lint, tree):
    command = [str(HERE / lint), str(tree)]
    if lint.endswith(".py"):
        command.insert(0, "/usr/bin/python3")
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


LINTS = ["rooms.sh", "sizes.py", "sql.sh", "manuals.sh", "scripts.sh",
         "units.sh", "words.sh", "marked.py",
         "documented.py"]


@pytest.mark.parametrize("lint", LINTS)
def test_the_tree_passes(lint):
    status, output = run(lint, ROOT)
    assert status == 0 and not output, output


def test_the_symbols_that_were_built_have_their_names():
    status, output = run("names.sh", BUILD)
    assert status == 0 and not output, output


def plant(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_an_empty_tree_is_not_a_clean_one(tmp_path):
    for lint in [*LINTS, "names.sh"]:
        assert run(lint, tmp_path)[0] != 0, lint


ROOM = "/* a.c: does a thing. */\n"
ROOMS = [
    ("src/model/a.c", '#include "store/store.h"', "store is not below model"),
    ("src/app/a.c", '#include "store/internal.h"', "private to store"),
    ("src/page/a.c", "#include <libpq-fe.h>", "is the door of store"),
    ("src/app/a.c", "#include <libxml/tree.h>", "is the door of ingest"),
    ("src/app/a.c", "  #  include <dlfcn.h>", "is the door of filter"),
    ("src/app/a.c", "#include <zstd.h>", "zstd.h has no door"),
    ("src/hall/a.c", "", "the room hall is not in"),
    ("plugins/links/a.c", '#include "base/base.h"', "base is not below plugin"),
    ("src/foyerd.c", '#include "store/store.h"', "store is not below main"),
]


@pytest.mark.parametrize("path, line, says", ROOMS)
def test_rooms_finds_an_include_across_the_table(tmp_path, path, line, says):
    plant(tmp_path, {path: ROOM + line + "\n", "plugins/x.h": ROOM})
    status, output = run("rooms.sh", tmp_path)
    assert status != 0 and f"{path}:" in output and says in output


def test_rooms_allows_what_the_table_allows(tmp_path):
    plant(tmp_path, {
        "src/app/a.c": '#include <stdio.h>\n#include <sys/stat.h>\n'
                       '#include "app/internal.h"\n#include "store/store.h"\n',
        "src/filter/a.c": "#include <dlfcn.h>\n#include <foyer/plugin.h>\n",
        "src/store/a.c": '#include "statements.h"\n#include <libpq-fe.h>\n',
        "plugins/links/links.c": "#include <foyer/plugin.h>\n"})
    assert run("rooms.sh", tmp_path) == (0, "")


def function(body, head="(void)"):
    return ROOM + f"static void\nf{head}\n{{\n" + body + "}\n"


SIZES = [
    ("src/x/a.c", ROOM + "\n" * 400, "401 lines, at most 400"),
    ("tests/a.py", '"""a.py: tests."""\n' + "\n" * 400, "at most 400"),
    ("src/web/a.css", "/* a.css: looks. */\n" + "\n" * 400, "at most 400"),
    ("src/x/a.c", function("\tx();\n" * 61), "function of 61 lines"),
    ("src/x/a.c", function("", "(int a, int b, int c,\n    int (*d)(int, int),"
                               " int e, int f)"), "6 parameters"),
    ("src/x/a.c", function("\t\t\t\t\tx();\n"), "4 levels"),
    ("src/x/a.c", function("\tx(\"" + "x" * 75 + "\");\n"), "columns"),
    ("src/x/a.c", "/* b.c: another name. */\n", "open with its name"),
    ("deploy/a", "#!/bin/sh\necho\n", "open with its name"),
    ("src/x/a.c", ROOM + "int x; \n", "ends in white space"),
    ("src/x/a.c", ROOM + "int x;", "the last line has no end"),
]


@pytest.mark.parametrize("path, text, says", SIZES)
def test_sizes_finds_what_is_too_large_or_has_no_name(tmp_path, path, text,
                                                      says):
    plant(tmp_path, {path: text})
    status, output = run("sizes.py", tmp_path)
    assert status != 0 and f"{path}:" in output and says in output


def test_sizes_allows_the_limits_themselves(tmp_path):
    five = "(int a, int b, int c,\n    void (*d)(int, int), int e)"
    plant(tmp_path, {
        "src/x/a.c": function("\tx();\n" * 59 + "\t\t\t\tx();\n", five)})
    assert run("sizes.py", tmp_path) == (0, "")


QUERY = "-- %s: $1 -> id\nSELECT id FROM comment;\n"
SQL = [
    ({"sql/migrations/0003_more.sql": "SELECT 1;\n"}, "called 0002_what.sql"),
    ({"sql/migrations/0002-more.sql": "SELECT 1;\n"}, "called 0002_what.sql"),
    ({"sql/migrations/0002_x.sql": "BEGIN;\nSELECT 1;\n"}, "BEGIN;"),
    ({"sql/queries/b.sql": QUERY % "a"}, "a: is there twice"),
    ({"sql/queries/b.sql": "-- b: $1\nSELECT 1;\n"}, "says no -> columns"),
    ({"sql/queries/b.sql": "SELECT 1;\n"}, "text outside a statement"),
    ({"sql/queries/b.sql": "-- b: -> id\nSELECT * FROM x;\n"}, "columns"),
    ({"sql/queries/b.sql": "-- b: -> id\nSELECT 1\n"}, "does not end with ;"),
    ({"sql/queries/b.sql": "-- b: -> id\nSELECT 1\n" + QUERY % "c"},
     "statement before has no ;"),
]


@pytest.mark.parametrize("files, says", SQL)
def test_sql_finds_what_the_build_could_not_use(tmp_path, files, says):
    whole = {"sql/migrations/0001_first.sql": "SELECT 1;\n",
             "sql/queries/a.sql": QUERY % "a"}
    plant(tmp_path, whole)
    assert run("sql.sh", tmp_path) == (0, "")
    plant(tmp_path, files)
    status, output = run("sql.sh", tmp_path)
    assert status != 0 and says in output


PAGE = """.Dd January 1, 2026
.Dt A 8
.Os
.Sh NAME
.Nm a
.Nd does a thing
"""


def test_manuals_finds_bad_mdoc(tmp_path):
    plant(tmp_path, {"deploy/a.8": PAGE, "plugins/x": "", "conf/x": ""})
    assert run("manuals.sh", tmp_path) == (0, "")
    plant(tmp_path, {"deploy/a.8": PAGE + ".Xx nothing\n"})
    status, output = run("manuals.sh", tmp_path)
    assert status != 0 and "a.8:7" in output


PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "One"
msgstr "%s"
"""


def test_words_finds_what_a_language_does_not_say(tmp_path):
    (tmp_path / "po").mkdir()
    shutil.copy(ROOT / "po/collect", tmp_path / "po")
    plant(tmp_path, {"src/page/a.c": 'void f() { OUT(b, T("One")); }\n',
                     "src/base/errors.h": "\n", "po/xx.po": PO % "Un"})
    assert run("words.sh", tmp_path) == (0, "")
    plant(tmp_path, {"po/xx.po": PO % ""})
    assert '"One" is not translated' in run("words.sh", tmp_path)[1]
    plant(tmp_path, {"src/page/a.c": 'void f() { OUT(b, T("Two")); }\n',
                     "po/xx.po": PO % "Un"})
    status, output = run("words.sh", tmp_path)
    assert status != 0 and '"One" is said nowhere' in output


@pytest.mark.parametrize("code, fault", [
    ('OUT(b, "<p>Hello</p>");', True), ('OUT(b, "<p>", T("Hello"));', False),
    ('OUT(b, "<a title=\\"Hello\\">");', True), ('f("Hello you");', True),
    ('OUT(b, "<p class=\\"hint\\">", x, "</p>");', False)])
def test_marked_finds_words_that_are_not(tmp_path, code, fault):
    plant(tmp_path, {"src/page/a.c": f"void f(void) {{ {code} }}\n"})
    status, output = run("marked.py", tmp_path)
    assert ("a.c:1" in output) == (status != 0) == fault


def test_scripts_finds_one_that_sh_cannot_read_or_run(tmp_path):
    plant(tmp_path, {"deploy/a": "#!/bin/sh\n# a: runs.\n", "tests/x": "",
                     ".ci/x": ""})
    assert "deploy/a: is not executable" in run("scripts.sh", tmp_path)[1]
    (tmp_path / "deploy/a").chmod(0o755)
    assert run("scripts.sh", tmp_path) == (0, "")
    plant(tmp_path, {"deploy/a": "#!/bin/sh\nif true; then\n"})
    assert run("scripts.sh", tmp_path)[0] != 0


@pytest.mark.parametrize("path, name", [
    ("src/page/a.c", "helper"), ("src/base/str.c", "base_find"),
    ("src/foyerd.c", "start")])
def test_names_finds_a_symbol_without_its_room(tmp_path, path, name):
    compiler = shutil.which("cc")
    target = tmp_path / path.replace(".c", ".o")
    plant(tmp_path, {path: f"void {name}(void);\nvoid {name}(void) {{}}\n"})
    subprocess.run([compiler, "-c", "-o", target, tmp_path / path], check=True)
    status, output = run("names.sh", tmp_path)
    assert status != 0 and name in output


@pytest.mark.parametrize("gone", ["PrivateDevices=yes", "PrivateNetwork=yes",
                                  "NoNewPrivileges=yes"])
@pytest.mark.parametrize("service", ["foyer", "foyer-retrain"])
def test_units_finds_a_service_that_is_exposed(tmp_path, service, gone):
    folder = tmp_path / "deploy/systemd"
    shutil.copytree(ROOT / "deploy/systemd", folder)
    assert run("units.sh", tmp_path) == (0, "")
    unit = folder / f"{service}.service"
    unit.write_text(unit.read_text().replace(gone, ""))
    status, output = run("units.sh", tmp_path)
    assert status != 0 and "exposure level" in output, output


def test_units_finds_a_word_that_systemd_does_not_know(tmp_path):
    folder = tmp_path / "deploy/systemd"
    shutil.copytree(ROOT / "deploy/systemd", folder)
    unit = folder / "foyer.service"
    unit.write_text(unit.read_text().replace("@system-service ",
                                             "@system-service @nothing "))
    assert run("units.sh", tmp_path)[0] != 0


def test_documented_finds_what_no_manual_tells(tmp_path):
    plant(tmp_path, {
        "src/ctl/a.c": 'const struct ctl_command ctl_a_list = {\n\t"a list",'
                       ' "[--why]", "list", "Lists.\\n", run\n};\n',
        "src/settings/table.c": '{ "new_one", SETTINGS_NUMBER }',
        "deploy/foyerctl.8": ".It Ic a list\nLists.\n",
        "conf/foyer.conf": "", "conf/foyer.conf.5": "",
        "plugins/blank/blank.c": "int blank;\n",
        "plugins/blank/README.md": "| setting | |\n|---|---|\n| `a_b` | |\n",
        "plugins/other/other.c": "",
        "plugins/foyer-filters.7": ".Ss blank\nNothing.\n",
        "plugins/foyer-plugin.7": "int black;\n"})
    status, output = run("documented.py", tmp_path)
    assert status != 0
    for fault in ["a list --help has no example", "a list has no --json",
                  "a list: nothing about --why", "nothing about new_one",
                  "new_one is not shown", "blank: nothing about a_b",
                  "other: no README.md or no section",
                  "its code is not plugins/blank/blank.c"]:
        assert fault in output
