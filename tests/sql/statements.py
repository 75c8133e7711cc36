"""statements.py: sql/queries/*.sql as the build reads them."""

import re

from postgres import ROOT

HEAD = re.compile(r"^-- ([a-z0-9_]+):(.*)->")
CONTROL = {"begin", "commit", "rollback", "keep_begin"}


def read_statements():
    """Name -> text."""
    found = {}
    for path in sorted((ROOT / "sql/queries").glob("*.sql")):
        name = None
        for line in path.read_text().splitlines():
            if match := HEAD.match(line):
                name = match.group(1)
                found[name] = ""
            elif name and not line.lstrip().startswith("--"):
                found[name] += line + "\n"
    return {name: text.strip().rstrip(";") for name, text in found.items()
            if name not in CONTROL}


STATEMENTS = read_statements()
