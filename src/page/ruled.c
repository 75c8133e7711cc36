/* ruled.c: what came of rulings, for people and programs. */
#include "page/jsons.h"
#include "page/parts.h"

static const char *
done_sentence(const struct page_ruled *r)
{
	if (r->undone != NULL)
		return N_("Undone.");
	switch (r->act) {
	case ACT_APPROVE: return N_("Approved.");
	case ACT_SPAM: return N_("Marked as spam.");
	case ACT_REMOVE: return N_("Removed.");
	case ACT_HOLD: break;
	}
	return N_("Held.");
}

/* What was done by whom, where it is known what it means. */
static const char *
by_sentence(struct str act)
{
	static const struct {
		const char *act, *sentence;
	} known[] = {
		{ "approve", N_("%s has approved it.") },
		{ "spam", N_("%s has marked it as spam.") },
		{ "remove", N_("%s has removed it.") },
		{ "hold", N_("%s have had it held.") },
		{ "undo", N_("%s has undone it.") },
	};
	size_t i;

	for (i = 0; i < COUNT(known); i++)
		if (str_is(act, known[i].act))
			return known[i].sentence;
	return N_("%s has changed it since.");
}

static void
ruled_words(struct buf *b, const struct page_ruled *r)
{
	switch (r->result) {
	case RESULT_DONE:
		OUT(b, T_OF(done_sentence(r)));
		break;
	case RESULT_BEFORE:
		SAY(b, T_OF(by_sentence(r->by.act)),
		    OUT(b, r->by.actor_name));
		break;
	case RESULT_CHANGED:
		OUT(b, T("It has been changed since. Look at it again."));
		break;
	case RESULT_GONE:
		OUT(b, T("It is no longer there."));
		break;
	case RESULT_KEPT:
		OUT(b, T("It can’t be as it was before: what it needs is gone "
		    "or full."));
		break;
	case RESULT_RIGHT:
		OUT(b, T("Only an owner can undo it."));
		break;
	case RESULT_NEVER:
		OUT(b, T("Such an act can’t be undone."));
	}
}

static void
ruled_row(struct buf *b, const struct page_ruled *r)
{
	OUT(b, "<li>");
	if (r->id != 0)
		OUT(b, "<a href=\"/foyer/admin/threads/", r->slug,
		    "#comment-", r->id, "\">", r->slug, " #", r->id, "</a>");
	else
		OUT(b, page_words_name(b, r->undone->act), " (",
		    r->undone->id, ")");
	OUT(b, ": ");
	ruled_words(b, r);
	if (r->result == RESULT_BEFORE && r->by.at != 0) {
		OUT(b, " ");
		page_shell_time(b, r->by.at);
	}
	OUT(b, "</li>\n");
}

void
page_rulings(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_rulings *p)
{
	size_t i;

	page_admin_open(b, site, m, T_STR(b, "Changed meanwhile"), STR(""));
	if (p->done > 0)
		OUT(b, "<p>", TN("%d comment is ruled on.",
		    "%d comments are ruled on.", p->done), "</p>\n");
	OUT(b, "<p>", T("These were left as they are:"), "</p>\n<ul>\n");
	for (i = 0; i < p->n; i++)
		if (p->rows[i].result != RESULT_DONE)
			ruled_row(b, &p->rows[i]);
	OUT(b, "</ul>\n<p><a href=\"/foyer/admin/\">", T("Back to the queue"),
	    "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

static const char *
result_name(enum page_result result)
{
	switch (result) {
	case RESULT_DONE: return "done";
	case RESULT_BEFORE: return "before";
	case RESULT_CHANGED: return "changed";
	case RESULT_GONE: return "gone";
	case RESULT_KEPT: return "kept";
	case RESULT_RIGHT: return "right";
	case RESULT_NEVER: break;
	}
	return "never";
}

static void
ruled_json(struct buf *b, const struct page_ruled *r)
{
	struct buf words = buf_new(b->arena, 100);

	words.words = b->words;
	ruled_words(&words, r);
	JSON(b, "{\"id\":");
	page_json_id(b, r->id);
	JSON(b, ",\"slug\":", r->slug, ",\"result\":",
	    result_name(r->result), ",\"log\":");
	page_json_id(b, r->log);
	JSON(b, ",\"also\":");
	page_json_id(b, r->also);
	JSON(b, ",\"words\":");
	page_out_plain(b, buf_view(&words));
	JSON(b, ",\"by\":");
	if (r->result == RESULT_BEFORE) {
		JSON(b, "{\"name\":", r->by.actor_name, ",\"act\":",
		    r->by.act, ",\"at\":");
		page_json_time(b, r->by.at);
		JSON(b, "}}");
	} else {
		JSON(b, "null}");
	}
}

void
page_rulings_json(struct buf *b, const struct page_rulings *p)
{
	size_t i;

	JSON(b, "{\"done\":", p->done, ",\"results\":[");
	for (i = 0; i < p->n; i++) {
		JSON(b, i > 0 ? "," : "");
		ruled_json(b, &p->rows[i]);
	}
	JSON(b, "]}\n");
}

void
page_count_json(struct buf *b, int64_t waiting)
{
	struct buf words = buf_new(b->arena, 100);

	words.words = b->words;
	page_queue_count(&words, waiting);
	JSON(b, "{\"waiting\":", waiting, ",\"more\":", (bool)(waiting >= 1000),
	    ",\"words\":");
	page_out_plain(b, buf_view(&words));
	JSON(b, "}\n");
}
