/* spamassassin.c: asks a spamd about the comment as if it were a mail. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "outward.h"

enum { MESSAGE = 64 * 1024, ANSWER = 16 * 1024, AT_THRESHOLD = 60 };
enum { MOST = 1000000 };		/* points; also keeps out "nan" */

static char host_name[OUTWARD_TEXT] = "127.0.0.1", port[OUTWARD_TEXT] = "783";
static char allow_list[OUTWARD_TEXT] = "127.0.0.0/8 ::1";
static long timeout_ms = 2500, tell;
static struct outward_allow allow;
static char message[MESSAGE], answer[ANSWER], reason[300];
static struct foyer_feature features[2];

static int
spamassassin_open(const struct foyer_host *host,
    const struct foyer_setting *set, uint64_t n, void **state)
{
	static const struct outward_setting table[] = {
		{ "host", host_name, NULL, 0, 0 },
		{ "port", port, NULL, 0, 0 },
		{ "allow", allow_list, NULL, 0, 0 },
		{ "timeout", NULL, &timeout_ms, 50, 30000 },
		{ "tell", NULL, &tell, 0, 1 }
	};
	const char *why = "allow";
	char line[200];

	(void)state;
	if (!outward_settings(table, sizeof(table) / sizeof(table[0]), set, n,
	    &why) || !outward_allow_read(&allow, allow_list)) {
		snprintf(line, sizeof(line), "a wrong setting: %s; there are "
		    "host, port, allow, timeout and tell (0 or 1)", why);
		host->log(host, line);
		return -1;
	}
	/* So that the host keeps which rulings were passed on. */
	return host->memory(host, sizeof(int64_t)) == NULL;
}

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * INT64_C(1000) + ts.tv_nsec / 1000000;
}

static bool
send_all(int fd, const char *at, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, at, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* One request (spamd's protocol 1.5); the whole answer. */
static bool
talk(const char *method, const char *headers, const struct foyer_comment *c)
{
	int64_t until = now_ms() + timeout_ms;
	char head[300];
	int status;
	size_t len = outward_message(c, message, MESSAGE), got = 0;
	int fd = outward_dial(host_name, port, &allow, timeout_ms);
	int n = snprintf(head, sizeof(head), "%s SPAMC/1.5\r\n%s"
	    "Content-length: %zu\r\n\r\n", method, headers, len);
	ssize_t more = -1;

	if (fd == -1)
		return false;
	if (send_all(fd, head, (size_t)n) && send_all(fd, message, len) &&
	    shutdown(fd, SHUT_WR) == 0)
		while (got + 1 < ANSWER && now_ms() < until && (more = recv(fd,
		    answer + got, ANSWER - 1 - got, 0)) > 0)
			got += (size_t)more;
	close(fd);
	answer[got] = '\0';
	return more == 0 && sscanf(answer, "SPAMD/%*s %d ", &status) == 1 &&
	    status == 0;
}

static int
spamassassin_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	const char *spam, *symbols;
	double score, threshold;

	(void)state;
	if (!talk("SYMBOLS", "", c) ||
	    (spam = strstr(answer, "\r\nSpam: ")) == NULL ||
	    sscanf(spam, "\r\nSpam: %*s ; %lf / %lf", &score, &threshold) != 2
	    || !(threshold > 0 && threshold < MOST && fabs(score) < MOST))
		return -1;
	score = AT_THRESHOLD * score / threshold;
	v->score = score > 100 ? 100 : score < -100 ? -100 : (int32_t)score;
	symbols = strstr(answer, "\r\n\r\n");
	snprintf(reason, sizeof(reason), "%s", symbols ? symbols + 4 : "");
	reason[strcspn(reason, "\r\n")] = '\0';
	v->reason = reason;
	features[0] = (struct foyer_feature){ "score_x100",
	    (int64_t)(100 * score * threshold / AT_THRESHOLD) };
	features[1] = (struct foyer_feature){ "required_x100",
	    (int64_t)(100 * threshold) };
	v->features = features;
	v->nfeatures = 2;
	return 0;
}

/* NULL: nothing that it could learn, or forget. */
static const char *
lesson(const struct foyer_ruling *is)
{
	if (is->now == FOYER_SPAM)
		return "Message-class: spam\r\nSet: local\r\n";
	if (is->now == FOYER_HAM)
		return "Message-class: ham\r\nSet: local\r\n";
	if (is->before == FOYER_SPAM || is->before == FOYER_HAM)
		return "Remove: local\r\n";
	return NULL;
}

static int
spamassassin_hear(void *state, const struct foyer_comment *c,
    const struct foyer_ruling *is)
{
	const char *what = lesson(is);

	(void)state;
	if (tell == 0 || what == NULL || is->again > 0)
		return 0;
	return talk("TELL", what, c) ? 0 : -1;
}

FOYER_PLUGIN(.name = "spamassassin", .version = "1.0",
    .flags = FOYER_DEFERRED, .open = spamassassin_open,
    .judge = spamassassin_judge, .hear = spamassassin_hear);
