"""test_openapi.py: foyer is what its description says, and nothing else."""

import json
import re
import sys

import pytest
from jsonschema import Draft202012Validator

from asked import insight
from asked_accounts import ACCOUNTS
from asked_mail import MAIL
from asked_rulings import ruled, ruled_at_once, undone
from asking import both, get
from foyer import Foyer
from openapi import (DOCUMENT, TEXT, operations, references, resolved,
                     source_routes, unlike)
from postbox import Postbox
from postgres import ROOT

sys.path.insert(0, str(ROOT / "docs"))
import sso_token  # noqa: E402

# A pair for tests alone, from `foyerctl sso key`.
SECRET = ("k4.secret.reFgDas-JIAbFqlAt_7U--9vf0oZqIjnXlX2KEK6ISXXoP0AYatmp0Lm"
          "vlcYEIj57kJc6WPplN6fQS5yFbUnkw")
POW = {"challenge": True, "weight": 0, "key": "of the tests alone " * 3}
SETTINGS = {"policy": "first",
            "filters": {"links": {}, "bayes": {}, "pow": POW},
            "sso_key": "k4.public.16D9AGGrZqdC5r5XGBCI-e5CXOlj6ZTen0EuchW1J5M"}
ALL = {operation["operationId"]: (method, path, operation)
       for method, path, operation in operations()}
NAMED = re.compile(r"\{(\w+)\}")


def test_every_route_is_described_and_nothing_else():
    described = [(method, NAMED.sub("{}", path))
                 for method, path, _ in operations()]
    assert sorted(described) == sorted(source_routes())


def test_the_document_is_sound():
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert len(ALL) == len(list(operations())), "an operationId comes twice"
    for reference in references(DOCUMENT):
        resolved(reference)
    used = {reference["$ref"] for reference in references(DOCUMENT)}
    for kind in ["schemas", "parameters", "responses"]:
        for name in DOCUMENT["components"][kind]:
            assert f"#/components/{kind}/{name}" in used
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", ALL)
def test_an_operation_says_what_it_takes_and_gives(name):
    method, path, operation = ALL[name]
    given = [resolved(each) for each in operation.get("parameters", [])]
    assert [each["name"] for each in given if each["in"] == "path"] == \
        NAMED.findall(path)
    assert operation["summary"] and operation["tags"]
    assert ("requestBody" in operation) == (method == "post")
    problem = resolved(operation["responses"]["default"])
    assert "application/problem+json" in problem["content"]


def test_nginx_serves_it(reader):
    got = reader.get("/foyer/openapi.json")
    assert got.status == 200 and got.text == TEXT
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Access-Control-Allow-Origin"] == "*"


# ---- the daemon ----

class World:
    """People and comments to try every operation with."""

    def __init__(self, foyer):
        self.foyer = foyer
        self.slug, self.other = foyer.slugs[:2]
        self.moderator = foyer.moderator()
        self.owner = foyer.moderator("owner", "owner")
        self.reader = foyer.reader()
        self.held = self.post("Waits for a moderator.").json["id"]
        self.shown = self.approved("Worth reading, <b>twice</b>.")
        self.answer = self.approved("An answer.", parent=self.shown)

    def post(self, body, **more):
        return self.reader.comment(self.slug, body, **more)

    def approved(self, body, **more):
        made = self.post(body, **more).json["id"]
        self.rule(made, "approve")
        return made

    def rule(self, number, act, **more):
        return self.moderator.post_json(
            f"/foyer/admin/threads/{self.slug}/comments/{number}/rule",
            {"act": act} | more)

    def person(self):
        return str(self.foyer.query("SELECT person FROM comment WHERE id = %s",
                                    self.shown)[0][0])

    def path(self, name, **values):
        values = {"slug": self.slug, "id": self.shown, "view": "newest",
                  "name": "bayes"} | values
        return NAMED.sub(lambda m: str(values[m[1]]), ALL[name][1])


@pytest.fixture(scope="module")
def foyer(cluster):
    with Postbox() as box, Foyer(cluster, **SETTINGS, **box.settings) as made:
        made.box = box
        yield made


@pytest.fixture(scope="module")
def world(foyer):
    return World(foyer)


def deleted(w):
    return [w.reader.post_json(w.path("delete", id=w.post(body).json["id"]),
                               {}) for body in ["One to go."]] + [
        w.reader.post(w.path("delete", id=w.post("And another.").json["id"]))]


def signed_in(w):
    password = w.foyer.add_account("visitor", "reader")
    fields = {"name": "visitor", "password": password}
    return both(w, "signIn", fields, w.foyer.reader()) + both(
        w, "signIn", fields | {"password": "wrong"}, w.foyer.reader())


