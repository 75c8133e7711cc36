/* token.c: a token opens as it was made and in no other form. */
#include <dirent.h>
#include <fcntl.h>

#include "fuzz.h"
#include "seal/seal.h"

static struct seal_keys *keys;
static struct arena *life;
static struct str made[2], form;
static struct uuid person;

/* Keys that are in no file any more. */
static void
open_keys(void)
{
	char folder[] = "/tmp/foyer-fuzz-XXXXXX";
	struct str why;
	struct dirent *each;
	DIR *dir;

	life = arena_new(1024 * 1024);
	assert(seal_init() == OK && mkdtemp(folder) != NULL);
	assert(seal_keys_make(life, folder, NULL, &why) == OK);
	assert(seal_keys_load(life, folder, &keys, &why) == OK);
	dir = opendir(folder);
	assert(dir != NULL);
	while ((each = readdir(dir)) != NULL)
		(void)unlinkat(dirfd(dir), each->d_name, 0);
	closedir(dir);
	assert(rmdir(folder) == 0);
	assert(seal_token_sign(keys, life, STR("{\"a\":1}"), STR("i"),
	    &made[0]) == OK);
	assert(seal_token_lock(keys, life, STR("{\"a\":1}"), STR("i"),
	    &made[1]) == OK);
	form = seal_form_make(keys, life, "main", &person, clock_now());
}

static void
check(struct arena *arena, struct str token)
{
	struct session session;
	struct seal_link link = { .purpose = "again" };
	struct str claims;
	int64_t at;

	assert(seal_token_verify(keys, arena, token, STR("i"),
	    &claims) != OK || str_eq(token, made[0]));
	assert(seal_token_unlock(keys, arena, token, STR("i"),
	    &claims) != OK || str_eq(token, made[1]));
	assert(seal_form_check(keys, "main", &person, token, &at) != OK ||
	    str_eq(token, form));
	assert(seal_session_read(keys, arena, "main", token, &session) != OK);
	assert(seal_link_read(keys, arena, "main", token, &link) != OK);
	(void)seal_token_known(keys, arena, token);
}

void
fuzz_one(struct arena *arena, struct str in)
{
	size_t i;

	if (keys == NULL)
		open_keys();
	check(arena, in);
	for (i = 0; i < COUNT(made); i++)
		check(arena, fuzz_change(arena, made[i], in));
	check(arena, fuzz_change(arena, form, in));
}
