-- Moderators' pages where a million comments are: what they ask for is found by
-- an index, and what is summed up for them costs what has changed, not what is
-- there.

-- ---- the queue of one review ----

CREATE INDEX comment_held_here ON comment (thread_id, id)
    WHERE state = 'held';
CREATE INDEX comment_reported_here ON comment (thread_id, id)
    WHERE reports > 0 AND state = 'shown';

-- As before; `here`: of that review alone, '': of all. Whatever is asked for,
-- the rows come in the order of their ids: a page stops when it has enough.
DROP FUNCTION waiting(bigint);
DROP FUNCTION queue_reach(bigint);
CREATE FUNCTION queue_reach(after bigint, site smallint, here text)
RETURNS bigint LANGUAGE sql STABLE
    RETURN CASE WHEN here = '' THEN
        least((SELECT c.id FROM comment c
                WHERE c.state = 'held' AND c.id > after
                ORDER BY c.id OFFSET 1999 LIMIT 1),
            (SELECT c.id FROM comment c
                WHERE c.reports > 0 AND c.state = 'shown' AND c.id > after
                ORDER BY c.id OFFSET 1999 LIMIT 1))
    ELSE least((SELECT c.id FROM comment c
                WHERE c.thread_id = (SELECT r.id FROM review r
                    WHERE r.site_id = site AND r.slug = here)
                    AND c.state = 'held' AND c.id > after
                ORDER BY c.id OFFSET 1999 LIMIT 1),
            (SELECT c.id FROM comment c
                WHERE c.thread_id = (SELECT r.id FROM review r
                    WHERE r.site_id = site AND r.slug = here)
                    AND c.reports > 0 AND c.state = 'shown' AND c.id > after
                ORDER BY c.id OFFSET 1999 LIMIT 1)) END;

CREATE FUNCTION waiting(after bigint, site smallint, here text)
RETURNS TABLE (thread_id bigint, id bigint, why text, verdict text[],
    reports integer, site_id smallint, slug text, language text)
LANGUAGE sql STABLE BEGIN ATOMIC
    SELECT w.thread_id, w.id, w.why, w.verdict, w.reports, r.site_id, r.slug,
        r.language
    FROM (
        (SELECT c.thread_id, c.id, c.why, c.verdict, c.reports
        FROM comment c
        WHERE here = '' AND c.state = 'held' AND c.id > after
        ORDER BY c.id LIMIT 2000)
        UNION ALL
        (SELECT c.thread_id, c.id, 'reported' AS why, c.verdict, c.reports
        FROM comment c WHERE here = '' AND c.reports > 0
            AND c.state = 'shown' AND c.id > after
        ORDER BY c.id LIMIT 2000)
        UNION ALL
        (SELECT c.thread_id, c.id, c.why, c.verdict, c.reports
        FROM comment c
        WHERE c.thread_id = (SELECT r.id FROM review r
            WHERE r.site_id = site AND r.slug = here)
            AND c.state = 'held' AND c.id > after
        ORDER BY c.id LIMIT 2000)
        UNION ALL
        (SELECT c.thread_id, c.id, 'reported' AS why, c.verdict, c.reports
        FROM comment c
        WHERE c.thread_id = (SELECT r.id FROM review r
            WHERE r.site_id = site AND r.slug = here)
            AND c.reports > 0 AND c.state = 'shown' AND c.id > after
        ORDER BY c.id LIMIT 2000)
    ) w CROSS JOIN LATERAL (SELECT r.site_id, r.slug, r.language
        FROM review r WHERE r.id = w.thread_id LIMIT 1) r
    WHERE w.id <= coalesce((SELECT queue_reach(after, site, here)), w.id)
        AND r.site_id = site;
END;

