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

bool
wire_json_object(struct str text)
{
	json_t *root = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES,
	    NULL);
	bool good = json_is_object(root);

	json_decref(root);
	return good;
}
