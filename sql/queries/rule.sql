-- Rulings on many comments at once. Rows are locked in one order, roots first
-- (see comment_tree), so that two moderators' lists never wait for each other.

-- rule_trees: site, slugs, ids -> none
SELECT FROM comment t
WHERE (t.thread_id, t.id) IN (
    SELECT c.thread_id, c.root
    FROM unnest($2::text::text[], $3::text::bigint[]) w (slug, id)
    JOIN review r ON r.site_id = $1::smallint AND r.slug = w.slug
    JOIN comment c ON c.thread_id = r.id AND c.id = w.id)
ORDER BY t.thread_id, t.id
FOR UPDATE;

-- rule_lock: site, slugs, ids -> number in the list, thread, root, state, edited, visible, reason, person
SELECT w.n, c.thread_id, c.root, c.state, usec(c.edited_at), c.visible,
    c.reason, c.person
FROM unnest($2::text::text[], $3::text::bigint[]) WITH ORDINALITY
    w (slug, id, n)
JOIN review r ON r.site_id = $1::smallint AND r.slug = w.slug
JOIN comment c ON c.thread_id = r.id AND c.id = w.id
ORDER BY c.thread_id, c.id
FOR UPDATE OF c;

-- rule_stands: site, slugs, ids, undone, their threads -> number in the list, id, at, actor name, act, before, after, undone by, ruling before: after, reason, before
-- What was done last to each, what was before the act that shall be undone,
-- and whether that is undone already.
SELECT w.n, s.id, usec(s.at), s.actor_name, s.act, s.before, s.after,
    u.actor_name, b.after, b.reason, b.before
FROM unnest($2::text::text[], $3::text::bigint[], $4::text::bigint[],
    $5::text::bigint[]) WITH ORDINALITY w (slug, id, ref, there, n)
JOIN review r ON r.site_id = $1::smallint AND r.slug = w.slug
LEFT JOIN LATERAL ruling_standing($1::smallint, w.id, 9223372036854775807) s
    ON true
LEFT JOIN LATERAL (SELECT u.actor_name FROM moderation_log u
    WHERE u.thread_id = w.there AND u.ref = w.ref AND u.ref <> 0
        AND u.site_id = $1::smallint LIMIT 1) u ON true
LEFT JOIN LATERAL ruling_standing($1::smallint, w.id, w.ref) b ON w.ref <> 0;

-- rule_undo: site, rows, why, who -> number in the list, result, thread, by: at, actor name, act
-- Of acts that set a value; see act_undo.
SELECT w.n, u.result, u.thread, usec(b.at), b.actor_name, b.act
FROM unnest($2::text::bigint[]) WITH ORDINALITY w (ref, n)
CROSS JOIN LATERAL act_undo($1::smallint, w.ref, $3, $4) u
LEFT JOIN LATERAL (SELECT b.at, b.actor_name, b.act FROM moderation_log b
    WHERE b.site_id = $1::smallint AND b.id = u.later LIMIT 1) b ON true;

-- rule_also: site, acts, targets, values, why, who -> number in the list, what stands now
-- Those alone that were done.
SELECT w.n, w.after FROM (
    SELECT w.n, act_first(w.act, $1::smallint, w.target, w.value, $5, $6)
        AS after
    FROM unnest($2::text::text[], $3::text::text[], $4::text::text[])
        WITH ORDINALITY w (act, target, value, n)
) w WHERE w.after IS NOT NULL;

-- rule_reports: threads, ids, states, acts, undone -> none
-- A ruling deals with the reports, undoing it opens them again; what is held
-- waits for one.
UPDATE report p SET settled = w.ref = 0,
    ruling = CASE WHEN w.ref = 0 THEN w.act ELSE 0 END
FROM unnest($1::text::bigint[], $2::text::bigint[], $3::text::text[],
    $4::text::bigint[], $5::text::bigint[]) w (thread_id, id, state, act, ref)
