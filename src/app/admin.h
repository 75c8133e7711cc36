/* admin.h: what moderators' pages share (part of internal.h). */
#ifndef APP_ADMIN_H
#define APP_ADMIN_H

/* ---- admin.c: around moderators' pages. ---- */

struct page_moderator app_admin_who(struct app *);
/* A page goes on from this key of the query; 0: it is the first. False: no
 * such page. */
bool app_admin_after(const struct request *, const char *name, int64_t *ret);
/* The nth of all that is selected: fields of that name, each of one or more
 * words. */
bool app_admin_selected(const struct request *, size_t nth, struct str *ret);

/* ---- visitor.c: reviewers, on their own reviews' pages. ---- */

/* Do they have rights on some reviews alone? */
bool app_visitor_narrow(const struct app *);
/* ERR_FORBIDDEN: they have none on this one. */
enum err app_visitor_reviewed(struct app *, struct str slug) MUST_CHECK;

/* ---- moved.c ---- */

/* To where the comment is that the path names; ERR_NOT_FOUND: it is there. */
enum err app_moved(struct app *, const struct request *, struct response *)
    MUST_CHECK;

/* ---- admin_queue.c ---- */

/* What the queue is narrowed to, by the query or a form of that page. */
typedef struct str app_get(const struct request *, const char *name);
bool app_admin_wanted(const struct request *, app_get *,
    struct page_wanted *) MUST_CHECK;

/* ---- admin_ruled.c: the answers to rulings and undoings. ---- */

enum err app_admin_ruled(struct app *, struct request *, struct response *,
    const struct store_ruling *, size_t n) MUST_CHECK;
enum err app_admin_ruled_one(struct app *, struct request *,
    struct response *, const struct store_ruling *) MUST_CHECK;

#endif
