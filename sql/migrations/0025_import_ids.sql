-- 0025_import_ids.sql: no id is given twice where a site runs while it imports.

-- As before; who posts meanwhile waits for a moment, and gets ids behind those
-- that the import needs.
CREATE OR REPLACE FUNCTION import_begin(site smallint, head jsonb, which text,
    OUT upto bigint, OUT refusal text) LANGUAGE plpgsql AS $$
DECLARE
    h import_head;
BEGIN
    LOCK TABLE import_head;
    LOCK TABLE comment IN SHARE MODE;
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
        h.shift := nextval('comment_id') - h.first;
        h.first := h.first + h.shift;
        h.last := h.last + h.shift;
    END IF;
    PERFORM setval('comment_id', h.last) FROM comment_id s
    WHERE h.last >= s.last_value;
    INSERT INTO import_head SELECT h.*;
END $$;

-- As before; a sequence that is ahead is left alone: what was drawn since one
-- looked at it would be drawn again.
CREATE OR REPLACE FUNCTION import_end() RETURNS void LANGUAGE plpgsql AS $$
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
        EXECUTE format('SELECT setval(%L, m.id) FROM %s s, (SELECT max(%I) '
            'AS id FROM %I) m WHERE m.id >= s.last_value + '
            's.is_called::integer', sequence.seq, sequence.seq, sequence.col,
            sequence.name);
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
