/*
 * words.h: what pages say, in the reader's language (private to the room).
 *
 * How to use words. Every sentence that a person reads is English in the
 * source and marked; `make pot` collects what is marked into every po file,
 * where the translation is then written:
 *
 * OUT(b, "<p>", T("Reply"), "</p>");
 *	a sentence, escaped;
 * OUT(b, TN("%d vote", "%d votes", n));
 *	by a number, which it shows;
 * SAY(b, T("%s on %s"), OUT(b, name), OUT(b, "<i>", film, "</i>"));
 *	each %s or %d is written by a statement of its own, at most three; a
 *	language may swap them: %2$s before %1$s;
 * page_shell_head(b, site, T_STR(b, "Log"));
 *	as a struct str, unescaped;
 * { "silent filter", N_("A filter did not answer.") }, OUT(b, T_OF(sentence))
 *	marked in a table, and what came out of one.
 *
 * Sentences are whole, never glued of parts; a per cent sign is never said.
 * T and TN take literals only, T_OF only pointers to literals: a sentence is
 * looked up once in a process and then known by its address, so a page pays
 * some 25 ns for each. Translations are text, and escaped.
 *
 * The language is the buf's. app has chosen it: the site's for what readers
 * share, else what the one reader prefers, or the thread's (app/words.c); a
 * page of a review or thread sets it itself by page_words_speak (page.h).
 */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include "base/base.h"

struct msg {
	const char *one, *many;		/* literals; many: NULL, or by n */
	int64_t n;
};

#define T(text)		((struct msg){ "" text, NULL, 0 })
#define TN(one, many, n)	((struct msg){ "" one, "" many, n })
#define T_OF(pointer)	((struct msg){ pointer, NULL, 0 })
#define N_(text)	text
#define T_STR(b, text)	page_words_text(b, T(text))

/* Escaped, a %d shown as the number. */
void page_words_out(struct buf *, struct msg);
struct str page_words_text(const struct buf *, struct msg);
/* A state's, role's, policy's or act's name as SQL has it, in words; another
 * as it is. */
struct str page_words_name(const struct buf *, struct str);
/* The language that the buf speaks: "en". */
const char *page_words_tag(const struct buf *);
/* A lang attribute, if the text is in another language than the page's. */
void page_words_lang(struct buf *, struct str tag);

/* ---- SAY: at most three statements. ---- */

struct words_say {
	struct str rest;		/* of the sentence, escaped */
	int at, next;			/* which statement's turn it is */
};

struct words_say page_words_say(const struct buf *, struct msg);
/* Writes up to the next place and says whose it is; false at the end. */
bool page_words_next(struct buf *, struct words_say *);

#define SAY_1(s, a)		if ((s).at == 1) { a; }
#define SAY_2(s, a, c)		SAY_1(s, a) else if ((s).at == 2) { c; }
#define SAY_3(s, a, c, d)	SAY_2(s, a, c) else if ((s).at == 3) { d; }
#define SAY_PICK(a, c, d, N, ...)	SAY_##N
#define SAY(b, msg, ...) do {						\
	struct words_say said_ = page_words_say(b, msg);		\
									\
	while (page_words_next(b, &said_)) {				\
		SAY_PICK(__VA_ARGS__, 3, 2, 1, 0)(said_, __VA_ARGS__)	\
	}								\
} while (0)

#endif
