-- Rulings on many comments at once, and what takes an act back.

-- `ref`: the row that this one undoes; 0: it undoes nothing.
ALTER TABLE moderation_log ADD ref bigint NOT NULL DEFAULT 0;
CREATE INDEX moderation_log_undone ON moderation_log (thread_id, ref)
    WHERE ref <> 0;
DROP INDEX moderation_log_rulings;      -- this one is of threads, too
CREATE INDEX moderation_log_comment
    ON moderation_log (thread_id, comment_id, id);

-- The act that dealt with a report, so that it is open again when that is
-- undone.
ALTER TABLE report ADD ruling bigint NOT NULL DEFAULT 0;

-- What stands of the acts on a comment (0: on the thread) before row `upto`:
-- its newest act that is not undone. Acts and what undoes them are a stack:
-- only the newest can be undone.
CREATE FUNCTION standing(site smallint, thread bigint, comment bigint,
    upto bigint)
RETURNS SETOF moderation_log LANGUAGE sql STABLE BEGIN ATOMIC
    SELECT l.* FROM moderation_log l
    WHERE l.thread_id = thread AND l.comment_id = comment
        AND l.site_id = site AND l.id < upto AND l.act <> 'undo'
        AND (SELECT u.id FROM moderation_log u
            WHERE u.thread_id = thread AND u.ref = l.id
                AND u.site_id = site AND u.id < upto AND u.ref <> 0
            LIMIT 1) IS NULL
    ORDER BY l.id DESC LIMIT 1;
END;

-- The same of rulings alone.
CREATE FUNCTION ruling_standing(site smallint, thread bigint, comment bigint,
    upto bigint)
RETURNS SETOF moderation_log LANGUAGE sql STABLE BEGIN ATOMIC
    SELECT l.* FROM moderation_log l
    WHERE l.thread_id = thread AND l.comment_id = comment
        AND l.site_id = site AND l.id < upto AND l.act <> 'undo'
        AND l.after IN ('shown', 'held', 'spam', 'removed')
        AND (SELECT u.id FROM moderation_log u
            WHERE u.thread_id = thread AND u.ref = l.id
                AND u.site_id = site AND u.id < upto AND u.ref <> 0
            LIMIT 1) IS NULL
    ORDER BY l.id DESC LIMIT 1;
END;

-- The queue. A page of it looks at no more than 2000 comments after its key, so
-- that one narrowed to what there is little of costs no more.
CREATE FUNCTION queue_reach(after bigint) RETURNS bigint LANGUAGE sql STABLE
    RETURN least((SELECT c.id FROM comment c
            WHERE c.state = 'held' AND c.id > after
            ORDER BY c.id OFFSET 1999 LIMIT 1),
        (SELECT c.id FROM comment c
            WHERE c.reports > 0 AND c.state = 'shown' AND c.id > after
            ORDER BY c.id OFFSET 1999 LIMIT 1));

CREATE FUNCTION waiting(after bigint)
RETURNS TABLE (thread_id bigint, id bigint, why text, verdict text[],
    reports integer, site_id smallint, slug text, language text)
LANGUAGE sql STABLE BEGIN ATOMIC
    SELECT w.thread_id, w.id, w.why, w.verdict, w.reports, r.site_id, r.slug,
        r.language
    FROM (
        (SELECT c.thread_id, c.id, c.why, c.verdict, c.reports
        FROM comment c WHERE c.state = 'held' AND c.id > after
        ORDER BY c.id LIMIT 2000)
        UNION ALL
        (SELECT c.thread_id, c.id, 'reported' AS why, c.verdict, c.reports
        FROM comment c
        WHERE c.reports > 0 AND c.state = 'shown' AND c.id > after
        ORDER BY c.id LIMIT 2000)
    ) w CROSS JOIN LATERAL (SELECT r.site_id, r.slug, r.language
        FROM review r WHERE r.id = w.thread_id LIMIT 1) r
    WHERE w.id <= coalesce((SELECT queue_reach(after)), w.id);
END;

-- Whether that filter was silent on a comment or found something against it.
CREATE FUNCTION spoke_against(verdict text[], filter text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN EXISTS (SELECT
        FROM generate_series(0, cardinality(verdict) - 1, 6) i
        WHERE verdict[i + 1] = filter
            AND (verdict[i + 2] = 't' OR verdict[i + 3]::integer > 0));

CREATE INDEX review_by_language ON review (site_id, language);
