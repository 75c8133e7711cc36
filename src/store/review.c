/* review.c: reviews, which threads belong to. */
#include <limits.h>
#include <string.h>

#include "store/internal.h"

/* Credits as three arrays: roles, names, and each name's role from 1. */
static void
put_credits(struct store_query *q, const struct review *r)
{
	size_t i, j, n = 0, names = 0;
	struct str *roles, *name;
	int64_t *of;

	for (i = 0; i < r->ncredits; i++)
		names += r->credits[i].nnames;
	roles = arena_alloc(q->arena, (r->ncredits + 1) * sizeof(*roles));
	name = arena_alloc(q->arena, (names + 1) * sizeof(*name));
	of = arena_alloc(q->arena, (names + 1) * sizeof(*of));
	for (i = 0; i < r->ncredits; i++) {
		roles[i] = r->credits[i].role;
		for (j = 0; j < r->credits[i].nnames; j++) {
			name[n] = r->credits[i].names[j];
			of[n++] = (int64_t)i + 1;
		}
	}
	store_query_strs(q, roles, r->ncredits);
	store_query_strs(q, name, n);
	store_query_ints(q, of, n);
}

static void
put_review(struct store_query *q, const struct review *r)
{
	store_query_str(q, r->slug);
	store_query_str(q, r->path);
	store_query_int(q, r->issue);
	store_query_int(q, r->year);
	store_query_str(q, r->heading);
	store_query_str(q, r->title);
	store_query_str(q, r->original);
	store_query_int(q, r->film_year);
	store_query_int(q, r->minutes);
	store_query_strs(q, r->directors, r->ndirectors);
	store_query_str(q, r->reviewer);
	store_query_str(q, r->affiliation);
	store_query_str(q, r->epigraph);
	store_query_strs(q, r->paragraphs, r->nparagraphs);
	store_query_strs(q, r->works, r->nworks);
	store_query_str(q, r->colour);
	store_query_str(q, r->country);
	store_query_str(q, r->language);
	store_query_str(q, r->published);
	store_query_str(q, r->updated);
	put_credits(q, r);
}

/* Harmless to repeat: the slug makes the second one an update. */
enum err
store_review_put(struct store *s, struct arena *a, struct review *r,
    bool *created)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	put_review(store_flight_site(&f, SQL_REVIEW_PUT), r);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		r->id = store_row_int(&row);
		*created = store_row_bool(&row);
	}
	store_flight_close(&f);
	return e;
}

/* The names are in their roles' order. */
static void
take_credits(struct store_row *row, struct review *r)
{
	size_t i, n = 0, nroles, nnames, nof;
	struct str *roles = store_row_strs(row, &nroles);
	struct str *names = store_row_strs(row, &nnames);
	struct str *of = store_row_strs(row, &nof);
	int64_t at;

	r->ncredits = nroles;
	r->credits = arena_alloc(row->arena,
	    (nroles + 1) * sizeof(*r->credits));
	for (i = 0; i < nroles; i++) {
		struct model_credit *c = &r->credits[i];

		c->role = roles[i];
		c->names = names + n;
		while (n < nnames && n < nof && str_int64(of[n], &at) &&
		    at == (int64_t)i + 1) {
			c->nnames++;
			n++;
		}
	}
}

enum err
store_review_take(const PGresult *rs, struct arena *a, struct review *r)
{
	struct store_row row = store_row_at(rs, 0, a);

	if (PQntuples(rs) == 0)
		return ERR_NOT_FOUND;
	memset(r, 0, sizeof(*r));
	r->id = store_row_int(&row);
	r->slug = store_row_str(&row);
	r->path = store_row_str(&row);
	r->issue = (int)store_row_int(&row);
	r->year = (int)store_row_int(&row);
	r->heading = store_row_str(&row);
	r->title = store_row_str(&row);
	r->original = store_row_str(&row);
	r->film_year = (int)store_row_int(&row);
	r->minutes = (int)store_row_int(&row);
	r->directors = store_row_strs(&row, &r->ndirectors);
	r->reviewer = store_row_str(&row);
	r->affiliation = store_row_str(&row);
	r->epigraph = store_row_str(&row);
	r->paragraphs = store_row_strs(&row, &r->nparagraphs);
	r->works = store_row_strs(&row, &r->nworks);
	r->colour = store_row_str(&row);
	r->country = store_row_str(&row);
	r->language = store_row_str(&row);
	r->published = store_row_str(&row);
	r->updated = store_row_str(&row);
	take_credits(&row, r);
	return OK;
}

enum err
store_review_get(struct store *s, struct arena *a, struct str slug,
    struct review *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_site(&f, SQL_REVIEW_GET), slug);
	e = store_flight_run(&f);
	if (e == OK)
		e = store_review_take(store_flight_result(&f, 0), a, ret);
	store_flight_close(&f);
	return e;
}

static void
take_rows(const PGresult *rs, struct arena *a, struct store_reviews *ret)
{
	struct store_review_row *all;
	int i, rows = PQntuples(rs);

	all = arena_alloc(a, ((size_t)rows + 1) * sizeof(*all));
	for (i = 0; i < rows; i++) {
		struct store_row row = store_row_at(rs, i, a);

		all[i].id = store_row_int(&row);
		all[i].slug = store_row_str(&row);
		all[i].heading = store_row_str(&row);
		all[i].reviewer = store_row_str(&row);
		all[i].issue = (int)store_row_int(&row);
		all[i].year = (int)store_row_int(&row);
		all[i].count = store_row_int(&row);
		all[i].language = store_row_str(&row);
	}
	ret->rows = all;
	ret->n = (size_t)rows;
}

enum err
store_review_list(struct store *s, struct arena *a, int after_issue,
    int64_t after_id, struct store_reviews *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_CHANGE_VERSION);
	q = store_flight_site(&f, SQL_REVIEW_LIST);
	store_query_int(q, after_id != 0 ? after_issue : INT_MAX);
	store_query_int(q, after_id != 0 ? after_id : INT64_MAX);
	e = store_flight_run(&f);
	if (e == OK)
		take_rows(store_flight_result(&f, 1), a, ret);
	if (e == OK)
		ret->version = store_change_taken(&f);
	store_flight_close(&f);
	return e;
}

enum err
store_review_places(struct store *s, struct arena *a,
    struct store_reviews *ret)
{
	struct store_flight f;
	const PGresult *rs;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_CHANGE_VERSION);
	store_flight_site(&f, SQL_REVIEW_PLACES);
	if ((e = store_flight_run(&f)) == OK) {
		rs = store_flight_result(&f, 1);
		ret->version = store_change_taken(&f);
		ret->rows = arena_alloc(a, ((size_t)PQntuples(rs) + 1) *
		    sizeof(*ret->rows));
		for (ret->n = 0; ret->n < (size_t)PQntuples(rs); ret->n++) {
			struct store_row row = store_row_at(rs, (int)ret->n,
			    a);

			ret->rows[ret->n].slug = store_row_str(&row);
			ret->rows[ret->n].last = store_row_int(&row);
		}
	}
	store_flight_close(&f);
	return e;
}