WHERE p.thread_id = w.thread_id AND p.comment_id = w.id
    AND CASE WHEN w.ref <> 0 THEN p.settled AND p.ruling = w.ref
        ELSE w.state <> 'held' AND NOT p.settled END;

-- rule_put: threads, ids, states, visible, reasons, whys -> none
UPDATE comment c SET state = w.state::comment_state, visible = w.visible,
    reason = w.reason, why = CASE WHEN w.why <> '' THEN w.why
        WHEN c.why LIKE 'swept %' THEN 'restored' ELSE c.why END,
    reports = CASE WHEN w.state IN ('shown', 'held') THEN
        (SELECT count(*) FROM report p WHERE p.thread_id = w.thread_id
            AND p.comment_id = w.id AND NOT p.settled) ELSE 0 END
FROM unnest($1::text::bigint[], $2::text::bigint[], $3::text::text[],
    $4::text::boolean[], $5::text::text[], $6::text::text[])
    w (thread_id, id, state, visible, reason, why)
WHERE c.thread_id = w.thread_id AND c.id = w.id;

-- rule_place: threads, roots -> none
-- As comment_place, of many trees.
WITH RECURSIVE tree AS (
    SELECT DISTINCT t.thread_id, t.root
    FROM unnest($1::text::bigint[], $2::text::bigint[]) t (thread_id, root)
), seen (thread_id, id, parent) AS (
    SELECT c.thread_id, c.id, c.parent FROM tree t JOIN comment c
        ON c.thread_id = t.thread_id AND c.root = t.root
    WHERE c.visible AND c.state = 'shown'
    UNION
    SELECT c.thread_id, c.id, c.parent FROM seen s CROSS JOIN LATERAL (
        SELECT c.thread_id, c.id, c.parent FROM comment c
        WHERE c.thread_id = s.thread_id AND c.id = s.parent LIMIT 1) c
), want AS (
    SELECT s.thread_id, s.id, true AS visible FROM seen s
    UNION ALL
    SELECT c.thread_id, c.id, false FROM tree t JOIN comment c
        ON c.thread_id = t.thread_id AND c.root = t.root
    WHERE c.visible AND c.state <> 'removed'
        AND NOT EXISTS (SELECT FROM seen s
            WHERE s.thread_id = c.thread_id AND s.id = c.id)
)
UPDATE comment c SET visible = w.visible FROM want w
WHERE c.thread_id = w.thread_id AND c.id = w.id AND c.visible <> w.visible;

-- rule_changes: threads, ids, shown -> none
INSERT INTO change (thread_id, comment_id, shown)
SELECT w.thread_id, w.id, w.shown
FROM unnest($1::text::bigint[], $2::text::bigint[], $3::text::smallint[])
    w (thread_id, id, shown);

-- rule_log: site, head, at, actor, actor name, threads, acts, comments, reasons, befores, afters, undone, prevs, hashes -> none
-- Rows one after the other, from the head on.
WITH new AS (
    INSERT INTO moderation_log (site_id, thread_id, id, at, actor, actor_name,
        act, comment_id, reason, before, after, ref, prev, hash)
    SELECT $1::smallint, w.thread_id, $2::bigint + w.n, from_usec($3),
        nullif($4, '00000000-0000-0000-0000-000000000000'::uuid), $5, w.act,
        w.comment_id, w.reason, w.before, w.after, w.ref,
        decode(w.prev, 'hex'), decode(w.hash, 'hex')
    FROM unnest($6::text::bigint[], $7::text::text[], $8::text::bigint[],
        $9::text::text[], $10::text::text[], $11::text::text[],
        $12::text::bigint[], $13::text::text[], $14::text::text[])
        WITH ORDINALITY w (thread_id, act, comment_id, reason, before, after,
            ref, prev, hash, n)
    RETURNING id, hash
)
UPDATE log_head h SET id = n.id, hash = n.hash
FROM (SELECT id, hash FROM new ORDER BY id DESC LIMIT 1) n
WHERE h.site_id = $1::smallint;
