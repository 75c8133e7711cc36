"""holding.py: rows about what is held: memory, bytes on the way, a crowd."""

import gzip
import pathlib
import re
import resource

from measure import Row, good, load
from postgres import ROOT

READERS, POSTERS, RATE, CROWD_SECONDS = 10_000, 1_000, 2_000, 12


def pss(pids):
    """MiB of memory, what is shared counted in part (proc(5), smaps)."""
    kib = 0
    for pid in pids:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        kib += int(re.search(r"^Pss:\s+(\d+) kB", text, re.M)[1])
    return kib / 1024


def memory(place):
    """At start, after 100,000 and after 1,000,000 requests of every kind."""
    house = place.house("memory")
    slug, pids = house.threads[100][0], house.pids()
    get, thread = place.templates.get, f"/foyer/threads/{slug}"
    comment, = house.query("SELECT min(id) FROM comment")[0]
    pages = [get(f"{thread}.json"), get(f"{thread}.html"),
             get(f"{thread}.atom"), get(f"{thread}/best.json"),
             get(f"/reviews/{slug}"), get("/reviews/"),
             get(f"/foyer/counts.json?review={slug}"), get("/foyer/health"),
             place.post(house.slugs[0])]
    small = [get("/foyer/me.json"), get("/foyer/session"),
             get(f"/foyer/comments/{comment}")]
    at = {"start": pss(pids)}
    run = {"c": 8, "t": 300}
    for name, n in [("100,000", 90_000), ("1,000,000", 890_000)]:
        good(load(house.port, *pages, n=10_000, first=place.numbers(), **run))
        good(load(house.port, *small, n=n, **run))
        at[name] = pss(pids)
    assert pids == house.pids(), "a process was replaced"
    return [Row("memory", f"PSS of foyerd's {len(pids)} processes",
                [max(at.values())], bar=48, least=False, unit="MiB", at=at),
            Row("memory_flat", "PSS after 1,000,000 / after 100,000 requests",
                [at["1,000,000"] / at["100,000"]], bar=1.05, least=False)]


def weight(place):
    """What a reader's browser fetches beside the page; level 6, as nginx."""
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 6))
             for path in (ROOT / "src/web").glob("foyer.*")}
    return [Row("weight", f"gzip of {', '.join(sorted(sizes))}",
                [sum(sizes.values()) / 1024], bar=12, least=False, unit="KiB",
                sizes=sizes)]


def crowd(place):
    """Readers who stay, and posters whose bodies come in drops."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    readers = min(READERS, hard - POSTERS - 500)
    house = place.house(cache=True)
    slug = house.threads[100][0]
    request = place.templates.get(f"/foyer/threads/{slug}.json")
    files = [request] * 99 + [place.post(house.slugs[1])]
    report = good(load(house.port, *files, c=readers, r=RATE, t=CROWD_SECONDS,
                       s=POSTERS, S=place.post(house.slugs[0]),
                       first=place.numbers()))
    slow = report["slow"]
    assert slow["good"] == POSTERS and not report["unanswered"], report
    return [Row("crowd", f"p99, {readers:,} readers at {RATE:,}/s, "
                f"{POSTERS:,} slow posters", [report["all"]["p99"] / 1000],
                bar=50, least=False, unit="ms", report=report["all"],
                post=report["kinds"][-1], slow=slow)]
