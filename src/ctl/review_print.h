/* review_print.h: shows what was read out of a file. */
#ifndef CTL_REVIEW_PRINT_H
#define CTL_REVIEW_PRINT_H

#include <stdio.h>

#include "ingest/ingest.h"

void ctl_review_print(const char *file, const struct ingest *);
/* What was kept unplaced; with `dropped` also what was dropped. */
void ctl_review_print_notes(FILE *to, const char *file, const struct ingest *,
    bool dropped);

#endif
