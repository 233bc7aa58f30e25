/* hash.h - SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) behind one place (libcrypto).
 *
 * Pure: same bytes in, same bytes out.  A failing library call is a bug and aborts.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

struct hash {
	uint8_t b[32];
};

struct hash sha256(str bytes);
struct hash sha256_parts(const str *parts, size_t n); /* the concatenation of the parts */
struct hash hmac_sha256(str key, str bytes);
struct hash hmac_sha256_parts(str key, const str *parts, size_t n);
bool hash_eq(const struct hash *a, const struct hash *b); /* constant time */

#endif
