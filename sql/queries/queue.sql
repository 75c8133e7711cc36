-- queue_list: site, after -> thread, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, body, person, slug, title, spoiler, why, parent author, parent body, shown before, removed before
SELECT c.thread_id, c.id, c.parent, c.root, c.state, c.author, c.badge,
    c.html, c.anchor, c.reason, c.posted, c.edited, c.votes, c.body,
    c.person, c.slug, c.title, c.spoiler, c.why, p.author, left(p.body, 2000),
    h.shown, h.removed
FROM whole_comment c
LEFT JOIN comment p ON p.thread_id = c.thread_id AND p.id = c.parent
CROSS JOIN LATERAL history(c.person) h
WHERE c.state = 'held' AND c.site_id = $1::smallint AND c.id > $2
ORDER BY c.id LIMIT 100;

-- queue_verdicts: site, after -> comment, filter, silent, score, reason, features, usec
SELECT v.comment_id, v.filter, v.silent, v.score, v.reason, v.features, v.usec
FROM (
    SELECT c.thread_id, c.id FROM comment c JOIN review r ON r.id = c.thread_id
    WHERE c.state = 'held' AND r.site_id = $1::smallint AND c.id > $2
    ORDER BY c.id LIMIT 100
) c CROSS JOIN LATERAL (
    SELECT v.comment_id, v.filter, v.silent, v.score, v.reason, v.features,
        v.usec
    FROM evidence v WHERE v.thread_id = c.thread_id AND v.comment_id = c.id
    ORDER BY v.filter LIMIT 16
) v
ORDER BY c.id, v.filter;

-- queue_total: site -> held comments, counted to 1000
SELECT count(*) FROM (
    SELECT FROM comment c
    WHERE c.state = 'held' AND (SELECT r.site_id FROM review r
        WHERE r.id = c.thread_id) = $1::smallint
    LIMIT 1000
) c;
