/* rrule.h - recurrences of RFC 5545 over civil days, and their instants in a zone.
 *
 * A rule is iterated over days, because a need is said in days ("chaque mardi"); the local
 * hours stand beside it.  "At 9 and at 18" is two series with one rule: COUNT and BYSETPOS
 * count days, exactly as two VEVENTs with the same RRULE would.
 *
 * As the RFC: missing parts come from DTSTART; COUNT counts before EXDATE and holidays are
 * taken away; UNTIL is inclusive; a day that a month has not is skipped, never moved.
 * DTSTART is an occurrence only if the rule says so (the RFC leaves that case open).
 * BYSETPOS counts in the whole period, also in the one where DTSTART lies.
 *
 * Refused as the RFC does: ordinals in BYDAY unless MONTHLY or YEARLY, BYMONTHDAY with
 * WEEKLY, BYSETPOS alone, UNTIL with COUNT.  Not done here: frequencies below a day,
 * BYHOUR and smaller, BYWEEKNO, BYYEARDAY.
 *
 * Memory:  rules are plain values; only texts and expansions take an arena.
 * Threads: no hidden state.
 */
#ifndef BASE_RRULE_H
#define BASE_RRULE_H

#include "base/time.h"
#include "base/zone.h"

#define RRULE_TEXT_MAX     500
#define RRULE_INTERVAL_MAX 1000
#define RRULE_COUNT_MAX    10000
#define RRULE_BYDAY_MAX    32
#define RRULE_SETPOS_MAX   16
#define RECUR_HOURS_MAX    12
#define RECUR_EXDATES_MAX  1000

enum rrule_freq { RRULE_DAILY, RRULE_WEEKLY, RRULE_MONTHLY, RRULE_YEARLY };

struct rrule_nth { /* "-1SU": the last Sunday */
	int8_t ord;
	int8_t weekday; /* ISO, 1 Monday */
};

/* A rule; the zero value is "every day" except interval, wkst and until: use rrule_parse()
 * or rrule_daily(). */
struct rrule {
	enum rrule_freq freq;
	int interval; /* 1.. */
	int count;    /* 0: none */
	day until;    /* DAY_NONE: none */
	int until_s; /* second of that day; -1 when UNTIL is a day, which then counts whole */
	bool until_utc;                        /* UNTIL ended with Z */
	int wkst;                              /* 1 Monday */
	uint16_t months;                       /* bits 1..12; 0: all */
	uint8_t weekdays;                      /* bits 1..7, those without ordinal */
	uint32_t mdays, mdays_back;            /* bits 1..31: day n, and n-th last day */
	struct rrule_nth nth[RRULE_BYDAY_MAX]; /* ascending by weekday, ordinal */
	size_t n_nth;
	int16_t setpos[RRULE_SETPOS_MAX]; /* ascending, distinct */
	size_t n_setpos;
};

struct rrule rrule_daily(void);

/* "FREQ=WEEKLY;BYDAY=MO,TH", without "RRULE:"; parts in any order, letters of either case.
 *   ERR_LIMIT        longer than RRULE_TEXT_MAX, or a number or list beyond its limit;
 *   ERR_SYNTAX       not a rule, a part twice, an unknown part;
 *   ERR_INPUT        forbidden by the RFC, or a date that does not exist;
 *   ERR_UNSUPPORTED  a part or frequency that Vigie does not use. */
MUST_USE enum err rrule_parse(str s, struct rrule *ret);

/* The canonical text: fixed order, defaults left out, lists sorted.  Parsing it gives the
 * same rule. */
str rrule_text(struct arena *a, const struct rrule *r);

/* Walks the days of a rule in order. */
struct rrule_iter {
	struct rrule rule; /* with what DTSTART completes */
	day from, last;    /* last: no day after it is given */
	int64_t period;    /* number of the current period since the one of DTSTART */
	int32_t set[366];
	size_t n, at;
	int given; /* days given so far, for COUNT */
	int empty; /* periods without a day in a row: an impossible rule ends */
	bool done;
};

/* Starts at DTSTART `from`.  `last` bounds the walk (DAY_NONE: the end of 9999). */
struct rrule_iter rrule_start(const struct rrule *r, day from, day last);

/* Skips to the first occurrence on or after `d`; no cost for the years between, unless the
 * rule has a COUNT (then at most RRULE_COUNT_MAX steps).  Only forward. */
void rrule_seek(struct rrule_iter *it, day d);

/* The next day of the rule; false at the end.  A rule that can never happen again ends
 * after one cycle of the calendar (400 years), in well under a second. */
bool rrule_next(struct rrule_iter *it, day *ret);

/* A day of a series taken out; `min` -1 takes all its hours. */
struct exdate {
	day day;
	int min;
};

/* A series: rule, first day, local hours, exceptions. */
struct recurrence {
	struct rrule rule;
	day from; /* DTSTART */
	int hours[RECUR_HOURS_MAX];
	size_t n_hours;
	const struct exdate *exdates;
	size_t n_exdates;
	bool no_holidays; /* no visit on the days of the set passed to the expansion */
};

struct days { /* ascending, distinct */
	day *v;
	size_t n, cap;
};
bool days_have(const struct days *d, day x); /* NULL is the empty set */

struct occurrence {
	day day; /* with `min` the RECURRENCE-ID: what was promised, whatever the clocks do */
	int min;
	ts start;
};
struct occurrences {
	struct occurrence *v;
	size_t n, cap;
};

/*   ERR_LIMIT  more hours or exceptions than the limits;
 *   ERR_INPUT  no hour, hours not ascending and distinct within 0..1439, or not one
 *              occurrence, ever (before exceptions). */
MUST_USE enum err recurrence_check(const struct recurrence *r);

/* The occurrences that start within `range`, by instant; `holidays` may be NULL.  `r` must
 * have passed recurrence_check().   ERR_LIMIT: more than `max`. */
MUST_USE enum err recurrence_expand(struct arena *a, const struct recurrence *r,
				    const struct zone *z, const struct days *holidays,
				    struct span range, size_t max, struct occurrences *ret);

#endif
