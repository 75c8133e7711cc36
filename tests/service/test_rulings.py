"""test_rulings.py: many rulings at once, and what takes them back."""

import re
import threading
import uuid

import pytest

SETTINGS = {"policy": "first", "filters": {"links": {}}}


@pytest.fixture
def held(foyer, slug):
    """held(n): numbers of as many newcomers' comments."""
    def post(n, where=None, body="I wait"):
        made = []
        for i in range(n):
            done = foyer.reader().comment(where or slug, f"{body} {i}.",
                                          key=str(uuid.uuid4()))
            assert done.json["state"] == "held", done
            made.append(done.json["id"])
        return made
    return post


def items(moderator):
    """Of the whole queue: the number -> what its box selects."""
    found, path = {}, "/foyer/admin/"
    while path:
        page = moderator.get(path).valid()
        for box in page.tree.iter("input"):
            if box.get("name") == "select" and "." in box.get("value"):
                found[int(box.get("value").split(".")[1])] = box.get("value")
        path = next((a.get("href") for a in page.tree.iter("a")
                     if a.get("rel") == "next"), None)
    return found


def rule(moderator, numbers, act, known=None, **more):
    known = known or items(moderator)
    return moderator.post_json("/foyer/admin/rule", {
        "act": act, "select": " ".join(known[n] for n in numbers)} | more)


def undo(moderator, rows, **more):
    return moderator.post_json("/foyer/admin/log/undo", {
        "select": " ".join(map(str, rows))} | more)


def states(foyer, numbers):
    rows = foyer.query("SELECT id, state::text FROM comment"
                       " WHERE id = ANY (%s)", numbers)
    found = dict(rows)
    return [found[n] for n in numbers]


def verified(foyer):
    return foyer.ctl("log", "verify").returncode == 0


def shown(client, slug):
    return {c["id"]: c for c in client.thread(slug)["comments"]}


def test_many_are_ruled_on_at_once(foyer, slug, moderator, held, reader):
    other = foyer.slugs[1]
    numbers = held(3) + held(2, other)
    done = rule(moderator, numbers, "approve").json
    assert done["done"] == 5
    rows = [r["log"] for r in done["results"]]
    assert rows == list(range(rows[0], rows[0] + 5))
    assert {r["words"] for r in done["results"]} == {"Approved."}
    assert set(numbers[:3]) <= set(shown(reader, slug))
    assert set(numbers[3:]) <= set(shown(reader, other))
    assert verified(foyer)


def test_by_a_form_what_was_done_is_told_and_can_be_undone(
        foyer, slug, moderator, held):
    numbers = held(3)
    page = moderator.get(f"/foyer/admin/?review={slug}&all=1").valid()
    boxes = [box.get("value") for box in page.tree.iter("input")
             if box.get("name") == "select" and box.get("checked") is not None]
    assert [int(box.split(".")[1]) for box in boxes][-3:] == numbers
    form = page.form("/admin/rule")
    assert form.fields["review"] == slug
    done = moderator.submit(form, act="spam", select=" ".join(boxes[-3:]))
    assert done.status == 303
    where = re.fullmatch(r"/foyer/admin/\?review=([a-z0-9-]+)&done=(\d+)-(\d+)",
                         done.location)
    assert where[1] == slug and int(where[3]) - int(where[2]) == 2
    assert states(foyer, numbers) == ["spam"] * 3
    page = moderator.follow(done).valid()
    assert "3 comments are ruled on." in page.words
    done = moderator.submit(page.form("/log/undo"))
    assert done.location == f"/foyer/admin/?review={slug}&undone=3"
    assert "3 acts are undone." in moderator.follow(done).valid().words
    assert states(foyer, numbers) == ["held"] * 3
    assert set(numbers) <= set(items(moderator))
    assert verified(foyer)


