/* thread.c: threads: a page of one, counts, policy. */
#include <string.h>

#include "store/internal.h"

_Static_assert(MODEL_PAGE_ROOTS == 50 && MODEL_PAGE_MOST == 500,
    "sql/queries/thread.sql reads one root and one comment more than these");

enum {
	PAGE_HTML = 6,			/* column of a page's rows */
	CLOSING_MOST = 1000		/* thread_closing reads one more */
};

static void
add_page(struct store_flight *f, const struct store_view *v)
{
	static const enum store_sql pages[] = {
		[SORT_OLDEST] = SQL_THREAD_OLDEST,
		[SORT_NEWEST] = SQL_THREAD_NEWEST,
		[SORT_BEST] = SQL_THREAD_BEST,
		[SORT_FEED] = SQL_THREAD_FEED
	};
	struct store_query *q;

	store_query_str(store_flight_site(f, SQL_THREAD_HEAD), v->slug);
	q = store_flight_site(f, pages[v->sort]);
	store_query_str(q, v->slug);
	if (v->sort != SORT_FEED)
		store_query_int(q, v->after);
}

void
store_thread_comment(struct store_row *r, const struct thread *t,
    struct comment *c)
{
	c->thread = t->id;
	c->slug = t->slug;
	c->title = t->title;
	c->id = store_row_int(r);
	c->parent = store_row_int(r);
	c->root = store_row_int(r);
	c->state = store_row_state(r);
	c->author = store_row_str(r);
	c->badge = store_row_str(r);
	c->html = store_row_str(r);
	c->anchor = store_row_str(r);
	c->reason = store_row_str(r);
	c->posted = store_row_int(r);
	c->edited = store_row_int(r);
	c->votes = (int)store_row_int(r);
	c->spoiler = store_row_bool(r);
	c->who = store_row_int(r);
	c->body = STR("");
}

/* How many of n rows a page has room for: many long comments together must
 * not be more than a worker can hold. One alone always fits. */
static size_t
room(const PGresult *rs, size_t n)
{
	size_t i, bytes = 0;

	for (i = 0; i < n && i < MODEL_PAGE_MOST; i++) {
		bytes += (size_t)PQgetlength(rs, (int)i, PAGE_HTML);
		if (bytes > MODEL_PAGE_BYTES && i > 1)
			break;
	}
	return i;
}

/* How many of the rows read make the page, where `most` find room, and the
 * comment after which the next begins: a root that is over, or the last reply
 * that found room. */
static size_t
cut_page(const struct comment *c, size_t n, size_t most, int64_t *next)
{
	size_t i, roots = 0;

	*next = 0;
	for (i = 0; i < n && i < most; i++) {
		if (i > 0 && c[i].root == c[i - 1].root)
			continue;
		if (++roots > MODEL_PAGE_ROOTS) {
			*next = c[i - 1].root;
			return i;
		}
	}
	if (i == n)
		return n;
	if (c[i - 1].id == c[i - 1].root)	/* its replies come with it */
		i--;
	*next = c[i - 1].id;
	return i;
}

/* n rows of a page, behind those that the page has. */
static void
take_comments(struct arena *a, const PGresult *rs, size_t n,
    struct thread_page *page)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);
		struct comment *c = &page->comments[page->ncomments + i];

		store_thread_comment(&row, &page->thread, c);
		c->marks = (int)store_row_int(&row);
		c->note = store_row_str(&row);
		c->after = page->sort == SORT_OLDEST ? page->after : -1;
	}
}

/* First on the first page; few threads have any, so it is asked for apart. */
static enum err
take_pinned(struct store *s, struct arena *a, struct thread_page *page,
    size_t more)
{
	struct store_flight f;
	struct str slug = page->thread.slug;
	size_t i, n;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_site(&f, SQL_THREAD_PINNED), slug);
	if ((e = store_flight_run(&f)) == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		n = room(rs, (size_t)PQntuples(rs));
		page->comments = arena_alloc(a,
		    (n + more + 1) * sizeof(*page->comments));
		take_comments(a, rs, n, page);
		for (i = 0; i < n; i++)
			page->comments[i].marks |=
			    page->comments[i].parent == 0 ? MARK_PINNED : 0;
		page->ncomments = n;
	}
	store_flight_close(&f);
	return e;
}

