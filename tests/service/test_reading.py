"""test_reading.py: how a thread reads: branches, permalinks, spoilers, who is
who."""

import re

import pytest

SETTINGS = {"filters": {}}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def slugs(foyer):
    """Long, short: a thread of 130 roots, the 60th's branch of 540 replies;
    another with one of 30."""
    long, short, _ = foyer.slugs
    for slug, roots, busy, replies in [(long, 130, 60, 540), (short, 2, 1, 30)]:
        foyer.query("""
WITH r AS (SELECT id FROM review WHERE slug = %s), put AS (
    INSERT INTO comment (thread_id, id, parent, root, state, visible, person,
        author, sender, body, html, client_key)
    SELECT r.id, 1000 * r.id + n, CASE WHEN n > %s THEN 1000 * r.id + %s END,
        CASE WHEN n > %s THEN 1000 * r.id + %s ELSE 1000 * r.id + n END,
        'shown', true, md5((n %% 3)::text)::uuid, 'Reader ' || n, '', 'b',
        '<p>Comment ' || n || '</p>', gen_random_uuid()
    FROM r, generate_series(1, %s + %s) n ORDER BY n RETURNING thread_id)
INSERT INTO change (thread_id, shown) SELECT thread_id, 1 FROM put""",
                    slug, roots, busy, roots, busy, roots, replies)
    return long, short


def number(foyer, slug, n):
    review, = foyer.query("SELECT id FROM review WHERE slug = %s", slug)[0]
    return 1000 * review + n


def articles(page):
    return {e.get("id"): e for e in page.tree.iter("article") if e.get("id")}


# ---- permalinks ----

@pytest.mark.parametrize("n, later", [
    (1, False), (50, False), (51, True), (60, True), (61, True), (130, True),
    (131, True), (400, True), (670, True)])
def test_a_permalink_leads_to_the_page_that_holds_it(foyer, reader, slugs, n,
                                                     later):
    wanted = number(foyer, slugs[0], n)
    found = reader.get(f"/foyer/comments/{wanted}")
    assert found.status == 302
    path, _, place = found.location.partition("#")
    assert place == f"comment-{wanted}"
    assert (path != f"/reviews/{slugs[0]}") == later
    assert place in articles(reader.follow(found).valid())


def test_a_comment_posted_to_a_long_thread_is_found_again(foyer, reader,
                                                          slugs):
    assert foyer.query("SELECT count(*) FROM comment WHERE thread_id ="
                       " (SELECT id FROM review WHERE slug = %s)",
                       slugs[0]) > [(600,)]
    form = reader.get(f"/reviews/{slugs[0]}").form("/comments")
    sent = reader.submit(form, author="The last", body="At the very end.")
    assert sent.status == 303
    while sent.status in (302, 303):
        sent, place = reader.follow(sent), sent.location.partition("#")[2]
    assert "At the very end." in "".join(articles(sent)[place].itertext())


@pytest.mark.parametrize("view", ["/newest", "/best", "/after-{}"])
def test_only_the_first_page_in_time_links_to_itself(foyer, reader, slugs,
                                                     view):
    at = number(foyer, slugs[1], 2)
    view = view.format(number(foyer, slugs[1], 1))
    link = "<a href=\"{}{}\"><time"
    assert link.format("#comment-", at) in reader.get(
        f"/reviews/{slugs[1]}").text
    assert link.format("/foyer/comments/", at) in reader.get(
        f"/reviews/{slugs[1]}{view}").text


# ---- branches ----

def test_a_long_branch_is_folded_with_its_count(foyer, reader, slugs):
    page = reader.get(f"/reviews/{slugs[1]}").valid()
    assert len(articles(page)) == 32
    details, = page.tree.iter("details")
    assert "".join(details.find("summary").itertext()) == "22 more replies"
    folded = [e.get("id") for e in details.iter("article")]
    assert len(folded) == 22
    first = number(foyer, slugs[1], 3)
    assert folded[0] == f"comment-{first + 8}"


