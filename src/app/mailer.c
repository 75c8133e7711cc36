/* mailer.c: the mail server that the settings name. */
#include <errno.h>
#include <stdio.h>

#include "app/internal.h"

enum { PASSWORD_MAX = 1024 };

static enum err
password_read(struct arena *a, const char *path, struct str *ret,
    struct str *why)
{
	char text[PASSWORD_MAX];
	FILE *file = fopen(path, "re");
	size_t n;

	if (file == NULL) {
		*why = arena_fmt(a, "%s: %s", path, strerror(errno));
		return ERR_FILE;
	}
	n = fread(text, 1, sizeof(text), file);
	fclose(file);
	*ret = arena_str(a, str_trim((struct str){ text, n }));
	if (ret->len > 0 && n < sizeof(text))
		return OK;
	*why = arena_fmt(a, "%s: expected a password of at most %d bytes",
	    path, PASSWORD_MAX - 1);
	return ERR_FILE;
}

enum err
app_mailer_server(struct arena *a, const struct settings *set,
    struct net_server *ret, struct str *why)
{
	*ret = (struct net_server){
		.url = set->mail_server, .tls = set->mail_starttls,
		.ca = set->mail_ca, .login = set->mail_login,
		.password = STR(""), .stop = -1
	};
	return set->mail_password_file[0] == '\0' ? OK :
	    password_read(a, set->mail_password_file, &ret->password, why);
}

static bool
is_ascii(struct str s)
{
	size_t i;

	for (i = 0; i < s.len && (s.at[i] & 0x80) == 0; i++)
		;
	return i == s.len;
}

struct str
app_mailer_ascii(struct arena *a, struct str address)
{
	size_t at = str_find(address, STR("@"));
	struct str domain, ascii;
	bool odd;

	if (at == (size_t)-1)
		return address;
	domain = str_cut(address, at + 1, address.len);
	if (is_ascii(domain) || !markup_host_read(a, domain, &ascii, &odd))
		return address;
	return arena_fmt(a, STR_FMT "@" STR_FMT,
	    STR_ARG(str_cut(address, 0, at)), STR_ARG(ascii));
}

enum err
app_mailer_check(struct str address)
{
	if (net_message_address(address))
		return OK;
	return is_ascii(str_cut(address, 0, str_find(address, STR("@")))) ?
	    ERR_EMAIL_BAD : ERR_EMAIL_LETTERS;
}
