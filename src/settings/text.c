/* text.c: the file's text, made safe for libconfuse's scanner. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "settings/internal.h"

enum { FILE_MAX = 64 * 1024, DEPTH_MAX = 2 };

const char *
settings_file(void)
{
	const char *file = getenv("FOYER_CONF");

	return file != NULL && file[0] != '\0' ? file :
	    "/etc/foyer/foyer.conf";
}

static enum err
fault(struct settings_fault *f, int line, struct str sentence)
{
	*f = (struct settings_fault){ line, sentence };
	return line > 0 ? ERR_SYNTAX : ERR_FILE;
}

enum err
settings_text_read(struct arena *a, const char *file, struct str *ret,
    struct settings_fault *f)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	char *text = arena_alloc(a, FILE_MAX + 1);
	size_t len = 0;
	ssize_t n = -1;

	if (fd >= 0)
		while ((n = read(fd, text + len, FILE_MAX - len)) > 0)
			len += (size_t)n;
	if (n < 0) {
		const char *why = strerror(errno);

		if (fd >= 0)
			close(fd);
		return fault(f, 0, arena_fmt(a, "%s; expected the settings, "
		    "see foyer.conf(5)", why));
	}
	close(fd);
	if (len == FILE_MAX)
		return fault(f, 0, arena_fmt(a, "expected less than %d bytes",
		    FILE_MAX));
	*ret = (struct str){ text, len };
	return OK;
}

/* ---- the check: one pass over the characters ---- */

struct scan {
	char *p;			/* at the character looked at */
	int line;
	int open[DEPTH_MAX + 1];	/* lines of braces not closed yet */
	int depth;
	const char *why;		/* NULL while all is well */
};

static void
scan_comment(struct scan *s)
{
	while (*s->p != '\0' && *s->p != '\n')
		*s->p++ = ' ';
}

static void
scan_double(struct scan *s)
{
	for (s->p++; *s->p != '"'; s->p++) {
		if (*s->p == '\0' || *s->p == '\n') {
			s->why = "expected a closing \" on this line";
			return;
		}
		if (s->p[0] == '$' && s->p[1] == '{') {
			s->why = "expected no ${ in double quotes; use single "
			    "ones";
			return;
		}
		if (*s->p == '\\' && *++s->p != '"' && *s->p != '\\') {
			s->why = "expected \\\" or \\\\ after a backslash; or "
			    "use single quotes";
			return;
		}
	}
	s->p++;
}

static void
scan_single(struct scan *s)
{
	for (s->p++; *s->p != '\''; s->p++) {
		if (*s->p == '\0' || *s->p == '\n') {
			s->why = "expected a closing ' on this line";
			return;
		}
		if (*s->p == '\\' && (s->p[1] == '\'' || s->p[1] == '\\'))
			s->p++;
	}
	s->p++;
}

static void
scan_brace(struct scan *s)
{
	if (*s->p == '}' && s->depth > 0)
		s->depth--;
	else if (*s->p == '{' && s->depth < DEPTH_MAX)
		s->open[s->depth++] = s->line;
	else if (*s->p == '{')
		s->why = "expected no { so deep";
	s->p++;
}

/* A character outside quotes and comments. */
static void
scan_bare(struct scan *s)
{
	char before = s->p[-1], c = *s->p, next = s->p[1];

	if (strchr("\\*()", c) != NULL || (c == '$' && next == '{'))
		s->why = "expected quotes around a value with such characters";
	else if (c == '/' && (next == '*' ||
	    (next == '/' && strchr(" \t\n={,", before) != NULL)))
		s->why = "expected # before a comment";
	else if (c == '\n')
		s->line++;
	s->p++;
}

static void
scan_step(struct scan *s)
{
	switch (*s->p) {
	case '#':
		scan_comment(s);
		break;
	case '"':
		scan_double(s);
		break;
	case '\'':
		scan_single(s);
		break;
	case '{':
	case '}':
		scan_brace(s);
		break;
	default:
		scan_bare(s);
		break;
	}
}

/* Each line UTF-8 without control characters but tab; CRLF ends one too. */
static enum err
check_lines(char *text, size_t len, struct settings_fault *f)
{
	struct str rest = { text, len }, line;
	int number = 0;
	size_t i;

	while (str_split(&rest, '\n', &line)) {
		number++;
		if (str_ends(line, "\r"))
			text[(size_t)(line.at - text) + --line.len] = ' ';
		if (!text_valid(line))
			return fault(f, number, STR("expected UTF-8 text"));
		for (i = 0; i < line.len; i++)
			if ((line.at[i] >= 0 && line.at[i] < ' ' &&
			    line.at[i] != '\t') || line.at[i] == 0x7f)
				return fault(f, number,
				    STR("expected no control characters"));
	}
	return OK;
}

enum err
settings_text_check(struct arena *a, struct str text, char **ret,
    struct settings_fault *f)
{
	/* A newline before, so that a character is before the first. */
	char *copy = arena_alloc(a, text.len + 2);
	struct scan s = { .p = copy + 1, .line = 1 };
	enum err e;

	copy[0] = '\n';
	if (text.len > 0)
		memcpy(copy + 1, text.at, text.len);
	if ((e = check_lines(copy + 1, text.len, f)) != OK)
		return e;
	while (*s.p != '\0' && s.why == NULL)
		scan_step(&s);
	if (s.why != NULL)
		return fault(f, s.line, str_of(s.why));
	if (s.depth > 0)
		return fault(f, s.open[s.depth - 1],
		    STR("expected a } for this {"));
	*ret = copy + 1;
	return OK;
}
