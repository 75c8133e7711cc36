"""test_sessions.py: guests' sessions, accounts, and where requests come from."""

import signal

import pytest

from fcgi import ask
from process import wait_until

SETTINGS = {"filters": {}, "policy": "first"}
UNMARKED = {"Sec-Fetch-Site": None}     # neither it nor Origin


def mine(client, slug):
    return client.json(f"/foyer/me.json?review={slug}")


def held(foyer, slug, body):
    """A guest who has a held comment, and its id."""
    guest = foyer.reader()
    posted = guest.comment(slug, body)
    assert posted.json["state"] == "held", posted
    return guest, posted.json["id"]


# ---- the cookie ----

def test_reading_gives_nobody_a_cookie(foyer, slug):
    reader = foyer.reader()
    for path in ["/reviews/", f"/reviews/{slug}", "/foyer/session",
                 f"/foyer/me.json?review={slug}"]:
        assert not reader.get(path).headers.get_all("Set-Cookie"), path
    assert mine(reader, slug)["session"] is None


def test_the_cookie_is_for_this_host_alone_and_not_for_scripts(foyer, slug):
    posted = foyer.reader().comment(slug, "Give me a cookie.")
    cookie = posted.headers["Set-Cookie"]
    assert cookie.startswith("foyer_session=v4.public.")
    for word in ["Path=/", "HttpOnly", "SameSite=Lax"]:
        assert word in cookie
    assert "Domain" not in cookie


def test_behind_https_the_cookie_is_secure(foyer, slug):
    answer = ask(foyer.socket, method="POST", HTTPS="on",
                 path=f"/foyer/threads/{slug}/comments",
                 body=b"author=a&body=By+https.", HTTP_HOST="journal.example",
                 HTTP_SEC_FETCH_SITE="same-origin")
    cookie = answer.headers["Set-Cookie"]       # the last: for scripts
    assert cookie.startswith("foyer_here=1;") and "; Secure" in cookie
    assert b"__Host-foyer_session=v4.public." in answer.out


def test_a_forged_cookie_is_nobody(foyer, slug):
    guest, _ = held(foyer, slug, "Forge me.")
    name, good = next(iter(guest.cookies.items()))
    assert mine(guest, slug)["session"] is not None
    head, body, tail = good[:10], good[10:-6], good[-6:]
    flipped = "A" if body[40] != "A" else "B"
    for bad in [good[:-1], head + body[:40] + flipped + body[41:] + tail,
                "v4.local." + good[10:], "v2" + good[2:], "x" * 5000, "%"]:
        guest.cookies[name] = bad
        assert mine(guest, slug)["session"] is None, bad


# ---- a guest's own comments ----

def test_a_guest_sees_edits_and_deletes_their_held_comment(foyer, slug):
    guest, number = held(foyer, slug, "First draft.")
    assert [c["id"] for c in mine(guest, slug)["comments"]] == [number]
    page = guest.get(f"/foyer/threads/{slug}/comments/{number}").valid()
    assert "First draft." in page.words
    sent = guest.submit(page.form("/edit"), body="Second draft.")
    assert sent.status == 303, sent
    page = guest.follow(sent).valid()
    assert "Second draft." in page.words
    assert mine(guest, slug)["comments"][0]["state"] == "held"
    sent = guest.submit(page.form("/delete"))
    assert sent.status == 303, sent
    texts = foyer.query("SELECT state::text, body, html FROM comment "
                        "WHERE id = %s", number)
    assert texts == [("erased", "", "")]
    assert foyer.query("SELECT count(*) FROM revision WHERE comment_id = %s",
                       number) == [(0,)]


def test_nobody_else_sees_or_changes_a_held_comment(foyer, slug):
    _, number = held(foyer, slug, "Mine alone.")
    path = f"/foyer/threads/{slug}/comments/{number}"
    other, _ = held(foyer, slug, "Somebody else.")
    for client in [other, foyer.reader()]:
        assert client.get(path).status == 404
    for act, data in [("edit", {"body": "Stolen."}), ("delete", {})]:
        assert other.post_json(f"{path}/{act}", data).status == 404
        assert foyer.reader().post_json(f"{path}/{act}", data).status == 401
    assert foyer.query("SELECT state::text, body FROM comment WHERE id = %s",
                       number) == [("held", "Mine alone.")]


