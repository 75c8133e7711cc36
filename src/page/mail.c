/* mail.c: what mails say: plain text, and so not escaped. */
#include "page/parts.h"

/* A sentence, its places filled. */
static void
say(struct buf *b, struct msg m, const struct str *parts)
{
	struct words_say s = { .rest = page_words_text(b, m), .next = 1 };

	while (page_words_next(b, &s))
		buf_str(b, parts[s.at - 1]);
}

static void
paragraph(struct buf *b, struct msg m, const struct str *parts)
{
	say(b, m, parts);
	buf_lit(b, "\n\n");
}

static void
address(struct buf *b, struct str url)
{
	buf_fmt(b, STR_FMT "\n\n", STR_ARG(url));
}

/* As mail marks what somebody else wrote. */
static void
quoted(struct buf *b, struct str text)
{
	struct str line;

	while (str_split(&text, '\n', &line))
		buf_fmt(b, "> " STR_FMT "\n", STR_ARG(line));
	buf_lit(b, "\n");
}

void
page_mail_confirm(struct page_letter *l, const struct page_site *site,
    const struct page_mail *m)
{
	const struct str parts[] = { m->title, str_of(site->name) };

	say(&l->subject, T("Shall we tell you of replies?"), parts);
	paragraph(&l->text, T("Somebody, we hope you, wants to be told at this "
	    "address of replies to what they wrote about %s in %s."), parts);
	paragraph(&l->text, T("If that was you, open this page and say so:"),
	    parts);
	address(&l->text, m->url);
	paragraph(&l->text, T("If it was not, do nothing: the address is "
	    "forgotten within a week, and nothing else comes."), parts);
}

void
page_mail_reply(struct page_letter *l, const struct page_site *site,
    const struct page_mail *m)
{
	const struct str parts[] = { m->author, m->title,
	    str_of(site->name) };

	say(&l->subject, T("%s answers you: %s"), parts);
	paragraph(&l->text, T("%s has answered your comment on %s in %s."),
	    parts);
	if (m->text.len > 0)
		quoted(&l->text, m->text);
	else
		paragraph(&l->text, T("The answer tells how the film goes on, "
		    "so it is not in this mail."), parts);
	address(&l->text, m->url);
	paragraph(&l->text, T("To hear no more of this, of this review or of "
	    "all:"), parts);
	address(&l->text, m->stop);
}

void
page_mail_digest(struct page_letter *l, const struct page_site *site,
    const struct page_mail *m)
{
	const struct str parts[] = { arena_fmt(l->text.arena, "%lld%s",
	    (long long)m->n, m->n == 1000 ? "+" : ""), str_of(site->name) };

	say(&l->subject, TN("%d comment waits", "%d comments wait", m->n),
	    parts);
	paragraph(&l->text, TN("%d comment waits for a moderator of %s:",
	    "%d comments wait for a moderator of %s:", m->n), parts);
	address(&l->text, m->url);
}

void
page_mail_test(struct page_letter *l, const struct page_site *site)
{
	const struct str parts[] = { str_of(site->name) };

	say(&l->subject, T("Mail from %s"), parts);
	paragraph(&l->text, T("This is a test: mail of %s arrives here."),
	    parts);
}
