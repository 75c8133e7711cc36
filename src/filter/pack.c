/* pack.c: plans and questions as bytes, and back; bounds are checked. */
#include <string.h>

#include "filter/internal.h"

void
filter_pack_int(struct buf *b, int64_t n)
{
	buf_add(b, &n, sizeof(n));
}

void
filter_pack_str(struct buf *b, struct str s)
{
	filter_pack_int(b, (int64_t)s.len);
	buf_str(b, s);
	buf_char(b, '\0');
}

int64_t
filter_unpack_int(struct filter_reader *r)
{
	int64_t n = 0;

	if (r->bad || r->left < sizeof(n)) {
		r->bad = true;
		return 0;
	}
	memcpy(&n, r->at, sizeof(n));
	r->at += sizeof(n);
	r->left -= sizeof(n);
	return n;
}

struct str
filter_unpack_str(struct filter_reader *r)
{
	int64_t len = filter_unpack_int(r);
	struct str s;

	if (r->bad || len < 0 || (uint64_t)len >= r->left ||
	    r->at[len] != '\0') {
		r->bad = true;
		return STR("");
	}
	s = (struct str){ r->at, (size_t)len };
	r->at += s.len + 1;
	r->left -= s.len + 1;
	return s;
}

/* A count of things that take `least` bytes each. */
static size_t
unpack_count(struct filter_reader *r, size_t least)
{
	int64_t n = filter_unpack_int(r);

	if (n < 0 || (uint64_t)n > r->left / least) {
		r->bad = true;
		return 0;
	}
	return (size_t)n;
}

static void
plugin_pack(struct buf *b, const struct filter_plugin *p)
{
	size_t i;

	filter_pack_str(b, str_of(p->name));
	filter_pack_str(b, str_of(p->path));
	filter_pack_int(b, p->weight);
	filter_pack_int(b, p->deferred);
	filter_pack_int(b, p->challenge);
	filter_pack_int(b, (int64_t)p->npairs);
	for (i = 0; i < p->npairs; i++) {
		filter_pack_str(b, str_of(p->pairs[i].key));
		filter_pack_str(b, str_of(p->pairs[i].value));
	}
}

void
filter_job_pack(struct buf *b, const struct filter_job *job)
{
	const struct filter_plan *plan = &job->plan;
	size_t i;

	filter_pack_str(b, str_of(plan->site));
	filter_pack_int(b, plan->deadline_ms);
	filter_pack_int(b, plan->memory_mib);
	filter_pack_int(b, plan->pause_s);
	filter_pack_int(b, plan->network);
	filter_pack_int(b, plan->log_format);
	filter_pack_int(b, (int64_t)job->nseats);
	for (i = 0; i < job->nseats; i++)
		filter_pack_int(b, job->seats[i]);
	filter_pack_int(b, (int64_t)plan->nplugins);
	for (i = 0; i < plan->nplugins; i++) {
		plugin_pack(b, &plan->plugins[i]);
		filter_pack_int(b, job->memories[i]);
	}
}

static void
plugin_unpack(struct arena *arena, struct filter_reader *r,
    struct filter_plugin *p)
{
	struct filter_pair *pairs;
	size_t i;

	p->name = filter_unpack_str(r).at;
	p->path = filter_unpack_str(r).at;
	p->weight = (int)filter_unpack_int(r);
	p->deferred = filter_unpack_int(r) != 0;
	p->challenge = filter_unpack_int(r) != 0;
	p->npairs = unpack_count(r, 2 * (sizeof(int64_t) + 1));
	pairs = arena_alloc(arena, (p->npairs + 1) * sizeof(*pairs));
	for (i = 0; i < p->npairs; i++) {
		pairs[i].key = filter_unpack_str(r).at;
		pairs[i].value = filter_unpack_str(r).at;
	}
	p->pairs = pairs;
}

bool
filter_job_unpack(struct arena *arena, struct str bytes,
    struct filter_job *ret)
{
	struct filter_reader r = { bytes.at, bytes.len, false };
	struct filter_plan *plan = &ret->plan;
	struct filter_plugin *plugins;
	size_t i;

	memset(ret, 0, sizeof(*ret));
	plan->site = filter_unpack_str(&r).at;
	plan->deadline_ms = (int)filter_unpack_int(&r);
	plan->memory_mib = (int)filter_unpack_int(&r);
	plan->pause_s = (int)filter_unpack_int(&r);
	plan->network = filter_unpack_int(&r) != 0;
	plan->log_format = (enum log_format)filter_unpack_int(&r);
	ret->nseats = unpack_count(&r, sizeof(int64_t));
	ret->seats = arena_alloc(arena, (ret->nseats + 1) * sizeof(int));
	for (i = 0; i < ret->nseats; i++)
		ret->seats[i] = (int)filter_unpack_int(&r);
	plan->nplugins = unpack_count(&r, 4 * sizeof(int64_t));
	if (plan->nplugins > MODEL_FILTERS_MAX)
		return false;
	plugins = arena_alloc(arena, (plan->nplugins + 1) * sizeof(*plugins));
	ret->memories = arena_alloc(arena, (plan->nplugins + 1) * sizeof(int));
	for (i = 0; i < plan->nplugins; i++) {
		plugin_unpack(arena, &r, &plugins[i]);
		ret->memories[i] = (int)filter_unpack_int(&r);
	}
	plan->plugins = plugins;
	return !r.bad;
}

