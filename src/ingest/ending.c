/* ending.c: after the body: signature, Facebook, works cited, "Updated:". */
#include "ingest/internal.h"

enum { SMALL = 100, LONE = 60, AFFILIATIONS = 4 };	/* characters, lines */

static const char *const invitations[] = {
	"comment on", "share on", "share this", "like this", "discuss",
	"follow us", "Обсудить", "Коммент"
};
static const char *const updates[] = {
	"updated:", "last updated:", "Обновлено:"
};
static const char *const works[] = {
	"works cited", "work cited", "bibliography", "references", "sources",
	"Литература", "Библиография", "Источники", "filmography"
};
static const char *const headings[] = {
	"notes", "endnotes", "note", "Примечания"
};

static bool
is_small(const struct reader *r)
{
	return text_length(r->lines[r->i].text) <= SMALL;
}

static bool
is_one_of(struct str s, const char *const *words, size_t n)
{
	if (str_ends(s, ":"))
		s.len--;
	for (size_t k = 0; k < n; k++)
		if (str_eq_nocase(s, words[k]))
			return true;
	return false;
}

size_t
ingest_ending_facebook(struct reader *r)
{
	struct str text = r->lines[r->i].text;

	if (!is_small(r) || str_find(text, STR("Facebook")) == (size_t)-1)
		return 0;
	for (size_t k = 0; k < COUNT(invitations); k++)
		if (ingest_chars_begins(text, invitations[k])) {
			ingest_article_note(r, true, "Facebook", text);
			return 1;
		}
	return 0;
}

size_t
ingest_ending_updated(struct reader *r)
{
	struct str text = r->lines[r->i].text;
	size_t k = 0;

	while (k < COUNT(updates) && !ingest_chars_begins(text, updates[k]))
		k++;
	if (k == COUNT(updates) || !is_small(r))
		return 0;
	if (r->review->updated.len > 0)
		return ingest_article_keep(r, "updated twice");
	r->review->updated = str_trim(str_cut(text, str_of(updates[k]).len,
	    text.len));
	return 1;
}

size_t
ingest_ending_copyright(struct reader *r)
{
	struct str text = r->lines[r->i].text, year;
	size_t at = str_find(text, STR("©"));

	if (at == (size_t)-1 || !is_small(r))
		return 0;
	year = str_cut(text, at + 2, text.len);
	while (year.len > 0 && (year.at[0] < '0' || year.at[0] > '9'))
		year = str_cut(year, 1, year.len);
	if (r->review->published.len == 0 && ingest_chars_year(year))
		r->review->published = year;
	ingest_article_note(r, true, "copyright line", text);
	return 1;
}

/* Does s begin with this name? What follows it goes to *rest. */
static bool
signs(struct str s, struct str name, struct str *rest)
{
	if (name.len == 0 || !str_eq(str_cut(s, 0, name.len), name))
		return false;
	*rest = str_cut(s, name.len, s.len);
	if (rest->len == 0)
		return true;
	if (!str_begins(*rest, ", "))
		return false;
	*rest = str_trim(str_cut(*rest, 1, rest->len));
	return true;
}

size_t
ingest_ending_signature(struct reader *r)
{
	struct str text = r->lines[r->i].text, rest;
	struct list list = { 0 };
	struct str *names;
	size_t n;
	bool signed_by;

	if (!is_small(r))
		return 0;
	ingest_names_split(r->arena, r->review->reviewer, true, &list);
	names = ingest_list_strings(r->arena, &list, &n);
	signed_by = signs(text, r->review->reviewer, &rest);
	for (size_t k = 0; k < n && !signed_by; k++)
		signed_by = signs(text, names[k], &rest);
	if (!signed_by)
		return 0;
	if (rest.len > 0)
		ingest_list_text(r->arena, &r->affiliation, "; ", rest);
	return 1;
}

size_t
ingest_ending_affiliation(struct reader *r)
{
	struct str text = r->lines[r->i].text;

	if ((r->before != ingest_ending_signature &&
	    r->before != ingest_ending_affiliation) ||
	    r->affiliation.n == AFFILIATIONS || !is_small(r) ||
	    (r->lines[r->i].gap && text_length(text) > LONE) ||
	    is_one_of(text, headings, COUNT(headings)))
		return 0;
	ingest_list_text(r->arena, &r->affiliation, "; ", text);
	return 1;
}

size_t
ingest_ending_works(struct reader *r)
{
	struct str text = r->lines[r->i].text;

	if (!is_one_of(text, works, COUNT(works)))
		return 0;
	if (str_eq_nocase(str_cut(text, 0, 11), "filmography"))
		ingest_article_note(r, true, "films among the works cited",
		    text);
	r->section = IN_WORKS;
	return 1;
}

size_t
ingest_ending_work(struct reader *r)
{
	bool on = r->wrapped && !r->lines[r->i].gap &&
	    r->before == ingest_ending_work;

	ingest_list_text(r->arena, &r->works, on ? " " : NULL,
	    r->lines[r->i].text);
	return 1;
}
