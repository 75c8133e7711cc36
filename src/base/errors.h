/*
 * errors.h: the error table: name, type (RFC 9457), HTTP status, the form
 * field at fault or NULL, the reader's sentence.
 */
#ifndef BASE_ERRORS_H
#define BASE_ERRORS_H

#define ERRORS(X)							\
	X(OK, "ok", 200, NULL, "All is well.")				\
	X(ERR_UTF8, "utf8", 400, NULL,					\
	    "The text is not valid UTF-8.")				\
	X(ERR_SYNTAX, "syntax", 400, NULL,				\
	    "The request could not be read.")				\
	X(ERR_JSON, "json", 400, NULL, "The body is not a JSON object.") \
	X(ERR_FIELD_TYPE, "field-type", 400, NULL,			\
	    "A field has the wrong type: every field is a string.")	\
	X(ERR_FIELD_TWICE, "field-twice", 400, NULL,			\
	    "A field is given twice.")					\
	X(ERR_FIELDS_MANY, "fields-many", 400, NULL,			\
	    "There are too many fields.")				\
	X(ERR_MEDIA_TYPE, "media-type", 415, NULL,			\
	    "Send application/x-www-form-urlencoded, "			\
	    "multipart/form-data or application/json.")			\
	X(ERR_BODY_EMPTY, "body-empty", 422, "body",			\
	    "Please write a comment before you send it.")		\
	X(ERR_BODY_LONG, "body-long", 422, "body",			\
	    "The comment is longer than 10,000 characters.")		\
	X(ERR_BODY_DEEP, "body-deep", 422, "body",			\
	    "The comment grows too large when it is formatted.")	\
	X(ERR_AUTHOR_EMPTY, "author-empty", 422, "author",		\
	    "Please give a name.")					\
	X(ERR_AUTHOR_LONG, "author-long", 422, "author",		\
	    "The name is longer than 80 characters.")			\
	X(ERR_EMAIL_BAD, "email-bad", 422, "email",			\
	    "That does not look like a mail address.")			\
	X(ERR_EMAIL_LETTERS, "email-letters", 422, "email",		\
	    "Mail can only be sent to an address that has letters from a " \
	    "to z before the @.")					\
	X(ERR_EMAIL_EMPTY, "email-empty", 422, "email",			\
	    "Please give the address that replies shall be mailed to.") \
	X(ERR_PARENT_BAD, "parent-bad", 422, "parent",			\
	    "The comment you reply to is not in this thread.")		\
	X(ERR_ANCHOR_BAD, "anchor-bad", 422, "anchor",			\
	    "The passage could not be read: it is a W3C "		\
	    "TextQuoteSelector, or the words alone.")			\
	X(ERR_ANCHOR_LONG, "anchor-long", 422, "anchor",		\
	    "The passage is longer than 2,000 characters.")		\
	X(ERR_ANCHOR_ABSENT, "anchor-absent", 422, "anchor",		\
	    "The review does not have these words.")			\
	X(ERR_KEY_BAD, "key-bad", 422, "key",				\
	    "The form's key is not a UUID.")				\
	X(ERR_KEY_USED, "key-used", 409, "key",				\
	    "This form was already used for another comment.")		\
	X(ERR_USED, "used", 409, NULL,					\
	    "What came with this form was used before.")		\
	X(ERR_REVIEW_BAD, "review-bad", 422, "review",			\
	    "Please say which review the form is for.")			\
	X(ERR_REASON_LONG, "reason-long", 422, "reason",		\
	    "The reason is longer than 300 characters.")		\
	X(ERR_REASON_EMPTY, "reason-empty", 422, "reason",		\
	    "Please say why: readers see it.")				\
	X(ERR_COMPLAINT_BAD, "report-bad", 422, "reason",		\
	    "Please choose what is wrong with the comment.")		\
	X(ERR_COMPLAINT_EMPTY, "report-empty", 422, "words",		\
	    "Please say in a few words what is wrong.")			\
	X(ERR_COMPLAINT_LONG, "report-long", 422, "words",		\
	    "What you say is longer than 300 characters.")		\
	X(ERR_VOTE_BAD, "vote-bad", 422, "vote",			\
	    "The vote is helpful or none.")				\
	X(ERR_UNSURE, "unsure", 422, "sure",				\
	    "Please say that you are sure.")				\
	X(ERR_POLICY_BAD, "policy-bad", 422, "policy",			\
	    "The policy is one of open, first, all, closed.")		\
	X(ERR_TIME_BAD, "time-bad", 422, "closes_at",			\
	    "The time is not like 2026-01-31T18:00:00Z.")		\
	X(ERR_WEIGHT_BAD, "weight-bad", 422, "weight",			\
	    "A weight is a number from 0 to 1000.")			\
	X(ERR_LIMIT_BAD, "limit-bad", 422, "hold_at",			\
	    "The totals from which on a comment is held or spam are "	\
	    "numbers from -100 to 101, the second not below the first.") \
	X(ERR_ACT_BAD, "act-bad", 422, "act",				\
	    "The ruling is one of approve, spam, remove, hold.")	\
	X(ERR_SELECT_EMPTY, "select-empty", 422, "select",		\
	    "Please select something first.")				\
	X(ERR_SELECT_BAD, "select-bad", 422, "select",			\
	    "What is selected could not be read, or is more than 200.")	\
	X(ERR_THREAD_CLOSED, "thread-closed", 403, NULL,		\
	    "This thread is closed.")					\
	X(ERR_LOCKED, "locked", 403, "parent",				\
	    "No more replies are taken here.")				\
	X(ERR_DEED, "deed", 409, NULL,					\
	    "That can't be done to this any more, or not here.")	\
	X(ERR_DEED_BAD, "deed-bad", 422, "value",			\
	    "That value is not one that can be set.")			\
	X(ERR_HEADING_LONG, "heading-long", 422, "value",		\
	    "The heading is longer than 200 characters.")		\
	X(ERR_NOTE_LONG, "note-long", 422, "value",			\
	    "The note is longer than 2,000 characters.")		\
	X(ERR_DOMAIN_BAD, "domain-bad", 422, "domain",			\
	    "That does not look like a mail domain.")			\
	X(ERR_PLACE_BAD, "place-bad", 422, "value",			\
	    "There is no review by that name.")				\
	X(ERR_UNTIL_BAD, "until-bad", 422, "until",			\
	    "The time is not like 2026-01-31T18:00:00Z, or is past.")	\
	X(ERR_DAYS_BAD, "days-bad", 422, "days",			\
	    "The days are a number from 0 to 36,500.")			\
	X(ERR_ISSUE_BAD, "issue-bad", 422, "issue",			\
	    "The issue is a number.")					\
	X(ERR_REASONS_MANY, "reasons-many", 422, "value",		\
	    "The list holds at most 50 reasons of 300 characters.")	\
	X(ERR_WINDOW_OVER, "window-over", 403, NULL,			\
	    "The time in which you could change this comment is over.") \
	X(ERR_EDITS_MANY, "edits-many", 403, NULL,			\
	    "This comment was changed too often to be changed again.") \
	X(ERR_OWN, "own", 403, NULL, "That is your own comment.")	\
	X(ERR_BANNED, "banned", 403, NULL, "You can't do that here.")	\
	X(ERR_STRANGER, "stranger", 401, NULL,				\
	    "Only people who have left a comment here, or who are "	\
	    "signed in, can do that.")					\
	X(ERR_SIGN_IN, "sign-in", 401, NULL, "Please sign in.")		\
	X(ERR_PASSWORD, "password", 401, "password",			\
	    "That name and password don't match.")			\
	X(ERR_CODE, "code", 401, "code",				\
	    "That code is not right, or was used before. A new one "	\
	    "comes every half minute.")					\
	X(ERR_CODE_NEEDED, "code-needed", 401, "code",			\
	    "Please give the code that your application shows.")	\
	X(ERR_TOTP_NEEDED, "second-factor-needed", 403, NULL,		\
	    "Your role needs a second factor here: set it up on your "	\
	    "account's page.")						\
	X(ERR_PASSWORD_OLD, "password-old", 422, "old",			\
	    "That is not your password.")				\
	X(ERR_PASSWORD_SHORT, "password-short", 422, "password",	\
	    "A password has at least 10 characters.")			\
	X(ERR_NAME_TAKEN, "name-taken", 409, "name",			\
	    "There is an account of that name already.")		\
	X(ERR_ROLE_BAD, "role-bad", 422, "role",			\
	    "The role is one of reader, reviewer, moderator, owner.")	\
	X(ERR_LAST_OWNER, "last-owner", 409, NULL,			\
	    "That is the last owner: make somebody else one first.")	\
	X(ERR_LINK_OVER, "link-over", 403, NULL,			\
	    "This link was used before, was taken back, or is too old. " \
	    "Please ask for another.")					\
	X(ERR_SIGN_INS_MANY, "sign-ins-many", 429, NULL,		\
	    "Too many tries to sign in. Please wait some minutes.")	\
	X(ERR_SSO_BAD, "sso-bad", 403, NULL,				\
	    "This way in is no longer good: it was used before, or is "	\
	    "too old. Please sign in to the journal once more.")	\
	X(ERR_FORBIDDEN, "forbidden", 403, NULL,			\
	    "You may not do that.")					\
	X(ERR_CROSS_SITE, "cross-site", 403, NULL,			\
	    "That page is on another site, which is not on this "	\
	    "journal's list.")			\
	X(ERR_TOKEN_BAD, "token-bad", 403, "token",			\
	    "This form is too old. Please send it once more.")		\
	X(ERR_NOT_FOUND, "not-found", 404, NULL, "There is no such page.") \
	X(ERR_METHOD, "method", 405, NULL,				\
	    "That can't be done to this page.")				\
	X(ERR_CONFLICT, "conflict", 409, NULL,				\
	    "Somebody else has just changed this.")			\
	X(ERR_TOO_LARGE, "too-large", 413, NULL,			\
	    "The request is too large.")				\
	X(ERR_TOO_MANY, "too-many", 429, NULL,				\
	    "Too many at once. Please try again in a moment.")		\
	X(ERR_BROKEN, "broken", 500, NULL,				\
	    "Something broke on our side. Nothing was posted.")		\
	X(ERR_TIMEOUT, "timeout", 503, NULL,				\
	    "That took too long. Please try again.")			\
	X(ERR_DATABASE, "database", 503, NULL,				\
	    "Comments can't be saved just now. Please try again soon.") \
	X(ERR_SCHEMA, "schema", 503, NULL,				\
	    "The database does not fit this version of foyer.")		\
	X(ERR_GONE_AWAY, "gone-away", 503, NULL,			\
	    "The connection ended early.")				\
	X(ERR_FILE, "file", 500, NULL, "A file could not be read.")

#define ERRORS_ENUM(id, name, status, field, sentence) id,
enum err { ERRORS(ERRORS_ENUM) ERR_COUNT };
#undef ERRORS_ENUM

#endif
