/*
 * people.h: part of page.h: what moderators do beyond ruling, and to whom.
 */
#ifndef PAGE_PEOPLE_H
#define PAGE_PEOPLE_H

struct page_deed {			/* one comment */
	const struct comment *comment;
	bool pinned;
	int64_t locked;			/* by which comment's lock, or 0 */
	struct str letter, home;	/* heading; slug of where it was */
	struct str *reasons;		/* that the journal lists */
	size_t nreasons;
};
void page_deed(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_deed *);

struct page_people {
	struct str name;		/* that was looked for, or "" */
	struct person_row *rows;
	size_t n;
};
void page_people(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_people *);
void page_person(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct person_page *);
/* {"person","name","role","trusted","ban","note","counts":{…},"comments":
 * [{"id","state","url"}],"next"} */
void page_person_json(struct buf *, const struct page_site *,
    const struct person_page *);
struct page_swept {			/* of one person's comments */
	int64_t done;
	bool more;			/* there are others */
};
void page_swept_json(struct buf *, const struct page_swept *);
struct page_bans {
	struct ban *rows;
	size_t n;
	int64_t next;			/* id to go on before, or 0 */
};
void page_bans(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_bans *);

struct page_terms_row {
	int issue;			/* -1: of the site */
	enum model_policy policy;
	int days;
};
struct page_terms {
	const struct page_terms_row *rows;	/* the site's first */
	size_t n;
	struct str *reasons;
	size_t nreasons;
};
void page_terms(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_terms *);

struct page_letter_list {
	const struct letter_row *rows;
	size_t n;
	int64_t next;			/* comment to go on before, or 0 */
};
void page_letters(struct buf *, const struct page_site *,
    const struct page_letter_list *);
void page_letters_json(struct buf *, const struct page_site *,
    const struct letter_row *, size_t n);

#endif
