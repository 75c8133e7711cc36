/* import_from.h: what import --from is made of. */
#ifndef CTL_IMPORT_FROM_H
#define CTL_IMPORT_FROM_H

#include "ctl/ctl.h"
#include "ingest/ingest.h"

struct ctl_import_from {
	const char *system, *path;
	const char *map;		/* a file, or NULL */
	bool hold, dry_run;
};
int ctl_import_from(struct ctl *, const struct ctl_import_from *);

/* ---- import_map.c: which review a page elsewhere is about. ---- */

struct ctl_import_map {
	struct store_arrive_places places;	/* all reviews */
	struct store_arrive_place *told;	/* by the operator; in both
						 * paths are bare */
	size_t ntold;
};
/* file: lines of an address or path, a space, a slug; or NULL. False:
 * complained. */
bool ctl_import_map_read(struct ctl *, struct arena *, const char *file,
    struct ctl_import_map *ret);
/* Its slug, or "". */
struct str ctl_import_map_find(const struct ctl_import_map *,
    const struct ingest_said *);

#endif
