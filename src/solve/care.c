/* Ruin and recreate for linked visits.  Starts are the earliest that satisfy every route and
 * every link: a longest path, kept up by pushing what an insertion delays (starts only grow while
 * inserting) and recomputed after a ruin.  A circle of waiting shows as pushes without end
 * and the step is given up. */
#include "solve/care_in.h"

static inline int32_t way(const struct care_search *s, int a, int b)
{
	return s->p->travel[(size_t)s->place[a] * (size_t)(s->p->n_patients + 1) +
			    (size_t)s->place[b]];
}

/* The earliest start that the link with its pair allows. */
static int32_t linked(const struct care_search *s, int i, int32_t t)
{
	const struct care_node *x = &s->p->node[i];
	if (x->pair < 0 || s->at[x->pair].carer < 0)
		return t;
	int32_t other = s->at[x->pair].start + (x->second ? x->lo : -x->hi);
	return other > t ? other : t;
}

static int32_t after(const struct care_search *s, int before, int i)
{
	int32_t leave =
		before < s->n ? s->at[before].start + s->p->node[before].minutes : 0;
	int32_t t = leave + way(s, before, i);
	return t < s->p->node[i].ready ? s->p->node[i].ready : t;
}

/* Pushes starts from node i on, along routes and links.  False: a circle. */
static bool push(struct care_search *s, int i)
{
	int budget = 6 * s->n + 64, top = 0;
	s->stack[top++] = i;
	while (top) {
		i = s->stack[--top];
		for (; i < s->n; i = s->at[i].next) {
			int32_t t = linked(s, i, after(s, s->at[i].prev, i));
			if (t <= s->at[i].start && s->at[i].known)
				break;
			if (--budget < 0 || t > s->far)
				return false;
			if (t > s->at[i].start)
				s->at[i].start = t;
			s->at[i].known = true;
			int q = s->p->node[i].pair;
			if (q >= 0 && s->at[q].carer >= 0 &&
			    linked(s, q, s->at[q].start) > s->at[q].start) {
				if (top == STACK)
					return false;
				s->stack[top++] = q;
			}
		}
	}
	return true;
}

static void refresh_all(struct care_search *s)
{
	for (int i = 0; i < s->n; i++) {
		s->at[i].start = s->p->node[i].ready;
		s->at[i].known = false;
	}
	s->ok = true;
	for (int c = 0; c < s->p->n_carers && s->ok; c++)
		for (int i = s->at[s->n + c].next; i < s->n && s->ok; i = s->at[i].next)
			if (!s->at[i].known)
				s->ok = push(s, i);
}

static int64_t total_cost(struct care_search *s)
{
	int64_t cost = s->distance, worst = 0;
	for (int i = 0; i < s->n; i++) {
		int32_t late = s->at[i].start - s->p->node[i].due;
		if (s->at[i].carer < 0)
			cost += MISSING;
		else if (late > 0) {
			cost += late;
			worst = late > worst ? late : worst;
		}
	}
	s->worst = (int32_t)worst;
	return cost + worst;
}

static void unlink_node(struct care_search *s, int i)
{
	struct care_at *x = &s->at[i];
	s->distance += way(s, x->prev, x->next) - way(s, x->prev, i) - way(s, i, x->next);
	s->at[x->prev].next = x->next;
	s->at[x->next].prev = x->prev;
	x->carer = -1;
}

static void link_node(struct care_search *s, int i, int before)
{
	struct care_at *x = &s->at[i];
	x->prev = before;
	x->next = s->at[before].next;
	x->carer = s->at[before].carer;
	s->at[x->prev].next = i;
	s->at[x->next].prev = i;
	s->distance += way(s, x->prev, i) + way(s, i, x->next) - way(s, x->prev, x->next);
}

static inline int64_t late_more(const struct care_search *s, int i, int32_t t,
				int32_t *worst)
{
	int32_t due = s->p->node[i].due, was = s->at[i].start;
	int32_t late = t > due ? t - due : 0;
	*worst = late > *worst ? late : *worst;
	return late - (was > due ? was - due : 0);
}

/* What it costs, about, when everything from i on is pushed to t: along the route, and the
 * pairs of the pushed ones without their routes. */
static int64_t push_cost(const struct care_search *s, int i, int32_t t, int64_t limit,
			 int32_t *worst)
{
	int64_t cost = 0;
	while (i < s->n && cost < limit) {
		t = t < s->p->node[i].ready ? s->p->node[i].ready : t;
		if (t <= s->at[i].start)
			break;
		cost += late_more(s, i, t, worst);
		const struct care_node *x = &s->p->node[i];
		int q = x->pair;
		if (q >= 0 && s->at[q].carer >= 0) {
			int32_t u = t + (x->second ? -x->hi : x->lo);
			if (u > s->at[q].start) {
				cost += late_more(s, q, u, worst);
				cost += (u - s->at[q].start) / 8;
			}
		}
		int next = s->at[i].next;
		t += x->minutes + way(s, i, next);
		i = next;
	}
	return cost;
}

