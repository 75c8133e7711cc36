"""marked.py: no page says English that is not marked to be translated.

usage: tests/lint/marked.py [TREE]
"""

import pathlib
import re
import sys

LITERAL = r'"(?:[^"\\]|\\.)*"'
MARKED = re.compile(r"\b(?:T|TN|N_|T_STR)\((?:[^()\"]|" + LITERAL + r")*\)")
RUN = re.compile(LITERAL + r"(?:\s*" + LITERAL + r")*")
TAG = re.compile(r"<[^<>]*>|<[^<>]*$|^[^<>]*>")
SAID = re.compile(r"(?:^|\s)[A-Za-z]?[a-z]{2,}(?:[\s.,:;!?)]|$)")
SENTENCE = re.compile(r"^[A-Z][a-z]+ |[a-z][.!?]$")
ATTRIBUTE = re.compile(r'(?:aria-label|title|alt|placeholder)="[A-Za-z]')
# Files whose literals machines read, or manuals of style prescribe.
MACHINES = re.compile(r"(atom|linked|cite_|_json|^json|opengraph|openapi)")


def faults(source):
    """Where a literal outside T() reads like words between tags."""
    text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]),
                  source, flags=re.S)
    text = re.sub(r"^#.*$", "", text, flags=re.M)
    text = re.sub(r"'(?:[^'\\]|\\.)'", "' '", text)
    text = MARKED.sub(lambda m: re.sub(r'[^\n]', " ", m[0]), text)
    for run in RUN.finditer(text):
        parts = re.findall(LITERAL, run[0])
        said = "".join(part[1:-1] for part in parts)
        said = said.replace('\\"', '"').replace("\\n", "\n")
        tagged = "<" in said or ">" in said
        if not tagged and not SENTENCE.search(said):
            continue
        bare = TAG.sub(" ", said)
        if SAID.search(bare) or ATTRIBUTE.search(said):
            yield text.count("\n", 0, run.start()) + 1, said.strip()


def main():
    tree = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    files = sorted((tree / "src/page").glob("*.c"))
    bad = not files
    for path in files:
        if MACHINES.search(path.name):
            continue
        for line, said in faults(path.read_text()):
            print(f"{path.relative_to(tree)}:{line}: not marked: {said!r}")
            bad = True
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
