/* care.h - home care rounds of one day with services by two carers (HHCRSP of Mankowska,
 * Meisel and Bierwirth 2014): cost = (travel + tardiness + largest tardiness) / 3.
 *
 * Every patient is served.  The early end of a window is hard, the late end soft.  The two
 * services of a patient start together or a given time apart, by two carers.
 *
 * Units:  thousandths of the file's minute.  Memory: the arena given.  One thread a search.
 */
#ifndef SOLVE_CARE_H
#define SOLVE_CARE_H

#include "solve/fault.h"

#define CARE_NODES_MAX  3000 /* services */
#define CARE_CARERS_MAX 400
#define CARE_UNIT       1000

struct care_node { /* one service of one patient */
	int patient;
	str service;
	uint32_t skill; /* one bit */
	int32_t ready, due, minutes;
	int pair;       /* the other service, or -1 */
	int32_t lo, hi; /* start of the second minus start of the first */
	bool second;
};

struct care {
	int n_patients, n_nodes, n_carers;
	str *patient, *carer;
	uint32_t *skills; /* by carer */
	struct care_node *node;
	int32_t *travel; /* (n_patients + 1)^2, 0 the office */
};

/* JSON, or the text of Mankowska et al. (sections nbNodes nbVehi nbServi r DS a x y d p mind maxd
 * e l).  ERR_SYNTAX, ERR_INPUT, ERR_LIMIT with line and reason. */
MUST_USE enum err care_read(struct arena *a, str text, struct care *ret,
			    struct plan_fault *f);

struct care_plan {
	const int *first, *stop; /* offsets by carer, then services in order */
	const int32_t *start;    /* by service */
	int64_t cost;            /* travel + tardiness + largest: three times the cost */
	bool whole;              /* false: some service has no carer able to do it */
};

struct care_search;
struct care_search *care_search_new(struct arena *a, const struct care *p, uint64_t seed);
void care_search_run(struct care_search *s, int64_t steps, uint32_t progress);
int64_t care_search_cost(const struct care_search *s);
void care_search_best(struct care_search *s, struct arena *a, struct care_plan *ret);

/* The solution JSON of the Udine group. */
str care_write(struct arena *a, const struct care *p, const struct care_plan *plan);

/* OK, or ERR_RULE with the reason; recomputes the cost. */
MUST_USE enum err care_check(struct arena *a, const struct care *p,
			     const struct care_plan *plan, struct plan_fault *f);

#endif
