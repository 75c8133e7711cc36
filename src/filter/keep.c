/*
 * keep.c: what plugins remember: in memory, and as files between two lives.
 *
 * A file is a head and the bytes. It is written aside, synced and renamed, so
 * a name always leads to a whole one; the sum is for what disks do.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filter/internal.h"

enum { MIB = 1024 * 1024, MEMORY_MOST = 64 };

struct keep_head {
	char magic[8];
	char name[FILTER_NAME + 1];
	uint64_t size, sum;
	int64_t learned;
};

static const char keep_magic[8] = "foyermm1";

size_t
filter_keep_most(const struct filter_plan *plan)
{
	int mib = plan->memory_mib / 4;

	return (size_t)(mib < MEMORY_MOST ? mib : MEMORY_MOST) * MIB;
}

/* FNV-1a, eight bytes at a time. */
static uint64_t
sum_more(uint64_t sum, const void *bytes, size_t size)
{
	uint64_t word;
	size_t i;

	for (i = 0; i + sizeof(word) <= size; i += sizeof(word)) {
		memcpy(&word, (const char *)bytes + i, sizeof(word));
		sum = (sum ^ word) * 0x100000001b3u;
		sum ^= sum >> 29;
	}
	word = 0;
	memcpy(&word, (const char *)bytes + i, size - i);
	return (sum ^ word) * 0x100000001b3u;
}

static uint64_t
keep_sum(struct keep_head head, const void *bytes)
{
	size_t size = (size_t)head.size;

	head.sum = 0;
	return sum_more(sum_more(0xcbf29ce484222325u, &head, sizeof(head)),
	    bytes, size);
}

static const char *
keep_path(struct arena *arena, const char *folder, const char *name)
{
	return arena_fmt(arena, "%s/%s.memory", folder, name).at;
}

static bool
write_all(int fd, const void *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = write(fd, (const char *)bytes + done, size - done);

		if (n <= 0 && errno != EINTR)
			return false;
		if (n > 0)
			done += (size_t)n;
	}
	return true;
}

static bool
read_all(int fd, void *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, (char *)bytes + done, size - done);

		if (n == 0 || (n < 0 && errno != EINTR))
			return false;
		if (n > 0)
			done += (size_t)n;
	}
	return true;
}

/* A rename lasts once its folder has been synced. */
static bool
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = fd != -1 && fsync(fd) == 0;

	if (fd != -1)
		close(fd);
	return done;
}

/* Root writes for whom the folder is. */
static bool
keep_owner(int fd, const char *folder)
{
	struct stat st;

	return geteuid() != 0 || (stat(folder, &st) == 0 &&
	    fchown(fd, st.st_uid, st.st_gid) == 0);
}

enum err
filter_keep_write(struct arena *arena, const char *folder,
    const struct filter_memory *m)
{
	const char *path = keep_path(arena, folder, m->name);
	const char *aside = arena_fmt(arena, "%s.%ld", path,
	    (long)getpid()).at;
	struct keep_head head = { .size = m->size, .learned = m->learned };
	int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
	    O_NOFOLLOW, 0600);
	bool done;

	if (fd == -1)
		return ERR_FILE;
	memcpy(head.magic, keep_magic, sizeof(head.magic));
	snprintf(head.name, sizeof(head.name), "%s", m->name);
	head.sum = keep_sum(head, m->bytes);
	done = write_all(fd, &head, sizeof(head)) &&
	    write_all(fd, m->bytes, m->size) && keep_owner(fd, folder) &&
	    fsync(fd) == 0;
	done = close(fd) == 0 && done;
	if (done && rename(aside, path) == 0 && sync_folder(folder))
		return OK;
	unlink(aside);
	return ERR_FILE;
}

static bool
keep_take(struct arena *arena, int fd, const char *name, size_t most,
    struct filter_memory *ret)
{
	struct keep_head head;
	void *bytes;

	if (!read_all(fd, &head, sizeof(head)) ||
	    memcmp(head.magic, keep_magic, sizeof(head.magic)) != 0 ||
	    strncmp(head.name, name, sizeof(head.name)) != 0 ||
	    head.size > most || head.learned < 0)
		return false;
	bytes = arena_bytes(arena, (size_t)head.size + 1);
	if (!read_all(fd, bytes, (size_t)head.size) ||
	    keep_sum(head, bytes) != head.sum)
		return false;
	*ret = (struct filter_memory){ .name = name, .bytes = bytes,
	    .size = (size_t)head.size, .learned = head.learned };
	return true;
}

enum err
filter_keep_read(struct arena *arena, const char *folder, const char *name,
    size_t most, struct filter_memory *ret)
{
	int fd = open(keep_path(arena, folder, name), O_RDONLY | O_CLOEXEC);
	bool good;

	if (fd == -1)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_FILE;
	good = keep_take(arena, fd, name, most, ret);
	close(fd);
	return good ? OK : ERR_SYNTAX;
}

int64_t
filter_keep_stamp(struct arena *arena, const char *folder, const char *name)
{
	struct stat st;

	if (stat(keep_path(arena, folder, name), &st) == -1)
		return 0;
	return (int64_t)st.st_ino ^ ((int64_t)st.st_mtim.tv_sec * 1000000000 +
	    st.st_mtim.tv_nsec);
}

bool
filter_keep_make(struct filter_hub *hub)
{
	size_t k, most = filter_keep_most(&hub->plan);

	for (k = 0; k < hub->plan.nplugins; k++) {
		hub->memories[k] = filter_hub_sealed("foyer-filter-memory",
		    FILTER_PARTS * most, F_SEAL_SEAL);
		if (hub->memories[k] == -1)
			return false;
	}
	return true;
}

static bool
keep_put(int fd, const struct filter_memory *m, size_t at)
{
	return pwrite(fd, m->bytes, m->size, (off_t)at) == (ssize_t)m->size;
}

/* Before there is a host: so that it has never judged without. */
void
filter_keep_recall(struct filter_hub *hub, size_t k)
{
	size_t most = filter_keep_most(&hub->plan);
	off_t at = (off_t)offsetof(struct filter_page, records) +
	    (off_t)(k * sizeof(struct filter_record));
	struct arena *arena = arena_new(most + MIB);
	const char *name = hub->plan.plugins[k].name;
	struct filter_memory m;
	struct filter_record r;
	enum err e = filter_keep_read(arena, hub->plan.state, name, most, &m);

	if (e == ERR_SYNTAX)
		log_line(LOG_WARN, "what filter %s had learned is damaged: it "
		    "learns all of it again", name);
	if (e == OK && keep_put(hub->memories[k], &m, 0)) {
		memcpy(&r, &hub->page->records[k], sizeof(r));
		atomic_store(&r.memory, m.size);
		atomic_store(&r.learned, m.learned);
		(void)!pwrite(hub->page_fd, &r, sizeof(r), at);
	}
	arena_free(arena);
}

bool
filter_keep_stage(const struct filter_hub *hub, size_t k,
    const struct filter_memory *m)
{
	return keep_put(hub->memories[k], m, filter_keep_most(&hub->plan));
}
