-- thread_id: site, slug -> id
SELECT id FROM review WHERE site_id = $1::smallint AND slug = $2;

-- thread_head: site, slug, thread -> id, version, count, policy, closes at, title, language, slug, minutes, pinned, whether its terms are its own, featured
SELECT n.id, n.version, n.shown, n.policy, usec(n.closes_at), r.title,
    r.language, r.slug, r.minutes, n.pinned,
    n.own, n.featured
FROM review r JOIN thread_now n ON n.id = r.id
WHERE r.site_id = $1::smallint AND r.slug = $2 AND r.id = $3;

-- thread_language: site, slug -> language
SELECT language FROM review WHERE site_id = $1::smallint AND slug = $2;

-- thread_version: thread -> version
SELECT version FROM thread_now WHERE id = $1;

-- thread_counts: site, slugs -> count or -1, in the order given
SELECT coalesce((SELECT n.shown
    FROM review r JOIN thread_now n ON n.id = r.id
    WHERE r.site_id = $1::smallint AND r.slug = s.slug), -1)
FROM unnest($2::text::text[]) WITH ORDINALITY AS s (slug, i)
ORDER BY s.i;

-- thread_lock: site, slug -> id
SELECT t.id
FROM review r JOIN thread t ON t.id = r.id
WHERE r.site_id = $1::smallint AND r.slug = $2
FOR NO KEY UPDATE OF t;

-- thread_closing: after, until -> slug
-- Those whose time to close came in between.
SELECT r.slug
FROM thread t JOIN review r ON r.id = t.id
WHERE t.closes_at > from_usec($1) AND t.closes_at <= from_usec($2)
LIMIT 1001;
