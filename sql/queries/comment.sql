-- comment_context: site, slug, parent, person, sender, author, mail, domain -> thread, version, count, policy, closes at, title, language, slug, minutes, parent found, parent author, parent body, parent locked, ban, trusted, badge
-- The sums are what was folded last: nobody asks for them here.
SELECT t.id, t.version, t.shown, t.policy, usec(t.closes_at), r.title,
    r.language, r.slug, r.minutes, p.id IS NOT NULL, p.author,
    left(p.body, 2000),
    coalesce(p.locked, 0) <> 0,
    CASE WHEN a.suspended THEN 'refuse' ELSE coalesce((SELECT max(x.effect) FROM (
            SELECT b.effect FROM ban b
            WHERE b.person = $4 AND b.site_id = $1::smallint
                AND (b.until IS NULL OR b.until > now())
            UNION ALL SELECT b.effect FROM ban b
            WHERE b.sender = decode($5::text, 'hex') AND b.site_id = $1::smallint
                AND (b.until IS NULL OR b.until > now())
            UNION ALL SELECT b.effect FROM ban b
            WHERE b.mail = decode(nullif($7::text, ''), 'hex') AND b.site_id = $1::smallint
                AND (b.until IS NULL OR b.until > now())
            UNION ALL SELECT b.effect FROM ban b
            WHERE b.domain = $8 AND b.site_id = $1::smallint
                AND (b.until IS NULL OR b.until > now())
        ) x)::text, '') END,
    coalesce(a.role >= 'moderator', false) OR EXISTS (SELECT FROM person m
        WHERE m.site_id = $1::smallint AND m.id = $4 AND m.trusted),
    CASE WHEN i.name = $6 AND r.slug = ANY (i.reviewer_of) THEN 'reviewer'
        ELSE badge(a.role, coalesce(i.name, a.name), a.reviewer, $6,
            r.reviewer) END
FROM review r JOIN thread t ON t.id = r.id
LEFT JOIN comment p ON p.thread_id = r.id AND p.id = $3
    AND (p.state = 'shown' OR p.state IN ('held', 'spam')
        AND p.person = $4)
LEFT JOIN account a ON a.id = $4
LEFT JOIN sso_identity i ON i.account_id = a.id
WHERE r.site_id = $1::smallint AND r.slug = $2;

-- comment_history: person -> shown, removed, first seen
SELECT h.shown, h.removed, usec(h.first_seen) FROM history($1) h;

-- comment_up: thread, parent -> none
-- Whoever changes the parent's state waits until its reply is in.
SELECT FROM comment c WHERE c.thread_id = $1 AND c.id = $2 FOR KEY SHARE;

-- comment_add: site, thread, parent, person, author, badge, email hash, sender, body, html, anchor, key, state, why, verdict, policy, guessed, spoiler -> id, root, state, posted
-- A reply to one's own comment that waits waits too. No row: comment_again or
-- comment_refused tells why. Every plan node here is set up for every comment,
-- so what only the refused must hear is asked there.
WITH new AS (
    INSERT INTO comment (thread_id, id, parent, root, state, visible, person,
        author, badge, email_hash, sender, body, html, anchor, client_key, why,
        verdict, spoiler)
    SELECT n.thread_id, n.id, up.id, coalesce(up.root, n.id),
        CASE WHEN up.waits AND $13::text = 'shown' THEN 'held'
            ELSE $13::text::comment_state END,
        $13::text = 'shown' AND up.waits IS NOT TRUE, $4, $5, $6,
        decode(nullif($7::text, ''), 'hex'), decode($8::text, 'hex'), $9, $10,
        nullif($11::text, '')::jsonb, $12,
        CASE WHEN up.waits AND $13::text = 'shown' THEN 'parent' ELSE $14 END,
        $15::text::text[], $18::text::boolean
    FROM (
        SELECT t.id AS thread_id, nextval('comment_id') AS id FROM thread t
        WHERE t.id = $2 AND t.policy <> 'closed'
            AND coalesce(t.closes_at > now(), true)
            AND $16::text IN ('', t.policy::text)
            AND NOT ($17::text::boolean AND EXISTS (SELECT FROM ban b
                WHERE b.sender = decode($8::text, 'hex')
                    AND b.site_id = $1::smallint
                    AND (b.until IS NULL OR b.until > now())))
    ) n LEFT JOIN LATERAL (
        SELECT c.id, c.root, c.state <> 'shown' AS waits FROM comment c
        WHERE c.thread_id = $2 AND c.id = $3 AND c.locked = 0
            AND (c.state = 'shown' OR c.state IN ('held', 'spam')
                AND c.person = $4)
    ) up ON true
    WHERE $3 = 0 OR up.id IS NOT NULL
    ON CONFLICT (thread_id, client_key) DO NOTHING
    RETURNING thread_id, id, root, state, posted_at
), moved AS (
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT n.thread_id, n.id, 1 FROM new n WHERE n.state = 'shown'
)
SELECT n.id, n.root, n.state, usec(n.posted_at) FROM new n;

