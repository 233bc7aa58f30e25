/* day.h - a carer's day: visits, legs between them, paid travel, waiting, interruptions.
 *
 * The theory: between two visits there is a gap.  Less than the travel needed: the day cannot
 * be done.  Travel and a short wait: all of it is work.  More: an unpaid interruption, and
 * the travel inside is paid only where the agreement rebuilds it.  The first and the last way
 * (from and to the carer's home) are not work; they are not counted here.
 *
 * Hours are local minutes of the day on which a stay begins; a stay over midnight belongs to
 * the day on which it began.
 *
 * Pure.  Memory: nothing allocated.  Threads: any.
 */
#ifndef DOMAIN_LABOUR_DAY_H
#define DOMAIN_LABOUR_DAY_H

#include "domain/labour/rules.h"
#include "domain/labour/travel.h"

#define DAY_STAYS_MAX 64 /* visits of one carer in one day */

struct stay { /* work at one home */
	struct id visit_id;
	ts from, until;
	day on;       /* local day of `from` */
	int from_min; /* local minute of `from` */
	struct place place;
};

struct stays {
	struct stay *v;
	size_t n, cap;
};

struct leg { /* from one stay to the next */
	int64_t metres;
	int travel_min; /* estimated */
	int gap_min;    /* between the stays; negative: they overlap */
	int paid_min;   /* of the gap, what counts as work (travel, short wait) */
	int free_min;   /* of the gap, free time out of travel */
	bool is_break;  /* an unpaid interruption */
};

struct day_sheet {
	int visits;
	int visit_min;     /* at the homes */
	int travel_min;    /* paid travel */
	int wait_min;      /* paid waiting */
	int work_min;      /* visit + travel + wait */
	int free_min;      /* unpaid, between visits */
	int64_t metres;    /* all legs */
	int64_t paid_m;    /* legs of paid travel */
	int amplitude_min; /* first start to last end */
	int breaks;        /* unpaid interruptions */
	int breaks_long;   /* of which longer than the agreement's length */
	int run_min;       /* longest work without a pause */
	int meal_gap_min;  /* longest free gap around noon; -1: no noon inside the day */
	int overlap_min;   /* minutes in two homes at once */
	int short_min;     /* minutes missing for travel */
};

/* The leg from `a` to `b`, a before b. */
struct leg day_leg(const struct labour_rules *r, enum travel_mode mode,
		   const struct stay *a, const struct stay *b);

/* The sheet of stays sorted by start.  n == 0 gives zeros. */
struct day_sheet day_sheet(const struct labour_rules *r, enum travel_mode mode,
			   const struct stay *v, size_t n);

/* Kilometre allowance of paid legs, in cents, rounded half up; -1: the agreement has none for
 * that way of moving (it is "as declared" then). */
int64_t day_km_cents(const struct labour_rules *r, enum travel_mode mode, int64_t metres);

/* Sorted by start, then id; for small arrays (insertion sort). */
void stays_sort(struct stay *v, size_t n);

static inline int stay_minutes(const struct stay *s)
{
	return (int)((s->until.us - s->from.us) / US_MIN);
}

#endif
