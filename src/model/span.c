/* span.c: weeks, months and years of the calendar. */
#include <time.h>

#include "model/model.h"

enum { DAY = 86400 };

static const char *const names[] = {
	[SPAN_WEEK] = "week", [SPAN_MONTH] = "month", [SPAN_YEAR] = "year"
};

const char *
model_span_name(enum model_span span)
{
	return names[span];
}

bool
model_span_parse(struct str s, enum model_span *ret)
{
	size_t i;

	for (i = 0; i < COUNT(names); i++)
		if (str_is(s, names[i])) {
			*ret = (enum model_span)i;
			return true;
		}
	return false;
}

static int64_t
day_of(int year, int month)
{
	struct tm tm = { .tm_year = year, .tm_mon = month, .tm_mday = 1 };

	return (int64_t)timegm(&tm) / DAY;
}

struct span
model_span_of(enum model_span is, int64_t day)
{
	time_t seconds = (time_t)(day * DAY);
	struct tm tm = { .tm_mday = 1 };
	int64_t monday;

	(void)gmtime_r(&seconds, &tm);
	monday = day - (tm.tm_wday + 6) % 7;
	switch (is) {
	case SPAN_WEEK:
		return (struct span){ is, monday, monday + 7 };
	case SPAN_MONTH:
		return (struct span){ is, day_of(tm.tm_year, tm.tm_mon),
		    day_of(tm.tm_year, tm.tm_mon + 1) };
	case SPAN_YEAR:
		break;
	}
	return (struct span){ is, day_of(tm.tm_year, 0),
	    day_of(tm.tm_year + 1, 0) };
}

void
model_span_date(int64_t day, char ret[CLOCK_TEXT])
{
	clock_rfc3339(day * DAY * 1000000, ret);
	ret[10] = '\0';
}

/* Four digits of a year: what a date is written with. */
bool
model_span_day(struct str date, int64_t *day)
{
	int64_t usec;

	if (date.len != 10 || !clock_parse(date, &usec) || usec < 0)
		return false;
	*day = usec / 1000000 / DAY;
	return true;
}

int64_t
model_span_mille(int64_t part, int64_t of)
{
	return of > 0 ? (part * 1000 + of / 2) / of : -1;
}
