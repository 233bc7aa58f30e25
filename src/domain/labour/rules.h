/* rules.h - the dated legal and agreed values of working time, as data (rules.tbl).
 *
 * A value depends on the agreement of the employer (IDCC) and on the day.  Each carries the
 * article that says it and whether it is law (statute or extended agreement) or only a
 * proposal of Vigie.  Every refusal that follows from a value can therefore cite its source.
 *
 * Pure.  Memory: constant tables.  Threads: any.
 */
#ifndef DOMAIN_LABOUR_RULES_H
#define DOMAIN_LABOUR_RULES_H

#include "base/base.h"
#include "domain/enums_gen.h"

enum labour_key {
	LABOUR_day_max_min,         /* effective work in a day */
	LABOUR_week_max_min,        /* ... in a week */
	LABOUR_mean_max_min,        /* ... a week, mean of any 12 weeks */
	LABOUR_amplitude_min,       /* from the first start to the last end of a day */
	LABOUR_amplitude_wide_min,  /* ... for an exceptional need */
	LABOUR_amplitude_wide_days, /* days a month that may be so wide */
	LABOUR_rest_min,            /* between two days */
	LABOUR_run_max_days,        /* days of work in a row */
	LABOUR_week_rest_min,       /* once in each week */
	LABOUR_off_fortnight_days,  /* days off in two weeks */
	LABOUR_off_pair,            /* of which two consecutive, one a Sunday */
	LABOUR_sunday_in,           /* at most one Sunday in so many */
	LABOUR_sundays_month,       /* Sundays worked in a month */
	LABOUR_pause_after_min,     /* a pause is due within so much work */
	LABOUR_pause_min,
	LABOUR_meal_min,
	LABOUR_breaks_max,      /* unpaid interruptions of a part-time day */
	LABOUR_break_total_min, /* ... together */
	LABOUR_break_wide_days, /* days a fortnight that may have more */
	LABOUR_break_long_min,  /* an interruption longer than this ... */
	LABOUR_break_long_max,  /* ... happens at most so often */
	LABOUR_wait_paid_min,   /* a wait shorter than this is work */
	LABOUR_rebuilt_travel, /* is travel paid between visits that an interruption parts */
	LABOUR_full_time_min,
	LABOUR_extra_bp,          /* extra hours of part time, share of the contract */
	LABOUR_notice_days,       /* planning is notified so long before */
	LABOUR_notice_short_days, /* ... and may change until then */
	LABOUR_refusals_year,     /* refusals of changes that cost nothing */
	LABOUR_car_cents_100km,
	LABOUR_wheels_cents_100km, /* two motor wheels */
	LABOUR_proof_grace_days,   /* running visits go on so long with an unknown proof */
	LABOUR_KEY_COUNT
};

struct labour_rule {
	int64_t value; /* -1: no such rule for this agreement on that day */
	const char *unit, *article;
	bool is_law;
	day from_on;
};

/* The values of one agreement on one day, for checks made many times. */
struct labour_rules {
	enum idcc idcc;
	day on;
	int64_t v[LABOUR_KEY_COUNT];
};

#define LABOUR(r, key) ((r)->v[LABOUR_##key])

struct labour_rule labour_rule(enum idcc idcc, enum labour_key key, day on);
struct labour_rules labour_rules(enum idcc idcc, day on);
const char *labour_key_name(enum labour_key key);

#endif
