-- insight_follow: site, blocks of comments at most -> more to do
SELECT insight_follow($1::smallint, $2::integer);

-- insight_reset: site -> none
SELECT insight_reset($1::smallint)::text;

-- insight_days: site, first day, day after, "day" or "month" -> first day, shown, held, spam, removed, erased
-- Days are counted from 1970-01-01.
SELECT g::date - '1970-01-01'::date, coalesce(sum(d.shown), 0)::bigint,
    coalesce(sum(d.held), 0)::bigint, coalesce(sum(d.spam), 0)::bigint,
    coalesce(sum(d.removed), 0)::bigint, coalesce(sum(d.erased), 0)::bigint
FROM generate_series('1970-01-01'::timestamp + $2 * interval '1 day',
    '1970-01-01'::timestamp + $3 * interval '1 day' - interval '1 day',
    ('1 ' || $4::text)::interval) AS g
LEFT JOIN LATERAL (SELECT d.shown, d.held, d.spam, d.removed, d.erased
    FROM insight_day d WHERE d.site_id = $1::smallint AND d.day >= g
        AND d.day < g + ('1 ' || $4::text)::interval
    OFFSET 0) d ON true
GROUP BY g ORDER BY g;

-- insight_waits: site, first day, day after, "day" or "month" -> first day or NULL for all, rulings, median step, 90th step
WITH wait AS (
    SELECT date_trunc($4::text, w.day)::date AS day, w.step, sum(w.n) AS n
    FROM insight_wait w
    WHERE w.site_id = $1::smallint AND w.day >= '1970-01-01'::date + $2::integer
        AND w.day < '1970-01-01'::date + $3::integer
    GROUP BY GROUPING SETS ((date_trunc($4::text, w.day), w.step), (w.step))
), ranked AS (
    SELECT w.day, w.step, sum(w.n) OVER (PARTITION BY w.day ORDER BY w.step)
        AS upto, sum(w.n) OVER (PARTITION BY w.day) AS n
    FROM wait w
)
SELECT r.day - '1970-01-01'::date, max(r.n)::bigint,
    min(r.step) FILTER (WHERE r.upto * 2 >= r.n),
    min(r.step) FILTER (WHERE r.upto * 10 >= r.n * 9)
FROM ranked r GROUP BY r.day ORDER BY r.day NULLS LAST;

-- insight_qualities: site, first day, day after -> week's first day, filter, caught, wrong, missed, passed, silent
SELECT f.week - '1970-01-01'::date, f.filter, f.caught, f.wrong, f.missed,
    f.passed, f.silent
FROM insight_filter f
WHERE f.site_id = $1::smallint
    AND f.week > '1970-01-01'::date + $2::integer - 7
    AND f.week < '1970-01-01'::date + $3::integer
ORDER BY f.filter, f.week;

-- insight_busiest: site, span, first day -> slug, heading, shown
SELECT r.slug, r.heading, b.shown
FROM (SELECT b.thread_id, b.shown FROM insight_busy b
    WHERE b.site_id = $1::smallint AND b.span = $2
        AND b.first = '1970-01-01'::date + $3::integer
    ORDER BY b.shown DESC, b.thread_id LIMIT 10) b
JOIN review r ON r.id = b.thread_id
ORDER BY b.shown DESC, b.thread_id;

-- insight_times: site -> filter, answers, median, 99th, in microseconds
-- Of the last 500 comments, of whichever site.
SELECT e.filter, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY e.usec),
    percentile_disc(0.99) WITHIN GROUP (ORDER BY e.usec)
FROM (SELECT c.thread_id, c.id FROM comment c ORDER BY c.id DESC LIMIT 500) c
JOIN review r ON r.id = c.thread_id AND r.site_id = $1::smallint
CROSS JOIN LATERAL (SELECT e.filter, e.usec FROM evidence e
    WHERE e.thread_id = c.thread_id AND e.comment_id = c.id AND NOT e.silent
    OFFSET 0) e
GROUP BY e.filter ORDER BY e.filter;

-- insight_rulings: site -> spam, why, verdict
-- The last 500 that stand.
SELECT r.spam, r.why, r.verdict FROM insight_ruling r
WHERE r.site_id = $1::smallint ORDER BY r.id DESC LIMIT 500;

-- insight_ask: site, filter -> none
INSERT INTO insight_retrain (site_id, filter, asked_at)
VALUES ($1::smallint, $2, now())
ON CONFLICT (site_id, filter) DO UPDATE
    SET asked_at = greatest(now(),
        insight_retrain.asked_at + interval '1 microsecond');

-- insight_asked: site -> filter, asked, done
SELECT a.filter, usec(a.asked_at), usec(a.done_at) FROM insight_retrain a
WHERE a.site_id = $1::smallint ORDER BY a.filter;

-- insight_answer: site, filter, asked -> none
UPDATE insight_retrain SET done_at = now()
WHERE site_id = $1::smallint AND filter = $2 AND asked_at = from_usec($3);
