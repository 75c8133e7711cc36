"""test_origins.py: a page of another origin, in a real browser: localhost and
127.0.0.1 are two sites to it."""

import functools
import http.server
import json
import threading

import pytest

from foyer import Foyer

SLUG = "hedgehog-in-the-fog-1975"
READ = """
const [url, init, done] = arguments;
fetch(url, {credentials: 'include', ...init}).then(
    async r => done([r.status, await r.text()]), e => done(['' + e, '']));
"""


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Ports of two servers of an empty page, on localhost."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "index.html").write_text("<!DOCTYPE html><title>A page</title>")
    (folder / "favicon.ico").write_text("")
    servers = [http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Silent, directory=folder))
        for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield [f"http://localhost:{server.server_port}" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def foyer(cluster, elsewhere):
    with Foyer(cluster, policy="open", filters={},
               origins=elsewhere[:1]) as made:
        yield made


def ask(person, foyer, path, **init):
    return person.driver.execute_async_script(
        READ, f"http://127.0.0.1:{foyer.port}{path}", init)


def post(person, foyer, **fields):
    return ask(person, foyer, f"/foyer/threads/{SLUG}/comments",
               method="POST", body=json.dumps(fields),
               headers={"Content-Type": "application/json",
                        "Accept": "application/json"})


def test_a_listed_origins_page_reads_posts_and_is_known(
        person, foyer, elsewhere):
    reader = person(javascript=True)
    reader.driver.get(elsewhere[0] + "/index.html")
    for _ in range(2):
        status, text = ask(reader, foyer, f"/foyer/threads/{SLUG}.html")
        assert status == 200 and '<section class="foyer"' in text
    status, text = post(reader, foyer, author="A", body="From elsewhere.")
    assert status == 201, text
    status, text = ask(reader, foyer, f"/foyer/me.json?review={SLUG}")
    me = json.loads(text)
    assert status == 200 and me["session"]["name"] == "A"
    assert [c["body"] for c in me["comments"]] == ["From elsewhere."]
    cookie, = [each for each in reader.driver.execute_cdp_cmd(
        "Network.getCookies", {"urls": [f"http://127.0.0.1:{foyer.port}/"]})
        ["cookies"] if each["name"] != "foyer_here"]
    assert cookie["httpOnly"] and cookie["secure"]
    assert cookie["sameSite"] == "None" and cookie.get("partitionKey")
    status, text = post(reader, foyer, author="A", body="Again.",
                        token=me["token"])
    assert status == 201, text


def test_a_page_that_is_not_listed_can_read_why(person, foyer, elsewhere):
    reader = person(javascript=True)
    reader.expected.add(403)
    reader.driver.get(elsewhere[1] + "/index.html")
    status, text = ask(reader, foyer, f"/foyer/threads/{SLUG}.json",
                       credentials="omit")
    assert status == 403 and "/foyer/problems/cross-site" in text
