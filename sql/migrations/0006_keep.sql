-- Keeping: what `foyerctl export` takes along and `foyerctl import` puts back.
--
-- Both go by the catalog, so a column or table of a later migration is taken
-- along without a word here. What is made from other rows, or means nothing to
-- another database, is not: a later migration that adds such a table replaces
-- `derived_tables`.
CREATE FUNCTION derived_tables() RETURNS text[] LANGUAGE sql IMMUTABLE
    RETURN ARRAY['schema_migration', 'change', 'change_head', 'search_comment',
        'search_review', 'search_head', 'vote_told', 'sso_used',
        'import_head'];

-- The import that goes on, one at a time; of the last one `done`.
CREATE TABLE import_head (
    site_id     smallint PRIMARY KEY CHECK (site_id = 0),   -- one row: all
    digest      text NOT NULL,              -- which export
    at          bigint NOT NULL,            -- its bytes that are in
    done        boolean NOT NULL DEFAULT false,
    slug        text,                       -- of one review alone
    thread_id   bigint NOT NULL DEFAULT 0,  -- its id here
    shift       bigint NOT NULL DEFAULT 0,  -- of its comments' ids
    first       bigint NOT NULL DEFAULT 0,  -- of these ids, here
    last        bigint NOT NULL DEFAULT 0,
    made_for    smallint NOT NULL REFERENCES site
);

-- Every table that is kept, those first that others refer to; its key; the
-- column that says which review a row is of, or NULL.
CREATE FUNCTION kept_tables()
RETURNS TABLE (name text, keys text[], review text) LANGUAGE sql STABLE AS $$
WITH RECURSIVE t AS (
    SELECT c.oid, c.relname::text AS name FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relnamespace = (SELECT p.relnamespace FROM pg_class p
            WHERE p.oid = 'comment'::regclass)
        AND c.relname <> ALL (derived_tables())
), below (oid, depth) AS (
    SELECT t.oid, 0 FROM t
    UNION
    SELECT k.conrelid, b.depth + 1
    FROM below b JOIN pg_constraint k ON k.confrelid = b.oid
    WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND b.depth < 20
)
SELECT t.name, ARRAY(SELECT a.attname::text
        FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY u (n, nth)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.n
        WHERE i.indrelid = t.oid AND i.indisprimary ORDER BY u.nth),
    CASE WHEN t.name IN ('review', 'thread') THEN 'id' ELSE (
        SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = t.oid
            AND a.attname IN ('thread_id', 'review_id')
            AND NOT a.attisdropped ORDER BY a.attname DESC LIMIT 1) END
FROM t ORDER BY (SELECT max(b.depth) FROM below b WHERE b.oid = t.oid), t.name;
$$;

-- A page of a table as lines {"table":{...}}, each with its key, for the next
-- page; `mine`: the column that holds the one review's id.
CREATE FUNCTION export_rows(tbl text, keys text[], mine text, review bigint,
    after text[], most integer)
RETURNS TABLE (line text, at text[]) LANGUAGE plpgsql STABLE AS $$
DECLARE
    cols text := (SELECT string_agg(format('t.%I', k), ', ')
        FROM unnest(keys) AS k);
