/* known.c: which domains moderators have let through, as 64-bit hashes. */
#include "links.h"

enum { SETS = 4096, WAYS = 4, ENOUGH = 20 };

struct links_known {
	uint64_t added;
	uint64_t hashes[SETS][WAYS];
};

uint64_t
links_known_size(void)
{
	return sizeof(struct links_known);
}

/* FNV-1a; 0 is an empty place. */
static uint64_t
hash(const char *s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h != 0 ? h : 1;
}

bool
links_known_enough(const struct links_known *k)
{
	return k->added >= ENOUGH;
}

bool
links_known_has(const struct links_known *k, const char *domain)
{
	uint64_t h = hash(domain);
	int i;

	for (i = 0; i < WAYS; i++)
		if (k->hashes[h % SETS][i] == h)
			return true;
	return false;
}

void
links_known_drop(struct links_known *k, const char *domain)
{
	uint64_t h = hash(domain), *set = k->hashes[h % SETS];
	int i;

	for (i = 0; i < WAYS; i++)
		if (set[i] == h)
			set[i] = 0;
}

/* In a full set the oldest goes. */
void
links_known_add(struct links_known *k, const char *domain)
{
	uint64_t h = hash(domain), *set = k->hashes[h % SETS];
	int i;

	if (links_known_has(k, domain))
		return;
	for (i = WAYS - 1; i > 0; i--)
		set[i] = set[i - 1];
	set[0] = h;
	k->added++;
}
