/* session.c: who somebody is, as claims in a v4.public token. */
#include <string.h>

#include "seal/internal.h"

enum { AHEAD = 60 * 1000000 };		/* usec another node's clock may be */

/* ---- writing: one JSON object, always of this shape ---- */

static void
put_text(struct buf *b, struct str s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c == '"' || c == '\\')
			buf_char(b, '\\');
		if (c < 0x20)
			buf_fmt(b, "\\u%04x", c);
		else
			buf_char(b, (char)c);
	}
}

enum err
seal_session_make(const struct seal_keys *keys, struct arena *a,
    const char *site, const struct session *s, struct str *ret)
{
	char person[UUID_TEXT], id[UUID_TEXT];
	char made[CLOCK_TEXT], ends[CLOCK_TEXT];
	struct buf b = buf_new(a, 512);

	uuid_text(&s->person, person);
	uuid_text(&s->id, id);
	clock_rfc3339(s->made, made);
	clock_rfc3339(s->ends, ends);
	buf_fmt(&b, "{\"sub\":\"%s\",\"jti\":\"%s\",\"iat\":\"%s\","
	    "\"exp\":\"%s\",", person, id, made, ends);
	buf_fmt(&b, "\"account\":%s,\"role\":\"%s\",\"epoch\":%lld,\"name\":\"",
	    s->has_account ? "true" : "false", model_role_name(s->role),
	    (long long)s->epoch);
	put_text(&b, s->name);
	buf_lit(&b, "\"}");
	return seal_token_sign(keys, a, buf_view(&b),
	    seal_implicit(a, site, "session"), ret);
}

/* ---- reading: that shape and no other ---- */

static bool
skip(struct str *rest, const char *literal)
{
	if (!str_begins(*rest, literal))
		return false;
	*rest = str_cut(*rest, strlen(literal), rest->len);
	return true;
}

/* What stands before `until`, which is taken off too. */
static bool
take(struct str *rest, const char *until, struct str *ret)
{
	size_t at = str_find(*rest, str_of(until));

	if (at == (size_t)-1)
		return false;
	*ret = str_cut(*rest, 0, at);
	*rest = str_cut(*rest, at + strlen(until), rest->len);
	return true;
}

/* One \u00XX of a control character, as put_text writes it. */
static bool
unescape_control(struct str s, size_t at, char *ret)
{
	static const char digits[] = "0123456789abcdef";
	const char *low;

	if (at + 6 > s.len || memcmp(s.at + at, "\\u00", 4) != 0 ||
	    (s.at[at + 4] != '0' && s.at[at + 4] != '1') ||
	    (low = memchr(digits, s.at[at + 5], 16)) == NULL)
		return false;
	*ret = (char)((s.at[at + 4] - '0') * 16 + (low - digits));
	return true;
}

/* The text of a JSON string that ends where s ends. */
static bool
unescape(struct arena *a, struct str s, struct str *ret)
{
	struct buf b = buf_new(a, s.len + 1);
	size_t i;

	for (i = 0; i < s.len; i++) {
		char c = s.at[i];

		if (c == '"' || (unsigned char)c < 0x20)
			return false;
		if (c == '\\') {
			if (i + 1 < s.len &&
			    (s.at[i + 1] == '"' || s.at[i + 1] == '\\'))
				c = s.at[++i];
			else if (unescape_control(s, i, &c))
				i += 5;
			else
				return false;
		}
		buf_char(&b, c);
	}
	*ret = buf_view(&b);
	return text_valid(*ret);
}

static bool
claims_read(struct arena *a, struct str rest, struct session *s)
{
	struct str person, id, made, ends, account, role, epoch;

	if (!skip(&rest, "{\"sub\":\"") ||
	    !take(&rest, "\",\"jti\":\"", &person) ||
	    !take(&rest, "\",\"iat\":\"", &id) ||
	    !take(&rest, "\",\"exp\":\"", &made) ||
	    !take(&rest, "\",\"account\":", &ends) ||
	    !take(&rest, ",\"role\":\"", &account) ||
	    !take(&rest, "\",\"epoch\":", &role) ||
	    !take(&rest, ",\"name\":\"", &epoch) || !str_ends(rest, "\"}"))
		return false;
	rest.len -= 2;
	s->has_account = str_is(account, "true");
	return uuid_parse(person, &s->person) && uuid_parse(id, &s->id) &&
	    clock_parse(made, &s->made) &&
	    clock_parse(ends, &s->ends) && model_role_parse(role, &s->role) &&
	    str_int64(epoch, &s->epoch) && unescape(a, rest, &s->name) &&
	    (s->has_account || str_is(account, "false"));
}

enum err
seal_session_read(const struct seal_keys *keys, struct arena *a,
    const char *site, struct str token, struct session *ret)
{
	struct session s = { .has_account = false };
	int64_t now = clock_now();
	struct str claims;
	enum err e;

	e = seal_token_verify(keys, a, token,
	    seal_implicit(a, site, "session"), &claims);
	if (e != OK)
		return e;
	if (!claims_read(a, claims, &s) || now >= s.ends ||
	    s.made > now + AHEAD)
		return ERR_TOKEN_BAD;
	*ret = s;
	return OK;
}
