/* vote.c: which comments readers find helpful, one vote each. */
#include "store/internal.h"

static void
put_place(struct store_query *q, const struct store_place *at)
{
	store_query_str(q, at->slug);
	store_query_int(q, at->id);
	store_query_uuid(q, &at->person);
}

static enum err
take_cast(const PGresult *rs, struct store_vote *ret)
{
	struct store_row row = store_row_at(rs, 0, NULL);
	bool own, banned;

	if (PQntuples(rs) == 0)
		return ERR_NOT_FOUND;
	own = store_row_bool(&row);
	banned = store_row_bool(&row);
	ret->votes = (int)store_row_int(&row);
	ret->told = store_row_bool(&row);
	return own ? ERR_OWN : banned ? ERR_BANNED : OK;
}

enum err
store_vote_cast(struct store *s, struct arena *a, const struct store_place *at,
    bool helpful, struct store_vote *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_VOTE_CAST);
	put_place(q, at);
	store_query_str(q, helpful ? STR("t") : STR("f"));
	ret->voted = helpful;
	e = store_flight_run(&f);
	if (e == OK)
		e = take_cast(store_flight_result(&f, 0), ret);
	store_flight_close(&f);
	return e;
}

enum err
store_vote_get(struct store *s, struct arena *a, const struct store_place *at,
    struct comment *c, bool *voted)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_COMMENT_GET);
	store_query_str(q, at->slug);
	store_query_int(q, at->id);
	put_place(store_flight_site(&f, SQL_VOTE_GET), at);
	if ((e = store_flight_row(&f, &row)) == OK) {
		store_row_comment(&row, c);
		row = store_row_at(store_flight_result(&f, 1), 0, a);
		*voted = store_row_bool(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_vote_tell(struct store *s, int64_t *threads)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_VOTE_TELL);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*threads = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}
