"""test_people.py: what moderators know of a person, and what they let them do."""

import concurrent.futures
import datetime
import itertools

import pytest

from process import wait_until

SETTINGS = {"policy": "first", "filters": {}}
TEXTS = itertools.count()


@pytest.fixture(autouse=True)
def proved(foyer):
    foyer.query("DELETE FROM ban")
    yield
    assert foyer.ctl("log", "verify").returncode == 0


@pytest.fixture
def guest(foyer, slug):
    """guest(name): somebody who has commented; .id, .first, .say()."""
    def come(name="A Reader", **more):
        made = foyer.reader()
        posted = made.comment(slug, f"Text {next(TEXTS)}", author=name, **more)
        assert posted.status == 201, posted
        made.first = posted.json["id"]
        made.id = str(foyer.query("SELECT person FROM comment WHERE id = %s",
                                  made.first)[0][0])
        made.say = lambda **m: made.comment(
            slug, f"Text {next(TEXTS)}", **{"author": name} | more | m)
        return made
    return come


@pytest.fixture
def act(moderator):
    def do(person, kind, value="", **more):
        return moderator.post_json(f"/foyer/admin/people/{person.id}",
                                   {"act": kind, "value": value} | more)
    return do


def state(foyer, number):
    return foyer.query("SELECT state::text, why FROM comment WHERE id = %s",
                       number)[0]


def forms(moderator, person, kind):
    page = moderator.get(f"/foyer/admin/people/{person.id}").valid()
    return [f for f in page.forms if f.fields.get("act") == kind]


def last(foyer):
    return foyer.query("SELECT act, before, after FROM moderation_log"
                       " ORDER BY id DESC LIMIT 1")[0]


def test_the_trusted_wait_no_more(foyer, guest, act):
    one = guest()
    assert one.say().json["state"] == "held"
    assert act(one, "trust", "1").json == {"ok": True}
    assert one.say().json["state"] == "shown"
    assert last(foyer) == ("trust", one.id, f"{one.id} trusted")
    act(one, "trust", "")
    assert foyer.query("SELECT count(*) FROM person WHERE trusted") == [(0,)]


def test_the_refused_are_told(foyer, guest, act):
    one, other = guest(), guest()
    assert act(one, "ban", "refuse", reason="Insults").status == 200
    refused = one.say()
    assert refused.status == 403
    assert refused.json["type"].endswith("/banned")
    assert other.say().status == 201
    act(one, "ban", "")
    assert one.say().status == 201


@pytest.mark.parametrize("effect, became, told", [
    ("hold", ("held", "quiet"), "All that this person sends waits"),
    ("spam", ("spam", "banned"), "All that this person sends is spam")])
def test_the_silently_banned_see_their_comments_wait(
        foyer, slug, guest, moderator, act, effect, became, told):
    one = guest()
    act(one, "trust", "1")
    act(one, "ban", effect)
    said = one.say()
    assert said.json["state"] == "held"
    assert state(foyer, said.json["id"]) == became
    mine = one.json(f"/foyer/me.json?review={slug}")["comments"]
    assert {c["state"] for c in mine} == {"held"}
    spam = "?state=spam" if effect == "spam" else ""
    assert told in moderator.get(f"/foyer/admin/{spam}").valid().words
    act(one, "ban", "")
    act(one, "trust", "")


