/* reseal.c: what a key sealed is sealed anew before it goes. */
#include <stdio.h>

#include "app/app.h"
#include "ctl/ctl.h"

/* As app/totp.c seals them. */
static enum err
anew(struct ctl *c, const struct seal_keys *keys,
    const struct store_sealed *old, int *done)
{
	struct seal_link link = { .purpose = "totp" };
	struct str secret;
	enum err e;

	e = seal_link_read(keys, c->arena, c->settings.site, old->secret,
	    &link);
	if (e == OK && !uuid_eq(&link.id, &old->account))
		e = ERR_TOKEN_BAD;
	if (e == ERR_TOKEN_BAD)
		return OK;		/* another site's, or damaged */
	if (e == OK)
		e = seal_link_make(keys, c->arena, c->settings.site, &link,
		    &secret);
	if (e == OK)
		e = store_totp_reseal(c->store, old, secret);
	if (e == OK)
		(*done)++;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
factors(struct ctl *c, const struct seal_keys *keys, int *done)
{
	struct uuid after = { { 0 } };
	struct store_sealed *list;
	size_t i, n = 1;
	enum err e = OK;

	while (e == OK && n > 0) {
		e = store_totp_list(c->store, c->arena, &after, &list, &n);
		for (i = 0; i < n && e == OK; i++) {
			e = anew(c, keys, &list[i], done);
			after = list[i].account;
		}
	}
	return e;
}

static enum err
address_anew(struct ctl *c, const struct seal_keys *keys,
    const struct store_follower *old, int *done)
{
	struct store_follower w = *old;
	enum err e = app_follow_open(keys, c->arena, c->settings.site, &w);

	if (e == ERR_TOKEN_BAD)
		return OK;
	if (e == OK)
		e = app_follow_seal(keys, c->arena, c->settings.site, &w);
	if (e == OK)
		e = store_follow_reseal(c->store, old, w.address);
	if (e == OK)
		(*done)++;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
addresses(struct ctl *c, const struct seal_keys *keys, int *done)
{
	struct store_follower after = { .thread = 0 }, *list;
	size_t i, n = 1;
	enum err e = OK;

	while (e == OK && n > 0) {
		e = store_follow_list(c->store, c->arena, &after, &list, &n);
		for (i = 0; i < n && e == OK; i++) {
			e = address_anew(c, keys, &list[i], done);
			after = list[i];
		}
	}
	return e;
}

int
ctl_reseal(struct ctl *c, const struct seal_keys *keys)
{
	int done = 0, mails = 0;
	enum err e;

	if (ctl_open_store(c) == NULL)
		return ctl_say_failed("the key stays: second factors that it "
		    "sealed must be sealed anew first");
	if ((e = factors(c, keys, &done)) == OK)
		e = addresses(c, keys, &mails);
	if (e != OK)
		return ctl_open_trouble(c, e, "the key stays: what it sealed "
		    "can't be sealed anew");
	if (done > 0)
		printf("%d second factors sealed anew\n", done);
	if (mails > 0)
		printf("%d mail addresses sealed anew\n", mails);
	return CTL_DONE;
}
