/* ask.c: asks a running foyerd for a page, as web servers do (FastCGI 1.0). */
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "ctl/check.h"

enum {
	HEAD = 8,			/* a record's, bytes */
	BEGIN = 1, PARAMS = 4, STDIN = 5, STDOUT = 6,
	ANSWER_MOST = 1 << 20, WAIT = 6		/* seconds */
};

static int
reach(const char *path)
{
	const struct timeval wait = { .tv_sec = WAIT };
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strncpy(at.sun_path, path, sizeof(at.sun_path) - 1);
	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait,
	    sizeof(wait)) == 0 && setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO,
	    &wait, sizeof(wait)) == 0 && connect(fd, (struct sockaddr *)&at,
	    sizeof(at)) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void
put_record(struct buf *b, int type, struct str content)
{
	const unsigned char head[HEAD] = { 1, (unsigned char)type, 0, 1,
	    (unsigned char)(content.len >> 8), (unsigned char)content.len };

	buf_str(b, (struct str){ (const char *)head, HEAD });
	buf_str(b, content);
}

/* Both are shorter than 128 bytes. */
static void
put_pair(struct buf *b, const char *name, const char *value)
{
	buf_char(b, (char)strlen(name));
	buf_char(b, (char)strlen(value));
	buf_str(b, str_of(name));
	buf_str(b, str_of(value));
}

static struct str
question(struct arena *a, const char *path)
{
	const char responder[8] = { 0, 1 };
	struct buf b = buf_new(a, 512), pairs = buf_new(a, 256);

	put_pair(&pairs, "REQUEST_METHOD", "GET");
	put_pair(&pairs, "SERVER_PROTOCOL", "HTTP/1.1");
	put_pair(&pairs, "GATEWAY_INTERFACE", "CGI/1.1");
	put_pair(&pairs, "REQUEST_URI", path);
	put_pair(&pairs, "REMOTE_ADDR", "127.0.0.1");
	put_pair(&pairs, "HTTP_HOST", "localhost");
	put_record(&b, BEGIN, (struct str){ responder, sizeof(responder) });
	put_record(&b, PARAMS, buf_view(&pairs));
	put_record(&b, PARAMS, STR(""));
	put_record(&b, STDIN, STR(""));
	return buf_view(&b);
}

/* What its records of standard output hold. */
static struct str
output(struct arena *a, struct str raw)
{
	const unsigned char *at = (const unsigned char *)raw.at;
	struct buf b = buf_new(a, raw.len);
	size_t i = 0;

	while (i + HEAD <= raw.len) {
		size_t n = (size_t)at[i + 4] << 8 | at[i + 5];

		if (at[i + 1] == STDOUT && i + HEAD + n <= raw.len)
			buf_str(&b, str_cut(raw, i + HEAD, n));
		i += HEAD + n + at[i + 6];
	}
	return buf_view(&b);
}

bool
ctl_ask(struct arena *a, const char *path, const char *page, struct str *body)
{
	struct str sent = question(a, page), got;
	char *raw = arena_bytes(a, ANSWER_MOST);
	int fd = reach(path);
	size_t n = 0, head;
	ssize_t part = fd < 0 ? -1 : send(fd, sent.at, sent.len,
	    MSG_NOSIGNAL);

	while (part > 0 && n < ANSWER_MOST &&
	    (part = recv(fd, raw + n, ANSWER_MOST - n, 0)) > 0)
		n += (size_t)part;
	if (fd >= 0)
		close(fd);
	got = output(a, (struct str){ raw, n });
	head = str_find(got, STR("\r\n\r\n"));
	if (part < 0 || head == (size_t)-1)
		return false;
	*body = str_cut(got, head + 4, got.len);
	return true;
}
