"""test_learning.py: what moderators rule teaches the filter of every node."""

import contextlib
import itertools
import json
import signal

import pytest

from foyer import Foyer
from process import wait_until

LEARNER = {"bayes": {"seed": "7"}}
SPAM = ["Cheap watches at http://shop.example/watch", "Best casino bonus now",
        "Buy followers http://shop.example/like", "Casino bonus, buy now",
        "Win cash at http://casino.example", "Cheap pills, buy now"]
HAM = ["The last scene on the bridge is her finest", "A slow, patient film",
       "I saw it twice and the sound stayed with me", "Wonderful actors",
       "The review is right about the long takes", "What a debut this is"]
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def nodes(cluster):
    plain = {"policy": "all", "filters": LEARNER, "workers": 1}
    with contextlib.ExitStack() as stack:
        one = stack.enter_context(Foyer(cluster, **plain))
        two = stack.enter_context(Foyer(cluster, like=one, **plain))
        one.editor = one.moderator()
        yield one, two


def said(foyer, body="A film of our time, said the casino"):
    """What the filter says of a new comment: features by name, and all."""
    posted = foyer.reader().comment(
        foyer.slugs[0], f"{body} {next(numbers)}").json
    score, reason, features = foyer.query(
        "SELECT score, reason, features FROM evidence WHERE comment_id = %s",
        posted["id"])[0]
    return dict(part.split("=") for part in features.split()), score, reason


def knows(foyer):
    """How many of ham and of spam the filter has learned."""
    features = said(foyer)[0]
    return (int(features.get("known_ham", 0)),
            int(features.get("known_spam", 0)))


def rule(foyer, number, act, seen="held"):
    done = foyer.editor.post_json(
        f"/foyer/admin/threads/{foyer.slugs[0]}/comments/{number}/rule",
        {"act": act, "seen": seen})
    assert done.status == 200, done


def post(foyer, body):
    return foyer.reader().comment(foyer.slugs[0], body).json["id"]


def both_know(nodes, want):
    for foyer in nodes:
        wait_until(lambda: knows(foyer) == want, f"{want}")


def test_a_filter_that_has_learned_nothing_says_nothing(nodes):
    features, score, reason = said(nodes[0])
    assert features == {} and score == 0 and reason == ""


def test_rulings_teach_the_filter_of_every_node(nodes):
    one, _ = nodes
    one.spam = [post(one, body) for body in SPAM]
    one.ham = [post(one, body) for body in HAM]
    for number in one.spam:
        rule(one, number, "spam")
    for number in one.ham:
        rule(one, number, "approve")
    both_know(nodes, (6, 6))
    for foyer in nodes:
        _, bad, why = said(foyer, "Casino bonus: buy cheap followers now")
        _, good, _ = said(foyer, "A patient film, a wonderful last scene")
        assert good < 30 <= bad < 90       # it holds, and refuses nothing yet
        assert "casino" in why or "bonus" in why or "buy" in why


def test_a_ruling_taken_back_is_unlearned(nodes):
    one, _ = nodes
    rule(one, one.ham[0], "spam", seen="shown")
    both_know(nodes, (5, 7))


def test_what_was_learned_is_there_after_a_kill_and_a_restart(nodes):
    one, _ = nodes
    memory = one.folder / "state/bayes.memory"
    wait_until(memory.exists, "the memory")
    one.daemon.stop(signal.SIGKILL)
    one.start()
    wait_until(lambda: knows(one) == (5, 7), "what it knew")
    one.stop()                              # which saves all of it
    one.start()
    assert knows(one) == (5, 7)


def test_a_torn_memory_is_learned_again_from_the_log(nodes):
    one, _ = nodes
    one.stop()
    memory = one.folder / "state/bayes.memory"
    memory.write_bytes(memory.read_bytes()[:-100])
    one.start()
    wait_until(lambda: knows(one) == (5, 7), "the log")
    assert "is damaged" in one.daemon.output()


def test_what_is_undone_is_unlearned_wherever_it_was_moved(nodes):
    one, _ = nodes
    number = post(one, "Casino pills, half the price")

    def last():
        return one.query("SELECT max(id) FROM moderation_log")[0][0]

    def undo(row):
        done = one.editor.post_json(f"/foyer/admin/log/{row}/undo", {})
        assert done.json["done"] == 1, done

    rule(one, number, "spam")
    ruled = last()
    both_know(nodes, (5, 8))
    undo(ruled)
    both_know(nodes, (5, 7))
    rule(one, number, "spam")
    ruled = last()
    both_know(nodes, (5, 8))
    moved = one.editor.post_json(
        f"/foyer/admin/threads/{one.slugs[0]}/comments/{number}/act",
        {"act": "move", "value": one.slugs[1]})
    assert moved.status == 200
    assert one.ctl("filter", "retrain").stdout.startswith("bayes: learned")
    both_know(nodes, (5, 8))
    undo(ruled)
    both_know(nodes, (5, 7))
    assert one.ctl("log", "verify").returncode == 0


def test_a_node_that_was_away_catches_up(nodes):
    one, two = nodes
    two.stop()
    rule(one, post(one, "Cheap casino pills"), "spam")
    two.start()
    both_know(nodes, (5, 8))


def test_a_retrained_memory_is_taken_up_by_the_running_daemon(nodes):
    one, _ = nodes
    wait_until(lambda: knows(one) == (5, 8), "the log")
    told = one.ctl("filter", "retrain").stdout
    assert told.startswith("bayes: learned anew, up to ruling ")
    wait_until(lambda: "learns again from what" in one.daemon.output(),
               "the new memory")
    assert knows(one) == (5, 8)
    rule(one, post(one, "Best casino pills"), "spam")
    wait_until(lambda: knows(one) == (5, 9), "the next ruling")
    assert "there is no filter x" in one.ctl(
        "filter", "retrain", "x", check=False).stderr


def test_foyerctl_asks_the_filters_about_a_file(nodes):
    one, _ = nodes
    said = one.ctl("filter", "try", "-", text="Casino bonus: buy pills").stdout
    assert "bayes" in said and "casino" in said and said.endswith("held\n")
    entry, = json.loads(one.ctl("filter", "try", "-", "--json",
                                text="A slow film").stdout)
    assert entry["filter"] == "bayes" and entry["score"] < 30
    assert entry["silent"] is False
    assert "can't be read" in one.ctl("filter", "try", "/nowhere",
                                      check=False).stderr
    assert "write a comment" in one.ctl("filter", "try", "-", text=" ",
                                        check=False).stderr


def test_foyerctl_lists_the_filters(nodes):
    entry, = json.loads(nodes[0].ctl("filter", "list", "--json").stdout)
    assert entry["name"] == "bayes" and entry["learns"] is True
    assert entry["trouble"] == "" and entry["weight"] == 100