def test_the_same_words_from_the_same_address_are_no_proof(foyer, slug):
    """The plain form has no key: where the reader sits and what they wrote
    must not let a neighbour in, in this thread or in another."""
    _, number = held(foyer, slug, "What a film!")
    for place in [slug, *foyer.slugs[1:]]:
        other = foyer.reader()
        other.comment(place, "What a film!")
        taken = other.post_json(f"/foyer/threads/{slug}/comments/{number}"
                                "/edit", {"body": "Stolen."})
        assert taken.status in (401, 404), (place, taken)


def test_after_the_window_a_comment_stays_as_it_is(foyer, slug):
    guest, number = held(foyer, slug, "Too old to change.")
    foyer.query("UPDATE comment SET posted_at = posted_at - interval '2 days' "
                "WHERE id = %s", number)
    path = f"/foyer/threads/{slug}/comments/{number}"
    for act, data in [("edit", {"body": "New."}), ("delete", {})]:
        refused = guest.post_json(f"{path}/{act}", data)
        assert refused.status == 403
        assert refused.json["type"].endswith("window-over")
    page = guest.get(path).valid()
    assert not [f for f in page.forms if f.action.startswith(path)]


# ---- where a request comes from ----

CROSS = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
         UNMARKED | {"Origin": "https://evil.example"},
         UNMARKED | {"Origin": "null"}]


@pytest.mark.parametrize("headers", CROSS)
def test_another_site_cannot_post_in_a_readers_name(foyer, slug, headers):
    guest, number = held(foyer, slug, f"Before {headers}.")
    form = guest.get(f"/reviews/{slug}").form("/comments")
    refused = guest.submit(form, headers, author="x", body="Cross.")
    assert refused.status == 403, refused
    path = f"/foyer/threads/{slug}/comments/{number}/delete"
    assert guest.post(path, {}, headers).status == 403
    assert foyer.query("SELECT count(*) FROM comment WHERE body = 'Cross.'"
                       ) == [(0,)]


def test_its_own_origin_is_enough(foyer, slug):
    guest, number = held(foyer, slug, "By origin.")
    path = f"/foyer/threads/{slug}/comments/{number}/delete"
    done = guest.post(path, {}, UNMARKED | {"Origin": guest.origin})
    assert done.status == 303, done


def test_a_browser_that_says_nothing_needs_the_forms_token(foyer, slug):
    guest, number = held(foyer, slug, "By token.")
    path = f"/foyer/threads/{slug}/comments/{number}"
    refused = guest.post(f"{path}/delete", {}, UNMARKED)
    assert refused.status == 403
    refused = guest.post(f"{path}/delete", {"token": "x" * 40}, UNMARKED)
    assert refused.status == 403
    stranger, _ = held(foyer, slug, "With a token of another.")
    token = mine(stranger, slug)["token"]
    assert guest.post(f"{path}/delete", {"token": token},
                      UNMARKED).status == 403
    form = guest.get(path).form("/delete")
    assert guest.submit(form, UNMARKED).status == 303


def test_without_a_token_the_form_comes_back_and_then_works(foyer, slug):
    guest, _ = held(foyer, slug, "An old browser.")
    form = guest.get(f"/reviews/{slug}").form("/comments")
    page = guest.submit(form, UNMARKED, author="Old", body="Keep my words.")
    assert page.status == 403
    again = page.valid().form("/comments")
    assert again.fields["body"].strip() == "Keep my words."
    assert guest.submit(again, UNMARKED).status == 303


# ---- accounts ----

def sign_in(client, name, password, **headers):
    form = client.get("/foyer/session").form("/foyer/session")
    return client.submit(form, headers or None, name=name, password=password)


