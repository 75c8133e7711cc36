/* clock.c: the time, and times as text. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base.h"

static int64_t
read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
clock_now(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t
clock_mono(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

static void
put_digits(char *at, int width, int n)
{
	for (; width > 0; n /= 10)
		at[--width] = (char)('0' + n % 10);
}

/* As strftime would, in a tenth of the time: a page has hundreds. */
static void
put_time(const struct tm *tm, char ret[CLOCK_TEXT])
{
	memcpy(ret, "0000-00-00T00:00:00Z", 21);
	put_digits(ret, 4, tm->tm_year + 1900);
	put_digits(ret + 5, 2, tm->tm_mon + 1);
	put_digits(ret + 8, 2, tm->tm_mday);
	put_digits(ret + 11, 2, tm->tm_hour);
	put_digits(ret + 14, 2, tm->tm_min);
	put_digits(ret + 17, 2, tm->tm_sec);
}

void
clock_rfc3339(int64_t usec, char ret[CLOCK_TEXT])
{
	time_t t = (time_t)(usec / 1000000 - (usec % 1000000 < 0));
	struct tm tm;

	gmtime_r(&t, &tm);
	if (tm.tm_year >= 1000 - 1900 && tm.tm_year <= 9999 - 1900) {
		put_time(&tm, ret);
		return;
	}
	if (strftime(ret, CLOCK_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		ret[0] = '\0';
}

static bool
digits(struct str s, size_t at, size_t n, int *ret)
{
	int64_t v;
	struct str part = str_cut(s, at, n);

	if (part.len != n || part.at[0] == '-' || !str_int64(part, &v))
		return false;
	*ret = (int)v;
	return true;
}

/* Reads "Z" or "+03:00" at s[at]; seconds east of UTC. */
static bool
offset_parse(struct str s, size_t at, int *seconds)
{
	int h, m;

	if (s.len == at + 1 && (s.at[at] == 'Z' || s.at[at] == 'z')) {
		*seconds = 0;
		return true;
	}
	if (s.len != at + 6 || (s.at[at] != '+' && s.at[at] != '-') ||
	    s.at[at + 3] != ':' || !digits(s, at + 1, 2, &h) ||
	    !digits(s, at + 4, 2, &m) || h > 23 || m > 59)
		return false;
	*seconds = (h * 60 + m) * 60 * (s.at[at] == '-' ? -1 : 1);
	return true;
}

/* Past ".123" at s[at], which is not kept; s.len + 1 if it has no digit. */
static size_t
fraction_end(struct str s, size_t at)
{
	size_t i = at + 1;

	if (at >= s.len || s.at[at] != '.')
		return at;
	while (i < s.len && s.at[i] >= '0' && s.at[i] <= '9')
		i++;
	return i > at + 1 ? i : s.len + 1;
}

bool
clock_parse(struct str s, int64_t *usec)
{
	struct tm tm = { 0 }, back;
	int offset = 0;
	size_t at = 19;
	time_t t;

	if (!digits(s, 0, 4, &tm.tm_year) || !digits(s, 5, 2, &tm.tm_mon) ||
	    !digits(s, 8, 2, &tm.tm_mday) || s.at[4] != '-' || s.at[7] != '-')
		return false;
	if (s.len != 10) {
		if (!digits(s, 11, 2, &tm.tm_hour) ||
		    !digits(s, 14, 2, &tm.tm_min) ||
		    !digits(s, 17, 2, &tm.tm_sec) || s.at[13] != ':' ||
		    s.at[16] != ':' || memchr("Tt ", s.at[10], 3) == NULL)
			return false;
		at = fraction_end(s, at);
		if (!offset_parse(s, at, &offset))
			return false;
	}
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	back = tm;
	t = timegm(&back);
	if (back.tm_mday != tm.tm_mday || back.tm_mon != tm.tm_mon ||
	    back.tm_hour != tm.tm_hour || tm.tm_min > 59 || tm.tm_sec > 60)
		return false;
	*usec = ((int64_t)t - offset) * 1000000;
	return true;
}
