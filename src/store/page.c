/* page.c: a page of a thread, alone or under its review. */
#include "store/internal.h"

_Static_assert(MODEL_PAGE_ROOTS == 50 && MODEL_PAGE_MOST == 500,
    "sql/queries/page.sql reads one root and one comment more than these");

enum {
	PAGE_HTML = 6,			/* column of a page's rows */
	SHORT = 200			/* comments: all are read, then cut */
};

/* Where a page begins: of this root what follows this comment, then the roots
 * behind it. */
struct key {
	int64_t root, id;
	struct str best;		/* of the root, as text */
	bool stray;			/* that comment is not in the thread */
};

struct pinned {
	int64_t *ids;
	size_t n;
};

/* Asked for once: a thread keeps its id as long as its review is there. */
static enum err
find_thread(struct store *s, struct arena *a, struct str slug, int64_t *id)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	if ((*id = store_guess_id(s, slug)) != 0)
		return OK;
	store_flight_open(&f, s, a);
	store_query_str(store_flight_site(&f, SQL_THREAD_ID), slug);
	if ((e = store_flight_row(&f, &row)) == OK)
		*id = store_row_int(&row);
	store_flight_close(&f);
	return e;
}

/* The key behind the comment `after`: a root is over with all its replies, a
 * reply means that its root goes on behind it. */
static void
set_key(struct key *key, enum model_sort sort, int64_t after,
    struct store_row *row)
{
	bool over;

	key->root = store_row_int(row);
	over = store_row_int(row) == 0;
	key->best = store_row_str(row);
	key->stray = false;
	key->id = over ? 0 : after;
	if (over)
		key->root += sort == SORT_OLDEST ? 1 : -1;
}

static enum err
find_key(struct store *s, struct arena *a, const struct store_view *v,
    int64_t thread, struct key *key)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	*key = (struct key){ v->after, 0, STR("2"), v->after != 0 };
	if (v->sort != SORT_OLDEST && (v->after == 0 || v->sort == SORT_BEST))
		key->root = INT64_MAX;
	if (v->after == 0)
		return OK;
	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_PAGE_AFTER);
	store_query_int(q, thread);
	store_query_int(q, v->after);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) > 0) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		set_key(key, v->sort, v->after, &row);
	}
	store_flight_close(&f);
	return e;
}

/* The head goes first: a version must not be newer than what it stands for. */
static void
add_page(struct store_flight *f, const struct store_view *v, int64_t thread,
    const struct key *key)
{
	static const enum store_sql pages[] = {
		[SORT_OLDEST] = SQL_PAGE_OLDEST,
		[SORT_NEWEST] = SQL_PAGE_NEWEST,
		[SORT_BEST] = SQL_PAGE_BEST,
		[SORT_FEED] = SQL_PAGE_FEED
	};
	struct store_query *q = store_flight_site(f, SQL_THREAD_HEAD);
	bool whole = v->sort == SORT_OLDEST && v->after == 0 &&
	    store_guess_count(f->store, v->slug) <= SHORT;

	store_query_str(q, v->slug);
	store_query_int(q, thread);
	q = store_flight_add(f, whole ? SQL_PAGE_WHOLE : pages[v->sort]);
	store_query_int(q, thread);
	if (v->sort == SORT_BEST)
		store_query_str(q, key->best);
	if (v->sort != SORT_FEED && !whole) {
		store_query_int(q, key->root);
		store_query_int(q, key->id);
	}
}

/* What is not shown stands on a page for its replies alone. */
static void
make_tombstone(struct comment *c)
{
	if (c->state != STATE_ERASED)
		c->state = STATE_REMOVED;
	c->author = c->badge = c->html = c->anchor = c->note = STR("");
	c->edited = 0;
	c->votes = c->marks = 0;
	c->spoiler = false;
}

static void
take_comment(struct store_row *r, struct comment *c)
{
	bool shown, moved;

	c->id = store_row_int(r);
	c->parent = store_row_int(r);
	c->root = store_row_int(r);
	shown = store_row_null(r);
	c->state = store_row_state(r);
	if (shown)
		c->state = STATE_SHOWN;
	c->author = store_row_str(r);
	c->badge = store_row_str(r);
	c->html = store_row_str(r);
	c->anchor = store_row_str(r);
	c->reason = store_row_str(r);
	c->posted = store_row_time(r);
	c->edited = store_row_time(r);
	c->votes = (int)store_row_int(r);
	c->spoiler = store_row_bool(r);
	c->who = store_row_int(r);
	c->marks = store_row_bool(r) ? MARK_FEATURED : 0;
	c->marks |= store_row_int(r) != 0 ? MARK_LOCKED : 0;
	moved = !store_row_null(r);
	(void)store_row_int(r);
	c->marks |= moved ? MARK_MOVED : 0;
	if (moved)
		c->anchor = STR("");
	c->note = store_row_str(r);
	if (c->state != STATE_REMOVED)
		c->reason = STR("");
	if (c->state != STATE_SHOWN)
		make_tombstone(c);
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

		c->thread = page->thread.id;
		c->slug = page->thread.slug;
		c->title = page->thread.title;
		c->after = page->sort == SORT_OLDEST ? page->after : -1;
		take_comment(&row, c);
	}
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

