/* cookie.c: the session's cookie (RFC 6265; DESIGN section 9). */
#include "wire/internal.h"

#define PLAIN	"foyer_session"
#define MARKER	"foyer_here"	/* for scripts: there is a session */

struct str
wire_cookie_get(const struct request *rq, const char *name)
{
	struct str rest = rq->cookie, pair, key;

	while (str_split(&rest, ';', &pair)) {
		pair = str_trim(pair);
		if (str_split(&pair, '=', &key) && pair.at != NULL &&
		    str_is(key, name))
			return pair;
	}
	return (struct str){ "", 0 };
}

static struct str
without_port(struct str host)
{
	size_t i = host.len;

	while (i > 0 && host.at[i - 1] >= '0' && host.at[i - 1] <= '9')
		i--;
	return i > 0 && host.at[i - 1] == ':' ? str_cut(host, 0, i - 1) : host;
}

/* 127.0.0.0/8 in four numbers: "127.evil.example" is a name. */
static bool
loopback_number(struct str host)
{
	int64_t n;
	struct str part;
	int parts = 0;

	if (!str_begins(host, "127."))
		return false;
	while (str_split(&host, '.', &part)) {
		if (!str_int64(part, &n) || n < 0 || n > 255)
			return false;
		parts++;
	}
	return parts == 4;
}

static bool
loopback(struct str host)
{
	host = without_port(host);
	return str_eq_nocase(host, "localhost") || str_is(host, "[::1]") ||
	    str_ends(host, ".localhost") || loopback_number(host);
}

static bool
plain(const struct request *rq)
{
	return !rq->https && loopback(rq->host);
}

const char *
wire_cookie_name(const struct request *rq)
{
	return plain(rq) ? PLAIN : "__Host-" PLAIN;
}

void
wire_cookie_set(const struct request *rq, struct response *rs,
    struct str value, int64_t life)
{
	const char *reach = rq->across ? "None; Secure; Partitioned" :
	    plain(rq) ? "Lax" : "Lax; Secure";

	wire_header(rs, "Set-Cookie", arena_fmt(rs->arena,
	    "%s=" STR_FMT "; Path=/; Max-Age=%lld; HttpOnly; SameSite=%s",
	    wire_cookie_name(rq), STR_ARG(value), (long long)life, reach));
	wire_header(rs, "Set-Cookie", arena_fmt(rs->arena,
	    MARKER "=1; Path=/; Max-Age=%lld; SameSite=%s",
	    (long long)life, reach));
}
