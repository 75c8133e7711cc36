/* foyerctl.c: the operators' tool. */
#include "ctl/ctl.h"

int
main(int argc, char **argv)
{
	log_open("foyerctl", LOG_WARN, LOG_TEXT);
	return ctl_main(argc, argv);
}
