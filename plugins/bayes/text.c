/* text.c: folds a text to what the eye reads, however it was written. */
#include <string.h>

#include <utf8proc.h>

#include "bayes.h"

enum {
	BREVE = 0x306, SHORT_I = 0x439, CYRILLIC_I = 0x438, BLANK = 0x2800,
	ENTITY = 10,
	ROW = 32			/* signs in a row are of one kind */
};

static const struct {
	const char *name;
	uint32_t cp;
} entities[] = {
	{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
	{ "apos", '\'' }, { "nbsp", ' ' }, { "#39", '\'' }
};

/* ---- reading ---- */

struct reader {
	const char *at;
	size_t left;
};

static uint32_t
read_number(const char *s, size_t n)
{
	uint32_t cp = 0, base = 10;
	size_t i = 1;

	if (n > 1 && (s[1] | 32) == 'x') {
		base = 16;
		i = 2;
	}
	for (; i < n; i++) {
		int c = s[i] | 32;
		uint32_t d = c >= 'a' ? (uint32_t)(c - 'a') + 10 :
		    (uint32_t)(s[i] - '0');

		if (d >= base || cp > 0x10ffff)
			return 0;
		cp = cp * base + d;
	}
	return cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000) ? 0 : cp;
}

/* After a '&': the code point that the entity means, or 0. */
static uint32_t
read_entity(struct reader *r)
{
	size_t i, n = r->left < ENTITY ? r->left : ENTITY;
	const char *end = n > 0 ? memchr(r->at, ';', n) : NULL;
	uint32_t cp = 0;

	if (end == NULL)
		return 0;
	n = (size_t)(end - r->at);
	if (n > 1 && r->at[0] == '#')
		cp = read_number(r->at, n);
	for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (strlen(entities[i].name) == n &&
		    memcmp(entities[i].name, r->at, n) == 0)
			cp = entities[i].cp;
	if (cp != 0) {
		r->at += n + 1;
		r->left -= n + 1;
	}
	return cp;
}

/* A code point; what is no UTF-8 reads as U+FFFD, byte by byte. */
static uint32_t
read_point(struct reader *r)
{
	utf8proc_int32_t cp = (unsigned char)*r->at;
	utf8proc_ssize_t n = 1;

	if (cp >= 0x80) {
		n = utf8proc_iterate((const utf8proc_uint8_t *)r->at,
		    (utf8proc_ssize_t)r->left, &cp);
		if (n < 1) {
			n = 1;
			cp = 0xfffd;
		}
	}
	r->at += n;
	r->left -= (size_t)n;
	return (uint32_t)cp;
}

/* ---- counting and writing ---- */

void
bayes_text_note(struct bayes_text *t, enum bayes_mask kind, uint32_t sign,
    uint32_t as)
{
	size_t i;

	for (i = 0; i < t->nmasks; i++)
		if (t->masks[i].kind == kind && t->masks[i].sign == sign &&
		    t->masks[i].as == as)
			return;
	if (i == BAYES_MASKS_TOLD)
		return;
	t->masks[i].kind = kind;
	t->masks[i].sign = sign;
	t->masks[i].as = as;
	t->nmasks++;
}

static void
hide(struct bayes_text *t, enum bayes_mask kind, uint32_t sign)
{
	t->masked[kind]++;
	bayes_text_note(t, kind, sign, 0);
}

static void
count_mark(struct bayes_text *t, uint32_t cp)
{
	t->marks++;
	t->exclaims += cp == '!';
	t->asks += cp == '?';
	t->money += cp == '$';
}

static void
count_other(struct bayes_text *t, uint32_t cp)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

	t->above += cp >= 0x2000;
	t->pictures += bayes_glyph_picture(cp) && bayes_glyph_plain(cp) == cp;
	t->capitals += c == UTF8PROC_CATEGORY_LU;
	t->letters += c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
	t->digits += c == UTF8PROC_CATEGORY_ND;
	t->marks += c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_PO;
	t->money += c == UTF8PROC_CATEGORY_SC;
	if (c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME)
		hide(t, BAYES_STACKED, cp / ROW);
}

static void
count(struct bayes_text *t, uint32_t cp)
{
	t->chars++;
	if (cp >= 0x80)
		count_other(t, cp);
	else if ((cp | 32) >= 'a' && (cp | 32) <= 'z') {
		t->letters++;
		t->capitals += cp < 'a';
	} else if (cp >= '0' && cp <= '9')
		t->digits++;
	else if (cp > ' ')
		count_mark(t, cp);
	else
		t->lines += cp == '\n';
}

/* White space runs to one, runs of others to two. */
static void
put(struct bayes_text *t, uint32_t cp)
{
	size_t n = t->n;

	if (cp == ' ' && n > 0 && t->at[n - 1] == ' ')
		t->flags[n - 1] |= BAYES_WIDE;
	if (n == BAYES_TEXT - 1 || (cp == ' ' && (n == 0 ||
	    t->at[n - 1] == ' ')))
		return;
	if (n > 1 && t->at[n - 1] == cp && t->at[n - 2] == cp)
		return;
	t->flags[n] = t->large ? BAYES_CAPITAL : 0;
	t->looks[n] = t->like;
	t->at[t->n++] = cp;
}

