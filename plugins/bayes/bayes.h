/*
 * bayes.h: what the files of the learner share.
 *
 * A comment's text is folded (text.c, mask.c, apart.c, glyph.c, alike.c), cut
 * into hashed features (features.c, link.c, shape.c, chain.c), and scored by
 * three models that share one table: logistic regression and multinomial
 * counts (model.c), and chains of letters (chain.c), put together by a small
 * stack. All that is learned lies in the memory that the host keeps (table.c);
 * there is one writer and readers need no lock: every number is read and
 * written whole, and none is believed.
 */
#ifndef BAYES_H
#define BAYES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <foyer/plugin.h>

enum {
	BAYES_TEXT = 12000,		/* code points of a comment, at most */
	BAYES_FEATURES = 30000,
	BAYES_SEEN = 1 << 16,		/* twice as many and more */
	BAYES_APPROVED = 2000,		/* scores behind the cut-off */
	BAYES_TRAINED = 100,		/* approved before it may refuse */
	BAYES_STORED = 8192,		/* decisions for replaying, at most */
	BAYES_COUNTED = 0xffff,		/* rulings of a kind, then halved */
	BAYES_NAMED = 10,		/* features that explain a verdict */
	BAYES_LINKS_TOLD = 16,
	BAYES_MASKS_TOLD = 64
};

/* ---- text.c, mask.c, apart.c: what the eye reads. ---- */

enum { BAYES_CAPITAL = 1, BAYES_WIDE = 2 };

/* How a text hides what it says: signs, and words. */
enum bayes_mask {
	BAYES_HIDDEN, BAYES_FANCY, BAYES_STACKED,
	BAYES_MIXED, BAYES_LEET, BAYES_APART, BAYES_MASK_KINDS
};

struct bayes_text {
	uint32_t at[BAYES_TEXT];	/* folded, white space is one */
	uint8_t flags[BAYES_TEXT];	/* a capital; spaces that were more */
	uint8_t looks[BAYES_TEXT];	/* the Latin letter it looks like */
	size_t n;
	uint32_t read[BAYES_TEXT];	/* the same, words unmasked */
	bool capital[BAYES_TEXT];
	uint32_t place[BAYES_TEXT];	/* in `at` */
	size_t nread;
	uint32_t hrefs[BAYES_TEXT];	/* of tags, each ends in a space */
	size_t nhrefs;
	uint64_t tags[64];		/* hashes of tags' names */
	size_t ntags;
	/* counted before folding */
	uint32_t chars, letters, capitals, digits, marks, lines, exclaims,
	    asks, above, money, pictures;
	uint32_t masked[BAYES_MASK_KINDS];
	struct {
		uint32_t kind, sign, as;
	} masks[BAYES_MASKS_TOLD];	/* which sign hid which, each once */
	size_t nmasks;
	bool large;			/* what is folded is a capital, */
	uint8_t like;			/* and looks like this letter; */
	bool flag;			/* it was one */
};

void bayes_text_fold(struct bayes_text *, const char *body, size_t len);
/* Notes a sign that hides; as: what it stands for, or 0. */
void bayes_text_note(struct bayes_text *, enum bayes_mask, uint32_t sign,
    uint32_t as);
void bayes_mask_off(struct bayes_text *);
/* What is read next, and where it stood. */
void bayes_mask_put(struct bayes_text *, size_t place, uint32_t cp);
bool bayes_mask_letter(const struct bayes_text *, size_t at);
/* Are so many marks between letters that they say nothing there? */
bool bayes_apart_marked(const struct bayes_text *);
/* Reads letters that stand apart; where they end, or `from`. */
size_t bayes_apart_join(struct bayes_text *, size_t from, bool marks);

/* ---- glyph.c ---- */

bool bayes_glyph_hidden(uint32_t cp);
bool bayes_glyph_picture(uint32_t cp);
bool bayes_glyph_word(uint32_t cp);	/* a letter, digit, mark or _ */
/* 1 Latin, 2 Greek, 3 Cyrillic, 4 written without spaces, 0 other */
int bayes_glyph_script(uint32_t cp);
/* The letter in a circle or box; the letter of a small capital. */
uint32_t bayes_glyph_plain(uint32_t cp);
/* The Cyrillic letter that a Latin one looks like, or itself. */
uint32_t bayes_glyph_cyrillic(uint32_t cp);
/* The letter of that script that a digit stands for, or itself. */
uint32_t bayes_glyph_digit(uint32_t cp, int script);

