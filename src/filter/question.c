/* question.c: one question, put to each plugin in turn. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "filter/internal.h"

enum { FEATURE_NAME = 24, LEAST_USEC = 1000 };

void
filter_answer_silent(struct filter_answer *a, const char *why, int64_t usec)
{
	memset(a, 0, sizeof(*a));
	a->silent = 1;
	a->usec = usec;
	snprintf(a->reason, sizeof(a->reason), "%s", why);
}

static size_t
feature_name(const char *name, char *to)
{
	size_t i;

	for (i = 0; i < FEATURE_NAME && name[i] != '\0'; i++) {
		char c = name[i];

		to[i] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		    c == '.' || c == '-' ? c : '_';
	}
	to[i] = '\0';
	return i;
}

/* "name=value name=value"; one that has no room is left out whole. */
static void
answer_features(struct filter_answer *a, const struct foyer_verdict *v)
{
	char name[FEATURE_NAME + 1];
	size_t i, n = v->nfeatures, len = 0;

	if (v->features == NULL)
		return;
	if (n > FILTER_NFEATURES)
		n = FILTER_NFEATURES;
	for (i = 0; i < n; i++) {
		const struct foyer_feature *f = &v->features[i];
		size_t room = FILTER_FEATURES - len;
		int more;

		if (f->name == NULL || feature_name(f->name, name) == 0)
			continue;
		more = snprintf(a->features + len, room, "%s%s=%lld",
		    len ? " " : "", name, (long long)f->value);
		if (more < 0 || (size_t)more >= room)
			a->features[len] = '\0';
		else
			len += (size_t)more;
	}
}

static void
answer_mark(struct filter_answer *a, const struct foyer_mark *m)
{
	memcpy(a->mark, m->name, strnlen(m->name, sizeof(a->mark)));
	a->mark_until = m->until;
	if (m->used != NULL)
		memcpy(a->mark_used, m->used,
		    strnlen(m->used, sizeof(a->mark_used)));
}

/* Still the plugin's turn: its pointers may lead anywhere. */
void
filter_answer_take(struct filter_answer *a, const struct foyer_verdict *v)
{
	a->score = v->score;
	a->silent = v->abstains != 0;
	if (v->reason != NULL)
		memcpy(a->reason, v->reason,
		    strnlen(v->reason, sizeof(a->reason)));
	answer_features(a, v);
	if (v->once.name != NULL)
		answer_mark(a, &v->once);
}

int
filter_module_hear(const struct filter_module *m,
    const struct foyer_comment *c, const struct filter_ruling *is)
{
	const struct foyer_ruling ruling = { .id = is->id, .now = is->now,
	    .before = is->before, .again = is->again };

	if (m->plugin.hear != NULL)
		return m->plugin.hear(m->state, c, &ruling);
	if (m->plugin.learn != NULL &&
	    (is->now == FOYER_HAM || is->now == FOYER_SPAM))
		return m->plugin.learn(m->state, c, is->now == FOYER_SPAM);
	return 0;
}

static int
question_hear(struct filter_runner *r, size_t k, const struct filter_head *h)
{
	struct filter_record *rec = &r->host->page->records[k];
	int failed;

	atomic_store(&rec->hearing, h->ruling.id);
	failed = filter_module_hear(r->modules[k],
	    &r->host->page_read->now.comment, &h->ruling);
	atomic_store(&rec->learned, h->ruling.id);
	atomic_store(&rec->hearing, 0);
	return failed;
}

static int
question_renew(struct filter_runner *r, size_t k, const struct filter_head *h)
{
	struct filter_record *rec = &r->host->page->records[k];
	size_t most = filter_keep_most(&r->host->job.plan);
	uint64_t size = atomic_load(&rec->memory);
	char *at = r->host->memories[k];

	if (size > most)
		return 1;
	atomic_store(&rec->hearing, -1);
	memcpy(at, at + most, size);
	atomic_store(&rec->learned, h->ruling.id);
	atomic_store(&rec->hearing, 0);
	return 0;
}

/* Told in the place of a reason. */
static int
question_challenge(struct filter_runner *r, size_t k)
{
	struct foyer_challenge challenge = { .now = clock_now() / 1000000,
	    .review = r->host->page_read->now.comment.review };
	struct filter_module *m = r->modules[k];
	int failed;

	if (m->plugin.challenge == NULL)
		return 1;
	failed = m->plugin.challenge(m->state, &challenge);
	r->verdict->reason = challenge.json;
	return failed;
}

