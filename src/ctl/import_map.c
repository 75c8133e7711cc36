/* import_map.c: which review a page elsewhere is about. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/import_from.h"

/* "https://journal.example/60/r/?p=1" -> "/60/r": a site moves to another
 * host and from pages to folders. */
static struct str
bare(struct str url)
{
	struct str path = ingest_sitemap_path(url);

	path = str_cut(path, 0, str_find(path, STR("#")));
	path = str_cut(path, 0, str_find(path, STR("?")));
	if (str_ends(path, "/index.html"))
		path.len -= strlen("index.html");
	while (path.len > 1 && str_ends(path, "/"))
		path.len--;
	return path;
}

/* "/60/film.shtml" -> "film". */
static struct str
last_part(struct str path)
{
	size_t from = path.len, end;

	while (from > 0 && path.at[from - 1] != '/')
		from--;
	path = str_cut(path, from, path.len);
	end = str_find(path, STR("."));
	return str_cut(path, 0, end);
}

static struct str
by_path(const struct store_arrive_place *rows, size_t n, struct str path)
{
	size_t i;

	for (i = 0; i < n && path.len > 1; i++)
		if (str_eq(rows[i].path, path))
			return rows[i].slug;
	return STR("");
}

static struct str
by_slug(const struct ctl_import_map *m, struct str slug)
{
	size_t i;

	for (i = 0; i < m->places.n && slug.len > 0; i++)
		if (str_eq(m->places.rows[i].slug, slug))
			return m->places.rows[i].slug;
	return STR("");
}

struct str
ctl_import_map_find(const struct ctl_import_map *m,
    const struct ingest_said *s)
{
	struct str path = bare(s->url), found;

	found = by_path(m->told, m->ntold, path);
	if (found.len == 0)
		found = by_path(m->places.rows, m->places.n, path);
	if (found.len == 0)
		found = by_slug(m, s->slug);
	return found.len > 0 ? found : by_slug(m, last_part(path));
}

/* The next of what was told; the room for them doubles. */
static struct store_arrive_place *
next_told(struct arena *a, struct ctl_import_map *m)
{
	struct store_arrive_place *more;

	if ((m->ntold & (m->ntold - 1)) == 0) {
		more = arena_alloc(a, (2 * m->ntold + 1) * sizeof(*more));
		if (m->ntold > 0)
			memcpy(more, m->told, m->ntold * sizeof(*more));
		m->told = more;
	}
	return &m->told[m->ntold++];
}

static bool
told_add(struct arena *a, struct ctl_import_map *m, struct str line)
{
	struct str rest = str_trim(arena_str(a, line)), url, slug;

	if (rest.len == 0)
		return true;
	if (!str_split(&rest, ' ', &url) ||
	    (slug = by_slug(m, str_trim(rest))).len == 0) {
		ctl_say_failed("--map: " STR_FMT ": expected an address, a "
		    "space and the slug of a review that is here",
		    STR_ARG(str_trim(line)));
		return false;
	}
	*next_told(a, m) = (struct store_arrive_place){ slug, bare(url) };
	return true;
}

static bool
told_read(struct arena *a, const char *file, struct ctl_import_map *m)
{
	FILE *in = fopen(file, "re");
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	bool good = true;

	if (in == NULL) {
		ctl_say_failed("%s: %s", file, strerror(errno));
		return false;
	}
	while (good && (n = getline(&line, &cap, in)) > 0)
		good = told_add(a, m, (struct str){ line, (size_t)n });
	free(line);
	fclose(in);
	return good;
}

bool
ctl_import_map_read(struct ctl *c, struct arena *a, const char *file,
    struct ctl_import_map *ret)
{
	enum err e = store_arrive_places(c->store, a, &ret->places);
	size_t i;

	if (e != OK) {
		ctl_open_trouble(c, e, "reviews");
		return false;
	}
	for (i = 0; i < ret->places.n; i++)
		ret->places.rows[i].path = bare(ret->places.rows[i].path);
	return file == NULL || told_read(a, file, ret);
}
