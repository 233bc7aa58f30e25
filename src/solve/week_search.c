/* The search: first plan by greedy insertion, then ruin and recreate under annealing. */
#include "solve/week_in.h"

#include "base/sort.h"

static int below(struct week_search *s, int n)
{
	return (int)rng_below(&s->rng, (uint64_t)n);
}

static void ruin_near(struct week_search *s, int v, int most)
{
	week_take(s, v);
	for (int k = 0; k < CLOSE && s->n_taken < most; k++) {
		int u = s->close[(size_t)v * CLOSE + (size_t)k];
		if (u >= 0 && s->carer[u] >= 0 && s->w->visit[u].pin < 0 && below(s, 3))
			week_take(s, u);
	}
}

static void ruin_person(struct week_search *s, int p)
{
	for (int k = s->by_person_at[p]; k < s->by_person_at[p + 1] && s->n_taken < 24;
	     k++) {
		int v = s->by_person[k];
		if (s->carer[v] >= 0 && s->w->visit[v].pin < 0)
			week_take(s, v);
	}
}

static void ruin_round(struct week_search *s, int r)
{
	while (s->round[r].n && s->n_taken < 40 && !s->full) {
		int n = s->round[r].n, v = s->round[r].visit[n - 1];
		if (s->w->visit[v].pin >= 0)
			return;
		week_take(s, v);
	}
}

void week_ruin(struct week_search *s)
{
	int v = below(s, s->w->n_visits), kind = below(s, 20);
	if (s->n_left && kind < 6)
		v = s->left[below(s, s->n_left)];
	if (s->w->visit[v].pin >= 0 && s->carer[v] >= 0)
		return;
	if (s->carer[v] >= 0 && kind >= 18) {
		int c = s->carer[v];
		ruin_round(s, c * WEEK_DAYS + s->w->visit[v].day);
	} else if (kind >= 14) {
		ruin_person(s, s->w->visit[v].person);
	} else {
		ruin_near(s, v, 2 + below(s, 14));
	}
	for (int k = 0; k < 3 && s->n_left > 0; k++) {
		int u = s->left[below(s, s->n_left)];
		bool in = false;
		for (int i = 0; i < s->n_taken; i++)
			in = in || s->taken[i] == u;
		if (!in)
			week_take(s, u);
	}
}

static int64_t key_of(struct week_search *s, int v, int rule)
{
	const struct week_visit *x = &s->w->visit[v];
	switch (rule) {
	case 0: return -x->critical * 1000 + s->able_n[v];
	case 1: return s->able_n[v];
	case 2: return x->to - x->from;
	case 3: return -x->minutes;
	default: return below(s, 1 << 20);
	}
}

void week_recreate(struct week_search *s, bool blinks)
{
	int64_t key[TAKEN];
	int rule = below(s, 8);
	for (int i = 0; i < s->n_taken; i++) {
		int v = s->taken[i], j = i;
		int64_t k = key_of(s, v, rule);
		for (; j > 0 && key[j - 1] > k; j--) {
			key[j] = key[j - 1];
			s->taken[j] = s->taken[j - 1];
		}
		key[j] = k;
		s->taken[j] = v;
	}
	int n = s->n_taken;
	for (int i = 0; i < n; i++)
		week_put(s, s->taken[i], blinks);
	s->n_taken = n;
}

void week_keep(struct week_search *s)
{
	const struct week *w = s->w;
	s->best_cost = s->cost;
	memcpy(s->best_carer, s->carer, (size_t)w->n_visits * sizeof *s->carer);
	for (int r = 0; r < w->n_carers * WEEK_DAYS; r++)
		for (int i = 0; i < s->round[r].n; i++)
			s->best_start[s->round[r].visit[i]] = s->round[r].start[i];
}

/* ---- tables ---------------------------------------------------------------------- */

struct item {
	int64_t key;
	int id;
};

static void items_sort(struct item *v, int n, int keep)
{
	/* partial selection: only the first `keep` are needed, and keep is small */
	for (int i = 0; i < n && i < keep; i++)
		for (int j = i + 1; j < n; j++)
			if (v[j].key < v[i].key ||
			    (v[j].key == v[i].key && v[j].id < v[i].id)) {
				struct item t = v[i];
				v[i] = v[j];
				v[j] = t;
			}
}

static void list_able(struct week_search *s, struct item *v)
{
	const struct week *w = s->w;
	for (int k = 0; k < w->n_visits; k++) {
		const struct week_visit *x = &w->visit[k];
		int n = 0;
		for (int c = 0; c < w->n_carers; c++) {
			if (week_static(w, x, c) != WEEK_RULES ||
			    (x->pin >= 0 && x->pin != c))
				continue;
			int way = w->way[(size_t)w->person[x->person].place *
						 (size_t)w->n_places +
					 (size_t)w->carer[c].place];
			v[n++] = (struct item){ week_tie_cost(w, x, c) + way, c };
		}
		if (n > ELIGIBLE)
			items_sort(v, n, ELIGIBLE);
		n = n < ELIGIBLE ? n : ELIGIBLE;
		s->able_n[k] = (uint8_t)(n < 255 ? n : 255);
		for (int i = 0; i < n; i++)
			s->able[(size_t)k * ELIGIBLE + (size_t)i] = (uint16_t)v[i].id;
	}
}

