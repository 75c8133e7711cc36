/* page_write.c: every page written once; into $FOYER_PAGES where it is set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "page_samples.h"
#include "page_writers.h"

static struct page_form
given_back(enum err e, int64_t parent, int64_t comment)
{
	return (struct page_form){
		.slug = thread.thread.slug, .author = STR("Ada " NASTY),
		.body = STR("\nMy <text> & \"all\" of it</textarea>"),
		.email = STR("ada@"), .parent = parent, .comment = comment,
		.key = STR("0b0e5a52-6c3a-4c8e-9a53-8a5d0d3d6c11"),
		.token = STR("token\"1"), .error = e
	};
}

static void
w_review(struct buf *b)
{
	page_review(b, &site, &review, &thread);
}

static void
w_bare(struct buf *b)
{
	struct review bare = {
		.slug = empty.thread.slug, .heading = STR("Earth")
	};

	page_review(b, &site, &bare, &empty);
}

static void
w_closed(struct buf *b)
{
	struct thread_page closed = thread;

	closed.thread.policy = POLICY_CLOSED;
	closed.sort = SORT_NEWEST;
	page_review(b, &site, &review, &closed);
}

static void
w_fragment(struct buf *b)
{
	page_thread_html(b, &site, &thread);
}

static void
w_index(struct buf *b)
{
	page_index(b, &site, review_rows, COUNT(review_rows),
	    STR("/reviews/?after=59-3"));
}

static void
w_index_empty(struct buf *b)
{
	page_index(b, &site, NULL, 0, STR(""));
}

static void
w_reply(struct buf *b)
{
	struct page_form f = given_back(OK, 11, 0);

	page_form(b, &site, &f, &comments[0]);
}

static void
w_form_body(struct buf *b)
{
	struct page_form f = given_back(ERR_BODY_LONG, 0, 0);

	page_form(b, &site, &f, NULL);
}

static void
w_form_author(struct buf *b)
{
	struct page_form f = given_back(ERR_AUTHOR_LONG, 11, 0);

	page_form(b, &site, &f, NULL);
}

static void
w_form_email(struct buf *b)
{
	struct page_form f = given_back(ERR_EMAIL_BAD, 0, 0);

	page_form(b, &site, &f, NULL);
}

static void
w_form_edit(struct buf *b)
{
	struct page_form f = given_back(ERR_TOKEN_BAD, 0, 12);

	page_form(b, &site, &f, NULL);
}

static void
mine(struct buf *b, enum model_state state, int64_t more)
{
	struct comment c = comments[0];

	c.state = state;
	c.slug = thread.thread.slug;
	c.body = STR("The shot of the *stopped horses*");
	c.reason = state == STATE_REMOVED ? STR("Off topic") : STR("");
	c.edit_until = clock_now() + more;
	page_mine(b, &site, &c, &(struct page_own){ STR("token1"),
	    STR("") });
}

static void
w_mine_held(struct buf *b)
{
	mine(b, STATE_HELD, HOUR);
}

static void
w_mine_shown(struct buf *b)
{
	mine(b, STATE_SHOWN, -HOUR);
}

static void
w_mine_removed(struct buf *b)
{
	mine(b, STATE_REMOVED, HOUR);
}

static void
w_error(struct buf *b)
{
	page_error(b, &site, ERR_NOT_FOUND, STR(""));
}

static void
w_error_sign(struct buf *b)
{
	page_error(b, &site, ERR_SIGN_IN, STR("a-film"));
}

static void
w_sign_in(struct buf *b)
{
	struct page_sign_in f = { .next = STR("/foyer/admin/") };

	page_sign_in(b, &site, &f);
}

static void
w_sign_wrong(struct buf *b)
{
	struct page_sign_in f = {
		.name = STR(NASTY), .token = STR("t"), .next = STR("/\"><b>"),
		.error = ERR_PASSWORD
	};

	page_sign_in(b, &site, &f);
}

static void
w_account(struct buf *b)
{
	page_account(b, &site, &account, STR("token1"));
}

static void
w_queue(struct buf *b)
{
	page_queue(b, &site, &moderator, &queue);
}

static void
w_queue_empty(struct buf *b)
{
	const struct page_queue none = { 0 };

	page_queue(b, &site, &moderator, &none);
}

static void
w_rulings(struct buf *b)
{
	page_rulings(b, &site, &moderator, &rulings);
}

static void
w_rulings_json(struct buf *b)
{
	page_rulings_json(b, &rulings);
}

static void
w_log(struct buf *b)
{
	const struct page_log log = { log_rows, COUNT(log_rows), .next = 1 };

	page_log(b, &site, &moderator, &log);
}

static void
w_log_empty(struct buf *b)
{
	const struct page_log none = { 0 };

	page_log(b, &site, &moderator, &none);
}

static void
w_thread_admin(struct buf *b)
{
	struct thread_page page = thread;

	page.thread.closes_at = APRIL;
	page_thread_admin(b, &site, &moderator, &page);
}

static void
w_atom(struct buf *b)
{
	page_thread_atom(b, &site, &thread);
}

static void
w_atom_empty(struct buf *b)
{
	page_thread_atom(b, &site, &empty);
}

static void
w_thread_json(struct buf *b)
{
	page_thread_json(b, &site, &thread);
}

static void
w_thread_json_empty(struct buf *b)
{
	page_thread_json(b, &site, &empty);
}

static void
w_queue_json(struct buf *b)
{
	page_queue_json(b, &queue);
}

static void
w_me(struct buf *b)
{
	struct comment c = comments[0];
	struct page_me me = {
		.signed_in = true, .name = STR(NASTY), .role = STR("guest"),
		.token = STR("t"), .key = STR("k"), .mine = &c, .nmine = 1
	};

	c.state = STATE_HELD;
	c.slug = thread.thread.slug;
	c.edit_until = APRIL + HOUR;
	page_me_json(b, &site, &me);
}

static void
w_me_nobody(struct buf *b)
{
	struct page_me me = { .token = STR("t"), .key = STR("k") };

	page_me_json(b, &site, &me);
}

static void
w_counts(struct buf *b)
{
	struct str slugs[] = { TEXT("a"), TEXT("b"), TEXT("a"), TEXT("c") };
	int64_t counts[] = { 3, -1, 3, 0 };

	page_counts_json(b, slugs, counts, COUNT(slugs));
}

static void
w_problem(struct buf *b)
{
	page_problem_json(b, ERR_BODY_LONG, "/foyer/threads/a\"b/comments");
}

static void
w_posted(struct buf *b)
{
	struct comment c = {
		.id = 7, .state = STATE_SHOWN, .slug = TEXT("a"),
		.edit_until = APRIL
	};

	page_posted_json(b, &site, &c);
}

static void
w_posted_held(struct buf *b)
{
	struct comment c = { .id = 7, .state = STATE_HELD, .slug = TEXT("a") };

	page_posted_json(b, &site, &c);
}

static void
w_health(struct buf *b)
{
	const struct page_health_filter filters[] = {
		{ TEXT("links"), true, false, 0 },
		{ TEXT("pace"), true, true, 5 },
		{ TEXT("gone"), false, false, 0 },
	};
	struct page_health h = { OK, filters, COUNT(filters) };

	page_health_json(b, &h);
}

#define ROW(name, ext)	{ #name ext, w_##name }
static const struct {
	const char *file;
	void (*write)(struct buf *);
} pages[] = {
	ROW(review, ".html"), ROW(bare, ".html"), ROW(closed, ".html"),
	ROW(fragment, ".fragment"), ROW(index, ".html"),
	ROW(index_empty, ".html"), ROW(reply, ".html"),
	ROW(form_body, ".html"), ROW(form_author, ".html"),
	ROW(form_email, ".html"), ROW(form_edit, ".html"),
	ROW(mine_held, ".html"), ROW(mine_shown, ".html"),
	ROW(mine_removed, ".html"), ROW(error, ".html"),
	ROW(error_sign, ".html"), ROW(sign_in, ".html"),
	ROW(sign_wrong, ".html"), ROW(account, ".html"), ROW(queue, ".html"),
	ROW(rulings, ".html"), ROW(rulings_json, ".json"),
	ROW(queue_empty, ".html"), ROW(log, ".html"), ROW(log_empty, ".html"),
	ROW(thread_admin, ".html"), ROW(atom, ".atom"),
	ROW(atom_empty, ".atom"), ROW(thread_json, ".json"),
	ROW(thread_json_empty, ".json"), ROW(queue_json, ".json"),
	ROW(me, ".json"), ROW(me_nobody, ".json"), ROW(counts, ".json"),
	ROW(problem, ".json"), ROW(posted, ".json"),
	ROW(posted_held, ".json"), ROW(health, ".json"),
	ROW(cite, ".html"), ROW(cite_bib, ".bib"), ROW(cite_csl, ".json"),
	ROW(spoils, ".html"), ROW(spoils_feed, ".atom"),
};

static void
save(const char *folder, const char *name, struct str text)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text.at, 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
}

static void
every_page_is_written_whole(void **state)
{
	const char *folder = getenv("FOYER_PAGES");
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(pages); i++) {
		struct arena *arena = arena_new(1 << 22);
		struct buf b = buf_new(arena, 16);
		struct str text;

		pages[i].write(&b);
		text = buf_view(&b);
		assert_true(text_valid(text));
		assert_true(str_ends(text, ">\n") || str_ends(text, "}\n") ||
		    str_ends(text, "}]\n"));
		if (folder != NULL)
			save(folder, pages[i].file, text);
		arena_free(arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_is_written_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
