/* search.c: reviews and comments by their words, films and people. */
#include "app/internal.h"

static enum err
text(const struct request *rq, const char *name, struct str *ret)
{
	struct str typed = wire_query_get(rq, name);
	enum err e = text_clean(rq->arena, typed, false, ret);

	if (e == OK)
		*ret = text_first(text_trim(*ret), MODEL_SEARCH_MAX);
	return e;
}

/* A number from 1 on, or nothing. */
static bool
number(const struct request *rq, const char *name, int64_t most, int64_t *ret)
{
	struct str typed = wire_query_get(rq, name);

	return typed.len == 0 ||
	    (str_int64(typed, ret) && *ret > 0 && *ret <= most);
}

static enum err
find(struct app *app, const struct request *rq, struct search *is,
    struct findings *found)
{
	int64_t issue = 0;
	enum err e;

	*is = (struct search){ .issue = 0 };
	if ((e = text(rq, "q", &is->words)) != OK ||
	    (e = text(rq, "film", &is->film)) != OK ||
	    (e = text(rq, "director", &is->director)) != OK ||
	    (e = text(rq, "reviewer", &is->reviewer)) != OK)
		return e;
	if (!number(rq, "issue", INT32_MAX, &issue) ||
	    !number(rq, "before", INT64_MAX, &is->before))
		return ERR_NOT_FOUND;
	is->issue = (int)issue;
	return store_search_find(app->store, rq->arena, is, found);
}

bool
app_search_asked(const struct request *rq)
{
	static const char *const names[] = {
		"q", "film", "director", "reviewer", "issue"
	};
	size_t i;
	struct str value;

	for (i = 0; i < COUNT(names); i++)
		if (wire_query_nth(rq, names[i], 0, &value))
			return true;
	return false;
}

enum err
app_search_html(struct app *app, struct request *rq, struct response *rs)
{
	struct search is;
	struct findings found;
	enum err e = find(app, rq, &is, &found);

	if (e != OK)
		return e;
	app_answer_html(rs);
	page_search(&rs->body, &app->site, &is, &found);
	return OK;
}

enum err
app_search_json(struct app *app, struct request *rq, struct response *rs)
{
	struct search is;
	struct findings found;
	enum err e = find(app, rq, &is, &found);

	if (e != OK)
		return e;
	app_answer_json(rs);
	page_search_json(&rs->body, &app->site, &is, &found);
	return OK;
}