def test_the_second_of_two_moderators_is_told_what_the_first_did(
        foyer, slug, moderator, held):
    first, second, third = held(3)
    known = items(moderator)
    other = foyer.moderator("other")
    rule(other, [first], "remove", reason="Off topic")
    foyer.query("UPDATE comment SET edited_at = now() WHERE id = %s", third)
    done = rule(moderator, [first, second, third], "approve", known).json
    assert done["done"] == 1
    told = {r["id"]: r for r in done["results"]}
    assert told[first]["result"] == "before"
    assert told[first]["by"]["name"] == "other"
    assert told[first]["by"]["act"] == "remove"
    assert told[first]["words"] == "other has removed it."
    assert told[second]["result"] == "done"
    assert told[third]["result"] == "changed"
    assert states(foyer, [first, second, third]) == ["removed", "shown",
                                                     "held"]
    gone = known[first].replace(f".{first}.", ".999999999.")
    done = moderator.post_json("/foyer/admin/rule", {"act": "spam",
                                                     "select": gone}).json
    assert [r["result"] for r in done["results"]] == ["gone"]
    page = moderator.post("/foyer/admin/rule", {
        "act": "approve", "select": known[first]}).valid()
    assert page.status == 409 and "other has removed it." in page.words
    assert verified(foyer)


def test_two_moderators_at_once_rule_on_nothing_twice(foyer, slug, held):
    numbers = held(20)
    people = [foyer.moderator(f"at-once-{n}") for n in range(3)]
    known = items(people[0])
    answers = [None] * 3

    def work(n, act):
        order = numbers if n % 2 else numbers[::-1]
        answers[n] = rule(people[n], order, act, known)

    threads = [threading.Thread(target=work, args=(n, act)) for n, act
               in enumerate(["approve", "spam", "remove"])]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [a.status for a in answers] == [200] * 3
    assert sum(a.json["done"] for a in answers) == 20
    rows = foyer.query("SELECT comment_id FROM moderation_log"
                       " WHERE comment_id = ANY (%s)", numbers)
    assert sorted(row[0] for row in rows) == numbers
    assert verified(foyer)


@pytest.mark.parametrize("select, problem", [
    ("", "select-empty"), (" ", "select-empty"), ("1.2", "select-bad"),
    ("a-film.1.held.0.1", "select-bad"), ("a-film.x.held.0", "select-bad"),
    ("A.1.held.0", "select-bad"), ("a-film.1.asleep.0", "select-bad"),
    (" ".join(f"a-film.{n}.held.0" for n in range(201)), "select-bad")])
def test_a_selection_is_checked(moderator, select, problem):
    done = moderator.post_json("/foyer/admin/rule",
                               {"act": "spam", "select": select})
    assert done.status == 422 and done.json["field"] == "select"
    assert done.json["type"].endswith(problem)


def test_two_hundred_at_once_and_no_comment_twice(moderator, slug, held):
    number, = held(1)
    one = items(moderator)[number]
    rest = " ".join(f"{slug}.{10 ** 9 + n}.held.0" for n in range(199))
    done = moderator.post_json("/foyer/admin/rule", {
        "act": "spam", "select": f"{one} {one} {rest}"})
    assert done.json["done"] == 1 and len(done.json["results"]) == 200


# ---- undo ----

ACTS = [("approve", "spam"), ("remove", "approve"), ("spam", "remove"),
        ("approve", "remove")]


def rule_now(foyer, moderator, slug, number, act, **more):
    state, = states(foyer, [number])
    done = moderator.post_json("/foyer/admin/rule", {
        "act": act, "select": f"{slug}.{number}.{state}.0"} | more).json
    assert done["done"] == 1, done
    return done["results"][0]["log"]


@pytest.mark.parametrize("first, second", ACTS)
def test_acts_are_undone_one_after_the_other(foyer, slug, moderator, held,
                                             reader, first, second):
    number, = held(1, body=f"First {first}, then {second}")

    def seen():
        row = foyer.query("SELECT state::text, reason FROM comment"
                          " WHERE id = %s", number)[0]
        return row, shown(reader, slug).get(number)

    steps = [seen()]
    rows = [rule_now(foyer, moderator, slug, number, first, reason="One")]
    steps.append(seen())
    rows.append(rule_now(foyer, moderator, slug, number, second,
                         reason="Two"))
    early = undo(moderator, rows[:1]).json["results"][0]
    assert early["result"] == "before" and early["by"]["act"] == second
    for row, before in zip(rows[::-1], steps[::-1]):
        done = undo(moderator, [row]).json
        assert done["done"] == 1, done
        state, place = seen()
        assert state == before[0]
        # What readers have seen for a while leaves a trace, if it was removed.
        assert place == before[1] or place["state"] == "removed"
    again = undo(moderator, rows[:1]).json["results"][0]
    assert again["result"] == "before" and again["by"]["act"] == "undo"
    assert verified(foyer)


