"""test_restart.py: eight clients post without a pause while foyerd is started
anew or reloads: every post is taken, the first time it is sent.

$FOYER_SECONDS says for how long each; make fault takes 60.
"""

import base64
import os
import signal
import socket
import threading
import time

import pytest

from foyer import Foyer
from process import wait_until

CLIENTS = 8
KEYS = 20                       # made by reloads: a folder holds sixty, two each
SECONDS = float(os.environ.get("FOYER_SECONDS", "3"))
# As systemd passes a socket: fd 3, LISTEN_FDS, LISTEN_PID.
ACTIVATE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""


class Activated(Foyer):
    """Its socket outlives foyerd, as with foyer.socket."""

    def prepare(self):
        super().prepare()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.socket))
        self.socket.chmod(0o666)
        self.listener.listen(1024)
        self.daemon.fds = [self.listener.fileno()]
        self.daemon.command = ["/usr/bin/python3", "-c", ACTIVATE,
                               self.listener.fileno(), *self.daemon.command]

    def close(self):
        super().close()
        self.listener.close()


@pytest.fixture(scope="module")
def foyer(cluster):
    with Activated(cluster, policy="open", workers=4,
                   filters={"links": {}}) as made:
        yield made


class Posters:
    """taken: id -> body. failed: whatever was no 201."""

    def __init__(self, foyer):
        self.foyer, self.slug = foyer, foyer.slugs[0]
        self.over = threading.Event()
        self.taken, self.failed, self.longest = {}, [], 0.0
        self.threads = [threading.Thread(target=self.work, args=(n,))
                        for n in range(CLIENTS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        self.progress()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    def work(self, number):
        client, count = self.foyer.reader(), 0
        while not self.over.is_set():
            count += 1
            body, began = f"{time.time_ns()} {number} {count}", time.monotonic()
            try:
                answer = client.comment(self.slug, body)
            except OSError as error:
                self.failed.append(error)
                continue
            self.longest = max(self.longest, time.monotonic() - began)
            if answer.status == 201:
                self.taken[answer.json["id"]] = body
            else:
                self.failed.append(answer)

    def progress(self):
        want = len(self.taken) + CLIENTS
        wait_until(lambda: len(self.taken) >= want or self.failed,
                   "more comments", 30)


def through(foyer, what):
    """Does it again and again while they post; how often, and their sum."""
    until, times = time.monotonic() + SECONDS, 0
    with Posters(foyer) as posters:
        while times < 2 or time.monotonic() < until:
            what(times)
            posters.progress()
            times += 1
    assert not posters.failed, (times, len(posters.taken), posters.failed[:3])
    rows = dict(foyer.query("SELECT id, body FROM comment WHERE id = ANY(%s)",
                            list(posters.taken)))
    assert rows == posters.taken
    bodies = foyer.query("SELECT count(*), count(DISTINCT body) FROM comment")
    assert bodies[0][0] == bodies[0][1], "posted twice"
    print(f"{what.__name__}: {times} times, {len(posters.taken)} comments, "
          f"0 failed, the slowest took {posters.longest:.2f} s")


def test_a_restart_refuses_and_loses_nobody(foyer):
    def restart(_):
        assert foyer.stop() == 0
        foyer.start()

    through(foyer, restart)


def test_who_comes_while_nobody_serves_waits_for_the_next(foyer, cluster):
    """Six seconds without a foyerd that has reached PostgreSQL, which says
    nothing while the new one starts: a slow machine's restart."""
    assert foyer.stop() == 0
    cluster.hang()
    answers, began = [], time.monotonic()
    posting = threading.Thread(target=lambda: answers.append(
        foyer.reader().comment(foyer.slugs[2], "Came between two.")))
    posting.start()
    try:
        wait_until(lambda: time.monotonic() - began > 2, "a slow stop")
        foyer.daemon.start()
        wait_until(lambda: time.monotonic() - began > 6, "a slow start")
    finally:
        cluster.unhang()
    posting.join(20)
    assert [answer.status for answer in answers] == [201], answers
    foyer.stop()
    foyer.start()


def footer(client):
    """What a session's token says of its key."""
    token = next(iter(client.cookies.values()))
    return base64.urlsafe_b64decode(token.split(".")[3] + "==")


def test_a_reload_takes_settings_plugins_and_keys_and_loses_nobody(foyer):
    early = foyer.reader()
    posted = early.comment(foyer.slugs[1], "Before all reloads.").json["id"]
    old = footer(early)

    def reload(times):
        before = foyer.others()
        if times < KEYS:
            foyer.ctl("key", "rotate")
        foyer.filters = {"links": {}} | (
            {} if times % 2 else {"honeypot": {}})
        foyer.write_conf(name=f"Journal {times}")
        foyer.daemon.kill(signal.SIGHUP)
        wait_until(lambda: not set(before) & set(foyer.others()),
                   "fresh children", 30)
        assert f"Journal {times}" in foyer.reader().get("/reviews/").text
        named = [each["name"] for each in
                 foyer.reader().get("/foyer/health").json["filters"]]
        assert named == list(foyer.filters)

    through(foyer, reload)
    late = foyer.reader()
    late.comment(foyer.slugs[1], "After them.")
    assert footer(late) != old
    mine = early.json(f"/foyer/me.json?review={foyer.slugs[1]}")
    assert mine["session"], mine
    assert early.post_json(f"/foyer/threads/{foyer.slugs[1]}/comments/"
                           f"{posted}/delete", {}).status == 200
