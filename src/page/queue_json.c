/* queue_json.c: the moderators' queue as data. */
#include "page/jsons.h"
#include "page/parts.h"

static void
evidence(struct buf *b, const struct evidence *ev)
{
	JSON(b, "{\"filter\":", ev->filter, ",\"silent\":", ev->silent,
	    ",\"score\":", ev->score);
	JSON(b, ",\"reason\":", ev->reason, ",\"features\":", ev->features,
	    ",\"usec\":", ev->usec, "}");
}

static void
verdict(struct buf *b, const struct verdict *v)
{
	size_t i;

	JSON(b, ",\"verdict\":{\"silent\":", v->silent, ",\"filters\":[");
	for (i = 0; i < v->n; i++) {
		JSON(b, i > 0 ? "," : "");
		evidence(b, &v->each[i]);
	}
	JSON(b, "]}");
}

static void
reports(struct buf *b, const struct held *h)
{
	size_t i;

	JSON(b, ",\"reports\":[");
	for (i = 0; i < h->nreports; i++) {
		const struct report *r = &h->reports[i];

		JSON(b, i > 0 ? "," : "", "{\"reason\":",
		    model_complaint_name(r->reason), ",\"words\":", r->words,
		    ",\"at\":");
		page_json_time(b, r->at);
		JSON(b, "}");
	}
	JSON(b, "]");
}

static void
near(struct buf *b, const struct held *h)
{
	char id[UUID_TEXT];
	size_t i;

	JSON(b, ",\"near\":[");
	for (i = 0; i < h->nnear; i++) {
		uuid_text(&h->near[i].id, id);
		JSON(b, i > 0 ? "," : "", "{\"person\":", str_of(id),
		    ",\"name\":", h->near[i].name, "}");
	}
	JSON(b, "]");
}

static void
held_json(struct buf *b, const struct held *h)
{
	const struct comment *c = &h->comment;
	char person[UUID_TEXT];

	uuid_text(&c->person, person);
	JSON(b, "{\"id\":", c->id, ",\"review\":{\"slug\":", c->slug,
	    ",\"title\":", c->title, "},\"parent\":");
	if (c->parent == 0)
		JSON(b, "null");
	else
		JSON(b, "{\"id\":", c->parent, ",\"author\":",
		    h->parent_author, ",\"body\":", h->parent_body, "}");
	JSON(b, ",\"author\":{\"person\":", str_of(person), ",\"name\":",
	    c->author, ",\"badge\":", c->badge, "},\"state\":",
	    model_state_name(c->state));
	JSON(b, ",\"version\":", c->edited, ",\"posted\":");
	page_json_time(b, c->posted);
	JSON(b, ",\"edited\":");
	page_json_time(b, c->edited);
	JSON(b, ",\"body\":", c->body, ",\"html\":", c->html, ",\"why\":",
	    h->why);
	verdict(b, &h->verdict);
	reports(b, h);
	JSON(b, ",\"history\":{\"shown\":", h->shown_before, ",\"removed\":",
	    h->removed_before, ",\"first_seen\":");
	page_json_time(b, h->first_seen);
	JSON(b, "}");
	near(b, h);
	JSON(b, "}");
}

void
page_queue_json(struct buf *b, const struct page_queue *q)
{
	size_t i;

	JSON(b, "{\"total\":", q->total, ",\"comments\":[");
	for (i = 0; i < q->n; i++) {
		JSON(b, i > 0 ? "," : "");
		held_json(b, &q->held[i]);
	}
	JSON(b, "],\"next\":");
	page_json_id(b, q->next);
	JSON(b, "}\n");
}

void
page_queues_json(struct buf *b, const struct page_review_row *rows, size_t n)
{
	size_t i;

	JSON(b, "{\"reviews\":[");
	for (i = 0; i < n; i++)
		JSON(b, i > 0 ? "," : "", "{\"slug\":", rows[i].slug,
		    ",\"heading\":", rows[i].heading, ",\"held\":",
		    rows[i].count, "}");
	JSON(b, "]}\n");
}
