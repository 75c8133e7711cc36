-- 0024_moved_rulings.sql: the statistics hear rulings on comments that moved.
-- As before, wherever a comment is by now: the log names where it was.
CREATE OR REPLACE FUNCTION insight_hear(site smallint, since bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    heard bigint;
BEGIN
    WITH row AS MATERIALIZED (
        SELECT l.id, l.comment_id, l.at, l.act, l.before, l.after, l.ref
        FROM moderation_log l
        WHERE l.site_id = site AND l.id > since ORDER BY l.id LIMIT 200
    ), ruling AS MATERIALIZED (
        SELECT w.id, c.thread_id, w.comment_id, w.at, w.before, w.after
        FROM row w CROSS JOIN LATERAL (SELECT c.thread_id FROM comment c
            WHERE c.id = w.comment_id LIMIT 1) c
        WHERE w.comment_id <> 0
            AND w.after IN ('shown', 'held', 'spam', 'removed')
            AND (w.act IN ('approve', 'spam', 'remove', 'hold')
                OR w.act = 'undo' AND (SELECT u.act FROM moderation_log u
                    WHERE u.site_id = site AND u.id = w.ref)
                    IN ('approve', 'spam', 'remove', 'hold'))
    ), waited AS (
        INSERT INTO insight_wait AS w (site_id, day, step, n)
        SELECT site, insight_utc(r.at),
            insight_step(r.at - coalesce(b.at, c.posted_at)), count(*)
        FROM ruling r
        JOIN comment c ON c.thread_id = r.thread_id AND c.id = r.comment_id
        LEFT JOIN LATERAL (SELECT b.at FROM moderation_log b
            WHERE b.comment_id = r.comment_id AND b.id < r.id
                AND b.site_id + 0 = site AND b.after = 'held'
            ORDER BY b.id + 0 DESC LIMIT 1) b ON true
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
        FROM stands s CROSS JOIN LATERAL (
            SELECT s.thread_id AS id
            UNION ALL SELECT m.was FROM comment_moved m
            WHERE m.thread_id = s.thread_id AND m.comment_id = s.comment_id
        ) t CROSS JOIN LATERAL (SELECT o.* FROM insight_ruling o
            WHERE o.thread_id = t.id AND o.comment_id = s.comment_id
            LIMIT 1) o
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
