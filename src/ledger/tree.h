/* tree.h - the Merkle tree of RFC 9162 §2.1: growing it, and its root.
 *
 *   MTH({})      = SHA-256("")
 *   MTH({d0})    = leaf hash
 *   MTH(D[0:n])  = SHA-256(0x01 ‖ MTH(D[0:k]) ‖ MTH(D[k:n])), k the largest power of 2 < n
 *
 * A node of level L and index i stands over the leaves [i·2^L, (i+1)·2^L).  Nodes are kept
 * in tiles: tile (t, j) holds the nodes of level 8t with index 256j to 256j+255, and, so
 * that a proof costs a few hashes instead of 250 per tile, the 16 nodes of level 8t+4 above
 * them.  A full tile never changes.
 *
 * Memory:  struct tree is some 45 KB and belongs to the caller; nothing allocates.
 * Threads: no hidden state.
 */
#ifndef LEDGER_TREE_H
#define LEDGER_TREE_H

#include "base/base.h"

#define TILE_WIDTH  256
#define TILE_LEVELS 5                   /* 2^40 leaves */
#define TREE_MAX    (UINT64_C(1) << 40) /* leaves */
#define TILE_BYTES  (32 * (256 + 16))   /* of a full tile as stored */

struct tile {
	unsigned n;          /* hashes present, 0 to 256 */
	struct hash h[256];  /* level 8t */
	struct hash mid[16]; /* level 8t+4; the first n/16 are present */
};

struct tree {
	uint64_t size;
	struct hash
		edge[41]; /* edge[k]: last node of level k, where bit k of size is set */
	struct tile tile[TILE_LEVELS]; /* the last tile of each level that is not empty */
};

struct hash node_hash(const struct hash *left, const struct hash *right);
struct hash tree_empty_root(void);

/* Adds a leaf.  Returns how many tiles it completed: with k > 0, tile[0..k-1] are full and
 * tile[k] has one more hash, to be saved before the next call.  ASSERT: size < TREE_MAX. */
int tree_add(struct tree *t, const struct hash *leaf);
struct hash tree_root(const struct tree *t);

/* Index of tile[level] among the tiles of its level (0 when there is none yet). */
uint64_t tree_tile_index(const struct tree *t, int level);

/* The form in which a tile is stored: n hashes, then n/16 middle ones.  A tile cannot be
 * read (ERR_DAMAGED) from another length.  tile_put: at most TILE_BYTES, gives the length. */
size_t tile_put(const struct tile *t, uint8_t ret[TILE_BYTES]);
MUST_USE enum err tile_get(str bytes, struct tile *ret);
void tile_of(const struct hash *h, size_t n,
	     struct tile *ret); /* n <= 256, middles computed */

/* The node of height 0 to 8 at `index` inside a tile; ASSERT: all its hashes are present. */
struct hash tile_node(const struct tile *t, unsigned height, unsigned index);

#endif
