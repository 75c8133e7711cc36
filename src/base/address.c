/* address.c: IP addresses, and ranges of them as address/bits. */
#include <arpa/inet.h>
#include <string.h>

#include "base/base.h"

enum { BITS4 = 32, BITS6 = 128, BYTES = 16 };

/* IPv4 as IPv6 has it (RFC 4291 section 2.5.5.2); its bits, or 0. */
static int
address_read(struct str text, unsigned char at[BYTES])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	char word[INET6_ADDRSTRLEN];

	if (text.len == 0 || text.len >= sizeof(word))
		return 0;
	memcpy(word, text.at, text.len);
	word[text.len] = '\0';
	if (inet_pton(AF_INET6, word, at) == 1)
		return BITS6;
	memcpy(at, mapped, sizeof(mapped));
	return inet_pton(AF_INET, word, at + sizeof(mapped)) == 1 ? BITS4 : 0;
}

/* How many bits of all 128 are the range's; -1: it is none. */
static int
address_range(struct str range, unsigned char at[BYTES])
{
	struct str text;
	int64_t bits;
	int all;

	if (!str_split(&range, '/', &text) || (all = address_read(text, at)) ==
	    0)
		return -1;
	if (range.at == NULL)
		return BITS6;
	if (!str_int64(range, &bits) || bits < 0 || bits > all)
		return -1;
	return BITS6 - all + (int)bits;
}

bool
address_range_good(struct str range)
{
	unsigned char at[BYTES];

	return address_range(range, at) >= 0;
}

bool
address_within(struct str address, struct str range)
{
	unsigned char one[BYTES], from[BYTES];
	int bits = address_range(range, from), i;

	if (bits < 0 || address_read(address, one) == 0)
		return false;
	for (i = 0; i < bits; i++)
		if (((one[i / 8] ^ from[i / 8]) >> (7 - i % 8) & 1) != 0)
			return false;
	return true;
}

bool
address_loopback(struct str address)
{
	return address_within(address, STR("127.0.0.0/8")) ||
	    address_within(address, STR("::1"));
}
