/* signals.c: signals become a readable descriptor and three flags. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "proc/internal.h"

static volatile sig_atomic_t signals_end, signals_reload, signals_died;
static int signals_wake = -1;		/* in a child: its stop */
static pid_t signals_master;

/* The pid is looked at since a fork that has not yet exec'd is not us. */
static void
heard(int number)
{
	int why = errno;

	if (getpid() == signals_master) {
		if (number == SIGHUP)
			signals_reload = 1;
		else if (number == SIGCHLD)
			signals_died = 1;
		else
			signals_end = 1;
		eventfd_write(signals_wake, 1);
	}
	errno = why;
}

static void
heard_by_child(int number)
{
	int why = errno;

	(void)number;
	eventfd_write(signals_wake, PROC_STOP);
	errno = why;
}

static void
on(int number, void (*handler)(int))
{
	struct sigaction act = { .sa_handler = handler,
	    .sa_flags = SA_RESTART | SA_NOCLDSTOP };

	sigaction(number, &act, NULL);
}

int
proc_signals_open(void)
{
	if (signals_wake >= 0)
		close(signals_wake);
	signals_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	signals_master = getpid();
	signals_end = signals_reload = signals_died = 0;
	on(SIGTERM, heard);
	on(SIGINT, heard);
	on(SIGHUP, heard);
	on(SIGCHLD, heard);
	on(SIGPIPE, SIG_IGN);
	return signals_wake;
}

/* The flags are looked at after the descriptor is emptied: none is lost. */
void
proc_signals_take(struct proc_signals *ret)
{
	eventfd_t n;

	(void)!eventfd_read(signals_wake, &n);
	ret->end = signals_end;
	ret->reload = signals_reload;
	ret->child = signals_died;
	if (ret->reload)
		signals_reload = 0;
	if (ret->child)
		signals_died = 0;
}

void
proc_signals_child(int stop)
{
	close(signals_wake);
	signals_wake = stop;
	on(SIGTERM, heard_by_child);
	on(SIGINT, SIG_IGN);
	on(SIGHUP, SIG_IGN);
	on(SIGCHLD, SIG_DFL);
}
