/* migrate.c: a database is brought to the schema once, whole, and not past. */
#include <stdio.h>
#include <string.h>

#include "house.h"

static char said[4096];

static void
say(const char *line)
{
	snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s\n",
	    line);
}

/* An empty database of foyer_owner's beside the house's own. */
static const char *
empty(struct house *h)
{
	static char conninfo[500];
	int64_t pid = PQbackendPID(h->admin);

	house_sql(h, "CREATE DATABASE empty_%lld OWNER foyer_owner",
	    (long long)pid);
	snprintf(conninfo, sizeof(conninfo),
	    "%s dbname=empty_%lld user=foyer_owner",
	    getenv("FOYER_TEST_ADMIN"), (long long)pid);
	said[0] = '\0';
	return conninfo;
}

static int64_t
ask(const char *conninfo, const char *sql)
{
	PGconn *conn = PQconnectdb(conninfo);
	PGresult *rs = PQexec(conn, sql);
	int64_t n = -1;

	if (PQresultStatus(rs) == PGRES_TUPLES_OK)
		n = atoll(PQgetvalue(rs, 0, 0));
	PQclear(rs);
	PQfinish(conn);
	return n;
}

static void
it_says_what_it_did_and_does_it_once(void **state)
{
	const char *conninfo = empty(*state);

	assert_int_equal(store_migrate(conninfo, NULL, false, say), OK);
	assert_non_null(strstr(said, "0001 first\n"));
	assert_int_equal(ask(conninfo, "SELECT max(number) FROM"
	    " schema_migration"), store_migration_last());
	said[0] = '\0';
	assert_int_equal(store_migrate(conninfo, NULL, false, say), OK);
	assert_string_equal(said, "nothing to do\n");
}

static void
a_dry_run_changes_nothing(void **state)
{
	const char *conninfo = empty(*state);

	assert_int_equal(store_migrate(conninfo, NULL, true, say), OK);
	assert_non_null(strstr(said, "would apply 0001 first\n"));
	assert_int_equal(ask(conninfo, "SELECT count(*) FROM pg_class WHERE"
	    " relnamespace = 'public'::regnamespace"), 0);
}

static void
a_newer_database_is_left_alone(void **state)
{
	const char *conninfo = empty(*state);

	assert_int_equal(store_migrate(conninfo, NULL, false, say), OK);
	assert_int_equal(ask(conninfo, "INSERT INTO schema_migration (number,"
	    " name) VALUES (999, 'x') RETURNING 1"), 1);
	said[0] = '\0';
	assert_int_equal(store_migrate(conninfo, NULL, false, say), ERR_SCHEMA);
	assert_non_null(strstr(said, "migration 999, newer than"));
}

static void
a_migration_that_fails_leaves_nothing(void **state)
{
	const char *conninfo = empty(*state);

	assert_int_equal(ask(conninfo, "CREATE TABLE outbox ();"
	    " SELECT 1"), 1);
	assert_int_equal(store_migrate(conninfo, NULL, false, say), ERR_SCHEMA);
	assert_non_null(strstr(said, "outbox"));
	assert_int_equal(ask(conninfo, "SELECT count(*) FROM pg_class WHERE"
	    " relkind = 'r' AND relnamespace = 'public'::regnamespace"), 1);
}

static const char *shared;

static void
migrate_shared(struct house *h, int i)
{
	(void)h;
	(void)i;
	if (store_migrate(shared, NULL, false, say) != OK)
		abort();
}

static void
two_at_once_take_turns(void **state)
{
	struct house *h = *state;

	shared = empty(h);
	house_fork(h, 3, migrate_shared);
	house_reap(3);
	assert_int_equal(ask(shared, "SELECT count(*) FROM schema_migration"),
	    store_migration_last());
}

static void
a_server_that_is_away_is_told(void **state)
{
	(void)state;
	said[0] = '\0';
	assert_int_equal(store_migrate("host=/nonexistent", NULL, false,
	    say), ERR_DATABASE);
	assert_non_null(strstr(said, "can't connect"));
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(it_says_what_it_did_and_does_it_once),
	HOUSE_TEST(a_dry_run_changes_nothing),
	HOUSE_TEST(a_newer_database_is_left_alone),
	HOUSE_TEST(a_migration_that_fails_leaves_nothing),
	HOUSE_TEST(two_at_once_take_turns),
	HOUSE_TEST(a_server_that_is_away_is_told),
};

HOUSE_MAIN(tests)
