#include "store/db.h"
#include "store/db_gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define APPLICATION_ID 0x56494749 /* "VIGI" */
#define VALUE_MAX      (64 << 20)

struct db {
	sqlite3 *lite;
	const struct db_schema *schema;
	sqlite3_stmt **cache; /* statement_count, each NULL or prepared */
	int version;
	enum err (*on_commit)(void *ctx);
	void *on_commit_ctx;
};

/* ---- errors ---- */

static NORETURN void die_lite(struct db *db, int rc)
{
	/* SQLite's own messages name tables and columns, never values. */
	die("sqlite %d: %s", rc, sqlite3_errmsg(db->lite));
}

static enum err constraint(struct db *db, int rc)
{
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID: return ERR_DUPLICATE;
	case SQLITE_CONSTRAINT_FOREIGNKEY: return ERR_CONFLICT;
	default: die_lite(db, rc);
	}
}

static enum err fault(struct db *db, int rc)
{
	if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC)
		die_lite(db, rc);
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE: return OK;
	case SQLITE_FULL:
	case SQLITE_READONLY:
	case SQLITE_PERM: return ERR_DISK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return ERR_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB: return ERR_DAMAGED;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN: return ERR_IO;
	case SQLITE_TOOBIG: return ERR_LIMIT;
	case SQLITE_INTERRUPT: return ERR_TIMEOUT;
	case SQLITE_CONSTRAINT: return constraint(db, rc);
	default: die_lite(db, rc);
	}
}

static enum err exec(struct db *db, const char *sql)
{
	return fault(db, sqlite3_exec(db->lite, sql, NULL, NULL, NULL));
}

/* ---- opening ---- */

static enum err pragma_int(struct db *db, const char *sql, int64_t *ret)
{
	sqlite3_stmt *st;
	TRY(fault(db, sqlite3_prepare_v2(db->lite, sql, -1, &st, NULL)));
	int rc = sqlite3_step(st);
	int64_t v = rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	TRY(fault(db, rc));
	*ret = v;
	return OK;
}

static void configure(struct db *db, int busy_ms)
{
	sqlite3_extended_result_codes(db->lite, 1);
	sqlite3_busy_timeout(db->lite, busy_ms ? busy_ms : 5000);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_limit(db->lite, SQLITE_LIMIT_LENGTH, VALUE_MAX);
	sqlite3_limit(db->lite, SQLITE_LIMIT_ATTACHED, 0);
}

/* Ours, and of a version this program knows. */
static enum err identify(struct db *db, bool read_only)
{
	int64_t app, tables, version;
	TRY(pragma_int(db, "PRAGMA application_id", &app));
	TRY(pragma_int(db, "PRAGMA user_version", &version));
	TRY(pragma_int(db, "SELECT count(*) FROM sqlite_schema", &tables));
	if (app != APPLICATION_ID && (tables || app))
		return ERR_DAMAGED;
	if (version > db->schema->migration_count)
		return ERR_VERSION;
	if (read_only && version < db->schema->migration_count)
		return ERR_VERSION;
	db->version = (int)version;
	return OK;
}

static enum err prepare_file(struct db *db, const struct db_options *o)
{
	TRY(identify(db, o->read_only));
	if (!o->read_only)
		TRY(exec(db, "PRAGMA journal_mode = WAL"));
	TRY(exec(db, o->planted_normal_sync ? "PRAGMA synchronous = NORMAL"
					    : "PRAGMA synchronous = FULL"));
	return exec(db, "PRAGMA foreign_keys = ON;"
			"PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;"
			"PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
			"PRAGMA cache_size = -32768");
}