def leaving(name, fields):
    def asked(w):
        made = []
        for way in ["post", "post_json"]:
            reader = w.foyer.reader()
            reader.comment(w.slug, f"Soon away: {name} by {way}.")
            made.append(getattr(reader, way)(w.path(name), fields))
        return made
    return asked


def again(w):
    form = "author=A&body=Once+more."
    return both(w, "again", {
        "path": f"/foyer/threads/{w.slug}/comments", "form": form})


def by_token(w):
    """By a link, by one from elsewhere, by a form, as JSON, and once more."""
    def token():
        return sso_token.token(SECRET, sso_token.claims(
            w.foyer.settings["origin"], "1", "Ann"))
    who, twice = w.foyer.reader, token()
    return [who().get(w.path("ssoLink") + f"?token={token()}"),
            who(Sec_Fetch_Site="none").get(
                w.path("ssoLink") + f"?token={token()}"),
            who().post(w.path("sso"), {"sso": twice}),
            who().post_json(w.path("sso"), {"token": token()}),
            who().post_json(w.path("sso"), {"token": twice})]


# operationId -> what is asked; each answer must be as the document says.
ASKED = {
    "reviews": lambda w: [get(w, "reviews"),
                          get(w, "reviews", query="?after=x")],
    "review": lambda w: [get(w, "review"), get(w, "review", slug="none")],
    "reviewView": lambda w: [get(w, "reviewView")],
    "threadHtml": lambda w: [get(w, "threadHtml")],
    "threadHtmlView": lambda w: [get(w, "threadHtmlView")],
    "threadJson": lambda w: [get(w, "threadJson"),
                             get(w, "threadJson", slug=w.other),
                             get(w, "threadJson", slug="none")],
    "threadJsonView": lambda w: [
        get(w, "threadJsonView", view=view)
        for view in ["oldest", "best", "newest-after-1", "worst"]],
    "threadAtom": lambda w: [get(w, "threadAtom")],
    "search": lambda w: [get(w, "search", query="?q=reading&issue=3"),
                         get(w, "search", query="?issue=x")],
    "searchJson": lambda w: [get(w, "searchJson", query="?q=Norshtein"),
                             get(w, "searchJson", query="?q=reading"),
                             get(w, "searchJson", query="?before=0")],
    "counts": lambda w: [
        get(w, "counts", query=f"?review={w.slug}&review=none"),
        get(w, "counts", query="?review=No")],
    "reviewSitemap": lambda w: [get(w, "reviewSitemap")],
    "feedSite": lambda w: [get(w, "feedSite")],
    "feedReviewer": lambda w: [
        get(w, "feedReviewer", query="?name=The+Foyer+Project"),
        get(w, "feedReviewer", query="?name=Nobody")],
    "comment": lambda w: [get(w, "comment"), get(w, "comment", id=99999)],
    "cite": lambda w: [get(w, "cite"), get(w, "cite", id=99999)],
    "citeBib": lambda w: [get(w, "citeBib"), get(w, "citeBib", id=99999)],
    "citeJson": lambda w: [get(w, "citeJson"), get(w, "citeJson", id=99999)],
    "health": lambda w: [get(w, "health")],
    **{name: lambda w, name=name: [get(w, name)]
       for name in ["healthLive", "healthReady", "ownData"]},
    "challenge": lambda w: [get(w, "challenge", query=f"?review={w.slug}"),
                            get(w, "challenge")],
    "metrics": lambda w: [get(w, "metrics")],
    "replyForm": lambda w: [get(w, "replyForm", query=f"?parent={w.shown}"),
                            get(w, "replyForm")],
    "passageForm": lambda w: [get(w, "passageForm", query="?paragraph=1"),
                              get(w, "passageForm")],
    "post": lambda w: both(w, "post", {"author": "A", "body": "B"}) + both(
        w, "post", {"body": ""}) + both(w, "post", {"body": "x"},
                                        slug="none"),
    "again": again,
    "mine": lambda w: [get(w, "mine", id=w.held),
                       get(w, "mine", w.foyer.reader())],
    "edit": lambda w: both(w, "edit", {"body": "Changed."}, id=w.held) + both(
        w, "edit", {"body": "Changed."}, w.foyer.reader(), id=w.held),
    "delete": deleted,
    "preview": lambda w: both(w, "preview", {"body": "*So*"}) + both(
        w, "preview", {"body": ""}),
    "revisions": lambda w: [get(w, "revisions"), get(w, "revisions",
                                                     id=99999)],
    "revisionsJson": lambda w: [get(w, "revisionsJson"),
                                get(w, "revisionsJson", id=99999)],
    "voteForm": lambda w: [get(w, "voteForm"),
                           get(w, "voteForm", w.foyer.reader())],
    "vote": lambda w: both(w, "vote", {"vote": "helpful"}, w.moderator) + both(
        w, "vote", {"vote": "some"}) + both(w, "vote", {}),
    "reportForm": lambda w: [get(w, "reportForm")],
    "report": lambda w: both(w, "report", {"reason": "spam"}, w.moderator)
    + both(w, "report", {"reason": ""}, w.moderator),
    "me": lambda w: [get(w, "me", query=f"?review={w.slug}"),
                     get(w, "me", w.foyer.reader()),
                     get(w, "me", query="?review=No")],
    "ownComments": lambda w: [get(w, "ownComments", query="?after=1-1")],
    "eraseMe": leaving("eraseMe", {"sure": "yes"}),
    "session": lambda w: [get(w, "session"), get(w, "session", w.moderator)],
    "signIn": signed_in,
    "signOut": leaving("signOut", {}),
    "ssoLink": by_token,
    "sso": by_token,
    "queue": lambda w: [get(w, "queue", w.moderator), w.moderator.get(
        w.path("queue"), {"Accept": "application/json"})],
    "queueJson": lambda w: [get(w, "queueJson", w.moderator),
                            get(w, "queueJson")],
    "threadAdmin": lambda w: [get(w, "threadAdmin", w.moderator)],
    "threadSet": lambda w: both(w, "threadSet", {"policy": "first"},
                                w.moderator) + both(
        w, "threadSet", {"policy": "some"}, w.moderator),
    "rule": ruled,
    "count": lambda w: [get(w, "count", w.moderator), get(w, "count")],
    "ruleMany": ruled_at_once,
    "undo": lambda w: undone(w, "undo"),
    "undoMany": lambda w: undone(w, "undoMany"),
    "log": lambda w: [get(w, "log", w.moderator)],
    "letters": lambda w: [get(w, "letters")],
    "lettersJson": lambda w: [get(w, "lettersJson")],
    "commentAdmin": lambda w: [get(w, "commentAdmin", w.moderator)],
    "act": lambda w: both(w, "act", {"act": "letter", "value": "A heading"},
                          w.moderator) + both(
        w, "act", {"act": "fly"}, w.moderator),
    "people": lambda w: [get(w, "people", w.moderator, "?name=A")],
    "person": lambda w: [
        get(w, "person", w.moderator, person=w.person()),
        w.moderator.get(w.path("person", person=w.person()),
                        {"Accept": "application/json"})],
    "personAct": lambda w: both(w, "personAct", {"act": "note", "value": "N"},
                                w.moderator, person=w.person()),
    "personComments": lambda w: both(w, "personComments", {"act": "restore"},
                                     w.moderator, person=w.person()),
    "bans": lambda w: [get(w, "bans", w.moderator)],
    "banDomain": lambda w: both(w, "banDomain", {
        "domain": "spam.example", "value": "spam"}, w.moderator),
    "terms": lambda w: [get(w, "terms", w.moderator)],
    "termsSet": lambda w: both(w, "termsSet", {"policy": "first"}, w.moderator),
    "reasons": lambda w: both(w, "reasons", {"value": "Off topic"},
                              w.moderator),
} | insight(get, both)


