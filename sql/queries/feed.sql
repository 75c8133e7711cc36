-- Feeds of many threads: the newest 50 shown. The newest are looked through by
-- their key until there are so many, or 10,000 of them: a flood of spam neither
-- empties a feed nor costs more.

-- feed_site: site -> thread, slug, title, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who
SELECT c.thread_id, r.slug, r.title, c.id, coalesce(c.parent, 0), c.root,
    c.state, c.author, c.badge, c.html, c.anchor::text, c.reason,
    usec(c.posted_at), usec(c.edited_at), c.votes, c.spoiler, 0
FROM (
    SELECT o.thread_id, o.id, o.parent, o.root, o.state, o.author, o.badge,
        o.html, o.anchor, o.reason, o.posted_at, o.edited_at, o.votes,
        o.spoiler
    FROM comment o ORDER BY o.id DESC LIMIT 10000
) c
CROSS JOIN LATERAL (SELECT r.slug, r.title FROM review r
    WHERE r.id = c.thread_id AND r.site_id = $1::smallint
    LIMIT 1) r
WHERE c.state = 'shown'
ORDER BY c.id DESC LIMIT 50;

-- feed_known: site, reviewer -> one row if there is a review by this name
SELECT 1 FROM review r
WHERE r.site_id = $1::smallint AND r.reviewer = $2 LIMIT 1;

-- feed_reviewer: site, reviewer -> thread, slug, title, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who
-- The last 200 reviews, by the index of names; the last 100 ids of each thread
-- come from its key alone.
SELECT c.thread_id, k.slug, k.title, c.id, coalesce(c.parent, 0), c.root,
    c.state, c.author, c.badge, c.html, c.anchor::text, c.reason,
    usec(c.posted_at), usec(c.edited_at), c.votes, c.spoiler, 0
FROM (
    SELECT r.slug, r.title, i.thread_id, i.id
    FROM (
        SELECT v.id, v.slug, v.title FROM review v
        WHERE v.site_id = $1::smallint AND v.reviewer = $2
        ORDER BY v.issue DESC, v.id DESC LIMIT 200
    ) r CROSS JOIN LATERAL (
        SELECT o.thread_id, o.id FROM comment o WHERE o.thread_id = r.id
        ORDER BY o.id DESC LIMIT 100
    ) i
    ORDER BY i.id DESC LIMIT 10000
) k CROSS JOIN LATERAL (
    SELECT o.thread_id, o.id, o.parent, o.root, o.state, o.author, o.badge,
        o.html, o.anchor, o.reason, o.posted_at, o.edited_at, o.votes,
        o.spoiler
    FROM comment o WHERE o.thread_id = k.thread_id AND o.id = k.id LIMIT 1
) c
WHERE c.state = 'shown'
ORDER BY k.id DESC LIMIT 50;

-- feed_queue: site -> id, slug, title, author, posted, why, excerpt
-- OFFSET 0: a review is looked for by its id whenever the plan was made.
SELECT c.id, r.slug, r.title, c.author, usec(c.posted_at), c.why,
    left(unspoiled(c.body, c.spoiler), 200)
FROM comment c CROSS JOIN LATERAL (
    SELECT n.slug, n.title, n.site_id FROM review n
    WHERE n.id = c.thread_id OFFSET 0) r
WHERE c.state = 'held' AND r.site_id = $1::smallint
ORDER BY c.id DESC LIMIT 50;
