/* nginx_find.c: which nginx serves foyer, if several run here. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl/nginx.h"

#define TITLE	"nginx: master process "
#define SYSTEMS	"/etc/nginx/nginx.conf"

enum { TITLE_MOST = 4096 };

/* An option of the command line that the title repeats. Nothing tells where a
 * word with spaces ends. */
static struct str
option(struct str title, const char *name)
{
	size_t at = str_find(title, str_of(name)), end;
	struct str value;

	if (at == (size_t)-1)
		return STR("");
	value = str_cut(title, at + strlen(name), title.len);
	end = str_find(value, STR(" "));
	return end == (size_t)-1 ? value : str_cut(value, 0, end);
}

/* Which settings a process was started with; "": it is no nginx. */
static struct str
file_of(struct arena *a, const char *pid)
{
	int fd = open(arena_fmt(a, "/proc/%s/cmdline", pid).at,
	    O_RDONLY | O_CLOEXEC);
	char *at = arena_bytes(a, TITLE_MOST);
	ssize_t n = fd < 0 ? 0 : read(fd, at, TITLE_MOST - 1);
	struct str title, file;

	if (fd >= 0)
		close(fd);
	at[n < 0 ? 0 : n] = '\0';
	title = str_of(at);
	if (!str_begins(title, TITLE))
		return STR("");
	file = option(title, " -c ");
	if (file.len == 0)
		return STR(SYSTEMS);
	if (file.at[0] == '/')
		return file;
	return arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(option(title,
	    " -p ")), STR_ARG(file));
}

static int
worth(const struct ctl_nginx *n)
{
	if (n->passes)
		return n->listens ? 3 : 2;
	return n->broken != NULL;	/* it might be this one */
}

static void
look(struct ctl_nginx *best, const char **chosen, struct str file)
{
	struct ctl_nginx n = { .arena = best->arena, .socket = best->socket,
	    .port = best->port };
	const char *at = arena_cstr(n.arena, file);

	if (access(at, F_OK) != 0 && errno == ENOENT)
		return;			/* a container's, or there is none */
	(void)ctl_nginx_read(&n, at);
	if (*chosen != NULL && worth(&n) <= worth(best))
		return;
	*best = n;
	*chosen = at;
}

const char *
ctl_nginx_find(struct ctl_nginx *n)
{
	DIR *all = opendir("/proc");
	const struct dirent *each;
	const char *chosen = NULL;

	while (all != NULL && (each = readdir(all)) != NULL) {
		struct str file = STR("");

		if (strspn(each->d_name, "0123456789") ==
		    strlen(each->d_name))
			file = file_of(n->arena, each->d_name);
		if (file.len > 0)
			look(n, &chosen, file);
	}
	if (all != NULL)
		closedir(all);
	look(n, &chosen, STR(SYSTEMS));
	return chosen;
}
