/* put.c: publishes a page: its file and its gzip'd twin. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "snapshot/internal.h"

enum { GZIP_LEVEL = 6, MOST = 8 * 1024 * 1024 };

/* nginx makes the ETag of size and whole second: versions need their own. */
static struct timespec
version_time(int64_t version)
{
	return (struct timespec){ 1000000000 + version % 1000000000, 0 };
}

static bool
file_write(int at, const char *name, struct str bytes, int64_t version)
{
	struct timespec times[2] = { version_time(version),
	    version_time(version) };
	int fd = openat(at, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0644);
	size_t done = 0;
	ssize_t n = 1;

	if (fd < 0)
		return false;
	while (done < bytes.len && n > 0) {
		n = write(fd, bytes.at + done, bytes.len - done);
		done += n > 0 ? (size_t)n : 0;
	}
	if (done == bytes.len && fchmod(fd, 0644) == 0 &&
	    futimens(fd, times) == 0)
		return close(fd) == 0;
	close(fd);
	unlinkat(at, name, 0);
	return false;
}

/* RFC 1952, with no name and no time in it. */
static bool
gzip(struct arena *arena, struct str bytes, struct str *ret)
{
	z_stream z = { 0 };
	uLong cap;
	int done;

	if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 9,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	cap = deflateBound(&z, (uLong)bytes.len);
	z.next_out = arena_bytes(arena, cap);
	ret->at = (char *)z.next_out;
	z.avail_out = (uInt)cap;
	z.next_in = (Bytef *)(uintptr_t)bytes.at;
	z.avail_in = (uInt)bytes.len;
	done = deflate(&z, Z_FINISH);
	ret->len = z.total_out;
	deflateEnd(&z);
	return done == Z_STREAM_END;
}

/* The page first, if there is none: who finds one leaves it to the worker
 * that made it, who looks at the version once more. So one at a time has a
 * page's files in hand, and they are of one version. */
static bool
publish(struct snapshot *s, int folder, const char *aside[2],
    const char *names[2])
{
	if (renameat2(s->tmp, aside[0], folder, names[0],
	    RENAME_NOREPLACE) != 0)
		return false;
	if (renameat(s->tmp, aside[1], folder, names[1]) == 0)
		return true;
	unlinkat(folder, names[1], 0);
	unlinkat(folder, names[0], 0);
	return false;
}

static bool
ticket_good(struct snapshot *s, struct str thread, struct snapshot_ticket t)
{
	struct snapshot_ticket now = snapshot_ticket(s, thread);

	return now.all == t.all && now.one == t.one;
}

static void
give_back(struct snapshot *s, int64_t bytes)
{
	s->shared->bytes -= bytes;
	s->shared->files -= 2;
}

/* Taken before they are written: workers together don't pass the limits. */
static bool
reserve(struct snapshot *s, int64_t bytes)
{
	int64_t all_bytes, all_files;

	s->shared->moves++;
	all_bytes = atomic_fetch_add(&s->shared->bytes, bytes) + bytes;
	all_files = atomic_fetch_add(&s->shared->files, 2) + 2;
	if (all_bytes <= s->limits.bytes && all_files <= s->limits.files)
		return true;
	give_back(s, bytes);
	return false;
}

static int
thread_folder(struct snapshot *s, const char *thread)
{
	int threads = snapshot_folder_make(s->root, "t"), folder;

	if (threads < 0)
		return -1;
	folder = snapshot_folder_make(threads, thread);
	close(threads);
	return folder;
}

/* The folder is opened, then the ticket looked at, then the files moved in: a
 * drop before the look is seen, and one after it takes the folder away with
 * whatever lands in it. */
static bool
put(struct snapshot *s, const struct snapshot_page *page, struct str packed,
    struct snapshot_ticket ticket)
{
	char aside[2][SNAPSHOT_NAME], names[2][SNAPSHOT_NAME];
	char thread[SNAPSHOT_NAME];
	const char *from[2] = { aside[0], aside[1] };
	const char *to[2] = { names[0], names[1] };
	bool good = false;
	int folder;

	if (!snapshot_name(page->thread, "", thread) ||
	    !snapshot_name(page->name, "", names[0]) ||
	    !snapshot_name(page->name, ".gz", names[1]))
		return false;
	snapshot_mend_follow(s);
	snapshot_unique(s, aside[0]);
	snapshot_unique(s, aside[1]);
	if (file_write(s->tmp, aside[0], page->bytes, page->version) &&
	    file_write(s->tmp, aside[1], packed, page->version) &&
	    (folder = thread_folder(s, thread)) >= 0) {
		good = ticket_good(s, page->thread, ticket) &&
		    publish(s, folder, from, to);
		close(folder);
	}
	if (!good) {
		unlinkat(s->tmp, aside[0], 0);
		unlinkat(s->tmp, aside[1], 0);
	}
	return good;
}

bool
snapshot_put(struct snapshot *s, struct arena *arena,
    const struct snapshot_page *page, struct snapshot_ticket ticket)
{
	struct str packed;
	int64_t bytes;

	if (s->shared == NULL || page->bytes.len > MOST ||
	    !ticket_good(s, page->thread, ticket) ||
	    !gzip(arena, page->bytes, &packed))
		return false;
	bytes = (int64_t)(page->bytes.len + packed.len);
	if (!reserve(s, bytes))
		return false;
	if (put(s, page, packed, ticket))
		return true;
	give_back(s, bytes);
	return false;
}

/* A thread's folder, if there is one; else -1. */
static int
thread_open(struct snapshot *s, struct str slug)
{
	char thread[SNAPSHOT_NAME];
	int threads, folder;

	if (s->shared == NULL || !snapshot_name(slug, "", thread))
		return -1;
	snapshot_mend_follow(s);
	threads = snapshot_folder_threads(s);
	if (threads < 0)
		return -1;
	folder = snapshot_folder(threads, thread);
	close(threads);
	return folder;
}

/* The twin first: the page keeps others from putting theirs. */
void
snapshot_take_back(struct snapshot *s, const struct snapshot_page *page)
{
	char name[SNAPSHOT_NAME];
	int folder = thread_open(s, page->thread);

	if (folder < 0)
		return;
	s->shared->moves++;
	if (snapshot_name(page->name, ".gz", name))
		snapshot_folder_delete(s, folder, name, INT64_MAX);
	if (snapshot_name(page->name, "", name))
		snapshot_folder_delete(s, folder, name, INT64_MAX);
	close(folder);
}

static bool
file_read(int fd, struct arena *arena, struct str *ret)
{
	struct stat st;
	char *at;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > MOST)
		return false;
	at = arena_bytes(arena, (size_t)st.st_size + 1);
	*ret = (struct str){ at, (size_t)st.st_size };
	return read(fd, at, (size_t)st.st_size) == (ssize_t)st.st_size;
}

bool
snapshot_get(struct snapshot *s, struct arena *arena,
    struct snapshot_page *page)
{
	char name[SNAPSHOT_NAME];
	int folder = thread_open(s, page->thread), fd;
	bool good;

	if (folder < 0)
		return false;
	fd = snapshot_name(page->name, "", name) ? openat(folder, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
	close(folder);
	if (fd < 0)
		return false;
	good = file_read(fd, arena, &page->bytes);
	close(fd);
	return good;
}
