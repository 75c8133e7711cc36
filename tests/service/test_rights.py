"""test_rights.py: who may do what: every role against every route."""

import copy
import re

import pytest

from openapi import ROUTES, source_routes

SETTINGS = {"filters": {}, "policy": "open"}
ROW = re.compile(r"\{ METHOD_\w+, [^,]+,\s+(\w+),")
WHO = ROW.findall(ROUTES.read_text())
ALL = [(method, path, who) for (method, path), who
       in zip(source_routes(), WHO, strict=True)]
# What each right asks for, from nobody to the owner.
ROLES = ["nobody", "guest", "reader", "reviewer", "moderator", "owner"]
LEAST = {"ANYONE": "nobody", "WATCHER": "nobody", "SESSION": "guest",
         "ACCOUNT": "reader", "REVIEWER": "moderator",
         "MODERATOR": "moderator", "OWNER": "owner"}
NO = {f"/foyer/problems/{kind}" for kind in [
    "sign-in", "stranger", "forbidden", "second-factor-needed"]}
ENDS = {"/foyer/session/end", "/foyer/account/leave"}   # whoever asks is out


@pytest.fixture(scope="module")
def people(foyer, slug):
    made = {"nobody": foyer.reader(), "guest": foyer.reader()}
    made["guest"].comment(slug, "I have a session now.")
    for role in ROLES[2:]:
        made[role] = foyer.moderator(f"a {role}", role)
    return made


def refused(who, role):
    """The status that this role must get, or None."""
    if ROLES.index(role) >= ROLES.index(LEAST[who]):
        return None
    return 401 if role == "nobody" else 403


def ask(client, method, path):
    if method == "post":
        return client.post_json(path, {})
    return client.get(path, {"Accept": "application/json"})


def filled(path, slug):
    """A route's pattern as a path; numbers and names of nothing."""
    path = path.replace("/threads/{}", f"/threads/{slug}")
    if "/account" in path or "/invitations" in path:
        return path.replace("{}", "00000000-0000-4000-8000-000000000000")
    return path.replace("{}", "9999999")


def test_every_right_is_known():
    assert set(WHO) <= set(LEAST) and len(ALL) > 50
    assert {"ANYONE", "SESSION", "ACCOUNT", "MODERATOR", "OWNER"} <= set(WHO)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_where_its_right_says_and_nowhere_else(
        foyer, slug, people, role):
    wrong = []
    for method, path, who in ALL:
        if path in ENDS or who == "WATCHER":    # by address, not by role
            continue
        got = ask(people[role], method, filled(path, slug))
        want = refused(who, role)
        right = got.status == want if want else not (
            got.status in (401, 403) and got.json["type"] in NO)
        if not right or got.status >= 500:
            wrong.append((method, path, who, want, got))
    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_the_ways_out_are_for_those_who_are_in(people, role):
    for path in sorted(ENDS, reverse=True):
        who = next(row[2] for row in ALL if row[1] == path)
        want = refused(who, role)
        client = copy.copy(people[role])
        client.cookies = dict(client.cookies)
        got = client.post_json(path, {})
        if path == "/foyer/account/leave" and role != "nobody" and not want:
            assert got.status == 401    # the other way out came first
        else:
            assert got.status == (want or 200), (path, got)


def test_who_signs_in_comes_to_all_that_was_asked(foyer):
    client = foyer.reader()
    asked, name = "/foyer/admin/log?act=approve&name=a%26b+c", "Led back"
    page = client.follow(client.get(asked)).valid()
    done = client.submit(page.form("/foyer/session"), name=name,
                         password=foyer.add_account(name, "owner"))
    assert done.status == 303 and done.location == asked


def test_a_role_in_the_cookie_alone_is_no_role(foyer):
    client = foyer.moderator("was owner", "owner")
    assert client.get("/foyer/admin/accounts").status == 200
    foyer.query("UPDATE account SET role = 'reader' WHERE name = 'was owner'")
    assert client.get("/foyer/admin/accounts").status == 403
    assert client.get("/foyer/admin/").status == 403


# ---- the owner's page ----

@pytest.fixture(scope="module")
def owner(foyer):
    return foyer.moderator("the owner", "owner")


def account_form(client, foyer, name, ending=""):
    key, = foyer.query("SELECT id FROM account WHERE name = %s", name)[0]
    return client.get("/foyer/admin/accounts").valid().form(
        f"/foyer/admin/accounts/{key}{ending}")


