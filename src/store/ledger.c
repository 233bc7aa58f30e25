#include "store/ledger.h"

#include "keys_gen.h"
#include "ledger/leaf.h"
#include "sql_gen.h"

#include <stdlib.h>

/* A key to destroy once the fact that says so, number `seq`, is committed. */
struct drop {
	struct id person;
	uint64_t seq;
	ts now;
};

#define DROPS_MAX 1024 /* erasures in one transaction */

struct ledger {
	struct ledger_ports ports;
	struct tree tree;
	struct drop drops[DROPS_MAX];
	size_t drop_count;
};

/* ---- tiles from rows */

struct leaves {
	struct hash h[TILE_WIDTH];
	uint64_t first;
	size_t n;
	bool good;
};

static bool take_leaf(void *ctx, const struct event_leaves_row *row)
{
	struct leaves *l = ctx;
	l->good = row->leaf.n == 32 && (uint64_t)row->seq == l->first + l->n;
	if (l->good)
		memcpy(l->h[l->n++].b, row->leaf.p, 32);
	return l->good;
}

/* The tile of level 0 that is not full lies in the last rows of event. */
static enum err last_leaves(struct ledger_reader *r, uint64_t index, struct tile *ret)
{
	struct leaves *l = ARENA_NEW(r->a, struct leaves);
	int64_t from = (int64_t)(index * TILE_WIDTH);
	l->first = index * TILE_WIDTH;
	l->good = true;
	TRY(event_leaves(r->db, from, from + TILE_WIDTH, take_leaf, l));
	if (!l->good)
		return ERR_DAMAGED;
	tile_of(l->h, l->n, ret);
	return OK;
}

static enum err read_tile(void *ctx, int level, uint64_t index, struct tile *ret)
{
	struct ledger_reader *r = ctx;
	struct arena_mark m = arena_mark(r->a);
	struct tile_find_row row;
	enum err e = tile_find(r->db, r->a, level, (int64_t)index, &row);
	if (e == OK)
		e = tile_get(row.hashes, ret);
	else if (e == ERR_NOT_FOUND && level == 0)
		e = last_leaves(r, index, ret);
	else if (e == ERR_NOT_FOUND)
		e = ERR_DAMAGED;
	arena_reset(r->a, m);
	return e;
}

struct tile_source ledger_tiles(struct ledger_reader *r)
{
	return (struct tile_source){ .read = read_tile, .ctx = r };
}

/* ---- the tree in memory */

static enum err stored_size(struct db *db, struct arena *a, uint64_t *ret)
{
	struct event_size_row row;
	TRY(event_size(db, a, &row));
	if (row.size < 0 || (uint64_t)row.size >= TREE_MAX)
		return ERR_DAMAGED;
	*ret = (uint64_t)row.size;
	return OK;
}

/* After a rollback the tree in memory is ahead of the rows: read it again. */
static enum err sync_tree(struct ledger *l, struct arena *a)
{
	uint64_t size;
	struct ledger_reader r = { l->ports.db, a };
	TRY(stored_size(l->ports.db, a, &size));
	if (size == l->tree.size)
		return OK;
	while (l->drop_count && l->drops[l->drop_count - 1].seq >= size)
		l->drop_count--;
	return tree_load(a, ledger_tiles(&r), size, &l->tree);
}

static enum err begin_keys(struct ledger *l)
{
	return db_in_transaction(l->ports.keys) ? OK : db_begin(l->ports.keys);
}

static enum err drop_keys(struct ledger *l, struct arena *a)
{
	uint64_t size;
	TRY(stored_size(l->ports.db, a, &size));
	for (; l->drop_count; l->drop_count--) {
		const struct drop *d = &l->drops[l->drop_count - 1];
		if (d->seq >= size)
			continue; /* undone */
		TRY(begin_keys(l));
		TRY(erasure_put(l->ports.keys, d->person, d->now));
		TRY(key_delete(l->ports.keys, d->person));
	}
	return OK;
}

