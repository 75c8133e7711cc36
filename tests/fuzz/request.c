/* request.c: a web server's variables and a body become a sound request. */
#include "fuzz.h"
#include "wire/internal.h"

struct pairs {
	char *names[32], *values[32];
	size_t n;
};

static const char *
value(const char *name, void *ctx)
{
	const struct pairs *p = ctx;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (strcmp(p->names[i], name) == 0)
			return p->values[i];
	return NULL;
}

/* "NAME=value" a line, an empty one, the body. */
static void
read_pairs(struct arena *arena, struct str *in, struct pairs *p)
{
	struct str line, name;

	while ((line = fuzz_line(in)).len > 0 && p->n < COUNT(p->names)) {
		if (!str_split(&line, '=', &name))
			continue;
		p->names[p->n] = arena_cstr(arena, name);
		p->values[p->n++] = arena_cstr(arena, line);
	}
}

static void
check_fields(const struct wire_field *all, size_t n)
{
	assert(n <= WIRE_FIELDS_MAX);
	while (n-- > 0)
		assert(text_valid(all[n].name) && text_valid(all[n].value));
}

static void
check_origin(const struct request *rq)
{
	static const char *const allowed[] = { "https://www.journal.example" };
	struct str header = rq->language, tag;
	int weight;

	while (wire_language(&header, &tag, &weight))
		assert(weight >= 0 && weight <= 1000);
	(void)wire_origin(rq, "https://journal.example", allowed, 1);
	(void)wire_cookie_get(rq, wire_cookie_name(rq));
}

void
fuzz_one(struct arena *arena, struct str in)
{
	struct request *rq = arena_alloc(arena, sizeof(*rq));
	struct wire_field fields[8];
	struct pairs pairs = { .n = 0 };
	size_t n;

	read_pairs(arena, &in, &pairs);
	rq->arena = arena;
	rq->body = str_cut(in, 0, WIRE_BODY_MAX);
	wire_request_fill(rq, value, &pairs);
	if (rq->refused != OK) {
		assert(rq->path.len == 0 && rq->body.len == 0);
		return;
	}
	assert(rq->path.len > 0 && rq->path.at[0] == '/');
	check_origin(rq);
	if (wire_query_read(rq) == OK)
		check_fields(rq->args, rq->nargs);
	if (wire_form_read(rq) == OK)
		check_fields(rq->fields, rq->nfields);
	if (wire_json_fields(arena, rq->body, fields, COUNT(fields),
	    &n) == OK)
		check_fields(fields, n);
}
