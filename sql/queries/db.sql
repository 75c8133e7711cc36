-- begin: -> none
BEGIN;

-- commit: -> none
COMMIT;

-- rollback: -> none
ROLLBACK;

-- db_schema: site -> newest migration, id of the site
SELECT (SELECT max(number) FROM schema_migration),
    (SELECT id FROM site WHERE name = $1::text);