def test_a_page_that_begins_in_a_branch_says_whom_it_answers(foyer, reader,
                                                             slugs):
    root, late = (number(foyer, slugs[0], n) for n in (60, 670))
    page = reader.follow(reader.get(f"/foyer/comments/{late}"))
    article = articles(page)[f"comment-{late}"]
    assert "in reply to an earlier comment" in "".join(article.itertext())
    assert f"/foyer/comments/{root}" in {a.get("href")
                                         for a in article.iter("a")}


def test_scripts_are_told_what_they_need(foyer, reader, slugs):
    found = articles(reader.get(f"/reviews/{slugs[1]}"))
    one, four, two = (found[f"comment-{number(foyer, slugs[1], n)}"]
                      for n in (1, 4, 2))
    assert one.get("data-id") == str(number(foyer, slugs[1], 1))
    assert re.fullmatch(r"1[78]\d{8}|\d{10}", one.get("data-posted"))
    assert re.fullmatch("[0-9a-f]{16}", one.get("data-author"))
    assert one.get("data-author") == four.get("data-author")
    assert one.get("data-author") != two.get("data-author")


# ---- spoilers ----

@pytest.fixture(scope="module")
def spoilt(foyer):
    """A comment that spoils the film, in a thread with one other."""
    slug = foyer.slugs[2]
    foyer.reader().comment(slug, "The horse ||is stopped|| by hand.")
    done = foyer.reader().comment(slug, "They all go home.", spoiler=True)
    return slug, done.json["id"]


def test_a_comment_that_spoils_the_film_waits_to_be_asked(reader, spoilt):
    slug, at = spoilt
    article = articles(reader.get(f"/reviews/{slug}").valid())[f"comment-{at}"]
    details = article.find("details")
    assert details.get("open") is None
    assert "spoils the film" in "".join(details.find("summary").itertext())
    assert "They all go home." in "".join(details.itertext())
    outside = "".join(article.itertext()).replace(
        "".join(details.itertext()), "")
    assert "They all" not in outside


def test_data_say_that_it_spoils(reader, spoilt):
    slug, at = spoilt
    said = {c["id"]: c.get("spoiler") for c in reader.thread(slug)["comments"]}
    assert said.pop(at) is True
    assert set(said.values()) == {None}


def test_feeds_and_linked_data_keep_it_to_themselves(reader, spoilt):
    slug, at = spoilt
    feed = reader.get(f"/foyer/threads/{slug}.atom").text
    assert "They all go home" not in feed and "is stopped" not in feed
    assert "The horse" in feed and "spoils the film" in feed
    page = reader.get(f"/reviews/{slug}").text
    linked = page[page.index("ld+json"):].partition("</script>")[0]
    assert "They all" not in linked and "is stopped" not in linked
    assert "The horse" in linked


def test_the_form_has_a_box_to_tick_and_keeps_it(reader, foyer, spoilt):
    slug, _ = spoilt
    form = reader.get(f"/reviews/{slug}").form("/comments")
    assert "spoiler" not in form.fields
    back = reader.submit(form, author="Anna", body=" ", spoiler="true")
    assert back.status == 422
    again = back.valid().form("/comments")
    assert again.fields["spoiler"] == "true"
    sent = reader.submit(again, body="Ends well.")
    at = int(sent.location.partition("#comment-")[2])
    mine = reader.get(f"/foyer/threads/{slug}/comments/{at}").valid()
    edit = mine.form("/edit")
    assert edit.fields.pop("spoiler") == "true"
    assert reader.submit(edit).status == 303
    assert foyer.query("SELECT spoiler FROM comment WHERE id = %s",
                       at) == [(False,)]


# ---- words ----

