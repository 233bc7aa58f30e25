/* seal.h - text that only its addressee can read: libsodium's sealed boxes.
 *
 * The addressee (a cell of the ARS, a procureur...) makes a key pair once with `vigie annex
 * key`, keeps the secret half, and gives the public half, which is kept with the recipient.  The
 * server seals with it and cannot open what it sealed.
 *
 *   public key   "vigie-annex-public-1:" and base64 of 32 bytes
 *   secret key   "vigie-annex-secret-1:" and base64 of the public and the secret half
 *   sealed       "VIGIE-ANNEX 1\n" and base64 of crypto_box_seal, then "\n"
 *
 * Memory: results in the arena; secrets are wiped from what this file allocates itself.
 * Threads: any.
 */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include "base/base.h"

#define SEAL_TEXT_MAX ((size_t)1 << 20)

/* A fresh pair.  The secret text is the caller's to store and to wipe. */
void seal_keys(struct arena *a, str *ret_public, str *ret_secret);

/* ERR_SYNTAX: not a public key.  ERR_LIMIT: more than SEAL_TEXT_MAX bytes. */
MUST_USE enum err seal(struct arena *a, str public_key, str text, str *ret);

/* ERR_SYNTAX: not a secret key, or not a sealed annex.  ERR_CRYPTO: sealed for somebody else,
 * or changed.  ERR_LIMIT. */
MUST_USE enum err seal_open(struct arena *a, str secret_key, str sealed, str *ret);

#endif
