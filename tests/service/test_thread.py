"""test_thread.py: reading a thread, posting to it, replying."""

import datetime
import unicodedata
import uuid
import xml.etree.ElementTree

import pytest

SETTINGS = {"filters": {}}
ATOM = "{http://www.w3.org/2005/Atom}"


def find(thread, number):
    return next(c for c in thread["comments"] if c["id"] == number)


def test_a_comment_posted_as_json_is_in_the_thread_at_once(reader, slug):
    posted = reader.comment(slug, "A *fine* ending.", author="Anna")
    assert posted.status == 201, posted
    number = posted.json["id"]
    assert posted.json["state"] == "shown"
    assert posted.json["url"] == f"/reviews/{slug}#comment-{number}"
    until = datetime.datetime.fromisoformat(
        posted.json["edit_until"].replace("Z", "+00:00"))
    assert until > datetime.datetime.now(datetime.timezone.utc)
    comment = find(reader.thread(slug), number)
    assert comment["author"] == {"name": "Anna", "badge": ""}
    assert comment["html"] == "<p>A <em>fine</em> ending.</p>\n"
    assert comment["parent"] is None and comment["depth"] == 0


def test_the_form_works_without_javascript(reader, slug):
    page = reader.get(f"/reviews/{slug}")
    form = page.form("/comments")
    sent = reader.submit(form, author="Boris", body="By the plain form.")
    assert sent.status == 303, sent
    page = reader.follow(sent).valid()
    place = sent.location.partition("#")[2]
    article = page.tree.find(f".//*[@id='{place}']")
    text = "".join(article.itertext())
    assert "Boris" in text and "By the plain form." in text


def test_a_multipart_form_is_read_as_well(reader, slug):
    body = ('--x\r\nContent-Disposition: form-data; name="author"\r\n\r\nM'
            '\r\n--x\r\nContent-Disposition: form-data; name="body"\r\n\r\n'
            'In parts.\r\n--x--\r\n')
    sent = reader.request("POST", f"/foyer/threads/{slug}/comments", body, {
        "Content-Type": "multipart/form-data; boundary=x"})
    assert sent.status == 303, sent


def test_a_reply_given_back_still_shows_what_it_answers(reader, slug):
    root = reader.comment(slug, "The answered words.").json["id"]
    page = reader.get(f"/foyer/threads/{slug}/reply?parent={root}")
    back = reader.submit(page.form("/comments"), author="C.", body=" ")
    assert back.status == 422
    assert "The answered words." in back.valid().words
    assert back.form("/comments").fields["parent"] == str(root)


def test_a_reply_stands_under_its_comment(reader, slug):
    root = reader.comment(slug, "The first word.").json["id"]
    page = reader.get(f"/foyer/threads/{slug}/reply?parent={root}").valid()
    assert "The first word." in page.words
    sent = reader.submit(page.form("/comments"), author="C.", body="A reply.")
    assert sent.status == 303, sent
    number = int(sent.location.rpartition("-")[2])
    reply = find(reader.thread(slug), number)
    assert reply["parent"] == root and reply["depth"] == 1
    order = [c["id"] for c in reader.thread(slug)["comments"]]
    assert order.index(number) == order.index(root) + 1


def test_the_fragment_and_the_feed_hold_the_same_comments(reader, slug):
    number = reader.comment(slug, "In every <form> & format.").json["id"]
    fragment = reader.get(f"/foyer/threads/{slug}.html")
    assert f'id="comment-{number}"' in fragment.text
    feed = reader.get(f"/foyer/threads/{slug}.atom")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    tree = xml.etree.ElementTree.fromstring(feed.body)
    entries = {entry.find(f"{ATOM}id").text: entry
               for entry in tree.iter(f"{ATOM}entry")}
    entry = entries[f"{reader.origin}/foyer/comments/{number}"]
    assert "&lt;form&gt; &amp; format" in entry.find(f"{ATOM}content").text
    shown = {c["id"] for c in reader.thread(slug)["comments"]}
    assert len(entries) == len(shown)


