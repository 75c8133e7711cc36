"""bench.py: measures foyer beside the least that the same could cost.

usage: bench.py [ROW...]        as a rule through `make bench ONLY=ROW`

Each floor runs in turns with what it is a floor for, in the same run, on the
same machine, with the same nginx and PostgreSQL. All load is on loopback and
unix sockets. Prints a table; writes bench.json and bench-growth.svg.
"""

import json
import os
import pathlib
import platform
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

import desk  # noqa: E402
import holding  # noqa: E402
import posting  # noqa: E402
import reading  # noqa: E402
from measure import BUILD  # noqa: E402
from place import Place  # noqa: E402

# In this order; rows of the last kind are made by one function.
FIGURES = {
    "read_hit": reading.read_hit,
    "read_miss": reading.read_miss,
    "post": posting.post,
    "filters": posting.filters,
    "memory": holding.memory,
    "weight": holding.weight,
    "crowd": holding.crowd,
    "pages": reading.pages,
    "growth": reading.growth,
    "admin": desk.admin,
}
# Only where they are named: a place that takes minutes to build.
APART = {"admin"}
ALIASES = {"post_statement": "post", "memory_flat": "memory",
           "large_thread": "pages", "large_database": "pages"}


def first_line(*command):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return done.stdout.partition("\n")[0].strip()


def machine():
    """Enough to say why two runs differ."""
    cpu = next((line.partition(":")[2].strip() for line
                in open("/proc/cpuinfo") if line.startswith("model name")),
               platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpu": f"{len(os.sched_getaffinity(0))} × {cpu}",
        "memory": f"{memory / 2**30:.0f} GiB",
        "load": " ".join(f"{n:.1f}" for n in os.getloadavg()),
        "system": f"{platform.system()} {platform.release()}",
        "postgresql": first_line("/usr/lib/postgresql/15/bin/postgres", "-V"),
        "nginx": first_line("/usr/sbin/nginx", "-v"),
        "compiler": first_line(os.environ.get("CC", "cc"), "--version"),
        "foyer": first_line("git", "describe", "--always", "--dirty"),
    }


def chosen(words):
    names = ([ALIASES.get(word, word) for word in words]
             or [name for name in FIGURES if name not in APART])
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        raise SystemExit(f"no row called {', '.join(unknown)}; there are "
                         f"{', '.join([*FIGURES, *ALIASES])}")
    return [name for name in FIGURES if name in names]


def main(words):
    names, began, rows = chosen(words), time.monotonic(), []
    about = machine()
    for name, value in about.items():
        print(f"{name:12} {value}")
    print(f"\n{'row':15} {'figure':48} {'median':>8} {'':4} {'bar':8} "
          f"{'':5} of the turns", flush=True)
    with Place() as place:
        for name in names:
            for row in FIGURES[name](place):
                print(row.line(), flush=True)
                rows.append(row)
    report = {"machine": about, "seconds": round(time.monotonic() - began, 1),
              "rows": [row.data() for row in rows]}
    (BUILD / "bench.json").write_text(json.dumps(report, indent=1) + "\n")
    missed = [row.name for row in rows if row.verdict in ("MISS", "NONE")]
    print(f"\n{report['seconds']:.0f} s; " + (
        f"short of the bar: {', '.join(missed)}; ARCHITECTURE.md (What a post "
        "and a miss cost) and tests/bench/README.md say why" if missed else
        "every bar reached"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
