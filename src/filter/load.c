/* load.c: opens a shared object and believes nothing it says of itself. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filter/internal.h"

enum {
	SIZE_1_0 = offsetof(struct foyer_plugin, close) + sizeof(void *),
	SIZE_ABSURD = 4096
};

/* What dlopen says of a folder or a text file is no sentence. */
static const char *
load_file(const char *path)
{
	struct stat st;
	char magic[4] = "";
	const char *why = NULL;
	int fd;

	if (strchr(path, '/') == NULL)
		return "the path names no folder";
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1)
		return errno == ENOENT ? "there is no such file" :
		    "the file can't be read";
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		why = "this is no file";
	else if (read(fd, magic, 4) != 4 || memcmp(magic, "\177ELF", 4) != 0)
		why = "this is no shared object (ELF)";
	close(fd);
	return why;
}

static bool
load_name_ok(const char *name)
{
	size_t i, len = strnlen(name, FILTER_NAME + 1);

	if (len > FILTER_NAME || name[0] < 'a' || name[0] > 'z')
		return false;
	for (i = 1; i < len; i++)
		if ((name[i] < 'a' || name[i] > 'z') && name[i] != '-' &&
		    (name[i] < '0' || name[i] > '9'))
			return false;
	return true;
}

/* Nothing past the four fixed members is read before they fit. */
static struct str
load_head(struct arena *arena, const struct foyer_plugin *p)
{
	if (p == NULL)
		return STR("foyer_plugin_entry gives no manifest");
	if (p->magic != FOYER_MAGIC)
		return arena_fmt(arena, "the manifest's magic is 0x%08x, "
		    "not 0x%08x", p->magic, FOYER_MAGIC);
	if (p->major != FOYER_MAJOR)
		return arena_fmt(arena, "it is built for version %u of the "
		    "contract, this foyer speaks version %u", p->major,
		    FOYER_MAJOR);
	if (p->minor > FOYER_MINOR)
		return arena_fmt(arena, "it is built for version %u.%u of the "
		    "contract, newer than this foyer's %u.%u", p->major,
		    p->minor, FOYER_MAJOR, FOYER_MINOR);
	if (p->size < SIZE_1_0)
		return arena_fmt(arena, "the manifest is cut short: %u bytes, "
		    "at least %d are needed", p->size, SIZE_1_0);
	if (p->size > SIZE_ABSURD)
		return arena_fmt(arena, "the manifest can't be %u bytes long",
		    p->size);
	return STR("");
}

static const char *
load_members(const struct foyer_plugin *p)
{
	if (p->name == NULL || p->name[0] == '\0')
		return "it has no name";
	if (!load_name_ok(p->name))
		return "its name is not made of a-z, 0-9 and '-' (at most 31)";
	if (p->judge == NULL)
		return "it has no judge";
	return NULL;
}

/* dlerror's words, without the path that we say ourselves. */
static struct str
load_said(struct arena *arena, const char *path, const char *said)
{
	struct str s = str_of(said);
	size_t len = strlen(path);

	if (str_begins(s, path) && str_begins(str_cut(s, len, 2), ": "))
		s = str_cut(s, len + 2, s.len);
	return arena_str(arena, s);
}

static const struct foyer_plugin *
load_entry(struct arena *arena, const char *path, struct str *why)
{
	void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	foyer_plugin_fn *entry;
	void *symbol;

	if (object == NULL) {
		*why = load_said(arena, path, dlerror());
		return NULL;
	}
	symbol = dlsym(object, "foyer_plugin_entry");
	if (symbol == NULL) {
		*why = STR("it exports no foyer_plugin_entry");
		return NULL;
	}
	memcpy(&entry, &symbol, sizeof(entry));	/* ISO C has no cast for it */
	return entry();
}

enum err
filter_load(struct arena *arena, const char *path,
    struct filter_module **ret, struct str *why)
{
	struct filter_module *m = arena_alloc(arena, sizeof(*m));
	const struct foyer_plugin *p;

	*why = str_of(load_file(path));
	if (why->len == 0) {
		p = load_entry(arena, path, why);
		if (why->len == 0)
			*why = load_head(arena, p);
		if (why->len == 0) {
			memcpy(&m->plugin, p, p->size < sizeof(m->plugin) ?
			    p->size : sizeof(m->plugin));
			*why = str_of(load_members(&m->plugin));
		}
	}
	if (why->len > 0) {
		*why = arena_fmt(arena, "%s: " STR_FMT, path, STR_ARG(*why));
		return ERR_FILE;
	}
	*ret = m;
	return OK;
}

const char *
filter_module_name(const struct filter_module *m)
{
	return m->plugin.name;
}

const char *
filter_module_version(const struct filter_module *m)
{
	return m->plugin.version ? m->plugin.version : "";
}

bool
filter_module_deferred(const struct filter_module *m)
{
	return (m->plugin.flags & FOYER_DEFERRED) != 0;
}

bool
filter_module_challenges(const struct filter_module *m)
{
	return m->plugin.challenge != NULL;
}

bool
filter_module_learns(const struct filter_module *m)
{
	return m->plugin.hear != NULL || m->plugin.learn != NULL;
}

static const char *
module_open(struct filter_module *m, const struct filter_plugin *p,
    struct foyer_setting *settings, const struct foyer_host *host)
{
	size_t i;

	for (i = 0; i < p->npairs; i++)
		settings[i] = (struct foyer_setting){ p->pairs[i].key,
		    p->pairs[i].value };
	if (filter_module_deferred(m) && !p->deferred)
		return "it is deferred: its section must say so (deferred = "
		    "true)";
	if ((m->plugin.challenge != NULL) != p->challenge)
		return p->challenge ? "it gives no challenges" : "it gives "
		    "challenges: its section must say so (challenge = true)";
	if (m->plugin.open != NULL &&
	    m->plugin.open(host, settings, p->npairs, &m->state) != 0)
		return "it would not open";
	return NULL;
}

enum err
filter_module_open(struct arena *arena, const struct filter_plugin *p,
    const struct foyer_host *host, struct filter_module **ret,
    struct str *why)
{
	struct foyer_setting *settings = arena_alloc(arena,
	    (p->npairs + 1) * sizeof(*settings));
	struct filter_module *m;
	const char *no;
	enum err e;

	if ((e = filter_load(arena, p->path, &m, why)) != OK)
		return e;
	if (p->name != NULL && strcmp(m->plugin.name, p->name) != 0) {
		*why = arena_fmt(arena, "%s: it calls itself %s, not %s",
		    p->path, m->plugin.name, p->name);
		return ERR_FILE;
	}
	if ((no = module_open(m, p, settings, host)) != NULL) {
		*why = arena_fmt(arena, "%s: %s", p->path, no);
		return ERR_FILE;
	}
	*ret = m;
	return OK;
}
