/* ingest_help.h: reads a review out of a literal; joins lists for comparing. */
#ifndef INGEST_HELP_H
#define INGEST_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ingest/internal.h"

/* Test functions take `state`; it holds the arena. */
static inline int
help_open(void **state)
{
	*state = arena_new(INGEST_ARENA);
	return 0;
}

static inline int
help_close(void **state)
{
	arena_free(*state);
	return 0;
}

#define HELP_TEST(f)							\
	cmocka_unit_test_setup_teardown(f, help_open, help_close)

static inline struct ingest
help_read(struct arena *a, const char *name, const char *text)
{
	struct ingest got = { .nnotes = 0 };
	struct str why = STR("");

	if (ingest_review(a, name, str_of(text), &got, &why) != OK)
		fail_msg("refused: " STR_FMT, STR_ARG(why));
	return got;
}

static inline void
help_equal(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("got <" STR_FMT ">, not <%s>", STR_ARG(got), want);
}

/* "a|b|c" */
static inline struct str
help_join(struct arena *a, const struct str *each, size_t n)
{
	struct buf b = buf_new(a, 64);

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, '|');
		buf_str(&b, each[i]);
	}
	return buf_view(&b);
}

/* "Role=a|b;Role=c" */
static inline struct str
help_credits(struct arena *a, const struct review *rv)
{
	struct buf b = buf_new(a, 64);

	for (size_t i = 0; i < rv->ncredits; i++) {
		if (i > 0)
			buf_char(&b, ';');
		buf_str(&b, rv->credits[i].role);
		buf_char(&b, '=');
		buf_str(&b, help_join(a, rv->credits[i].names,
		    rv->credits[i].nnames));
	}
	return buf_view(&b);
}

/* "7 not placed <text>;" or, of what was dropped, "7 -Facebook <text>;" */
static inline struct str
help_notes(struct arena *a, const struct ingest *got)
{
	struct buf b = buf_new(a, 64);

	for (size_t i = 0; i < got->nnotes; i++)
		buf_fmt(&b, "%d %s%s <" STR_FMT ">;", got->notes[i].line,
		    got->notes[i].dropped ? "-" : "", got->notes[i].what,
		    STR_ARG(got->notes[i].text));
	return buf_view(&b);
}

#endif
