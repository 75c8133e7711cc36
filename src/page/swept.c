/* swept.c: how many comments were taken away or brought back. */
#include "page/parts.h"

void
page_swept_json(struct buf *b, const struct page_swept *s)
{
	JSON(b, "{\"done\":", s->done, ",\"more\":", s->more, "}\n");
}
