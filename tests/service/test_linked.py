"""test_linked.py: what a review says of itself to programs that know none of
foyer: schema.org, Open Graph."""

import json
import re

import pytest

from process import wait_until

SETTINGS = {"filters": {}}

# schema.org 28: of the types that we use, what a property may hold. "T?" may
# be left out; [T] is a list of them.
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(T\d\d:\d\d:\d\d(\.\d+)?Z)?$")
URL = re.compile(r"https?://\S+$")
DURATION = re.compile(r"PT\d+M$")
TYPES = {
    "Review": {
        "@context": "https://schema.org", "url": URL, "headline": str,
        "inLanguage": str, "publisher": "Organization", "author?": "Person",
        "datePublished?": DATE, "isPartOf?": "PublicationIssue",
        "itemReviewed": "Movie", "commentCount": int, "comment": ["Comment"]},
    "Movie": {
        "name": str, "alternateName?": str, "datePublished?": DATE,
        "duration?": DURATION, "countryOfOrigin?": "Country",
        "director": ["Person"]},
    "Comment": {
        "@id": URL, "url": URL, "dateCreated": DATE, "dateModified?": DATE,
        "author": "Person", "parentItem?": "Comment", "text?": str},
    "Person": {"name": str}, "Organization": {"name": str},
    "Country": {"name": str}, "PublicationIssue": {"issueNumber": str}}
REFERENCE = {"@id": URL}            # a thing described elsewhere


def fits(value, want):
    if isinstance(want, list):
        return isinstance(value, list) and all(fits(each, want[0])
                                               for each in value)
    if isinstance(want, re.Pattern):
        return isinstance(value, str) and want.match(value)
    if want in TYPES:
        return check(value, want)
    return isinstance(value, want) if isinstance(want, type) \
        else value == want


def check(thing, kind):
    """A thing of this type, with its properties and no others."""
    assert thing.pop("@type") == kind
    shape = REFERENCE if set(thing) == {"@id"} else TYPES[kind]
    names = {name.rstrip("?"): want for name, want in shape.items()}
    assert set(thing) <= set(names), set(thing) - set(names)
    for name in shape:
        assert name.endswith("?") or name in thing, name
    for name, value in thing.items():
        assert value != "" and fits(value, names[name]), (name, value)
    return True


def linked(reader, path):
    scripts = [script for script in reader.get(path).tree.iter("script")
               if script.get("type") == "application/ld+json"]
    assert len(scripts) == 1
    return json.loads("".join(scripts[0].itertext()))


def renew(foyer, reader, slug):
    """Another page once the feed of changes has told of it."""
    before = reader.get(f"/reviews/{slug}").text
    foyer.ctl("thread", "set", slug, "--policy", "open")
    wait_until(lambda: reader.get(f"/reviews/{slug}").text != before,
               "another page")


@pytest.fixture(scope="module")
def talk(foyer, slug):
    reader = foyer.reader()
    root = reader.comment(slug, "A root with </script><b>markup</b>.").json
    reader.comment(slug, "An answer.", parent=root["id"])
    reader.comment(slug, "It was the butler.", spoiler=True)
    reader.post_json(f"/foyer/threads/{slug}/comments/{root['id']}/edit",
                     {"body": "A root, </script>changed."})
    return root["id"]


def test_every_review_is_a_review_of_a_movie(foyer, reader, talk):
    for slug in foyer.slugs:
        check(linked(reader, f"/reviews/{slug}"), "Review")
    foyer.query("UPDATE review SET minutes = 0, film_year = 0, country = '', "
                "reviewer = '', published = '', issue = 0, original = '', "
                "directors = '{}' WHERE slug = %s", foyer.slugs[2])
    renew(foyer, reader, foyer.slugs[2])
    check(linked(reader, f"/reviews/{foyer.slugs[2]}"), "Review")


def test_comments_are_told_with_what_they_answer(reader, slug, talk):
    said = linked(reader, f"/reviews/{slug}")
    root, answer, spoiler = said["comment"]
    assert said["commentCount"] == 3
    assert root["text"].strip() == "A root, </script>changed."
    assert root["dateModified"] >= root["dateCreated"]
    assert root["@id"] == f"{reader.origin}/foyer/comments/{talk}"
    assert answer["parentItem"]["@id"] == root["@id"]
    assert reader.get(root["@id"]).status == 302
    assert "butler" not in json.dumps(spoiler)


def metas(page):
    return {meta.get("property") or meta.get("name"): meta.get("content")
            for meta in page.tree.iter("meta")}


def test_a_link_to_a_review_shows_what_it_is(foyer, reader):
    for slug in foyer.slugs[:2]:
        page = reader.get(f"/reviews/{slug}")
        said = metas(page)
        heading, = foyer.query("SELECT heading FROM review WHERE slug = %s",
                               slug)[0]
        assert said["og:title"] == heading
        assert said["og:type"] == "article"
        assert said["twitter:card"] == "summary"
        assert said["og:site_name"] == "The Sample Journal"
        assert 50 < len(said["og:description"]) <= 200
        canonical, = [link.get("href") for link in page.tree.iter("link")
                      if link.get("rel") == "canonical"]
        assert said["og:url"] == canonical == \
            f"{reader.origin}/reviews/{slug}"
        assert "article:published_time" not in said     # "2026" is no date
    foyer.query("UPDATE review SET published = '2026-03-01' WHERE slug = %s",
                slug)
    renew(foyer, reader, slug)
    assert metas(reader.get(f"/reviews/{slug}"))[
        "article:published_time"] == "2026-03-01"
