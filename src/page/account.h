/* account.h: part of page.h: accounts, their rights and their proofs. */
#ifndef PAGE_ACCOUNT_H
#define PAGE_ACCOUNT_H

#include "base/base.h"
#include "model/model.h"

struct page_site;
struct page_moderator;

/* ---- own.c: one's own account. ---- */
struct page_session {
	struct uuid id;
	struct str device;
	int64_t made, seen;
};
struct page_own_account {
	const struct account *account;
	struct str token;
	struct page_session *sessions;
	size_t n;
	struct uuid here;		/* the session that asks */
	bool required;			/* a second factor */
	struct str feed;		/* the secret, or "" */
	enum err error;
};
void page_own_account(struct buf *, const struct page_site *,
    const struct page_own_account *);

/* ---- queue_atom.c: what waits; each body is an excerpt. ---- */
void page_queue_atom(struct buf *, const struct page_site *,
    const struct held *, size_t n);

/* ---- tally.c: for everybody. ---- */
void page_tally(struct buf *, const struct page_site *, const struct tally *);
void page_tally_json(struct buf *, const struct tally *);

/* ---- totp.c ---- */
struct page_totp {
	const struct account *account;
	struct str token, secret;	/* secret: base32 */
	struct str sealed;		/* the same, for the form */
	int64_t left;			/* recovery codes */
	bool required;
	enum err error;
};
void page_totp(struct buf *, const struct page_site *,
    const struct page_totp *);
struct page_codes {
	const struct str *codes;
	size_t n;
};
void page_codes(struct buf *, const struct page_site *,
    const struct page_codes *);
void page_codes_json(struct buf *, const struct page_codes *);

/* ---- join.c ---- */
struct page_join {
	struct str link, token, name;	/* name: as typed before, or "" */
	struct str known;		/* whose password it is, or "" */
	enum model_role role;
	enum err error;
};
void page_join(struct buf *, const struct page_site *,
    const struct page_join *);
void page_link_json(struct buf *, struct str url);	/* {"url":""} */

/* ---- accounts.c: the owner's page. ---- */
struct page_invite {
	struct uuid id;
	enum model_role role;
	struct str name, note, maker;	/* name: "", or whose password */
	int64_t ends;
};
struct page_accounts {
	struct account *accounts;	/* whose name was looked for, or */
	size_t n;			/* who is more than a reader */
	struct str name;		/* looked for, or "" */
	struct page_invite *invites;
	size_t ninvites;
	bool reviewers, tally;		/* what the owner chose */
	struct str link;		/* just made, or "" */
};
void page_accounts(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_accounts *);

#endif
