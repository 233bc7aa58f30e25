#include "ledger/proof.h"
#include "ledger/store_ram.h"
#include "test.h"

/* The recursive definition of RFC 9162 §2.1.1, as it is written there. */
static struct hash mth(const struct hash *d, size_t n)
{
	if (n == 0)
		return sha256(S(""));
	if (n == 1)
		return d[0];
	size_t k = 1;
	while (2 * k < n)
		k *= 2;
	struct hash left = mth(d, k), right = mth(d + k, n - k);
	str parts[] = { S("\x01"), { (char *)left.b, 32 }, { (char *)right.b, 32 } };
	return sha256_parts(parts, 3);
}

static struct hash leaf_n(uint64_t n)
{
	return sha256((str){ (char *)&n, sizeof n });
}

static bool same(struct hash x, struct hash y)
{
	return hash_eq(&x, &y);
}

/* The leaves and roots with which Certificate Transparency logs are tested (RFC 6962). */
TEST(the_tree_has_the_roots_of_certificate_transparency)
{
	static const char *const data[] = { "",
					    "00",
					    "10",
					    "2021",
					    "3031",
					    "40414243",
					    "5051525354555657",
					    "606162636465666768696a6b6c6d6e6f" };
	static const char *const root[] = {
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
	};
	TEST_ARENA(a);
	struct tree *t = ARENA_NEW(a, struct tree);
	CHECK_STR(str_hex(a, tree_root(t).b, 32),
		  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	for (size_t i = 0; i < 8; i++) {
		char bytes[17] = { 0 };
		size_t n = strlen(data[i]) / 2;
		CHECK_OK(str_unhex(str_of(data[i]), bytes + 1, n));
		struct hash leaf = sha256((str){ bytes, n + 1 });
		tree_add(t, &leaf);
		CHECK_STR(str_hex(a, tree_root(t).b, 32), root[i]);
	}
}

TEST(every_root_is_that_of_the_definition)
{
	TEST_ARENA(a);
	struct ram *r = ram_new(a);
	struct hash *d = ARENA_ARRAY(a, struct hash, 1100);
	for (size_t n = 0; n <= 1100; n++) {
		struct hash at;
		CHECK(same(tree_root(&r->tree), mth(d, n)));
		CHECK_OK(tree_root_at(a, ram_source(r), n, &at));
		CHECK(same(at, mth(d, n)));
		if (n == 1100)
			break;
		d[n] = leaf_n(n);
		ram_add(r, &d[n]);
	}
}

TEST(a_proof_of_inclusion_exists_for_every_leaf_of_every_tree_to_256)
{
	TEST_ARENA(a);
	struct ram *r = ram_new(a);
	struct hash d[257];
	for (uint64_t n = 1; n <= 257; n++) {
		d[n - 1] = leaf_n(n - 1);
		ram_add(r, &d[n - 1]);
		struct hash root = tree_root(&r->tree);
		for (uint64_t m = 0; m < n; m++) {
			struct tree_proof p;
			CHECK_OK(proof_inclusion(a, ram_source(r), m, n, &p));
			CHECK_OK(proof_check_inclusion(&d[m], m, n, &p, &root));
			/* it proves this leaf at this place in this tree, and nothing else */
			CHECK_ERR(proof_check_inclusion(&d[(m + 1) % 257], m, n, &p, &root),
				  n == 1 && m == 0 ? ERR_CRYPTO : ERR_CRYPTO);
			if (n > 1)
				CHECK_ERR(proof_check_inclusion(&d[m], (m + 1) % n, n, &p,
								&root),
					  ERR_CRYPTO);
			CHECK_ERR(proof_check_inclusion(&d[m], n, n, &p, &root),
				  ERR_CRYPTO);
			if (p.n) {
				p.h[m % p.n].b[n % 32] ^= 1;
				CHECK_ERR(proof_check_inclusion(&d[m], m, n, &p, &root),
					  ERR_CRYPTO);
				p.h[m % p.n].b[n % 32] ^= 1;
			}
			p.n++;
			CHECK_ERR(proof_check_inclusion(&d[m], m, n, &p, &root),
				  ERR_CRYPTO);
		}
	}
}

TEST(a_proof_of_consistency_exists_for_every_pair_of_trees_to_256)
{
	TEST_ARENA(a);
	struct ram *r = ram_new(a);
	struct hash roots[257];
	roots[0] = tree_root(&r->tree);
	for (uint64_t n = 1; n <= 256; n++) {
		struct hash leaf = leaf_n(n);
		ram_add(r, &leaf);
		roots[n] = tree_root(&r->tree);
		for (uint64_t m = 0; m <= n; m++) {
			struct tree_proof p;
			CHECK_OK(proof_consistency(a, ram_source(r), m, n, &p));
			CHECK_OK(proof_check_consistency(m, n, &roots[m], &roots[n], &p));
			if (m > 0)
				CHECK_ERR(proof_check_consistency(m, n, &roots[m - 1],
								  &roots[n], &p),
					  ERR_CRYPTO);
			if (m > 0)
				CHECK_ERR(proof_check_consistency(m, n, &roots[m],
								  &roots[n - 1], &p),
					  ERR_CRYPTO);
			for (size_t i = 0; i < p.n; i++) {
				p.h[i].b[31] ^= 0x80;
				CHECK_ERR(proof_check_consistency(m, n, &roots[m],
								  &roots[n], &p),
					  ERR_CRYPTO);
				p.h[i].b[31] ^= 0x80;
			}
			p.n++;
			CHECK_ERR(proof_check_consistency(m, n, &roots[m], &roots[n], &p),
				  ERR_CRYPTO);
		}
	}
}

TEST(proofs_hold_through_several_levels_of_tiles)
{
	TEST_ARENA(a);
	struct ram *r = ram_new(a);
	struct rng rng = rng_init(5, 0);
	uint64_t sizes[] = { 4095, 65535, 65536, 65537, 66000, 131072, 140001 }, n = 0;
	struct hash *roots = ARENA_ARRAY(a, struct hash, 7);
	for (size_t s = 0; s < 7; s++) {
		for (; n < sizes[s]; n++) {
			struct hash leaf = leaf_n(n);
			ram_add(r, &leaf);
		}
		roots[s] = tree_root(&r->tree);
		for (int i = 0; i < 200; i++) {
			struct tree_proof p;
			uint64_t m = rng_below(&rng, n);
			struct hash leaf = leaf_n(m);
			r->reads = 0;
			CHECK_OK(proof_inclusion(a, ram_source(r), m, n, &p));
			CHECK(r->reads <= 2 * 3); /* at most two tiles of each level */
			CHECK_OK(proof_check_inclusion(&leaf, m, n, &p, &roots[s]));
		}
		for (size_t o = 0; o <= s; o++) {
			struct tree_proof p;
			CHECK_OK(proof_consistency(a, ram_source(r), sizes[o], n, &p));
			CHECK_OK(proof_check_consistency(sizes[o], n, &roots[o], &roots[s],
							 &p));
		}
	}
}

TEST(a_tree_loaded_from_its_tiles_goes_on_as_before)
{
	TEST_ARENA(a);
	struct ram *r = ram_new(a);
	struct tree *again = ARENA_NEW(a, struct tree);
	for (uint64_t n = 0; n < 70000; n++) {
		if (n % 997 == 0 || n == 65536 || n % 256 == 0) {
			CHECK_OK(tree_load(a, ram_source(r), n, again));
			CHECK(same(tree_root(again), tree_root(&r->tree)));
			for (int level = 0; level < TILE_LEVELS; level++)
				CHECK_INT(again->tile[level].n, r->tree.tile[level].n);
		}
		struct hash leaf = leaf_n(n);
		ram_add(r, &leaf);
	}
	struct hash root = tree_root(&r->tree);
	CHECK_OK(tree_load(a, ram_source(r), 12345, again));
	for (uint64_t n = 12345; n < 70000; n++) {
		struct hash leaf = leaf_n(n);
		tree_add(again, &leaf);
	}
	CHECK(same(tree_root(again), root));
}

TEST(a_stored_tile_comes_back_and_a_cut_one_is_refused)
{
	TEST_ARENA(a);
	struct hash h[256];
	for (uint64_t i = 0; i < 256; i++)
		h[i] = leaf_n(i);
	for (size_t n = 0; n <= 256; n++) {
		struct tile t, back;
		uint8_t bytes[TILE_BYTES + 32];
		memset(&t, 0, sizeof t);
		tile_of(h, n, &t);
		size_t len = tile_put(&t, bytes);
		CHECK_OK(tile_get((str){ (char *)bytes, len }, &back));
		CHECK_INT(back.n, n);
		CHECK(memcmp(back.h, t.h, 32 * n) == 0);
		CHECK(memcmp(back.mid, t.mid, 32 * (n / 16)) == 0);
		CHECK_ERR(tile_get((str){ (char *)bytes, len + 1 }, &back), ERR_DAMAGED);
	}
	uint8_t bytes[TILE_BYTES + 32] = { 0 };
	struct tile back;
	CHECK_ERR(tile_get((str){ (char *)bytes, 16 * 32 }, &back), ERR_DAMAGED);
	CHECK_ERR(tile_get((str){ (char *)bytes, TILE_BYTES + 32 }, &back), ERR_DAMAGED);
}

TEST(a_question_about_leaves_that_do_not_exist_is_refused)
{
	TEST_ARENA(a);
	struct ram *r = ram_new(a);
	struct tree_proof p;
	struct hash h;
	struct hash leaf = leaf_n(0);
	CHECK_ERR(proof_inclusion(a, ram_source(r), 0, 0, &p), ERR_INPUT);
	ram_add(r, &leaf);
	CHECK_ERR(proof_inclusion(a, ram_source(r), 1, 1, &p), ERR_INPUT);
	CHECK_ERR(proof_consistency(a, ram_source(r), 2, 1, &p), ERR_INPUT);
	CHECK_ERR(proof_inclusion(a, ram_source(r), 0, 2, &p), ERR_DAMAGED);
	CHECK_ERR(tree_root_at(a, ram_source(r), 100, &h), ERR_DAMAGED);
	CHECK_ERR(tree_root_at(a, ram_source(r), TREE_MAX + 1, &h), ERR_INPUT);
}

TEST(a_receipt_comes_back_from_its_text)
{
	TEST_ARENA(a);
	struct receipt r = { .index = 42, .proof.n = 3, .checkpoint = S("x\n") }, back;
	for (uint64_t i = 0; i < 3; i++)
		r.proof.h[i] = leaf_n(i);
	struct buf b = buf_init(a, 0);
	receipt_put(&b, &r);
	CHECK_OK(receipt_parse(a, buf_str(&b), &back));
	CHECK(back.index == 42 && back.proof.n == 3);
	CHECK(memcmp(back.proof.h, r.proof.h, 96) == 0);
	CHECK_STR(back.checkpoint, "x\n");
	for (size_t n = 0; n < b.n - 1; n++) /* cut anywhere before the checkpoint's end */
		CHECK_ERR(receipt_parse(a, str_sub(buf_str(&b), 0, n), &back),
			  n == b.n - 1 ? OK : ERR_SYNTAX);
	CHECK_ERR(receipt_parse(a, S("c2sp.org/tlog-proof@v1\nindex 042\n\nx\n"), &back),
		  ERR_SYNTAX);
}

/* ---- what cannot be read */

struct broken {
	struct ram *ram;
	uint64_t after; /* reads that still work */
};

static enum err broken_read(void *ctx, int level, uint64_t index, struct tile *ret)
{
	struct broken *b = ctx;
	if (b->after-- == 0)
		return ERR_IO;
	struct tile_source src = ram_source(b->ram);
	return src.read(src.ctx, level, index, ret);
}

TEST(a_tile_that_cannot_be_read_stops_every_question)
{
	TEST_ARENA(a);
	struct ram *r = ram_new(a);
	for (uint64_t n = 0; n < 70000; n++) {
		struct hash leaf = leaf_n(n);
		ram_add(r, &leaf);
	}
	for (uint64_t after = 0; after < 3; after++) {
		struct broken b = { r, after };
		struct tile_source src = { broken_read, &b };
		struct tree_proof p = { .n = 99 };
		struct hash h;
		struct tree *t = ARENA_NEW(a, struct tree);
		CHECK_ERR(proof_inclusion(a, src, 5, 69999, &p), ERR_IO);
		b.after = after;
		CHECK_ERR(proof_inclusion(a, src, 69990, 69999, &p), ERR_IO);
		b.after = after;
		CHECK_ERR(proof_consistency(a, src, 4099, 69999, &p), ERR_IO);
		b.after = after;
		CHECK_ERR(tree_load(a, src, 69999, t), ERR_IO);
		b.after = after;
		CHECK_ERR(tree_root_at(a, src, 69999, &h), ERR_IO);
		CHECK_INT(p.n, 99); /* nothing is written on failure */
	}
	struct tree *t = ARENA_NEW(a, struct tree);
	CHECK_ERR(tree_load(a, ram_source(r), 70001, t), ERR_DAMAGED);
	CHECK_ERR(tree_load(a, ram_source(r), TREE_MAX, t), ERR_INPUT);
	CHECK_OK(tree_load(a, ram_source(r), 0, t));
	CHECK_INT(t->size, 0);
}

TEST(proofs_of_the_wrong_kind_are_refused)
{
	struct tree_proof none = { 0 };
	struct hash x = leaf_n(1), y = leaf_n(2), empty = tree_empty_root();
	CHECK_ERR(proof_check_consistency(2, 1, &x, &x, &none), ERR_CRYPTO);
	CHECK_ERR(proof_check_consistency(3, 3, &x, &y, &none), ERR_CRYPTO);
	CHECK_ERR(proof_check_consistency(3, 5, &x, &y, &none), ERR_CRYPTO);
	CHECK_ERR(proof_check_consistency(0, 5, &x, &y, &none), ERR_CRYPTO);
	CHECK_OK(proof_check_consistency(0, 5, &empty, &y, &none));
	CHECK_OK(proof_check_consistency(0, 0, &empty, &empty, &none));
}

TEST(a_receipt_of_another_form_is_refused)
{
	TEST_ARENA(a);
	struct receipt r;
	struct buf b = buf_init(a, 0);
	struct receipt many = { .index = 1, .proof.n = PROOF_MAX, .checkpoint = S("x\n") };
	CHECK_ERR(receipt_parse(a, S(""), &r), ERR_SYNTAX);
	CHECK_ERR(receipt_parse(a, S("c2sp.org/tlog-proof@v1\nindex x\n\nx\n"), &r),
		  ERR_SYNTAX);
	CHECK_ERR(receipt_parse(a, S("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx\n"), &r),
		  ERR_SYNTAX);
	CHECK_ERR(receipt_parse(a, S("c2sp.org/tlog-proof@v1\nindex 1\n!\n\nx\n"), &r),
		  ERR_SYNTAX);
	receipt_put(&b, &many);
	CHECK_OK(receipt_parse(a, buf_str(&b), &r));
	CHECK_INT(r.proof.n, PROOF_MAX);
	str text = buf_str(&b);
	size_t at = str_find(text, S("\n\n"));
	str line = str_sub(text, at - 44, at + 1);
	CHECK_ERR(receipt_parse(a,
				str_cat(a, str_sub(text, 0, at + 1),
					str_cat(a, line, str_from(text, at + 1))),
				&r),
		  ERR_SYNTAX);
}
