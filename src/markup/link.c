/* link.c: which addresses we link to, and how they are written. */
#include <string.h>

#include "markup/internal.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* What RFC 3986 lets stand for itself after the host; '%' is taken to be an
 * escape already. */
static bool
is_url(char c)
{
	return is_alnum(c) || (c != '\0' &&
	    strchr("-._~:/?#@!$&'()*+,;=%", c) != NULL);
}

static void
put_escaped(struct buf *b, struct str s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		if (is_url(s.at[i]))
			buf_char(b, s.at[i]);
		else
			buf_fmt(b, "%%%02X", (unsigned char)s.at[i]);
	}
}

/* Bytes of the port with its colon at the end of `authority`, which may be 0;
 * a port that is none stays in the host, which then is none. */
static size_t
port_len(struct str authority)
{
	size_t n = 0;

	while (n < authority.len && n < 5 &&
	    is_digit(authority.at[authority.len - 1 - n]))
		n++;
	return n > 0 && n < authority.len &&
	    authority.at[authority.len - 1 - n] == ':' ? n + 1 : 0;
}

static size_t
authority_len(struct str s)
{
	size_t i = 0;

	while (i < s.len && strchr("/?#", s.at[i]) == NULL)
		i++;
	return i;
}

static bool
read_http(struct arena *a, const char *scheme, struct str rest,
    struct markup_target *ret)
{
	struct str authority = str_cut(rest, 0, authority_len(rest));
	struct str path = str_cut(rest, authority.len, rest.len);
	size_t port = port_len(authority);
	struct str host = str_cut(authority, 0, authority.len - port);
	struct buf url = buf_new(a, rest.len * 2 + 16);

	/* Neither "user@host", which is there to mislead, nor "[v6]". */
	if (!markup_host_read(a, host, &ret->link.host, &ret->odd))
		return false;
	buf_lit(&url, scheme);
	buf_str(&url, ret->link.host);
	buf_str(&url, str_cut(authority, host.len, port));
	if (ret->odd)
		ret->shown = arena_fmt(a, STR_FMT STR_FMT,
		    STR_ARG(buf_view(&url)), STR_ARG(path));
	put_escaped(&url, path);
	ret->link.url = buf_view(&url);
	return true;
}

/* An address alone: "?subject=" and the like make it no link. */
static bool
read_mail(struct arena *a, struct str rest, struct markup_target *ret)
{
	size_t at = 0;

	while (at < rest.len && (is_alnum(rest.at[at]) ||
	    strchr("._+-", rest.at[at]) != NULL))
		at++;
	if (at == 0 || at == rest.len || rest.at[at] != '@' ||
	    !markup_host_read(a, str_cut(rest, at + 1, rest.len),
	    &ret->link.host, &ret->odd))
		return false;
	ret->link.url = arena_fmt(a, "mailto:" STR_FMT "@" STR_FMT, (int)at,
	    rest.at, STR_ARG(ret->link.host));
	if (ret->odd)
		ret->shown = str_cut(ret->link.url, 7, ret->link.url.len);
	return true;
}

bool
markup_link_read(struct arena *a, struct str url, struct markup_target *ret)
{
	struct str shown = arena_str(a, url);
	size_t i;

	*ret = (struct markup_target){ .shown = shown };
	if (url.len > MARKUP_URL_MAX)
		return false;
	for (i = 0; i < url.len; i++)
		if ((unsigned char)url.at[i] < 0x20 || url.at[i] == 0x7f)
			return false;
	if (str_eq_nocase(str_cut(url, 0, 7), "http://"))
		return read_http(a, "http://", str_cut(url, 7, url.len), ret);
	if (str_eq_nocase(str_cut(url, 0, 8), "https://"))
		return read_http(a, "https://", str_cut(url, 8, url.len), ret);
	if (!str_eq_nocase(str_cut(url, 0, 7), "mailto:"))
		return false;
	ret->shown = str_cut(shown, 7, shown.len);
	return read_mail(a, str_cut(url, 7, url.len), ret);
}

/* Letters of any script go on; quotes, dashes and spaces end a URL. */
static bool
goes_on(int32_t c)
{
	if (c < 0x80)
		return c > 0 && is_url((char)c);
	return c >= 0xa0 && !text_space(c) && c != 0xab && c != 0xbb &&
	    (c < 0x2000 || c > 0x206f) && (c < 0x3000 || c > 0x3003) &&
	    (c < 0x3008 || c > 0x3011) && (c < 0xfdd0 || c > 0xfdef);
}

/* Without the punctuation of the sentence around it: a last ")" goes unless
 * it was opened within. */
static size_t
trim_end(struct str url)
{
	size_t i, n = url.len;
	long open = 0;

	for (i = 0; i < n; i++)
		open += (url.at[i] == '(') - (url.at[i] == ')');
	while (n > 0 && (strchr(".,:;!?'*_~", url.at[n - 1]) != NULL ||
	    (url.at[n - 1] == ')' && open < 0))) {
		open += url.at[n - 1] == ')';
		n--;
	}
	return n;
}

size_t
markup_link_bare(struct str s, size_t i, size_t *run)
{
	struct str rest = str_cut(s, i, s.len);
	size_t at, end;

	*run = 0;
	if ((s.at[i] | 0x20) != 'h' || (i > 0 && is_alnum(s.at[i - 1])))
		return 0;
	if (str_eq_nocase(str_cut(rest, 0, 7), "http://"))
		at = 7;
	else if (str_eq_nocase(str_cut(rest, 0, 8), "https://"))
		at = 8;
	else
		return 0;
	for (end = at; end < rest.len && goes_on(text_next(rest, &at)); )
		end = at;
	*run = end;
	return trim_end(str_cut(rest, 0, end));
}
