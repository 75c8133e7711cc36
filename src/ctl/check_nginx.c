/* check_nginx.c: does nginx reach foyerd and its files, and ask rightly? */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "ctl/check.h"
#include "ctl/nginx.h"

enum { GROUPS = 64 };

/* A user as the kernel sees its processes. */
struct person {
	const char *name;
	uid_t uid;
	gid_t groups[GROUPS];
	int ngroups;
};

static bool
find(struct person *p)
{
	const struct passwd *user = p->name != NULL ? getpwnam(p->name) :
	    getpwuid(geteuid());

	if (user == NULL)
		return false;
	p->name = user->pw_name;
	p->uid = user->pw_uid;
	p->ngroups = GROUPS;
	return getgrouplist(user->pw_name, user->pw_gid, p->groups,
	    &p->ngroups) >= 0;
}

/* need: of 4 read, 2 write, 1 enter. */
static bool
may(const struct person *p, const struct stat *st, mode_t need)
{
	int i;

	if (p->uid == 0)
		return true;
	if (st->st_uid == p->uid)
		return (st->st_mode >> 6 & need) == need;
	for (i = 0; i < p->ngroups; i++)
		if (p->groups[i] == st->st_gid)
			return (st->st_mode >> 3 & need) == need;
	return (st->st_mode & need) == need;
}

/* The first folder on the way that lets this person not in; NULL: none. */
static const char *
closed(struct ctl_check *c, const struct person *p, const char *path)
{
	const char *slash = path;
	struct stat st;

	while ((slash = strchr(slash + 1, '/')) != NULL) {
		const char *folder = arena_cstr(c->arena, (struct str){ path,
		    (size_t)(slash - path) });

		if (stat(folder, &st) != 0 || !may(p, &st, 1))
			return folder;
	}
	return NULL;
}

/* Somebody accepts there. */
static bool
answers(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    0);
	bool good;

	strncpy(at.sun_path, path, sizeof(at.sun_path) - 1);
	good = fd >= 0 && (connect(fd, (struct sockaddr *)&at, sizeof(at)) ==
	    0 || errno == EAGAIN);
	if (fd >= 0)
		close(fd);
	return good;
}

static bool
check_socket(struct ctl_check *c, const struct person *p)
{
	const char *path = c->settings->listen, *folder;
	struct stat st;

	if (lstat(path, &st) != 0)
		return ctl_check_ok(c, "socket", "foyerd does not run");
	if (!S_ISSOCK(st.st_mode))
		return ctl_check_wrong(c, "socket", arena_fmt(c->arena,
		    "%s is no socket", path));
	if ((st.st_mode & 07) != 0)
		return ctl_check_wrong(c, "socket", arena_fmt(c->arena,
		    "%s: everybody may connect: make it 0660", path));
	if ((folder = closed(c, p, path)) != NULL)
		return ctl_check_wrong(c, "socket", arena_fmt(c->arena,
		    "%s does not let nginx's user %s in", folder, p->name));
	if (!may(p, &st, 2))
		return ctl_check_wrong(c, "socket", arena_fmt(c->arena,
		    "%s: nginx's user %s may not connect: it belongs to "
		    "another group (group in foyer.conf, SocketGroup in "
		    "foyer.socket)", path, p->name));
	if (!answers(path))
		return ctl_check_wrong(c, "socket", arena_fmt(c->arena,
		    "%s: nobody answers there", path));
	return ctl_check_ok(c, "socket", path);
}

static bool
check_files(struct ctl_check *c, const struct ctl_nginx *n,
    const struct person *p)
{
	const char *folder = c->settings->cache, *way;
	struct stat st;

	if (folder[0] == '\0' || stat(folder, &st) != 0)
		return ctl_check_ok(c, "files", "no cache");
	if (n->cache == NULL || strcmp(n->cache, folder) != 0)
		return ctl_check_wrong(c, "files", arena_fmt(c->arena,
		    "nginx's $foyer_cache is %s, foyerd writes to %s",
		    n->cache != NULL ? n->cache : "not set", folder));
	if ((way = closed(c, p, folder)) != NULL)
		return ctl_check_wrong(c, "files", arena_fmt(c->arena,
		    "%s does not let nginx's user %s in", way, p->name));
	if (!may(p, &st, 5))
		return ctl_check_wrong(c, "files", arena_fmt(c->arena, "%s: "
		    "nginx's user %s can't read it", folder, p->name));
	return ctl_check_ok(c, "files", folder);
}

static bool
check_asking(struct ctl_check *c, const struct ctl_nginx *n, const char *file)
{
	if (!n->passes)
		return ctl_check_wrong(c, "nginx", arena_fmt(c->arena, "%s: it "
		    "passes nothing to unix:%s", file, c->settings->listen));
	if (n->unbuffered != NULL)
		return ctl_check_wrong(c, "nginx", arena_fmt(c->arena, "%s: "
		    "fastcgi_request_buffering is off: slow senders would "
		    "occupy workers", n->unbuffered));
	if (n->kept != NULL)
		return ctl_check_wrong(c, "nginx", arena_fmt(c->arena, "%s: "
		    "fastcgi_keep_conn is on: idle connections would occupy "
		    "workers", n->kept));
	return true;
}

/* "https://journal.example:8443". */
static int
origin_port(const char *origin)
{
	const char *colon = strrchr(origin, ':');

	if (colon[1] != '/')
		return atoi(colon + 1);
	return strncmp(origin, "https:", 6) == 0 ? 443 : 80;
}

static bool
say_asking(struct ctl_check *c, const struct ctl_nginx *n, const char *file)
{
	if (n->listens)
		return ctl_check_ok(c, "nginx", file);
	return ctl_check_ok(c, "nginx", arena_fmt(c->arena, "%s, behind what "
	    "serves %s: it does not listen on port %d", file,
	    c->settings->origin, n->port).at);
}

bool
ctl_check_nginx(struct ctl_check *c, const char *file)
{
	struct ctl_nginx n = { .arena = c->arena,
	    .socket = c->settings->listen,
	    .port = origin_port(c->settings->origin) };
	struct person p = { .name = NULL };
	bool good;

	if (file != NULL)
		(void)ctl_nginx_read(&n, file);
	else if ((file = ctl_nginx_find(&n)) == NULL)
		return ctl_check_ok(c, "nginx", "not here");
	if (n.broken != NULL)
		return ctl_check_wrong(c, "nginx", arena_fmt(c->arena, "%s: "
		    "this user can't read all that says whether it passes to "
		    "unix:%s", n.broken, c->settings->listen));
	p.name = n.user;
	if (!find(&p))
		return ctl_check_wrong(c, "nginx", arena_fmt(c->arena,
		    "there is no user %s", n.user));
	good = check_asking(c, &n, file) && say_asking(c, &n, file);
	good &= check_socket(c, &p);
	good &= check_files(c, &n, &p);
	return good;
}
