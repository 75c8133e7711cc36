/* filters_json.c: how filters are, and the preview, as data. */
#include "page/jsons.h"
#include "page/parts.h"

static void
filter(struct buf *b, const struct page_filter *f)
{
	JSON(b, "{\"name\":", f->name, ",\"state\":", str_of(!f->loaded ?
	    "not loaded" : f->out ? "out" : "ok"), ",\"trouble\":",
	    f->trouble, ",\"weight\":", f->weight);
	JSON(b, ",\"tried\":", f->tried, ",\"asked\":", f->asked,
	    ",\"faults\":", f->faults, ",\"learns\":", f->learns);
	JSON(b, ",\"usec\":{\"answers\":", f->answers, ",\"median\":",
	    f->half, ",\"p99\":", f->most, "},\"retrain\":{\"asked\":");
	page_json_time(b, f->wished);
	JSON(b, ",\"done\":");
	page_json_time(b, f->granted);
	JSON(b, "}}");
}

static void
outcome(struct buf *b, const int64_t n[3])
{
	JSON(b, "{\"shown\":", n[STATE_SHOWN], ",\"held\":", n[STATE_HELD],
	    ",\"spam\":", n[STATE_SPAM], "}");
}

static void
preview(struct buf *b, const struct page_preview *p)
{
	JSON(b, "{\"rulings\":", p->n, ",\"spam\":");
	outcome(b, p->spam);
	JSON(b, ",\"good\":");
	outcome(b, p->good);
	JSON(b, "}");
}

void
page_filters_json(struct buf *b, const struct page_filters *p)
{
	size_t i;

	JSON(b, "{\"filters\":[");
	for (i = 0; i < p->n; i++) {
		JSON(b, i > 0 ? "," : "");
		filter(b, &p->all[i]);
	}
	JSON(b, "],\"settings\":{\"hold_at\":", p->hold_at, ",\"spam_at\":",
	    p->spam_at, "},\"tried\":{\"hold_at\":", p->hold_tried);
	JSON(b, ",\"spam_at\":", p->spam_tried, "},\"now\":");
	preview(b, &p->now);
	JSON(b, ",\"preview\":");
	preview(b, &p->then);
	JSON(b, "}\n");
}
