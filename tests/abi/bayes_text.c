/* bayes_text.c: what the learner reads, however it was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "bayes/bayes.h"

static struct bayes_text text;

static const struct {
	const char *from, *to;
} folds[] = {
	{ "Hello  World", "hello world" },
	{ "\xef\xbc\xa8\xef\xbc\xa5\xef\xbc\xac\xef\xbc\xb0", "help" },
	{ "\xf0\x9d\x97\xbd\xf0\x9d\x97\xae\xf0\x9d\x98\x86", "pay" },
	{ "\xf0\x9f\x85\xb0\xf0\x9f\x85\xb1", "ab" },	/* squared */
	{ "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", "de" },	/* a flag */
	{ "c\xe2\x80\x8b" "as\xc2\xad" "ino", "casino" },
	{ "z\xcc\xb5\xcc\x81" "a\xcc\x82lgo", "zalgo" },
	{ "\xd0\x99\xd0\xbe\xd0\xb4", "\xd0\xb9\xd0\xbe\xd0\xb4" },
	{ "\xd0\xb8\xcc\x86", "\xd0\xb9" },
	{ "ma\xc3\xb1" "ana caf\xc3\xa9", "manana cafe" },
	{ "sooooo goooood", "soo good" },
	{ "a &amp; b &#39;c&#x27; &lt;d", "a & b 'c' <d" },
	{ "one<br />two <b>three</b>", "one two three" },
	{ "a < b > c", "a < b > c" },
	{ "\xe1\xb4\x9b\xc9\xaa\xe1\xb4\x8b", "tik" },	/* small capitals */
	{ "bad \xff\xc3( utf", "bad \xef\xbf\xbd\xef\xbf\xbd( utf" },
	/* a flag is of no word beside it */
	{ "\xd0\x9c\xd0\xb8\xd1\x80\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa",
	    "\xd0\xbc\xd0\xb8\xd1\x80 de" },
	/* letters that Unicode does not take apart */
	{ "\xc3\xb8 \xc5\x81\xc3\xb3" "d \xc4\x91\xc4\xb1 \xc9\x91\xc9\xa1",
	    "o lod di ag" },
	/* in brackets, in a circle */
	{ "\xe2\x92\x9c\xf0\x9f\x84\x90\xf0\x9f\x85\x90", "aa" },
	/* whatever is there to be unseen */
	{ "ca\xe2\x81\xa4s\xe3\x85\xa4in\xf3\xa0\x81\xa1" "o", "casino" },
	/* a blank that is none */
	{ "a\xe2\xa0\x80" "b", "a b" },
};

static void
encode(const uint32_t *cps, size_t n, char *to)
{
	size_t i;

	for (i = 0; i < n; i++) {
		uint32_t c = cps[i];

		if (c < 0x80) {
			*to++ = (char)c;
		} else if (c < 0x800) {
			*to++ = (char)(0xc0 | c >> 6);
			*to++ = (char)(0x80 | (c & 0x3f));
		} else {
			*to++ = (char)(0xe0 | c >> 12);
			*to++ = (char)(0x80 | (c >> 6 & 0x3f));
			*to++ = (char)(0x80 | (c & 0x3f));
		}
	}
	*to = '\0';
}

static void
a_text_is_folded_to_what_the_eye_reads(void **state)
{
	char got[400];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
		bayes_text_fold(&text, folds[i].from, strlen(folds[i].from));
		encode(text.at, text.n, got);
		assert_string_equal(got, folds[i].to);
	}
}

