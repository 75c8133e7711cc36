"""test_insight.py: the sums behind the statistics are what counting gives."""

import pytest

# 3,000 comments of five threads and forty days, in no order of days, and 900
# rulings on them; every fifth comment that was ruled is ruled again.
SCENE = """
SELECT setseed(0.4);
INSERT INTO review (site_id, slug, heading, title)
SELECT 1, 'film-' || n, 'Film ' || n, 'Film ' || n
FROM generate_series(1, 5) n;
INSERT INTO thread (id, policy) SELECT id, 'open' FROM review;
INSERT INTO comment (thread_id, id, root, state, visible, person, author,
    sender, body, html, posted_at, client_key, verdict)
SELECT 1 + n * n % 5, n, n, (ARRAY['shown', 'held', 'spam', 'removed',
        'erased'])[1 + (random() * random() * 5)::int % 5]::comment_state,
    true, md5(n::text)::uuid, 'Reader', '', 'b', 'h',
    '2025-12-20 00:00+00'::timestamptz + random() * interval '40 days',
    md5(n::text)::uuid,
    ARRAY['links', 'f', ((random() * 3)::int * 15)::text, 'r', 'n=1', '9',
        'mood', CASE WHEN random() < 0.1 THEN 't' ELSE 'f' END,
        ((random() - 0.5) * 200)::int::text, '', '', '20']
FROM generate_series(1, 3000) n;
SELECT setval('comment_id', 3000);
"""
RULE = """
INSERT INTO moderation_log (thread_id, site_id, id, at, actor_name, act, prev,
    hash, comment_id, before, after)
SELECT c.thread_id, 1, m.id + row_number() OVER (ORDER BY c.id),
    '2026-01-29 00:00+00'::timestamptz + random() * interval '20 days', 'mod',
    'approve', '', '', c.id,
    CASE WHEN random() < 0.7 THEN 'held' ELSE 'shown' END,
    (ARRAY['shown', 'spam', 'spam', 'removed', 'held'])[
        1 + (random() * 5)::int % 5]
FROM comment c, (SELECT coalesce(max(id), 0) AS id FROM moderation_log) m
WHERE c.id % %s = 0
"""
LATEST = """
WITH stands AS (
    SELECT DISTINCT ON (l.comment_id) l.id, c.thread_id, l.comment_id, l.at,
        l.after
    FROM moderation_log l JOIN comment c ON c.id = l.comment_id
    ORDER BY l.comment_id, l.id DESC)
"""
# What the sums say, and what counting says.
PAIRS = {
    "days": ("""
        SELECT site_id, day, shown, held, spam, removed, erased
        FROM insight_day ORDER BY 1, 2""", """
        SELECT r.site_id, (posted_at AT TIME ZONE 'UTC')::date,
            count(*) FILTER (WHERE state = 'shown'),
            count(*) FILTER (WHERE state = 'held'),
            count(*) FILTER (WHERE state = 'spam'),
            count(*) FILTER (WHERE state = 'removed'),
            count(*) FILTER (WHERE state = 'erased')
        FROM comment c JOIN review r ON r.id = c.thread_id
        GROUP BY 1, 2 ORDER BY 1, 2"""),
    "threads": ("""
        SELECT site_id, span, first, thread_id, shown
        FROM insight_busy ORDER BY 1, 2, 3, 4""", """
        SELECT 1, span,
            date_trunc(span, posted_at AT TIME ZONE 'UTC')::date, thread_id,
            count(*)
        FROM comment c, unnest('{week,month,year}'::text[]) span
        WHERE state = 'shown' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""),
    "waiting": ("""
        SELECT site_id, day, step, n FROM insight_wait ORDER BY 1, 2, 3""", """
        SELECT 1, (l.at AT TIME ZONE 'UTC')::date, floor(8 * log(2, greatest(1,
            extract(epoch FROM l.at - coalesce((SELECT b.at
                FROM moderation_log b WHERE b.comment_id = l.comment_id
                    AND b.after = 'held' AND b.id < l.id
                ORDER BY b.id DESC LIMIT 1), c.posted_at)))))::int, count(*)
        FROM moderation_log l JOIN comment c ON c.id = l.comment_id
        WHERE l.before = 'held' AND l.after <> 'held'
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""),
    "rulings": ("""
        SELECT comment_id, id, spam FROM insight_ruling
        ORDER BY 1""", LATEST + """
        SELECT comment_id, id, after = 'spam' FROM stands
        WHERE after IN ('shown', 'spam') ORDER BY 1"""),
    "filters": ("""
        SELECT week, filter, caught, wrong, missed, passed, silent
        FROM insight_filter
        WHERE caught + wrong + missed + passed + silent > 0
        ORDER BY 1, 2""", LATEST + """
        SELECT date_trunc('week', s.at AT TIME ZONE 'UTC')::date, e.filter,
            count(*) FILTER (WHERE score >= 30 AND after = 'spam'
                AND NOT silent),
            count(*) FILTER (WHERE score >= 30 AND after = 'shown'
                AND NOT silent),
            count(*) FILTER (WHERE score < 30 AND after = 'spam'
                AND NOT silent),
            count(*) FILTER (WHERE score < 30 AND after = 'shown'
                AND NOT silent),
            count(*) FILTER (WHERE silent)
        FROM stands s JOIN evidence e USING (thread_id, comment_id)
        WHERE s.after IN ('shown', 'spam') GROUP BY 1, 2 ORDER BY 1, 2"""),
}


