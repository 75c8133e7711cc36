/*
 * fuzz.h: what a target of libFuzzer consists of: any bytes, and what must
 * hold of what foyer makes of them (assert), beside what sanitizers see.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

/* A target's own. The arena is empty, and the input as long as it says. */
void fuzz_one(struct arena *, struct str input);

/* Takes the first line off, without its end; all, if there is no other. */
struct str fuzz_line(struct str *input);
/* A copy with some bytes changed: of `how` two are a place, one what is there
 * from now on. */
struct str fuzz_change(struct arena *, struct str, struct str how);
/* A file for who reads none but by its name, until fuzz_file_end. */
const char *fuzz_file(struct arena *, struct str bytes);
void fuzz_file_end(const char *);

#endif
