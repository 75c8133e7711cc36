/* report.c: what readers say is wrong with comments. */
#include "store/internal.h"

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
		.seen = STATE_SHOWN, .why = "reported"
	};
	int64_t weight = 0;
	enum err e;

	*held = false;
	e = add(s, a, r, &weight, &ruling.version);
	if (e != OK || r->hold == 0 || weight < r->hold)
		return e;
	ruling.reason = arena_fmt(a, "%lld reports", (long long)weight);
	e = store_rule_all(s, a, &ruling, 1, &readers);
	*held = e == OK && ruling.result == RULED;
	return e;
}
