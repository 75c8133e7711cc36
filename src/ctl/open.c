/* open.c: settings and store, opened when a command asks for them. */
#include "ctl/ctl.h"
#include "seal/seal.h"

bool
ctl_open_settings(struct ctl *c)
{
	struct str why = STR("");
	const char *file = c->conf != NULL ? c->conf : settings_file();

	if (!c->loaded && settings_load(c->arena, file, &c->settings,
	    &why) != OK) {
		ctl_say_failed(STR_FMT, STR_ARG(why));
		return false;
	}
	c->loaded = true;
	return true;
}

const char *
ctl_open_conninfo(struct ctl *c)
{
	if (c->database != NULL)
		return c->database;
	return ctl_open_settings(c) ? c->settings.database : NULL;
}

const char *
ctl_open_why(const struct ctl *c, enum err e)
{
	if (c->store != NULL && (e == ERR_DATABASE || e == ERR_SCHEMA ||
	    e == ERR_BROKEN || e == ERR_TIMEOUT))
		return store_trouble(c->store);
	return err_sentence(e);
}

int
ctl_open_trouble(const struct ctl *c, enum err e, const char *what)
{
	return ctl_say_failed("%s: %s", what, ctl_open_why(c, e));
}

struct store *
ctl_open_store(struct ctl *c)
{
	const char *conninfo;
	enum err e;

	if (c->store != NULL)
		return c->store;
	if (!ctl_open_settings(c) || (conninfo = ctl_open_conninfo(c)) == NULL)
		return NULL;
	if ((e = seal_init()) != OK) {
		ctl_open_trouble(c, e, "libsodium");
		return NULL;
	}
	store_log_chain(seal_chain_hash);
	e = store_open(c->arena, conninfo, c->settings.site, &c->store);
	if (e == OK)
		e = store_check(c->store);
	if (e != OK) {
		ctl_open_trouble(c, e, "the database");
		return NULL;
	}
	return c->store;
}
