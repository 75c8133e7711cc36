/*
 * script.c: one Lua script, in a machine that can do little.
 *
 * It has strings, tables, numbers and UTF-8; no files, no system, no loading of
 * code. Nothing in it could catch the error that ends it for running too long
 * or growing too large: there is no pcall, and there are no metatables, whose
 * finalizers run uncounted.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "script.h"

/* What a double holds exactly. */
#define MOST	9007199254740992.0

static void *
allot(void *arg, void *old, size_t had, size_t want)
{
	struct script *s = arg;
	void *at;

	if (old == NULL)
		had = 0;
	if (want == 0) {
		free(old);
		s->used -= had;
		return NULL;
	}
	if (s->used - had + want > s->most)
		return NULL;
	if ((at = realloc(old, want)) != NULL)
		s->used = s->used - had + want;
	return at;
}

static void
too_long(lua_State *L, lua_Debug *at)
{
	(void)at;
	luaL_error(L, "it runs too long");
}

static void
open_libraries(lua_State *L)
{
	static const luaL_Reg kept[] = {
		{ LUA_GNAME, luaopen_base }, { LUA_STRLIBNAME, luaopen_string },
		{ LUA_TABLIBNAME, luaopen_table },
		{ LUA_MATHLIBNAME, luaopen_math },
		{ LUA_UTF8LIBNAME, luaopen_utf8 }
	};
	static const char *const without[] = { "dofile", "loadfile", "load",
	    "print", "warn", "pcall", "xpcall", "setmetatable",
	    "getmetatable", "collectgarbage" };
	size_t i;

	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		luaL_requiref(L, kept[i].name, kept[i].func, 1);
		lua_pop(L, 1);
	}
	for (i = 0; i < sizeof(without) / sizeof(without[0]); i++) {
		lua_pushnil(L);
		lua_setglobal(L, without[i]);
	}
	lua_getglobal(L, "string");
	lua_pushnil(L);
	lua_setfield(L, -2, "dump");
	lua_pop(L, 1);
}

static bool
fail(struct script *s, const char *why)
{
	snprintf(s->trouble, sizeof(s->trouble), "%s: %.120s", s->name, why);
	return false;
}

static const char *
words(lua_State *L, int at)
{
	const char *said = lua_tostring(L, at);

	return said != NULL ? said : "an error that is no text";
}

static int
begin(lua_State *L)
{
	const struct script *s = lua_touserdata(L, 1);

	open_libraries(L);
	if (luaL_loadbufferx(L, s->text, s->len, s->name, "t") != LUA_OK)
		return lua_error(L);
	lua_sethook(L, too_long, LUA_MASKCOUNT, s->steps);
	lua_call(L, 0, 0);
	if (lua_getglobal(L, "judge") != LUA_TFUNCTION)
		return luaL_error(L, "it defines no function judge");
	return 0;
}

bool
script_open(struct script *s)
{
	lua_State *L;

	s->used = 0;
	L = s->machine = lua_newstate(allot, s);
	if (L == NULL)
		return fail(s, "there is no memory for it");
	lua_pushcfunction(L, begin);
	lua_pushlightuserdata(L, s);
	if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
		fail(s, words(L, -1));
		script_close(s);
		return false;
	}
	return true;
}

void
script_close(struct script *s)
{
	if (s->machine != NULL)
		lua_close(s->machine);
	s->machine = NULL;
}

static void
text(lua_State *L, const char *name, const char *value)
{
	lua_pushstring(L, value);
	lua_setfield(L, -2, name);
}

static void
number(lua_State *L, const char *name, int64_t value)
{
	lua_pushinteger(L, value);
	lua_setfield(L, -2, name);
}

static void
push_comment(lua_State *L, const struct foyer_comment *c)
{
	uint64_t i;

	lua_createtable(L, 0, 18);
	text(L, "site", c->site);
	text(L, "review", c->review);
	text(L, "language", c->language);
	text(L, "author", c->author);
	text(L, "body", c->body);
	text(L, "sender", c->sender);
	text(L, "email_hash", c->email_hash);
	text(L, "mail_domain", c->mail_domain);
	text(L, "person", c->person);
	text(L, "honeypot", c->honeypot);
	text(L, "parent", c->parent);
	number(L, "shown", c->shown);
	number(L, "removed", c->removed);
	number(L, "first_seen", c->first_seen);
	number(L, "form_seconds", c->form_seconds);
	number(L, "now", c->now);
	lua_createtable(L, (int)c->nlinks, 0);
	for (i = 0; i < c->nlinks; i++) {
		lua_pushstring(L, c->links[i]);
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	lua_setfield(L, -2, "links");
}

static void
take_features(lua_State *L, int at, struct script_said *said)
{
	lua_pushnil(L);
	while (said->nfeatures < SCRIPT_FEATURES && lua_next(L, at) != 0) {
		struct foyer_feature *f = &said->features[said->nfeatures];
		char *name = said->names[said->nfeatures];

		if (lua_type(L, -2) == LUA_TSTRING && lua_isnumber(L, -1) &&
		    fabs(lua_tonumber(L, -1)) < MOST) {
			snprintf(name, sizeof(said->names[0]), "%s",
			    lua_tostring(L, -2));
			f->name = name;
			f->value = (int64_t)lua_tonumber(L, -1);
			said->nfeatures++;
		}
		lua_pop(L, 1);
	}
}

struct call {
	const struct foyer_comment *comment;
	struct script_said *said;
	int steps;
};

/* judge(comment) gives a score, a reason, a table of features: or nothing. */
static int
judge(lua_State *L)
{
	const struct call *call = lua_touserdata(L, 1);
	struct script_said *said = call->said;
	double score;

	lua_settop(L, 0);
	lua_getglobal(L, "judge");
	push_comment(L, call->comment);
	lua_sethook(L, too_long, LUA_MASKCOUNT, call->steps);
	lua_call(L, 1, 3);
	score = luaL_optnumber(L, 1, 0);
	if (isnan(score))
		luaL_error(L, "its score is no number (0/0)");
	said->score = score > 100 ? 100 : score >= -100 ? (int)score : -100;
	snprintf(said->reason, sizeof(said->reason), "%s",
	    luaL_optstring(L, 2, ""));
	if (lua_istable(L, 3))
		take_features(L, 3, said);
	return 0;
}

/* One that ended in the middle begins anew with the next comment. */
bool
script_judge(struct script *s, const struct foyer_comment *c,
    struct script_said *said)
{
	struct call call = { c, said, s->steps };
	lua_State *L;

	memset(said, 0, sizeof(*said));
	if (s->machine == NULL && !script_open(s))
		return false;
	L = s->machine;
	lua_pushcfunction(L, judge);
	lua_pushlightuserdata(L, &call);
	if (lua_pcall(L, 1, 0, 0) == LUA_OK)
		return true;
	fail(s, words(L, -1));
	script_close(s);
	return false;
}
