"""test_sso.py: the journal's own people come in with a token it signed."""

import concurrent.futures
import datetime
import sys
import urllib.parse

import pytest

from postgres import ROOT

sys.path.insert(0, str(ROOT / "docs"))
import sso_token  # noqa: E402

SETTINGS = {"filters": {}, "policy": "open"}
SSO = "/foyer/session/sso"


@pytest.fixture(scope="module")
def secret(foyer):
    """The journal's secret key; its public half is in foyer.conf by now."""
    file = foyer.folder / "journal.secret"
    public = foyer.ctl("sso", "key", str(file)).stdout.strip()
    foyer.stop()
    foyer.write_conf(sso_key=public)
    foyer.start()
    return file.read_text()


@pytest.fixture
def claims(foyer):
    def make(subject="4711", name="Ann Example", **more):
        return sso_token.claims(foyer.settings["origin"], subject, name,
                                **more)
    return make


def enter(client, token, path="/reviews/", **headers):
    query = urllib.parse.urlencode({"token": token, "next": path})
    return client.get(f"{SSO}?{query}", headers or None)


def who(client):
    return client.json("/foyer/me.json")["session"]


def badge(client, slug, body, **more):
    number = client.comment(slug, body, **more).json["id"]
    return next(c["author"]["badge"] for c in client.thread(slug)["comments"]
                if c["id"] == number)


def test_a_token_turns_into_a_session(foyer, slug, secret, claims):
    client = foyer.reader()
    done = enter(client, sso_token.token(secret, claims()),
                 f"/reviews/{slug}?x=1")
    assert (done.status, done.location) == (303, f"/reviews/{slug}?x=1")
    assert who(client) == {"name": "Ann Example", "role": "reader",
                           "account": True}
    assert "Ann Example" in client.get("/foyer/session").valid().words
    assert badge(client, slug, "I am verified.",
                 author="Ann Example") == "verified"
    assert badge(client, slug, "Under a name of mine.", author="Anna") == ""


def test_the_same_subject_is_the_same_account(foyer, slug, secret, claims):
    first, second = foyer.reader(), foyer.reader()
    enter(first, sso_token.token(secret, claims("12", "Old Name")))
    number = first.comment(slug, "Mine for ever.").json["id"]
    enter(second, sso_token.token(secret, claims("12", "New Name")))
    assert who(second)["name"] == "New Name"
    mine = second.json(f"/foyer/me.json?review={slug}")["comments"]
    assert [c["id"] for c in mine] == [number]


def test_foyerctl_signs_one_as_well(foyer, secret):
    client = foyer.reader()
    token = foyer.ctl("sso", "token", str(foyer.folder / "journal.secret"),
                      "99", "--name", 'The "Editor"', "--role", "reviewer"
                      ).stdout.strip()
    assert enter(client, token).status == 303
    assert who(client) == {"name": 'The "Editor"', "role": "reviewer",
                           "account": True}


def test_as_data_and_by_post(foyer, secret, claims):
    client = foyer.reader()
    done = client.post_json(SSO, {"token": sso_token.token(secret, claims())})
    assert done.status == 200
    assert done.json["session"]["name"] == "Ann Example" and client.cookies
    client = foyer.reader()
    done = client.post(SSO, {"token": sso_token.token(secret, claims()),
                             "next": "/reviews/"})
    assert (done.status, done.location) == (303, "/reviews/")
    assert who(client)


def test_the_author_of_a_review_is_marked_under_it_alone(
        foyer, slug, secret, claims):
    foyer.query("UPDATE review SET reviewer = 'Bela Critic' WHERE slug = %s",
                foyer.slugs[1])
    by_slug, by_name = foyer.reader(), foyer.reader()
    enter(by_slug, sso_token.token(secret, claims(
        "21", "Any Name", role="reviewer", reviewer_of=f"x {slug} y")))
    enter(by_name, sso_token.token(secret, claims(
        "22", "Bela Critic", role="reviewer")))
    for client, place, mark in [
            (by_slug, slug, "reviewer"), (by_slug, foyer.slugs[1], "verified"),
            (by_name, foyer.slugs[1], "reviewer"), (by_name, slug, "verified")]:
        name = who(client)["name"]
        assert badge(client, place, f"{name} at {place}.",
                     author=name) == mark, (name, place)


def test_a_token_is_good_once(foyer, secret, claims):
    token = sso_token.token(secret, claims())
    assert enter(foyer.reader(), token).status == 303
    client = foyer.reader()
    again = enter(client, token).valid()
    assert again.status == 403 and "used before" in again.words
    assert not client.cookies
    token = sso_token.token(secret, claims("31"))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(
            lambda _: enter(foyer.reader(), token).status, range(8)))
    assert sorted(answers) == [303] + [403] * 7


def test_a_first_visit_by_two_doors_makes_one_account(foyer, secret, claims):
    tokens = [sso_token.token(secret, claims("twins")) for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(
            lambda token: enter(foyer.reader(), token).status, tokens))
    assert answers == [303] * 6
    assert foyer.query("SELECT count(*) FROM account WHERE name LIKE "
                       "'sso:%%:twins'") == [(1,)]


def shift(seconds):
    moment = (datetime.datetime.now(datetime.timezone.utc)
              + datetime.timedelta(seconds=seconds))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


