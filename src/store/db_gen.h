/* db_gen.h - what generated statements call.  Nobody else includes this header.
 *
 * Binding writes NULL for the value that means "none" of a type (zero id, TS_NONE, DAY_NONE,
 * zero hash); reading NULL gives that value back.  An empty text is NULL where the column may
 * be NULL (the _or_null forms), else ''.
 */
#ifndef STORE_DB_GEN_H
#define STORE_DB_GEN_H

#include "store/db.h"

#include <sqlite3.h>

/* Statement number `n` of the schema, prepared once per connection.  db_give() resets it. */
MUST_USE enum err db_take(struct db *db, int n, sqlite3_stmt **ret);
void db_give(struct db *db, int n, sqlite3_stmt *st);
/* OK: a row is there; ERR_NOT_FOUND: no more rows. */
MUST_USE enum err db_step(struct db *db, sqlite3_stmt *st);
/* After the one row of :one: runs the statement to its end (a second row is a bug). */
MUST_USE enum err db_finish(struct db *db, sqlite3_stmt *st);
/* Runs a statement without rows and gives it back; ret_changed may be NULL. */
MUST_USE enum err db_run(struct db *db, int n, sqlite3_stmt *st, int64_t *ret_changed);

void db_bind_id(sqlite3_stmt *st, int i, struct id v);
void db_bind_ts(sqlite3_stmt *st, int i, ts v);
void db_bind_due(sqlite3_stmt *st, int i, ts v); /* look_at: TS_NEVER is NULL */
void db_bind_day(sqlite3_stmt *st, int i, day v);
void db_bind_money(sqlite3_stmt *st, int i, money v);
void db_bind_bool(sqlite3_stmt *st, int i, bool v);
void db_bind_hash(sqlite3_stmt *st, int i, struct hash v);
void db_bind_int(sqlite3_stmt *st, int i, int64_t v);
void db_bind_text(sqlite3_stmt *st, int i, str v); /* borrowed until db_give() */
void db_bind_bytes(sqlite3_stmt *st, int i, str v);
void db_bind_text_or_null(sqlite3_stmt *st, int i, str v);
void db_bind_bytes_or_null(sqlite3_stmt *st, int i, str v);

struct id db_read_id(sqlite3_stmt *st, int i);
ts db_read_ts(sqlite3_stmt *st, int i);
ts db_read_due(sqlite3_stmt *st, int i);
day db_read_day(sqlite3_stmt *st, int i);
money db_read_money(sqlite3_stmt *st, int i);
struct hash db_read_hash(sqlite3_stmt *st, int i);
/* Copied to the arena; with a == NULL borrowed until the next step. */
str db_read_text(sqlite3_stmt *st, int i, struct arena *a);
str db_read_bytes(sqlite3_stmt *st, int i, struct arena *a);

NORETURN void db_out_of_range(sqlite3_stmt *st, int i);

/* An INTEGER into a field of any integer, enum or bool type: a value that the field cannot
 * hold means that program and file disagree, and aborts. */
#define DB_READ_NUMBER(st, i, field)                                                       \
	do {                                                                               \
		int64_t db_v_ = sqlite3_column_int64((st), (i));                           \
		(field) = (__typeof__(field))db_v_;                                        \
		if ((int64_t)(field) != db_v_)                                             \
			db_out_of_range((st), (i));                                        \
	} while (0)

/* Any integer, enum or bool; an unsigned value above INT64_MAX aborts. */
#define DB_BIND_NUMBER(st, i, field)                                                       \
	do {                                                                               \
		int64_t db_v_ = (int64_t)(field);                                          \
		if ((__typeof__(field))db_v_ != (field) || (db_v_ < 0 && (field) > 0))     \
			db_out_of_range((st), -(i));                                       \
		db_bind_int((st), (i), db_v_);                                             \
	} while (0)

#endif
