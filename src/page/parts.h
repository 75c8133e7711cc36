/*
 * parts.h: what several pages are made of (private to the room).
 */
#ifndef PAGE_PARTS_H
#define PAGE_PARTS_H

#include "page/out.h"
#include "page/page.h"

/* ---- shell.c: around every whole page. ---- */

/* From the doctype into the head; title: before the journal's name. */
void page_shell_head(struct buf *, const struct page_site *, struct str title);
void page_shell_script(struct buf *);	/* threads, times in one's own zone */
void page_shell_style(struct buf *, const char *name);	/* web/NAME.css */
void page_shell_load(struct buf *, const char *name);	/* web/NAME.js */
/* Ends the head; into main. */
void page_shell_main(struct buf *, const struct page_site *);
void page_shell_end(struct buf *, const struct page_site *);
/* <time>1 April 2018, 12:00 UTC</time> */
void page_shell_time(struct buf *, int64_t usec);
void page_shell_token(struct buf *, struct str token);	/* hidden, if any */

/* ---- index.c ---- */
void page_index_issue(struct buf *, int issue, int year);	/* 0: none */

void page_index_row(struct buf *, const struct page_site *,
    const struct page_review_row *, struct str excerpt);

/* ---- search.c ---- */

/* A form that looks for words; what else was asked for is kept. */
void page_search_form(struct buf *, const struct page_site *,
    const struct search *);
/* A paragraph, what was found marked; nothing for "". */
void page_search_excerpt(struct buf *, struct str excerpt);
/* The same, the markup alone. */
void page_search_marked(struct buf *, struct str excerpt);
/* A link to what else there is by that director, reviewer ...: name, "film",
 * "director" or "reviewer". */
void page_search_link(struct buf *, const struct page_site *,
    const char *name, struct str value);

/* ---- error.c ---- */
const char *page_error_title(enum err);	/* a literal, English */

/* ---- comment.c ---- */

/* Its words: html as rendered, or what a tombstone says. */
void page_comment_badge(struct buf *, struct str badge);
void page_comment_body(struct buf *, const struct comment *);
/* Its html as it may be told where nobody asks for spoilers: feeds, mail. */
struct str page_comment_told(struct buf *, const struct comment *);
/* One comment's article. `to`: named if it is shown flat below its parent;
 * NULL if not. */
void page_comment_article(struct buf *, const struct page_site *,
    const struct thread_page *, const struct comment *,
    const struct comment *to);

/* ---- passage.c: the words of a review that comments are about. ---- */

/* A review's paragraphs, its passages marked; `open`: new ones can be made. */
void page_passage_text(struct buf *, const struct review *,
    const struct thread_page *, bool open);
/* The passage that a comment is about, if any, with a link to its place. */
void page_passage_quote(struct buf *, const struct page_site *,
    const struct comment *);
/* The form's fields for a passage. */
void page_passage_field(struct buf *, const struct page_form *);

/* ---- script.c ---- */

/* A template of what foyer.js adds, in the reader's language. */
void page_script_parts(struct buf *);

/* ---- act.c ---- */

/* One report as a list's item. */
void page_act_complaint(struct buf *, const struct report *);

/* ---- form.c ---- */

/* A whole form for a new comment, a reply or an edit. */
void page_form_write(struct buf *, const struct page_site *,
    const struct page_form *);
/* What ties a field to its hint and its error; that error; a hidden field. */
void page_form_described(struct buf *, const struct page_form *,
    const char *field, bool hint);
void page_form_complaint(struct buf *, const struct page_form *,
    const char *field);
void page_form_hidden(struct buf *, struct str name, struct str value);
/* A link to the page that it is about: `from`, or our own. */
void page_form_back(struct buf *, const struct page_site *, struct str slug,
    struct str from);

/* ---- thread.c ---- */
bool page_thread_closed(const struct thread *);

/* ---- card.c: description, canonical address, feeds, Open Graph. ---- */
void page_card_review(struct buf *, const struct page_site *,
    const struct review *);

/* ---- linked.c: schema.org as JSON-LD. ---- */
void page_linked_review(struct buf *, const struct page_site *,
    const struct review *, const struct thread_page *);

