"""test_moderation.py: the queue, rulings, the log, a thread's policy."""

import pytest

SETTINGS = {"policy": "first", "filters": {"links": {}}}


@pytest.fixture
def held(foyer, slug):
    """held(body, parent=None): the id of a newcomer's comment."""
    def post(body, **more):
        posted = foyer.reader().comment(slug, body, **more)
        assert posted.json["state"] == "held", posted
        return posted.json["id"]
    return post


def item(moderator, number):
    """A held comment's part of the queue's page."""
    page = moderator.get("/foyer/admin/").valid()
    return page, page.tree.find(f".//*[@id='held-{number}']")


def rule(moderator, slug, number, act, **more):
    page, _ = item(moderator, number)
    form = page.form(f"/{slug}/comments/{number}/rule")
    return moderator.submit(form, act=act, **more)


def shown(client, slug):
    return {c["id"]: c for c in client.thread(slug)["comments"]}


def test_the_queue_tells_what_a_ruling_needs(foyer, slug, moderator, held):
    shops = " ".join(f"https://shop{n}.example/" for n in range(3))
    number = held(f"See this & *that*. {shops}", author="Ilya <x>")
    page, article = item(moderator, number)
    words = " ".join("".join(article.itertext()).split())
    assert "Ilya <x>" in words and "See this & that." in words
    assert "newcomer" in words and "links" in words
    data = moderator.json("/foyer/admin/queue.json")
    entry = next(c for c in data["comments"] if c["id"] == number)
    assert entry["why"] == "newcomer" and entry["review"]["slug"] == slug
    heard = {f["filter"]: f for f in entry["verdict"]["filters"]}
    assert heard["links"]["silent"] is False
    assert heard["links"]["reason"]


def test_an_approved_comment_appears(foyer, slug, moderator, held, reader):
    number = held("Please let me in.")
    assert number not in shown(reader, slug)
    done = rule(moderator, slug, number, "approve")
    assert done.status == 303 and done.location.startswith("/foyer/admin/?done=")
    assert number in shown(reader, slug)
    assert "Please let me in." in reader.get(f"/reviews/{slug}").words
    assert item(moderator, number)[1] is None


def test_after_an_approval_the_same_reader_is_no_newcomer(foyer, slug,
                                                          moderator):
    guest = foyer.reader()
    first = guest.comment(slug, "My first.").json
    rule(moderator, slug, first["id"], "approve")
    assert guest.comment(slug, "My second.").json["state"] == "shown"


def test_spam_is_gone_for_everyone_but_waits_for_its_author(
        foyer, slug, moderator, reader):
    spammer = foyer.reader()
    number = spammer.comment(slug, "Cheap watches.").json["id"]
    assert rule(moderator, slug, number, "spam").status == 303
    assert number not in shown(reader, slug)
    assert reader.get(f"/foyer/comments/{number}").status == 404
    mine = spammer.json(f"/foyer/me.json?review={slug}")["comments"]
    assert mine[0]["state"] == "held"


def test_what_was_taken_for_spam_is_looked_through_and_brought_back(
        foyer, slug, moderator):
    numbers = [foyer.reader().comment(slug, f"Taken for spam, {n}.")
               .json["id"] for n in range(60)]
    foyer.query("UPDATE comment SET state = 'spam' WHERE id = ANY (%s)",
                numbers)
    queue = moderator.get(f"/foyer/admin/?review={slug}").valid()
    assert f'href="/foyer/admin/?review={slug}&amp;state=spam"' in queue.text \
        or f'href="/foyer/admin/?review={slug}&state=spam"' in queue.text
    spam = moderator.get(f"/foyer/admin/?review={slug}&state=spam").valid()
    path = f"/foyer/admin/queue.json?state=spam&review={slug}"
    first = moderator.json(path)
    assert first["comments"][0]["history"]["removed"] == 0
    rest = moderator.json(f"{path}&after={first['next']}")
    assert [each["id"] for each in first["comments"] + rest["comments"]][
        :60] == numbers[::-1]
    done = moderator.submit(spam.form(f"/comments/{numbers[-1]}/rule"),
                            act="approve")
    assert done.status == 303 and "state=spam" in done.location
    assert numbers[-1] in shown(foyer.reader(), slug)
    assert moderator.json(path)["comments"][0]["id"] == numbers[-2]
    assert moderator.get("/foyer/admin/?state=odd").status == 404


