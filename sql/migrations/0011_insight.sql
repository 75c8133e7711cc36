-- What moderators' statistics are read from: sums that foyerd's background
-- process keeps, so that no page counts comments while somebody waits.
--
-- Each is a function of comments and of the moderation log, made piece by piece
-- and again whenever a piece has changed; nothing is added up twice. `foyerctl
-- statistics rebuild` makes all of it anew.

-- A comment's rulings, the latest last.
CREATE INDEX moderation_log_rulings
    ON moderation_log (thread_id, comment_id, id) WHERE comment_id <> 0;

-- Comments whose state has changed and which are not counted again yet. New
-- ones leave no row here (no posting waits for it): they are found by their id.
CREATE TABLE insight_due (
    thread_id   bigint NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    comment_id  bigint NOT NULL,
    PRIMARY KEY (thread_id, id)
);
CREATE INDEX insight_due_first ON insight_due (id);

CREATE FUNCTION insight_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO insight_due (thread_id, comment_id)
    VALUES (OLD.thread_id, OLD.id);
    RETURN NULL;
END $$;
CREATE TRIGGER insight_restated AFTER UPDATE OF state, thread_id ON comment
    FOR EACH ROW WHEN (OLD.state <> NEW.state
        OR OLD.thread_id <> NEW.thread_id)
    EXECUTE FUNCTION insight_changed();
CREATE TRIGGER insight_deleted AFTER DELETE ON comment
    FOR EACH ROW EXECUTE FUNCTION insight_changed();

-- The comments of a block of 1,024 ids, by thread and by the day (UTC) on which
-- they were posted, in the states that they are in now.
CREATE TABLE insight_part (
    thread_id   bigint NOT NULL,
    day         date NOT NULL,
    block       bigint NOT NULL,
    site_id     smallint NOT NULL,
    shown       integer NOT NULL,
    held        integer NOT NULL,
    spam        integer NOT NULL,
    removed     integer NOT NULL,
    erased      integer NOT NULL,
    PRIMARY KEY (thread_id, day, block)
);
CREATE INDEX insight_part_block ON insight_part (block);
CREATE INDEX insight_part_day ON insight_part (day);

-- The same, of all threads.
CREATE TABLE insight_day (
    site_id     smallint NOT NULL,
    day         date NOT NULL,
    shown       bigint NOT NULL,
    held        bigint NOT NULL,
    spam        bigint NOT NULL,
    removed     bigint NOT NULL,
    erased      bigint NOT NULL,
    PRIMARY KEY (site_id, day)
);

-- Shown comments that a thread got in a week, month or year.
CREATE TABLE insight_busy (
    thread_id   bigint NOT NULL,
    span        text NOT NULL,
    first       date NOT NULL,
    site_id     smallint NOT NULL,
    shown       bigint NOT NULL,
    PRIMARY KEY (thread_id, span, first)
);
CREATE INDEX insight_busiest
    ON insight_busy (site_id, span, first, shown DESC, thread_id);

-- How long comments waited for rulings, by the day of the ruling: 2^(step/8)
-- seconds, so that what is told of it is right to 9 in 100.
CREATE TABLE insight_wait (
    site_id     smallint NOT NULL,
    day         date NOT NULL,
    step        integer NOT NULL,
    n           bigint NOT NULL,
    PRIMARY KEY (site_id, day, step)
);

-- The ruling that stands on a comment, where it was that it is spam or that it
-- is not, and what each filter had said: its name, whether it was silent, its
-- score.
CREATE TABLE insight_ruling (
    thread_id   bigint NOT NULL,
    comment_id  bigint NOT NULL,
    site_id     smallint NOT NULL,
    id          bigint NOT NULL,            -- the row's of the log
    week        date NOT NULL,
    spam        boolean NOT NULL,
    why         text NOT NULL,              -- the rule that held it
    verdict     text[] NOT NULL,
    PRIMARY KEY (thread_id, comment_id)
);
CREATE INDEX insight_ruling_last ON insight_ruling (site_id, id);