def follow(db, most=2):
    """As foyerd's background process does; how many steps it took."""
    steps = 1
    while db.execute("SELECT insight_follow(1::smallint, %s)",
                     [most]).fetchone()[0]:
        steps += 1
    return steps


def agree(db):
    for name, (sums, counted) in PAIRS.items():
        want = db.execute(counted).fetchall()
        assert want, name
        assert db.execute(sums).fetchall() == want, name


@pytest.fixture
def made(cluster):
    name = cluster.fresh()
    with cluster.connect(name) as owner, \
            cluster.connect(name, "foyer_web") as web:
        owner.execute(SCENE)
        owner.execute(RULE.replace("%s", "3", 1))
        assert follow(web) > 2
        yield owner, web


def test_what_was_there_before_is_counted(made):
    agree(made[0])


def test_a_change_is_counted_once_whoever_makes_it(made):
    owner, web = made
    owner.execute("UPDATE comment SET state = 'spam' WHERE id % 7 = 0")
    owner.execute("UPDATE comment SET state = 'erased' WHERE id % 11 = 0")
    owner.execute("UPDATE comment SET thread_id = 2 WHERE id % 13 = 0"
                  " AND thread_id = 1")
    owner.execute("DELETE FROM comment WHERE id % 17 = 0 AND NOT EXISTS"
                  " (SELECT FROM moderation_log l WHERE comment_id = comment.id)")
    follow(web)
    for name in ["days", "threads"]:
        sums, counted = PAIRS[name]
        assert owner.execute(sums).fetchall() == \
            owner.execute(counted).fetchall()


def test_a_change_costs_its_thread_alone(made):
    """Its part is written anew, no other of the 1,024 around it is."""
    owner, web = made
    parts = "SELECT thread_id, day, block, xmin::text FROM insight_part"
    before = owner.execute(parts).fetchall()
    owner.execute("UPDATE comment SET state = 'spam'"
                  " WHERE id = 1500 AND state <> 'spam'"
                  " OR id = 1501 AND state <> 'spam'")
    follow(web)
    changed = set(owner.execute(parts).fetchall()) - set(before)
    where = {row[:3] for row in changed}
    assert where == set(owner.execute(
        "SELECT thread_id, (posted_at AT TIME ZONE 'UTC')::date, id / 1024"
        " FROM comment WHERE id IN (1500, 1501)").fetchall())
    assert owner.execute(PAIRS["days"][0]).fetchall() == \
        owner.execute(PAIRS["days"][1]).fetchall()


def test_a_later_ruling_takes_the_place_of_the_one_before(made):
    owner, web = made
    owner.execute(RULE.replace("%s", "5", 1))
    follow(web)
    agree(owner)
    owner.execute(RULE.replace("%s", "1", 1))
    follow(web)
    agree(owner)


