/* reseal.c: what a key sealed is sealed anew before it goes. */
#include <stdio.h>

#include "app/app.h"
#include "ctl/ctl.h"

struct reseal {
	struct ctl *ctl;
	const struct seal_keys *keys;
	struct str kid;			/* of the key that goes */
	int factors, mails;		/* sealed anew */
	int left;			/* what it sealed and we can't open */
};

/* Another site's, or damaged: no reason to stop, but one to keep the key. */
static enum err
not_ours(struct reseal *r, struct str sealed)
{
	r->left += seal_token_under(r->ctl->arena, sealed, r->kid);
	return OK;
}

/* As app/totp.c seals them. */
static enum err
anew(struct reseal *r, const struct store_sealed *old)
{
	struct ctl *c = r->ctl;
	struct seal_link link = { .purpose = "totp" };
	struct str secret;
	enum err e;

	e = seal_link_read(r->keys, c->arena, c->settings.site, old->secret,
	    &link);
	if (e == OK && !uuid_eq(&link.id, &old->account))
		e = ERR_TOKEN_BAD;
	if (e == ERR_TOKEN_BAD)
		return not_ours(r, old->secret);
	if (e == OK)
		e = seal_link_make(r->keys, c->arena, c->settings.site, &link,
		    &secret);
	if (e == OK)
		e = store_totp_reseal(c->store, old, secret);
	if (e == OK)
		r->factors++;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
factors(struct reseal *r)
{
	struct ctl *c = r->ctl;
	struct uuid after = { { 0 } };
	struct store_sealed *list;
	size_t i, n = 1;
	enum err e = OK;

	while (e == OK && n > 0) {
		e = store_totp_list(c->store, c->arena, &after, &list, &n);
		for (i = 0; i < n && e == OK; i++) {
			e = anew(r, &list[i]);
			after = list[i].account;
		}
	}
	return e;
}

static enum err
address_anew(struct reseal *r, const struct store_follower *old)
{
	struct ctl *c = r->ctl;
	struct store_follower w = *old;
	enum err e = app_follow_open(r->keys, c->arena, c->settings.site, &w);

	if (e == ERR_TOKEN_BAD)
		return not_ours(r, old->address);
	if (e == OK)
		e = app_follow_seal(r->keys, c->arena, c->settings.site, &w);
	if (e == OK)
		e = store_follow_reseal(c->store, old, w.address);
	if (e == OK)
		r->mails++;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
addresses(struct reseal *r)
{
	struct ctl *c = r->ctl;
	struct store_follower after = { .thread = 0 }, *list;
	size_t i, n = 1;
	enum err e = OK;

	while (e == OK && n > 0) {
		e = store_follow_list(c->store, c->arena, &after, &list, &n);
		for (i = 0; i < n && e == OK; i++) {
			e = address_anew(r, &list[i]);
			after = list[i];
		}
	}
	return e;
}

int
ctl_reseal(struct ctl *c, const struct seal_keys *keys, struct str kid)
{
	struct reseal r = { .ctl = c, .keys = keys, .kid = kid };
	enum err e;

	if (ctl_open_store(c) == NULL)
		return ctl_say_failed("the key stays: second factors that it "
		    "sealed must be sealed anew first");
	if ((e = factors(&r)) == OK)
		e = addresses(&r);
	if (e != OK)
		return ctl_open_trouble(c, e, "the key stays: what it sealed "
		    "can't be sealed anew");
	if (r.factors > 0)
		printf("%d second factors sealed anew\n", r.factors);
	if (r.mails > 0)
		printf("%d mail addresses sealed anew\n", r.mails);
	if (r.left > 0)
		return ctl_say_failed("the key stays: %d second factors or "
		    "mail addresses that it sealed are not of the site %s: "
		    "retire it with the other sites' foyer.conf first",
		    r.left, c->settings.site);
	return CTL_DONE;
}
