/* credits.c: "Closeness, Russia, 2017", "Color, 118 minutes", "Role: names". */
#include "ingest/internal.h"

enum {
	ROLE_MAX = 40,			/* characters */
	ROLE_WORDS = 6,
	TITLE_MAX = 200,		/* characters of the first line */
	PROSE = 200,			/* a line without a role: no credit */
	CREDIT_MAX = 20000,		/* bytes that are cut into names */
	RUN = 3				/* roles in a row are credits */
};

static const char *const roles[] = {
	"director", "directed", "script", "screenplay", "cinematogra",
	"camera", "producer", "cast",
	"режисс", "сценар", "оператор", "в ролях"
};
static const char *const colours[] = {
	"color", "colour", "black and white", "black-and-white", "b/w", "b&w",
	"bw", "tinted", "цвет", "ч/б", "черно-бел"
};
static const char *const minutes_words[] = {
	"min", "min.", "mins", "minute", "minutes", "minutes.", "'", "\u2032",
	"мин", "мин.", "минут", "минута", "минуты"
};

static struct str
rest_of(struct str s, size_t from)
{
	return str_trim(str_cut(s, from, s.len));
}

/* "Production Design: ..." -> where the colon is, or -1. */
static size_t
role_end(struct str s)
{
	size_t colon = str_find(s, STR(":")), words = 1, i = 0;
	struct str role = str_cut(s, 0, colon);

	if (colon == (size_t)-1 || text_length(role) > ROLE_MAX ||
	    (colon + 1 < s.len && s.at[colon + 1] != ' ') ||
	    !ingest_chars_upper(text_next(s, &i)))
		return (size_t)-1;
	for (i = 0; i < role.len; i++) {
		words += role.at[i] == ' ';
		if (role.at[i] == '.' || role.at[i] == '"' ||
		    (role.at[i] >= '0' && role.at[i] <= '9'))
			return (size_t)-1;
	}
	return words <= ROLE_WORDS ? colon : (size_t)-1;
}

static bool
is_known(struct reader *r, struct str role)
{
	struct str low = ingest_chars_lowered(r->arena, role);

	for (size_t k = 0; k < COUNT(roles); k++)
		if (str_find(low, str_of(roles[k])) != (size_t)-1)
			return true;
	return false;
}

/* Are the next lines a list of roles, although no title leads them? */
static bool
is_run(struct reader *r)
{
	bool known = false;

	for (size_t i = r->i; i < r->i + RUN; i++) {
		size_t end = i < r->n ? role_end(r->lines[i].text) : (size_t)-1;

		if (end == (size_t)-1)
			return false;
		known |= is_known(r, str_cut(r->lines[i].text, 0, end));
	}
	return known;
}

/* "118 minutes", "118 min.", "118'": how many, or 0. */
static int
minutes_of(struct str s)
{
	int64_t number;
	size_t n = 0;

	while (n < s.len && s.at[n] >= '0' && s.at[n] <= '9')
		n++;
	if (n == 0 || n > 4 || !str_int64(str_cut(s, 0, n), &number))
		return 0;
	s = rest_of(s, n);
	for (size_t k = 0; k < COUNT(minutes_words); k++)
		if (str_eq_nocase(s, minutes_words[k]))
			return (int)number;
	return 0;
}

static bool
is_colour(struct reader *r, struct str part)
{
	struct str low = ingest_chars_lowered(r->arena, part);

	for (size_t k = 0; k < COUNT(colours); k++)
		if (str_begins(low, colours[k]))
			return true;
	return false;
}

/* "Color, 118 minutes" and its likes. */
static bool
technical_parse(struct reader *r, struct str s, struct str *colour,
    int *minutes)
{
	struct list kept = { 0 };
	struct str part;
	bool known = false;

	*minutes = 0;
	if (text_length(s) > PROSE)
		return false;
	while (str_split(&s, ',', &part)) {
		int m = minutes_of(part = str_trim(part));

		if (m > 0 && *minutes == 0)
			*minutes = m;
		else
			ingest_list_text(r->arena, &kept, ", ", part);
		known |= m > 0 || is_colour(r, part);
	}
	*colour = ingest_list_first(r->arena, &kept);
	return known;
}

static bool
is_title(const struct reader *r, struct str s)
{
	return str_eq(s, r->review->title) || (r->review->original.len > 0 &&
	    str_eq(s, r->review->original));
}

static size_t
last_comma(struct str s)
{
	for (size_t i = s.len; i-- > 0; )
		if (s.at[i] == ',')
			return i;
	return (size_t)-1;
}

/* Where the film's title ends, which may hold commas; -1 if s does not begin
 * with it. */