enum err db_open(const char *path, const struct db_schema *schema,
		 const struct db_options *o, struct db **ret)
{
	static const struct db_options usual = { 0 };
	o = o ? o : &usual;
	if (o->read_only && access(path, F_OK) != 0)
		return ERR_NOT_FOUND;
	struct db *db CLEANUP(db_closep) = calloc(1, sizeof *db);
	ASSERT(db != NULL);
	db->schema = schema;
	db->cache = calloc((size_t)schema->statement_count + 1, sizeof *db->cache);
	ASSERT(db->cache != NULL);
	int flags = SQLITE_OPEN_NOMUTEX;
	flags |= o->read_only ? SQLITE_OPEN_READONLY
			      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int rc = sqlite3_open_v2(path, &db->lite, flags, o->vfs);
	ASSERT(db->lite != NULL);
	TRY(fault(db, rc));
	configure(db, o->busy_ms);
	TRY(prepare_file(db, o));
	*ret = db;
	db = NULL;
	return OK;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (int i = 0; i < db->schema->statement_count; i++)
		sqlite3_finalize(db->cache[i]);
	free(db->cache);
	if (sqlite3_close(db->lite) != SQLITE_OK)
		die("a statement is still in use");
	free(db);
}

void db_closep(struct db **db)
{
	db_close(*db);
}

/* ---- migrations ---- */

static enum err migrate_one(struct db *db, const struct db_migration *m)
{
	char mark[96];
	snprintf(mark, sizeof mark, "PRAGMA user_version = %d; PRAGMA application_id = %d",
		 m->number, APPLICATION_ID);
	TRY(db_begin(db));
	enum err e = exec(db, m->sql);
	if (e == OK)
		e = exec(db, mark);
	if (e != OK) {
		db_rollback(db);
		return e;
	}
	return db_commit(db);
}

enum err db_migrate(struct db *db)
{
	for (int i = db->version; i < db->schema->migration_count; i++) {
		TRY(migrate_one(db, &db->schema->migrations[i]));
		db->version = i + 1;
	}
	return OK;
}

int db_version(const struct db *db)
{
	return db->version;
}

/* ---- transactions ---- */

bool db_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(db->lite);
}

enum err db_begin(struct db *db)
{
	ASSERT(!db_in_transaction(db));
	return exec(db, "BEGIN IMMEDIATE");
}

enum err db_begin_read(struct db *db)
{
	ASSERT(!db_in_transaction(db));
	return exec(db, "BEGIN");
}

void db_rollback(struct db *db)
{
	if (db_in_transaction(db))
		(void)sqlite3_exec(db->lite, "ROLLBACK", NULL, NULL, NULL);
}

enum err db_commit(struct db *db)
{
	ASSERT(db_in_transaction(db));
	enum err e = db->on_commit ? db->on_commit(db->on_commit_ctx) : OK;
	if (e != OK) {
		db_rollback(db);
		return e;
	}
	int rc = sqlite3_exec(db->lite, "COMMIT", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		return OK;
	if ((rc & 0xff) == SQLITE_IOERR)
		die_lite(db, rc);
	e = fault(db, rc);
	db_rollback(db);
	return e;
}

enum err db_savepoint(struct db *db)
{
	ASSERT(db_in_transaction(db));
	return exec(db, "SAVEPOINT command");
}

enum err db_keep(struct db *db)
{
	return db_in_transaction(db) ? exec(db, "RELEASE command") : OK;
}

void db_undo(struct db *db)
{
	if (db_in_transaction(db) && exec(db, "ROLLBACK TO command; RELEASE command") != OK)
		db_rollback(db);
}

void db_on_commit(struct db *db, enum err (*fn)(void *ctx), void *ctx)
{
	db->on_commit = fn;
	db->on_commit_ctx = ctx;
}

/* ---- the whole file ---- */

enum err db_checkpoint(struct db *db)
{
	return fault(db, sqlite3_wal_checkpoint_v2(db->lite, NULL,
						   SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL));
}

static enum err copy_pages(struct db *from, struct db *to, int pages)
{
	sqlite3_backup *b = sqlite3_backup_init(to->lite, "main", from->lite, "main");
	if (!b)
		return fault(to, sqlite3_errcode(to->lite));
	int rc;
	do {
		rc = sqlite3_backup_step(b, pages > 0 ? pages : -1);
		if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
			sqlite3_sleep(20);
	} while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED);
	sqlite3_backup_finish(b);
	return fault(to, rc);
}

