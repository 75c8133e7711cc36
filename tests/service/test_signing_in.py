"""test_signing_in.py: throttling, second factors, sessions, passwords."""

import pytest

from process import wait_until
from totp import code

SETTINGS = {"filters": {}, "policy": "open"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def forgotten(foyer):
    """Each test begins with no tries."""
    foyer.query("DELETE FROM sign_in_try")


def sign_in(foyer, name, password, client=None, **more):
    return (client or foyer.reader()).post_json(
        "/foyer/session", {"name": name, "password": password} | more)


# ---- tries ----

def test_a_name_is_tried_ten_times_in_a_quarter_of_an_hour(foyer):
    password = foyer.add_account("tried", "moderator")
    for _ in range(10):
        assert sign_in(foyer, "tried", "wrong").status == 401
    refused = sign_in(foyer, "tried", password)
    assert refused.status == 429
    assert refused.json["type"] == "/foyer/problems/sign-ins-many"
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    page = foyer.reader().post("/foyer/session",
                               {"name": "tried", "password": password})
    assert page.status == 429 and "wait some minutes" in page.valid().words
    foyer.query("UPDATE sign_in_try SET since = since - interval '901 s'")
    assert sign_in(foyer, "tried", password).status == 200


def test_a_name_that_nobody_has_is_throttled_alike(foyer):
    said = [sign_in(foyer, "nobody of that name", "wrong")
            for _ in range(11)]
    assert [s.status for s in said] == [401] * 10 + [429]
    assert {s.json["type"] for s in said[:10]} == {"/foyer/problems/password"}


def test_a_network_is_throttled_whatever_the_names(foyer):
    password = foyer.add_account("innocent", "moderator")
    for n in range(40):
        sign_in(foyer, f"guess {n // 8}", "")
    assert sign_in(foyer, "innocent", password).status == 429
    rows, = foyer.query("SELECT count(*) FROM sign_in_try")[0]
    for n in range(5):
        sign_in(foyer, f"more {n}", "x")
    assert foyer.query("SELECT count(*) FROM sign_in_try") == [(rows,)]


def test_the_right_password_forgets_the_wrong_ones(foyer):
    password = foyer.add_account("clumsy", "moderator")
    for _ in range(3):
        for _ in range(6):
            sign_in(foyer, "clumsy", "wrong")
        assert sign_in(foyer, "clumsy", password).status == 200


def test_no_name_and_no_address_is_kept_of_tries(foyer):
    sign_in(foyer, "a name to look for", "x")
    rows = foyer.query("SELECT key FROM sign_in_try")
    assert len(rows) == 2 and all(len(key) == 16 for key, in rows)


# ---- the second factor ----

def enrol(client):
    """Sets it up by the forms: the secret and the codes for recovery."""
    page = client.get("/foyer/account/totp").valid()
    secret = "".join(page.tree.find(
        ".//code[@class='secret']").itertext()).replace(" ", "")
    form = page.form("/foyer/account/totp")
    wrong = client.submit(form, code="000000")
    assert wrong.status == 401 and secret[:4] in wrong.valid().text
    done = client.submit(form, code=code(secret))
    assert done.status == 200, done
    return secret, ["".join(c.itertext()) for c in
                    done.valid().tree.findall(".//ol[@class='codes']/li")]


@pytest.fixture(scope="module")
def guarded(foyer):
    """name, password, secret, recovery codes of one with a second factor."""
    foyer.query("DELETE FROM sign_in_try")
    name = "guarded"
    password = foyer.add_account(name, "moderator")
    client = foyer.reader()
    assert sign_in(foyer, name, password, client).status == 200
    return name, password, *enrol(client)


def fresh(foyer, name):
    """As if time had passed since the last code."""
    foyer.query("UPDATE account SET totp_step = 0 WHERE name = %s", name)


def test_the_picture_says_what_the_text_says(foyer):
    client = foyer.moderator("pictured")
    page = client.get("/foyer/account/totp")
    svg = page.tree.find(f".//{SVG}svg")
    side = int(svg.get("viewBox").split()[2])
    assert (side - 8 - 17) % 4 == 0 and svg.get("aria-label")
    dark = svg.findall(f"{SVG}path")[1].get("d")
    assert dark.startswith("M4 4h1v1h-1z")      # a finder's corner
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_signing_in_takes_two_steps_without_scripts(foyer, guarded):
    name, password, secret, _ = guarded
    fresh(foyer, name)
    client = foyer.reader()
    page = client.get("/foyer/session")
    page = client.submit(page.form("/foyer/session"), name=name,
                         password=password).valid()
    assert page.status == 401 and not client.cookies
    assert "password is right" in page.words
    form = page.form("/foyer/session")
    assert "password" not in form.fields and form.fields["step"]
    wrong = client.submit(form, code="123456").valid()
    assert wrong.status == 401 and not client.cookies
    done = client.submit(wrong.form("/foyer/session"), code=code(secret))
    assert done.status == 303 and done.location == "/foyer/admin/"
    assert client.get("/foyer/admin/").status == 200


def test_a_code_is_good_once(foyer, guarded):
    name, password, secret, _ = guarded
    fresh(foyer, name)
    assert sign_in(foyer, name, password).json["type"].endswith("code-needed")
    once = code(secret)
    assert sign_in(foyer, name, password, code=once).status == 200
    again = sign_in(foyer, name, password, code=once)
    assert again.status == 401
    assert again.json["type"] == "/foyer/problems/code"
    assert sign_in(foyer, name, password, code=code(secret, -1)).status == 401
    assert sign_in(foyer, name, password, code=code(secret, 5)).status == 401


def test_codes_are_tried_five_times(foyer, guarded):
    name, password, secret, _ = guarded
    fresh(foyer, name)
    for _ in range(5):
        assert sign_in(foyer, name, password, code="000000").status == 401
    assert sign_in(foyer, name, password, code=code(secret)).status == 429


def test_a_code_for_recovery_is_good_once_however_it_is_typed(foyer, guarded):
    name, password, _, codes = guarded
    assert len(set(codes)) == 10
    typed = codes[0].lower().replace("-", " ")
    assert sign_in(foyer, name, password, code=typed).status == 200
    assert sign_in(foyer, name, password, code=codes[0]).status == 401
    assert foyer.query("SELECT count(*) FROM recovery_code") == [(9,)]


def test_neither_secret_nor_code_is_in_the_database(foyer, guarded):
    _, _, secret, codes = guarded
    totp, = foyer.query("SELECT totp FROM account WHERE name = 'guarded'")[0]
    assert totp.startswith("v4.local.") and secret not in totp
    kept = str(foyer.query("SELECT hash FROM recovery_code"))
    assert not any(each in kept for each in codes)


def test_another_accounts_secret_is_none(foyer, guarded):
    name, password, secret, _ = guarded
    foyer.query("UPDATE account SET totp = (SELECT totp FROM account WHERE "
                "name = %s) WHERE name = 'thief'", name)
    stolen = foyer.add_account("thief", "moderator")
    foyer.query("UPDATE account SET totp = (SELECT totp FROM account WHERE "
                "name = %s) WHERE name = 'thief'", name)
    assert sign_in(foyer, "thief", stolen, code=code(secret)).status == 401


def test_it_is_turned_off_with_a_code_and_by_the_operator(foyer):
    name = "leaver"
    client = foyer.moderator(name)
    secret, codes = enrol(client)
    page = client.get("/foyer/account/totp").valid()
    assert "10 codes" in page.words
    refused = client.submit(page.form("/totp/end"), code="000000")
    assert refused.status == 401
    done = client.submit(page.form("/totp/end"), code=codes[3])
    assert done.status == 303
    enrol(client)
    said = foyer.ctl("account", "totp-reset", name).stdout
    assert name in said
    assert foyer.query("SELECT totp FROM account WHERE name = %s", name
                       ) == [("",)]
    assert foyer.ctl("account", "totp-reset", "none", check=False
                     ).returncode == 1
    assert [act for act, in foyer.query(
        "SELECT act FROM moderation_log WHERE act LIKE 'totp%%' AND "
        "after = %s ORDER BY id", name)] == [
            "totp-set", "totp-end", "totp-set", "totp-reset"]
    assert foyer.ctl("log", "verify").returncode == 0


def test_a_role_that_needs_a_second_factor_is_led_to_it(foyer):
    password = foyer.add_account("bare", "moderator")
    reader = foyer.add_account("a reader", "reader")
    foyer.write_conf(totp_required="moderator")
    foyer.stop()
    foyer.start()
    try:
        client = foyer.reader()
        assert sign_in(foyer, "bare", password, client).status == 200
        for path in ["/foyer/admin/", "/foyer/admin/log"]:
            told = client.get(path)
            assert told.status == 303
            assert told.location == "/foyer/account/totp"
            refused = client.get(path, {"Accept": "application/json"})
            assert refused.status == 403
            assert refused.json["type"].endswith("second-factor-needed")
        assert client.post_json("/foyer/admin/bans", {
            "domain": "spam.example", "value": "spam"}).status == 403
        other = foyer.reader()
        assert sign_in(foyer, "a reader", reader, other).status == 200
        assert other.get("/foyer/account").status == 200
        enrol(client)
        assert client.get("/foyer/admin/").status == 200
        ends = client.get("/foyer/account/totp").valid()
        assert not [f for f in ends.forms if f.action.endswith("/totp/end")]
    finally:
        foyer.write_conf(totp_required="")
        foyer.stop()
        foyer.start()


# ---- sessions ----

FIREFOX = ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 "
           "Firefox/128.0")