/* ---- alike.c ---- */

bool bayes_alike_open(void);		/* before the others */
/* The small letter that a sign looks like in a Latin word, or 0. */
uint8_t bayes_alike_latin(uint32_t cp);
/* The plain letter for one of the Latin script that is not told from it. */
uint32_t bayes_alike_fold(uint32_t cp);

/* ---- features.c, chain.c ---- */

enum bayes_group {
	BAYES_WORDS, BAYES_PAIRS, BAYES_PIECES, BAYES_LINKS, BAYES_SHAPE,
	BAYES_FORMS,			/* words in capitals, with digits */
	BAYES_MARKS,			/* what is between words */
	BAYES_MASKS,			/* signs that hide what is said */
	BAYES_WEIGHED,			/* so many groups have weights */
	BAYES_SHORT = BAYES_WEIGHED,	/* pieces of 1 to 3 letters */
	BAYES_GROUPS
};

struct bayes_feature {
	uint32_t slot;
	uint16_t group, kind;		/* kind: of a shape or a mask; or 0 */
	uint32_t at, len;		/* in the text; a shape's bucket */
};

enum { BAYES_ORDERS = 4 };		/* letters of the longest piece */

struct bayes_features {
	uint64_t seed;
	uint32_t slots;			/* of the table */
	struct bayes_feature all[BAYES_FEATURES];
	size_t n, each[BAYES_GROUPS];
	uint32_t words;
	struct {
		uint32_t from, to;	/* in `at` of the text */
		uint32_t host;		/* in `all` */
	} links[BAYES_LINKS_TOLD];	/* the first ones */
	size_t nlinks;
	/* The slots of the pieces of 1 to 4 letters that end at each. */
	uint32_t chain[BAYES_TEXT + 2][BAYES_ORDERS];
	size_t nchain;
	uint32_t round, seen_mask;
	struct {
		uint32_t round, slot;
	} seen[BAYES_SEEN];		/* which slots are in `all` */
};

/* Cuts a folded text into features. */
void bayes_features_cut(struct bayes_features *, const struct bayes_text *);
/* Gives the slot. */
uint32_t bayes_features_add(struct bayes_features *, enum bayes_group,
    uint64_t hash, struct bayes_feature);
uint64_t bayes_features_hash(uint64_t hash, const uint32_t *, size_t n);

void bayes_chain_cut(struct bayes_features *, const struct bayes_text *);

/* ---- link.c, shape.c ---- */

enum {					/* kinds of what links are cut into */
	BAYES_HOST = 1, BAYES_DOMAIN, BAYES_TOP, BAYES_PATH, BAYES_MANY,
	BAYES_TAG
};

void bayes_link_cut(struct bayes_features *, const struct bayes_text *);
void bayes_shape_cut(struct bayes_features *, const struct bayes_text *);
/* A shape in words: "31 to 40% capitals". */
void bayes_shape_name(const struct bayes_feature *, char *to, size_t room);

/* ---- table.c: the memory that the host keeps. ---- */

/*
 * Eight bytes: many places tell features apart better than exact numbers do.
 * Counts are halved before they could be too large.
 */
struct bayes_slot {
	_Atomic uint32_t weight;	/* and the squares: slot.c */
	_Atomic uint16_t spam, ham;
};

struct bayes_stored {			/* a decision, kept for replaying */
	uint32_t at, len;		/* words of the ring */
	uint32_t key;			/* whose it is; 0: undone */
};

