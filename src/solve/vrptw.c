#include "solve/vrptw_in.h"

static int closeness(const struct vrptw *p, int i, int j)
{
	int32_t d = p->dist[(size_t)i * (size_t)p->n + (size_t)j];
	int32_t soon = p->ready[i] + p->service[i] + d,
		wait = p->ready[j] - p->due[i] - p->service[i] - d;
	int32_t over = soon - p->due[j];
	return d + (wait > 0 ? wait / 5 : 0) + (over > 0 ? over : 0);
}

static bool follows(const struct vrptw *p, int i, int j)
{
	return p->ready[i] + p->service[i] +
		       p->dist[(size_t)i * (size_t)p->n + (size_t)j] <=
	       p->due[j];
}

struct pair {
	int32_t key;
	int32_t id;
};

/* Heap sort of (key, id) pairs: small, without recursion, the same everywhere. */
static void pairs_sort(struct pair *v, int n)
{
	for (int phase = 0; phase < 2; phase++)
		for (int k = phase ? n - 1 : n / 2 - 1; phase ? k > 0 : k >= 0; k--) {
			int i = phase ? 0 : k, end = phase ? k : n;
			if (phase) {
				struct pair t = v[0];
				v[0] = v[k];
				v[k] = t;
			}
			struct pair x = v[i];
			for (int c; (c = 2 * i + 1) < end; i = c) {
				if (c + 1 < end &&
				    (v[c + 1].key > v[c].key ||
				     (v[c + 1].key == v[c].key && v[c + 1].id > v[c].id)))
					c++;
				if (v[c].key < x.key ||
				    (v[c].key == x.key && v[c].id <= x.id))
					break;
				v[i] = v[c];
			}
			v[i] = x;
		}
}

static void neighbours(struct arena *a, struct vrptw_search *s)
{
	const struct vrptw *p = s->p;
	struct pair *v = ARENA_ARRAY(a, struct pair, (size_t)s->n);
	for (int c = 1; c < s->n; c++) {
		int k = 0;
		for (int j = 1; j < s->n; j++) {
			if (j == c || (!follows(p, c, j) && !follows(p, j, c)))
				continue;
			int x = closeness(p, c, j), y = closeness(p, j, c);
			v[k++] = (struct pair){ x < y ? x : y, j };
		}
		pairs_sort(v, k);
		for (int i = 0; i < s->near_n; i++)
			s->near[c * NEAR + i] = (uint16_t)(i < k ? v[i].id : 0);
		const int32_t *row = row_of(s, c);
		k = 0;
		for (int j = 1; j < s->n; j++)
			v[k++] = (struct pair){ row[j] - (j == c), j };
		pairs_sort(v, k);
		for (int i = 0; i < s->around_n; i++)
			s->around[c * AROUND + i] = (uint16_t)v[i].id;
	}
}

void vrptw_refresh(struct vrptw_search *s, int r)
{
	const struct vrptw *p = s->p;
	int end = s->n + r;
	struct place *at = s->at, *w = &at[end];
	int32_t t = w->leave, load = 0;
	for (int i = w->next, from = end; i != end; from = i, i = at[i].next) {
		t += at[from].leg;
		t = t < p->ready[i] ? p->ready[i] : t;
		t += p->service[i];
		at[i].leave = t;
		load += p->demand[i];
		at[i].load = load;
	}
	t = w->late;
	for (int i = w->prev; i != end; i = at[i].prev) {
		t -= at[i].leg + p->service[i];
		t = t > p->due[i] ? p->due[i] : t;
		at[i].late = t;
	}
}

void vrptw_remove(struct vrptw_search *s, int c)
{
	struct place *w = &s->at[c], *b = &s->at[w->prev], *n = &s->at[w->next];
	int32_t leg = row_of(s, b->node)[n->node];
	s->cost += leg - b->leg - w->leg;
	b->leg = leg;
	b->next = w->next;
	n->prev = w->prev;
	struct route *r = &s->route[w->route];
	r->load -= s->p->demand[c];
	r->size--;
	w->route = -1;
}

static void activate(struct vrptw_search *s, int r)
{
	int at = s->route[r].active, other = s->active[s->n_active];
	s->active[at] = other;
	s->route[other].active = at;
	s->active[s->n_active] = r;
	s->route[r].active = s->n_active++;
}

static void deactivate(struct vrptw_search *s, int r)
{
	int at = s->route[r].active, other = s->active[--s->n_active];
	s->active[at] = other;
	s->route[other].active = at;
	s->active[s->n_active] = r;
	s->route[r].active = s->n_active;
}

void vrptw_insert(struct vrptw_search *s, int c, int before)
{
	struct place *w = &s->at[c], *b = &s->at[before], *n = &s->at[b->next];
	const int32_t *row = row_of(s, c);
	int r = before >= s->n ? before - s->n : b->route;
	w->prev = before;
	w->next = b->next;
	w->route = r;
	w->leg = row[n->node];
	s->cost += row[b->node] + w->leg - b->leg;
	b->leg = row[b->node];
	b->next = c;
	n->prev = c;
	s->route[r].load += s->p->demand[c];
	if (s->route[r].size++ == 0 && s->route[r].active >= s->n_active)
		activate(s, r);
	vrptw_refresh(s, r);
}

void vrptw_touch(struct vrptw_search *s, int r)
{
	if (s->stamp[r] == s->step)
		return;
	ASSERT(s->n_touched < RUIN_MAX);
	s->stamp[r] = s->step;
	int k = s->n_touched++, end = s->n + r, i = end;
	s->touched[k] = r;
	s->old_first[k] = s->n_old;
	s->old_route[k] = s->route[r];
	do {
		s->old_at[s->n_old] = s->at[i];
		s->old_id[s->n_old++] = i;
		i = s->at[i].next;
	} while (i != end);
}

