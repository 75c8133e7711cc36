/* progress.c: how far a long command is, for who sits before a terminal. */
#include <stdio.h>
#include <unistd.h>

#include "ctl/ctl.h"

enum { EVERY = 100000, BAR = 30 };	/* us; characters */

static void
bar(const struct ctl_progress *p, int64_t done)
{
	int filled = (int)(done >= p->total ? BAR : done * BAR / p->total);

	fprintf(stderr, "\r%s [%.*s%*s] %3d %%", p->what, filled,
	    "##############################", BAR - filled, "",
	    (int)(done >= p->total ? 100 : done * 100 / p->total));
}

void
ctl_progress_show(struct ctl_progress *p, int64_t done)
{
	int64_t now = clock_mono();

	if (now - p->shown < EVERY || !isatty(STDERR_FILENO))
		return;
	p->shown = now;
	if (p->total > 0)
		bar(p, done);
	else
		fprintf(stderr, "\r%s %lld", p->what, (long long)done);
}

void
ctl_progress_end(const struct ctl_progress *p)
{
	if (p->shown != 0)
		fputs("\r\033[K", stderr);
}
