-- comment_context: site, slug, parent, person, sender -> thread, version, count, policy, closes at, title, language, slug, minutes, parent found, parent author, parent body, banned, trusted
-- The sums are what was folded last: nobody asks for them here.
SELECT t.id, t.version, t.shown, t.policy, usec(t.closes_at), r.title,
    r.language, r.slug, r.minutes, p.id IS NOT NULL, p.author,
    left(p.body, 2000),
    coalesce(a.suspended, false)
        OR EXISTS (SELECT FROM ban b WHERE b.person = $4
            AND b.site_id = $1::smallint
            AND (b.until IS NULL OR b.until > now()))
        OR EXISTS (SELECT FROM ban b WHERE b.sender = decode($5::text, 'hex')
            AND b.site_id = $1::smallint
            AND (b.until IS NULL OR b.until > now())),
    coalesce(a.role >= 'moderator', false)
FROM review r JOIN thread t ON t.id = r.id
LEFT JOIN comment p ON p.thread_id = r.id AND p.id = $3
    AND (p.state = 'shown' OR p.state IN ('held', 'spam')
        AND p.person = $4)
LEFT JOIN account a ON a.id = $4
WHERE r.site_id = $1::smallint AND r.slug = $2;

-- comment_history: person -> shown, removed, first seen
SELECT h.shown, h.removed, usec(h.first_seen) FROM history($1) h;

-- comment_add: site, slug, parent, person, author, email hash, sender, body, html, anchor, key, state, why, filters, silents, scores, reasons, features, usecs, policy, guessed, spoiler -> thread, closed, parent found, as judged, id, root, state, posted, badge
-- A reply to one's own comment that waits waits too. No id: the thread is
-- closed, the parent not there, the thread's policy not the one it was judged
-- by, its sender banned if that was not asked before, or the key taken, which
-- comment_again tells.
WITH t AS (
    SELECT t.id, t.policy = 'closed' OR coalesce(t.closes_at <= now(), false)
        AS closed,
        $20::text IN ('', t.policy::text) AND NOT ($21::text::boolean
            AND EXISTS (SELECT FROM ban b
                WHERE b.sender = decode($7::text, 'hex')
                    AND b.site_id = $1::smallint
                    AND (b.until IS NULL OR b.until > now()))) AS judged,
        r.reviewer
    FROM review r JOIN thread t ON t.id = r.id
    WHERE r.site_id = $1::smallint AND r.slug = $2
), up AS (
    SELECT c.id, c.root, c.state FROM comment c
    WHERE c.thread_id = (SELECT id FROM t) AND c.id = $3
        AND (c.state = 'shown' OR c.state IN ('held', 'spam')
            AND c.person = $4)
    FOR KEY SHARE
), put AS (
    SELECT t.id AS thread_id, nextval('comment_id') AS id, up.id AS parent,
        up.root, t.reviewer,
        CASE WHEN $12::text = 'shown' AND up.state <> 'shown'
            THEN 'held' ELSE $12::text::comment_state END AS state
    FROM t LEFT JOIN up ON true
    WHERE NOT t.closed AND t.judged AND ($3 = 0 OR up.id IS NOT NULL)
), new AS (
    INSERT INTO comment (thread_id, id, parent, root, state, visible, person,
        author, badge, email_hash, sender, body, html, anchor, client_key, why,
        spoiler)
    SELECT p.thread_id, p.id, p.parent, coalesce(p.root, p.id), p.state,
        p.state = 'shown', $4, $5, coalesce((SELECT badge(a.role, a.name,
            a.reviewer, $5, p.reviewer) FROM account a WHERE a.id = $4), ''),
        decode(nullif($6::text, ''), 'hex'), decode($7::text, 'hex'), $8, $9,
        nullif($10::text, '')::jsonb, $11,
        CASE WHEN p.state::text = $12::text THEN $13 ELSE 'parent' END,
        $22::text::boolean
    FROM put p
    ON CONFLICT (thread_id, client_key) DO NOTHING
    RETURNING thread_id, id, root, state, posted_at, badge
), said AS (
    INSERT INTO verdict (thread_id, comment_id, filters, silents, scores,
        reasons, features, usecs)
    SELECT n.thread_id, n.id, $14::text::text[], $15::text::boolean[],
        $16::text::smallint[], $17::text::text[], $18::text::text[],
        $19::text::bigint[]
    FROM new n WHERE $14::text <> '{}'
), moved AS (
    INSERT INTO change (thread_id, shown)
    SELECT n.thread_id, 1 FROM new n WHERE n.state = 'shown'
)
SELECT t.id, t.closed, $3 = 0 OR EXISTS (SELECT FROM up), t.judged, n.id,
    n.root, n.state, usec(n.posted_at), n.badge
