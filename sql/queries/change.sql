-- change_add: thread, comment, shown -> none
INSERT INTO change (thread_id, comment_id, shown) VALUES ($1, $2, $3);

-- change_start: -> snapshot, which database
SELECT pg_current_snapshot()::text, which_database();

-- change_follow: snapshot seen -> snapshot, which database, slug
-- The threads that changed since, each once; one row with no slug where there
-- are none. 1001 are more than anybody wants to hear of one by one.
WITH seen AS (
    SELECT $1::text::pg_snapshot AS s
)
SELECT pg_current_snapshot()::text, which_database(), c.slug
FROM (SELECT) one LEFT JOIN (
    SELECT r.slug FROM (
        SELECT DISTINCT c.thread_id FROM change c
        WHERE c.xid >= (SELECT pg_snapshot_xmin(s) FROM seen)
            AND NOT pg_visible_in_snapshot(c.xid, (SELECT s FROM seen))
        LIMIT 1001
    ) c JOIN review r ON r.id = c.thread_id
) c ON true;

-- change_lock: -> whether nobody else folds
SELECT pg_try_advisory_xact_lock(hashtext('foyer change fold'));

-- change_adopt: -> none
-- A dump brings the numbers of its own server's transactions; where that had
-- more than this one, nothing would count from then on. What came with it is
-- told of anew, in numbers of this server; a row's xmin is the transaction that
-- put it here. What is in the sums already adds nothing to them. 50,000 a call,
-- the newest last, since by that one it is known that some are left.
WITH ahead AS MATERIALIZED (
    SELECT FROM change_head h
    WHERE greatest(h.folded::text::bigint, coalesce((SELECT c.xid
            FROM change c ORDER BY c.xid DESC, c.id DESC LIMIT 1)::text::bigint,
            0)) > pg_snapshot_xmax(pg_current_snapshot())::text::bigint
), found AS MATERIALIZED (
    SELECT c.thread_id, c.xid, c.id FROM change c
    WHERE EXISTS (SELECT FROM ahead) AND c.xid::xid <> c.xmin
    ORDER BY c.xid, c.id LIMIT 50001
), last AS MATERIALIZED (
    SELECT FROM ahead WHERE (SELECT count(*) FROM found) <= 50000
), brought AS (
    DELETE FROM change c
    USING (SELECT f.thread_id, f.xid, f.id FROM found f LIMIT 50000) f
    WHERE c.thread_id = f.thread_id AND c.xid = f.xid AND c.id = f.id
    RETURNING c.thread_id, c.comment_id, c.xid, c.shown
), told AS (
    INSERT INTO change (thread_id, comment_id, shown)
    SELECT b.thread_id, b.comment_id,
        CASE WHEN b.xid >= t.folded THEN b.shown ELSE 0 END
    FROM brought b JOIN thread t ON t.id = b.thread_id
), begun AS (
    UPDATE thread SET folded = '0' WHERE EXISTS (SELECT FROM last)
)
UPDATE change_head SET folded = '0' WHERE EXISTS (SELECT FROM last);

-- change_fold: -> rows folded
-- All of a transaction or nothing of it, and about 10,000 rows: what is left
-- is folded by the next call. `until` is a horizon: below it all is decided.
WITH head AS (
    SELECT h.folded, pg_snapshot_xmin(pg_current_snapshot()) AS xmin
    FROM change_head h
), cut AS (
    SELECT c.xid FROM change c
    WHERE c.xid >= (SELECT folded FROM head)
    ORDER BY c.xid, c.id OFFSET 10000 LIMIT 1
), bound AS (
    SELECT h.folded, CASE WHEN (SELECT xid FROM cut) > (SELECT c.xid
            FROM change c WHERE c.xid >= h.folded
            ORDER BY c.xid, c.id LIMIT 1)
        THEN least(h.xmin, (SELECT xid FROM cut)) ELSE h.xmin END AS until
    FROM head h
), sums AS (
    SELECT c.thread_id, count(*) AS n, sum(c.shown) AS shown
    FROM change c
    WHERE c.xid >= (SELECT folded FROM bound)
        AND c.xid < (SELECT until FROM bound)
    GROUP BY c.thread_id
), added AS (
    UPDATE thread t SET version = t.version + s.n, shown = t.shown + s.shown,
        folded = (SELECT until FROM bound)
    FROM sums s WHERE t.id = s.thread_id
        AND t.id = ANY (ARRAY(SELECT thread_id FROM sums))
    RETURNING s.n
), moved AS (
    UPDATE change_head SET folded = (SELECT until FROM bound),
        version = version + (SELECT sum(n) FROM sums)
    WHERE EXISTS (SELECT FROM sums)
)
SELECT coalesce(sum(n), 0)::bigint FROM added;

-- change_version: -> version of everything that readers see
SELECT h.version + (SELECT count(*) FROM change c WHERE c.xid >= h.folded)
FROM change_head h;

-- change_retire: age -> rows deleted
WITH old AS (
    SELECT o.thread_id, o.xid, o.id
    FROM (
        SELECT c.thread_id, c.xid, c.id, c.at FROM change c
        WHERE c.xid < (SELECT folded FROM change_head)
        ORDER BY c.xid, c.id LIMIT 1000
    ) o
    WHERE o.at < now() - $1::bigint * interval '1 microsecond'
), gone AS (
    DELETE FROM change c USING old o
    WHERE c.thread_id = o.thread_id AND c.xid = o.xid AND c.id = o.id
    RETURNING c.id
)
SELECT count(*) FROM gone;
