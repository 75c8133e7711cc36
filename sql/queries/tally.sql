-- tally_months: site -> month, shown, removed, spam, ruled, median wait
WITH span AS (
    SELECT (date_trunc('month', now() AT TIME ZONE 'UTC')
        - interval '11 months')::date AS first
), day AS (
    SELECT date_trunc('month', d.day)::date AS month, sum(d.shown) AS shown,
        sum(d.removed) AS removed, sum(d.spam) AS spam
    FROM insight_day d WHERE d.site_id = $1::smallint
        AND d.day >= (SELECT first FROM span)
    GROUP BY 1
), wait AS (
    SELECT date_trunc('month', w.day)::date AS month, w.step, sum(w.n) AS n
    FROM insight_wait w WHERE w.site_id = $1::smallint
        AND w.day >= (SELECT first FROM span)
    GROUP BY 1, 2
), half AS (
    SELECT w.month, w.step, sum(w.n) OVER (PARTITION BY w.month) AS n,
        sum(w.n) OVER (PARTITION BY w.month ORDER BY w.step) AS upto
    FROM wait w
), median AS (
    SELECT h.month, max(h.n) AS ruled,
        min(h.step) FILTER (WHERE 2 * h.upto >= h.n) AS step
    FROM half h GROUP BY h.month
)
SELECT to_char(month, 'YYYY-MM'), coalesce(d.shown, 0)::bigint,
    coalesce(d.removed, 0)::bigint, coalesce(d.spam, 0)::bigint,
    coalesce(m.ruled, 0)::bigint,
    coalesce(power(2, m.step / 8.0), 0)::bigint
FROM day d FULL JOIN median m USING (month)
ORDER BY month DESC LIMIT 12;

-- tally_reasons: site -> month, reason, removed for it
SELECT to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
    left(r.reason, 80) AS why, count(*)
FROM (SELECT l.at, l.reason FROM moderation_log l
    WHERE l.site_id = $1::smallint AND l.act = 'remove'
    ORDER BY l.id DESC LIMIT 5000) r
WHERE r.at >= (date_trunc('month', now() AT TIME ZONE 'UTC')
    - interval '11 months') AT TIME ZONE 'UTC'
GROUP BY 1, 2 HAVING count(*) >= 3 OR left(r.reason, 80) = ''
ORDER BY 1 DESC, 3 DESC, 2 LIMIT 120;
