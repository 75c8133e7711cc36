/* json.c: the small answers in JSON. */
#include "page/parts.h"
#include "page/jsons.h"

void
page_json_time(struct buf *b, int64_t usec)
{
	char text[CLOCK_TEXT];

	if (usec == 0) {
		JSON(b, "null");
		return;
	}
	clock_rfc3339(usec, text);
	JSON(b, str_of(text));
}

void
page_json_id(struct buf *b, int64_t id)
{
	if (id == 0)
		JSON(b, "null");
	else
		JSON(b, id);
}

void
page_comment_url(struct buf *b, const struct page_site *site,
    const struct comment *c)
{
	long long id = c->id, after = c->after;

	if (after < 0)
		buf_fmt(b, "/foyer/comments/%lld", id);
	else if (after > 0)
		buf_fmt(b, "%s" STR_FMT "/after-%lld#comment-%lld",
		    site->reviews, STR_ARG(c->slug), after, id);
	else
		buf_fmt(b, "%s" STR_FMT "#comment-%lld", site->reviews,
		    STR_ARG(c->slug), id);
}

/* Where a reader finds it: in its place, or on a page of its author's own. */
static void
json_url(struct buf *b, const struct page_site *site, const struct comment *c)
{
	if (c->state == STATE_SHOWN) {
		JSON(b, "\"");
		page_comment_url(b, site, c);
		JSON(b, "\"");
		return;
	}
	JSON(b, "\"/foyer/threads/");
	page_out_json(b, c->slug, false);
	JSON(b, "/comments/", c->id, "\"");
}

void
page_posted_json(struct buf *b, const struct page_site *site,
    const struct comment *c)
{
	JSON(b, "{\"id\":", c->id, ",\"state\":", model_state_name(c->state),
	    ",\"url\":");
	json_url(b, site, c);
	JSON(b, ",\"edit_until\":");
	page_json_time(b, c->edit_until);
	JSON(b, "}\n");
}

void
page_anchor_json(struct buf *b, const struct anchor *n)
{
	JSON(b, "{\"type\":\"TextQuoteSelector\",\"exact\":", n->exact,
	    ",\"prefix\":", n->prefix, ",\"suffix\":", n->suffix,
	    ",\"position\":{\"type\":\"TextPositionSelector\",\"start\":");
	JSON(b, n->start, ",\"end\":", n->end, "}}");
}

static bool
seen_before(const struct str *slugs, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (str_eq(slugs[k], slugs[i]))
			return true;
	return false;
}

void
page_counts_json(struct buf *b, const struct str *slugs,
    const int64_t *counts, size_t n)
{
	size_t i;

	JSON(b, "{");
	for (i = 0; i < n; i++) {
		if (seen_before(slugs, i))
			continue;
		JSON(b, i > 0 ? "," : "", slugs[i], ":");
		if (counts[i] < 0)
			JSON(b, "null");
		else
			JSON(b, counts[i]);
	}
	JSON(b, "}\n");
}

void
page_problem_json(struct buf *b, enum err e, const char *request_path)
{
	JSON(b, "{\"type\":\"/foyer/problems/");
	buf_lit(b, err_name(e));
	JSON(b, "\",\"title\":", page_error_title(e), ",\"status\":",
	    err_status(e), ",\"detail\":", err_sentence(e));
	if (err_field(e) != NULL)
		JSON(b, ",\"field\":", err_field(e));
	JSON(b, ",\"instance\":", request_path, "}\n");
}

void
page_ok_json(struct buf *b)
{
	JSON(b, "{\"ok\":true}\n");
}

void
page_vote_json(struct buf *b, int64_t votes, bool voted)
{
	struct buf label = buf_new(b->arena, 64);

	label.words = b->words;
	OUT(&label, TN("%d vote", "%d votes", votes));
	JSON(b, "{\"votes\":", votes, ",\"voted\":", voted, ",\"label\":",
	    buf_view(&label), "}\n");
}

void
page_preview_json(struct buf *b, struct str html)
{
	JSON(b, "{\"html\":", html, "}\n");
}

static void
me_comment(struct buf *b, const struct page_site *site,
    const struct comment *c)
{
	JSON(b, "{\"id\":", c->id, ",\"state\":", model_state_name(c->state),
	    ",\"html\":", c->html, ",\"body\":", c->body);
	JSON(b, ",\"posted\":");
	page_json_time(b, c->posted);
	JSON(b, ",\"edit_until\":");
	page_json_time(b, c->edit_until);
	JSON(b, ",\"url\":");
	json_url(b, site, c);
	JSON(b, "}");
}

void
page_me_json(struct buf *b, const struct page_site *site,
    const struct page_me *me)
{
	size_t i;

	JSON(b, "{\"session\":");
	if (me->signed_in)
		JSON(b, "{\"name\":", me->name, ",\"role\":", me->role,
		    ",\"account\":", me->has_account, "}");
	else
		JSON(b, "null");
	JSON(b, ",\"comments\":[");
	for (i = 0; i < me->nmine; i++) {
		JSON(b, i > 0 ? "," : "");
		me_comment(b, site, &me->mine[i]);
	}
	JSON(b, "],\"votes\":[");
	for (i = 0; i < me->nvotes; i++)
		JSON(b, i > 0 ? "," : "", me->votes[i]);
	JSON(b, "],\"token\":", me->token, ",\"key\":", me->key, "}\n");
}

static const char *
health_status(const struct page_health *h)
{
	size_t i;

	if (h->database != OK)
		return "down";
	for (i = 0; i < h->nfilters; i++)
		if (!h->filters[i].loaded || h->filters[i].out)
			return "degraded";
	return "ok";
}

void
page_health_json(struct buf *b, const struct page_health *h)
{
	size_t i;

	JSON(b, "{\"status\":", health_status(h), ",\"database\":",
	    h->database == OK ? "\"ok\"" : h->database == ERR_SCHEMA ?
	    "\"unfit\"" : "\"away\"", ",\"filters\":[");
	for (i = 0; i < h->nfilters; i++) {
		const struct page_health_filter *f = &h->filters[i];

		JSON(b, i > 0 ? ",{\"name\":" : "{\"name\":", f->name,
		    ",\"state\":", !f->loaded ? "\"not loaded\"" :
		    f->out ? "\"out\"" : "\"ok\"", ",\"faults\":", f->faults,
		    "}");
	}
	JSON(b, "]}\n");
}

void
page_health_state(struct buf *b, bool good)
{
	JSON(b, "{\"status\":", good ? "\"ok\"" : "\"down\"", "}\n");
}
