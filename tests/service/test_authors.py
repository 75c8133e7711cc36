"""test_authors.py: comments in the queue, and who wrote them."""

import uuid

import pytest

from test_rulings import SETTINGS, held, rule, states, undo, verified

__all__ = ["SETTINGS", "held"]


def people(foyer, numbers):
    """Of each: whether they are trusted, their ban."""
    return foyer.query(
        "SELECT coalesce(p.trusted, false), coalesce(ban_told(b), '')"
        " FROM comment c LEFT JOIN person p ON p.id = c.person"
        " LEFT JOIN ban b ON b.person = c.person"
        " WHERE c.id = ANY (%s) ORDER BY c.id", numbers)


@pytest.mark.parametrize("act, state, person", [
    ("approve-trust", "shown", (True, "")), ("spam-ban", "spam",
                                             (False, "spam"))])
def test_authors_are_trusted_or_banned_with_their_comments(
        foyer, slug, moderator, held, act, state, person):
    numbers = held(3)
    again = foyer.reader()          # one person, two comments
    numbers += [again.comment(slug, f"{act} {n}.", key=str(uuid.uuid4())
                              ).json["id"] for n in range(2)]
    done = rule(moderator, numbers, act).json
    assert done["done"] == 5 and states(foyer, numbers) == [state] * 5
    assert people(foyer, numbers) == [person] * 5
    also = [r["also"] for r in done["results"] if r["also"]]
    rows = [r["log"] for r in done["results"]]
    assert len(also) == 4 and also[0] == rows[-1] + 1
    assert again.comment(slug, "More.", key=str(uuid.uuid4())).json["state"] \
        == ("shown" if state == "shown" else "held")
    taken = undo(moderator, [f"{rows[0]}-{also[-1]}"]).json
    assert taken["done"] == 9, taken
    assert states(foyer, numbers) == ["held"] * 5
    assert people(foyer, numbers) == [(False, "")] * 5
    assert verified(foyer)


def test_by_a_form_one_undo_takes_both_back(foyer, slug, moderator, held):
    number, = held(1)
    page = moderator.get(f"/foyer/admin/?review={slug}").valid()
    form = page.form(f"/comments/{number}/rule")
    assert ("act", "spam-ban", "Spam and ban") in form.acts
    page = moderator.follow(moderator.submit(form, act="spam-ban")).valid()
    assert "1 comment is ruled on." in page.words
    assert "1 person was trusted or banned, too." in page.words
    assert people(foyer, [number]) == [(False, "spam")]
    page = moderator.follow(moderator.submit(page.form("/log/undo")))
    assert "2 acts are undone." in page.words
    assert states(foyer, [number]) == ["held"]
    assert people(foyer, [number]) == [(False, "")]


def test_a_ban_that_stands_is_left_as_it_is(foyer, slug, moderator, held):
    number, = held(1)
    person, = foyer.query("SELECT person FROM comment WHERE id = %s",
                          number)[0]
    moderator.post_json(f"/foyer/admin/people/{person}",
                        {"act": "ban", "value": "refuse"})
    done = rule(moderator, [number], "spam-ban").json["results"][0]
    assert done["result"] == "done" and done["also"] is None
    assert people(foyer, [number]) == [(False, "refuse")]


def test_who_sends_and_who_writes_from_there_too_are_told(foyer, slug,
                                                          moderator):
    # Tests come from one address: older people leave it.
    foyer.query("UPDATE comment SET sender = decode('00', 'hex') || sender")
    names = ["Ann One", "Bea Two", "Cy Three"]
    authors = [foyer.reader() for _ in names]
    numbers = [one.comment(slug, f"{name} writes.", author=name).json["id"]
               for one, name in zip(authors, names)]
    authors[0].comment(slug, "Once more.", author=names[0])
    rows = foyer.query("SELECT person::text, encode(sender, 'hex')"
                       " FROM comment WHERE id = ANY (%s) ORDER BY id",
                       numbers)
    page = moderator.get(f"/foyer/admin/?review={slug}").valid()
    while f"held-{numbers[0]}" not in page.text:
        page = moderator.get(next(a.get("href") for a in page.tree.iter("a")
                                  if a.get("rel") == "next")).valid()
    held = next(a for a in page.tree.iter("article")
                if a.get("id") == f"held-{numbers[0]}")
    links = {a.get("href"): "".join(a.itertext()) for a in held.iter("a")}
    for (person, _), name in zip(rows, names):
        assert links[f"/foyer/admin/people/{person}"] == name
    assert "2 others write from it:" in " ".join(
        " ".join(held.itertext()).split())
    assert rows[0][1] not in page.text and "127.0.0.1" not in page.words
    assert moderator.get(f"/foyer/admin/people/{rows[1][0]}").status == 200
    data = moderator.json(f"/foyer/admin/queue.json?review={slug}"
                          f"&after={numbers[0] - 1}")["comments"][0]
    assert data["author"]["person"] == rows[0][0]
    assert data["near"] == [{"person": rows[n][0], "name": names[n]}
                            for n in (1, 2)]
