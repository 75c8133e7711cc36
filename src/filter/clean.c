/* clean.c: what a plugin says, made fit to be shown. */
#include <string.h>

#include "filter/internal.h"

enum { REPLACEMENT = 0xfffd };

static struct str
cut_bytes(struct str s, size_t most)
{
	size_t i = 0, end = 0;

	while (i < s.len && i <= most) {
		end = i;
		text_next(s, &i);
	}
	return str_cut(s, 0, i <= most ? i : end);
}

struct str
filter_text(struct arena *arena, const char *bytes, size_t room, size_t most)
{
	struct str s = { bytes, strnlen(bytes, room) }, clean;
	struct buf b = buf_new(arena, s.len + 16);
	size_t i = 0;

	while (i < s.len) {
		int32_t c = text_next(s, &i);

		text_put(&b, c > 0 ? c : REPLACEMENT);
	}
	if (text_clean(arena, buf_view(&b), false, &clean) != OK)
		return STR("");
	return cut_bytes(clean, most);
}
