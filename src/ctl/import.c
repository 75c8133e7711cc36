/* import.c: foyerctl import: takes in what export wrote, once it is whole. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ctl/ctl.h"
#include "ctl/import_from.h"
#include "ctl/keep.h"

enum { LINE_MOST = 16 << 20, BATCH_ROWS = 500, BATCH_BYTES = 1 << 20 };

struct in {
	const char *path;
	FILE *from;
	char *line;			/* getline's */
	size_t cap;
	int64_t size;			/* of the file */
	int64_t at, lines;		/* behind the line that was read last */
	struct str header, claims, token;
	struct str table;		/* of the batch */
	struct buf rows;
	int64_t nrows, done;
	struct ctl_progress progress;
};

/* Without its end; at is NULL at the end of the file. */
static struct str
next(struct in *in)
{
	ssize_t n = getline(&in->line, &in->cap, in->from);

	if (n <= 0 || n > LINE_MOST || in->line[n - 1] != '\n')
		return (struct str){ NULL, 0 };
	in->at += n;
	in->lines++;
	return (struct str){ in->line, (size_t)n - 1 };
}

static bool
is_manifest(struct str line)
{
	return str_begins(line, CTL_KEEP_MANIFEST);
}

static void
take_manifest(struct in *in, struct arena *a, struct str line)
{
	size_t from = sizeof(CTL_KEEP_MANIFEST) - 1, sign;

	sign = str_find(line, STR(CTL_KEEP_SIGNED));
	if (sign == (size_t)-1 || sign < from || !str_ends(line, "\"}"))
		return;
	in->claims = arena_str(a, str_cut(line, from, sign - from));
	sign += sizeof(CTL_KEEP_SIGNED) - 1;
	in->token = arena_str(a, str_cut(line, sign, line.len - sign - 2));
}

/* Reads it through once: is this what was written, all of it? */
static int
read_whole(struct ctl *c, struct in *in, struct str *which)
{
	struct seal_digest *digest = seal_digest_open(c->arena);
	struct ctl_progress progress = { "checking", in->size, 0 };
	struct str line;
	int64_t bytes = 0, lines = 0;

	while ((line = next(in)).at != NULL && !is_manifest(line)) {
		if (lines++ == 0)
			in->header = arena_str(c->arena, line);
		seal_digest_add(digest, (struct str){ line.at, line.len + 1 });
		bytes = in->at;
		ctl_progress_show(&progress, bytes);
	}
	ctl_progress_end(&progress);
	if (line.at != NULL)
		take_manifest(in, c->arena, line);
	*which = seal_digest_end(digest, c->arena);
	if (in->claims.len == 0 || next(in).at != NULL)
		return ctl_say_failed("%s: it is cut off, or no export",
		    in->path);
	if (!str_eq(in->claims, ctl_keep_claims(c->arena, bytes, lines,
	    *which)))
		return ctl_say_failed("%s: it was changed", in->path);
	return CTL_DONE;
}

static int
check_signature(struct ctl *c, const struct in *in)
{
	struct seal_keys *keys;
	struct str claims;
	enum err e;

	if (!ctl_keep_keys(c, &keys))
		return CTL_FAILED;
	e = seal_token_verify(keys, c->arena, in->token,
	    seal_implicit(c->arena, "", "export"), &claims);
	seal_keys_wipe(keys);
	if (e == OK && str_eq(claims, in->claims))
		return CTL_DONE;
	return ctl_say_failed("%s: none of the keys here signed it; "
	    "--unsigned takes it all the same", in->path);
}

static int
flush_batch(struct ctl *c, struct in *in, int64_t at)
{
	enum err e;

	if (in->nrows == 0)
		return CTL_DONE;
	buf_char(&in->rows, ']');
	e = store_keep_put(c->store, in->table, buf_view(&in->rows), at);
	in->done += in->nrows;
	in->nrows = 0;
	in->rows.len = 0;
	ctl_progress_show(&in->progress, at);
	return e == OK ? CTL_DONE : ctl_open_trouble(c, e, in->path);
}

/* {"table" : {...}}; the rows of a batch are one table's. */
static int
take_row(struct ctl *c, struct in *in, struct str line, int64_t before)
{
	struct str name, rest = str_cut(line, 2, line.len);
	int status = CTL_DONE;

	if (!str_begins(line, "{\"") || !str_split(&rest, '"', &name))
		return ctl_say_failed("%s:%lld: this is no row", in->path,
		    (long long)in->lines);
	if (!str_eq(name, in->table) || in->nrows >= BATCH_ROWS ||
	    in->rows.len > BATCH_BYTES)
		status = flush_batch(c, in, before);
	if (!str_eq(name, in->table))
		in->table = arena_str(c->arena, name);
	rest = str_cut(rest, str_find(rest, STR(":")) + 1, rest.len);
	buf_char(&in->rows, in->nrows++ == 0 ? '[' : ',');
	buf_str(&in->rows, str_cut(rest, 0, rest.len - 1));
	return status;
}

