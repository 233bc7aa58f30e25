/* level.c - minutes that would single a person out get equal shares: see facts.h. */
#include "domain/account/facts_in.h"
#include "domain/account/suppress.h"

#include "base/sort.h"

struct order {
	const struct facts *f;
	const uint32_t *label;
};

static int cmp_int(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_length(const void *x, const void *y, void *ctx)
{
	const struct order *o = ctx;
	const struct fact *a = &o->f->v[*(const uint32_t *)x],
			  *b = &o->f->v[*(const uint32_t *)y];
	int c = cmp_int(o->label[a->line], o->label[b->line]);
	if (!c)
		c = cmp_int(a->promised_s, b->promised_s);
	return c ? c : cmp_int(a->person, b->person);
}

/* Facts of one class add up in the same figures of time. */
static int64_t class_of(const struct order *o, const struct fact *x)
{
	int64_t k = o->label[x->line];
	k = k * 16 + x->verdict;
	k = k * 8 + x->cause;
	return k * 64 + x->is_counted * 32 + x->is_accepted * 16 + x->is_confirmed * 8 +
	       x->is_begun * 4 + x->is_no_departure * 2 + x->is_suppleed;
}

static int by_class(const void *x, const void *y, void *ctx)
{
	const struct order *o = ctx;
	const struct fact *a = &o->f->v[*(const uint32_t *)x],
			  *b = &o->f->v[*(const uint32_t *)y];
	int c = cmp_int(class_of(o, a), class_of(o, b));
	return c ? c : cmp_int(a->person, b->person);
}

static size_t distinct_persons(const struct facts *f, const uint32_t *at, size_t n,
			       bool rare)
{
	size_t persons = 0;
	int64_t last = -1;
	for (size_t i = 0; i < n; i++) {
		const struct fact *x = &f->v[at[i]];
		if (rare && !x->is_levelled)
			continue;
		persons += x->person != last;
		last = x->person;
	}
	return persons;
}

/* For now is_levelled marks what is rare. */
static void mark_rare(struct facts *f, uint32_t *at, struct order *o)
{
	sort_by(f->a, at, f->n, sizeof *at, by_length, o);
	for (size_t i = 0, j; i < f->n; i = j) {
		const struct fact *x = &f->v[at[i]];
		for (j = i + 1; j < f->n; j++) {
			const struct fact *y = &f->v[at[j]];
			if (o->label[x->line] != o->label[y->line] ||
			    x->promised_s != y->promised_s)
				break;
		}
		if (distinct_persons(f, at + i, j - i, false) >= SUPPRESS_PERSONS)
			continue;
		for (size_t k = i; k < j; k++)
			f->v[at[k]].is_levelled = true;
	}
}

static int32_t share(int64_t sum, int64_t n, int64_t i)
{
	return (int32_t)(sum / n + (i < sum % n));
}

static void level_class(struct facts *f, const uint32_t *at, size_t n)
{
	size_t rare = distinct_persons(f, at, n, true);
	if (!rare)
		return;
	bool whole = rare < SUPPRESS_PERSONS;
	int64_t promised = 0, done = 0, supplee = 0, count = 0, k = 0;
	for (size_t i = 0; i < n; i++) {
		struct fact *x = &f->v[at[i]];
		x->is_levelled |= whole;
		if (!x->is_levelled)
			continue;
		count++;
		promised += x->promised_s;
		done += x->done_s;
		supplee += x->supplee_s;
	}
	for (size_t i = 0; i < n; i++) {
		struct fact *x = &f->v[at[i]];
		if (!x->is_levelled)
			continue;
		x->promised_s = share(promised, count, k);
		x->done_s = share(done, count, k);
		x->supplee_s = share(supplee, count, k);
		k++;
	}
}

void facts_level(struct facts *f, const uint32_t *label)
{
	if (!f->n)
		return;
	struct arena_mark m = arena_mark(f->a);
	struct order o = { f, label };
	uint32_t *at = ARENA_ARRAY(f->a, uint32_t, f->n);
	for (size_t i = 0; i < f->n; i++)
		at[i] = (uint32_t)i;
	mark_rare(f, at, &o);
	sort_by(f->a, at, f->n, sizeof *at, by_class, &o);
	for (size_t i = 0, j; i < f->n; i = j) {
		int64_t class = class_of(&o, &f->v[at[i]]);
		for (j = i + 1; j < f->n && class_of(&o, &f->v[at[j]]) == class; j++)
			;
		level_class(f, at + i, j - i);
	}
	arena_reset(f->a, m);
}
