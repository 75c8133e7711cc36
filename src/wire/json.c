/* json.c: a JSON object's fields (RFC 8259, through jansson). */
#include <jansson.h>
#include <stdlib.h>

#include "wire/internal.h"

static enum err
json_trouble(const json_error_t *why)
{
	switch (json_error_code(why)) {
	case json_error_duplicate_key:
		return ERR_FIELD_TWICE;
	case json_error_invalid_utf8:
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return ERR_UTF8;
	default:
		return ERR_JSON;
	}
}

static enum err
value_text(struct arena *arena, const json_t *v, struct str *ret)
{
	switch (json_typeof(v)) {
	case JSON_STRING:
		*ret = arena_str(arena, (struct str){ json_string_value(v),
		    json_string_length(v) });
		return OK;
	case JSON_INTEGER:
		*ret = arena_fmt(arena, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(v));
		return OK;
	case JSON_REAL:
		*ret = arena_fmt(arena, "%.15g", json_real_value(v));
		return OK;
	case JSON_TRUE:
	case JSON_FALSE:
		*ret = json_is_true(v) ? STR("true") : STR("false");
		return OK;
	default:
		return ERR_FIELD_TYPE;
	}
}

/* The one field that may be an object: a passage, kept as its text. */
static bool
anchor_text(struct arena *arena, const char *key, const json_t *v,
    struct str *ret)
{
	char *text;

	if (!json_is_object(v) || !str_is(STR("anchor"), key))
		return false;
	text = json_dumps(v, JSON_COMPACT);
	if (text == NULL)
		return false;
	*ret = arena_str(arena, str_of(text));
	free(text);
	return true;
}

static enum err
object_fields(struct request *rq, json_t *object)
{
	const char *key;
	struct str value;
	json_t *v;
	enum err e;

	json_object_foreach(object, key, v) {
		if (json_is_null(v))
			continue;
		if (!anchor_text(rq->arena, key, v, &value) &&
		    (e = value_text(rq->arena, v, &value)) != OK)
			return e;
		if ((e = wire_form_add(rq, arena_str(rq->arena, str_of(key)),
		    value)) != OK)
			return e;
	}
	return OK;
}

/* jansson refuses nesting past 2048; any nesting is refused after. */
enum err
wire_form_json(struct request *rq)
{
	json_error_t why;
	json_t *root = json_loadb(rq->body.at, rq->body.len,
	    JSON_REJECT_DUPLICATES, &why);
	enum err e;

	if (root == NULL)
		return json_trouble(&why);
	e = json_is_object(root) ? object_fields(rq, root) : ERR_JSON;
	json_decref(root);
	return e;
}

/* What wire_json_fields fills. */
struct flat {
	struct arena *arena;
	struct wire_field *fields;
	size_t n, most;
};

static enum err
flat_add(struct flat *f, struct str outer, const char *key, const json_t *v)
{
	struct wire_field *field = &f->fields[f->n];
	enum err e;

	if (f->n == f->most)
		return ERR_FIELDS_MANY;
	if (!json_is_string(v) && !json_is_integer(v))
		return ERR_FIELD_TYPE;
	if ((e = value_text(f->arena, v, &field->value)) != OK)
		return e;
	field->name = outer.len > 0 ? arena_fmt(f->arena, STR_FMT ".%s",
	    STR_ARG(outer), key) : arena_str(f->arena, str_of(key));
	f->n++;
	return OK;
}

static enum err
flat_inner(struct flat *f, const char *outer, json_t *object)
{
	const char *key;
	json_t *v;
	enum err e;

	json_object_foreach(object, key, v)
		if ((e = flat_add(f, str_of(outer), key, v)) != OK)
			return e;
	return OK;
}

static enum err
flat_outer(struct flat *f, json_t *root)
{
	const char *key;
	json_t *v;
	enum err e;

	if (!json_is_object(root))
		return ERR_JSON;
	json_object_foreach(root, key, v) {
		e = json_is_object(v) ? flat_inner(f, key, v) :
		    flat_add(f, STR(""), key, v);
		if (e != OK)
			return e;
	}
	return OK;
}

enum err
wire_json_fields(struct arena *arena, struct str text,
    struct wire_field *ret, size_t most, size_t *n)
{
	struct flat f = { .arena = arena, .fields = ret, .most = most };
	json_error_t why;
	json_t *root = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES,
	    &why);
	enum err e = root == NULL ? json_trouble(&why) : flat_outer(&f, root);

	json_decref(root);
	*n = f.n;
	return e;
}
