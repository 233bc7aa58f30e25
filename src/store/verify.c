#include "store/verify.h"

#include "domain/event.h"
#include "keys_gen.h"
#include "ledger/leaf.h"
#include "ledger/tree.h"
#include "sql_gen.h"

#include <stdarg.h>
#include <stdio.h>

struct verify {
	struct arena *a, *scratch;
	const struct verify_input *in;
	struct tree *tree;
	struct head_all_rows heads;
	size_t next_head;
	uint64_t tiles;                  /* complete tiles seen */
	struct signed_checkpoint *since; /* NULL: none given */
	bool since_seen;
	enum err stop; /* of the store, inside the walk */
	struct verify_report r;
};

static void problem(struct verify *v, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void problem(struct verify *v, const char *fmt, ...)
{
	char text[256];
	va_list ap;
	v->r.problems++;
	if (v->r.shown.n == VERIFY_SHOWN)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	*ARENA_PUSH(v->a, &v->r.shown) = str_dup(v->a, str_of(text));
}

static bool is_id(str bytes, struct id want)
{
	uint8_t b[16];
	if (!id_is(want))
		return bytes.n == 0;
	id_bytes(want, b);
	return bytes.n == 16 && memcmp(bytes.p, b, 16) == 0;
}

/* ---- one fact */

static void check_columns(struct verify *v, const struct event_all_row *row,
			  const struct event *e)
{
	struct id person = event_has_person(e->kind) ? e->person : ID_NONE;
	if (row->at != e->at.us || row->kind != (int64_t)e->kind ||
	    row->version != e->version || !is_id(row->subject, e->subject) ||
	    !is_id(row->person, person))
		problem(v, "fact %" PRId64 ": its columns differ from its text", row->seq);
	if (row->has_private && !is_id(row->private_person, person))
		problem(v, "fact %" PRId64 ": its private part is of another person",
			row->seq);
}

/* The private text under the key of its person, or the proof that it was erased. */
static enum err check_private(struct verify *v, const struct event_all_row *row,
			      const struct event *e, const struct hash *commitment)
{
	struct key_get_row key;
	enum err err = key_get(v->in->keys, v->scratch, e->person, &key);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	if (!row->has_private && err == OK) {
		problem(v, "fact %" PRId64 ": its private part is gone, its key is not",
			row->seq);
	} else if (!row->has_private) {
		v->r.private_erased++;
	} else if (err == ERR_NOT_FOUND || key.key.n != PERSON_KEY) {
		problem(v, "fact %" PRId64 ": a private part without a key", row->seq);
	} else {
		struct hash h = leaf_commitment((const uint8_t *)key.key.p, row->public,
						row->private);
		if (!hash_eq(&h, commitment))
			problem(v, "fact %" PRId64 ": its private part was changed",
				row->seq);
		v->r.private_checked++;
	}
	return OK;
}

static enum err check_fact(struct verify *v, const struct event_all_row *row,
			   struct hash *ret_leaf)
{
	struct hash commitment = { { 0 } };
	struct event e;
	bool readable = event_decode(v->scratch, row->public,
				     row->has_private ? row->private : S(""), &e) == OK;
	if (row->commitment.n == 32)
		memcpy(commitment.b, row->commitment.p, 32);
	*ret_leaf = leaf_hash(row->public, &commitment);
	if (!readable) {
		problem(v, "fact %" PRId64 ": not a canonical fact", row->seq);
	} else {
		size_t want = event_has_private(e.kind) ? 32 : 0;
		check_columns(v, row, &e);
		if (row->commitment.n != want || (row->has_private && !want))
			problem(v, "fact %" PRId64 ": a commitment of a wrong form",
				row->seq);
		else if (want && v->in->keys)
			TRY(check_private(v, row, &e, &commitment));
	}
	if (row->leaf.n != 32 || memcmp(row->leaf.p, ret_leaf->b, 32) != 0)
		problem(v, "fact %" PRId64 ": its leaf is not the hash of it", row->seq);
	return OK;
}

/* ---- tiles and heads */

static enum err check_tile(struct verify *v, int level)
{
	uint8_t bytes[TILE_BYTES];
	struct tile_find_row row;
	uint64_t index = tree_tile_index(v->tree, level);
	size_t n = tile_put(&v->tree->tile[level], bytes);
	enum err e = tile_find(v->in->db, v->scratch, level, (int64_t)index, &row);
	if (e == ERR_NOT_FOUND)
		problem(v, "tile %d/%" PRIu64 " is missing", level, index);
	else if (e != OK)
		return e;
	else if (!str_eq(row.hashes, (str){ (char *)bytes, n }))
		problem(v, "tile %d/%" PRIu64 " is not what its facts make it", level,
			index);
	v->tiles++;
	return OK;
}

/* The heads signed over exactly the facts seen so far. */
static void check_heads(struct verify *v)
{
	uint64_t size = v->tree->size;
	struct hash root = { { 0 } };
	bool due =
		v->next_head < v->heads.n && v->heads.v[v->next_head].size == (int64_t)size;
	bool kept = v->since && v->since->head.size == size;
	if (due || kept)
		root = tree_root(v->tree);
	if (kept) {
		v->since_seen = true;
		if (!hash_eq(&root, &v->since->head.root))
			problem(v,
				"the first %" PRIu64
				" facts are not those of the kept head",
				size);
	}
	if (!due)
		return;
	struct signed_checkpoint *c = ARENA_NEW(v->scratch, struct signed_checkpoint);
	str text = v->heads.v[v->next_head++].checkpoint;
	if (checkpoint_parse(v->scratch, text, c) != OK || c->head.size != size)
		problem(v, "head %" PRIu64 " cannot be read", size);
	else if (!hash_eq(&c->head.root, &root))
		problem(v, "head %" PRIu64 " is not the root of its facts", size);
	else if (v->in->key && checkpoint_check(c, v->in->key, NULL) != OK)
		problem(v, "head %" PRIu64 " is not signed by the key of this ledger",
			size);
	v->r.heads++;
}

static enum err visit_fact(struct verify *v, const struct event_all_row *row)
{
	struct hash leaf;
	if (row->seq != (int64_t)v->tree->size)
		problem(v, "fact %" PRIu64 " is missing or one is too many", v->tree->size);
	TRY(check_fact(v, row, &leaf));
	int full = tree_add(v->tree, &leaf);
	for (int level = 0; level < full; level++)
		TRY(check_tile(v, level));
	check_heads(v);
	return OK;
}

static bool each_fact(void *ctx, const struct event_all_row *row)
{
	struct verify *v = ctx;
	struct arena_mark m = arena_mark(v->scratch);
	v->stop = visit_fact(v, row);
	arena_reset(v->scratch, m);
	return v->stop == OK;
}

/* ---- the whole */

static enum err check_ends(struct verify *v)
{
	struct tile_count_row tiles;
	struct event_private_orphans_row orphans;
	uint64_t size = v->tree->size;
	for (int level = 1; level < TILE_LEVELS && size >> (8 * level); level++)
		if (v->tree->tile[level].n < TILE_WIDTH)
			TRY(check_tile(v, level));
	TRY(tile_count(v->in->db, v->scratch, &tiles));
	if ((uint64_t)tiles.n != v->tiles)
		problem(v, "%" PRId64 " tiles where there should be %" PRIu64, tiles.n,
			v->tiles);
	TRY(event_private_orphans(v->in->db, v->scratch, &orphans));
	if (orphans.n)
		problem(v, "%" PRId64 " private parts without a fact", orphans.n);
	for (; v->next_head < v->heads.n; v->next_head++)
		problem(v, "a head was signed over %" PRId64 " facts, there are %" PRIu64,
			v->heads.v[v->next_head].size, size);
	if (v->since && !v->since_seen)
		problem(v, "the kept head has %" PRIu64 " facts, there are %" PRIu64,
			v->since->head.size, size);
	return OK;
}

static enum err check_since(struct verify *v)
{
	if (v->in->since.n == 0)
		return OK;
	v->since = ARENA_NEW(v->a, struct signed_checkpoint);
	TRY(checkpoint_parse(v->a, v->in->since, v->since));
	if (v->in->key && checkpoint_check(v->since, v->in->key, NULL) != OK)
		problem(v, "the kept head is not signed by the key of this ledger");
	return OK;
}

static enum err run(struct verify *v)
{
	TRY(check_since(v));
	TRY(head_all(v->in->db, v->a, &v->heads));
	check_heads(v); /* over no fact at all */
	TRY(event_all(v->in->db, each_fact, v));
	TRY(v->stop);
	return check_ends(v);
}

enum err ledger_verify(struct arena *a, const struct verify_input *in,
		       struct verify_report *ret)
{
	CLEAN_ARENA struct arena *scratch = arena_new(0);
	struct verify v = { .a = a, .scratch = scratch, .in = in };
	v.tree = ARENA_NEW(a, struct tree);
	TRY(db_begin_read(in->db));
	enum err e = run(&v);
	db_rollback(in->db);
	TRY(e);
	v.r.size = v.tree->size;
	v.r.root = tree_root(v.tree);
	*ret = v.r;
	return OK;
}
