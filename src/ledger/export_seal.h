/* export_seal.h - an export is sealed by the key of the ledger, and opened by anyone.
 *
 * Sealing signs the manifest (domain/account/export.h), which covers every byte of every
 * other file and their list.  Verifying holds the files against it, the hashes of the leaves
 * against the signed head, and every bilan against its facts.
 *
 * Whoever holds the key can still seal something else: verification says which key it was.
 * The reader compares it with the one known from elsewhere, or passes it in.
 *
 * Memory:  the caller's arena.  Threads: no hidden state.
 */
#ifndef LEDGER_EXPORT_SEAL_H
#define LEDGER_EXPORT_SEAL_H

#include "domain/account/export.h"
#include "ledger/checkpoint.h"

#define EXPORT_MANIFEST "manifest.txt"

/* The text of manifest.txt.  `files` are all the others, sorted by name; sets m->key,
 * m->files and m->n. */
str export_seal(struct arena *a, const struct signing_key *k, struct manifest *m,
		const struct export_file *files, size_t n);

/* `files`: every file of the folder, sorted by name, the manifest among them.  `known`: the
 * line of the public key expected, or empty for any.
 *   OK           and `ret` says what was sealed and by which key;
 *   ERR_CRYPTO   a signature does not verify, or the key is another;
 *   ERR_SYNTAX, ERR_INPUT, ERR_DAMAGED, ERR_LIMIT   `ret_why` says where. */
MUST_USE enum err export_verify(struct arena *a, const struct export_file *files, size_t n,
				str known, struct manifest *ret, str *ret_why);

/* The root over hashes of leaves, 32 bytes each (RFC 9162 §2.1). */
struct hash leaves_root(str leaves);

#endif
