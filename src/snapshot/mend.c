/* mend.c: the folder is opened again where somebody has removed it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/internal.h"

bool
snapshot_mend_open(struct snapshot *s)
{
	int threads;

	s->root = snapshot_folder_make(AT_FDCWD, s->folder);
	if (s->root < 0)
		return false;
	threads = snapshot_folder_make(s->root, "t");
	if (threads < 0)
		return false;
	close(threads);
	s->tmp = snapshot_folder_make(s->root, "tmp");
	s->trash = snapshot_folder_make(s->root, "trash");
	return s->tmp >= 0 && s->trash >= 0;
}

void
snapshot_mend_close(struct snapshot *s)
{
	int *const fds[] = { &s->root, &s->tmp, &s->trash };
	size_t i;

	for (i = 0; i < COUNT(fds); i++) {
		if (*fds[i] >= 0)
			close(*fds[i]);
		*fds[i] = -1;
	}
}

/* What was open stays open where nothing else can be. */
static bool
open_again(struct snapshot *s)
{
	struct snapshot old = *s;
	int why;

	s->root = s->tmp = s->trash = -1;
	if (snapshot_mend_open(s)) {
		snapshot_mend_close(&old);
		return true;
	}
	why = errno;
	snapshot_mend_close(s);
	s->root = old.root;
	s->tmp = old.tmp;
	s->trash = old.trash;
	errno = why;
	return false;
}

void
snapshot_mend_follow(struct snapshot *s)
{
	uint32_t opened = s->shared->opened;

	if (s->opened != opened && open_again(s))
		s->opened = opened;
}

static bool
is_open(int at, const char *name, int fd)
{
	struct stat named, open;

	return fstatat(at, name, &named, 0) == 0 && fstat(fd, &open) == 0 &&
	    named.st_dev == open.st_dev && named.st_ino == open.st_ino;
}

/* Nobody vouches for what is in another folder. The others follow once it is
 * empty; what they have read by then is published nowhere, since all tickets
 * were void before, or is found by their second look. */
enum err
snapshot_mend(struct snapshot *s, bool *mended)
{
	*mended = false;
	if (s->shared == NULL)
		return OK;
	if (is_open(AT_FDCWD, s->folder, s->root) &&
	    is_open(s->root, "tmp", s->tmp) &&
	    is_open(s->root, "trash", s->trash)) {
		snapshot_drop_owed(s);
		return OK;
	}
	snapshot_sweep_end(s);
	if (!open_again(s))
		return ERR_FILE;
	snapshot_drop_all(s);
	s->shared->bytes = s->shared->files = 0;
	s->opened = ++s->shared->opened;
	*mended = true;
	return OK;
}