FROM t LEFT JOIN new n ON true;

-- comment_again: site, slug, key, person, body -> same person and body, id, root, state, posted, badge
SELECT c.person = $4 AND (c.body = $5 OR c.edited_at IS NOT NULL
        OR c.state = 'erased'), c.id, c.root, c.state, usec(c.posted_at),
    c.badge
FROM comment c
WHERE c.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2)
    AND c.client_key = $3;

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

-- comment_lock: site, slug, id -> thread, root, state, person, posted, now, body, edited, spoiler
SELECT c.thread_id, c.root, c.state, c.person, usec(c.posted_at),
    usec(now()), c.body, usec(c.edited_at), c.spoiler
FROM review r JOIN comment c ON c.thread_id = r.id AND c.id = $3
WHERE r.site_id = $1::smallint AND r.slug = $2
FOR UPDATE OF c;

-- comment_edit: thread, id, body, html, state, why, spoiler -> none
WITH kept AS (
    INSERT INTO revision (thread_id, comment_id, number, body)
    SELECT c.thread_id, c.id, 1 + coalesce((SELECT max(r.number)
        FROM revision r
        WHERE r.thread_id = c.thread_id AND r.comment_id = c.id), 0), c.body
    FROM comment c WHERE c.thread_id = $1 AND c.id = $2
)
UPDATE comment SET body = $3, html = $4, state = $5::text::comment_state,
    visible = $5::text = 'shown', why = $6, spoiler = $7::text::boolean,
    edited_at = now()
WHERE thread_id = $1 AND id = $2;

-- comment_judge: thread, id, filters, silents, scores, reasons, features, usecs -> none
INSERT INTO verdict (thread_id, comment_id, filters, silents, scores,
    reasons, features, usecs)
VALUES ($1, $2, $3::text::text[], $4::text::boolean[], $5::text::smallint[],
    $6::text::text[], $7::text::text[], $8::text::bigint[])
ON CONFLICT (thread_id, comment_id) DO UPDATE SET (filters, silents, scores,
    reasons, features, usecs) = (excluded.filters, excluded.silents,
    excluded.scores, excluded.reasons, excluded.features, excluded.usecs);

-- comment_erase: thread, id -> none
WITH revisions AS (
    DELETE FROM revision WHERE thread_id = $1 AND comment_id = $2
), verdicts AS (
    DELETE FROM verdict WHERE thread_id = $1 AND comment_id = $2
)
UPDATE comment SET state = 'erased', visible = false, author = '', badge = '',
    email_hash = NULL, sender = '', body = '', html = '', anchor = NULL,
    why = '', reason = '', spoiler = false
WHERE thread_id = $1 AND id = $2;

-- comment_rule: thread, id, state, reason -> none
UPDATE comment SET state = $3::text::comment_state,
    visible = $3::text = 'shown' OR ($3::text = 'removed' AND visible),
    reason = $4, reports = 0
WHERE thread_id = $1 AND id = $2;

-- comment_place: thread, root -> none
-- What is not shown stays in its place as long as a shown reply is below it;
-- what a moderator removed where readers had seen it stays with its reason.
WITH RECURSIVE seen (id, parent) AS (
    SELECT c.id, c.parent FROM comment c
    WHERE c.thread_id = $1 AND c.root = $2 AND c.visible AND c.state = 'shown'
    UNION
    SELECT c.id, c.parent FROM seen s CROSS JOIN LATERAL (
        SELECT c.id, c.parent FROM comment c
        WHERE c.thread_id = $1 AND c.id = s.parent LIMIT 1) c
), want (id, visible) AS (
    SELECT s.id, true FROM seen s
    UNION ALL
    SELECT c.id, false FROM comment c
    WHERE c.thread_id = $1 AND c.root = $2 AND c.visible
        AND c.state <> 'removed'
        AND NOT EXISTS (SELECT FROM seen s WHERE s.id = c.id)
)
UPDATE comment c SET visible = w.visible FROM want w
WHERE c.thread_id = $1 AND c.id = ANY (ARRAY(SELECT id FROM want))
    AND c.id = w.id AND c.visible <> w.visible;

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
