/* log_find.c: what the log is looked through for. */
#include "page/parts.h"

#define PATH	"/foyer/admin/log"

static void
field(struct buf *b, const char *name, struct msg label, struct str value)
{
	OUT(b, "<div class=\"field\"><label for=\"log-", name, "\">", label,
	    "</label>\n<input id=\"log-", name, "\" name=\"", name, "\"");
	OUT(b, " dir=\"auto\" value=\"", value, "\"></div>\n");
}

static void
day(struct buf *b, const char *name, struct msg label, struct str value)
{
	OUT(b, "<div class=\"field\"><label for=\"log-", name, "\">", label,
	    "</label>\n<input id=\"log-", name, "\" name=\"", name, "\"");
	OUT(b, " type=\"date\" value=\"", value, "\"></div>\n");
}

static void
query(struct buf *b, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	OUT(b, "&amp;", name, "=");
	out_url(b, value);
}

bool
page_log_narrowed(const struct page_log *log)
{
	return log->actor.len > 0 || log->act.len > 0 || log->slug.len > 0 ||
	    log->since.len > 0 || log->until.len > 0;
}

void
page_log_find(struct buf *b, const struct page_log *log)
{
	OUT(b, "<details class=\"narrow\"", page_log_narrowed(log) ?
	    " open>" : ">", "\n<summary>", T("Narrow the log"),
	    "</summary>\n");
	OUT(b, "<form class=\"policy\" method=\"get\" action=\"" PATH "\" "
	    "role=\"search\" aria-label=\"", T("Look through the log"),
	    "\">\n");
	field(b, "actor", T("Who"), log->actor);
	field(b, "act", T("Act"), log->act);
	field(b, "review", T("Review"), log->slug);
	day(b, "since", T("From"), log->since);
	day(b, "until", T("Until"), log->until);
	OUT(b, "<p class=\"send\"><button type=\"submit\">", T("Look"),
	    "</button></p>\n</form>\n</details>\n<p class=\"hint\">"
	    "<a href=\"" PATH ".jsonl?before=0");
	page_log_query(b, log);
	OUT(b, "\">", T("As JSON Lines"), "</a></p>\n");
}

void
page_log_query(struct buf *b, const struct page_log *log)
{
	query(b, "actor", log->actor);
	query(b, "act", log->act);
	query(b, "review", log->slug);
	query(b, "since", log->since);
	query(b, "until", log->until);
}

static void
hash(struct buf *b, const unsigned char bytes[32])
{
	int i;

	buf_char(b, '"');
	for (i = 0; i < 32; i++)
		buf_fmt(b, "%02x", bytes[i]);
	buf_char(b, '"');
}

static void
line(struct buf *b, const struct log_row *row)
{
	char at[CLOCK_TEXT], actor[UUID_TEXT];

	clock_rfc3339(row->at, at);
	uuid_text(&row->actor, actor);
	JSON(b, "{\"id\":", row->id, ",\"at\":", str_of(at), ",\"usec\":",
	    row->at);
	JSON(b, ",\"actor\":", str_of(actor), ",\"name\":", row->actor_name,
	    ",\"act\":", row->act, ",\"thread\":", row->thread);
	JSON(b, ",\"review\":", row->slug, ",\"comment\":", row->comment,
	    ",\"reason\":", row->reason, ",\"before\":", row->before);
	JSON(b, ",\"after\":", row->after, ",\"undoes\":", row->ref,
	    ",\"prev\":");
	hash(b, row->prev);
	JSON(b, ",\"hash\":");
	hash(b, row->hash);
	JSON(b, "}\n");
}

void
page_log_lines(struct buf *b, const struct log_row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		line(b, &rows[i]);
}

/* Not in a page, so its & stand alone. */
void
page_log_next(struct buf *b, const struct page_log *log)
{
	const struct { const char *name; struct str value; } all[] = {
		{ "actor", log->actor }, { "act", log->act },
		{ "review", log->slug }, { "since", log->since },
		{ "until", log->until }
	};
	size_t i;

	buf_fmt(b, "<" PATH ".jsonl?before=%lld", (long long)log->next);
	for (i = 0; i < COUNT(all); i++) {
		if (all[i].value.len == 0)
			continue;
		buf_fmt(b, "&%s=", all[i].name);
		out_url(b, all[i].value);
	}
	buf_lit(b, ">; rel=\"next\"");
}
