"""test_passages.py: comments on words of a review, which may be mended."""

import re
from xml.etree import ElementTree

import pytest

from process import wait_until

SETTINGS = {"filters": {}}
ATOM = "{http://www.w3.org/2005/Atom}"
SLUG = "hedgehog-in-the-fog-1975"
EXACT = "The fog was made of thin paper, raised slowly towards the lens."


@pytest.fixture(scope="module")
def text(foyer):
    """The review's, as positions count it."""
    (paragraphs,), = foyer.query(
        "SELECT paragraphs FROM review WHERE slug = %s", SLUG)
    return "\n".join(paragraphs)


def quote(exact, **more):
    return {"type": "TextQuoteSelector", "exact": exact} | more


def post(foyer, anchor, **more):
    return foyer.reader().comment(SLUG, more.pop("body", f"On {anchor}."),
                                  anchor=anchor, **more)


def anchor_of(foyer, number):
    page = foyer.reader().get(f"/foyer/threads/{SLUG}/newest.json").json
    return next(c["anchor"] for c in page["comments"] if c["id"] == number)


def mend(foyer, **changes):
    """Imports the review again, with other words."""
    source = foyer.folder / "samples/hedgehog.txt"
    words = source.read_text()
    for old, new in changes.items():
        assert old in words
        words = words.replace(old, new)
    other = foyer.folder / "mended.txt"
    other.write_text(words)
    return foyer.ctl("review", "import", other).stdout


@pytest.fixture
def mended(foyer):
    yield lambda **changes: mend(foyer, **changes)
    mend(foyer)


def test_a_passage_is_kept_as_the_review_has_it(foyer, text):
    done = post(foyer, quote(EXACT, prefix="anything", suffix=""))
    assert done.status == 201, done
    start = text.index(EXACT)
    end = start + len(EXACT)
    assert anchor_of(foyer, done.json["id"]) == {
        "type": "TextQuoteSelector", "exact": EXACT,
        "prefix": text[start - 32:start], "suffix": text[end:end + 32],
        "position": {"type": "TextPositionSelector",
                     "start": start, "end": end}}


def test_the_position_tells_which_of_two_is_meant(foyer, text):
    word = "Hedgehog"
    second = text.index(word, text.index(word) + 1)
    done = post(foyer, quote(word, position={
        "type": "TextPositionSelector", "start": second, "end": second + 8}))
    assert anchor_of(foyer, done.json["id"])["position"]["start"] == second


def test_words_alone_are_enough_and_the_paragraph_helps(foyer, text):
    client = foyer.reader()
    third = text.index("\n", text.index("\n") + 1) + 1
    done = client.post(f"/foyer/threads/{SLUG}/comments", {
        "author": "A", "body": "Typed.", "anchor": " the   fog ",
        "paragraph": "4"})
    assert done.status == 303, done
    (number, start), = foyer.query(
        "SELECT id, (anchor #>> '{position,start}')::int FROM comment"
        " WHERE body = 'Typed.'")
    assert start > third and text[start:].startswith("the fog")


def test_the_same_words_on_two_passages_are_two_comments(foyer):
    client = foyer.reader()
    ids = {client.comment(SLUG, "Why?", anchor=quote(words)).json["id"]
           for words in ["raspberry jam", "count the stars",
                         "count the stars"]}
    assert len(ids) == 2


def test_a_count_stands_once_where_another_passage_goes_on(foyer, text):
    end = text.index("\n")
    ids = [post(foyer, quote(text[start:start + 30]),
                body=f"From {start}.").json["id"]
           for start in (end - 30, end - 15)]
    page = foyer.reader().get(f"/reviews/{SLUG}").text
    for i in ids:
        assert len(re.findall(
            f'"passage-n" href="[^"]*comment[s]?[-/]{i}"', page)) == 1


def wrong(**more):
    return quote("raspberry jam") | more


