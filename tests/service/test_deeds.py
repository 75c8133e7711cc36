"""test_deeds.py: what moderators do to a comment beyond ruling on it."""

import concurrent.futures

import pytest

SETTINGS = {"policy": "open", "filters": {}}


@pytest.fixture
def post(foyer, slug):
    """post(body, slug, parent): the number of a shown comment."""
    def do(body, at=slug, **more):
        made = foyer.reader().comment(at, body, **more)
        assert made.json["state"] == "shown", made
        return made.json["id"]
    return do


@pytest.fixture
def act(foyer, slug, moderator):
    def do(number, kind, value="", at=slug, who=moderator, **more):
        return who.post_json(
            f"/foyer/admin/threads/{at}/comments/{number}/act",
            {"act": kind, "value": value} | more)
    return do


def rows(client, slug, view=""):
    return client.json(f"/foyer/threads/{slug}{view}.json")["comments"]


def row(client, slug, number):
    return next((c for c in rows(client, slug) if c["id"] == number), None)


def last(foyer, number):
    """The log's last row about a comment."""
    return foyer.query("SELECT act, before, after, reason FROM moderation_log"
                       " WHERE comment_id = %s ORDER BY id DESC LIMIT 1",
                       number)[0]


@pytest.fixture(autouse=True)
def proved(foyer):
    yield
    assert foyer.ctl("log", "verify").returncode == 0


def test_a_pinned_comment_is_first_in_every_order(foyer, post, act, reader):
    slug = foyer.slugs[1]
    numbers = [post(f"Root {n}.", slug) for n in range(4)]
    reply = post("Below it.", slug, parent=numbers[2])
    assert act(numbers[2], "pin", "1", slug).json == {"ok": True}
    for view in ["", "/newest", "/best"]:
        got = [c["id"] for c in rows(reader, slug, view)]
        assert got[:2] == [numbers[2], reply], view
        assert sorted(got) == sorted(numbers + [reply])
    assert row(reader, slug, numbers[2])["pinned"] is True
    assert "pinned" in reader.get(f"/reviews/{slug}").valid().words
    assert last(foyer, numbers[2])[:3] == ("pin", "", "pinned")
    assert act(reply, "pin", "1", slug).status == 409
    act(numbers[2], "pin", "", slug)
    assert [c["id"] for c in rows(reader, slug)][0] == numbers[0]


def test_what_is_pinned_comes_once_and_no_page_ends_early(foyer, post, act,
                                                          reader):
    slug = foyer.slugs[2]
    numbers = [post(f"Root {n}.", slug) for n in range(54)]
    act(numbers[10], "pin", "1", slug)
    for sort in ["oldest", "newest", "best"]:
        got, path = [], f"/foyer/threads/{slug}/{sort}.json"
        while True:
            page = reader.json(path)
            got += [c["id"] for c in page["comments"]]
            if page["next"] is None:
                break
            stem = "" if sort == "oldest" else sort + "-"
            path = f"/foyer/threads/{slug}/{stem}after-{page['next']}.json"
        assert got[0] == numbers[10] and sorted(got) == numbers


def test_a_featured_comment_is_marked(foyer, slug, post, act, reader):
    number = post("Worth it.")
    assert act(number, "feature", "1").status == 200
    assert row(reader, slug, number)["featured"] is True
    act(number, "feature")
    assert "featured" not in row(reader, slug, number)
    assert last(foyer, number)[:3] == ("feature", "featured", "")


def test_a_locked_branch_takes_no_replies(foyer, slug, post, act, reader):
    top = post("Above.")
    below = post("Below.", parent=top)
    act(top, "lock", "1")
    for parent in [top, below]:
        refused = foyer.reader().comment(slug, "Late.", parent=parent)
        assert refused.status == 403
        assert refused.json["type"].endswith("/locked")
        assert row(reader, slug, parent)["locked"] is True
    act(top, "lock", "")
    assert foyer.reader().comment(slug, "On.", parent=below).status == 201