enum err db_backup(struct db *db, const char *target, int pages)
{
	if (access(target, F_OK) == 0)
		return ERR_DUPLICATE;
	static const struct db_schema none = { NULL, 0, NULL, 0 };
	struct db *to CLEANUP(db_closep) = NULL;
	TRY(db_open(target, &none, NULL, &to));
	return copy_pages(db, to, pages);
}

enum err db_check(struct db *db)
{
	sqlite3_stmt *st;
	TRY(fault(db, sqlite3_prepare_v2(db->lite, "PRAGMA integrity_check(1)", -1, &st,
					 NULL)));
	int rc = sqlite3_step(st);
	const char *said = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : "";
	bool good = said && strcmp(said, "ok") == 0;
	sqlite3_finalize(st);
	TRY(fault(db, rc));
	return good ? OK : ERR_DAMAGED;
}

/* ---- statements ---- */

enum err db_take(struct db *db, int n, sqlite3_stmt **ret)
{
	ASSERT(n >= 0 && n < db->schema->statement_count);
	sqlite3_stmt *st = db->cache[n];
	if (st && !sqlite3_stmt_busy(st)) {
		*ret = st;
		return OK;
	}
	/* A statement used again inside its own callback gets a copy that db_give() drops. */
	TRY(fault(db, sqlite3_prepare_v3(db->lite, db->schema->statements[n], -1,
					 st ? 0 : SQLITE_PREPARE_PERSISTENT, ret, NULL)));
	if (!st)
		db->cache[n] = *ret;
	return OK;
}