/* Marks go, but for the breve that makes another letter of an i. */
static void
put_part(struct bayes_text *t, uint32_t cp)
{
	utf8proc_category_t c;

	if (cp == BREVE && t->n > 0 && t->at[t->n - 1] == CYRILLIC_I) {
		t->at[t->n - 1] = SHORT_I;
		return;
	}
	c = utf8proc_category((utf8proc_int32_t)cp);
	if (c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME)
		return;
	if ((c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_CC) ||
	    cp == BLANK)
		cp = ' ';
	put(t, cp);
}

static void
put_folded(struct bayes_text *t, uint32_t cp)
{
	utf8proc_int32_t parts[32];
	utf8proc_ssize_t i, n;
	uint32_t plain = bayes_glyph_plain(cp), bare = bayes_alike_fold(plain);
	int last = 0;

	if (cp >= 0x430 && cp < 0x450) {
		put(t, cp);		/* small Cyrillic is folded */
		return;
	}
	if (cp >= 0x410 && cp < 0x430) {
		put(t, cp + 32);
		return;
	}
	if (cp >= 0xac00 && cp < 0xd7a4) {
		put(t, cp);		/* Hangul stays in syllables */
		return;
	}
	n = utf8proc_decompose_char((utf8proc_int32_t)bare, parts, 32,
	    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &last);
	if (plain != cp || (cp >= 0x2000 && n == 1 && parts[0] < 0x80))
		hide(t, BAYES_FANCY, cp / ROW);
	for (i = 0; i < n && i < 32; i++)
		put_part(t, (uint32_t)parts[i]);
}

/* Flags are letters, but of no word beside them. */
static void
take_flag(struct bayes_text *t, uint32_t cp)
{
	bool flag = cp >= 0x1f1e6 && cp < 0x1f200;

	if (flag != t->flag)
		put(t, ' ');
	t->flag = flag;
}

static void
take(struct bayes_text *t, uint32_t cp)
{
	uint32_t capitals = t->capitals;

	if (cp >= 0x80 && bayes_glyph_hidden(cp)) {
		hide(t, BAYES_HIDDEN, cp);
		return;
	}
	count(t, cp);
	take_flag(t, cp);
	t->large = t->capitals != capitals;
	t->like = bayes_alike_latin(cp);
	if (cp >= 0x80)
		put_folded(t, cp);
	else if (cp <= ' ' || cp == 0x7f)
		put(t, ' ');
	else
		put(t, cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
}

/* ---- tags ---- */

static void
take_href(struct bayes_text *t, const char *s, size_t n)
{
	static const char name[] = "href=";
	size_t i;

	for (i = 0; i + sizeof(name) < n; i++)
		if (strncmp(s + i, name, sizeof(name) - 1) == 0)
			break;
	for (i += sizeof(name) - 1; i < n && (s[i] == '"' || s[i] == '\'');
	    i++)
		;
	for (; i < n && s[i] != '"' && s[i] != '\'' && s[i] != ' ' &&
	    t->nhrefs < BAYES_TEXT - 2; i++)
		t->hrefs[t->nhrefs++] = (unsigned char)s[i] |
		    (s[i] >= 'A' && s[i] <= 'Z' ? 32u : 0u);
	if (t->nhrefs < BAYES_TEXT - 1)
		t->hrefs[t->nhrefs++] = ' ';
}

/* After a '<': a tag is noted and dropped. */
static bool
take_tag(struct bayes_text *t, struct reader *r)
{
	const char *s = r->at, *end;
	size_t n = r->left < 1000 ? r->left : 1000, i;
	uint64_t h = 1;

	if (n == 0 || (*s != '/' && bayes_glyph_script((unsigned char)*s) != 1))
		return false;
	if ((end = memchr(s, '>', n)) == NULL)
		return false;
	n = (size_t)(end - s);
	for (i = *s == '/'; i < n && (s[i] | 32) >= 'a' && (s[i] | 32) <= 'z';
	    i++)
		h = h * 67 + (unsigned char)(s[i] | 32);
	if (*s != '/' && t->ntags < sizeof(t->tags) / sizeof(t->tags[0]))
		t->tags[t->ntags++] = h;
	if (*s == 'a' || *s == 'A')
		take_href(t, s, n);
	t->lines += (*s | 32) == 'b' && n > 1 && (s[1] | 32) == 'r';
	put(t, ' ');
	r->at += n + 1;
	r->left -= n + 1;
	return true;
}

void
bayes_text_fold(struct bayes_text *t, const char *body, size_t len)
{
	struct reader r = { body, len };

	memset(&t->chars, 0, sizeof(*t) - offsetof(struct bayes_text, chars));
	t->n = t->nhrefs = t->ntags = 0;
	while (r.left > 0) {
		uint32_t cp = read_point(&r), meant;

		if (cp == '<' && take_tag(t, &r))
			continue;
		if (cp == '&' && (meant = read_entity(&r)) != 0)
			cp = meant;
		take(t, cp);
	}
	while (t->n > 0 && t->at[t->n - 1] == ' ')
		t->n--;
	bayes_mask_off(t);
}
