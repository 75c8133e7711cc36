"""test_undo.py: every act that the log knows is taken back, or says why not."""

import datetime
import itertools
import pathlib
import re

import pytest

SETTINGS = {"policy": "first", "filters": {}}
SOURCE = pathlib.Path(__file__).parents[2] / "src/model/acts.h"
ACTS = {name: (undo, role) for name, undo, role in re.findall(
    r'X\(\w+, "([a-z-]+)", (\w+), ROLE_(\w+)\)', SOURCE.read_text())}
BACK = [act for act, (undo, _) in ACTS.items() if undo.startswith("UNDO_")]
TEXTS = itertools.count()
# What acts may change; neither what they leave behind on purpose (notes, the
# log, versions, the trace of what readers have seen) nor numbers of rows.
STATE = """
    SELECT thread_id, id, parent, root, state, visible AND state <> 'removed',
        why, reason, body, html, spoiler, note, edited_at, featured, locked,
        home, votes FROM comment
    SELECT thread_id, comment_id, number, body, shown FROM revision
    SELECT thread_id, comment_id, heading FROM letter
    SELECT id, policy, closes_at, own, pinned, featured FROM thread
    SELECT site_id, issue, policy, close_days FROM terms
    SELECT site_id, number, reason FROM removal_reason
    SELECT id, trusted, note FROM person WHERE trusted OR note <> 0
    SELECT site_id, reviewers, tally FROM site_choice WHERE reviewers OR tally
    SELECT id, role, note, ends FROM invitation
    SELECT person, domain, sender, mail, until, effect FROM ban
    SELECT name, role, suspended, reviewer FROM account
""".split("SELECT ")[1:]


@pytest.fixture(scope="module")
def owner(foyer):
    return foyer.moderator("the owner", "owner")


@pytest.fixture(scope="module", autouse=True)
def somebody(foyer):
    """Its name; in the end the log is as good as ever."""
    foyer.add_account("somebody", "reader")
    yield "somebody"
    assert foyer.ctl("log", "verify").returncode == 0


class Scene:
    """A held and a shown comment with an answer, their author, an account."""

    def __init__(self, foyer, owner):
        self.foyer, self.owner, self.slug = foyer, owner, foyer.slugs[0]
        n = next(TEXTS)
        self.held = self.post(f"Waits {n}.")
        self.shown = self.post(f"Seen {n}.")
        self.rule(self.shown, "approve")
        self.answer = self.post(f"Answers {n}.", parent=self.shown)
        self.rule(self.answer, "approve")
        self.person = str(foyer.query(
            "SELECT person FROM comment WHERE id = %s", self.held)[0][0])
        self.account = "somebody"

    def post(self, body, **more):
        return self.foyer.reader().comment(self.slug, body, **more).json["id"]

    def rule(self, number, act, **more):
        return self.owner.post_json(
            f"/foyer/admin/threads/{self.slug}/comments/{number}/rule",
            {"act": act} | more)

    def deed(self, number, kind, value="", at=None, **more):
        return self.owner.post_json(
            f"/foyer/admin/threads/{at or self.slug}/comments/{number}/act",
            {"act": kind, "value": value} | more)

    def to(self, path, **fields):
        return self.owner.post_json(f"/foyer/admin/{path}", fields)

    def on_person(self, kind, value, **more):
        return self.to(f"people/{self.person}", act=kind, value=value, **more)

    def on_account(self, ending="", **fields):
        key, = self.foyer.query("SELECT id FROM account WHERE name = %s",
                                self.account)[0]
        return self.to(f"accounts/{key}{ending}", **fields)


