/* value.c: one typed value: is it good, what would be, into its member. */
#include <string.h>

#include "settings/internal.h"

#define LOWER	"abcdefghijklmnopqrstuvwxyz"
#define UPPER	"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS	"0123456789"

static const struct {
	const char *name;
	enum log_level level;
} levels[] = {
	{ "error", LOG_ERROR }, { "warn", LOG_WARN }, { "note", LOG_NOTE },
	{ "debug", LOG_DEBUG }
};

static bool
made_of(struct str s, const char *letters)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (strchr(letters, s.at[i]) == NULL)
			return false;
	return true;
}

/* Takes one of the two schemes off. */
static bool
has_scheme(struct str *s, const char *one, const char *other)
{
	const char *scheme = str_begins(*s, one) ? one : other;

	if (!str_begins(*s, scheme))
		return false;
	*s = str_cut(*s, strlen(scheme), s->len);
	return true;
}

/* A host and perhaps a port. */
static bool
is_host(struct str s)
{
	struct str host, port;

	if (str_begins(s, "[")) {
		size_t end = str_find(s, STR("]"));

		return end != (size_t)-1 &&
		    made_of(str_cut(s, 1, end - 1), DIGITS "abcdefABCDEF:.") &&
		    (end + 1 == s.len || (s.at[end + 1] == ':' &&
			end + 2 < s.len &&
			made_of(str_cut(s, end + 2, s.len), DIGITS)));
	}
	if (!str_split(&s, ':', &host) || host.len == 0 ||
	    !made_of(host, LOWER UPPER DIGITS "-."))
		return false;
	port = s;
	return s.at == NULL || (port.len > 0 && port.len <= 5 &&
	    made_of(port, DIGITS));
}

/* RFC 6454 section 6.2. */
static bool
is_origin(struct str s)
{
	return has_scheme(&s, "https://", "http://") && is_host(s);
}

static bool
is_mailer(struct str s)
{
	return s.len == 0 || (has_scheme(&s, "smtp://", "smtps://") &&
	    is_host(s));
}

/* An address, of which nothing needs to be quoted. */
static bool
is_mail(struct str s)
{
	struct str rest = s, local;

	return s.len == 0 || (str_split(&rest, '@', &local) && local.len > 0 &&
	    made_of(local, LOWER UPPER DIGITS "!#$%&'*+-/=?^_`{|}~.") &&
	    rest.len > 0 && made_of(rest, LOWER UPPER DIGITS "-."));
}

/* The prefix of review pages, beside /foyer/ and never inside it. */
static bool
is_prefix(struct str s)
{
	return str_begins(s, "/") && str_ends(s, "/") &&
	    !str_begins(s, "/foyer/") &&
	    made_of(s, LOWER UPPER DIGITS "/-_.~") &&
	    str_find(s, STR("//")) == (size_t)-1 &&
	    str_find(s, STR("/./")) == (size_t)-1 &&
	    str_find(s, STR("/../")) == (size_t)-1;
}

/* The shape of RFC 5646 section 2.1: subtags of letters and digits. */
static bool
is_language(struct str s)
{
	struct str part;
	bool first = true;

	while (str_split(&s, '-', &part)) {
		if (part.len < (first ? 2 : 1) || part.len > 8 ||
		    !made_of(part, first ? LOWER UPPER : LOWER UPPER DIGITS))
			return false;
		first = false;
	}
	return true;
}

static bool
is_addresses(struct str s)
{
	struct str word;

	while (str_split(&s, ' ', &word))
		if (word.len > 0 && !address_range_good(word))
			return false;
	return true;
}

static bool
text_good(enum settings_kind kind, struct str s)
{
	switch (kind) {
	case SETTINGS_WORD:
		return made_of(s, LOWER DIGITS "-");
	case SETTINGS_GROUP:
		return made_of(s, LOWER UPPER DIGITS "_-.") &&
		    !str_begins(s, "-");
	case SETTINGS_PATH:	/* "" only where the row's least is 0 */
		return s.len == 0 || str_begins(s, "/");
	case SETTINGS_ORIGIN:
		return is_origin(s);
	case SETTINGS_PREFIX:
		return is_prefix(s);
	case SETTINGS_LANGUAGE:
		return is_language(s);
	case SETTINGS_ADDRESSES:
		return is_addresses(s);
	case SETTINGS_MAILER:
		return is_mailer(s);
	case SETTINGS_MAIL:
		return is_mail(s);
	case SETTINGS_ROLE:
		return s.len == 0 || str_is(s, "reviewer") ||
		    str_is(s, "moderator") || str_is(s, "owner");
	default:
		return true;
	}
}

