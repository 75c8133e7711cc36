/* signs.c: filters that look at who writes, and in which language. */
#include <string.h>

#include "abi.h"

enum { DAY = 86400 };

static const int64_t now = INT64_C(1500000000);	/* s */

static const struct {
	int64_t shown, removed, age;	/* age: s; -1: never seen */
	int score;
	const char *reason, *features;
} people[] = {
	{ 0, 0, -1, 10, "their first comment", "shown=0 removed=0 days=0" },
	{ 1, 0, 60, 0, "", "shown=1 removed=0 days=0" },
	{ 9, 0, 60, 0, "", "shown=9 removed=0 days=0" },
	{ 5, 0, DAY, -30, "5 comments shown in 1 day, none taken away",
	    "shown=5 removed=0 days=1" },
	{ 100, 0, 9 * DAY + 5, -30,
	    "100 comments shown in 9 days, none taken away",
	    "shown=100 removed=0 days=9" },
	{ 0, 1, DAY, 70, "1 of their 1 comments were taken away",
	    "shown=0 removed=1 days=1" },
	{ 9, 1, DAY, 7, "1 of their 10 comments were taken away",
	    "shown=9 removed=1 days=1" },
};

static void
newcomer_knows_what_became_of_a_persons_comments(void **state)
{
	struct filter_plugin p = abi_shipped("newcomer", NULL, 0);
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 0; i < COUNT(people); i++) {
		struct draft d = { .body = STR("x"), .sent = now * 1000000 };
		struct filter_question q = { .draft = &d,
		    .shown = people[i].shown, .removed = people[i].removed,
		    .first_seen = people[i].age < 0 ? 0 :
		    (now - people[i].age) * 1000000 };

		filter_ask(abi.seats[0], abi.arena, &q, &v);
		abi_said(&v, people[i].score, people[i].reason,
		    people[i].features);
	}
	abi_close(&abi);
}

static const struct {
	const char *review, *languages, *body;
	int score;
	const char *reason, *features;
} texts[] = {
	{ "en", "en ru", "This is not the film that I have seen with you.", 0,
	    "", "" },
	{ "en", "en ru", "Это не то, что я видел в кино, но как же это так.",
	    0, "", "" },
	{ "ru-RU", "en", "Это не то, что я видел в кино, но как же это так.",
	    0, "", "" },
	{ "en", "en", "Это не то, что я видел в кино, но как же это так.", 60,
	    "written in Cyrillic letters", "foreign=100" },
	{ "en", "en ru", "هذا فيلم جميل جدا شكرا لكم", 60,
	    "written in Arabic letters", "foreign=100" },
	{ "en", "en ru", "这部电影非常好我很喜欢谢谢大家", 60,
	    "written in East Asian letters", "foreign=100" },
	{ "en", "en ru", "DIE Kamera IST nicht ruhig, und das ist es, was ich "
	    "auch von der Musik sage.", 30, "looks German",
	    "words=16 hits=11" },
	{ "de", "en ru", "Die Kamera ist nicht ruhig, und das ist es, was ich "
	    "auch von der Musik sage.", 0, "", "" },
	{ "en", "en ru", "Comme dans « Le Miroir ».", 0, "", "" },
	{ "en", "en ru", "Kurosawa!", 0, "", "" },
	{ "en", "en ru", "12345 :-) ???????????? 67890", 0, "", "" },
	{ "en", "en ru", "", 0, "", "" },
};

static void
language_knows_letters_and_small_words(void **state)
{
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(texts); i++) {
		struct filter_pair pair = { "languages", texts[i].languages };
		struct filter_plugin p = abi_shipped("language", &pair, 1);
		struct draft d = { .body = str_of(texts[i].body) };
		struct filter_question q = { .draft = &d,
		    .review_language = str_of(texts[i].review) };

		abi_open(&abi, &p, 1, 2000, 60);
		filter_ask(abi.seats[0], abi.arena, &q, &v);
		abi_said(&v, texts[i].score, texts[i].reason,
		    texts[i].features);
		abi_close(&abi);
	}
}

static void
blank_has_no_opinion(void **state)
{
	struct filter_plugin p = abi_shipped("blank", NULL, 0);
	struct verdict v;
	struct abi abi;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	abi_ask(&abi, "Buy https://a.example/", &v);
	abi_said(&v, 0, "", "");
	abi_close(&abi);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    newcomer_knows_what_became_of_a_persons_comments),
		cmocka_unit_test(language_knows_letters_and_small_words),
		cmocka_unit_test(blank_has_no_opinion),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
