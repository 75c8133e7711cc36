/* pow.h: what the files of this plugin share. */
#ifndef POW_H
#define POW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { POW_HASH = 32, POW_HEX = 2 * POW_HASH + 1, POW_KEY = 200 };

/* ---- proof.c: ALTCHA's words: a challenge, and the answer to it. ---- */

struct pow_salt {			/* what a challenge says of itself */
	uint32_t by;			/* the life that gave it out */
	int64_t expires, most;		/* the number is 0 to most */
};

/* JSON; lives until the next. */
const char *pow_proof_challenge(const char *key, const struct pow_salt *);
/* NULL if the answer is right, else what is wrong with it; then salt says
 * nothing. mark: a part of its hash, which no other challenge has. Looks at no
 * clock and knows not what was used. */
const char *pow_proof_read(const char *key, const char *answer,
    struct pow_salt *salt, uint64_t *mark);

/* ---- used.c: what was used, until it expires. ---- */

enum { POW_SETS = 4096, POW_WAYS = 8 };

struct pow_used {			/* zeroed: nothing was used */
	struct pow_set {
		int64_t floor;		/* what expires till then is refused */
		struct pow_place {
			uint64_t mark;
			int64_t expires;	/* 0: free */
		} places[POW_WAYS];
	} sets[POW_SETS];
};

/* False: it was used, or has expired, or is of a time of which not all is
 * remembered. From then on it is used. */
bool pow_used_first(struct pow_used *, uint64_t mark, int64_t expires,
    int64_t now);

/* ---- load.c: how much comes in. ---- */

struct pow_load {
	int64_t start, before, now;	/* of this minute and the last */
};

/* What the last minute has seen. */
int64_t pow_load_count(struct pow_load *, int64_t now);
void pow_load_add(struct pow_load *, int64_t now);
/* least * (load / calm)^2, between least and most. */
int64_t pow_load_numbers(int64_t load, int64_t calm, int64_t least,
    int64_t most);

#endif
