/* rank.c - points, reasons, order. */
#include "domain/relief/rank.h"

#include "base/sort.h"

static const struct {
	const char *name, *source;
	int points, per, most;
} weights[RANK_REASON_COUNT] = {
#define W(name, points, per, most, source)                                                 \
	[RANK_##name] = { #name, source, points, per, most },
#include "domain/relief/rank.tbl"
#undef W
};

const char *rank_reason_name(enum rank_reason r)
{
	ASSERT(r < RANK_REASON_COUNT);
	return weights[r].name;
}

const char *rank_reason_source(enum rank_reason r)
{
	ASSERT(r < RANK_REASON_COUNT);
	return weights[r].source;
}

/* Where she comes from: the visit before on that day, else where her day starts. */
static struct place comes_from(const struct need *need, const struct candidate *c)
{
	struct place p = c->home;
	for (size_t i = 0; c->book && i < c->book->n; i++)
		if (!ts_before(need->stay.from, c->book->v[i].until))
			p = c->book->v[i].place;
	return p;
}

struct terms terms_of(const struct need *need, const struct candidate *c,
		      const struct labour_rules *r)
{
	struct terms t = { .minutes = stay_minutes(&need->stay) };
	t.travel_m = travel_metres(comes_from(need, c), need->stay.place);
	t.travel_min = travel_minutes(c->worker.travel_mode, t.travel_m);
	struct day_sheet s = { 0 };
	if (c->book) {
		t.paid_min = hours_added(r, &c->worker, c->book, &need->stay, &s);
		t.amplitude_min = s.amplitude_min;
		t.breaks = s.breaks;
	}
	return t;
}

struct rank_facts rank_facts_of(const struct need *need, const struct candidate *c,
				const struct labour_rules *r, const struct terms *t)
{
	struct rank_facts f = { .visit_id = need->stay.visit_id, .carer_id = c->carer_id };
	f.amount[RANK_wanted] = c->is_wanted;
	f.amount[RANK_regular] = c->is_regular;
	f.amount[RANK_known] = c->visits_known;
	f.amount[RANK_extra_asked] = c->is_extra_wanted;
	f.amount[RANK_travel] = t->travel_min;
	if (c->book && c->worker.week_min > 0) {
		struct day_sheet s =
			day_sheet(r, c->worker.travel_mode, c->book->v, c->book->n);
		f.amount[RANK_hours_left] =
			c->book->week_min + s.work_min + t->paid_min <= c->worker.week_min;
	}
	return f;
}

static uint64_t lot_of(struct id visit, struct id carer)
{
	const uint64_t parts[4] = { visit.hi, visit.lo, carer.hi, carer.lo };
	uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
	for (int i = 0; i < 4; i++) { /* the finaliser of splitmix64 */
		h ^= parts[i];
		h = (h ^ h >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
		h = (h ^ h >> 27) * UINT64_C(0x94d049bb133111eb);
		h ^= h >> 31;
	}
	return h;
}

struct ranked rank_one(const struct rank_facts *f, const struct terms *t)
{
	struct ranked k = { .carer_id = f->carer_id,
			    .lot = lot_of(f->visit_id, f->carer_id),
			    .terms = *t };
	for (int i = 0; i < RANK_REASON_COUNT; i++) {
		int amount = f->amount[i] / weights[i].per;
		if (amount <= 0)
			continue;
		int counted = amount < weights[i].most ? amount : weights[i].most;
		k.reasons[k.n_reasons++] =
			(struct reason){ (enum rank_reason)i, f->amount[i],
					 counted * weights[i].points };
		k.points += counted * weights[i].points;
	}
	return k;
}

static int cmp_ranked(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	const struct ranked *a = x, *b = y;
	if (a->points != b->points)
		return a->points > b->points ? -1 : 1;
	if (a->lot != b->lot)
		return a->lot < b->lot ? -1 : 1;
	return id_cmp(a->carer_id, b->carer_id);
}

void rank_sort(struct arena *a, struct ranking *k)
{
	sort_by(a, k->v, k->n, sizeof *k->v, cmp_ranked, NULL);
}

void rank_all(struct arena *a, const struct need *need, const struct candidate *cs,
	      size_t n, const struct operator* o,
	      const struct labour_rules rules[IDCC_COUNT], const struct moment *now,
	      struct ranking *ret)
{
	for (size_t i = 0; i < n; i++) {
		const struct labour_rules *r = &rules[cs[i].idcc];
		struct eligibility e;
		if (!eligible(need, &cs[i], o, r, now, &e))
			continue;
		struct terms t = terms_of(need, &cs[i], r);
		struct rank_facts f = rank_facts_of(need, &cs[i], r, &t);
		*ARENA_PUSH(a, ret) = rank_one(&f, &t);
	}
	rank_sort(a, ret);
}

str rank_reasons_text(struct arena *a, const struct ranked *k)
{
	struct buf b = buf_init(a, 512);
	for (int i = 0; i < k->n_reasons; i++) {
		const struct reason *r = &k->reasons[i];
		if (i)
			buf_byte(&b, ' ');
		buf_z(&b, weights[r->reason].name);
		if (weights[r->reason].most > 1)
			buf_fmt(&b, ":%d", r->amount);
	}
	return buf_str(&b);
}
