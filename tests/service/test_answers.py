"""test_answers.py: who is asked later may answer anything, at any pace.

A server says what each test tells it to; `foyerctl filter try` asks. Whatever
is no good answer is silence, within the time that is set, and never consent.
"""

import json
import socket
import socketserver
import subprocess
import threading
import time

import pytest

from foyer import BUILD, settings_text

TIMEOUT_MS = 400
SLACK_S = 20        # of a busy machine; a drip would last longer by far
OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


def spamd(spam, more=b""):
    return b"SPAMD/1.1 0 EX_OK\r\nSpam: " + spam + b"\r\n\r\nRULE\r\n" + more


def rspamd(**said):
    return OK + json.dumps(said).encode()


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    class RequestHandlerClass(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.recv(65536)
            try:
                self.say()
                self.hear()
            except OSError:
                pass                            # who asked has gone

        def say(self):
            self.request.sendall(self.server.says)
            while self.server.drips:
                self.request.sendall(self.server.drips)
                time.sleep(0.01)

        def hear(self):
            """To the end: what is closed with something unread in it is reset,
            and the answer may be lost with that."""
            self.request.shutdown(socket.SHUT_WR)
            while self.request.recv(65536):
                pass

    def __init__(self, host="127.0.0.1"):
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, 0), self.RequestHandlerClass)
        self.says, self.drips = b"", b""
        threading.Thread(target=self.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def server():
    with Server() as made:
        yield made
        made.drips = b""
        made.shutdown()


@pytest.fixture
def ask(server, tmp_path):
    def asked(plugin, says, drips=b"", **settings):
        server.says, server.drips = says, drips
        port, url = server.server_address[1], "http://127.0.0.1:"
        both = {"deferred": True, "timeout": str(TIMEOUT_MS),
                "allow": "127.0.0.1"}
        inner = {"rspamd": {"url": f"{url}{port}/checkv2"},
                 "spamassassin": {"port": str(port)},
                 "akismet": {"api_key": "key", "blog": "http://a.example",
                             "url": f"{url}{port}"}}[plugin]
        conf = tmp_path / "foyer.conf"
        conf.write_text(settings_text(
            {"plugins": str(BUILD / "plugins"), "state": ""},
            {plugin: both | inner | settings}))
        done = subprocess.run(
            [BUILD / "foyerctl", "--conf", conf, "filter", "try", "-",
             "--json"], input="A film.", capture_output=True, text=True,
            check=True, timeout=120)
        server.drips = b""
        return json.loads(done.stdout)[0]
    return asked


GOOD = [("rspamd", rspamd(action="no action", score=3, required_score=15), 20),
        ("spamassassin", spamd(b"False ; -1 / 5"), -12),
        ("spamassassin", spamd(b"True ; 900000 / 5"), 100),
        ("akismet", OK + b"true", 80)]


@pytest.mark.parametrize("plugin, says, score", GOOD)
def test_a_good_answer_is_believed(ask, plugin, says, score):
    said = ask(plugin, says)
    assert (said["silent"], said["score"]) == (False, score), said


def test_an_address_of_ipv6_can_be_asked(ask):
    with Server("::1") as server:
        server.says = OK + b"true"
        url = f"http://[::1]:{server.server_address[1]}"
        said = ask("akismet", b"", url=url, allow="::1")
        refused = ask("akismet", b"", url=url)
        server.shutdown()
    assert (said["silent"], said["score"]) == (False, 80), said
    assert refused["silent"], refused


BAD = [
    ("rspamd", b""), ("rspamd", OK), ("rspamd", OK + b"[]"),
    ("rspamd", OK + b"[" * 100000), ("rspamd", b"\0" * 9999),
    ("rspamd", rspamd(action="reject")),
    ("rspamd", rspamd(action=1, score=3, required_score=15)),
    ("rspamd", rspamd(action="reject", score=1e300, required_score=15)),
    ("rspamd", rspamd(action="no action", score=-1e300, required_score=15)),
    ("rspamd", rspamd(action="no action", score=1, required_score=-1)),
    ("rspamd", rspamd(action="x" * 300000, score=1, required_score=15)),
    ("rspamd", b"HTTP/1.1 500 No\r\n\r\n" + rspamd(
        action="no action", score=-9, required_score=15)[len(OK):]),
    ("spamassassin", b""), ("spamassassin", spamd(b"False ; nan / 5")),
    ("spamassassin", spamd(b"False ; -inf / 5")),
    ("spamassassin", spamd(b"False ; 1 / nan")),
    ("spamassassin", spamd(b"False ; 1 / 0")),
    ("spamassassin", spamd(b"False ; -1e300 / 5")),
    ("spamassassin", spamd(b"False")),
    ("spamassassin", b"SPAMD/1.1 76 EX_PROTOCOL\r\n\r\n"),
    ("spamassassin", b"SPAMD/1.1 76 Bad header\r\nSpam: False ; 0 / 5\r\n"
     b"X: 0 EX_OK\r\n\r\n"),
    ("spamassassin", spamd(b"False ; 0 / 5", b"x" * 99999)),
    ("akismet", OK), ("akismet", OK + b"invalid"), ("akismet", OK + b"falsey"),
    ("akismet", OK + b"false" * 2000),
    ("akismet", b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\nfalse"),
    ("akismet", b"HTTP/1.1 204 No\r\n\r\n"),
]


@pytest.mark.parametrize("plugin, says", BAD, ids=range(len(BAD)))
def test_a_bad_answer_is_silence(ask, plugin, says):
    assert ask(plugin, says)["silent"] is True


@pytest.mark.parametrize("plugin, says, drips", [
    ("rspamd", OK, b" "), ("rspamd", b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    ("spamassassin", spamd(b"False ; 0 / 5"), b"x"),
    ("akismet", OK + b"false", b""), ("akismet", b"", b"HTTP")])
def test_one_that_drips_is_waited_for_as_long_as_is_set(ask, plugin, says,
                                                        drips):
    said = ask(plugin, says, drips or b"\r\n")
    assert said["silent"] is True
    assert said["usec"] < TIMEOUT_MS * 1000 + SLACK_S * 1e6


@pytest.mark.parametrize("address", [
    "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "0", "[::]", "127.1",
    "2130706433", "0x7f.1", "[::1]", "[::127.0.0.1]", "[2002:7f00:1::]"])
def test_the_public_internet_is_not_reached_by_this_machines_names(
        ask, server, address):
    said = ask("akismet", OK + b"false", allow="public",
               url=f"http://{address}:{server.server_address[1]}")
    assert said["silent"] is True


@pytest.mark.parametrize("plugin, wrong, named", [
    ("akismet", {"allow": "everybody"}, "a wrong setting: allow;"),
    ("akismet", {"api_key": ""}, "a wrong setting: api_key and blog must"),
    ("akismet", {"timeout": "49"}, "a wrong setting: timeout;"),
    ("rspamd", {"allow": "127.0.0.1/33"}, "a wrong setting: allow;"),
    ("spamassassin", {"allow": ""}, "a wrong setting: allow;"),
    ("spamassassin", {"prot": "1"}, "a wrong setting: prot;")])
def test_a_wrong_setting_is_named(ask, plugin, wrong, named):
    assert "would not open: " + named in ask(plugin, b"", **wrong)["reason"]
