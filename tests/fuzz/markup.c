/* markup.c: whatever was typed, its HTML is what pages may print. */
#include "fuzz.h"
#include "ingest/ingest.h"
#include "model/model.h"
#include "../unit/markup_check.h"

static void
render(struct arena *arena, struct str typed)
{
	struct str body = STR("");
	struct markup got;
	const char *wrong;
	size_t i;

	if (text_clean(arena, typed, true, &body) != OK ||
	    text_length(body) > MODEL_BODY_MAX)
		return;
	if (markup_render(arena, body, &about, &got) != OK)
		return;
	wrong = check_html(got.html);
	if (wrong != NULL)
		printf("%s: " STR_FMT "\n", wrong, STR_ARG(got.html));
	assert(wrong == NULL);
	assert(got.html.len <= 8 * body.len + 1024);
	assert(text_valid(got.html) && text_valid(got.text));
	assert(got.nlinks <= 100);
	for (i = 0; i < got.nlinks; i++)
		assert(str_begins(got.links[i].url, "http") ||
		    str_begins(got.links[i].url, "mailto:"));
}

/* As somebody typed it, and as another system's HTML. */
void
fuzz_one(struct arena *arena, struct str in)
{
	render(arena, in);
	if (text_valid(in)) {
		render(arena, ingest_markdown(arena, in, false));
		render(arena, ingest_markdown(arena, in, true));
	}
}
