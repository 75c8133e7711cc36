"""test_cgi.py: foyerd as a plain CGI program behind lighttpd."""

import pytest

from client import Client
from foyer import free_port
from process import Process, wait_until

CONF = """
server.document-root = "{folder}/web"
server.bind = "127.0.0.1"
server.port = {port}
server.modules = ("mod_alias", "mod_cgi", "mod_setenv")
server.upload-dirs = ("{folder}")
alias.url = ("/reviews/" => "{folder}/foyerd/", "/foyer/" => "{folder}/foyerd/")
cgi.assign = ("foyerd" => "")
setenv.add-environment = ("FOYER_CONF" => "{folder}/foyer.conf")
"""
SETTINGS = {"filters": {"links": {}, "honeypot": {}}, "filter_deadline": 1000}


@pytest.fixture(scope="module")
def port(foyer):
    """Of a lighttpd; the daemon itself is stopped."""
    foyer.stop()
    number = free_port()
    conf = foyer.folder / "lighttpd.conf"
    conf.write_text(CONF.format(folder=foyer.folder, port=number))
    conf.chmod(0o644)
    server = Process("lighttpd", ["/usr/sbin/lighttpd", "-D", "-f", conf],
                     foyer.folder)
    server.start()
    server_is_up = Client(number)
    try:
        wait_until(lambda: not server.alive() or up(server_is_up), "lighttpd")
        assert server.alive(), server.output()
        yield number
    finally:
        said = server.output()
        server.stop()
        assert "Sanitizer" not in said and "runtime error" not in said, said


def up(client):
    try:
        return client.get("/").status > 0
    except OSError:
        return False


@pytest.fixture
def reader(port):
    return Client(port)


def test_pages_and_data_are_read(foyer, reader, slug):
    page = reader.get("/reviews/").valid()
    assert page.status == 200 and slug in page.text
    page = reader.get(f"/reviews/{slug}").valid()
    assert page.status == 200
    assert page.headers["Content-Security-Policy"]
    assert reader.thread(slug)["review"]["slug"] == slug
    assert reader.json("/foyer/counts.json?review=" + slug) == {slug: 0}


def test_a_comment_is_posted_by_form_and_as_json(foyer, reader, slug):
    form = reader.get(f"/reviews/{slug}").form("/comments")
    sent = reader.submit(form, author="K.", body="By plain CGI.")
    assert sent.status == 303, sent
    assert reader.cookies
    posted = reader.comment(slug, "By JSON, too.")
    assert posted.status == 201, posted
    bodies = [body for body, in foyer.query(
        "SELECT body FROM comment ORDER BY id")]
    assert bodies == ["By plain CGI.", "By JSON, too."]


def test_the_filters_are_asked(foyer, reader, slug):
    posted = reader.comment(slug, "An honest opinion.")
    said = foyer.query("SELECT filter, silent FROM evidence "
                       "WHERE comment_id = %s ORDER BY filter",
                       posted.json["id"])
    assert said == [("honeypot", False), ("links", False)]


def test_errors_keep_their_status(reader, slug):
    assert reader.get("/reviews/none").status == 404
    assert reader.comment(slug, "").status == 422
    assert reader.request("DELETE", f"/reviews/{slug}").status == 405
    assert reader.post(f"/foyer/threads/{slug}/comments",
                       {"body": "x" * 200000}).status == 413


def test_a_moderator_signs_in(foyer, reader):
    password = foyer.add_account("cgi-editor", "moderator")
    form = reader.get("/foyer/session").form("/foyer/session")
    assert reader.submit(form, name="cgi-editor",
                         password=password).status == 303
    assert reader.get("/foyer/admin/").valid().status == 200
