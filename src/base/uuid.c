/* uuid.c: RFC 9562 identifiers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/base.h"

void
uuid_random(struct uuid *u)
{
	if (getrandom(u->bytes, sizeof(u->bytes), 0) != sizeof(u->bytes))
		abort();
	u->bytes[6] = (unsigned char)((u->bytes[6] & 0x0f) | 0x40);
	u->bytes[8] = (unsigned char)((u->bytes[8] & 0x3f) | 0x80);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
uuid_parse(struct str s, struct uuid *ret)
{
	struct uuid u;
	size_t i, n = 0;

	if (s.len != UUID_TEXT - 1)
		return false;
	for (i = 0; i < s.len; i++) {
		int high, low;

		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (s.at[i] != '-')
				return false;
			continue;
		}
		high = hex_digit(s.at[i]);
		low = hex_digit(s.at[++i]);
		if (high < 0 || low < 0)
			return false;
		u.bytes[n++] = (unsigned char)(high << 4 | low);
	}
	*ret = u;
	return true;
}

void
uuid_text(const struct uuid *u, char ret[UUID_TEXT])
{
	const unsigned char *b = u->bytes;

	snprintf(ret, UUID_TEXT,
	    "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
	    "%02x%02x%02x%02x%02x%02x",
	    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
	    b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

bool
uuid_null(const struct uuid *u)
{
	static const struct uuid zero;

	return uuid_eq(u, &zero);
}

bool
uuid_eq(const struct uuid *a, const struct uuid *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}
