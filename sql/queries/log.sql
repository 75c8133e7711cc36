-- log_lock: site -> id, hash
SELECT id, hash FROM log_head WHERE site_id = $1::smallint FOR UPDATE;

-- log_head: site -> id, hash
SELECT id, hash FROM log_head WHERE site_id = $1::smallint;

-- log_add: site, thread, id, at, actor, actor name, act, comment, reason, before, after, prev, hash, undone -> none
WITH put AS (
    INSERT INTO moderation_log (site_id, thread_id, id, at, actor, actor_name,
        act, comment_id, reason, before, after, prev, hash, ref)
    VALUES ($1::smallint, $2, $3::bigint, from_usec($4),
        nullif($5, '00000000-0000-0000-0000-000000000000'::uuid),
        $6, $7, $8, $9, $10, $11, $12, $13::bytea, $14::bigint)
)
UPDATE log_head SET id = $3::bigint, hash = $13::bytea
WHERE site_id = $1::smallint;

-- log_list: site, before -> id, at, actor, actor name, act, thread, comment, slug, reason, before, after, prev, hash, undone, undone by
SELECT l.id, usec(l.at), l.actor, l.actor_name, l.act, l.thread_id,
    l.comment_id, r.slug, l.reason, l.before, l.after, l.prev, l.hash,
    l.ref, (SELECT u.id FROM moderation_log u WHERE u.thread_id = l.thread_id
        AND u.ref = l.id AND u.site_id = l.site_id AND u.ref <> 0 LIMIT 1)
FROM moderation_log l LEFT JOIN review r ON r.id = coalesce((SELECT
    c.thread_id FROM comment c WHERE c.id = l.comment_id LIMIT 1), l.thread_id)
WHERE l.site_id = $1::smallint AND l.id < $2
ORDER BY l.id DESC LIMIT 100;

-- log_walk: site, after -> id, at, actor, actor name, act, thread, comment, slug, reason, before, after, prev, hash, undone, 0
SELECT l.id, usec(l.at), l.actor, l.actor_name, l.act, l.thread_id,
    l.comment_id, r.slug, l.reason, l.before, l.after, l.prev, l.hash,
    l.ref, 0
FROM moderation_log l LEFT JOIN review r ON r.id = coalesce((SELECT
    c.thread_id FROM comment c WHERE c.id = l.comment_id LIMIT 1), l.thread_id)
WHERE l.site_id = $1::smallint AND l.id > $2
ORDER BY l.id LIMIT 1000;