def test_unlocking_leaves_what_was_locked_within(foyer, slug, post, act):
    top = post("Outer.")
    below = post("Inner.", parent=top)
    act(below, "lock", "1")
    act(top, "lock", "1")
    act(top, "lock", "")
    assert foyer.reader().comment(slug, "x", parent=top).status == 201
    assert foyer.reader().comment(slug, "x", parent=below).status == 403


def test_a_moderators_edit_is_told(foyer, slug, post, act, reader, moderator):
    number = post("Names somebody.")
    done = act(number, "edit", body="Names **nobody**.", reason="A name")
    assert done.status == 200, done
    shown = row(reader, slug, number)
    assert "<strong>nobody</strong>" in shown["html"]
    assert shown["note"] == "A name" and shown["edited"]
    assert "Edited by a moderator: A name" in " ".join(
        reader.get(f"/reviews/{slug}").valid().words.split())
    versions = reader.json(f"/foyer/threads/{slug}/comments/{number}"
                           "/revisions.json")["versions"]
    assert len(versions) == 2
    assert act(number, "edit", body="x").json["field"] == "reason"
    page = moderator.get(f"/foyer/admin/threads/{slug}/comments/{number}")
    form = next(f for f in page.valid().forms
                if f.fields.get("act") == "edit")
    assert form.fields["body"] == "Names **nobody**."
    assert moderator.submit(form, body="By form.", reason="r").status == 303
    assert "By form." in row(reader, slug, number)["html"]


def test_a_branch_moves_and_its_links_go_on(foyer, slug, post, act, reader):
    other = foyer.slugs[1]
    root = post("Stays.")
    top = post("Off topic here.", parent=root)
    reply = post("An answer.", parent=top)
    foyer.reader().post(f"/foyer/threads/{slug}/comments/{reply}/vote",
                        {"vote": "helpful"})
    counts = [reader.thread(s)["count"] for s in (slug, other)]
    assert act(top, "move", f"/reviews/{other}#comments").status == 200
    assert [reader.thread(s)["count"] for s in (slug, other)] == \
        [counts[0] - 2, counts[1] + 2]
    moved = {c["id"]: c for c in rows(reader, other)}
    assert moved[top]["depth"] == 0 and moved[top]["moved"] is True
    assert moved[reply]["parent"] == top
    for number in [top, reply]:
        assert row(reader, slug, number) is None
        assert reader.get(f"/foyer/comments/{number}").location == \
            f"/reviews/{other}#comment-{number}"
    assert last(foyer, top)[:3] == ("move", f"{slug}/{root}", other)
    back = act(top, "move", f"{slug}/{root}", other)
    assert back.status == 200, back
    assert row(reader, slug, top)["parent"] == root
    assert "moved" not in row(reader, slug, top)
    assert act(top, "move", "no-such-film").status == 409
    assert act(top, "move", "No such").json["field"] == "value"


def test_nothing_moves_under_what_is_younger(foyer, slug, post, act):
    older, other = post("Older."), foyer.slugs[1]
    younger = post("Younger.", other)
    assert act(older, "move", f"{other}/{younger}").status == 409
    assert act(younger, "move", f"{slug}/{older}", other).status == 200


def test_a_move_to_an_address_with_a_slash_behind_it_can_be_undone(
        foyer, slug, post, act, moderator):
    number = post("It will move and come back.")
    assert act(number, "move", f"{foyer.slugs[1]}/").status == 200
    made, = foyer.query("SELECT max(id) FROM moderation_log")[0]
    done = moderator.post_json("/foyer/admin/log/undo", {"select": str(made)})
    assert done.json["done"] == 1, done


def test_old_addresses_lead_to_where_a_comment_is(foyer, slug, post, act,
                                                  moderator, reader):
    other = foyer.slugs[1]
    author = foyer.reader()
    number = author.comment(slug, "It will move.").json["id"]
    act(number, "move", other)
    old, new = [f"/foyer/threads/{at}/comments/{number}"
                for at in (slug, other)]
    assert author.get(old).location == new
    assert author.follow(author.get(old)).status == 200
    assert reader.get(old + "/revisions?from=x").location == \
        new + "/revisions?from=x"
    foyer.reader()
    guest = foyer.reader()
    guest.comment(slug, "I vote.")
    voted = guest.post(old + "/vote", {"vote": "helpful"})
    assert voted.status == 307 and voted.location == new + "/vote"
    assert guest.post(voted.location, {"vote": "helpful"}).status == 303
    page = f"/foyer/admin/threads/{slug}/comments/{number}"
    assert moderator.get(page).location == page.replace(slug, other)
    assert reader.get(f"/foyer/threads/{slug}/comments/999999").status == 404
    act(number, "move", slug, other)
    assert author.get(old).status == 200
    assert author.get(new).location == old


