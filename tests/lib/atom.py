"""atom.py: what RFC 4287 asks of a feed."""

import re
import xml.etree.ElementTree as ET

import html5lib

ATOM = "{http://www.w3.org/2005/Atom}"
THR = "{http://purl.org/syndication/thread/1.0}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+$")
# Section 4.1: child -> least, most; links and what others add apart.
FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "author": (1, 1),
        "link": (2, 9), "entry": (0, 50)}
ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "author": (1, 1),
         "published": (1, 1), "link": (1, 1), "content": (1, 1)}


def text(element, name):
    return element.find(ATOM + name).text


def check_children(element, allowed):
    names = [child.tag.removeprefix(ATOM) for child in element]
    for name in names:
        assert name in allowed or name == THR + "in-reply-to", name
    for name, (least, most) in allowed.items():
        assert least <= names.count(name) <= most, name
    assert IRI.match(text(element, "id"))
    for name in {"updated", "published"} & set(names):
        assert DATE.match(text(element, name))
    assert text(element, "title").strip()
    assert element.find(f"{ATOM}author/{ATOM}name").text
    for link in element.iter(ATOM + "link"):
        assert IRI.match(link.get("href")) and link.get("type")


def checked(body):
    """The feed's element; it is as the standard wants it."""
    feed = ET.fromstring(body)
    assert feed.tag == ATOM + "feed"
    check_children(feed, FEED)
    rels = [link.get("rel") for link in feed.findall(ATOM + "link")]
    assert sorted(rels) == ["alternate", "self"]
    entries = feed.findall(ATOM + "entry")
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids), "an id comes twice"
    for entry in entries:
        check_children(entry, ENTRY)
        content = entry.find(ATOM + "content")
        assert content.get("type") == "html" and len(content) == 0
        html5lib.HTMLParser(strict=True).parseFragment(content.text)
    return feed