def test_a_permalink_leads_to_the_comment_in_its_place(reader, slug):
    number = reader.comment(slug, "Link to me.").json["id"]
    found = reader.get(f"/foyer/comments/{number}")
    assert found.status == 302
    assert found.location == f"/reviews/{slug}#comment-{number}"


def test_counts_of_several_reviews_come_together(foyer, reader):
    first, second = foyer.slugs[:2]
    reader.comment(second, "One more.")
    counts = reader.json("/foyer/counts.json?review=" + "&review=".join(
        [first, second, "no-such-review"]))
    assert counts == {first: reader.thread(first)["count"],
                      second: reader.thread(second)["count"],
                      "no-such-review": None}


# ---- sent twice ----

def test_the_same_form_sent_twice_makes_one_comment(foyer, reader, slug):
    key = str(uuid.uuid4())
    first = reader.comment(slug, "Only once.", key=key)
    other = foyer.reader()
    for again in [reader.comment(slug, "Only once.", key=key),
                  other.comment(slug, "Only once.", key=key)]:
        assert again.status == 201 and again.json["id"] == first.json["id"]
    rows = foyer.query("SELECT count(*) FROM comment WHERE body = %s",
                       "Only once.")
    assert rows == [(1,)]


def test_the_plain_form_without_a_key_makes_one_comment_too(foyer, slug):
    body = "Sent twice by an impatient finger."
    places = set()
    for _ in range(2):
        client = foyer.reader()
        form = client.get(f"/reviews/{slug}").form("/comments")
        places.add(client.submit(form, author="D.", body=body).location)
    assert len(places) == 1
    assert foyer.query("SELECT count(*) FROM comment WHERE body = %s",
                       body) == [(1,)]


def test_a_key_used_for_another_comment_is_refused(reader, slug):
    key = str(uuid.uuid4())
    assert reader.comment(slug, "One text.", key=key).status == 201
    refused = reader.comment(slug, "Another text.", key=key)
    assert refused.status == 409 and refused.json["field"] == "key"


# ---- limits ----

WRONG = [
    ({"body": ""}, 422, "body-empty"),
    ({"body": "  \n\t "}, 422, "body-empty"),
    ({"body": "\u200b\u202e"}, 422, "body-empty"),
    ({"body": "x" * 10001}, 422, "body-long"),
    ({"author": ""}, 422, "author-empty"),
    ({"author": "x" * 81}, 422, "author-long"),
    ({"email": "no mail"}, 422, "email-bad"),
    ({"parent": 99999999}, 422, "parent-bad"),
    ({"parent": "first"}, 422, "parent-bad"),
    ({"key": "not-a-uuid"}, 422, "key-bad"),
    ({"anchor": "{"}, 422, "anchor-bad"),
]


@pytest.mark.parametrize("fields, status, name", WRONG)
def test_what_is_wrong_is_said_with_its_field(foyer, slug, fields, status,
                                              name):
    fields = {"author": "E.", "body": f"Wrong {fields}."} | fields
    refused = foyer.reader().comment(slug, **fields)
    assert refused.status == status, refused
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json["type"].endswith(name)
    assert refused.json["status"] == status
    assert refused.json["field"] == name.partition("-")[0]


def test_a_form_with_a_fault_comes_back_with_the_text(reader, slug):
    form = reader.get(f"/reviews/{slug}").form("/comments")
    body = "Long. " * 2000
    page = reader.submit(form, author="F. & <G>", body=body).valid()
    assert page.status == 422
    again = page.form("/comments")
    assert again.fields["body"].strip() == body.strip()
    assert again.fields["author"] == "F. & <G>"
    sent = reader.submit(again, body="Short.")
    assert sent.status == 303, sent


