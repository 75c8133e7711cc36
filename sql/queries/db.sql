-- begin: -> none
BEGIN;

-- commit: -> none
COMMIT;

-- rollback: -> none
ROLLBACK;

-- db_schema: site -> newest migration, id of the site, the server's process, is
-- this statement known there by this name
SELECT (SELECT max(number) FROM schema_migration),
    (SELECT id FROM site WHERE name = $1::text), pg_backend_pid(),
    EXISTS (SELECT FROM pg_prepared_statements WHERE name = 'db_schema');

-- db_role: -> role, may it alter the tables, may it read and write rows
SELECT current_user, pg_has_role(relowner, 'USAGE'),
    has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
FROM pg_class WHERE oid = to_regclass('comment');

-- db_server: -> its version, is the database in UTF-8, its clock, is it a standby, is it set to read only, bytes of log it may keep, its folder or null
SELECT current_setting('server_version_num')::integer,
    getdatabaseencoding() = 'UTF8',
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    pg_is_in_recovery(),
    current_setting('default_transaction_read_only')::boolean,
    pg_size_bytes(current_setting('max_wal_size')),
    CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE')
        THEN current_setting('data_directory') END;

-- db_write: site -> none
-- To be rolled back: only whether a row is taken.
INSERT INTO sso_used (site_id, jti, ends)
VALUES ($1::smallint, 'taken back', now());
