#include "net/auth/totp.h"

#include "net/url.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

uint32_t totp_code(const uint8_t secret[TOTP_SECRET], int64_t counter, int digits)
{
	uint8_t message[8], mac[20];
	unsigned n = sizeof mac;
	uint32_t mod = 1;
	for (int i = 7; i >= 0; i--, counter >>= 8)
		message[i] = (uint8_t)(counter & 0xff);
	if (!HMAC(EVP_sha1(), secret, TOTP_SECRET, message, sizeof message, mac, &n) ||
	    n != sizeof mac)
		die("HMAC-SHA-1 failed");
	int at = mac[19] & 15;
	uint32_t v = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 |
		     (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	for (int i = 0; i < digits; i++)
		mod *= 10;
	return v % mod;
}

bool totp_ok(const uint8_t secret[TOTP_SECRET], ts now, str given, int64_t last,
	     int64_t *ret_counter)
{
	uint64_t code;
	int64_t counter = now.us / US_S / TOTP_STEP_S, found = 0;
	bool ok = false;
	if (given.n != 6 || str_uint(given, 999999, &code))
		return false;
	for (int64_t c = counter - 1; c <= counter + 1; c++) {
		if (totp_code(secret, c, 6) == code && c > last && !ok) {
			ok = true;
			found = c;
		}
	}
	if (ok)
		*ret_counter = found;
	return ok;
}

str totp_secret_text(struct arena *a, const uint8_t secret[TOTP_SECRET])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct buf b = buf_init(a, 64);
	for (int i = 0; i < TOTP_SECRET * 8; i += 5) {
		unsigned v = 0;
		for (int bit = i; bit < i + 5; bit++)
			v = v << 1 | (secret[bit / 8] >> (7 - bit % 8) & 1U);
		buf_byte(&b, letters[v]);
	}
	return buf_str(&b);
}

str totp_uri(struct arena *a, const uint8_t secret[TOTP_SECRET], str login)
{
	return str_fmt(a,
		       "otpauth://totp/Vigie:%" PRIstr "?secret=%" PRIstr "&issuer=Vigie",
		       STR(url_encode(a, login)), STR(totp_secret_text(a, secret)));
}
