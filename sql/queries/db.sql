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

-- db_server: -> its version, is the database in UTF-8, its clock
SELECT current_setting('server_version_num')::integer,
    getdatabaseencoding() = 'UTF8',
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