def test_to_its_author_spam_differs_in_nothing_from_what_waits(
        foyer, slug, moderator):
    author = foyer.reader()
    numbers = [author.comment(slug, f"Watches, {n}.").json["id"]
               for n in range(2)]
    rule(moderator, slug, numbers[0], "spam")
    said = []
    for number in numbers:
        path = f"/foyer/threads/{slug}/comments/{number}"
        answers = [author.get(path),
                   author.get(f"/foyer/threads/{slug}/reply?parent={number}"),
                   author.comment(slug, f"Buy {number}!", parent=number),
                   author.post_json(path + "/edit", {"body": "Clocks."}),
                   author.post_json(path + "/delete", {})]
        said.append([(a.status, a.json.get("state"))
                     if "json" in a.headers["Content-Type"] else a.status
                     for a in answers])
    assert said[0] == said[1]


def test_a_removed_comment_with_replies_leaves_a_tombstone(
        foyer, slug, moderator, held, reader):
    number = held("Rude words.")
    rule(moderator, slug, number, "approve")
    reply = held("An answer.", parent=number)
    rule(moderator, slug, reply, "approve")
    page = moderator.get(f"/foyer/admin/threads/{slug}").valid()
    form = page.form(f"/comments/{number}/rule")
    done = moderator.submit(form, act="remove", reason="Insults <others>")
    assert done.status == 303, done
    assert done.location == f"/foyer/admin/threads/{slug}"
    stone = shown(reader, slug)[number]
    assert stone["state"] == "removed" and stone["html"] == ""
    assert stone["author"] is None and stone["reason"] == "Insults <others>"
    words = reader.get(f"/reviews/{slug}").valid().words
    assert "Insults <others>" in words and "Rude words." not in words
    assert "An answer." in words


def test_what_nobody_saw_leaves_no_tombstone_and_the_rest_does(
        slug, moderator, held, reader):
    unseen, seen = held("Never shown."), held("Shown for a while.")
    rule(moderator, slug, unseen, "remove", reason="Off topic")
    rule(moderator, slug, seen, "approve")
    page = moderator.get(f"/foyer/admin/threads/{slug}")
    moderator.submit(page.form(f"/comments/{seen}/rule"), act="remove",
                     reason="Off topic")
    rows = shown(reader, slug)
    assert unseen not in rows
    assert rows[seen]["state"] == "removed"
    assert rows[seen]["reason"] == "Off topic"


def test_two_moderators_do_not_overrule_each_other_unseen(
        foyer, slug, moderator, held):
    number = held("Two at once.")
    page, _ = item(moderator, number)
    form = page.form(f"/comments/{number}/rule")
    second = foyer.moderator("second")
    assert rule(second, slug, number, "remove").status == 303
    late = moderator.submit(form, act="approve")
    assert late.status == 409
    state = foyer.query("SELECT state::text FROM comment WHERE id = %s",
                        number)
    assert state == [("removed",)]


def test_nobody_swaps_the_text_under_a_moderators_eyes(
        foyer, slug, moderator, reader):
    author = foyer.reader()
    number = author.comment(slug, "A harmless text.").json["id"]
    page, _ = item(moderator, number)
    form = page.form(f"/comments/{number}/rule")
    rows = moderator.json("/foyer/admin/queue.json")["comments"]
    version, = [c["version"] for c in rows if c["id"] == number]
    author.post_json(f"/foyer/threads/{slug}/comments/{number}/edit",
                     {"body": "Quite another one."})
    assert moderator.submit(form, act="approve").status == 409
    path = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
    stale = moderator.post_json(path, {"act": "approve", "version": version})
    assert stale.status == 409
    assert number not in shown(reader, slug)
    page, _ = item(moderator, number)
    fresh = page.form(f"/comments/{number}/rule")
    assert moderator.submit(fresh, act="approve").status == 303
    page = moderator.get(f"/foyer/admin/threads/{slug}")
    form = page.form(f"/comments/{number}/rule")
    assert moderator.submit(form, act="remove").status == 303
    page = moderator.get(f"/foyer/admin/threads/{slug}")


def test_a_ruling_in_json(slug, moderator, held):
    number = held("Rule me as JSON.")
    path = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
    done = moderator.post_json(path, {"act": "approve"})
    assert done.status == 200 and done.json["state"] == "shown"
    wrong = moderator.post_json(path, {"act": "applaud"})
    assert wrong.status == 422 and wrong.json["field"] == "act"