/* First on the first page, and on no other, which must know them, too; few
 * threads have any, so they are asked for apart. */
static enum err
take_pinned(struct store *s, struct arena *a, struct thread_page *page,
    const struct pinned *pinned, size_t more)
{
	struct store_flight f;
	struct store_query *q;
	size_t i, n;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_PAGE_PINNED);
	store_query_int(q, page->thread.id);
	store_query_ints(q, pinned->ids, pinned->n);
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

static bool
is_among(const struct comment *c, size_t n, int64_t id)
{
	size_t i;

	for (i = 0; i < n && c[i].id != id; i++)
		;
	return i < n;
}

/* The first `pinned` comments stand on the first page alone; what had no room
 * among them is where it would be. */
static void
leave_pinned(struct thread_page *page, size_t pinned)
{
	size_t i, n = pinned;

	for (i = pinned; i < page->ncomments; i++)
		if (!is_among(page->comments, pinned, page->comments[i].id))
			page->comments[n++] = page->comments[i];
	page->ncomments = n;
	if (page->after != 0) {
		page->comments += pinned;
		page->ncomments -= pinned;
	}
}

static enum err
take_page(const struct store_flight *f, struct thread_page *page)
{
	const PGresult *head = store_flight_result(f, 0);
	const PGresult *rs = store_flight_result(f, 1);
	struct store_row row = store_row_at(head, 0, f->arena);
	size_t n = (size_t)PQntuples(rs), most = room(rs, n), from;
	bool feed = page->sort == SORT_FEED;
	struct pinned pinned, featured;
	enum err e = OK;

	if (PQntuples(head) == 0)
		return ERR_NOT_FOUND;
	store_row_thread(&row, &page->thread);
	pinned.ids = store_row_ints(&row, &pinned.n);
	page->thread.own = store_row_bool(&row);
	featured.ids = store_row_ints(&row, &featured.n);
	store_guess_keep(f->store, &page->thread);
	page->ncomments = page->nfeatured = 0;
	if (pinned.n > 0 && !feed)
		e = take_pinned(f->store, f->arena, page, &pinned, most);
	else
		page->comments = arena_alloc(f->arena,
		    (most + 1) * sizeof(*page->comments));
	if (e == OK && featured.n > 0 && !feed && page->after == 0)
		e = store_letter_featured(f->store, f->arena, featured.ids,
		    featured.n, page);
	if (e != OK)
		return e;
	from = page->ncomments;
	take_comments(f->arena, rs, most, page);
	page->ncomments += cut_page(page->comments + from, n, most,
	    &page->next);
	leave_pinned(page, from);
	model_order(f->arena, page->comments, page->ncomments);
	return OK;
}

static void
add_review(struct store_flight *f, struct str slug)
{
	store_query_str(store_flight_site(f, SQL_REVIEW_GET), slug);
	store_query_str(store_flight_site(f, SQL_PASSAGE_LIST), slug);
	store_query_str(store_flight_site(f, SQL_LETTER_OF), slug);
}

static enum err
take_review(const struct store_flight *f, struct review *review,
    struct thread_page *page)
{
	enum err e = store_review_take(store_flight_result(f, 2), f->arena,
	    review);

	if (e != OK)
		return e;
	store_passage_take(store_flight_result(f, 3), f->arena, review);
	page->letters = store_letter_take(store_flight_result(f, 4), f->arena,
	    &page->nletters);
	return OK;
}

static enum err
read_page(struct store *s, struct arena *a, const struct store_view *view,
    struct review *review, struct thread_page *page)
{
	struct store_flight f;
	int64_t thread;
	struct key key;
	enum err e;

	page->sort = view->sort;
	page->after = view->after;
	e = find_thread(s, a, view->slug, &thread);
	if (e == OK)
		e = find_key(s, a, view, thread, &key);
	if (e != OK)
		return e;
	page->stray = key.stray;
	store_flight_open(&f, s, a);
	add_page(&f, view, thread, &key);
	if (review != NULL)
		add_review(&f, view->slug);
	e = store_flight_run(&f);
	if (e == OK)
		e = take_page(&f, page);
	if (e == OK && review != NULL)
		e = take_review(&f, review, page);
	store_flight_close(&f);
	return e;
}

/* The id that we knew may be that of a review which is there no more. */
enum err
store_page_review(struct store *s, struct arena *a,
    const struct store_view *view, struct review *review,
    struct thread_page *page)
{
	bool known = store_guess_id(s, view->slug) != 0;
	enum err e = read_page(s, a, view, review, page);

	if (e != ERR_NOT_FOUND || !known)
		return e;
	store_guess_forget(s, view->slug);
	return read_page(s, a, view, review, page);
}

enum err
store_page_thread(struct store *s, struct arena *a,
    const struct store_view *view, struct thread_page *ret)
{
	return store_page_review(s, a, view, NULL, ret);
}