def test_an_owner_changes_a_role_and_the_log_tells(foyer, owner):
    client = foyer.moderator("ann", "reviewer")
    assert client.get("/foyer/admin/").status == 403
    form = account_form(owner, foyer, "ann")
    assert form.fields["role"] == "reviewer"
    assert owner.submit(form, role="moderator").status == 303
    assert client.get("/foyer/admin/").status == 303     # sessions are over
    assert foyer.query("SELECT actor_name, before, after FROM moderation_log "
                       "WHERE act = 'account-set' ORDER BY id DESC LIMIT 1"
                       ) == [("the owner", "ann: reviewer",
                              "ann: moderator")]
    assert foyer.ctl("log", "verify").returncode == 0


def test_an_owner_finds_a_reader_and_makes_a_moderator(foyer, owner):
    client = foyer.moderator("Reader Ruth", "reader")
    page = owner.get("/foyer/admin/accounts").valid()
    assert "Reader Ruth" not in page.words
    assert client.get("/foyer/admin/").status == 403
    assert "name" in page.form("/foyer/admin/accounts").fields
    found = owner.get("/foyer/admin/accounts?name=reader+r").valid()
    assert "Reader Ruth" in found.words
    key, = foyer.query("SELECT id FROM account WHERE name = 'Reader Ruth'")[0]
    form = found.form(f"/foyer/admin/accounts/{key}")
    assert form.fields["role"] == "reader"
    assert owner.submit(form, role="moderator").status == 303
    assert "Reader Ruth" in owner.get("/foyer/admin/accounts").words
    row = owner.json_lines("/foyer/admin/log.jsonl?act=account-set")[0]
    assert (row["before"], row["after"]) == ("Reader Ruth: reader",
                                             "Reader Ruth: moderator")
    page = owner.get("/foyer/admin/log").valid()
    assert owner.submit(page.form(f"/log/{row['id']}/undo")).status == 303
    assert foyer.query("SELECT role::text FROM account WHERE id = %s", key
                       ) == [("reader",)]
    assert "No account is called so." in owner.get(
        "/foyer/admin/accounts?name=nobody+at+all").valid().words


def test_a_suspended_account_is_out_and_stays_out(foyer, owner):
    password = foyer.add_account("bob", "moderator")
    client = foyer.reader()
    signed = client.post_json("/foyer/session",
                              {"name": "bob", "password": password})
    assert signed.status == 200
    form = account_form(owner, foyer, "bob")
    assert owner.submit(form, suspended="yes").status == 303
    assert ask(client, "get", "/foyer/admin/").status == 401
    again = foyer.reader().post_json("/foyer/session",
                                     {"name": "bob", "password": password})
    assert again.status == 401
    owner.submit(account_form(owner, foyer, "bob"), role="moderator")
    form = account_form(owner, foyer, "bob")
    assert form.fields.get("suspended") == "yes"
    form.fields.pop("suspended")
    assert owner.submit(form).status == 303
    assert foyer.reader().post_json("/foyer/session", {
        "name": "bob", "password": password}).status == 200


def test_the_last_owner_can_not_step_down(foyer):
    foyer.query("UPDATE account SET suspended = true WHERE role = 'owner'")
    last = foyer.moderator("last", "owner")
    form = account_form(last, foyer, "last")
    for change in [{"role": "moderator"}, {"suspended": "yes"}]:
        assert last.submit(form, **change).status == 409
    assert last.get("/foyer/admin/accounts").status == 200
    foyer.query("UPDATE account SET suspended = false WHERE role = 'owner'")


@pytest.mark.parametrize("data, kind", [
    ({"role": "king"}, "role-bad"), ({}, "role-bad"),
    ({"role": "guest"}, "role-bad")])
def test_a_role_is_one_of_four(foyer, owner, data, kind):
    for path in ["/foyer/admin/invitations",
                 "/foyer/admin/accounts/00000000-0000-4000-8000-000000000000"]:
        got = owner.post_json(path, data)
        assert got.status == 422
        assert got.json["type"] == f"/foyer/problems/{kind}"


# ---- reviewers ----