def test_rulings_follow_a_comment_that_moves(foyer, slug, post, act,
                                             moderator):
    other = foyer.slugs[1]
    number = post("Ruled on here, and there.")

    def rule(at, kind, seen):
        return moderator.post_json(
            f"/foyer/admin/threads/{at}/comments/{number}/rule",
            {"act": kind, "seen": seen})
    rule(slug, "spam", "shown")
    ruled = moderator.json_lines(f"/foyer/admin/log.jsonl?review={slug}")[0]
    act(number, "move", other)
    rule(other, "approve", "spam")
    for at in [slug, other]:        # where it was done, and where it is
        found = moderator.json_lines(f"/foyer/admin/log.jsonl?review={at}")
        assert ruled["id"] in [row["id"] for row in found]
        assert {row["review"] for row in found
                if row["comment"] == number} == {other}
    rows = foyer.query("SELECT id, act FROM moderation_log WHERE comment_id ="
                       " %s ORDER BY id", number)
    assert [act for _, act in rows] == ["spam", "move", "approve"]
    for row, state in [(rows[2][0], "spam"), (rows[0][0], "shown")]:
        done = moderator.post_json(f"/foyer/admin/log/{row}/undo", {}).json
        assert done["done"] == 1, done
        assert foyer.query("SELECT state::text, thread_id FROM comment"
                           " WHERE id = %s", number)[0] == (
            state, foyer.query("SELECT id FROM review WHERE slug = %s",
                               other)[0][0])
    done = moderator.post_json(f"/foyer/admin/log/{rows[1][0]}/undo", {})
    assert done.json["done"] == 1
    assert moderator.thread(slug)["count"] == len(
        [c for c in rows_of(moderator, slug)])


def rows_of(client, slug):
    return [c for c in rows(client, slug) if c.get("state", "shown") == "shown"]


def test_featured_comments_are_told_at_the_head(foyer, slug, post, act,
                                                reader):
    slug = foyer.slugs[2]
    first = post("The score is a **character** of its own. ||He dies.||", slug)
    second = post("All of it is told here.", slug, spoiler=True)
    for number in [first, second]:
        assert act(number, "feature", "1", slug).status == 200
    told = reader.thread(slug)["featured"]
    assert [f["id"] for f in told] == [second, first]
    assert told[0]["excerpt"] == "" and told[0]["author"] == "A Reader"
    assert told[1]["excerpt"].startswith("The score is a character of its own")
    assert "dies" not in told[1]["excerpt"]
    for path in [f"/reviews/{slug}", f"/foyer/threads/{slug}.html"]:
        page = reader.get(path)
        head = next(s for s in page.tree.iter("section")
                    if s.get("class") == "featured")
        words = " ".join(" ".join(head.itertext()).split())
        assert words.startswith("Featured A comment that spoils the film")
        assert "The score is a character" in words and "dies" not in words
        assert [a.get("href") for a in head.iter("a")] == [
            f"/foyer/comments/{second}", f"/foyer/comments/{first}"]
    reader.get(f"/reviews/{slug}").valid()
    moderator = foyer.moderator("of features")
    moderator.post_json(f"/foyer/admin/threads/{slug}/comments/{second}/rule",
                        {"act": "remove", "seen": "shown"})
    assert [f["id"] for f in reader.thread(slug)["featured"]] == [first]
    act(first, "move", foyer.slugs[1], slug)
    assert "featured" not in reader.thread(slug)
    assert [f["id"] for f in reader.thread(foyer.slugs[1])["featured"]
            ] == [first]
    act(first, "feature", "", foyer.slugs[1])
    assert "featured" not in reader.thread(foyer.slugs[1])