/* Text that a plugin gets as a C string ends at its first NUL. */
static void
pack_text(struct buf *b, struct str s, size_t most)
{
	const char *nul;

	s = str_cut(s, 0, most);
	nul = s.len ? memchr(s.at, '\0', s.len) : NULL;
	if (nul != NULL)
		s.len = (size_t)(nul - s.at);
	filter_pack_str(b, s);
}

/* Bytes; with FILTER_LINKS links all of it fits FILTER_PACKET. */
enum { TEXT = 400, ANSWER = 2000, BODY = 4 * MODEL_BODY_MAX,
    PARENT = 16 * 1024 };

/* What follows the last @, in lower case as far as ASCII goes. */
static void
pack_domain(struct buf *b, struct str email)
{
	char domain[MODEL_EMAIL_MAX];
	size_t at = email.len, i, n;

	while (at > 0 && email.at[at - 1] != '@')
		at--;
	n = at > 0 ? email.len - at : 0;
	if (n > sizeof(domain))
		n = 0;
	for (i = 0; i < n; i++) {
		char c = email.at[at + i];

		domain[i] = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
	}
	pack_text(b, (struct str){ domain, n }, TEXT);
}

static void
pack_person(struct buf *b, const struct uuid *person)
{
	char text[UUID_TEXT] = "";

	if (!uuid_null(person))
		uuid_text(person, text);
	filter_pack_str(b, str_of(text));
}

static int64_t
seconds(int64_t usec)
{
	return usec / 1000000;
}

static int64_t
form_seconds(const struct draft *d)
{
	if (d->form_made <= 0 || d->form_made > d->sent)
		return -1;
	return seconds(d->sent - d->form_made);
}

void
filter_question_pack(struct buf *b, const struct filter_head *head,
    const struct filter_question *q)
{
	const struct draft *d = q->draft;
	size_t i, n = q->nlinks < FILTER_LINKS ? q->nlinks : FILTER_LINKS;

	filter_pack_int(b, (int64_t)head->sequence);
	filter_pack_int(b, head->deadline);
	filter_pack_int(b, head->kind);
	filter_pack_int(b, (int64_t)head->plugin);
	filter_pack_int(b, head->ruling.id);
	filter_pack_int(b, head->ruling.now);
	filter_pack_int(b, head->ruling.before);
	filter_pack_int(b, head->ruling.again);
	pack_text(b, q->review_slug, TEXT);
	pack_text(b, q->review_language, TEXT);
	pack_text(b, d->author, TEXT);
	pack_text(b, d->email_hash, TEXT);
	pack_domain(b, d->email);
	pack_person(b, &d->person);
	pack_text(b, d->body, BODY);
	pack_text(b, d->sender, TEXT);
	pack_text(b, d->honeypot, TEXT);
	pack_text(b, d->answer, ANSWER);
	pack_text(b, q->parent_body, PARENT);
	filter_pack_int(b, q->shown);
	filter_pack_int(b, q->removed);
	filter_pack_int(b, seconds(q->first_seen));
	filter_pack_int(b, form_seconds(d));
	filter_pack_int(b, seconds(d->sent));
	filter_pack_int(b, (int64_t)n);
	for (i = 0; i < n; i++)
		pack_text(b, q->links[i], TEXT);
}

bool
filter_question_unpack(struct str bytes, struct filter_head *head,
    struct foyer_comment *c, const char **links)
{
	struct filter_reader r = { bytes.at, bytes.len, false };
	struct str body;
	size_t i;

	head->sequence = (uint64_t)filter_unpack_int(&r);
	head->deadline = filter_unpack_int(&r);
	head->kind = (enum filter_kind)filter_unpack_int(&r);
	head->plugin = (size_t)filter_unpack_int(&r);
	head->ruling.id = filter_unpack_int(&r);
	head->ruling.now = (int)filter_unpack_int(&r);
	head->ruling.before = (int)filter_unpack_int(&r);
	head->ruling.again = (unsigned)filter_unpack_int(&r);
	c->review = filter_unpack_str(&r).at;
	c->language = filter_unpack_str(&r).at;
	c->author = filter_unpack_str(&r).at;
	c->email_hash = filter_unpack_str(&r).at;
	c->mail_domain = filter_unpack_str(&r).at;
	c->person = filter_unpack_str(&r).at;
	body = filter_unpack_str(&r);
	c->body = body.at;
	c->body_len = body.len;
	c->sender = filter_unpack_str(&r).at;
	c->honeypot = filter_unpack_str(&r).at;
	c->answer = filter_unpack_str(&r).at;
	c->parent = filter_unpack_str(&r).at;
	c->shown = filter_unpack_int(&r);
	c->removed = filter_unpack_int(&r);
	c->first_seen = filter_unpack_int(&r);
	c->form_seconds = filter_unpack_int(&r);
	c->now = filter_unpack_int(&r);
	c->nlinks = unpack_count(&r, sizeof(int64_t) + 1);
	if (c->nlinks > FILTER_LINKS)
		return false;
	for (i = 0; i < c->nlinks; i++)
		links[i] = filter_unpack_str(&r).at;
	c->links = links;
	return !r.bad;
}
