/* send.c: an answer as FastCGI records, in as few writes as it takes. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "wire/internal.h"

/*
 * FastCGI 1.0, sections 3.3, 5.3 and 5.5. libfcgi would write this too, but 8
 * kB at a time, and each write wakes the web server: a page is worth one.
 */

enum { STDOUT = 6, END_REQUEST = 3 };
enum { HEADER = 8, RECORD_MAX = 65528 };

bool
wire_wait(int fd, short events, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t left;
	int n;

	do {
		left = deadline - clock_mono();
		n = left > 0 ? poll(&p, 1, (int)(left / 1000) + 1) : 0;
	} while (n < 0 && errno == EINTR);
	return n > 0;
}

static void
header(unsigned char at[HEADER], int type, unsigned id, size_t len)
{
	at[0] = 1;
	at[1] = (unsigned char)type;
	at[2] = (unsigned char)(id >> 8);
	at[3] = (unsigned char)id;
	at[4] = (unsigned char)(len >> 8);
	at[5] = (unsigned char)len;
	at[6] = at[7] = 0;
}

static struct iovec
piece(const void *at, size_t len)
{
	return (struct iovec){ (void *)(uintptr_t)at, len };
}

static bool
send_all(int fd, struct iovec *iov, size_t n, int64_t deadline)
{
	while (n > 0) {
		struct msghdr m = { .msg_iov = iov, .msg_iovlen = n };
		ssize_t sent = sendmsg(fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent < 0 && errno != EAGAIN && errno != EINTR)
			return false;
		if (sent < 0) {
			if (!wire_wait(fd, POLLOUT, deadline))
				return false;
			continue;
		}
		while (n > 0 && (size_t)sent >= iov->iov_len) {
			sent -= (ssize_t)iov->iov_len;
			iov++;
			n--;
		}
		if (n > 0)
			*iov = piece((char *)iov->iov_base + sent,
			    iov->iov_len - (size_t)sent);
	}
	return true;
}

bool
wire_send(int fd, unsigned id, const struct str answer[2], int64_t deadline)
{
	unsigned char begin[HEADER], end[3 * HEADER] = { 0 };
	struct str head = answer[0], body = answer[1];
	struct iovec iov[4];
	bool last;

	header(end, STDOUT, id, 0);
	header(end + HEADER, END_REQUEST, id, HEADER);
	do {
		struct str a = str_cut(head, 0, RECORD_MAX);
		struct str b = str_cut(body, 0, RECORD_MAX - a.len);

		head = str_cut(head, a.len, head.len);
		body = str_cut(body, b.len, body.len);
		last = head.len == 0 && body.len == 0;
		header(begin, STDOUT, id, a.len + b.len);
		iov[0] = piece(begin, sizeof(begin));
		iov[1] = piece(a.at, a.len);
		iov[2] = piece(b.at, b.len);
		iov[3] = piece(end, last ? sizeof(end) : 0);
		if (!send_all(fd, iov, COUNT(iov), deadline))
			return false;
	} while (!last);
	return true;
}
