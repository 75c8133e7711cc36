/* thread_json.c: a page of a thread as data: DESIGN section 6's contract. */
#include "page/jsons.h"
#include "page/parts.h"

enum { PER_COMMENT = 320 };		/* bytes around a comment's own */

static void
comment_author(struct buf *b, const struct comment *c)
{
	if (c->state == STATE_SHOWN)
		JSON(b, ",\"author\":{\"name\":", c->author, ",\"badge\":",
		    c->badge, "}");
	else
		JSON(b, ",\"author\":null");
}

/* What a moderator has made of it, where that is something. */
static void
comment_marks(struct buf *b, const struct comment *c)
{
	static const struct {
		int mark;
		const char *json;
	} marks[] = {
		{ MARK_PINNED, ",\"pinned\":true" },
		{ MARK_FEATURED, ",\"featured\":true" },
		{ MARK_LOCKED, ",\"locked\":true" },
		{ MARK_MOVED, ",\"moved\":true" }
	};
	size_t i;

	for (i = 0; i < COUNT(marks); i++)
		if (c->marks & marks[i].mark)
			buf_lit(b, marks[i].json);
	if (c->note.len > 0)
		JSON(b, ",\"note\":", c->note);
}

static void
comment_json(struct buf *b, const struct comment *c)
{
	bool shown = c->state == STATE_SHOWN;

	JSON(b, "{\"id\":", c->id, ",\"parent\":");
	page_json_id(b, c->parent);
	JSON(b, ",\"depth\":", c->depth);
	if (!shown)
		JSON(b, ",\"state\":", model_state_name(c->state));
	if (c->state == STATE_REMOVED)
		JSON(b, ",\"reason\":", c->reason);
	comment_author(b, c);
	JSON(b, ",\"posted\":");
	page_json_time(b, c->posted);
	JSON(b, ",\"edited\":");
	page_json_time(b, shown ? c->edited : 0);
	comment_marks(b, c);
	if (c->spoiler)
		JSON(b, ",\"spoiler\":true");
	JSON(b, ",\"html\":", shown ? c->html : STR(""), ",\"votes\":",
	    c->votes, ",\"anchor\":");
	/* It is JSON already: the column's type is jsonb. */
	buf_str(b, shown && c->anchor.len > 0 ? c->anchor : STR("null"));
	JSON(b, "}");
}

static void
featured_json(struct buf *b, const struct thread_page *page)
{
	size_t i;

	for (i = 0; i < page->nfeatured; i++)
		JSON(b, i > 0 ? ",{\"id\":" : ",\"featured\":[{\"id\":",
		    page->featured[i].comment, ",\"author\":",
		    page->featured[i].author, ",\"excerpt\":",
		    page->featured[i].heading, "}");
	if (page->nfeatured > 0)
		JSON(b, "]");
}

void
page_thread_json(struct buf *b, const struct page_site *site,
    const struct thread_page *page)
{
	static const char *const sorts[] = { "oldest", "newest", "best" };
	size_t i, size = 512;

	(void)site;
	for (i = 0; i < page->ncomments; i++)
		size += page->comments[i].html.len + PER_COMMENT +
		    page->comments[i].html.len / 8;
	page_out_reserve(b, size);
	JSON(b, "{\"review\":{\"slug\":", page->thread.slug, ",\"title\":",
	    page->thread.title, "},\"count\":", page->thread.count,
	    ",\"sort\":", sorts[page->sort]);
	featured_json(b, page);
	JSON(b, ",\"comments\":[");
	for (i = 0; i < page->ncomments; i++) {
		if (i > 0)
			JSON(b, ",");
		comment_json(b, &page->comments[i]);
	}
	JSON(b, "],\"next\":");
	page_json_id(b, page->next);
	JSON(b, "}\n");
}
