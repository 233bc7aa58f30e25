#include "domain/event_random.h"
#include "keys_gen.h"
#include "sql_gen.h"
#include "store/ledger.h"
#include "store/verify.h"
#include "store/ledger_bench.h"
#include "test.h"

#include <sqlite3.h>
#include <stdlib.h>

TEST(facts_are_recorded_and_the_whole_verifies)
{
	TEST_ARENA(a);
	struct bench b;
	bench_open(&b, ":memory:", ":memory:", NULL);
	struct rng r = rng_init(1, 0);
	CHECK_OK(db_begin(b.db));
	for (int i = 0; i < 3000; i++)
		CHECK_OK(bench_append(&b, a, &r));
	str head;
	CHECK_OK(ledger_sign(b.ledger, a, &b.key, (ts){ 1 }, &head));
	CHECK_OK(db_commit(b.db));
	struct verify_report rep = bench_verify(&b, a, head);
	CHECK_INT(rep.problems, 0);
	CHECK_INT(rep.size, 3000);
	CHECK_INT(rep.heads, 1);
	CHECK(rep.private_checked > 100 && rep.private_erased == 0);
	bench_close(&b);
}

TEST(what_is_undone_leaves_no_trace_in_the_tree)
{
	TEST_ARENA(a);
	struct bench b;
	struct hash before, after;
	bench_open(&b, ":memory:", ":memory:", NULL);
	struct rng r = rng_init(2, 0);
	CHECK_OK(db_begin(b.db));
	for (int i = 0; i < 700; i++) {
		CHECK_OK(bench_append(&b, a, &r));
		CHECK_OK(ledger_root(b.ledger, a, &before));
		CHECK_OK(db_savepoint(b.db));
		for (int k = 0; k < i % 3; k++)
			CHECK_OK(bench_append(&b, a, &r));
		db_undo(b.db);
		CHECK_OK(ledger_root(b.ledger, a, &after));
		CHECK(hash_eq(&before, &after));
	}
	CHECK_OK(db_commit(b.db));
	CHECK_OK(db_begin(b.db));
	for (int k = 0; k < 300; k++)
		CHECK_OK(bench_append(&b, a, &r));
	db_rollback(b.db);
	CHECK_OK(db_begin(b.db));
	for (int k = 0; k < 400; k++)
		CHECK_OK(bench_append(&b, a, &r));
	CHECK_OK(db_commit(b.db));
	struct verify_report rep = bench_verify(&b, a, S(""));
	CHECK_INT(rep.problems, 0);
	CHECK_INT(rep.size, 1100);
	bench_close(&b);
}

TEST(a_ledger_opened_again_goes_on)
{
	TEST_ARENA(a);
	struct bench b;
	bench_open(&b, ":memory:", ":memory:", NULL);
	struct rng r = rng_init(3, 0);
	for (int round = 0; round < 20; round++) {
		CHECK_OK(db_begin(b.db));
		for (int i = 0; i < 150; i++)
			CHECK_OK(bench_append(&b, a, &r));
		CHECK_OK(db_commit(b.db));
		ledger_free(b.ledger);
		CHECK_OK(ledger_new(&b.ports, &b.ledger));
	}
	CHECK_INT(bench_verify(&b, a, S("")).problems, 0);
	bench_close(&b);
}

TEST(a_fact_cannot_be_recorded_twice)
{
	TEST_ARENA(a);
	struct bench b;
	bench_open(&b, ":memory:", ":memory:", NULL);
	struct event e = { .kind = EV_CLOCK_CONFIRMED, .version = 1, .subject = { 1, 2 } };
	CHECK_OK(db_begin(b.db));
	CHECK_OK(ledger_append(b.ledger, a, &e));
	CHECK_ERR(ledger_append(b.ledger, a, &e), ERR_DUPLICATE);
	e.version = 2;
	CHECK_OK(ledger_append(b.ledger, a, &e));
	CHECK_OK(db_commit(b.db));
	CHECK_INT(bench_verify(&b, a, S("")).size, 2);
	bench_close(&b);
}

