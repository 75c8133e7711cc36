"""test_origins.py: pages of other origins: who may read and who may post."""

import pytest

from process import wait_until

FRIEND, FILES = "https://www.friend.example", "https://files.friend.example"
STRANGER = "https://evil.example"
SETTINGS = {"filters": {}, "origins": [FRIEND, FILES], "fast": [FILES]}


def come(foyer, origin, site="cross-site"):
    """A reader whose page is elsewhere, as a browser sends it."""
    return foyer.reader(Origin=origin, Sec_Fetch_Site=site)


def cors(response):
    return [response.headers[f"Access-Control-Allow-{name}"]
            for name in ["Origin", "Credentials"]]


def attributes(response):
    line = response.headers["Set-Cookie"]
    return {part.strip() for part in line.split(";")[1:]}


def shared(slug):
    return [f"/foyer/threads/{slug}.html", f"/foyer/threads/{slug}.json",
            f"/foyer/threads/{slug}.atom", f"/foyer/threads/{slug}/best.json",
            f"/foyer/counts.json?review={slug}", "/foyer/health",
            f"/foyer/me.json?review={slug}"]


@pytest.mark.parametrize("origin", [FRIEND, FILES])
def test_a_page_on_the_list_reads_with_its_cookie(foyer, slug, origin):
    for _ in range(3):          # from foyerd, then from the file
        for path in shared(slug):
            got = come(foyer, origin).get(path)
            assert got.status == 200, got
            assert cors(got) == [origin, "true"], path
            assert "Origin" in got.headers.get_all("Vary")


def test_a_page_that_is_not_is_told_why(foyer, slug):
    for path in shared(slug):
        foyer.reader().get(path)                # the file is there
        got = come(foyer, STRANGER).get(path)
        assert got.status == 403, path
        assert cors(got) == [STRANGER, None]    # it may read the reason
        assert "Origin" in got.headers.get_all("Vary")
        if path.endswith(".json"):
            assert got.headers["Content-Type"] == "application/problem+json"
            assert got.json["type"] == "/foyer/problems/cross-site"
            assert "list" in got.json["detail"]


def test_our_own_pages_and_links_from_anywhere_are_as_before(foyer, slug):
    for path in shared(slug):
        own = foyer.reader().get(path)
        assert own.status == 200 and cors(own) == [None, None]
        assert "Origin" in own.headers.get_all("Vary")
        link = foyer.reader(Sec_Fetch_Site="cross-site").get(path)
        assert link.status == 200 and cors(link) == [None, None]


def test_a_file_is_served_to_an_origin_that_nginx_knows(foyer, slug):
    """foyerd may be away."""
    path = f"/foyer/threads/{slug}.json"
    file = foyer.folder / f"cache/t/{slug}/thread..json"
    foyer.reader().get(path)
    wait_until(file.exists, "the file")     # it is written after the answer
    foyer.stop()
    try:
        assert come(foyer, FILES).get(path).status == 200
        away = come(foyer, FRIEND).get(path)
        assert away.status == 503
        assert cors(away) == [FRIEND, "true"]
    finally:
        foyer.start()


def ask(foyer, origin, path, method="POST"):
    """What a browser asks before a request that is not simple."""
    return come(foyer, origin).request("OPTIONS", path, headers={
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type"})


def test_a_browser_is_told_what_it_may_send(foyer, slug):
    for path in [f"/foyer/threads/{slug}/comments", "/foyer/me.json",
                 f"/foyer/threads/{slug}.json"]:
        may = ask(foyer, FRIEND, path)
        assert may.status == 204 and may.body == b""
        assert cors(may) == [FRIEND, "true"]
        assert "POST" in may.headers["Access-Control-Allow-Methods"]
        assert "Content-Type" in may.headers["Access-Control-Allow-Headers"]
        assert ask(foyer, STRANGER, path).status == 403
    assert ask(foyer, FRIEND, "/foyer/none").status == 404
    inside = ask(foyer, FRIEND, "/foyer/admin/queue.json")
    assert inside.status == 403 and cors(inside) == [FRIEND, None]


def test_a_session_across_sites_is_partitioned(foyer, slug):
    across = come(foyer, FRIEND).comment(slug, "From another site.")
    assert across.status == 201 and cors(across) == [FRIEND, "true"]
    assert {"SameSite=None", "Secure", "Partitioned", "HttpOnly",
            "Path=/"} <= attributes(across)
    beside = come(foyer, FRIEND, "same-site").comment(slug, "From beside.")
    own = foyer.reader().comment(slug, "From here.")
    for posted in [beside, own]:
        assert "SameSite=Lax" in attributes(posted)
        assert "Partitioned" not in attributes(posted)


def test_who_has_a_session_brings_its_token_across(foyer, slug):
    reader = come(foyer, FRIEND)
    reader.comment(slug, "Mine, from afar.")
    refused = reader.comment(slug, "Without a token.")
    assert refused.status == 403
    assert refused.json["type"] == "/foyer/problems/token-bad"
    token = reader.json(f"/foyer/me.json?review={slug}")["token"]
    posted = reader.comment(slug, "With its token.", token=token)
    assert posted.status == 201
    edit = f"/foyer/threads/{slug}/comments/{posted.json['id']}/edit"
    assert reader.post_json(edit, {"body": "Changed."}).status == 403
    assert reader.post_json(edit, {"body": "Changed.",
                                   "token": token}).status == 200


def test_a_stranger_posts_nothing_with_anybodys_session(foyer, slug):
    reader = foyer.reader()
    reader.comment(slug, "Signed in at home.")
    token = reader.json("/foyer/me.json")["token"]
    reader.headers |= {"Origin": STRANGER, "Sec-Fetch-Site": "cross-site"}
    before = len(foyer.reader().thread(slug)["comments"])
    refused = reader.comment(slug, "Not by me.", token=token)
    assert refused.status == 403
    assert refused.json["type"] == "/foyer/problems/cross-site"
    assert len(foyer.reader().thread(slug)["comments"]) == before


def test_moderators_pages_are_for_our_own(foyer, moderator):
    kept = dict(moderator.headers)
    try:
        moderator.headers |= {"Origin": FRIEND,
                              "Sec-Fetch-Site": "cross-site"}
        for path in ["/foyer/admin/queue.json", "/foyer/admin/"]:
            got = moderator.get(path)
            assert got.status == 403 and cors(got) == [FRIEND, None]
    finally:
        moderator.headers = kept


def test_what_goes_wrong_may_be_read_by_whom_it_concerns(foyer, slug):
    friend = come(foyer, FRIEND)
    for got, status in [
            (friend.comment(slug, ""), 422), (friend.comment("none", "x"), 404),
            (friend.get("/foyer/nothing.json"), 404),
            (friend.comment(slug, "x" * 200000), 413)]:
        assert got.status == status, got
        assert cors(got) == [FRIEND, "true"]
        assert got.headers["Content-Type"] == "application/problem+json"


def test_scripts_and_styles_may_be_loaded_from_anywhere(foyer):
    got = come(foyer, STRANGER).get("/foyer/foyer.css")
    assert got.status == 200 and cors(got)[0] == "*"
