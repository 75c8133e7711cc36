"""test_retention.py: what is kept for a time only is gone after it."""

from process import wait_until

SETTINGS = {"filters": {}, "policy": "open", "sender_keep": 10,
            "mail_keep": 20, "spam_keep": 30, "revision_keep": 40}

LEFT = """
SELECT octet_length(c.sender) > 0, c.email_hash IS NOT NULL, c.state::text,
    c.body <> '', (SELECT count(*) FROM revision r
        WHERE r.thread_id = c.thread_id AND r.comment_id = c.id)::integer
FROM comment c WHERE c.id = %s
"""


def comment(foyer, slug, days, state="shown"):
    """One that was posted and edited so many days ago."""
    reader = foyer.reader()
    number = reader.comment(slug, f"{state} since {days} days.",
                            email="a@b.example").json["id"]
    reader.post_json(f"/foyer/threads/{slug}/comments/{number}/edit",
                     {"body": f"{state} and edited, {days}."})
    foyer.query("UPDATE comment SET state = %s, visible = %s,"
                " posted_at = now() - %s * interval '1 day' WHERE id = %s",
                state, state == "shown", days, number)
    foyer.query("UPDATE revision SET at = now() - %s * interval '1 day'"
                " WHERE comment_id = %s", days, number)
    return number


def test_each_thing_is_kept_as_long_as_its_setting_says(foyer, slug):
    wanted = {
        (5, "shown"): (True, True, "shown", True, 1),
        (15, "shown"): (False, True, "shown", True, 1),
        (25, "shown"): (False, False, "shown", True, 1),
        (45, "shown"): (False, False, "shown", True, 0),
        (25, "spam"): (False, False, "spam", True, 1),
        (35, "spam"): (False, False, "erased", False, 0),
        (36, "spam"): (False, False, "erased", False, 0),
        (35, "held"): (False, False, "held", True, 1)}
    numbers = {of: comment(foyer, slug, *of) for of in wanted}
    # One that keeps its place, for a reply.
    foyer.query("UPDATE comment SET visible = true WHERE id = %s",
                numbers[36, "spam"])
    foyer.stop()
    foyer.query("UPDATE retain_head SET upto = 0")
    foyer.start()

    def left():
        return {of: foyer.query(LEFT, number)[0]
                for of, number in numbers.items()}

    wait_until(lambda: left() == wanted)
    assert "edited, 45" in foyer.reader().get(f"/reviews/{slug}").text


def test_the_walk_begins_anew_when_it_is_over(foyer, slug):
    upto = "SELECT upto FROM retain_head"
    wait_until(lambda: foyer.query(upto) != [(0,)])
    wait_until(lambda: foyer.query(upto) == [(0,)])
