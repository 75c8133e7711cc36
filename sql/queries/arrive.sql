-- Comments from elsewhere: they keep their time and say nothing to filters.

-- arrive_places: site, after -> slug, path
SELECT r.slug, r.path FROM review r
WHERE r.site_id = $1::smallint AND r.slug > $2
ORDER BY r.slug LIMIT 1000;

-- arrive_add: site, slug, parent's key, person, author, email hash, body, html, key, state, posted -> id, state, whether its parent is there
-- No row: it is there. Whoever answers what waits, waits.
WITH new AS (
    INSERT INTO comment (thread_id, id, parent, root, state, visible, person,
        author, email_hash, sender, body, html, client_key, why, posted_at)
    SELECT n.thread_id, n.id, up.id, coalesce(up.root, n.id), s.state,
        s.state = 'shown', $4, $5, decode(nullif($6::text, ''), 'hex'), '',
        $7, $8, $9, CASE WHEN s.state = 'shown' THEN '' ELSE 'imported' END,
        from_usec($11)
    FROM (
        SELECT r.id AS thread_id, nextval('comment_id') AS id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2
    ) n LEFT JOIN (
        SELECT c.id, c.root, c.state FROM comment c
        WHERE c.thread_id = (SELECT r.id FROM review r
                WHERE r.site_id = $1::smallint AND r.slug = $2)
            AND c.client_key = $3
    ) up ON true
    CROSS JOIN LATERAL (
        SELECT CASE WHEN up.state <> 'shown' THEN 'held'
            ELSE $10::text::comment_state END AS state
    ) s
    ON CONFLICT (thread_id, client_key) DO NOTHING
    RETURNING thread_id, id, state, parent
), moved AS (
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT n.thread_id, n.id, 1 FROM new n WHERE n.state = 'shown'
)
SELECT n.id, n.state, n.parent IS NOT NULL FROM new n;
