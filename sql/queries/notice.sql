-- notice_last: -> id of the newest comment, or 0
SELECT coalesce(max(c.id), 0) FROM comment c;

-- notice_walk: site, after -> id, posted, author, email hash, sender, body, slug, language
-- What is younger than a second waits: one with a smaller number may still be
-- on its way. Another site's has no slug.
WITH new AS MATERIALIZED (
    SELECT c.id, c.thread_id, c.posted_at, c.author, c.email_hash, c.sender,
        c.body
    FROM comment c WHERE c.id > $2 AND c.posted_at < now() - interval '1 s'
    ORDER BY c.id LIMIT 100
)
SELECT n.id, usec(n.posted_at), n.author, encode(n.email_hash, 'hex'),
    encode(n.sender, 'hex'), n.body, r.slug, r.language
FROM new n LEFT JOIN LATERAL (
    SELECT r.slug, r.language FROM review r
    WHERE r.id = n.thread_id AND r.site_id = $1::smallint LIMIT 1
) r ON true
ORDER BY n.id;
