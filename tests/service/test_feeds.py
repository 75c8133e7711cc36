"""test_feeds.py: feeds of a thread, of a reviewer's reviews, of the site."""

import urllib.parse

import pytest

from atom import ATOM, THR, checked, text
from process import wait_until

SETTINGS = {"filters": {}}
SITE = "/foyer/feeds/site.atom"


def reviewer(name):
    return f"/foyer/feeds/reviewer.atom?name={urllib.parse.quote(name)}"


def feed(reader, path):
    got = reader.get(path)
    assert got.status == 200, got
    assert got.headers["Content-Type"].startswith("application/atom+xml")
    made = checked(got.body)
    own = [link.get("href") for link in made.findall(ATOM + "link")
           if link.get("rel") == "self"]
    assert own == [reader.origin + path]
    assert text(made, "id") == reader.origin + path
    return made.findall(ATOM + "entry")


def words(entry):
    return text(entry, "content")


@pytest.fixture(scope="module")
def talk(foyer):
    """Comments under each review, an answer, and spoilers; their ids."""
    reader = foyer.reader()
    foyer.query("UPDATE review SET reviewer = 'Анна K. & Co' WHERE slug = %s",
                foyer.slugs[1])
    said = [reader.comment(slug, f"On {slug}.").json["id"]
            for slug in foyer.slugs]
    said.append(reader.comment(foyer.slugs[1], "An <i>answer</i> & more.",
                               parent=said[1]).json["id"])
    said.append(reader.comment(
        foyer.slugs[0], "He dies: ||of *old* age|| in bed.").json["id"])
    said.append(reader.comment(foyer.slugs[0], "It was the butler.",
                               spoiler=True).json["id"])
    return said


def numbers(entries):
    return [int(text(entry, "id").rpartition("/")[2]) for entry in entries]


def test_the_sites_feed_has_the_newest_of_all(foyer, reader, talk):
    entries = feed(reader, SITE)
    assert numbers(entries) == talk[::-1]
    assert {text(entry, "title") for entry in entries} == {
        f"A Reader on {title}" for title, in foyer.query(
            "SELECT title FROM review")}
    answer = entries[numbers(entries).index(talk[3])]
    assert answer.find(THR + "in-reply-to").get("ref") == \
        f"{reader.origin}/foyer/comments/{talk[1]}"
    place = answer.find(ATOM + "link").get("href")
    assert f"#comment-{talk[3]}" in reader.get(place).location


def test_a_reviewers_feed_has_what_is_said_of_their_reviews(
        foyer, reader, talk):
    assert numbers(feed(reader, reviewer("Анна K. & Co"))) == [talk[3],
                                                               talk[1]]
    other, = foyer.query("SELECT reviewer FROM review WHERE slug = %s",
                         foyer.slugs[0])[0]
    assert talk[1] not in numbers(feed(reader, reviewer(other)))
    for name, status in [("Nobody", 404), ("", 404), ("%FF", 400)]:
        assert reader.get("/foyer/feeds/reviewer.atom?name=" + name
                          ).status == status


def test_no_feed_tells_how_the_film_ends(foyer, reader, talk):
    slug = foyer.slugs[0]
    for path in [SITE, f"/foyer/threads/{slug}.atom"]:
        entries = feed(reader, path)
        told = {number: words(entry)
                for number, entry in zip(numbers(entries), entries)}
        assert "He dies: …" in told[talk[4]] and "in bed." in told[talk[4]]
        assert "old" not in told[talk[4]]
        assert "butler" not in told[talk[5]]
        assert "spoils the film" in told[talk[5]]


def test_a_feed_of_a_thread_is_as_the_standard_wants_it(foyer, reader, talk):
    entries = feed(reader, f"/foyer/threads/{foyer.slugs[1]}.atom")
    assert numbers(entries) == [talk[3], talk[1]]
    assert "&lt;i&gt;answer" in words(entries[0])


def test_the_sites_feed_is_a_file_that_every_change_renews(
        foyer, reader, talk):
    def unchanged():
        tag = reader.get(SITE).headers["ETag"]      # a file has one
        return tag and reader.get(SITE, {"If-None-Match": tag}).status == 304

    wait_until(unchanged, "the file")
    posted = reader.comment(foyer.slugs[2], "News.").json["id"]
    assert numbers(feed(reader, SITE))[0] == posted
    reader.post_json(
        f"/foyer/threads/{foyer.slugs[2]}/comments/{posted}/delete", {})
    assert posted not in numbers(feed(reader, SITE))


def test_pages_tell_where_their_feeds_are(foyer, reader, slug):
    for page, count in [("/reviews/", 1), (f"/reviews/{slug}", 2)]:
        feeds = [link.get("href") for link in reader.get(page).tree.iter(
            "link") if link.get("type") == "application/atom+xml"]
        assert len(feeds) == count
        for path in feeds:
            feed(reader, path)


def test_an_empty_feed_is_one_too(foyer, reader):
    foyer.query("UPDATE review SET reviewer = 'Quiet' WHERE slug = %s",
                foyer.slugs[2])
    foyer.query("UPDATE comment SET state = 'held', visible = false "
                "WHERE thread_id = (SELECT id FROM review WHERE slug = %s)",
                foyer.slugs[2])
    assert feed(reader, reviewer("Quiet")) == []
