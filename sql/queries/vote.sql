-- vote_cast: site, slug, id, person, helpful -> own, banned, votes, told
-- No row: it is not shown. The pages hear of it now if they have not for two
-- seconds, else from vote_tell.
WITH c AS (
    SELECT c.thread_id, c.votes, c.person = $4 AS own,
        banned($1::smallint, $4) AS banned
    FROM comment c
    WHERE c.thread_id = (SELECT r.id FROM review r
            WHERE r.site_id = $1::smallint AND r.slug = $2)
        AND c.id = $3 AND c.state = 'shown'
), put AS (
    INSERT INTO vote (thread_id, comment_id, person)
    SELECT c.thread_id, $3, $4 FROM c
    WHERE $5::text::boolean AND NOT c.own AND NOT c.banned
    ON CONFLICT DO NOTHING
    RETURNING thread_id, 1 AS n
), took AS (
    DELETE FROM vote v
    WHERE NOT $5::text::boolean AND v.thread_id = (SELECT c.thread_id FROM c)
        AND v.comment_id = $3 AND v.person = $4
    RETURNING v.thread_id, -1 AS n
), moved AS (
    UPDATE comment m SET votes = m.votes + d.n
    FROM (SELECT thread_id, n FROM put
        UNION ALL SELECT thread_id, n FROM took) d
    WHERE m.thread_id = (SELECT c.thread_id FROM c) AND m.id = $3
    RETURNING m.thread_id, m.votes
), told AS (
    INSERT INTO vote_told AS t (thread_id, at, due)
    SELECT m.thread_id, now(), false FROM moved m
    ON CONFLICT (thread_id) DO UPDATE
    SET due = t.at > now() - interval '2 seconds',
        at = greatest(t.at, CASE WHEN t.at <= now() - interval '2 seconds'
            THEN now() END)
    RETURNING t.thread_id, NOT t.due AS now
), said AS (
    INSERT INTO change (thread_id, shown)
    SELECT told.thread_id, 0 FROM told WHERE told.now
)
SELECT c.own, c.banned, coalesce((SELECT m.votes FROM moved m), c.votes),
    coalesce((SELECT told.now FROM told), false)
FROM c;

-- vote_get: site, slug, id, person -> found
SELECT EXISTS (SELECT FROM vote v
    WHERE v.thread_id = (SELECT r.id FROM review r
            WHERE r.site_id = $1::smallint AND r.slug = $2)
        AND v.comment_id = $3 AND v.person = $4);

-- vote_mine: site, slug, person -> comment
SELECT v.comment_id FROM vote v
WHERE v.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2) AND v.person = $3
ORDER BY v.comment_id DESC LIMIT 1000;

-- vote_tell: -> threads
-- Who votes right now has the row locked; the next call finds it.
WITH late AS (
    UPDATE vote_told SET at = now(), due = false
    WHERE thread_id = ANY (ARRAY(SELECT t.thread_id FROM vote_told t
        WHERE t.due AND t.at <= now() - interval '2 seconds'
        ORDER BY t.at LIMIT 1000 FOR UPDATE SKIP LOCKED))
    RETURNING thread_id
), said AS (
    INSERT INTO change (thread_id, shown) SELECT l.thread_id, 0 FROM late l
)
SELECT count(*) FROM late;
