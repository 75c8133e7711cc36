/* packets.c: what the filters' processes are sent, cut and changed. */
#include "fuzz.h"
#include "filter/internal.h"

static void
check(struct arena *arena, struct str packet)
{
	const char *links[FILTER_LINKS];
	struct filter_head head;
	struct foyer_comment c = { .nlinks = 0 };
	struct filter_job job;
	uint64_t i;

	(void)filter_job_unpack(arena, packet, &job);
	if (!filter_question_unpack(packet, &head, &c, links))
		return;
	assert(strlen(c.author) <= packet.len && strlen(c.parent) <=
	    packet.len);
	assert(c.body[c.body_len] == '\0');
	for (i = 0; i < c.nlinks; i++)
		assert(strlen(c.links[i]) <= packet.len);
}

static struct str
job(struct arena *arena)
{
	static const struct filter_pair pairs[] = { { "max", "2" } };
	static const struct filter_plugin plugins[] = {
		{ "links", "/lib/links.so", 100, pairs, 1, false, true },
		{ "pace", "/lib/pace.so", 0, NULL, 0, true, false }
	};
	static int seats[] = { 7, 9 }, memories[] = { 13, 15 };
	struct filter_job one = { { .site = "main", .plugins = plugins,
	    .nplugins = 2, .deadline_ms = 50 }, seats, 2, memories };
	struct buf b = buf_new(arena, 256);

	filter_job_pack(&b, &one);
	return buf_view(&b);
}

static struct str
question(struct arena *arena)
{
	static const struct str link = { "http://a.b/c", 12 };
	static const struct draft draft = { .author = { "A", 1 },
	    .body = { "Hello", 5 }, .email = { "a@b.example", 11 } };
	const struct filter_question one = { .draft = &draft,
	    .review_slug = STR("a-film"), .parent_body = STR("What?"),
	    .links = &link, .nlinks = 1 };
	const struct filter_head head = { .sequence = 1 };
	struct buf b = buf_new(arena, 256);

	filter_question_pack(&b, &head, &one);
	return buf_view(&b);
}

/* The bytes as they come; then as changes of sound packets. */
void
fuzz_one(struct arena *arena, struct str in)
{
	check(arena, in);
	check(arena, fuzz_change(arena, job(arena), in));
	check(arena, fuzz_change(arena, question(arena), in));
}
