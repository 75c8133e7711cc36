/* mad.c: a plugin that does what the comment's body says. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <foyer/plugin.h>

static const struct foyer_comment *given;
static struct foyer_verdict *verdict;
static int peeked;			/* errno of a file read in open */
static volatile int zero;		/* keeps compilers from knowing */

/* ---- what ends or stops the process ---- */

static void crash(void) { *(volatile int *)(intptr_t)zero = 1; }
static void give_up(void) { abort(); }
static void leave(void) { exit(0); }
static void leave_quick(void) { _exit(3); }
static void loop(void) { while (!zero) ; }
static void doze(void) { while (!zero) pause(), sleep(1000); }

static void
deaf_loop(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	loop();
}

static void
disarmed_loop(void)
{
	struct itimerspec never = { { 0, 0 }, { 0, 0 } };

	syscall(SYS_timer_settime, 0, 0, &never, NULL);
	deaf_loop();
}

static void
leak(void)
{
	static void *volatile kept;	/* keeps compilers from knowing */
	long mib;

	for (mib = 0; mib < 4096; mib++)
		if ((kept = malloc(1 << 20)) == NULL)
			return;
}

static int
deep(int n)
{
	volatile char room[4096];

	room[0] = (char)n;
	return n < 0 ? 0 : deep(n + 1) + room[zero];
}

static void overflow(void) { verdict->score = deep(0); }
static void write_comment(void) { memset((void *)(intptr_t)given, 1, 8); }
static void write_body(void) { *(char *)(intptr_t)given->body = 'X'; }
static void write_link(void) { *(char *)(intptr_t)given->links[0] = 'X'; }
static void past_verdict(void) { memset(verdict, 1, sizeof(*verdict) + 64); }
static void wild_reason(void) { verdict->reason = (const char *)16; }

/* All that can be written above what it was given: the pages that it shares
 * with those who ask. */
static void
scribble(void)
{
	char *at = (char *)((intptr_t)given & ~(intptr_t)4095);
	long i;

	for (i = 0; i < (64 << 20) / 4096; i++, at += 4096)
		if (getrandom(at, 1, 0) == 1)
			memset(at, 1, 4096);
	abort();
}

static void
wild_features(void)
{
	verdict->nfeatures = 1000000;
	verdict->features = (const void *)16;
}

/* ---- what lies ---- */

static void high(void) { verdict->score = INT32_MAX; }
static void low(void) { verdict->score = INT32_MIN; }
static void broken(void) { verdict->reason = "bad \xff\xc3( end"; }
static void controls(void) { verdict->reason = "a\033[31m\nb\x01\x7f"; }
static void bidi(void) { verdict->reason = "a\xe2\x80\xae" "b"; }

static void
endless(void)
{
	static char text[1 << 20];

	memset(text, 'a', sizeof(text));
	verdict->reason = text;
}

