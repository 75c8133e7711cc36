/* draft.c: what a reader sent, cleaned and bounded before anybody sees it. */
#include "model/model.h"

enum { LOCAL_MAX = 64 };		/* bytes, RFC 5321 4.5.3.1.1 */

/* Runs of white space become one space. */
static struct str
squeeze(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.len + 1);
	bool gap = false;
	size_t i = 0;

	while (i < s.len) {
		size_t from = i;

		if (text_space(text_next(s, &i))) {
			gap = true;
			continue;
		}
		if (gap && b.len > 0)
			buf_char(&b, ' ');
		gap = false;
		buf_str(&b, str_cut(s, from, i - from));
	}
	return buf_view(&b);
}

static enum err
check_author(struct arena *a, struct str *author)
{
	enum err e;

	if ((e = text_clean(a, *author, false, author)) != OK)
		return e;
	*author = squeeze(a, *author);
	if (text_blank(*author))
		return ERR_AUTHOR_EMPTY;
	if (text_length(*author) > MODEL_AUTHOR_MAX)
		return ERR_AUTHOR_LONG;
	return OK;
}

static enum err
check_body(struct arena *a, struct str *body)
{
	enum err e;

	if ((e = text_clean(a, *body, true, body)) != OK)
		return e;
	*body = text_trim(*body);
	if (text_blank(*body))
		return ERR_BODY_EMPTY;
	if (text_length(*body) > MODEL_BODY_MAX)
		return ERR_BODY_LONG;
	return OK;
}

/* Labels of letters, digits and '-', at least two; not ASCII is a letter. */
static bool
domain_ok(struct str domain)
{
	struct str label;
	size_t i, n = 0;

	while (str_split(&domain, '.', &label)) {
		if (label.len == 0 || label.len > 63 || label.at[0] == '-' ||
		    label.at[label.len - 1] == '-')
			return false;
		for (i = 0; i < label.len; i++) {
			unsigned char c = (unsigned char)label.at[i];

			if (c < 0x80 && c != '-' && (c < '0' || c > '9') &&
			    ((c | 0x20) < 'a' || (c | 0x20) > 'z'))
				return false;
		}
		n++;
	}
	return n >= 2;
}

/* A sane shape: nobody is written to before they confirm it. */
static bool
email_ok(struct str email)
{
	struct str rest = email, local;
	size_t i;

	if (email.len > MODEL_EMAIL_MAX || !str_split(&rest, '@', &local) ||
	    rest.at == NULL || local.len == 0 || local.len > LOCAL_MAX)
		return false;
	if (local.at[0] == '.' || local.at[local.len - 1] == '.')
		return false;
	for (i = 0; i < local.len; ) {
		int32_t c = text_next(local, &i);

		if (text_space(c) || (c < 0x80 &&
		    str_find(STR("()<>[]:;,\\\""),
		    (struct str){ &local.at[i - 1], 1 }) != (size_t)-1))
			return false;
	}
	return domain_ok(rest);
}

static enum err
check_email(struct arena *a, struct str *email)
{
	enum err e;

	if ((e = text_clean(a, *email, false, email)) != OK)
		return e;
	*email = text_trim(*email);
	return email->len == 0 || email_ok(*email) ? OK : ERR_EMAIL_BAD;
}

enum err
model_draft_check(struct arena *a, struct draft *d)
{
	enum err e;

	if ((e = check_author(a, &d->author)) != OK ||
	    (e = check_body(a, &d->body)) != OK)
		return e;
	return check_email(a, &d->email);
}

struct str
model_draft_domain(struct arena *a, const struct draft *d)
{
	size_t at = str_find(d->email, STR("@")), i;
	char *text;

	if (at == (size_t)-1)
		return STR("");
	text = arena_cstr(a, str_cut(d->email, at + 1, d->email.len));
	for (i = 0; text[i] != '\0'; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] - 'A' + 'a');
	return str_of(text);
}
