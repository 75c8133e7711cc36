"""test_search.py: reviews and comments are found by their words and names."""

import urllib.parse

from process import wait_until

SETTINGS = {"filters": {}}


def found(reader, **asked):
    return reader.json("/foyer/search.json?" + urllib.parse.urlencode(asked))


def ids(reader, **asked):
    return [c["id"] for c in found(reader, **asked)["comments"]]


def posted(reader, slug, body, **more):
    """Its id, once it can be found."""
    word = f"w{abs(hash(body)) % 10**9}x"
    made = reader.comment(slug, f"{body} {word}", **more)
    assert made.status == 201, made
    wait_until(lambda: made.json["id"] in ids(reader, q=word), "the search")
    return made.json["id"]


def page_of(reader, path="/reviews/", **asked):
    return reader.get(f"{path}?{urllib.parse.urlencode(asked)}").valid()


def rule(moderator, slug, number, act):
    page = moderator.get(f"/foyer/admin/threads/{slug}")
    done = moderator.submit(page.form(f"/{slug}/comments/{number}/rule"),
                            act=act)
    assert done.status == 303, done


def test_words_are_found_in_whatever_form_in_both_languages(reader, slug):
    english = posted(reader, slug, "The camera keeps wandering past windows.")
    russian = posted(reader, slug, "Камера долго смотрит в тёмные окна.")
    assert ids(reader, q="wander window") == [english]
    assert ids(reader, q="темное окно") == [russian]
    assert ids(reader, q='"wandering past"') == [english]
    for phrase in ["«смотрит в тёмные»", "„смотрит в тёмные“"]:
        assert ids(reader, q=phrase) == [russian]
    assert ids(reader, q="«тёмные смотрит»") == []
    assert ids(reader, q="wandering -windows") == []
    assert ids(reader, q="wandering or окнам") == [russian, english]


def test_a_name_is_found_in_either_script_and_any_romanisation(reader, slug):
    latin = posted(reader, slug, "Early Zviagintsev is colder than this.")
    cyrillic = posted(reader, slug, "Ранние вещи Звягинцева холоднее.")
    for name in ["Zvyagintsev", "zviagintsev", "Звягинцев", "Звягинцеву",
                 "Swjaginzew", "Zviaguintsev"]:
        assert ids(reader, q=name) == [cyrillic, latin], name


def test_what_was_found_is_marked_also_where_it_is_spelt_otherwise(
        reader, slug):
    posted(reader, slug, "О Хржановском <b>много</b> писали.")
    page = page_of(reader, q="Khrzhanovsky")
    assert [m.text for m in page.tree.iter("mark")] == ["Хржановском"]
    assert "много" in page.words and "<b>" not in page.text


def test_a_review_is_found_by_its_text_and_links_to_what_else_there_is(
        foyer, reader):
    slug, reviewer, director, title, issue, words = foyer.query(
        "SELECT slug, reviewer, directors[1], title, issue, "
        "(regexp_match(paragraphs[1], '[[:alpha:]]{9,}'))[1] FROM review "
        "WHERE directors <> '{}' AND issue <> 0 ORDER BY slug LIMIT 1")[0]
    for asked in [{"q": words}, {"q": reviewer}, {"issue": issue},
                  {"film": title}, {"director": director.split()[-1]},
                  {"reviewer": reviewer, "issue": issue}]:
        slugs = [r["slug"] for r in found(reader, **asked)["reviews"]]
        assert slug in slugs, asked
    links = [a.get("href") for a in reader.get(f"/reviews/{slug}").tree.iter(
        "a")]
    for name, value in [("issue", issue), ("film", title),
                        ("director", director), ("reviewer", reviewer)]:
        link = f"/reviews/?{name}=" + urllib.parse.quote(str(value), safe="")
        assert link in links
        assert f'href="/reviews/{slug}"' in reader.get(link).valid().text


def test_all_that_is_said_of_a_director_is_one_page(foyer, reader, slug):
    director, = foyer.query("SELECT directors[1] FROM review "
                            "WHERE directors <> '{}' ORDER BY slug")[0]
    said = posted(reader, slug, f"Like all of {director.split()[-1]}’s films.")
    page = page_of(reader, director=director)
    assert f'href="/foyer/comments/{said}"' in page.text
    assert director in page.words


