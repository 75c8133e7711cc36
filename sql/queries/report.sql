-- report_add: site, slug, id, person, reason, words -> own, banned, too many
-- No row: it is not shown.
WITH c AS (
    SELECT c.thread_id, c.person = $4 AS own,
        banned($1::smallint, $4) AS banned,
        (SELECT count(*) FROM (SELECT FROM report r
            WHERE r.person = $4 AND r.at > now() - interval '1 hour'
            LIMIT 20) n) >= 20 AS many
    FROM comment c
    WHERE c.thread_id = (SELECT r.id FROM review r
            WHERE r.site_id = $1::smallint AND r.slug = $2)
        AND c.id = $3 AND c.state = 'shown'
), put AS (
    INSERT INTO report (thread_id, comment_id, person, reason, words)
    SELECT c.thread_id, $3, $4, $5, $6 FROM c
    WHERE NOT c.own AND NOT c.banned AND NOT c.many
    ON CONFLICT DO NOTHING
    RETURNING thread_id
), moved AS (
    UPDATE comment m SET reports = m.reports + 1 FROM put p
    WHERE m.thread_id = p.thread_id AND m.id = $3
)
SELECT c.own, c.banned, c.many FROM c;

-- report_weight: site, slug, id -> people, edited
-- Those whose report nobody has dealt with, counted to 100; only who has an
-- account or a shown comment: a crowd of fresh guests hides nothing.
SELECT (SELECT count(*) FROM (SELECT FROM report r
        WHERE r.thread_id = c.thread_id AND r.comment_id = c.id
            AND NOT r.settled
            AND (EXISTS (SELECT FROM account a WHERE a.id = r.person)
                OR EXISTS (SELECT FROM comment o
                    WHERE o.person = r.person AND o.state = 'shown'))
        LIMIT 100) n), usec(c.edited_at)
FROM comment c
WHERE c.thread_id = (SELECT r.id FROM review r
        WHERE r.site_id = $1::smallint AND r.slug = $2) AND c.id = $3;