def test_ten_thousand_characters_of_any_script_are_taken(reader, slug):
    body = "и" * 9999 + "."
    form = reader.get(f"/reviews/{slug}").form("/comments")
    sent = reader.submit(form, author="Ж" * 80, body=body)
    assert sent.status == 303, sent
    comment = reader.thread(slug)["comments"][-1]
    assert comment["author"]["name"] == "Ж" * 80
    assert body in comment["html"]


BAD = [
    (b"author=a&body=%ff%fe", "application/x-www-form-urlencoded", 400),
    (b'{"author":"a","body":"\xff"}', "application/json", 400),
    (b'{"author":"a","body":', "application/json", 400),
    (b'["author"]', "application/json", 400),
    (b'{"author":"a","body":["x"]}', "application/json", 400),
    (b'{"author":"a","author":"b","body":"x"}', "application/json", 400),
    (b"author=a&author=b&body=x", "application/x-www-form-urlencoded", 400),
    (b"a=1&" * 100, "application/x-www-form-urlencoded", 400),
    (b"<x/>", "text/xml", 415),
]


@pytest.mark.parametrize("body, kind, status", BAD)
def test_a_body_that_cannot_be_read_is_refused(reader, slug, body, kind,
                                               status):
    refused = reader.request("POST", f"/foyer/threads/{slug}/comments", body,
                             {"Content-Type": kind})
    assert refused.status == status, refused


def test_a_body_over_the_limit_is_refused_in_the_clients_language(
        reader, slug):
    path = f"/foyer/threads/{slug}/comments"
    page = reader.post(path, {"author": "a", "body": "x" * 140000})
    assert page.status == 413 and "10,000" in page.valid().words
    problem = reader.comment(slug, "x" * 140000)
    assert problem.status == 413 and problem.json["status"] == 413


def test_text_is_stored_in_nfc_without_control_characters(foyer, reader, slug):
    typed = unicodedata.normalize("NFD", "Тихий ёж\u202e\x07 é")
    number = reader.comment(slug, typed).json["id"]
    stored = foyer.query("SELECT body FROM comment WHERE id = %s", number)
    assert stored == [("Тихий ёж é",)]


def test_markup_never_becomes_a_script(reader, slug):
    body = ('<script>alert(1)</script>\n\n[x](javascript:alert(1)) '
            '![i](http://x.example/i.png) <b onclick="x">b</b>\n\n# h')
    number = reader.comment(slug, body).json["id"]
    html = find(reader.thread(slug), number)["html"].lower()
    for word in ["<script", "<img", "<b ", "<h1", 'href="javascript']:
        assert word not in html
    reader.get(f"/reviews/{slug}").valid()


# ---- policies ----

@pytest.fixture
def policy(foyer):
    """Sets a thread's policy for one test; the thread's slug."""
    slug = foyer.slugs[2]

    def put(name, closes="NULL"):
        foyer.query("UPDATE thread SET own = true, policy = %s::thread_policy, "
                    f"closes_at = {closes} WHERE id = (SELECT id FROM review "
                    "WHERE slug = %s)", name, slug)
        return slug

    yield put
    put("open")


def test_a_newcomer_waits_and_a_known_reader_does_not(foyer, policy):
    slug = policy("open")
    reader = foyer.reader()
    assert reader.comment(slug, "Known.").json["state"] == "shown"
    policy("first")
    assert reader.comment(slug, "Known now.").json["state"] == "shown"
    newcomer = foyer.reader()
    held = newcomer.comment(slug, "New here.")
    assert held.status == 201 and held.json["state"] == "held"
    ids = [c["id"] for c in newcomer.thread(slug)["comments"]]
    assert held.json["id"] not in ids


def test_the_form_leads_a_newcomer_to_a_page_that_says_it_waits(
        foyer, reader, policy):
    slug = policy("first")
    form = reader.get(f"/reviews/{slug}").form("/comments")
    sent = reader.submit(form, author="H.", body="Waiting room.")
    assert sent.status == 303
    page = reader.follow(sent).valid()
    assert "waits for a moderator" in page.words
    assert "Waiting room." in page.words
    assert foyer.reader().get(sent.location).status == 404


