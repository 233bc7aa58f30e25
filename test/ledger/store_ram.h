/* store_ram.h - the tiles of a tree kept in memory, for tests and measures. */
#ifndef TEST_LEDGER_STORE_RAM_H
#define TEST_LEDGER_STORE_RAM_H

#include "ledger/proof.h"

#define RAM_TILES 65536 /* of level 0 */

struct ram {
	struct arena *a;
	struct tree tree;
	struct tile *tiles[3][RAM_TILES]; /* complete ones */
	size_t reads;
};

struct ram *ram_new(struct arena *a);
void ram_add(struct ram *r, const struct hash *leaf);
struct tile_source ram_source(struct ram *r);

#endif