TEST(a_receipt_proves_a_fact_under_the_signed_head)
{
	TEST_ARENA(a);
	struct bench b;
	bench_open(&b, ":memory:", ":memory:", NULL);
	struct rng r = rng_init(4, 0);
	str head, text;
	CHECK_OK(db_begin(b.db));
	for (int i = 0; i < 600; i++)
		CHECK_OK(bench_append(&b, a, &r));
	CHECK_ERR(ledger_receipt(b.db, a, 0, &text), ERR_NOT_FOUND);
	CHECK_OK(ledger_sign(b.ledger, a, &b.key, (ts){ 1 }, &head));
	for (int i = 0; i < 100; i++)
		CHECK_OK(bench_append(&b, a, &r));
	CHECK_ERR(ledger_receipt(b.db, a, 600, &text), ERR_NOT_FOUND);
	for (uint64_t seq = 0; seq < 600; seq += 7) {
		struct receipt got;
		struct signed_checkpoint c;
		struct hash leaf = bench_leaf(&b, a, seq);
		CHECK_OK(ledger_receipt(b.db, a, seq, &text));
		CHECK_OK(receipt_parse(a, text, &got));
		CHECK_OK(checkpoint_parse(a, got.checkpoint, &c));
		CHECK_OK(checkpoint_check(&c, &b.key.pub, NULL));
		CHECK_OK(proof_check_inclusion(&leaf, got.index, c.head.size, &got.proof,
					       &c.head.root));
	}
	CHECK_OK(db_commit(b.db));
	bench_close(&b);
}

/* Rows changed behind the program's back: each statement is one falsification. */
TEST(every_falsification_of_the_rows_is_found)
{
	static const char *const falsifications[] = {
		"UPDATE event SET public = replace(public, '\"n\":', '\"n\":1') WHERE seq "
		"= 300",
		"UPDATE event SET at = at + 1 WHERE seq = 17",
		"UPDATE event SET kind = kind + 1 WHERE seq = 17",
		"UPDATE event SET version = version + 77777 WHERE seq = 17",
		"UPDATE event SET subject_id = randomblob(16) WHERE seq = 17",
		"UPDATE event SET person_id = randomblob(16) WHERE seq = 17",
		"UPDATE event SET leaf_hash = randomblob(32) WHERE seq = 511",
		"UPDATE event SET leaf_hash = randomblob(32) WHERE seq = 599",
		"UPDATE event SET leaf_hash = x'00' WHERE seq = 1",
		"UPDATE event SET commitment_hash = randomblob(32) WHERE seq = 5",
		"UPDATE event SET commitment_hash = NULL WHERE commitment_hash IS NOT NULL",
		"PRAGMA foreign_keys = 0; DELETE FROM event WHERE seq = 5",
		"PRAGMA foreign_keys = 0; DELETE FROM event WHERE seq = 599",
		"PRAGMA foreign_keys = 0; DELETE FROM event WHERE seq = 0",
		"PRAGMA foreign_keys = 0; DELETE FROM event",
		"PRAGMA foreign_keys = 0; UPDATE event SET seq = -1 WHERE seq = 9;"
		"UPDATE event SET seq = 9 WHERE seq = 10; UPDATE event SET seq = 10 WHERE "
		"seq = -1",
		"INSERT INTO event SELECT 600, at, kind, subject_id, 99999, person_id, "
		"public,"
		" commitment_hash, leaf_hash FROM event WHERE seq = 3",
		"UPDATE event_private SET private = replace(private, ':', ': ')",
		"UPDATE event_private SET private = (SELECT private FROM event_private "
		"LIMIT 1)",
		"DELETE FROM event_private WHERE seq = (SELECT max(seq) FROM "
		"event_private)",
		"UPDATE event_private SET person_id = randomblob(16)",
		"UPDATE tile SET hashes = randomblob(8704) WHERE level = 0 AND idx = 1",
		"UPDATE tile SET hashes = substr(hashes, 1, 32) WHERE level = 1",
		"UPDATE tile SET hashes = randomblob(64) WHERE level = 1",
		"DELETE FROM tile WHERE level = 0 AND idx = 0",
		"DELETE FROM tile WHERE level = 1",
		"INSERT INTO tile VALUES (0, 77, randomblob(8704))",
		"UPDATE head SET checkpoint = replace(checkpoint, 'A', 'B')",
		"UPDATE head SET size = size + 1",
		"UPDATE head SET size = size - 1",
		"DELETE FROM head WHERE size = 600",
		"UPDATE head SET checkpoint = (SELECT checkpoint FROM head LIMIT 1)",
	};
	for (size_t i = 0; i < sizeof falsifications / sizeof *falsifications; i++) {
		TEST_ARENA(a);
		struct bench b;
		struct rng r = rng_init(7, 0);
		str head, kept;
		char dir[] = "/tmp/vigie_ledger_XXXXXX";
		bench_dir(&b, dir);
		CHECK_OK(db_begin(b.db));
		for (int n = 0; n < 300; n++)
			CHECK_OK(bench_append(&b, a, &r));
		CHECK_OK(ledger_sign(b.ledger, a, &b.key, (ts){ 1 }, &head));
		for (int n = 0; n < 300; n++)
			CHECK_OK(bench_append(&b, a, &r));
		CHECK_OK(ledger_sign(b.ledger, a, &b.key, (ts){ 2 }, &kept));
		CHECK_OK(db_commit(b.db));
		CHECK_INT(bench_verify(&b, a, kept).problems, 0);
		bench_falsify(&b, falsifications[i]);
		struct verify_report rep = bench_verify(&b, a, kept);
		/* The head that was deleted is the one kept elsewhere: nothing else is missing. */
		if (strncmp(falsifications[i], "DELETE FROM head", 16) != 0 &&
		    rep.problems == 0)
			fail_msg("not found: %s", falsifications[i]);
		bench_close(&b);
		bench_remove(dir);
	}
}

