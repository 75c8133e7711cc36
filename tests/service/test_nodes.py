"""test_nodes.py: two foyers on one database: nobody reads an old page for
longer than is promised, whatever is written, hidden, cut off or killed."""

import contextlib
import os
import pathlib
import random
import subprocess
import tempfile
import threading
import time

import pytest

from foyer import Foyer
from postgres import BIN, Cluster
from process import wait_until
from relay import Relay

OWN, OTHER = 0.25, 0.5          # seconds a page may be old: here, elsewhere
WRITERS = READERS = 8
SECONDS = 30


@pytest.fixture(scope="module")
def nodes(cluster):  # noqa: F811
    """Two, the second by a wire that can be cut."""
    plain = {"policy": "open", "filters": {}, "workers": 2, "log": "debug"}
    with contextlib.ExitStack() as stack:
        one = stack.enter_context(Foyer(cluster, **plain))
        wire = stack.enter_context(Relay(
            cluster.folder / ".s.PGSQL.5432"))
        far = cluster.conninfo(one.database, "foyer_web").replace(
            str(cluster.folder), str(wire.folder))
        two = stack.enter_context(Foyer(cluster, like=one, database=far,
                                        **plain))
        two.wire = wire
        for each in one, two:
            wait_until(lambda: "following the changes"
                       in each.daemon.output(), "the feed")
        yield one, two


def heard_all(foyer):
    """Until a node has heard of everything so far: of a change after it."""
    slug = foyer.slugs[1]
    said = f"changed: {slug}\n"
    before = foyer.daemon.output().count(said)
    foyer.query("INSERT INTO change (thread_id, shown)"
                " SELECT id, 0 FROM review WHERE slug = %s", slug)
    wait_until(lambda: foyer.daemon.output().count(said) > before, "the feed")


def answer(foyer, slug):
    return foyer.reader().get(f"/foyer/threads/{slug}/newest.json")


def page(foyer, slug):
    said = answer(foyer, slug)
    assert said.status == 200, said
    return said.json


def ids(data):
    return {each["id"] for each in data["comments"]
            if each.get("state", "shown") == "shown"}


def make_file(foyer, slug):
    """A new one, by one reader, and looked at a second time."""
    said = f"snapshot: {slug}/thread.newest.json"
    before = foyer.daemon.output().count(said)
    (pathlib.Path(foyer.folder) / "cache/t" / slug
     / "thread.newest.json").unlink(missing_ok=True)
    heard_all(foyer)
    page(foyer, slug)
    wait_until(lambda: foyer.daemon.output().count(said) > before, "a file")


def test_each_node_follows_the_others_changes(nodes):
    for here, there in [nodes, nodes[::-1]]:
        slug = here.slugs[0]
        make_file(there, slug)
        posted = here.reader().comment(slug, "For both.").json["id"]
        began = time.monotonic()
        wait_until(lambda: posted in ids(page(there, slug)), "the other node")
        assert time.monotonic() - began < OTHER


def test_one_that_was_cut_off_serves_on_and_then_catches_up(nodes):
    one, two = nodes
    slug = one.slugs[0]
    make_file(two, slug)
    before = ids(page(two, slug))
    two.wire.cut()
    try:
        posted = [one.reader().comment(slug, f"Missed {i}.").json["id"]
                  for i in range(3)]
        assert ids(page(two, slug)) == before
        assert two.reader().comment(slug, "Not now.").status == 503
    finally:
        two.wire.mend()
    wait_until(lambda: (said := answer(two, slug)).status == 200
               and set(posted) <= ids(said.json), "to catch up")


def restored(cluster, name):
    """A second server with what the database holds, as after a restore: it
    has seen fewer transactions."""
    with cluster.connect(name) as db:
        db.execute("DO $$ BEGIN FOR i IN 1..5000 LOOP "
                   "PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$")
    dump = subprocess.run(
        [str(BIN / "pg_dump"), cluster.conninfo(name)], check=True,
        stdout=subprocess.PIPE).stdout
    other = Cluster().__enter__()
    with other.connect() as db:
        db.execute(f'CREATE DATABASE "{name}"')
        db.execute("CREATE ROLE foyer_owner LOGIN")
        db.execute("CREATE ROLE foyer_web LOGIN")
    with tempfile.NamedTemporaryFile(suffix=".sql") as file:
        file.write(dump)
        file.flush()
        os.chmod(file.name, 0o644)
        other.psql(name, "-1", "-f", file.name)
    return other


