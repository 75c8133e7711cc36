/* search.c: what readers look for, and the index that it is found by. */
#include "store/internal.h"

enum { FILL_ROWS = 200 };

/* site, words, film, director, reviewer, issue */
static struct store_query *
put_search(struct store_flight *f, enum store_sql sql, const struct search *is)
{
	struct store_query *q = store_flight_site(f, sql);

	store_query_str(q, is->words);
	store_query_str(q, is->film);
	store_query_str(q, is->director);
	store_query_str(q, is->reviewer);
	store_query_int(q, is->issue);
	return q;
}

static void
take_comment(struct store_row *row, struct found_comment *c)
{
	c->comment.id = store_row_int(row);
	c->comment.thread = store_row_int(row);
	c->comment.slug = store_row_str(row);
	c->comment.title = store_row_str(row);
	c->language = store_row_str(row);
	c->comment.author = store_row_str(row);
	c->comment.badge = store_row_str(row);
	c->comment.posted = store_row_int(row);
	c->comment.spoiler = store_row_bool(row);
	c->excerpt = store_row_str(row);
	c->comment.state = STATE_SHOWN;
	c->comment.after = -1;
}

static void
take_comments(const PGresult *rs, struct arena *a, struct findings *ret)
{
	size_t i, rows = (size_t)PQntuples(rs);

	ret->comments = arena_alloc(a, (rows + 1) * sizeof(*ret->comments));
	for (i = 0; i < rows; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);
		struct found_comment *c = &ret->comments[ret->ncomments];

		ret->next = store_row_int(&row);
		take_comment(&row, c);
		ret->ncomments += c->comment.id != 0;
	}
}

static void
take_reviews(const PGresult *rs, struct arena *a, struct findings *ret)
{
	size_t i, rows = (size_t)PQntuples(rs);

	ret->nreviews = rows > MODEL_FOUND ? MODEL_FOUND : rows;
	ret->more = rows > ret->nreviews;
	ret->reviews = arena_alloc(a, (rows + 1) * sizeof(*ret->reviews));
	for (i = 0; i < ret->nreviews; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);
		struct found_review *r = &ret->reviews[i];

		r->slug = store_row_str(&row);
		r->heading = store_row_str(&row);
		r->reviewer = store_row_str(&row);
		r->issue = (int)store_row_int(&row);
		r->year = (int)store_row_int(&row);
		r->count = store_row_int(&row);
		r->language = store_row_str(&row);
		r->excerpt = store_row_str(&row);
	}
}

enum err
store_search_find(struct store *s, struct arena *a, const struct search *is,
    struct findings *ret)
{
	struct store_flight f;
	bool first = is->before == 0;
	enum err e;

	*ret = (struct findings){ .next = 0 };
	store_flight_open(&f, s, a);
	store_query_int(put_search(&f, SQL_SEARCH_COMMENTS, is),
	    first ? INT64_MAX : is->before);
	if (first)
		put_search(&f, SQL_SEARCH_REVIEWS, is);
	e = store_flight_run(&f);
	if (e == OK)
		take_comments(store_flight_result(&f, 0), a, ret);
	if (e == OK && first)
		take_reviews(store_flight_result(&f, 1), a, ret);
	store_flight_close(&f);
	return e;
}

/* ---- the index ---- */

struct step {
	enum store_sql sql;
	int64_t after, most;		/* of search_fill */
	int64_t ret;
};

/* The lock comes first: what is done then sees what was done under it. */
static enum err
step_work(struct store *s, void *arg)
{
	struct step *step = arg;
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_BEGIN);
	store_flight_add(&f, SQL_SEARCH_LOCK);
	q = store_flight_add(&f, step->sql);
	if (step->sql == SQL_SEARCH_FILL) {
		store_query_int(q, step->after);
		store_query_int(q, step->most);
	}
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 2), 0, NULL);
		step->ret = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_search_follow(struct store *s)
{
	struct step step = { .sql = SQL_SEARCH_FOLLOW };

	return store_flight_work(s, step_work, &step);
}

enum err
store_search_fill(struct store *s, int64_t *after)
{
	struct step step = {
		.sql = SQL_SEARCH_FILL, .after = *after, .most = FILL_ROWS
	};
	enum err e = store_flight_work(s, step_work, &step);

	if (e == OK)
		*after = step.ret;
	return e;
}

/* How far it got is kept after each batch; a batch done twice is harmless. */
enum err
store_search_catch_up(struct store *s, bool *over)
{
	struct store_flight f;
	struct store_row row;
	int64_t filled = 0, to = 0;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_SEARCH_FILLED);
	if ((e = store_flight_run(&f)) == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		filled = store_row_int(&row);
		to = store_row_int(&row);
	}
	store_flight_close(&f);
	*over = filled >= to;
	if (e != OK || *over)
		return e;
	if ((e = store_search_fill(s, &filled)) != OK)
		return e;
	store_flight_open(&f, s, NULL);
	store_query_int(store_flight_add(&f, SQL_SEARCH_FILLED_SET),
	    filled != 0 ? filled : to);
	return store_flight_end(&f);
}

enum err
store_search_reviews(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_site(&f, SQL_SEARCH_REVIEWS_FILL);
	return store_flight_end(&f);
}