def test_a_suspension_ends_by_itself(foyer, guest, act):
    one = guest()
    soon = (datetime.datetime.now(datetime.timezone.utc)
            + datetime.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    act(one, "ban", "refuse", until=soon)
    assert one.say().status == 403
    assert last(foyer)[2] == f"{one.id} refuse until {soon}"
    foyer.query("UPDATE ban SET until = now() - interval '1 second'")
    assert one.say().status == 201
    assert act(one, "ban", "refuse", until="2001-01-01").json["field"] == \
        "until"
    assert act(one, "ban", "shoot").json["field"] == "value"


def test_a_ban_by_address_meets_strangers_from_there(foyer, slug, guest, act,
                                                     moderator):
    one = guest()
    act(one, "ban", "refuse", address="1")
    for n in range(3):          # asked, then by the guess of the thread
        late = foyer.reader().comment(slug, f"From there, too, {n}.")
        assert late.status == 403, late
    act(one, "ban", "")
    assert foyer.reader().comment(slug, "Free again.").status == 201


def test_a_ban_by_mail_meets_whoever_gives_it(foyer, slug, guest, act):
    one = guest(email="troll@Example.org")
    act(one, "ban", "hold", mail="1")
    other = foyer.reader().comment(slug, "New name.", author="B",
                                   email="troll@example.org")
    assert state(foyer, other.json["id"]) == ("held", "quiet")
    third = foyer.reader().comment(slug, "Another.", author="C",
                                   email="kind@example.org")
    assert state(foyer, third.json["id"]) == ("held", "newcomer")


def test_a_mail_domain_is_banned_and_freed_by_forms(foyer, slug, moderator):
    page = moderator.get("/foyer/admin/bans").valid()
    form = page.form("/foyer/admin/bans")
    done = moderator.submit(form, domain="@Spam.example", value="refuse",
                            reason="All of it")
    assert done.status == 303
    late = foyer.reader().comment(slug, "Buy.", email="a@SPAM.example")
    assert late.status == 403
    page = moderator.get("/foyer/admin/bans").valid()
    assert "@spam.example" in page.words and "All of it" in page.words
    lift = next(f for f in page.forms
                if f.fields.get("domain") == "spam.example")
    moderator.submit(lift)
    assert foyer.reader().comment(slug, "Buy!", email="a@spam.example"
                                  ).status == 201
    wrong = moderator.post_json("/foyer/admin/bans", {
        "domain": "no domain", "value": "refuse"})
    assert wrong.status == 422 and wrong.json["field"] == "domain"


def test_a_mail_domain_is_banned_in_whichever_letters(foyer, slug, moderator):
    for domain in ["реклама.example", "xn--80aanufhx.example"]:
        fields = {"domain": domain, "value": "refuse"}
        assert moderator.post_json("/foyer/admin/bans", fields).status == 200
        for email in ["a@реклама.example", "a@РЕКЛАМА.example",
                      f"a@{'реклама'.encode('idna').decode()}.example"]:
            assert foyer.reader().comment(slug, "Buy.", email=email
                                          ).status == 403
        fields["value"] = ""
        assert moderator.post_json("/foyer/admin/bans", fields).status == 200


def test_all_of_one_person_at_a_glance(foyer, slug, guest, act, moderator):
    one = guest("Ann <A.>")
    near = guest("Bob Near")
    one.say(author="Ann B.")
    act(one, "note", "Wrote to us in spring.\nAnswer kindly.")
    page = moderator.get(f"/foyer/admin/people/{one.id}").valid()
    for words in ["Ann <A.>", "Ann B.", "Bob Near", "Answer kindly.",
                  "held 2", "By editor"]:
        assert words in page.words, words
    assert near.id in page.text
    sender, = foyer.query("SELECT encode(sender, 'hex') FROM comment"
                          " WHERE id = %s", one.first)[0]
    assert sender not in page.text and "127.0.0.1" not in page.words
    data = moderator.json(f"/foyer/admin/people/{one.id}")
    assert data["counts"]["held"] == 2 and len(data["comments"]) == 2
    act(one, "note", "Another.")
    assert last(foyer) == ("note", f"{one.id} 1", f"{one.id} 2")
    assert "spring" not in moderator.get(
        f"/foyer/admin/people/{one.id}").words
    nobody = "00000000-0000-4000-8000-000000000000"
    assert moderator.get(f"/foyer/admin/people/{nobody}").status == 404
    assert moderator.get("/foyer/admin/people/x").status == 404
    assert act(one, "note", "x" * 2001).json["field"] == "value"


def test_people_are_found_by_how_their_name_begins(foyer, guest, moderator):
    one = guest("Żółw Wodny")
    for name in ["żółw", "Ż", "ŻÓŁW WODNY"]:
        page = moderator.get("/foyer/admin/people?name="
                             + "".join(f"%{b:02x}" for b in name.encode()))
        assert one.id in page.valid().text, name
    assert one.id in moderator.get("/foyer/admin/people").text
    assert one.id not in moderator.get("/foyer/admin/people?name=other").text
    assert "editor" in moderator.get("/foyer/admin/people?name=Edi").words


def test_all_of_one_person_goes_and_comes_back(foyer, slug, guest, act,
                                               moderator):
    one = guest("Too Much")
    act(one, "trust", "1")
    shown = [one.say().json["id"] for _ in range(5)]
    act(one, "trust", "")
    gone = moderator.post_json(f"/foyer/admin/people/{one.id}/comments",
                               {"act": "remove", "reason": "A flood"})
    assert gone.json == {"done": 6, "more": False}
    assert {state(foyer, n)[0] for n in shown + [one.first]} == {"removed"}
    thread = foyer.reader().thread(slug)["comments"]
    assert {c["state"] for c in thread if c["id"] in shown} == {"removed"}
    form, = forms(moderator, one, "restore")
    assert moderator.submit(form).status == 303
    assert {state(foyer, n)[0] for n in shown} == {"shown"}
    assert state(foyer, one.first)[0] == "held"
    rows = foyer.query("SELECT act, count(*) FROM moderation_log WHERE"
                       " comment_id = ANY (%s) GROUP BY 1 ORDER BY 1",
                       shown + [one.first])
    assert rows == [("approve", 5), ("hold", 1), ("remove", 6)]
    wrong = moderator.post_json(f"/foyer/admin/people/{one.id}/comments",
                                {"act": "burn"})
    assert wrong.status == 422


def test_every_act_on_a_person_is_a_form_too(foyer, guest, moderator):
    one = guest("By Form")
    moderator.submit(forms(moderator, one, "trust")[0])
    assert one.say().json["state"] == "shown"
    moderator.submit(forms(moderator, one, "trust")[0])
    moderator.submit(forms(moderator, one, "note")[0], value="A note")
    moderator.submit(forms(moderator, one, "ban")[-1], value="refuse",
                     address="1")
    page = moderator.get(f"/foyer/admin/people/{one.id}").valid()
    assert "refused, and told so; by address too" in page.words
    assert "A note" in page.words
    assert foyer.reader().comment(foyer.slugs[1], "x").status == 403
    moderator.submit(forms(moderator, one, "ban")[0])       # lift
    assert one.say().status == 201
    moderator.submit(forms(moderator, one, "remove")[0], reason="r")
    assert state(foyer, one.first)[0] == "removed"


def test_two_moderators_remove_all_of_one_person_once(foyer, guest,
                                                      moderator):
    one = guest()
    for _ in range(6):
        one.say()
    second = foyer.moderator("second")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda who: who.post_json(
            f"/foyer/admin/people/{one.id}/comments", {"act": "remove"}),
            [moderator, second]))
    assert sum(d.json["done"] for d in done) == 7, done


