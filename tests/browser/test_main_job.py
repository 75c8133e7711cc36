"""test_main_job.py: a review gets its moderated thread, in real browsers."""

import re

import pytest

TOLD = "Your comment waits for a moderator"


@pytest.fixture
def slug(foyer, javascript):
    """A thread each: the same words twice would be one comment."""
    return foyer.slugs[1 if javascript else 2]


@pytest.fixture(scope="module")
def password(foyer):
    return foyer.add_account("editor", "moderator")


@pytest.fixture
def editor(person, javascript, password):
    return person(javascript).sign_in("editor", password)


@pytest.fixture
def reader(person, javascript):
    return person(javascript)


def number_of(person):
    """Of the comment whose author's page this is."""
    return int(re.search(r"/comments/(\d+)$", person.path)[1])


def shown(person, editor, slug, author, body):
    """A comment that has been approved: its number."""
    number = number_of(person.comment(slug, author, body))
    editor.go("/foyer/admin/").rule("Approve", number)
    return number


def test_scripts_run_only_where_they_should(reader, javascript):
    reader.driver.get("data:text/html,<title>no</title>"
                      "<script>document.title = 'yes'</script>")
    assert reader.driver.title == ("yes" if javascript else "no")


def test_a_review_is_read(reader):
    slug = "the-new-babylon-1929"
    reader.go("/reviews/")
    assert "Issue 2 (2025)".lower() in reader.words().lower()
    link = reader.find(f".reviews a[href$='{slug}']").text
    reader.click(link)
    assert reader.path == f"/reviews/{slug}"
    assert reader.words("h1") == link
    assert "Paris Commune" in reader.words(".review .text")
    credits = reader.words(".credits")
    for words in ["Soviet Union, 1929", "Black and white, 93 minutes",
                  "Music Dmitrii Shostakovich"]:
        assert words in credits
    assert "Leyda, Jay" in reader.words(".works")
    assert reader.find("#comments form").is_displayed()


def test_a_newcomers_comment_waits_and_is_let_in(reader, editor, slug):
    reader.comment(slug, "A newcomer", "Which *cut* was it?")
    number = number_of(reader)
    assert TOLD in reader.words()
    assert reader.words(".comment .words") == "Which cut was it?"
    reader.fill(body="Which **print** was it?").click("Save changes")
    assert reader.words(".comment .words") == "Which print was it?"
    assert TOLD in reader.words() and number_of(reader) == number

    held = f"#held-{number}"
    editor.go("/foyer/admin/")
    said = editor.words(held)
    for words in ["A newcomer", "Which print was it?", "Held because"]:
        assert words in said
    # Those that found nothing are folded away.
    filters = {name.get_attribute("textContent"):
               score.get_attribute("textContent") for name, score in zip(
                   editor.all(f"{held} tbody tr > :nth-child(1)"),
                   editor.all(f"{held} tbody tr > :nth-child(2)"))}
    assert sorted(filters) == ["honeypot", "links", "pace"]
    assert all(score.isdigit() for score in filters.values())
    editor.rule("Approve", number)
    assert editor.path.startswith("/foyer/admin/")
    assert not editor.all(f"{held}:not([hidden])")

    reader.go(f"/foyer/comments/{number}")
    assert reader.path == f"/reviews/{slug}#comment-{number}"
    comment = reader.find(".comment:target")
    assert "Which print was it?" in comment.text
    assert 0 <= reader.script(
        "return arguments[0].getBoundingClientRect().top", comment) < 400
    reader.go(f"/foyer/threads/{slug}/comments/{number}")
    assert "Your comment is published" in reader.words()


def test_an_author_deletes_a_comment(reader, slug):
    reader.comment(slug, "A reader", "I regret this at once.")
    mine = reader.path
    reader.named("Delete it").click()
    reader.click("Delete for good")
    assert reader.path == f"/reviews/{slug}#comments"
    reader.go(mine)
    assert "Your comment is gone." in reader.words()
    assert "I regret this" not in reader.words()


WRONG = [
    ("   ", "Please write a comment before you send it."),
    ("long " * 2001, "The comment is longer than 10,000 characters."),
]


@pytest.mark.parametrize("body, sentence", WRONG, ids=["empty", "long"])
def test_a_form_comes_back_with_its_text(person, slug, body, sentence):
    """Without scripts; with them: test_script.py."""
    reader = person()
    reader.expected.add(422)
    reader.comment(slug, "A reader", body)
    assert sentence in reader.words(".alert")
    assert reader.words("#foyer-body-wrong") == sentence
    assert reader.find("[name=author]").get_attribute("value") == "A reader"
    field = reader.find("[name=body]")
    assert field.get_attribute("value") == body
    assert field.get_attribute("aria-invalid") == "true"
    reader.named(sentence, ".alert").click()
    reader.fill(body="Just right.").click("Send comment")
    assert TOLD in reader.words()


def test_a_comment_that_was_sent_before_waits_too(person, foyer, slug):
    """Its first answer was lost, say by pressing the button twice."""
    reader = person()
    sent = foyer.reader().post(f"/foyer/threads/{slug}/comments",
                               {"author": "A reader", "body": "Sent twice."})
    assert sent.status == 303, sent
    reader.comment(slug, "A reader", "Sent twice.")
    assert TOLD in reader.words() and "Sent twice." in reader.words()
    assert not reader.all("main form")


