#include "ledger/tree.h"

struct hash node_hash(const struct hash *left, const struct hash *right)
{
	char in[65];
	in[0] = 1;
	memcpy(in + 1, left->b, 32);
	memcpy(in + 33, right->b, 32);
	return sha256((str){ in, sizeof in });
}

struct hash tree_empty_root(void)
{
	return sha256(S(""));
}

/* Puts the node of level 8t+0 or 8t+4 that was just made into its tile.  A full tile stays
 * until its successor begins, so that the caller can save it. */
static void keep(struct tree *t, unsigned level, const struct hash *h, int *full)
{
	if (level / 8 >= TILE_LEVELS)
		return;
	struct tile *tile = &t->tile[level / 8];
	if (level % 8 == 4) {
		tile->mid[(tile->n - 1) / 16] = *h;
		return;
	}
	if (tile->n == TILE_WIDTH)
		tile->n = 0;
	tile->h[tile->n++] = *h;
	if (tile->n == TILE_WIDTH)
		*full = (int)(level / 8) + 1;
}

int tree_add(struct tree *t, const struct hash *leaf)
{
	ASSERT(t->size < TREE_MAX);
	int full = 0;
	struct hash h = *leaf;
	unsigned level = 0;
	keep(t, 0, &h, &full);
	for (uint64_t n = t->size; n & 1; n >>= 1) {
		h = node_hash(&t->edge[level], &h);
		level++;
		if (level % 4 == 0)
			keep(t, level, &h, &full);
	}
	t->edge[level] = h;
	t->size++;
	return full;
}

struct hash tree_root(const struct tree *t)
{
	if (t->size == 0)
		return tree_empty_root();
	unsigned level = (unsigned)__builtin_ctzll(t->size);
	struct hash h = t->edge[level];
	for (uint64_t rest = t->size & (t->size - 1); rest; rest &= rest - 1)
		h = node_hash(&t->edge[__builtin_ctzll(rest)], &h);
	return h;
}

uint64_t tree_tile_index(const struct tree *t, int level)
{
	ASSERT(level >= 0 && level < TILE_LEVELS);
	uint64_t nodes = t->size >> (8 * level);
	return nodes ? (nodes - 1) / TILE_WIDTH : 0;
}

struct hash tile_node(const struct tile *t, unsigned height, unsigned index)
{
	ASSERT(height <= 8 && ((index + 1) << height) <= t->n);
	if (height == 0)
		return t->h[index];
	if (height == 4)
		return t->mid[index];
	/* at most 8 below: the middle nodes cut the recursion */
	struct hash left = tile_node(t, height - 1, 2 * index);
	struct hash right = tile_node(t, height - 1, 2 * index + 1);
	return node_hash(&left, &right);
}

void tile_of(const struct hash *h, size_t n, struct tile *ret)
{
	ASSERT(n <= TILE_WIDTH);
	ret->n = (unsigned)n;
	if (n)
		memcpy(ret->h, h, n * sizeof *h);
	for (unsigned m = 0; m < n / 16; m++) {
		struct hash row[16];
		memcpy(row, h + (size_t)16 * m, sizeof row);
		for (unsigned width = 8; width > 0; width /= 2)
			for (unsigned i = 0; i < width; i++)
				row[i] = node_hash(&row[2 * i], &row[2 * i + 1]);
		ret->mid[m] = row[0];
	}
}

size_t tile_put(const struct tile *t, uint8_t ret[TILE_BYTES])
{
	size_t mids = t->n / 16;
	memcpy(ret, t->h, 32 * (size_t)t->n);
	memcpy(ret + 32 * (size_t)t->n, t->mid, 32 * mids);
	return 32 * (t->n + mids);
}

enum err tile_get(str bytes, struct tile *ret)
{
	size_t all = bytes.n / 32, n = (all * 16 + 15) / 17; /* all = n + n/16 */
	if (bytes.n % 32 || n > TILE_WIDTH || n + n / 16 != all)
		return ERR_DAMAGED;
	ret->n = (unsigned)n;
	if (n)
		memcpy(ret->h, bytes.p, 32 * n);
	if (n / 16)
		memcpy(ret->mid, bytes.p + 32 * n, 32 * (n / 16));
	return OK;
}
