/* world.h - a data directory opened for writing: database, keys, ledger, use cases.
 *
 *   DIR/vigie.db     state, ledger, outbox            (backed up often)
 *   DIR/keys.db      keys of persons, erasable        (its own short rotation)
 *   DIR/log.key      private key that signs the heads (0600)
 *   DIR/log.pub      its public half: give it away
 *   DIR/visit.key    32 bytes, hex: keyed hash of visit ids (0600)
 *   DIR/lock         held by the one writer
 *
 * Threads: a world belongs to the writer.
 */
#ifndef RUN_WORLD_H
#define RUN_WORLD_H

#include "app/app.h"
#include "ledger/checkpoint.h"
#include "store/ledger.h"

struct world {
	struct db *db, *keys;
	struct ledger *ledger;
	struct app *app;
	struct signing_key key;
	struct arena *keep;
	void *seeded; /* rng of a demo; NULL: real randomness */
	int lock_fd;
};

struct world_options {
	bool create;    /* make what is missing; else ERR_NOT_FOUND */
	bool is_seeded; /* demos and simulations only: reproducible ids and keys */
	uint64_t seed;
	const char *origin; /* name of the log, when created; NULL: "vigie.local" */
	const char *vfs;    /* tests */
};

/*   ERR_NOT_FOUND  no such directory or no database in it;
 *   ERR_BUSY       another writer holds the lock;
 *   ERR_IO, ERR_DISK, ERR_DAMAGED, ERR_VERSION: as store/db.h. */
MUST_USE enum err world_open(const char *dir, const struct world_options *o,
			     struct world **ret);
void world_close(struct world *w); /* NULL is allowed */

/* One file of the data directory or of the project, whole, at most `max` bytes.
 * ERR_NOT_FOUND, ERR_LIMIT, ERR_IO. */
MUST_USE enum err file_read(struct arena *a, const char *path, size_t max, str *ret);

#endif
