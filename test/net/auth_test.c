#include "net/auth/password.h"
#include "net/auth/rate.h"
#include "net/auth/secret.h"
#include "net/auth/totp.h"
#include "test.h"

#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>

static const struct secret_key key = { { 1, 2, 3 } };

TEST(a_token_comes_back_and_only_in_its_one_form)
{
	TEST_ARENA(a);
	struct rng rng = rng_init(7, 0);
	uint8_t token[SECRET_TOKEN], back[SECRET_TOKEN];
	rng_bytes(&rng, token, sizeof token);
	str cookie = secret_token_text(a, SECRET_SESSION, token);
	str api = secret_token_text(a, SECRET_API, token);
	CHECK_INT(cookie.n, 64);
	CHECK(str_starts(api, S("vigie_")));
	CHECK_OK(secret_token_parse(SECRET_SESSION, cookie, back));
	CHECK(memcmp(token, back, sizeof token) == 0);
	CHECK_OK(secret_token_parse(SECRET_API, api, back));
	CHECK_ERR(secret_token_parse(SECRET_API, cookie, back), ERR_SYNTAX);
	CHECK_ERR(secret_token_parse(SECRET_SESSION, api, back), ERR_SYNTAX);
	CHECK_ERR(secret_token_parse(SECRET_SESSION, str_sub(cookie, 0, 63), back),
		  ERR_SYNTAX);
	struct hash x = secret_hash(&key, SECRET_SESSION, cookie),
		    y = secret_hash(&key, SECRET_CARD, cookie);
	CHECK(!hash_eq(&x, &y)); /* a secret of one purpose opens no other door */
}

TEST(a_card_code_survives_a_human_and_shows_a_slip)
{
	TEST_ARENA(a);
	struct rng rng = rng_init(11, 0);
	for (int round = 0; round < 200; round++) {
		struct arena_mark m = arena_mark(a);
		uint8_t code[SECRET_CODE], back[SECRET_CODE];
		rng_bytes(&rng, code, sizeof code);
		str text = secret_code_text(a, code);
		CHECK_INT(text.n, 34);
		CHECK_OK(secret_code_parse(text, back));
		CHECK(memcmp(code, back, sizeof code) == 0);
		char *slip = arena_copy(a, text.p, text.n);
		for (size_t i = 0; i < text.n; i++) {
			if (slip[i] == '-')
				continue;
			slip[i] = slip[i] == '7' ? '8' : '7';
			CHECK_ERR(secret_code_parse((str){ slip, text.n }, back),
				  ERR_INPUT);
			slip[i] = text.p[i];
			size_t next = text.p[i + 1] == '-' ? i + 2 : i + 1;
			if (next < text.n && slip[next] != slip[i]) {
				slip[i] = text.p[next], slip[next] = text.p[i];
				CHECK_ERR(secret_code_parse((str){ slip, text.n }, back),
					  ERR_INPUT);
				slip[i] = text.p[i], slip[next] = text.p[next];
			}
		}
		arena_reset(a, m);
	}
	uint8_t zero[SECRET_CODE] = { 0 }, back[SECRET_CODE];
	CHECK_STR(secret_code_text(a, zero), "0000-0000-0000-0000-0000-0000-0000");
	CHECK_OK(secret_code_parse(S("oooo 0000-OOOO00000000 0000 0000"), back));
	CHECK_ERR(secret_code_parse(S("000"), back), ERR_SYNTAX);
	CHECK_ERR(secret_code_parse(S("UUUU-0000-0000-0000-0000-0000-0000"), back),
		  ERR_SYNTAX);
	CHECK_ERR(secret_code_parse(S("0000-0000-0000-0000-0000-0000-00000"), back),
		  ERR_SYNTAX);
	CHECK_ERR(secret_code_parse(S("Z000-0000-0000-0000-0000-0000-0000"), back),
		  ERR_INPUT);
}

TEST(a_csrf_value_is_of_one_session_only)
{
	TEST_ARENA(a);
	struct id one = { 1, 2 }, two = { 1, 3 };
	str v = secret_csrf(a, &key, one);
	CHECK(secret_csrf_ok(&key, one, v));
	CHECK(!secret_csrf_ok(&key, two, v));
	CHECK(!secret_csrf_ok(&key, one, S("")));
	CHECK(!secret_csrf_ok(&key, one, str_sub(v, 0, 62)));
}

