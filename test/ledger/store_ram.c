#include "ledger/store_ram.h"

struct ram *ram_new(struct arena *a)
{
	struct ram *r = ARENA_NEW(a, struct ram);
	r->a = a;
	return r;
}

void ram_add(struct ram *r, const struct hash *leaf)
{
	int full = tree_add(&r->tree, leaf);
	for (int level = 0; level < full; level++) {
		uint64_t index = tree_tile_index(&r->tree, level);
		ASSERT(level < 3 && index < RAM_TILES);
		r->tiles[level][index] =
			arena_copy(r->a, &r->tree.tile[level], sizeof(struct tile));
	}
}

static enum err ram_read(void *ctx, int level, uint64_t index, struct tile *ret)
{
	struct ram *r = ctx;
	r->reads++;
	if (level < 3 && index < RAM_TILES && r->tiles[level][index])
		*ret = *r->tiles[level][index];
	else if (index == tree_tile_index(&r->tree, level))
		*ret = r->tree.tile[level];
	else
		ret->n = 0;
	return OK;
}

struct tile_source ram_source(struct ram *r)
{
	return (struct tile_source){ .read = ram_read, .ctx = r };
}
