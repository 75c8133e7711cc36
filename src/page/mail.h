/* mail.h: part of page.h: mail's words, and the pages its links open. */
#ifndef PAGE_MAIL_H
#define PAGE_MAIL_H

/* ---- mail.c: plain text, in the language that both bufs speak. ---- */

struct page_mail {
	struct str title;		/* of the review */
	struct str author;		/* of the reply */
	struct str text;		/* its own; "" if it spoils */
	struct str url;			/* that it leads to */
	struct str stop;		/* that ends it */
	int64_t n;			/* comments that wait */
};
struct page_letter {
	struct buf subject, text;
};
void page_mail_confirm(struct page_letter *, const struct page_site *,
    const struct page_mail *);
void page_mail_reply(struct page_letter *, const struct page_site *,
    const struct page_mail *);
void page_mail_digest(struct page_letter *, const struct page_site *,
    const struct page_mail *);
void page_mail_test(struct page_letter *, const struct page_site *);

/* ---- follow.c ---- */

struct page_follow {
	struct str link, token, slug, title;
	bool stop;			/* else it confirms */
	bool done;			/* else it asks */
};
void page_follow(struct buf *, const struct page_site *,
    const struct page_follow *);
/* That somebody asked for mail about replies to a comment of theirs. */
struct page_followed {
	int64_t comment, asked, confirmed;	/* us; 0: not yet */
	struct str address;		/* "": it can't be read any more */
	struct str slug, title;		/* of the review */
};
/* A line of what they take along. */
void page_follow_line(struct buf *, const struct page_followed *);

#endif
