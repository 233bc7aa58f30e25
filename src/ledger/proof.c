#include "ledger/proof.h"

/* ---- nodes through a small cache of tiles */

struct slot {
	bool full;
	uint64_t index;
	struct tile tile;
};

struct reader {
	struct arena *a;
	struct tile_source src;
	struct slot *slot[TILE_LEVELS][2]; /* [0] used last */
};

static enum err get_tile(struct reader *r, unsigned level, uint64_t index,
			 const struct tile **ret)
{
	struct slot **s = r->slot[level];
	if (s[1] && s[1]->full && s[1]->index == index) {
		struct slot *keep = s[0];
		s[0] = s[1];
		s[1] = keep;
	}
	if (!s[0] || !s[0]->full || s[0]->index != index) {
		struct slot *fresh = s[1] ? s[1] : ARENA_NEW(r->a, struct slot);
		fresh->full = false;
		s[1] = s[0];
		s[0] = fresh;
		TRY(r->src.read(r->src.ctx, (int)level, index, &fresh->tile));
		fresh->index = index;
		fresh->full = true;
	}
	*ret = &s[0]->tile;
	return OK;
}

/* The node of `level` and `index`, whose leaves all exist. */
static enum err get_node(struct reader *r, unsigned level, uint64_t index, struct hash *ret)
{
	unsigned height = level % 8;
	uint64_t first = index << height; /* hash of the tile's own level */
	const struct tile *t;
	if (level / 8 >= TILE_LEVELS) /* level 40: the root of the largest tree */
		return ERR_INPUT;
	TRY(get_tile(r, level / 8, first / TILE_WIDTH, &t));
	unsigned at = (unsigned)(first % TILE_WIDTH) >> height;
	if (((at + 1) << height) > t->n)
		return ERR_DAMAGED;
	*ret = tile_node(t, height, at);
	return OK;
}

/* MTH(D[lo:lo+n]) where lo is a multiple of the largest power of two <= n. */
static enum err get_range(struct reader *r, uint64_t lo, uint64_t n, struct hash *ret)
{
	struct hash parts[64] = { 0 };
	size_t count = 0;
	while (n) {
		unsigned level = 63 - (unsigned)__builtin_clzll(n);
		TRY(get_node(r, level, lo >> level, &parts[count++]));
		lo += UINT64_C(1) << level;
		n -= UINT64_C(1) << level;
	}
	struct hash h = parts[count - 1];
	for (size_t i = count - 1; i > 0; i--)
		h = node_hash(&parts[i - 1], &h);
	*ret = h;
	return OK;
}

/* The largest power of two smaller than n (n > 1). */
static uint64_t split(uint64_t n)
{
	return UINT64_C(1) << (63 - __builtin_clzll(n - 1));
}

static void reverse(struct tree_proof *p)
{
	for (size_t i = 0; i < p->n / 2; i++) {
		struct hash h = p->h[i];
		p->h[i] = p->h[p->n - 1 - i];
		p->h[p->n - 1 - i] = h;
	}
}

static enum err inclusion(struct reader *r, uint64_t m, uint64_t n, struct tree_proof *p)
{
	uint64_t lo = 0;
	while (n > 1) {
		uint64_t k = split(n);
		if (m < k) {
			TRY(get_range(r, lo + k, n - k, &p->h[p->n++]));
			n = k;
		} else {
			TRY(get_range(r, lo, k, &p->h[p->n++]));
			lo += k;
			m -= k;
			n -= k;
		}
	}
	reverse(p);
	return OK;
}

enum err proof_inclusion(struct arena *a, struct tile_source src, uint64_t index,
			 uint64_t size, struct tree_proof *ret)
{
	if (index >= size || size > TREE_MAX)
		return ERR_INPUT;
	struct arena_mark mark = arena_mark(a);
	struct reader r = { .a = a, .src = src };
	struct tree_proof p = { 0 };
	enum err e = inclusion(&r, index, size, &p);
	arena_reset(a, mark);
	if (e == OK)
		*ret = p;
	return e;
}

static enum err consistency(struct reader *r, uint64_t m, uint64_t n, struct tree_proof *p)
{
	uint64_t lo = 0;
	while (m != n) {
		uint64_t k = split(n);
		if (m <= k) {
			TRY(get_range(r, lo + k, n - k, &p->h[p->n++]));
			n = k;
		} else {
			TRY(get_range(r, lo, k, &p->h[p->n++]));
			lo += k;
			m -= k;
			n -= k;
		}
	}
	if (lo > 0)
		TRY(get_range(r, lo, n, &p->h[p->n++]));
	reverse(p);
	return OK;
}

enum err proof_consistency(struct arena *a, struct tile_source src, uint64_t old,
			   uint64_t size, struct tree_proof *ret)
{
	if (old > size || size > TREE_MAX)
		return ERR_INPUT;
	struct tree_proof p = { 0 };
	enum err e = OK;
	if (old > 0 && old < size) {
		struct arena_mark mark = arena_mark(a);
		struct reader r = { .a = a, .src = src };
		e = consistency(&r, old, size, &p);
		arena_reset(a, mark);
	}
	if (e == OK)
		*ret = p;
	return e;
}

enum err tree_root_at(struct arena *a, struct tile_source src, uint64_t size,
		      struct hash *ret)
{
	if (size > TREE_MAX)
		return ERR_INPUT;
	struct hash h = tree_empty_root();
	enum err e = OK;
	if (size) {
		struct arena_mark mark = arena_mark(a);
		struct reader r = { .a = a, .src = src };
		e = get_range(&r, 0, size, &h);
		arena_reset(a, mark);
	}
	if (e == OK)
		*ret = h;
	return e;
}

