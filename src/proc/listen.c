/* listen.c: the socket at which nginx finds us: systemd's, or our own. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "proc/internal.h"

enum { BACKLOG = 511 };

static struct sockaddr_un listen_own;	/* our own socket's path, or "" */
static int listen_lock = -1;

/* A request to listen, and where to say why it failed. */
struct wish {
	const char *path, *group;
	struct arena *arena;
	struct str *why;
};

static enum err
refuse(const struct wish *w, const char *what, int number)
{
	*w->why = number == 0 ?
	    arena_fmt(w->arena, "socket %s: %s", w->path, what) :
	    arena_fmt(w->arena, "socket %s: %s: %s", w->path, what,
	    strerror(number));
	return ERR_FILE;
}

static enum err
inherit(const struct wish *w, int n, int *fd)
{
	int flags;

	if (n != 1)
		return refuse(w, "systemd passes more than one", 0);
	*fd = SD_LISTEN_FDS_START;
	if (sd_is_socket_unix(*fd, SOCK_STREAM, 1, NULL, 0) <= 0)
		return refuse(w, "what systemd passes is no listening unix "
		    "stream socket", 0);
	flags = fcntl(*fd, F_GETFL);
	if (flags < 0 || fcntl(*fd, F_SETFL, flags | O_NONBLOCK) != 0)
		return refuse(w, "can't be set up", errno);
	return OK;
}

static bool
address(const char *path, const char *suffix, struct sockaddr_un *ret)
{
	int n;

	memset(ret, 0, sizeof(*ret));
	ret->sun_family = AF_UNIX;
	n = snprintf(ret->sun_path, sizeof(ret->sun_path), "%s%s", path,
	    suffix);
	return n > 0 && (size_t)n < sizeof(ret->sun_path);
}

/* The process's, not the descriptor's (as flock's is): children that outlive
 * a killed master don't keep it. */
static enum err
lock(const struct wish *w)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	const char *file = arena_fmt(w->arena, "%s.lock", w->path).at;
	int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return refuse(w, "can't make its .lock file", errno);
	if (fcntl(fd, F_SETLK, &whole) != 0) {
		close(fd);
		return refuse(w, "another foyerd listens there", 0);
	}
	listen_lock = fd;
	return OK;
}

static void
unlock(void)
{
	if (listen_lock >= 0)
		close(listen_lock);
	listen_lock = -1;
}

/* Who called listen(2) at the other end of a connection is gone: what accepts
 * there are the children of a killed master, ending. */
static bool
orphaned(int fd)
{
	struct ucred who;
	socklen_t len = sizeof(who);

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 &&
	    who.pid > 0 && kill(who.pid, 0) != 0 && errno == ESRCH;
}

/* OK: nothing is there, or what nobody listens at any more. */
static enum err
check_dead(const struct wish *w, const struct sockaddr_un *at)
{
	struct stat st;
	int fd, why;

	if (lstat(w->path, &st) != 0)
		return errno == ENOENT ? OK : refuse(w, "can't be seen",
		    errno);
	if (!S_ISSOCK(st.st_mode))
		return refuse(w, "something else is there", 0);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return refuse(w, "can't be tried", errno);
	why = connect(fd, (const struct sockaddr *)at, sizeof(*at)) == 0 ? 0 :
	    errno;
	if (why == 0 && orphaned(fd))
		why = ECONNREFUSED;
	close(fd);
	if (why == ECONNREFUSED)
		return OK;
	if (why == 0 || why == EAGAIN)
		return refuse(w, "another program listens there", 0);
	return refuse(w, "can't be tried", why);
}

static enum err
set_mode(const struct wish *w, const char *path)
{
	const struct group *group;

	if (chmod(path, 0660) != 0)
		return refuse(w, "can't be made 0660", errno);
	if (w->group[0] == '\0')
		return OK;
	errno = 0;
	if ((group = getgrnam(w->group)) == NULL)
		return refuse(w, arena_fmt(w->arena, "there is no group %s",
		    w->group).at, errno);
	if (chown(path, (uid_t)-1, group->gr_gid) != 0)
		return refuse(w, arena_fmt(w->arena, "can't be given to group "
		    "%s", w->group).at, errno);
	return OK;
}

/* Under another name until it is as it must be, then in place at once. */
static enum err
bind_own(const struct wish *w, const struct sockaddr_un *fresh, int fd)
{
	mode_t mask;
	enum err e;
	int bound;

	unlink(fresh->sun_path);
	mask = umask(0177);
	bound = bind(fd, (const struct sockaddr *)fresh, sizeof(*fresh));
	umask(mask);
	if (bound != 0)
		return refuse(w, "can't be made", errno);
	e = set_mode(w, fresh->sun_path);
	if (e == OK && listen(fd, BACKLOG) != 0)
		e = refuse(w, "can't be listened at", errno);
	if (e == OK && rename(fresh->sun_path, w->path) != 0)
		e = refuse(w, "can't be put in place", errno);
	if (e != OK)
		unlink(fresh->sun_path);
	return e;
}

static enum err
open_locked(const struct wish *w, const struct sockaddr_un *at,
    const struct sockaddr_un *fresh, int *ret)
{
	enum err e = check_dead(w, at);
	int fd;

	if (e != OK)
		return e;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return refuse(w, "can't be made", errno);
	if ((e = bind_own(w, fresh, fd)) != OK) {
		close(fd);
		return e;
	}
	listen_own = *at;
	*ret = fd;
	return OK;
}

static enum err
open_own(const struct wish *w, int *ret)
{
	struct sockaddr_un at, fresh;
	enum err e;

	if (!address(w->path, "", &at) || !address(w->path, ".new", &fresh))
		return refuse(w, "the path must be 1 to 103 bytes", 0);
	if ((e = lock(w)) != OK)
		return e;
	if ((e = open_locked(w, &at, &fresh, ret)) != OK)
		unlock();
	return e;
}

enum err
proc_listen(const char *path, const char *group, int *fd, struct str *why,
    struct arena *arena)
{
	const struct wish wish = { path, group, arena, why };
	int n = sd_listen_fds(1);

	*why = STR("");
	if (n < 0)
		return refuse(&wish, "systemd's LISTEN_FDS can't be read", -n);
	return n > 0 ? inherit(&wish, n, fd) : open_own(&wish, fd);
}

bool
proc_listen_end(void)
{
	if (listen_own.sun_path[0] == '\0')
		return false;
	unlink(listen_own.sun_path);
	listen_own.sun_path[0] = '\0';
	unlock();
	return true;
}
