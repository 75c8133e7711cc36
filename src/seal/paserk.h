/*
 * paserk.h: keys as text and their ids (PASERK, version 4).
 */
#ifndef SEAL_PASERK_H
#define SEAL_PASERK_H

#include "base/base.h"

enum {
	SEAL_ID = sizeof("k4.pid.") + 44,	/* an id, with the NUL */
	SEAL_PASERK = sizeof("k4.secret.") + 86	/* a key, with the NUL */
};

/* type: "k4.local.", "k4.public." (32 bytes) or "k4.secret." (64). */
void seal_paserk_text(const char *type, const unsigned char *key, size_t len,
    char ret[SEAL_PASERK]);
/* false: another type, another length, or not strict base64url. */
bool seal_paserk_parse(const char *type, struct str text, unsigned char *ret,
    size_t len);
/* type: "k4.lid.", "k4.pid." or "k4.sid.", of the key's text. */
void seal_paserk_id(const char *type, const char *paserk, char ret[SEAL_ID]);

#endif