ASKED |= ACCOUNTS | MAIL


def test_every_operation_is_asked():
    assert sorted(ASKED) == sorted(ALL)


@pytest.mark.parametrize("name", ALL)
def test_an_answer_is_as_described(world, name):
    answers = ASKED[name](world)
    assert any(answer.status < 400 for answer in answers), answers
    for answer in answers:
        assert not unlike(ALL[name][2], answer), answer


def test_what_is_not_described_would_be_seen(reader, slug):
    answer = reader.get(f"/foyer/threads/{slug}.json")
    answer.body = json.dumps(answer.json | {"more": 1}).encode()
    assert unlike(ALL["threadJson"][2], answer)
    answer.body = answer.body.replace(b'"count"', b'"number"')
    assert len(unlike(ALL["threadJson"][2], answer)) == 2


@pytest.mark.parametrize("headers, status", [
    ({}, 404), ({"Content-Type": "text/csv"}, 415),
    ({"Content-Type": "application/json"}, 400)])
def test_a_problem_is_a_problem_everywhere(foyer, slug, headers, status):
    path = "/foyer/none" if status == 404 else \
        f"/foyer/threads/{slug}/comments"
    answer = foyer.reader().request("POST", path, "x", headers | {
        "Accept": "application/json"})
    assert answer.status == status
    assert not unlike(ALL["post"][2], answer), answer
    assert answer.json["type"].startswith("/foyer/problems/")
