/* db.h - one connection to the database file, and its transactions.
 *
 * The statements themselves are typed functions generated from sql/ (sql_gen.h); nothing
 * outside this file and the generated one calls SQLite, and no SQL text is ever built.
 *
 * Durability: WAL and synchronous=FULL, so a commit that returned OK survives a power cut.
 * When the operating system refuses to flush a commit the process aborts: what the page
 * cache then holds is unknown, and trying again would acknowledge what may be lost.
 * Erasure: secure_delete is on, and db_checkpoint() empties the WAL.
 *
 * Errors, the same for every function here and every generated one:
 *   ERR_DISK       disk full or read-only: nothing was written
 *   ERR_BUSY       another connection holds the lock longer than the timeout
 *   ERR_DAMAGED    the file is not a database of ours, or is corrupt
 *   ERR_IO         the file cannot be read
 *   ERR_DUPLICATE  a row with this key exists (UNIQUE, PRIMARY KEY)
 *   ERR_CONFLICT   a foreign key points nowhere, or is still pointed at
 *   ERR_LIMIT      a value larger than 64 MiB
 * Any other failed constraint, or a statement that does not fit the schema, is a bug: it
 * aborts.
 *
 * Memory:  a connection is on the heap; results are copied to the caller's arena.
 * Threads: one connection belongs to one thread at a time.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/base.h"

struct db; /* opaque */

struct db_migration {
	int number; /* 1, 2, 3... */
	const char *name, *sql;
};

struct db_schema { /* generated, one per folder of SQL */
	const struct db_migration *migrations;
	int migration_count;
	const char *const *statements;
	int statement_count;
};

struct db_options {
	const char *vfs;          /* NULL: the usual one; tests name a faulty one */
	bool read_only;           /* a reader; the file must exist and be of this version */
	int busy_ms;              /* 0: 5000 */
	bool planted_normal_sync; /* a fault for the power cut test to find: loses commits */
};

/* Opens `path` (":memory:" is allowed), creating it unless read_only.  `o` may be NULL.
 *   ERR_VERSION  the file was written by a newer program (or, for a reader, an older one:
 *                the writer migrates first);
 *   ERR_NOT_FOUND  read_only and there is no such file. */
MUST_USE enum err db_open(const char *path, const struct db_schema *schema,
			  const struct db_options *o, struct db **ret);
void db_close(struct db *db);   /* NULL is allowed; an open transaction is rolled back */
void db_closep(struct db **db); /* for CLEANUP(db_closep) */

/* Applies the migrations that the file lacks, each in its own transaction. */
MUST_USE enum err db_migrate(struct db *db);
int db_version(const struct db *db); /* number of the last migration applied */

/* A write transaction (it takes the write lock at once) or a read one (a stable picture of
 * the whole database).  Nesting them is a bug: inside, use savepoints. */
MUST_USE enum err db_begin(struct db *db);
MUST_USE enum err db_begin_read(struct db *db);

/* On any error the transaction is rolled back. */
MUST_USE enum err db_commit(struct db *db);
void db_rollback(struct db *db); /* harmless when no transaction is open */
bool db_in_transaction(const struct db *db);

/* One command of a group commit: db_savepoint(), work, then either keep or undo.  They nest.
 * After ERR_DISK or ERR_IO inside it SQLite may have rolled back the whole transaction:
 * db_in_transaction() tells, and keeping or undoing is then harmless. */
MUST_USE enum err db_savepoint(struct db *db);
MUST_USE enum err db_keep(struct db *db);
void db_undo(struct db *db);

/* `fn` runs at each db_commit(), before it; an error of its own undoes the transaction and is
 * what the commit returns.  It may read `db`.  NULL: none. */
void db_on_commit(struct db *db, enum err (*fn)(void *ctx), void *ctx);

/* Moves the WAL into the file and empties it; ERR_BUSY when a reader holds it back. */
MUST_USE enum err db_checkpoint(struct db *db);

/* Copies the whole database to a new file while others write, `pages` at a time (0: all at
 * once).  ERR_DUPLICATE when the target exists. */
MUST_USE enum err db_backup(struct db *db, const char *target, int pages);

/* Whether the file passes SQLite's own checks: OK or ERR_DAMAGED. */
MUST_USE enum err db_check(struct db *db);

#endif
