/* statistics_json.c: what the statistics show, as data. */
#include "page/jsons.h"
#include "page/parts.h"

static void
date(struct buf *b, int64_t day)
{
	char text[CLOCK_TEXT];

	model_span_date(day, text);
	JSON(b, str_of(text));
}

static void
days(struct buf *b, const struct insight *is)
{
	size_t i, k;

	for (i = 0; i < is->ndays; i++) {
		JSON(b, i > 0 ? ",{\"first\":" : "{\"first\":");
		date(b, is->days[i].first);
		for (k = 0; k < MODEL_STATES; k++)
			JSON(b, ",", str_of(model_state_name(
			    (enum model_state)k)), ":",
			    is->days[i].posted[k]);
		JSON(b, "}");
	}
}

static void
wait(struct buf *b, const struct insight_wait *w)
{
	JSON(b, "\"rulings\":", w->n, ",\"median\":");
	if (w->n == 0)
		JSON(b, "null,\"ninety\":null");
	else
		JSON(b, w->half, ",\"ninety\":", w->most);
}

static void
waits(struct buf *b, const struct insight *is)
{
	size_t i;

	wait(b, &is->waited);
	JSON(b, ",\"days\":[");
	for (i = 0; i < is->nwaits; i++) {
		JSON(b, i > 0 ? ",{\"first\":" : "{\"first\":");
		date(b, is->waits[i].first);
		JSON(b, ",");
		wait(b, &is->waits[i]);
		JSON(b, "}");
	}
	JSON(b, "]");
}

static void
filters(struct buf *b, const struct insight *is)
{
	size_t i;

	for (i = 0; i < is->nqualities; i++) {
		const struct insight_quality *q = &is->qualities[i];

		JSON(b, i > 0 ? ",{\"filter\":" : "{\"filter\":", q->filter,
		    ",\"week\":");
		date(b, q->week);
		JSON(b, ",\"caught\":", q->caught, ",\"wrong\":", q->wrong,
		    ",\"missed\":", q->missed);
		JSON(b, ",\"passed\":", q->passed, ",\"silent\":", q->silent,
		    "}");
	}
}

void
page_statistics_json(struct buf *b, const struct insight *is)
{
	size_t i;

	JSON(b, "{\"span\":", str_of(model_span_name(is->span.is)),
	    ",\"first\":");
	date(b, is->span.first);
	JSON(b, ",\"last\":");
	date(b, is->span.after - 1);
	JSON(b, ",\"days\":[");
	days(b, is);
	JSON(b, "],\"waiting\":{");
	waits(b, is);
	JSON(b, "},\"filters\":[");
	filters(b, is);
	JSON(b, "],\"busiest\":[");
	for (i = 0; i < is->nbusiest; i++)
		JSON(b, i > 0 ? ",{\"slug\":" : "{\"slug\":",
		    is->busiest[i].slug, ",\"heading\":",
		    is->busiest[i].heading, ",\"shown\":",
		    is->busiest[i].shown, "}");
	JSON(b, "]}\n");
}
