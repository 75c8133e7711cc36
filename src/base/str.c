/* str.c: views of bytes. */
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"

struct str
str_of(const char *cstring)
{
	if (cstring == NULL)
		return (struct str){ "", 0 };
	return (struct str){ cstring, strlen(cstring) };
}

bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool
str_is(struct str s, const char *cstring)
{
	return str_eq(s, str_of(cstring));
}

bool
str_eq_nocase(struct str s, const char *cstring)
{
	size_t len = strlen(cstring);

	return s.len == len &&
	    (len == 0 || strncasecmp(s.at, cstring, len) == 0);
}

bool
str_begins(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);

	return s.len >= len && (len == 0 || memcmp(s.at, prefix, len) == 0);
}

bool
str_ends(struct str s, const char *suffix)
{
	size_t len = strlen(suffix);

	return s.len >= len &&
	    (len == 0 || memcmp(s.at + s.len - len, suffix, len) == 0);
}

size_t
str_find(struct str s, struct str needle)
{
	const char *hit;

	if (needle.len == 0)
		return 0;
	if (s.len < needle.len)
		return (size_t)-1;
	hit = memmem(s.at, s.len, needle.at, needle.len);
	return hit ? (size_t)(hit - s.at) : (size_t)-1;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str
str_trim(struct str s)
{
	while (s.len > 0 && is_space(s.at[0])) {
		s.at++;
		s.len--;
	}
	while (s.len > 0 && is_space(s.at[s.len - 1]))
		s.len--;
	return s;
}

struct str
str_cut(struct str s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return (struct str){ s.len ? s.at + from : s.at, len };
}

bool
str_split(struct str *rest, char sep, struct str *part)
{
	const char *hit;

	if (rest->at == NULL)
		return false;
	hit = rest->len ? memchr(rest->at, sep, rest->len) : NULL;
	if (hit == NULL) {
		*part = *rest;
		*rest = (struct str){ NULL, 0 };
		return true;
	}
	*part = (struct str){ rest->at, (size_t)(hit - rest->at) };
	rest->len -= part->len + 1;
	rest->at = hit + 1;
	return true;
}

bool
str_int64(struct str s, int64_t *ret)
{
	bool minus = s.len > 0 && s.at[0] == '-';
	int64_t n = 0;
	size_t i = minus;

	if (i == s.len)
		return false;
	for (; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9' ||
		    __builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, s.at[i] - '0', &n))
			return false;
	}
	if (!minus && n == INT64_MIN)
		return false;
	*ret = minus ? n : -n;
	return true;
}
