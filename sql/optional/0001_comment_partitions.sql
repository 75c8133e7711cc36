-- comment_partitions: comments in 16 parts by a hash of their thread, for a
-- journal whose comments no longer fit into memory (deploy/scale.md says when).
-- Nobody posts while the rows are copied; what it needs on disk is one copy.
--
-- What names the table (views, functions, foreign keys, indexes, triggers) is
-- asked of the catalog, so that later migrations' are not forgotten, and made
-- again from the texts that it gives while the table still has its name. What
-- it does not know how to make again keeps the old table from being dropped,
-- and then nothing has happened.

DO $$
DECLARE
    old CONSTANT oid := 'comment'::regclass;
    parts CONSTANT integer := 16;
    names text[];           -- what names the table by itself
    keys text[];            -- of other tables
    drops text[];
    own text[];             -- of the table
    each text;
BEGIN
    LOCK TABLE comment IN ACCESS EXCLUSIVE MODE;

    SELECT array_agg(x.text) INTO names FROM (
        SELECT DISTINCT format('CREATE OR REPLACE VIEW %s AS %s',
            r.ev_class::regclass, pg_get_viewdef(r.ev_class)) AS text
        FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
        WHERE d.classid = 'pg_rewrite'::regclass
            AND d.refclassid = 'pg_class'::regclass AND d.refobjid = old
        UNION SELECT pg_get_functiondef(d.objid) FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass
            AND d.refclassid = 'pg_class'::regclass AND d.refobjid = old) x;
    SELECT array_agg(format('ALTER TABLE %s ADD CONSTRAINT %I %s',
            k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))),
        array_agg(format('ALTER TABLE %s DROP CONSTRAINT %I',
            k.conrelid::regclass, k.conname))
    INTO keys, drops FROM pg_constraint k
    WHERE k.confrelid = old AND k.contype = 'f';
    -- In the order in which they were made, on which plans may hang.
    SELECT array_agg(x.text ORDER BY x.kind, x.oid) INTO own FROM (
        SELECT 1 AS kind, i.indexrelid AS oid, CASE WHEN k.oid IS NULL
            THEN pg_get_indexdef(i.indexrelid)
            ELSE format('ALTER TABLE comment ADD CONSTRAINT %I %s',
                k.conname, pg_get_constraintdef(k.oid)) END AS text
        FROM pg_index i LEFT JOIN pg_constraint k
            ON k.conindid = i.indexrelid AND k.conrelid = old
        WHERE i.indrelid = old
        UNION ALL SELECT 2, g.oid, pg_get_triggerdef(g.oid)
        FROM pg_trigger g WHERE g.tgrelid = old AND NOT g.tgisinternal
        UNION ALL SELECT 3, k.oid, format(
            'ALTER TABLE comment ADD CONSTRAINT %I %s', k.conname,
            pg_get_constraintdef(k.oid))
        FROM pg_constraint k WHERE k.conrelid = old AND k.contype = 'f'
        UNION ALL SELECT 4, 0, format('GRANT %s ON comment TO %s',
            string_agg(a.privilege_type, ', '), CASE a.grantee WHEN 0
                THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
        FROM pg_class c CROSS JOIN aclexplode(c.relacl) a
        WHERE c.oid = old GROUP BY a.grantee) x;

    ALTER TABLE comment RENAME TO comment_before;
    CREATE TABLE comment (LIKE comment_before INCLUDING ALL
        EXCLUDING INDEXES) PARTITION BY HASH (thread_id);
    FOR i IN 0 .. parts - 1 LOOP
        EXECUTE format('CREATE TABLE comment_part_%s PARTITION OF comment '
            'FOR VALUES WITH (MODULUS %s, REMAINDER %s)', i, parts, i);
    END LOOP;
    FOREACH each IN ARRAY names || drops LOOP
        EXECUTE each;
    END LOOP;
    INSERT INTO comment SELECT * FROM comment_before;
    DROP TABLE comment_before;
    FOREACH each IN ARRAY own || keys LOOP
        EXECUTE each;
    END LOOP;
END $$;

-- Whoever may not delete comments may not delete them in a part either: parts
-- are nobody's but the table's.
ALTER FUNCTION limit_web_role() RENAME TO limit_web_role_in_tables;
CREATE FUNCTION limit_web_role() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part regclass;
BEGIN
    PERFORM limit_web_role_in_tables();
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'foyer_web') THEN
        FOR part IN SELECT i.inhrelid FROM pg_inherits i
                WHERE i.inhparent = 'comment'::regclass LOOP
            EXECUTE format('REVOKE ALL ON %s FROM foyer_web', part);
        END LOOP;
    END IF;
END $$;
SELECT limit_web_role();

-- Autovacuum looks at the parts alone, never at the whole.
ANALYZE comment;
