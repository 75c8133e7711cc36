"""test_pow_once.py: a proof of work is good once, on whichever of two nodes,
through restarts, at once or later; and no comment is lost for it."""

import contextlib
import threading
import uuid

import pytest

from altcha import answer
from foyer import Foyer
from process import wait_until

USED = "the proof of work was used before"
POW = {"challenge": True, "key": "of the tests alone, 32 letters at least",
       "least": "1000", "calm": "1000"}


@pytest.fixture(scope="module")
def nodes(cluster):
    plain = {"policy": "open", "filters": {"links": {}, "pow": POW}}
    with contextlib.ExitStack() as stack:
        one = stack.enter_context(Foyer(cluster, **plain))
        yield one, stack.enter_context(Foyer(cluster, like=one, **plain))


@pytest.fixture
def slug(nodes):
    return nodes[0].slugs[0]


def proof(foyer, slug):
    return answer(foyer.reader().json(f"/foyer/challenge?review={slug}"))


def post(foyer, slug, altcha, reader=None, **more):
    """The state of a comment that brings this, and its id."""
    made = (reader or foyer.reader()).comment(
        slug, f"On the fog. {uuid.uuid4()}", altcha=altcha, **more)
    assert made.status == 201, made
    return made.json["state"], made.json["id"]


def said(foyer, number):
    """Whether pow gave no verdict, and why."""
    return foyer.query("SELECT silent, reason FROM evidence WHERE "
                       "comment_id = %s AND filter = 'pow'", number)[0]


def is_held(foyer, slug, altcha, why=USED):
    state, number = post(foyer, slug, altcha)
    assert (state, said(foyer, number)) == ("held", (True, why))


def test_it_is_good_once_on_either_node(nodes, slug):
    for here, there in [nodes, nodes[::-1]]:
        brought = proof(here, slug)
        assert post(there, slug, brought)[0] == "shown"
        for node in nodes * 2:
            is_held(node, slug, brought)


def test_of_many_at_once_one_is_shown_and_none_is_lost(nodes, slug):
    brought, states = proof(nodes[0], slug), []

    def come(node):
        states.append(post(node, slug, brought)[0])

    threads = [threading.Thread(target=come, args=[node])
               for node in nodes * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(states) == ["held"] * 7 + ["shown"]


def test_a_restart_forgets_none_and_takes_what_was_given_out(nodes, slug):
    here, there = nodes
    used, unused = proof(here, slug), proof(here, slug)
    assert post(here, slug, used)[0] == "shown"
    for node in nodes:
        node.stop()
        node.start()
        wait_until(node.well, "the filters")
    is_held(here, slug, used)
    is_held(there, slug, used)
    assert post(here, slug, unused)[0] == "shown"


def test_the_same_comment_again_gets_its_first_answer(nodes, slug):
    brought, reader = proof(nodes[0], slug), nodes[0].reader()
    same = {"author": "Vera", "body": "Sent twice.", "altcha": brought,
            "key": str(uuid.uuid4())}
    path = f"/foyer/threads/{slug}/comments"
    first = reader.post_json(path, same).json
    assert first["state"] == "shown"
    for node in nodes:
        reader.port = node.port
        assert reader.post_json(path, same).json["id"] == first["id"]
    assert said(nodes[0], first["id"]) == (False, "")
    is_held(nodes[1], slug, brought)


def test_one_that_waits_for_another_reason_has_used_it(nodes):
    here, there = nodes
    slug = here.slugs[1]
    here.query("UPDATE thread SET policy = 'all' WHERE id = "
               "(SELECT id FROM review WHERE slug = %s)", slug)
    brought = proof(here, slug)
    state, number = post(here, slug, brought)
    assert (state, said(here, number)) == ("held", (False, ""))
    is_held(there, slug, brought)


def test_one_judged_by_what_has_just_changed_uses_it_once(nodes):
    here, slug = nodes[0], nodes[0].slugs[2]
    for policy, shall in [("open", "shown"), ("first", "held"),
                          ("open", "shown")]:
        here.query("UPDATE thread SET policy = %s::thread_policy WHERE id = "
                   "(SELECT id FROM review WHERE slug = %s)", policy, slug)
        for _ in range(3):      # some by a worker that remembers the other
            state, number = post(here, slug, proof(here, slug))
            assert (state, said(here, number)) == (shall, (False, ""))


def test_it_is_good_under_its_own_review_alone(nodes, slug):
    here, other = nodes[0], nodes[0].slugs[2]
    brought = proof(here, slug)
    is_held(here, other, brought, "the proof of work is for another review")
    assert post(here, slug, brought)[0] == "shown"


def test_an_edit_needs_one_of_its_own(nodes, slug):
    here, there = nodes
    first, second = proof(here, slug), proof(here, slug)
    reader = here.reader()
    number = post(here, slug, first, reader)[1]
    path = f"/foyer/threads/{slug}/comments/{number}/edit"
    for node, brought, state in [(here, second, "shown"),
                                 (there, first, "held")]:
        reader.port = node.port
        done = reader.post_json(path, {"body": f"On mist. {uuid.uuid4()}",
                                       "altcha": brought})
        assert (done.status, done.json["state"]) == (200, state)
    assert said(here, number) == (True, USED)
    is_held(here, slug, second)


def test_a_challenge_is_for_a_review(nodes):
    for query in ["", "?review=", "?review=No+Slug", "?other=a-film"]:
        said = nodes[0].reader(Accept="application/json").get(
            f"/foyer/challenge{query}")
        assert (said.status, said.json["field"]) == (422, "review")


def test_what_has_expired_is_forgotten(nodes, slug):
    here = nodes[0]
    brought = proof(here, slug)
    assert post(here, slug, brought)[0] == "shown"
    ends = here.query("SELECT max(ends) - now() FROM mark_used")[0][0]
    assert 1100 < ends.total_seconds() <= 1200
    old, = here.query("SELECT count(*) FROM mark_used")[0]
    here.query("INSERT INTO mark_used SELECT 1, 'old-' || n, "
               "gen_random_uuid(), now() - interval '1 hour' "
               "FROM generate_series(1, 1500) n")
    wait_until(lambda: here.query("SELECT count(*) FROM mark_used")[0][0]
               == old, "the background process", 60)
    is_held(here, slug, brought)
