/* work.c: a worker's loop. */
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "proc/internal.h"

/* Of the workers that wait, the kernel wakes one. */
static int
work_open(const struct proc_seat *seat)
{
	struct epoll_event in = { .events = EPOLLIN | EPOLLEXCLUSIVE };
	struct epoll_event stop = { .events = EPOLLIN };
	int ep = epoll_create1(EPOLL_CLOEXEC);

	in.data.fd = seat->listener;
	stop.data.fd = seat->stop;
	if (ep >= 0 && (epoll_ctl(ep, EPOLL_CTL_ADD, seat->listener, &in) ||
	    epoll_ctl(ep, EPOLL_CTL_ADD, seat->stop, &stop))) {
		close(ep);
		return -1;
	}
	return ep;
}

/* Waits; how it was told to stop, or 0. The descriptor stays readable. */
static eventfd_t
work_wait(const struct proc_seat *seat, int ep, int ms)
{
	struct epoll_event events[2];
	eventfd_t how;

	epoll_wait(ep, events, COUNT(events), ms);
	if (eventfd_read(seat->stop, &how) != 0)
		return 0;
	eventfd_write(seat->stop, how);
	return how;
}

static int
idle_left(int64_t idle_at)
{
	int64_t left = (idle_at - clock_mono() + 999) / 1000;

	return left > 0 ? (int)left : 0;
}

void
proc_work_serves(const struct proc_seat *seat)
{
	pid_t pid = getpid();

	if (write(seat->ready, &pid, sizeof(pid)) != sizeof(pid))
		log_line(LOG_WARN, "the master does not hear who serves");
}

int
proc_work(const struct proc_seat *seat, const struct proc_job *job)
{
	int64_t idle_at = clock_mono() + (int64_t)job->idle_ms * 1000;
	eventfd_t how;
	int fd, ep = work_open(seat);

	if (ep < 0)
		return EXIT_FAILURE;
	proc_work_serves(seat);
	while ((how = work_wait(seat, ep, job->idle ? idle_left(idle_at) :
	    -1)) == 0) {
		if ((fd = job->accept_one(seat->listener)) >= 0)
			job->one(fd, job->arg);
		if (job->idle != NULL && clock_mono() >= idle_at) {
			job->idle(job->arg);
			idle_at = clock_mono() + (int64_t)job->idle_ms * 1000;
		}
	}
	close(ep);
	/* The kernel may have woken this one, and nobody else, for whoever
	 * waits there. */
	do {
		if ((fd = job->accept_one(seat->listener)) >= 0)
			job->one(fd, job->arg);
	} while (fd >= 0 && how >= PROC_STOP_AND_EMPTY_QUEUE);
	return EXIT_SUCCESS;
}