def test_spam_is_seen_no_more(reader, editor, slug):
    number = number_of(reader.comment(slug, "Shop", "Cheap watches, cheap!"))
    editor.go("/foyer/admin/").rule("Spam", number)
    assert not editor.all(f"#held-{number}:not([hidden])")
    mine = reader.path
    assert "Cheap watches" not in reader.go(f"/reviews/{slug}").words()
    assert TOLD in reader.go(mine).words()


def test_a_reply_and_the_tombstone_above_it(reader, editor, person, slug):
    number = shown(reader, editor, slug, "Loud voice", "Rubbish, all of it.")
    other = person().go(f"/reviews/{slug}")
    other.click("Reply: Loud voice", f"#comment-{number}")
    assert "Rubbish, all of it." in other.words(".answered")
    other.fill(author="A patient reader", body="Say why.").click("Send reply")
    reply = number_of(other)
    editor.go("/foyer/admin/")
    assert "In reply to Loud voice" in editor.words(f"#held-{reply}")
    editor.rule("Approve", reply)

    editor.go(f"/foyer/admin/threads/{slug}")
    stone = f"#comment-{number}"
    editor.fill(stone, reason="Says nothing").click("Remove", stone)
    assert editor.path == f"/foyer/admin/threads/{slug}"
    other.go(f"/reviews/{slug}")
    assert "removed by a moderator: Says nothing" in other.words(stone)
    assert "Rubbish" not in other.words() and "Loud voice" not in other.words()
    nested = other.find(f"li:has(> {stone}) > .replies #comment-{reply}")
    assert "Say why." in nested.text
    assert not other.all(f"{stone} .acts")


def test_a_closed_thread_takes_nothing(reader, editor, person, slug):
    number = shown(reader, editor, slug, "A reader", "The last word.")
    editor.go(f"/foyer/admin/threads/{slug}")
    editor.find("option[value=closed]").click()
    editor.click("Save")
    page = person().go(f"/reviews/{slug}")
    assert "The last word." in page.words(f"#comment-{number}")
    assert "This thread is closed" in page.words("#comments")
    assert not page.all(".comment-form") and not page.all("[href*=reply]")
    editor.find("option[value=first]").click()
    editor.click("Save")
    assert page.go(f"/reviews/{slug}").all("#comments .comment-form")


def test_the_log_lists_every_act(reader, editor, slug):
    acts = {}
    for act, text in [("spam", "Spam"), ("remove", "Remove"),
                      ("approve", "Approve")]:
        number = number_of(reader.comment(slug, "A reader", f"To {act}."))
        held = f"#held-{number}"
        editor.go("/foyer/admin/").fill(held, reason=f"Why {act}")
        editor.rule(text, number)
        acts[number] = act
    editor.click("Log", "nav")
    rows = [row.text for row in editor.all(".log tbody tr")][:3]
    for row, (number, act) in zip(rows, reversed(acts.items())):
        for words in ["editor", act, f"#{number}", f"Why {act}"]:
            assert words in row
    editor.click(f"{slug} #{max(acts)}")
    assert editor.find(f"#comment-{max(acts)}:target").is_displayed()


def test_signing_in_and_out(person, javascript, password):
    editor = person(javascript)
    editor.expected.add(401)
    editor.sign_in("editor", "not the password")
    assert "name and password don" in editor.words(".alert")
    assert editor.find("[name=name]").get_attribute("value") == "editor"
    editor.fill(password=password).click("Sign in")
    assert editor.path == "/foyer/admin/"
    assert "Signed in as editor" in editor.words()
    editor.click("Sign out")
    assert editor.path == "/reviews/"
    editor.go("/foyer/admin/")
    assert editor.path.startswith("/foyer/session?next=")


def test_a_spoiler_shows_itself_to_those_who_ask(reader, editor, slug):
    number = shown(reader, editor, slug, "A reader", "It ends: ||rain||.")
    reader.go(f"/reviews/{slug}")
    spoiler = reader.find(f"#comment-{number} .spoiler")

    def opacity():
        colour = spoiler.value_of_css_property("color")
        return float(re.findall(r"[\d.]+", colour)[3])

    assert opacity() == 0
    reader.script("arguments[0].focus()", spoiler)
    assert opacity() == 1


def test_a_limit_is_a_moment_and_what_was_lately_a_distance(
        reader, slug, javascript):
    reader.comment(slug, "Somebody", f"In time, {javascript}?")
    until = reader.words("main .hint")
    assert re.search(r"until .*\b20\d\d\b.*\d:\d\d", until), until
    posted = reader.words("main .meta time, main time")
    assert bool(re.search(r"\b20\d\d\b", posted)) != javascript, posted
    reader.look(1280, media="print")
    printed = reader.script("return getComputedStyle(document.querySelector("
                            "'main time'), '::after').content")
    assert bool(re.search(r"\b20\d\d\b", printed)) == javascript, printed
