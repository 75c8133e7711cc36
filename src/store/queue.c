/* queue.c: what waits for moderators, and what was taken for spam. */
#include "store/internal.h"

/* Six fields of each filter, as in comment.verdict. */
static void
take_verdict(struct store_row *row, struct verdict *v)
{
	size_t n, i;
	struct str *fields = store_row_strs(row, &n);
	int64_t number = 0;

	for (i = 0; i + 6 <= n && v->n < MODEL_FILTERS_MAX; i += 6) {
		struct evidence *e = &v->each[v->n++];

		e->filter = fields[i];
		e->silent = str_is(fields[i + 1], "t");
		e->score = str_int64(fields[i + 2], &number) ? (int)number : 0;
		e->reason = fields[i + 3];
		e->features = fields[i + 4];
		e->usec = str_int64(fields[i + 5], &number) ? number : 0;
		v->silent |= e->silent;
	}
}

/* Three of each report. */
static void
take_reports(struct store_row *row, struct held *h)
{
	size_t n, i;
	struct str *fields = store_row_strs(row, &n);

	for (i = 0; i + 3 <= n && h->nreports < MODEL_REPORTS_MAX; i += 3) {
		struct report *r = &h->reports[h->nreports++];

		if (!model_complaint_parse(fields[i], &r->reason))
			r->reason = COMPLAINT_OTHER;
		r->words = fields[i + 1];
		if (!str_int64(fields[i + 2], &r->at))
			r->at = 0;
	}
}

/* Two of each person. */
static void
take_near(struct store_row *row, struct held *h)
{
	size_t n, i;
	struct str *fields = store_row_strs(row, &n);

	h->near = arena_alloc(row->arena, (n / 2 + 1) * sizeof(*h->near));
	for (i = 0; i + 2 <= n; i += 2) {
		struct person_row *p = &h->near[h->nnear];

		if (uuid_parse(fields[i], &p->id)) {
			p->name = fields[i + 1];
			h->nnear++;
		}
	}
}

static void
take(const PGresult *rs, int i, struct arena *a, struct held *h)
{
	struct store_row row = store_row_at(rs, i, a);

	store_row_comment(&row, &h->comment);
	h->why = store_row_str(&row);
	h->parent_author = store_row_str(&row);
	h->parent_body = store_row_str(&row);
	h->shown_before = store_row_int(&row);
	h->removed_before = store_row_int(&row);
	h->first_seen = store_row_int(&row);
	take_verdict(&row, &h->verdict);
	take_reports(&row, h);
	take_near(&row, h);
}

static void
take_queue(const struct store_flight *f, struct store_queue *ret)
{
	const PGresult *rs = store_flight_result(f, 0);
	struct store_row row;
	size_t i;

	ret->n = (size_t)PQntuples(rs);
	ret->rows = arena_alloc(f->arena, (ret->n + 1) * sizeof(*ret->rows));
	for (i = 0; i < ret->n; i++)
		take(rs, (int)i, f->arena, &ret->rows[i]);
	row = store_row_at(store_flight_result(f, 1), 0, f->arena);
	ret->next = store_row_int(&row);
	if (ret->n == STORE_QUEUE_PAGE)
		ret->next = ret->rows[ret->n - 1].comment.id;
	row = store_row_at(store_flight_result(f, 2), 0, f->arena);
	ret->total = store_row_int(&row);
	rs = store_flight_result(f, 3);
	ret->nlanguages = (size_t)PQntuples(rs);
	ret->languages = arena_alloc(f->arena, (ret->nlanguages + 1) *
	    sizeof(*ret->languages));
	for (i = 0; i < ret->nlanguages; i++) {
		row = store_row_at(rs, (int)i, f->arena);
		ret->languages[i] = store_row_str(&row);
	}
}

enum err
store_queue_list(struct store *s, struct arena *a,
    const struct store_wanted *w, struct store_queue *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_QUEUE_LIST);
	store_query_int(q, w->after);
	store_query_str(q, w->slug);
	store_query_str(q, w->language);
	store_query_str(q, w->why);
	store_query_str(q, w->filter);
	store_query_bool(q, w->spam);
	q = store_flight_site(&f, SQL_QUEUE_REACH);
	store_query_int(q, w->after);
	store_query_str(q, w->slug);
	store_query_bool(q, w->spam);
	store_flight_site(&f, SQL_QUEUE_TOTAL);
	store_flight_site(&f, SQL_QUEUE_LANGUAGES);
	e = store_flight_run(&f);
	if (e == OK)
		take_queue(&f, ret);
	store_flight_close(&f);
	return e;
}

enum err
store_queue_total(struct store *s, int64_t *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_flight_site(&f, SQL_QUEUE_TOTAL);
	if ((e = store_flight_run(&f)) == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*ret = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}