static enum err commit_keys(void *ctx)
{
	struct ledger *l = ctx;
	if (l->drop_count) {
		CLEAN_ARENA struct arena *a = arena_new(0);
		TRY(drop_keys(l, a));
	}
	return db_in_transaction(l->ports.keys) ? db_commit(l->ports.keys) : OK;
}

enum err ledger_new(const struct ledger_ports *ports, struct ledger **ret)
{
	struct ledger *l CLEANUP(ledger_freep) = calloc(1, sizeof *l);
	CLEAN_ARENA struct arena *a = arena_new(0);
	ASSERT(l != NULL);
	l->ports = *ports;
	TRY(sync_tree(l, a));
	db_on_commit(ports->db, commit_keys, l);
	*ret = l;
	l = NULL;
	return OK;
}

void ledger_free(struct ledger *l)
{
	if (!l)
		return;
	db_on_commit(l->ports.db, NULL, NULL);
	db_rollback(l->ports.keys);
	free(l);
}

void ledger_freep(struct ledger **l)
{
	ledger_free(*l);
}

enum err ledger_size(struct ledger *l, struct arena *a, uint64_t *ret)
{
	return stored_size(l->ports.db, a, ret);
}

enum err ledger_root(struct ledger *l, struct arena *a, struct hash *ret)
{
	TRY(sync_tree(l, a));
	*ret = tree_root(&l->tree);
	return OK;
}

/* ---- keys */

static bool is_dropped(const struct ledger *l, struct id person)
{
	for (size_t i = 0; i < l->drop_count; i++)
		if (id_eq(l->drops[i].person, person))
			return true;
	return false;
}

static enum err new_key(struct ledger *l, struct arena *a, struct id person,
			uint8_t ret[PERSON_KEY])
{
	struct erasure_get_row erased;
	uint8_t key[PERSON_KEY];
	enum err e = erasure_get(l->ports.keys, a, person, &erased);
	if (e != ERR_NOT_FOUND)
		return e == OK ? ERR_ERASED : e;
	l->ports.draw(l->ports.draw_ctx, key, sizeof key);
	TRY(begin_keys(l));
	TRY(key_put(l->ports.keys, person, (str){ (char *)key, sizeof key }));
	memcpy(ret, key, sizeof key);
	return OK;
}

static enum err person_key(struct ledger *l, struct arena *a, struct id person,
			   uint8_t ret[PERSON_KEY])
{
	struct key_get_row row;
	if (is_dropped(l, person))
		return ERR_ERASED;
	enum err e = key_get(l->ports.keys, a, person, &row);
	if (e == ERR_NOT_FOUND)
		return new_key(l, a, person, ret);
	TRY(e);
	if (row.key.n != PERSON_KEY)
		return ERR_DAMAGED;
	memcpy(ret, row.key.p, PERSON_KEY);
	return OK;
}

enum err ledger_drop_key(struct ledger *l, struct arena *a, struct id person, ts now)
{
	ASSERT(db_in_transaction(l->ports.db));
	TRY(sync_tree(l, a));
	if (l->drop_count == DROPS_MAX)
		return ERR_LIMIT;
	l->drops[l->drop_count++] = (struct drop){ person, l->tree.size, now };
	return OK;
}

/* ---- appending */

struct lines {
	str pub, priv;
	struct hash commitment, leaf;
};

static enum err make_lines(struct ledger *l, struct arena *a, const struct event *e,
			   struct lines *ret)
{
	struct buf pub = buf_init(a, EVENT_LINE_MAX), priv = buf_init(a, EVENT_LINE_MAX);
	uint8_t key[PERSON_KEY] = { 0 };
	if (!id_is(e->subject) || (event_has_person(e->kind) && !id_is(e->person)))
		return ERR_INPUT;
	event_public_json(&pub, e);
	event_private_json(&priv, e);
	if (pub.overflow || priv.overflow)
		return ERR_LIMIT;
	ret->pub = buf_str(&pub);
	ret->priv = buf_str(&priv);
	if (ret->priv.n)
		TRY(person_key(l, a, e->person, key));
	ret->commitment = leaf_commitment(key, ret->pub, ret->priv);
	ret->leaf = leaf_hash(ret->pub, &ret->commitment);
	return OK;
}

