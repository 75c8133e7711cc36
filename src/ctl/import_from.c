/* import_from.c: foyerctl import --from: comments of another system. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "ctl/import_from.h"
#include "ctl/keep.h"
#include "ingest/ingest.h"
#include "markup/markup.h"

enum { EACH = 64 << 20 };		/* bytes, for one comment */
#define ALL	((size_t)8 << 30)	/* for what the file holds */

struct nowhere {
	struct str url;
	const struct nowhere *before;
};

struct from {
	struct ctl *c;
	const struct ctl_import_from *how;
	struct arena *all, *each;
	struct seal_keys *keys;
	struct ctl_import_map map;
	struct nowhere *nowhere;	/* pages that were told of */
	int64_t added, waiting, there, gone, lost, failed;
};

/* Always the same for the same comment or author, so that what is imported
 * twice is there once (a UUID of version 8). */
static struct uuid
name_of(const struct from *f, const char *what, struct str id)
{
	struct seal_digest *digest = seal_digest_open(f->each);
	struct uuid ret;
	struct str hex;

	seal_digest_add(digest, str_of(f->how->system));
	seal_digest_add(digest, str_of(what));
	seal_digest_add(digest, id);
	hex = seal_digest_end(digest, f->each);
	hex = arena_fmt(f->each, "%.8s-%.4s-8%.3s-8%.3s-%.12s", hex.at,
	    hex.at + 8, hex.at + 12, hex.at + 15, hex.at + 18);
	if (!uuid_parse(hex, &ret))
		abort();
	return ret;
}

static void
complain(const struct from *f, const struct ingest_said *s, const char *why)
{
	fprintf(stderr, "%s:%d: comment " STR_FMT ": %s\n", f->how->path,
	    s->line, STR_ARG(s->id), why);
}

/* Each page once, however many comments it has. */
static void
nowhere(struct from *f, const struct ingest_said *s)
{
	const struct nowhere *each;
	struct nowhere *page;

	f->lost++;
	for (each = f->nowhere; each != NULL; each = each->before)
		if (str_eq(each->url, s->url))
			return;
	page = arena_alloc(f->all, sizeof(*page));
	*page = (struct nowhere){ s->url, f->nowhere };
	f->nowhere = page;
	fprintf(stderr, "%s:%d: " STR_FMT ": no review has this path or slug; "
	    "--map can tell which it is\n", f->how->path, s->line,
	    STR_ARG(s->url));
}

/* Who they are must not be found out by trying mail addresses: it is keyed. */
static enum err
draft_of(struct from *f, const struct ingest_said *s, struct draft *d)
{
	struct str email = s->email;
	struct uuid who = name_of(f, "author", s->who);
	struct markup_about about = { .minutes = 0 };
	struct markup m;
	enum err e;

	*d = (struct draft){ .slug = d->slug, .body = s->body,
	    .author = s->author.len > 0 ? s->author : STR("Guest"),
	    .email = email, .sent = s->posted,
	    .key = name_of(f, "comment", s->id) };
	if ((e = model_draft_check(f->each, d)) == ERR_EMAIL_BAD) {
		d->email = STR("");
		e = model_draft_check(f->each, d);
	}
	if (e != OK)
		return e;
	seal_hash_guest(f->keys, &who, &d->person);
	if (d->email.len > 0)
		d->email_hash = seal_hash_email(f->keys, f->each,
		    f->c->settings.site, d->email);
	about.id = seal_hash_notes(f->keys, f->each, &d->key);
	if ((e = markup_render(f->each, d->body, &about, &m)) == OK)
		d->html = m.html;
	return e;
}

static enum err
put(struct from *f, const struct ingest_said *s, const struct draft *d)
{
	struct store_arrival is = {
		.state = f->how->hold || s->fate == INGEST_HELD ?
		    STATE_HELD : STATE_SHOWN
	};
	enum err e;

	if (s->parent.len > 0)
		is.parent = name_of(f, "comment", s->parent);
	if (f->how->dry_run) {
		f->added++;
		f->waiting += is.state == STATE_HELD;
		return OK;
	}
	if ((e = store_arrive_add(f->c->store, f->each, d, &is)) != OK)
		return e;
	f->added += is.added;
	f->there += !is.added;
	f->waiting += is.added && is.state == STATE_HELD;
	if (is.added && s->parent.len > 0 && !is.answers)
		complain(f, s, "what it answers is not here: it stands by "
		    "itself");
	return OK;
}

/* What is wrong with one comment is told; the others go on. */
static enum err
take(struct from *f, const struct ingest_said *s)
{
	struct draft d = { .slug = ctl_import_map_find(&f->map, s) };
	enum err e;

	if (s->fate == INGEST_GONE) {
		f->gone++;
		return OK;
	}
	if (d.slug.len == 0) {
		nowhere(f, s);
		return OK;
	}
	if (s->posted == 0 || s->id.len == 0) {
		f->failed++;
		complain(f, s, "it has no time or no id");
		return OK;
	}
	if ((e = draft_of(f, s, &d)) == OK)
		return put(f, s, &d);
	f->failed++;
	complain(f, s, err_sentence(e));
	return OK;
}

static int
sum(struct from *f)
{
	char what[64];
	struct log_row log = { .actor_name = STR("foyerctl"),
	    .act = model_act_logged(LOGGED_IMPORT) };
	enum err e = OK;

	snprintf(what, sizeof(what), "%s: %lld", f->how->system,
	    (long long)f->added);
	log.after = str_of(what);
	if (f->added > 0 && !f->how->dry_run)
		e = store_log_add(f->c->store, f->c->arena, &log);
	printf("%s: %lld comments %s, %lld of them wait\n", f->how->path,
	    (long long)f->added, f->how->dry_run ? "would be imported" :
	    "imported", (long long)f->waiting);
	printf("left out: %lld that were here, %lld deleted or spam, %lld of "
	    "pages without a review, %lld with faults\n",
	    (long long)f->there, (long long)f->gone, (long long)f->lost,
	    (long long)f->failed);
	if (e != OK)
		return ctl_open_trouble(f->c, e, "it is done, but not in the "
		    "log");
	return f->lost + f->failed > 0 ? CTL_FAILED : CTL_DONE;
}

static int
import(struct from *f)
{
	struct ctl_progress progress = { "import", 0, 0 };
	struct ingest_talk talk;
	struct str why = STR("");
	enum err e = OK;
	size_t i;

	if (ingest_talk_file(f->all, f->how->path, f->how->system, &talk,
	    &why) != OK)
		return ctl_say_failed(STR_FMT, STR_ARG(why));
	progress.total = (int64_t)talk.n;
	for (i = 0; i < talk.n && e == OK; i++) {
		e = take(f, &talk.all[i]);
		arena_reset(f->each);
		ctl_progress_show(&progress, (int64_t)i);
	}
	ctl_progress_end(&progress);
	if (e != OK)
		return ctl_open_trouble(f->c, e, f->how->path);
	return sum(f);
}

int
ctl_import_from(struct ctl *c, const struct ctl_import_from *how)
{
	struct from f = { .c = c, .how = how };
	int status = CTL_FAILED;

	if (!ingest_talk_known(how->system))
		return ctl_say_usage(c, "--from is disqus or wordpress");
	if (ctl_open_store(c) == NULL || !ctl_keep_keys(c, &f.keys))
		return CTL_FAILED;
	f.all = arena_new(ALL);
	f.each = arena_new(EACH);
	if (ctl_import_map_read(c, f.all, how->map, &f.map))
		status = import(&f);
	seal_keys_wipe(f.keys);
	arena_free(f.each);
	arena_free(f.all);
	return status;
}
