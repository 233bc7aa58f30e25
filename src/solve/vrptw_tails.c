/* Exchange of tails (2-opt*, Potvin and Rousseau 1995): route 1 goes on with the end of
 * route 2 and the other way round, judged in constant time from the two cuts. */
#include "solve/vrptw_in.h"

enum { TAIL_NEAR = 20 };

/* Gives the places from `i` to the end of a route to route r; returns how many. */
static int hand_over(struct vrptw_search *s, int i, int r, int *ret_last)
{
	int k = 0;
	for (; i < s->n; i = s->at[i].next, k++) {
		s->at[i].route = r;
		*ret_last = i;
	}
	return k;
}

static void close_at(struct vrptw_search *s, int last, int end)
{
	s->at[last].next = end;
	s->at[end].prev = last;
}

static void swap_tails(struct vrptw_search *s, int c, int j, int32_t delta)
{
	struct place *at = s->at;
	int r1 = at[c].route, r2 = at[j].route, nc = at[c].next, pj = at[j].prev;
	vrptw_touch(s, r1);
	vrptw_touch(s, r2);
	int load = at[c].load + s->route[r2].load - at[pj].load;
	s->route[r2].load += s->route[r1].load - load;
	s->route[r1].load = load;
	int last = pj;
	at[c].leg = row_of(s, at[c].node)[at[j].node];
	at[pj].leg = row_of(s, at[pj].node)[at[nc].node];
	int in1 = hand_over(s, nc, r2, &last);
	if (in1) {
		at[pj].next = nc;
		at[nc].prev = pj;
	}
	close_at(s, last, s->n + r2);
	int in2 = hand_over(s, j, r1, &last);
	at[c].next = j;
	at[j].prev = c;
	close_at(s, last, s->n + r1);
	s->route[r1].size += in2 - in1;
	s->route[r2].size += in1 - in2;
	s->cost += delta;
	vrptw_refresh(s, r1);
	vrptw_refresh(s, r2);
}

static bool try_tails(struct vrptw_search *s, int c, int j)
{
	const struct place *at = s->at, *w = &at[c], *x = &at[j];
	const struct place *nw = &at[w->next], *px = &at[x->prev];
	int32_t leg = row_of(s, c)[j];
	int32_t delta = leg - w->leg - px->leg;
	if (delta >= 0)
		return false;
	int32_t other = row_of(s, px->node)[nw->node];
	delta += other;
	if (delta >= 0 || w->leave + leg > x->late || px->leave + other > nw->late)
		return false;
	int l1 = s->route[w->route].load, l2 = s->route[x->route].load,
	    cap = s->p->capacity;
	int load = w->load + l2 - px->load;
	if (load > cap || l1 + l2 - load > cap)
		return false;
	swap_tails(s, c, j, delta);
	return true;
}

void vrptw_tails(struct vrptw_search *s)
{
	int near = s->near_n < TAIL_NEAR ? s->near_n : TAIL_NEAR;
	for (int i = 0; i < s->n_taken && s->n_touched < RUIN_MAX - 2; i++) {
		int c = s->taken[i];
		for (int k = 0; k < near; k++) {
			int j = s->near[c * NEAR + k];
			if (s->at[j].route < 0 || s->at[c].route == s->at[j].route)
				continue;
			if (try_tails(s, c, j) || try_tails(s, j, c))
				break;
		}
	}
}
