/* wrong.c: manifests wrong in one way each: WRONG_x is given when built. */
#include <stddef.h>

#include <foyer/plugin.h>

enum {
	wrong_magic, wrong_major, wrong_minor, wrong_short, wrong_absurd,
	wrong_nameless, wrong_badname, wrong_longname, wrong_judgeless,
	wrong_null, wrong_unopening, wrong_deferred, wrong_crashing,
	wrong_hanging, wrong_right
};

static int
judge(void *state, const struct foyer_comment *c, struct foyer_verdict *v)
{
	(void)state;
	(void)c;
	(void)v;
	return 0;
}

static int
open_wrong(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	(void)host;
	(void)set;
	(void)n;
	(void)state;
	if (WRONG == wrong_crashing)
		*(volatile int *)0 = 1;
	while (WRONG == wrong_hanging)
		;
	return WRONG == wrong_unopening;
}

FOYER_EXPORT const struct foyer_plugin *foyer_plugin_entry(void);

const struct foyer_plugin *
foyer_plugin_entry(void)
{
	static struct foyer_plugin p = {
		.magic = FOYER_MAGIC, .major = FOYER_MAJOR,
		.minor = FOYER_MINOR, .size = sizeof(p), .name = "wrong",
		.open = open_wrong, .judge = judge
	};

	switch (WRONG) {
	case wrong_magic: p.magic = 0x12345678; break;
	case wrong_major: p.major = FOYER_MAJOR + 1; break;
	case wrong_minor: p.minor = FOYER_MINOR + 1; break;
	case wrong_short:		/* than 1.0 was */
		p.size = offsetof(struct foyer_plugin, hear) - 8;
		break;
	case wrong_absurd: p.size = 1u << 30; break;
	case wrong_nameless: p.name = NULL; break;
	case wrong_badname: p.name = "Wrong Name"; break;
	case wrong_longname: p.name = "a-name-that-is-longer-than-allowed";
		break;
	case wrong_judgeless: p.judge = NULL; break;
	case wrong_deferred: p.flags = FOYER_DEFERRED; break;
	case wrong_null: return NULL;
	default: break;
	}
	return &p;
}
