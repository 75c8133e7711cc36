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
