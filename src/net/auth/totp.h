/* totp.h - one-time codes of an authenticator (RFC 6238: HMAC-SHA-1, 30 s, 6 digits), the
 * second factor of desks.  Pure. */
#ifndef NET_AUTH_TOTP_H
#define NET_AUTH_TOTP_H

#include "base/base.h"

#define TOTP_SECRET 20
#define TOTP_STEP_S 30

uint32_t totp_code(const uint8_t secret[TOTP_SECRET], int64_t counter, int digits);

/* Whether six digits are those of now, one step before or one after.  `last` is the counter
 * of the last code accepted for this account: a code works once.  *ret_counter replaces it. */
bool totp_ok(const uint8_t secret[TOTP_SECRET], ts now, str given, int64_t last,
	     int64_t *ret_counter);

/* otpauth://totp/Vigie:LOGIN?secret=... for the QR that an authenticator reads. */
str totp_uri(struct arena *a, const uint8_t secret[TOTP_SECRET], str login);
str totp_secret_text(struct arena *a, const uint8_t secret[TOTP_SECRET]); /* base32 */

#endif
