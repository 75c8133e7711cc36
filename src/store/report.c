/* report.c: what readers say is wrong with comments. */
#include "store/internal.h"

/* Both are in the order of comments. */
void
store_report_take(const PGresult *rs, struct held *all, size_t n,
    struct arena *a)
{
	int i, rows = PQntuples(rs);
	size_t at = 0;

	for (i = 0; i < rows; i++) {
		struct store_row row = store_row_at(rs, i, a);
		int64_t id = store_row_int(&row);
		struct report *r;

		while (at < n && all[at].comment.id < id)
			at++;
		if (at == n || all[at].comment.id != id ||
		    all[at].nreports == MODEL_REPORTS_MAX)
			continue;
		r = &all[at].reports[all[at].nreports++];
		if (!model_complaint_parse(store_row_str(&row), &r->reason))
			r->reason = COMPLAINT_OTHER;
		r->words = store_row_str(&row);
		r->at = store_row_int(&row);
	}
}

static enum err
take_added(const PGresult *rs)
{
	struct store_row row = store_row_at(rs, 0, NULL);

	if (PQntuples(rs) == 0)
		return ERR_NOT_FOUND;
	if (store_row_bool(&row))
		return ERR_OWN;
	if (store_row_bool(&row))
		return ERR_BANNED;
	return store_row_bool(&row) ? ERR_TOO_MANY : OK;
}

/* Written down; how many have done so by now, and what of. */
static enum err
add(struct store *s, struct arena *a, const struct store_report *r,
    int64_t *weight, int64_t *version)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_REPORT_ADD);
	store_query_str(q, r->at.slug);
	store_query_int(q, r->at.id);
	store_query_uuid(q, &r->at.person);
	store_query_str(q, str_of(model_complaint_name(r->reason)));
	store_query_str(q, r->words);
	q = store_flight_site(&f, SQL_REPORT_WEIGHT);
	store_query_str(q, r->at.slug);
	store_query_int(q, r->at.id);
	e = store_flight_run(&f);
	if (e == OK)
		e = take_added(store_flight_result(&f, 0));
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 1), 0, NULL);
		*weight = store_row_int(&row);
		*version = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_report_add(struct store *s, struct arena *a,
    const struct store_report *r, bool *held)
{
	static const struct account readers = { .name = { "readers", 7 } };
	struct store_ruling ruling = {
		.slug = r->at.slug, .id = r->at.id, .act = ACT_HOLD,
		.seen = STATE_SHOWN, .why = "reported", .actor = &readers
	};
	int64_t weight = 0;
	struct comment c;
	enum err e;

	*held = false;
	e = add(s, a, r, &weight, &ruling.version);
	if (e != OK || r->hold == 0 || weight < r->hold)
		return e;
	ruling.reason = arena_fmt(a, "%lld reports", (long long)weight);
	e = store_queue_rule(s, a, &ruling, &c);
	*held = e == OK;
	return e == ERR_CONFLICT ? OK : e;	/* somebody was faster */
}

enum err
store_report_list(struct store *s, struct arena *a, int64_t after,
    struct store_reported *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_REPORT_LIST), after);
	q = store_flight_site(&f, SQL_REPORT_REASONS);
	store_query_str(q, STR("shown"));
	store_query_int(q, after);
	e = store_flight_run(&f);
	if (e == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		ret->n = (size_t)PQntuples(rs);
		ret->rows = arena_alloc(a, (ret->n + 1) * sizeof(*ret->rows));
		for (i = 0; i < ret->n; i++)
			store_queue_take(rs, (int)i, a, &ret->rows[i]);
		store_report_take(store_flight_result(&f, 1), ret->rows,
		    ret->n, a);
	}
	store_flight_close(&f);
	return e;
}
