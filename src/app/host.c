/* host.c: the door through which the daemon becomes the filters' process. */
#include "app/internal.h"

void
app_filter_host(int argc, char **argv)
{
	filter_host_main(argc, argv);
}
