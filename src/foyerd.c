/* foyerd.c: the daemon, or one CGI request, or the filters' process. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"

#define VERSION	"0.1.0"

enum { EXIT_USAGE = 64 };		/* EX_USAGE */

static const char usage[] =
    "usage: foyerd [-c FILE]\n"
    "       foyerd -h | -V\n"
    "\n"
    "  -c, --conf FILE  settings; else $FOYER_CONF, /etc/foyer/foyer.conf\n"
    "  -h, --help       print this\n"
    "  -V, --version    print the version\n"
    "\n"
    "SIGHUP reads the settings again, SIGTERM ends in order. See foyerd(8).\n";

static const struct option options[] = {
	{ "conf", required_argument, NULL, 'c' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static int
run(int argc, char **argv)
{
	const char *conf = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "c:hV", options, NULL)) != -1)
		switch (option) {
		case 'c':
			conf = optarg;
			break;
		case 'h':
			fputs(usage, stdout);
			return EXIT_SUCCESS;
		case 'V':
			puts("foyerd " VERSION);
			return EXIT_SUCCESS;
		default:
			fputs(usage, stderr);
			return EXIT_USAGE;
		}
	if (optind < argc) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	return app_daemon(conf);
}

/* As CGI no word is an option: a query without '=' may have become argv
 * (RFC 3875, section 4.4). What we exec ourselves is not CGI any more. */
int
main(int argc, char **argv)
{
	if (app_is_cgi()) {
		unsetenv("GATEWAY_INTERFACE");
		return app_cgi();
	}
	if (argc > 1 && strcmp(argv[1], "--filter-host") == 0)
		app_filter_host(argc, argv);
	return run(argc, argv);
}
