/* reseal.c: second factors are sealed anew before the key that did it goes. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

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

int
ctl_reseal(struct ctl *c, const struct seal_keys *keys)
{
	struct uuid after = { { 0 } };
	struct store_sealed *list;
	size_t i, n = 1;
	int done = 0;
	enum err e = OK;

	if (ctl_open_store(c) == NULL)
		return ctl_say_failed("the key stays: second factors that it "
		    "sealed must be sealed anew first");
	while (e == OK && n > 0) {
		e = store_totp_list(c->store, c->arena, &after, &list, &n);
		for (i = 0; i < n && e == OK; i++) {
			e = anew(c, keys, &list[i], &done);
			after = list[i].account;
		}
	}
	if (e != OK)
		return ctl_open_trouble(c, e, "the key stays: second factors "
		    "can't be sealed anew");
	if (done > 0)
		printf("%d second factors sealed anew\n", done);
	return CTL_DONE;
}
