/* account.h: part of internal.h: what accounts may do, and their proofs. */
#ifndef APP_ACCOUNT_H
#define APP_ACCOUNT_H

/* ---- proof.c: who signs in, and whether it is so. ---- */

/* The account of that name and password. An unknown name costs the same time
 * as a wrong password. ERR_SIGN_INS_MANY with Retry-After set. */
enum err app_proof_password(struct app *, const struct request *,
    struct response *, struct account *ret) MUST_CHECK;
/* A code of the account's second factor, or one for recovery; once. The same
 * errors; ERR_CODE, ERR_CODE_NEEDED. */
enum err app_proof_code(struct app *, const struct request *,
    struct response *, const struct account *) MUST_CHECK;
/* The visitor's own password once more, counted apart: whoever has only the
 * session locks nobody out. ERR_PASSWORD_OLD, ERR_SIGN_INS_MANY. */
enum err app_proof_old(struct app *, const struct request *,
    struct response *) MUST_CHECK;
/* A new password from the form, hashed: ERR_PASSWORD_SHORT. */
enum err app_proof_fresh(struct app *, const struct request *,
    struct str *hash) MUST_CHECK;

/* ---- totp.c ---- */

/* Does the owner of foyer.conf ask this role for a second factor? */
bool app_totp_required(const struct app *, enum model_role);

/* ---- account.c ---- */

/* After a change: the account's page, with what was wrong if something was. */
enum err app_account_done(struct app *, const struct request *,
    struct response *, enum err) MUST_CHECK;

app_action app_admin_log_lines;		/* admin_log.c */
app_action app_queue_feed;		/* queue_feed.c */
app_action app_tally;			/* tally.c */
app_action app_account_show;		/* account.c */
app_action app_account_password;
app_action app_account_session_end;
app_action app_account_leave;
app_action app_account_feed;
app_action app_totp_show;		/* totp.c */
app_action app_totp_set;
app_action app_totp_end;
app_action app_join_show;		/* join.c */
app_action app_join;
app_action app_admin_accounts;		/* admin_accounts.c */
app_action app_admin_account_set;
app_action app_admin_account_reset;
app_action app_admin_invite;
app_action app_admin_invite_end;
app_action app_admin_choose;

#endif
