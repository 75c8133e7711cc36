/* outbox.c: mail that is to be sent, once, whoever of us does it. */
#include "store/internal.h"

/* The lock is a statement of its own, so that the next one's snapshot is not
 * older than what the one before us left. */
static enum err
follow_work(struct store *s, void *arg)
{
	struct store_flight f;
	enum err e;

	(void)arg;
	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_BEGIN);
	store_flight_add(&f, SQL_OUTBOX_LOCK);
	store_flight_add(&f, SQL_OUTBOX_FOLLOW);
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

enum err
store_outbox_follow(struct store *s)
{
	return store_flight_work(s, follow_work, NULL);
}

enum err
store_outbox_digest(struct store *s, int minutes)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_query_int(store_flight_site(&f, SQL_OUTBOX_DIGEST), minutes);
	return store_flight_end(&f);
}

enum err
store_outbox_take(struct store *s, struct arena *a, struct store_mail *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_site(&f, SQL_OUTBOX_TAKE);
	if ((e = store_flight_row(&f, &row)) == OK) {
		ret->thread = store_row_int(&row);
		ret->comment = store_row_int(&row);
		ret->kind = store_row_str(&row);
		ret->about = store_row_int(&row);
		ret->tried = store_row_int(&row);
		ret->made = store_row_int(&row);
		ret->person = store_row_uuid(&row);
		ret->address = store_row_str(&row);
		ret->wanted = store_row_bool(&row);
		ret->slug = store_row_str(&row);
		ret->title = store_row_str(&row);
		ret->language = store_row_str(&row);
		ret->author = store_row_str(&row);
		ret->text = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

static enum err
settle(struct store *s, enum store_sql sql, const struct store_mail *m)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_site(&f, sql);
	store_query_int(q, m->thread);
	store_query_int(q, m->comment);
	store_query_str(q, m->kind);
	store_query_int(q, m->about);
	return store_flight_end(&f);
}

enum err
store_outbox_over(struct store *s, const struct store_mail *m)
{
	return settle(s, SQL_OUTBOX_OVER, m);
}

enum err
store_outbox_back(struct store *s, const struct store_mail *m)
{
	return settle(s, SQL_OUTBOX_BACK, m);
}

enum err
store_outbox_waiting(struct store *s, int64_t *n, int64_t *age)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_flight_site(&f, SQL_OUTBOX_WAITING);
	if ((e = store_flight_row(&f, &row)) == OK) {
		*n = store_row_int(&row);
		*age = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_outbox_retire(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_OUTBOX_RETIRE);
	return store_flight_end(&f);
}
