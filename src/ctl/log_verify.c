/* log_verify.c: foyerctl log verify: nothing was changed, nothing dropped. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

struct chain {
	int64_t head;			/* the row that the head names */
	unsigned char head_hash[32];
	int64_t id, rows;		/* the last row seen, how many */
	unsigned char hash[32];		/* its hash; zeros before the first */
	bool met;			/* the head's row was seen, unbroken */
};

static int
broken(const struct log_row *row, const char *why)
{
	char at[CLOCK_TEXT];

	clock_rfc3339(row->at, at);
	return ctl_say_failed("row %lld (%s, " STR_FMT " by " STR_FMT "): %s",
	    (long long)row->id, at, STR_ARG(row->act),
	    STR_ARG(row->actor_name), why);
}

static int
check_row(struct chain *chain, const struct log_row *row)
{
	unsigned char hash[32];

	if (memcmp(row->prev, chain->hash, sizeof(hash)) != 0)
		return broken(row, "a row before it was changed or is missing");
	seal_chain_hash(row, hash);
	if (memcmp(row->hash, hash, sizeof(hash)) != 0)
		return broken(row, "it was changed");
	if (row->id == chain->head) {
		if (memcmp(chain->head_hash, hash, sizeof(hash)) != 0)
			return broken(row, "it is not the row that was last");
		chain->met = true;
	}
	memcpy(chain->hash, hash, sizeof(hash));
	chain->id = row->id;
	chain->rows++;
	return CTL_DONE;
}

/* Rows that come while this goes on lie behind the head. */
static int
walk(struct ctl *c, struct chain *chain)
{
	struct arena *a = arena_new(CTL_ARENA);
	struct log_row *rows;
	int status = CTL_DONE;
	size_t n;

	do {
		enum err e;

		arena_reset(a);
		e = store_log_walk(c->store, a, chain->id, &rows, &n);
		if (e != OK)
			status = ctl_open_trouble(c, e, "the log");
		for (size_t i = 0; status == CTL_DONE && i < n; i++)
			status = check_row(chain, &rows[i]);
	} while (status == CTL_DONE && n > 0);
	arena_free(a);
	return status;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct chain chain = { .id = 0 };
	int words = ctl_options(c, argc, argv, NULL, 0), status;
	enum err e;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	e = store_log_head(c->store, &chain.head, chain.head_hash);
	if (e != OK)
		return ctl_open_trouble(c, e, "the log");
	if ((status = walk(c, &chain)) != CTL_DONE)
		return status;
	if (chain.head != 0 && !chain.met)
		return ctl_say_failed("row %lld is missing: it was the last",
		    (long long)chain.head);
	printf("%lld rows, unbroken; the last is %lld ",
	    (long long)chain.rows, (long long)chain.id);
	for (size_t i = 0; i < sizeof(chain.hash); i++)
		printf("%02x", chain.hash[i]);
	putchar('\n');
	return CTL_DONE;
}

const struct ctl_command ctl_log_verify = {
	"log verify", "", "prove that the moderation log is whole",
	"Walks the chain from its first row to its head. Names the first row "
	"that was\nchanged or does not follow, and ends with 1. Keep the last "
	"line somewhere else:\nwho can rewrite the whole chain can't rewrite "
	"that.\n\n"
	"  foyerctl log verify\n",
	run
};