def test_the_log_tells_which_act_an_undo_takes_back(foyer, slug, moderator,
                                                    held):
    number, = held(1)
    row = rule_now(foyer, moderator, slug, number, "spam")
    page = moderator.get("/foyer/admin/log").valid()
    done = moderator.submit(page.form(f"/log/{row}/undo"))
    assert done.status == 303 and done.location == "/foyer/admin/log"
    made = foyer.query("SELECT id, act, ref, before, after FROM moderation_log"
                       " ORDER BY id DESC LIMIT 1")[0]
    assert made[1:] == ("undo", row, "spam", "held")
    page = moderator.get("/foyer/admin/log").valid()
    assert f"undoes {row}" in page.words
    assert f"undone by {made[0]}" in page.words
    never = undo(moderator, [made[0]]).json["results"][0]
    assert never["result"] == "never"
    foyer.query("UPDATE moderation_log SET ref = ref + 1 WHERE id = %s",
                made[0])
    assert foyer.ctl("log", "verify", check=False).returncode != 0
    foyer.query("UPDATE moderation_log SET ref = ref - 1 WHERE id = %s",
                made[0])
    assert verified(foyer)


def test_what_its_author_changed_since_is_not_undone(foyer, slug, moderator):
    author = foyer.reader()
    number = author.comment(slug, "Before.").json["id"]
    row = rule_now(foyer, moderator, slug, number, "approve")
    path = f"/foyer/threads/{slug}/comments/{number}"
    author.post_json(path + "/edit", {"body": "After."})
    told = undo(moderator, [row]).json["results"][0]
    assert told["result"] == "changed"
    author.post_json(path + "/delete", {})
    assert undo(moderator, [row]).json["results"][0]["result"] == "gone"
    assert undo(moderator, [10 ** 9]).status == 404
    assert undo(moderator, ["a"]).status == 422


def test_undoing_opens_the_reports_again_that_a_ruling_closed(
        foyer, slug, moderator, held):
    number, = held(1)
    rule_now(foyer, moderator, slug, number, "approve")
    guest = foyer.reader()
    guest.comment(slug, "Somebody.")
    guest.post_json(f"/foyer/threads/{slug}/comments/{number}/report",
                    {"reason": "spam"})
    before = items(moderator)
    assert ".shown." in before[number]
    row = rule_now(foyer, moderator, slug, number, "remove")
    assert number not in items(moderator)
    assert undo(moderator, [row]).json["done"] == 1
    assert items(moderator)[number] == before[number]
    reports = foyer.query("SELECT reports FROM comment WHERE id = %s", number)
    assert reports == [(1,)]


# ---- the queue, narrowed ----

def listed(moderator, query):
    return [c["id"] for c in moderator.json(
        f"/foyer/admin/queue.json?{query}")["comments"]]


def test_the_queue_is_narrowed(foyer, slug, moderator, held):
    plain, = held(1)
    other, = held(1, foyer.slugs[1])
    linked, = held(1, body="https://a.example/ https://b.example/ "
                           "https://c.example/ and more")
    assert {plain, other, linked} <= set(listed(moderator, ""))
    only = listed(moderator, f"review={slug}")
    assert {plain, linked} <= set(only) and other not in only
    only = listed(moderator, "filter=links")
    assert linked in only and plain not in only
    assert listed(moderator, "filter=unknown") == []
    assert plain in listed(moderator, "why=newcomer")
    assert listed(moderator, "why=silent+filter") == []
    assert listed(moderator, "language=xx") == []
    assert plain in listed(moderator, "language=en")
    assert listed(moderator, f"after={plain}&review={slug}")[-1] == linked
    page = moderator.get("/foyer/admin/?why=policy").valid()
    assert "Nothing of that kind waits here." in page.words
    assert moderator.get("/foyer/admin/?after=x").status == 404


def test_how_many_wait_is_told_in_a_few_bytes(moderator, held):
    before = moderator.json("/foyer/admin/count.json")["waiting"]
    held(2)
    now = moderator.json("/foyer/admin/count.json")
    assert now["waiting"] == before + 2 and now["more"] is False
    assert f"{before + 2} comments wait" in now["words"]


def test_the_queue_tells_since_when_somebody_is_here(foyer, slug, moderator):
    author = foyer.reader()
    first = author.comment(slug, "My first.").json["id"]
    foyer.query("UPDATE comment SET posted_at = '2020-05-06T07:00:00Z'"
                " WHERE id = %s", first)
    author.comment(slug, "My second.")
    assert "here since 6 May 2020" in moderator.get("/foyer/admin/").words
