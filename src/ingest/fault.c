/* fault.c: says where a file is not what was expected. */
#include <stdio.h>

#include "ingest/internal.h"

enum err
ingest_fault(const struct fault *f, int line, const char *fmt, ...)
{
	struct buf b = buf_new(f->arena, 128);
	char said[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(said, sizeof(said), fmt, ap);
	va_end(ap);
	buf_fmt(&b, "%s:%d: %s", f->name, line, said);
	*f->why = buf_view(&b);
	return ERR_SYNTAX;
}
