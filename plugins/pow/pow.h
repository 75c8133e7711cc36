/* pow.h: what the files of this plugin share. */
#ifndef POW_H
#define POW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	POW_HASH = 32,			/* bytes */
	POW_HEX = 2 * POW_HASH + 1,
	POW_KEY = 200,
	POW_REVIEW = 17,		/* hex digits and a NUL */
	POW_MARK = 33			/* the same */
};

/* ---- proof.c: ALTCHA's words: a challenge, and the answer to it. ---- */

struct pow_salt {			/* what a challenge says of itself */
	int64_t expires, most;		/* the number is 0 to most */
	char review[POW_REVIEW];	/* see pow_proof_review */
};

void pow_proof_review(const char *site, const char *slug,
    char review[POW_REVIEW]);
/* JSON; lives until the next. */
const char *pow_proof_challenge(const char *key, const struct pow_salt *);
/* NULL if the answer is right, else what is wrong with it; then salt says
 * nothing. mark: a part of its hash, which no other challenge has. Looks at no
 * clock and knows not what was used. */
const char *pow_proof_read(const char *key, const char *answer,
    struct pow_salt *salt, char mark[POW_MARK]);

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
