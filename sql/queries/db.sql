-- begin: -> none
BEGIN;

-- commit: -> none
COMMIT;

-- rollback: -> none
ROLLBACK;

-- db_schema: site -> newest migration, id of the site
SELECT (SELECT max(number) FROM schema_migration),
    (SELECT id FROM site WHERE name = $1::text);

-- db_role: -> role, may it alter the tables, may it read and write rows
SELECT current_user, pg_has_role(relowner, 'USAGE'),
    has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
FROM pg_class WHERE oid = to_regclass('comment');
