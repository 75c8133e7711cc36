"""test_assets.py: style sheets and scripts: by a name that has their hash for
ever, by their plain name asked for each time, and never not found."""

import re

SETTINGS = {"filters": {}}
LINK = re.compile(r'"(/foyer/\w+\.[0-9a-f]{12}\.(?:css|js))"')
FOR_EVER = "public, max-age=31536000, immutable"


def plain(link):
    return re.sub(r"\.[0-9a-f]{12}\.", ".", link)


def test_what_pages_link_is_kept_for_ever(foyer, reader, slug):
    links = LINK.findall(reader.get(f"/reviews/{slug}").text)
    assert len(links) >= 3
    for link in links:
        got = reader.get(link)
        assert got.status == 200, link
        assert got.headers["Cache-Control"] == FOR_EVER
        assert got.headers["Content-Type"] == (
            "text/css" if link.endswith("css") else "application/javascript")
        assert got.headers["Vary"] == "Accept-Encoding"
        assert got.body == reader.get(plain(link)).body


def test_a_plain_name_stays_and_is_asked_for_each_time(reader):
    got = reader.get("/foyer/foyer.css")
    assert got.status == 200 and got.headers["Cache-Control"] == "no-cache"
    again = reader.get("/foyer/foyer.css",
                       {"If-None-Match": got.headers["ETag"]})
    assert again.status == 304


def test_a_page_of_before_an_upgrade_gets_what_there_is(reader):
    got = reader.get("/foyer/foyer.0123456789ab.css")
    assert got.status == 200 and got.headers["Cache-Control"] == "no-cache"
    assert got.body == reader.get("/foyer/foyer.css").body
    assert reader.get("/foyer/nothing.0123456789ab.css").status == 404
