/* export.c: foyerctl export: all that is kept, as signed lines of JSON. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "ctl/keep.h"

struct out {
	FILE *to;
	struct seal_digest *digest;
	int64_t bytes, lines, rows;
	struct ctl_progress progress;
};

static void
put(struct out *o, struct str s)
{
	fwrite(s.at, 1, s.len, o->to);
	seal_digest_add(o->digest, s);
	o->bytes += (int64_t)s.len;
}

static void
put_line(struct out *o, struct str line)
{
	put(o, line);
	put(o, STR("\n"));
	o->lines++;
}

static int
table(struct ctl *c, const struct store_keep *k, size_t nth, struct out *o)
{
	struct arena *pages[2] = { arena_new(CTL_ARENA), arena_new(CTL_ARENA) };
	struct store_keep_page page = { .n = 0 };
	int status = CTL_DONE, turn = 0;
	enum err e;

	do {			/* a page's key lives while the next is read */
		turn = !turn;
		arena_reset(pages[turn]);
		e = store_keep_rows(c->store, pages[turn], k, nth, &page);
		if (e != OK) {
			status = ctl_open_trouble(c, e, "the database");
			break;
		}
		for (size_t i = 0; i < page.n; i++)
			put_line(o, page.lines[i]);
		o->rows += (int64_t)page.n;
		ctl_progress_show(&o->progress, o->rows);
		if (ferror(o->to))
			status = ctl_say_failed("the export: %s",
			    strerror(errno));
	} while (status == CTL_DONE && page.n > 0);
	arena_free(pages[0]);
	arena_free(pages[1]);
	return status;
}

static int
sign(struct ctl *c, const struct seal_keys *keys, struct out *o)
{
	struct str claims = ctl_keep_claims(c->arena, o->bytes, o->lines,
	    seal_digest_end(o->digest, c->arena));
	struct str token;
	enum err e = seal_token_sign(keys, c->arena, claims,
	    seal_implicit(c->arena, "", "export"), &token);

	if (e != OK)
		return ctl_say_failed("%s", err_sentence(e));
	fprintf(o->to, CTL_KEEP_MANIFEST STR_FMT CTL_KEEP_SIGNED STR_FMT
	    "\"}\n", STR_ARG(claims), STR_ARG(token));
	return CTL_DONE;
}

static int
rows(struct ctl *c, struct str slug, const struct seal_keys *keys,
    struct out *o)
{
	struct store_keep keep;
	int status = CTL_DONE;
	enum err e = store_keep_open(c->store, c->arena, slug, &keep);

	if (e == ERR_NOT_FOUND)
		return ctl_say_failed("there is no review " STR_FMT,
		    STR_ARG(slug));
	if (e != OK)
		return ctl_open_trouble(c, e, "the database");
	o->progress.total = keep.rows;
	put_line(o, keep.header);
	for (size_t i = 0; i < keep.ntables && status == CTL_DONE; i++)
		status = table(c, &keep, i, o);
	store_keep_close(c->store);
	ctl_progress_end(&o->progress);
	return status == CTL_DONE ? sign(c, keys, o) : status;
}

/* Nobody finds half an export under its name. */
static int
write_file(struct ctl *c, const char *slug, const char *path,
    const struct seal_keys *keys)
{
	struct out o = { .to = stdout, .digest = seal_digest_open(c->arena),
	    .progress = { .what = "export" } };
	const char *part = NULL;
	int fd, status;

	if (path != NULL) {
		part = arena_cstr(c->arena, arena_fmt(c->arena, "%s.part",
		    path));
		fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		    0600);
		if (fd < 0 || (o.to = fdopen(fd, "w")) == NULL)
			return ctl_say_failed("%s: %s", part, strerror(errno));
	}
	status = rows(c, str_of(slug), keys, &o);
	if (status == CTL_DONE && (fflush(o.to) != 0 || ferror(o.to) ||
	    (path != NULL && fsync(fileno(o.to)) != 0)))
		status = ctl_say_failed("the export: %s", strerror(errno));
	if (path == NULL)
		return status;
	fclose(o.to);
	if (status == CTL_DONE && rename(part, path) != 0)
		status = ctl_say_failed("%s: %s", path, strerror(errno));
	if (status != CTL_DONE)
		unlink(part);
	else
		printf("%s: %lld rows\n", path, (long long)o.rows);
	return status;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	const char *slug = NULL, *output = NULL;
	const struct ctl_option options[] = {
		{ "review", &slug, NULL }, { "output", &output, NULL }
	};
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	struct seal_keys *keys;
	int status;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (output == NULL && isatty(STDOUT_FILENO))
		return ctl_say_usage(c, "say --output FILE, or send it into a "
		    "pipe");
	if (ctl_open_store(c) == NULL || !ctl_keep_keys(c, &keys))
		return CTL_FAILED;
	status = write_file(c, slug, output, keys);
	seal_keys_wipe(keys);
	return status;
}

const struct ctl_command ctl_export = {
	"export", "[--review SLUG] [--output FILE]",
	"write everything that is kept, or one review of it",
	"Lines of JSON: a header, a row each, and at the end how many there "
	"were, signed\nwith the newest key. All of one moment, while readers "
	"go on. Holds what the\ndatabase holds, hashed passwords too: keep it "
	"as you keep that.\n\"import\" takes it in again.\n\n"
	"  foyerctl export --output /var/backups/foyer.jsonl\n"
	"  foyerctl export | zstd > foyer.jsonl.zst\n",
	run
};
