-- A page of a thread, three times: the order of its roots and the key from
-- which it goes on, for the first page the least of all (page.c). One root
-- (51) and one comment (501) more than a page holds: so there is more. What is
-- not shown (a tombstone) is made so by page.c; so are pinned roots left out.
-- What most comments have (shown, no badge, no votes) is NULL: to hand a value
-- over costs more than to see that it says nothing.

-- page_after: thread, id -> root, parent, best of the root
SELECT c.root, c.parent, r.best::text
FROM comment c JOIN comment r ON r.thread_id = c.thread_id AND r.id = c.root
WHERE c.thread_id = $1 AND c.id = $2;

-- page_oldest: thread, root, id -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, featured, locked, home, note
-- In this order the index of trees is the page: one stretch of it.
SELECT c.id, c.parent, c.root, nullif(c.state, 'shown'), c.author,
    nullif(c.badge, ''), c.html, c.anchor::text, nullif(c.reason, ''),
    c.posted_at, c.edited_at, nullif(c.votes, 0), nullif(c.spoiler, false),
    uuid_hash_extended(c.person, 0), nullif(c.featured, false),
    nullif(c.locked, 0), c.home, nullif(c.note, '')
FROM comment c
WHERE c.thread_id = $1 AND c.visible AND (c.root, c.id) > ($2, $3)
    AND c.root <= (SELECT max(r.root) FROM (
        SELECT r.root FROM comment r
        WHERE r.thread_id = $1 AND r.parent IS NULL AND r.visible
            AND r.root >= $2
        ORDER BY r.root LIMIT 51) r)
ORDER BY c.root, c.id LIMIT 501;

-- page_whole: thread -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, featured, locked, home, note
-- The first page of a thread that is short: to look for its fifty-first root costs
-- more than to read it all.
SELECT c.id, c.parent, c.root, nullif(c.state, 'shown'), c.author,
    nullif(c.badge, ''), c.html, c.anchor::text, nullif(c.reason, ''),
    c.posted_at, c.edited_at, nullif(c.votes, 0), nullif(c.spoiler, false),
    uuid_hash_extended(c.person, 0), nullif(c.featured, false),
    nullif(c.locked, 0), c.home, nullif(c.note, '')
FROM comment c
WHERE c.thread_id = $1 AND c.visible
ORDER BY c.root, c.id LIMIT 501;

-- page_newest: thread, root, id -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, featured, locked, home, note
SELECT c.*
FROM (
    SELECT r.root AS id FROM comment r
    WHERE r.thread_id = $1 AND r.parent IS NULL AND r.visible AND r.root <= $2
    ORDER BY r.root DESC LIMIT 51
) r CROSS JOIN LATERAL (
    SELECT c.id, c.parent, c.root, nullif(c.state, 'shown'), c.author,
        nullif(c.badge, ''), c.html, c.anchor::text, nullif(c.reason, ''),
        c.posted_at, c.edited_at, nullif(c.votes, 0), nullif(c.spoiler, false),
        uuid_hash_extended(c.person, 0), nullif(c.featured, false),
        nullif(c.locked, 0), c.home, nullif(c.note, '')
    FROM comment c
    WHERE c.thread_id = $1 AND c.root = r.id AND c.visible
        AND c.id > CASE WHEN r.id = $2 THEN $3 ELSE 0 END
    ORDER BY c.id LIMIT 501
) c
ORDER BY r.id DESC, c.id LIMIT 501;

-- page_best: thread, best, root, id -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, featured, locked, home, note
SELECT c.*
FROM (
    SELECT r.best, r.id FROM comment r
    WHERE r.thread_id = $1 AND r.parent IS NULL AND r.visible
        AND (r.best, r.id) <= ($2::text::double precision, $3)
    ORDER BY r.best DESC, r.id DESC LIMIT 51
) r CROSS JOIN LATERAL (
    SELECT c.id, c.parent, c.root, nullif(c.state, 'shown'), c.author,
        nullif(c.badge, ''), c.html, c.anchor::text, nullif(c.reason, ''),
        c.posted_at, c.edited_at, nullif(c.votes, 0), nullif(c.spoiler, false),
        uuid_hash_extended(c.person, 0), nullif(c.featured, false),
        nullif(c.locked, 0), c.home, nullif(c.note, '')
    FROM comment c
    WHERE c.thread_id = $1 AND c.root = r.id AND c.visible
        AND c.id > CASE WHEN r.id = $3 THEN $4 ELSE 0 END
    ORDER BY c.id LIMIT 501
) c
ORDER BY r.best DESC, r.id DESC, c.id LIMIT 501;

-- page_pinned: thread, ids -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, featured, locked, home, note
SELECT c.*
FROM unnest($2::text::bigint[]) WITH ORDINALITY AS p (id, place)
CROSS JOIN LATERAL (
    SELECT c.id, c.parent, c.root, nullif(c.state, 'shown'), c.author,
        nullif(c.badge, ''), c.html, c.anchor::text, nullif(c.reason, ''),
        c.posted_at, c.edited_at, nullif(c.votes, 0), nullif(c.spoiler, false),
        uuid_hash_extended(c.person, 0), nullif(c.featured, false),
        nullif(c.locked, 0), c.home, nullif(c.note, '')
    FROM comment c
    WHERE c.thread_id = $1 AND c.root = p.id AND c.visible
    ORDER BY c.id LIMIT 100
) c
ORDER BY p.place, c.id;

-- page_feed: thread -> id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, spoiler, who, featured, locked, home, note
-- The newest 50 among the last 500: a flood of spam costs no more than that.
SELECT c.id, c.parent, c.root, nullif(c.state, 'shown'), c.author,
    nullif(c.badge, ''), c.html, c.anchor::text, nullif(c.reason, ''),
    c.posted_at, c.edited_at, nullif(c.votes, 0), nullif(c.spoiler, false),
    uuid_hash_extended(c.person, 0), nullif(c.featured, false),
    nullif(c.locked, 0), c.home, nullif(c.note, '')
FROM (
    SELECT o.id, o.parent, o.root, o.state, o.author, o.badge, o.html,
        o.anchor, o.reason, o.posted_at, o.edited_at, o.votes, o.spoiler,
        o.person, o.featured, o.locked, o.home, o.note
    FROM comment o WHERE o.thread_id = $1
    ORDER BY o.id DESC LIMIT 500
) c
WHERE c.state = 'shown'
ORDER BY c.id DESC LIMIT 50;

-- page_featured: thread, ids -> id, how it begins, author
-- The newest first; what spoils is not told.
SELECT f.id, trim(left(regexp_replace(
    plain(unspoiled(c.body, c.spoiler)), '\s+', ' ', 'g'), 160)), c.author
FROM unnest($2::text::bigint[]) WITH ORDINALITY AS f (id, place)
CROSS JOIN LATERAL (SELECT c.body, c.spoiler, c.author FROM comment c
    WHERE c.thread_id = $1 AND c.id = f.id AND c.state = 'shown' LIMIT 1) c
ORDER BY f.place DESC LIMIT 10;