/* Tiles that the last leaf completed, and the one above them that grew. */
static enum err save_tiles(struct ledger *l, int full)
{
	uint8_t bytes[TILE_BYTES];
	for (int level = 0; full && level <= full && level < TILE_LEVELS; level++) {
		size_t n = tile_put(&l->tree.tile[level], bytes);
		TRY(tile_save(l->ports.db, level, (int64_t)tree_tile_index(&l->tree, level),
			      (str){ (char *)bytes, n }));
	}
	return OK;
}

static enum err append(struct ledger *l, struct arena *a, const struct event *e)
{
	struct lines s;
	bool has_person = event_has_person(e->kind);
	TRY(sync_tree(l, a));
	TRY(make_lines(l, a, e, &s));
	int64_t seq = (int64_t)l->tree.size;
	TRY(event_insert(l->ports.db, seq, e->at.us, (int64_t)e->kind, e->subject,
			 e->version, has_person ? e->person : ID_NONE, s.pub, s.commitment,
			 s.leaf));
	if (s.priv.n)
		TRY(event_private_insert(l->ports.db, seq, e->person, s.priv));
	return save_tiles(l, tree_add(&l->tree, &s.leaf));
}

enum err ledger_append(struct ledger *l, struct arena *a, const struct event *e)
{
	ASSERT(db_in_transaction(l->ports.db));
	struct arena_mark m = arena_mark(a);
	enum err err = append(l, a, e);
	arena_reset(a, m);
	return err;
}

/* ---- heads */

enum err ledger_sign(struct ledger *l, struct arena *a, const struct signing_key *k, ts now,
		     str *ret)
{
	struct head_at_row row;
	ASSERT(db_in_transaction(l->ports.db));
	TRY(sync_tree(l, a));
	enum err e = head_at(l->ports.db, a, (int64_t)l->tree.size, &row);
	if (e == OK)
		*ret = row.checkpoint;
	if (e != ERR_NOT_FOUND)
		return e;
	struct hash root = tree_root(&l->tree);
	str text = checkpoint_sign(a, k, l->tree.size, &root);
	TRY(head_put(l->ports.db, (int64_t)l->tree.size, text, now));
	*ret = text;
	return OK;
}

enum err ledger_head(struct db *db, struct arena *a, str *ret)
{
	struct head_last_row row;
	TRY(head_last(db, a, &row));
	*ret = row.checkpoint;
	return OK;
}

enum err ledger_receipt(struct db *db, struct arena *a, uint64_t seq, str *ret)
{
	struct ledger_reader reader = { db, a };
	struct head_last_row head;
	struct receipt r = { .index = seq };
	TRY(head_last(db, a, &head));
	if (head.size < 0 || seq >= (uint64_t)head.size)
		return ERR_NOT_FOUND;
	TRY(proof_inclusion(a, ledger_tiles(&reader), seq, (uint64_t)head.size, &r.proof));
	r.checkpoint = head.checkpoint;
	struct buf b = buf_init(a, 4 * CHECKPOINT_MAX);
	receipt_put(&b, &r);
	*ret = buf_str(&b);
	return OK;
}

enum err ledger_consistency(struct db *db, struct arena *a, uint64_t old,
			    struct tree_proof *ret)
{
	struct ledger_reader reader = { db, a };
	struct head_last_row head;
	TRY(head_last(db, a, &head));
	return proof_consistency(a, ledger_tiles(&reader), old, (uint64_t)head.size, ret);
}
