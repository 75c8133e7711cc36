"""test_hostile.py: whatever is sent, only what is allowed comes out, in time.

Every output is read by html5lib, as a browser reads it. tests/browser has the
same texts before a real one.
"""

import json
import time
import urllib.parse
import xml.etree.ElementTree

import html5lib
import pytest

import hostile

SETTINGS = {"filters": {}}
ANSWERED = {201} | hostile.REFUSED
SLOWEST = 2.0           # seconds for one comment; a quadratic parser takes more


def fragment(html):
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def post_all(foyer, slug, texts, **more):
    """Sends each as the body and as the name; the numbers of the comments."""
    reader, posted = foyer.reader(), set()
    for text in texts:
        fields = {"author": text[:80] or "-", "body": text} | more
        done = reader.comment(slug, fields.pop("body"), **fields)
        assert done.status in ANSWERED, (text, done)
        if done.status == 201:
            posted.add(done.json["id"])
    return posted


def comments(foyer, slug):
    """Of all the thread's pages."""
    reader, path = foyer.reader(), f"/foyer/threads/{slug}.json"
    while path:
        page = reader.json(path)
        yield from page["comments"]
        path = page["next"] and f"/foyer/threads/{slug}/after-" \
            f"{page['next']}.json"


def check_words(foyer, slug, posted):
    seen = set()
    for comment in comments(foyer, slug):
        faults = list(hostile.faults_of_words(fragment(comment["html"])))
        assert not faults, (comment["id"], faults)
        seen.add(comment["id"])
    assert posted <= seen


def check_page(page):
    faults = list(hostile.faults_of_page(page.tree))
    assert not faults, page.path
    for script in page.tree.iter("script"):
        if (script.get("type") or "").endswith("json"):
            json.loads("".join(script.itertext()))


def check_pages(foyer, slug):
    """As HTML, up to the third, and as a feed."""
    reader, path = foyer.reader(), f"/reviews/{slug}"
    for _ in range(3):
        page = reader.get(path)
        check_page(page)
        after = [a.get("href") for a in page.tree.iter("a")
                 if a.get("rel") == "next"]
        if not after:
            break
        path = after[0]
    feed = reader.get(f"/foyer/threads/{slug}.atom")
    for content in xml.etree.ElementTree.fromstring(feed.body).iter(
            "{http://www.w3.org/2005/Atom}content"):
        faults = list(hostile.faults_of_words(fragment(content.text)))
        assert not faults, faults


def test_no_attack_becomes_more_than_words(foyer):
    texts = list(hostile.attacks())
    posted = post_all(foyer, foyer.slugs[0], texts)
    assert len(posted) > .9 * len(texts)
    check_words(foyer, foyer.slugs[0], posted)
    check_pages(foyer, foyer.slugs[0])


@pytest.mark.parametrize("corpus", ["oddities", "examples"])
def test_odd_texts_are_words_or_refused(foyer, corpus):
    slug = foyer.slugs[1]
    posted = post_all(foyer, slug, getattr(hostile, corpus)(),
                      author="A reader")
    assert posted
    check_words(foyer, slug, posted)
    check_pages(foyer, slug)


def test_no_text_keeps_the_parser_busy(foyer):
    reader, posted = foyer.reader(), set()
    for what, text in hostile.pathological():
        began = time.monotonic()
        done = reader.comment(foyer.slugs[2], text)
        took = time.monotonic() - began
        assert done.status in ANSWERED and took < SLOWEST, (what, took, done)
        posted |= {done.json["id"]} if done.status == 201 else set()
    check_words(foyer, foyer.slugs[2], posted)


def test_an_edit_and_a_form_given_back_are_as_safe(foyer):
    reader, slug = foyer.reader(), foyer.slugs[0]
    number = reader.comment(slug, "Before.").json["id"]
    path = f"/foyer/threads/{slug}/comments/{number}"
    texts = list(hostile.attacks())
    for i in range(0, len(texts), 60):
        text = "\n\n".join(texts[i:i + 60])[:9900]
        done = reader.post(path + "/edit", {"body": text})
        assert done.status in (303, 422), done
        check_page(reader.get(path) if done.status == 303 else done)
        seen = reader.post(f"/foyer/threads/{slug}/preview",
                           {"author": texts[i], "body": text})
        assert seen.status in (200, 422), seen
        check_page(seen)
        assert not list(hostile.faults_of_words(fragment(text_of(seen))))
        done = foyer.reader().post(f"/foyer/threads/{slug}/comments", {
            "author": texts[i] * 9, "email": texts[i + 1], "key": texts[i + 2],
            "parent": texts[i + 3], "body": text + "x" * 9999})
        assert done.status == 422
        check_page(done)
        assert fields_of(done)["body"].strip().startswith(text[:50].strip())
    check_page(reader.get(path + "/revisions"))
    reader.json(path + "/revisions.json")
    mine = reader.json(f"/foyer/me.json?review={slug}")["comments"]
    for comment in mine:
        assert not list(hostile.faults_of_words(fragment(comment["html"])))


