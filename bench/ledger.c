/* ledger.c - how fast the ledger is, beside what SHA-256 alone allows.
 *
 *   bench_ledger [LEAVES]      (1,000,000)
 *
 * One line a measure: name, figure, unit.  CPU time of this process, one core. */
#include "domain/event_random.h"
#include "ledger/leaf.h"
#include "ledger/proof.h"
#include "ledger/store_ram.h"
#include "store/ledger_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void rate(const char *name, double seconds, double n)
{
	printf("%-44s %12.0f /s   %8.3f us each\n", name, n / seconds, seconds / n * 1e6);
}

#define FACT_BYTES 330 /* about the length of a public line of a visit */

static struct hash leaf_n(uint64_t n)
{
	return sha256((str){ (char *)&n, sizeof n });
}

static void tree(struct arena *a, uint64_t leaves)
{
	struct ram *r = ram_new(a);
	struct hash *h = ARENA_ARRAY(a, struct hash, leaves);
	for (uint64_t i = 0; i < leaves; i++)
		h[i] = leaf_n(i);

	double t = now();
	struct hash x = h[0];
	for (uint64_t i = 0; i < leaves; i++)
		x = node_hash(&x, &h[i]);
	rate("SHA-256 of a node alone (the limit)", now() - t, (double)leaves);

	t = now();
	for (uint64_t i = 0; i < leaves; i++)
		ram_add(r, &h[i]);
	struct hash root = tree_root(&r->tree);
	rate("append, one head at the end", now() - t, (double)leaves);

	struct tree *heads = ARENA_NEW(a, struct tree);
	t = now();
	for (uint64_t i = 0; i < leaves; i++) {
		tree_add(heads, &h[i]);
		if (i % 100 == 0)
			x = tree_root(heads);
	}
	rate("append, a head every 100 leaves", now() - t, (double)leaves);

	struct rng rng = rng_init(1, 1);
	struct tree_proof p;
	int proofs = 20000, bad = 0;
	t = now();
	for (int i = 0; i < proofs; i++)
		bad += proof_inclusion(a, ram_source(r), rng_below(&rng, leaves), leaves,
				       &p) != OK;
	rate("inclusion proof made", now() - t, proofs);
	uint64_t m = rng_below(&rng, leaves);
	bad += proof_inclusion(a, ram_source(r), m, leaves, &p) != OK;
	t = now();
	for (int i = 0; i < proofs; i++)
		bad += proof_check_inclusion(&h[m], m, leaves, &p, &root) != OK;
	rate("inclusion proof checked", now() - t, proofs);
	t = now();
	for (int i = 0; i < proofs; i++)
		bad += proof_consistency(a, ram_source(r), rng_below(&rng, leaves), leaves,
					 &p) != OK;
	rate("consistency proof made", now() - t, proofs);
	ASSERT(bad == 0);
}

static void recompute(struct arena *a, uint64_t leaves)
{
	char line[FACT_BYTES];
	memset(line, 'x', sizeof line);
	struct hash commitment = { { 1 } };
	struct tree *t = ARENA_NEW(a, struct tree);
	double start = now();
	for (uint64_t i = 0; i < leaves; i++) {
		memcpy(line, &i, sizeof i);
		struct hash h = leaf_hash((str){ line, sizeof line }, &commitment);
		tree_add(t, &h);
	}
	struct hash root = tree_root(t);
	rate("leaves of 330 bytes hashed, and the tree", now() - start, (double)leaves);
	(void)root;
	t->size = 0;
	start = now();
	for (uint64_t i = 0; i < leaves; i++) {
		struct hash h = { { (uint8_t)i, (uint8_t)(i >> 8) } };
		tree_add(t, &h);
	}
	rate("the tree alone, from leaf hashes", now() - start, (double)leaves);
}

static void codec(struct arena *a)
{
	struct rng r = rng_init(1, 2);
	enum { N = 20000 };
	struct event *e = ARENA_ARRAY(a, struct event, N);
	str *lines = ARENA_ARRAY(a, str, N);
	for (int i = 0; i < N; i++)
		e[i] = random_event(a, &r);
	double t = now();
	for (int i = 0; i < N; i++) {
		struct buf b = buf_init(a, EVENT_LINE_MAX);
		event_public_json(&b, &e[i]);
		lines[i] = buf_str(&b);
	}
	rate("fact written as its public line", now() - t, N);
	t = now();
	for (int i = 0; i < N; i++) {
		struct arena_mark m = arena_mark(a);
		struct event back;
		ASSERT(event_decode(a, lines[i], S(""), &back) == OK);
		arena_reset(a, m);
	}
	rate("public line read strictly", now() - t, N);
}

static void rows(struct arena *a, int n)
{
	struct bench b;
	struct rng r = rng_init(1, 3);
	bench_open(&b, ":memory:", ":memory:", NULL);
	double t = now();
	ASSERT(db_begin(b.db) == OK);
	for (int i = 0; i < n; i++)
		ASSERT(bench_append(&b, a, &r) == OK);
	ASSERT(db_commit(b.db) == OK);
	rate("fact recorded in SQLite (encode, hash, rows)", now() - t, n);
	t = now();
	ASSERT(bench_verify(&b, a, S("")).problems == 0);
	rate("fact verified from SQLite (vigie verify)", now() - t, n);
	bench_close(&b);
}

int main(int argc, char **argv)
{
	uint64_t leaves = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
	CLEAN_ARENA struct arena *a = arena_new((size_t)2 << 30);
	printf("%" PRIu64 " leaves\n", leaves);
	tree(a, leaves);
	recompute(a, leaves);
	codec(a);
	rows(a, 100000);
	return 0;
}
