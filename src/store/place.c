/* place.c: on which page of its thread a comment is. */
#include "store/internal.h"

/* Whether the page that begins after `after` shows it. */
static enum err
shows(struct store *s, struct arena *a, const struct comment *c,
    int64_t after, bool *ret)
{
	const struct store_view view = {
		.slug = c->slug, .sort = SORT_OLDEST, .after = after
	};
	struct thread_page page;
	enum err e;
	size_t i;

	if ((e = store_page_thread(s, a, &view, &page)) != OK)
		return e;
	for (i = 0; i < page.ncomments && page.comments[i].id != c->id; i++)
		;
	*ret = i < page.ncomments;
	return OK;
}

/* The root and the reply that a page may begin behind, so that it holds the
 * whole branch, or at least the comment. */
static enum err
before(struct store *s, struct arena *a, const struct comment *c,
    int64_t ret[2])
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_COMMENT_BEFORE);
	store_query_int(q, c->thread);
	store_query_int(q, c->id);
	if ((e = store_flight_row(&f, &row)) == OK) {
		ret[0] = store_row_int(&row);
		ret[1] = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_place_find(struct store *s, struct arena *a, struct comment *c)
{
	int64_t behind[2];
	bool found;
	enum err e;

	c->after = 0;
	if ((e = shows(s, a, c, 0, &found)) != OK || found)
		return e;
	if ((e = before(s, a, c, behind)) != OK)
		return e;
	c->after = behind[0];
	if (behind[0] != 0 && ((e = shows(s, a, c, behind[0], &found)) != OK ||
	    found))
		return e;
	c->after = behind[1] != 0 ? behind[1] : behind[0];
	return OK;
}
