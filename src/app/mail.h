/* mail.h: part of internal.h: mail, and who wants it. */
#ifndef APP_MAIL_H
#define APP_MAIL_H

/* ---- follow.c ---- */

/* Of a form that ticks `follow`: settles the draft's. ERR_EMAIL_EMPTY,
 * ERR_EMAIL_BAD, ERR_EMAIL_LETTERS. Nothing where no mail is sent. */
enum err app_follow_read(struct app *, const struct request *, struct draft *)
    MUST_CHECK;
/* The URL that a mail gives its follower: to confirm, or to stop. */
enum err app_follow_url(const struct seal_keys *, struct arena *,
    const struct settings *, const struct store_mail *, struct str *ret)
    MUST_CHECK;
app_action app_follow_confirm_show;
app_action app_follow_confirm;
app_action app_follow_stop_show;
app_action app_follow_stop;
app_action app_follow_end;

/* ---- outbox.c: a process that sends what waits. ---- */

bool app_outbox_any(const struct settings *);
int app_outbox(const struct proc_seat *, void *run);

#endif
