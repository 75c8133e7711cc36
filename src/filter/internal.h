/*
 * internal.h: what the filter room's files share.
 *
 * The master makes two memfds: the job (the plan and the seats' sockets,
 * packed, sealed) and the page (sealed in size), which the host writes and
 * everybody reads. What the page holds is only ever taken with care: a plugin
 * may have scribbled on it.
 */
#ifndef FILTER_INTERNAL_H
#define FILTER_INTERNAL_H

#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <foyer/plugin.h>

#include "filter/filter.h"

enum {
	FILTER_REASON = 400,		/* bytes kept of a reason */
	FILTER_FEATURES = 400,		/* bytes of all features */
	FILTER_MARK = 64,		/* bytes of a mark */
	FILTER_NFEATURES = 16,
	FILTER_NAME = 31,		/* bytes of a plugin's name */
	FILTER_TROUBLE = 300,		/* bytes of why it did not load */
	FILTER_PACKET = 128 * 1024,	/* bytes of a question */
	FILTER_LINKS = 100,
	FILTER_FILES = 64,		/* that settings name */
	FILTER_FILE = 1024 * 1024,	/* bytes of one */
	FILTER_FAULTS = 5,		/* within one pause open the breaker */
	FILTER_LOAD_USEC = 2000000	/* for loading one plugin */
};

/* ---- pack.c: numbers and texts as bytes, and back. ---- */

struct filter_reader {
	const char *at;
	size_t left;
	bool bad;			/* ran past the end: reads "" and 0 */
};

void filter_pack_int(struct buf *, int64_t);
void filter_pack_str(struct buf *, struct str);
int64_t filter_unpack_int(struct filter_reader *);
/* Points into the bytes read; ends in a NUL. */
struct str filter_unpack_str(struct filter_reader *);

struct filter_job {			/* what the host is told */
	struct filter_plan plan;
	int *seats;			/* the host's ends */
	size_t nseats;
	int *memories;			/* a plugin's, by its place */
};

void filter_job_pack(struct buf *, const struct filter_job *);
bool filter_job_unpack(struct arena *, struct str, struct filter_job *ret);

/* A question: its head, then what foyer_comment holds but for the site. */
enum filter_kind {
	FILTER_JUDGE, FILTER_LEARN, FILTER_RENEW, FILTER_CHALLENGE,
	FILTER_NOTICE
};

struct filter_head {
	uint64_t sequence;
	int64_t deadline;		/* clock_mono */
	enum filter_kind kind;
	size_t plugin;			/* but for judging: whom it is for */
	struct filter_ruling ruling;
};

void filter_question_pack(struct buf *, const struct filter_head *,
    const struct filter_question *);
/* links: room for FILTER_LINKS. The comment points into the bytes. */
bool filter_question_unpack(struct str, struct filter_head *,
    struct foyer_comment *, const char **links);

/* ---- the page ---- */

struct filter_answer {
	int32_t score;
	uint32_t silent;
	int64_t usec;
	char reason[FILTER_REASON + 8];		/* not yet cut or cleaned */
	char features[FILTER_FEATURES + 8];
	char mark[FILTER_MARK + 8];
	char mark_used[FILTER_REASON + 8];
	int64_t mark_until;			/* seconds */
};

struct filter_slot {			/* a seat's; written by the runner */
	_Atomic uint64_t sequence;	/* of the question answered */
	_Atomic uint32_t done;		/* answers that are whole */
	struct filter_answer each[MODEL_FILTERS_MAX];
};

struct filter_record {			/* a plugin's */
	_Atomic int64_t asked, faults, usec;
	_Atomic int64_t abstained, challenges;
	_Atomic int64_t window;		/* when its faults began to count */
	_Atomic int64_t until;		/* breaker open till then; 0 closed */
	_Atomic int32_t count;		/* faults since window */
	_Atomic int32_t loaded, refused;
	_Atomic int32_t learns, notices;
	_Atomic uint64_t memory;	/* bytes it asked for */
	_Atomic uint64_t scratch;	/* the same; 0: they begin anew */
	_Atomic int64_t learned;	/* the last ruling that memory knows */
	_Atomic int64_t hearing;	/* one that it may know in part, or 0 */
	char trouble[FILTER_TROUBLE + 8];
};

struct filter_now {			/* what the runner is about */
	_Atomic int32_t plugin;		/* being run, or -1 */
	_Atomic int32_t loading;	/* that one is being loaded */
	_Atomic int32_t pending;	/* the packet is not answered yet */
	_Atomic int64_t since;		/* clock_mono */
	uint32_t seat, len;
	struct foyer_comment comment;
	const char *links[FILTER_LINKS];
	char packet[FILTER_PACKET];
};

struct filter_page {
	struct filter_now now;
	struct filter_record records[MODEL_FILTERS_MAX];
	struct filter_slot slots[];
};

size_t filter_page_size(size_t seats);

/* ---- hub.c ---- */

/* A file in memory of that size, which nobody can resize; or -1. */
int filter_hub_sealed(const char *name, size_t size, unsigned seals);

struct filter_hub {
	struct filter_plan plan;
	size_t nseats;
	int *workers, *hosts;		/* a seat's two ends */
	int job_fd, page_fd;
	int *memories;			/* descriptors, a plugin's each */
	const struct filter_page *page;
	size_t page_size;
};

/* ---- keep.c: what plugins remember. ---- */

/* A plugin's memory lies in a file of three times its most: what it uses,
 * what shall take its place (FILTER_RENEW), its scratch. What is never touched
 * costs nothing. */
