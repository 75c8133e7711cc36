/* form.c: the fields of a query and of a urlencoded body (WHATWG URL). */
#include "wire/internal.h"

static bool
find(const struct wire_field *fields, size_t n, const char *name, size_t nth,
    struct str *ret)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!str_is(fields[i].name, name))
			continue;
		if (nth-- == 0) {
			*ret = fields[i].value;
			return true;
		}
	}
	return false;
}

/* '+' is a space; an escape that is none stays as it is. */
static struct str
decode(struct arena *arena, struct str raw)
{
	char *at = arena_alloc(arena, raw.len + 1);
	size_t i, n = 0;
	int high, low;

	for (i = 0; i < raw.len; i++) {
		if (raw.at[i] == '%' && raw.len - i > 2 &&
		    (high = wire_hex(raw.at[i + 1])) >= 0 &&
		    (low = wire_hex(raw.at[i + 2])) >= 0) {
			at[n++] = (char)(high << 4 | low);
			i += 2;
		} else {
			at[n++] = raw.at[i];
			if (raw.at[i] == '+')
				at[n - 1] = ' ';
		}
	}
	return (struct str){ at, n };
}

typedef enum err add_fn(struct request *, struct str name, struct str value);

static enum err
urlencoded(struct request *rq, struct str rest, add_fn *add)
{
	struct str pair, name;
	enum err e = OK;

	while (e == OK && str_split(&rest, '&', &pair)) {
		if (pair.len == 0)
			continue;
		str_split(&pair, '=', &name);
		e = add(rq, decode(rq->arena, name), decode(rq->arena, pair));
	}
	return e;
}

static enum err
add_field(struct wire_field *fields, size_t *n, struct str name,
    struct str value)
{
	if (!text_valid(name) || !text_valid(value))
		return ERR_UTF8;
	if (*n == WIRE_FIELDS_MAX)
		return ERR_FIELDS_MANY;
	fields[(*n)++] = (struct wire_field){ name, value };
	return OK;
}

static enum err
add_arg(struct request *rq, struct str name, struct str value)
{
	return add_field(rq->args, &rq->nargs, name, value);
}

/* "select" is a list's checkbox: as many as there are lines. */
enum err
wire_form_add(struct request *rq, struct str name, struct str value)
{
	size_t i;

	for (i = 0; i < rq->nfields; i++)
		if (str_eq(rq->fields[i].name, name) &&
		    !str_is(name, "select"))
			return ERR_FIELD_TWICE;
	return add_field(rq->fields, &rq->nfields, name, value);
}

enum err
wire_form_read(struct request *rq)
{
	struct str type = wire_media(rq->content_type);

	rq->nfields = 0;
	if (rq->body.len == 0)
		return OK;
	if (str_eq_nocase(type, "application/x-www-form-urlencoded"))
		return urlencoded(rq, rq->body, wire_form_add);
	if (str_eq_nocase(type, "multipart/form-data"))
		return wire_form_multipart(rq);
	if (str_eq_nocase(type, "application/json"))
		return wire_form_json(rq);
	return ERR_MEDIA_TYPE;
}

struct str
wire_form_get(const struct request *rq, const char *name)
{
	struct str value = { "", 0 };

	find(rq->fields, rq->nfields, name, 0, &value);
	return value;
}

bool
wire_form_has(const struct request *rq, const char *name)
{
	struct str value;

	return find(rq->fields, rq->nfields, name, 0, &value);
}

bool
wire_form_nth(const struct request *rq, const char *name, size_t nth,
    struct str *ret)
{
	return find(rq->fields, rq->nfields, name, nth, ret);
}

enum err
wire_query_read(struct request *rq)
{
	rq->nargs = 0;
	return urlencoded(rq, rq->query, add_arg);
}

struct str
wire_query_get(const struct request *rq, const char *name)
{
	struct str value = { "", 0 };

	find(rq->args, rq->nargs, name, 0, &value);
	return value;
}

bool
wire_query_nth(const struct request *rq, const char *name, size_t nth,
    struct str *ret)
{
	return find(rq->args, rq->nargs, name, nth, ret);
}
