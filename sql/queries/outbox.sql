-- outbox_lock: -> none
SELECT FROM mail_head h WHERE h.site_id = 0 FOR UPDATE;

-- outbox_follow: -> none
-- Replies that readers see since the last time, for those who follow what is
-- answered, at most twenty an hour for one comment. The change feed holds each
-- in the transaction that showed it, so nothing is missed and posting pays
-- nothing; what was moved was seen before. Snapshots that are ahead of us are
-- another database's.
WITH head AS MATERIALIZED (
    SELECT p.now, h.at < now() - interval '10 minutes' AS idle,
        CASE WHEN h.at < now() - interval '1 hour'
            OR pg_snapshot_xmax(h.seen) > pg_snapshot_xmax(p.now)
            THEN p.now ELSE h.seen END AS seen
    FROM mail_head h CROSS JOIN LATERAL (
        SELECT pg_current_snapshot() AS now) p
    WHERE h.site_id = 0
), new AS MATERIALIZED (
    SELECT c.thread_id, c.comment_id, c.shown,
        sum(c.shown) OVER (PARTITION BY c.comment_id) AS more
    FROM change c
    WHERE c.xid >= (SELECT pg_snapshot_xmin(h.seen) FROM head h)
        AND NOT pg_visible_in_snapshot(c.xid, (SELECT h.seen FROM head h))
), put AS (
    INSERT INTO outbox (thread_id, site_id, comment_id, kind, about)
    SELECT f.thread_id, r.site_id, f.comment_id, 'reply', c.id
    FROM (SELECT DISTINCT n.thread_id, n.comment_id FROM new n
        WHERE n.shown = 1 AND n.more > 0 AND n.comment_id > 0) n
    CROSS JOIN LATERAL (SELECT c.thread_id, c.id, c.parent, c.person
        FROM comment c
        WHERE c.thread_id = n.thread_id AND c.id = n.comment_id
            AND c.state = 'shown' LIMIT 1) c
    JOIN follower f ON f.thread_id = c.thread_id AND f.comment_id = c.parent
        AND f.person <> c.person AND f.confirmed_at IS NOT NULL
    JOIN review r ON r.id = c.thread_id
    WHERE (SELECT count(*) FROM outbox o
        WHERE o.thread_id = f.thread_id AND o.site_id = r.site_id
            AND o.comment_id = f.comment_id
            AND o.made_at > now() - interval '1 hour') < 20
    ON CONFLICT DO NOTHING
)
UPDATE mail_head SET seen = h.now, at = now() FROM head h
WHERE site_id = 0 AND (h.idle OR EXISTS (SELECT FROM new)
    OR pg_snapshot_xmax(h.now)::text::bigint
        - pg_snapshot_xmax(h.seen)::text::bigint > 1000);

-- outbox_digest: site, minutes -> none
-- If something waits that came since the last one; what is not ruled on is told
-- of once a day.
WITH last AS MATERIALIZED (
    SELECT max(o.made_at) AS at, coalesce(max(o.about), 0) AS about
    FROM outbox o WHERE o.thread_id = 0 AND o.site_id = $1::smallint
        AND o.comment_id = 0 AND o.kind = 'digest'
)
INSERT INTO outbox (thread_id, site_id, comment_id, kind, about)
SELECT 0, $1::smallint, 0, 'digest', l.about + 1 FROM last l
WHERE coalesce(l.at < now() - $2::bigint * interval '1 minute', true)
    AND EXISTS (SELECT FROM (SELECT c.thread_id, c.posted_at FROM comment c
            WHERE c.state = 'held' ORDER BY c.id DESC LIMIT 100) c
        JOIN review r ON r.id = c.thread_id AND r.site_id = $1::smallint
        WHERE coalesce(c.posted_at > l.at OR l.at < now() - interval '1 day',
            true))
ON CONFLICT DO NOTHING;

