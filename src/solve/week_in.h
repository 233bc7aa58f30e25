/* week_in.h - the state of a search for a week, shared by week_*.c only. */
#ifndef SOLVE_WEEK_IN_H
#define SOLVE_WEEK_IN_H

#include "solve/anneal.h"
#include "solve/week.h"

enum { ELIGIBLE = 128, CLOSE = 32, LOG_ROUNDS = 256, LOG_VISITS = 512, TAKEN = 64 };

struct total { /* of a carer's week */
	int work, days, evenings, heavy;
};

struct week_search {
	const struct week *w;
	struct rng rng;
	struct week_round *round;
	bool *ok; /* by round: no hard rule of the day broken */
	struct total *total;
	int *carer; /* by visit */
	int *ready, *due;
	uint8_t *serves; /* person * carers + carer: visits */
	int *faces;      /* by person: carers that serve */
	uint16_t *able;  /* visit * ELIGIBLE */
	uint8_t *able_n;
	int32_t *close; /* visit * CLOSE: visits of the same day, near in place and hour */
	int *by_person, *by_person_at;
	int *left; /* unassigned visits */
	int *left_at;
	int n_left;
	int64_t cost, best_cost;
	int *best_carer, *best_start;

	int taken[TAKEN];
	int n_taken;
	uint32_t step;
	uint32_t *stamp_round, *stamp_visit;
	int log_round[LOG_ROUNDS];
	struct week_round old_round[LOG_ROUNDS];
	bool old_ok[LOG_ROUNDS];
	int n_rounds;
	struct {
		int visit, carer, ready, due;
	} old[LOG_VISITS];
	int n_old;
	int64_t old_cost;
	bool full; /* a log is full: the step is given up */
	uint64_t hot, cold;
};

int64_t week_carer_cost(const struct week *w, int carer, const struct total *t);
int64_t week_tie_cost(const struct week *w, const struct week_visit *v, int carer);
int64_t week_left_cost(const struct week *w, const struct week_visit *v);

/* May this carer do this visit at all?  The static rule against it, or WEEK_RULES. */
enum week_rule week_static(const struct week *w, const struct week_visit *v, int carer);

void week_begin(struct week_search *s);
void week_undo(struct week_search *s);
bool week_valid(const struct week_search *s); /* every touched round keeps its rules */
void week_take(struct week_search *s, int v); /* with its linked half */
bool week_put(struct week_search *s, int v, bool blinks);
void week_recreate(struct week_search *s, bool blinks);
void week_ruin(struct week_search *s);
/* Adds up by how much the carer's week would break its rules with this new round. */
bool week_fits(const struct week_search *s, int carer, int day,
	       const struct week_round *new, int *over);

/* Puts visit v at the end of the carer's round, if that keeps every rule, near `start`. */
void week_append(struct week_search *s, int v, int carer, int start);
void week_keep(struct week_search *s); /* as the best */

#endif
