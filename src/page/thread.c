/* thread.c: a thread as HTML: its comments nested, then the form. */
#include "page/parts.h"

enum {
	PER_COMMENT = 1200,		/* bytes around a comment's own */
	BRANCH_SHOWN = 8,		/* replies to a root before a fold */
	FOLD_LEAST = 3			/* fewer are not worth one */
};

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

/* Lists within list items, on the way down the page. */
struct lists {
	struct buf *b;
	const struct thread_page *page;
	int now;		/* level of the innermost open list, or -1 */
	int folded;		/* of the list whose rest is folded, or -1 */
	size_t seen;		/* replies to this root that are not folded */
};

static void
close_list(struct lists *l)
{
	if (l->folded == l->now) {
		OUT(l->b, "</ol>\n</details>\n</li>\n");
		l->folded = -1;
	}
	OUT(l->b, "</ol>\n");
	l->now--;
}

/* How many comments stand from c[i] to the end of its list. */
static size_t
rest(const struct thread_page *page, size_t i)
{
	const struct comment *c = page->comments;
	size_t end = i;

	while (end < page->ncomments && level(&c[end]) >= level(&c[i]))
		end++;
	return end - i;
}

/* A long branch goes on within a fold, which a link into it opens. */
static void
fold(struct lists *l, size_t i)
{
	size_t n;

	if (l->now == 0 || l->folded >= 0 || l->seen < BRANCH_SHOWN ||
	    (n = rest(l->page, i)) < FOLD_LEAST)
		return;
	l->folded = l->now;
	OUT(l->b, "<li class=\"fold\">\n<details>\n<summary>",
	    TN("%d more reply", "%d more replies", (int64_t)n),
	    "</summary>\n<ol class=\"replies\">\n");
}

static void
thread_list(struct buf *b, const struct page_site *site,
    const struct thread_page *page)
{
	struct lists l = { b, page, -1, -1, 0 };
	const struct comment *c = page->comments;
	size_t i;

	for (i = 0; i < page->ncomments; i++) {
		int want = level(&c[i]);

		if (want > l.now) {
			OUT(b, l.now < 0 ? "<ol class=\"thread\">\n" :
			    "<ol class=\"replies\">\n");
			l.now++;
		} else {
			OUT(b, "</li>\n");
			while (l.now > want) {
				close_list(&l);
				OUT(b, "</li>\n");
			}
			fold(&l, i);
		}
		l.seen = l.now == 0 ? 0 : l.seen + (l.folded < 0);
		OUT(b, "<li>\n");
		page_comment_article(b, site, page, &c[i],
		    flat_parent(c, i));
	}
	while (l.now >= 0) {
		OUT(b, "</li>\n");
		close_list(&l);
	}
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
thread_write(struct buf *b, const struct page_site *site,
    const struct thread *t)
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
	page_form_write(b, site, &form);
	OUT(b, "</section>\n");
}

static void
thread_featured(struct buf *b, const struct thread_page *page)
{
	size_t i;

	if (page->nfeatured == 0)
		return;
	OUT(b, "<section class=\"featured\" aria-labelledby=\"featured\">\n"
	    "<h3 id=\"featured\">", T("Featured"), "</h3>\n<ul>\n");
	for (i = 0; i < page->nfeatured; i++) {
		const struct letter_row *f = &page->featured[i];

		OUT(b, "<li><a href=\"/foyer/comments/", f->comment,
		    "\" dir=\"auto\">");
		if (f->heading.len > 0)
			OUT(b, f->heading, text_length(f->heading) < 160 ? "" :
			    "…");
		else
			OUT(b, T("A comment that spoils the film"));
		OUT(b, "</a> <bdi>", f->author, "</bdi></li>\n");
	}
	OUT(b, "</ul>\n</section>\n");
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
	OUT(b, "<section class=\"foyer\" id=\"comments\" data-slug=\"",
	    t->slug, "\" lang=\"", page_words_tag(b),
	    "\" aria-labelledby=\"comments-title\">\n");
	thread_head(b, site, page);
	thread_featured(b, page);
	if (page->ncomments > 0) {
		thread_list(b, site, page);
		OUT(b, "<form id=\"foyer-vote\" method=\"post\"></form>\n");
	} else if (open)
		OUT(b, "<p class=\"empty\">", T("No comments yet. Yours would "
		    "be the first."), "</p>\n");
	else
		OUT(b, "<p class=\"empty\">", T("There are no comments."),
		    "</p>\n");
	thread_next(b, site, page);
	if (open)
		thread_write(b, site, t);
	else
		OUT(b, "<p class=\"closed\">", T("This thread is closed: no "
		    "new comments are taken."), "</p>\n");
	OUT(b, "<p class=\"feed\"><a type=\"application/atom+xml\" "
	    "href=\"/foyer/threads/", t->slug, ".atom\">",
	    T("Follow these comments (Atom feed)"), "</a></p>\n");
	page_script_parts(b);
	OUT(b, "</section>\n");
}
