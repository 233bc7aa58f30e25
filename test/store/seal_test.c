#include "store/seal.h"

#include "test.h"

TEST(only_the_addressee_opens_what_was_sealed_for_her)
{
	TEST_ARENA(a);
	str pub, secret, other_pub, other_secret, sealed, text;
	seal_keys(a, &pub, &secret);
	seal_keys(a, &other_pub, &other_secret);
	CHECK_OK(seal(a, pub, S("trois jours sans toilette"), &sealed));
	CHECK(str_find(sealed, S("toilette")) == SIZE_MAX);
	CHECK_OK(seal_open(a, secret, sealed, &text));
	CHECK_STR(text, "trois jours sans toilette");
	CHECK_OK(seal_open(a, str_cat(a, secret, S("\n")), sealed,
			   &text)); /* a file's line */
	CHECK_ERR(seal_open(a, other_secret, sealed, &text), ERR_CRYPTO);
	CHECK_OK(seal(a, pub, S(""), &sealed));
	CHECK_OK(seal_open(a, secret, sealed, &text));
	CHECK_INT(text.n, 0);
}

TEST(a_changed_byte_or_a_wrong_form_is_refused)
{
	TEST_ARENA(a);
	str pub, secret, sealed, text;
	seal_keys(a, &pub, &secret);
	CHECK_OK(seal(a, pub, S("faits"), &sealed));
	for (size_t i = 0; i < sealed.n; i++) {
		char *p = arena_copy(a, sealed.p, sealed.n);
		p[i] = p[i] == 'A' ? 'B' : 'A';
		CHECK(seal_open(a, secret, (str){ p, sealed.n }, &text) != OK);
		CHECK(seal_open(a, secret, str_sub(sealed, 0, i), &text) != OK);
	}
	CHECK_ERR(seal(a, secret, S("faits"), &sealed), ERR_SYNTAX);
	CHECK_ERR(seal(a, S("vigie-annex-public-1:AAAA"), S("x"), &sealed), ERR_SYNTAX);
	CHECK_ERR(seal_open(a, pub, sealed, &text), ERR_SYNTAX);
	CHECK_ERR(seal_open(a, secret, S("VIGIE-ANNEX 1\nAAAA\n"), &text), ERR_SYNTAX);
	char *big = arena_alloc(a, 2 * SEAL_TEXT_MAX + 1);
	CHECK_ERR(seal(a, pub, (str){ big, SEAL_TEXT_MAX + 1 }, &sealed), ERR_LIMIT);
	CHECK_ERR(seal_open(a, secret, (str){ big, 2 * SEAL_TEXT_MAX + 1 }, &text),
		  ERR_LIMIT);
}
