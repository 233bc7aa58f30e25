#include "ledger/leaf.h"
#include "test.h"

TEST(the_leaf_is_recomputed_after_key_and_private_part_are_gone)
{
	uint8_t key[PERSON_KEY] = { 1, 2, 3 };
	struct hash c = leaf_commitment(key, S("{\"event\":1}"), S("{\"note\":\"x\"}"));
	struct hash leaf = leaf_hash(S("{\"event\":1}"), &c);
	struct hash kept = c; /* all that is left in the row */
	struct hash again = leaf_hash(S("{\"event\":1}"), &kept);
	CHECK(hash_eq(&leaf, &again));
}

TEST(the_commitment_depends_on_key_fact_and_private_part)
{
	uint8_t key[PERSON_KEY] = { 1 }, other[PERSON_KEY] = { 2 };
	struct hash c = leaf_commitment(key, S("p"), S("x")), d[] = {
		leaf_commitment(other, S("p"), S("x")),
		leaf_commitment(key, S("q"), S("x")),
		leaf_commitment(key, S("p"), S("y")),
		leaf_commitment(key, S("p"), S("")),
	};
	for (size_t i = 0; i < 4; i++)
		CHECK(!hash_eq(&c, &d[i]));
	struct hash none = { { 0 } };
	CHECK(hash_eq(&d[3], &none));
}

/* By hand: sha256(00 "p" 0a 32 zero bytes). */
TEST(the_leaf_of_a_public_fact_is_the_documented_one)
{
	TEST_ARENA(a);
	struct hash none = { { 0 } }, leaf = leaf_hash(S("p"), &none);
	CHECK_STR(str_hex(a, leaf.b, 32),
		  "38af4d6d74074570542f24af28aa1b1f0f8d11e53d50d4c54fed8b6d84c41662");
}
