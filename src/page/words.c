/* words.c: sentences looked up in the catalogues that po/ was made into. */
#include <assert.h>

#include "page/parts.h"

/* What po/catalogues.awk writes. */
struct message {
	const char *one, *many;		/* English; many: NULL, or the plural */
	const char *forms[6];
};

struct catalogue {
	const char *tag;		/* BCP 47 */
	const struct message *messages;
	size_t n;
	unsigned (*plural)(unsigned long);	/* which form */
};

#include "catalogues.h"			/* made: English, then each po file */

enum { SLOTS = 2048, KEPT = 4 * 1024 * 1024 };

/* A sentence's forms, escaped. */
struct known {
	const char *forms[6];
	struct str html[6];
};

/* Known sentences by the address of the English one (open addressing). */
struct page_words {
	const struct catalogue *catalogue;
	struct {
		const char *key;
		const struct known *known;
	} slots[SLOTS];
	size_t used;
};

static struct page_words all[COUNT(catalogues)];
static struct arena *kept;		/* dies with the process */

struct page_words *
page_words_for(struct str tag)
{
	struct str rest = tag, primary;
	size_t i;

	if (!str_split(&rest, '-', &primary))
		return NULL;
	for (i = 0; i < COUNT(catalogues); i++) {
		const char *has = catalogues[i].tag;

		if (str_eq_nocase(tag, has) || str_eq_nocase(primary, has)) {
			all[i].catalogue = &catalogues[i];
			return &all[i];
		}
	}
	return NULL;
}

static struct page_words *
words_of(const struct buf *b)
{
	return b->words != NULL ? b->words : page_words_for(STR("en"));
}

void
page_words_speak(struct buf *b, const struct page_site *site, struct str tag)
{
	b->words = page_words_for(tag);
	if (b->words == NULL)
		b->words = page_words_for(str_of(site->language));
}

const char *
page_words_tag(const struct buf *b)
{
	return words_of(b)->catalogue->tag;
}

void
page_words_lang(struct buf *b, struct str tag)
{
	if (tag.len > 0 && !str_is(tag, page_words_tag(b)))
		OUT(b, " lang=\"", tag, "\"");
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Looks for it in the catalogue; English is its own translation. */
static const struct known *
learn(const struct catalogue *c, struct msg m)
{
	struct known *k;
	size_t i;

	if (kept == NULL)
		kept = arena_new(KEPT);
	k = arena_alloc(kept, sizeof(*k));
	k->forms[0] = m.one;
	k->forms[1] = m.many;
	for (i = 0; i < c->n; i++) {
		if (same(c->messages[i].one, m.one) &&
		    same(c->messages[i].many, m.many))
			memcpy(k->forms, c->messages[i].forms,
			    sizeof(k->forms));
	}
	for (i = 0; i < COUNT(k->forms) && k->forms[i] != NULL; i++) {
		struct buf b = buf_new(kept, strlen(k->forms[i]) + 16);

		page_out_text(&b, str_of(k->forms[i]));
		k->html[i] = buf_view(&b);
	}
	return k;
}

static const struct known *
known(struct page_words *w, struct msg m)
{
	size_t at = ((uintptr_t)m.one >> 1) * 0x9E3779B1u % SLOTS;

	for (; w->slots[at].key != NULL; at = (at + 1) % SLOTS)
		if (w->slots[at].key == m.one)
			return w->slots[at].known;
	assert(w->used < SLOTS / 2);
	w->used++;
	w->slots[at].key = m.one;
	w->slots[at].known = learn(w->catalogue, m);
	return w->slots[at].known;
}

/* Which form; what is not translated has English's two. */
static unsigned
form(const struct page_words *w, const struct known *k, struct msg m)
{
	unsigned i;

	if (m.many == NULL)
		return 0;
	i = w->catalogue->plural((unsigned long)(m.n < 0 ? -m.n : m.n));
	return i < COUNT(k->forms) && k->forms[i] != NULL ? i : m.n != 1;
}

struct str
page_words_text(const struct buf *b, struct msg m)
{
	struct page_words *w = words_of(b);
	const struct known *k = known(w, m);

	return str_of(k->forms[form(w, k, m)]);
}

struct str
page_words_name(const struct buf *b, struct str name)
{
	static const char *const names[] = {
		N_("shown"), N_("held"), N_("spam"), N_("removed"),
		N_("erased"), N_("open"), N_("first"), N_("all"),
		N_("closed"), N_("guest"), N_("reader"), N_("reviewer"),
		N_("moderator"), N_("owner"), N_("approve"), N_("remove"),
		N_("hold"), N_("undo"),
		N_("thread"), N_("account-add"), N_("account-password"),
		N_("account-revoke"), N_("pin"), N_("pinned"), N_("feature"),
		N_("featured"), N_("lock"), N_("locked"), N_("letter"),
		N_("move"), N_("edit"), N_("edited"), N_("trust"),
		N_("trusted"), N_("note"), N_("ban"), N_("ban-domain"),
		N_("terms"), N_("reasons"), N_("retrain"),
		N_("site-choice"), N_("account-set"), N_("account-reviewer"),
		N_("account-invite"), N_("account-reset"), N_("invite-end"),
		N_("account-join"), N_("totp-set"), N_("totp-end"),
		N_("totp-reset"), N_("person-erase"), N_("import")
	};
	size_t i;

	for (i = 0; i < COUNT(names); i++)
		if (str_is(name, names[i]))
			return page_words_text(b, T_OF(names[i]));
	return name;
}

struct words_say
page_words_say(const struct buf *b, struct msg m)
{
	struct page_words *w = words_of(b);
	const struct known *k = known(w, m);

	return (struct words_say){ .rest = k->html[form(w, k, m)], .next = 1 };
}

/* Places are %s, %d, and %2$s where a language swaps them. */
bool
page_words_next(struct buf *b, struct words_say *s)
{
	const char *c = memchr(s->rest.at, '%', s->rest.len);
	size_t at;

	if (c == NULL || (at = (size_t)(c - s->rest.at)) + 1 == s->rest.len) {
		buf_str(b, s->rest);
		return false;
	}
	buf_str(b, str_cut(s->rest, 0, at));
	c++;
	s->rest = str_cut(s->rest, at + 2, s->rest.len);
	if (*c >= '1' && *c <= '9' && s->rest.len > 1) {
		s->at = *c - '0';
		s->rest = str_cut(s->rest, 2, s->rest.len);
	} else {
		s->at = s->next++;
	}
	return true;
}

void
page_words_out(struct buf *b, struct msg m)
{
	struct words_say s = page_words_say(b, m);

	while (page_words_next(b, &s))
		buf_int(b, m.n);
}