IPHONE = ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
          "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1")


def two_devices(foyer, name, role="moderator"):
    password = foyer.add_account(name, role)
    clients = [foyer.reader(User_Agent=agent) for agent in [FIREFOX, IPHONE]]
    for client in clients:
        assert sign_in(foyer, name, password, client).status == 200
    return clients


def test_ones_sessions_are_listed_by_device_and_hour(foyer):
    one, _ = two_devices(foyer, "listed")
    page = one.get("/foyer/account").valid()
    rows = ["".join(r.itertext()) for r in page.tree.findall(".//tbody/tr")]
    assert len(rows) == 2
    assert sum("Firefox, Linux" in row and "This one" in row
               for row in rows) == 1
    assert sum("Safari, iPhone" in row for row in rows) == 1
    assert "127.0.0.1" not in page.words
    stamps = page.tree.findall(".//tbody//time")
    assert all(t.get("datetime").endswith(":00:00Z") for t in stamps)


def test_one_session_is_ended_and_the_other_goes_on(foyer):
    one, other = two_devices(foyer, "ender")
    page = one.get("/foyer/account")
    done = one.submit(page.form("/end"))
    assert done.status == 303
    assert other.get("/foyer/admin/").status == 303      # at once
    assert one.get("/foyer/admin/").status == 200


