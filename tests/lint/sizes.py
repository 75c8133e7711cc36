"""sizes.py: files, functions and lines are as small as the style asks.

usage: tests/lint/sizes.py [TREE]

Files of code have at most 400 lines; C functions at most 60 lines, five
parameters and three levels of nesting; lines of C at most 80 columns. A C file
opens with `/* name.c: ...`, a script with its name too.
"""

import pathlib
import re
import sys

FILE, FUNCTION, PARAMETERS, LEVELS, COLUMNS = 400, 60, 5, 3, 80
FOLDERS = ["src", "plugins", "tests", "deploy", "conf", "sql", ".ci"]
CODE = {".c", ".h", ".py", ".sh", ".awk", ".css", ".js", ""}
SKIP = {"__pycache__", ".hypothesis", ".pytest_cache"}


def files(tree):
    for folder in FOLDERS:
        for path in sorted((tree / folder).rglob("*")):
            if path.is_file() and not SKIP & set(path.parts):
                yield path


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


def is_code(path, text):
    if path.suffix == "":
        return text.startswith("#!")
    return path.suffix in CODE


def opening(path, text):
    """Where the file's name must stand, by its kind."""
    name = re.escape(path.name)
    if path.suffix in (".c", ".h"):
        return re.match(rf"/\*(\n \*)? {name}: \S", text)
    if path.suffix == ".py":
        return re.match(rf'(#!.*\n)?"""{name}: \S', text)
    if path.suffix in (".css", ".js"):
        return re.match(rf"/\*(\n \*)? {name}: \S", text)
    return re.match(rf"(#!.*\n)?# {name}: \S", text)


def parameters(head):
    """How many a function's head has; commas of inner lists don't count."""
    inner = head[head.index("(") + 1:head.rindex(")")]
    while re.search(r"\([^()]*\)", inner):
        inner = re.sub(r"\([^()]*\)", "", inner)
    return 0 if inner.strip() in ("", "void") else inner.count(",") + 1


def functions(lines):
    """(number of its `{` line, its head, its body) of each definition."""
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line.startswith("}") and start is not None:
            if line == "}":
                yield start, head_of(lines, start), lines[start + 1:number]
            start = None


def head_of(lines, start):
    first = start
    while first > 0 and lines[first - 1].strip() \
            and not lines[first - 1].startswith(("#", "}", "/*", " */")):
        first -= 1
    return " ".join(lines[first:start])


def depth(body):
    return max((len(line) - len(line.lstrip("\t")) for line in body
                if line.strip()), default=1) - 1


def check_c(lines):
    for number, line in enumerate(lines, 1):
        width = len(line.expandtabs(8))
        if width > COLUMNS:
            yield number, f"{width} columns, at most {COLUMNS}"
    for start, head, body in functions(lines):
        if "(" not in head:
            continue
        if len(body) > FUNCTION:
            yield start, f"a function of {len(body)} lines, at most {FUNCTION}"
        count = parameters(head)
        if count > PARAMETERS:
            yield start, f"{count} parameters, at most {PARAMETERS}"
        if depth(body) > LEVELS:
            yield start, f"{depth(body)} levels, at most {LEVELS}"


def check_text(lines, text):
    if not text.endswith("\n"):
        yield len(lines), "the last line has no end"
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            yield number, "ends in white space"


def check(path):
    text = text_of(path)
    if not is_code(path, text):
        return
    lines = text.split("\n")[:-1] if text.endswith("\n") else text.split("\n")
    if len(lines) > FILE:
        yield 1, f"{len(lines)} lines, at most {FILE}"
    if not opening(path, text):
        yield 1, "does not open with its name"
    yield from check_text(lines, text)
    if path.suffix in (".c", ".h"):
        yield from check_c(lines)


def main(tree):
    faults = seen = 0
    for path in files(tree):
        seen += 1
        for number, why in check(path):
            print(f"{path.relative_to(tree)}:{number}: {why}")
            faults += 1
    return 1 if faults or not seen else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
