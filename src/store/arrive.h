/* arrive.h: part of store.h: comments that were written elsewhere. */
#ifndef STORE_ARRIVE_H
#define STORE_ARRIVE_H

#include "base/base.h"
#include "model/model.h"

struct store;

struct store_arrive_place {
	struct str slug, path;		/* of a review; path or "" */
};
struct store_arrive_places {
	struct store_arrive_place *rows;	/* by slug */
	size_t n;
};
enum err store_arrive_places(struct store *, struct arena *,
    struct store_arrive_places *ret) MUST_CHECK;

struct store_arrival {
	struct uuid parent;		/* its client key; zero: a root */
	enum model_state state;		/* as asked for; then as it is: what
					 * answers what waits, waits */
	bool added;			/* else it was there */
	bool answers;			/* the parent was there */
	int64_t id;
};
/* The draft's slug, author, email_hash, body, html, key, person, and sent: when
 * it was written. */
enum err store_arrive_add(struct store *, struct arena *,
    const struct draft *, struct store_arrival *) MUST_CHECK;

#endif