-- How each filter compares with these rulings, by the week of the ruling. It
-- spoke against a comment if its score was 30 or more, which holds by itself
-- where weights and thresholds are as they come.
CREATE TABLE insight_filter (
    site_id     smallint NOT NULL,
    week        date NOT NULL,
    filter      text NOT NULL,
    caught      bigint NOT NULL,            -- spoke against spam
    wrong       bigint NOT NULL,            -- against what was not
    missed      bigint NOT NULL,            -- not against spam
    passed      bigint NOT NULL,            -- nor against what was not
    silent      bigint NOT NULL,
    PRIMARY KEY (site_id, week, filter)
);

-- How far it has got. Ids are given before they are committed: all comments up
-- to `settled` are counted; all up to `ripe` were committed before this pass
-- through the later ones began; the pass goes on at block `next`, and has seen
-- ids up to `reached`. What is up to `mark` may have been in flight while
-- transaction `mark_xid` was the next one.
CREATE TABLE insight_head (
    site_id     smallint PRIMARY KEY CHECK (site_id = 0),   -- one row: all
    settled     bigint NOT NULL DEFAULT 0,
    ripe        bigint NOT NULL DEFAULT 0,
    next        bigint NOT NULL DEFAULT 0,
    reached     bigint NOT NULL DEFAULT 0,
    mark        bigint NOT NULL DEFAULT 0,
    mark_xid    xid8 NOT NULL DEFAULT '0',
    mark_at     timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO insight_head (site_id) VALUES (0);
-- The last row of the site's log; -1: the rulings are to be forgotten first.
CREATE TABLE insight_site (
    site_id     smallint PRIMARY KEY,
    ruled       bigint NOT NULL DEFAULT 0
);

-- A moderator wants a filter to learn anew.
CREATE TABLE insight_retrain (
    site_id     smallint NOT NULL,
    filter      text NOT NULL,
    asked_at    timestamptz NOT NULL,
    done_at     timestamptz,
    PRIMARY KEY (site_id, filter)
);

CREATE FUNCTION insight_utc(t timestamptz) RETURNS date LANGUAGE sql IMMUTABLE
    RETURN (t AT TIME ZONE 'UTC')::date;
CREATE FUNCTION insight_step(t interval) RETURNS integer
LANGUAGE sql IMMUTABLE
    RETURN floor(8 * log(2, greatest(1, extract(epoch FROM t))))::integer;

-- Counts blocks again, and what is summed up of them.
CREATE FUNCTION insight_recount(blocks bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    threads bigint[];
    days date[];
    more_threads bigint[];
    more_days date[];
BEGIN
    WITH gone AS (
        DELETE FROM insight_part p WHERE p.block = ANY (blocks)
        RETURNING p.thread_id, p.day
    )
    SELECT array_agg(g.thread_id), array_agg(g.day) INTO threads, days
    FROM gone g;
    WITH put AS (
        INSERT INTO insight_part (thread_id, day, block, site_id, shown, held,
            spam, removed, erased)
        SELECT c.thread_id, insight_utc(c.posted_at), b.block, min(c.site_id),
            count(*) FILTER (WHERE c.state = 'shown'),
            count(*) FILTER (WHERE c.state = 'held'),
            count(*) FILTER (WHERE c.state = 'spam'),
            count(*) FILTER (WHERE c.state = 'removed'),
            count(*) FILTER (WHERE c.state = 'erased')
        FROM unnest(blocks) AS b (block)
        CROSS JOIN LATERAL (SELECT c.thread_id, c.posted_at, c.state, r.site_id
            FROM comment c JOIN review r ON r.id = c.thread_id
            WHERE c.id >= b.block * 1024 AND c.id < b.block * 1024 + 1024
            OFFSET 0) c
        GROUP BY 1, 2, 3
        RETURNING thread_id, day
    )
    SELECT array_agg(p.thread_id), array_agg(p.day)
    INTO more_threads, more_days FROM put p;
    threads := threads || more_threads;
    days := days || more_days;
    IF threads IS NULL THEN
        RETURN;
    END IF;
    PERFORM insight_sum(ARRAY(SELECT DISTINCT unnest(days)));
    PERFORM insight_rank(threads, days);
END $$;

CREATE FUNCTION insight_sum(days date[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM insight_day d WHERE d.day = ANY (days);
    INSERT INTO insight_day (site_id, day, shown, held, spam, removed, erased)
    SELECT p.site_id, p.day, sum(p.shown), sum(p.held), sum(p.spam),
        sum(p.removed), sum(p.erased)
    FROM insight_part p WHERE p.day = ANY (days)
    GROUP BY p.site_id, p.day;
END $$;

-- Of these threads, the weeks, months and years of these days; a year is made
-- of its months.
CREATE FUNCTION insight_rank(threads bigint[], days date[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY '{week,month,year}'::text[] LOOP
        DELETE FROM insight_busy b
        USING (SELECT DISTINCT u.thread, date_trunc(one, u.day)::date AS first
            FROM unnest(threads, days) AS u (thread, day)) x
        WHERE b.thread_id = x.thread AND b.span = one AND b.first = x.first;
        INSERT INTO insight_busy (thread_id, span, first, site_id, shown)
        SELECT x.thread, one, x.first, s.site_id, s.shown
        FROM (SELECT DISTINCT u.thread, date_trunc(one, u.day)::date AS first
            FROM unnest(threads, days) AS u (thread, day)) x
        CROSS JOIN LATERAL (
            SELECT min(p.site_id) AS site_id, sum(p.shown) AS shown
            FROM insight_part p
            WHERE one <> 'year' AND p.thread_id = x.thread
                AND p.day >= x.first
                AND p.day < x.first + ('1 ' || one)::interval
            UNION ALL
            SELECT min(m.site_id), sum(m.shown) FROM insight_busy m
            WHERE one = 'year' AND m.thread_id = x.thread
                AND m.span = 'month' AND m.first >= x.first
                AND m.first < x.first + interval '1 year') s
        WHERE s.shown > 0;
    END LOOP;
END $$;

-- What moderators ruled since, at most 200 rows of the log; the last row's id.
CREATE FUNCTION insight_hear(site smallint, since bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    heard bigint;
BEGIN
    WITH row AS MATERIALIZED (
        SELECT l.id, l.thread_id, l.comment_id, l.at, l.before, l.after
        FROM moderation_log l
        WHERE l.site_id = site AND l.id > since ORDER BY l.id LIMIT 200
    ), ruling AS MATERIALIZED (
        SELECT w.id, w.thread_id, w.comment_id, w.at, w.before, w.after
        FROM row w WHERE w.comment_id <> 0
            AND w.after IN ('shown', 'held', 'spam', 'removed')
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

-- One step; true if there is more to do at once. One at a time: where another
-- node is at it there is nothing to do. It plans each time: a plan that was made
-- while the sums were few reads them all.
CREATE FUNCTION insight_follow(site smallint, most integer) RETURNS boolean
LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan SET enable_bitmapscan = off
SET jit = off AS $$
DECLARE
    h insight_head;
    blocks bigint[];
    taken bigint;
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
        RETURNING d.comment_id
    )
    SELECT coalesce(array_agg(DISTINCT g.comment_id / 1024), '{}'), count(*)
    INTO blocks, taken FROM gone g;
    more := taken = 50;

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
        blocks := blocks || ARRAY(SELECT b FROM generate_series(h.next,
            least(h.next + most - 1, last / 1024)) AS b
            WHERE b <> ALL (blocks));
        h.next := h.next + most;
        h.reached := least(last, h.next * 1024 - 1);
        more := more OR h.reached < last;
    END IF;
    PERFORM insight_recount(blocks) WHERE blocks <> '{}';
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

-- All of it is to be made anew.
CREATE FUNCTION insight_reset(site smallint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM insight_head FOR UPDATE;
    UPDATE insight_head
    SET (settled, ripe, next, reached, mark, mark_xid, mark_at)
        = (0, 0, 0, 0, 0, '0', '-infinity');
    DELETE FROM insight_filter f WHERE f.site_id = site;
    DELETE FROM insight_wait w WHERE w.site_id = site;
    INSERT INTO insight_site (site_id, ruled) VALUES (site, -1)
    ON CONFLICT (site_id) DO UPDATE SET ruled = -1;
END $$;

-- Sums are made anew where an export is put in.
CREATE OR REPLACE FUNCTION derived_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE
    RETURN ARRAY['schema_migration', 'change', 'change_head', 'search_comment',
        'search_review', 'search_head', 'vote_told', 'sso_used',
        'import_head', 'retain_head', 'sign_in_try', 'insight_due',
        'insight_part', 'insight_day',
        'insight_busy', 'insight_wait', 'insight_ruling', 'insight_filter',
        'insight_head', 'insight_site', 'insight_retrain'];