SOON = (datetime.datetime.now(datetime.timezone.utc)
        + datetime.timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ")
# How each act is done, and how something newer is done to the same thing.
DO = {
    "approve": (lambda s: s.rule(s.held, "approve"),
                lambda s: s.rule(s.held, "hold", seen="shown")),
    "spam": (lambda s: s.rule(s.held, "spam"),
             lambda s: s.rule(s.held, "approve", seen="spam")),
    "remove": (lambda s: s.rule(s.held, "remove", reason="Off topic"),
               lambda s: s.rule(s.held, "approve", seen="removed")),
    "hold": (lambda s: s.rule(s.answer, "hold", seen="shown"),
             lambda s: s.rule(s.answer, "spam")),
    "pin": (lambda s: s.deed(s.shown, "pin", "1"),
            lambda s: s.deed(s.shown, "pin", "")),
    "feature": (lambda s: s.deed(s.shown, "feature", "1"),
                lambda s: s.deed(s.shown, "feature", "")),
    "lock": (lambda s: s.deed(s.shown, "lock", "1"),
             lambda s: s.deed(s.shown, "lock", "")),
    "letter": (lambda s: s.deed(s.shown, "letter", "spam"),
               lambda s: s.deed(s.shown, "letter", "Another")),
    "move": (lambda s: s.deed(s.shown, "move", s.foyer.slugs[1]),
             lambda s: s.deed(s.shown, "move", s.foyer.slugs[2],
                              s.foyer.slugs[1])),
    "edit": (lambda s: s.deed(s.shown, "edit", body="Cut.", reason="A name",
                              spoiler="true"),
             lambda s: s.deed(s.shown, "edit", body="Cut.", reason="Again")),
    "trust": (lambda s: s.on_person("trust", "1"),
              lambda s: s.on_person("trust", "")),
    "note": (lambda s: s.on_person("note", "Kind.\nPatient."),
             lambda s: s.on_person("note", "Less so.")),
    "ban": (lambda s: s.on_person("ban", "refuse", address="1", until=SOON),
            lambda s: s.on_person("ban", "hold")),
    "ban-domain": (lambda s: s.to("bans", domain="spam.example",
                                  value="spam"),
                   lambda s: s.to("bans", domain="spam.example",
                                  value="refuse")),
    "terms": (lambda s: s.to("terms", issue="77", policy="all", days="30"),
              lambda s: s.to("terms", issue="77", policy="open")),
    "reasons": (lambda s: s.to("reasons", value=f"One\nTwo {next(TEXTS)}"),
                lambda s: s.to("reasons", value=f"Three {next(TEXTS)}")),
    "thread": (lambda s: s.to(f"threads/{s.slug}", policy="closed",
                              closes_at=SOON),
               lambda s: s.to(f"threads/{s.slug}", policy="all")),
    "site-choice": (lambda s: s.to("choices", tally="yes"),
                    lambda s: s.to("choices", reviewers="yes")),
    "account-set": (lambda s: s.on_account(role="moderator", suspended="yes"),
                    lambda s: s.on_account(role="reviewer")),
    "account-reviewer": (
        lambda s: s.foyer.ctl("account", "reviewer", s.account, "A: Critic"),
        lambda s: s.foyer.ctl("account", "reviewer", s.account, "Another")),
    "account-invite": (lambda s: s.to("invitations", role="reviewer"), None),
    "account-reset": (lambda s: s.on_account("/reset"), None),
    "undo": (lambda s: undo(s.owner, done(s, "pin")), None),
}
FINAL = {
    "invite-end": lambda s: s.to(
        "invitations/" + (done(s, "account-invite") and told(s)) + "/end"),
    "account-add": lambda s: s.foyer.add_account("one more", "reader"),
    "account-password": lambda s: s.foyer.ctl("account", "password",
                                              s.account),
    "account-revoke": lambda s: s.foyer.ctl("account", "revoke", s.account),
    "totp-reset": lambda s: s.foyer.ctl("account", "totp-reset", s.account),
}


def told(scene):
    return scene.foyer.query("SELECT before FROM moderation_log"
                             " ORDER BY id DESC LIMIT 1")[0][0]


def state(foyer):
    return [foyer.query(f"SELECT {what} ORDER BY 1, 2, 3") for what in STATE]


def newest(foyer):
    return foyer.query("SELECT id, act FROM moderation_log"
                       " ORDER BY id DESC LIMIT 1")[0]


def done(scene, act, nth=0):
    """Does it; its row of the log."""
    was = newest(scene.foyer)
    answer = (DO[act][nth] if act in DO else FINAL[act])(scene)
    row = newest(scene.foyer)
    assert row[0] > was[0] and row[1] == act, (act, answer, row)
    return row[0]


def undo(client, *rows):
    return client.post_json("/foyer/admin/log/undo", {
        "select": " ".join(map(str, rows))})


def result(client, row):
    return undo(client, row).json["results"][0]


def test_every_act_of_the_log_has_its_way_back_here():
    assert len(ACTS) > 30
    assert set(BACK) | {"undo"} == set(DO)
    assert set(FINAL) < set(ACTS) - set(BACK)


@pytest.mark.parametrize("act", BACK)
def test_what_was_done_is_undone_once(foyer, owner, act):
    scene = Scene(foyer, owner)
    before = state(foyer)
    row = done(scene, act)
    assert state(foyer) != before
    answer = undo(owner, row)
    assert answer.status == 200 and answer.json["done"] == 1, answer
    assert answer.json["results"][0]["words"] == "Undone."
    assert state(foyer) == before
    made = foyer.query("SELECT u.act, u.ref, u.before = l.after, u.after ="
                       " l.before, u.actor_name FROM moderation_log u"
                       " JOIN moderation_log l ON l.id = u.ref"
                       " ORDER BY u.id DESC LIMIT 1")[0]
    assert made == ("undo", row, True, True, "the owner")
    again = result(owner, row)
    assert again["result"] == "before" and again["by"]["act"] == "undo"
    assert state(foyer) == before


@pytest.mark.parametrize("act", ["remove", "feature"])
def test_a_row_that_is_named_twice_is_undone_once(foyer, owner, act):
    scene = Scene(foyer, owner)
    row = done(scene, act)
    shown = ("SELECT (SELECT sum(n.shown) FROM thread_now n),"
             " (SELECT count(*) FROM comment WHERE state = 'shown')")
    answer = undo(owner, row, f"{row}-{row}")
    assert answer.json["done"] == len(answer.json["results"]) == 1, answer
    counted, there = foyer.query(shown)[0]
    assert counted == there


@pytest.mark.parametrize("act", [a for a in BACK if DO[a][1]])
def test_what_something_newer_was_done_to_stays(foyer, owner, act):
    scene = Scene(foyer, owner)
    first = done(scene, act)
    between = state(foyer)
    second = newer(scene, act)
    kept = state(foyer)
    refused = result(owner, first)
    assert refused["result"] == "before" and "the owner" in refused["words"] \
        or act == "account-reviewer" and "foyerctl" in refused["words"]
    assert state(foyer) == kept
    assert undo(owner, second).json["done"] == 1
    assert state(foyer) == between
    assert undo(owner, first).json["done"] == 1


def newer(scene, act):
    """Does something to the same thing; its row."""
    DO[act][1](scene)
    return newest(scene.foyer)[0]


@pytest.mark.parametrize("act", [*FINAL, "undo"])
def test_what_is_final_says_so(foyer, owner, act):
    row = done(Scene(foyer, owner), act)
    assert result(owner, row)["result"] == "never"
    page = owner.get("/foyer/admin/log").valid()
    line = next(tr for tr in page.tree.iter("tr")
                if tr.get("id") == f"row-{row}")
    words = " ".join(" ".join(line.itertext()).split())
    assert "undoes" in words if act == "undo" else "Final: " in words
    assert list(line.iter("form")) == []


@pytest.mark.parametrize("act", [a for a in BACK if ACTS[a][1] == "OWNER"])
def test_what_an_owner_did_no_moderator_undoes(foyer, owner, moderator, act):
    row = done(Scene(foyer, owner), act)
    before = state(foyer)
    refused = result(moderator, row)
    assert refused["result"] == "right"
    assert refused["words"] == "Only an owner can undo it."
    assert state(foyer) == before
    page = moderator.get("/foyer/admin/log").valid()
    assert not [f for f in page.forms if f.action.endswith(f"/{row}/undo")]
    assert undo(owner, row).json["done"] == 1


def test_the_last_owner_is_not_undone(foyer, owner):
    row = done(scene := Scene(foyer, owner), "account-set")
    foyer.query("UPDATE account SET role = 'owner', suspended = false"
                " WHERE name = %s", scene.account)
    assert result(owner, row)["result"] == "changed"
    foyer.query("UPDATE account SET role = 'reader' WHERE name = %s",
                scene.account)


def test_by_a_form_of_the_log_too(foyer, owner):
    scene = Scene(foyer, owner)
    before = state(foyer)
    row = done(scene, "move")
    page = owner.get("/foyer/admin/log").valid()
    answer = owner.submit(page.form(f"/log/{row}/undo"))
    assert answer.status == 303 and answer.location == "/foyer/admin/log"
    assert state(foyer) == before


def test_many_of_all_kinds_are_undone_at_once(foyer, owner):
    scene = Scene(foyer, owner)
    before = state(foyer)
    rows = [done(scene, act) for act in ["pin", "feature", "trust", "spam",
                                         "letter", "note", "terms"]]
    assert undo(owner, *rows).json["done"] == len(rows)
    assert state(foyer) == before