static void try_after(struct care_search *s, int i, int b, int64_t *best, int *where)
{
	const struct care_node *x = &s->p->node[i];
	int n = s->at[b].next;
	int64_t cost = way(s, b, i) + way(s, i, n) - way(s, b, n);
	if (cost >= *best)
		return;
	int32_t t = linked(s, i, after(s, b, i)), worst = s->worst;
	int32_t late = t > x->due ? t - x->due : 0;
	worst = late > worst ? late : worst;
	cost += late;
	if (x->pair >= 0 && s->at[x->pair].carer >= 0) {
		int32_t u = t + (x->second ? -x->hi : x->lo);
		if (u > s->at[x->pair].start)
			cost += push_cost(s, x->pair, u, *best - cost, &worst);
	}
	if (n < s->n && cost < *best)
		cost += push_cost(s, n, t + x->minutes + way(s, i, n), *best - cost,
				  &worst);
	cost += worst - s->worst;
	if (cost >= *best)
		return;
	if (--s->blink <= 0) {
		s->blink = 1 + (int)rng_below(&s->rng, 199);
		return;
	}
	*best = cost;
	*where = b;
}

static bool insert_best(struct care_search *s, int i)
{
	const struct care_node *x = &s->p->node[i];
	int other = x->pair >= 0 ? s->at[x->pair].carer : -1, where = -1;
	int64_t best = INT64_MAX / 4;
	for (int c = 0; c < s->p->n_carers; c++) {
		if (!(s->p->skills[c] & x->skill) || c == other)
			continue;
		int b = s->n + c;
		do {
			try_after(s, i, b, &best, &where);
			b = s->at[b].next;
		} while (b < s->n);
	}
	if (where < 0)
		return false;
	link_node(s, i, where);
	s->at[i].known = false;
	s->at[i].start = x->ready;
	if (!push(s, i))
		return false;
	int64_t late = s->at[i].start - x->due;
	s->worst = late > s->worst ? (int32_t)late : s->worst;
	return true;
}

/* ---- ruin ------------------------------------------------------------------------ */

static void take(struct care_search *s, int i)
{
	int pair[2] = { i, s->p->node[i].pair };
	for (int k = 0; k < 2; k++)
		if (pair[k] >= 0 && s->at[pair[k]].carer >= 0 && s->n_taken < TAKEN_MAX) {
			unlink_node(s, pair[k]);
			s->taken[s->n_taken++] = pair[k];
		}
}

static void ruin(struct care_search *s)
{
	int seed = (int)rng_below(&s->rng, (uint64_t)s->n);
	int most = 1 + (int)rng_below(&s->rng, (uint64_t)(s->n < 24 ? s->n / 2 + 1 : 14));
	s->n_taken = 0;
	for (int k = 0; k < s->near_n && s->n_taken < most; k++) {
		int i = s->near[(size_t)seed * NEAR + (size_t)k];
		if (s->at[i].carer < 0 || (k && rng_below(&s->rng, 4) == 0))
			continue;
		int len = 1 + (int)rng_below(&s->rng, 4);
		for (int next; len-- > 0 && i < s->n && s->n_taken < most; i = next) {
			next = s->at[i].next;
			while (next < s->n && next == s->p->node[i].pair)
				next = s->at[next].next;
			take(s, i);
		}
	}
	for (int i = 0; s->cost >= MISSING && i < s->n && s->n_taken < TAKEN_MAX; i++) {
		bool out = s->at[i].carer < 0;
		for (int k = 0; k < s->n_taken; k++)
			out = out && s->taken[k] != i;
		if (out)
			s->taken[s->n_taken++] = i;
	}
	for (int i = s->n_taken - 1; i > 0; i--) {
		int j = (int)rng_below(&s->rng, (uint64_t)i + 1), t = s->taken[i];
		s->taken[i] = s->taken[j];
		s->taken[j] = t;
	}
	if (rng_below(&s->rng, 2))
		return;
	bool early =
		rng_below(&s->rng, 2); /* by window: the early or the late ones first */
	for (int i = 1; i < s->n_taken; i++)
		for (int j = i; j > 0; j--) {
			int32_t a = s->p->node[s->taken[j - 1]].due;
			int32_t b = s->p->node[s->taken[j]].due;
			if (early ? a <= b : a >= b)
				break;
			int t = s->taken[j];
			s->taken[j] = s->taken[j - 1];
			s->taken[j - 1] = t;
		}
}

/* ---- search ---------------------------------------------------------------------- */

