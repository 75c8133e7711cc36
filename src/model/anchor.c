/* anchor.c: the words of a review that a comment is about, and their place. */
#include <string.h>

#include "model/model.h"

enum {
	PLAIN = 32,		/* characters that need nothing around them */
	EDGE = 64		/* of a long passage, sought at each end */
};

_Static_assert(2 * MODEL_CONTEXT_MAX + EDGE <= MODEL_APPROX_MAX,
    "a short passage with all that is around it is one pattern");

/* Runs of white space become one space, or one line end if they hold one. */
static struct str
squeeze(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.len + 1);
	char gap = '\0';
	size_t i = 0;

	while (i < s.len) {
		size_t from = i;
		int32_t c = text_next(s, &i);

		if (text_space(c)) {
			gap = c == '\n' || gap == '\n' ? '\n' : ' ';
			continue;
		}
		if (gap != '\0')
			buf_char(&b, gap);
		gap = '\0';
		buf_str(&b, str_cut(s, from, i - from));
	}
	if (gap != '\0')
		buf_char(&b, gap);
	return buf_view(&b);
}

static enum err
check_words(struct arena *a, struct str *s, size_t most)
{
	if (text_clean(a, *s, true, s) != OK)
		return ERR_ANCHOR_BAD;
	*s = squeeze(a, *s);
	return text_length(*s) <= most ? OK : ERR_ANCHOR_BAD;
}

enum err
model_anchor_check(struct arena *a, struct anchor *n)
{
	enum err e;

	if ((e = check_words(a, &n->exact, MODEL_QUOTE_MAX + 2)) != OK ||
	    (e = check_words(a, &n->prefix, MODEL_CONTEXT_MAX)) != OK ||
	    (e = check_words(a, &n->suffix, MODEL_CONTEXT_MAX)) != OK)
		return e;
	n->exact = text_trim(n->exact);
	if (text_blank(n->exact))
		return ERR_ANCHOR_BAD;
	if (text_length(n->exact) > MODEL_QUOTE_MAX)
		return ERR_ANCHOR_LONG;
	if (n->start < 0 || n->end <= n->start) {
		n->start = n->start < 0 ? 0 : n->start;
		n->end = 0;
	}
	return OK;
}

/* What typing and typesetting make different is the same. */
static int32_t
fold(int32_t c)
{
	if (c < 0x80)
		return c < ' ' ? ' ' : c;
	switch (c) {
	case 0x2018: case 0x2019: case 0x201a: case 0x2bc:
		return '\'';
	case 0x201c: case 0x201d: case 0x201e: case 0xab: case 0xbb:
		return '"';
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
		return '-';
	default:
		return text_space(c) ? ' ' : c;
	}
}

struct anchor_text
model_anchor_text(struct arena *a, const struct str *paragraphs, size_t n)
{
	struct anchor_text t = { .n = 0 };
	size_t i, k, most = 1;

	for (i = 0; i < n; i++)
		most += paragraphs[i].len + 1;
	t.raw = arena_bytes(a, most * sizeof(*t.raw));
	t.folded = arena_bytes(a, most * sizeof(*t.folded));
	for (i = 0; i < n; i++) {
		if (i > 0)
			t.raw[t.n++] = '\n';
		for (k = 0; k < paragraphs[i].len; )
			t.raw[t.n++] = text_next(paragraphs[i], &k);
	}
	for (i = 0; i < t.n; i++)
		t.folded[i] = fold(t.raw[i]);
	return t;
}

int64_t
model_anchor_paragraph(const struct anchor_text *t, size_t i)
{
	size_t k;

	for (k = 0; i > 0 && k < t->n; k++)
		i -= t->raw[k] == '\n';
	return (int64_t)k;
}

/* Words, folded. */
struct words {
	int32_t *c;
	size_t n;
};

static struct words
words_of(struct arena *a, struct str s)
{
	struct words w = {
		.c = arena_bytes(a, (s.len + 1) * sizeof(*w.c))
	};
	size_t i = 0;

	while (i < s.len)
		w.c[w.n++] = fold(text_next(s, &i));
	return w;
}

/* An anchor on its way. */
struct sought {
	const struct anchor_text *text;
	struct words exact, prefix, suffix;
	size_t near;			/* where to look first */
	size_t start, end;
};

/* How many code points around the place are those that were around it. */
static size_t
agreement(const struct sought *s, size_t start)
{
	size_t end = start + s->exact.n, n = 0, before = 0;

	while (before < s->prefix.n && before < start &&
	    s->text->folded[start - 1 - before] ==
	    s->prefix.c[s->prefix.n - 1 - before])
		before++;
	while (n < s->suffix.n && end + n < s->text->n &&
	    s->text->folded[end + n] == s->suffix.c[n])
		n++;
	return before + n;
}

