"""place.py: foyers with many comments, behind an nginx that has floors too."""

import contextlib
import os
import pathlib
import re
import shutil
import tempfile
import urllib.parse

from foyer import Foyer, own
from measure import BUILD, Templates
from postgres import Cluster
from process import Process, children, wait_until

WORKERS = 8
SENTENCES = ("The long take at the window says more than the script does. "
             "I saw it *twice*, and the second time the sound was the film: "
             "steps, a tap, a train that never comes. What the review calls "
             "slowness is patience, and it pays in the last reel. ")
BODY = SENTENCES * 2
HTML = "<p>" + BODY.replace("*twice*", "<em>twice</em>").strip() + "</p>\n"

# A thread is half roots, half replies: a first page holds 100 comments of any
# thread that has them. The threads' comments come in turn, as they do in life:
# a thread lies scattered over the table.
FILL = """
SET session_replication_role = replica;
SET synchronous_commit = off;
CREATE TEMP TABLE made AS
WITH r AS (
    INSERT INTO review (site_id, slug, heading, title)
    SELECT 1, format('bench-{size}-%s', g), format('Film %s', g),
        format('Film %s', g)
    FROM generate_series(1, {threads}) g RETURNING id
) SELECT id, row_number() OVER (ORDER BY id) AS n FROM r;
INSERT INTO thread (id, policy, version, shown, folded)
SELECT id, 'open', {size}, {size}, pg_current_xact_id() FROM made;
INSERT INTO comment (thread_id, id, parent, root, state, visible, person,
    author, sender, body, html, client_key, posted_at)
SELECT m.id, b.base + g * {threads} + m.n,
    CASE WHEN g % 2 = 1 THEN b.base + (g - 1) * {threads} + m.n END,
    b.base + (g - g % 2) * {threads} + m.n,
    'shown', true, md5('p' || g || '-' || m.n)::uuid, 'Reader ' || g % 97,
    decode(md5((g % 997)::text), 'hex'), '{body}', '{html}',
    md5('k' || g || '-' || m.n)::uuid, now() - {age}
FROM (SELECT last_value AS base FROM comment_id) b,
    generate_series(0, {size} - 1) g, made m
ORDER BY g, m.n;
SELECT setval('comment_id', (SELECT max(id) FROM comment) + 1);
DROP TABLE made;
RESET session_replication_role;
"""


class House(Foyer):
    """A foyer with WORKERS workers whose nginx also serves /static/, and hands
    /floor/ to floor_read; all with the same settings of nginx."""

    def __init__(self, cluster, **settings):
        super().__init__(cluster, policy="open", filters={
            "links": {}, "honeypot": {}, "pace": {"weight": 0}},
            workers=WORKERS, **settings)
        self.floor = None

    def again(self):
        """With the settings as they are now."""
        self.write_conf()
        self.stop()
        self.start()
        wait_until(self.well, "the filters")

    def start_nginx(self):
        path = self.folder / "nginx/private.conf"
        text = path.read_text()
        (self.folder / "static").mkdir(exist_ok=True)
        for old, new in [
            ("events {", "worker_rlimit_nofile 20000;\nevents {"),
            (r"worker_connections \d+", "worker_connections 16000"),
            (r"location = / \{", "location /static/ {\n"
             f"root {self.folder};\ntypes {{ application/json json; }}\n}}\n"
             "location /floor/ {\nfastcgi_pass "
             f"unix:{self.folder}/floor.sock;\n}}\nlocation = / {{"),
        ]:
            text, n = re.subn(old, lambda _: new, text, count=1)
            assert n == 1, f"private.conf has no {old}"
        path.write_text(text)
        super().start_nginx()

    def start_floor(self, thread, size):
        shutil.copy(BUILD / "bench/floor_read", self.folder)
        own(self.folder)
        self.floor = Process("floor", [
            self.folder / "floor_read", self.folder / "floor.sock", WORKERS,
            self.cluster.conninfo(self.database, "foyer_web"), thread, size],
            self.folder).start()
        wait_until(lambda: self.reader().get("/floor/").status == 200, "floor")

    def publish_static(self, name, content):
        (self.folder / "static" / name).write_bytes(content)
        own(self.folder / "static")

    def close(self):
        if self.floor is not None:
            self.floor.stop()
        if self.daemon.log.exists():  # a line for each of a million
            os.truncate(self.daemon.log, 0)
        super().close()

    def pids(self):
        """Everything that foyerd is made of."""
        found, todo = [], [self.daemon.pid]
        while todo:
            found.append(todo.pop())
            todo += children(found[-1])
        return found

    def nginx_pids(self):
        return children(self.nginx.pid)

    def fill(self, size, threads=1, age="interval '1 day'"):
        """Adds threads of so many comments; their slugs. age: of comment
        g (from 0) of thread m.n (from 1)."""
        self.cluster.psql(self.database, "-1", "-c", FILL.format(
            size=size, threads=threads, age=age, body=BODY.replace("'", "''"),
            html=HTML.replace("'", "''")))
        self.cluster.psql(self.database, "-c", "VACUUM ANALYZE")
        return [f"bench-{size}-{n}" for n in range(1, threads + 1)]

    def thread_id(self, slug):
        return self.query("SELECT id FROM review WHERE slug = %s", slug)[0][0]


# What is in a house: the size of its threads, and how many are of that size.
HOUSES = {
    "small": {100: 10}, "memory": {100: 1},
    "threads": {100: 1, 1000: 1, 10_000: 1, 100_000: 1},
    "d4": {100: 100}, "d5": {100: 1000}, "d6": {100: 10_000}, "desk": {},
}


class Place:
    """What a run of the bench has built, each thing when it is first used."""

    def __init__(self):
        self.stack = contextlib.ExitStack()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="foyer-bench-"))
        self.templates = Templates(self.folder)
        self.built = {}
        self.posted = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def once(self, name, make):
        if name not in self.built:
            self.built[name] = make()
        return self.built[name]

    @property
    def cluster(self):
        return self.once("cluster", lambda: self.stack.enter_context(Cluster(
            fsync=True, shared_buffers="512MB", max_connections="120",
            synchronous_commit="on", max_wal_size="4GB")))

    def house(self, name="small", cache=False):
        """One of HOUSES; it has snapshots if `cache` says so."""
        def make():
            settings = {} if cache else {"cache": ""}
            house = self.stack.enter_context(House(self.cluster, **settings))
            house.threads = {size: house.fill(size, threads)
                             for size, threads in HOUSES[name].items()}
            return house
        return self.once((name, cache), make)

    def post(self, slug):
        """A comment as a browser's form sends it, each with its own key."""
        return self.once(("post", slug), lambda: self.templates.post(
            f"/foyer/threads/{slug}/comments", urllib.parse.urlencode(
                {"author": "A Poster", "body": BODY})
            + "&key=00000000-0000-4000-8000-@@@@@@@@@@@@"))

    def numbers(self, n=10_000_000):
        """The first of so many numbers that no request has had yet."""
        self.posted += n
        return self.posted