static void near_nodes(struct care_search *s)
{
	int64_t key[NEAR];
	for (int i = 0; i < s->n; i++) {
		const struct care_node *x = &s->p->node[i];
		int *v = s->near + (size_t)i * NEAR, n = 0;
		for (int j = 0; j < s->n; j++) {
			const struct care_node *y = &s->p->node[j];
			int32_t apart = x->due > y->due ? x->due - y->due : y->due - x->due;
			int64_t k = way(s, i, j) + apart / 4 - (i == j ? 1 : 0);
			if (n == NEAR && k >= key[n - 1])
				continue;
			n = n < NEAR ? n + 1 : n;
			int at = n - 1;
			for (; at > 0 && key[at - 1] > k; at--) {
				key[at] = key[at - 1];
				v[at] = v[at - 1];
			}
			key[at] = k;
			v[at] = j;
		}
		s->near_n = n;
	}
}

static void keep(struct care_search *s)
{
	s->best = s->cost;
	memcpy(s->best_at, s->at, s->bytes);
}

static bool recreate(struct care_search *s)
{
	refresh_all(s);
	if (!s->ok)
		return false;
	total_cost(s);
	for (int k = 0; k < s->n_taken; k++)
		if (!insert_best(s, s->taken[k]))
			return false;
	return true;
}

/* By the end of the window; who would close a circle of waiting is left for the search. */
static void first_plan(struct care_search *s)
{
	refresh_all(s);
	for (int k = 0; k < s->n; k++) {
		int i = -1;
		for (int j = 0; j < s->n; j++)
			if (!s->tried[j] &&
			    (i < 0 || s->p->node[j].due < s->p->node[i].due))
				i = j;
		s->tried[i] = true;
		if (insert_best(s, i) || s->at[i].carer < 0)
			continue;
		unlink_node(s, i);
		refresh_all(s);
	}
	refresh_all(s);
}

struct care_search *care_search_new(struct arena *a, const struct care *p, uint64_t seed)
{
	struct care_search *s = ARENA_NEW(a, struct care_search);
	s->p = p;
	s->n = p->n_nodes;
	s->rng = rng_init(seed, 4);
	size_t all = (size_t)(s->n + p->n_carers);
	s->bytes = all * sizeof *s->at;
	s->at = ARENA_ARRAY(a, struct care_at, all);
	s->old_at = ARENA_ARRAY(a, struct care_at, all);
	s->best_at = ARENA_ARRAY(a, struct care_at, all);
	s->place = ARENA_ARRAY(a, int, all);
	s->near = ARENA_ARRAY(a, int, (size_t)s->n *NEAR);
	s->tried = ARENA_ARRAY(a, bool, (size_t)s->n);
	s->far = INT32_MAX / 4;
	s->blink = 50;
	for (int i = 0; i < s->n; i++) {
		s->place[i] = p->node[i].patient + 1;
		s->at[i].carer = -1;
	}
	for (int c = 0; c < p->n_carers; c++) {
		int i = s->n + c;
		s->at[i] = (struct care_at){ i, i, c, 0, true };
	}
	near_nodes(s);
	first_plan(s);
	s->cost = total_cost(s);
	int64_t mean = s->distance / s->n + 1;
	s->hot = (uint64_t)mean << 16;
	s->cold = ((uint64_t)mean << 16) / 100 + 1;
	keep(s);
	return s;
}

void care_search_run(struct care_search *s, int64_t steps, uint32_t progress)
{
	uint64_t heat = anneal_heat(s->hot, s->cold, progress);
	for (int64_t k = 0; k < steps; k++) {
		int64_t was = s->cost, distance = s->distance;
		memcpy(s->old_at, s->at, s->bytes);
		ruin(s);
		bool fine = recreate(s);
		s->cost = fine ? total_cost(s) : INT64_MAX;
		if (!fine || s->cost >= was + anneal_slack(&s->rng, heat)) {
			memcpy(s->at, s->old_at, s->bytes);
			s->cost = was;
			s->distance = distance;
		} else if (s->cost < s->best) {
			keep(s);
		}
	}
}

int64_t care_search_cost(const struct care_search *s)
{
	return s->best;
}

void care_search_best(struct care_search *s, struct arena *a, struct care_plan *ret)
{
	int *first = ARENA_ARRAY(a, int, (size_t)s->p->n_carers + 1);
	int *stop = ARENA_ARRAY(a, int, (size_t)s->n + 1), k = 0;
	int32_t *start = ARENA_ARRAY(a, int32_t, (size_t)s->n);
	for (int c = 0; c < s->p->n_carers; c++) {
		first[c] = k;
		for (int i = s->best_at[s->n + c].next; i < s->n; i = s->best_at[i].next)
			stop[k++] = i;
	}
	first[s->p->n_carers] = k;
	for (int i = 0; i < s->n; i++)
		start[i] = s->best_at[i].start;
	*ret = (struct care_plan){ first, stop, start, s->best, k == s->n };
}