static int
put_rows(struct ctl *c, struct in *in, int64_t from)
{
	int64_t before;
	struct str line;
	int status = CTL_DONE;

	if (from == 0)
		from = (int64_t)in->header.len + 1;
	if (fseeko(in->from, from, SEEK_SET) != 0)
		return ctl_say_failed("%s: %s", in->path, strerror(errno));
	in->at = before = from;
	while (status == CTL_DONE && (line = next(in)).at != NULL &&
	    !is_manifest(line)) {
		status = take_row(c, in, line, before);
		before = in->at;
	}
	if (status == CTL_DONE)
		status = flush_batch(c, in, before);
	ctl_progress_end(&in->progress);
	return status;
}

static int
take_in(struct ctl *c, struct in *in, struct str which)
{
	struct store_import is = { .header = in->header, .which = which };
	struct log_row log = { .actor_name = STR("foyerctl"),
	    .act = model_act_logged(LOGGED_IMPORT) };
	int status;
	enum err e = store_keep_import(c->store, c->arena, &is);

	if (e == ERR_CONFLICT)
		return ctl_say_failed("%s: " STR_FMT, in->path,
		    STR_ARG(is.why));
	if (e != OK)
		return ctl_open_trouble(c, e, in->path);
	if ((status = put_rows(c, in, is.at)) != CTL_DONE)
		return status;
	log.after = which;
	if ((e = store_keep_done(c->store)) == OK)
		e = store_log_add(c->store, c->arena, &log);
	if (e != OK)
		return ctl_open_trouble(c, e, in->path);
	printf("%s: %lld rows%s\n", in->path, (long long)in->done,
	    is.at > 0 ? "; the others were in already" : "");
	return CTL_DONE;
}

static int
import_file(struct ctl *c, struct in *in, bool is_unsigned)
{
	struct str which;
	int status = read_whole(c, in, &which);

	if (status == CTL_DONE && !is_unsigned)
		status = check_signature(c, in);
	in->progress = (struct ctl_progress){ "import", in->size, 0 };
	in->rows = buf_new(c->arena, 2 * BATCH_BYTES);
	if (status == CTL_DONE)
		status = take_in(c, in, which);
	free(in->line);
	return status;
}

static int
open_file(struct ctl *c, struct in *in, bool is_unsigned)
{
	struct stat st;
	int status;

	if ((in->from = fopen(in->path, "re")) == NULL)
		return ctl_say_failed("%s: %s", in->path, strerror(errno));
	if (fstat(fileno(in->from), &st) != 0 || !S_ISREG(st.st_mode)) {
		status = ctl_say_failed("%s: is no file: it is read twice",
		    in->path);
	} else {
		in->size = st.st_size;
		status = ctl_open_store(c) == NULL ? CTL_FAILED :
		    import_file(c, in, is_unsigned);
	}
	fclose(in->from);
	return status;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	bool is_unsigned = false;
	struct ctl_import_from how = { .system = NULL };
	const struct ctl_option options[] = {
		{ "unsigned", NULL, &is_unsigned },
		{ "from", &how.system, NULL }, { "map", &how.map, NULL },
		{ "hold", NULL, &how.hold }, { "dry-run", NULL, &how.dry_run }
	};
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	struct in in = { .path = words > 0 ? argv[0] : NULL };

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	how.path = in.path;
	if (how.system != NULL && is_unsigned)
		return ctl_say_usage(c, "--unsigned is for what export wrote");
	if (how.system != NULL)
		return ctl_import_from(c, &how);
	if (how.map != NULL || how.hold || how.dry_run)
		return ctl_say_usage(c, "--map, --hold and --dry-run need "
		    "--from");
	return open_file(c, &in, is_unsigned);
}

const struct ctl_command ctl_import = {
	"import", "[--unsigned] FILE\n"
	"       --from disqus|wordpress [--map FILE] [--hold] [--dry-run] FILE",
	"take in what export wrote, or another system's comments",
	"Everything needs a database that was just migrated. One review goes "
	"into any that\nhas none of that slug; its ids are kept where they are "
	"free, its part of the\nmoderation log stays in the export. Reads the "
	"file through first: nothing of a\nchanged one is taken in. Cut off, "
	"it goes on where it stood when it is repeated.\nNeeds the role that "
	"owns the tables.\n\n"
	"  foyerctl import /var/backups/foyer.jsonl --database dbname=foyer\n"
	"  foyerctl import --from disqus --dry-run journal-2026.xml\n",
	run
};
