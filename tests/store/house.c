/* house.c: what the tests of store share: a database of their own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "house.h"
#include "seal/seal.h"

int
house_open(void **state)
{
	struct house *h = calloc(1, sizeof(*h));

	assert_non_null(h);
	assert_int_equal(seal_init(), OK);
	store_log_chain(seal_chain_hash);
	h->arena = arena_new(256 << 20);
	h->admin = PQconnectdb(getenv("FOYER_TEST_ADMIN"));
	assert_int_equal(PQstatus(h->admin), CONNECTION_OK);
	h->store = house_store(h);
	h->moderator.name = STR("mod");
	uuid_random(&h->moderator.id);
	*state = h;
	return 0;
}

int
house_close(void **state)
{
	struct house *h = *state;

	store_close(h->store);
	PQfinish(h->admin);
	arena_free(h->arena);
	free(h);
	return 0;
}

int
house_run(const struct CMUnitTest *tests, size_t n)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	if (getenv("FOYER_TEST") != NULL)
		cmocka_set_test_filter(getenv("FOYER_TEST"));
	return _cmocka_run_group_tests("store", tests, n, NULL, NULL);
}

struct store *
house_store(struct house *h)
{
	struct store *s;

	assert_int_equal(store_open(h->arena, getenv("FOYER_TEST_DB"), "main",
	    &s), OK);
	return s;
}

int64_t
house_sql(struct house *h, const char *fmt, ...)
{
	char sql[4096];
	PGresult *rs;
	int64_t n = 0;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sql, sizeof(sql), fmt, ap);
	va_end(ap);
	rs = PQexec(h->admin, sql);
	if (PQresultStatus(rs) == PGRES_TUPLES_OK && PQntuples(rs) > 0)
		n = atoll(PQgetvalue(rs, 0, 0));
	else if (PQresultStatus(rs) != PGRES_COMMAND_OK)
		fail_msg("%s", PQresultErrorMessage(rs));
	PQclear(rs);
	return n;
}

void
house_ask(const char *command)
{
	int fd = atoi(getenv("FOYER_TEST_CONTROL"));
	char done;

	assert_int_equal(write(fd, command, strlen(command)),
	    (ssize_t)strlen(command));
	assert_int_equal(read(fd, &done, 1), 1);
}

/* A child that dies of a failed assertion exits with another status. */
static void
child_main(struct house *h, int i, void (*child)(struct house *, int i))
{
	h->admin = PQconnectdb(getenv("FOYER_TEST_ADMIN"));
	h->store = house_store(h);
	child(h, i);
	store_close(h->store);
	PQfinish(h->admin);
	_exit(0);
}

void
house_fork(struct house *h, int n, void (*child)(struct house *, int i))
{
	int i;

	fflush(NULL);
	for (i = 0; i < n; i++)
		if (fork() == 0)
			child_main(h, i, child);
}

void
house_reap(int n)
{
	int i, status, failed = 0;

	for (i = 0; i < n; i++) {
		assert_true(wait(&status) > 0);
		failed += status != 0;
	}
	assert_int_equal(failed, 0);
}

void
house_await_lock(struct house *h)
{
	while (house_sql(h, "SELECT count(*) FROM pg_locks"
	    " WHERE NOT granted") == 0)
		continue;
}

int64_t
house_review(struct house *h, const char *slug, const char *policy)
{
	struct review r = {
		.slug = str_of(slug), .heading = STR("Somebody: A Film"),
		.title = STR("A Film"), .language = STR("en")
	};
	bool created;

	assert_int_equal(store_review_put(h->store, h->arena, &r, &created),
	    OK);
	house_sql(h, "UPDATE thread SET policy = '%s' WHERE id = %lld", policy,
	    (long long)r.id);
	return r.id;
}

struct draft
house_draft(struct house *h, const char *slug, int person, const char *body)
{
	struct draft d = {
		.slug = str_of(slug), .author = STR("Reader"),
		.body = str_of(body), .sender = STR("00ff00ff"),
		.sent = clock_now()
	};

	d.thread = house_sql(h, "SELECT coalesce((SELECT id FROM review WHERE"
	    " slug = '%s'), 0)", slug);
	d.html = arena_fmt(h->arena, "<p>%s</p>", body);
	d.person.bytes[15] = (unsigned char)person;
	uuid_random(&d.key);
	return d;
}

int64_t
house_post(struct house *h, const struct draft *d, enum model_state state)
{
	static const struct verdict none;
	const struct store_judged judged = { &none, state, "a rule" };
	struct store_added added;

	assert_int_equal(store_comment_add(h->store, h->arena, d, &judged,
	    &added), OK);
	assert_false(added.again);
	return added.comment.id;
}

int64_t
house_say(struct house *h, const char *slug, int64_t parent)
{
	struct draft d = house_draft(h, slug, 1, "words");

	d.parent = parent;
	return house_post(h, &d, STATE_SHOWN);
}

enum err
house_rule(struct house *h, int64_t id, enum model_act act,
    enum model_state seen)
{
	struct store_ruling ruling = {
		.slug = STR("a-film"), .id = id, .act = act, .seen = seen,
		.version = -1, .reason = STR("because")
	};
	enum err e = store_rule_all(h->store, h->arena, &ruling, 1,
	    &h->moderator);

	return e == OK ? store_rule_result(&ruling) : e;
}

struct thread_page
house_page(struct house *h)
{
	const struct store_view view = { .slug = STR("a-film") };
	struct thread_page page;

	assert_int_equal(store_page_thread(h->store, h->arena, &view, &page),
	    OK);
	return page;
}

const struct comment *
house_find(const struct thread_page *page, int64_t id)
{
	size_t i;

	for (i = 0; i < page->ncomments; i++)
		if (page->comments[i].id == id)
			return &page->comments[i];
	return NULL;
}