static bool
level_set(struct str value, enum log_level *ret)
{
	size_t i;

	for (i = 0; i < COUNT(levels); i++) {
		if (!str_is(value, levels[i].name))
			continue;
		if (ret != NULL)
			*ret = levels[i].level;
		return true;
	}
	return false;
}

static bool
format_set(struct str value, enum log_format *ret)
{
	static const char *const names[] = { [LOG_TEXT] = "text",
	    [LOG_PAIRS] = "pairs", [LOG_JSON] = "json" };
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		if (!str_is(value, names[i]))
			continue;
		if (ret != NULL)
			*ret = (enum log_format)i;
		return true;
	}
	return false;
}

static bool
flag_set(struct str value, bool *ret)
{
	if (!str_is(value, "true") && !str_is(value, "false"))
		return false;
	if (ret != NULL)
		*ret = str_is(value, "true");
	return true;
}

static bool
number_set(const struct settings_row *row, struct str value, int *ret)
{
	int64_t n;

	if (!str_int64(value, &n) || n < row->least || n > row->most)
		return false;
	if (ret != NULL)
		*ret = (int)n;
	return true;
}

bool
settings_value_set(struct arena *a, const struct settings_row *row,
    struct str value, void *base)
{
	void *at = base != NULL ? (char *)base + row->at : NULL;

	switch (row->kind) {
	case SETTINGS_NUMBER:
		return number_set(row, value, at);
	case SETTINGS_FLAG:
		return flag_set(value, at);
	case SETTINGS_LEVEL:
		return level_set(value, at);
	case SETTINGS_FORMAT:
		return format_set(value, at);
	default:
		break;
	}
	if (value.len < (size_t)row->least || value.len > (size_t)row->most ||
	    !text_good(row->kind, value))
		return false;
	if (at != NULL)
		*(const char **)at = arena_cstr(a, value);
	return true;
}

struct str
settings_value_expected(struct arena *a, const struct settings_row *row)
{
	switch (row->kind) {
	case SETTINGS_NUMBER:
		return arena_fmt(a, "a whole number from %d to %d", row->least,
		    row->most);
	case SETTINGS_FLAG:
		return STR("true or false");
	case SETTINGS_LEVEL:
		return STR("error, warn, note or debug");
	case SETTINGS_FORMAT:
		return STR("text, pairs or json");
	case SETTINGS_TEXT:
		return arena_fmt(a, "a text of %d to %d bytes", row->least,
		    row->most);
	case SETTINGS_WORD:
		return arena_fmt(a, "%d to %d of a to z, 0 to 9 and -",
		    row->least, row->most);
	case SETTINGS_GROUP:
		return STR("the name of a group, or \"\"");
	case SETTINGS_PATH:
		return arena_fmt(a, "an absolute path of at most %d bytes%s",
		    row->most, row->least == 0 ? ", or \"\"" : "");
	case SETTINGS_ORIGIN:
		return STR("an origin like https://journal.example, with "
		    "nothing after the host or port");
	case SETTINGS_PREFIX:
		return STR("a path like /reviews/, outside /foyer/");
	case SETTINGS_LANGUAGE:
		return STR("a language tag like en or pt-BR");
	case SETTINGS_ADDRESSES:
		return STR("addresses or ranges like 127.0.0.0/8 with "
		    "spaces between, or \"\"");
	case SETTINGS_MAILER:
		return STR("a server like smtp://mail.example:587 or "
		    "smtps://mail.example, or \"\"");
	case SETTINGS_MAIL:
		return STR("a mail address, or \"\"");
	case SETTINGS_ROLE:
		return STR("reviewer, moderator, owner or \"\"");
	}
	return STR("another value");
}