static enum err
take_page(const struct store_flight *f, struct thread_page *page)
{
	const PGresult *head = store_flight_result(f, 0);
	const PGresult *rs = store_flight_result(f, 1);
	struct store_row row = store_row_at(head, 0, f->arena);
	size_t n = (size_t)PQntuples(rs), most = room(rs, n), pinned;
	enum err e = OK;

	if (PQntuples(head) == 0)
		return ERR_NOT_FOUND;
	store_row_thread(&row, &page->thread);
	store_row_strs(&row, &pinned);
	page->thread.own = store_row_bool(&row);
	page->ncomments = 0;
	if (pinned > 0 && page->after == 0 && page->sort != SORT_FEED)
		e = take_pinned(f->store, f->arena, page, most);
	else
		page->comments = arena_alloc(f->arena,
		    (most + 1) * sizeof(*page->comments));
	if (e != OK)
		return e;
	take_comments(f->arena, rs, most, page);
	page->ncomments += cut_page(page->comments + page->ncomments, n, most,
	    &page->next);
	model_order(f->arena, page->comments, page->ncomments);
	return OK;
}

/* The head goes first: a version must not be newer than what it stands for. */
enum err
store_thread_page(struct store *s, struct arena *a,
    const struct store_view *view, struct thread_page *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	add_page(&f, view);
	e = store_flight_run(&f);
	ret->sort = view->sort;
	ret->after = view->after;
	if (e == OK)
		e = take_page(&f, ret);
	store_flight_close(&f);
	return e;
}

enum err
store_review_page(struct store *s, struct arena *a,
    const struct store_view *view, struct review *review,
    struct thread_page *page)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	add_page(&f, view);
	store_query_str(store_flight_site(&f, SQL_REVIEW_GET), view->slug);
	store_query_str(store_flight_site(&f, SQL_PASSAGE_LIST), view->slug);
	store_query_str(store_flight_site(&f, SQL_LETTER_OF), view->slug);
	e = store_flight_run(&f);
	page->sort = view->sort;
	page->after = view->after;
	if (e == OK)
		e = take_page(&f, page);
	if (e == OK)
		e = store_review_take(store_flight_result(&f, 2), a, review);
	if (e == OK)
		store_passage_take(store_flight_result(&f, 3), a, review);
	if (e == OK)
		store_letter_take(store_flight_result(&f, 4), a, page);
	store_flight_close(&f);
	return e;
}

enum err
store_thread_closing(struct store *s, struct arena *a,
    struct store_closing *c)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_THREAD_CLOSING);
	store_query_int(q, c->after);
	store_query_int(q, c->until);
	if ((e = store_flight_run(&f)) == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		c->n = (size_t)PQntuples(rs);
		c->more = c->n > CLOSING_MOST;
		c->n -= c->more;
		c->slugs = arena_alloc(a, (c->n + 1) * sizeof(*c->slugs));
		for (i = 0; i < c->n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			c->slugs[i] = store_row_str(&row);
		}
	}
	store_flight_close(&f);
	return e;
}

enum err
store_thread_language(struct store *s, struct arena *a, struct str slug,
    struct str *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_site(&f, SQL_THREAD_LANGUAGE), slug);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		*ret = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_thread_version(struct store *s, int64_t thread, int64_t *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_int(store_flight_add(&f, SQL_THREAD_VERSION), thread);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*ret = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_thread_counts(struct store *s, struct arena *a, const struct str *slugs,
    size_t n, int64_t *counts)
{
	struct store_flight f;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_strs(store_flight_site(&f, SQL_THREAD_COUNTS), slugs, n);
	e = store_flight_run(&f);
	for (i = 0; e == OK && i < n; i++) {
		struct store_row row = store_row_at(store_flight_result(&f, 0),
		    (int)i, a);

		counts[i] = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}