def test_reviewers_rule_under_their_own_reviews_if_the_owner_says_so(
        foyer, owner):
    own, other = foyer.slugs[:2]
    for slug, name in [(own, "A. Critic and B. Other"), (other, "C. Else")]:
        foyer.query("UPDATE review SET reviewer = %s WHERE slug = %s", name,
                    slug)
    critic = foyer.moderator("critic", "reviewer")
    foyer.ctl("account", "reviewer", "critic", "A. Critic")
    numbers = {slug: foyer.reader().comment(slug, "For a critic.").json["id"]
               for slug in [own, other]}

    def tried(slug):
        path = f"/foyer/admin/threads/{slug}"
        return (critic.get(path).status, critic.post_json(
            f"{path}/comments/{numbers[slug]}/rule",
            {"act": "remove", "seen": "shown"}).status)

    assert tried(own) == (403, 403)
    assert owner.post_json("/foyer/admin/choices", {"reviewers": "yes"}
                           ).status == 200
    try:
        assert tried(own) == (200, 200)
        assert tried(other) == (403, 403)
        for path in ["/foyer/admin/log", "/foyer/admin/accounts"]:
            assert critic.get(path).status == 403
        assert critic.post_json(f"/foyer/admin/threads/{own}",
                                {"policy": "closed"}).status == 403
    finally:
        owner.post_json("/foyer/admin/choices", {})


def test_reviewers_have_a_queue_of_their_own_reviews(foyer, owner):
    own, other = foyer.slugs[2:0:-1]
    for slug, name in [(own, "B. Else and D. Critic"), (other, "E. Else")]:
        foyer.query("UPDATE review SET reviewer = %s WHERE slug = %s", name,
                    slug)
        owner.post_json(f"/foyer/admin/threads/{slug}", {"policy": "all"})
    critic = foyer.moderator("d critic", "reviewer")
    foyer.ctl("account", "reviewer", "d critic", "D. Critic")
    held = {slug: [foyer.reader().comment(slug, f"For D, {n}.").json["id"]
                   for n in range(3)] for slug in [own, other]}

    def rule(slugs, act="approve"):
        return critic.post_json("/foyer/admin/rule", {
            "act": act, "select": " ".join(f"{slug}.{held[slug].pop()}.held.0"
                                           for slug in slugs)})

    assert critic.get("/foyer/admin/").status == 403
    owner.post_json("/foyer/admin/choices", {"reviewers": "yes"})
    try:
        page = critic.get("/foyer/admin/").valid()
        links = [a.get("href") for a in page.tree.iter("a")]
        assert f"/foyer/admin/?review={own}" in links
        assert f"/foyer/admin/?review={other}" not in links
        assert "/foyer/admin/log" not in links
        assert critic.json("/foyer/admin/queue.json")["reviews"] == [{
            "slug": own, "held": 3, "heading": foyer.query(
                "SELECT heading FROM review WHERE slug = %s", own)[0][0]}]
        page = critic.get(f"/foyer/admin/?review={own}").valid()
        assert "For D, 0." in page.words
        assert "Spam and ban" not in page.words
        assert "/foyer/admin/people/" not in page.text
        form = page.form(f"/comments/{held[own].pop(0)}/rule")
        done = critic.submit(form, act="approve")
        assert done.status == 303
        assert "1 comment is ruled on." in critic.follow(done).valid().words
        assert critic.get(f"/foyer/admin/?review={other}").status == 403
        assert critic.get(f"/foyer/admin/queue.json?review={other}"
                          ).status == 403
        assert rule([own, other]).status == 403
        assert rule([own], "spam-ban").status == 403
        assert foyer.query("SELECT count(*) FROM ban") == [(0,)]
        held[own] += [c["id"] for c in critic.json(
            f"/foyer/admin/queue.json?review={own}")["comments"]]
        assert rule([own]).json["done"] == 1
        assert critic.post_json(
            f"/foyer/admin/threads/{own}/comments/{held[own][-1]}/rule",
            {"act": "spam-ban"}).status == 403
    finally:
        owner.post_json("/foyer/admin/choices", {})
    assert critic.get(f"/foyer/admin/?review={own}").status == 403


# ---- links ----

def invited(owner, role="moderator", **more):
    page = owner.get("/foyer/admin/accounts")
    page = owner.submit(page.form("/invitations"), role=role, **more).valid()
    return page.tree.find(".//input[@id='made']").get("value")


