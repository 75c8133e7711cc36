/* thread.c: a thread as HTML: its comments nested, then the form. */
#include "page/parts.h"

enum { PER_COMMENT = 900 };		/* bytes around a comment's own */

bool
page_thread_closed(const struct thread *t)
{
	struct policy policy = {
		.thread = t->policy, .closes_at = t->closes_at
	};

	return model_policy_closed(&policy, clock_now());
}

static int
level(const struct comment *c)
{
	return c->depth < MODEL_DEPTH_MAX ? c->depth : MODEL_DEPTH_MAX;
}

/* The comment that c[i] answers, where the nesting does not show it: at the
 * deepest level replies to replies stand side by side. */
static const struct comment *
flat_parent(const struct comment *c, size_t i)
{
	size_t k = i;

	if (c[i].parent == 0 || level(&c[i]) < MODEL_DEPTH_MAX)
		return NULL;
	while (k-- > 0) {
		if (c[k].id == c[i].parent)
			return level(&c[k]) == MODEL_DEPTH_MAX ? &c[k] : NULL;
	}
	return NULL;
}

/* Lists within list items, `now` deep; each comment closes what it leaves. */
static void
thread_list(struct buf *b, const struct thread_page *page, bool open)
{
	const struct comment *c = page->comments;
	int now = -1, want;
	size_t i;

	for (i = 0; i < page->ncomments; i++) {
		want = level(&c[i]);
		if (want > now) {
			OUT(b, now < 0 ? "<ol class=\"thread\">\n" :
			    "<ol class=\"replies\">\n");
			want = now + 1;
		} else {
			OUT(b, "</li>\n");
			for (; now > want; now--)
				OUT(b, "</ol>\n</li>\n");
		}
		now = want;
		OUT(b, "<li>\n");
		page_comment_article(b, &page->thread, &c[i],
		    flat_parent(c, i), open);
	}
	for (; now >= 0; now--)
		OUT(b, "</li>\n</ol>\n");
}

static void
sort_link(struct buf *b, const struct page_site *site,
    const struct thread_page *page, enum model_sort sort, struct msg label)
{
	static const char *const views[] = { "", "/newest", "/best" };

	OUT(b, "<li><a href=\"", site->reviews, page->thread.slug, views[sort],
	    "#comments\"", page->sort == sort ? " aria-current=\"true\">" :
	    ">", label, "</a></li>\n");
}

static void
thread_head(struct buf *b, const struct page_site *site,
    const struct thread_page *page)
{
	const struct thread *t = &page->thread;

	OUT(b, "<header class=\"thread-head\">\n"
	    "<h2 id=\"comments-title\">");
	if (t->count == 0)
		OUT(b, T("Comments"));
	else
		OUT(b, TN("%d comment", "%d comments", t->count));
	OUT(b, "</h2>\n");
	if (page->ncomments > 1 || page->next != 0) {
		OUT(b, "<ul class=\"sort\" aria-label=\"", T("Order"), "\">\n");
		sort_link(b, site, page, SORT_OLDEST, T("Oldest first"));
		sort_link(b, site, page, SORT_NEWEST, T("Newest"));
		sort_link(b, site, page, SORT_BEST, T("Best"));
		OUT(b, "</ul>\n");
	}
	OUT(b, "</header>\n");
}

static void
thread_next(struct buf *b, const struct page_site *site,
    const struct thread_page *page)
{
	static const char *const views[] = { "", "newest-", "best-" };

	if (page->next != 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" href=\"",
		    site->reviews, page->thread.slug, "/", views[page->sort]);
	if (page->next != 0)
		OUT(b, "after-", page->next, "#comments\">",
		    T("More comments"), "</a></p>\n");
}

static void
thread_write(struct buf *b, const struct thread *t)
{
	struct page_form form = { .slug = t->slug };

	OUT(b, "<section class=\"write\" id=\"write\" "
	    "aria-labelledby=\"write-title\">\n"
	    "<h3 id=\"write-title\">", T("Leave a comment"), "</h3>\n");
	if (t->closes_at != 0) {
		OUT(b, "<p class=\"hint\">");
		SAY(b, T("This thread closes on %s."),
		    page_shell_time(b, t->closes_at));
		OUT(b, "</p>\n");
	}
	if (t->policy == POLICY_FIRST)
		OUT(b, "<p class=\"hint\">", T("Your first comment here "
		    "appears when a moderator has read it."), "</p>\n");
	if (t->policy == POLICY_ALL)
		OUT(b, "<p class=\"hint\">", T("Comments appear when a "
		    "moderator has read them."), "</p>\n");
	page_form_write(b, &form);
	OUT(b, "</section>\n");
}

void
page_thread_html(struct buf *b, const struct page_site *site,
    const struct thread_page *page)
{
	const struct thread *t = &page->thread;
	bool open = !page_thread_closed(t);
	size_t i, size = 8 * 1024;

	for (i = 0; i < page->ncomments; i++)
		size += page->comments[i].html.len + PER_COMMENT;
	page_words_speak(b, site, t->language);
	page_out_reserve(b, size);
	OUT(b, "<section class=\"foyer\" id=\"comments\" lang=\"",
	    page_words_tag(b), "\" aria-labelledby=\"comments-title\">\n");
	thread_head(b, site, page);
	if (page->ncomments > 0) {
		thread_list(b, page, open);
		OUT(b, "<form id=\"foyer-vote\" method=\"post\"></form>\n");
	} else if (open)
		OUT(b, "<p class=\"empty\">", T("No comments yet. Yours would "
		    "be the first."), "</p>\n");
	else
		OUT(b, "<p class=\"empty\">", T("There are no comments."),
		    "</p>\n");
	thread_next(b, site, page);
	if (open)
		thread_write(b, t);
	else
		OUT(b, "<p class=\"closed\">", T("This thread is closed: no "
		    "new comments are taken."), "</p>\n");
	OUT(b, "<p class=\"feed\"><a type=\"application/atom+xml\" "
	    "href=\"/foyer/threads/", t->slug, ".atom\">",
	    T("Follow these comments (Atom feed)"),
	    "</a></p>\n</section>\n");
}
