/* say.c: complaints, on standard error. */
#include <stdio.h>

#include "ctl/ctl.h"

int
ctl_say_failed(const char *fmt, ...)
{
	va_list ap;

	fputs("foyerctl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return CTL_FAILED;
}

int
ctl_say_usage(const struct ctl *c, const char *fmt, ...)
{
	va_list ap;

	fputs("foyerctl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	if (c->command != NULL)
		fprintf(stderr, "\nusage: foyerctl %s%s%s\n",
		    c->command->name, c->command->usage[0] != '\0' ? " " : "",
		    c->command->usage);
	else
		fputs("\nfoyerctl --help lists the commands\n", stderr);
	return CTL_USAGE;
}
