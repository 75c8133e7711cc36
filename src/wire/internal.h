/*
 * internal.h: what the files of this room share.
 */
#ifndef WIRE_INTERNAL_H
#define WIRE_INTERNAL_H

#include "wire/wire.h"

/* ---- gate.c: the request's FastCGI records, before libfcgi's turn. ---- */

struct wire_raw {
	const char *bytes;		/* records, BEGIN to empty STDIN */
	size_t len;
	size_t body;			/* bytes of STDIN content in them */
	bool over;			/* the body passed its limit: cut off */
};

/* Reads one request. false: not one that is whole, well-formed and within the
 * limits, in time. */
bool wire_gate(int fd, struct arena *, const struct wire_limits *,
    struct wire_raw *ret) MUST_CHECK;

/* ---- request.c: CGI's variables into a struct request. ---- */

typedef const char *wire_param_fn(const char *name, void *ctx);	/* or NULL */

/* arena, began and body are set before; sets all else, `refused` too. */
void wire_request_fill(struct request *, wire_param_fn *, void *ctx);
void wire_request_refuse(struct request *, enum err);
/* What a hexadecimal digit is worth, or -1. */
int wire_hex(char);

/* ---- wants.c: content negotiation (RFC 9110, section 12.5.1). ---- */

enum wire_format wire_wants(struct str content_type, struct str accept);
/* The type without its parameters: "text/html". */
struct str wire_media(struct str content_type);
/* A parameter's value, its quotes taken off; false where absent. */
bool wire_media_param(struct arena *, struct str header, const char *name,
    struct str *ret);

/* ---- response.c ---- */

/* The answer as CGI prints it: header and empty line; body, perhaps empty. */
void wire_response_parts(const struct request *, struct response *,
    struct str ret[2]);

/* ---- send.c: nothing here waits past the deadline (clock_mono). ---- */

/* Whether the descriptor is ready. */
bool wire_wait(int fd, short events, int64_t deadline) MUST_CHECK;
/* The answer to request `id`. false: the client is gone, deaf or too slow. */
bool wire_send(int fd, unsigned id, const struct str answer[2],
    int64_t deadline) MUST_CHECK;

/* ---- form.c, multipart.c, json.c: the body's fields. ---- */

/* Adds a field of the body: ERR_UTF8, ERR_FIELD_TWICE, ERR_FIELDS_MANY. */
enum err wire_form_add(struct request *, struct str name, struct str value)
    MUST_CHECK;
enum err wire_form_multipart(struct request *) MUST_CHECK;
enum err wire_form_json(struct request *) MUST_CHECK;

#endif
