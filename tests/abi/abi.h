/* abi.h: what the ABI tests share: a hub with its real host, and asking it. */
#ifndef ABI_H
#define ABI_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "filter/filter.h"

/* AddressSanitizer turns a crash into an end, and knows no memory limit. */
extern const bool abi_sanitized;
extern const char *const abi_crashed;

struct abi {
	struct arena *arena, *words;	/* words: of the last verdict */
	struct filter_hub *hub;
	struct filter_seat *seats[2];
	pid_t host;
};

/* A plugin of the tests' own, without settings, weight 100. */
struct filter_plugin abi_plugin(const char *name);
const char *abi_path(struct arena *, const char *file);
/* One that comes with foyer, weight 100. */
struct filter_plugin abi_shipped(const char *name, const struct filter_pair *,
    size_t npairs);
/* The only plugin's word: its score, its reason, what it measured. */
void abi_said(const struct verdict *, int score, const char *reason,
    const char *features);
/* Where plugins' memories are saved; NULL: nowhere. */
extern const char *abi_state;
/* Opens a hub, starts its host, waits until each plugin has loaded or not. */
void abi_open(struct abi *, const struct filter_plugin *, size_t n,
    int deadline_ms, int pause_s);
void abi_start(struct abi *);
void abi_close(struct abi *);
/* Asks from seat 0 about a comment with this body and one link. The verdict
 * lives until the next. */
void abi_ask(struct abi *, const char *body, struct verdict *);
/* The plugin's line in the hub's status. */
struct filter_status abi_status(struct abi *, size_t plugin);
/* The host is this binary: call it first in main. */
void abi_main(int argc, char **argv);

#endif
