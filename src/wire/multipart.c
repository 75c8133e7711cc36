/* multipart.c: a multipart/form-data body without files (RFC 7578). */
#include "wire/internal.h"

enum { BOUNDARY_MAX = 70, PART_HEAD_MAX = 1024 };	/* RFC 2046 */

struct part {
	bool named;
	struct str name;
};

/* Takes what lies before the mark off *rest, and the mark. */
static bool
take_until(struct str *rest, struct str mark, struct str *ret)
{
	size_t at = str_find(*rest, mark);

	if (at == (size_t)-1)
		return false;
	*ret = str_cut(*rest, 0, at);
	*rest = str_cut(*rest, at + mark.len, rest->len);
	return true;
}

/* Browsers escape these three in a name (WHATWG HTML, section 4.10.21.8). */
static struct str
name_decode(struct arena *arena, struct str raw)
{
	static const struct {
		const char *escape;
		char c;
	} known[] = { { "%22", '"' }, { "%0D", '\r' }, { "%0A", '\n' } };
	char *at = arena_alloc(arena, raw.len + 1);
	size_t i, k, n = 0;

	for (i = 0; i < raw.len; i++) {
		at[n++] = raw.at[i];
		for (k = 0; k < COUNT(known); k++)
			if (str_begins(str_cut(raw, i, 3), known[k].escape)) {
				at[n - 1] = known[k].c;
				i += 2;
				break;
			}
	}
	return (struct str){ at, n };
}

static enum err
disposition(struct arena *arena, struct str value, struct part *part)
{
	struct str name, file;

	if (part->named || !str_eq_nocase(wire_media(value), "form-data") ||
	    !wire_media_param(arena, value, "name", &name) || name.len == 0)
		return ERR_SYNTAX;
	if (wire_media_param(arena, value, "filename", &file) ||
	    wire_media_param(arena, value, "filename*", &file))
		return ERR_FIELD_TYPE;
	part->name = name_decode(arena, name);
	part->named = true;
	return OK;
}

static enum err
part_header(struct arena *arena, struct str line, struct part *part)
{
	struct str key;

	if (!str_split(&line, ':', &key) || line.at == NULL)
		return ERR_SYNTAX;
	line = str_trim(line);
	if (str_eq_nocase(key, "Content-Disposition"))
		return disposition(arena, line, part);
	if (str_eq_nocase(key, "Content-Transfer-Encoding") &&
	    !str_eq_nocase(line, "8bit") && !str_eq_nocase(line, "binary") &&
	    !str_eq_nocase(line, "7bit"))
		return ERR_SYNTAX;
	return OK;
}

static enum err
part_head(struct arena *arena, struct str *rest, struct part *part)
{
	struct str line;
	enum err e = OK;

	*part = (struct part){ false, { "", 0 } };
	while (e == OK) {
		if (!take_until(rest, STR("\r\n"), &line) ||
		    line.len > PART_HEAD_MAX)
			return ERR_SYNTAX;
		if (line.len == 0)
			return part->named ? OK : ERR_SYNTAX;
		e = part_header(arena, line, part);
	}
	return e;
}

/* rest begins after the first delimiter; each part ends with another. */
static enum err
parts(struct request *rq, struct str rest, struct str delimiter)
{
	struct part part;
	struct str value;
	enum err e;

	while (!str_begins(rest, "--")) {
		if (!str_begins(rest, "\r\n"))
			return ERR_SYNTAX;
		rest = str_cut(rest, 2, rest.len);
		if ((e = part_head(rq->arena, &rest, &part)) != OK)
			return e;
		if (!take_until(&rest, delimiter, &value))
			return ERR_SYNTAX;
		if ((e = wire_form_add(rq, part.name, value)) != OK)
			return e;
	}
	return OK;
}

enum err
wire_form_multipart(struct request *rq)
{
	struct str boundary, delimiter, first;

	if (!wire_media_param(rq->arena, rq->content_type, "boundary",
	    &boundary) || boundary.len == 0 || boundary.len > BOUNDARY_MAX)
		return ERR_SYNTAX;
	delimiter = arena_fmt(rq->arena, "\r\n--" STR_FMT,
	    STR_ARG(boundary));
	first = str_cut(delimiter, 2, delimiter.len);
	if (!str_begins(rq->body, first.at))
		return ERR_SYNTAX;
	return parts(rq, str_cut(rq->body, first.len, rq->body.len),
	    delimiter);
}
