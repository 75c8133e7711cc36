/* wants.c: what a client would rather read: a page or JSON. */
#include <strings.h>

#include "wire/internal.h"

struct str
wire_media(struct str content_type)
{
	struct str type = content_type, rest = content_type;

	str_split(&rest, ';', &type);
	return str_trim(type);
}

static struct str
unquoted(struct arena *arena, struct str s)
{
	char *at;
	size_t i, n = 0;

	if (s.len < 2 || s.at[0] != '"' || s.at[s.len - 1] != '"')
		return s;
	at = arena_alloc(arena, s.len);
	for (i = 1; i < s.len - 1; i++) {
		if (s.at[i] == '\\' && i + 1 < s.len - 1)
			i++;
		at[n++] = s.at[i];
	}
	return (struct str){ at, n };
}

/* Up to the ';' that ends a parameter: one between quotes does not. */
static struct str
param_next(struct str *rest)
{
	bool quoted = false;
	struct str part;
	size_t i;

	for (i = 0; i < rest->len; i++) {
		if (rest->at[i] == '"')
			quoted = !quoted;
		else if (quoted && rest->at[i] == '\\')
			i++;
		else if (!quoted && rest->at[i] == ';')
			break;
	}
	part = str_cut(*rest, 0, i);
	*rest = str_cut(*rest, i + 1, rest->len);
	return part;
}

bool
wire_media_param(struct arena *arena, struct str header, const char *name,
    struct str *ret)
{
	struct str rest = header, key, value;

	param_next(&rest);
	while (rest.len > 0) {
		value = param_next(&rest);
		if (str_split(&value, '=', &key) && value.at != NULL &&
		    str_eq_nocase(str_trim(key), name)) {
			*ret = unquoted(arena, str_trim(value));
			return true;
		}
	}
	return false;
}

/* "0.8" -> 800; what is not a weight is 0. */
static int
weight_read(struct str s)
{
	int q = 0, unit = 1000;
	size_t i;

	for (i = 0; i < s.len && i < 5; i++) {
		if (i == 1 && s.at[i] == '.')
			continue;
		if (s.at[i] < '0' || s.at[i] > '9' || i == 1)
			return 0;
		q += (s.at[i] - '0') * unit;
		unit /= 10;
	}
	return q < 1000 ? q : 1000;
}

static int
weight(struct str params)
{
	struct str part, key;

	while (str_split(&params, ';', &part)) {
		part = str_trim(part);
		if (str_split(&part, '=', &key) && part.at != NULL &&
		    str_eq_nocase(key, "q"))
			return weight_read(part);
	}
	return 1000;
}

/* How exactly a range names a type: 3 itself, 2 its kind, 1 anything. */
static int
fits(struct str range, struct str type)
{
	bool kind = str_ends(range, "/*");

	if (str_is(range, "*/*"))
		return 1;
	if (kind)
		range.len--;
	if (range.len > type.len || (!kind && range.len != type.len) ||
	    strncasecmp(range.at, type.at, range.len) != 0)
		return 0;
	return kind ? 2 : 3;
}

struct liking {
	int exact, weight;
};

static struct liking
liking_of(struct str accept, const char *type)
{
	struct liking best = { 0, 0 };
	struct str range, name;
	int exact;

	while (str_split(&accept, ',', &range)) {
		if (!str_split(&range, ';', &name))
			continue;
		name = str_trim(name);
		exact = name.len > 0 ? fits(name, str_of(type)) : 0;
		if (exact > best.exact)
			best = (struct liking){ exact, weight(range) };
	}
	return best;
}

static struct liking
liking_most(struct str accept, const char *one, const char *other)
{
	struct liking a = liking_of(accept, one);
	struct liking b = liking_of(accept, other);

	return a.weight > b.weight ||
	    (a.weight == b.weight && a.exact > b.exact) ? a : b;
}

bool
wire_language(struct str *header, struct str *tag, int *q)
{
	struct str range;

	while (str_split(header, ',', &range)) {
		if (!str_split(&range, ';', tag))
			continue;
		*tag = str_trim(*tag);
		*q = weight(range);
		return true;
	}
	return false;
}

/* Between equals, the one that is named. */
enum wire_format
wire_wants(struct str content_type, struct str accept)
{
	struct liking json, html;

	if (str_eq_nocase(wire_media(content_type), "application/json"))
		return FORMAT_JSON;
	json = liking_most(accept, "application/json",
	    "application/problem+json");
	html = liking_most(accept, "text/html", "application/xhtml+xml");
	if (json.weight != html.weight)
		return json.weight > html.weight ? FORMAT_JSON : FORMAT_HTML;
	return json.exact > html.exact && json.weight > 0 ? FORMAT_JSON :
	    FORMAT_HTML;
}
