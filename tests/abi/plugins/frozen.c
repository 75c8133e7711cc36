/* frozen.c: a plugin of 1.0, which loads for ever; it checks all it is told. */
#include <string.h>

#include <foyer/plugin.h>

static char state_room;
static const struct foyer_feature features[] = { { "frozen", 1 } };

static int
frozen_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	host->log(host, "frozen\nopens");
	*state = &state_room;
	return strcmp(host->site, "main") != 0 || n != 1 ||
	    strcmp(set[0].key, "colour") != 0 ||
	    strcmp(set[0].value, "blue") != 0;
}

static const char *
wrong(const struct foyer_comment *c)
{
	if (strcmp(c->site, "main") != 0)
		return "site";
	if (strcmp(c->review, "a-film-2017") != 0)
		return "review";
	if (strcmp(c->language, "en") != 0)
		return "language";
	if (strcmp(c->author, "Reader") != 0)
		return "author";
	if (strcmp(c->email_hash, "e0") != 0)
		return "email_hash";
	if (strcmp(c->body, "A body.") != 0 || c->body_len != 7)
		return "body";
	if (c->nlinks != 2 || strcmp(c->links[1], "http://b.example/") != 0)
		return "links";
	if (strcmp(c->sender, "00ff") != 0)
		return "sender";
	if (c->shown != 3 || c->removed != 2 || c->first_seen != 1400000000)
		return "history";
	if (c->form_seconds != 12)
		return "form_seconds";
	if (strcmp(c->honeypot, "pot") != 0)
		return "honeypot";
	if (strcmp(c->parent, "A parent.") != 0)
		return "parent";
	return c->now != 1500000000 ? "now" : NULL;
}

static int
frozen_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	v->reason = wrong(c);
	if (state != &state_room)
		v->reason = "state";
	v->score = v->reason ? 100 : -50;
	v->features = features;
	v->nfeatures = 1;
	return 0;
}

static int
frozen_learn(void *state, const struct foyer_comment *c, int32_t spam)
{
	return state != &state_room || wrong(c) != NULL || spam != 1;
}

static void
frozen_close(void *state)
{
	memset(state, 0, 1);
}

FOYER_PLUGIN(.name = "frozen", .version = "1.0", .open = frozen_open,
    .judge = frozen_judge, .learn = frozen_learn, .close = frozen_close);