static size_t
distance(size_t a, size_t b)
{
	return a < b ? b - a : a - b;
}

/* A short passage is not simply anywhere where the same words stand. */
static bool
find_exact(struct sought *s)
{
	size_t context = s->prefix.n + s->suffix.n, best = 0, i, agrees;
	size_t bytes = s->exact.n * sizeof(*s->exact.c);
	bool found = false;

	for (i = 0; i + s->exact.n <= s->text->n; i++) {
		if (s->text->folded[i] != s->exact.c[0] ||
		    memcmp(s->text->folded + i, s->exact.c, bytes) != 0)
			continue;
		agrees = agreement(s, i);
		if (found && (agrees < best || (agrees == best &&
		    distance(i, s->near) > distance(s->start, s->near))))
			continue;
		found = true;
		best = agrees;
		s->start = i;
	}
	s->end = s->start + s->exact.n;
	return found && (s->exact.n >= PLAIN || best * 2 >= context);
}

static size_t
append(int32_t *to, size_t n, const int32_t *from, size_t len)
{
	memcpy(to + n, from, len * sizeof(*to));
	return n + len;
}

/* Its first words with what was before them, its last words with what was
 * after; of a short one they are the same, and one pattern. */
static bool
find_about(struct arena *a, struct sought *s)
{
	int32_t head[MODEL_APPROX_MAX], tail[MODEL_APPROX_MAX];
	size_t edge = s->exact.n < EDGE ? s->exact.n : EDGE, room;
	struct model_approx p = {
		.pattern = head, .from = s->prefix.n,
		.to = s->prefix.n + edge, .near = s->near
	};

	p.n = append(head, 0, s->prefix.c, s->prefix.n);
	p.n = append(head, p.n, s->exact.c, edge);
	if (s->exact.n <= EDGE) {
		p.n = append(head, p.n, s->suffix.c, s->suffix.n);
		if (!model_approx_find(a, s->text->folded, s->text->n, &p))
			return false;
		s->start = p.start;
		s->end = p.end;
		return true;
	}
	if (!model_approx_find(a, s->text->folded, s->text->n, &p))
		return false;
	s->start = p.start;
	p = (struct model_approx){
		.pattern = tail, .to = EDGE, .near = s->exact.n - EDGE
	};
	p.n = append(tail, 0, s->exact.c + s->exact.n - EDGE, EDGE);
	p.n = append(tail, p.n, s->suffix.c, s->suffix.n);
	room = s->text->n - s->start;
	if (room > 2 * s->exact.n + MODEL_APPROX_MAX)
		room = 2 * s->exact.n + MODEL_APPROX_MAX;
	if (!model_approx_find(a, s->text->folded + s->start, room, &p))
		return false;
	s->end = s->start + p.end;
	return (s->end - s->start) * 2 >= s->exact.n;
}

bool
model_anchor_find(struct arena *a, const struct anchor_text *text,
    struct anchor *n)
{
	struct sought s = {
		.text = text, .exact = words_of(a, n->exact),
		.prefix = words_of(a, n->prefix),
		.suffix = words_of(a, n->suffix),
		.near = n->start > 0 ? (size_t)n->start : 0
	};

	if (s.exact.n > 0 && (find_exact(&s) || find_about(a, &s))) {
		n->start = (int64_t)s.start;
		n->end = (int64_t)s.end;
		return true;
	}
	n->end = 0;
	return false;
}

static struct str
stretch(struct arena *a, const struct anchor_text *t, size_t from, size_t to)
{
	struct buf b = buf_new(a, (to - from) * 2 + 1);

	for (; from < to; from++)
		text_put(&b, t->raw[from]);
	return buf_view(&b);
}

void
model_anchor_quote(struct arena *a, const struct anchor_text *t,
    struct anchor *n)
{
	size_t start = (size_t)n->start, end = (size_t)n->end, before, after;

	if (end - start > MODEL_QUOTE_MAX)
		end = start + MODEL_QUOTE_MAX;
	before = start > MODEL_CONTEXT ? start - MODEL_CONTEXT : 0;
	after = t->n - end > MODEL_CONTEXT ? end + MODEL_CONTEXT : t->n;
	n->end = (int64_t)end;
	n->exact = stretch(a, t, start, end);
	n->prefix = stretch(a, t, before, start);
	n->suffix = stretch(a, t, end, after);
}
