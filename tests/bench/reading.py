"""reading.py: rows about reading: hits, misses, long threads, growth."""

import math

import picture
from measure import BUILD, Row, cpu_seconds, good, load, ratios, take_turns

SECONDS = 2


def thread_json(slug):
    return f"/foyer/threads/{slug}.json"


def rate(house, request, clients=8, seconds=SECONDS):
    return lambda: good(load(house.port, request, c=clients, t=seconds))["rate"]


def read_hit(place):
    """A snapshot against the same bytes as a file that nginx just serves."""
    figure = "read, snapshot there / nginx's static file"
    house = place.house(cache=True)
    path = thread_json(house.threads[100][0])
    body = house.reader().get(path).body
    house.publish_static("thread.json", body)
    hit, floor = place.templates.get(path), place.templates.get(
        "/static/thread.json")
    good(load(house.port, hit, c=8, n=100))
    asked = house.daemon.output().count(path)
    # Many short turns: what is told apart is a twentieth.
    said = take_turns(15, snapshot=rate(house, hit, seconds=0.7),
                      static=rate(house, floor, seconds=0.7))
    asked = house.daemon.output().count(path) - asked
    if asked > 10:
        return [Row("read_hit", figure, [], bar=0.95,
                    note=f"no snapshots: foyerd was asked {asked} times")]
    return [Row("read_hit", figure, ratios(said["snapshot"], said["static"]),
                bar=0.95, turns=said, bytes=len(body))]


def read_miss(place):
    """Without snapshots, against floor_read behind the same nginx."""
    house = place.house()
    slug = house.threads[100][0]
    path = thread_json(slug)
    answer = house.reader().json(path)
    assert len(answer["comments"]) == 100, len(answer["comments"])
    size = len(house.reader().get(path).body)
    house.start_floor(house.thread_id(slug), size)
    floor = house.reader().get("/floor/")
    assert len(floor.body) == size, (len(floor.body), size)
    miss, floor = place.templates.get(path), place.templates.get("/floor/")
    cpu = cpu_seconds(house.pids())
    said = take_turns(foyer=rate(house, miss), floor=rate(house, floor))
    cpu = cpu_seconds(house.pids()) - cpu
    answers = sum(said["foyer"]) * SECONDS
    return [Row("read_miss", "read, snapshot absent / libfcgi + one SELECT",
                ratios(said["foyer"], said["floor"]), bar=0.80, turns=said,
                bytes=size, foyerd_cpu_usec=round(cpu / answers * 1e6, 1))]


def page_time(place, house, slugs, clients=1, seconds=1):
    """The median time of a first page, over up to ten threads in turn."""
    files = [place.templates.get(thread_json(slug)) for slug in slugs[:10]]
    good(load(house.port, *files, c=2, n=300))
    return lambda: good(load(house.port, *files, c=clients,
                             t=seconds))["all"]["p50"]


def pages(place):
    """Long threads and large databases, against a small one."""
    small, large = place.house(), place.house("d6")
    threads = place.house("threads")
    said = take_turns(
        small=page_time(place, small, small.threads[100]),
        thread=page_time(place, threads, threads.threads[100000]),
        database=page_time(place, large, large.threads[100]))
    return [Row("large_thread", "first page, thread of 100,000 / of 100",
                ratios(said["thread"], said["small"]), bar=1.3, least=False,
                turns=said),
            Row("large_database", "first page, 1,000,000 comments / 100",
                ratios(said["database"], said["small"]), bar=1.3, least=False,
                turns=said)]


def post_time(place, house, slug):
    def play():
        request = place.post(slug)
        return good(load(house.port, request, c=1, t=0.5,
                         first=place.numbers()))["all"]["p50"]
    return play


def slope(points):
    """Of the line of least squares through (log x, log y)."""
    xs = [math.log10(x) for x, _ in points]
    ys = [math.log10(y) for _, y in points]
    x0, y0 = sum(xs) / len(xs), sum(ys) / len(ys)
    return (sum((x - x0) * (y - y0) for x, y in zip(xs, ys))
            / sum((x - x0) ** 2 for x in xs))


def growth(place):
    """How a first page and a post grow with the thread and the database."""
    threads = place.house("threads")
    bases = {10 ** n: place.house(f"d{n}") for n in (4, 5, 6)}
    players = {}
    for size, slugs in threads.threads.items():
        players["page", "thread", size] = page_time(place, threads, slugs,
                                                    seconds=0.5)
    for size, house in bases.items():
        players["page", "database", size] = page_time(
            place, house, house.threads[100], seconds=0.5)
    for size, slugs in threads.threads.items():
        players["post", "thread", size] = post_time(place, threads, slugs[0])
    for size, house in bases.items():
        players["post", "database", size] = post_time(
            place, house, house.threads[100][0])
    names = {str(n): key for n, key in enumerate(players)}
    said = take_turns(**{name: players[key] for name, key in names.items()})
    lines, rows = {}, []
    for name, (what, of, size) in names.items():
        times = sorted(said[name])
        lines.setdefault((what, of), []).append((size, times[len(times) // 2]))
    for (what, of), points in lines.items():
        rows.append(Row(f"growth", f"slope, {what} by size of the {of}",
                        [slope(points)], unit="", points=points))
    (BUILD / "bench-growth.svg").write_text(picture.growth(
        {f"{what} by size of the {of}": (points, slope(points))
         for (what, of), points in lines.items()}))
    return rows
