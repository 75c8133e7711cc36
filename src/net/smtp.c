/* smtp.c: a mail server, through libcurl (RFC 5321). */
#include <curl/curl.h>
#include <poll.h>
#include <stdio.h>

#include "net/net.h"

enum { CONNECT_S = 10, WHOLE_S = 30 };

struct net_smtp {
	CURL *curl;
	struct net_server server;
	char said[CURL_ERROR_SIZE];	/* by curl, or by us */
	struct str rest;		/* of the mail that is sent */
};

enum err
net_smtp_init(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? OK :
	    ERR_BROKEN;
}

static size_t
give(char *to, size_t size, size_t n, void *arg)
{
	struct net_smtp *s = arg;
	size_t len = size * n < s->rest.len ? size * n : s->rest.len;

	memcpy(to, s->rest.at, len);
	s->rest = str_cut(s->rest, len, s->rest.len);
	return len;
}

static size_t
drop(char *at, size_t size, size_t n, void *arg)
{
	(void)at;
	(void)arg;
	return size * n;
}

/* Not 0: curl ends what it is at. */
static int
told(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct net_smtp *s = arg;
	struct pollfd end = { .fd = s->server.stop, .events = POLLIN };

	(void)a, (void)b, (void)c, (void)d;
	return end.fd >= 0 && poll(&end, 1, 0) > 0;
}

/* What every transfer has in common. */
static void
prepare(struct net_smtp *s)
{
	CURL *c = s->curl;
	const struct net_server *is = &s->server;

	curl_easy_reset(c);		/* keeps the connection */
	s->said[0] = '\0';
	curl_easy_setopt(c, CURLOPT_URL, is->url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)WHOLE_S);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, s->said);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, told);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, s);
	curl_easy_setopt(c, CURLOPT_USE_SSL,
	    (long)(is->tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	if (is->ca[0] != '\0')
		curl_easy_setopt(c, CURLOPT_CAINFO, is->ca);
	if (is->login[0] == '\0')
		return;
	curl_easy_setopt(c, CURLOPT_USERNAME, is->login);
	curl_easy_setopt(c, CURLOPT_PASSWORD, is->password.at);
}

enum err
net_smtp_open(struct arena *a, const struct net_server *server,
    struct net_smtp **ret)
{
	struct net_smtp *s = arena_alloc(a, sizeof(*s));

	s->server = *server;
	s->server.password = str_of(arena_cstr(a, server->password));
	if ((s->curl = curl_easy_init()) == NULL)
		return ERR_BROKEN;
	*ret = s;
	return OK;
}

void
net_smtp_close(struct net_smtp *s)
{
	curl_easy_cleanup(s->curl);
}

/* The code alone does not tell whether it was about this mail: one that greets
 * with 554, or takes nothing from our address, would take none. */
static enum net_result
judged(struct net_smtp *s, CURLcode code)
{
	struct str said = str_of(s->said);
	bool about = str_begins(said, "RCPT failed") ||
	    str_begins(said, "DATA failed") ||
	    (code == CURLE_WEIRD_SERVER_REPLY &&
	    !str_begins(said, "Got unexpected"));
	long status = 0;

	if (code == CURLE_OK)
		return NET_DONE;
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
	if (said.len == 0)
		snprintf(s->said, sizeof(s->said), "%s (%ld)",
		    curl_easy_strerror(code), status);
	if (!about || status == 421)
		return NET_AWAY;
	return status / 100 == 5 ? NET_NEVER :
	    status / 100 == 4 ? NET_LATER : NET_AWAY;
}

enum net_result
net_smtp_send(struct net_smtp *s, struct arena *a, const struct net_mail *m)
{
	struct curl_slist *to;
	enum net_result result;
	struct buf text = buf_new(a, 4096);

	if (net_message_write(&text, m) != OK) {
		snprintf(s->said, sizeof(s->said), "no address to send to");
		return NET_NEVER;
	}
	prepare(s);
	s->rest = buf_view(&text);
	to = curl_slist_append(NULL, arena_cstr(a, m->to));
	curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, arena_cstr(a, m->from));
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(s->curl, CURLOPT_READDATA, s);
	curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
	result = judged(s, curl_easy_perform(s->curl));
	curl_slist_free_all(to);
	return result;
}

enum net_result
net_smtp_hello(struct net_smtp *s)
{
	prepare(s);
	curl_easy_setopt(s->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
	return judged(s, curl_easy_perform(s->curl));
}

const char *
net_smtp_trouble(const struct net_smtp *s)
{
	return s->said;
}
