-- thread_head: site, slug -> id, version, count, policy, closes at, title, language, slug, minutes, pinned, whether its terms are its own
SELECT n.id, n.version, n.shown, n.policy, usec(n.closes_at), r.title,
    r.language, r.slug, r.minutes, n.pinned,
    n.own
FROM review r JOIN thread_now n ON n.id = r.id
WHERE r.site_id = $1::smallint AND r.slug = $2;

-- A page of a thread, three times: the order of its roots and the key from
-- which it goes on. `after` is the last comment of the page before: a root is
-- over with all its replies, a reply means that its root goes on behind it.
-- Pinned roots stand on the first page alone (thread_pinned), but for a page
-- that goes on within one.
-- One root (51) and one comment (501) more than a page holds: so there is more.

-- thread_oldest: site, slug, after -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, marks, note
-- In this order the index of trees is the page: one stretch of it.
WITH t AS (
    SELECT x.id, x.pinned FROM review r JOIN thread x ON x.id = r.id
    WHERE r.site_id = $1::smallint AND r.slug = $2
), a AS (
    SELECT coalesce(max(c.root + (c.parent IS NULL)::integer), $3) AS root,
        coalesce(max(c.id) FILTER (WHERE c.parent IS NOT NULL), 0) AS id
    FROM comment c WHERE c.thread_id = (SELECT id FROM t) AND c.id = $3
)
SELECT c.id, c.parent, c.root, c.state, c.author, c.badge, c.html, c.anchor,
    c.reason, c.posted, c.edited, c.votes, c.spoiler, c.who,
    c.marks, c.note
FROM page_comment c
WHERE c.thread_id = (SELECT id FROM t)
    AND (c.root, c.id) > ((SELECT root FROM a), (SELECT id FROM a))
    AND (c.root <> ALL ((SELECT pinned FROM t)::bigint[])
        OR c.root = (SELECT root FROM a))
    AND c.root <= (SELECT max(r.root) FROM (
        SELECT r.root FROM comment r
        WHERE r.thread_id = (SELECT id FROM t) AND r.parent IS NULL
            AND r.visible AND r.root >= (SELECT root FROM a)
            AND r.root <> ALL ((SELECT pinned FROM t)::bigint[])
        ORDER BY r.root LIMIT 51) r)
ORDER BY c.root, c.id LIMIT 501;

-- thread_newest: site, slug, after -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, marks, note
WITH t AS (
    SELECT x.id, x.pinned FROM review r JOIN thread x ON x.id = r.id
    WHERE r.site_id = $1::smallint AND r.slug = $2
), a AS (
    SELECT c.id, c.root, c.parent IS NULL AS over FROM comment c
    WHERE c.thread_id = (SELECT id FROM t) AND c.id = $3
)
SELECT c.id, c.parent, c.root, c.state, c.author, c.badge, c.html, c.anchor,
    c.reason, c.posted, c.edited, c.votes, c.spoiler, c.who,
    c.marks, c.note
FROM (
    SELECT r.root AS id FROM comment r
    WHERE r.thread_id = (SELECT id FROM t) AND r.parent IS NULL AND r.visible
        AND r.root <= coalesce((SELECT root - over::integer FROM a),
            nullif($3, 0), 9223372036854775807)
        AND (r.root <> ALL ((SELECT pinned FROM t)::bigint[])
            OR r.root = (SELECT a.root FROM a WHERE NOT a.over))
    ORDER BY r.root DESC LIMIT 51
) r CROSS JOIN LATERAL (
    SELECT p.id, p.parent, p.root, p.state, p.author, p.badge, p.html,
        p.anchor, p.reason, p.posted, p.edited, p.votes, p.spoiler, p.who,
        p.marks, p.note
    FROM page_comment p
    WHERE p.thread_id = (SELECT id FROM t) AND p.root = r.id
        AND p.id > coalesce((SELECT a.id FROM a WHERE a.root = r.id), 0)
    ORDER BY p.id LIMIT 501
) c
ORDER BY r.id DESC, c.id LIMIT 501;

