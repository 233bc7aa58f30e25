#include "base/ed25519.h"

#include <sodium.h>

/* libsodium's secret key is the seed followed by the public key. */
static void expand(const uint8_t seed[ED25519_SEED], uint8_t pub[ED25519_PUBLIC],
		   uint8_t secret[crypto_sign_ed25519_SECRETKEYBYTES])
{
	ASSERT(crypto_sign_ed25519_seed_keypair(pub, secret, seed) == 0);
}

void ed25519_public(const uint8_t seed[ED25519_SEED], uint8_t ret[ED25519_PUBLIC])
{
	uint8_t secret[crypto_sign_ed25519_SECRETKEYBYTES];
	expand(seed, ret, secret);
	wipe(secret, sizeof secret);
}

void ed25519_sign(const uint8_t seed[ED25519_SEED], str message, uint8_t ret[ED25519_SIG])
{
	uint8_t pub[ED25519_PUBLIC], secret[crypto_sign_ed25519_SECRETKEYBYTES];
	expand(seed, pub, secret);
	ASSERT(crypto_sign_ed25519_detached(ret, NULL, (const uint8_t *)message.p,
					    message.n, secret) == 0);
	wipe(secret, sizeof secret);
}

bool ed25519_verify(const uint8_t pub[ED25519_PUBLIC], str message,
		    const uint8_t sig[ED25519_SIG])
{
	return crypto_sign_ed25519_verify_detached(sig, (const uint8_t *)message.p,
						   message.n, pub) == 0;
}

void wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}
