"""test_reviews.py: reviews as a journal shows them."""

import json

SETTINGS = {"filters": {}}


def row(foyer, slug, *columns):
    return foyer.query(f"SELECT {', '.join(columns)} FROM review "
                       "WHERE slug = %s", slug)[0]


def test_the_index_links_every_review_the_latest_issue_first(foyer, reader):
    page = reader.get("/reviews/").valid()
    assert page.status == 200
    links = [a.get("href") for a in page.tree.iter("a")]
    want = [f"/reviews/{slug}" for slug, in foyer.query(
        "SELECT slug FROM review ORDER BY issue DESC, id DESC")]
    assert len(want) >= 3
    assert [link for link in links if link in want] == want
    for heading, in foyer.query("SELECT heading FROM review"):
        assert heading in page.words


def test_every_review_is_a_valid_page_with_all_its_fields(foyer, reader):
    for slug in foyer.slugs:
        page = reader.get(f"/reviews/{slug}").valid()
        heading, reviewer, paragraphs, works, credits = row(
            foyer, slug, "heading", "reviewer", "paragraphs", "works",
            "credits")
        words = page.words
        assert page.status == 200
        assert heading in words and reviewer in words
        for text in [*paragraphs, *works]:
            assert " ".join(text.split()) in words
        for role, names in credits:
            assert role in words
            assert all(name in words for name in names)


def test_a_review_describes_itself_to_search_engines(foyer, reader, slug):
    page = reader.get(f"/reviews/{slug}")
    scripts = [script for script in page.tree.iter("script")
               if script.get("type") == "application/ld+json"]
    data = json.loads("".join(scripts[0].itertext()))
    assert "Review" in json.dumps(data)
    assert row(foyer, slug, "reviewer")[0] in json.dumps(
        data, ensure_ascii=False)


def test_head_answers_as_get_without_a_body(reader, slug):
    got = reader.get(f"/reviews/{slug}")
    head = reader.request("HEAD", f"/reviews/{slug}")
    assert head.status == got.status == 200 and head.body == b""
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


def test_no_page_allows_inline_scripts_or_styles(reader, slug):
    for path in ["/reviews/", f"/reviews/{slug}", "/foyer/session",
                 f"/foyer/threads/{slug}.html", "/reviews/none"]:
        headers = reader.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_there_is_a_page_that_says_so(reader):
    for path in ["/reviews/no-such-film", "/reviews/No%20Slug",
                 "/reviews/a%2Fb", "/foyer/nothing", "/foyer/threads/x.json",
                 "/foyer/comments/99999999", "/foyer/comments/-1"]:
        page = reader.get(path)
        assert page.status == 404, page
        if path.endswith(".json"):
            assert page.json["status"] == 404
        else:
            page.valid()


def test_a_page_says_which_methods_it_has(reader, slug):
    refused = reader.request("PUT", f"/reviews/{slug}")
    assert refused.status == 405
    assert refused.headers["Allow"] == "GET, HEAD"
    refused = reader.get(f"/foyer/threads/{slug}/comments")
    assert refused.status == 405 and refused.headers["Allow"] == "POST"


def test_nginx_serves_the_style_sheets(reader, slug):
    page = reader.get(f"/reviews/{slug}")
    sheets = [link.get("href") for link in page.tree.iter("link")
              if link.get("rel") == "stylesheet"]
    assert sheets
    for sheet in sheets:
        got = reader.get(sheet)
        assert got.status == 200
        assert got.headers["Content-Type"].startswith("text/css")


def test_importing_again_updates_the_review_and_keeps_its_thread(
        foyer, reader, slug):
    posted = reader.comment(slug, "Still here after the import.")
    assert posted.status == 201, posted
    foyer.query("UPDATE review SET heading = 'Old' WHERE slug = %s", slug)
    before = foyer.query("SELECT id FROM review WHERE slug = %s", slug)
    foyer.ctl("review", "import",
              *sorted((foyer.folder / "samples").glob("*.txt")))
    assert foyer.query("SELECT id FROM review WHERE slug = %s", slug) == before
    assert row(foyer, slug, "heading") != ("Old",)
    ids = [c["id"] for c in reader.thread(slug)["comments"]]
    assert posted.json["id"] in ids