-- comment_refused: site, slug, parent, person -> whether it is closed, whether the parent is there, whether it takes no replies
-- Neither: the thread's policy is not the one that the comment was judged by,
-- or its sender is banned and that was not asked before.
SELECT t.policy = 'closed' OR coalesce(t.closes_at <= now(), false),
    $3 = 0 OR EXISTS (SELECT FROM comment c
        WHERE c.thread_id = t.id AND c.id = $3
            AND (c.state = 'shown' OR c.state IN ('held', 'spam')
                AND c.person = $4)),
    EXISTS (SELECT FROM comment c
        WHERE c.thread_id = t.id AND c.id = $3 AND c.locked <> 0)
FROM review r JOIN thread t ON t.id = r.id
WHERE r.site_id = $1::smallint AND r.slug = $2;

-- comment_again: site, slug, key, person, body -> id, root, state, posted, badge, thread, same person and body
-- It is told that it was kept, so it must be where the standby is, too: a server
-- that has just recovered shows what it never replicated. Locking a row writes,
-- and what writes waits for the standby.
SELECT c.id, c.root, c.state, usec(c.posted_at), c.badge, c.thread_id,
    c.person = $4 AND (c.body = $5 OR c.edited_at IS NOT NULL
        OR c.state = 'erased')
FROM comment c
WHERE c.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2)
    AND c.client_key = $3
FOR KEY SHARE OF c;

-- comment_get: site, slug, id -> thread, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, body, person, slug, title, spoiler
SELECT c.thread_id, c.id, c.parent, c.root, c.state, c.author, c.badge,
    c.html, c.anchor, c.reason, c.posted, c.edited, c.votes, c.body,
    c.person, c.slug, c.title, c.spoiler
FROM whole_comment c
WHERE c.site_id = $1::smallint AND c.slug = $2 AND c.id = $3;

-- comment_mine: site, slug, person -> thread, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, body, person, slug, title, spoiler
SELECT c.thread_id, c.id, c.parent, c.root, c.state, c.author, c.badge,
    c.html, c.anchor, c.reason, c.posted, c.edited, c.votes, c.body,
    c.person, c.slug, c.title, c.spoiler
FROM whole_comment c
WHERE c.site_id = $1::smallint AND c.slug = $2 AND c.person = $3
    AND c.state <> 'erased'
    AND c.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2)
ORDER BY c.id DESC LIMIT 100;

-- comment_find: site, id -> thread, slug
WITH c AS MATERIALIZED (
    SELECT thread_id, visible FROM comment WHERE id = $2
)
SELECT r.id, r.slug FROM review r
WHERE r.id = (SELECT c.thread_id FROM c WHERE c.visible)
    AND r.site_id = $1::smallint;

