/* row.c: one row of a result, column after column. */
#include <assert.h>
#include <string.h>

#include "store/internal.h"

struct store_row
store_row_at(const PGresult *rs, int row, struct arena *a)
{
	return (struct store_row){ rs, row, 0, a };
}

bool
store_row_null(const struct store_row *r)
{
	return PQgetisnull(r->rs, r->row, r->col) != 0;
}

static struct str
take(struct store_row *r)
{
	int col = r->col++;

	assert(col < PQnfields(r->rs));
	return (struct str){ PQgetvalue(r->rs, r->row, col),
	    (size_t)PQgetlength(r->rs, r->row, col) };
}

int64_t
store_row_int(struct store_row *r)
{
	int64_t n = 0;

	return str_int64(take(r), &n) ? n : 0;
}

bool
store_row_bool(struct store_row *r)
{
	return str_is(take(r), "t");
}

struct str
store_row_str(struct store_row *r)
{
	return arena_str(r->arena, take(r));
}

struct uuid
store_row_uuid(struct store_row *r)
{
	struct uuid u = { { 0 } };

	return uuid_parse(take(r), &u) ? u : (struct uuid){ { 0 } };
}

static unsigned
hex(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* bytea's text: \x and lower-case hex. */
void
store_row_hash(struct store_row *r, unsigned char ret[32])
{
	struct str s = take(r);
	size_t i;

	memset(ret, 0, 32);
	if (s.len != 2 + 64)
		return;
	for (i = 0; i < 32; i++)
		ret[i] = (unsigned char)(hex(s.at[2 + 2 * i]) << 4 |
		    hex(s.at[3 + 2 * i]));
}

/* One element off the front of an array's text, and the sign behind it. */
static struct str
element(struct store_row *r, struct str *rest)
{
	bool quoted = rest->len > 0 && rest->at[0] == '"';
	struct buf b = buf_new(r->arena, 32);
	size_t i = quoted;

	for (; i < rest->len; i++) {
		char c = rest->at[i];

		if (quoted ? c == '"' : c == ',' || c == '}')
			break;
		if (c == '\\' && i + 1 < rest->len)
			c = rest->at[++i];
		buf_char(&b, c);
	}
	*rest = str_cut(*rest, i + 1 + quoted, rest->len);
	return buf_view(&b);
}

/* A one-dimensional array's text: {a,"b \"c\"",d}; no NULLs are stored. */
struct str *
store_row_strs(struct store_row *r, size_t *n)
{
	struct str rest = take(r), *all;
	size_t i, most = 1;

	*n = 0;
	for (i = 0; i < rest.len; i++)
		most += rest.at[i] == ',';
	all = arena_alloc(r->arena, most * sizeof(*all));
	if (rest.len <= 2)
		return all;
	rest = str_cut(rest, 1, rest.len - 1);
	while (rest.len > 0)
		all[(*n)++] = element(r, &rest);
	return all;
}

enum model_state
store_row_state(struct store_row *r)
{
	enum model_state state = STATE_HELD;

	return model_state_parse(take(r), &state) ? state : STATE_HELD;
}

enum model_policy
store_row_policy(struct store_row *r)
{
	enum model_policy policy = POLICY_CLOSED;

	return model_policy_parse(take(r), &policy) ? policy : POLICY_CLOSED;
}

void
store_row_comment(struct store_row *r, struct comment *c)
{
	memset(c, 0, sizeof(*c));
	c->thread = store_row_int(r);
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
	c->body = store_row_str(r);
	c->person = store_row_uuid(r);
	c->slug = store_row_str(r);
	c->title = store_row_str(r);
	c->spoiler = store_row_bool(r);
}

void
store_row_thread(struct store_row *r, struct thread *t)
{
	memset(t, 0, sizeof(*t));
	t->id = store_row_int(r);
	t->version = store_row_int(r);
	t->count = store_row_int(r);
	t->policy = store_row_policy(r);
	t->closes_at = store_row_int(r);
	t->title = store_row_str(r);
	t->language = store_row_str(r);
	t->slug = store_row_str(r);
	t->minutes = (int)store_row_int(r);
}
