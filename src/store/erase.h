/* erase.h - erasing a person or a carer (article 17 RGPD).
 *
 * Her key is destroyed, her private texts deleted, every column marked P blanked: sql/erase.sql.  The
 * facts stay as facts of service under an id that leads nowhere, and the tree stays valid.  The
 * bytes are overwritten (secure_delete) and erase_flush() empties the WAL of both files.
 *
 * keys.db remembers that she was erased: a backup of the database restored beside it is
 * erased again (erase_again).
 *
 * Threads: the writer's.
 */
#ifndef STORE_ERASE_H
#define STORE_ERASE_H

#include "store/ledger.h"

/* Why erasing must wait (DOMAIN.md): an open report, an unsettled contest. */
struct erase_waits {
	bool reports, contests;
};
MUST_USE enum err erase_may(struct db *db, struct arena *a, struct id person,
			    struct erase_waits *ret);

/* Erases in the open transaction of `db`, which is the ledger's, and records the fact
 * (person_erased, version 0).  Call erase_flush() once it is committed.
 *   ERR_DUPLICATE  she was erased already. */
MUST_USE enum err erase_subject(struct db *db, struct ledger *l, struct arena *a,
				struct id subject, struct id actor, enum role role, ts now);

/* Empties the WAL of both files.  ERR_BUSY: a reader holds it back; call again later. */
MUST_USE enum err erase_flush(struct db *db, struct db *keys);

/* Erases again whoever keys.db says was erased; in a transaction of its own.  For the
 * start of the server and after a restore. */
MUST_USE enum err erase_again(struct db *db, struct db *keys, struct ledger *l, ts now,
			      int *ret_count);

#endif
