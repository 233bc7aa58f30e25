/* assign.c - the greedy assigner. */
#include "domain/relief/assign.h"

#include "base/sort.h"

/* A visit beyond the contract's hours costs as much as this way more (proposal): first those
 * who have hours left. */
#define OVER_CONTRACT_M 15000

/* What of a carer is the same for every visit of the day. */
struct hand {
	struct candidate *c;
	const struct labour_rules *r;
	bool opens[2]; /* her proofs open: a running series, a new engagement */
	bool is_away;  /* an absence touches the day: look closer */
	int work_min;  /* of the day so far */
};

struct table {
	struct hand *v; /* sorted by operator, then carer */
	size_t n;
	struct hand **by_id; /* sorted by carer */
};

static int cmp_hands(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	const struct hand *a = x, *b = y;
	int c = id_cmp(a->c->operator_id, b->c->operator_id);
	return c ? c : id_cmp(a->c->carer_id, b->c->carer_id);
}

static int cmp_ids(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	const struct hand *const *a = x, *const *b = y;
	return id_cmp((*a)->c->carer_id, (*b)->c->carer_id);
}

/* The most needed first, then in order of time. */
static int cmp_visits(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	const struct assign_visit *const *v = x, *const *w = y;
	const struct need *a = &(*v)->need, *b = &(*w)->need;
	if (a->criticality != b->criticality)
		return a->criticality < b->criticality ? -1 : 1;
	int c = ts_cmp(a->stay.from, b->stay.from);
	return c ? c : id_cmp(a->stay.visit_id, b->stay.visit_id);
}

static struct hand hand_make(struct candidate *c, const struct labour_rules *rules, day on)
{
	struct hand h = { .c = c, .r = &rules[c->idcc] };
	for (int e = ENGAGE_NEW; e <= (int)ENGAGE_RUNNING; e++)
		h.opens[e == ENGAGE_NEW] = qualified_opens(
			qualification_check(&c->qualifications, TASK_BIT(TASK_TOILETTE), on,
					    (enum engagement)e, c->known_on));
	h.is_away = c->absences.n > 0;
	h.work_min = day_sheet(h.r, c->worker.travel_mode, c->book->v, c->book->n).work_min;
	return h;
}

static struct table table_make(struct arena *a, struct candidate *cs, size_t n,
			       const struct labour_rules *rules, day on)
{
	struct table t = { .n = n,
			   .v = ARENA_ARRAY(a, struct hand, n),
			   .by_id = ARENA_ARRAY(a, struct hand *, n) };
	for (size_t i = 0; i < n; i++)
		t.v[i] = hand_make(&cs[i], rules, on);
	sort_by(a, t.v, n, sizeof *t.v, cmp_hands, NULL);
	for (size_t i = 0; i < n; i++)
		t.by_id[i] = &t.v[i];
	sort_by(a, t.by_id, n, sizeof(*t.by_id), cmp_ids, NULL);
	return t;
}

