/* log.c: a line on standard error, in one write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

static const char *log_who = "foyer";
static enum log_level log_most = LOG_NOTE;
static bool log_to_journal;

void
log_open(const char *who, enum log_level most)
{
	log_who = who;
	log_most = most;
	log_to_journal = getenv("JOURNAL_STREAM") != NULL;
}

void
log_line(enum log_level level, const char *fmt, ...)
{
	char line[1024];
	int head, n;
	va_list ap;
	size_t len;

	if (level > log_most)
		return;
	if (log_to_journal)
		head = snprintf(line, sizeof(line), "<%d>%s[%d]: ", level,
		    log_who, (int)getpid());
	else
		head = snprintf(line, sizeof(line), "foyerd %s[%d]: ",
		    log_who, (int)getpid());
	va_start(ap, fmt);
	n = vsnprintf(line + head, sizeof(line) - (size_t)head - 1, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	len = strlen(line);
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0)
		return;		/* nowhere left to say it */
}
