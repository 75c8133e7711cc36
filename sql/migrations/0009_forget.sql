-- Forgetting: people who asked to be erased, and are not yet.
CREATE TABLE erasure (
    person      uuid PRIMARY KEY,
    asked_at    timestamptz NOT NULL DEFAULT now(),
    comments    integer NOT NULL DEFAULT 0  -- erased so far
);
CREATE INDEX vote_of_person ON vote (person, thread_id, comment_id);

-- What else there is of somebody whose comments and votes are gone already:
-- rows of theirs, whatever table a later migration keeps them in, and the
-- account. What others need stays, without them: reports, and bans, which
-- nobody escapes by asking to be erased.
CREATE FUNCTION forget(who uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t record;
BEGIN
    UPDATE report SET person = gen_random_uuid(), words = ''
    WHERE person = who;
    UPDATE ban SET reason = '' WHERE person = who;
    FOR t IN SELECT k.name, a.attname AS col
        FROM kept_tables() k JOIN pg_attribute a
            ON a.attrelid = to_regclass(quote_ident(k.name))
            AND a.atttypid = 'uuid'::regtype AND NOT a.attisdropped
        WHERE k.name NOT IN ('comment', 'vote', 'report', 'ban', 'erasure')
            AND (a.attname = 'person' OR k.name = 'person' OR EXISTS (SELECT FROM pg_constraint c
                WHERE c.conrelid = a.attrelid AND c.contype = 'f'
                    AND c.confrelid = 'account'::regclass
                    AND c.conkey = ARRAY[a.attnum])) LOOP
        EXECUTE format('DELETE FROM %I WHERE %I = $1', t.name, t.col)
        USING who;
    END LOOP;
    UPDATE account SET name = 'erased:' || gen_random_uuid(), password = '',
        reviewer = '', suspended = true, token_epoch = token_epoch + 1
    WHERE id = who;
    DELETE FROM erasure WHERE person = who;
END $$;

-- How far the walk over all comments is that takes from old ones what is kept
-- for a time only. It begins anew when it is over.
CREATE TABLE retain_head (
    site_id     smallint PRIMARY KEY CHECK (site_id = 0),   -- one row: all
    upto        bigint NOT NULL DEFAULT 0
);
INSERT INTO retain_head (site_id) VALUES (0);
CREATE OR REPLACE FUNCTION derived_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE
    RETURN ARRAY['schema_migration', 'change', 'change_head', 'search_comment',
        'search_review', 'search_head', 'vote_told', 'sso_used',
        'import_head', 'retain_head', 'sign_in_try'];

-- Whether something of that time was kept long enough; 0 days: for ever.
CREATE FUNCTION kept_enough(since timestamptz, days bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
    RETURN days > 0 AND since < now() - days * interval '1 day';

-- The row of one review's export as it shall be here: other rows' ids, too, and
-- no thread of elsewhere.
CREATE OR REPLACE FUNCTION import_moved(tbl text, r jsonb, h import_head)
RETURNS jsonb LANGUAGE sql STABLE
    RETURN r || CASE WHEN tbl IN ('review', 'thread')
            THEN jsonb_build_object('id', h.thread_id) ELSE '{}' END
        || CASE WHEN r ? 'site_id'
            THEN jsonb_build_object('site_id', h.made_for) ELSE '{}' END
        || CASE WHEN r ? 'thread_id'
            THEN jsonb_build_object('thread_id', h.thread_id) ELSE '{}' END
        || CASE WHEN r ? 'review_id'
            THEN jsonb_build_object('review_id', h.thread_id) ELSE '{}' END
        || CASE WHEN r ? 'home' THEN '{"home": null}'::jsonb ELSE '{}' END
        || CASE WHEN r ? 'pinned' THEN jsonb_build_object('pinned', (
            SELECT coalesce(jsonb_agg(p.id::bigint + h.shift), '[]')
            FROM jsonb_array_elements_text(r -> 'pinned') AS p (id)))
            ELSE '{}' END
        || (SELECT coalesce(jsonb_object_agg(k, (r ->> k)::bigint + h.shift),
                '{}') FROM unnest(CASE tbl WHEN 'comment'
                    THEN ARRAY['id', 'parent', 'root', 'locked']
                    ELSE ARRAY['comment_id'] END) AS k
            WHERE (r ->> k)::bigint <> 0);