struct bayes_head {
	uint32_t magic, bits;
	uint64_t seed;			/* of hashing: a secret */
	uint64_t random;		/* for drawing; never 0 */
	_Atomic uint32_t decisions[2];	/* ham, spam */
	_Atomic uint64_t tokens[2];	/* of the counts */
	_Atomic float bias, bias_square;
	_Atomic float stack[4];		/* linear, counts, chain, bias */
	_Atomic float cutoff;
	uint32_t approved;		/* scores in `sorted` */
	uint32_t oldest;		/* of `scores` */
	float scores[BAYES_APPROVED], sorted[BAYES_APPROVED];
	uint32_t ring_at, stored_at, stored_n;
	struct bayes_stored stored[BAYES_STORED];
};

struct bayes_table {
	struct bayes_head *head;
	struct bayes_slot *slots;
	uint32_t *ring;
	uint32_t bits, nslots, ring_words;
};

/* ---- slot.c ---- */

float bayes_slot_weight(const struct bayes_slot *);
/* One AdaGrad step down; `chance` is what it rounds by. */
void bayes_slot_descend(struct bayes_slot *, float slope, uint32_t *chance);
/* By +1 or -1; false: there was none to take away. */
bool bayes_slot_count(struct bayes_slot *, bool spam, int by);
void bayes_slot_halve(struct bayes_slot *);

/* Bytes for three times 2^bits slots. */
uint64_t bayes_table_size(uint32_t bits);
/* Lays it over memory; false: what is there is no table of that size. */
bool bayes_table_lay(struct bayes_table *, void *memory, uint32_t bits);
/* The same, but makes it one then, with this seed, or a random one for 0. */
bool bayes_table_open(struct bayes_table *, void *memory, uint32_t bits,
    uint64_t seed);

/* ---- model.c ---- */

struct bayes_scores {
	float linear, counts, chain;
	float odds;			/* ln (spam : ham), stacked */
};

void bayes_model_score(const struct bayes_table *,
    const struct bayes_features *, struct bayes_scores *);
/* What each feature added to the odds. */
void bayes_model_shares(const struct bayes_table *,
    const struct bayes_features *, const struct bayes_scores *, float *ret);
/* How much of what letters add to the chain's score they add to the odds. */
float bayes_model_chain_part(const struct bayes_table *,
    const struct bayes_scores *);
void bayes_model_learn(struct bayes_table *, const struct bayes_features *,
    bool spam);
/* Takes back what learning as `spam` did. */
void bayes_model_unlearn(struct bayes_table *, const struct bayes_features *,
    bool spam);
/* A further pass over the same decision. */
void bayes_model_again(struct bayes_table *, const struct bayes_features *,
    bool spam);

struct bayes_vector {			/* slots by group */
	const uint32_t *slots;
	uint32_t each[BAYES_WEIGHED];
};

/* How far to go down a slope: AdaGrad. */
float bayes_model_stride(float slope, float squares);
/* One step towards the label. */
void bayes_model_step(struct bayes_table *, const struct bayes_vector *,
    bool spam);

/* ln (spam : ham) of the letters' order; chain.c. */
float bayes_chain_score(const struct bayes_table *,
    const struct bayes_features *);
/* What each letter added to it. */
void bayes_chain_parts(const struct bayes_table *,
    const struct bayes_features *, float *ret);

/* ---- replay.c: stored decisions. ---- */

void bayes_replay_store(struct bayes_table *, const struct bayes_features *,
    bool spam);
void bayes_replay_undo(struct bayes_table *, const struct bayes_features *,
    bool spam);
/* Steps once more through one of them, drawn at random. */
void bayes_replay_one(struct bayes_table *);

/* ---- cutoff.c: what the site's approved comments scored. ---- */

/* Notes an approved comment's odds as they were when it came. */
void bayes_cutoff_note(struct bayes_table *, float odds, float alpha);
/* May it refuse, and from which odds on? */
bool bayes_cutoff_set(const struct bayes_table *, float *odds);
/* The score for these odds: 30 at even odds, 90 at the cut-off. */
int32_t bayes_cutoff_score(const struct bayes_table *, float odds);

/* ---- explain.c ---- */

struct bayes_why {
	char reason[401];
	struct foyer_feature features[4];
	uint32_t n;
};

void bayes_explain(const struct bayes_table *, const struct bayes_features *,
    const struct bayes_text *, const struct bayes_scores *,
    struct bayes_why *);

#endif
