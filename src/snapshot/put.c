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
	if (done == bytes.len && futimens(fd, times) == 0)
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
	z.next_out = arena_alloc(arena, cap);
	ret->at = (char *)z.next_out;
	z.avail_out = (uInt)cap;
	z.next_in = (Bytef *)(uintptr_t)bytes.at;
	z.avail_in = (uInt)bytes.len;
	done = deflate(&z, Z_FINISH);
	ret->len = z.total_out;
	deflateEnd(&z);
	return done == Z_STREAM_END;
}

/* Both written aside; both moved in if the thread was not dropped since. The
 * folder was opened before the ticket is looked at: a drop after that moves
 * the folder away with whatever lands in it. */
static bool
publish(struct snapshot *s, int folder, const char *aside[2],
    const char *names[2])
{
	return renameat(s->tmp, aside[0], folder, names[0]) == 0 &&
	    renameat(s->tmp, aside[1], folder, names[1]) == 0;
}

static bool
ticket_good(struct snapshot *s, struct str thread, struct snapshot_ticket t)
{
	struct snapshot_ticket now = snapshot_ticket(s, thread);

	return now.all == t.all && now.one == t.one;
}

static bool
room_for(const struct snapshot *s, size_t more)
{
	return s->shared->bytes + (int64_t)more <= s->limits.bytes &&
	    s->shared->files + 2 <= s->limits.files;
}

static int
thread_folder(struct snapshot *s, const char *thread)
{
	if (mkdirat(s->threads, thread, 0755) != 0 && errno != EEXIST)
		return -1;
	return snapshot_folder(s->threads, thread);
}

bool
snapshot_put(struct snapshot *s, struct arena *arena,
    const struct snapshot_page *page, struct snapshot_ticket ticket)
{
	char aside[2][SNAPSHOT_NAME], names[2][SNAPSHOT_NAME];
	char thread[SNAPSHOT_NAME];
	const char *from[2] = { aside[0], aside[1] };
	const char *to[2] = { names[0], names[1] };
	struct str packed;
	bool good = false;
	int folder;

	if (s->shared == NULL || page->bytes.len > MOST ||
	    !snapshot_name(page->thread, "", thread) ||
	    !snapshot_name(page->name, ".gz", names[0]) ||
	    !snapshot_name(page->name, "", names[1]) ||
	    !gzip(arena, page->bytes, &packed) ||
	    !room_for(s, page->bytes.len + packed.len))
		return false;
	snapshot_unique(s, aside[0]);
	snapshot_unique(s, aside[1]);
	if (file_write(s->tmp, aside[0], packed, page->version) &&
	    file_write(s->tmp, aside[1], page->bytes, page->version) &&
	    (folder = thread_folder(s, thread)) >= 0) {
		good = ticket_good(s, page->thread, ticket) &&
		    publish(s, folder, from, to);
		close(folder);
	}
	if (good) {
		s->shared->bytes += (int64_t)(page->bytes.len + packed.len);
		s->shared->files += 2;
		return true;
	}
	unlinkat(s->tmp, aside[0], 0);
	unlinkat(s->tmp, aside[1], 0);
	return false;
}

void
snapshot_take_back(struct snapshot *s, const struct snapshot_page *page)
{
	char thread[SNAPSHOT_NAME], name[SNAPSHOT_NAME];
	int folder;

	if (s->shared == NULL || !snapshot_name(page->thread, "", thread) ||
	    (folder = snapshot_folder(s->threads, thread)) < 0)
		return;
	if (snapshot_name(page->name, "", name))
		unlinkat(folder, name, 0);
	if (snapshot_name(page->name, ".gz", name))
		unlinkat(folder, name, 0);
	close(folder);
}

static bool
file_read(int fd, struct arena *arena, struct str *ret)
{
	struct stat st;
	char *at;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > MOST)
		return false;
	at = arena_alloc(arena, (size_t)st.st_size + 1);
	*ret = (struct str){ at, (size_t)st.st_size };
	return read(fd, at, (size_t)st.st_size) == (ssize_t)st.st_size;
}

bool
snapshot_get(struct snapshot *s, struct arena *arena,
    struct snapshot_page *page)
{
	char thread[SNAPSHOT_NAME], name[SNAPSHOT_NAME];
	int folder, fd;
	bool good;

	if (s->shared == NULL || !snapshot_name(page->thread, "", thread) ||
	    !snapshot_name(page->name, "", name) ||
	    (folder = snapshot_folder(s->threads, thread)) < 0)
		return false;
	fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	close(folder);
	if (fd < 0)
		return false;
	good = file_read(fd, arena, &page->bytes);
	close(fd);
	return good;
}
