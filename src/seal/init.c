/* init.c: libsodium, made ready. */
#include "seal/internal.h"

enum err
seal_init(void)
{
	return sodium_init() < 0 ? ERR_BROKEN : OK;
}
