"""test_votes.py: readers say which comments are helpful, one vote each."""

import concurrent.futures
import threading
import uuid

import pytest

from process import wait_until

SETTINGS = {"filters": {}, "policy": "open"}
UNMARKED = {"Sec-Fetch-Site": None}


@pytest.fixture
def guest(foyer, slug):
    """guest(): a reader with a session."""
    def make():
        client = foyer.reader()
        posted = client.comment(foyer.slugs[1], "Here I am.",
                                key=str(uuid.uuid4()))
        assert posted.status == 201, posted
        return client
    return make


def say(foyer, slug, body="Vote for me."):
    return foyer.reader().comment(slug, body,
                                  key=str(uuid.uuid4())).json["id"]


def path(slug, number, act="vote"):
    return f"/foyer/threads/{slug}/comments/{number}/{act}"


def votes(client, slug, number):
    return {c["id"]: c["votes"] for c in client.thread(slug)["comments"]}.get(
        number)


def shown(client, slug, right):
    """Waits until the page shows these counts; says what it shows if not."""
    seen = []

    def asked():
        seen[:] = [{n: votes(client, slug, n) for n in right}]
        return seen[0] == right
    try:
        wait_until(asked, "the page's counts")
    except AssertionError as why:
        raise AssertionError(f"{why}: {seen[0]}, not {right}") from None


def test_a_vote_counts_once_and_can_be_taken_back(foyer, slug, guest):
    number, reader = say(foyer, slug), guest()
    for _ in range(2):
        done = reader.post_json(path(slug, number), {"vote": "helpful"})
        assert done.status == 200
        assert done.json == {"votes": 1, "voted": True,
                             "label": "1 vote"}
    assert reader.json(f"/foyer/me.json?review={slug}")["votes"] == [number]
    shown(reader, slug, {number: 1})
    for _ in range(2):
        done = reader.post_json(path(slug, number), {"vote": "none"})
        assert done.json == {"votes": 0, "voted": False,
                             "label": "0 votes"}
    assert reader.json(f"/foyer/me.json?review={slug}")["votes"] == []
    shown(reader, slug, {number: 0})


def test_without_scripts_a_button_votes_and_another_takes_it_back(
        foyer, slug, guest):
    number, reader = say(foyer, slug, "Press a button."), guest()
    page = reader.get(f"/reviews/{slug}").valid()
    button = next(b for b in page.tree.iter("button")
                  if b.get("formaction") == path(slug, number))
    form = page.tree.find(f".//form[@id='{button.get('form')}']")
    assert form.get("method") == "post"
    done = reader.post(button.get("formaction"), {})
    assert done.status == 303
    page = reader.follow(done).valid()
    assert "You find this comment helpful" in page.words
    assert "1 reader finds it helpful" in page.words
    done = reader.submit(page.form("/vote"), vote="none")
    page = reader.follow(done).valid()
    assert "helpful." not in page.words
    assert page.form("/vote").acts == [("vote", "helpful", "Helpful")]


def test_a_stranger_is_told_why_not(foyer, slug):
    number = say(foyer, slug, "Who are you?")
    for answer in [foyer.reader().post(path(slug, number), {}),
                   foyer.reader().get(path(slug, number))]:
        assert answer.status == 401
        assert "left a comment here" in answer.valid().words
    refused = foyer.reader().post_json(path(slug, number), {})
    assert refused.json["type"].endswith("/stranger")
    assert foyer.query("SELECT count(*) FROM vote WHERE comment_id = %s",
                       number) == [(0,)]


def test_nobody_votes_for_themselves(foyer, slug):
    author = foyer.reader()
    number = author.comment(slug, "I am great.").json["id"]
    refused = author.post_json(path(slug, number), {"vote": "helpful"})
    assert refused.status == 403 and refused.json["type"].endswith("/own")
    page = author.post(path(slug, number), {}).valid()
    assert page.status == 403 and "your own comment" in page.words
    assert foyer.query("SELECT votes FROM comment WHERE id = %s",
                       number) == [(0,)]


