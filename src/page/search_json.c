/* search_json.c: what was found, as data. */
#include "page/jsons.h"
#include "page/parts.h"

static void
excerpt(struct buf *b, struct str text)
{
	struct buf html = buf_new(b->arena, text.len + text.len / 4 + 64);

	page_search_marked(&html, text);
	JSON(b, ",\"excerpt\":", buf_view(&html));
}

static void
review_json(struct buf *b, const struct page_site *site,
    const struct found_review *r)
{
	JSON(b, "{\"slug\":", r->slug, ",\"heading\":", r->heading,
	    ",\"reviewer\":", r->reviewer, ",\"issue\":");
	page_json_id(b, r->issue);
	JSON(b, ",\"year\":");
	page_json_id(b, r->year);
	JSON(b, ",\"count\":", r->count, ",\"url\":",
	    arena_fmt(b->arena, "%s" STR_FMT, site->reviews, STR_ARG(r->slug)));
	excerpt(b, r->excerpt);
	JSON(b, "}");
}

static void
comment_json(struct buf *b, const struct page_site *site,
    const struct found_comment *f)
{
	const struct comment *c = &f->comment;
	struct buf url = buf_new(b->arena, 64);

	page_comment_url(&url, site, c);
	JSON(b, "{\"id\":", c->id, ",\"url\":", buf_view(&url),
	    ",\"review\":{\"slug\":", c->slug, ",\"heading\":", c->title);
	JSON(b, "},\"author\":{\"name\":", c->author, ",\"badge\":", c->badge,
	    "},\"posted\":");
	page_json_time(b, c->posted);
	if (c->spoiler)
		JSON(b, ",\"spoiler\":true");
	excerpt(b, f->excerpt);
	JSON(b, "}");
}

void
page_search_json(struct buf *b, const struct page_site *site,
    const struct search *is, const struct findings *found)
{
	size_t i;

	JSON(b, "{\"query\":", is->words, ",\"reviews\":[");
	for (i = 0; i < found->nreviews; i++) {
		if (i > 0)
			JSON(b, ",");
		review_json(b, site, &found->reviews[i]);
	}
	JSON(b, "],\"more_reviews\":", found->more, ",\"comments\":[");
	for (i = 0; i < found->ncomments; i++) {
		if (i > 0)
			JSON(b, ",");
		comment_json(b, site, &found->comments[i]);
	}
	JSON(b, "],\"next\":");
	page_json_id(b, found->next);
	JSON(b, "}\n");
}
