/*
 * retrain.c: a moderator's wish that a filter learn anew.
 *
 * `foyerctl filter retrain` does it, in a process of its own: what a plugin may
 * do wrong there is no concern of ours. Each node has what filters learned in a
 * folder of its own, so each does it; learning.c takes up the new file.
 */
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/internal.h"

enum { CPU_SECONDS = 1800, LIKE = 19 };

/* Beside foyerd, or in the bin beside its sbin. */
static const char *
tool(struct arena *arena)
{
	static const char *const places[] = { "foyerctl", "../bin/foyerctl" };
	char self[1024], *end;
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	size_t i;

	if (n <= 0)
		return NULL;
	self[n] = '\0';
	if ((end = strrchr(self, '/')) == NULL)
		return NULL;
	*end = '\0';
	for (i = 0; i < COUNT(places); i++) {
		const char *path = arena_cstr(arena, arena_fmt(arena, "%s/%s",
		    self, places[i]));

		if (access(path, X_OK) == 0)
			return path;
	}
	return NULL;
}

static void __attribute__((noreturn))
become(const char *path, const char *conf, const char *filter, pid_t parent)
{
	const struct rlimit cpu = { CPU_SECONDS, CPU_SECONDS };

	if (prctl(PR_SET_PDEATHSIG, SIGTERM) == -1 || getppid() != parent ||
	    setrlimit(RLIMIT_CPU, &cpu) == -1 ||
	    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == -1)
		_exit(1);
	(void)setpriority(PRIO_PROCESS, 0, LIKE);
	(void)dup2(STDERR_FILENO, STDOUT_FILENO);
	execl(path, "foyerctl", "--conf", conf, "filter", "retrain", filter,
	    (char *)NULL);
	_exit(1);
}

static void
begin(struct app_retrain *r, const struct store_wish *wish)
{
	const char *filter = arena_cstr(r->arena, wish->filter);
	const char *path = tool(r->arena);
	pid_t self = getpid();

	r->wish = *wish;
	r->pid = path == NULL ? -1 : fork();
	if (r->pid == 0)
		become(path, r->conf, filter, self);
	if (r->pid > 0)
		log_line(LOG_NOTE, "filter %s learns the log anew", filter);
	else
		log_line(LOG_WARN, "filter %s can't learn anew: %s", filter,
		    path == NULL ? "no foyerctl beside foyerd" : "no process");
}

/* The one that is at work: whether it is done. */
static enum err
look(struct app_retrain *r)
{
	int status;

	if (waitpid(r->pid, &status, WNOHANG) == 0)
		return OK;
	r->pid = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		log_line(LOG_WARN, "filter " STR_FMT " did not learn anew",
		    STR_ARG(r->wish.filter));
		return OK;
	}
	return store_insight_granted(r->store, &r->wish);
}

/* Whether this process has not yet seen to that wish. At its start those that
 * no node has granted are left. */
static bool
is_new(struct app_retrain *r, const struct store_wish *wish)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (str_eq(r->seen[i].filter, wish->filter))
			break;
	if (i == COUNT(r->seen))
		return false;
	if (i == r->n) {
		r->seen[i].filter = arena_str(r->arena, wish->filter);
		r->seen[i].asked = r->started ? 0 : wish->done;
		r->n++;
	}
	if (wish->asked <= r->seen[i].asked)
		return false;
	r->seen[i].asked = wish->asked;
	return true;
}

enum err
app_retrain_round(struct app_retrain *r, struct arena *arena)
{
	struct store_filters s;
	enum err e;
	size_t i;

	if (r->pid > 0)
		return look(r);
	if ((e = store_insight_wishes(r->store, arena, &s)) != OK)
		return e;
	for (i = 0; i < s.nwishes; i++)
		if (is_new(r, &s.wishes[i])) {
			s.wishes[i].filter = arena_str(r->arena,
			    s.wishes[i].filter);
			begin(r, &s.wishes[i]);
			return OK;
		}
	r->started = true;
	return OK;
}