static int
question_call(struct filter_runner *r, size_t k, const struct filter_head *h)
{
	const struct foyer_comment *c = &r->host->page_read->now.comment;
	struct filter_module *m = r->modules[k];

	memset(r->verdict, 0, sizeof(*r->verdict));
	if (h->kind == FILTER_LEARN)
		return question_hear(r, k, h);
	if (h->kind == FILTER_RENEW)
		return question_renew(r, k, h);
	if (h->kind == FILTER_NOTICE)
		return m->plugin.notice != NULL ?
		    m->plugin.notice(m->state, c) : 0;
	if (h->kind == FILTER_CHALLENGE)
		return question_challenge(r, k);
	return m->plugin.judge(m->state, c, r->verdict);
}

/* Half of the time that is left: a plugin that hangs leaves the others, and
 * the runner that is started after it, the other half. */
static int64_t
question_slice(int64_t left)
{
	return left / 2 > LEAST_USEC ? left / 2 : LEAST_USEC;
}

static void
question_ask(struct filter_runner *r, size_t k, const struct filter_head *head,
    struct filter_answer *a)
{
	struct filter_host *host = r->host;
	struct filter_record *rec = &host->page->records[k];
	int64_t began = clock_mono();
	int failed;

	atomic_fetch_add(&rec->asked, 1);
	filter_run_begin(r, k, false, question_slice(head->deadline - began));
	failed = question_call(r, k, head);
	if (!filter_confine_memory_left(host->job.plan.memory_mib))
		_exit(FILTER_EXIT_MEMORY);
	filter_answer_take(a, r->verdict);
	filter_run_end(r);
	a->usec = clock_mono() - began;
	atomic_fetch_add(&rec->usec, a->usec);
	atomic_fetch_add(&rec->challenges, head->kind == FILTER_CHALLENGE);
	atomic_fetch_add(&rec->abstained, !failed && a->silent != 0);
	if (failed) {
		filter_answer_silent(a, "failed", a->usec);
		filter_fault(host, k, "failed");
	} else if (head->kind == FILTER_JUDGE && filter_breaker_good(rec)) {
		log_line(LOG_NOTE, "filter %s is back",
		    host->job.plan.plugins[k].name);
	}
}

static void
question_turn(struct filter_runner *r, size_t k,
    const struct filter_head *head, struct filter_answer *a)
{
	const struct filter_record *rec = &r->host->page->records[k];
	int64_t now = clock_mono();

	memset(a, 0, sizeof(*a));
	if (r->modules[k] == NULL)
		filter_answer_silent(a, "is not loaded", 0);
	else if (filter_breaker_out(rec, now))
		filter_answer_silent(a, "is out after too many faults", 0);
	else if (now >= head->deadline)
		filter_answer_silent(a, "was not asked: no time was left", 0);
	else
		question_ask(r, k, head, a);
}

/* The comment is written through the page and read where it can't be
 * written: a plugin that tries is at fault. */
static bool
question_read(struct filter_runner *r, struct filter_head *head)
{
	const struct filter_now *sent = &r->host->page_read->now;
	struct filter_now *now = &r->host->page->now;
	struct str bytes = { sent->packet, now->len };

	if (now->len > sizeof(now->packet) ||
	    now->seat >= r->host->job.nseats ||
	    !filter_question_unpack(bytes, head, &now->comment, now->links))
		return false;
	now->comment.links = sent->links;
	now->comment.site = r->host->job.plan.site;
	return true;
}

void
filter_question_answer(struct filter_runner *r)
{
	struct filter_page *page = r->host->page;
	struct filter_slot *slot;
	struct filter_head head;
	uint32_t k;

	if (!question_read(r, &head)) {
		atomic_store(&page->now.pending, 0);
		return;
	}
	slot = &page->slots[page->now.seat];
	if (atomic_load(&slot->sequence) != head.sequence) {
		atomic_store(&slot->done, 0);
		atomic_store(&slot->sequence, head.sequence);
	}
	for (k = atomic_load(&slot->done); k < r->host->job.plan.nplugins; ) {
		if (head.kind == FILTER_JUDGE || head.plugin == k)
			question_turn(r, k, &head, &slot->each[k]);
		atomic_store(&slot->done, ++k);
	}
	atomic_store(&page->now.pending, 0);
	/* An asker who has given up, and reads no more, misses nothing. */
	(void)!send(r->host->job.seats[page->now.seat], &head.sequence,
	    sizeof(head.sequence), MSG_DONTWAIT | MSG_NOSIGNAL);
}
