-- deed_value: site, act, thread, comment, target -> what stands now
SELECT act_value($2, $1::smallint, $3, $4, $5);

-- deed_put: site, act, thread, comment, target, value, reason, who -> what stands then
-- NULL: it can't be done.
SELECT CASE WHEN act_put($2, $1::smallint, $3, $4, $5, $6, $7, $8)
    THEN act_value($2, $1::smallint, $3, $4, $5) END;

-- deed_at: site, slug, id -> thread, state, body, edited, spoiler, pinned, featured, locked by, note, letter, parent, slug of its home
SELECT c.thread_id, c.state, c.body, usec(c.edited_at), c.spoiler,
    c.id = ANY (t.pinned), c.featured, c.locked, c.note,
    coalesce(l.heading, ''), coalesce(c.parent, 0), coalesce(h.slug, '')
FROM review r JOIN thread t ON t.id = r.id
JOIN comment c ON c.thread_id = r.id AND c.id = $3
LEFT JOIN letter l ON l.thread_id = c.thread_id AND l.comment_id = c.id
LEFT JOIN review h ON h.id = c.home
WHERE r.site_id = $1::smallint AND r.slug = $2;

-- deed_edit: thread, id, body, html, spoiler, note -> none
-- By a moderator: the state stays as it is.
WITH kept AS (
    INSERT INTO revision (thread_id, comment_id, number, body, shown, html,
        spoiler, note, edited_at)
    SELECT c.thread_id, c.id, 1 + coalesce((SELECT max(r.number)
        FROM revision r
        WHERE r.thread_id = c.thread_id AND r.comment_id = c.id), 0), c.body,
        c.state = 'shown', c.html, c.spoiler, c.note, c.edited_at
    FROM comment c WHERE c.thread_id = $1 AND c.id = $2
)
UPDATE comment SET body = $3, html = $4, spoiler = $5::text::boolean,
    note = $6, edited_at = now()
WHERE thread_id = $1 AND id = $2;

-- letter_list: site, before -> thread, id, slug, title, heading, author, html, posted, spoiler
SELECT c.thread_id, c.id, r.slug, r.title, l.heading, c.author, c.html,
    usec(c.posted_at), c.spoiler
FROM letter l
CROSS JOIN LATERAL (SELECT c.thread_id, c.id, c.author, c.html, c.posted_at,
        c.spoiler
    FROM comment c WHERE c.thread_id = l.thread_id AND c.id = l.comment_id
        AND c.state = 'shown' LIMIT 1) c
CROSS JOIN LATERAL (SELECT r.slug, r.title FROM review r
    WHERE r.id = l.thread_id AND r.site_id = $1::smallint LIMIT 1) r
WHERE l.comment_id < $2
ORDER BY l.comment_id DESC LIMIT 21;

-- letter_of: site, slug -> id, heading, author
SELECT c.id, l.heading, c.author
FROM letter l
CROSS JOIN LATERAL (SELECT c.id, c.author FROM comment c
    WHERE c.thread_id = l.thread_id AND c.id = l.comment_id
        AND c.state = 'shown' LIMIT 1) c
WHERE l.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2)
ORDER BY l.comment_id LIMIT 20;

-- reason_list: site -> reason
SELECT reason FROM removal_reason WHERE site_id = $1::smallint
ORDER BY number LIMIT 50;

-- terms_list: site -> issue, policy, close days
SELECT t.issue, t.policy, t.close_days FROM terms t
WHERE t.site_id = $1::smallint ORDER BY t.issue LIMIT 500;

-- terms_site: site -> policy of the site, its days
SELECT e.policy, e.close_days FROM terms_of($1::smallint, -1) e;

-- terms_walk: site, after -> the last of these threads, 0: the walk is over; those that changed
WITH part AS MATERIALIZED (
    SELECT t.id FROM thread t WHERE t.id > $2 ORDER BY t.id LIMIT 200
)
SELECT coalesce(max(p.id), 0), terms_give($1::smallint,
    coalesce(array_agg(p.id), '{}'))
FROM part p;