def test_a_link_lets_one_person_join_once(foyer, owner):
    link = invited(owner, "moderator", note="for Eve & <Co>")
    assert link.startswith(foyer.settings["origin"] + "/foyer/join?link=v4.")
    eve = foyer.reader()
    page = eve.get(link).valid()
    assert "moderator" in page.words
    assert page.headers["Cache-Control"] == "no-store"
    short = eve.submit(page.form("/foyer/join"), name="Eve", password="short")
    assert short.status == 422 and "at least 10" in short.words
    done = eve.submit(page.form("/foyer/join"), name="Eve",
                      password="a long enough one")
    assert done.status == 303 and done.location == "/foyer/admin/"
    assert eve.get("/foyer/admin/").status == 200
    assert foyer.reader().get(link).status == 403
    late = foyer.reader().submit(page.form("/foyer/join"), name="Mallory",
                                 password="a long enough one")
    assert late.status == 403 and "used before" in late.words
    assert foyer.query("SELECT count(*) FROM account WHERE name = 'Mallory'"
                       ) == [(0,)]
    assert foyer.reader().post_json("/foyer/session", {
        "name": "Eve", "password": "a long enough one"}).status == 200


def test_a_taken_name_does_not_use_the_link_up(foyer, owner):
    link = invited(owner, "reader")
    page = foyer.reader().get(link)
    taken = foyer.reader().submit(page.form("/foyer/join"), name="the owner",
                                  password="a long enough one")
    assert taken.status == 409 and "already" in taken.words
    done = foyer.reader().submit(page.form("/foyer/join"), name="a new one",
                                 password="a long enough one")
    assert done.status == 303


@pytest.fixture
def broken_log(foyer):
    """The log takes nothing while this is asked for."""
    foyer.query("CREATE FUNCTION no_row() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'no'; END $$")
    foyer.query("CREATE TRIGGER no_row BEFORE INSERT ON moderation_log "
                "FOR EACH ROW EXECUTE FUNCTION no_row()")
    yield lambda: foyer.query("DROP FUNCTION IF EXISTS no_row CASCADE")
    foyer.query("DROP FUNCTION IF EXISTS no_row CASCADE")


def test_what_fails_in_the_middle_does_not_use_the_link_up(foyer, owner,
                                                           request):
    link = invited(owner, "reader")
    client = foyer.reader()
    form = client.get(link).form("/foyer/join")
    given = {"name": "unlucky", "password": "a long enough one"}
    mend = request.getfixturevalue("broken_log")
    assert client.submit(form, **given).status >= 500
    mend()
    assert foyer.query("SELECT name FROM account WHERE name = 'unlucky'") == []
    assert client.submit(form, **given).status == 303
    assert foyer.reader().post_json("/foyer/session", given).status == 200
    assert foyer.ctl("log", "verify").returncode == 0


def test_a_link_that_is_taken_back_or_old_is_over(foyer, owner):
    link = invited(owner)
    page = owner.get("/foyer/admin/accounts")
    ends = [f for f in page.forms if f.action.endswith("/end")
            and "invitations" in f.action]
    for form in ends:
        assert owner.submit(form).status == 303
    assert foyer.reader().get(link).status == 403
    link = invited(owner)
    foyer.query("UPDATE invitation SET ends = now() - interval '1 s'")
    assert foyer.reader().get(link).status == 403
    assert foyer.reader().get("/foyer/join?link=v4.local.x").status == 403
    assert foyer.reader().get("/foyer/join").status == 403


def test_a_new_password_by_the_owners_link(foyer, owner):
    foyer.moderator("forgetful")
    form = account_form(owner, foyer, "forgetful", "/reset")
    page = owner.submit(form).valid()
    link = page.tree.find(".//input[@id='made']").get("value")
    who = foyer.reader()
    page = who.get(link).valid()
    assert "forgetful" in page.words
    done = who.submit(page.form("/foyer/join"), password="never forget this")
    assert done.status == 303, done
    assert who.get("/foyer/admin/").status == 200
    assert foyer.reader().post_json("/foyer/session", {
        "name": "forgetful", "password": "never forget this"}).status == 200


def test_the_owner_chooses_what_the_site_does(foyer, owner):
    page = owner.get("/foyer/admin/accounts")
    form = page.form("/choices")
    assert "reviewers" not in form.fields and "tally" not in form.fields
    assert owner.submit(form, reviewers="yes", tally="yes").status == 303
    form = owner.get("/foyer/admin/accounts").form("/choices")
    assert form.fields["reviewers"] == form.fields["tally"] == "yes"
    assert owner.post_json("/foyer/admin/choices", {}).status == 200
    assert foyer.query("SELECT reviewers, tally FROM site_choice"
                       ) == [(False, False)]