def test_a_passage_is_not_cited_where_it_is_not(foyer, slug, post, act,
                                                reader):
    text = foyer.query("SELECT paragraphs[1] FROM review WHERE slug = %s",
                       slug)[0][0]
    number = post("On this.", anchor={"type": "TextQuoteSelector",
                                      "exact": text[:30]})
    assert row(reader, slug, number)["anchor"]
    act(number, "move", foyer.slugs[1])
    assert row(reader, foyer.slugs[1], number)["anchor"] is None
    act(number, "move", slug, foyer.slugs[1])
    assert row(reader, slug, number)["anchor"]


def test_a_letter_keeps_where_it_comes_from(foyer, slug, post, act, reader):
    number = post("Dear *editor*,")
    act(number, "letter", "On the <score>")
    page = reader.get("/foyer/letters").valid()
    assert "On the <score>" in page.words and "A Reader" in page.words
    assert f'/foyer/comments/{number}"' in page.text
    assert reader.json("/foyer/letters.json")["letters"][0]["id"] == number
    review = reader.get(f"/reviews/{slug}").valid()
    assert "On the <score>" in review.words
    act(number, "letter", "")
    assert reader.json("/foyer/letters.json")["letters"] == []
    assert "On the <score>" not in reader.get(f"/reviews/{slug}").words
    assert act(number, "letter", "x" * 201).json["field"] == "value"


def test_every_act_is_a_form_too(foyer, slug, post, moderator, reader):
    number = post("By forms alone.")
    path = f"/foyer/admin/threads/{slug}/comments/{number}"

    def form(kind):
        return next(f for f in moderator.get(path).valid().forms
                    if f.fields.get("act") == kind)
    for kind in ["pin", "feature", "lock"]:
        done = moderator.submit(form(kind))
        assert done.status == 303 and done.location == path
    shown = row(reader, slug, number)
    assert shown["pinned"] and shown["featured"] and shown["locked"]
    for kind in ["pin", "feature", "lock"]:
        moderator.submit(form(kind))
    shown = row(reader, slug, number)
    assert not {"pinned", "featured", "locked"} & set(shown)
    moderator.submit(form("letter"), value="A heading")
    assert form("letter").fields["value"] == "A heading"
    moderator.submit(form("letter"), value="")
    moderator.submit(form("move"), value=foyer.slugs[1])
    assert row(reader, foyer.slugs[1], number)


def test_two_moderators_at_once_do_it_once(foyer, slug, post, act):
    number = post("Both of them.")
    second = foyer.moderator("second")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda n: act(
            number, "feature", "1", **({"who": second} if n % 2 else {})),
            range(8)))
    assert {d.status for d in done} == {200}
    assert foyer.query("SELECT count(*) FROM moderation_log WHERE act ="
                       " 'feature' AND comment_id = %s", number) == [(1,)]


def test_the_journals_reasons_are_offered_and_shown(foyer, slug, post,
                                                    moderator, reader):
    page = moderator.get("/foyer/admin/terms").valid()
    form = page.form("/foyer/admin/reasons")
    assert moderator.submit(
        form, value="Off topic\n\nInsults\n").status == 303
    number = post("Rude.")
    post("An answer.", parent=number)
    page = moderator.get(f"/foyer/admin/threads/{slug}/comments/{number}")
    listed = next(f for f in page.valid().forms
                  if f.fields.get("reason") == "Off topic")
    assert moderator.submit(listed, act="remove",
                            reason="Insults").status == 303
    assert row(reader, slug, number)["reason"] == "Insults"
    assert foyer.query("SELECT after FROM moderation_log WHERE act ="
                       " 'reasons'") == [("Off topic\nInsults",)]
    many = moderator.post_json("/foyer/admin/reasons",
                               {"value": "x\n" * 51})
    assert many.status == 422


def test_only_moderators_act(foyer, slug, post):
    number = post("Hands off.")
    path = f"/foyer/admin/threads/{slug}/comments/{number}"
    assert foyer.reader().post_json(path + "/act", {"act": "pin"}
                                    ).status == 401
    assert foyer.reader().get(path).status in (302, 303, 401)
