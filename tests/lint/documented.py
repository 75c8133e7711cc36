"""documented.py: every command, option and setting is in its manual page.

usage: tests/lint/documented.py [TREE]

A foyerctl command has an item in deploy/foyerctl.8 that names each option of
its usage, and its help has an example; one that lists has --json. A setting has
an item in conf/foyer.conf.5 and a line in conf/foyer.conf. A filter's settings
are in its README and in foyer-filters.7; foyer-plugin.7 shows blank.c as it is.
"""

import pathlib
import re
import sys

COMMAND = re.compile(r'const struct ctl_command \w+ = \{\s*"([^"]+)",'
                     r'((?:\s*"(?:[^"\\]|\\.)*")+)(.*?)\n\};', re.S)
SETTING = re.compile(r'\{ "(\w+)", SETTINGS_')


def commands(tree):
    """(name, usage, help) of each."""
    for path in sorted((tree / "src/ctl").glob("*.c")):
        for name, usage, rest in COMMAND.findall(path.read_text()):
            yield name, usage, "".join(re.findall(r'"((?:[^"\\]|\\.)*)"',
                                                  rest))


def of_commands(tree):
    manual = (tree / "deploy/foyerctl.8").read_text()
    for name, usage, told in commands(tree):
        if not re.search(rf"foyerctl [^\n]*{name}|foyerctl {name}", told):
            yield f"foyerctl {name} --help has no example"
        if name.endswith(" list") and "--json" not in usage:
            yield f"foyerctl {name} has no --json"
        said = re.search(rf"^\.It (?:Xo )?Ic {name}\b.*?"
                         r"(?=^\.It (?:Xo )?Ic |^\.S|\Z)", manual,
                         re.M | re.S)
        if not said:
            yield f"foyerctl.8: nothing about {name}"
            continue
        for option in re.findall(r"--([a-z-]+)", usage):
            if not re.search(rf"Fl (?:Fl |-){option}\b", said[0]):
                yield f"foyerctl.8: {name}: nothing about --{option}"


def of_settings(tree):
    manual = (tree / "conf/foyer.conf.5").read_text()
    example = (tree / "conf/foyer.conf").read_text()
    table = (tree / "src/settings/table.c").read_text()
    outer = set(SETTING.findall(table.split("settings_table_filter")[0]))
    for name in SETTING.findall(table):
        if not re.search(rf"^\.It Ic {name}\b", manual, re.M):
            yield f"foyer.conf.5: nothing about {name}"
        if name in outer and not re.search(rf"^[# \t]*{name} = ", example, re.M):
            yield f"foyer.conf: {name} is not shown"


def listed(readme):
    """The settings of a README's table."""
    for table in re.findall(r"^\| (?:setting|key) \|.*\n((?:\|.*\n)+)",
                            readme, re.M):
        for row in table.splitlines()[1:]:
            yield from re.findall(r"`(\w+)`", row.split("|")[1])


def of_filters(tree):
    """A filter's folder, README and section in foyer-filters(7) agree."""
    manual = (tree / "plugins/foyer-filters.7").read_text()
    for folder in sorted((tree / "plugins").iterdir()):
        if not (folder / f"{folder.name}.c").exists():
            continue
        said = re.search(rf"^\.Ss {folder.name}\n.*?(?=^\.S[sh] |\Z)", manual,
                         re.M | re.S)
        if not said or not (folder / "README.md").exists():
            yield f"{folder.name}: no README.md or no section in " \
                "foyer-filters.7"
            continue
        for name in listed((folder / "README.md").read_text()):
            if not re.search(rf"^\.It Ic .*\b{name}\b", said[0], re.M):
                yield f"foyer-filters.7: {folder.name}: nothing about {name}"


def of_blank(tree):
    """The code that foyer-plugin(7) walks through is the file's."""
    manual = (tree / "plugins/foyer-plugin.7").read_text()
    code = (tree / "plugins/blank/blank.c").read_text()
    if code.replace("\\", "\\e") not in manual:
        yield "foyer-plugin.7: its code is not plugins/blank/blank.c"


def main():
    tree = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    if not list(commands(tree)):
        sys.exit("no command found")
    faults = [*of_commands(tree), *of_settings(tree), *of_filters(tree),
              *of_blank(tree)]
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