def test_a_comment_that_moves_takes_its_rulings_along(made):
    """What is ruled next takes the place of what was ruled elsewhere."""
    owner, web = made
    owner.execute("SELECT move_branch(1::smallint, thread_id, id,"
                  " 'film-' || 1 + thread_id % 5) FROM comment"
                  " WHERE id % 15 = 0")
    follow(web)
    agree(owner)
    owner.execute(RULE.replace("%s", "10", 1))
    follow(web)
    agree(owner)
    web.execute("SELECT insight_reset(1::smallint)")
    follow(web)
    agree(owner)


def test_what_is_called_as_a_state_is_no_ruling(made):
    """A letter's heading, the review that a comment moved to."""
    owner, web = made
    owner.execute("""
        INSERT INTO moderation_log (thread_id, site_id, id, at, actor_name,
            act, prev, hash, comment_id, before, after)
        SELECT c.thread_id, 1, m.id + row_number() OVER (ORDER BY c.id), now(),
            'mod', CASE WHEN c.id % 2 = 0 THEN 'letter' ELSE 'move' END, '',
            '', c.id, 'held', 'spam'
        FROM comment c, (SELECT max(id) AS id FROM moderation_log) m
        WHERE c.id <= 30""")
    before = [owner.execute(sums).fetchall() for sums, _ in PAIRS.values()]
    follow(web)
    assert before == [owner.execute(sums).fetchall()
                      for sums, _ in PAIRS.values()]


def test_made_anew_it_is_the_same(made):
    owner, web = made
    owner.execute("UPDATE insight_day SET shown = shown + 1")
    owner.execute("UPDATE insight_filter SET caught = 0")
    web.execute("SELECT insight_reset(1::smallint)")
    follow(web)
    agree(owner)


POST = """
INSERT INTO comment (thread_id, root, state, visible, person, author, sender,
    body, html, client_key)
VALUES (1, 0, 'shown', true, gen_random_uuid(), 'R', '', 'b', 'h',
    gen_random_uuid())
"""


def test_a_comment_that_is_long_in_committing_is_counted_too(made, cluster):
    owner, web = made
    database = owner.info.dbname
    with cluster.connect(database, autocommit=False) as slow:
        slow.execute(POST)                      # its id is the lowest to come
        for _ in range(3):
            owner.execute("UPDATE insight_head SET mark_at = '-infinity'")
            owner.execute(POST)
            for _ in range(2):
                follow(web)
        slow.commit()
    follow(web)
    follow(web)
    sums, counted = PAIRS["days"]
    assert owner.execute(sums).fetchall() == owner.execute(counted).fetchall()


def test_when_nothing_has_changed_nothing_is_counted(made):
    owner, web = made
    for _ in range(3):
        owner.execute("UPDATE insight_head SET mark_at = '-infinity'")
        follow(web)
    owner.execute("UPDATE insight_part SET shown = shown + 1")
    before = owner.execute("SELECT sum(shown) FROM insight_part").fetchone()
    follow(web)
    assert owner.execute("SELECT sum(shown) FROM insight_part"
                         ).fetchone() == before


def test_a_dump_that_is_restored_elsewhere_goes_on(made):
    """There the transactions begin anew, far below the mark."""
    owner, web = made
    owner.execute("UPDATE insight_head SET mark_xid = '900000000000',"
                  " mark_at = now()")
    owner.execute(POST)
    follow(web)
    agree(owner)
    settled, mark = owner.execute(
        "SELECT mark_xid < '900000000000'::xid8, mark FROM insight_head"
    ).fetchone()
    assert settled and mark == 3001


def test_two_nodes_do_not_count_at_the_same_time(made, cluster):
    owner, web = made
    with cluster.connect(owner.info.dbname, "foyer_web",
                         autocommit=False) as other:
        other.execute("SELECT insight_follow(1::smallint, 2)")
        owner.execute("UPDATE comment SET state = 'spam' WHERE id = 9")
        web.execute("SELECT insight_follow(1::smallint, 2)")
        assert owner.execute("SELECT count(*) FROM insight_due"
                             ).fetchone() == (1,)
        other.commit()
    follow(web)
    agree(owner)
