/* ledger_bench.h - a ledger on a bench: two databases, a key, seeded randomness, and a way to
 * falsify its rows; for the tests of src/store. */
#ifndef TEST_STORE_LEDGER_BENCH_H
#define TEST_STORE_LEDGER_BENCH_H

#include "store/ledger.h"
#include "store/verify.h"

struct bench {
	struct db *db, *keys;
	struct ledger *ledger;
	struct ledger_ports ports;
	struct signing_key key;
	struct rng draw;
	char db_path[128];
};

void bench_open(struct bench *b, const char *db, const char *keys, const char *vfs);
void bench_open_with(struct bench *b, const char *db, const char *keys,
		     const struct db_options *o);
/* In a new folder; `dir` is a template for mkdtemp. */
void bench_dir(struct bench *b, char *dir);
void bench_close(struct bench *b);
void bench_remove(const char *dir);

/* Any fact, in the open transaction. */
enum err bench_append(struct bench *b, struct arena *a, struct rng *r);
struct verify_report bench_verify(struct bench *b, struct arena *a, str since);
struct hash bench_leaf(struct bench *b, struct arena *a, uint64_t seq);
/* Runs any SQL on the file, through a connection of its own. */
void bench_falsify(struct bench *b, const char *sql);

#endif
