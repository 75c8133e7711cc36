/* slow.c: a deferred plugin that a server on loopback tells what to say. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <foyer/plugin.h>

static int port;
static char reason[200];

static int
slow_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	(void)host;
	(void)state;
	port = n > 0 ? atoi(set[0].value) : 0;
	return 0;
}

/* Sends the first line of the body, gets "SCORE". */
static int
slow_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int local = socket(AF_UNIX, SOCK_STREAM, 0);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char answer[20] = "";

	(void)state;
	if (local != -1 || errno != EPERM)
		return 1;		/* nobody may reach a database so */
	if (fd == -1 || connect(fd, (struct sockaddr *)&at, sizeof(at)) == -1 ||
	    send(fd, c->body, strcspn(c->body, "\n"), 0) == -1 ||
	    shutdown(fd, SHUT_WR) == -1 ||
	    recv(fd, answer, sizeof(answer) - 1, 0) <= 0) {
		close(fd);
		return 1;
	}
	close(fd);
	v->score = atoi(answer);
	snprintf(reason, sizeof(reason), "the server says %d", v->score);
	v->reason = reason;
	return 0;
}

FOYER_PLUGIN(.name = "slow", .version = "1.0", .flags = FOYER_DEFERRED,
    .open = slow_open, .judge = slow_judge);
