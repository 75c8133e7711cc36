-- The two roles and their rights, as a superuser (or a role that may create
-- roles): `foyerctl setup` runs this, and so does
--
--     psql -v ON_ERROR_STOP=1 -d foyer -f sql/roles.sql
--
-- foyer_owner owns the tables: `foyerctl migrate` runs as it. foyer_web reads
-- and writes rows and can never alter, drop or truncate: foyerd runs as it.
-- Run it before or after the first migrate, and again whenever you like.
-- `SET foyer.owner = 'name'` before it makes a role that exists already the
-- owner.

BEGIN;
DO $$
DECLARE
    owner name := coalesce(nullif(current_setting('foyer.owner', true), ''),
        'foyer_owner');
    role name;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('foyer roles'));
    FOREACH role IN ARRAY ARRAY[owner, 'foyer_web'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role);
        END IF;
        IF NOT pg_has_role(role, 'MEMBER') THEN     -- no superuser
            EXECUTE format('GRANT %I TO CURRENT_USER', role);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC',
        current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I, foyer_web',
        current_database(), owner);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA public TO %I', owner);
    -- Rows of what later migrations bring.
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I, CURRENT_USER'
        ' IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES'
        ' TO foyer_web', owner);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I, CURRENT_USER'
        ' IN SCHEMA public GRANT USAGE ON SEQUENCES TO foyer_web', owner);
END $$;

-- No wait of a request is longer than this.
ALTER ROLE foyer_web SET statement_timeout = '3s';
ALTER ROLE foyer_web SET lock_timeout = '2s';
ALTER ROLE foyer_web SET idle_in_transaction_session_timeout = '5s';
ALTER ROLE foyer_web SET default_transaction_isolation = 'read committed';
-- Every statement is prepared once and its plan does not hang on its values.
ALTER ROLE foyer_web SET plan_cache_mode = 'force_generic_plan';
ALTER ROLE foyer_web SET jit = off;
-- Such a plan may be made while a table is small and used when it is large: an
-- index, in its order, reads no more than it must whatever comes.
ALTER ROLE foyer_web SET enable_seqscan = off;
ALTER ROLE foyer_web SET enable_bitmapscan = off;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO foyer_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public
    TO foyer_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO foyer_web;

-- Less than that where the schema says so.
DO $$
BEGIN
    IF to_regprocedure('limit_web_role()') IS NOT NULL THEN
        PERFORM limit_web_role();
    END IF;
END $$;
COMMIT;
