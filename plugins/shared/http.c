/* http.c: one POST through libcurl. */
#include <curl/curl.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "outward.h"

struct reply {
	struct outward_post *post;
	size_t len;
};

static size_t
on_bytes(char *at, size_t size, size_t n, void *arg)
{
	struct reply *r = arg;

	if (r->len + size * n >= r->post->room)
		return 0;		/* too long: the transfer ends */
	memcpy(r->post->answer + r->len, at, size * n);
	r->len += size * n;
	r->post->answer[r->len] = '\0';
	return size * n;
}

static size_t
on_header(char *at, size_t size, size_t n, void *arg)
{
	static const char name[] = "X-akismet-pro-tip: ";
	struct reply *r = arg;
	size_t len = size * n, skip = sizeof(name) - 1;

	if (len > skip && strncasecmp(at, name, skip) == 0)
		snprintf(r->post->tip, sizeof(r->post->tip), "%.*s",
		    (int)strcspn(at + skip, "\r\n"), at + skip);
	return len;
}

static curl_socket_t
on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *at)
{
	const struct outward_post *post = arg;

	(void)purpose;
	if (!outward_allow_has(post->allow, &at->addr))
		return CURL_SOCKET_BAD;
	return socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
}

/* "host:port:address,address" */
static struct curl_slist *
look_up(const char *host, const char *port)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL, *at;
	struct curl_slist *made;
	char text[1200], ip[64];
	size_t len;

	if (getaddrinfo(host, port, &hints, &list) != 0)
		return NULL;
	len = (size_t)snprintf(text, sizeof(text), "%s:%s:", host, port);
	for (at = list; at != NULL && len < 900; at = at->ai_next)
		if (getnameinfo(at->ai_addr, at->ai_addrlen, ip, sizeof(ip),
		    NULL, 0, NI_NUMERICHOST) == 0)
			len += (size_t)snprintf(text + len, sizeof(text) - len,
			    "%s%s", at == list ? "" : ",", ip);
	made = curl_slist_append(NULL, text);
	freeaddrinfo(list);
	return made;
}

/* libcurl would start a thread to look a name up; "[::1]" is none. */
static bool
resolve(const char *url, struct curl_slist **names)
{
	char *host = NULL, *port = NULL;
	CURLU *u = curl_url();
	bool good = u != NULL && curl_url_set(u, CURLUPART_URL, url, 0) == 0 &&
	    curl_url_get(u, CURLUPART_HOST, &host, 0) == 0 &&
	    curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == 0 &&
	    strlen(host) < 256;

	*names = NULL;
	if (good && host[0] != '[')
		good = (*names = look_up(host, port)) != NULL;
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(u);
	return good;
}

static void
arrange(CURL *c, struct reply *r)
{
	const struct outward_post *post = r->post;

	curl_easy_setopt(c, CURLOPT_URL, post->url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, post->ms);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "foyer/0.1");
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, post->body);
	curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)post->len);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_bytes);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, r);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, r);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, post);
}

long
outward_post(struct outward_post *post)
{
	struct curl_slist *names, *headers = NULL;
	struct reply r = { post, 0 };
	const char *const *h;
	CURL *c = resolve(post->url, &names) ? curl_easy_init() : NULL;
	long status = 0;

	post->answer[0] = post->tip[0] = '\0';
	if (c != NULL) {
		for (h = post->headers; h != NULL && *h != NULL; h++)
			headers = curl_slist_append(headers, *h);
		headers = curl_slist_append(headers, "Expect:");
		arrange(c, &r);
		curl_easy_setopt(c, CURLOPT_RESOLVE, names);
		curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
		if (curl_easy_perform(c) != CURLE_OK || curl_easy_getinfo(c,
		    CURLINFO_RESPONSE_CODE, &status) != CURLE_OK)
			status = 0;
		curl_easy_cleanup(c);
	}
	curl_slist_free_all(headers);
	curl_slist_free_all(names);
	return status;
}
