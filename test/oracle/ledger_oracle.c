/* ledger_oracle.c - what the ledger makes of seeded input, as lines for merkle.py to recompute. */
#include "domain/event_random.h"
#include "ledger/checkpoint.h"
#include "ledger/leaf.h"
#include "ledger/store_ram.h"

#include <stdio.h>

static void hex(const char *sep, const void *p, size_t n)
{
	printf("%s", sep);
	for (size_t i = 0; i < n; i++)
		printf("%02x", ((const uint8_t *)p)[i]);
}

static void path(const struct tree_proof *p)
{
	for (size_t i = 0; i < p->n; i++)
		hex(" ", p->h[i].b, 32);
	printf("\n");
}

static void trees(struct arena *a, uint64_t most)
{
	struct ram *r = ram_new(a);
	for (uint64_t n = 1; n <= most; n++) {
		struct hash leaf = sha256((str){ (char *)&n, sizeof n });
		struct tree_proof p;
		ram_add(r, &leaf);
		struct hash root = tree_root(&r->tree);
		hex("leaf ", leaf.b, 32);
		hex("\nroot ", root.b, 32);
		printf("\n");
		for (uint64_t m = 0; m < n; m++) {
			ASSERT(proof_inclusion(a, ram_source(r), m, n, &p) == OK);
			printf("inclusion %" PRIu64 " %" PRIu64, m, n);
			path(&p);
			ASSERT(proof_consistency(a, ram_source(r), m + 1, n, &p) == OK);
			printf("consistency %" PRIu64 " %" PRIu64, m + 1, n);
			path(&p);
		}
	}
}

static void facts(struct arena *a, int count)
{
	struct rng r = rng_init(3, 0);
	for (int i = 0; i < count; i++) {
		struct event e = random_event(a, &r);
		struct buf pub = buf_init(a, 0), priv = buf_init(a, 0);
		uint8_t key[PERSON_KEY];
		rng_bytes(&r, key, sizeof key);
		event_public_json(&pub, &e);
		event_private_json(&priv, &e);
		struct hash c = leaf_commitment(key, buf_str(&pub), buf_str(&priv));
		struct hash leaf = leaf_hash(buf_str(&pub), &c);
		hex("fact ", key, sizeof key);
		hex(" ", c.b, 32);
		hex(" ", leaf.b, 32);
		hex(" ", pub.p, pub.n);
		hex(" -", priv.p, priv.n);
		printf("\n");
	}
}

static void heads(struct arena *a, int count)
{
	struct rng r = rng_init(4, 0);
	for (int i = 0; i < count; i++) {
		struct signing_key log, witness;
		struct hash root;
		uint8_t seed[32];
		str text, twice;
		rng_bytes(&r, seed, sizeof seed);
		ASSERT(key_make(S("vigie.test/76"), KEY_LOG, seed, &log) == OK);
		seed[0] ^= 1;
		ASSERT(key_make(S("temoin.test"), KEY_WITNESS, seed, &witness) == OK);
		rng_bytes(&r, root.b, 32);
		uint64_t size = rng_below(&r, 1000000);
		int64_t when = rng_range(&r, 0, 4000000000);
		text = checkpoint_sign(a, &log, size, &root);
		ASSERT(checkpoint_cosign(a, text, &witness, when, &twice) == OK);
		printf("head %" PRIstr " %" PRIstr " %" PRIu64 " %" PRId64,
		       STR(key_private_text(a, &log)), STR(key_private_text(a, &witness)),
		       size, when);
		hex(" ", root.b, 32);
		hex(" ", twice.p, twice.n);
		printf(" %" PRIstr "\n", STR(key_public_text(a, &log.pub)));
	}
}

int main(void)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	trees(a, 130);
	facts(a, 500);
	heads(a, 5);
	return 0;
}
