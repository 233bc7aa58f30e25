/* hours.h - may this carer lawfully take this visit, given the work around it?
 *
 * The law looks at a day, the rest on both sides of it, the week, the fortnight, the month
 * and twelve weeks.  All that is summed up once per carer and day in a `struct day_book`, so
 * that a candidate visit costs only the length of the day to check.  Every breach names its
 * rule, the value it would reach, the limit, and through labour_rule() the article.
 *
 * Working-time law protects employees; an independent is only checked for being in two places
 * at once and for the travel between them.
 *
 * Simplifications, all towards less work: a stay over midnight counts on its first day; the
 * twelve weeks are the week of the visit and the eleven before; the fortnights are pairs of
 * ISO weeks counted from Monday 5 January 1970.
 *
 * Pure.  Memory: day_book_make() fills the caller's arena.  Threads: any.
 */
#ifndef DOMAIN_LABOUR_HOURS_H
#define DOMAIN_LABOUR_HOURS_H

#include "domain/labour/day.h"

enum hours_rule {
	HOURS_OVERLAP, /* in two homes at once: no law needed */
	HOURS_TRAVEL,  /* the way cannot be done in the time */
	HOURS_DAY,
	HOURS_AMPLITUDE,
	HOURS_REST,
	HOURS_PAUSE,
	HOURS_MEAL,
	HOURS_BREAKS,
	HOURS_BREAK_TOTAL,
	HOURS_BREAK_LONG,
	HOURS_WEEK,
	HOURS_MEAN,
	HOURS_EXTRA, /* extra hours of a part-time contract */
	HOURS_RUN,   /* days in a row */
	HOURS_WEEK_REST,
	HOURS_FORTNIGHT,
	HOURS_PAIR,
	HOURS_SUNDAY,  /* one in two */
	HOURS_SUNDAYS, /* of the month */
	HOURS_RULE_COUNT
};

struct breach {
	enum hours_rule rule;
	int64_t value, limit;
};

struct breaches {
	struct breach v[HOURS_RULE_COUNT];
	int n;
};

/* What of a carer's contract the law needs. */
struct worker {
	enum carer_status status;
	enum travel_mode travel_mode;
	int64_t week_min; /* contract; 0: unknown, then extra hours are not judged */
};

/* Work around one local day. */
struct day_book {
	day on;
	struct stay v[DAY_STAYS_MAX]; /* of that day, sorted */
	size_t n;
	ts before_until;  /* end of the last work before that day; TS_NONE: none known */
	ts after_from;    /* start of the first work after it; TS_NONE: none known */
	int64_t week_min; /* work of the ISO week, that day excluded */
	int64_t past_min; /* work of the eleven weeks before */
	int64_t rest_else_min; /* longest rest of the week away from that day */
	uint32_t worked;       /* bit i: day on-13+i is worked, i in 0..26 */
	int wide_days; /* of the month, that day excluded: amplitude over the normal */
	int broken_days; /* of the fortnight, that day excluded: interruptions over the total */
	int sundays;     /* worked in the month, that day excluded */
};

/* Sums up `v` (any order, any days; those that matter lie from 84 days before `on` to 27
 * after).  A day of more than DAY_STAYS_MAX stays keeps the first ones.
 * The book is written into *ret; nothing else is kept. */
void day_book_make(struct arena *a, const struct labour_rules *r, const struct worker *w,
		   const struct stay *v, size_t n, day on, struct day_book *ret);

/* Would the day with `s` added break a rule?  `exceptional`: an exceptional need (a failure
 * being repaired) may use the derogations of the agreement, which are counted.  Breaches go
 * to *ret (NULL: stop at the first).  True: no breach.  `s->on` must be the book's day. */
bool hours_allow(const struct labour_rules *r, const struct worker *w,
		 const struct day_book *b, const struct stay *s, bool exceptional,
		 struct breaches *ret);

/* Work that the visit adds to the day, travel included; the sheet with it in *ret_sheet
 * (NULL allowed). */
int hours_added(const struct labour_rules *r, const struct worker *w,
		const struct day_book *b, const struct stay *s,
		struct day_sheet *ret_sheet);

/* Takes the visit into the book's own day (capacity DAY_STAYS_MAX: false when full). */
bool day_book_add(struct day_book *b, const struct stay *s);

/* Which dated value a rule rests on; false for overlap and travel, which need none. */
bool hours_rule_key(enum hours_rule rule, enum labour_key *ret);
const char *hours_rule_name(enum hours_rule rule); /* "hours.day", a message key */

#endif
