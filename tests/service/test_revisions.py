"""test_revisions.py: what a comment was before is there for all to see."""

SETTINGS = {"filters": {"links": {"max_links": "0"}}, "policy": "open"}


def path(slug, number, act):
    return f"/foyer/threads/{slug}/comments/{number}/{act}"


def said(foyer, slug, *bodies):
    """An author whose comment had all these bodies, and its id."""
    author = foyer.reader()
    number = author.comment(slug, bodies[0]).json["id"]
    for body in bodies[1:]:
        done = author.post_json(path(slug, number, "edit"), {"body": body})
        assert done.status == 200, done
    return author, number


def versions(client, slug, number):
    answer = client.json(path(slug, number, "revisions.json"))
    assert answer["id"] == number
    return [[(c["op"], c["text"]) for c in v["changes"]]
            for v in answer["versions"]]


def test_everybody_sees_what_was_changed(foyer, slug, reader):
    _, number = said(foyer, slug, "A good old <film>.", "A bad old <film>.")
    page = reader.get(f"/reviews/{slug}").valid()
    link = next(a for a in page.tree.iter("a")
                if a.get("href") == path(slug, number, "revisions"))
    assert "edited" in "".join(link.itertext())
    page = reader.get(link.get("href")).valid()
    marked = [(e.tag, "".join(e.itertext()).strip())
              for e in page.tree.find(".//main").iter()
              if e.tag in ("ins", "del")]
    assert marked == [("del", "good"), ("ins", "bad")]
    assert "A good old <film>." in page.words
    assert versions(reader, slug, number) == [
        [("same", "A good old <film>.")],
        [("same", "A "), ("gone", "good "), ("new", "bad "),
         ("same", "old <film>.")]]


def test_a_comment_never_changed_has_one_version(foyer, slug, reader):
    _, number = said(foyer, slug, "As it always was.")
    assert len(versions(reader, slug, number)) == 1
    page = reader.get(path(slug, number, "revisions")).valid()
    assert "never changed" in page.words


def test_what_hides_is_not_shown_at_first_sight(foyer, slug, reader):
    _, number = said(foyer, slug, "||He dies|| at last.", "||He lives||.")
    page = reader.get(path(slug, number, "revisions")).valid()
    hidden = page.tree.find(".//main//details")
    assert "He dies" in "".join(hidden.itertext())
    assert hidden.get("open") is None


def test_a_text_that_waits_or_never_was_let_in_is_not_told(
        foyer, slug, reader, moderator):
    """First shown; then one that the filters hold; then another, let in."""
    author, number = said(foyer, slug, "Innocent words.")
    spam = " ".join(f"https://shop{n}.example/" for n in range(8))
    done = author.post_json(path(slug, number, "edit"), {"body": spam})
    assert done.json["state"] != "shown", done
    for act in ["revisions", "revisions.json"]:
        assert reader.get(path(slug, number, act)).status == 404
        assert author.get(path(slug, number, act)).status == 404
    author.post_json(path(slug, number, "edit"), {"body": "Better words."})
    state, = foyer.query("SELECT state::text FROM comment WHERE id = %s",
                         number)
    rule = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
    assert moderator.post_json(rule, {"act": "approve", "seen": state[0]}
                               ).status == 200
    told = versions(reader, slug, number)
    assert len(told) == 2 and "shop" not in str(told)
    assert "shop" not in reader.get(path(slug, number, "revisions")).text


def test_a_removed_or_erased_comment_has_no_past(foyer, slug, reader,
                                                 moderator):
    _, number = said(foyer, slug, "Vile words.", "Viler words.")
    rule = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
    assert moderator.post_json(rule, {"act": "remove", "seen": "shown"}
                               ).status == 200
    assert reader.get(path(slug, number, "revisions")).status == 404
    author, number = said(foyer, slug, "Regret one.", "Regret two.")
    assert author.post_json(path(slug, number, "delete"), {}).status == 200
    assert reader.get(path(slug, number, "revisions.json")).status == 404
    assert foyer.query("SELECT count(*) FROM revision WHERE comment_id = %s",
                       number) == [(0,)]


def test_a_comment_changes_fifty_times_and_no_more(foyer, slug, reader):
    author, number = said(foyer, slug, "Version 0.")
    answers = [author.post_json(path(slug, number, "edit"),
                                {"body": f"Version {n}."}).status
               for n in range(1, 52)]
    assert answers == [200] * 50 + [403]
    assert len(versions(reader, slug, number)) == 51
    assert "Version 49. 50." in reader.get(
        path(slug, number, "revisions")).valid().words
