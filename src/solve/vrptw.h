/* vrptw.h - rounds with time windows and a capacity, total distance smallest (VRPTW).
 *
 * The core of the planner: one depot, equal vehicles, one visit for each customer.  The
 * search is ruin and recreate (slack induction by string removals, Christiaens and Vanden
 * Berghe 2020) on granular neighbourhoods, with exchange of tails and a set partitioning
 * over the routes it has met; see README.md.
 *
 * Units:   distances and times in tenths, whole numbers; they are the same thing here.
 * Memory:  everything in the arena given; no allocation while searching.
 * Threads: a search belongs to one thread.
 */
#ifndef SOLVE_VRPTW_H
#define SOLVE_VRPTW_H

#include "solve/fault.h"

#define VRPTW_MAX_NODES 4000 /* depot included; the matrix is n * n * 4 bytes */

struct vrptw {
	str name;
	int n;        /* nodes; node 0 is the depot, 1..n-1 the customers */
	int vehicles; /* the most routes allowed */
	int capacity;
	const int32_t *demand;
	const int32_t *ready, *due; /* start of service; for the depot: leave, be back */
	const int32_t *service;
	const int32_t *dist; /* n * n, symmetric, row by row */
};

struct vrptw_plan {
	int routes;
	const int *first; /* routes + 1 offsets into `stop` */
	const int *stop;  /* customers in order of service */
	int64_t cost;     /* sum of distances */
	int left;         /* customers that no route could take (infeasible instance) */
};

struct vrptw_search; /* opaque */

/* A search with a first plan in it.  `p` must outlive it. */
struct vrptw_search *vrptw_search_new(struct arena *a, const struct vrptw *p,
				      uint64_t seed);

/* `steps` more steps.  `progress` in [0, 65536] is the share of the budget already used: it
 * sets the temperature, so a caller with a clock passes elapsed/limit, and one without
 * passes steps/total.  Same calls, same plans. */
void vrptw_search_run(struct vrptw_search *s, int64_t steps, uint32_t progress);

int64_t vrptw_search_cost(const struct vrptw_search *s); /* of the best plan so far */

/* The best plan so far, always valid, copied into `a`. */
void vrptw_search_best(const struct vrptw_search *s, struct arena *a,
		       struct vrptw_plan *ret);

/* OK when the plan keeps every constraint and its cost is the sum of its distances, else
 * ERR_RULE with the reason in `f`.  Every customer must be served unless `left` says so. */
MUST_USE enum err vrptw_check(const struct vrptw *p, const struct vrptw_plan *plan,
			      struct arena *a, struct plan_fault *f);

#endif
