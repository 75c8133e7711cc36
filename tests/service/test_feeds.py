"""test_feeds.py: feeds of a thread, of a reviewer's reviews, of the site."""

import datetime
import urllib.parse
from xml.etree import ElementTree

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


def test_a_reviewers_feed_is_a_file_too(foyer, reader, talk):
    path = reviewer("Анна K. & Co")
    wait_until(lambda: reader.get(path).headers["ETag"], "the file")
    foyer.stop()
    try:
        assert talk[3] in numbers(feed(reader, path))
        assert reader.get(path + "&x=1").status == 503
        assert reader.get(path.replace("name=", "name=..%2F")).status == 503
    finally:
        foyer.start()
    posted = reader.comment(foyer.slugs[1], "News of it.").json["id"]
    assert numbers(feed(reader, path))[0] == posted
    other = reader.comment(foyer.slugs[2], "Of another.").json["id"]
    assert numbers(feed(reader, path))[0] == posted
    assert numbers(feed(reader, SITE))[:2] == [other, posted]


def test_what_nobody_may_see_does_not_empty_a_feed(foyer, reader, talk):
    foyer.query(
        "INSERT INTO comment (thread_id, id, root, state, visible, person,"
        " author, sender, body, html, client_key) SELECT r.id, n, n, 'spam',"
        " false, gen_random_uuid(), 'Shop', '', 'Buy!', '',"
        " gen_random_uuid() FROM review r, (SELECT nextval('comment_id') n"
        " FROM generate_series(1, 999)) g WHERE r.slug = %s",
        foyer.slugs[2])
    posted = reader.comment(foyer.slugs[1], "Seen all the same.").json["id"]
    assert {posted, *talk} <= set(numbers(feed(reader, SITE)))


def test_search_engines_are_told_of_every_review(foyer, reader, talk):
    got = reader.get("/reviews/sitemap.xml")
    assert got.status == 200
    assert got.headers["Content-Type"] == "application/xml"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = {each.findtext(space + "loc"): each.findtext(space + "lastmod")
              for each in ElementTree.fromstring(got.body)}
    assert set(places) == {f"{reader.origin}/reviews/{slug}"
                           for slug in foyer.slugs}
    last, = foyer.query(
        "SELECT max(c.posted_at) FROM comment c JOIN review r"
        " ON r.id = c.thread_id WHERE r.slug = %s AND c.state = 'shown'",
        foyer.slugs[1])[0]
    told = places[f"{reader.origin}/reviews/{foyer.slugs[1]}"]
    assert abs(datetime.datetime.fromisoformat(told.replace("Z", "+00:00"))
               - last) < datetime.timedelta(seconds=1)


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
