/* sso_token.c: foyerctl sso token: a token as the journal signs one. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

enum { LIFE = 5 * 60 * 1000000, LINE = 200 };

struct wanted {
	const char *name, *role, *reviews;
};

static bool
read_secret(struct ctl *c, const char *file, struct str *ret)
{
	char line[LINE];
	FILE *f = fopen(file, "re");
	bool good = f != NULL && fgets(line, sizeof(line), f) != NULL;

	if (f != NULL)
		fclose(f);
	if (!good) {
		ctl_say_failed("%s: no key can be read there", file);
		return false;
	}
	*ret = str_trim(arena_str(c->arena, str_of(line)));
	return true;
}

static void
claim(struct buf *b, const char *name, struct str value)
{
	size_t i;

	buf_fmt(b, "%s\"%s\":\"", b->len > 0 ? "," : "{", name);
	for (i = 0; i < value.len; i++) {
		if (value.at[i] == '"' || value.at[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, value.at[i]);
	}
	buf_char(b, '"');
}

static struct str
claims(struct ctl *c, const char *subject, const struct wanted *w)
{
	struct buf b = buf_new(c->arena, 512);
	char made[CLOCK_TEXT], ends[CLOCK_TEXT], id[UUID_TEXT];
	struct uuid jti;

	clock_rfc3339(clock_now(), made);
	clock_rfc3339(clock_now() + LIFE, ends);
	uuid_random(&jti);
	uuid_text(&jti, id);
	claim(&b, "aud", str_of(c->settings.origin));
	claim(&b, "sub", str_of(subject));
	claim(&b, "name", str_of(w->name));
	claim(&b, "role", str_of(w->role));
	claim(&b, "reviewer_of", str_of(w->reviews));
	claim(&b, "iat", str_of(made));
	claim(&b, "exp", str_of(ends));
	claim(&b, "jti", str_of(id));
	buf_char(&b, '}');
	return buf_view(&b);
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct wanted w = { .role = "reader", .reviews = "" };
	const struct ctl_option options[] = {
		{ "name", &w.name, NULL }, { "role", &w.role, NULL },
		{ "reviewer-of", &w.reviews, NULL }
	};
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	struct str secret, token;

	if (!ctl_options_words(c, words, 2, 2))
		return CTL_USAGE;
	if (strcmp(w.role, "reader") != 0 && strcmp(w.role, "reviewer") != 0)
		return ctl_say_usage(c, "ROLE is one of reader, reviewer");
	if (w.name == NULL)
		w.name = argv[1];
	if (!ctl_open_settings(c) || !read_secret(c, argv[0], &secret))
		return CTL_FAILED;
	if (seal_init() != OK || seal_sso_sign(c->arena, secret,
	    claims(c, argv[1], &w), &token) != OK)
		return ctl_say_failed("%s: expected a k4.secret key", argv[0]);
	printf(STR_FMT "\n", STR_ARG(token));
	return CTL_DONE;
}

const struct ctl_command ctl_sso_token = {
	"sso token", "FILE SUBJECT [--name NAME] [--role reader|reviewer] "
	"[--reviewer-of \"SLUG ...\"]",
	"sign a token as the journal does, to try it out",
	"FILE holds the secret key of \"sso key\"; SUBJECT is the journal's "
	"name for the\nperson. The token is good once, for five minutes, at\n"
	"ORIGIN/foyer/session/sso?token=TOKEN&next=/reviews/\n\n"
	"  foyerctl sso token journal.secret 4711 --name \"Ann Example\"\n",
	run
};