def test_a_readers_ended_session_is_seen_soon(foyer, slug):
    one, other = two_devices(foyer, "soon", "reader")
    path = f"/foyer/me.json?review={slug}"
    assert other.json(path)["session"]
    one.submit(one.get("/foyer/account").form("/end"))
    wait_until(lambda: other.json(path)["session"] is None, "the end")
    assert one.json(path)["session"]


def test_signing_out_everywhere_is_everywhere(foyer):
    one, other = two_devices(foyer, "all out")
    done = one.submit(one.get("/foyer/account").form("/leave"))
    assert done.status == 303
    for client in [one, other]:
        assert client.get("/foyer/account").status == 303


def test_nobody_ends_anothers_session(foyer):
    one, _ = two_devices(foyer, "victim")
    stranger = foyer.moderator("stranger")
    key, = foyer.query("SELECT s.id FROM account_session s JOIN account a ON "
                       "a.id = s.account_id WHERE a.name = 'victim'")[0]
    got = stranger.post_json(f"/foyer/account/sessions/{key}/end", {})
    assert got.status == 404 and one.get("/foyer/account").status == 200


def test_signing_out_ends_the_session_itself(foyer):
    one, _ = two_devices(foyer, "copied")
    copy = foyer.reader()
    copy.cookies = dict(one.cookies)
    assert one.post_json("/foyer/session/end", {}).status == 200
    assert copy.get("/foyer/admin/").status == 303


def test_an_account_keeps_twenty_sessions(foyer):
    password = foyer.add_account("many", "reader")
    for _ in range(22):
        sign_in(foyer, "many", password)
    assert foyer.query("SELECT count(*) FROM account_session s JOIN account a "
                       "ON a.id = s.account_id WHERE a.name = 'many'"
                       ) == [(20,)]


# ---- one's own password ----

def test_a_password_is_changed_with_the_old_one(foyer):
    one, other = two_devices(foyer, "changer")
    form = one.get("/foyer/account").form("/password")
    wrong = one.submit(form, old="x", password="long enough now")
    assert wrong.status == 422 and "not your password" in wrong.valid().words
    old = foyer.ctl("account", "password", "changer").stdout.split()[-1]
    client = foyer.reader()
    assert sign_in(foyer, "changer", old, client).status == 200
    short = client.submit(form, old=old, password="short")
    assert short.status == 422
    done = client.submit(form, old=old, password="long enough now")
    assert done.status == 303
    assert client.get("/foyer/admin/").status == 200     # goes on
    assert sign_in(foyer, "changer", old).status == 401
    assert sign_in(foyer, "changer", "long enough now").status == 200


def test_the_old_password_is_tried_ten_times_and_signing_in_goes_on(foyer):
    password = foyer.add_account("robbed", "moderator")
    client = foyer.reader()
    assert sign_in(foyer, "robbed", password, client).status == 200
    form = client.get("/foyer/account").form("/password")
    for _ in range(10):
        wrong = client.submit(form, old="guess", password="long enough now")
        assert wrong.status == 422
    over = client.submit(form, old=password, password="long enough now")
    assert over.status == 429 and "wait some minutes" in over.valid().words
    assert 0 < int(over.headers["Retry-After"]) <= 900
    assert sign_in(foyer, "robbed", password).status == 200