def test_one_that_can_vouch_for_nothing_drops_everything(nodes, cluster):
    """Its cursor is ahead of the database: this is not the one it knew."""
    one, two = nodes
    slug, target = one.slugs[0], two.wire.target
    other = restored(cluster, one.database)
    try:
        with other.connect(one.database) as db:
            db.execute("UPDATE comment SET html = '<p>Restored.</p>'")
        make_file(two, slug)
        assert "Restored" not in answer(two, slug).text
        two.wire.cut()
        two.wire.target = str(other.folder / ".s.PGSQL.5432")
        two.wire.mend()
        wait_until(lambda: "Restored" in answer(two, slug).text, "the drop")
    finally:
        two.wire.cut()
        two.wire.target = target
        two.wire.mend()
        other.close()
    wait_until(lambda: answer(two, slug).status == 200
               and "Restored" not in answer(two, slug).text, "the first")
    wait_until(two.well, "the database")


# ---- the stress ----

class Stress:
    """Writers and a moderator on node one; readers on both."""

    def __init__(self, nodes):
        self.one, self.two = nodes
        self.slug = self.one.slugs[-1]
        self.lock = threading.Lock()
        self.posted, self.hidden = [], {}   # (when, id); id: when
        self.wrong, self.read, self.over = [], 0, threading.Event()
        self.stalls = []                    # (when, how long)

    def write(self, number):
        client = self.one.reader()
        while not self.over.is_set():
            answer = client.comment(self.slug, f"{number} {random.random()}")
            when = time.monotonic()
            with self.lock:
                if answer.status == 201:
                    self.posted.append((when, answer.json["id"]))
                else:
                    self.wrong.append(answer)
            self.over.wait(0.02)

    def hide(self, moderator, token):
        while not self.over.is_set():
            with self.lock:
                known = [number for _, number in self.posted[-20:]
                         if number not in self.hidden]
            if known:
                number = random.choice(known)
                done = moderator.post_json(
                    f"/foyer/admin/threads/{self.slug}/comments/{number}/rule",
                    {"act": "remove", "seen": "shown", "token": token})
                with self.lock:
                    if done.status == 200:
                        self.hidden[number] = time.monotonic()
                    else:
                        self.wrong.append(done)
            self.over.wait(0.05)

    def canary(self):
        """Notes when the machine has no time for anybody."""
        while not self.over.is_set():
            began = time.monotonic()
            time.sleep(0.01)
            late = time.monotonic() - began - 0.01
            if late > 0.02:
                self.stalls.append((began, late))

    def stalled(self, since):
        """That a thing was late by so much is nobody's fault."""
        return sum(late for when, late in self.stalls[-200:] if when > since)

    def look(self, node, grace, hidden_grace):
        began = time.monotonic()
        seen = ids(page(node, self.slug))
        late = self.stalled(began - 1)
        grace, hidden_grace = grace + late, hidden_grace and hidden_grace + late
        with self.lock:
            due = [number for when, number in self.posted
                   if when < began - grace and number not in self.hidden]
            gone = {number for number, when in self.hidden.items()
                    if when < began - hidden_grace}
        if due and max(seen, default=0) < max(due):
            self.wrong.append((node.port, f"{max(due)} is missing", late))
        if seen & gone:
            self.wrong.append((node.port, f"{seen & gone} is there", late))
        self.read += 1

    def reader(self, *how):
        while not self.over.is_set():
            self.over.wait(0.005)
            try:
                self.look(*how)
            except Exception as trouble:  # noqa: BLE001
                self.wrong.append(trouble)

    def run(self, seconds):
        moderator = self.one.moderator("stress")
        token = moderator.json("/foyer/me.json")["token"]
        crew = [threading.Thread(target=self.write, args=(i,))
                for i in range(WRITERS)]
        crew.append(threading.Thread(target=self.hide,
                                     args=(moderator, token)))
        crew.append(threading.Thread(target=self.canary))
        for i in range(READERS):
            how = (self.one, OWN, 0) if i % 2 else (self.two, OTHER, OTHER)
            crew.append(threading.Thread(target=self.reader, args=how))
        for each in crew:
            each.start()
        self.over.wait(seconds)
        self.over.set()
        for each in crew:
            each.join()


def test_nobody_reads_an_old_page_under_stress(nodes):
    stress = Stress(nodes)
    stress.run(SECONDS)
    assert not stress.wrong, (len(stress.wrong), stress.wrong[:5])
    assert len(stress.posted) > 100 and len(stress.hidden) > 20
    assert stress.read > 100
    print(f"{len(stress.posted)} posted, {len(stress.hidden)} hidden, "
          f"{stress.read} read")
