/* ledger.h - the rows of the ledger: facts, their private parts, tiles, signed heads, keys.
 *
 * Everything is written in the caller's transaction, beside the state rows and the outbox: a
 * fact is either recorded with all its consequences or not at all.  Undoing a
 * transaction or savepoint needs no word to the ledger: the tree in memory notices that
 * it is ahead of the rows and reads itself again.
 *
 * The keys of persons lie in a database of their own (keys.db).  A new key is committed
 * there, flushed, just before the transaction that uses it commits (db_on_commit): a
 * private part never exists without its key.  A key without a fact is harmless.
 *
 * Errors besides the store's (store/db.h): said at each function.
 * Memory:  struct ledger is on the heap; results go to the arena of the call.
 * Threads: struct ledger belongs to the writer; the readers' functions take any connection.
 */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include "domain/event.h"
#include "ledger/checkpoint.h"
#include "ledger/proof.h"
#include "store/db.h"

struct ledger; /* opaque */

struct ledger_ports {
	struct db *db;   /* opened with sql_schema, migrated; the writer's */
	struct db *keys; /* opened with keys_schema, migrated; used by nobody else */
	void *draw_ctx;
	void (*draw)(void *ctx, void *p,
		     size_t n); /* secret; seeded only in demos and tests */
};

/* Reads the edge of the tree.  ERR_DAMAGED: rows or tiles are missing. */
MUST_USE enum err ledger_new(const struct ledger_ports *ports, struct ledger **ret);
void ledger_free(struct ledger *l); /* NULL is allowed; the ports stay the caller's */
void ledger_freep(struct ledger **l);

/* Records a fact, in the transaction that is open on ports.db.
 *   ERR_DUPLICATE  this subject has a fact of this kind and version;
 *   ERR_INPUT      no subject, or no person where the kind has one;
 *   ERR_ERASED     a private part for a person who was erased;
 *   ERR_LIMIT      a line longer than EVENT_LINE_MAX. */
MUST_USE enum err ledger_append(struct ledger *l, struct arena *a, const struct event *e);

/* Facts recorded so far (in this transaction too), and the root over them. */
MUST_USE enum err ledger_size(struct ledger *l, struct arena *a, uint64_t *ret);
MUST_USE enum err ledger_root(struct ledger *l, struct arena *a, struct hash *ret);

/* Signs the head over everything recorded, in the open transaction, and keeps it; the same
 * text again when nothing was added.  Publish it after the commit only. */
MUST_USE enum err ledger_sign(struct ledger *l, struct arena *a,
			      const struct signing_key *k, ts now, str *ret);

/* Destroys the key of a person when the transaction commits, if the fact that is recorded
 * next, and says so, is still there then.  ERR_LIMIT: 1,024 in one transaction. */
MUST_USE enum err ledger_drop_key(struct ledger *l, struct arena *a, struct id person,
				  ts now);

/* ---- for any connection, inside a transaction (db_begin_read) */

struct ledger_reader {
	struct db *db;
	struct arena *a;
};

/* Tiles for proof.h; the reader must outlive the source. */
struct tile_source ledger_tiles(struct ledger_reader *r);

/* The newest signed head.  ERR_NOT_FOUND: none yet. */
MUST_USE enum err ledger_head(struct db *db, struct arena *a, str *ret);

/* The receipt of fact `seq` under the newest signed head (C2SP tlog-proof text).
 *   ERR_NOT_FOUND  no head covers it yet. */
MUST_USE enum err ledger_receipt(struct db *db, struct arena *a, uint64_t seq, str *ret);

/* That the newest head only adds to the tree of `old` leaves.  ERR_INPUT: old is larger. */
MUST_USE enum err ledger_consistency(struct db *db, struct arena *a, uint64_t old,
				     struct tree_proof *ret);

#endif