-- thread_best: site, slug, after -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, marks, note
WITH t AS (
    SELECT x.id, x.pinned FROM review r JOIN thread x ON x.id = r.id
    WHERE r.site_id = $1::smallint AND r.slug = $2
), a AS (
    SELECT c.id, c.root, r.best, c.parent IS NULL AS over
    FROM comment c JOIN comment r
        ON r.thread_id = c.thread_id AND r.id = c.root
    WHERE c.thread_id = (SELECT id FROM t) AND c.id = $3
)
SELECT c.id, c.parent, c.root, c.state, c.author, c.badge, c.html, c.anchor,
    c.reason, c.posted, c.edited, c.votes, c.spoiler, c.who,
    c.marks, c.note
FROM (
    SELECT r.best, r.id FROM comment r
    WHERE r.thread_id = (SELECT id FROM t) AND r.parent IS NULL AND r.visible
        AND (r.best, r.id) <= (coalesce((SELECT best FROM a), 2),
            coalesce((SELECT root - over::integer FROM a),
                9223372036854775807))
        AND (r.id <> ALL ((SELECT pinned FROM t)::bigint[])
            OR r.id = (SELECT a.root FROM a WHERE NOT a.over))
    ORDER BY r.best DESC, r.id DESC LIMIT 51
) r CROSS JOIN LATERAL (
    SELECT p.id, p.parent, p.root, p.state, p.author, p.badge, p.html,
        p.anchor, p.reason, p.posted, p.edited, p.votes, p.spoiler, p.who,
        p.marks, p.note
    FROM page_comment p
    WHERE p.thread_id = (SELECT id FROM t) AND p.root = r.id
        AND p.id > coalesce((SELECT a.id FROM a WHERE a.root = r.id), 0)
    ORDER BY p.id LIMIT 501
) c
ORDER BY r.best DESC, r.id DESC, c.id LIMIT 501;

-- thread_pinned: site, slug -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, marks, note
WITH t AS (
    SELECT x.id, x.pinned FROM review r JOIN thread x ON x.id = r.id
    WHERE r.site_id = $1::smallint AND r.slug = $2
)
SELECT c.id, c.parent, c.root, c.state, c.author, c.badge, c.html, c.anchor,
    c.reason, c.posted, c.edited, c.votes, c.spoiler, c.who,
    c.marks, c.note
FROM unnest((SELECT pinned FROM t)) WITH ORDINALITY AS p (id, place)
CROSS JOIN LATERAL (
    SELECT c.id, c.parent, c.root, c.state, c.author, c.badge, c.html,
        c.anchor, c.reason, c.posted, c.edited, c.votes, c.spoiler, c.who,
        c.marks, c.note
    FROM page_comment c
    WHERE c.thread_id = (SELECT id FROM t) AND c.root = p.id
    ORDER BY c.id LIMIT 100
) c
ORDER BY p.place, c.id;

-- thread_feed: site, slug -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, marks, note
-- The newest 50 among the last 500: a flood of spam costs no more than that.
SELECT c.id, coalesce(c.parent, 0), c.root, c.state, c.author, c.badge,
    c.html, c.anchor::text, c.reason, usec(c.posted_at), usec(c.edited_at),
    c.votes, c.spoiler, 0, 0, ''
FROM (
    SELECT o.id, o.parent, o.root, o.state, o.author, o.badge, o.html,
        o.anchor, o.reason, o.posted_at, o.edited_at, o.votes,
        o.spoiler
    FROM comment o WHERE o.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2)
    ORDER BY o.id DESC LIMIT 500
) c
WHERE c.state = 'shown'
ORDER BY c.id DESC LIMIT 50;

-- thread_language: site, slug -> language
SELECT language FROM review WHERE site_id = $1::smallint AND slug = $2;

-- thread_version: thread -> version
SELECT version FROM thread_now WHERE id = $1;

-- thread_counts: site, slugs -> count or -1, in the order given
SELECT coalesce((SELECT n.shown
    FROM review r JOIN thread_now n ON n.id = r.id
    WHERE r.site_id = $1::smallint AND r.slug = s.slug), -1)
FROM unnest($2::text::text[]) WITH ORDINALITY AS s (slug, i)
ORDER BY s.i;

-- thread_lock: site, slug -> id
SELECT t.id
FROM review r JOIN thread t ON t.id = r.id
WHERE r.site_id = $1::smallint AND r.slug = $2
FOR NO KEY UPDATE OF t;

-- thread_closing: after, until -> slug
-- Those whose time to close came in between.
SELECT r.slug
FROM thread t JOIN review r ON r.id = t.id
WHERE t.closes_at > from_usec($1) AND t.closes_at <= from_usec($2)
LIMIT 1001;
