/* jsons.h: values that several JSON answers write (private to the room). */
#ifndef PAGE_JSONS_H
#define PAGE_JSONS_H

#include "base/base.h"

/* RFC 3339, or null for never. */
void page_json_time(struct buf *, int64_t usec);
void page_json_id(struct buf *, int64_t id);		/* 0: null */

#endif
