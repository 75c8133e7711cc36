-- The two roles, for psql as a superuser (or a role that may create roles):
--
--     psql -d foyer -f sql/roles.sql
--
-- foyer_owner owns the tables: `foyerctl migrate` runs as it. foyer_web reads
-- and writes rows and can never alter, drop or truncate: foyerd runs as it.
-- Run it before or after the first migrate, and again whenever you like.
-- `-v owner=NAME` makes a role that exists already the owner.

\set ON_ERROR_STOP on
\if :{?owner}
\else
    \set owner foyer_owner
\endif

BEGIN;
SELECT pg_advisory_xact_lock(hashtext('foyer roles'));

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY[:'owner', 'foyer_web']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

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

SELECT current_database() AS database
\gset
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"owner", foyer_web;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO :"owner";
GRANT USAGE ON SCHEMA public TO foyer_web;

-- Rows of what is there, and of what later migrations bring.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public
    TO foyer_web;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner", CURRENT_USER IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO foyer_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO foyer_web;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner", CURRENT_USER IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO foyer_web;

-- Less than that where the schema says so.
SELECT 'SELECT limit_web_role()'
WHERE to_regprocedure('limit_web_role()') IS NOT NULL
\gexec
COMMIT;