def test_a_wrong_password_and_an_unknown_name_look_the_same(foyer):
    foyer.add_account("sasha", "reader")
    pages = []
    for name in ["sasha", "nobody-here"]:
        page = sign_in(foyer.reader(), name, "wrong").valid()
        assert page.status == 401
        assert not page.headers.get_all("Set-Cookie")
        pages.append(page.text.replace(name, ""))
    strip = [[line for line in page.split("\n") if "token" not in line]
             for page in pages]
    assert strip[0] == strip[1]


def test_signing_in_and_out(foyer, slug):
    password = foyer.add_account("lena", "reviewer")
    client = foyer.reader()
    done = sign_in(client, "lena", password)
    assert done.status == 303, done
    assert mine(client, slug)["session"] == {
        "name": "lena", "role": "reviewer", "account": True}
    page = client.get("/foyer/session").valid()
    assert "lena" in page.words
    assert client.submit(page.form("/session/end")).status == 303
    assert not client.cookies


@pytest.mark.parametrize("typed", ["Zoë ", " Zoe\u0308", "Zo\u200e\u00eb\n"])
def test_a_name_may_be_typed_as_keyboards_do(foyer, typed, zoe):
    done = foyer.reader().post("/foyer/session", {"name": typed,
                                                  "password": zoe})
    assert done.status == 303, done
    done = foyer.reader().post("/foyer/session", {"name": "zoë",
                                                  "password": zoe})
    assert done.status == 401


@pytest.fixture(scope="module")
def zoe(foyer):
    return foyer.add_account("Zoë", "reader")


def test_signing_in_never_leads_to_another_site(foyer):
    password = foyer.add_account("vera", "reader")
    for place in ["//evil.example/", "https://evil.example/", "/\\evil",
                  "evil", "/a\r\nX: y"]:
        done = foyer.reader().post("/foyer/session", {
            "name": "vera", "password": password, "next": place})
        assert done.status == 303 and done.location == "/reviews/", place


def test_moderators_pages_are_for_moderators(foyer):
    refused = foyer.reader().get("/foyer/admin/")
    assert refused.status == 303
    assert refused.location.startswith("/foyer/session")
    password = foyer.add_account("mere-reader", "reader")
    client = foyer.reader()
    sign_in(client, "mere-reader", password)
    for path in ["/foyer/admin/", "/foyer/admin/log",
                 f"/foyer/admin/threads/{foyer.slugs[0]}"]:
        assert client.get(path).status == 403, path
        assert foyer.reader().get(path).status == 303


def test_a_revoked_session_ends_at_once_for_moderators(foyer):
    client = foyer.moderator("mod-revoked")
    assert client.get("/foyer/admin/").status == 200
    foyer.ctl("account", "revoke", "mod-revoked")
    assert client.get("/foyer/admin/").status == 303


def test_a_revoked_session_ends_within_five_seconds_for_readers(foyer, slug):
    password = foyer.add_account("reader-revoked", "reader")
    client = foyer.reader()
    sign_in(client, "reader-revoked", password)
    assert mine(client, slug)["session"] is not None
    foyer.ctl("account", "revoke", "reader-revoked")
    wait_until(lambda: mine(client, slug)["session"] is None,
               "the session's end", limit=6)


def test_rotating_the_keys_logs_nobody_out(foyer, slug):
    guest, _ = held(foyer, slug, "Before the new keys.")
    moderator = foyer.moderator("mod-keys")
    foyer.ctl("key", "rotate")
    workers = set(foyer.others())
    foyer.daemon.kill(signal.SIGHUP)
    wait_until(lambda: not workers & set(foyer.others()), "fresh workers")
    assert mine(guest, slug)["session"] is not None
    assert moderator.get("/foyer/admin/").status == 200
    old = guest.cookies["foyer_session"]
    fresh = foyer.reader()
    fresh.comment(slug, "After the new keys.")
    assert old[-30:] != fresh.cookies["foyer_session"][-30:]    # the key's id
