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

-- report_list: site, after -> thread, id, parent, root, state, author, badge, html, anchor, reason, posted, edited, votes, body, person, slug, title, spoiler, why, parent author, parent body, shown before, removed before
SELECT c.thread_id, c.id, c.parent, c.root, c.state, c.author, c.badge,
    c.html, c.anchor, c.reason, c.posted, c.edited, c.votes, c.body,
    c.person, c.slug, c.title, c.spoiler, c.why, p.author, left(p.body, 2000),
    h.shown, h.removed
FROM (
    SELECT o.thread_id, o.id FROM comment o
    WHERE o.reports > 0 AND o.state = 'shown' AND o.id > $2
        AND (SELECT r.site_id FROM review r WHERE r.id = o.thread_id)
            = $1::smallint
    ORDER BY o.id LIMIT 100
) o JOIN whole_comment c ON c.thread_id = o.thread_id AND c.id = o.id
LEFT JOIN comment p ON p.thread_id = c.thread_id AND p.id = c.parent
CROSS JOIN LATERAL history(c.person) h
ORDER BY o.id;

-- report_reasons: site, state, after -> comment, reason, words, at
-- Ten of each reported comment, the oldest first.
SELECT o.id, r.reason, r.words, usec(r.at)
FROM (
    SELECT o.thread_id, o.id FROM comment o
    WHERE o.reports > 0 AND o.state = $2::text::comment_state AND o.id > $3
        AND (SELECT r.site_id FROM review r WHERE r.id = o.thread_id)
            = $1::smallint
    ORDER BY o.id LIMIT 100
) o CROSS JOIN LATERAL (
    SELECT r.reason, r.words, r.at FROM report r
    WHERE r.thread_id = o.thread_id AND r.comment_id = o.id AND NOT r.settled
    ORDER BY r.at LIMIT 10
) r
ORDER BY o.id, r.at;
