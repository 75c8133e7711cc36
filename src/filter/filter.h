/*
 * filter.h: comment filters: plugins, in processes of their own.
 *
 * The master makes a hub: the plan, a page that everybody sees, one SEQPACKET
 * pair per seat. It execs the host (`foyerd --filter-host`), which forks a
 * runner; that one confines itself (limits, Landlock, seccomp), loads the
 * plugins and answers. A runner that a plugin has killed is replaced by the
 * host in the time of a fork, and goes on after that plugin; a host that died
 * is replaced by the master, on the same pairs. A worker asks with a deadline:
 * one packet there, one back; what did not answer is silent.
 */
#ifndef FILTER_FILTER_H
#define FILTER_FILTER_H

#include <sys/types.h>

#include "base/base.h"
#include "model/model.h"

struct filter_pair {
	const char *key, *value;
};

struct filter_plugin {
	const char *name, *path;
	int weight;			/* percent */
	const struct filter_pair *pairs;
	size_t npairs;
};

struct filter_plan {
	const char *site;
	const struct filter_plugin *plugins;	/* asked in this order */
	size_t nplugins;			/* <= MODEL_FILTERS_MAX */
	int deadline_ms;		/* for a whole question */
	int memory_mib;			/* for the runner's data */
	int pause_s;			/* out, after 5 faults within it */
};

/* ---- hub.c: the master's side. ---- */

struct filter_hub;

enum err filter_hub_open(struct arena *, const struct filter_plan *,
    size_t seats, struct filter_hub **ret) MUST_CHECK;
/* Forks and execs the host; the child's pid, or -1. SIGTERM ends it, and so do
 * the caller's death and the last seat's end. Nothing needs to be watched: a
 * plugin that hangs is the host's business. */
pid_t filter_hub_start(struct filter_hub *);
int filter_hub_seat(const struct filter_hub *, size_t seat);	/* an fd */
/* What a plugin's breaker says; for health, metrics and moderators. */
struct filter_status {
	const char *name;
	bool loaded, out;		/* out: the breaker is open */
	int64_t asked, faults, usec;	/* usec: sum of times */
	struct str trouble;		/* why it did not load, or "" */
};
void filter_hub_status(const struct filter_hub *, struct arena *,
    struct filter_status **ret, size_t *n);
void filter_hub_close(struct filter_hub *);

/* ---- host.c: the exec'd process; never returns. ---- */

void filter_host_main(int argc, char **argv) __attribute__((noreturn));

/* ---- ask.c: a worker's side. ---- */

struct filter_question {
	const struct draft *draft;
	struct str review_slug, review_language;
	struct str parent_body;
	const struct str *links;	/* URLs */
	size_t nlinks;
	int64_t shown, removed, first_seen;
};

struct filter_seat;			/* a worker's end, and the plan */

enum err filter_seat_open(struct arena *, struct filter_hub *, size_t seat,
    struct filter_seat **ret) MUST_CHECK;
/* Never fails: what is missing is silent. */
void filter_ask(struct filter_seat *, struct arena *,
    const struct filter_question *, struct verdict *ret);
/* Tells the plugins what a moderator ruled. OK once all have heard it or were
 * found silent; ERR_TIMEOUT, ERR_TOO_MANY: tell them again. */
enum err filter_learn(struct filter_seat *, struct arena *,
    const struct filter_question *, bool spam) MUST_CHECK;

/* ---- load.c: also for foyerctl filter list. ---- */

struct filter_module;

/* Refused: ERR_FILE and a sentence in *why. */
enum err filter_load(struct arena *, const char *path,
    struct filter_module **ret, struct str *why) MUST_CHECK;
const char *filter_module_name(const struct filter_module *);
const char *filter_module_version(const struct filter_module *);

#endif
