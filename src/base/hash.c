/* The block functions of libcrypto are called directly: they use the SHA instructions of the
 * processor like EVP does, but need neither a heap object nor a global cache for speed.
 * Measures and reasons: doc/decisions/0002-sha256.md. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <string.h>

struct hash sha256(str bytes)
{
	return sha256_parts(&bytes, 1);
}

static void update(SHA256_CTX *c, const str *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (parts[i].n)
			ASSERT(SHA256_Update(c, parts[i].p, parts[i].n) == 1);
}

struct hash sha256_parts(const str *parts, size_t n)
{
	struct hash h;
	SHA256_CTX c;
	ASSERT(SHA256_Init(&c) == 1);
	update(&c, parts, n);
	ASSERT(SHA256_Final(h.b, &c) == 1);
	return h;
}

struct hash hmac_sha256(str key, str bytes)
{
	return hmac_sha256_parts(key, &bytes, 1);
}

struct hash hmac_sha256_parts(str key, const str *parts, size_t n)
{
	uint8_t pad[64] = { 0 };
	struct hash inner, h;
	SHA256_CTX c;
	if (key.n > sizeof pad)
		memcpy(pad, sha256(key).b, sizeof h.b);
	else if (key.n)
		memcpy(pad, key.p, key.n);
	for (size_t i = 0; i < sizeof pad; i++)
		pad[i] ^= 0x36;
	ASSERT(SHA256_Init(&c) == 1 && SHA256_Update(&c, pad, sizeof pad) == 1);
	update(&c, parts, n);
	ASSERT(SHA256_Final(inner.b, &c) == 1);
	for (size_t i = 0; i < sizeof pad; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	ASSERT(SHA256_Init(&c) == 1 && SHA256_Update(&c, pad, sizeof pad) == 1 &&
	       SHA256_Update(&c, inner.b, sizeof inner.b) == 1 &&
	       SHA256_Final(h.b, &c) == 1);
	OPENSSL_cleanse(pad, sizeof pad);
	return h;
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
	return CRYPTO_memcmp(a->b, b->b, sizeof a->b) == 0;
}
