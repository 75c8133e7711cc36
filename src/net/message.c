/* message.c: a mail as it goes over the wire. */
#include <time.h>

#include "net/net.h"

enum {
	LINE = 74,			/* RFC 2045: 76, with its soft end */
	WORD = 75,			/* RFC 2047: an encoded word */
	ADDRESS = 254			/* RFC 5321 4.5.3.1 */
};

#define WORD_HEAD	"=?utf-8?Q?"
#define WORD_TAIL	"?="

static bool
printable(struct str s, const char *not)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.at[i] <= ' ' || s.at[i] > '~' ||
		    strchr(not, s.at[i]) != NULL)
			return false;
	return s.len > 0;
}

bool
net_message_address(struct str address)
{
	struct str rest = address, local;

	return address.len <= ADDRESS && printable(address, "()<>[]:;,\\\"") &&
	    str_split(&rest, '@', &local) && local.len > 0 && rest.len > 0 &&
	    str_find(rest, STR("@")) == (size_t)-1;
}

static void
hex(struct buf *b, char c)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char u = (unsigned char)c;

	buf_char(b, '=');
	buf_char(b, digits[u >> 4]);
	buf_char(b, digits[u & 15]);
}

static bool
plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* Any text as encoded words, each of whole characters: nothing of it can end
 * the header. */
static void
words(struct buf *b, struct str s)
{
	size_t i = 0, used = WORD;

	while (i < s.len) {
		size_t from = i, need = 0, k;

		text_next(s, &i);
		for (k = from; k < i; k++)
			need += plain(s.at[k]) ? 1 : 3;
		if (used + need + sizeof(WORD_TAIL) - 1 > WORD) {
			buf_lit(b, from == 0 ? WORD_HEAD :
			    WORD_TAIL "\r\n " WORD_HEAD);
			used = sizeof(WORD_HEAD) - 1;
		}
		for (k = from; k < i; k++) {
			if (plain(s.at[k]))
				buf_char(b, s.at[k]);
			else
				hex(b, s.at[k]);
		}
		used += need;
	}
	if (s.len > 0)
		buf_lit(b, WORD_TAIL);
}

/* RFC 5322 3.3, whatever the locale. */
static void
date(struct buf *b, int64_t at)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(at / 1000000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	buf_fmt(b, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\r\n",
	    &days[tm.tm_wday * 3], tm.tm_mday, &months[tm.tm_mon * 3],
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* Quoted-printable (RFC 2045 6.7). */
static void
body(struct buf *b, struct str text)
{
	size_t i, used = 0;

	for (i = 0; i < text.len; i++) {
		char c = text.at[i];
		bool last = i + 1 == text.len || text.at[i + 1] == '\n';
		bool safe = c > ' ' && c <= '~' && c != '=';

		if (c == '\n') {
			buf_lit(b, "\r\n");
			used = 0;
			continue;
		}
		if (used + 3 > LINE) {
			buf_lit(b, "=\r\n");
			used = 0;
		}
		if (safe || (c == ' ' && !last))
			buf_char(b, c);
		else
			hex(b, c);
		used += safe || (c == ' ' && !last) ? 1 : 3;
	}
	buf_lit(b, "\r\n");
}

static bool
good(const struct net_mail *m)
{
	return net_message_address(m->from) && net_message_address(m->to) &&
	    printable(m->id, "<>") &&
	    (m->stop.len == 0 || printable(m->stop, "<>"));
}

enum err
net_message_write(struct buf *b, const struct net_mail *m)
{
	if (!good(m))
		return ERR_SYNTAX;
	date(b, m->at);
	buf_lit(b, "From: ");
	words(b, m->name);
	buf_fmt(b, " <" STR_FMT ">\r\nTo: <" STR_FMT ">\r\nSubject: ",
	    STR_ARG(m->from), STR_ARG(m->to));
	words(b, m->subject);
	buf_fmt(b, "\r\nMessage-ID: <" STR_FMT ">\r\n"
	    "Auto-Submitted: auto-generated\r\n", STR_ARG(m->id));
	if (m->stop.len > 0)
		buf_fmt(b, "List-Unsubscribe: <" STR_FMT ">\r\n"
		    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
		    STR_ARG(m->stop));
	buf_lit(b, "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	body(b, str_trim(m->text));
	return OK;
}
