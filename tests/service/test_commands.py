"""test_commands.py: what every command of foyerctl's own table keeps."""

import json
import re
import shlex
import shutil
import subprocess

import pytest

from postgres import ROOT
from test_foyerctl import SLUGS, made  # noqa: F401

GLOBAL = {"--conf", "--database", "--help"}
OPTION = re.compile(r"--[a-z][a-z-]*")


class Command:
    """A row of the table, as the program prints it."""

    def __init__(self, run, name):
        self.run, self.name, self.words = run, name, name.split()
        self.help = run(*self.words, "--help")
        head = self.help.stdout.split("\n\n")[0]
        self.usage = head.partition(f" {name} ")[2]
        self.options = set(OPTION.findall(self.usage))


@pytest.fixture(scope="module")
def commands(made):  # noqa: F811
    made("review", "import", "samples/hedgehog.txt")
    names = re.findall(r"^  (\S(?:\S| (?! ))*) ", made("--help").stdout, re.M)
    assert len(names) > 30 and len(set(names)) == len(names)
    return [Command(made, name.strip()) for name in names]


def each(commands, find):
    """Every command's fault, all at once."""
    found = {command.name: find(command) for command in commands}
    assert {name: fault for name, fault in found.items() if fault} == {}


def test_help_has_an_example_and_complains_of_nothing(commands):
    def fault(command):
        said = command.help.stdout
        example = re.search(r"^  .*foyerctl .*" + command.name, said, re.M)
        return (command.help.stderr
                or re.search(r" $", said, re.M) and "ends in a space"
                or not said.startswith("usage: foyerctl ") and said
                or not example and "no example")
    each(commands, fault)


def sources():
    """Command -> the options that it reads, by its source."""
    found = {}
    for path in (ROOT / "src/ctl").glob("*.c"):
        text = path.read_text()
        for name in re.findall(r'struct ctl_command \w+ = \{\s*"([a-z -]+)"',
                               text):
            run = text[:text.index(f'\t"{name}"')].rpartition("\nrun")[2]
            found[name] = {"--" + option for option in re.findall(
                r'\{ "([a-z-]+)", (?:NULL|&)', run)}
    return found


def test_the_usage_names_the_options_that_there_are_and_no_others(commands):
    read, files = sources(), {"--train", "--test", "--prequential"}

    def fault(command):
        unknown = [option for option in command.options
                   if f"option {option}\n" in command.run(
                       *command.words, f"{option}=x", "--nonsense",
                       status=2).stderr]
        return unknown or command.options - files ^ read[command.name]
    each(commands, fault)


def test_what_is_unknown_ends_with_2_and_the_usage(commands):
    def fault(command):
        done = command.run(*command.words, "--nonsense", status=2)
        return done.stdout or f"usage: foyerctl {command.name}" not in (
            done.stderr) and done.stderr
    each(commands, fault)


def test_the_manual_has_every_command_with_its_options(commands):
    text = (ROOT / "deploy/foyerctl.8").read_text()
    items = re.split(r"^\.It (?:Xo )?(?=Ic )", text, flags=re.M)[1:]

    def fault(command):
        mine = [item for item in items if re.match(
            rf"Ic {command.name}(?: |$)", item.splitlines()[0])]
        told = set(re.findall(r"Fl (?:Fl |-)([a-z][a-z-]*)", "".join(mine)))
        return not mine and "none" or command.options - {
            "--" + option for option in told}
    each(commands, fault)


def test_what_lists_has_json_that_says_the_same(commands, made):  # noqa: F811
    def fault(command):
        if not command.name.endswith("list") and "--json" not in (
                command.options) or re.match(r"[^[]", command.usage):
            return None         # it needs something to work on
        text = command.run(*command.words, status=None)
        done = command.run(*command.words, "--json", status=text.returncode)
        rows = json.loads(done.stdout)
        lines = text.stdout.splitlines()[command.name.endswith("list"):]
        return text.stderr + done.stderr or (
            not all(isinstance(row, dict) for row in rows) and rows
            or len(rows) != len(lines) and (rows, lines))
    made("account", "add", "editor", "--role", "owner")
    each(commands, fault)
    assert json.loads(made("review", "list", "--json").stdout)[0][
        "slug"] == SLUGS[0]


def test_without_settings_each_says_so_in_a_sentence(commands):
    """Or does not need them; with what its usage asks for, and no terminal."""
    alone = {"migrate", "sso key", "sso token", "filter eval", "completion",
             "version", "review import"}

    def fault(command):
        needed = re.sub(r"\[[^]]*\]|\|[^[]*|'#'|\.\.\.", "", command.usage)
        done = command.run(*command.words, *needed.lower().split(), "--conf",
                           "/none", status=None)
        said = done.stdout + done.stderr
        return command.name not in alone and (
            done.returncode not in (1, 2) or "/none: " not in said
            and done.returncode == 1 or not said) and done
    each(commands, fault)


# ---- completion ----

SHELLS = {
    "bash": "{0}\nask() {{ COMP_WORDS=(foyerctl \"$@\"); COMP_CWORD=$#;\n"
            "COMPREPLY=(); _foyerctl; echo \"${{COMPREPLY[@]}}\"; }}\n{1}",
    "zsh": "compadd() {{ shift; print -r -- \"$@\" }}\n_files() {{ }}\n"
           "ask() {{ words=(foyerctl \"$@\"); CURRENT=$#words; _foyerctl }}\n"
           "words=(foyerctl ''); CURRENT=2\n{0}\n{1}",
}


def offers(run, shell, lines):
    """What a shell offers at the end of each line."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    asked = "\n".join("ask " + shlex.join(words) for words in lines)
    script = SHELLS[shell].format(run("completion", shell).stdout, asked)
    done = subprocess.run([shell, "-f", "-c", script], text=True,
                          capture_output=True, check=True)
    assert not done.stderr, done.stderr
    answers = [set(line.split()) for line in
               done.stdout.split("\n")[-len(lines) - 1:-1]]
    assert len(answers) == len(lines)
    return answers


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_offers_every_command_and_its_options(commands, made,  # noqa: F811
                                                      shell):
    lines = [[*command.words, "word", "--"] for command in commands]
    for command, got in zip(commands, offers(made, shell, lines)):
        assert got == command.options | GLOBAL, command.name
    firsts = {command.words[0] for command in commands}
    first, = offers(made, shell, [[""]])
    assert first - GLOBAL == firsts | {"help"}
    for word in firsts:
        then = {command.words[1] for command in commands
                if command.words[0] == word and len(command.words) > 1}
        if then:
            got, = offers(made, shell, [[word, ""]])
            assert got - GLOBAL == then, word


@pytest.mark.parametrize("shell", SHELLS)
def test_what_stands_before_the_command_is_no_part_of_it(made, shell):  # noqa: F811
    asked = [["--conf", "a.conf", "key", ""],
             ["--database=dbname=x", "key", ""],
             ["--conf", "a.conf", "--database", "x", "key", ""]]
    for got in offers(made, shell, asked):
        assert got - GLOBAL == {"list", "new", "rotate", "retire"}


def test_there_is_no_completion_for_other_shells(made):  # noqa: F811
    made("completion", "fish", status=2)
