/* thread_set.c: foyerctl thread set: who may post in a thread, until when. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"

struct change {
	const char *policy, *closes_at;
};

/* What is not given stays as it is. */
static bool
decide(struct ctl *c, const struct change *change, const struct thread *was,
    struct store_terms *terms)
{
	*terms = (struct store_terms){ was->policy, was->closes_at,
	    false };
	if (change->policy != NULL &&
	    !model_policy_parse(str_of(change->policy), &terms->policy)) {
		ctl_say_usage(c, "%s", err_sentence(ERR_POLICY_BAD));
		return false;
	}
	if (change->closes_at == NULL)
		return true;
	if (strcmp(change->closes_at, "never") == 0) {
		terms->closes_at = 0;
		return true;
	}
	if (!clock_parse(str_of(change->closes_at), &terms->closes_at)) {
		ctl_say_usage(c, "%s", err_sentence(ERR_TIME_BAD));
		return false;
	}
	return true;
}

static int
set(struct ctl *c, struct str slug, const struct change *change)
{
	const struct store_view view = { .slug = slug, .sort = SORT_OLDEST };
	struct thread_page page;
	struct store_terms terms;
	char when[CLOCK_TEXT] = "never";
	enum err e = store_page_thread(c->store, c->arena, &view, &page);

	if (e == ERR_NOT_FOUND)
		return ctl_say_failed("there is no review " STR_FMT,
		    STR_ARG(slug));
	if (e != OK)
		return ctl_open_trouble(c, e, "the thread");
	if (!decide(c, change, &page.thread, &terms))
		return CTL_USAGE;
	e = store_terms_set(c->store, c->arena, slug, &terms, NULL);
	if (e != OK)
		return ctl_open_trouble(c, e, "the thread");
	if (terms.closes_at != 0)
		clock_rfc3339(terms.closes_at, when);
	printf(STR_FMT ": policy %s, closes %s\n", STR_ARG(slug),
	    model_policy_name(terms.policy), when);
	return CTL_DONE;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct change change = { NULL, NULL };
	const struct ctl_option options[] = {
		{ "policy", &change.policy, NULL },
		{ "closes-at", &change.closes_at, NULL }
	};
	int words = ctl_options(c, argc, argv, options, COUNT(options));

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (change.policy == NULL && change.closes_at == NULL)
		return ctl_say_usage(c, "--policy or --closes-at is missing");
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	return set(c, str_of(argv[0]), &change);
}

const struct ctl_command ctl_thread_set = {
	"thread set", "SLUG [--policy P] [--closes-at TIME|never]",
	"change who may post in a thread, and until when",
	"Policies: open (comments appear at once), first (a newcomer's comment "
	"waits for\na moderator), all (every comment waits), closed. TIME is "
	"like\n2026-01-31T18:00:00Z. What is not given stays. The moderation "
	"log tells it.\n\n"
	"  foyerctl thread set hedgehog-in-the-fog-1975 --policy all\n",
	run
};