WRONG = {
    "over": lambda c: c | {"iat": shift(-200), "exp": shift(-1)},
    "good for an hour": lambda c: c | {"exp": shift(3600)},
    "from the future": lambda c: c | {"iat": shift(120), "exp": shift(300)},
    "not yet good": lambda c: c | {"nbf": shift(100)},
    "for another site": lambda c: c | {"aud": "https://other.example"},
    "for nobody": lambda c: {k: v for k, v in c.items() if k != "aud"},
    "without a jti": lambda c: {k: v for k, v in c.items() if k != "jti"},
    "with a short jti": lambda c: c | {"jti": "1"},
    "without an end": lambda c: {k: v for k, v in c.items() if k != "exp"},
    "without a subject": lambda c: c | {"sub": ""},
    "of a long subject": lambda c: c | {"sub": "x" * 201},
    "without a name": lambda c: c | {"name": " \u200b"},
    "of a long name": lambda c: c | {"name": "x" * 81},
    "of a moderator": lambda c: c | {"role": "moderator"},
    "of a strange slug": lambda c: c | {"reviewer_of": "../x"},
    "with a list": lambda c: c | {"name": ["Ann"]},
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_token_is_refused(foyer, secret, claims, kind):
    client = foyer.reader()
    token = sso_token.token(secret, WRONG[kind](claims()))
    refused = client.post_json(SSO, {"token": token})
    assert refused.status == 403, refused
    assert refused.json["type"].endswith("/sso-bad")
    assert not client.cookies


def test_another_key_or_purpose_is_refused(foyer, slug, secret, claims):
    other = foyer.folder / "other.secret"
    foyer.ctl("sso", "key", str(other))
    good = sso_token.token(secret, claims())
    raw = foyer.reader()
    raw.comment(slug, "For a session's cookie.")
    strange = [
        sso_token.token(other.read_text(), claims()),
        sso_token.token(secret, claims(), implicit=b"main\0session"),
        sso_token.token(secret, claims(), implicit=b""),
        sso_token.token(secret, claims(), footer=b'{"kid":"k4.pid.x"}'),
        sso_token.token(secret, claims(), footer=b""),
        next(iter(raw.cookies.values())), good[:-1],
        good[:40] + ("A" if good[40] != "A" else "B") + good[41:],
        good.replace("v4.public", "v4.local"), "", "x" * 6000,
    ]
    for token in strange:
        client = foyer.reader()
        assert client.post_json(SSO, {"token": token}).status == 403, token
        assert not client.cookies
    assert enter(foyer.reader(), good).status == 303
    assert foyer.ctl("sso", "key", str(other), check=False).returncode == 1


def test_no_token_leads_to_another_site(foyer, secret, claims):
    for place in ["//evil.example/", "https://evil.example/", "/\\evil", ""]:
        done = enter(foyer.reader(), sso_token.token(secret, claims()), place)
        assert (done.status, done.location) == (303, "/reviews/"), place


def test_a_link_from_elsewhere_asks_first(foyer, slug, secret, claims):
    """Who follows it is not signed in as somebody else unawares."""
    for site in ["cross-site", "none", None]:
        client = foyer.reader()
        token = sso_token.token(secret, claims("41", "Mallory <m>"))
        page = enter(client, token, f"/reviews/{slug}",
                     **{"Sec-Fetch-Site": site})
        assert page.status == 200 and not client.cookies
        assert "Mallory <m>" in page.valid().words
        done = client.submit(page.form(SSO))
        assert (done.status, done.location) == (303, f"/reviews/{slug}")
        assert who(client)["name"] == "Mallory <m>"
    cross = foyer.reader().post(SSO, {"token": sso_token.token(
        secret, claims())}, {"Sec-Fetch-Site": "cross-site"})
    assert cross.status == 403


def test_a_suspended_account_stays_outside(foyer, secret, claims):
    enter(foyer.reader(), sso_token.token(secret, claims("51")))
    foyer.query("UPDATE account SET suspended = true "
                "WHERE name LIKE 'sso:%%:51'")
    client = foyer.reader()
    assert enter(client, sso_token.token(secret, claims("51"))).status == 403
    assert not client.cookies


def test_nobody_signs_in_by_password_as_the_journals_reader(foyer, secret,
                                                           claims):
    enter(foyer.reader(), sso_token.token(secret, claims("61")))
    for password in ["", "x"]:
        done = foyer.reader().post_json("/foyer/session", {
            "name": "sso:1:61", "password": password})
        assert done.status == 401


def test_keys_may_stand_in_a_file_and_a_bad_one_is_told(foyer, secret,
                                                        claims):
    """With two keys in it both are good: so a key is changed."""
    keys, fresh = foyer.folder / "sso.keys", foyer.folder / "fresh.secret"
    both = [foyer.settings["sso_key"],
            foyer.ctl("sso", "key", str(fresh)).stdout.strip()]
    keys.write_text("\n".join(both) + "\n")
    keys.chmod(0o644)
    foyer.stop()
    foyer.write_conf(sso_key=str(keys))
    foyer.start()
    for each in [secret, fresh.read_text()]:
        token = sso_token.token(each, claims("71"))
        assert enter(foyer.reader(), token).status == 303
    assert "sso_key: ok" in foyer.ctl("check", check=False).stdout
    keys.write_text("k4.public.short\n")
    told = foyer.ctl("check", check=False).stdout
    assert "sso_key: wrong" in told and "k4.public" in told