TEST(one_time_codes_are_those_of_rfc_6238)
{
	/* appendix B, SHA-1, 8 digits */
	static const struct {
		int64_t time;
		uint32_t code;
	} cases[] = { { 59, 94287082 },         { 1111111109, 7081804 },
		      { 1111111111, 14050471 }, { 1234567890, 89005924 },
		      { 2000000000, 69279037 }, { INT64_C(20000000000), 65353130 } };
	uint8_t secret[TOTP_SECRET];
	memcpy(secret, "12345678901234567890", sizeof secret);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_INT(totp_code(secret, cases[i].time / 30, 8), cases[i].code);
}

TEST(a_one_time_code_works_once_and_near_its_time)
{
	TEST_ARENA(a);
	uint8_t secret[TOTP_SECRET];
	memcpy(secret, "12345678901234567890", sizeof secret);
	ts now = { 1111111111 * US_S };
	int64_t last = 0;
	str code = str_fmt(a, "%06u", totp_code(secret, now.us / US_S / 30, 6));
	CHECK(totp_ok(secret, ts_add_s(now, 30), code, last, &last));
	CHECK(!totp_ok(secret, now, code, last, &last)); /* again */
	last = 0;
	CHECK(totp_ok(secret, ts_add_s(now, -30), code, last, &last));
	last = 0;
	CHECK(!totp_ok(secret, ts_add_s(now, 90), code, last, &last));
	CHECK(!totp_ok(secret, now, S("12345"), last, &last));
	CHECK(!totp_ok(secret, now, S("12a456"), last, &last));
	CHECK_STR(totp_uri(a, secret, S("desk@example.fr")),
		  "otpauth://totp/Vigie:desk%40example.fr?secret="
		  "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Vigie");
}

TEST(tries_are_limited_and_come_back_with_time)
{
	struct rate *r = calloc(1, sizeof *r);
	static const struct rate_rule rule = { "login", 3, 6 }, other = { "card", 1, 1 };
	ts now = { 1111111111 * US_S };
	for (int i = 0; i < 3; i++)
		CHECK(rate_take(r, &rule, S("a"), now));
	CHECK(!rate_take(r, &rule, S("a"), now));
	CHECK_INT(rate_wait_s(r, &rule, S("a"), now), 600);
	CHECK_INT(rate_wait_s(r, &rule, S("b"), now), 0);
	CHECK(rate_take(r, &rule, S("b"), now));
	CHECK(rate_take(r, &other, S("a"), now));
	CHECK(!rate_take(r, &rule, S("a"), ts_add_s(now, 599)));
	CHECK(rate_take(r, &rule, S("a"), ts_add_s(now, 600)));
	CHECK(!rate_take(r, &rule, S("a"), ts_add_s(now, 600)));
	CHECK(!rate_take(r, &rule, S("a"), ts_add_s(now, -9999))); /* a clock set back */
	rate_clear(r, &rule, S("a"));
	CHECK(rate_take(r, &rule, S("a"), now));
	free(r);
}

static atomic_int checked, matched;

static void on_checked(void *ctx, bool matches)
{
	(void)ctx;
	checked++;
	matched += matches;
}

TEST(passwords_are_checked_by_a_pool_that_refuses_a_flood)
{
	TEST_ARENA(a);
	struct password_pool *p = password_pool_new();
	str right = S("un long mot de passe"), hash = password_hash(a, right);
	CHECK(password_ok(hash, right));
	CHECK(!password_ok(hash, S("un autre mot de passe")));
	CHECK(!password_ok(password_decoy(), right));
	CHECK(!password_ok(S(""), S("")));
	/* an unknown login must cost what a known one costs */
	CHECK_INT(crypto_pwhash_str_needs_rehash(str_z(a, password_decoy()),
						 crypto_pwhash_OPSLIMIT_INTERACTIVE,
						 crypto_pwhash_MEMLIMIT_INTERACTIVE),
		  0);
	int accepted = 0, busy = 0;
	for (int i = 0; i < 40; i++) {
		enum err e =
			password_check(p, (struct password_job){ i % 2 ? hash : S("x"),
								 right, on_checked, NULL });
		accepted += e == OK;
		busy += e == ERR_BUSY;
	}
	CHECK(accepted >= 32 && accepted + busy == 40);
	password_pool_free(p);
	CHECK_INT(checked, accepted);
	CHECK(matched > 0 && matched <= 20);
}

TEST(a_password_is_long_and_not_the_login)
{
	CHECK_ERR(password_acceptable(S("court"), S("x")), ERR_INPUT);
	CHECK_ERR(password_acceptable(S("            "), S("x")), ERR_INPUT);
	CHECK_ERR(password_acceptable(S("Marie.Durand@exemple.fr"),
				      S("marie.durand@exemple.fr")),
		  ERR_INPUT);
	CHECK_OK(password_acceptable(S("quatre mots au hasard"), S("x")));
}
