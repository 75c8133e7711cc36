"""test_fcgi.py: web servers that misbehave cost the daemon nothing.

DESIGN section 8 has the rules. Whatever comes in over the socket, the same
workers are there afterwards and answer.
"""

import os
import random
import resource
import signal
import socket
import stat
import struct
import subprocess
import time

import pytest

import fcgi
from fcgi import Connection, ask, begin, record, request, stream
from postgres import as_user
from process import wait_until

TIMEOUT = 1.0
SETTINGS = {"filters": {}, "request_timeout": int(TIMEOUT * 1000)}
PARAMS = stream(fcgi.PARAMS, fcgi.parameters(fcgi.environment()))


@pytest.fixture(autouse=True)
def the_same_workers(foyer):
    assert ask(foyer.socket).status == 200
    before = foyer.others()
    yield
    assert ask(foyer.socket).status == 200
    assert foyer.others() == before, foyer.daemon.output()


def exchange(foyer, data, done=True):
    with Connection(foyer.socket) as connection:
        connection.send(data)
        if done:
            connection.done()
        return connection.answer()


def test_a_request_is_answered_and_its_connection_closed(foyer):
    answer = exchange(foyer, request(), done=False)
    assert answer.status == 200 and answer.ended
    assert b'"database"' in answer.body


def test_a_kept_connection_is_closed_after_its_request(foyer):
    answer = exchange(foyer, request(flags=fcgi.KEEP), done=False)
    assert answer.status == 200 and answer.ended
    twice = exchange(foyer, request(flags=fcgi.KEEP) * 2, done=False)
    assert twice.kinds.count(fcgi.END) <= 1


def test_a_body_is_never_taken_for_the_next_request(foyer, slug):
    smuggled = request(path="/foyer/session", method="POST", body=b"a=b")
    answer = exchange(foyer, request(path=f"/reviews/{slug}", method="GET",
                                     flags=fcgi.KEEP, body=smuggled),
                      done=False)
    assert answer.kinds.count(fcgi.END) == 1


def test_long_names_padding_and_tiny_records_are_read(foyer):
    env = fcgi.parameters(fcgi.environment())
    wide = fcgi.pair("HTTP_X_LONG", "v" * 4000, wide=True)
    data = (begin() + stream(fcgi.PARAMS, env + wide, chunk=7)
            + record(fcgi.STDIN, padding=255))
    assert exchange(foyer, data).status == 200