BEGIN
    -- A thread's sums as of now: here nothing is left to be folded.
    RETURN QUERY EXECUTE format('SELECT json_build_object(%L, %s)::text, '
        'ARRAY[%s]::text[] FROM %I t WHERE %s AND %s ORDER BY %s LIMIT %s',
        tbl, CASE tbl WHEN 'thread' THEN 'to_jsonb(t) || (SELECT '
            'jsonb_build_object(''version'', n.version, ''shown'', n.shown, '
            '''folded'', ''0'') FROM thread_now n WHERE n.id = t.id)'
            ELSE 'to_json(t)' END,
        (SELECT string_agg(format('t.%I::text', k), ', ')
            FROM unnest(keys) AS k), tbl,
        CASE WHEN after = '{}' THEN 'true' ELSE format('(%s) > (%s)', cols,
            (SELECT string_agg(quote_literal(v), ', ')
                FROM unnest(after) AS v)) END,
        CASE WHEN review = 0 THEN 'true' ELSE format('t.%I = %s', mine,
            review) END, cols, most);
END $$;

-- The row of one review's export as it shall be here.
CREATE FUNCTION import_moved(tbl text, r jsonb, h import_head) RETURNS jsonb
LANGUAGE sql STABLE
    RETURN r || CASE WHEN tbl IN ('review', 'thread')
            THEN jsonb_build_object('id', h.thread_id) ELSE '{}' END
        || CASE WHEN r ? 'site_id'
            THEN jsonb_build_object('site_id', h.made_for) ELSE '{}' END
        || CASE WHEN r ? 'thread_id'
            THEN jsonb_build_object('thread_id', h.thread_id) ELSE '{}' END
        || CASE WHEN r ? 'review_id'
            THEN jsonb_build_object('review_id', h.thread_id) ELSE '{}' END
        || (SELECT coalesce(jsonb_object_agg(k, (r ->> k)::bigint + h.shift),
                '{}') FROM unnest(CASE tbl WHEN 'comment'
                    THEN ARRAY['id', 'parent', 'root']
                    ELSE ARRAY['comment_id'] END) AS k
            WHERE (r ->> k)::bigint <> 0);

-- Puts in rows of one table; those up to byte `upto` of the export are in then.
-- A row that is there already gets the export's values: so rows that every
-- schema begins with, and those of an import that was cut off.
CREATE FUNCTION import_rows(tbl text, rows jsonb, upto bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    h import_head;
    keys text[] := (SELECT k.keys FROM kept_tables() k WHERE k.name = tbl);
    cols text;
    sets text;
BEGIN
    SELECT * INTO STRICT h FROM import_head FOR UPDATE;
    IF keys IS NULL THEN
        RAISE 'there is no table % here: the export is of a newer foyer', tbl;
    END IF;
    IF h.slug IS NOT NULL THEN
        rows := (SELECT jsonb_agg(import_moved(tbl, r, h))
            FROM jsonb_array_elements(rows) AS r);
    END IF;
    SELECT string_agg(quote_ident(c), ', '), string_agg(format(
            '%1$I = EXCLUDED.%1$I', c), ', ') FILTER (WHERE c <> ALL (keys))
    INTO cols, sets FROM jsonb_object_keys(rows -> 0) AS c;
    -- A log that goes on already can't take in another's chain.
    IF h.slug IS NULL OR tbl <> 'moderation_log' THEN
        EXECUTE format('INSERT INTO %1$I (%2$s) OVERRIDING SYSTEM VALUE '
            'SELECT %2$s FROM jsonb_populate_recordset(NULL::%1$I, $1) '
            'ON CONFLICT (%3$s) DO %4$s', tbl, cols,
            (SELECT string_agg(quote_ident(k), ', ') FROM unnest(keys) AS k),
            coalesce('UPDATE SET ' || sets, 'NOTHING')) USING rows;
    END IF;
    UPDATE import_head SET at = upto;
END $$;

-- Where to go on in the export, or why it can't be taken in.
CREATE FUNCTION import_begin(site smallint, head jsonb, which text,
    OUT upto bigint, OUT refusal text) LANGUAGE plpgsql AS $$
DECLARE
    h import_head;
    ids bigint;
BEGIN
    LOCK TABLE import_head;
    SELECT * INTO h FROM import_head;
    upto := 0;
    IF h.digest = which AND NOT h.done THEN
        upto := h.at;
        RETURN;
    ELSIF NOT h.done THEN
        refusal := 'another import was begun and must end first: repeat it';
    ELSIF (head ->> 'schema')::integer
            > (SELECT max(number) FROM schema_migration) THEN
        refusal := 'the export is of a newer foyer';
    ELSIF head ->> 'review' IS NULL AND (EXISTS (SELECT FROM review)
            OR EXISTS (SELECT FROM comment) OR EXISTS (SELECT FROM account)
            OR EXISTS (SELECT FROM moderation_log)) THEN
        refusal := 'the database is not empty: a whole export needs a new one';
    ELSIF EXISTS (SELECT FROM review r WHERE r.site_id = site
            AND r.slug = head ->> 'review') THEN
        refusal := 'there is a review ' || (head ->> 'review') || ' already';
    END IF;
    IF refusal IS NOT NULL THEN
        RETURN;
    END IF;
    DELETE FROM import_head;
    h := (0, which, 0, false, head ->> 'review', (head ->> 'thread')::bigint,
        0, (head ->> 'first')::bigint, (head ->> 'last')::bigint, site);
    IF h.slug IS NOT NULL AND (h.thread_id IN (SELECT r.id FROM review r)
            OR EXISTS (SELECT FROM comment c WHERE c.thread_id = h.thread_id))
    THEN
        h.thread_id := nextval(pg_get_serial_sequence('review', 'id'));
    END IF;
    IF h.slug IS NOT NULL AND EXISTS (SELECT FROM comment c
            WHERE c.id BETWEEN h.first AND h.last) THEN
        ids := h.last - h.first + 1;
        -- Whoever posts meanwhile gets ids behind these.
        h.shift := nextval('comment_id') - h.first;
        PERFORM setval('comment_id', h.last + h.shift);
        h.first := h.first + h.shift;
        h.last := h.last + h.shift;
    END IF;
    INSERT INTO import_head SELECT h.*;
END $$;

-- What follows from the rows: where ids go on, what is searched, who is told.
CREATE FUNCTION import_end() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    h import_head;
    sequence record;
BEGIN
    SELECT * INTO STRICT h FROM import_head FOR UPDATE;
    FOR sequence IN
        SELECT k.name, a.attname AS col,
            pg_get_serial_sequence(quote_ident(k.name), a.attname) AS seq
        FROM kept_tables() k JOIN pg_attribute a
            ON a.attrelid = to_regclass(quote_ident(k.name))
            AND a.attidentity <> ''
        UNION ALL SELECT 'comment', 'id', 'comment_id' LOOP
        EXECUTE format('SELECT setval(%L, greatest((SELECT max(%I) FROM %I), '
            '(SELECT last_value FROM %s)))', sequence.seq, sequence.col,
            sequence.name, sequence.seq);
    END LOOP;
    UPDATE search_head SET fill_to = greatest(fill_to, h.last),
        filled = CASE WHEN filled >= fill_to THEN h.first - 1
            ELSE least(filled, h.first - 1) END;
    UPDATE change_head SET version = version + (SELECT
        coalesce(sum(t.version), 0) FROM thread t
        WHERE h.slug IS NULL OR t.id = h.thread_id);
    INSERT INTO change (thread_id, shown, comment_id) SELECT t.id, 0, 0
    FROM thread t WHERE h.slug IS NULL OR t.id = h.thread_id;
    UPDATE import_head SET done = true;
END $$;
