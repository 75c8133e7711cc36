/*
 * filters.h: what moderators see of filters (a part of page.h).
 */
#ifndef PAGE_FILTERS_H
#define PAGE_FILTERS_H

struct page_setting {
	struct str key, value;
};

struct page_filter {
	struct str name, trouble;	/* trouble: why it is not loaded */
	bool loaded, out, learns;
	int64_t asked, faults;		/* since foyerd started */
	int64_t answers, half, most;	/* of late; us: median, 99th */
	int weight, tried;		/* of the settings; of the preview */
	int64_t wished, granted;	/* to learn anew; 0: never */
	const struct page_setting *settings;
	size_t nsettings;
	struct str list;		/* of words, or "" */
};

/* What would have become of comments on which moderators have ruled. */
struct page_preview {
	int64_t spam[3], good[3];	/* by state: shown, held, spam */
	int64_t n;
};

struct page_filters {
	const struct page_filter *all;
	const struct insight_quality *qualities;
	size_t n, nqualities;
	int hold_at, spam_at;		/* of the settings */
	int hold_tried, spam_tried;
	struct page_preview now, then;	/* by the settings; as tried */
	bool tries;			/* other weights than the settings' */
};

void page_filters(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_filters *);
void page_filters_json(struct buf *, const struct page_filters *);

/* today: whether there is a later one. */
void page_statistics(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct insight *, int64_t today);
void page_statistics_json(struct buf *, const struct insight *);

#endif
