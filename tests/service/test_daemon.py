"""test_daemon.py: starting, reloading, draining; the log; the socket."""

import os
import signal
import socket
import subprocess
import threading
import time

import pytest

from foyer import Foyer
from postgres import as_user
from process import wait_until

FATAL = 78


@pytest.fixture
def foyer(cluster):
    with Foyer(cluster, policy="open", filters={"links": {}}) as made:
        yield made


@pytest.fixture
def slug(foyer):
    return foyer.slugs[0]


def workers_changed(foyer, before):
    wait_until(lambda: not set(before) & set(foyer.others()), "fresh children")


# ---- ending ----

def test_an_idle_daemon_ends_within_a_second(foyer, reader):
    assert reader.get("/reviews/").status == 200
    began = time.monotonic()
    assert foyer.stop() == 0
    assert time.monotonic() - began < 1.0


def test_a_request_in_flight_is_answered_before_the_end(foyer, slug):
    answers = []
    post = threading.Thread(target=lambda: answers.append(
        foyer.reader().comment(slug, "Just in time.")))
    with foyer.cluster.connect(foyer.database, autocommit=False) as db:
        db.execute("LOCK TABLE comment IN ACCESS EXCLUSIVE MODE")
        post.start()
        wait_until(lambda: foyer.query(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = %s", foyer.database), "the waiting request")
        foyer.daemon.kill(signal.SIGTERM)
        db.rollback()
    post.join(10)
    assert answers[0].status == 201, answers
    assert foyer.stop() == 0
    assert foyer.query("SELECT count(*) FROM comment") == [(1,)]


def test_nobody_is_left_when_the_master_is_killed(foyer):
    pids = foyer.others() + foyer.hosts()
    assert len(pids) >= 4
    foyer.daemon.kill(signal.SIGKILL)
    wait_until(lambda: not any(os.path.exists(f"/proc/{pid}")
                               for pid in pids), "the children's end", 5)
    foyer.daemon.stop()
    foyer.start()                   # a dead socket is in nobody's way
    assert foyer.reader().get("/foyer/health").status == 200


# ---- starting ----

def starts(foyer, *words, env=None):
    """Runs foyerd to its end; status and what it said."""
    done = subprocess.run(
        as_user(foyer.folder / "foyerd", *words), text=True, timeout=20,
        cwd=foyer.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=foyer.daemon.env | (env or {}))
    return done.returncode, done.stdout


def other_conf(foyer, text):
    path = foyer.folder / "other.conf"
    path.write_text(text)
    path.chmod(0o644)
    return path


def test_a_second_daemon_on_the_same_socket_is_refused(foyer):
    status, said = starts(foyer, "-c", foyer.conf)
    assert status == FATAL and str(foyer.socket) in said
    assert foyer.reader().get("/foyer/health").status == 200


WRONG = [("wrokers = 2", "wrokers"), ("workers = 0", "workers"),
         ("workers = 2 3", "other.conf"), ("origin = \"journal\"", "origin"),
         ("filter links { weight = 1001 }", "weight")]


@pytest.mark.parametrize("line, word", WRONG)
def test_a_wrong_setting_is_named_with_its_file_and_line(foyer, line, word):
    conf = other_conf(foyer, f"# a comment\n{line}\n")
    status, said = starts(foyer, "-c", conf)
    assert status == FATAL
    assert f"{conf}:2" in said and word in said, said


def test_without_keys_it_does_not_start(foyer):
    foyer.write_conf(keys="/nonexistent", listen=f"{foyer.socket}.2")
    status, said = starts(foyer, "-c", foyer.conf)
    assert status == FATAL and "/nonexistent" in said


def test_a_database_that_does_not_fit_is_refused_in_a_sentence(foyer):
    foyer.stop()
    foyer.query("ALTER TABLE comment DROP COLUMN votes CASCADE")
    status, said = starts(foyer, "-c", foyer.conf)
    assert status == FATAL and "database" in said, said


def test_a_newer_schema_will_do_and_an_older_one_is_refused(foyer, slug):
    """As deploy/upgrade.md has it; the package's script asks migrate, too."""
    foyer.query("INSERT INTO schema_migration VALUES (9999, 'of tomorrow')")
    foyer.stop()
    foyer.start()
    assert foyer.reader().comment(slug, "As ever.").status == 201
    foyer.stop()
    foyer.query("DELETE FROM schema_migration WHERE number = 9999 OR number = "
                "(SELECT max(number) FROM schema_migration WHERE number < 9999)")
    status, said = starts(foyer, "-c", foyer.conf)
    assert status == FATAL and "run foyerctl migrate" in said
    assert foyer.ctl("migrate", "--dry-run").stdout.startswith("would apply ")


ACTIVATE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""


def test_it_serves_through_a_socket_that_it_was_given(foyer):
    """As systemd does: fd 3, LISTEN_FDS, LISTEN_PID."""
    foyer.stop()
    foyer.socket.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(foyer.socket))
        foyer.socket.chmod(0o666)
        listener.listen(511)
        given = subprocess.Popen(
            as_user("/usr/bin/python3", "-c", ACTIVATE, listener.fileno(),
                    foyer.folder / "foyerd", "-c", foyer.conf),
            pass_fds=[listener.fileno()], cwd=foyer.folder,
            env=foyer.daemon.env, stderr=subprocess.DEVNULL)
        try:
            assert foyer.reader().get("/foyer/health").status == 200
            given.terminate()
            assert given.wait(10) == 0
        finally:
            given.kill()
            given.wait()
    assert foyer.socket.exists()


def test_systemd_hears_when_it_is_ready_and_when_it_stops(foyer):
    foyer.stop()
    path = foyer.folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(path))
        path.chmod(0o666)
        ear.settimeout(10)
        heard = b""
        foyer.daemon.env |= {"NOTIFY_SOCKET": str(path),
                             "WATCHDOG_USEC": "200000"}
        foyer.start()
        for word in [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]:
            while word not in heard:
                heard += ear.recv(4096) + b"\n"
            heard = heard.partition(word)[2]
        assert foyer.stop() == 0
        while b"STOPPING=1" not in heard:
            heard += ear.recv(4096) + b"\n"


