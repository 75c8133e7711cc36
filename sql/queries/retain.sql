-- retain: days of senders, of mail, of spam, of revisions -> last id, or 0
-- The next 500 comments. Spam is erased where it lies; pages are told of what
-- keeps its place there, for a reply.
WITH part AS MATERIALIZED (
    SELECT c.thread_id, c.id, c.posted_at FROM comment c
    WHERE c.id > (SELECT h.upto FROM retain_head h)
    ORDER BY c.id LIMIT 500
), told AS (
    UPDATE comment c SET
        sender = CASE WHEN kept_enough(p.posted_at, $1::bigint) THEN ''
            ELSE c.sender END,
        email_hash = CASE WHEN NOT kept_enough(p.posted_at, $2::bigint)
            THEN c.email_hash END
    FROM part p
    WHERE c.thread_id = p.thread_id AND c.id = p.id
        AND (c.sender <> '' AND kept_enough(p.posted_at, $1)
            OR c.email_hash IS NOT NULL AND kept_enough(p.posted_at, $2))
        AND NOT (c.state = 'spam' AND kept_enough(p.posted_at, $3::bigint))
), spam AS (
    UPDATE comment c SET state = 'erased', author = '', badge = '',
        email_hash = NULL, sender = '', body = '', html = '', anchor = NULL,
        why = '', reason = '', verdict = '{}', spoiler = false,
        person = gen_random_uuid(), client_key = gen_random_uuid()
    FROM part p
    WHERE c.thread_id = p.thread_id AND c.id = p.id AND c.state = 'spam'
        AND kept_enough(p.posted_at, $3)
    RETURNING c.thread_id, c.id, c.visible
), places AS (
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT s.thread_id, s.id, 0 FROM spam s WHERE s.visible
), followers AS (
    DELETE FROM follower f USING spam s
    WHERE f.thread_id = s.thread_id AND f.comment_id = s.id
), revisions AS (
    DELETE FROM revision r USING part p
    WHERE r.thread_id = p.thread_id AND r.comment_id = p.id
        AND (kept_enough(r.at, $4::bigint)
            OR (r.thread_id, r.comment_id) IN (SELECT s.thread_id, s.id
                FROM spam s))
), moved AS (
    UPDATE retain_head SET upto = coalesce((SELECT max(p.id) FROM part p), 0)
)
SELECT coalesce(max(p.id), 0) FROM part p;