def test_everybody_waits_where_the_policy_says_all(foyer, policy):
    slug = policy("open")
    reader = foyer.reader()
    reader.comment(slug, "Shown before.")
    policy("all")
    assert reader.comment(slug, "Held now.").json["state"] == "held"


@pytest.mark.parametrize("name, closes", [
    ("closed", "NULL"), ("open", "now() - interval '1 second'")])
def test_a_closed_thread_takes_no_comment_and_offers_no_form(
        reader, policy, name, closes):
    slug = policy(name, closes)
    refused = reader.comment(slug, "Too late.")
    assert refused.status == 403
    assert refused.json["type"].endswith("thread-closed")
    page = reader.get(f"/reviews/{slug}").valid()
    assert not [f for f in page.forms if f.action.endswith("/comments")]


def test_what_was_posted_before_the_end_is_answered_after_it(foyer, policy):
    """The first answer may have been lost: the retry must not say no."""
    slug = policy("open")
    reader = foyer.reader()
    parent = reader.comment(slug, "Until now.").json["id"]
    late = {"author": "L.", "body": "Just in time.", "parent": parent,
            "key": str(uuid.uuid4())}
    path = f"/foyer/threads/{slug}/comments"
    first = reader.post_json(path, late)
    assert first.status == 201
    foyer.query("UPDATE comment SET state = 'removed' WHERE id = %s", parent)
    again = [reader.post_json(path, late)]
    policy("closed")
    again.append(reader.post_json(path, late))
    assert [(a.status, a.json.get("id")) for a in again] == \
        2 * [(201, first.json["id"])]
    for wrong in [{"body": "Too late."}, {"body": "Late.", "parent": parent}]:
        assert reader.post_json(path, {"author": "L."} | wrong).status == 403


# ---- pages ----

def test_a_long_thread_is_read_page_by_page(foyer, policy):
    slug = policy("open")
    reader = foyer.reader()
    start = len(reader.thread(slug)["comments"])
    sent = [reader.comment(slug, f"Number {n}.").json["id"]
            for n in range(105 - start)]
    seen, path = [], f"/foyer/threads/{slug}.json"
    while path:
        page = reader.json(path)
        seen += [c["id"] for c in page["comments"]]
        path = page["next"] and f"/foyer/threads/{slug}/after-{page['next']}.json"
    assert len(seen) == len(set(seen)) == page["count"]
    assert seen == sorted(seen) and set(sent) <= set(seen)
    newest = reader.json(f"/foyer/threads/{slug}/newest.json")
    assert newest["comments"][0]["id"] == max(seen)
    assert len(newest["comments"]) <= 50
    html = reader.get(f"/reviews/{slug}").valid()
    assert any(a.get("rel") == "next" for a in html.tree.iter("a"))


def test_the_feed_has_a_new_answer_to_an_old_comment(foyer, cluster):
    slug, client = foyer.slugs[1], foyer.reader()
    old = client.comment(slug, "The oldest.").json["id"]
    for i in range(55):
        assert client.comment(slug, f"Number {i}.").status == 201
    client.comment(slug, "A late answer.", parent=old)
    feed = client.get(f"/foyer/threads/{slug}.atom").text
    assert feed.count("<entry>") == 50
    assert feed.index("A late answer.") < feed.index("Number 54.")
    assert "Number 5." not in feed


def test_counts_are_for_fifty_reviews_and_say_so(reader, slug):
    path = "/foyer/counts.json?" + "&".join([f"review={slug}"] * 50)
    assert reader.get(path).status == 200
    refused = reader.get(path + f"&review={slug}")
    assert refused.status == 400
    assert refused.json["type"].endswith("fields-many")