static void list_close(struct week_search *s, struct item *v)
{
	const struct week *w = s->w;
	for (int k = 0; k < w->n_visits; k++) {
		const struct week_visit *x = &w->visit[k];
		const uint16_t *row =
			w->way + (size_t)w->person[x->person].place * (size_t)w->n_places;
		int n = 0;
		for (int u = 0; u < w->n_visits; u++) {
			const struct week_visit *y = &w->visit[u];
			if (u == k || y->day != x->day)
				continue;
			int apart = x->at > y->at ? x->at - y->at : y->at - x->at;
			int key = row[w->person[y->person].place] + apart * 4;
			if (n == CLOSE && key >= v[n - 1].key)
				continue;
			n = n < CLOSE ? n + 1 : n;
			int j = n - 1;
			for (; j > 0 && v[j - 1].key > key; j--)
				v[j] = v[j - 1];
			v[j] = (struct item){ key, u };
		}
		for (int i = 0; i < CLOSE; i++)
			s->close[(size_t)k * CLOSE + (size_t)i] = i < n ? v[i].id : -1;
	}
}

static void list_people(struct arena *a, struct week_search *s)
{
	const struct week *w = s->w;
	s->by_person = ARENA_ARRAY(a, int, (size_t)w->n_visits);
	s->by_person_at = ARENA_ARRAY(a, int, (size_t)w->n_people + 2);
	int *at = s->by_person_at;
	for (int v = 0; v < w->n_visits; v++)
		at[w->visit[v].person + 2]++;
	for (int p = 2; p < w->n_people + 2; p++)
		at[p] += at[p - 1];
	for (int v = 0; v < w->n_visits; v++)
		s->by_person[at[w->visit[v].person + 1]++] = v;
}

struct week_search *week_search_new(struct arena *a, const struct week *w, uint64_t seed)
{
	struct week_search *s = ARENA_NEW(a, struct week_search);
	size_t n = (size_t)w->n_visits, rounds = (size_t)w->n_carers * WEEK_DAYS;
	s->w = w;
	s->rng = rng_init(seed, 2);
	s->round = ARENA_ARRAY(a, struct week_round, rounds);
	s->ok = ARENA_ARRAY(a, bool, rounds);
	s->stamp_round = ARENA_ARRAY(a, uint32_t, rounds);
	s->total = ARENA_ARRAY(a, struct total, (size_t)w->n_carers);
	int **ints[] = { &s->carer,   &s->ready,      &s->due,       &s->left,
			 &s->left_at, &s->best_carer, &s->best_start };
	for (size_t k = 0; k < sizeof ints / sizeof *ints; k++)
		*ints[k] = ARENA_ARRAY(a, int, n);
	s->stamp_visit = ARENA_ARRAY(a, uint32_t, n);
	s->serves = ARENA_ARRAY(a, uint8_t, (size_t)w->n_people * (size_t)w->n_carers);
	s->faces = ARENA_ARRAY(a, int, (size_t)w->n_people);
	s->able = ARENA_ARRAY(a, uint16_t, n * ELIGIBLE);
	s->able_n = ARENA_ARRAY(a, uint8_t, n);
	s->close = ARENA_ARRAY(a, int32_t, n * CLOSE);
	struct arena_mark mark = arena_mark(a);
	struct item *v = ARENA_ARRAY(a, struct item, (size_t)w->n_carers + CLOSE);
	list_able(s, v);
	list_close(s, v);
	arena_reset(a, mark);
	list_people(a, s);
	for (int k = 0; k < w->n_visits; k++) {
		s->carer[k] = s->best_carer[k] = -1;
		s->left[k] = s->left_at[k] = k;
		s->ready[k] = w->visit[k].from;
		s->due[k] = w->visit[k].to;
		s->cost += week_left_cost(w, &w->visit[k]);
	}
	s->n_left = w->n_visits;
	for (size_t r = 0; r < rounds; r++)
		s->ok[r] = true;
	for (int c = 0; c < w->n_carers; c++)
		s->cost += week_carer_cost(w, c, &s->total[c]);
	s->best_cost = s->cost;
	s->hot = UINT64_C(3000) << 16;
	s->cold = UINT64_C(60) << 16;
	return s;
}

void week_search_fill(struct week_search *s)
{
	const struct week *w = s->w;
	for (int critical = 3; critical >= 0; critical--)
		for (int v = 0; v < w->n_visits; v++) {
			if (w->visit[v].critical != critical || s->carer[v] >= 0)
				continue;
			week_begin(s);
			week_put(s, v, false);
			if (!week_valid(s))
				week_undo(s);
		}
	week_keep(s);
}

void week_search_run(struct week_search *s, int64_t steps, uint32_t progress)
{
	uint64_t heat = anneal_heat(s->hot, s->cold, progress);
	for (int64_t i = 0; i < steps; i++) {
		week_begin(s);
		week_ruin(s);
		week_recreate(s, true);
		if (!week_valid(s) ||
		    s->cost >= s->old_cost + anneal_slack(&s->rng, heat)) {
			week_undo(s);
			continue;
		}
		if (s->cost < s->best_cost)
			week_keep(s);
	}
}

int64_t week_search_cost(const struct week_search *s)
{
	return s->best_cost;
}

void week_search_best(struct week_search *s, struct arena *a, struct week_plan *ret)
{
	const struct week *w = s->w;
	size_t n = (size_t)w->n_visits;
	struct week_plan p = { 0 };
	p.cost = s->best_cost;
	p.carer = arena_copy(a, s->best_carer, n * sizeof(int));
	p.start = arena_copy(a, s->best_start, n * sizeof(int));
	week_plan_rounds(a, w, &p);
	*ret = p;
}