static void
odd(void)
{
	static char text[1001];
	int i;

	text[0] = 'a';
	for (i = 1; i < 1000; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	verdict->reason = text;
}

static void
features(void)
{
	static const struct foyer_feature some[] = {
		{ "good", 1 }, { NULL, 2 }, { "", 3 }, { "Bad name=", -4 },
		{ "a-name-that-goes-on-and-on-and-on", INT64_MAX }
	};

	verdict->features = some;
	verdict->nfeatures = 5;
}

static void
many_features(void)
{
	static struct foyer_feature some[40];
	int i;

	for (i = 0; i < 40; i++)
		some[i] = (struct foyer_feature){ "abcdefghijklmnopqrstuvwx",
		    INT64_MIN };
	verdict->features = some;
	verdict->nfeatures = UINT32_MAX;
}

static void mark(void) { verdict->once.name = "not mine to name"; }

/* ---- what is not allowed: 0 or an errno ---- */

static int what(long r) { return r < 0 ? errno : 0; }
static int try_fork(void) { return what(fork()); }
static int try_exec(void) { return what(execl("/bin/true", "true", NULL)); }
static int try_kill(void) { return what(kill(getppid(), SIGKILL)); }
static int try_trace(void) { return what(ptrace(PTRACE_TRACEME, 0, 0, 0)); }
static int try_read(void) { return what(open("/usr/bin/env", O_RDONLY)); }
static int try_close(void) { return what(close(0)); }
static int try_peek(void) { return peeked; }
static void *thread(void *arg) { return arg; }

static int
try_thread(void)
{
	pthread_t t;

	return pthread_create(&t, NULL, thread, NULL);
}

static int
try_write(void)
{
	return what(open("/tmp/mad", O_WRONLY | O_CREAT, 0600));
}

static int
try_connect(void)
{
	return what(socket(AF_INET, SOCK_STREAM, 0));
}

static int
try_environment(void)
{
	return getenv("FOYER_ABI_SECRET") ? 0 : EPERM;
}

static int
try_descriptor(void)		/* the test left number 200 open */
{
	struct stat st;

	return fstat(200, &st) == 0 ? 0 : EPERM;
}

/* ---- the table ---- */

static const struct {
	const char *body;
	void (*act)(void);
	int (*try)(void);
} acts[] = {
	{ "crash", crash, NULL }, { "abort", give_up, NULL },
	{ "exit", leave, NULL }, { "quick exit", leave_quick, NULL },
	{ "loop", loop, NULL }, { "sleep", doze, NULL },
	{ "deaf loop", deaf_loop, NULL },
	{ "disarmed loop", disarmed_loop, NULL }, { "leak", leak, NULL },
	{ "overflow", overflow, NULL },
	{ "write comment", write_comment, NULL },
	{ "write body", write_body, NULL }, { "write link", write_link, NULL },
	{ "past verdict", past_verdict, NULL },
	{ "wild reason", wild_reason, NULL },
	{ "scribble", scribble, NULL },
	{ "wild features", wild_features, NULL }, { "high", high, NULL },
	{ "low", low, NULL }, { "broken", broken, NULL },
	{ "controls", controls, NULL }, { "bidi", bidi, NULL },
	{ "endless", endless, NULL }, { "odd", odd, NULL },
	{ "features", features, NULL },
	{ "many features", many_features, NULL }, { "mark", mark, NULL },
	{ "fork", NULL, try_fork },
	{ "exec", NULL, try_exec }, { "kill", NULL, try_kill },
	{ "trace", NULL, try_trace }, { "read", NULL, try_read },
	{ "close", NULL, try_close }, { "peek", NULL, try_peek },
	{ "thread", NULL, try_thread }, { "write", NULL, try_write },
	{ "connect", NULL, try_connect },
	{ "environment", NULL, try_environment },
	{ "descriptor", NULL, try_descriptor }
};

static int
mad_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	(void)host;
	(void)set;
	(void)n;
	(void)state;
	peeked = what(open("/etc/passwd", O_RDONLY));
	return 0;
}

static int
mad_hear(void *state, const struct foyer_comment *c,
    const struct foyer_ruling *r)
{
	(void)state;
	(void)r;
	if (strcmp(c->body, "learn loop") == 0)
		loop();
	return 0;
}

/* The first line of a comment. */
static int
asked(const struct foyer_comment *c, const char *what)
{
	size_t len = strlen(what);

	return strncmp(c->body, what, len) == 0 &&
	    (c->body[len] == '\0' || c->body[len] == '\n');
}

static int
mad_judge(void *state, const struct foyer_comment *c, struct foyer_verdict *v)
{
	size_t i;
	int e;

	(void)state;
	given = c;
	verdict = v;
	if (asked(c, "fail"))
		return 1;
	for (i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (!asked(c, acts[i].body))
			continue;
		if (acts[i].act != NULL) {
			acts[i].act();
			continue;
		}
		e = acts[i].try();
		v->score = e == 0 ? 100 : 0;
		v->reason = e == EPERM || e == EACCES ? "denied" :
		    e == 0 ? "allowed" : strerror(e);
	}
	return 0;
}

FOYER_PLUGIN(.name = "mad", .version = "1.0", .open = mad_open,
    .judge = mad_judge, .hear = mad_hear);