-- Asked of 2000 comments a page: what has no query in it becomes a part of the
-- statement. Where the name is a reason, too, it is looked for one by one.
ALTER FUNCTION spoke_against(text[], text) RENAME TO spoke_somewhere;
CREATE FUNCTION spoke_against(verdict text[], filter text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE coalesce(array_position(verdict, filter), 0) % 6
        WHEN 0 THEN false
        WHEN 1 THEN verdict[array_position(verdict, filter) + 1] = 't'
            OR verdict[array_position(verdict, filter) + 2]::integer > 0
        ELSE spoke_somewhere(verdict, filter) END;

-- ---- sums ----

-- A comment that has changed is counted among those of its thread and block
-- alone; with `whose` NULL the whole block is. The days' sums move by what differs
-- then; with `anew` they are made again, whatever they were.
DROP FUNCTION insight_recount(bigint[]);
DROP INDEX insight_part_block;
CREATE INDEX insight_part_block ON insight_part (block, thread_id);
CREATE FUNCTION insight_recount(blocks bigint[], whose bigint[], anew boolean)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    threads bigint[];
    days date[];
BEGIN
    WITH asked AS MATERIALIZED (
        SELECT DISTINCT u.block, u.thread_id
        FROM unnest(blocks, whose) AS u (block, thread_id)
    ), want AS MATERIALIZED (
        SELECT c.thread_id, insight_utc(c.posted_at) AS day, a.block,
            min(c.site_id) AS site_id,
            count(*) FILTER (WHERE c.state = 'shown') AS shown,
            count(*) FILTER (WHERE c.state = 'held') AS held,
            count(*) FILTER (WHERE c.state = 'spam') AS spam,
            count(*) FILTER (WHERE c.state = 'removed') AS removed,
            count(*) FILTER (WHERE c.state = 'erased') AS erased
        FROM asked a CROSS JOIN LATERAL (
            SELECT c.thread_id, c.posted_at, c.state, r.site_id
            FROM comment c JOIN review r ON r.id = c.thread_id
            WHERE a.thread_id IS NULL
                AND c.id >= a.block * 1024 AND c.id < a.block * 1024 + 1024
            UNION ALL
            SELECT c.thread_id, c.posted_at, c.state, r.site_id
            FROM comment c JOIN review r ON r.id = c.thread_id
            WHERE c.thread_id = a.thread_id
                AND c.id >= a.block * 1024 AND c.id < a.block * 1024 + 1024
        ) c
        GROUP BY c.thread_id, day, a.block
    ), have AS MATERIALIZED (
        SELECT p.*
        FROM asked a CROSS JOIN LATERAL (
            SELECT p.* FROM insight_part p
            WHERE a.thread_id IS NULL AND p.block = a.block
            UNION ALL
            SELECT p.* FROM insight_part p
            WHERE p.block = a.block AND p.thread_id = a.thread_id
        ) p
    ), differs AS MATERIALIZED (
        SELECT thread_id, day, block, w.site_id IS NULL AS gone,
            coalesce(w.site_id, h.site_id) AS site_id, w.shown, w.held,
            w.spam, w.removed, w.erased,
            coalesce(w.shown, 0) - coalesce(h.shown, 0) AS more_shown,
            coalesce(w.held, 0) - coalesce(h.held, 0) AS more_held,
            coalesce(w.spam, 0) - coalesce(h.spam, 0) AS more_spam,
            coalesce(w.removed, 0) - coalesce(h.removed, 0) AS more_removed,
            coalesce(w.erased, 0) - coalesce(h.erased, 0) AS more_erased
        FROM want w FULL JOIN have h USING (thread_id, day, block)
        WHERE anew OR (w.shown, w.held, w.spam, w.removed, w.erased)
            IS DISTINCT FROM (h.shown, h.held, h.spam, h.removed, h.erased)
    ), summed AS (
        INSERT INTO insight_day AS s (site_id, day, shown, held, spam, removed,
            erased)
        SELECT d.site_id, d.day, sum(d.more_shown), sum(d.more_held),
            sum(d.more_spam), sum(d.more_removed), sum(d.more_erased)
        FROM differs d WHERE NOT anew GROUP BY d.site_id, d.day
        ON CONFLICT (site_id, day) DO UPDATE SET
            shown = s.shown + excluded.shown, held = s.held + excluded.held,
            spam = s.spam + excluded.spam,
            removed = s.removed + excluded.removed,
            erased = s.erased + excluded.erased
    ), gone AS (
        DELETE FROM insight_part p USING differs d
        WHERE p.thread_id = d.thread_id AND p.day = d.day
            AND p.block = d.block AND d.gone
    ), put AS (
        INSERT INTO insight_part (thread_id, day, block, site_id, shown, held,
            spam, removed, erased)
        SELECT d.thread_id, d.day, d.block, d.site_id, d.shown, d.held,
            d.spam, d.removed, d.erased
        FROM differs d WHERE NOT d.gone
        ON CONFLICT (thread_id, day, block) DO UPDATE SET
            (shown, held, spam, removed, erased) = (excluded.shown,
                excluded.held, excluded.spam, excluded.removed,
                excluded.erased)
    )
    SELECT array_agg(d.thread_id), array_agg(d.day) INTO threads, days
    FROM differs d;
    IF threads IS NULL THEN
        RETURN;
    END IF;
    IF anew THEN
        PERFORM insight_sum(ARRAY(SELECT DISTINCT unnest(days)));
    END IF;
    PERFORM insight_rank(threads, days);
END $$;

-- One that has moved is counted in both threads.
CREATE OR REPLACE FUNCTION insight_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO insight_due (thread_id, comment_id)
    VALUES (OLD.thread_id, OLD.id);
    IF NEW.thread_id <> OLD.thread_id THEN
        INSERT INTO insight_due (thread_id, comment_id)
        VALUES (NEW.thread_id, NEW.id);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION insight_follow(site smallint, most integer)
RETURNS boolean LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan SET enable_bitmapscan = off
SET jit = off AS $$
DECLARE
    h insight_head;
    blocks bigint[];
    whose bigint[];
    last bigint;
    more boolean;
    ruled_to bigint;
    heard bigint;
BEGIN
    SELECT * INTO h FROM insight_head FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    WITH gone AS (
        DELETE FROM insight_due d USING (SELECT f.thread_id, f.id
            FROM insight_due f ORDER BY f.id LIMIT 50) f
        WHERE d.thread_id = f.thread_id AND d.id = f.id
        RETURNING d.thread_id, d.comment_id
    )
    SELECT array_agg(g.comment_id / 1024), array_agg(g.thread_id)
    INTO blocks, whose FROM gone g;
    more := coalesce(cardinality(blocks), 0) = 50;
    IF blocks IS NOT NULL THEN
        PERFORM insight_recount(blocks, whose, false);
    END IF;

    last := coalesce((SELECT c.id FROM comment c ORDER BY c.id DESC LIMIT 1),
        0);
    IF h.reached >= h.mark THEN
        IF h.settled < last AND (h.mark_at < now() - interval '5 seconds'
                AND h.mark_xid <= pg_snapshot_xmin(pg_current_snapshot())
                OR h.mark_xid > pg_snapshot_xmax(pg_current_snapshot())) THEN
            h.settled := h.ripe;
            h.ripe := h.mark;
            h.mark := last;
            h.mark_xid := pg_snapshot_xmax(pg_current_snapshot());
            h.mark_at := now();
            h.next := h.settled / 1024;
            h.reached := h.settled;
        ELSE
            h.next := h.reached / 1024;
        END IF;
    END IF;
    IF h.reached < last THEN
        PERFORM insight_recount(ARRAY(SELECT b FROM generate_series(h.next,
            least(h.next + most - 1, last / 1024)) AS b), '{}',
            h.settled = 0);
        h.next := h.next + most;
        h.reached := least(last, h.next * 1024 - 1);
        more := more OR h.reached < last;
    END IF;
    UPDATE insight_head
    SET (settled, ripe, next, reached, mark, mark_xid, mark_at) = (h.settled,
        h.ripe, h.next, h.reached, h.mark, h.mark_xid, h.mark_at);

    INSERT INTO insight_site (site_id) VALUES (site) ON CONFLICT DO NOTHING;
    SELECT s.ruled INTO ruled_to FROM insight_site s WHERE s.site_id = site;
    IF ruled_to < 0 THEN
        DELETE FROM insight_ruling r USING (SELECT f.thread_id, f.comment_id
            FROM insight_ruling f WHERE f.site_id = site
            ORDER BY f.id LIMIT 2000) f
        WHERE r.thread_id = f.thread_id AND r.comment_id = f.comment_id;
        heard := CASE WHEN FOUND THEN -1 ELSE 0 END;
    ELSE
        heard := insight_hear(site, ruled_to);
    END IF;
    UPDATE insight_site s SET ruled = heard
    WHERE s.site_id = site AND heard IS NOT NULL;
    RETURN more OR heard IS NOT NULL;
END $$;

-- ---- terms ----

-- As before, of these threads.
CREATE FUNCTION terms_give(site smallint, threads bigint[]) RETURNS bigint
LANGUAGE sql BEGIN ATOMIC
WITH want AS (
    SELECT t.id, coalesce(i.policy, w.policy, s.policy) AS policy,
        CASE WHEN coalesce(i.close_days, w.close_days, 0) > 0 THEN (
                SELECT c.posted_at FROM comment c WHERE c.thread_id = t.id
                ORDER BY c.id LIMIT 1)
            + coalesce(i.close_days, w.close_days) * interval '1 day' END
        AS closes_at
    FROM site s JOIN review r ON r.site_id = s.id JOIN thread t ON t.id = r.id
    LEFT JOIN terms i ON i.site_id = s.id AND i.issue = r.issue
    LEFT JOIN terms w ON w.site_id = s.id AND w.issue = -1
    WHERE s.id = site AND r.id = ANY (threads) AND t.id = ANY (threads)
        AND NOT t.own
), put AS (
    UPDATE thread t SET policy = w.policy, closes_at = w.closes_at FROM want w
    WHERE t.id = w.id AND NOT t.own
        AND (t.policy, t.closes_at) IS DISTINCT FROM (w.policy, w.closes_at)
    RETURNING t.id
), told AS (
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT id, 0, 0 FROM put RETURNING 1
)
SELECT count(*) FROM told;
END;

-- It has no terms of its own any more.
CREATE FUNCTION thread_follow(site smallint, thread bigint) RETURNS bigint
LANGUAGE sql BEGIN ATOMIC
    UPDATE thread t SET own = false WHERE t.id = thread;
    SELECT terms_give(site, ARRAY[thread]);
END;

-- Of an issue; -1: of all.
CREATE OR REPLACE FUNCTION terms_apply(site smallint, of_issue integer)
RETURNS bigint LANGUAGE sql
    RETURN terms_give(site, ARRAY(SELECT r.id FROM review r
        WHERE r.site_id = site AND (of_issue = -1 OR r.issue = of_issue)));