-- log_find: site, before, slug, actor, act, since, until, most -> id, at, actor, actor name, act, thread, comment, slug, reason, before, after, prev, hash, undone, undone by, floor, looked at
WITH reach AS (
    SELECT least($2::bigint, CASE WHEN $7::bigint <> 0 THEN coalesce((
            SELECT l.id + 1 FROM moderation_log l
            WHERE l.site_id = $1::smallint AND l.at < from_usec($7)
            ORDER BY l.at DESC LIMIT 1), 0) END) AS top,
        CASE WHEN $6::bigint <> 0 THEN coalesce((
            SELECT l.id FROM moderation_log l
            WHERE l.site_id = $1::smallint AND l.at >= from_usec($6)
            ORDER BY l.at LIMIT 1), 9223372036854775807) ELSE 0 END AS bottom
), near AS MATERIALIZED (
    (SELECT n.* FROM (
        (SELECT l.thread_id, l.id, l.at, l.actor, l.actor_name, l.act,
            l.comment_id, l.reason, l.before, l.after, l.prev, l.hash, l.ref
        FROM moderation_log l WHERE $3::text <> ''
            AND l.thread_id = (SELECT r.id FROM review r
                WHERE r.site_id = $1::smallint AND r.slug = $3)
            AND l.site_id + 0 = $1::smallint AND l.id < (SELECT top FROM reach)
            AND l.id >= (SELECT bottom FROM reach)
        ORDER BY l.site_id DESC, l.id DESC LIMIT 2000)
        UNION ALL
        (SELECT l.thread_id, l.id, l.at, l.actor, l.actor_name, l.act,
            l.comment_id, l.reason, l.before, l.after, l.prev, l.hash, l.ref
        FROM (SELECT m.comment_id, m.was FROM comment_moved m
            WHERE $3 <> '' AND m.thread_id = (SELECT r.id FROM review r
                WHERE r.site_id = $1::smallint AND r.slug = $3)
            LIMIT 2000) m
        CROSS JOIN LATERAL (SELECT l.* FROM moderation_log l
            WHERE l.thread_id = m.was AND l.comment_id = m.comment_id
                AND l.site_id + 0 = $1::smallint
                AND l.id < (SELECT top FROM reach)
                AND l.id >= (SELECT bottom FROM reach)
            ORDER BY l.id DESC LIMIT 2000) l
        ORDER BY l.id DESC LIMIT 2000)
    ) n ORDER BY n.id DESC LIMIT 2000)
    UNION ALL
    (SELECT l.thread_id, l.id, l.at, l.actor, l.actor_name, l.act, l.comment_id,
        l.reason, l.before, l.after, l.prev, l.hash, l.ref
    FROM moderation_log l WHERE $3 = '' AND $4::text <> ''
        AND l.site_id = $1::smallint AND l.actor_name = $4
        AND l.id < (SELECT top FROM reach)
        AND l.id >= (SELECT bottom FROM reach)
    ORDER BY l.id DESC LIMIT 2000)
    UNION ALL
    (SELECT l.thread_id, l.id, l.at, l.actor, l.actor_name, l.act, l.comment_id,
        l.reason, l.before, l.after, l.prev, l.hash, l.ref
    FROM moderation_log l WHERE $3 = '' AND $4 = '' AND $5::text <> ''
        AND l.site_id = $1::smallint AND l.act = $5
        AND l.id < (SELECT top FROM reach)
        AND l.id >= (SELECT bottom FROM reach)
    ORDER BY l.id DESC LIMIT 2000)
    UNION ALL
    (SELECT l.thread_id, l.id, l.at, l.actor, l.actor_name, l.act, l.comment_id,
        l.reason, l.before, l.after, l.prev, l.hash, l.ref
    FROM moderation_log l WHERE $3 = '' AND $4 = '' AND $5 = ''
        AND l.site_id = $1::smallint AND l.id < (SELECT top FROM reach)
        AND l.id >= (SELECT bottom FROM reach)
    ORDER BY l.id DESC LIMIT 2000)
), found AS MATERIALIZED (
    SELECT n.* FROM near n
    WHERE ($4 = '' OR n.actor_name = $4) AND ($5 = '' OR n.act = $5)
    ORDER BY n.id DESC LIMIT $8::bigint
)
SELECT f.id, usec(f.at), f.actor, f.actor_name, f.act, f.thread_id,
    f.comment_id, r.slug, f.reason, f.before, f.after, f.prev, f.hash,
    f.ref, (SELECT u.id FROM moderation_log u WHERE u.thread_id = f.thread_id
        AND u.ref = f.id AND u.site_id + 0 = $1::smallint AND u.ref <> 0
        LIMIT 1),
    w.floor, w.looked
FROM (SELECT min(id) AS floor, count(*) AS looked FROM near) w
LEFT JOIN found f ON true
LEFT JOIN review r ON r.id = coalesce((SELECT c.thread_id FROM comment c
    WHERE c.id = f.comment_id LIMIT 1), f.thread_id)
ORDER BY f.id DESC;

-- log_seal_add: site, id, at, seal -> none
INSERT INTO log_seal (site_id, id, at, seal)
VALUES ($1::smallint, $2, from_usec($3), $4)
ON CONFLICT DO NOTHING;

-- log_seal_last: site -> id, at
SELECT id, usec(at) FROM log_seal WHERE site_id = $1::smallint
ORDER BY id DESC LIMIT 1;

-- log_seal_list: site, after -> id, at, seal
SELECT id, usec(at), seal FROM log_seal
WHERE site_id = $1::smallint AND id > $2 ORDER BY id LIMIT 1000;

-- log_get: site, ids -> id, at, actor, actor name, act, thread, comment, slug, reason, before, after, prev, hash, undone, undone by
SELECT l.id, usec(l.at), l.actor, l.actor_name, l.act, l.thread_id,
    l.comment_id, r.slug, l.reason, l.before, l.after, l.prev, l.hash,
    l.ref, (SELECT u.id FROM moderation_log u WHERE u.thread_id = l.thread_id
        AND u.ref = l.id AND u.site_id = l.site_id AND u.ref <> 0 LIMIT 1)
FROM (SELECT DISTINCT unnest($2::text::bigint[])) w (id)
CROSS JOIN LATERAL (SELECT l.* FROM moderation_log l
    WHERE l.site_id = $1::smallint AND l.id = w.id LIMIT 1) l
LEFT JOIN review r ON r.id = coalesce((SELECT c.thread_id FROM comment c
    WHERE c.id = l.comment_id LIMIT 1), l.thread_id)
ORDER BY l.id DESC LIMIT 400;
