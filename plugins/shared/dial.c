/* dial.c: a connection to an address that is allowed. */
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "outward.h"

static int
dial_one(const struct addrinfo *at, long ms)
{
	const struct timeval most = { ms / 1000, ms % 1000 * 1000 };
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		return -1;
	/* On Linux the second bounds connect, too. */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most)) == 0 &&
	    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof(most)) == 0 &&
	    connect(fd, at->ai_addr, at->ai_addrlen) == 0)
		return fd;
	close(fd);
	return -1;
}

int
outward_dial(const char *host, const char *port,
    const struct outward_allow *allow, long ms)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list, *at;
	int fd = -1;

	if (getaddrinfo(host, port, &hints, &list) != 0)
		return -1;
	for (at = list; at != NULL && fd == -1; at = at->ai_next)
		if (outward_allow_has(allow, at->ai_addr))
			fd = dial_one(at, ms);
	freeaddrinfo(list);
	return fd;
}
