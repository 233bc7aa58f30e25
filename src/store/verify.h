/* verify.h - recomputes the whole ledger from its rows, and says what does not agree.
 *
 * Checked: every fact is canonical and agrees with the columns beside it; every private text
 * agrees with the commitment under its person's key; a missing one is missing because the
 * key was destroyed; every leaf, tile and signed head is what the facts make it; no row is
 * too many or missing.  With a head kept elsewhere: that the ledger only added to it.
 *
 * Not provable from here: facts cut from the end together with the heads over them, or a
 * second history signed with the host's key.  A head kept elsewhere shows both.
 *
 * Memory:  the report in the arena given.  Threads: as the connections.
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "ledger/checkpoint.h"
#include "store/db.h"

#define VERIFY_SHOWN 20 /* problems kept as text; all are counted */

struct verify_input {
	struct db *db;                /* readers suffice */
	struct db *keys;              /* NULL: private texts are not checked */
	const struct public_key *key; /* NULL: signatures are not checked */
	str since;                    /* a kept head (checkpoint text), or empty */
};

struct verify_report {
	uint64_t size;
	struct hash root;
	uint64_t heads; /* signed heads checked */
	uint64_t private_checked, private_erased;
	uint64_t problems;
	struct strs shown; /* sentences without personal data */
};

/* OK when it ran to the end, whatever it found: look at `problems`.  The store's errors
 * otherwise; ERR_SYNTAX: `since` is not a checkpoint. */
MUST_USE enum err ledger_verify(struct arena *a, const struct verify_input *in,
				struct verify_report *ret);

#endif
