/* review.c: files of reviews, sitemaps and other systems' exports. */
#include "fuzz.h"
#include "ingest/ingest.h"

static void
check_review(struct arena *arena, const char *name, struct str bytes)
{
	struct ingest got;
	struct str why = STR("");
	size_t i;

	if (ingest_review(arena, name, bytes, &got, &why) != OK) {
		assert(why.len > 0);
		return;
	}
	assert(got.review.slug.len > 0 && text_valid(got.review.slug));
	assert(text_valid(got.review.heading));
	for (i = 0; i < got.nnotes; i++)
		assert(text_valid(got.notes[i].text));
}

static void
check_talk(struct arena *arena, const char *system, struct str bytes)
{
	const char *file = fuzz_file(arena, bytes);
	struct ingest_talk talk;
	struct str why = STR("");
	size_t i;

	if (ingest_talk_file(arena, file, system, &talk, &why) == OK)
		for (i = 0; i < talk.n; i++)
			assert(text_valid(talk.all[i].author) &&
			    text_valid(talk.all[i].body));
	else
		assert(why.len > 0);
	fuzz_file_end(file);
}

static void
check_sitemap(struct arena *arena, struct str bytes)
{
	const char *file = fuzz_file(arena, bytes);
	struct ingest_sitemap map;
	struct str why = STR(""), inner;
	size_t i;

	if (ingest_sitemap_file(arena, file, &map, &why) == OK)
		for (i = 0; i < map.n; i++) {
			inner = ingest_sitemap_file_of(arena,
			    ingest_sitemap_path(map.urls[i]));
			assert(inner.len == 0 || str_begins(inner, "/"));
			assert(str_find(inner, STR("/../")) == (size_t)-1 &&
			    !str_ends(inner, "/.."));
		}
	fuzz_file_end(file);
}

/* Its first line says what it is. */
void
fuzz_one(struct arena *arena, struct str in)
{
	struct str kind = fuzz_line(&in);

	if (str_is(kind, "sitemap"))
		check_sitemap(arena, in);
	else if (str_is(kind, "disqus") || str_is(kind, "wordpress"))
		check_talk(arena, arena_cstr(arena, kind), in);
	else if (str_is(kind, "html"))
		check_review(arena, "a-review.html", in);
	else
		check_review(arena, "a-review.txt", in);
}