def test_what_is_removed_is_gone_at_once_and_comes_back_when_approved(
        reader, moderator, slug):
    number = posted(reader, slug, "A word like zanzibar.")
    rule(moderator, slug, number, "remove")
    assert ids(reader, q="zanzibar") == []
    rule(moderator, slug, number, "approve")
    wait_until(lambda: ids(reader, q="zanzibar") == [number])


def test_what_waits_for_a_moderator_is_not_found(foyer, reader, slug):
    foyer.query("UPDATE thread SET own = true, policy = 'all'")
    try:
        held = reader.comment(slug, "Nobody shall see quokkas yet.")
        assert held.json["state"] == "held"
    finally:
        foyer.query("UPDATE thread SET own = true, policy = 'open'")
    posted(reader, slug, "Something after it.")
    assert ids(reader, q="quokkas") == []


def test_an_edit_takes_the_old_words_away_at_once(reader, slug):
    number = posted(reader, slug, "I meant armadillo.")
    edited = reader.post_json(
        f"/foyer/threads/{slug}/comments/{number}/edit",
        {"body": "I meant pangolin.",
         "token": reader.json(f"/foyer/me.json?review={slug}")["token"]})
    assert edited.status == 200, edited
    assert ids(reader, q="armadillo") == []
    wait_until(lambda: ids(reader, q="pangolin") == [number])
    assert "pangolin" in found(reader, q="pangolin")["comments"][0]["excerpt"]


def test_what_spoils_a_film_is_neither_shown_nor_found(reader, slug):
    posted(reader, slug, "He is called Ermolai, and ||the butler did it||.")
    whole = reader.comment(slug, "The gardener, of course.", spoiler="1",
                           author="Evpraksia Spoils")
    assert whole.status == 201
    wait_until(lambda: whole.json["id"] in ids(reader, q="Evpraksia"))
    assert ids(reader, q="butler") == [] == ids(reader, q="gardener")
    for name in ["Ermolai", "Evpraksia"]:
        text = page_of(reader, q=name).text
        assert "butler" not in text and "gardener" not in text


HOSTILE = [
    "'", '"', "\\", "(", "a & | ! b", "<->", ":*", "a:*b", "''''", "-",
    "- - -", "-a", "or or", "the", "\x02\x03", "💩", "ж" * 500, "'n:x'",
    "<script>alert(1)</script>", "a " * 500, '"' * 99, "\u202eabc",
    "n:x & i:1", "\\' OR 1=1 --", "http://x.example/?a=b&c", "a" * 3000]


def test_no_question_is_an_error(reader):
    for asked in HOSTILE:
        page = page_of(reader, q=asked, film=asked[:99], director=asked[:99])
        assert page.status == 200, asked[:20]
        assert "<script>alert" not in page.text
        assert isinstance(found(reader, q=asked)["comments"], list)
    assert reader.get("/foyer/search?q=%ff").status == 400


def test_pages_of_what_was_found_hold_each_comment_once(reader, slug):
    made = [reader.comment(slug, f"Of course oxymoron, number {n}.").json["id"]
            for n in range(45)]
    wait_until(lambda: ids(reader, q="oxymoron")[:1] == made[-1:])
    seen, path = [], "/foyer/search?q=oxymoron"
    while path:
        page = reader.get(path).valid()
        seen += [int(a.get("href").rsplit("/", 1)[1])
                 for a in page.tree.iter("a")
                 if a.get("href", "").startswith("/foyer/comments/")]
        path = next((a.get("href") for a in page.tree.iter("a")
                     if "next" in (a.get("rel") or "").split()), None)
    assert seen == made[::-1]


def test_nothing_found_is_said_and_the_question_stays_in_its_field(reader):
    page = page_of(reader, "/foyer/search", q="xyzzyplugh")
    assert "Nothing was found." in page.words
    assert page.form("/reviews/").fields["q"] == "xyzzyplugh"
    assert reader.get("/foyer/search").valid().status == 200
    for wrong in ["issue=x", "issue=-1", "before=0", "issue=99999999999"]:
        assert reader.get(f"/foyer/search?{wrong}").status == 404


def test_the_index_made_anew_finds_the_same(foyer, reader, slug):
    number = posted(reader, slug, "The word is kaleidoscope.")
    foyer.query("UPDATE search_comment SET lexemes = ''")
    foyer.query("DELETE FROM search_review")
    assert ids(reader, q="kaleidoscope") == []
    foyer.ctl("search", "rebuild")
    assert ids(reader, q="kaleidoscope") == [number]
    count, = foyer.query("SELECT count(*) FROM review")[0]
    assert foyer.query("SELECT count(*) FROM search_review") == [(count,)]


