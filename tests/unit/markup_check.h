/*
 * markup_check.h: what any comment's HTML must be, whatever was typed.
 *
 * A reader of its own, that knows nothing of how the renderer works: only
 * these tags with only these attributes, closed in order, at most 16 open, and
 * nothing in between that could be read as a tag or an entity of its own.
 */
#ifndef MARKUP_CHECK_H
#define MARKUP_CHECK_H

#include <string.h>

#include "markup/markup.h"

enum { CHECK_DEPTH = 16 };

static const struct markup_about about = { { "7", 1 }, 90 };

static const char *const check_tags[] = {	/* "VOID" ends the containers */
	"p", "em", "strong", "blockquote", "ul", "ol", "li", "code", "pre",
	"sup", "a", "span", "time", "VOID", "br", "hr"
};

struct check {
	struct str rest;
	struct str open[CHECK_DEPTH];
	size_t depth;
	const char *wrong;
};

/* Takes `prefix` off the front of *s. */
static bool
check_take(struct str *s, const char *prefix)
{
	if (!str_begins(*s, prefix))
		return false;
	*s = str_cut(*s, strlen(prefix), s->len);
	return true;
}

/* Takes [a-z0-9-]* off the front, and a quote. */
static bool
check_word(struct str *s)
{
	size_t n = 0;

	while (n < s->len && (s->at[n] == '-' ||
	    (s->at[n] >= '0' && s->at[n] <= '9') ||
	    (s->at[n] >= 'a' && s->at[n] <= 'z')))
		n++;
	*s = str_cut(*s, n, s->len);
	return n > 0 && check_take(s, "\"");
}

/* An href's value up to its quote: printable ASCII without < > ' or a bare
 * ampersand. */
static bool
check_url(struct str *s)
{
	size_t n = 0;

	for (; n < s->len && s->at[n] != '"'; n++)
		if (s->at[n] <= ' ' || s->at[n] >= 0x7f ||
		    strchr("<>'\\`", s->at[n]) != NULL)
			if (!str_begins(str_cut(*s, n, 5), "&#39;"))
				return false;
	*s = str_cut(*s, n, s->len);
	return check_take(s, "\"");
}

static bool
check_anchor(struct str s)
{
	if (check_take(&s, " href=\"http://") ||
	    check_take(&s, " href=\"https://") ||
	    check_take(&s, " href=\"mailto:"))
		return check_url(&s) &&
		    str_is(s, " rel=\"nofollow ugc noopener\"");
	if (check_take(&s, " id=\"fnref-") && !check_word(&s))
		return false;
	if (check_take(&s, " href=\"#fn-"))
		return check_word(&s) && str_is(s, " role=\"doc-noteref\"");
	return check_take(&s, " href=\"#fnref-") && check_word(&s) && str_is(s,
	    " role=\"doc-backlink\"");
}

static bool
check_attributes(struct str tag, struct str s)
{
	if (str_is(tag, "a"))
		return check_anchor(s);
	if (str_is(tag, "span"))
		return str_is(s, " class=\"spoiler\" tabindex=\"0\"");
	if (str_is(tag, "time"))
		return check_take(&s, " datetime=\"PT") && s.len > 4 &&
		    strspn(s.at, "0123456789HMS") == s.len - 1 &&
		    s.at[s.len - 1] == '"';
	if (str_is(tag, "ol") && check_take(&s, " start=\""))
		return check_word(&s) && s.len == 0;
	if (str_is(tag, "ol") && s.len > 0)
		return str_is(s, " class=\"footnotes\"");
	if (str_is(tag, "li") && check_take(&s, " id=\"fn-"))
		return check_word(&s) && s.len == 0;
	return s.len == 0;
}

static bool
check_inside(const struct check *c, const char *tag)
{
	size_t i;

	for (i = 0; i < c->depth && !str_is(c->open[i], tag); i++)
		;
	return i < c->depth;
}

/* What HTML's content models forbid of these few elements. */
static bool
check_place(const struct check *c, struct str tag)
{
	struct str in = c->depth ? c->open[c->depth - 1] : STR("");
	bool list = str_is(in, "ul") || str_is(in, "ol");
	static const char *const blocks[] = { "p", "blockquote", "ul", "ol",
	    "pre", "hr" };
	size_t i;

	if (list != str_is(tag, "li") ||
	    (str_is(tag, "a") && check_inside(c, "a")) ||
	    (str_is(tag, "span") && check_inside(c, "a")))
		return false;
	for (i = 0; i < COUNT(blocks); i++)
		if (str_is(tag, blocks[i]))
			return c->depth == 0 || str_is(in, "blockquote") ||
			    str_is(in, "li");
	return true;
}

static const char *
check_close(struct check *c, struct str tag)
{
	if (c->depth == 0 || !str_eq(c->open[c->depth - 1], tag))
		return "closes what is not open";
	c->depth--;
	return NULL;
}

static const char *
check_tag(struct check *c, struct str inside)
{
	struct str tag = inside;
	size_t i, n = 0;
	bool is_void = false;

	if (check_take(&tag, "/"))
		return check_close(c, tag);
	while (n < inside.len && inside.at[n] != ' ')
		n++;
	tag = str_cut(inside, 0, n);
	for (i = 0; i < COUNT(check_tags) && !str_is(tag, check_tags[i]); i++)
		is_void |= strcmp(check_tags[i], "VOID") == 0;
	if (i == COUNT(check_tags))
		return "a tag that is not allowed";
	if (!check_attributes(tag, str_cut(inside, n, inside.len)))
		return "attributes that are not allowed";
	if (!check_place(c, tag))
		return "a tag where it may not be";
	if (is_void)
		return NULL;
	if (c->depth == CHECK_DEPTH)
		return "too deep";
	c->open[c->depth++] = tag;
	return NULL;
}

static const char *
check_text(struct str text, bool in_list)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;",
	    "&quot;", "&#39;" };
	size_t i, k;

	for (i = 0; i < text.len; ) {
		int32_t c = (unsigned char)text.at[i];

		if (c == '>' || c == '"' || c == '\'')
			return "text that is not escaped";
		if (in_list && c != '\n')
			return "text between items";
		for (k = 0; c == '&' && k < COUNT(known); k++)
			if (str_begins(str_cut(text, i, 6), known[k]))
				break;
		if (c == '&' && k == COUNT(known))
			return "an entity that is not ours";
		c = text_next(text, &i);
		if ((c < 0x20 && c != '\n' && c != '\t') ||
		    (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
		    (c >= 0xfdd0 && c <= 0xfdef))
			return "a character that is not allowed";
	}
	return NULL;
}

/* NULL, or what is wrong with it. */
static const char *
check_html(struct str html)
{
	struct check c = { .rest = html };
	const char *wrong = NULL;

	while (wrong == NULL && c.rest.len > 0) {
		struct str in = c.depth ? c.open[c.depth - 1] : STR("");
		size_t at = str_find(c.rest, STR("<")), end;

		at = at < c.rest.len ? at : c.rest.len;
		wrong = check_text(str_cut(c.rest, 0, at),
		    str_is(in, "ul") || str_is(in, "ol"));
		c.rest = str_cut(c.rest, at, c.rest.len);
		if (wrong != NULL || c.rest.len == 0)
			break;
		if ((end = str_find(c.rest, STR(">"))) == (size_t)-1)
			return "a tag without end";
		wrong = check_tag(&c, str_cut(c.rest, 1, end - 1));
		c.rest = str_cut(c.rest, end + 1, c.rest.len);
	}
	return wrong != NULL ? wrong : c.depth > 0 ? "not closed" : NULL;
}

#endif
