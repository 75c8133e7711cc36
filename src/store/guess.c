/* guess.c: what a thread was a moment ago, where no more need be asked. */
#include <string.h>

#include "store/internal.h"

/*
 * A stranger's comment that answers nobody needs of the database only what its
 * thread is: the statement that adds it checks that this still holds and that
 * the sender is not banned, so it costs one round trip. Replies and people with
 * a past ask (comment_context).
 */

enum {
	GUESSES = 64, GUESS_LIFE = 2 * 1000000, GUESS_TEXT = 400,
	CLOSING = 60 * 1000000		/* us: about to, so no guess */
};

struct store_guess {
	int64_t asked;			/* clock_mono; 0: only its id holds */
	struct thread thread;		/* its text lies in `text` */
	char text[GUESS_TEXT];
};

static struct store_guess *
place(const struct store *s, struct str slug)
{
	uint32_t h = 2166136261u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < slug.len; i++)
		h = (h ^ (unsigned char)slug.at[i]) * 16777619u;
	return &s->guesses[h % GUESSES];
}

void
store_guess_open(struct store *s, struct arena *a)
{
	s->guesses = arena_alloc(a, GUESSES * sizeof(*s->guesses));
}

static struct str
keep(char **room, struct str s)
{
	char *at = *room;

	if (s.len > 0)
		memcpy(at, s.at, s.len);
	*room += s.len;
	return (struct str){ at, s.len };
}

void
store_guess_keep(struct store *s, const struct thread *t)
{
	struct store_guess *g = place(s, t->slug);
	char *room = g->text;

	*g = (struct store_guess){ 0 };
	if (t->slug.len + t->title.len + t->language.len > GUESS_TEXT)
		return;
	g->thread = *t;
	g->thread.slug = keep(&room, t->slug);
	g->thread.title = keep(&room, t->title);
	g->thread.language = keep(&room, t->language);
	if (t->policy != POLICY_CLOSED && (t->closes_at == 0 ||
	    t->closes_at >= clock_now() + CLOSING))
		g->asked = clock_mono();
}

bool
store_guess_find(const struct store *s, struct arena *a, struct str slug,
    struct thread *ret)
{
	const struct store_guess *g = place(s, slug);

	if (g->asked == 0 || clock_mono() - g->asked > GUESS_LIFE ||
	    !str_eq(g->thread.slug, slug))
		return false;
	*ret = g->thread;
	ret->slug = arena_str(a, g->thread.slug);
	ret->title = arena_str(a, g->thread.title);
	ret->language = arena_str(a, g->thread.language);
	return true;
}

void
store_guess_drop(struct store *s, struct str slug)
{
	place(s, slug)->asked = 0;
}

int64_t
store_guess_id(const struct store *s, struct str slug)
{
	const struct store_guess *g = place(s, slug);

	return str_eq(g->thread.slug, slug) ? g->thread.id : 0;
}

int64_t
store_guess_count(const struct store *s, struct str slug)
{
	const struct store_guess *g = place(s, slug);

	return str_eq(g->thread.slug, slug) ? g->thread.count : INT64_MAX;
}

void
store_guess_forget(struct store *s, struct str slug)
{
	*place(s, slug) = (struct store_guess){ 0 };
}
