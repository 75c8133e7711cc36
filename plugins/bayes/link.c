/* link.c: hosts and paths of links, written out or bare; tags. */
#include <string.h>

#include "bayes.h"

enum { PARTS = 7 };

struct scan {
	struct bayes_features *f;
	const uint32_t *at;
	size_t n, links;
	bool inside;			/* what is scanned is the text */
};

static bool
host_char(uint32_t cp)
{
	return bayes_glyph_word(cp) || cp == '-' || cp == '.';
}

static void
add(struct scan *s, uint64_t kind, size_t from, size_t to)
{
	struct bayes_feature what = { .at = (uint32_t)from,
	    .len = s->inside ? (uint32_t)(to - from) : 0,
	    .kind = (uint16_t)kind };

	if (to > from)
		bayes_features_add(s->f, BAYES_LINKS, bayes_features_hash(
		    kind << 40, s->at + from, to - from), what);
}

static bool
spelled(const struct scan *s, size_t at, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		if (at + i >= s->n || s->at[at + i] != (unsigned char)word[i])
			return false;
	return true;
}

/* Where the label before `to` begins. */
static size_t
label(const struct scan *s, size_t from, size_t to)
{
	while (to > from && s->at[to - 1] != '.')
		to--;
	return to;
}

/* "co.uk", "com.br": a short label before a country's. */
static bool
second_level(const struct scan *s, size_t from, size_t top, size_t to)
{
	static const char *const names[] = { "co.", "com.", "org.", "net.",
	    "gov.", "ac.", "edu." };
	size_t i;

	if (to - top != 2)
		return false;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (top - from == strlen(names[i]) &&
		    spelled(s, from, names[i]))
			return true;
	return false;
}

static void
cut_host(struct scan *s, size_t from, size_t to)
{
	size_t top = label(s, from, to), domain;

	if (spelled(s, from, "ww."))	/* three were cut to two */
		from += 3;
	else if (spelled(s, from, "www."))
		from += 4;
	add(s, BAYES_HOST, from, to);
	add(s, BAYES_TOP, top, to);
	if (top <= from)
		return;
	domain = label(s, from, top - 1);
	if (second_level(s, domain, top, to) && domain > from)
		domain = label(s, from, domain - 1);
	add(s, BAYES_DOMAIN, domain, to);
}

/* Where the path ends. */
static size_t
cut_path(struct scan *s, size_t from)
{
	size_t i = from, parts = 0;

	while (i < s->n && s->at[i] != ' ' && s->at[i] != '"' &&
	    s->at[i] != '<' && s->at[i] != ')') {
		size_t start = i;

		while (i < s->n && (bayes_glyph_word(s->at[i]) ||
		    s->at[i] == '-'))
			i++;
		if (i > start && parts++ < PARTS)
			add(s, BAYES_PATH, start, i);
		if (i == start)
			i++;
	}
	return i;
}

/* A host has a dot, and ends in letters. */
static bool
host(const struct scan *s, size_t from, size_t *to)
{
	size_t i, top;

	while (*to > from && (s->at[*to - 1] == '.' || s->at[*to - 1] == '-'))
		--*to;
	top = label(s, from, *to);
	if (top < from + 2 || *to - top < 2)
		return false;
	for (i = top; i < *to; i++)
		if (s->at[i] < 'a' || (s->at[i] > 'z' && s->at[i] < 0x80))
			return false;
	for (i = from; i + 1 < *to; i++)
		if (s->at[i] == '.' && s->at[i + 1] == '.')
			return false;
	return true;
}

/* Which link a part of the text belongs to, for who explains it. */
static void
note(struct scan *s, size_t from, size_t to, size_t host)
{
	struct bayes_features *f = s->f;

	if (!s->inside || f->nlinks == BAYES_LINKS_TOLD || host == f->n)
		return;
	f->links[f->nlinks].from = (uint32_t)from;
	f->links[f->nlinks].to = (uint32_t)to;
	f->links[f->nlinks++].host = (uint32_t)host;
}

static void
scan(struct scan *s)
{
	size_t i = 0, from, to, start, features;
	bool scheme;

	while (i < s->n) {
		if (!bayes_glyph_word(s->at[i])) {
			i++;
			continue;
		}
		start = i;
		features = s->f->n;
		scheme = spelled(s, i, "http://") || spelled(s, i, "https://");
		if (scheme)
			i += spelled(s, i, "https") ? 8 : 7;
		from = i;
		while (i < s->n && host_char(s->at[i]))
			i++;
		to = i;
		if (!host(s, from, &to) && (!scheme || to == from))
			continue;
		s->links++;
		cut_host(s, from, to);
		if (i < s->n && (s->at[i] == '/' || s->at[i] == '?' ||
		    s->at[i] == ':'))
			i = cut_path(s, i);
		note(s, start, i, features);
	}
}

void
bayes_link_cut(struct bayes_features *f, const struct bayes_text *t)
{
	struct scan s = { f, t->at, t->n, 0, true };
	struct scan tags = { f, t->hrefs, t->nhrefs, 0, false };
	uint64_t many;
	size_t i;

	f->nlinks = 0;
	scan(&s);
	scan(&tags);
	many = s.links > tags.links ? s.links : tags.links;
	many = many > 3 ? 3 : many;
	bayes_features_add(f, BAYES_LINKS, (uint64_t)BAYES_MANY << 40 | many,
	    (struct bayes_feature){ .kind = BAYES_MANY, .at = (uint32_t)many });
	for (i = 0; i < t->ntags; i++)
		bayes_features_add(f, BAYES_LINKS, t->tags[i] ^
		    (uint64_t)BAYES_TAG << 40,
		    (struct bayes_feature){ .kind = BAYES_TAG });
}
