/* assign.h - covers the visits of one day with the carers there are: greedy, lawful, fast.
 *
 * Two passes over the visits, the most needed first: (1) continuity: the carer of the series,
 * then those who know the person; (2) the least extra way, among carers whose contract has
 * hours left before others.  Every assignment passes the same checks as eligible(): proofs,
 * absence, hours given, refusals of the person, working-time law.  Visits already assigned are
 * in the carers' day books and are not touched.
 *
 * Made for the demo and for a coordinator's « proposer »; the planner (solve/) does better.
 * The result depends on nothing but the input: same input, same assignment.
 *
 * Pure.  Memory: the caller's arena.  Threads: any.
 */
#ifndef DOMAIN_RELIEF_ASSIGN_H
#define DOMAIN_RELIEF_ASSIGN_H

#include "domain/relief/eligible.h"

struct ids_slice {
	const struct id *v;
	size_t n;
};

struct assign_visit {
	struct need need; /* need.stay.on is the day of all; need.operator_id: who serves */
	struct id regular_carer_id;
	struct ids_slice known;   /* carers who know the person, the best first */
	struct ids_slice refused; /* carers whom the person does not want */
};

enum assign_why { ASSIGN_NONE, ASSIGN_REGULAR, ASSIGN_KNOWN, ASSIGN_NEAREST };

struct assigned {
	struct id carer_id; /* none: nobody may */
	enum assign_why why;
	int64_t extra_m; /* way it adds to her day */
};

/* `cs`: carers with their book of that day; the books take what is assigned.  `ret`: n_visits
 * results, in the order of `vs`.  Returns how many visits have a carer. */
size_t assign_day(struct arena *a, const struct assign_visit *vs, size_t n_visits,
		  struct candidate *cs, size_t n_carers,
		  const struct labour_rules rules[IDCC_COUNT], const struct moment *now,
		  struct assigned *ret);

#endif
