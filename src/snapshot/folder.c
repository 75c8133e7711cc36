/* folder.c: folders opened, listed and deleted; links are never followed. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/internal.h"

int
snapshot_folder(int at, const char *name)
{
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
}

int
snapshot_folder_make(int at, const char *name)
{
	bool made = mkdirat(at, name, 0755) == 0;
	int fd = made || errno == EEXIST ? snapshot_folder(at, name) : -1;

	if (made && fd >= 0 && fchmod(fd, 0755) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

int
snapshot_folder_threads(struct snapshot *s)
{
	return snapshot_folder(s->root, "t");
}

DIR *
snapshot_folder_list(int at, const char *name)
{
	int fd = snapshot_folder(at, name);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	if (dir == NULL && fd >= 0)
		close(fd);
	return dir;
}

const char *
snapshot_folder_next(DIR *dir)
{
	struct dirent *entry;

	while ((entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			return entry->d_name;
	return NULL;
}

static bool
file_delete(struct snapshot *s, int at, const char *name, int64_t size)
{
	if (unlinkat(at, name, 0) != 0)
		return errno == ENOENT;
	s->shared->bytes -= size;
	s->shared->files--;
	return true;
}

bool
snapshot_folder_clear(struct snapshot *s, int at, const char *name,
    int64_t until)
{
	DIR *dir = snapshot_folder_list(at, name);
	const char *inner;
	bool good = dir != NULL;

	while (dir != NULL && (inner = snapshot_folder_next(dir)) != NULL) {
		if (clock_mono() >= until) {
			good = false;
			break;
		}
		if (!snapshot_folder_delete(s, dirfd(dir), inner, until))
			good = false;
	}
	if (dir != NULL)
		closedir(dir);
	return good;
}

bool
snapshot_folder_delete(struct snapshot *s, int at, const char *name,
    int64_t until)
{
	struct stat st;

	if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	if (!S_ISDIR(st.st_mode))
		return file_delete(s, at, name, (int64_t)st.st_size);
	return snapshot_folder_clear(s, at, name, until) &&
	    unlinkat(at, name, AT_REMOVEDIR) == 0;
}
