/* ed25519.h - Ed25519 signatures (RFC 8032) behind one place (libsodium).
 *
 * Pure: signing is deterministic.  Memory: none.  Threads: no hidden state.
 */
#ifndef BASE_ED25519_H
#define BASE_ED25519_H

#include "base/str.h"

#define ED25519_SEED   32
#define ED25519_PUBLIC 32
#define ED25519_SIG    64

void ed25519_public(const uint8_t seed[ED25519_SEED], uint8_t ret[ED25519_PUBLIC]);
void ed25519_sign(const uint8_t seed[ED25519_SEED], str message, uint8_t ret[ED25519_SIG]);
/* False also for keys of small order and for signatures that are not in canonical form. */
bool ed25519_verify(const uint8_t pub[ED25519_PUBLIC], str message,
		    const uint8_t sig[ED25519_SIG]);

/* Overwrites a secret; the compiler does not remove it. */
void wipe(void *p, size_t n);

#endif