WRONG = [
    ("{", "anchor-bad"), ({}, "anchor-bad"), (" {}", "anchor-absent"),
    ({"exact": "nobody ever wrote this"}, "anchor-absent"),
    (wrong(type="FragmentSelector"), "anchor-bad"),
    (wrong(exact=""), "anchor-bad"), (wrong(exact=["x"]), "anchor-bad"),
    (wrong(exact="\u200b"), "anchor-bad"), (wrong(prefix=1.5), "anchor-bad"),
    (wrong(exact="x" * 2001), "anchor-long"),
    (wrong(prefix="x" * 65), "anchor-bad"), (wrong(other="x"), "anchor-bad"),
    (wrong(position={"start": -1}), "anchor-bad"),
    (wrong(position={"start": "first"}), "anchor-bad"),
    (wrong(position={"type": "TextQuoteSelector"}), "anchor-bad"),
    (wrong(position={"start": 2 ** 31}), "anchor-bad"),
    (wrong(position={"start": {"start": 1}}), "anchor-bad"),
    (quote("nobody ever wrote this"), "anchor-absent"),
]


@pytest.mark.parametrize("anchor, name", WRONG)
def test_a_passage_that_is_none_is_refused(foyer, anchor, name):
    done = post(foyer, anchor)
    assert done.status == 422 and done.json["type"].endswith(name), done
    assert done.json["field"] == "anchor"


def moved(after, before):
    return after["position"] != before["position"] and after


def test_a_passage_follows_its_words_and_says_when_they_are_gone(foyer,
                                                                 mended):
    number = post(foyer, quote(EXACT), body="How thin?").json["id"]
    before = anchor_of(foyer, number)
    said = mended(**{"Ten minutes are": "Hardly ten minutes are",
                     "raised slowly": "lifted slowly"})
    assert re.search(r"passages .* [1-9]\d* moved and 0 are gone", said), said
    after = wait_until(lambda: moved(anchor_of(foyer, number), before))
    assert after["exact"] == EXACT      # as it was chosen
    assert after["position"]["start"] == before["position"]["start"] + len(
        "Hardly ten") - len("Ten")
    said = mended(**{EXACT: ""})
    assert "are gone" in said
    wait_until(lambda: "position" not in anchor_of(foyer, number))
    page = foyer.reader().get(f"/reviews/{SLUG}/newest").valid()
    assert "This passage is no longer in the review." in page.words
    assert EXACT in page.words and f"#passage-{number}" not in page.text
    mended()
    wait_until(lambda: anchor_of(foyer, number) == before)


def test_a_post_and_an_import_at_once_end_well(foyer, mended):
    """The text was exchanged after the passage was found in it."""
    foyer.query("CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN UPDATE review SET imported_at = now(),"
                " paragraphs = ARRAY['Something new.'] || paragraphs"
                " WHERE id = NEW.thread_id; RETURN NEW; END $$;"
                "CREATE TRIGGER meanwhile BEFORE INSERT ON comment"
                " FOR EACH ROW EXECUTE FUNCTION meanwhile()")
    try:
        number = post(foyer, quote("glass plates"), body="At once").json["id"]
    finally:
        foyer.query("DROP FUNCTION meanwhile CASCADE")
    (paragraphs,), = foyer.query(
        "SELECT paragraphs FROM review WHERE slug = %s", SLUG)
    start = anchor_of(foyer, number)["position"]["start"]
    assert "\n".join(paragraphs)[start:].startswith("glass plates")


def test_a_feed_quotes_the_passage_that_a_comment_is_about(foyer):
    number = post(foyer, quote("glass plates"), body="*Of* glass.").json["id"]
    feed = foyer.reader().get(f"/foyer/threads/{SLUG}.atom")
    entry, = [each for each in ElementTree.fromstring(feed.body).iter(
        f"{ATOM}entry") if each.findtext(f"{ATOM}id").endswith(f"/{number}")]
    said = entry.findtext(f"{ATOM}content")
    assert said.startswith("<blockquote>glass plates</blockquote>")
    assert "<em>Of</em> glass." in said
