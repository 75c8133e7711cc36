/* import_list.c: files, folders and sitemaps into one list of files. */
#include <errno.h>
#include <fnmatch.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/import.h"
#include "ingest/ingest.h"

static void
add(struct ctl_import_list *l, const char *file, struct str path,
    const char *wrong)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 64;
		struct ctl_import_item *items = arena_alloc(l->arena,
		    cap * sizeof(*items));

		if (l->n > 0)
			memcpy(items, l->items, l->n * sizeof(*items));
		l->items = items;
		l->cap = cap;
	}
	l->items[l->n++] = (struct ctl_import_item){
		arena_cstr(l->arena, str_of(file)), path, wrong
	};
}

/* "/60/r.html" of a file below the journal's root. */
static struct str
path_below(const struct ctl_import_list *l, const char *file)
{
	size_t n = l->root != NULL ? strlen(l->root) : 0;

	while (n > 1 && l->root[n - 1] == '/')
		n--;
	return n > 0 && strncmp(file, l->root, n) == 0 && file[n] == '/' ?
	    arena_str(l->arena, str_of(file + n)) : STR("");
}

static bool
wanted(const struct ctl_import_list *l, const char *file)
{
	return l->only == NULL || fnmatch(l->only, file, 0) == 0;
}

static void
found(struct ctl_import_list *l, FTS *tree, FTSENT *at)
{
	switch (at->fts_info) {
	case FTS_F:
		if (ingest_review_named(at->fts_path) &&
		    at->fts_name[0] != '.' && wanted(l, at->fts_path))
			add(l, at->fts_path, path_below(l, at->fts_path),
			    NULL);
		break;
	case FTS_D:
		if (at->fts_level > 0 && at->fts_name[0] == '.')
			fts_set(tree, at, FTS_SKIP);
		break;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		add(l, at->fts_path, STR(""), arena_cstr(l->arena,
		    str_of(strerror(at->fts_errno))));
		break;
	default:	/* a link, a device, the way back */
		break;
	}
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

bool
ctl_import_list_word(struct ctl_import_list *l, const char *word)
{
	char *words[] = { arena_cstr(l->arena, str_of(word)), NULL };
	struct stat st;
	FTS *tree;
	FTSENT *at;

	if (stat(word, &st) != 0 || !S_ISDIR(st.st_mode)) {
		add(l, word, path_below(l, word), NULL);
		return true;
	}
	l->many = true;
	tree = fts_open(words, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR,
	    by_name);
	if (tree == NULL) {
		ctl_say_failed("%s: %s", word, strerror(errno));
		return false;
	}
	while ((at = fts_read(tree)) != NULL)
		found(l, tree, at);
	fts_close(tree);
	return true;
}

/* As web servers look for it: as it is, with .html, with index.html. */
static const char *
file_at(const struct ctl_import_list *l, struct str name)
{
	static const char *const tries[] = { "", ".html", "/index.html" };
	struct stat st;

	for (size_t k = 0; k < COUNT(tries); k++) {
		const char *file = arena_fmt(l->arena, "%s" STR_FMT "%s",
		    l->root, STR_ARG(name), tries[k]).at;

		if (stat(file, &st) == 0 && S_ISREG(st.st_mode))
			return file;
	}
	return NULL;
}

static void
add_url(struct ctl_import_list *l, struct str url)
{
	struct str path = ingest_sitemap_path(url), name;
	const char *shown = arena_cstr(l->arena, url), *file = NULL;

	name = ingest_sitemap_file_of(l->arena, path);
	if (!wanted(l, shown))
		return;
	if (name.len > 0)
		file = file_at(l, name);
	if (file != NULL)
		add(l, file, path, NULL);
	else
		add(l, shown, path, "there is no such file below --root");
}

/* Maps of a map are read; the protocol has no third level. */
static bool
read_map(struct ctl_import_list *l, const char *file, bool deeper)
{
	struct ingest_sitemap map;
	struct str why;

	if (ingest_sitemap_file(l->arena, file, &map, &why) != OK) {
		ctl_say_failed(STR_FMT, STR_ARG(why));
		return false;
	}
	for (size_t i = 0; i < map.n; i++) {
		struct str name = ingest_sitemap_file_of(l->arena,
		    ingest_sitemap_path(map.urls[i]));
		const char *next;

		if (!map.index) {
			add_url(l, map.urls[i]);
			continue;
		}
		next = name.len > 0 ? file_at(l, name) : NULL;
		if (!deeper || next == NULL) {
			ctl_say_failed("%s: there is no sitemap " STR_FMT
			    " below --root", file, STR_ARG(map.urls[i]));
			return false;
		}
		if (!read_map(l, next, false))
			return false;
	}
	return true;
}

bool
ctl_import_list_sitemap(struct ctl_import_list *l, const char *file)
{
	l->many = true;
	return read_map(l, file, true);
}