/* ---- log_find.c ---- */

/* The form that looks for some rows; what is asked for, as further arguments
 * of an address. */
bool page_log_narrowed(const struct page_log *);
void page_log_find(struct buf *, const struct page_log *);
void page_log_query(struct buf *, const struct page_log *);

/* ---- own.c: around the pages of one's account. ---- */

/* From the doctype to the heading, and what was wrong. */
void page_own_open(struct buf *, const struct page_site *, struct str title,
    enum err);
void page_own_name(struct buf *, struct str);	/* whose password */
void page_own_fresh(struct buf *, enum err);	/* a new password's field */

/* ---- totp.c ---- */
void page_totp_code(struct buf *, enum err);	/* a code's field */

/* ---- queue.c, held.c, why.c, keys.c ---- */

/* A form's hidden fields: how the queue is narrowed. */
void page_queue_kept(struct buf *, const struct page_wanted *);
void page_queue_count(struct buf *, int64_t total);
/* What can be done with those on the page; people: with authors, too. */
size_t page_queue_acts(const struct page_queue *,
    const enum model_act **acts, bool *people);
/* One comment of the queue, a list's item. */
void page_held_item(struct buf *, const struct page_site *,
    const struct page_queue *, const struct held *, struct str token);
/* A rule's sentence, a literal; NULL if it is unknown. */
const char *page_held_why(struct str why);
/* What a filter gave as its reason, in the moderator's language. */
void page_why_out(struct buf *, struct str said);
/* Dialogues and templates of admin.js; people: there are keys for authors. */
void page_keys(struct buf *, bool people);

/* ---- admin.c: around moderators' pages. ---- */

/* From the doctype to the heading; `here`: this page's path in the
 * navigation, or "". */
void page_admin_open(struct buf *, const struct page_site *,
    const struct page_moderator *, struct str title, struct str here);
/* A table's head: literals, translated. */
void page_admin_columns(struct buf *, const char *const *, size_t n);
/* Opens a cell that tells its column's title where a screen is too narrow for
 * the head. */
void page_admin_cell(struct buf *, const char *title);
/* The ruling form's opening and hidden fields; `back`: "thread" or "". */
void page_admin_rule(struct buf *, const struct comment *, struct str slug,
    struct str token, struct str back);
/* The same, called otherwise where there is one of them already. */
void page_admin_rule_named(struct buf *, const struct comment *,
    struct str token, struct str label);
/* A button for each act. */
void page_admin_buttons(struct buf *, const enum model_act *, size_t n);
/* Buttons that trust or ban the author, too. */
void page_admin_both(struct buf *);
/* Its reason field and buttons; acts: those that make sense; people: those for
 * the author, too. */
void page_admin_acts(struct buf *, const struct comment *,
    const enum model_act *acts, size_t n, bool people);

/* ---- desk.c: parts of moderators' forms; labels are literals. ---- */

struct page_desk_field {
	const char *id, *name, *label, *hint;	/* hint: or NULL */
	struct str value;
};
struct page_desk_switch {
	struct str token;
	bool on;
	const char *set, *undo;		/* what its button says */
};
void page_desk_form(struct buf *, struct str action, const char *act,
    struct str token);
void page_desk_text(struct buf *, const struct page_desk_field *);
void page_desk_area(struct buf *, const struct page_desk_field *, int rows);
void page_desk_tick(struct buf *, const char *id, const char *name,
    const char *label);
void page_desk_send(struct buf *, const char *label, bool grave);
void page_desk_switch(struct buf *, struct str action, const char *act,
    const struct page_desk_switch *);
/* A link to somebody's page. */
void page_desk_person(struct buf *, const struct uuid *, struct str name);
/* What a ban does, in words; what one may do, as a form's fields. */
void page_desk_ban(struct buf *, struct str told);
void page_desk_bans(struct buf *, struct str prefix, bool person);

/* ---- letters.c ---- */

/* Those of a review, in its page. */
void page_letters_of(struct buf *, const struct thread_page *);

#endif