void vrptw_undo(struct vrptw_search *s)
{
	for (int i = 0; i < s->n_old; i++)
		s->at[s->old_id[i]] = s->old_at[i];
	for (int k = 0; k < s->n_touched; k++) {
		int r = s->touched[k];
		s->route[r].load = s->old_route[k].load;
		s->route[r].size = s->old_route[k].size;
		bool on = s->route[r].active < s->n_active;
		if (on && !s->route[r].size)
			deactivate(s, r);
		else if (!on && s->route[r].size)
			activate(s, r);
	}
	s->cost = s->old_cost;
}

void vrptw_commit(struct vrptw_search *s)
{
	for (int k = 0; k < s->n_touched; k++) {
		int r = s->touched[k];
		if (!s->route[r].size && s->route[r].active < s->n_active)
			deactivate(s, r);
	}
}

static void keep_best(struct vrptw_search *s)
{
	s->best_cost = s->cost;
	s->best_missing = (int)s->missing;
	memcpy(s->best_at, s->at, (size_t)(s->n + s->routes_max) * sizeof *s->at);
}

static void begin(struct vrptw_search *s)
{
	s->step++;
	s->n_touched = s->n_old = s->n_taken = 0;
	s->missing = 0;
	s->old_cost = s->cost;
}

static void first_plan(struct vrptw_search *s)
{
	begin(s);
	s->n_touched = 0;
	int left = 0;
	for (int c = 1; c < s->n;) {
		s->n_taken = 0;
		s->step++;
		s->n_touched = s->n_old = 0;
		for (int k = 0; k < 16 && c < s->n; k++)
			s->taken[s->n_taken++] = c++;
		vrptw_recreate(s);
		left += (int)s->missing;
		s->missing = 0;
		vrptw_commit(s);
	}
	s->missing = left;
	keep_best(s);
}

static void temperatures(struct vrptw_search *s)
{
	uint64_t mean = (uint64_t)s->best_cost / (uint64_t)(s->n + s->n_active) + 1;
	s->hot = (mean << 16) + 1;
	s->cold = (mean << 16) / 100 + 1;
}

struct vrptw_search *vrptw_search_new(struct arena *a, const struct vrptw *p, uint64_t seed)
{
	ASSERT(p->n >= 2 && p->n <= VRPTW_MAX_NODES && p->vehicles >= 1);
	struct vrptw_search *s = ARENA_NEW(a, struct vrptw_search);
	s->p = p;
	s->n = p->n;
	s->routes_max = p->vehicles < p->n - 1 ? p->vehicles : p->n - 1;
	size_t n = (size_t)s->n, all = n + (size_t)s->routes_max;
	s->rng = rng_init(seed, 1);
	s->near_n = NEAR < s->n - 2 ? NEAR : s->n - 2;
	s->around_n = AROUND < s->n - 1 ? AROUND : s->n - 1;
	s->at = ARENA_ARRAY(a, struct place, all);
	s->best_at = ARENA_ARRAY(a, struct place, all);
	s->old_at = ARENA_ARRAY(a, struct place, all);
	s->old_id = ARENA_ARRAY(a, int32_t, all);
	s->route = ARENA_ARRAY(a, struct route, (size_t)s->routes_max);
	s->active = ARENA_ARRAY(a, int32_t, (size_t)s->routes_max);
	s->stamp = ARENA_ARRAY(a, uint32_t, (size_t)s->routes_max);
	s->near = ARENA_ARRAY(a, uint16_t, n * NEAR);
	s->around = ARENA_ARRAY(a, uint16_t, n * AROUND);
	neighbours(a, s);
	for (int i = 0; i < s->n; i++)
		s->at[i] = (struct place){ .route = -1, .node = i };
	for (int r = 0; r < s->routes_max; r++) {
		int i = s->n + r;
		s->at[i] = (struct place){ i, i, r, p->ready[0], p->due[0], 0, 0, 0 };
		s->active[r] = s->route[r].active = r;
	}
	s->blink = 50;
	first_plan(s);
	temperatures(s);
	return s;
}

void vrptw_search_run(struct vrptw_search *s, int64_t steps, uint32_t progress)
{
	uint64_t heat = anneal_heat(s->hot, s->cold, progress);
	for (int64_t i = 0; i < steps; i++) {
		begin(s);
		vrptw_ruin(s);
		vrptw_recreate(s);
		if (!s->missing)
			vrptw_tails(s);
		if (s->missing || s->cost >= s->old_cost + anneal_slack(&s->rng, heat)) {
			vrptw_undo(s);
			continue;
		}
		vrptw_commit(s);
		if (s->cost < s->best_cost)
			keep_best(s);
	}
}

int64_t vrptw_search_cost(const struct vrptw_search *s)
{
	return s->best_cost;
}

void vrptw_search_best(const struct vrptw_search *s, struct arena *a,
		       struct vrptw_plan *ret)
{
	int *first = ARENA_ARRAY(a, int, (size_t)s->routes_max + 1);
	int *stop = ARENA_ARRAY(a, int, (size_t)s->n);
	int k = 0, routes = 0;
	for (int r = 0; r < s->routes_max; r++) {
		int end = s->n + r;
		if (s->best_at[end].next == end)
			continue;
		first[routes++] = k;
		for (int i = s->best_at[end].next; i != end; i = s->best_at[i].next)
			stop[k++] = i;
	}
	first[routes] = k;
	*ret = (struct vrptw_plan){ routes, first, stop, s->best_cost, s->n - 1 - k };
}
