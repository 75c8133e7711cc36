-- search_comments: site, words, film, director, reviewer, issue, before -> next, id, thread, slug, heading, language, author, badge, posted, spoiler, excerpt
-- Of an issue alone the newest comments, each by its first words. Where nothing
-- is found, yet the search goes on: a row of `next` and nothing else.
WITH asked AS MATERIALIZED (
    SELECT both_queries(search_typed($2),
        mention_query($3, $4, $5)) AS query
)
SELECT f.next, c.id, c.thread_id, r.slug, r.heading, r.language, c.author, c.badge,
    usec(c.posted_at), c.spoiler,
    coalesce(excerpt_names(plain(unspoiled(c.body, c.spoiler)), a.query),
        left(plain(unspoiled(c.body, c.spoiler)), 240))
FROM asked a
CROSS JOIN LATERAL found_comments($1::smallint, a.query, $6::integer,
    $7::bigint) AS f
LEFT JOIN LATERAL (SELECT c.id, c.thread_id, c.author, c.badge, c.posted_at,
        c.spoiler, c.body FROM comment c WHERE c.id = f.id LIMIT 1) c ON true
LEFT JOIN review r ON r.id = c.thread_id
WHERE CASE WHEN a.query IS NULL
    THEN $6::integer > 0 AND $2 || $3 || $4 || $5 = ''
    ELSE $2 = '' OR search_typed($2) IS NOT NULL END
ORDER BY c.id DESC;

-- search_reviews: site, words, film, director, reviewer, issue -> slug, heading, reviewer, issue, year, count, language, excerpt
WITH asked AS MATERIALIZED (
    SELECT search_typed($2) AS query,
        facet_query($3, $4, $5, $6::integer) AS facets,
        mention_query($3, $4, $5) AS mentions
)
SELECT r.slug, r.heading, r.reviewer, r.issue, r.year,
    (SELECT n.shown FROM thread_now n WHERE n.id = r.id), r.language,
    excerpt_names(review_text(r), both_queries(a.query, a.mentions))
FROM asked a
CROSS JOIN LATERAL found_reviews($1::smallint, a.query, a.facets, a.mentions)
    AS f
JOIN review r ON r.id = f.id
WHERE $2 = '' OR a.query IS NOT NULL
ORDER BY f.place;

-- search_lock: -> none
-- Before the snapshot of what makes the index: one at a time, each sees what
-- the one before it did.
SELECT pg_advisory_xact_lock(hashtext('foyer search'))::text;

-- search_follow: -> rows done
-- The next 100 changes that are not searched yet, of those that this pass is
-- for. Snapshots that are ahead of us are another database's, a dump of which
-- this is; then it is for all changes that are kept.
WITH head AS MATERIALIZED (
    SELECT CASE WHEN p.ahead THEN '1:1:' ELSE h.seen END AS seen,
        CASE WHEN p.ahead OR h.target IS NULL THEN p.now ELSE h.target END
            AS target,
        h.target IS NULL OR p.ahead AS fresh, h.after_xid, h.after_id
    FROM search_head h CROSS JOIN LATERAL (
        SELECT pg_current_snapshot() AS now, pg_snapshot_xmax(
            coalesce(h.target, h.seen)) > pg_snapshot_xmax(
            pg_current_snapshot()) AS ahead
    ) p
), new AS MATERIALIZED (
    SELECT c.thread_id, c.comment_id, c.id, c.xid FROM change c
    WHERE (c.xid, c.id) > (
            (SELECT CASE WHEN fresh THEN pg_snapshot_xmin(seen)
                ELSE after_xid END FROM head),
            (SELECT CASE WHEN fresh THEN 0 ELSE after_id END FROM head))
        AND NOT pg_visible_in_snapshot(c.xid, (SELECT seen FROM head))
        AND pg_visible_in_snapshot(c.xid, (SELECT target FROM head))
        AND c.comment_id IS NOT NULL
    ORDER BY c.xid, c.id LIMIT 100
), each AS (
    SELECT n.thread_id, n.comment_id, max(n.id) AS change
    FROM new n GROUP BY n.thread_id, n.comment_id
), comments AS (
    INSERT INTO search_comment (thread_id, comment_id, change, edited_at,
        lexemes)
    SELECT c.thread_id, c.id, n.change, c.edited_at,
        CASE WHEN c.state = 'shown'
            THEN comment_lexemes(c.author, c.body, c.spoiler) ELSE '' END
    FROM each n CROSS JOIN LATERAL (SELECT c.thread_id, c.id, c.edited_at,
            c.state, c.author, c.body, c.spoiler FROM comment c
        WHERE c.thread_id = n.thread_id AND c.id = n.comment_id LIMIT 1) c
    ON CONFLICT (thread_id, comment_id) DO UPDATE SET
        (change, edited_at, lexemes) = (excluded.change, excluded.edited_at,
            excluded.lexemes)
), reviews AS (
    INSERT INTO search_review (review_id, change, lexemes)
    SELECT n.thread_id, n.change, review_lexemes(r)
    FROM each n JOIN review r ON r.id = n.thread_id
    WHERE n.comment_id = 0
    ON CONFLICT (review_id) DO UPDATE SET
        (change, lexemes) = (excluded.change, excluded.lexemes)
), last AS (
    SELECT n.xid, n.id FROM new n ORDER BY n.xid DESC, n.id DESC LIMIT 1
), done AS (
    SELECT count(*) AS n FROM new
), moved AS (
    UPDATE search_head SET
        seen = CASE WHEN d.n < 100 THEN h.target ELSE h.seen END,
        target = CASE WHEN d.n = 100 THEN h.target END,
        after_xid = coalesce((SELECT xid FROM last), h.after_xid),
        after_id = coalesce((SELECT id FROM last), h.after_id)
    FROM head h, done d
    WHERE d.n > 0 OR NOT h.fresh
        OR pg_snapshot_xmax(h.target)::text::bigint
            - pg_snapshot_xmax(h.seen)::text::bigint > 1000
)
SELECT d.n FROM done d;

-- search_fill: after, most -> last id, or 0
-- Comments that were there before they could be searched.
WITH part AS MATERIALIZED (
    SELECT c.thread_id, c.id, c.edited_at, c.state, c.author, c.body,
        c.spoiler
    FROM comment c WHERE c.id > $1::bigint ORDER BY c.id LIMIT $2::integer
), put AS (
    INSERT INTO search_comment (thread_id, comment_id, change, edited_at,
        lexemes)
    SELECT s.thread_id, s.id, 0, s.edited_at,
        CASE WHEN s.state = 'shown'
            THEN comment_lexemes(s.author, s.body, s.spoiler) ELSE '' END
    FROM part s
    ON CONFLICT (thread_id, comment_id) DO UPDATE SET
        (edited_at, lexemes) = (excluded.edited_at, excluded.lexemes)
)
SELECT coalesce(max(s.id), 0) FROM part s;

-- search_filled: -> last id filled, the id to fill to
SELECT h.filled, h.fill_to FROM search_head h;

-- search_filled_set: last id -> none
UPDATE search_head SET filled = $1::bigint;

-- search_reviews_fill: site -> none
INSERT INTO search_review (review_id, change, lexemes)
SELECT r.id, 0, review_lexemes(r) FROM review r
WHERE r.site_id = $1::smallint
ON CONFLICT (review_id) DO UPDATE SET lexemes = excluded.lexemes;