-- comment_where: site, id, slug -> thread, slug
-- In any state, if it was under that review before.
SELECT r.id, r.slug FROM review r
WHERE r.id = (SELECT c.thread_id FROM comment c WHERE c.id = $2 LIMIT 1)
    AND r.site_id = $1::smallint
    AND EXISTS (SELECT FROM review o JOIN comment_moved m
        ON m.thread_id = r.id AND m.comment_id = $2 AND m.was = o.id
        WHERE o.site_id = $1::smallint AND o.slug = $3);

-- What changes a comment's state locks its root first, so that the trees'
-- `visible` is always made by one writer at a time.

-- comment_tree: site, slug, id -> none
WITH r AS (
    SELECT id FROM review WHERE site_id = $1::smallint AND slug = $2
)
SELECT FROM comment t
WHERE t.thread_id = (SELECT id FROM r) AND t.id = (SELECT c.root
    FROM comment c WHERE c.thread_id = (SELECT id FROM r) AND c.id = $3)
FOR UPDATE;

-- comment_lock: site, slug, id -> thread, root, state, person, posted, now, body, edited, spoiler, revisions
SELECT c.thread_id, c.root, c.state, c.person, usec(c.posted_at),
    usec(now()), c.body, usec(c.edited_at), c.spoiler,
    (SELECT max(v.number) FROM revision v
        WHERE v.thread_id = c.thread_id AND v.comment_id = c.id)
FROM review r JOIN comment c ON c.thread_id = r.id AND c.id = $3
WHERE r.site_id = $1::smallint AND r.slug = $2
FOR UPDATE OF c;

-- comment_edit: thread, id, body, html, state, why, verdict, spoiler -> none
WITH kept AS (
    INSERT INTO revision (thread_id, comment_id, number, body, shown)
    SELECT c.thread_id, c.id, 1 + coalesce((SELECT max(r.number)
        FROM revision r
        WHERE r.thread_id = c.thread_id AND r.comment_id = c.id), 0), c.body,
        c.state = 'shown'
    FROM comment c WHERE c.thread_id = $1 AND c.id = $2
)
UPDATE comment SET body = $3, html = $4, state = $5::text::comment_state,
    visible = $5::text = 'shown', why = $6, verdict = $7::text::text[],
    spoiler = $8::text::boolean, edited_at = now()
WHERE thread_id = $1 AND id = $2;

-- comment_erase: thread, id -> none
WITH revisions AS (
    DELETE FROM revision WHERE thread_id = $1 AND comment_id = $2
), votes AS (
    DELETE FROM vote WHERE thread_id = $1 AND comment_id = $2
), reports AS (
    DELETE FROM report WHERE thread_id = $1 AND comment_id = $2
), followers AS (
    DELETE FROM follower WHERE thread_id = $1 AND comment_id = $2
)
UPDATE comment SET state = 'erased', visible = false, author = '', badge = '',
    email_hash = NULL, sender = '', body = '', html = '', anchor = NULL,
    why = '', reason = '', verdict = '{}', spoiler = false, votes = 0,
    reports = 0
WHERE thread_id = $1 AND id = $2;

-- comment_place: thread, root -> none
SELECT FROM place_tree($1, $2);

-- comment_before: thread, id -> the root before its own, the one before it under its root
SELECT coalesce((SELECT r.root FROM comment r
        WHERE r.thread_id = c.thread_id AND r.parent IS NULL AND r.visible
            AND r.root < c.root
        ORDER BY r.root DESC LIMIT 1), 0),
    coalesce((SELECT p.id FROM comment p
        WHERE p.thread_id = c.thread_id AND p.root = c.root AND p.visible
            AND p.id < c.id AND p.parent IS NOT NULL
        ORDER BY p.root DESC, p.id DESC LIMIT 1), 0)
FROM comment c WHERE c.thread_id = $1 AND c.id = $2;
