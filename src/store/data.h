/* data.h - the data folder: what is in it, how it is opened, backed up and restored.
 *
 *   vigie.db     state, outbox, ledger
 *   keys.db      keys of persons and other secrets, with a short backup rotation of its own
 *   log.key      the key that signs heads (C2SP note key, mode 0600)
 *   log.pub      its public half, to be given to whoever verifies
 *   lock         held by the one writer
 *
 * Both databases have -wal and -shm files beside them while open.
 *
 * Memory:  struct data is on the heap.  Threads: its writer part belongs to one thread.
 */
#ifndef STORE_DATA_H
#define STORE_DATA_H

#include "store/ledger.h"
#include "store/verify.h"

struct data_options {
	const char *vfs;    /* NULL: the usual one */
	bool read_only;     /* no ledger to append to, no signing key needed */
	const char *origin; /* name of a new log; NULL: "vigie/" and a random id */
	void *random_ctx;   /* source of keys; NULL function: the system's */
	void (*random_bytes)(void *ctx, void *p, size_t n);
	int busy_ms;
};

struct data {
	struct db *db, *keys;
	struct ledger *ledger;  /* NULL when read_only */
	struct signing_key key; /* zero when read_only */
	struct public_key pub;
	uint8_t id_secret[32]; /* keyed hash of visit ids */
	int lock;              /* of the one writer; -1: not held */
	struct data_options options;
	struct arena *arena; /* the names of the keys */
	char dir[512];
};

/* Opens a data folder; a writer creates it, and what is in it, when there is no vigie.db,
 * migrates, and erases again whoever was erased.  `o` may be NULL.
 *   ERR_NOT_FOUND  read_only and there is nothing, or one of the files is missing;
 *   ERR_BUSY       another writer has it open;
 *   ERR_DAMAGED    a key file that cannot be read;
 *   ERR_VERSION    written by a newer program. */
MUST_USE enum err data_open(const char *dir, const struct data_options *o, ts now,
			    struct data **ret);
void data_close(struct data *d); /* NULL is allowed */
void data_closep(struct data **d);

/* The system's random bytes, as the ports want them. */
void data_random(void *ctx, void *p, size_t n);

/* Recomputes everything; `since` a kept head or empty.  Errors: ledger_verify. */
MUST_USE enum err data_verify(struct data *d, struct arena *a, str since,
			      struct verify_report *ret);

/* Copies the folder to a new folder `to` while it is being written, keys.db and log.key
 * to `keys_to` (NULL: to/keys), then compares the copy with a head signed over it, which is
 * written to to/head.txt and given back.
 *   ERR_DUPLICATE  the target exists;  ERR_DAMAGED  the copy does not verify. */
MUST_USE enum err data_backup(struct data *d, struct arena *a, const char *to,
			      const char *keys_to, str *ret_head);

/* Puts a backup back into `dir`, which must not hold a vigie.db, verifies it against its head,
 * and erases again whoever was erased since (keys newer than the backup are welcome).
 *   ERR_DUPLICATE  `dir` has a vigie.db;  ERR_DAMAGED  the backup does not verify: `dir` is
 *   left without vigie.db;  ERR_NOT_FOUND  a file of the backup is missing. */
MUST_USE enum err data_restore(const char *from, const char *keys_from, const char *dir,
			       struct arena *a, ts now, struct verify_report *ret,
			       int *ret_erased);

#endif