static size_t
title_end(const struct reader *r, struct str s)
{
	const size_t ends[] = { r->review->title.len,
	    r->review->original.len };

	for (size_t k = 0; k < COUNT(ends); k++)
		if (is_title(r, str_cut(s, 0, ends[k])) &&
		    str_begins(str_cut(s, ends[k], 1), ","))
			return ends[k];
	return (size_t)-1;
}

/* "TITLE, COUNTRY, YEAR" */
static bool
title_parse(const struct reader *r, struct str s, struct str *title,
    struct str *country, int *year)
{
	size_t comma = last_comma(s);

	if (comma == (size_t)-1 || text_length(s) > TITLE_MAX ||
	    (*year = ingest_chars_year(rest_of(s, comma + 1))) == 0)
		return false;
	s = str_trim(str_cut(s, 0, comma));
	comma = title_end(r, s);
	if (comma == (size_t)-1 && (comma = last_comma(s)) == (size_t)-1)
		return false;
	*title = str_trim(str_cut(s, 0, comma));
	*country = rest_of(s, comma + 1);
	return country->len > 0;
}

/* Is the line after this one what follows a title? */
static bool
goes_on(struct reader *r)
{
	struct str colour, next;
	int minutes;

	if (r->i + 1 >= r->n)
		return false;
	next = r->lines[r->i + 1].text;
	return role_end(next) != (size_t)-1 ||
	    technical_parse(r, next, &colour, &minutes);
}

size_t
ingest_credits_begin(struct reader *r)
{
	struct str title, country, text = r->lines[r->i].text;
	int year;

	if (is_run(r)) {
		r->section = IN_CREDITS;
		return ingest_credits_take(r);
	}
	if (!title_parse(r, text, &title, &country, &year) ||
	    (!is_title(r, title) && !goes_on(r)))
		return 0;
	r->section = IN_CREDITS;
	r->review->country = country;
	if (r->review->film_year == 0)
		r->review->film_year = year;
	if (!is_title(r, title) || r->review->film_year != year)
		ingest_article_note(r, false, "differs from the heading", text);
	return 1;
}

static size_t
take_role(struct reader *r, struct str text, size_t colon)
{
	struct credit_text *c = ingest_list_add(r->arena, &r->credits,
	    sizeof(*c));
	struct str names = rest_of(text, colon + 1);

	c->role = str_cut(text, 0, colon);
	c->names = (struct list){ 0 };
	c->open = names.len == 0 ? ", " : r->wrapped ||
	    str_ends(names, ",") ? " " : NULL;
	if (names.len > 0)
		ingest_list_text(r->arena, &c->names, NULL, names);
	return 1;
}

static bool
take_more(struct reader *r, const struct line *line)
{
	struct credit_text *c = r->credits.at;

	if (r->credits.n == 0 || line->gap)
		return false;
	c += r->credits.n - 1;
	if (c->open == NULL)
		return false;
	ingest_list_text(r->arena, &c->names, c->open, line->text);
	if (c->open[0] == ' ' && !r->wrapped && !str_ends(line->text, ","))
		c->open = NULL;
	return true;
}

size_t
ingest_credits_take(struct reader *r)
{
	const struct line *line = &r->lines[r->i];
	size_t colon = role_end(line->text);
	struct str colour;
	int minutes;

	if (colon != (size_t)-1)
		return take_role(r, line->text, colon);
	if (r->review->minutes == 0 && r->review->colour.len == 0 &&
	    technical_parse(r, line->text, &colour, &minutes)) {
		r->review->colour = colour;
		r->review->minutes = minutes;
		return 1;
	}
	if (take_more(r, line))
		return 1;
	if (text_length(line->text) <= PROSE)
		return ingest_article_keep(r, "not placed");
	r->section = IN_BODY;
	return 0;
}

void
ingest_credits_finish(struct reader *r)
{
	struct review *rv = r->review;
	const struct credit_text *from = r->credits.at;

	rv->ncredits = r->credits.n;
	rv->credits = arena_alloc(r->arena, (rv->ncredits + 1) *
	    sizeof(*rv->credits));
	for (size_t i = 0; i < rv->ncredits; i++) {
		struct str all = ingest_list_first(r->arena, &from[i].names);
		struct list names = { 0 };

		if (all.len <= CREDIT_MAX)
			ingest_names_split(r->arena, all, false, &names);
		else
			ingest_list_text(r->arena, &names, NULL, all);
		rv->credits[i].role = from[i].role;
		rv->credits[i].names = ingest_list_strings(r->arena, &names,
		    &rv->credits[i].nnames);
	}
}
