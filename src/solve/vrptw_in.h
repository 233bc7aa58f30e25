/* vrptw_in.h - the state of a search, shared by the files vrptw_*.c only.
 *
 * A plan is a set of circular lists: customers 1..n-1, and one sentinel n+r for each route
 * r, which is both its start and its end.  Each place knows when service there can end at
 * the earliest and begin at the latest; an insertion is judged from its two neighbours
 * alone (Savelsbergh 1992).  All of a place fits in half a cache line.
 */
#ifndef SOLVE_VRPTW_IN_H
#define SOLVE_VRPTW_IN_H

#include "solve/anneal.h"
#include "solve/vrptw.h"

enum {
	NEAR = 64,       /* granular neighbours of a customer */
	AROUND = 256,    /* customers around a seed, for the ruin */
	RUIN_MAX = 64,   /* routes touched by one step */
	TAKEN_MAX = 512, /* customers taken out by one step */
};

struct place {
	int32_t next, prev;
	int32_t route; /* -1: not in the plan */
	int32_t leave; /* earliest end of service */
	int32_t late;  /* latest start of service */
	int32_t leg;   /* distance to next */
	int32_t node;  /* index in the matrix: 0 for a sentinel */
	int32_t load;  /* load of the route up to here, this place included */
};

struct route {
	int32_t load, size, active; /* index in active[], -1 when empty */
};

struct vrptw_search {
	const struct vrptw *p;
	struct rng rng;
	int n, routes_max;
	struct place *at;    /* n + routes_max */
	struct route *route; /* routes_max */
	int32_t *active;     /* routes in use, then the free ones */
	int n_active;
	int64_t cost;
	uint16_t *near;   /* n * NEAR, by closeness in space and time */
	uint16_t *around; /* n * AROUND, by distance */
	int near_n, around_n;

	int32_t taken[TAKEN_MAX];
	int n_taken;
	int64_t missing; /* customers that found no place in this step */

	/* undo log of the routes touched in this step */
	int32_t touched[RUIN_MAX];
	int n_touched;
	struct route old_route[RUIN_MAX];
	int32_t old_first[RUIN_MAX];
	struct place *old_at; /* copies of the touched routes, one after the other */
	int32_t *old_id;
	int n_old;
	uint32_t *stamp; /* step in which a route was touched */
	uint32_t step;
	int64_t old_cost;
	int old_active;

	int64_t best_cost;
	struct place *best_at;
	int best_missing;
	int blink; /* insertions until the next one overlooked */
	uint64_t hot, cold;
	int64_t key[TAKEN_MAX];
};

static inline const int32_t *row_of(const struct vrptw_search *s, int c)
{
	return s->p->dist + (size_t)c * (size_t)s->n;
}

/* Remembers route r as it is, before the first change of this step. */
void vrptw_touch(struct vrptw_search *s, int r);
void vrptw_undo(struct vrptw_search *s);
void vrptw_commit(struct vrptw_search *s);

/* Recomputes the times and loads of a whole route. */
void vrptw_refresh(struct vrptw_search *s, int r);

void vrptw_remove(struct vrptw_search *s, int c); /* times are not refreshed */
void vrptw_insert(struct vrptw_search *s, int c, int before);

void vrptw_ruin(struct vrptw_search *s);
void vrptw_recreate(struct vrptw_search *s);
void vrptw_tails(struct vrptw_search *s); /* around the customers taken in this step */

#endif