static enum err load(struct reader *r, uint64_t size, struct tree *t)
{
	t->size = size;
	for (unsigned level = 0; level < 8 * TILE_LEVELS; level++)
		if (size >> level & 1)
			TRY(get_node(r, level, (size >> level) - 1, &t->edge[level]));
	for (int level = 0; level < TILE_LEVELS && size >> (8 * level); level++) {
		uint64_t nodes = size >> (8 * level), index = (nodes - 1) / TILE_WIDTH;
		unsigned n = (unsigned)(nodes - index * TILE_WIDTH);
		const struct tile *tile;
		TRY(get_tile(r, (unsigned)level, index, &tile));
		if (tile->n < n)
			return ERR_DAMAGED;
		t->tile[level] = *tile;
		t->tile[level].n = n;
	}
	return OK;
}

enum err tree_load(struct arena *a, struct tile_source src, uint64_t size, struct tree *ret)
{
	if (size >= TREE_MAX)
		return ERR_INPUT;
	struct arena_mark mark = arena_mark(a);
	struct reader r = { .a = a, .src = src };
	struct tree *t = ARENA_NEW(a, struct tree);
	enum err e = load(&r, size, t);
	if (e == OK)
		*ret = *t;
	arena_reset(a, mark);
	return e;
}

/* ---- checking (the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2) */

enum err proof_check_inclusion(const struct hash *leaf, uint64_t index, uint64_t size,
			       const struct tree_proof *p, const struct hash *root)
{
	if (index >= size)
		return ERR_CRYPTO;
	uint64_t fn = index, sn = size - 1;
	struct hash r = *leaf;
	for (size_t i = 0; i < p->n; i++) {
		if (sn == 0)
			return ERR_CRYPTO;
		if (fn & 1 || fn == sn) {
			r = node_hash(&p->h[i], &r);
			while (fn && !(fn & 1)) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			r = node_hash(&r, &p->h[i]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && hash_eq(&r, root) ? OK : ERR_CRYPTO;
}

/* Follows the path from the last node that both trees share; `first` is that node. */
static enum err check_path(uint64_t fn, uint64_t sn, const struct hash *first,
			   const struct hash *path, size_t n, const struct hash *old_root,
			   const struct hash *root)
{
	struct hash fr = *first, sr = *first;
	for (size_t i = 0; i < n; i++) {
		if (sn == 0)
			return ERR_CRYPTO;
		if (fn & 1 || fn == sn) {
			fr = node_hash(&path[i], &fr);
			sr = node_hash(&path[i], &sr);
			while (fn && !(fn & 1)) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			sr = node_hash(&sr, &path[i]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && hash_eq(&fr, old_root) && hash_eq(&sr, root) ? OK : ERR_CRYPTO;
}

enum err proof_check_consistency(uint64_t old, uint64_t size, const struct hash *old_root,
				 const struct hash *root, const struct tree_proof *p)
{
	if (old > size)
		return ERR_CRYPTO;
	if (old == size)
		return p->n == 0 && hash_eq(old_root, root) ? OK : ERR_CRYPTO;
	if (old == 0) {
		struct hash empty = tree_empty_root();
		return p->n == 0 && hash_eq(old_root, &empty) ? OK : ERR_CRYPTO;
	}
	uint64_t fn = old - 1, sn = size - 1;
	while (fn & 1) {
		fn >>= 1;
		sn >>= 1;
	}
	if ((old & (old - 1)) == 0) /* the old tree is itself a node of the new one */
		return check_path(fn, sn, old_root, p->h, p->n, old_root, root);
	if (p->n == 0)
		return ERR_CRYPTO;
	return check_path(fn, sn, &p->h[0], p->h + 1, p->n - 1, old_root, root);
}

/* ---- receipts */

#define RECEIPT_HEAD "c2sp.org/tlog-proof@v1\nindex "

void receipt_put(struct buf *b, const struct receipt *r)
{
	BUF_LIT(b, RECEIPT_HEAD);
	buf_int(b, (int64_t)r->index);
	buf_byte(b, '\n');
	for (size_t i = 0; i < r->proof.n; i++) {
		buf_put(b,
			str_base64(b->arena, (str){ (const char *)r->proof.h[i].b, 32 }));
		buf_byte(b, '\n');
	}
	buf_byte(b, '\n');
	buf_put(b, r->checkpoint);
}

enum err receipt_parse(struct arena *a, str text, struct receipt *ret)
{
	struct receipt r = { 0 };
	if (!str_starts(text, S(RECEIPT_HEAD)))
		return ERR_SYNTAX;
	str rest = str_from(text, sizeof RECEIPT_HEAD - 1), line = str_cut(&rest, '\n');
	if (str_uint(line, TREE_MAX, &r.index) != OK || (line.n > 1 && line.p[0] == '0'))
		return ERR_SYNTAX;
	for (;;) {
		if (rest.p == NULL)
			return ERR_SYNTAX; /* no empty line */
		line = str_cut(&rest, '\n');
		if (line.n == 0)
			break;
		str bytes;
		if (r.proof.n == PROOF_MAX || str_unbase64(a, line, &bytes) != OK ||
		    bytes.n != 32)
			return ERR_SYNTAX;
		memcpy(r.proof.h[r.proof.n++].b, bytes.p, 32);
	}
	if (rest.n == 0)
		return ERR_SYNTAX;
	r.checkpoint = rest;
	*ret = r;
	return OK;
}
