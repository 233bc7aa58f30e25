/* week.h - the rounds of a territory for a week: carers of several operators, visits, law.
 *
 * A round is what one carer does on one day.  A rule of work or of care is hard (never
 * broken by a plan) or priced (a term of the cost).  Everything is minutes, metres and
 * points; the prices are data of the instance (week_price.tbl gives names and defaults).
 * The file format is described in doc/plan-format.md.
 *
 * Linked visits (two carers, or one after the other) get their starts fixed when the first
 * of the two is placed: no circle of waiting can arise, and a change in one round never
 * moves another.
 *
 * Memory:  the arena given.  Threads: one per search.
 */
#ifndef SOLVE_WEEK_H
#define SOLVE_WEEK_H

#include "solve/fault.h"

#define WEEK_DAYS       7
#define WEEK_ROUND_MAX  24 /* visits of one round */
#define WEEK_CARERS_MAX 2000
#define WEEK_PEOPLE_MAX 12000
#define WEEK_VISITS_MAX 60000

enum week_mode { WEEK_CAR, WEEK_BIKE, WEEK_FOOT, WEEK_BUS, WEEK_MODES };

enum week_rule { /* what can forbid a visit in a round; week_law.c has names and articles */
		 WEEK_SKILL,
		 WEEK_REFUSED,
		 WEEK_OPERATOR,
		 WEEK_ABSENT,
		 WEEK_SAME_CARER, /* the other half of a linked pair is the same carer's */
		 WEEK_WINDOW,
		 WEEK_DAY_END,
		 WEEK_DAY_MAX,
		 WEEK_AMPLITUDE,
		 WEEK_PAUSE,
		 WEEK_BREAKS,
		 WEEK_BREAK_TOTAL,
		 WEEK_REST,
		 WEEK_WEEK_MAX,
		 WEEK_EXTRA,
		 WEEK_RUN_DAYS,
		 WEEK_FULL, /* WEEK_ROUND_MAX */
		 WEEK_RULES
};

enum week_agreement {
	WEEK_CODE,
	WEEK_2941,
	WEEK_3127,
	WEEK_3239,
	WEEK_FREE,
	WEEK_AGREEMENTS
};

struct week_law { /* limits of one agreement; -1: no such rule */
	int limit[WEEK_RULES];
	const char *article[WEEK_RULES];
	int wait_paid; /* a wait up to this is work */
	int pause;     /* a gap from this on is a pause */
};
const struct week_law *week_law_of(enum week_agreement g);
const char *week_rule_name(enum week_rule r);
const char *week_agreement_name(enum week_agreement g);

enum week_price {
#define P(name, value, why) PRICE_##name,
#include "solve/week_price.tbl"
#undef P
	WEEK_PRICES
};

struct week_carer {
	str id;
	int op, mode;
	int32_t place;
	uint32_t skills;
	int contract;                       /* minutes a week */
	int from[WEEK_DAYS], to[WEEK_DAYS]; /* to 0: absent that day */
};
struct week_person {
	str id;
	int op;
	int32_t place;
	bool relay; /* agreed to be helped by another operator */
};
struct week_visit {
	str id;
	int person, day, minutes;
	int from, to;   /* window of the start */
	int at;         /* hour wished */
	uint32_t skill; /* one bit */
	int critical;   /* 0 comfort .. 3 vital */
	int link;       /* the other visit of a pair, or -1 */
	int lo, hi;     /* start of the second minus start of the first, for the first */
	bool second;
	int pin;         /* carer that must do it (told or begun), or -1 */
	int ref, ref_at; /* carer and start in the plan being repaired; -1: none */
	bool heavy;
};

struct week {
	int n_ops, n_carers, n_people, n_visits, n_places;
	str *op;
	enum week_agreement *agreement; /* by operator */
	struct week_carer *carer;
	struct week_person *person;
	struct week_visit *visit;
	uint8_t *tie;   /* person * n_carers + carer: TIE_ bits */
	int32_t *x, *y; /* metres of each place, plane */
	uint16_t *way;  /* n_places^2, tens of metres of road */
	int first_weekday;
	int64_t price[WEEK_PRICES];
};

enum { TIE_KNOWN = 1, TIE_LIKED = 2, TIE_REFUSED = 4 };
enum { WEEK_ALONE = -1 };

