/* seals.c: heads of the moderation log that were signed, read and checked. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/seals.h"

enum { MOST = 100000, LINE = SEAL_TOKEN_MAX + 2 };

struct seal_keys *
ctl_seals_keys(struct ctl *c)
{
	struct seal_keys *keys = NULL;
	struct str why = STR("");

	if (!ctl_open_settings(c))
		return NULL;
	if (seal_keys_load(c->arena, c->settings.keys, &keys, &why) != OK) {
		ctl_say_failed(STR_FMT, STR_ARG(why));
		return NULL;
	}
	return keys;
}

static bool
take(struct ctl *c, const struct seal_keys *keys, struct str token,
    struct ctl_seals *ret)
{
	if (ret->n == MOST || seal_chain_read(keys, c->arena, c->settings.site,
	    token, &ret->marks[ret->n]) != OK) {
		ctl_say_failed("a seal of the log is not signed by a key of "
		    "%s: " STR_FMT, c->settings.keys, STR_ARG(token));
		return false;
	}
	ret->n++;
	return true;
}

static bool
take_file(struct ctl *c, const struct seal_keys *keys, const char *file,
    struct ctl_seals *ret)
{
	char line[LINE];
	FILE *f = fopen(file, "r");
	bool good = f != NULL;

	if (f == NULL) {
		ctl_say_failed("%s: %s", file, strerror(errno));
		return false;
	}
	while (good && fgets(line, sizeof(line), f) != NULL) {
		struct str token = str_trim(str_of(line));

		good = token.len == 0 || take(c, keys, token, ret);
	}
	fclose(f);
	return good;
}

static int
by_row(const void *a, const void *b)
{
	const struct seal_mark *x = a, *y = b;

	return x->row < y->row ? -1 : x->row > y->row;
}

/* Without a seal no key is asked for. */
bool
ctl_seals_read(struct ctl *c, const char *file, struct ctl_seals *ret)
{
	struct seal_keys *keys = NULL;
	struct store_seal *rows;
	int64_t after = 0;
	size_t n, i;
	bool good = true;

	ret->marks = arena_alloc(c->arena, MOST * sizeof(*ret->marks));
	do {
		enum err e = store_log_seal_list(c->store, c->arena, after,
		    &rows, &n);

		if (e != OK) {
			ctl_open_trouble(c, e, "the log");
			return false;
		}
		if (keys == NULL && (n > 0 || file != NULL) &&
		    (keys = ctl_seals_keys(c)) == NULL)
			return false;
		for (i = 0; good && i < n; i++)
			if (seal_token_known(keys, c->arena, rows[i].seal))
				good = take(c, keys, rows[i].seal, ret);
			else
				ret->gone++;
		after = n > 0 ? rows[n - 1].id : after;
	} while (good && n > 0);
	if (good && file != NULL)
		good = take_file(c, keys, file, ret);
	if (keys != NULL)
		seal_keys_wipe(keys);
	if (good)
		qsort(ret->marks, ret->n, sizeof(*ret->marks), by_row);
	return good;
}