static struct hand *hand_find(const struct table *t, struct id carer_id)
{
	size_t lo = 0, hi = t->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = id_cmp(t->by_id[mid]->c->carer_id, carer_id);
		if (c == 0)
			return t->by_id[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static size_t first_of_operator(const struct table *t, struct id operator_id)
{
	size_t lo = 0, hi = t->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (id_cmp(t->v[mid].c->operator_id, operator_id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool holds(const struct ids_slice *s, struct id id)
{
	for (size_t i = 0; i < s->n; i++)
		if (id_eq(s->v[i], id))
			return true;
	return false;
}

/* Everything of eligible() but the law of hours, which costs most and comes last. */
static bool may(const struct assign_visit *v, const struct hand *h)
{
	const struct need *n = &v->need;
	const struct candidate *c = h->c;
	if (c->state != CARER_STATE_ACTIVE || !id_eq(c->operator_id, n->operator_id))
		return false;
	if (tasks_reserved(n->tasks) && !h->opens[n->engagement == ENGAGE_NEW])
		return false;
	if (n->body != BODY_ANY && tasks_of_body(n->tasks) &&
	    c->is_woman != (n->body == BODY_WOMAN))
		return false;
	if (h->is_away && absence_overlaps(&c->absences, n->stay.from, n->stay.until))
		return false;
	if (!c->is_outside_open &&
	    !availability_covers(&c->availabilities, day_weekday(n->stay.on),
				 n->stay.from_min,
				 n->stay.from_min + stay_minutes(&n->stay), true))
		return false;
	return !holds(&v->refused, c->carer_id);
}

/* The way that the visit adds to her day, from home and back; -1: no time for it. */
static int64_t extra_way(const struct hand *h, const struct stay *s)
{
	const struct day_book *b = h->c->book;
	size_t i = 0;
	while (i < b->n && ts_before(b->v[i].from, s->from))
		i++;
	const struct stay *before = i > 0 ? &b->v[i - 1] : NULL;
	const struct stay *after = i < b->n ? &b->v[i] : NULL;
	if ((before && ts_before(s->from, before->until)) ||
	    (after && ts_before(after->from, s->until)))
		return -1;
	struct place from = before ? before->place : h->c->home;
	struct place to = after ? after->place : h->c->home;
	enum travel_mode mode = h->c->worker.travel_mode;
	int64_t there = travel_metres(from, s->place);
	if (before && travel_minutes(mode, there) > ts_minutes(before->until, s->from))
		return -1;
	int64_t on = travel_metres(s->place, to);
	if (after && travel_minutes(mode, on) > ts_minutes(s->until, after->from))
		return -1;
	int64_t extra = there + on - travel_metres(from, to);
	return extra < 0 ? 0 : extra;
}

static bool lawful(const struct hand *h, const struct need *n)
{
	return hours_allow(h->r, &h->c->worker, h->c->book, &n->stay, n->is_exceptional,
			   NULL);
}

static void take(struct hand *h, const struct stay *s)
{
	bool ok = day_book_add(h->c->book, s);
	ASSERT(ok); /* a full day was not lawful */
	h->work_min =
		day_sheet(h->r, h->c->worker.travel_mode, h->c->book->v, h->c->book->n)
			.work_min;
}

static bool try_hand(const struct assign_visit *v, struct hand *h, enum assign_why why,
		     struct assigned *ret)
{
	if (!h || !may(v, h))
		return false;
	int64_t extra = extra_way(h, &v->need.stay);
	if (extra < 0 || !lawful(h, &v->need))
		return false;
	take(h, &v->need.stay);
	*ret = (struct assigned){ h->c->carer_id, why, extra };
	return true;
}

static bool by_continuity(const struct table *t, const struct assign_visit *v,
			  struct assigned *ret)
{
	if (id_is(v->regular_carer_id) &&
	    try_hand(v, hand_find(t, v->regular_carer_id), ASSIGN_REGULAR, ret))
		return true;
	for (size_t i = 0; i < v->known.n; i++)
		if (try_hand(v, hand_find(t, v->known.v[i]), ASSIGN_KNOWN, ret))
			return true;
	return false;
}

static bool over_contract(const struct hand *h, const struct stay *s)
{
	int64_t contract = h->c->worker.week_min;
	return contract > 0 &&
	       h->c->book->week_min + h->work_min + stay_minutes(s) > contract;
}

static bool by_way(const struct table *t, const struct assign_visit *v,
		   struct assigned *ret)
{
	const struct need *n = &v->need;
	struct hand *best = NULL;
	int64_t best_cost = INT64_MAX, best_extra = 0;
	for (size_t i = first_of_operator(t, n->operator_id);
	     i < t->n && id_eq(t->v[i].c->operator_id, n->operator_id); i++) {
		struct hand *h = &t->v[i];
		if (!may(v, h))
			continue;
		int64_t extra = extra_way(h, &n->stay);
		if (extra < 0)
			continue;
		int64_t cost = extra + (over_contract(h, &n->stay) ? OVER_CONTRACT_M : 0);
		if (cost >= best_cost || !lawful(h, n))
			continue;
		best = h;
		best_cost = cost;
		best_extra = extra;
	}
	if (!best)
		return false;
	take(best, &n->stay);
	*ret = (struct assigned){ best->c->carer_id, ASSIGN_NEAREST, best_extra };
	return true;
}

size_t assign_day(struct arena *a, const struct assign_visit *vs, size_t n_visits,
		  struct candidate *cs, size_t n_carers,
		  const struct labour_rules rules[IDCC_COUNT], const struct moment *now,
		  struct assigned *ret)
{
	memset(ret, 0, n_visits * sizeof *ret);
	if (!n_visits || !n_carers)
		return 0;
	day on = vs[0].need.stay.on.d > now->on.d ? vs[0].need.stay.on : now->on;
	struct arena_mark mark = arena_mark(a);
	struct table t = table_make(a, cs, n_carers, rules, on);
	const struct assign_visit **order =
		ARENA_ARRAY(a, const struct assign_visit *, n_visits);
	for (size_t i = 0; i < n_visits; i++) {
		ASSERT(vs[i].need.stay.on.d == vs[0].need.stay.on.d);
		order[i] = &vs[i];
	}
	sort_by(a, order, n_visits, sizeof(*order), cmp_visits, NULL);
	size_t done = 0;
	for (size_t i = 0; i < n_visits; i++)
		done += by_continuity(&t, order[i], &ret[order[i] - vs]);
	for (size_t i = 0; i < n_visits; i++)
		if (ret[order[i] - vs].why == ASSIGN_NONE)
			done += by_way(&t, order[i], &ret[order[i] - vs]);
	arena_reset(a, mark);
	return done;
}
