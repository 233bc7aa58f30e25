/* seal.c - sealed annexes. */
#include "store/seal.h"

#include <sodium.h>

#define PUBLIC S("vigie-annex-public-1:")
#define SECRET S("vigie-annex-secret-1:")
#define HEADER S("VIGIE-ANNEX 1\n")

void seal_keys(struct arena *a, str *ret_public, str *ret_secret)
{
	uint8_t both[crypto_box_PUBLICKEYBYTES + crypto_box_SECRETKEYBYTES];
	if (sodium_init() < 0)
		die("libsodium does not start");
	crypto_box_keypair(both, both + crypto_box_PUBLICKEYBYTES);
	str pub = { (const char *)both, crypto_box_PUBLICKEYBYTES };
	str all = { (const char *)both, sizeof both };
	*ret_public = str_cat(a, PUBLIC, str_base64(a, pub));
	*ret_secret = str_cat(a, SECRET, str_base64(a, all));
	sodium_memzero(both, sizeof both);
}

/* The bytes of a key with this prefix. */
static enum err read_key(struct arena *a, str text, str prefix, size_t size, str *ret)
{
	text = str_trim(text);
	str bytes;
	if (!str_starts(text, prefix))
		return ERR_SYNTAX;
	TRY(str_unbase64(a, str_from(text, prefix.n), &bytes));
	if (bytes.n != size)
		return ERR_SYNTAX;
	*ret = bytes;
	return OK;
}

enum err seal(struct arena *a, str public_key, str text, str *ret)
{
	str key;
	if (text.n > SEAL_TEXT_MAX)
		return ERR_LIMIT;
	TRY(read_key(a, public_key, PUBLIC, crypto_box_PUBLICKEYBYTES, &key));
	if (sodium_init() < 0)
		die("libsodium does not start");
	size_t n = text.n + crypto_box_SEALBYTES;
	uint8_t *box = arena_alloc(a, n);
	if (crypto_box_seal(box, (const uint8_t *)text.p, text.n, (const uint8_t *)key.p) !=
	    0)
		return ERR_CRYPTO; /* a key of low order */
	str body = str_base64(a, (str){ (const char *)box, n });
	*ret = str_cat(a, str_cat(a, HEADER, body), S("\n"));
	return OK;
}

enum err seal_open(struct arena *a, str secret_key, str sealed, str *ret)
{
	str key, box;
	const size_t half = crypto_box_PUBLICKEYBYTES;
	if (sealed.n > 2 * SEAL_TEXT_MAX)
		return ERR_LIMIT;
	TRY(read_key(a, secret_key, SECRET, half + crypto_box_SECRETKEYBYTES, &key));
	if (!str_starts(sealed, HEADER) || !str_ends(sealed, S("\n")))
		return ERR_SYNTAX;
	TRY(str_unbase64(a, str_sub(sealed, HEADER.n, sealed.n - 1), &box));
	if (box.n < crypto_box_SEALBYTES)
		return ERR_SYNTAX;
	if (sodium_init() < 0)
		die("libsodium does not start");
	uint8_t *text = arena_alloc(a, box.n - crypto_box_SEALBYTES);
	const uint8_t *k = (const uint8_t *)key.p;
	if (crypto_box_seal_open(text, (const uint8_t *)box.p, box.n, k, k + half) != 0)
		return ERR_CRYPTO;
	*ret = (str){ (const char *)text, box.n - crypto_box_SEALBYTES };
	return OK;
}
