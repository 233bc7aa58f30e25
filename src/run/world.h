/* world.h - a data folder opened for writing, with the use cases on top: what one writer holds.
 *
 * The folder and its files: store/data.h.
 *
 * Threads: a world belongs to the writer.
 */
#ifndef RUN_WORLD_H
#define RUN_WORLD_H

#include "app/app.h"
#include "store/data.h"

struct world {
	struct data *data;
	struct app *app;
	struct db *db;         /* of data */
	struct ledger *ledger; /* of data */
	struct arena *keep;
	void *seeded; /* rng of a demo; NULL: the system's randomness */
};

struct world_options {
	bool create;    /* make what is missing; else ERR_NOT_FOUND */
	bool is_seeded; /* demos and simulations only: reproducible ids and keys */
	uint64_t seed;
	const char *origin; /* name of the log, when created */
	const char *vfs;    /* tests */
};

/*   ERR_NOT_FOUND  no such folder, or no database in it;
 *   ERR_BUSY       another writer holds the lock;
 *   ERR_IO, ERR_DISK, ERR_DAMAGED, ERR_VERSION: as store/data.h. */
MUST_USE enum err world_open(const char *dir, const struct world_options *o, ts now,
			     struct world **ret);
void world_close(struct world *w); /* NULL is allowed */

/* TZif bytes of an IANA zone of this machine, for struct app_ports. */
MUST_USE enum err world_zone_bytes(void *ctx, struct arena *a, str name, str *ret);

#endif
