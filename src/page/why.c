/*
 * why.c: what a filter gave as its reason, in the moderator's language.
 *
 * Filters speak English and know nothing of readers. The sentences of those
 * that come with foyer are listed here, a %s for each number or name in them;
 * a reason is made of such, separated by commas and colons. What is not listed,
 * as an operator's own filter's, is shown as it was said.
 */
#include <string.h>

#include "page/parts.h"

enum { PLACES = 3 };

/* What is counted; in Russian all in the genitive plural. */
static const char *const nouns[] = {
	N_("character"), N_("characters"), N_("word"), N_("words"),
	N_("capital"), N_("capitals"), N_("digit"), N_("digits"), N_("mark"),
	N_("marks"), N_("exclamation mark"), N_("exclamation marks"),
	N_("question mark"), N_("question marks"), N_("line break"),
	N_("line breaks"), N_("symbol"), N_("symbols"),
	N_("word of two alphabets"), N_("words of two alphabets"),
	N_("invisible character"), N_("invisible characters"), N_("picture"),
	N_("pictures"), N_("fancy letter"), N_("fancy letters"),
	N_("stacked mark"), N_("stacked marks"),
	N_("word with digits for letters"),
	N_("words with digits for letters"), N_("word with letters apart"),
	N_("words with letters apart"), N_("links"),
	N_("telephone number"), N_("currency sign")
};

/* The first that fits; in those the last place is one of the nouns. */
static const char *const counts[] = {
	N_("no %s"), N_("a %s"), N_("%s or more %s"), N_("%s to %s %s"),
	N_("%s %s")
};

static const char *const sentences[] = {
	N_("%s of the text"), N_("%s shortened"),
	N_("%s with letters made to deceive"),
	N_("%s to hosts new to the site"),
	N_("%s comments from one sender in one minute"),
	N_("%s comments from one sender in one hour"),
	N_("%s comments from one person in one minute"),
	N_("%s comments from one person in one hour"),
	N_("%s comments under one review in one minute"),
	N_("%s comments under one review in one hour"),
	N_("%s the same as a comment sent to %s other place lately"),
	N_("%s the same as a comment sent to %s other places lately"),
	N_("%s the same as what a moderator ruled spam"),
	N_("%s the same"), N_("sent %s times lately"),
	N_("the hidden field is filled in"),
	N_("sent %s s after the form was given out"),
	N_("written in %s letters"), N_("looks %s"),
	N_("%s of their %s comments were taken away"),
	N_("their first comment"), N_("%s comments shown in %s day"),
	N_("%s comments shown in %s days"), N_("none taken away"),
	N_("%s is on the list %s"), N_("spam to %s"), N_("1 link"),
	N_("a link"), N_("link %s"), N_("no proof of work came with it"),
	N_("the proof of work has expired"),
	N_("the proof of work was used before"),
	N_("the proof of work was too easy for what comes in now"),
	N_("the proof of work can't be read"),
	N_("the proof of work is wrong"),
	N_("the proof of work is for a challenge of somebody else"),
	N_("the proof of work is for another review"),
	N_("failed"), N_("is not loaded"),
	N_("is out after too many faults"),
	N_("was not asked: no time was left"),
	N_("gave no answer in time"),
	N_("used up the memory it may have"), N_("ended its process"),
	N_("took too long"), N_("gave up (abort)"), N_("crashed")
};

/* Whether it is of that form; what stands at each %s, up to the first of what
 * follows there. */
static bool
fits(struct str said, const char *form, struct str places[PLACES])
{
	struct str rest = str_of(form);
	size_t n = 0, at;

	memset(places, 0, PLACES * sizeof(*places));
	while ((at = str_find(rest, STR("%s"))) != (size_t)-1) {
		struct str after = str_cut(rest, at + 2, rest.len), upto;
		size_t next = str_find(after, STR("%s"));

		upto = str_cut(after, 0, next == (size_t)-1 ? after.len : next);
		if (!str_eq(str_cut(said, 0, at), str_cut(rest, 0, at)))
			return false;
		said = str_cut(said, at, said.len);
		next = upto.len > 0 ? str_find(said, upto) : said.len;
		if (next == (size_t)-1 || next == 0)
			return false;
		places[n++] = str_cut(said, 0, next);
		said = str_cut(said, next, said.len);
		rest = after;
	}
	return str_eq(said, rest);
}

static struct str
noun(const struct buf *b, struct str said)
{
	size_t i;

	for (i = 0; i < COUNT(nouns); i++)
		if (str_is(said, nouns[i]))
			return page_words_text(b, T_OF(nouns[i]));
	return STR("");
}

/* "1 to 10 % capitals" is "capitals: 1 to 10 %" where nouns come first. */
static bool
count_out(struct buf *b, struct str said)
{
	struct str p[PLACES], last;
	size_t i, k = 0;

	for (i = 0; i < COUNT(counts); i++)
		if (fits(said, counts[i], p))
			break;
	if (i == COUNT(counts))
		return false;
	while (k + 1 < PLACES && p[k + 1].len > 0)
		k++;
	last = noun(b, p[k]);
	if (last.len == 0)
		return false;
	p[k] = last;
	SAY(b, T_OF(counts[i]), OUT(b, p[0]), OUT(b, p[1]), OUT(b, p[2]));
	return true;
}

static void
piece_out(struct buf *b, struct str said)
{
	struct str p[PLACES];
	size_t i;

	for (i = 0; i < COUNT(sentences); i++)
		if (fits(said, sentences[i], p)) {
			SAY(b, T_OF(sentences[i]), OUT(b, p[0]),
			    OUT(b, p[1]));
			return;
		}
	if (!count_out(b, said))
		OUT(b, said);
}

/* Up to a comma, a colon, or what something added (" +0.9"); what is quoted is
 * the reader's. */
static size_t
piece(struct str said)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i + 1 < said.len; i++) {
		char c = said.at[i], next = said.at[i + 1];

		quoted ^= c == '"';
		if (!quoted && (((c == ',' || c == ':') && next == ' ') ||
		    (c == ' ' && (next == '+' || next == '-'))))
			return i;
	}
	return said.len;
}

/* How long what stands between two pieces is. */
static size_t
between(struct str rest)
{
	size_t n = str_begins(rest, " ") ? str_find(rest, STR(", ")) : 0;

	return n == (size_t)-1 ? rest.len : n + 2;
}

void
page_why_out(struct buf *b, struct str said)
{
	while (said.len > 0) {
		size_t n = piece(said);

		piece_out(b, str_cut(said, 0, n));
		said = str_cut(said, n, said.len);
		n = between(said);
		OUT(b, str_cut(said, 0, n));
		said = str_cut(said, n, said.len);
	}
}
