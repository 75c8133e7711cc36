"""filled.py: 100,000 comments, made by the database itself."""

# Review n has number n. Thread 1 holds 20,000 comments, thread 2 a hundred,
# the others share the rest. Every tenth root has a long tail of replies, some
# comments are about a passage, held or removed, and 200 changes are not folded
# yet; of thread 1000 none is.
FILL = """
SET session_replication_role = replica;
INSERT INTO review (site_id, slug, issue, year, heading, title, reviewer)
SELECT 1, 'film-' || n, n / 10, 2000, 'Somebody: Film ' || n, 'Film ' || n,
    'reviewer ' || n % 50
FROM generate_series(1, 1000) n;
INSERT INTO thread (id, policy) SELECT id, 'open' FROM review;
INSERT INTO comment (thread_id, id, parent, root, state, visible, person,
    author, sender, body, html, posted_at, votes, best, client_key,
    verdict, anchor)
SELECT CASE WHEN n <= 20000 THEN 1 WHEN n <= 20100 THEN 2
        ELSE 3 + n % 998 END,
    n, root, coalesce(root, n), s.state, s.state = 'shown',
    md5((n % 5000)::text)::uuid, 'Reader', md5((n % 5000)::text)::bytea,
    repeat('Some words on a film. ', 20), repeat('<p>Some words.</p>', 20),
    now() - n * interval '1 minute', n % 7, helpful(n % 7, 0),
    md5('key' || n)::uuid,
    '{links,f,10,a link,n=1,100,pace,f,10,a link,n=1,100}',
    CASE WHEN n % 50 = 0 THEN jsonb_build_object('exact', 'words', 'position',
        jsonb_build_object('start', n, 'end', n + 5)) END
FROM (SELECT n, CASE WHEN n <= 20000 AND n % 10 <> 1
        THEN n - (n - 1) % 10 END AS root
    FROM generate_series(1, 100000) n) n
CROSS JOIN LATERAL (SELECT (CASE WHEN n % 97 = 0 THEN 'held'
    WHEN n % 89 = 0 THEN 'spam' WHEN n % 83 = 0 THEN 'removed'
    ELSE 'shown' END)::comment_state AS state) s;
SELECT setval('comment_id', 100000);
UPDATE comment SET verdict = '{slow,t,0,is asked later,"",0}'
WHERE id % 970 = 0;
INSERT INTO revision (thread_id, comment_id, number, body)
SELECT thread_id, id, 1, 'before' FROM comment WHERE id % 20 = 0;
INSERT INTO vote (thread_id, comment_id, person)
SELECT 1, n, md5((n % 5000)::text)::uuid FROM generate_series(1, 20000) n;
INSERT INTO vote_told (thread_id, at, due)
SELECT n, now() - interval '1 minute', n % 50 = 0
FROM generate_series(1, 1000) n;
INSERT INTO report (thread_id, comment_id, person, reason)
SELECT thread_id, id, md5((id % 5000)::text)::uuid, 'spam'
FROM comment WHERE id % 500 = 7;
UPDATE comment SET reports = 1 WHERE id % 500 = 7;
INSERT INTO change (thread_id, shown, at, xid)
SELECT thread_id, 1, posted_at, (3 + id / 250)::text::xid8
FROM comment WHERE state = 'shown';
UPDATE thread t SET folded = pg_current_xact_id(), version = s.n, shown = s.n
FROM (SELECT thread_id, count(*) AS n FROM change GROUP BY thread_id) s
WHERE t.id = s.thread_id;
UPDATE thread SET folded = '3', version = 0, shown = 0 WHERE id = 1000;
UPDATE change_head SET folded = pg_current_xact_id();
INSERT INTO change (thread_id, comment_id, shown)
SELECT n, CASE n WHEN 1 THEN 1 WHEN 2 THEN 20001 ELSE n + 20955 END, 0
FROM generate_series(1, 200) n;
INSERT INTO search_review SELECT r.id, 0, review_lexemes(r) FROM review r;
INSERT INTO search_comment (thread_id, comment_id, change, lexemes)
SELECT c.thread_id, c.id, 0, CASE WHEN c.id % 1000 = 0
    THEN w.words || mentions('Zvyagintsev') ELSE w.words END
FROM comment c, (SELECT comment_lexemes('Reader', 'Some words on a film. ',
    false) AS words) w;
INSERT INTO moderation_log (thread_id, site_id, id, at, actor_name, act, prev,
    hash, comment_id, before, after)
SELECT thread_id, 1, id / 5, now(), 'mod', 'approve', '', '', id, 'held',
    'shown'
FROM comment WHERE id % 5 = 0;
INSERT INTO moderation_log (thread_id, site_id, id, at, actor_name, act, prev,
    hash, comment_id, after)
VALUES (1, 1, 29000, now(), 'mod', 'letter', '', '', 1, 'A letter');
INSERT INTO account (id, name, password)
SELECT md5(n::text)::uuid, 'account ' || n, '' FROM generate_series(1, 5000) n;
INSERT INTO ban (site_id, person) SELECT 1, md5(n::text)::uuid
FROM generate_series(4000, 5000) n;
INSERT INTO letter (thread_id, comment_id, heading)
SELECT thread_id, id, 'A letter' FROM comment
WHERE state = 'shown' AND id % 100 = 1;
UPDATE thread SET pinned = ARRAY[(SELECT min(c.id) FROM comment c
    WHERE c.thread_id = 3)] WHERE id = 3;
INSERT INTO person (site_id, id, trusted, note) SELECT 1, md5(n::text)::uuid,
    n % 10 = 0, 1 FROM generate_series(1, 5000) n;
INSERT INTO person_note (site_id, person, number, words, by)
SELECT 1, id, 1, 'A note', 'editor' FROM person;
SELECT insight_follow(1::smallint, 1) FROM generate_series(1, 5);
UPDATE insight_head SET settled = 100000, reached = 100000, mark = 100000,
    next = 98;
UPDATE insight_site SET ruled = 20000;
INSERT INTO follower (thread_id, comment_id, person, mail, address, asked_at,
    confirmed_at)
SELECT thread_id, id, person, decode(md5((id % 5000)::text), 'hex'), 'v4',
    now() - id * interval '1 minute', now() FROM comment
WHERE id % 5 = 4 AND id BETWEEN 1000 AND 50000;
INSERT INTO outbox (thread_id, site_id, comment_id, kind, about, mail, made_at,
    due_at, over_at)
SELECT thread_id, 1, comment_id, 'confirm', 0, mail, asked_at, asked_at,
    CASE WHEN comment_id % 100 > 4 THEN asked_at END FROM follower;
INSERT INTO outbox (thread_id, site_id, comment_id, kind, about, made_at)
SELECT 0, 1, 0, 'digest', n, now() - n * interval '1 hour'
FROM generate_series(1, 700) n;
INSERT INTO insight_retrain SELECT 1, 'bayes', now();
INSERT INTO mark_used (thread_id, mark, client_key, ends)
SELECT thread_id, 'of-' || id, client_key, now() - id * interval '0.1 s'
FROM comment WHERE id % 5 = 2;
"""
