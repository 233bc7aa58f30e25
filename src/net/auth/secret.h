/* secret.h - secrets with 128 bits or more of their own: how they are written, read back and
 * kept.  Pure: random bytes come from the caller.
 *
 * The store never holds such a secret, only HMAC-SHA-256 of it under the key of this instance
 * and its purpose: a stolen database opens no door.  (argon2id is for chosen passwords.)
 */
#ifndef NET_AUTH_SECRET_H
#define NET_AUTH_SECRET_H

#include "base/base.h"

struct secret_key {
	uint8_t b[32];
};

enum secret_purpose {
	SECRET_SESSION,   /* cookie */
	SECRET_ENROLMENT, /* one-time link that enrols a device */
	SECRET_CARD,      /* paper card of a person */
	SECRET_API,       /* token of an operator's software */
	SECRET_CSRF,
	SECRET_PURPOSES_
};

struct hash secret_hash(const struct secret_key *k, enum secret_purpose p, str secret);

/* 256-bit tokens: 64 lower-case hex digits, after "vigie_" for API tokens so that a leaked one
 * can be recognised.   ERR_SYNTAX */
#define SECRET_TOKEN 32
str secret_token_text(struct arena *a, enum secret_purpose p,
		      const uint8_t token[SECRET_TOKEN]);
MUST_USE enum err secret_token_parse(enum secret_purpose p, str text,
				     uint8_t ret[SECRET_TOKEN]);

/* The code of a paper card: 128 bits in Crockford's base32 and two letters of check (the
 * number modulo 1021, a prime: every wrong letter and every swap of two neighbours shows), in
 * seven groups of four: "7ZQX-0N3K-...".  Reading takes either case, O for 0, I and L for 1,
 * with or without dashes and blanks.
 *   ERR_SYNTAX  not 28 such letters;   ERR_INPUT  a slip: the check does not fit. */
#define SECRET_CODE 16
str secret_code_text(struct arena *a, const uint8_t code[SECRET_CODE]);
MUST_USE enum err secret_code_parse(str text, uint8_t ret[SECRET_CODE]);

/* The CSRF value of a session: nothing to store, and of no use in another session. */
str secret_csrf(struct arena *a, const struct secret_key *k, struct id session);
bool secret_csrf_ok(const struct secret_key *k, struct id session, str given);

#endif