WORDS = [
    ("“Still” is ‘not’ «the» opposite — of „moving“ … it’s", None),
    ("See 1:02 and 00:41:10–00:42:00.",
     'See <time datetime="PT0H1M2S">1:02</time> and '
     '<time datetime="PT0H41M10S">00:41:10</time>–'
     '<time datetime="PT0H42M0S">00:42:00</time>.'),
    ("No such moment: 9:59:00, nor 140:00.", None),
]


@pytest.mark.parametrize("body, html", WORDS)
def test_words_are_kept_as_typed(foyer, reader, body, html):
    slug = "man-with-a-movie-camera-1929" if \
        "man-with-a-movie-camera-1929" in foyer.slugs else foyer.slugs[2]
    foyer.query("UPDATE review SET minutes = 68 WHERE slug = %s", slug)
    at = reader.comment(slug, body).json["id"]
    kept, = foyer.query("SELECT body, html FROM comment WHERE id = %s", at)
    assert kept == (body, f"<p>{html or body}</p>\n")


def test_nobody_can_take_another_comments_footnotes(foyer, spoilt):
    slug, _ = spoilt
    key = "0d9b7f66-5b0c-4e0e-9d1a-{:012x}"
    for n in (1, 2):
        done = foyer.reader().comment(slug, f"{n}[^1]\n\n[^1]: note {n}",
                                      key=key.format(n))
        assert done.status == 201, done
    page = foyer.reader().get(f"/reviews/{slug}").text
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert len(re.findall(r' id="fnref-', page)) == 2


def test_the_same_edit_of_two_comments_makes_two_names(foyer, spoilt):
    slug, _ = spoilt
    writer = foyer.reader()
    for n in (1, 2):
        at = writer.comment(slug, f"Edited soon: {n}.").json["id"]
        done = writer.post_json(f"/foyer/threads/{slug}/comments/{at}/edit",
                                {"body": "Now[^1]\n\n[^1]: the same."})
        assert done.status == 200, done
    ids = re.findall(r' id="(fnref-[^"]+)"',
                     foyer.reader().get(f"/reviews/{slug}").text)
    assert len(ids) == len(set(ids)) >= 2


# ---- who is who ----

def signed_in(foyer, name, role, *more):
    said = foyer.ctl("account", "add", name, "--role", role, *more).stdout
    client = foyer.reader()
    page = client.get("/foyer/session")
    client.submit(page.form("/foyer/session"), name=name,
                  password=said.split()[-1])
    assert client.cookies
    return client


def badge(foyer, client, slug, author):
    at = client.comment(slug, f"I am {author}.", author=author).json["id"]
    thread = foyer.reader().thread(slug)
    return next(c["author"]["badge"] for c in thread["comments"]
                if c["id"] == at)


def test_a_badge_vouches_for_a_name_and_for_this_review(foyer):
    here, elsewhere = foyer.slugs[2], foyer.slugs[1]
    foyer.query("UPDATE review SET reviewer = 'A. Critic and B. Other'"
                " WHERE slug = %s", here)
    critic = signed_in(foyer, "critic", "reviewer", "--reviewer", "A. Critic")
    assert badge(foyer, critic, here, "A. Critic") == "reviewer"
    assert badge(foyer, critic, here, "critic") == "reviewer"
    assert badge(foyer, critic, here, "Somebody Else") == ""
    assert badge(foyer, critic, elsewhere, "A. Critic") == "verified"
    regular = signed_in(foyer, "regular", "reader")
    assert badge(foyer, regular, here, "regular") == "verified"
    assert badge(foyer, regular, here, "A. Critic") == ""
    assert badge(foyer, foyer.reader(), here, "A. Critic") == ""
    foyer.ctl("account", "reviewer", "regular", "B. Other")
    assert badge(foyer, regular, here, "B. Other") == "reviewer"
    page = foyer.reader().get(f"/reviews/{here}").valid()
    said = [e for e in page.tree.iter("span")
            if "badge-reviewer" in e.get("class", "")]
    assert len(said) == 3
    assert {e.text for e in said} == {"author of the review"}