MUST_USE enum err week_read(struct arena *a, str text, struct week *ret,
			    struct plan_fault *f);

/* Minutes from place a to place b (estimate: 1.3 times the line; 5 min + 35 km/h by car, 14
 * by bike, 4.5 on foot, 5 minutes more than by bike in transit). */
int week_minutes(const struct week *w, int mode, int32_t a, int32_t b);

/* The sum of a round, and by how much it breaks each rule (minutes or units). */
struct week_round {
	int n;
	int visit[WEEK_ROUND_MAX];
	int start[WEEK_ROUND_MAX];
	int early[WEEK_ROUND_MAX], late[WEEK_ROUND_MAX];
	int work, travel, way, amplitude, breaks, first, last, evenings, heavy;
	int64_t cost;
};

struct week_plan {
	struct week_round *round; /* carer * WEEK_DAYS + day */
	int *carer;               /* by visit, -1: unassigned */
	int *start;
	int unassigned;
	int64_t cost;
};

/* Times, sums and cost of a round whose visits are set; `over` (WEEK_RULES) gets what is
 * beyond each rule of the day, or NULL.  True when no hard rule of the day is broken.
 * `ready` and `due` by visit: the windows in force (linked visits are narrower). */
bool week_round_eval(const struct week *w, int carer, int day, struct week_round *r,
		     const int *ready, const int *due, int *over);

/* Fills p->round, unassigned from p->carer and p->start. */
void week_plan_rounds(struct arena *a, const struct week *w, struct week_plan *p);

struct week_search; /* opaque */
struct week_search *week_search_new(struct arena *a, const struct week *w, uint64_t seed);
/* Takes over a plan (visit -> carer, start) as far as the rules allow; for repair. */
void week_search_load(struct week_search *s, struct arena *a, const int *carer,
		      const int *start);
void week_search_fill(struct week_search *s); /* the first plan, by greedy insertion */
void week_search_run(struct week_search *s, int64_t steps, uint32_t progress);
/* A search that starts from a plan told to people: visits keep their carer and hour (to 15
 * minutes) unless a change, which has its price, is needed; the rest is filled in.  Writes
 * ref and ref_at of the visits of `w`. */
struct week_search *week_repair_new(struct arena *a, struct week *w, const int *carer,
				    const int *start, uint64_t seed);
int64_t week_search_cost(const struct week_search *s);
void week_search_best(struct week_search *s, struct arena *a, struct week_plan *ret);

/* Plan files: the JSON of doc/plan-format.md. */
str week_write(struct arena *a, const struct week *w, const struct week_plan *p,
	       bool with_reasons);
MUST_USE enum err week_plan_read(struct arena *a, const struct week *w, str text,
				 int *ret_carer, int *ret_start, struct plan_fault *f);

/* Every hard rule, from the plan alone: OK, or ERR_RULE with the first reason. */
MUST_USE enum err week_check(struct arena *a, const struct week *w, const int *carer,
			     const int *start, struct plan_fault *f);

/* Applies an event (JSON: {"absent":"c1","days":[1,2]} or {"late":"c1","day":2,"from":600}) to the instance; the visits that it frees lose their carer in `carer`. */
MUST_USE enum err week_event(struct arena *a, struct week *w, str text, int *carer,
			     const int *start, struct plan_fault *f);

/* Why carer c does not do visit v in plan p: the rules broken at the best place, and by how
 * much each.  All zero: it fits. */
struct week_reason {
	int carer;
	bool fits;
	int over[WEEK_RULES];
	int64_t price; /* when it fits: what it would cost more */
};
struct week_reason week_explain(struct arena *a, const struct week *w,
				const struct week_plan *p, int visit, int carer);

/* The reasons for visit v, every carer, the cheapest to bend first, as JSON. */
void week_write_reasons(struct arena *a, const struct week *w, const struct week_plan *p,
			int v, struct buf *b);

int week_find_visit(const struct week *w, str id); /* -1: unknown */
int week_find_carer(const struct week *w, str id);

/* A made-up week on real communes (CSV with insee, population, lon, lat): `carers` carers of
 * four operators, about `visits` visits. */
MUST_USE enum err week_make(struct arena *a, str communes, int carers, int visits,
			    uint64_t seed, struct buf *out, struct plan_fault *f);

#endif
