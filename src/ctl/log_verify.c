/* log_verify.c: foyerctl log verify: nothing was changed, nothing dropped. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/seals.h"

struct chain {
	int64_t head;			/* the row that the head names */
	unsigned char head_hash[32];
	int64_t id, rows;		/* the last row seen, how many */
	unsigned char hash[32];		/* its hash; zeros before the first */
	bool met;			/* the head's row was seen, unbroken */
	struct ctl_seals seals;		/* what was signed, by row */
	size_t next;			/* the first whose row is to come */
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

/* The row as it was when it was the last and was signed. */
static int
check_seals(struct chain *chain, const struct log_row *row)
{
	while (chain->next < chain->seals.n) {
		const struct seal_mark *mark =
		    &chain->seals.marks[chain->next];

		if (mark->row > row->id)
			break;
		if (mark->row < row->id || memcmp(mark->hash, row->hash,
		    sizeof(mark->hash)) != 0)
			return broken(row, "it is not what was signed: this "
			    "row or one before it was made anew");
		chain->next++;
	}
	return CTL_DONE;
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
	return check_seals(chain, row);
}

/* Rows that come while this goes on lie behind the head. */
static int
walk(struct ctl *c, struct chain *chain)
{
	struct ctl_progress progress = { "log verify", chain->head, 0 };
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
		ctl_progress_show(&progress, chain->id);
	} while (status == CTL_DONE && n > 0);
	ctl_progress_end(&progress);
	arena_free(a);
	return status;
}

/* What was cut off the end, together with the head or not. */
static int
check_end(const struct chain *chain)
{
	char at[CLOCK_TEXT];

	if (chain->next < chain->seals.n) {
		const struct seal_mark *last =
		    &chain->seals.marks[chain->seals.n - 1];

		clock_rfc3339(last->at, at);
		return ctl_say_failed("row %lld is missing: on %s rows up to "
		    "%lld were signed", (long long)chain->id + 1, at,
		    (long long)last->row);
	}
	if (chain->head != 0 && !chain->met)
		return ctl_say_failed("row %lld is missing: it was the last",
		    (long long)chain->head);
	return CTL_DONE;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	const char *kept = NULL;
	const struct ctl_option options[] = { { "seals", &kept, NULL } };
	struct chain chain = { .id = 0 };
	int words = ctl_options(c, argc, argv, options, COUNT(options)), status;
	enum err e;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL || !ctl_seals_read(c, kept,
	    &chain.seals))
		return CTL_FAILED;
	e = store_log_head(c->store, &chain.head, chain.head_hash);
	if (e != OK)
		return ctl_open_trouble(c, e, "the log");
	if ((status = walk(c, &chain)) != CTL_DONE ||
	    (status = check_end(&chain)) != CTL_DONE)
		return status;
	printf("%lld rows, unbroken; the last is %lld ",
	    (long long)chain.rows, (long long)chain.id);
	for (size_t i = 0; i < sizeof(chain.hash); i++)
		printf("%02x", chain.hash[i]);
	putchar('\n');
	if (chain.seals.gone > 0)
		printf("%zu signed heads are by keys that were retired\n",
		    chain.seals.gone);
	if (chain.seals.n > 0)
		printf("%zu signed heads fit\n", chain.seals.n);
	return CTL_DONE;
}

const struct ctl_command ctl_log_verify = {
	"log verify", "[--seals FILE]",
	"prove that the moderation log is whole",
	"Walks the chain from its first row to its head, and holds it to the "
	"heads that\nfoyerd has signed each day. Names the first row that was "
	"changed, is missing\nor does not follow, and ends with 1.\n\n"
	"  --seals FILE   what log seal printed, a line each, kept elsewhere: "
	"who can\n                 rewrite the whole database can't rewrite "
	"that\n\n"
	"  foyerctl log verify\n",
	run
};