enum { FILTER_PARTS = 3 };
size_t filter_keep_most(const struct filter_plan *);
bool filter_keep_make(struct filter_hub *);
void filter_keep_recall(struct filter_hub *, size_t k);
bool filter_keep_stage(const struct filter_hub *, size_t k,
    const struct filter_memory *);
/* Changes whenever the file does; 0: there is none. */
int64_t filter_keep_stamp(struct arena *, const char *folder,
    const char *name);

/* ---- ask.c ---- */

struct filter_seat {
	const struct filter_hub *hub;
	size_t number;
	int fd;
	uint64_t sequence;		/* of the last question */
};

/* Numbers the question and sends it; false: the host has too much to do. */
bool filter_ask_send(struct filter_seat *, struct arena *,
    struct filter_head *, const struct filter_question *);
void filter_ask_wait(const struct filter_seat *, int64_t deadline);
/* Believes little of what was said. */
void filter_ask_take(struct arena *, const struct filter_answer *,
    struct evidence *);
/* How many plugins have been heard. */
size_t filter_ask_done(const struct filter_seat *);

/* ---- clean.c ---- */

/* What a host wrote, `room` bytes or to the first NUL: made valid UTF-8 in
 * one line, without controls, then cut to `most` bytes at a code point. */
struct str filter_text(struct arena *, const char *bytes, size_t room,
    size_t most);

/* ---- breaker.c: times are clock_mono. ---- */

bool filter_breaker_out(const struct filter_record *, int64_t now);
/* Opens at the FILTER_FAULTSth fault within `pause`, or at the first after
 * one (half open); never where that is 0. True when this fault opened it. */
bool filter_breaker_fault(struct filter_record *, int64_t now, int64_t pause);
/* A good answer closes a half-open breaker; true if it did. */
bool filter_breaker_good(struct filter_record *);

/* ---- load.c ---- */

struct filter_module {
	struct foyer_plugin plugin;	/* our copy; what it lacks is zero */
	void *state;
};

/* Tells it a ruling, in whichever way it can hear; 0, or it failed. */
int filter_module_hear(const struct filter_module *,
    const struct foyer_comment *, const struct filter_ruling *);
/* Loads a plan's plugin, checks that it is the one named, if any; opens it. */
enum err filter_module_open(struct arena *, const struct filter_plugin *,
    const struct foyer_host *, struct filter_module **ret, struct str *why)
    MUST_CHECK;

/* ---- confine.c: each returns false if it could not. ---- */

bool filter_confine_limits(int memory_mib);
/* Files: only plugins' folders, the system's libraries and what absolute
 * paths in the settings name may be read (Landlock, where the kernel has it).*/
bool filter_confine_files(const struct filter_plan *);
/* System calls: an allow list; what is not on it fails with EPERM. With
 * `network` TCP and UDP, never a local socket: behind those are a database and
 * programs that trust whoever runs here. */
bool filter_confine_calls(bool network);
/* No more opening and closing of files: not for those that use the network. */
bool filter_confine_last(void);
/* False when the memory allowed is all but used up. */
bool filter_confine_memory_left(int memory_mib);

/* ---- files.c: what settings name by full paths. ---- */

struct filter_host;

/* Before the first runner, and each tick. */
bool filter_files_make(struct filter_host *);
void filter_files_look(struct filter_host *);
/* In a runner: it reads them only. */
bool filter_files_close(struct filter_host *);
/* False: no setting names it, or it could never be read. */
bool filter_files_get(const struct filter_host *, const char *path,
    struct foyer_file *ret);

/* ---- run.c, question.c: the confined process. ---- */

enum { FILTER_EXIT_DONE = 0, FILTER_EXIT_BROKEN = 70, FILTER_EXIT_MEMORY = 71 };

struct filter_host {
	struct arena *arena;		/* of the supervisor's life */
	struct filter_job job;
	struct filter_page *page;
	const struct filter_page *page_read;	/* the same, read-only */
	char *memories[MODEL_FILTERS_MAX];	/* mapped; see keep.c */
	const char *paths[FILTER_FILES];	/* of files.c */
	size_t nfiles;
	struct filter_file *files;
	struct stat *known;		/* as they were read */
};

void filter_run(struct filter_host *) __attribute__((noreturn));

struct filter_runner {
	struct filter_host *host;
	struct filter_voice {		/* what a plugin knows as its host */
		struct foyer_host api;
		const char *name;
		struct filter_host *host;
		size_t plugin;
		bool remembers;		/* has asked for memory */
	} voices[MODEL_FILTERS_MAX];
	struct filter_module *modules[MODEL_FILTERS_MAX];	/* or NULL */
	struct foyer_verdict *verdict;	/* ends where memory ends */
	timer_t timer;			/* kills us */
};

/* Kills this process after `usec` unless set again; 0 stops it. */
void filter_run_timer(struct filter_runner *, int64_t usec);
/* Marks plugin k as being run, and unmarks it. */
void filter_run_begin(struct filter_runner *, size_t k, bool loading,
    int64_t usec);
void filter_run_end(struct filter_runner *);
/* Answers the question in page->now, from the first plugin not yet heard. */
void filter_question_answer(struct filter_runner *);
/* What is said of a plugin that gave no evidence. */
void filter_answer_silent(struct filter_answer *, const char *why,
    int64_t usec);
/* What it gave; its pointers may lead anywhere. */
void filter_answer_take(struct filter_answer *, const struct foyer_verdict *);
/* Before a runner starts: whatever the last one left. */
void filter_heal(struct filter_host *);
/* Takes out of a line what it quotes of the comment, in place: eight bytes and
 * more, or all of a text of five to seven. */
void filter_hush(char *line, const struct foyer_comment *);
/* Counts a fault and says so in the log. */
void filter_fault(struct filter_host *, size_t k, const char *why);

#endif
