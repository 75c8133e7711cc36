/* hosts.c: a connection string that names several servers, one by one. */
#include <string.h>

#include "store/internal.h"

/* libpq tries them in order, too, but one that takes the connection and says
 * nothing would keep it for ever, and it begins with the first each time. */

static size_t
parts(const char *list)
{
	size_t n = 1;

	for (; list != NULL && *list != '\0'; list++)
		n += *list == ',';
	return n;
}

/* The i-th of a list; what is no list holds for all. */
static const char *
part(struct arena *a, const char *list, size_t i)
{
	const char *end;

	if (list == NULL || parts(list) == 1)
		return list == NULL ? NULL : arena_cstr(a, str_of(list));
	for (; i > 0 && (end = strchr(list, ',')) != NULL; i--)
		list = end + 1;
	return arena_cstr(a, (struct str){ list, strcspn(list, ",") });
}

static const char *
option(const PQconninfoOption *o, const char *key)
{
	for (; o != NULL && o->keyword != NULL; o++)
		if (strcmp(o->keyword, key) == 0)
			return o->val;
	return NULL;
}

void
store_hosts_read(struct store *s, struct arena *a)
{
	PQconninfoOption *o = PQconninfoParse(s->conninfo, NULL);
	const char *host = option(o, "host"), *addr = option(o, "hostaddr");
	struct store_host *all;
	size_t i, n = parts(host != NULL ? host : addr);

	all = arena_alloc(a, n * sizeof(*all));
	for (i = 0; i < n && n > 1; i++)
		all[i] = (struct store_host){ part(a, host, i),
		    part(a, addr, i), part(a, option(o, "port"), i) };
	PQconninfoFree(o);
	s->hosts = all;
	s->nhosts = n;
	s->host = 0;
}

void
store_hosts_next(struct store *s)
{
	s->host = (s->host + 1) % s->nhosts;
	s->silent = false;
}
