-- keep_begin: -> snapshot
-- All that an export reads is of one moment, however long it takes.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- keep_patient: -> none
-- A pipe that is slow to take the export does not end it.
SELECT set_config('idle_in_transaction_session_timeout', '0', true),
    set_config('TimeZone', 'UTC', true);

-- keep_head: site, slug -> header, review, about how many rows
-- No row: there is no such review.
SELECT json_build_object('foyer', 1, 'schema',
        (SELECT max(number) FROM schema_migration),
        'site', s.name, 'made', now(), 'review', r.slug, 'thread',
        coalesce(r.id, 0), 'first', coalesce(c.first, 0),
        'last', coalesce(c.last, 0))::text, coalesce(r.id, 0),
    CASE WHEN r.id IS NULL THEN (SELECT coalesce(sum(greatest(p.reltuples, 0)),
            0)::bigint FROM kept_tables() k
            JOIN pg_class p ON p.oid = to_regclass(quote_ident(k.name)))
        ELSE 0 END
FROM site s LEFT JOIN review r ON r.site_id = s.id AND r.slug = $2::text
CROSS JOIN LATERAL (
    SELECT min(m.id) AS first, max(m.id) AS last FROM comment m
    WHERE m.thread_id = r.id
    HAVING r.id IS NOT NULL
    UNION ALL
    SELECT (SELECT min(m.id) FROM comment m), (SELECT max(m.id) FROM comment m)
    WHERE r.id IS NULL
) c
WHERE s.id = $1::smallint AND ($2 = '' OR r.id IS NOT NULL);

-- keep_tables: -> name, keys, column of the review
SELECT k.name, k.keys, k.review FROM kept_tables() k;

-- keep_rows: table, keys, column of the review, review, after, most -> line, key
SELECT e.line, e.at FROM export_rows($1, $2::text::text[], $3, $4,
    $5::text::text[], $6::integer) AS e;

-- keep_import: site, header, which -> byte to go on from, refusal
SELECT i.upto, i.refusal FROM import_begin($1::smallint, $2::text::jsonb, $3)
    AS i;

-- keep_put: table, rows, byte -> none
SELECT import_rows($1, $2::text::jsonb, $3);

-- keep_done: -> none
SELECT import_end(), import_rank();
