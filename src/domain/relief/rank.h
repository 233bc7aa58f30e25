/* rank.h - in which order eligible carers are asked, with the reasons shown.
 *
 * Points come from one table (rank.tbl) of six facts: the person's choice, the carer of the
 * series, known to the person, hours left, extra hours asked for, travel.  Whoever decides
 * sees them, and so does the carer.  `struct rank_facts` is all that the order may depend on:
 * what is not in it cannot count, and refusals are not in it.
 *
 * Equal points are ordered by a hash of (visit, carer), so that over many visits nobody is
 * always first.  Pure.  Threads: any.
 */
#ifndef DOMAIN_RELIEF_RANK_H
#define DOMAIN_RELIEF_RANK_H

#include "domain/relief/eligible.h"

enum rank_reason {
#define W(name, points, per, most, source) RANK_##name,
#include "domain/relief/rank.tbl"
#undef W
	RANK_REASON_COUNT
};

struct rank_facts {
	struct id visit_id, carer_id;
	int amount[RANK_REASON_COUNT]; /* 0/1, visits, minutes */
};

struct reason {
	enum rank_reason reason;
	int amount, points;
};

/* What an offer shows: never euros before pay rules exist. */
struct terms {
	int minutes;    /* of the visit */
	int travel_min; /* to get there, from the visit before or from home */
	int paid_min;   /* work it adds to the day, travel and short waits included */
	int64_t travel_m;
	int amplitude_min; /* of the day with it */
	int breaks;        /* unpaid interruptions of the day with it */
};

struct ranked {
	struct id carer_id;
	int points;
	uint64_t lot; /* order among equals */
	struct reason reasons[RANK_REASON_COUNT];
	int n_reasons; /* those with an amount */
	struct terms terms;
};

struct ranking {
	struct ranked *v;
	size_t n, cap;
};

struct terms terms_of(const struct need *need, const struct candidate *c,
		      const struct labour_rules *r);
struct rank_facts rank_facts_of(const struct need *need, const struct candidate *c,
				const struct labour_rules *r, const struct terms *t);
struct ranked rank_one(const struct rank_facts *f, const struct terms *t);
void rank_sort(struct arena *a,
	       struct ranking *k); /* best first; total and independent of input order */

/* The whole: eligible candidates of `cs`, ranked.  `rules`: one per enum idcc. */
void rank_all(struct arena *a, const struct need *need, const struct candidate *cs,
	      size_t n, const struct operator* o,
	      const struct labour_rules rules[IDCC_COUNT], const struct moment *now,
	      struct ranking *ret);

const char *rank_reason_name(enum rank_reason r);   /* "wanted", stored and shown */
const char *rank_reason_source(enum rank_reason r); /* in words */
/* "wanted known:4 travel:12" as stored in offer.reasons */
str rank_reasons_text(struct arena *a, const struct ranked *k);

#endif
