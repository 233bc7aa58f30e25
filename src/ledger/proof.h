/* proof.h - inclusion and consistency proofs of RFC 9162 §2.1.3 and §2.1.4.
 *
 * Making one reads at most two tiles per level through a source; checking one needs only
 * hashes.  The text form is the C2SP tlog-proof: what a person keeps as a receipt.
 *
 * Memory:  the arena serves as scratch while a proof is made (some 90 KB at most).
 * Threads: no hidden state.
 */
#ifndef LEDGER_PROOF_H
#define LEDGER_PROOF_H

#include "ledger/tree.h"

#define PROOF_MAX 64 /* hashes */

struct tree_proof {
	size_t n;
	struct hash h[PROOF_MAX];
};

/* Where tiles come from.  `read` gives tile `index` of `level` with the hashes that it has
 * now, at least those under the tree size asked for; its errors are passed on. */
struct tile_source {
	enum err (*read)(void *ctx, int level, uint64_t index, struct tile *ret);
	void *ctx;
};

/* ERR_INPUT: index >= size, or size > TREE_MAX; ERR_DAMAGED: a tile lacks hashes. */
MUST_USE enum err proof_inclusion(struct arena *a, struct tile_source src, uint64_t index,
				  uint64_t size, struct tree_proof *ret);
/* ERR_INPUT: old > size.  Empty when old is 0 or size. */
MUST_USE enum err proof_consistency(struct arena *a, struct tile_source src, uint64_t old,
				    uint64_t size, struct tree_proof *ret);

/* The root over the first `size` leaves; the tree as it was after `size` leaves. */
MUST_USE enum err tree_root_at(struct arena *a, struct tile_source src, uint64_t size,
			       struct hash *ret);
MUST_USE enum err tree_load(struct arena *a, struct tile_source src, uint64_t size,
			    struct tree *ret);

/* OK or ERR_CRYPTO: the proof does not lead to the root. */
MUST_USE enum err proof_check_inclusion(const struct hash *leaf, uint64_t index,
					uint64_t size, const struct tree_proof *p,
					const struct hash *root);
MUST_USE enum err proof_check_consistency(uint64_t old, uint64_t size,
					  const struct hash *old_root,
					  const struct hash *root,
					  const struct tree_proof *p);

/* A receipt: the place of a leaf, its inclusion proof and the signed checkpoint.
 *
 *   c2sp.org/tlog-proof@v1
 *   index 42
 *   base64 of each hash
 *                            (an empty line)
 *   checkpoint
 */
struct receipt {
	uint64_t index;
	struct tree_proof proof;
	str checkpoint;
};

void receipt_put(struct buf *b, const struct receipt *r);
/* ERR_SYNTAX unless it is exactly that form; `checkpoint` borrows from `text`, unparsed. */
MUST_USE enum err receipt_parse(struct arena *a, str text, struct receipt *ret);

#endif
