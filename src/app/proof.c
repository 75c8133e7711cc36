/* proof.c: names, passwords and codes, and how often they may be tried. */
#include "app/internal.h"

enum {
	NAME_MAX_BYTES = 320, PASSWORD_MAX = 1024, PASSWORD_MIN = 10,
	TRIES_NAME = 10, TRIES_NETWORK = 40, TRIES_CODE = 5
};

struct tries {
	unsigned char network[SEAL_TRY], name[SEAL_TRY];
	struct store_try counted;
};

/* Counted before it is looked at, so that many at once are no way around. */
static enum err
take(struct app *app, const struct request *rq, struct response *rs,
    struct tries *t)
{
	int64_t wait;
	enum err e;

	seal_hash_try_network(app->keys, app->settings->site, rq->address,
	    t->network);
	t->counted.network = t->network;
	t->counted.name = t->name;
	t->counted.most_network = TRIES_NETWORK;
	e = store_session_try(app->store, &t->counted, &wait);
	if (e != OK || wait == 0)
		return e;
	wire_header(rs, "Retry-After", arena_fmt(rq->arena, "%lld",
	    (long long)wait));
	return ERR_SIGN_INS_MANY;
}

enum err
app_proof_password(struct app *app, const struct request *rq,
    struct response *rs, struct account *account)
{
	struct str name = wire_form_get(rq, "name");
	struct str password = wire_form_get(rq, "password");
	struct tries t = { .counted.most_name = TRIES_NAME };
	enum err found, e;

	if (name.len > NAME_MAX_BYTES || password.len > PASSWORD_MAX ||
	    app_desk_words(rq, "name", false, &name) != OK)
		return ERR_PASSWORD;
	seal_hash_try_name(app->keys, app->settings->site, "password", name,
	    t.name);
	if ((e = take(app, rq, rs, &t)) != OK)
		return e;
	found = store_account_by_name(app->store, rq->arena, name, account);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	e = seal_password_check(password,
	    found == OK ? account->password : STR(""));
	if (e != OK)
		return e;
	if (found != OK || account->suspended)
		return ERR_PASSWORD;
	return store_session_tried(app->store, &t.counted);
}

/* Either kind of code; both are good once. */
static enum err
code_check(struct app *app, const struct account *account, struct str code)
{
	struct seal_link secret = { .purpose = "totp" };
	int64_t step;
	enum err e;

	e = seal_link_read(app->keys, app->arena, app->settings->site,
	    account->totp, &secret);
	if (e != OK)
		return ERR_BROKEN;	/* its key was thrown away */
	if (!uuid_eq(&secret.id, &account->id))
		return ERR_CODE;
	step = seal_totp_check(secret.text, code, clock_now());
	e = step != 0 ? store_totp_step(app->store, &account->id, step) :
	    store_totp_recover(app->store, &account->id,
	    seal_totp_hash(app->arena, &account->id, code));
	return e == ERR_NOT_FOUND ? ERR_CODE : e;
}

enum err
app_proof_code(struct app *app, const struct request *rq,
    struct response *rs, const struct account *account)
{
	struct str code = str_trim(wire_form_get(rq, "code"));
	struct tries t = { .counted.most_name = TRIES_CODE };
	char id[UUID_TEXT];
	enum err e;

	if (code.len == 0)
		return ERR_CODE_NEEDED;
	uuid_text(&account->id, id);
	seal_hash_try_name(app->keys, app->settings->site, "code", str_of(id),
	    t.name);
	if ((e = take(app, rq, rs, &t)) != OK ||
	    (e = code_check(app, account, code)) != OK)
		return e;
	return store_session_tried(app->store, &t.counted);
}

enum err
app_proof_old(struct app *app, const struct request *rq, struct response *rs)
{
	const struct account *account = &app->visitor.account;
	struct str old = wire_form_get(rq, "old");
	struct tries t = { .counted.most_name = TRIES_NAME };
	char id[UUID_TEXT];
	enum err e;

	uuid_text(&account->id, id);
	seal_hash_try_name(app->keys, app->settings->site, "old", str_of(id),
	    t.name);
	if ((e = take(app, rq, rs, &t)) != OK)
		return e;
	e = seal_password_check(old, account->password);
	if (e != OK)
		return e == ERR_PASSWORD ? ERR_PASSWORD_OLD : e;
	return store_session_tried(app->store, &t.counted);
}

enum err
app_proof_fresh(struct app *app, const struct request *rq, struct str *hash)
{
	struct str password = wire_form_get(rq, "password");

	if (text_length(password) < PASSWORD_MIN)
		return ERR_PASSWORD_SHORT;
	return seal_password_hash(app->arena, password, hash);
}
