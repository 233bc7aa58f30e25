/* care_in.h - the state of a search for a day with linked services, for care.c only. */
#ifndef SOLVE_CARE_IN_H
#define SOLVE_CARE_IN_H

#include "solve/anneal.h"
#include "solve/care.h"

enum { NEAR = 48, TAKEN_MAX = 64, STACK = 4096 };
#define MISSING INT64_C(100000000)

struct care_at { /* a service, or the office as start and end of carer n+c */
	int32_t next, prev;
	int32_t carer; /* -1: not in the plan */
	int32_t start;
	bool known;
};

struct care_search {
	const struct care *p;
	struct rng rng;
	int n;
	struct care_at *at, *old_at, *best_at;
	size_t bytes;
	int *place; /* index in travel */
	int *near, near_n;
	int taken[TAKEN_MAX], n_taken;
	int stack[STACK];
	int64_t distance, cost, best;
	int32_t worst, far;
	int blink;
	bool ok, *tried;
	uint64_t hot, cold;
};

#endif
