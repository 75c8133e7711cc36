/* log.c: a line on standard error, or an entry in systemd's journal. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/base.h"

enum { MESSAGE = 800, LINE = 8192 };

/* Of a message at its longest, all of it escaped, and the fields with it. */
struct line {
	char at[LINE];
	size_t len;
};

static struct {
	const char *who;
	enum log_level most;
	enum log_format format;
	bool journal;			/* standard error ends there */
	int entries;			/* its socket, connected, or -1 */
} out = { "foyer", LOG_NOTE, LOG_TEXT, false, -1 };

static const char *
level_name(enum log_level level)
{
	switch (level) {
	case LOG_ERROR:
		return "error";
	case LOG_WARN:
		return "warn";
	case LOG_NOTE:
		return "note";
	case LOG_DEBUG:
		break;
	}
	return "debug";
}

/* systemd.exec(5): device and inode of what it made our standard error. */
static bool
journal_there(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	uintmax_t dev, inode;
	struct stat st;

	return stream != NULL && fstat(STDERR_FILENO, &st) == 0 &&
	    sscanf(stream, "%ju:%ju", &dev, &inode) == 2 &&
	    dev == (uintmax_t)st.st_dev && inode == (uintmax_t)st.st_ino;
}

/* A connected socket takes plain writes, which a confined process may do. */
static int
journal_open(void)
{
	const struct sockaddr_un name = { .sun_family = AF_UNIX,
	    .sun_path = "/run/systemd/journal/socket" };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && connect(fd, (const struct sockaddr *)&name,
	    sizeof(name)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

void
log_open(const char *who, enum log_level most, enum log_format format)
{
	out.who = who;
	out.most = most;
	out.format = format;
	out.journal = journal_there();
	if (out.journal && out.entries < 0)
		out.entries = journal_open();
}

static void
put(struct line *l, const char *at, size_t n)
{
	if (n > LINE - l->len)
		return;
	memcpy(l->at + l->len, at, n);
	l->len += n;
}

static void
put_cstr(struct line *l, const char *s)
{
	put(l, s, strlen(s));
}

static void
put_number(struct line *l, int64_t n)
{
	char digits[24];

	put(l, digits, (size_t)snprintf(digits, sizeof(digits), "%" PRId64, n));
}

/* A JSON string (RFC 8259, section 7); what is no UTF-8 becomes '?'. */
static void
put_quoted(struct line *l, struct str s)
{
	bool valid = text_valid(s);
	char code[8];
	size_t i;

	put(l, "\"", 1);
	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c == '"' || c == '\\')
			put(l, "\\", 1);
		if (c < ' ' || c == 0x7f)
			put(l, code, (size_t)snprintf(code, sizeof(code),
			    "\\u%04x", c));
		else
			put(l, c < 0x80 || valid ? &s.at[i] : "?", 1);
	}
	put(l, "\"", 1);
}

static bool
plain(struct str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.at[i] <= ' ' || s.at[i] >= 0x7f || s.at[i] == '"' ||
		    s.at[i] == '\\' || s.at[i] == '=')
			return false;
	return s.len > 0;
}

static void
put_field(struct line *l, const struct log_field *f)
{
	bool json = out.format == LOG_JSON;

	put_cstr(l, json ? ",\"" : " ");
	put_cstr(l, f->key);
	put_cstr(l, json ? "\":" : "=");
	if (f->text.at == NULL)
		put_number(l, f->number);
	else if (!json && plain(f->text))
		put(l, f->text.at, f->text.len);
	else
		put_quoted(l, f->text);
}

/* For readers: who says it, then what. */
static void
put_text(struct line *l, struct str message)
{
	if (!out.journal)
		put_cstr(l, "foyerd ");
	put_cstr(l, out.who);
	put_cstr(l, "[");
	put_number(l, getpid());
	put_cstr(l, "]: ");
	put(l, message.at, message.len);
}

/* For programs: each thing by its name. */
static void
put_named(struct line *l, enum log_level level, struct str message)
{
	bool json = out.format == LOG_JSON;
	char now[CLOCK_TEXT];
	size_t i;

	clock_rfc3339(clock_now(), now);
	const struct log_field head[] = {
		{ "level", str_of(level_name(level)), 0 },
		{ "process", str_of(out.who), 0 },
		{ "pid", { NULL, 0 }, getpid() },
		{ "message", message, 0 }
	};
	put_cstr(l, json ? "{\"time\":\"" : "time=");
	put_cstr(l, now);
	put_cstr(l, json ? "\"" : "");
	for (i = 0; i < COUNT(head); i++)
		put_field(l, &head[i]);
}

static void
put_entry_name(struct line *l, const char *key)
{
	put_cstr(l, "\nFOYER_");
	for (; *key != '\0'; key++) {
		char c = *key;

		c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
		put(l, &c, 1);
	}
	put_cstr(l, "=");
}

/* systemd.io/JOURNAL_NATIVE_PROTOCOL: NAME=value, a line each. */
static bool
journal_take(enum log_level level, struct str line,
    const struct log_field *fields, size_t n)
{
	struct line l = { .len = 0 };
	size_t i;

	put_cstr(&l, "SYSLOG_IDENTIFIER=foyerd\nPRIORITY=");
	put_number(&l, level);
	put_entry_name(&l, "process");
	put_cstr(&l, out.who);
	for (i = 0; i < n; i++) {
		put_entry_name(&l, fields[i].key);
		if (fields[i].text.at == NULL)
			put_number(&l, fields[i].number);
		else if (plain(fields[i].text))
			put(&l, fields[i].text.at, fields[i].text.len);
	}
	put_cstr(&l, "\nMESSAGE=");
	put(&l, line.at, line.len);
	put(&l, "\n", 1);
	return write(out.entries, l.at, l.len) >= 0;
}

/* A newline would begin another line, or another name. */
static struct str
one_line(struct line *l)
{
	size_t i;

	for (i = 0; i < l->len; i++)
		if (l->at[i] == '\n')
			l->at[i] = ' ';
	return (struct str){ l->at, l->len };
}

void
log_event(enum log_level level, const char *message,
    const struct log_field *fields, size_t n)
{
	struct line l = { .len = 0 };
	struct str said = str_cut(str_of(message), 0, MESSAGE);
	size_t i;

	if (level > out.most)
		return;
	if (out.format == LOG_TEXT)
		put_text(&l, said);
	else
		put_named(&l, level, said);
	for (i = 0; i < n; i++)
		put_field(&l, &fields[i]);
	if (out.format == LOG_JSON)
		put(&l, "}", 1);
	if (out.entries >= 0 &&
	    journal_take(level, one_line(&l), fields, n))
		return;
	one_line(&l);
	put(&l, "\n", 1);
	if ((out.journal && dprintf(STDERR_FILENO, "<%d>%.*s", level,
	    (int)l.len, l.at) < 0) || (!out.journal &&
	    write(STDERR_FILENO, l.at, l.len) < 0))
		return;		/* nowhere left to say it */
}

void
log_line(enum log_level level, const char *fmt, ...)
{
	char message[MESSAGE];
	va_list ap;

	if (level > out.most)
		return;
	va_start(ap, fmt);
	if (vsnprintf(message, sizeof(message), fmt, ap) < 0)
		message[0] = '\0';
	va_end(ap);
	log_event(level, message, NULL, 0);
}
