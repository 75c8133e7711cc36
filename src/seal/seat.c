/* seat.c: two seats for dear work and a short queue, shared across forks. */
#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "seal/internal.h"

/* The seats are bytes of a nameless file, each under a record lock: the
 * kernel gives a lock back when its process dies, however it dies. Such locks
 * belong to processes, so the one descriptor may be inherited. */
enum {
	SEATS = 2,			/* at work at once */
	QUEUE = 8,			/* waiting at once */
	WAIT = 2 * 1000000,		/* usec, at most */
	STEP = 5 * 1000000		/* nsec between looks */
};

static int seats_fd = -1;

enum err
seal_seat_share(void)
{
	if (seats_fd < 0)
		seats_fd = memfd_create("foyer-seats", MFD_CLOEXEC);
	return seats_fd < 0 ? ERR_BROKEN : OK;
}

/* Takes one of n bytes from `first` on; -1 when none is free. */
static int
seat_take(int first, int n)
{
	int i;

	for (i = first; i < first + n; i++) {
		struct flock lock = {
			.l_type = F_WRLCK, .l_whence = SEEK_SET,
			.l_start = i, .l_len = 1
		};

		if (fcntl(seats_fd, F_SETLK, &lock) == 0)
			return i;
	}
	return -1;
}

void
seal_seat_leave(int seat)
{
	struct flock lock = {
		.l_type = F_UNLCK, .l_whence = SEEK_SET,
		.l_start = seat, .l_len = 1
	};

	if (seat >= 0)
		(void)fcntl(seats_fd, F_SETLK, &lock);
}

enum err
seal_seat_get(int *ret)
{
	const struct timespec step = { 0, STEP };
	int64_t until = clock_mono() + WAIT;
	int queued;

	*ret = -1;
	if (seats_fd < 0 || (*ret = seat_take(0, SEATS)) >= 0)
		return OK;
	if ((queued = seat_take(SEATS, QUEUE)) < 0)
		return ERR_TOO_MANY;
	while ((*ret = seat_take(0, SEATS)) < 0 && clock_mono() < until)
		nanosleep(&step, NULL);
	seal_seat_leave(queued);
	return *ret < 0 ? ERR_TOO_MANY : OK;
}
