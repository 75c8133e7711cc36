/* terms.c: who waits and when threads close: one, those of an issue, all. */
#include "store/internal.h"

static void
take_terms(struct store_row *row, struct store_terms_row *t)
{
	t->issue = (int)store_row_int(row);
	t->policy = store_row_policy(row);
	t->days = (int)store_row_int(row);
}

static void
take_list(const struct store_flight *f, struct store_terms_row **ret,
    size_t *n)
{
	const PGresult *rs = store_flight_result(f, 0);
	struct store_row row = store_row_at(store_flight_result(f, 1), 0,
	    f->arena);
	struct store_terms_row *all;
	int i, rows = PQntuples(rs);

	all = arena_alloc(f->arena, ((size_t)rows + 1) * sizeof(*all));
	all[0].issue = -1;
	all[0].policy = store_row_policy(&row);
	all[0].days = (int)store_row_int(&row);
	*n = 1;
	for (i = 0; i < rows; i++) {
		row = store_row_at(rs, i, f->arena);
		take_terms(&row, &all[*n]);
		*n += all[*n].issue >= 0;
	}
	*ret = all;
}

enum err
store_terms_list(struct store *s, struct arena *a,
    struct store_terms_row **ret, size_t *n)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_site(&f, SQL_TERMS_LIST);
	store_flight_site(&f, SQL_TERMS_SITE);
	if ((e = store_flight_run(&f)) == OK)
		take_list(&f, ret, n);
	store_flight_close(&f);
	return e;
}

enum err
store_terms_walk(struct store *s, int64_t *at)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_int(store_flight_site(&f, SQL_TERMS_WALK), *at);
	if ((e = store_flight_run(&f)) == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*at = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

/* "first", "first until 2026-01-31T18:00:00Z", "inherit". */
static struct str
told(struct arena *a, const struct store_terms *terms)
{
	const char *policy = model_policy_name(terms->policy);
	char when[CLOCK_TEXT];

	if (terms->inherit)
		return STR("inherit");
	if (terms->closes_at == 0)
		return str_of(policy);
	clock_rfc3339(terms->closes_at, when);
	return arena_fmt(a, "%s until %s", policy, when);
}

enum err
store_terms_set(struct store *s, struct arena *a, struct str slug,
    const struct store_terms *terms, const struct account *actor)
{
	struct deed d = { .kind = DEED_THREAD, .slug = slug, .actor = actor };
	struct str before;

	d.value = told(a, terms);
	return store_deed_put(s, a, &d, &before);
}
