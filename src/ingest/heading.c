/* heading.c: the lines on top: issue, heading, reviewer; and their echoes. */
#include "ingest/internal.h"

enum {
	TOP = 50,			/* lines in which the heading must be */
	HEADING_MAX = 400,		/* bytes */
	BYLINE_MAX = 240
};

struct heading {
	struct str directors, title, original;
	int year;
};

static const char *const issues[] = {
	"Issue ", "No. ", "№ ", "№", "Выпуск "
};
static const char *const bylines[] = {
	"reviewed by ", "review by ", "рецензия: ", "Рецензия: "
};
static const char *const marks[] = { "©", "(c)", "(C)" };

static struct str
after(struct str s, size_t n)
{
	return str_trim(str_cut(s, n, s.len));
}

/* "60 (2018)", "60, 2018", "60". */
static bool
issue_number(struct str s, int *issue, int *year)
{
	size_t n = 0;
	int64_t number;

	while (n < s.len && s.at[n] >= '0' && s.at[n] <= '9')
		n++;
	if (n == 0 || n > 6 || !str_int64(str_cut(s, 0, n), &number))
		return false;
	s = after(s, n);
	if (str_begins(s, "(") && str_ends(s, ")"))
		s = str_cut(s, 1, s.len - 2);
	else if (str_begins(s, ",") || str_begins(s, ":"))
		s = after(s, 1);
	else if (s.len > 0)
		return false;
	*year = ingest_chars_year(s);
	*issue = (int)number;
	return s.len == 0 || *year != 0;
}

static bool
issue_parse(struct str s, int *issue, int *year)
{
	for (size_t k = 0; k < COUNT(issues); k++)
		if (ingest_chars_begins(s, issues[k]) && issue_number(
		    after(s, str_of(issues[k]).len), issue, year))
			return true;
	return false;
}

size_t
ingest_heading_issue(struct reader *r)
{
	struct str s = r->lines[r->i].text;
	size_t colon = str_find(s, STR(": "));
	int issue, year;

	if (r->review->issue != 0)
		return 0;
	if (!issue_parse(s, &issue, &year)) {
		if (colon == (size_t)-1 ||
		    !issue_parse(after(s, colon + 2), &issue, &year))
			return 0;
		ingest_article_note(r, true, "the journal's name", s);
	}
	r->review->issue = issue;
	r->review->year = year;
	return 1;
}

/* "Tesnota, 2017", "2017", "Tesnota". */
static void
brackets(struct str inside, struct heading *h)
{
	size_t i = inside.len;

	while (i > 0 && inside.at[i - 1] != ',' && inside.at[i - 1] != ' ')
		i--;
	h->year = ingest_chars_year(after(inside, i));
	h->original = h->year ? str_trim(str_cut(inside, 0, i)) : inside;
	if (h->year && str_ends(h->original, ","))
		h->original.len--;
}

/* Where the bracket that ends s opens; s.len if it does not. */
static size_t
last_bracket(struct str s)
{
	size_t depth = 0;

	for (size_t i = s.len; i-- > 0; ) {
		depth += s.at[i] == ')';
		depth -= s.at[i] == '(';
		if (depth == 0)
			return s.at[i] == '(' ? i : s.len;
	}
	return s.len;
}

/* "DIRECTORS: TITLE (ORIGINAL, YEAR)" */
static bool
heading_parse(struct str s, struct heading *h)
{
	size_t colon = str_find(s, STR(": ")), open;
	int issue, year;

	*h = (struct heading){ .original = STR("") };
	if (colon == (size_t)-1 || colon == 0 || s.len > HEADING_MAX)
		return false;
	h->directors = str_cut(s, 0, colon);
	h->title = after(s, colon + 2);
	if (issue_parse(h->title, &issue, &year))
		return false;
	open = last_bracket(h->title);
	if (open < h->title.len) {
		brackets(str_cut(h->title, open + 1,
		    h->title.len - open - 2), h);
		h->title = str_trim(str_cut(h->title, 0, open));
	}
	return h->title.len > 0;
}

/* k lines from i on as one; "" if they do not belong together: a heading goes
 * on after its colon. */
static struct str
joined(struct reader *r, size_t i, size_t k)
{
	if (i + k > r->n)
		return STR("");
	if (k == 1)
		return r->lines[i].text;
	if (r->lines[i + 1].gap || r->lines[i].text.len > HEADING_MAX ||
	    str_find(r->lines[i].text, STR(":")) == (size_t)-1)
		return STR("");
	return arena_fmt(r->arena, STR_FMT " " STR_FMT,
	    STR_ARG(r->lines[i].text),
	    STR_ARG(str_cut(r->lines[i + 1].text, 0, HEADING_MAX)));
}

static bool
byline_parse(struct str s, struct str *name, struct str *published)
{
	size_t k = 0, at = (size_t)-1;

	while (k < COUNT(bylines) && !ingest_chars_begins(s, bylines[k]))
		k++;
	if (k == COUNT(bylines) || s.len > BYLINE_MAX)
		return false;
	s = after(s, str_of(bylines[k]).len);
	for (k = 0; k < COUNT(marks) && at == (size_t)-1; k++)
		at = str_find(s, str_of(marks[k]));
	*name = str_trim(str_cut(s, 0, at));
	*published = at == (size_t)-1 ? STR("") :
	    after(s, at + str_of(marks[k - 1]).len);
	if (str_ends(*name, ","))
		name->len--;
	return name->len > 0;
}

static bool
heading_at(struct reader *r, size_t i, size_t k, bool with_year)
{
	struct heading h;

	if (!heading_parse(joined(r, i, k), &h) || (with_year && !h.year))
		return false;
	r->heading = i;
	r->heading_lines = k;
	return true;
}

bool
ingest_heading_find(struct reader *r)
{
	struct str name, published;
	size_t i;

	for (i = 0; i < r->n && i < TOP; i++)
		if (heading_at(r, i, 1, true) || heading_at(r, i, 2, true))
			return true;
	for (i = 1; i < r->n && i < TOP; i++)
		if (byline_parse(r->lines[i].text, &name, &published) &&
		    (heading_at(r, i - 1, 1, false) ||
		    (i > 1 && heading_at(r, i - 2, 2, false))))
			return true;
	return false;
}

size_t
ingest_heading_early(struct reader *r)
{
	if (r->i >= r->heading)
		return 0;
	return ingest_article_keep(r, "before the heading");
}

size_t
ingest_heading_take(struct reader *r)
{
	struct str text = joined(r, r->i, r->heading_lines);
	struct heading h;

	if (r->i != r->heading || !heading_parse(text, &h))
		return 0;
	r->review->heading = text;
	r->review->title = h.title;
	r->review->original = h.original;
	r->review->film_year = h.year;
	ingest_names_split(r->arena, h.directors, true, &r->directors);
	r->section = IN_EPIGRAPH;
	return r->heading_lines;
}

size_t
ingest_heading_again(struct reader *r)
{
	for (size_t k = 1; k <= 2; k++) {
		struct str text = joined(r, r->i, k);

		if (!str_eq(text, r->review->heading))
			continue;
		ingest_article_note(r, true, "the heading again", text);
		return k;
	}
	return 0;
}

size_t
ingest_heading_byline(struct reader *r)
{
	struct str name, published, text = r->lines[r->i].text;

	if (!byline_parse(text, &name, &published))
		return 0;
	if (r->review->reviewer.len == 0) {
		r->review->reviewer = name;
		r->review->published = published;
		return 1;
	}
	if (!str_eq(name, r->review->reviewer))
		return 0;
	ingest_article_note(r, true, "the reviewer again", text);
	return 1;
}
