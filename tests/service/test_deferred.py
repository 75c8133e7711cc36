"""test_deferred.py: comments wait for filters that are asked later."""

import json
import pathlib
import re
import shutil
import socketserver
import threading
import uuid

import pytest

from foyer import BUILD, Foyer, own
from process import wait_until


class Server(socketserver.ThreadingTCPServer):
    """Answers with a score that the comment's first word asks for."""
    allow_reuse_address = daemon_threads = True
    scores = {"good": b"-50", "bad": b"100", "odd": b"60"}
    silent = False

    class RequestHandlerClass(socketserver.StreamRequestHandler):
        def handle(self):
            word = self.rfile.read().split()[0].decode()
            self.server.asked.set()
            self.server.open.wait()
            if not self.server.silent:
                self.wfile.write(self.server.scores[word])

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)
        self.asked, self.open = threading.Event(), threading.Event()
        self.open.set()
        threading.Thread(target=self.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def server():
    with Server() as made:
        yield made
        made.shutdown()


class Slow(Foyer):
    def prepare(self):
        super().prepare()
        shutil.copy(BUILD / "abi/plugins/slow.so", self.folder / "plugins")
        own(self.folder / "plugins")


@pytest.fixture(scope="module")
def foyer(cluster, server):
    slow = {"deferred": True, "port": str(server.server_address[1])}
    with Slow(cluster, policy="open", deferred_wait=2, filter_pause=1,
              filters={"honeypot": {}, "slow": slow}) as made:
        made.ctl("thread", "set", made.slugs[1], "--policy", "all")
        made.client = made.reader()
        yield made


def post(foyer, words, slug=0):
    posted = foyer.client.comment(foyer.slugs[slug],
                                  f"{words} {uuid.uuid4()}")
    assert posted.status == 201, posted
    assert posted.json["state"] == "held"
    return posted.json["id"]


def state(foyer, number):
    return foyer.query("SELECT state::text, why FROM comment WHERE id = %s",
                       number)[0]


def said(foyer, number):
    return foyer.query("SELECT silent, score, reason FROM evidence WHERE "
                       "comment_id = %s AND filter = 'slow'", number)[0]


def test_a_good_answer_releases_what_waits(foyer):
    number = post(foyer, "good film")
    wait_until(lambda: state(foyer, number) == ("shown", ""), "the answer")
    assert said(foyer, number) == (False, -50, "the server says -50")
    thread = foyer.reader().thread(foyer.slugs[0])
    assert number in [c["id"] for c in thread["comments"]]


def test_a_bad_answer_condemns_and_an_odd_one_holds(foyer):
    bad, odd = post(foyer, "bad film"), post(foyer, "odd film")
    wait_until(lambda: state(foyer, bad) == ("spam", "filters"), "the answer")
    wait_until(lambda: state(foyer, odd) == ("held", "filters"), "the answer")


def test_a_rule_is_stronger_than_any_answer(foyer):
    number = post(foyer, "good film", 1)
    wait_until(lambda: said(foyer, number)[1] == -50, "the answer")
    assert state(foyer, number) == ("held", "policy")


def test_who_gives_no_answer_leaves_it_to_a_person(foyer, server):
    server.silent = True
    number = post(foyer, "good film")
    assert state(foyer, number) == ("held", "deferred")
    wait_until(lambda: state(foyer, number) == ("held", "silent filter"),
               "the end of the wait", 20)
    assert said(foyer, number)[0]
    server.silent = False
    number = post(foyer, "good film")
    wait_until(lambda: state(foyer, number)[0] == "shown", "the answer", 20)


def test_an_edited_comment_is_asked_about_again(foyer):
    number = post(foyer, "good film")
    wait_until(lambda: state(foyer, number)[0] == "shown", "the answer")
    me = foyer.client.json(f"/foyer/me.json?review={foyer.slugs[0]}")
    done = foyer.client.post_json(
        f"/foyer/threads/{foyer.slugs[0]}/comments/{number}/edit",
        {"body": "bad words now", "token": me["token"]})
    assert done.status == 200, done
    wait_until(lambda: state(foyer, number)[0] == "spam", "the answer")


@pytest.fixture(scope="module")
def editor(foyer):
    return foyer.moderator()


def test_what_a_moderator_has_ruled_is_left_alone(foyer, server, editor):
    server.silent = True
    number = post(foyer, "bad film")
    form = editor.get("/foyer/admin/").form(f"/comments/{number}/rule")
    assert editor.submit(form, act="approve").status == 303
    server.silent = False
    other = post(foyer, "bad film")
    wait_until(lambda: state(foyer, other)[0] == "spam", "a later answer", 20)
    assert state(foyer, number)[0] == "shown"


def test_an_edit_brings_no_answer_past_the_moderator_who_holds_it(foyer,
                                                                  editor):
    number = post(foyer, "good film")
    wait_until(lambda: state(foyer, number)[0] == "shown", "the answer")
    path = f"/foyer/threads/{foyer.slugs[0]}/comments/{number}/edit"
    ruled = editor.post_json(
        f"/foyer/admin/threads/{foyer.slugs[0]}/comments/{number}/rule",
        {"act": "hold", "seen": "shown"})
    assert ruled.status == 200, ruled
    me = foyer.client.json(f"/foyer/me.json?review={foyer.slugs[0]}")
    edited = foyer.client.post_json(path, {"body": "good as gold",
                                           "token": me["token"]})
    assert edited.json["state"] == "held"
    wait_until(lambda: said(foyer, number)[1] == -50, "the answer")
    assert state(foyer, number) == ("held", "edited")


def test_what_can_not_be_shown_any_more_is_left_to_a_person(foyer, server,
                                                            editor):
    above = post(foyer, "good film")
    wait_until(lambda: state(foyer, above)[0] == "shown", "the answer")
    server.silent = True
    below = foyer.client.comment(foyer.slugs[0], "good answer",
                                 parent=above).json["id"]
    assert editor.post_json(
        f"/foyer/admin/threads/{foyer.slugs[0]}/comments/{above}/act",
        {"act": "lock", "value": "1"}).status == 200
    server.silent = False
    wait_until(lambda: state(foyer, below) == ("held", "policy"),
               "the answer", 20)
    assert "database:" not in foyer.daemon.output()


def test_moderators_see_each_filter_as_it_is(editor):
    listed = editor.json("/foyer/admin/filters.json")["filters"]
    assert [(f["name"], f["state"]) for f in listed] == [
        ("honeypot", "ok"), ("slow", "ok")]
    assert all(f["asked"] > 0 for f in listed)


def test_health_and_the_list_name_it(foyer):
    health = foyer.reader().json("/foyer/health")
    assert [f["name"] for f in health["filters"]] == ["honeypot", "slow"]
    told = foyer.reader().get("/foyer/metrics").text
    assert 'foyer_filter_loaded{filter="slow"} 1' in told
    listed = json.loads(foyer.ctl("filter", "list", "--json").stdout)
    assert [f["deferred"] for f in listed] == [False, True]


def rests(pid):
    """How often it has waited for something."""
    told = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", told, re.M)[1])


def test_a_database_that_goes_meanwhile_is_waited_for_at_rest(foyer, server,
                                                              cluster):
    server.asked.clear()
    server.open.clear()
    number = post(foyer, "good film")
    assert server.asked.wait(20)
    cluster.stop()
    server.open.set()
    try:
        said = r"deferred\[(\d+)\]: database: "
        wait_until(lambda: re.search(said, foyer.daemon.output()), "its line")
        pid = re.search(said, foyer.daemon.output())[1]
        before = rests(pid)
        wait_until(lambda: rests(pid) >= before + 10, "ten rests", 30)
    finally:
        cluster.start()
    wait_until(lambda: state(foyer, number)[0] == "shown", "the answer", 30)


def test_one_that_is_deferred_is_refused_among_the_others(foyer):
    foyer.filters["slow"]["deferred"] = False
    foyer.write_conf()
    assert "deferred = true" in foyer.ctl("check", check=False).stdout
    foyer.filters["slow"]["deferred"] = True
    foyer.write_conf()
