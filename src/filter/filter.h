/*
 * filter.h: comment filters: plugins, in processes of their own.
 *
 * The master makes a hub: the plan, a page that everybody sees, one SEQPACKET
 * pair per seat. It execs the host (`foyerd --filter-host`), which forks a
 * runner; that one confines itself (limits, Landlock, seccomp), loads the
 * plugins and answers. A runner that a plugin has killed is replaced by the
 * host in the time of a fork, and goes on after that plugin; a host that died
 * is replaced by the master, on the same pairs. A worker asks with a deadline:
 * one packet there, one back; what did not answer is silent. One process (the
 * background) also tells the plugins what moderators ruled; what they remember
 * of it lies in memory that outlives them, and is saved to files.
 */
#ifndef FILTER_FILTER_H
#define FILTER_FILTER_H

#include <sys/types.h>

#include "base/base.h"
#include "model/model.h"

struct filter_pair {
	const char *key, *value;
};

/* Kept in a comment's verdict for who is asked later; comment_deferred, an
 * index, knows it too. */
#define FILTER_LATER	"is asked later"

struct filter_plugin {
	const char *name, *path;
	int weight;			/* percent */
	const struct filter_pair *pairs;
	size_t npairs;
	bool deferred;			/* may be one that is asked later */
	bool challenge;			/* gives out challenges */
};

struct filter_plan {
	const char *site;
	const struct filter_plugin *plugins;	/* asked in this order */
	size_t nplugins;			/* <= MODEL_FILTERS_MAX */
	int deadline_ms;		/* for a whole question */
	int memory_mib;			/* for the runner's data */
	int pause_s;			/* out, after 5 faults within it */
	bool network;			/* may ask other machines (TCP, UDP) */
	const char *state;		/* folder of what they remember; "" */
	enum log_format log_format;
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
	int64_t abstained, challenges;	/* of what was asked */
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
/* Sums up what each said, by the plan's weights; who is not in the plan has
 * none. */
void filter_ask_weigh(const struct filter_plan *, struct verdict *);
/* Never fails: what is missing is silent. A mark is believed only of the
 * plugin that gives out challenges. */
void filter_ask(struct filter_seat *, struct arena *,
    const struct filter_question *, struct verdict *ret);
/* The mark in it is another comment's: who named it is silent, and says so. */
void filter_ask_used(const struct filter_seat *, struct verdict *);

/* ---- challenge.c ---- */

/* What a form under that review must bring an answer to: JSON, as the plan's
 * plugin for that gives it. ERR_NOT_FOUND: there is none; ERR_TIMEOUT: it gave
 * no answer. */
enum err filter_challenge(struct filter_seat *, struct arena *,
    struct str review, struct str *ret) MUST_CHECK;

/* ---- learn.c: one process tells plugins what moderators ruled. ---- */

struct filter_ruling {			/* as in <foyer/plugin.h> */
	int64_t id;
	int now, before;
	unsigned again;
};

struct filter_learner {
	const char *name;
	bool learns;			/* is loaded, and listens to rulings */
	bool notices;			/* the same of what was posted */
	size_t size;			/* of its memory; 0: it has none */
	int64_t learned;		/* the last ruling that it knows */
	int64_t hearing;		/* one that it knows in part, or 0 */
};

void filter_learn_status(const struct filter_seat *, size_t k,
    struct filter_learner *ret);
/* OK: it knows that ruling now. ERR_TIMEOUT, ERR_TOO_MANY: it did not listen;
 * ERR_BROKEN: it died of it, and must be renewed. */
enum err filter_learn(struct filter_seat *, struct arena *, size_t k,
    const struct filter_question *, const struct filter_ruling *) MUST_CHECK;
/* Of a comment that was posted somewhere; whether it heard is not told. */
void filter_notice(struct filter_seat *, struct arena *, size_t k,
    const struct filter_question *);
/* Its memory into the plan's folder, and back; where there is no good file
 * it begins anew. */
enum err filter_learn_save(struct filter_seat *, struct arena *, size_t k)
    MUST_CHECK;
enum err filter_learn_renew(struct filter_seat *, struct arena *, size_t k)
    MUST_CHECK;
/* Another number once somebody has written that file. */
int64_t filter_learn_stamp(const struct filter_seat *, struct arena *,
    size_t k);

/* ---- direct.c: a plugin in this process: for trying and measuring. ---- */

struct filter_direct;

struct filter_said {
	struct evidence evidence;
	int64_t odds;			/* in millionths; 0: not said */
	int64_t nsec;			/* that the plugin took */
};

/* It remembers what was saved in the plan's folder, if that is one. Refused:
 * ERR_FILE and a sentence. */
enum err filter_direct_open(struct arena *, const struct filter_plugin *,
    const struct filter_plan *, struct filter_direct **ret, struct str *why)
    MUST_CHECK;
const char *filter_direct_name(const struct filter_direct *);
/* What is said lives until the next call. */
void filter_direct_judge(struct filter_direct *,
    const struct filter_question *, struct filter_said *ret);
/* How many nanoseconds it took, or -1: it failed. */
int64_t filter_direct_hear(struct filter_direct *,
    const struct filter_question *, const struct filter_ruling *);
size_t filter_direct_memory(const struct filter_direct *, const void **bytes);
void filter_direct_close(struct filter_direct *);

/* ---- keep.c ---- */

struct filter_memory {
	const char *name;		/* of the plugin */
	const void *bytes;
	size_t size;
	int64_t learned;
};

/* FOLDER/NAME.memory, whole or not at all. */
enum err filter_keep_write(struct arena *, const char *folder,
    const struct filter_memory *) MUST_CHECK;
/* ERR_NOT_FOUND: there is none; ERR_SYNTAX: it is torn, or another's. */
enum err filter_keep_read(struct arena *, const char *folder,
    const char *name, size_t most, struct filter_memory *ret) MUST_CHECK;

/* ---- load.c: also for foyerctl filter list. ---- */

struct filter_module;

/* Refused: ERR_FILE and a sentence in *why. */
enum err filter_load(struct arena *, const char *path,
    struct filter_module **ret, struct str *why) MUST_CHECK;
const char *filter_module_name(const struct filter_module *);
const char *filter_module_version(const struct filter_module *);
bool filter_module_deferred(const struct filter_module *);
bool filter_module_challenges(const struct filter_module *);
bool filter_module_learns(const struct filter_module *);

#endif
