/* net_message.c: a mail holds what it is given, and nothing can leave it. */
#include "net/net.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct net_mail
mail(void)
{
	return (struct net_mail){
		.from = STR("a@journal.example"), .name = STR("Journal"),
		.to = STR("b@reader.example"), .id = STR("1@journal.example"),
		.subject = STR("Hello"), .text = STR("One.\n"),
		.at = INT64_C(1522584000) * 1000000
	};
}

static struct str
written(struct arena *a, const struct net_mail *m)
{
	struct buf b = buf_new(a, 1024);

	assert_int_equal(net_message_write(&b, m), OK);
	return buf_view(&b);
}

static bool
holds(struct str text, const char *part)
{
	return str_find(text, str_of(part)) != (size_t)-1;
}

static void
a_plain_mail_is_as_the_standards_have_it(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct net_mail m = mail();
	struct str text = written(a, &m);

	(void)state;
	assert_true(str_begins(text,
	    "Date: Sun, 1 Apr 2018 12:00:00 +0000\r\n"
	    "From: =?utf-8?Q?Journal?= <a@journal.example>\r\n"
	    "To: <b@reader.example>\r\n"
	    "Subject: =?utf-8?Q?Hello?=\r\n"
	    "Message-ID: <1@journal.example>\r\n"
	    "Auto-Submitted: auto-generated\r\n"));
	assert_true(str_ends(text, "\r\n\r\nOne.\r\n"));
	assert_false(holds(text, "List-Unsubscribe"));
	arena_free(a);
}

static void
whatever_a_name_or_subject_holds_stays_in_its_header(void **state)
{
	static const char *const bad[] = {
		"\r\nBcc: c@d.example", "a\nb", "?= =?", "\"<>\\", "\t\x7f",
		"Ёж, ёжик и ещё много ёжиков в тумане над рекой, и лошадь"
	};
	struct arena *a = arena_new(1 << 20);
	struct net_mail m = mail();
	struct str text, line;
	int headers;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		m.subject = m.name = str_of(bad[i]);
		text = written(a, &m);
		assert_false(holds(text, "\nBcc"));
		headers = 0;
		while (str_split(&text, '\n', &line) && line.len > 1) {
			assert_true(line.len <= 100);
			headers += line.at[0] != ' ';
		}
		assert_int_equal(headers, 9);
	}
	arena_free(a);
}

static void
an_address_that_could_say_more_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "a", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a@b>\r\nX: y",
		"a,b@c", "ж@б", "\"a\"@b", "a@b\n"
	};
	struct arena *a = arena_new(1 << 20);
	struct buf b = buf_new(a, 1024);
	struct net_mail m;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_false(net_message_address(str_of(bad[i])));
		m = mail();
		m.to = str_of(bad[i]);
		assert_int_equal(net_message_write(&b, &m), ERR_SYNTAX);
	}
	m = mail();
	m.stop = STR("https://a.example/\r\nX: y");
	assert_int_equal(net_message_write(&b, &m), ERR_SYNTAX);
	arena_free(a);
}

static void
lines_of_the_text_are_short_and_end_as_they_must(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct net_mail m = mail();
	struct buf long_text = buf_new(a, 8192);
	struct str text, line;

	(void)state;
	for (int i = 0; i < 200; i++)
		buf_lit(&long_text, "Ёж = ёж. ");
	buf_lit(&long_text, " \n.\n");
	m.text = buf_view(&long_text);
	text = written(a, &m);
	assert_true(holds(text, "=D0=81=D0=B6 =3D "));
	assert_true(holds(text, "=20\r\n.\r\n"));
	while (str_split(&text, '\n', &line))
		assert_true(line.len <= 77);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_mail_is_as_the_standards_have_it),
		cmocka_unit_test(
		    whatever_a_name_or_subject_holds_stays_in_its_header),
		cmocka_unit_test(an_address_that_could_say_more_is_refused),
		cmocka_unit_test(
		    lines_of_the_text_are_short_and_end_as_they_must)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