void db_give(struct db *db, int n, sqlite3_stmt *st)
{
	if (st != db->cache[n]) {
		sqlite3_finalize(st);
		return;
	}
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

enum err db_step(struct db *db, sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		return OK;
	/* Outside a transaction this was a commit of its own. */
	if ((rc & 0xff) == SQLITE_IOERR && !db_in_transaction(db) &&
	    !sqlite3_stmt_readonly(st))
		die_lite(db, rc);
	return rc == SQLITE_DONE ? ERR_NOT_FOUND : fault(db, rc);
}

enum err db_finish(struct db *db, sqlite3_stmt *st)
{
	enum err e = db_step(db, st);
	if (e == OK)
		die("a second row of: %s", sqlite3_sql(st));
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err db_run(struct db *db, int n, sqlite3_stmt *st, int64_t *ret_changed)
{
	enum err e = db_step(db, st);
	int64_t changed = sqlite3_changes64(db->lite);
	db_give(db, n, st);
	if (e != ERR_NOT_FOUND)
		return e;
	if (ret_changed)
		*ret_changed = changed;
	return OK;
}

/* ---- values ---- */

static void bound(sqlite3_stmt *st, int i, int rc)
{
	if (rc != SQLITE_OK)
		die("parameter %d refused (sqlite %d): %s", i, rc, sqlite3_sql(st));
}

void db_bind_int(sqlite3_stmt *st, int i, int64_t v)
{
	bound(st, i, sqlite3_bind_int64(st, i, v));
}

void db_bind_id(sqlite3_stmt *st, int i, struct id v)
{
	uint8_t b[16];
	id_bytes(v, b);
	if (id_is(v))
		bound(st, i, sqlite3_bind_blob(st, i, b, sizeof b, SQLITE_TRANSIENT));
	else
		bound(st, i, sqlite3_bind_null(st, i));
}

void db_bind_ts(sqlite3_stmt *st, int i, ts v)
{
	bound(st, i, ts_is(v) ? sqlite3_bind_int64(st, i, v.us) : sqlite3_bind_null(st, i));
}

void db_bind_due(sqlite3_stmt *st, int i, ts v)
{
	bound(st, i,
	      v.us != TS_NEVER.us ? sqlite3_bind_int64(st, i, v.us)
				  : sqlite3_bind_null(st, i));
}

void db_bind_day(sqlite3_stmt *st, int i, day v)
{
	bound(st, i,
	      v.d != DAY_NONE.d ? sqlite3_bind_int64(st, i, v.d)
				: sqlite3_bind_null(st, i));
}

void db_bind_money(sqlite3_stmt *st, int i, money v)
{
	db_bind_int(st, i, v.cents);
}

void db_bind_bool(sqlite3_stmt *st, int i, bool v)
{
	db_bind_int(st, i, v);
}

void db_bind_hash(sqlite3_stmt *st, int i, struct hash v)
{
	static const struct hash zero;
	if (memcmp(&v, &zero, sizeof v) != 0)
		bound(st, i, sqlite3_bind_blob(st, i, v.b, sizeof v.b, SQLITE_TRANSIENT));
	else
		bound(st, i, sqlite3_bind_null(st, i));
}

void db_bind_text(sqlite3_stmt *st, int i, str v)
{
	ASSERT(v.n <= VALUE_MAX);
	bound(st, i, sqlite3_bind_text(st, i, v.p ? v.p : "", (int)v.n, SQLITE_STATIC));
}

void db_bind_bytes(sqlite3_stmt *st, int i, str v)
{
	ASSERT(v.n <= VALUE_MAX);
	bound(st, i, sqlite3_bind_blob(st, i, v.p ? v.p : "", (int)v.n, SQLITE_STATIC));
}

void db_bind_text_or_null(sqlite3_stmt *st, int i, str v)
{
	if (v.n)
		db_bind_text(st, i, v);
	else
		bound(st, i, sqlite3_bind_null(st, i));
}

void db_bind_bytes_or_null(sqlite3_stmt *st, int i, str v)
{
	if (v.n)
		db_bind_bytes(st, i, v);
	else
		bound(st, i, sqlite3_bind_null(st, i));
}

void db_out_of_range(sqlite3_stmt *st, int i)
{
	die("value %d out of range: %s", i, sqlite3_sql(st));
}

/* A BLOB of exactly n bytes, or NULL for "none". */
static const void *read_exact(sqlite3_stmt *st, int i, int n)
{
	const void *p = sqlite3_column_blob(st, i);
	if (p && sqlite3_column_bytes(st, i) != n)
		db_out_of_range(st, i);
	return p;
}

struct id db_read_id(sqlite3_stmt *st, int i)
{
	const uint8_t *p = read_exact(st, i, 16);
	return p ? id_from_bytes(p) : ID_NONE;
}

ts db_read_ts(sqlite3_stmt *st, int i)
{
	return (ts){ sqlite3_column_int64(st, i) }; /* NULL reads as 0, TS_NONE */
}

ts db_read_due(sqlite3_stmt *st, int i)
{
	return sqlite3_column_type(st, i) == SQLITE_NULL
		       ? TS_NEVER
		       : (ts){ sqlite3_column_int64(st, i) };
}

day db_read_day(sqlite3_stmt *st, int i)
{
	if (sqlite3_column_type(st, i) == SQLITE_NULL)
		return DAY_NONE;
	day d;
	DB_READ_NUMBER(st, i, d.d);
	return d;
}

money db_read_money(sqlite3_stmt *st, int i)
{
	return (money){ sqlite3_column_int64(st, i) };
}

struct hash db_read_hash(sqlite3_stmt *st, int i)
{
	struct hash h = { { 0 } };
	const void *p = read_exact(st, i, sizeof h.b);
	if (p)
		memcpy(h.b, p, sizeof h.b);
	return h;
}

static str taken(struct arena *a, const void *p, int n)
{
	str s = { p, (size_t)n };
	if (!p)
		return (str){ "", 0 };
	return a ? str_dup(a, s) : s;
}

str db_read_text(sqlite3_stmt *st, int i, struct arena *a)
{
	const void *p = sqlite3_column_text(st, i);
	return taken(a, p, sqlite3_column_bytes(st, i));
}

str db_read_bytes(sqlite3_stmt *st, int i, struct arena *a)
{
	const void *p = sqlite3_column_blob(st, i);
	return taken(a, p, sqlite3_column_bytes(st, i));
}