HUGE = struct.pack("!II", 0xffffffff, 0x7fffffff)
REFUSED = {
    "management record": record(fcgi.GET_VALUES, fcgi.pair("X" * 100, ""),
                                request=0) + request(),
    "management record inside": begin() + record(
        fcgi.GET_VALUES, b"\1\0X" * 5000, request=0) + PARAMS,
    "parameters cut short": begin() + PARAMS[:60],
    "a pair cut short": begin() + stream(fcgi.PARAMS, b"\x10\x10NAME"),
    "a length of gigabytes": begin() + stream(fcgi.PARAMS, HUGE + b"A=B"),
    "a name without length": begin() + stream(fcgi.PARAMS, b"\0\1x"),
    "a name with =": begin() + stream(fcgi.PARAMS, fcgi.pair("A=B", "C")),
    "a NUL": begin() + stream(fcgi.PARAMS, fcgi.pair("A", "B\0C")),
    "too many bytes": begin() + stream(
        fcgi.PARAMS, fcgi.pair("A", "x" * 40000)),
    "too many parameters": begin() + stream(
        fcgi.PARAMS, fcgi.pair("A", "b") * 201),
    "another role": begin(fcgi.AUTHORIZER) + PARAMS,
    "a filter's role": begin(fcgi.FILTER) + PARAMS + stream(fcgi.STDIN, b""),
    "a role nobody knows": begin(77) + PARAMS,
    "another version": record(fcgi.BEGIN, b"\0\1\0" + b"\0" * 5, version=2),
    "no beginning": PARAMS + stream(fcgi.STDIN, b""),
    "a beginning cut short": record(fcgi.BEGIN, b"\0\1") + PARAMS,
    "two requests at once": begin() + begin(request=2) + PARAMS,
    "another's body": begin() + PARAMS + record(fcgi.STDIN, b"x", request=9),
    "an abort": begin() + PARAMS + record(fcgi.ABORT),
    "a body cut short": begin() + PARAMS + record(fcgi.STDIN, b"x" * 100)[:50],
    "no end of the body": begin() + PARAMS + record(fcgi.STDIN, b"x" * 100),
    "HTTP": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "nothing": b"",
    "one byte": b"\1",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_request_is_dropped(foyer, name):
    began = time.monotonic()
    answer = exchange(foyer, REFUSED[name])
    assert answer.raw == b"", answer.out
    assert time.monotonic() - began < TIMEOUT, "it waited for more"


def test_noise_is_dropped(foyer):
    dice = random.Random(20180401)
    for _ in range(200):
        data = bytearray(request(path="/foyer/session", method="POST",
                                 body=b"name=a&password=b"))
        for _ in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        exchange(foyer, bytes(data[:dice.randint(1, len(data))]))


def test_a_body_over_the_limit_is_answered(foyer, slug):
    answer = exchange(foyer, request(
        path=f"/foyer/threads/{slug}/comments", method="POST",
        body=b"body=" + b"x" * 200000))
    assert answer.status == 413 and answer.ended


@pytest.mark.parametrize("announced", ["5", "500", "-1", "many"])
def test_a_body_of_another_length_than_announced_is_refused(foyer, announced):
    answer = exchange(foyer, request(
        path="/foyer/session", method="POST", body=b"name=a&password=b",
        CONTENT_LENGTH=announced))
    assert answer.status in (0, 400)


def test_a_client_that_leaves_early_is_no_loss(foyer, slug):
    for _ in range(50):
        with Connection(foyer.socket) as connection:
            connection.send(request(path=f"/reviews/{slug}"))


# ---- slowness ----

def test_a_slow_sender_is_cut_off_at_the_deadline(foyer):
    data = request()
    began = time.monotonic()
    with Connection(foyer.socket) as connection:
        for at in range(len(data)):
            if not connection.send(data[at:at + 1]):
                break
            wait_until(lambda: time.monotonic() - began > 0.05 * at)
        assert connection.answer().raw == b""
    assert TIMEOUT * 0.8 < time.monotonic() - began < TIMEOUT * 4


def test_idle_connections_hold_nobody_up_for_longer_than_the_deadline(foyer):
    idle = [Connection(foyer.socket) for _ in range(2)]
    began = time.monotonic()
    try:
        assert ask(foyer.socket).status == 200
        assert time.monotonic() - began < TIMEOUT * 3
    finally:
        for connection in idle:
            connection.socket.close()


def test_a_client_that_does_not_read_is_cut_off(foyer, slug):
    foyer.reader().comment(slug, "word " * 1900)
    deaf = []
    try:
        for _ in range(4):
            one = Connection(foyer.socket)
            one.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            one.send(request(path=f"/reviews/{slug}"))
            deaf.append(one)
        began = time.monotonic()
        assert ask(foyer.socket).status == 200
        assert time.monotonic() - began < TIMEOUT * 8
    finally:
        for connection in deaf:
            connection.socket.close()


# ---- the socket ----

def test_the_socket_is_for_its_group_alone(foyer):
    mode = foyer.socket.stat().st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o660


def test_a_crowd_waits_in_line(foyer):
    """A backlog of at least 511: while no worker accepts nobody is turned
    away."""
    crowd = []
    for pid in foyer.others():
        os.kill(pid, signal.SIGSTOP)
    try:
        for _ in range(511):
            one = socket.socket(socket.AF_UNIX)
            one.setblocking(False)
            crowd.append(one)
            one.connect(str(foyer.socket))
    finally:
        for one in crowd:
            one.close()
        for pid in foyer.others():
            os.kill(pid, signal.SIGCONT)


def descriptors_at_most(foyer, most):
    for pid in foyer.others():
        subprocess.run(as_user("prlimit", "--pid", pid, f"--nofile={most}:"),
                       check=True)


def test_out_of_descriptors_it_waits_and_goes_on(foyer):
    usual, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    descriptors_at_most(foyer, 3)
    with Connection(foyer.socket) as connection:
        connection.send(request())
        connection.socket.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.socket.recv(1)
        descriptors_at_most(foyer, usual)
        connection.socket.settimeout(10)
        assert connection.answer().status == 200


def test_requests_leave_no_descriptors_behind(foyer, slug):
    def descriptors():
        return {pid: len(os.listdir(f"/proc/{pid}/fd"))
                for pid in foyer.others()}
    for _ in range(20):
        ask(foyer.socket, path=f"/reviews/{slug}")
    before = descriptors()
    for n in range(200):
        ask(foyer.socket, path=f"/reviews/{slug}")
        exchange(foyer, REFUSED[list(REFUSED)[n % len(REFUSED)]])
    wait_until(lambda: descriptors() == before, "closed descriptors", 5)