def test_comments_from_before_there_was_an_index_are_found_by_and_by(
        foyer, reader, slug):
    number = posted(reader, slug, "The word is hippodrome.")
    foyer.query("DELETE FROM search_comment")
    foyer.query("UPDATE search_head SET filled = 0, fill_to = %s", number)
    foyer.stop()
    foyer.start()
    wait_until(lambda: ids(reader, q="hippodrome") == [number])


def test_a_dump_from_a_server_with_more_transactions_is_searched_on(
        foyer, reader, slug):
    """Its index has seen transactions that this server has not had yet."""
    posted(reader, slug, "Before the dump.")
    foyer.query("UPDATE search_head SET seen = '99999999:99999999:'")
    number = posted(reader, slug, "After the restore.")
    assert ids(reader, q="restore") == [number]


def test_a_flood_is_found_whole_though_it_is_taken_a_hundred_at_a_time(
        foyer, reader, slug):
    foyer.query("""
        WITH made AS (
            INSERT INTO comment (thread_id, id, root, state, visible, person,
                author, sender, body, html, client_key)
            SELECT r.id, n.id, n.id, 'shown', true, gen_random_uuid(), 'A',
                '\\x01', 'A zoetrope.', '<p>A zoetrope.</p>',
                gen_random_uuid()
            FROM review r, (SELECT nextval('comment_id') AS id
                FROM generate_series(1, 350)) n WHERE r.slug = %s
            RETURNING thread_id, id
        ) INSERT INTO change (thread_id, comment_id, shown)
        SELECT m.thread_id, m.id, 1 FROM made m""", slug)
    posted(reader, slug, "After the zoetropes.")
    seen = ids(reader, q="zoetrope")
    while len(seen) < 351:
        more = ids(reader, q="zoetrope", before=seen[-1])
        assert more, len(seen)
        seen += more
    assert len(set(seen)) == 351


def test_a_badge_says_what_it_says_beside_the_comment(foyer, reader, slug):
    number = posted(reader, slug, "An owner’s word on the hedgehog.")
    for badge, said in [("owner", "moderator"),
                        ("reviewer", "author of the review")]:
        foyer.query("UPDATE comment SET badge = %s WHERE id = %s", badge,
                    number)
        page = page_of(reader, q="owner hedgehog")
        assert [e.text for e in page.tree.iter("span")
                if "badge" in e.get("class", "")] == [said]


def test_a_heading_is_in_the_language_of_its_review(foyer, reader, slug):
    foyer.query("UPDATE review SET language = 'ru' WHERE slug = %s", slug)
    try:
        for path in ["/reviews/?after=2147483647-1", f"/reviews/?q={slug}",
                     "/reviews/?issue=1", "/reviews/?issue=2",
                     "/reviews/?issue=3"]:
            for a in reader.get(path).valid().tree.iter("a"):
                if a.get("href") == f"/reviews/{slug}":
                    assert a.get("lang") == "ru"
                    return
        raise AssertionError("the review is in no list")
    finally:
        foyer.query("UPDATE review SET language = 'en' WHERE slug = %s", slug)


def test_an_issue_has_all_that_is_said_in_it_the_newest_first(foyer, reader):
    (slug, issue), (other, _) = foyer.query(
        "SELECT slug, issue FROM review WHERE issue <> 0 ORDER BY issue"
        " LIMIT 2")
    said = [reader.comment(slug, f"Said in the issue, {n}. ||Not so.||"
                           ).json["id"] for n in range(22)]
    reader.comment(other, "Said in another issue.")
    first = found(reader, issue=issue)["comments"]
    assert [c["id"] for c in first][:20] == said[:1:-1]
    assert "Said in the issue, 21." in page_of(reader, issue=issue).words
    assert "Not so" not in str(first)
    assert ids(reader, issue=issue, before=said[2])[:2] == said[1::-1]
    assert ids(reader, issue=issue, film="xyzzyplugh") == []
    assert ids(reader, issue=999) == []


def test_a_question_that_is_far_too_long_is_answered_by_a_page(reader):
    assert page_of(reader, q="кино " * 300).status == 200
    page = page_of(reader, q="кино " * 1000)
    assert page.status == 414 and "200 characters" in page.words
    assert page.headers["Content-Security-Policy"]
