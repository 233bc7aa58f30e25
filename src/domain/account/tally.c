/* tally.c - open addressing, linear probes, at most half full: see tally.h. */
#include "domain/account/tally.h"

struct tally tally_init(struct arena *a)
{
	return (struct tally){ .a = a };
}

static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xbf58476d1ce4e5b9); /* splitmix64 */
	x ^= x >> 27;
	x *= UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

/* The slot that holds the pair, or the free one where it would go. */
static size_t probe(const struct tally *t, uint32_t group, struct id id)
{
	size_t i = mix(id.hi ^ mix(id.lo + group)) & (t->slots_n - 1);
	while (t->slots[i]) {
		const struct tally_key *k = &t->keys[t->slots[i] - 1];
		if (k->group == group && id_eq(k->id, id))
			break;
		i = (i + 1) & (t->slots_n - 1);
	}
	return i;
}

static void grow(struct tally *t)
{
	size_t cap = t->cap ? t->cap * 2 : 64;
	t->keys = arena_grow(t->a, t->keys, sizeof *t->keys, t->n, cap);
	t->cap = cap;
	t->slots_n = cap * 2;
	t->slots = ARENA_ARRAY(t->a, uint32_t, t->slots_n);
	for (size_t i = 0; i < t->n; i++)
		t->slots[probe(t, t->keys[i].group, t->keys[i].id)] = (uint32_t)i + 1;
}

size_t tally_find(const struct tally *t, uint32_t group, struct id id)
{
	if (!t->n)
		return SIZE_MAX;
	uint32_t number = t->slots[probe(t, group, id)];
	return number ? number - 1 : SIZE_MAX;
}

size_t tally_put(struct tally *t, uint32_t group, struct id id)
{
	if (t->n == t->cap)
		grow(t);
	size_t i = probe(t, group, id);
	if (!t->slots[i]) {
		t->keys[t->n++] = (struct tally_key){ group, id };
		t->slots[i] = (uint32_t)t->n;
	}
	return t->slots[i] - 1;
}
