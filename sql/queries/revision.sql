-- revision_list: site, slug, id -> from, body
-- What readers saw of a comment before it was as it is, oldest first; nothing
-- of one that is not shown.
SELECT v.since, v.body
FROM (
    SELECT r.number, r.shown, r.body,
        lag(usec(r.at), 1, usec(c.posted_at)) OVER (ORDER BY r.number) AS since
    FROM comment c JOIN revision r
        ON r.thread_id = c.thread_id AND r.comment_id = c.id
    WHERE c.thread_id = (SELECT r.id FROM review r
            WHERE r.site_id = $1::smallint AND r.slug = $2)
        AND c.id = $3 AND c.state = 'shown'
    ORDER BY r.number LIMIT 100
) v
WHERE v.shown
ORDER BY v.number;