def test_only_moderators_see_people(foyer, guest):
    one = guest()
    for path in ["people", f"people/{one.id}", "bans", "terms"]:
        assert one.get(f"/foyer/admin/{path}", {"Accept": "application/json"}
                       ).status == 403, path


# ---- terms ----

def test_a_threads_terms_go_before_its_issues_and_the_sites(foyer, moderator):
    def policy():
        return foyer.query("SELECT policy::text FROM thread t JOIN review r"
                           " ON r.id = t.id WHERE slug = %s", slug)[0][0]
    slug = foyer.slugs[2]
    issue, = foyer.query("SELECT issue FROM review WHERE slug = %s", slug)[0]

    def put(of, value):
        done = moderator.post_json("/foyer/admin/terms",
                                   {"issue": of, "policy": value})
        assert done.status == 200, done
    put("", "all")
    assert policy() == "all"
    put(issue, "open")
    assert policy() == "open"
    put("", "closed")
    assert policy() == "open"
    put(issue, "")
    assert policy() == "closed"
    path = f"/foyer/admin/threads/{slug}"
    moderator.post_json(path, {"policy": "first"})
    put(issue, "all")
    assert policy() == "first"
    moderator.post_json(path, {"policy": "inherit"})
    assert policy() == "all"
    put(issue, "")
    page = moderator.get("/foyer/admin/terms").valid()
    form = page.form("/foyer/admin/terms")
    assert form.fields["policy"] == "closed"
    assert moderator.submit(form, policy="first").status == 303
    assert policy() == "first"
    for wrong in [{"issue": "x"}, {"days": "-1"}, {"policy": "some"}]:
        got = moderator.post_json("/foyer/admin/terms",
                                  {"policy": "open"} | wrong)
        assert got.status == 422 and got.json["field"] in wrong


def test_a_thread_closes_so_many_days_after_its_first_comment(
        foyer, slug, moderator):
    old, young = foyer.slugs[:2]
    for at in (old, young):
        foyer.reader().comment(at, "The first here.")
    foyer.query("UPDATE comment SET posted_at = posted_at - interval '31 days'"
                " WHERE thread_id = (SELECT id FROM review WHERE slug = %s)",
                old)
    moderator.post_json("/foyer/admin/terms", {"policy": "first"})
    assert "Leave a comment" in foyer.reader().get(f"/reviews/{old}").words
    done = moderator.post_json("/foyer/admin/terms",
                               {"policy": "first", "days": "30"})
    assert done.status == 200
    assert foyer.reader().comment(old, "Late.").status == 403
    assert foyer.reader().comment(young, "In time.").status == 201
    assert "This thread is closed" in foyer.reader().get(
        f"/reviews/{old}").words
    empty = foyer.slugs[2]
    foyer.query("DELETE FROM comment WHERE thread_id = (SELECT id FROM review"
                " WHERE slug = %s)", empty)
    closes = "SELECT closes_at FROM thread t JOIN review r ON r.id = t.id" \
        " WHERE slug = %s"
    foyer.reader().comment(empty, "The first.")
    wait_until(lambda: foyer.query(closes, empty)[0][0], "the time to close")
    moderator.post_json("/foyer/admin/terms", {"policy": "first"})
    assert foyer.reader().comment(old, "Again.").status == 201
