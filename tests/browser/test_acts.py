"""test_acts.py: a vote, a report, a preview and a past, by clicks alone."""

import pytest


@pytest.fixture
def thread(foyer, moderator):
    """A review with a shown comment that was edited, and its number."""
    slug, author = foyer.slugs[0], foyer.reader()
    number = author.comment(slug, "The fog is a good old mystery.",
                            author="Yuri").json["id"]
    path = f"/foyer/threads/{slug}/comments/{number}"
    rule = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
    moderator.post_json(rule, {"act": "approve"})
    author.post_json(f"{path}/edit", {"body": "The fog is a bad old mystery."})
    moderator.post_json(rule, {"act": "approve"})
    return slug, number


def write(reader, body):
    reader.find("[name=author]").send_keys("Vera")
    reader.find("[name=body]").send_keys(body)


def test_a_reader_previews_posts_votes_and_reports_without_scripts(
        person, thread, foyer, moderator):
    slug, number = thread
    reader = person()
    reader.go(f"/reviews/{slug}")
    write(reader, "I *love* hedgehogs.")
    reader.click("Preview")
    assert "How it will look I love hedgehogs." in reader.words("main")
    assert reader.find("[name=body]").get_property("value") == \
        "I *love* hedgehogs."
    reader.click("Send comment")
    assert "waits for a moderator" in reader.words("main")
    reader.go(f"/reviews/{slug}")
    reader.leave(reader.find(f"#comment-{number} .acts button").click)
    assert "You find this comment helpful. 1 reader finds it helpful." in \
        reader.words("main")
    reader.click("Take it back")
    assert "You find" not in reader.words("main")
    reader.click("Helpful").click("Back to the comment")
    assert reader.path.endswith(f"#comment-{number}")
    reader.leave(reader.find(
        f"#comment-{number} .acts a[href$='/report']").click)
    reader.find("#foyer-reason-spoiler").click()
    reader.find("[name=words]").send_keys("The owl, of all things!")
    reader.click("Report it")
    assert "Thank you" in reader.words("main")
    reported = moderator.json("/foyer/admin/queue.json")["comments"]
    assert [c["reports"][0]["words"] for c in reported if c["id"] == number
            ] == ["The owl, of all things!"]


def test_what_an_author_changed_is_one_click_away(person, thread):
    slug, number = thread
    reader = person()
    reader.go(f"/reviews/{slug}")
    reader.leave(reader.find(f"#comment-{number} .edited").click)
    assert reader.words("del") == "good" and reader.words("ins") == "bad"
    reader.click("Back to the comment")
    assert reader.path.endswith(f"#comment-{number}")


def test_who_never_wrote_is_told_why_a_vote_does_not_count(person, thread):
    slug, number = thread
    reader = person()
    reader.expected.add(401)
    reader.go(f"/reviews/{slug}")
    reader.leave(reader.find(f"#comment-{number} .acts button").click)
    assert "Only people who have left a comment here" in reader.words("main")
