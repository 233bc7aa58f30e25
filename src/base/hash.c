#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

static const EVP_MD *md(void)
{
	return EVP_sha256(); /* a constant of the library */
}

struct hash sha256(str bytes)
{
	return sha256_parts(&bytes, 1);
}

struct hash sha256_parts(const str *parts, size_t n)
{
	struct hash h;
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	ASSERT(c && EVP_DigestInit_ex(c, md(), NULL) == 1);
	for (size_t i = 0; i < n; i++)
		ASSERT(EVP_DigestUpdate(c, parts[i].p, parts[i].n) == 1);
	ASSERT(EVP_DigestFinal_ex(c, h.b, NULL) == 1);
	EVP_MD_CTX_free(c);
	return h;
}

struct hash hmac_sha256(str key, str bytes)
{
	struct hash h;
	unsigned n = sizeof h.b;
	ASSERT(HMAC(md(), key.p ? key.p : "", (int)key.n, (const unsigned char *)bytes.p,
		    bytes.n, h.b, &n) != NULL);
	return h;
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
	return CRYPTO_memcmp(a->b, b->b, sizeof a->b) == 0;
}