# ---- reloading ----

def test_reload_takes_the_new_settings_without_losing_a_request(foyer, slug):
    stop, wrong = threading.Event(), []

    def read():
        while not stop.is_set():
            answer = foyer.reader().get(f"/reviews/{slug}")
            if answer.status != 200:
                wrong.append(answer)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for thread in readers:
        thread.start()
    try:
        for name in ["The Other Journal", "The Third Journal"]:
            before = foyer.others()
            foyer.write_conf(name=name)
            foyer.daemon.kill(signal.SIGHUP)
            workers_changed(foyer, before)
            wait_until(lambda: name in foyer.reader().get("/reviews/").text,
                       "the new name")
    finally:
        stop.set()
        for thread in readers:
            thread.join()
    assert not wrong


def test_a_reload_with_wrong_settings_changes_nothing(foyer):
    before = foyer.others()
    good = foyer.conf.read_text()
    foyer.conf.write_text(good + "nonsense = 1\n")
    foyer.daemon.kill(signal.SIGHUP)
    foyer.daemon.wait_for("reload refused")
    assert foyer.others() == before
    assert foyer.reader().get("/reviews/").status == 200


# ---- the log ----

def test_each_request_is_one_line_without_anything_private(foyer, slug):
    reader = foyer.reader(User_Agent="secret-agent")
    reader.comment(slug, "secret-body", author="secret-author",
                   email="secret@mail.example")
    reader.get(f"/reviews/{slug}?secret=query")
    wait_until(lambda: foyer.daemon.output().count(f"path=/reviews/{slug}"),
               "the line")
    lines = [line for line in foyer.daemon.output().split("\n")
             if "request " in line]
    posted = [line for line in lines if "method=POST" in line]
    assert len(posted) == 1 and "status=201" in posted[0]
    assert "usec=" in posted[0]
    said = foyer.daemon.output()
    for word in ["secret", "127.0.0.1"]:
        assert word not in said


def test_a_daemon_without_its_database_starts_and_waits(foyer, slug):
    foyer.stop()
    foyer.cluster.stop()
    try:
        foyer.start()
        assert foyer.reader().get(f"/reviews/{slug}").status == 503
        assert foyer.reader().get("/foyer/health").status == 503
    finally:
        foyer.cluster.start()
    wait_until(lambda: foyer.reader().get(f"/reviews/{slug}").status == 200,
               "the database", 2)


def test_a_database_that_went_back_is_unfit_not_away(foyer):
    """As after a restore of an older one under a foyerd that runs."""
    newest, = foyer.query("DELETE FROM schema_migration WHERE number = "
                          "(SELECT max(number) FROM schema_migration) "
                          "RETURNING number, name")
    foyer.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'foyer_web'")
    told = foyer.reader().get("/foyer/health")
    assert (told.status, told.json["database"]) == (503, "unfit")
    foyer.query("INSERT INTO schema_migration (number, name)"
                " VALUES (%s, %s)", *newest)
    wait_until(lambda: foyer.reader().get("/foyer/health").status == 200,
               "the database")


def test_nginx_says_in_both_languages_that_the_daemon_is_away(foyer, slug):
    foyer.stop()
    reader = foyer.reader()
    json = {"Accept": "application/json"}
    for page in [reader.get(path) for path in [
            "/foyer/session", "/reviews/", f"/reviews/{slug}",
            f"/reviews/{slug}/newest", f"/foyer/threads/{slug}.html"]]:
        assert page.status == 503 and "try again" in page.valid().words
        assert int(page.headers["Retry-After"]) > 0
    for problem in [reader.comment(slug, "x"),
                    reader.get(f"/foyer/threads/{slug}.json", json)]:
        assert problem.status == problem.json["status"] == 503
        assert int(problem.headers["Retry-After"]) > 0


def test_nginx_keeps_what_a_reader_sent_to_a_daemon_that_was_away(foyer, slug):
    foyer.stop()
    reader, body = foyer.reader(), "Ёжик & \"Лошадка\" <b> + 100%."
    page = reader.post(f"/foyer/threads/{slug}/comments", {
        "author": "J.", "body": body})
    assert page.status == 503 and "only once" in page.words
    foyer.start()
    for _ in range(2):
        assert reader.submit(page.form("/again")).status == 303
    assert foyer.query("SELECT body FROM comment") == [(body,)]