static const struct {
	const char *from, *to;
} masks[] = {
	{ "b u y  n o w, a b", "buy now, a b" },
	{ "P.A.Y-M.E", "payme" }, { "I, a b", "i, a b" },
	{ "p4yp4l 4 me in 2015, gta5", "paypal 4 me in 2015, gta5" },
	{ "c\xd0\xb0sin\xd0\xbe", "casino" },	/* Cyrillic letters */
	{ "\xd1\x82\xd1\x80o\xd1\x84" "e\xd0\xb9",	/* and Latin ones */
	    "\xd1\x82\xd1\x80\xd0\xbe\xd1\x84\xd0\xb5\xd0\xb9" },
	/* Greek capitals, before they are folded */
	{ "\xce\x97" "ELL\xce\x9f \xce\x9d\xce\xbfw", "hello now" },
	/* Lisu, Armenian */
	{ "\xea\x93\xae\xea\x93\xb0\xea\x93\xa3\xea\x93" "\xb3 bonus \xd5\xb0"
	    "ere", "aero bonus here" },
	/* nothing but Lisu; syllables of Canada */
	{ "\xea\x93\xae\xea\x93\xb0"
	    "\xea\x93\xa3\xea\x93\xb3 88", "aero 88" },
	{ "\xe1\x94\x95\xe1\x97\xa9 E"
	    "\xe1\x94\x95\xe1\x91\x8e", "sa esn" },
	/* all of another alphabet, in a text that is not */
	{ "wait \xd0\xb0 \xd1\x81\xd0\xbe\xd1\x80\xd1\x83"
	    " \xd1\x81\xd0\xb5\xd0\xb5", "wait a copy cee" },
	/* what is Cyrillic stays so */
	{ "\xd0\xa3\xd1\x80\xd0\xb0! \xd0\xa2\xd0\xb5\xd1" "\x81\xd1\x82",
	    "\xd1\x83\xd1\x80\xd0\xb0! \xd1\x82\xd0\xb5\xd1" "\x81\xd1\x82" },
	/* Latin words, in a text that is not */
	{ "\xd0\x9f\xd0\xb8\xd1\x88\xd0\xb8\xd1\x82\xd0"
	    "\xb5 MHE \xd0\xb8 B\xd0\xb0\xd0\xbc",
	    "\xd0\xbf\xd0\xb8\xd1\x88\xd0\xb8\xd1\x82\xd0"
	    "\xb5 \xd0\xbc\xd0\xbd\xd0\xb5 \xd0\xb8 \xd0\xb2"
	    "\xd0\xb0\xd0\xbc" },
	/* what is Latin stays so */
	{ "\xd0\x9c\xd0\xb0\xd0\xba\xd0\xb1\xd1\x83\xd0" "\xba M3, 1Tb, css",
	    "\xd0\xbc\xd0\xb0\xd0\xba\xd0\xb1\xd1\x83\xd0"
	    "\xba m3, 1tb, css" },
	/* a word of three alphabets */
	{ "\xd0\xba\xd1\x80u\xd0\xbf\xd1\x82\xd0\xbe\xd0" "\xb9 \xd1\x82"
	    "e\xd0\xbb\xd0\xb5\xd1\x84o\xd0\xbd\xce\xb1",
	    "\xd0\xba\xd1\x80\xd0\xb8\xd0\xbf\xd1\x82\xd0"
	    "\xbe\xd0\xb9 \xd1\x82\xd0\xb5\xd0\xbb\xd0\xb5"
	    "\xd1\x84\xd0\xbe\xd0\xbd\xd0\xb0" },
	/* small capitals of Cyrillic */
	{ "\xe1\xb4\xa8\xd0\xbe\xe1\xb4\xa7\xd1\x83\xd1"
	    "\x87\xd0\xb8\xd1\x82\xd1\x8c \xd0\xb1\xd0\xbe"
	    "\xe1\xb4\xa7\xd1\x8c\xc9\xaf\xd0\xb5 \xd0\xb8"
	    "\xd0\xbd\xc9\xb8\xd0\xbe\xe1\xb4\xa9\xca\x8d"
	    "\xd0\xb0\xd1\x86\xd0\xb8\xd0\xb8",
	    "\xd0\xbf\xd0\xbe\xd0\xbb\xd1\x83\xd1\x87\xd0"
	    "\xb8\xd1\x82\xd1\x8c \xd0\xb1\xd0\xbe\xd0\xbb"
	    "\xd1\x8c\xd1\x88\xd0\xb5 \xd0\xb8\xd0\xbd\xd1"
	    "\x84\xd0\xbe\xd1\x80\xd0\xbc\xd0\xb0\xd1\x86"
	    "\xd0\xb8\xd0\xb8" },
	/* digits for Cyrillic letters */
	{ "pa6o\xd1\x82\xd1\x83 3\xd0\xb0\xd1\x80\xd0\xbf"
	    "\xd0\xbb\xd0\xb0\xd1\x82\xd0\xb0",
	    "\xd1\x80\xd0\xb0\xd0\xb1\xd0\xbe\xd1\x82\xd1"
	    "\x83 3\xd0\xb0\xd1\x80\xd0\xbf\xd0\xbb\xd0\xb0"
	    "\xd1\x82\xd0\xb0" },
	/* two digits that are the same */
	{ "b00k g00gle b2b 100 f00", "book google b2b 100 f00" },
	/* signs for letters */
	{ "ca$h sp@m $5 me@site.net", "cash spam $5 me@site.net" },
	/* marks between letters */
	{ "ch-ea_p vi*agra h.e-re", "cheap viagra here" },
	/* but not where there are few */
	{ "A well-made film, e.g. by this first-time di" "rector",
	    "a well-made film, e.g. by this first-time di" "rector" },
	/* nor in addresses */
	{ "see a-b.example/x-y-z", "see a-b.example/x-y-z" },
};

static void
a_masked_word_is_read_as_what_it_looks_like(void **state)
{
	char got[400];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		bayes_text_fold(&text, masks[i].from, strlen(masks[i].from));
		encode(text.read, text.nread, got);
		assert_string_equal(got, masks[i].to);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_folded_to_what_the_eye_reads),
		cmocka_unit_test(a_masked_word_is_read_as_what_it_looks_like),
	};

	if (!bayes_alike_open())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
