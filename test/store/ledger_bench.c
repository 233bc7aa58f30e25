#include "store/ledger_bench.h"

#include "domain/event_random.h"
#include "keys_gen.h"
#include "sql_gen.h"
#include "test.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

static void draw(void *ctx, void *p, size_t n)
{
	rng_bytes(ctx, p, n);
}

void bench_open(struct bench *b, const char *db, const char *keys, const char *vfs)
{
	bench_open_with(b, db, keys, &(struct db_options){ .vfs = vfs });
}

void bench_open_with(struct bench *b, const char *db, const char *keys,
		     const struct db_options *o)
{
	static const uint8_t seed[32] = { 42 };
	memset(b, 0, sizeof *b);
	b->draw = rng_init(99, 0);
	snprintf(b->db_path, sizeof b->db_path, "%s", db);
	CHECK_OK(db_open(db, &sql_schema, o, &b->db));
	CHECK_OK(db_migrate(b->db));
	CHECK_OK(db_open(keys, &keys_schema, o, &b->keys));
	CHECK_OK(db_migrate(b->keys));
	CHECK_OK(key_make(S("vigie.test"), KEY_LOG, seed, &b->key));
	b->ports = (struct ledger_ports){ b->db, b->keys, &b->draw, draw };
	CHECK_OK(ledger_new(&b->ports, &b->ledger));
}

void bench_dir(struct bench *b, char *dir)
{
	char db[128], keys[128];
	assert_non_null(mkdtemp(dir));
	snprintf(db, sizeof db, "%s/vigie.db", dir);
	snprintf(keys, sizeof keys, "%s/keys.db", dir);
	bench_open(b, db, keys, NULL);
}

void bench_close(struct bench *b)
{
	ledger_free(b->ledger);
	db_close(b->keys);
	db_close(b->db);
}

void bench_remove(const char *dir)
{
	char path[512];
	DIR *d = opendir(dir);
	for (struct dirent *e; d && (e = readdir(d));) {
		snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
}

enum err bench_append(struct bench *b, struct arena *a, struct rng *r)
{
	struct arena_mark m = arena_mark(a);
	struct event e = random_event(a, r);
	e.version = (int64_t)(rng_next(r) >> 1); /* never the same key twice */
	e.at = (ts){ rng_range(r, 1, 4000000000) * US_S };
	e.subject = (struct id){ 1, rng_next(r) | 1 };
	enum err err = ledger_append(b->ledger, a, &e);
	arena_reset(a, m);
	return err;
}

struct verify_report bench_verify(struct bench *b, struct arena *a, str since)
{
	struct verify_report rep = { 0 };
	struct verify_input in = { b->db, b->keys, &b->key.pub, since };
	CHECK_OK(ledger_verify(a, &in, &rep));
	for (size_t i = 0; getenv("SHOW") && i < rep.shown.n; i++)
		printf("  %" PRIstr "\n", STR(rep.shown.v[i]));
	return rep;
}

static bool take(void *ctx, const struct event_leaves_row *row)
{
	assert_int_equal(row->leaf.n, 32);
	memcpy(ctx, row->leaf.p, 32);
	return true;
}

struct hash bench_leaf(struct bench *b, struct arena *a, uint64_t seq)
{
	struct hash h = { { 0 } };
	(void)a;
	CHECK_OK(event_leaves(b->db, (int64_t)seq, (int64_t)seq + 1, take, &h));
	return h;
}

void bench_falsify(struct bench *b, const char *sql)
{
	sqlite3 *lite;
	assert_int_equal(sqlite3_open(b->db_path, &lite), SQLITE_OK);
	int rc = sqlite3_exec(lite, sql, NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		fail_msg("%s: %s", sqlite3_errmsg(lite), sql);
	sqlite3_close(lite);
}
