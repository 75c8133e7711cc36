/* settings.c: a plugin's settings, texts and numbers. */
#include <stdlib.h>
#include <string.h>

#include "outward.h"

static bool
set_one(const struct outward_setting *to, const char *value)
{
	char *end;
	long n;

	if (to->text != NULL) {
		if (strlen(value) >= OUTWARD_TEXT)
			return false;
		strcpy(to->text, value);
		return true;
	}
	n = strtol(value, &end, 10);
	if (end == value || *end != '\0' || n < to->least || n > to->most)
		return false;
	*to->number = n;
	return true;
}

bool
outward_settings(const struct outward_setting *table, size_t n,
    const struct foyer_setting *set, uint64_t nset, const char **why)
{
	uint64_t i;
	size_t k;

	for (i = 0; i < nset; i++) {
		for (k = 0; k < n; k++)
			if (strcmp(set[i].key, table[k].key) == 0)
				break;
		if (k == n || !set_one(&table[k], set[i].value)) {
			*why = set[i].key;
			return false;
		}
	}
	return true;
}