TEST(a_second_history_is_shown_by_a_head_kept_elsewhere)
{
	TEST_ARENA(a);
	struct bench b, forged;
	str kept, other;
	for (int fork = 0; fork < 2; fork++) {
		struct bench *it = fork ? &forged : &b;
		struct rng r = rng_init((uint64_t)fork + 1, 0);
		bench_open(it, ":memory:", ":memory:", NULL);
		CHECK_OK(db_begin(it->db));
		for (int n = 0; n < 400; n++)
			CHECK_OK(bench_append(it, a, &r));
		CHECK_OK(ledger_sign(it->ledger, a, &it->key, (ts){ 1 },
				     fork ? &other : &kept));
		CHECK_OK(db_commit(it->db));
	}
	CHECK_INT(bench_verify(&b, a, kept).problems, 0);
	CHECK_INT(bench_verify(&forged, a, other).problems, 0); /* flawless by itself */
	CHECK(bench_verify(&forged, a, kept).problems > 0);
	bench_close(&b);
	bench_close(&forged);
}

/* ---- any bit of any row */

struct column {
	const char *table, *column, *key;
};

static void set_value(sqlite3 *lite, const struct column *c, sqlite3_value *key,
		      sqlite3_value *value)
{
	char sql[128];
	sqlite3_stmt *st;
	snprintf(sql, sizeof sql, "UPDATE %s SET %s = ?1 WHERE %s = ?2", c->table,
		 c->column, c->key);
	assert_int_equal(sqlite3_prepare_v2(lite, sql, -1, &st, NULL), SQLITE_OK);
	sqlite3_bind_value(st, 1, value);
	sqlite3_bind_value(st, 2, key);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

/* A value and its key, of a row drawn from those that have one. */
static void draw_value(sqlite3 *lite, const struct column *c, struct rng *r,
		       sqlite3_value **ret_key, sqlite3_value **ret_value)
{
	char sql[256];
	sqlite3_stmt *st;
	snprintf(sql, sizeof sql,
		 "SELECT %s, %s FROM %s WHERE %s IS NOT NULL LIMIT 1 OFFSET ?1 %% (SELECT "
		 "count(*) FROM %s WHERE %s IS NOT NULL)",
		 c->key, c->column, c->table, c->column, c->table, c->column);
	assert_int_equal(sqlite3_prepare_v2(lite, sql, -1, &st, NULL), SQLITE_OK);
	sqlite3_bind_int64(st, 1, (int64_t)(rng_next(r) >> 2));
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	*ret_key = sqlite3_value_dup(sqlite3_column_value(st, 0));
	*ret_value = sqlite3_value_dup(sqlite3_column_value(st, 1));
	sqlite3_finalize(st);
}

static void flip_bit(sqlite3 *lite, const struct column *c, struct rng *r,
		     sqlite3_value *key, sqlite3_value *value)
{
	char sql[128], *p;
	sqlite3_stmt *st;
	int type = sqlite3_value_type(value), n = sqlite3_value_bytes(value);
	snprintf(sql, sizeof sql, "UPDATE %s SET %s = ?1 WHERE %s = ?2", c->table,
		 c->column, c->key);
	assert_int_equal(sqlite3_prepare_v2(lite, sql, -1, &st, NULL), SQLITE_OK);
	sqlite3_bind_value(st, 2, key);
	p = malloc((size_t)n + 1);
	assert_non_null(p);
	if (type == SQLITE_INTEGER) {
		int64_t bit = (int64_t)1 << rng_below(r, 40);
		sqlite3_bind_int64(st, 1, sqlite3_value_int64(value) ^ bit);
	} else {
		memcpy(p, sqlite3_value_blob(value), (size_t)n);
		p[rng_below(r, (uint64_t)n)] ^= (char)(1 << rng_below(r, 8));
		if (type == SQLITE_TEXT)
			sqlite3_bind_text(st, 1, p, n, SQLITE_TRANSIENT);
		else
			sqlite3_bind_blob(st, 1, p, n, SQLITE_TRANSIENT);
	}
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	free(p);
}

TEST(two_thousand_flipped_bits_are_all_found)
{
	static const struct column columns[] = {
		{ "event", "public", "seq" },
		{ "event", "at", "seq" },
		{ "event", "kind", "seq" },
		{ "event", "version", "seq" },
		{ "event", "subject_id", "seq" },
		{ "event", "person_id", "seq" },
		{ "event", "commitment_hash", "seq" },
		{ "event", "leaf_hash", "seq" },
		{ "event_private", "private", "seq" },
		{ "event_private", "person_id", "seq" },
		{ "tile", "hashes", "level" },
		{ "head", "checkpoint", "size" },
	};
	TEST_ARENA(a);
	struct bench b;
	struct rng r = rng_init(21, 0);
	str head;
	sqlite3 *lite;
	char dir[] = "/tmp/vigie_ledger_XXXXXX";
	bench_dir(&b, dir);
	CHECK_OK(db_begin(b.db));
	for (int n = 0; n < 270; n++) {
		CHECK_OK(bench_append(&b, a, &r));
		if (n % 100 == 0)
			CHECK_OK(ledger_sign(b.ledger, a, &b.key, (ts){ 1 }, &head));
	}
	CHECK_OK(db_commit(b.db));
	assert_int_equal(sqlite3_open(b.db_path, &lite), SQLITE_OK);
	sqlite3_exec(lite, "PRAGMA foreign_keys = 0; PRAGMA synchronous = 0", NULL, NULL,
		     NULL);
	for (int i = 0; i < 2000; i++) {
		TEST_ARENA(scratch);
		sqlite3_value *key, *value;
		const struct column *c =
			&columns[rng_below(&r, sizeof columns / sizeof *columns)];
		draw_value(lite, c, &r, &key, &value);
		flip_bit(lite, c, &r, key, value);
		if (bench_verify(&b, scratch, head).problems == 0)
			fail_msg("not found: a bit of %s.%s", c->table, c->column);
		set_value(lite, c, key, value);
		sqlite3_value_free(key);
		sqlite3_value_free(value);
	}
	CHECK_INT(bench_verify(&b, a, head).problems, 0); /* and no false alarm */
	sqlite3_close(lite);
	bench_close(&b);
	bench_remove(dir);
}

/* ---- somebody else holds the file */

TEST(a_locked_database_is_an_outcome_and_nothing_is_half_done)
{
	TEST_ARENA(a);
	struct bench b;
	struct rng r = rng_init(3, 3);
	sqlite3 *lite;
	char dir[] = "/tmp/vigie_ledger_XXXXXX";
	bench_dir(&b, dir);
	char keys[128], db[128];
	snprintf(db, sizeof db, "%s", b.db_path);
	bench_close(&b);
	snprintf(keys, sizeof keys, "%s/keys.db", dir);
	bench_open_with(&b, db, keys, &(struct db_options){ .busy_ms = 20 });
	CHECK_OK(db_begin(b.db));
	CHECK_OK(bench_append(&b, a, &r));
	CHECK_OK(db_commit(b.db));
	assert_int_equal(sqlite3_open(b.db_path, &lite), SQLITE_OK);
	assert_int_equal(sqlite3_exec(lite, "BEGIN IMMEDIATE", NULL, NULL, NULL),
			 SQLITE_OK);
	CHECK_ERR(db_begin(b.db), ERR_BUSY);
	CHECK_INT(bench_verify(&b, a, S("")).size, 1); /* readers go on */
	assert_int_equal(sqlite3_exec(lite, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	CHECK_OK(db_begin(b.db));
	CHECK_OK(bench_append(&b, a, &r));
	CHECK_OK(db_commit(b.db));
	CHECK_INT(bench_verify(&b, a, S("")).size, 2);
	sqlite3_close(lite);
	bench_close(&b);
	bench_remove(dir);
}
