-- 0022_taken_for.sql: what one review's export and the statistics took for
-- something else.

-- As before; the thread's featured comments have other ids here, too.
CREATE OR REPLACE FUNCTION import_moved(tbl text, r jsonb, h import_head)
RETURNS jsonb LANGUAGE sql STABLE
    RETURN r || CASE WHEN tbl IN ('review', 'thread')
            THEN jsonb_build_object('id', h.thread_id) ELSE '{}' END
        || CASE WHEN r ? 'site_id'
            THEN jsonb_build_object('site_id', h.made_for) ELSE '{}' END
        || CASE WHEN r ? 'thread_id'
            THEN jsonb_build_object('thread_id', h.thread_id) ELSE '{}' END
        || CASE WHEN r ? 'review_id'
            THEN jsonb_build_object('review_id', h.thread_id) ELSE '{}' END
        || CASE WHEN r ? 'home' THEN '{"home": null}'::jsonb ELSE '{}' END
        || (SELECT coalesce(jsonb_object_agg(l.key, (
                SELECT coalesce(jsonb_agg(i.id::bigint + h.shift ORDER BY i.n),
                    '[]')
                FROM jsonb_array_elements_text(l.value)
                    WITH ORDINALITY AS i (id, n))), '{}')
            FROM jsonb_each(CASE tbl WHEN 'thread' THEN r ELSE '{}' END) AS l
            WHERE l.key IN ('pinned', 'featured'))
        || (SELECT coalesce(jsonb_object_agg(k, (r ->> k)::bigint + h.shift),
                '{}') FROM unnest(CASE tbl WHEN 'comment'
                    THEN ARRAY['id', 'parent', 'root', 'locked']
                    ELSE ARRAY['comment_id'] END) AS k
            WHERE (r ->> k)::bigint <> 0);

-- As before, of rulings and what undoes them: a letter's heading, or the review
-- that a comment moved to, may be called as a state is.
CREATE OR REPLACE FUNCTION insight_hear(site smallint, since bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    heard bigint;
BEGIN
    WITH row AS MATERIALIZED (
        SELECT l.id, l.thread_id, l.comment_id, l.at, l.act, l.before,
            l.after, l.ref
        FROM moderation_log l
        WHERE l.site_id = site AND l.id > since ORDER BY l.id LIMIT 200
    ), ruling AS MATERIALIZED (
        SELECT w.id, w.thread_id, w.comment_id, w.at, w.before, w.after
        FROM row w WHERE w.comment_id <> 0
            AND w.after IN ('shown', 'held', 'spam', 'removed')
            AND (w.act IN ('approve', 'spam', 'remove', 'hold')
                OR w.act = 'undo' AND (SELECT u.act FROM moderation_log u
                    WHERE u.thread_id = w.thread_id AND u.site_id = site
                        AND u.id = w.ref)
                    IN ('approve', 'spam', 'remove', 'hold'))
    ), waited AS (
        INSERT INTO insight_wait AS w (site_id, day, step, n)
        SELECT site, insight_utc(r.at),
            insight_step(r.at - coalesce(b.at, c.posted_at)), count(*)
        FROM ruling r
        JOIN comment c ON c.thread_id = r.thread_id AND c.id = r.comment_id
        LEFT JOIN LATERAL (SELECT b.at FROM moderation_log b
            WHERE b.thread_id = r.thread_id AND b.comment_id = r.comment_id
                AND b.comment_id <> 0 AND b.id < r.id AND b.site_id = site
                AND b.after = 'held'
            ORDER BY b.id DESC LIMIT 1) b ON true
        WHERE r.before = 'held' AND r.after <> 'held'
        GROUP BY 2, 3
        ON CONFLICT (site_id, day, step) DO UPDATE SET n = w.n + excluded.n
    ), stands AS MATERIALIZED (
        SELECT DISTINCT ON (r.thread_id, r.comment_id) r.thread_id,
            r.comment_id, r.id, r.after,
            date_trunc('week', insight_utc(r.at))::date AS week
        FROM ruling r ORDER BY r.thread_id, r.comment_id, r.id DESC
    ), old AS MATERIALIZED (
        SELECT o.thread_id, o.comment_id, o.week, o.spam, o.verdict
        FROM stands s JOIN insight_ruling o
            ON o.thread_id = s.thread_id AND o.comment_id = s.comment_id
    ), new AS MATERIALIZED (
        SELECT s.thread_id, s.comment_id, s.id, s.week,
            s.after = 'spam' AS spam, c.why,
            ARRAY(SELECT c.verdict[i * 6 + k]
                FROM generate_series(0, cardinality(c.verdict) / 6 - 1) i,
                    generate_series(1, 3) k
                ORDER BY i, k) AS verdict
        FROM stands s
        JOIN comment c ON c.thread_id = s.thread_id AND c.id = s.comment_id
        WHERE s.after IN ('shown', 'spam')
    ), each AS (
        SELECT e.sign, e.week, e.spam, e.verdict[i + 1] AS filter,
            e.verdict[i + 2]::boolean AS silent,
            NOT e.verdict[i + 2]::boolean
                AND e.verdict[i + 3]::integer >= 30 AS against
        FROM (SELECT -1 AS sign, o.week, o.spam, o.verdict FROM old o
            UNION ALL SELECT 1, n.week, n.spam, n.verdict FROM new n) e
        CROSS JOIN generate_series(0, cardinality(e.verdict) - 1, 3) i
    ), compared AS (
        INSERT INTO insight_filter AS f (site_id, week, filter, caught, wrong,
            missed, passed, silent)
        SELECT site, e.week, e.filter,
            coalesce(sum(e.sign) FILTER (WHERE e.against AND e.spam), 0),
            coalesce(sum(e.sign) FILTER (WHERE e.against AND NOT e.spam), 0),
            coalesce(sum(e.sign) FILTER (WHERE NOT e.silent
                AND NOT e.against AND e.spam), 0),
            coalesce(sum(e.sign) FILTER (WHERE NOT e.silent
                AND NOT e.against AND NOT e.spam), 0),
            coalesce(sum(e.sign) FILTER (WHERE e.silent), 0)
        FROM each e GROUP BY e.week, e.filter
        ON CONFLICT (site_id, week, filter) DO UPDATE SET
            caught = f.caught + excluded.caught,
            wrong = f.wrong + excluded.wrong,
            missed = f.missed + excluded.missed,
            passed = f.passed + excluded.passed,
            silent = f.silent + excluded.silent
    ), kept AS (
        INSERT INTO insight_ruling AS k (thread_id, comment_id, site_id, id,
            week, spam, why, verdict)
        SELECT n.thread_id, n.comment_id, site, n.id, n.week, n.spam, n.why,
            n.verdict
        FROM new n
        ON CONFLICT (thread_id, comment_id) DO UPDATE SET
            (id, week, spam, why, verdict) = (excluded.id, excluded.week,
                excluded.spam, excluded.why, excluded.verdict)
    ), withdrawn AS (
        DELETE FROM insight_ruling d USING old o
        WHERE d.thread_id = o.thread_id AND d.comment_id = o.comment_id
            AND NOT EXISTS (SELECT FROM new n
                WHERE n.thread_id = o.thread_id
                    AND n.comment_id = o.comment_id)
    )
    SELECT max(w.id) INTO heard FROM row w;
    RETURN heard;
END $$;
