/* trouble.c: processes that nobody waits for tell when the database fails. */
#include "app/internal.h"

void
app_trouble_tell(const struct store *store, enum err e, enum err *last)
{
	if (e != *last && e != OK)
		log_line(LOG_WARN, "database: %s", store_trouble_log(store));
	*last = e;
}
