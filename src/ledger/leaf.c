#include "ledger/leaf.h"

struct hash leaf_commitment(const uint8_t key[PERSON_KEY], str public_line,
			    str private_line)
{
	if (private_line.n == 0)
		return (struct hash){ { 0 } };
	str parts[] = { public_line, S("\n"), private_line };
	return hmac_sha256_parts((str){ (const char *)key, PERSON_KEY }, parts, 3);
}

struct hash leaf_hash(str public_line, const struct hash *commitment)
{
	str parts[] = { { "", 1 }, /* 0x00 */
			public_line,
			S("\n"),
			{ (const char *)commitment->b, sizeof commitment->b } };
	return sha256_parts(parts, 4);
}