-- outbox_take: site -> thread, comment, kind, about, tried, made, person, address, still wanted, slug, title, language, author, text
-- The next one that is due, for whoever comes first. Who takes it and dies
-- leaves it to be taken again when it is due, twice as late each time. Whose
-- comment has moved since is found where it is.
WITH next AS MATERIALIZED (
    SELECT o.thread_id, o.site_id, o.comment_id, o.kind, o.about
    FROM outbox o
    WHERE o.site_id = $1::smallint AND o.due_at <= now()
        AND o.over_at IS NULL
    ORDER BY o.due_at LIMIT 1 FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE outbox o SET tried = o.tried + 1,
        due_at = now() + interval '1 minute' * 2 ^ least(o.tried, 8)
    FROM next n
    WHERE o.thread_id = n.thread_id AND o.site_id = n.site_id
        AND o.comment_id = n.comment_id AND o.kind = n.kind
        AND o.about = n.about
    RETURNING o.thread_id, o.comment_id, o.kind, o.about, o.tried, o.made_at
)
SELECT t.thread_id, t.comment_id, t.kind, t.about, t.tried, usec(t.made_at),
    f.person, f.address, CASE t.kind WHEN 'digest' THEN true
        WHEN 'confirm' THEN f.confirmed_at IS NULL AND own.id IS NOT NULL
        ELSE f.confirmed_at IS NOT NULL AND c.id IS NOT NULL END,
    r.slug, r.title, r.language, c.author,
    left(unspoiled(c.body, c.spoiler), 1000)
FROM taken t
LEFT JOIN follower f ON f.comment_id = t.comment_id
    AND f.thread_id = (SELECT c.thread_id FROM comment c
        WHERE c.id = t.comment_id LIMIT 1)
LEFT JOIN review r ON r.id = f.thread_id
LEFT JOIN LATERAL (SELECT o.id FROM comment o
    WHERE o.thread_id = f.thread_id AND o.id = f.comment_id
        AND o.state IN ('shown', 'held') LIMIT 1) own ON true
LEFT JOIN LATERAL (SELECT a.id, a.author, a.body, a.spoiler FROM comment a
    WHERE a.thread_id = f.thread_id AND a.id = t.about AND a.state = 'shown'
    LIMIT 1) c ON true;

-- outbox_over: site, thread, comment, kind, about -> none
UPDATE outbox SET over_at = now()
WHERE thread_id = $2 AND site_id = $1::smallint AND comment_id = $3::bigint
    AND kind = $4 AND about = $5::bigint;

-- outbox_back: site, thread, comment, kind, about -> none
-- Nobody was asked to take it: as if it had not been tried, behind the others.
UPDATE outbox SET due_at = now(), tried = tried - 1
WHERE thread_id = $2 AND site_id = $1::smallint AND comment_id = $3::bigint
    AND kind = $4 AND about = $5::bigint;

-- outbox_waiting: site -> how many, age of the oldest in microseconds
SELECT count(*), usec(now()) - usec(coalesce(min(o.made_at), now()))
FROM outbox o WHERE o.site_id = $1::smallint AND o.over_at IS NULL;

-- outbox_retire: -> none
-- What was sent and can't be written again; what nobody sends where mail was
-- switched off.
WITH old AS (
    SELECT o.thread_id, o.site_id, o.comment_id, o.kind, o.about
    FROM outbox o
    WHERE o.over_at < now() - interval '1 day'
        AND (o.kind = 'confirm' OR o.over_at < now() - interval '30 days')
    ORDER BY o.over_at LIMIT 1000
), left_over AS (
    SELECT o.thread_id, o.site_id, o.comment_id, o.kind, o.about
    FROM site s CROSS JOIN LATERAL (SELECT x.thread_id, x.site_id, x.comment_id,
            x.kind, x.about
        FROM outbox x
        WHERE x.site_id = s.id AND x.over_at IS NULL
            AND x.due_at < now() - interval '2 days'
        ORDER BY x.due_at LIMIT 1000) o
)
DELETE FROM outbox o
USING (SELECT n.thread_id, n.site_id, n.comment_id, n.kind, n.about
    FROM old n
    UNION ALL SELECT l.thread_id, l.site_id, l.comment_id, l.kind, l.about
    FROM left_over l) x
WHERE o.thread_id = x.thread_id AND o.site_id = x.site_id
    AND o.comment_id = x.comment_id AND o.kind = x.kind AND o.about = x.about;
