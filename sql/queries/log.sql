-- log_lock: site -> id, hash
SELECT id, hash FROM log_head WHERE site_id = $1::smallint FOR UPDATE;

-- log_head: site -> id, hash
SELECT id, hash FROM log_head WHERE site_id = $1::smallint;

-- log_add: site, thread, id, at, actor, actor name, act, comment, reason, before, after, prev, hash -> none
WITH put AS (
    INSERT INTO moderation_log (site_id, thread_id, id, at, actor, actor_name,
        act, comment_id, reason, before, after, prev, hash)
    VALUES ($1::smallint, $2, $3::bigint, from_usec($4),
        nullif($5, '00000000-0000-0000-0000-000000000000'::uuid),
        $6, $7, $8, $9, $10, $11, $12, $13::bytea)
)
UPDATE log_head SET id = $3::bigint, hash = $13::bytea
WHERE site_id = $1::smallint;

-- log_list: site, before -> id, at, actor, actor name, act, thread, comment, slug, reason, before, after, prev, hash
SELECT l.id, usec(l.at), l.actor, l.actor_name, l.act, l.thread_id,
    l.comment_id, r.slug, l.reason, l.before, l.after, l.prev, l.hash
FROM moderation_log l LEFT JOIN review r ON r.id = l.thread_id
WHERE l.site_id = $1::smallint AND l.id < $2
ORDER BY l.id DESC LIMIT 100;

-- log_walk: site, after -> id, at, actor, actor name, act, thread, comment, slug, reason, before, after, prev, hash
SELECT l.id, usec(l.at), l.actor, l.actor_name, l.act, l.thread_id,
    l.comment_id, r.slug, l.reason, l.before, l.after, l.prev, l.hash
FROM moderation_log l LEFT JOIN review r ON r.id = l.thread_id
WHERE l.site_id = $1::smallint AND l.id > $2
ORDER BY l.id LIMIT 1000;
