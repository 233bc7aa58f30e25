/* Ruin by strings and recreate by greedy insertion with blinks. */
#include "solve/vrptw_in.h"

enum { TAKE_MEAN = 10, STRING_MAX = 10, BLINK = 199 };

static uint32_t below(struct vrptw_search *s, uint32_t n)
{
	return (uint32_t)((rng_next(&s->rng) >> 32) * n >> 32);
}

static void take(struct vrptw_search *s, int c)
{
	vrptw_remove(s, c);
	s->taken[s->n_taken++] = c;
}

/* Takes `len` customers in a row, c among them; with `spared` > 0 a run inside survives. */
static void take_string(struct vrptw_search *s, int c, int len, int spared)
{
	int n = s->n, total = len + spared, back = 0, ahead = 0;
	int first = c;
	for (int i = s->at[c].prev; i < n && back < total - 1; i = s->at[i].prev)
		back++;
	for (int i = s->at[c].next; i < n && ahead < total - 1; i = s->at[i].next)
		ahead++;
	int lo = total - 1 - ahead > 0 ? total - 1 - ahead : 0;
	int shift = lo + (back > lo ? (int)below(s, (uint32_t)(back - lo + 1)) : 0);
	for (int k = 0; k < shift; k++)
		first = s->at[first].prev;
	int gap = spared && len > 1 ? 1 + (int)below(s, (uint32_t)(len - 1)) : len;
	for (int k = 0; k < total && first < n; k++) {
		int next = s->at[first].next;
		if (k < gap || k >= gap + spared)
			take(s, first);
		first = next;
	}
}

static void ruin_route(struct vrptw_search *s, int c, int longest)
{
	int r = s->at[c].route, size = s->route[r].size;
	int max = size < longest ? size : longest;
	int len = 1 + (int)below(s, (uint32_t)max), spared = 0;
	if (len > 1 && len < size && below(s, 2)) {
		spared = 1;
		while (len + spared < size && below(s, 100) != 0 && below(s, 2))
			spared++;
	}
	vrptw_touch(s, r);
	take_string(s, c, len, spared);
	vrptw_refresh(s, r);
}

void vrptw_ruin(struct vrptw_search *s)
{
	int mean = (s->n - 1) / (s->n_active ? s->n_active : 1);
	int longest = mean < 1 ? 1 : mean < STRING_MAX ? mean : STRING_MAX;
	int strings_max = 4 * TAKE_MEAN / (1 + longest) - 1;
	int strings = 1 + (int)below(s, (uint32_t)(strings_max > 1 ? strings_max : 1));
	int seed = 1 + (int)below(s, (uint32_t)(s->n - 1));
	for (int k = 0; k < s->around_n && s->n_touched < strings; k++) {
		int c = s->around[seed * AROUND + k];
		if (s->at[c].route >= 0 && s->stamp[s->at[c].route] != s->step)
			ruin_route(s, c, longest);
	}
}

/* The order in which taken customers come back: smallest key first. */
static int64_t key_of(const struct vrptw_search *s, int c, unsigned rule)
{
	const struct vrptw *p = s->p;
	switch (rule) {
	case 0: return -(int64_t)p->demand[c];
	case 1: return -(int64_t)row_of(s, 0)[c];
	case 2: return row_of(s, 0)[c];
	case 3: return p->due[c] - p->ready[c];
	case 4: return p->ready[c];
	default: return -(int64_t)p->due[c];
	}
}

static void order(struct vrptw_search *s)
{
	/* weights of the seven orders: random 4, demand 4, far 2, close 1, narrow 2, ... */
	static const uint8_t rule_of[17] = { 9, 9, 9, 9, 0, 0, 0, 0, 1,
					     1, 2, 3, 3, 4, 4, 5, 5 };
	unsigned rule = rule_of[below(s, 17)];
	for (int i = 0; i < s->n_taken; i++) {
		int c = s->taken[i];
		int64_t k = rule == 9 ? (int64_t)below(s, 1u << 30) : key_of(s, c, rule);
		int j = i;
		for (; j > 0 && s->key[j - 1] > k; j--) {
			s->key[j] = s->key[j - 1];
			s->taken[j] = s->taken[j - 1];
		}
		s->key[j] = k;
		s->taken[j] = c;
	}
}

struct spot {
	int32_t cost;
	int before; /* -1: none */
};

static inline void try_after(struct vrptw_search *s, int c, const int32_t *row, int b,
			     struct spot *best)
{
	const struct vrptw *p = s->p;
	const struct place *w = &s->at[b], *x = &s->at[w->next];
	int32_t delta = row[w->node] + row[x->node] - w->leg;
	if (delta >= best->cost)
		return;
	if (s->route[w->route].load + p->demand[c] > p->capacity)
		return;
	int32_t t = w->leave + row[w->node];
	if (t > p->due[c])
		return;
	if (t < p->ready[c])
		t = p->ready[c];
	if (t + p->service[c] + row[x->node] > x->late)
		return;
	if (--s->blink == 0) {
		s->blink = 1 + (int)below(s, (uint32_t)BLINK);
		return;
	}
	*best = (struct spot){ delta, b };
}

static struct spot find_spot(struct vrptw_search *s, int c)
{
	const int32_t *row = row_of(s, c);
	struct spot best = { INT32_MAX, -1 };
	if (s->n_active < s->routes_max) {
		int r = s->active[s->n_active];
		int32_t t = s->p->ready[0] + row[0];
		t = t < s->p->ready[c] ? s->p->ready[c] : t;
		if (t <= s->p->due[c] && t + s->p->service[c] + row[0] <= s->p->due[0] &&
		    s->p->demand[c] <= s->p->capacity)
			best = (struct spot){ 2 * row[0], s->n + r };
	}
	const uint16_t *near = &s->near[c * NEAR];
	for (int k = 0; k < s->near_n; k++) {
		int i = near[k];
		if (s->at[i].route < 0)
			continue;
		try_after(s, c, row, i, &best);
		try_after(s, c, row, s->at[i].prev, &best);
	}
	if (best.before >= 0)
		return best;
	for (int k = 0; k < s->n_active; k++) {
		int end = s->n + s->active[k], i = end;
		do {
			try_after(s, c, row, i, &best);
			i = s->at[i].next;
		} while (i != end);
	}
	return best;
}

void vrptw_recreate(struct vrptw_search *s)
{
	order(s);
	for (int k = 0; k < s->n_taken; k++) {
		int c = s->taken[k];
		struct spot spot = find_spot(s, c);
		if (spot.before < 0 || s->n_touched >= RUIN_MAX - 1) {
			s->missing++;
			continue;
		}
		vrptw_touch(s, s->at[spot.before].route);
		vrptw_insert(s, c, spot.before);
	}
}
