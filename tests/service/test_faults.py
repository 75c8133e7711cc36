"""test_faults.py: whatever is killed, nothing acknowledged is lost, nothing is
posted twice, and the daemon serves again within two seconds."""

import os
import signal
import threading
import time
import uuid

import pytest

from foyer import Foyer
from postgres import Cluster
from process import children, wait_until

CLIENTS, BACK = 8, 2.0
RECOVERED = "database system is ready to accept connections"


@pytest.fixture(scope="module")
def cluster():
    """One of its own: its recovery does not wait for others' databases."""
    with Cluster() as made:
        yield made


@pytest.fixture
def foyer(cluster):
    """One for each test: the throttle remembers who died before."""
    with Foyer(cluster, policy="open", workers=4,
               filters={"links": {}, "honeypot": {}}) as made:
        yield made


@pytest.fixture
def slug(foyer):
    return foyer.slugs[0]


class Crowd:
    """Clients that post without a pause, and again with the same key when
    they got no good answer. sent: key -> ids acknowledged."""

    def __init__(self, foyer, slug):
        self.foyer, self.slug = foyer, slug
        self.stop = threading.Event()
        self.sent, self.wrong, self.refused = {}, [], 0
        self.threads = [threading.Thread(target=self.work, args=(n,))
                        for n in range(CLIENTS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        self.progress()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(60)

    def work(self, number):
        client, count = self.foyer.reader(), 0
        while not self.stop.is_set():
            key, count = str(uuid.uuid4()), count + 1
            body = f"Client {number}, comment {count}."
            while not self.post(client, key, body):
                pass

    def post(self, client, key, body):
        try:
            answer = client.comment(self.slug, body, key=key)
        except OSError:
            return False
        if answer.status == 201:
            self.sent.setdefault(key, set()).add(answer.json["id"])
            return True
        if answer.status != 503 or "Retry-After" not in answer.headers:
            self.wrong.append(answer)
            return True
        self.refused += 1
        return False

    def progress(self, more=CLIENTS):
        """Returns when so many more comments are acknowledged."""
        want = len(self.sent) + more
        wait_until(lambda: len(self.sent) >= want, "more comments", 20)


def kept(foyer):
    rows = foyer.query("SELECT client_key::text, id FROM comment")
    assert len(rows) == len({key for key, _ in rows})
    return dict(rows)


def check(foyer, crowd):
    assert not crowd.wrong, crowd.wrong[:3]
    rows = kept(foyer)
    for key, ids in crowd.sent.items():
        assert ids == {rows.get(key)}, "an acknowledged comment was lost"


def back(foyer, slug):
    """Seconds until a comment is taken."""
    began = time.monotonic()
    client, key = foyer.reader(), str(uuid.uuid4())
    wait_until(lambda: client.comment(slug, "Back?", key=key).status == 201,
               "service")
    return time.monotonic() - began


def a_child(foyer, index):
    pids = foyer.others()
    return [pids[index % len(pids)]]


def backends(foyer):
    return [pid for pid, in foyer.query(
        "SELECT pid FROM pg_stat_activity WHERE usename = 'foyer_web' "
        "AND datname = %s", foyer.database)]


VICTIMS = {
    "one child": lambda foyer: a_child(foyer, 0),
    "another child": lambda foyer: a_child(foyer, -1),
    "every worker and the background process": lambda foyer: foyer.others(),
    "the filters' process": lambda foyer: foyer.hosts(),
    "the one in it that runs them": lambda foyer: children(foyer.hosts()[0]),
}


@pytest.mark.parametrize("name", VICTIMS)
def test_killed_while_eight_clients_post(foyer, slug, name):
    slow = []
    with Crowd(foyer, slug) as crowd:
        for _ in range(3):
            pids = VICTIMS[name](foyer)
            assert pids, "nobody to kill"
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            slow.append(back(foyer, slug))
            crowd.progress()
    check(foyer, crowd)
    assert max(slow) < BACK, slow


def test_a_backend_of_postgresql_killed_while_eight_clients_post(foyer, slug):
    """Then PostgreSQL ends all sessions and recovers, in its own time."""
    slow, log = [], foyer.cluster.log
    with Crowd(foyer, slug) as crowd:
        for _ in range(3):
            times = log.read_text().count(RECOVERED)
            os.kill(backends(foyer)[0], signal.SIGKILL)
            wait_until(lambda: log.read_text().count(RECOVERED) > times,
                       "PostgreSQL's recovery", 60)
            slow.append(back(foyer, slug))
            crowd.progress()
    check(foyer, crowd)
    assert max(slow) < BACK, slow


def test_whoever_was_killed_is_replaced(foyer, slug):
    before, hosts = foyer.others(), foyer.hosts()
    for pid in before + hosts:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(foyer.others()) == len(before)
               and not set(before) & set(foyer.others())
               and len(foyer.hosts()) == len(hosts)
               and not set(hosts) & set(foyer.hosts()), "replacements")
    wait_until(lambda: foyer.reader().comment(
        slug, f"Judged again {uuid.uuid4()}.").json["state"] == "shown",
        "the filters' word", 5)


def test_while_the_filters_are_away_comments_wait(foyer, slug):
    """Silence is not consent."""
    host, = foyer.hosts()
    pids = [host, *children(host)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        posted = foyer.reader().comment(slug, "Is anybody there?")
        assert posted.status == 201 and posted.json["state"] == "held"
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def refusals(foyer, slug):
    """What readers and writers get while the database is away; the longest
    that one waited."""
    client, longest = foyer.reader(), 0.0
    for ask in [lambda: client.get(f"/reviews/{slug}"),
                lambda: client.get(f"/foyer/threads/{slug}.json"),
                lambda: client.comment(slug, "Nobody home?"),
                lambda: client.post("/foyer/session", {"name": "a"}),
                lambda: client.get("/foyer/health")]:
        began = time.monotonic()
        answer = ask()
        longest = max(longest, time.monotonic() - began)
        assert answer.status == 503, answer
        assert int(answer.headers["Retry-After"]) <= 10
    return longest


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_stopped_database_is_503_at_once_and_back_within_two_seconds(
        foyer, slug, how):
    form = foyer.reader().get(f"/reviews/{slug}").form("/comments")
    with Crowd(foyer, slug) as crowd:
        foyer.cluster.stop(how)
        try:
            assert refusals(foyer, slug) < 5.0
            page = foyer.reader().submit(form, author="I.", body="My words.")
            assert page.status == 503
            assert "My words." in page.valid().form("/comments").fields["body"]
        finally:
            foyer.cluster.start()
        assert back(foyer, slug) < BACK
        crowd.progress()
    check(foyer, crowd)


def test_a_hanging_database_is_503_in_time_and_back_within_two_seconds(
        foyer, slug):
    with Crowd(foyer, slug) as crowd:
        foyer.cluster.hang()
        try:
            assert refusals(foyer, slug) < 5.5
        finally:
            foyer.cluster.unhang()
        assert back(foyer, slug) < BACK
        crowd.progress()
    check(foyer, crowd)


SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_sleep(2.8); RETURN new; END';
CREATE TRIGGER slow BEFORE INSERT ON comment EXECUTE FUNCTION slow();
ALTER FUNCTION history RENAME TO quick_history;
CREATE FUNCTION history(uuid)
RETURNS TABLE (shown bigint, removed bigint, first_seen timestamptz)
LANGUAGE sql VOLATILE AS
    'SELECT q.* FROM pg_sleep(2.8), quick_history($1) q';
"""
QUICK = """
DROP FUNCTION history;
ALTER FUNCTION quick_history RENAME TO history;
DROP FUNCTION slow CASCADE;
"""


def test_many_slow_answers_are_not_more_than_one_slow_request(foyer, slug):
    """Each statement is within its own limit, all together are not."""
    reader = foyer.reader()
    reader.comment(slug, "Who has a past is asked about it.")
    form = reader.get(f"/reviews/{slug}").form("/comments")
    foyer.query(SLOW)
    try:
        began = time.monotonic()
        page = reader.submit(form, author="S.", body="Slow words.")
        assert time.monotonic() - began < 5.0
        assert page.status == 503 and page.headers["Retry-After"]
        form = page.valid().form("/comments")
        assert form.fields["body"] == "Slow words."
    finally:
        foyer.query(QUICK)
    done = reader.submit(form)
    assert done.status == 303, done
    assert foyer.query("SELECT count(*) FROM comment WHERE body = %s",
                       "Slow words.") == [(1,)]


def test_the_workers_do_not_restart_for_a_database_that_is_away(foyer, slug):
    before = foyer.others()
    foyer.cluster.stop()
    try:
        refusals(foyer, slug)
    finally:
        foyer.cluster.start()
    assert back(foyer, slug) < BACK
    assert foyer.others() == before


def test_a_database_without_room_says_so_once_and_readers_try_again(
        foyer, slug):
    foyer.query(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$"
        "BEGIN RAISE SQLSTATE '53100' USING MESSAGE = 'no room'; END$$;"
        "CREATE TRIGGER no_room BEFORE INSERT ON comment"
        " FOR EACH ROW EXECUTE FUNCTION no_room()")
    try:
        for n in range(20):
            refused = foyer.reader().comment(slug, f"There is no room {n}.")
            assert refused.status == 503 and refused.headers["Retry-After"]
        said = foyer.daemon.output().count("database: no room (53100)")
        assert 1 <= said <= foyer.settings.get("workers", 4)
        assert foyer.reader().get(f"/reviews/{slug}").status == 200
    finally:
        foyer.query("DROP TRIGGER no_room ON comment")
    assert foyer.reader().comment(slug, "There is room.").status == 201
