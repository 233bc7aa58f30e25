#include "base/base.h"
#include "test.h"

TEST(an_integer_is_read_whole_or_refused)
{
	int64_t v;
	CHECK_OK(str_int(S("-42"), &v));
	CHECK_INT(v, -42);
	CHECK_ERR(str_int(S("42x"), &v), ERR_SYNTAX);
	CHECK_ERR(str_int(S(""), &v), ERR_SYNTAX);
	CHECK_ERR(str_int(S("9223372036854775808"), &v), ERR_LIMIT);
}

TEST(base64_comes_back_and_only_its_canonical_form_is_accepted)
{
	TEST_ARENA(a);
	for (size_t n = 0; n < 60; n++) {
		char *p = arena_alloc(a, n);
		struct rng r = rng_init(n, 1);
		rng_bytes(&r, p, n);
		str back;
		CHECK_OK(str_unbase64(a, str_base64(a, (str){ p, n }), &back));
		CHECK_STRS(back, ((str){ p, n }));
	}
	str out;
	CHECK_ERR(str_unbase64(a, S("QQ="), &out), ERR_SYNTAX);
	CHECK_ERR(str_unbase64(a, S("QR=="), &out), ERR_SYNTAX); /* stray bits */
	CHECK_ERR(str_unbase64(a, S("Q==="), &out), ERR_SYNTAX);
	CHECK_ERR(str_unbase64(a, S("QQ==QQ=="), &out), ERR_SYNTAX);
}

TEST(an_identifier_is_printed_and_read_back)
{
	TEST_ARENA(a);
	struct rng r = rng_init(7, 0);
	for (int i = 0; i < 1000; i++) {
		struct id x = { rng_next(&r), rng_next(&r) }, y;
		CHECK_OK(id_parse(id_text(a, x), &y));
		CHECK(id_eq(x, y));
		uint8_t b[16];
		id_bytes(x, b);
		CHECK(id_eq(x, id_from_bytes(b)));
	}
	struct id z;
	CHECK_ERR(id_parse(S("8ZZZZZZZZZZZZZZZZZZZZZZZZZ"), &z), ERR_SYNTAX);
	CHECK_ERR(id_parse(S("0000000000000000000000000u"), &z), ERR_SYNTAX);
}

TEST(a_split_of_money_loses_no_cent)
{
	struct rng r = rng_init(3, 0);
	for (int i = 0; i < 1000; i++) {
		int64_t w[5];
		money parts[5];
		for (int k = 0; k < 5; k++)
			w[k] = (int64_t)rng_below(&r, 1000) + (k == 0);
		money m = { (int64_t)rng_below(&r, 1000000) };
		money_split(m, w, 5, parts);
		int64_t sum = 0;
		for (int k = 0; k < 5; k++)
			sum += parts[k].cents;
		CHECK_INT(sum, m.cents);
	}
	CHECK_INT(money_mul((money){ 105 }, 1, 10, ROUND_HALF_UP).cents, 11);
	CHECK_INT(money_mul((money){ -105 }, 1, 10, ROUND_HALF_UP).cents, -11);
	CHECK_INT(money_mul((money){ 109 }, 1, 10, ROUND_DOWN).cents, 10);
}

TEST(sha256_agrees_with_its_standard)
{
	TEST_ARENA(a);
	struct hash h = sha256(S("abc"));
	CHECK_STR(str_hex(a, h.b, 32),
		  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(an_arena_gives_back_what_follows_a_mark)
{
	TEST_ARENA(a);
	char *first = arena_alloc(a, 10);
	memset(first, 'x', 10);
	struct arena_mark m = arena_mark(a);
	size_t before = arena_used(a);
	for (int i = 0; i < 100; i++)
		memset(arena_alloc(a, 5000), 1, 5000);
	arena_reset(a, m);
	CHECK_INT(arena_used(a), before);
	CHECK_INT(first[9], 'x');
	CHECK_INT(((char *)arena_alloc(a, 100))[99], 0);
}
