/* passage.c: where the passages that comments are about stand in the review. */
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

_Static_assert(MODEL_PASSAGES_MAX == 500, "sql/queries/passage.sql reads 500");

enum {
	BATCH = 200,			/* anchors of passage_batch */
	SETTLE_ARENA = 256 * 1024 * 1024
};

enum err
store_passage_text(struct store *s, struct arena *a, struct str slug,
    struct store_passage_text *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_site(&f, SQL_PASSAGE_TEXT), slug);
	if ((e = store_flight_row(&f, &row)) == OK) {
		ret->imported = store_row_int(&row);
		ret->paragraphs = store_row_strs(&row, &ret->n);
	}
	store_flight_close(&f);
	return e;
}

static int
by_start(const void *a, const void *b)
{
	const struct passage *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return x->comment < y->comment ? -1 : x->comment > y->comment;
}

void
store_passage_take(const PGresult *rs, struct arena *a, struct review *r)
{
	size_t i;

	r->npassages = (size_t)PQntuples(rs);
	r->passages = arena_alloc(a,
	    (r->npassages + 1) * sizeof(*r->passages));
	for (i = 0; i < r->npassages; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		r->passages[i].comment = store_row_int(&row);
		r->passages[i].start = store_row_int(&row);
		r->passages[i].end = store_row_int(&row);
	}
	qsort(r->passages, r->npassages, sizeof(*r->passages), by_start);
}

/* One thread's anchors, on their way through its review's text. */
struct settle {
	struct arena *arena;		/* of one batch */
	struct str slug;
	int64_t after;			/* the last comment dealt with */
	bool more;
	struct store_settled done;
	int64_t thread;
	struct anchor_text text;
	int64_t ids[BATCH], starts[BATCH], ends[BATCH];
	size_t n;			/* that changed */
};

static void
settle_one(struct settle *w, const PGresult *rs, int i)
{
	struct store_row row = store_row_at(rs, i, w->arena);
	struct anchor n;
	int64_t start, end;

	w->after = store_row_int(&row);
	n.exact = store_row_str(&row);
	n.prefix = store_row_str(&row);
	n.suffix = store_row_str(&row);
	n.start = start = store_row_int(&row);
	n.end = end = store_row_int(&row);
	model_anchor_find(w->arena, &w->text, &n);
	if (n.end == end && (end == 0 || n.start == start))
		return;
	w->ids[w->n] = w->after;
	w->starts[w->n] = n.start;
	w->ends[w->n++] = n.end;
	w->done.moved += n.end != 0;
	w->done.gone += n.end == 0;
}

static enum err
settle_read(struct store *s, struct settle *w)
{
	const PGresult *rs;
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	struct str *paragraphs;
	size_t n;
	int i;
	enum err e;

	store_flight_open(&f, s, w->arena);
	store_flight_add(&f, SQL_BEGIN);
	store_query_str(store_flight_site(&f, SQL_PASSAGE_LOCK), w->slug);
	q = store_flight_site(&f, SQL_PASSAGE_BATCH);
	store_query_str(q, w->slug);
	store_query_int(q, w->after);
	e = store_flight_go(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 1)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 1), 0, w->arena);
		w->thread = store_row_int(&row);
		paragraphs = store_row_strs(&row, &n);
		w->text = model_anchor_text(w->arena, paragraphs, n);
		rs = store_flight_result(&f, 2);
		w->more = PQntuples(rs) == BATCH;
		for (i = 0; i < PQntuples(rs); i++)
			settle_one(w, rs, i);
	}
	store_flight_close(&f);
	return e;
}

static enum err
settle_work(struct store *s, void *arg)
{
	struct settle *w = arg;
	struct store_settled before = w->done;
	int64_t after = w->after;
	struct store_flight f;
	struct store_query *q;
	enum err e;

	w->n = 0;
	if ((e = settle_read(s, w)) != OK)
		return e;
	store_flight_open(&f, s, w->arena);
	if (w->n > 0) {
		q = store_flight_add(&f, SQL_PASSAGE_SET);
		store_query_int(q, w->thread);
		store_query_ints(q, w->ids, w->n);
		store_query_ints(q, w->starts, w->n);
		store_query_ints(q, w->ends, w->n);
		store_change_put(&f, w->thread, 0, 0);
	}
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	if (e != OK) {			/* it may be done again */
		w->done = before;
		w->after = after;
	}
	return e;
}

enum err
store_passage_settle(struct store *s, struct str slug, int64_t after,
    struct store_settled *ret)
{
	struct settle *w = calloc(1, sizeof(*w));
	enum err e;

	if (w == NULL)
		return ERR_BROKEN;
	w->slug = slug;
	w->after = after;
	do {
		w->arena = arena_new(SETTLE_ARENA);
		e = store_flight_work(s, settle_work, w);
		arena_free(w->arena);
	} while (e == OK && w->more);
	*ret = w->done;
	free(w);
	return e;
}

/* It looks after it has posted: an import that did not see the comment has
 * been seen by then. */
enum err
store_passage_posted(struct store *s, struct str slug, int64_t id,
    int64_t imported)
{
	struct store_settled ignored;
	struct store_flight f;
	struct store_row row;
	bool same = false;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_str(store_flight_site(&f, SQL_PASSAGE_SEEN), slug);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 1) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		same = store_row_int(&row) == imported;
	}
	store_flight_close(&f);
	if (e != OK || same)
		return e;
	return store_passage_settle(s, slug, id - 1, &ignored);
}
