/* person.c: somebody who writes, with or without an account. */
#include "store/internal.h"

enum { PAGE = 50 };

static int
take_role(struct store_row *row)
{
	enum model_role role = ROLE_GUEST;

	return model_role_parse(store_row_str(row), &role) ? (int)role :
	    ROLE_GUEST;
}

static void
take_person(struct store_row *row, struct person_page *p)
{
	size_t i;

	p->is.name = store_row_str(row);
	p->account = store_row_str(row);
	p->is.role = take_role(row);
	p->suspended = store_row_bool(row);
	p->is.trusted = store_row_bool(row);
	p->note = store_row_str(row);
	p->note_by = store_row_str(row);
	p->note_at = store_row_int(row);
	p->is.ban = store_row_str(row);
	p->ban_reason = store_row_str(row);
	p->ban_by = store_row_str(row);
	for (i = 0; i < COUNT(p->counts); i++)
		p->counts[i] = store_row_int(row);
	p->first = store_row_int(row);
	p->is.seen = store_row_int(row);
	p->mail = store_row_bool(row);
}

static void
take_comments(const PGresult *rs, struct arena *a, struct person_page *p)
{
	size_t i, n = (size_t)PQntuples(rs);

	p->ncomments = n < PAGE ? n : PAGE;
	p->comments = arena_alloc(a, (n + 1) * sizeof(*p->comments));
	for (i = 0; i < p->ncomments; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		store_row_comment(&row, &p->comments[i]);
	}
	p->next = n > PAGE ? p->comments[PAGE - 1].id : 0;
}

static void
take_near(const PGresult *rs, struct arena *a, struct person_page *p)
{
	size_t i;

	p->nnear = (size_t)PQntuples(rs);
	p->near = arena_alloc(a, (p->nnear + 1) * sizeof(*p->near));
	for (i = 0; i < p->nnear; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		p->near[i].id = store_row_uuid(&row);
		p->near[i].name = store_row_str(&row);
	}
}

static void
take_names(const PGresult *rs, struct arena *a, struct person_page *p)
{
	size_t i;

	p->nnames = (size_t)PQntuples(rs);
	p->names = arena_alloc(a, (p->nnames + 1) * sizeof(*p->names));
	for (i = 0; i < p->nnames; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		p->names[i] = store_row_str(&row);
	}
}

static enum err
take_all(const struct store_flight *f, struct person_page *p)
{
	const PGresult *rs = store_flight_result(f, 0);
	struct store_row row = store_row_at(rs, 0, f->arena);

	if (PQntuples(rs) == 0)
		return ERR_NOT_FOUND;
	take_person(&row, p);
	take_comments(store_flight_result(f, 1), f->arena, p);
	take_near(store_flight_result(f, 2), f->arena, p);
	take_names(store_flight_result(f, 3), f->arena, p);
	return OK;
}

enum err
store_person_get(struct store *s, struct arena *a, const struct uuid *id,
    int64_t before, struct person_page *ret)
{
	static const enum store_sql asked[] = {
		SQL_PERSON_GET, SQL_PERSON_COMMENTS, SQL_PERSON_NEAR,
		SQL_PERSON_NAMES
	};
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	*ret = (struct person_page){ .is.id = *id };
	store_flight_open(&f, s, a);
	for (i = 0; i < COUNT(asked); i++) {
		q = store_flight_site(&f, asked[i]);
		store_query_uuid(q, id);
		if (asked[i] == SQL_PERSON_COMMENTS)
			store_query_int(q, before != 0 ? before : INT64_MAX);
	}
	e = store_flight_run(&f);
	if (e == OK)
		e = take_all(&f, ret);
	store_flight_close(&f);
	return e;
}

enum err
store_person_find(struct store *s, struct arena *a, struct str name,
    struct person_row **ret, size_t *n)
{
	struct store_flight f;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_site(&f, SQL_PERSON_FIND), name);
	if ((e = store_flight_run(&f)) == OK) {
		*n = (size_t)PQntuples(store_flight_result(&f, 0));
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(
			    store_flight_result(&f, 0), (int)i, a);
			struct person_row *p = &(*ret)[i];

			p->id = store_row_uuid(&row);
			p->name = store_row_str(&row);
			p->role = take_role(&row);
			p->seen = store_row_int(&row);
			p->trusted = store_row_bool(&row);
			p->ban = store_row_str(&row);
		}
	}
	store_flight_close(&f);
	return e;
}

static enum err
some(struct store_flight *f, const struct uuid *id, enum store_sql sql,
    struct comment **ret, size_t *n)
{
	enum err e;
	size_t i;

	store_query_uuid(store_flight_site(f, sql), id);
	if ((e = store_flight_run(f)) == OK) {
		*n = (size_t)PQntuples(store_flight_result(f, 0));
		*ret = arena_alloc(f->arena, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(
			    store_flight_result(f, 0), (int)i, f->arena);

			(*ret)[i].slug = store_row_str(&row);
			(*ret)[i].id = store_row_int(&row);
			(*ret)[i].state = store_row_state(&row);
		}
	}
	store_flight_close(f);
	return e;
}

enum err
store_person_here(struct store *s, struct arena *a, const struct uuid *id,
    struct comment **ret, size_t *n)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	return some(&f, id, SQL_PERSON_HERE, ret, n);
}

enum err
store_person_swept(struct store *s, struct arena *a, const struct uuid *id,
    struct comment **ret, size_t *n)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	return some(&f, id, SQL_PERSON_SWEPT, ret, n);
}

static void
take_ban(struct store_row *row, struct ban *b)
{
	b->id = store_row_int(row);
	b->person = store_row_uuid(row);
	b->name = store_row_str(row);
	b->domain = store_row_str(row);
	b->told = store_row_str(row);
	b->reason = store_row_str(row);
	b->by = store_row_str(row);
	b->since = store_row_int(row);
	b->over = store_row_bool(row);
}

enum err
store_person_bans(struct store *s, struct arena *a, int64_t before,
    struct ban **ret, size_t *n)
{
	struct store_flight f;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_BAN_LIST),
	    before != 0 ? before : INT64_MAX);
	if ((e = store_flight_run(&f)) == OK) {
		*n = (size_t)PQntuples(store_flight_result(&f, 0));
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(
			    store_flight_result(&f, 0), (int)i, a);

			take_ban(&row, &(*ret)[i]);
		}
	}
	store_flight_close(&f);
	return e;
}
