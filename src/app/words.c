/* words.c: which language an answer speaks. */
#include "app/internal.h"

void
app_words_choose(const struct app *app, const struct request *rq,
    struct response *rs, bool shared)
{
	struct str header = rq->language, tag;
	struct page_words *words;
	int weight, most = 0;

	rs->body.words = page_words_for(str_of(app->site.language));
	while (!shared && wire_language(&header, &tag, &weight)) {
		words = page_words_for(tag);
		if (words != NULL && weight > most) {
			rs->body.words = words;
			most = weight;
		}
	}
}

void
app_words_thread(struct app *app, struct response *rs, struct str slug)
{
	struct str language;

	if (model_slug_ok(slug) && store_thread_language(app->store,
	    app->arena, slug, &language) == OK)
		page_words_speak(&rs->body, &app->site, language);
}
