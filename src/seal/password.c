/* password.c: Argon2id, and no more than two at once. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "seal/internal.h"

/* OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes. */
enum {
	PASSES = 2,
	MEMORY = 19 * 1024 * 1024,
	PASSWORD_MAX = 1024		/* bytes */
};

/* The seats are bytes of a nameless file, each under a record lock: the
 * kernel gives a lock back when its process dies, however it dies. Such locks
 * belong to processes, so the one descriptor may be inherited. */
enum {
	SEATS = 2,			/* hashing at once */
	QUEUE = 8,			/* waiting at once */
	WAIT = 2 * 1000000,		/* usec, at most */
	STEP = 5 * 1000000		/* nsec between looks */
};

static int seats_fd = -1;

enum err
seal_password_share(void)
{
	if (seats_fd < 0)
		seats_fd = memfd_create("foyer-password", MFD_CLOEXEC);
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

static void
seat_leave(int seat)
{
	struct flock lock = {
		.l_type = F_UNLCK, .l_whence = SEEK_SET,
		.l_start = seat, .l_len = 1
	};

	if (seat >= 0)
		(void)fcntl(seats_fd, F_SETLK, &lock);
}

/* A seat to hash on, -1 where nobody shares; ERR_TOO_MANY: none in time. */
static enum err
seat_get(int *ret)
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
	seat_leave(queued);
	return *ret < 0 ? ERR_TOO_MANY : OK;
}

enum err
seal_password_hash(struct arena *a, struct str password, struct str *ret)
{
	char text[crypto_pwhash_STRBYTES];
	enum err e;
	int seat, failed;

	if (password.len == 0)
		return ERR_PASSWORD;
	if (password.len > PASSWORD_MAX)
		return ERR_TOO_LARGE;
	if ((e = seat_get(&seat)) != OK)
		return e;
	failed = crypto_pwhash_str(text, password.at, password.len, PASSES,
	    MEMORY);
	seat_leave(seat);
	if (failed)
		return ERR_BROKEN;	/* no memory */
	*ret = arena_str(a, str_of(text));
	return OK;
}

/* A well-formed hash that no password has, at the same cost. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1"
    "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

enum err
seal_password_check(struct str password, struct str hash)
{
	char text[crypto_pwhash_STRBYTES] = { 0 };
	struct str s = hash.len > 0 ? hash : str_of(nobody);
	enum err e;
	int seat, failed;

	if (password.len > PASSWORD_MAX || s.len >= sizeof(text))
		return ERR_PASSWORD;
	memcpy(text, s.at, s.len);
	if ((e = seat_get(&seat)) != OK)
		return e;
	failed = crypto_pwhash_str_verify(text,
	    password.len ? password.at : "", password.len);
	seat_leave(seat);
	return failed || hash.len == 0 ? ERR_PASSWORD : OK;
}

struct str
seal_password_make(struct arena *a)
{
	static const char alphabet[] =
	    "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
	enum { LENGTH = 20 };
	char *text = arena_alloc(a, LENGTH + 1);
	int i;

	for (i = 0; i < LENGTH; i++)
		text[i] = alphabet[randombytes_uniform(sizeof(alphabet) - 1)];
	return (struct str){ text, LENGTH };
}
