"""test_site.py: the example of a whole site: TLS, HTTP/2, limits, proxies."""

import collections
import json
import subprocess

import html5lib
import pytest

from foyer import free_port, own
from process import Process, wait_until

FRAME = """
pid {0}/site.pid;
error_log stderr warn;
events {{ }}
http {{
	access_log off;
	client_body_temp_path {0}/site-body;
	fastcgi_temp_path {0}/site-fastcgi;
	proxy_temp_path {0}/site-proxy;
	uwsgi_temp_path {0}/site-uwsgi;
	scgi_temp_path {0}/site-scgi;
	include {0}/site.conf;
}}
"""


class Site:
    def __init__(self, foyer):
        self.foyer, self.folder = foyer, foyer.folder
        self.port, self.plain = free_port(), free_port()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj",
             "/CN=journal.example", "-keyout", self.folder / "site.key",
             "-out", self.folder / "site.pem"], check=True,
            capture_output=True)
        text = (self.folder / "nginx/foyer-site.conf").read_text()
        for old, new in [
                ("listen [::]:443 ssl http2;", ""), ("listen [::]:80;", ""),
                ("listen 443", f"listen 127.0.0.1:{self.port}"),
                ("listen 80", f"listen 127.0.0.1:{self.plain}"),
                ("/etc/ssl/private/journal.example.key",
                 f"{self.folder}/site.key"),
                ("/etc/ssl/journal.example.pem", f"{self.folder}/site.pem"),
                ("/run/foyer/foyer.sock", str(foyer.socket)),
                ("/usr/share/foyer/web", f"{self.folder}/web"),
                ("/var/cache/foyer", f"{self.folder}/cache"),
                ("/usr/share/foyer/nginx", f"{self.folder}/nginx"),
                ("#set_real_ip_from 192.0.2.10", "set_real_ip_from 127.0.0.1"),
                ("#real_ip", "real_ip")]:
            assert old in text, old
            text = text.replace(old, new)
        (self.folder / "site.conf").write_text(text)
        (self.folder / "site-nginx.conf").write_text(FRAME.format(self.folder))
        own(self.folder)
        self.nginx = Process("site", [
            "/usr/sbin/nginx", "-p", self.folder, "-c",
            self.folder / "site-nginx.conf", "-e", "stderr", "-g",
            "daemon off;"], self.folder).start()
        wait_until(lambda: (self.folder / "site.pid").exists()
                   or not self.nginx.alive(), "nginx")
        assert self.nginx.alive(), self.nginx.output()

    def curl(self, path, *words, form="%{http_code} %{http_version}"):
        return subprocess.run(
            ["curl", "-sk", "-o", "/dev/null", "-w", form, *words, "--resolve",
             f"journal.example:{self.port}:127.0.0.1",
             f"https://journal.example:{self.port}{path}"],
            text=True, check=True, stdout=subprocess.PIPE).stdout

    def whole(self, path, *words):
        """What is answered, head and body."""
        said = subprocess.run(
            ["curl", "-ski", *words, "--resolve",
             f"journal.example:{self.port}:127.0.0.1",
             f"https://journal.example:{self.port}{path}"],
            text=True, check=True, stdout=subprocess.PIPE).stdout
        return said.split("\n\n", 1)

    def posts(self, path, address, times, **fields):
        """How often which status."""
        return collections.Counter(self.curl(
            path, "-X", "POST", "-H", f"X-Forwarded-For: {address}",
            "-H", "Content-Type: application/json", "-H",
            "Accept: application/json", "-d", json.dumps(fields),
            form="%{http_code}") for _ in range(times))


@pytest.fixture(scope="module")
def site(foyer):
    made = Site(foyer)
    yield made
    made.nginx.stop()


def test_it_speaks_http_2_over_tls_and_sends_plain_readers_there(site, slug):
    assert site.curl(f"/reviews/{slug}") == "200 2"
    plain = subprocess.run(
        ["curl", "-s", "-o", "/dev/null", "-w",
         "%{http_code} %{redirect_url}", "-H", "Host: journal.example",
         f"http://127.0.0.1:{site.plain}/reviews/?q=x"], text=True,
        stdout=subprocess.PIPE).stdout
    assert plain == "301 https://journal.example/reviews/?q=x"


def test_who_writes_without_a_pause_is_stopped_and_nobody_else(site, slug):
    path = f"/foyer/threads/{slug}/comments"
    first = site.posts(path, "192.0.2.1", 26, author="A", body="")
    assert first["422"] >= 21 and first["429"] >= 1, first
    other = site.posts(path, "192.0.2.2", 3, author="A", body="")
    assert other == {"422": 3}, "another address, told by a known proxy"
    reads = [site.curl(f"/foyer/threads/{slug}.json", "-H",
                       "X-Forwarded-For: 192.0.2.1") for _ in range(30)]
    assert set(reads) == {"200 2"}


def test_moderators_may_be_quick(site):
    ruled = site.posts("/foyer/admin/rule", "192.0.2.4", 40)
    assert ruled["429"] == 0, ruled


def test_who_is_stopped_is_told_so_in_their_form(site, slug):
    path = f"/foyer/threads/{slug}/comments"
    site.posts(path, "192.0.2.5", 25, author="A", body="")
    send = ["-X", "POST", "-H", "X-Forwarded-For: 192.0.2.5"]
    head, page = site.whole(path, *send, "-d", "body=x")
    assert "retry-after: 10" in head and "go back in your browser" in page
    assert "content-type: text/html; charset=utf-8" in head
    assert "content-security-policy: " in head
    html5lib.HTMLParser(strict=True).parse(page)
    _, said = site.whole(path, *send, "-H", "Accept: application/json")
    assert json.loads(said) == {
        "type": "/foyer/problems/too-many", "status": 429,
        "title": "Too many at once. Please try again in a moment."}


def test_guessing_passwords_is_stopped_sooner(site):
    tries = site.posts("/foyer/session", "192.0.2.3", 10, name="editor",
                       password="a wrong one")
    assert tries["429"] >= 3 and 6 <= sum(tries.values()) - tries["429"] <= 7