def test_only_moderators_rule(foyer, slug, held):
    number = held("Hands off.")
    path = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
    assert foyer.reader().post_json(path, {"act": "approve"}).status == 401
    guest = foyer.reader()
    guest.comment(slug, "Just a guest.")
    assert guest.post_json(path, {"act": "approve"}).status == 403
    state = foyer.query("SELECT state::text FROM comment WHERE id = %s",
                        number)
    assert state == [("held",)]


def test_a_moderators_own_comment_is_shown_with_a_badge(slug, moderator,
                                                        reader):
    posted = moderator.comment(slug, "From the editors.")
    assert posted.json["state"] == "shown", posted
    author = shown(reader, slug)[posted.json["id"]]["author"]
    assert author["badge"] == "moderator"


def test_a_former_moderator_is_trusted_no_more(foyer, slug):
    former = foyer.moderator("former")
    foyer.query("UPDATE account SET role = 'reader' WHERE name = 'former'")
    posted = former.comment(slug, "Am I still one of you?").json
    assert posted["state"] == "held"


def test_a_threads_policy_is_set_by_its_form(foyer, moderator):
    slug = foyer.slugs[1]
    page = moderator.get(f"/foyer/admin/threads/{slug}").valid()
    form = page.form(f"/admin/threads/{slug}")
    assert form.fields["policy"] == "inherit"
    done = moderator.submit(form, policy="closed",
                            closes_at="2031-01-31T18:00:00Z")
    assert done.status == 303, done
    assert foyer.reader().comment(slug, "Late.").status == 403
    page = moderator.get(f"/foyer/admin/threads/{slug}")
    form = page.form(f"/admin/threads/{slug}")
    assert form.fields["policy"] == "closed"
    assert form.fields["closes_at"] == "2031-01-31T18:00:00Z"
    wrong = moderator.submit(form, closes_at="tomorrow")
    assert wrong.status == 422


def test_every_act_is_in_the_log_and_the_log_proves_itself(
        foyer, slug, moderator, held):
    number = held("For the record.")
    rule(moderator, slug, number, "remove", reason="Off topic")
    page = moderator.get("/foyer/admin/log").valid()
    rows = [" ".join("".join(row.itertext()).split())
            for row in page.tree.iter("tr")]
    row = next(text for text in rows if f"#{number}" in text)
    for word in ["editor", "remove", "Off topic", slug]:
        assert word in row
    assert foyer.ctl("log", "verify").returncode == 0


TAMPER = [
    "UPDATE moderation_log SET reason = 'another' WHERE id = 2",
    "UPDATE moderation_log SET actor_name = 'another' WHERE id = 2",
    "DELETE FROM moderation_log WHERE id = 2",
    "DELETE FROM moderation_log WHERE id = "
    "(SELECT max(id) FROM moderation_log)",
]


def test_a_log_without_its_head_costs_no_worker(foyer, slug, moderator, held):
    number = held("Nobody could write this down.")
    head, = foyer.query("SELECT id, hash FROM log_head")
    workers = foyer.others()
    foyer.query("DELETE FROM log_head")
    try:
        path = f"/foyer/admin/threads/{slug}"
        for where, data in [(f"{path}/comments/{number}/rule",
                             {"act": "approve"}), (path, {"policy": "all"})]:
            assert moderator.post_json(where, data).status == 503
        assert foyer.others() == workers
    finally:
        foyer.query("INSERT INTO log_head VALUES (1, %s, %s)", *head)
    assert rule(moderator, slug, number, "approve").status == 303


@pytest.mark.parametrize("statement", TAMPER)
def test_a_log_that_was_changed_is_found_out(foyer, slug, moderator, held,
                                             statement):
    for n in range(3):
        rule(moderator, slug, held(f"Chain {n}: {statement}"), "spam")
    assert foyer.ctl("log", "verify").returncode == 0
    with foyer.cluster.connect(foyer.database) as db:
        kept = db.execute("SELECT * FROM moderation_log").fetchall()
        db.execute(statement)
        found = foyer.ctl("log", "verify", check=False)
        db.execute("DELETE FROM moderation_log")
        marks = ", ".join(["%s"] * len(kept[0]))
        for row in kept:
            db.execute(f"INSERT INTO moderation_log VALUES ({marks})", row)
    assert found.returncode != 0
    assert foyer.ctl("log", "verify").returncode == 0
