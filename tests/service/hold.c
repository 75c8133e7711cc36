/*
 * hold.c: preloaded into foyerd, holds a call until a test says go.
 *
 * $FOYER_HOLD is a folder. If there is a FIFO CALL.NAME in it, whoever makes
 * that call for a file of that name writes CALL.NAME.held, and waits until
 * somebody has opened the FIFO for writing.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
hold(const char *call, const char *name)
{
	const char *folder = getenv("FOYER_HOLD");
	char fifo[512], held[520];
	int was = errno, fd;

	if (folder == NULL || strchr(name, '/') != NULL)
		return;
	snprintf(fifo, sizeof(fifo), "%s/%s.%s", folder, call, name);
	snprintf(held, sizeof(held), "%s.held", fifo);
	if (access(fifo, R_OK) == 0) {
		close(open(held, O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
		fd = open(fifo, O_RDONLY | O_CLOEXEC);
		if (fd >= 0)
			close(fd);
	}
	errno = was;
}

int
mkdirat(int at, const char *name, mode_t mode)
{
	int (*call)(int, const char *, mode_t) =
	    (int (*)(int, const char *, mode_t))dlsym(RTLD_NEXT, "mkdirat");

	hold("mkdirat", name);
	return call(at, name, mode);
}

int
renameat2(int from, const char *old, int to, const char *name, unsigned flags)
{
	int (*call)(int, const char *, int, const char *, unsigned) =
	    (int (*)(int, const char *, int, const char *, unsigned))
	    dlsym(RTLD_NEXT, "renameat2");

	hold("renameat2", name);
	return call(from, old, to, name, flags);
}
