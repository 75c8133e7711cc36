/* anchor.c: the passage that a comment is about: from its form, for pages. */
#include <string.h>

#include "app/internal.h"

enum {
	FIELDS = 8,
	ANCHOR_MAX = 16 * 1024		/* bytes */
};

/* One field of the selector; false if it has none of that name or kind. */
static bool
take(const struct wire_field *f, struct anchor *n)
{
	const struct {
		const char *name;
		struct str *text;	/* where it goes, or */
		int64_t *number;	/* where, or */
		const char *is;		/* what it must be if it is told */
	} known[] = {
		{ "type", NULL, NULL, "TextQuoteSelector" },
		{ "exact", &n->exact, NULL, NULL },
		{ "prefix", &n->prefix, NULL, NULL },
		{ "suffix", &n->suffix, NULL, NULL },
		{ "position.type", NULL, NULL, "TextPositionSelector" },
		{ "position.start", NULL, &n->start, NULL },
		{ "position.end", NULL, &n->end, NULL },
	};
	size_t i;

	for (i = 0; i < COUNT(known); i++) {
		if (!str_is(f->name, known[i].name))
			continue;
		if (known[i].text != NULL)
			*known[i].text = f->value;
		if (known[i].number != NULL)
			return str_int64(f->value, known[i].number) &&
			    *known[i].number >= 0 &&
			    *known[i].number <= INT32_MAX;
		return known[i].is == NULL || str_is(f->value, known[i].is);
	}
	return false;
}

static bool
selector(struct arena *a, struct str text, struct anchor *n)
{
	struct wire_field fields[FIELDS];
	size_t i, count;

	if (wire_json_fields(a, text, fields, FIELDS, &count) != OK)
		return false;
	for (i = 0; i < count; i++)
		if (!take(&fields[i], n))
			return false;
	return true;
}

enum err
app_anchor_read(struct arena *a, struct str text, struct anchor *ret)
{
	memset(ret, 0, sizeof(*ret));
	if (text_blank(text))
		return text_valid(text) ? OK : ERR_ANCHOR_BAD;
	if (text.len > ANCHOR_MAX)
		return ERR_ANCHOR_LONG;
	if (str_begins(text, "{")) {
		if (!selector(a, text, ret))
			return ERR_ANCHOR_BAD;
	} else {
		ret->exact = text;
	}
	return model_anchor_check(a, ret);
}

enum err
app_anchor_settle(struct app *app, struct str paragraph, struct draft *d,
    int64_t *imported)
{
	struct anchor *n = &d->passage;
	struct store_passage_text review;
	struct anchor_text text;
	struct buf b;
	int64_t from;
	enum err e;

	if (n->exact.len == 0) {
		d->anchor = STR("");
		return OK;
	}
	e = store_passage_text(app->store, app->arena, d->slug, &review);
	if (e != OK)
		return e;
	text = model_anchor_text(app->arena, review.paragraphs, review.n);
	if (n->start == 0 && str_int64(paragraph, &from) && from > 0)
		n->start = model_anchor_paragraph(&text, (size_t)from - 1);
	if (!model_anchor_find(app->arena, &text, n))
		return ERR_ANCHOR_ABSENT;
	model_anchor_quote(app->arena, &text, n);
	b = buf_new(app->arena, n->exact.len + 512);
	page_anchor_json(&b, n);
	d->anchor = buf_view(&b);
	*imported = review.imported;
	return OK;
}

void
app_anchor_again(struct arena *a, struct page_form *form)
{
	const char *field = err_field(form->error);
	struct anchor n;

	if (form->paragraph > 0 ||
	    app_anchor_read(a, form->anchor, &n) != OK)
		return;
	form->passage = n.exact;
	if (field == NULL || strcmp(field, "anchor") != 0)
		return;
	form->anchor = n.exact;
	form->paragraph = 1;
}

void
app_anchor_show(struct arena *a, struct comment *c, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (app_anchor_read(a, c[i].anchor, &c[i].passage) != OK)
			memset(&c[i].passage, 0, sizeof(c[i].passage));
}
