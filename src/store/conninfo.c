/* conninfo.c: reads connection strings and makes one of another. */
#include <libpq-fe.h>
#include <string.h>

#include "store/store.h"

/* What the parts say of a key, else what was there. */
static const char *
value_of(const PQconninfoOption *o, const struct store_conninfo *parts,
    size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(parts[i].key, o->keyword) == 0)
			return parts[i].value;
	return o->val;
}

static void
put(struct buf *b, const char *key, const char *value)
{
	buf_fmt(b, "%s%s='", buf_view(b).len > 0 ? " " : "", key);
	for (; *value != '\0'; value++) {
		if (*value == '\'' || *value == '\\')
			buf_char(b, '\\');
		buf_char(b, *value);
	}
	buf_char(b, '\'');
}

const char *
store_conninfo_with(struct arena *a, const char *conninfo,
    const struct store_conninfo *parts, size_t n)
{
	PQconninfoOption *options = PQconninfoParse(conninfo, NULL), *o;
	struct buf b = buf_new(a, 200);
	const char *value;

	if (options == NULL)
		return NULL;
	for (o = options; o->keyword != NULL; o++)
		if ((value = value_of(o, parts, n)) != NULL)
			put(&b, o->keyword, value);
	PQconninfoFree(options);
	return buf_cstr(&b);
}

const char *
store_conninfo_get(struct arena *a, const char *conninfo, const char *key)
{
	PQconninfoOption *options = PQconninfoParse(conninfo, NULL), *o;
	const char *value = "";

	for (o = options; o != NULL && o->keyword != NULL; o++)
		if (strcmp(o->keyword, key) == 0 && o->val != NULL)
			value = arena_cstr(a, str_of(o->val));
	PQconninfoFree(options);
	return value;
}

const char *
store_conninfo_as(struct arena *a, const struct store_setup *s,
    const char *role)
{
	const struct store_conninfo parts[] = {
		{ "dbname", store_conninfo_get(a, s->web, "dbname") },
		{ "options", arena_fmt(a, "-c role=%s", role).at }
	};

	return store_conninfo_with(a, s->admin, parts, COUNT(parts));
}
