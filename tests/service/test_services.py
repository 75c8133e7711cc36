"""test_services.py: rspamd, spamassassin, akismet and dnsbl ask real servers."""

import contextlib
import pathlib
import tempfile
import uuid

import pytest

from foyer import Foyer
from process import wait_until
from services import LISTED, ZONE, Akismet, Dnsmasq, Rspamd, Spamd


@pytest.fixture(scope="module")
def servers():
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(
            tempfile.TemporaryDirectory(prefix="services-")))
        folder.chmod(0o755)
        made = {kind.__name__.lower(): stack.enter_context(
            kind(folder / kind.__name__.lower()))
            for kind in [Rspamd, Spamd, Dnsmasq]}
        yield made | {"akismet": stack.enter_context(Akismet())}


@pytest.fixture(scope="module")
def foyer(cluster, servers):
    port = {name: str(server.port) for name, server in servers.items()}
    asked = {
        "rspamd": {
            "url": f"http://127.0.0.1:{port['rspamd']}/checkv2",
            "learn_url": f"http://127.0.0.1:{servers['rspamd'].control}",
            "password": "q1"},
        "spamassassin": {"port": port["spamd"], "tell": "1"},
        "akismet": {"api_key": "key1", "blog": "https://journal.example",
                    "url": f"http://127.0.0.1:{port['akismet']}/1.1",
                    "allow": "127.0.0.1"},
        "dnsbl": {"zones": ZONE, "server": "127.0.0.1",
                  "port": port["dnsmasq"]}}
    with Foyer(cluster, policy="open", deferred_wait=20,
               deferred_deadline=20000, filters={
                   name: {"deferred": True} | settings
                   for name, settings in asked.items()}) as made:
        made.servers, made.client = servers, made.reader()
        yield made


def post(foyer, body):
    posted = foyer.client.comment(foyer.slugs[0], body,
                                  key=str(uuid.uuid4())).json
    assert posted["state"] == "held"
    return posted["id"]


def said(foyer, number):
    """What each said, once all have been asked."""
    def settled():
        rows = foyer.query("SELECT filter, score, reason, silent FROM "
                           "evidence WHERE comment_id = %s", number)
        return not any(row[2] == "is asked later" for row in rows) and rows
    rows = wait_until(settled, "the answers", 40)
    assert not any(silent for *_, silent in rows), rows
    return {name: (score, reason) for name, score, reason, _ in rows}


def test_a_comment_that_all_let_pass_is_shown(foyer):
    number = post(foyer, "A slow film about https://good.example/ and us.")
    answers = said(foyer, number)
    assert answers["rspamd"] == (0, "no action")
    assert answers["spamassassin"] == (0, "")
    assert answers["akismet"] == (-10, "Akismet: not spam")
    assert answers["dnsbl"] == (0, "")
    assert foyer.query("SELECT state::text FROM comment WHERE id = %s",
                       number) == [("shown",)]


def test_each_knows_a_casino(foyer):
    number = post(foyer, f"Our casino: https://www.{LISTED}/play today")
    answers = said(foyer, number)
    assert answers["rspamd"] == (60, "add header: CASINO")
    assert answers["spamassassin"] == (84, "CASINO")
    assert answers["akismet"] == (80, "Akismet: spam")
    assert answers["dnsbl"] == (90, f"{LISTED} is on the list {ZONE}")
    assert foyer.query("SELECT state::text FROM comment WHERE id = %s",
                       number) == [("spam",)]


def test_what_is_surely_spam(foyer):
    answers = said(foyer, post(foyer, "casino!!!"))
    assert answers["akismet"] == (100, "Akismet: surely spam")
    what, form = foyer.servers["akismet"].heard[-1]
    assert what == "comment-check" and form["comment_author"] == "A Reader"
    assert form["permalink"] == \
        f"https://journal.example/reviews/{foyer.slugs[0]}"
    assert "@" not in str(form)


def rule(editor, slug, number, act):
    done = editor.post_json(f"/foyer/admin/threads/{slug}/comments/{number}"
                            "/rule", {"act": act, "seen": "held"})
    assert done.status == 200, done


def told(foyer, words):
    """What Akismet was told of the comment with these words."""
    return [what for what, form in foyer.servers["akismet"].heard
            if words in form["comment_content"] and what != "comment-check"]


def learned(foyer):
    return [foyer.servers[name].learned() for name in ["rspamd", "spamd"]]


def test_all_are_told_what_a_moderator_rules_and_what_is_taken_back(foyer):
    words = "The casino of that film is the best scene."
    number, editor, slug = post(foyer, words), foyer.moderator(), foyer.slugs[0]
    said(foyer, number)
    foyer.query("UPDATE comment SET state = 'held' WHERE id = %s", number)
    assert learned(foyer) == [[0, 0], [0, 0]]
    rule(editor, slug, number, "spam")
    wait_until(lambda: learned(foyer) == [[1, 0], [1, 0]], "spam", 30)
    wait_until(lambda: told(foyer, words) == ["submit-spam"], "spam", 20)
    form = next(form for what, form in foyer.servers["akismet"].heard
                if what == "submit-spam")
    check = next(form for what, form in foyer.servers["akismet"].heard
                 if what == "comment-check"
                 and form["comment_content"] == words)
    assert form == check
    act = foyer.query("SELECT max(id) FROM moderation_log")[0][0]
    undone = editor.post_json(f"/foyer/admin/log/{act}/undo", {})
    assert undone.status == 200, undone
    wait_until(lambda: told(foyer, words) == ["submit-spam", "submit-ham"],
               "that it was none", 20)
    wait_until(lambda: learned(foyer)[1] == [0, 0], "spamd to forget", 30)
    assert learned(foyer)[0] == [1, 0]      # rspamd can't forget
    rule(editor, slug, number, "approve")
    wait_until(lambda: told(foyer, words)[2:] == ["submit-ham"], "ham", 20)
    wait_until(lambda: learned(foyer)[1] == [0, 1], "spamd to learn", 30)
    wait_until(lambda: learned(foyer)[0][1] == 1, "rspamd to learn", 30)


def silent(foyer, number, name):
    return foyer.query(
        "SELECT silent AND reason <> 'is asked later' FROM evidence WHERE "
        "comment_id = %s AND filter = %s", number, name) == [(True,)]


def test_no_redirect_is_followed_and_no_other_address_asked(foyer):
    akismet = foyer.servers["akismet"]
    foyer.settings["deferred_wait"] = 1
    foyer.filters["rspamd"]["allow"] = "10.0.0.0/8"
    foyer.write_conf()
    foyer.stop()
    foyer.start()
    wait_until(foyer.well, "the filters")
    akismet.leads = f"http://127.0.0.1:{akismet.port}/elsewhere"
    number = post(foyer, "A film.")
    wait_until(lambda: silent(foyer, number, "akismet") and
               silent(foyer, number, "rspamd"), "both to fail", 40)
    assert not any("elsewhere" in what for what, _ in akismet.heard)
    assert foyer.query("SELECT state::text, why FROM comment WHERE id = %s",
                       number) == [("held", "silent filter")]
