/* chain.c: the moderation log's link: a row's hash over the row before it. */
#include "seal/internal.h"

void
seal_chain_hash(const struct log_row *row, unsigned char hash[32])
{
	struct seal_mac m;

	seal_mac_begin(&m, NULL, "foyer-log", 32);
	seal_mac_str(&m, (struct str){ (const char *)row->prev,
	    sizeof(row->prev) });
	seal_mac_int(&m, row->id);
	seal_mac_int(&m, row->at);
	seal_mac_uuid(&m, &row->actor);
	seal_mac_str(&m, row->actor_name);
	seal_mac_str(&m, row->act);
	seal_mac_int(&m, row->thread);
	seal_mac_int(&m, row->comment);
	/* Not the slug: the row doesn't keep it, a review may change it. */
	seal_mac_str(&m, row->reason);
	seal_mac_str(&m, row->before);
	seal_mac_str(&m, row->after);
	seal_mac_end(&m, hash);
}