def text_of(page):
    """The words that a preview shows, as HTML."""
    for element in page.tree.iter("div"):
        if "words" in element.get("class", "").split():
            return xml.etree.ElementTree.tostring(element, "unicode",
                                                  method="html")[
                len("<div"):].partition(">")[2].removesuffix("</div>")
    return ""


def fields_of(page):
    return page.form("/comments").fields


def test_a_moderator_reads_it_unharmed(foyer, moderator):
    slug = foyer.slugs[0]
    ids = [comment["id"] for comment in comments(foyer, slug)]
    for number, text in zip(ids[:40], hostile.MUTATIONS * 3):
        done = moderator.post_json(
            f"/foyer/admin/threads/{slug}/comments/{number}/rule",
            {"act": "remove", "seen": "shown", "reason": text})
        assert done.status == 200, done
    for number, text in zip(ids[40:], hostile.MUTATIONS):
        reporter = foyer.reader()
        reporter.comment(slug, f"Seen {number}.")
        done = reporter.post_json(
            f"/foyer/threads/{slug}/comments/{number}/report",
            {"reason": "other", "words": text[:300]})
        assert done.status in {200, 201} | hostile.REFUSED, done
    for path in ["/foyer/admin/", "/foyer/admin/log",
                 f"/foyer/admin/threads/{slug}"]:
        check_page(moderator.get(path))
    check_pages(foyer, slug)


def test_a_passage_is_data_wherever_it_goes(foyer):
    slug = foyer.slugs[0]
    for text in [*hostile.MUTATIONS, *hostile.ODD[:30]]:
        selector = {"type": "TextQuoteSelector", "exact": text[:300],
                    "prefix": text[:30], "suffix": text[-30:], text[:9]: text}
        done = foyer.reader().comment(slug, "About it.",
                                      anchor=json.dumps(selector))
        assert done.status in ANSWERED, done
    for wrong in ["[]", "1", "{", '{"a":', "<script>1</script>", "\x00",
                  '"x"']:
        done = foyer.reader().comment(slug, "About it.", anchor=wrong)
        assert done.status in hostile.REFUSED, (wrong, done)
    check_pages(foyer, slug)


def test_what_is_searched_for_is_data(foyer):
    reader = foyer.reader()
    for text in [*hostile.MUTATIONS, *hostile.ODD, "film"]:
        query = urllib.parse.urlencode({"q": text[:300]})
        for path in ["/foyer/search?", "/reviews/?"]:
            page = reader.get(path + query)
            assert page.status in {200} | hostile.REFUSED, page
            check_page(page)
        assert reader.get("/foyer/search.json?" + query).json is not None


REVIEW = """<!DOCTYPE html><html lang="en"><body><p>Issue 9 (2026)</p>
<h1>Someone {0}: A Film {0} (2001)</h1><p>reviewed by {0}© 2026</p>
{1}<p>The Reviewer<br>{0}</p><h2>Works Cited</h2><p>{0}</p></body></html>"""


def test_an_imported_review_is_text_and_no_more(foyer):
    texts = [text for text in hostile.attacks() if len(text) < 200]
    folder = foyer.folder / "hostile"
    folder.mkdir()
    for number, few in enumerate([texts[i::8] for i in range(8)]):
        body = "".join(f"<p>Again and again: {text}</p>" for text in few[:60])
        if number % 2:
            path = folder / f"evil-{number}.html"
            path.write_text(REVIEW.format(few[0], body), encoding="utf-8")
        else:
            path = folder / f"evil-{number}.txt"
            path.write_text("Issue 9 (2026)\n\nSomeone: A Film (2001)\n\n"
                            "reviewed by Nobody© 2026\n\n"
                            + "\n\n".join(few), encoding="utf-8")
        done = foyer.ctl("review", "import", "--slug", f"evil-{number}",
                         path, check=False)
        assert done.returncode in (0, 1), done
        page = foyer.reader().get(f"/reviews/evil-{number}")
        assert page.status == (200 if done.returncode == 0 else 404), done
        check_page(page)
    check_page(foyer.reader().get("/reviews/"))
    assert foyer.query("SELECT count(*) FROM review WHERE slug LIKE "
                       "'evil-%%'")[0][0] >= 4
