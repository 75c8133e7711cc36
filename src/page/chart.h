/*
 * chart.h: pictures of numbers as SVG (private to the room).
 *
 * Each is an image with a title and a sentence that says what it shows; the
 * numbers themselves stand in a table below it, folded. What the eye has to
 * tell apart differs in pattern or shape, not in colour alone, and takes its
 * colours from the page.
 */
#ifndef PAGE_CHART_H
#define PAGE_CHART_H

#include "base/base.h"
#include "model/model.h"
#include "page/words.h"

enum { CHART_WIDTH = 640, CHART_HEIGHT = 240 };

struct chart {
	const char *id;			/* a literal, unique in the page */
	struct msg title;
	enum model_span span;		/* days, or months of a year */
	const int64_t *firsts;		/* a column's first day */
	size_t n;			/* columns */
	int64_t top;			/* the value at the upper edge */
};

/* ---- chart.c ---- */

/* <figure> and <svg> up to its title; then the sentence is written; then what
 * the lines are; after the columns, the end of the svg. */
void page_chart_open(struct buf *, const struct chart *);
void page_chart_said(struct buf *);
void page_chart_close(struct buf *, const struct chart *);
/* A line across with its label, which is written next, then </text>. */
void page_chart_line(struct buf *, int y);
/* Where a column begins, how wide it is; the height of a value. */
int page_chart_x(const struct chart *, size_t column);
int page_chart_width(const struct chart *);
int page_chart_y(const struct chart *, int64_t value);
/* A round number not below n, which can be halved. */
int64_t page_chart_round(int64_t n);
/* "less than a minute", "5 hours". */
void page_chart_duration(struct buf *, int64_t seconds);
/* A column's first day: "2026-11-25", or "2026-11". */
void page_chart_first(struct buf *, enum model_span, int64_t day);
/* Opens and closes the table behind a picture; titles: literals. */
void page_chart_table(struct buf *, struct msg caption,
    const char *const *titles, size_t n);
void page_chart_table_end(struct buf *);

/* ---- chart_days.c ---- */

void page_chart_days(struct buf *, const struct insight *);
void page_chart_waits(struct buf *, const struct insight *);

/* ---- chart_filters.c ---- */

/* Precision and recall of each filter, week by week, and their table. */
void page_chart_filters(struct buf *, const struct insight_quality *,
    size_t n);
/* "93.4 %", "—". */
void page_chart_percent(struct buf *, int64_t part, int64_t of);

#endif