def test_only_what_is_shown_can_be_voted_for(foyer, slug, guest, moderator):
    number, reader = say(foyer, slug, "Soon gone."), guest()
    rule = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
    assert moderator.post_json(rule, {"act": "remove", "seen": "shown"}
                               ).status == 200
    for where in [path(slug, number), path(slug, 99999999),
                  path(foyer.slugs[1], number), path("no-such", 1)]:
        assert reader.post_json(where, {"vote": "helpful"}).status == 404
        assert reader.get(where).status == 404
    wrong = reader.post_json(path(slug, say(foyer, slug)), {"vote": "most"})
    assert wrong.status == 422 and wrong.json["field"] == "vote"


def test_the_banned_do_not_vote(foyer, slug, guest):
    number, reader = say(foyer, slug, "Banned from me."), guest()
    mine = reader.json(f"/foyer/me.json?review={foyer.slugs[1]}")
    foyer.query("INSERT INTO ban (site_id, person) SELECT 1, person "
                "FROM comment WHERE id = %s", mine["comments"][0]["id"])
    assert reader.post_json(path(slug, number), {}).status == 403


def test_an_erased_comment_keeps_no_votes(foyer, slug, guest):
    author = foyer.reader()
    number = author.comment(slug, "Vote, then I go.").json["id"]
    assert guest().post_json(path(slug, number), {}).status == 200
    assert author.post_json(path(slug, number, "delete"), {}).status == 200
    assert foyer.query("SELECT count(*) FROM vote WHERE comment_id = %s",
                       number) == [(0,)]


def test_another_site_cannot_make_a_reader_vote(foyer, slug, guest):
    number, reader = say(foyer, slug, "Cross-site."), guest()
    for headers in [{"Sec-Fetch-Site": "cross-site"},
                    UNMARKED | {"Origin": "https://evil.example"}]:
        refused = reader.post(path(slug, number), {}, headers)
        assert refused.status == 403
    again = reader.post(path(slug, number), {}, UNMARKED)
    assert again.status == 403          # a form with a token comes instead
    done = reader.submit(again.valid().form("/vote"), UNMARKED,
                         vote="helpful")
    assert done.status == 303


def test_eight_voters_at_once_are_counted_right(foyer, slug, guest):
    """Each votes and takes it back for the same comments, over and over."""
    numbers = [say(foyer, slug, f"Storm {n}.") for n in range(3)]
    people = [guest() for _ in range(8)]
    start = threading.Barrier(8)

    def storm(who):
        start.wait()
        for turn in range(15):
            vote = "none" if turn % 3 == 1 else "helpful"
            for number in numbers:
                done = people[who].post_json(path(slug, number),
                                             {"vote": vote})
                assert done.status == 200, done
        if who % 2:
            people[who].post_json(path(slug, numbers[0]), {"vote": "none"})

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(storm, range(8)))
    right = {numbers[0]: 4, numbers[1]: 8, numbers[2]: 8}
    counted = dict(foyer.query(
        "SELECT c.id, c.votes FROM comment c WHERE c.id = ANY (%s)", numbers))
    assert counted == right
    kept = dict(foyer.query("SELECT comment_id, count(*) FROM vote "
                            "WHERE comment_id = ANY (%s) GROUP BY 1", numbers))
    assert kept == right
    shown(foyer.reader(), slug, right)


def test_a_storm_of_votes_leaves_snapshots_standing(foyer, slug, guest):
    """However many votes: the pages of a thread are told at most once in two
    seconds, and in the end of all of them."""
    number, reader = say(foyer, slug, "In the eye."), guest()
    thread, = foyer.query("SELECT thread_id FROM comment WHERE id = %s",
                          number)
    count = ("SELECT count(*), extract(epoch FROM clock_timestamp())::float "
             "FROM change WHERE thread_id = %s")
    before, began = foyer.query(count, thread[0])[0]
    for turn in range(60):
        reader.post_json(path(slug, number),
                         {"vote": "none" if turn % 2 else "helpful"})
    reader.post_json(path(slug, number), {"vote": "helpful"})
    after, ended = foyer.query(count, thread[0])[0]
    assert after - before <= 2 + (ended - began) / 2
    shown(reader, slug, {number: 1})


@pytest.mark.parametrize("act", ["vote", "report"])
def test_a_stranger_who_may_not_is_led_back_to_the_review(foyer, slug, act):
    number = foyer.moderator(act).comment(slug, f"To {act}.").json["id"]
    page = foyer.reader().get(
        f"/foyer/threads/{slug}/comments/{number}/{act}").valid()
    assert page.status == 401
    assert f'href="/reviews/{slug}#comments"' in page.text
