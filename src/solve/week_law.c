/* The law of working time as the planner needs it: a row for each agreement.  The values and
 * articles are those of domain/labour/rules.tbl, written again because this library stands
 * alone.  Nothing compares the two yet: change both. */
#include "solve/week.h"

#define NO -1

static const struct week_law laws[WEEK_AGREEMENTS] = {
	[WEEK_CODE] = {
		.limit = { [WEEK_DAY_MAX] = 600, [WEEK_AMPLITUDE] = 780, [WEEK_PAUSE] = 360,
			   [WEEK_BREAKS] = NO, [WEEK_BREAK_TOTAL] = NO, [WEEK_REST] = 660,
			   [WEEK_WEEK_MAX] = 2880, [WEEK_EXTRA] = 1000, [WEEK_RUN_DAYS] = 6 },
		.article = { [WEEK_DAY_MAX] = "code du travail L3121-18",
			     [WEEK_AMPLITUDE] = "code du travail L3131-1",
			     [WEEK_PAUSE] = "code du travail L3121-16",
			     [WEEK_REST] = "code du travail L3131-1",
			     [WEEK_WEEK_MAX] = "code du travail L3121-20",
			     [WEEK_EXTRA] = "code du travail L3123-28",
			     [WEEK_RUN_DAYS] = "code du travail L3132-1" },
		.wait_paid = 15, .pause = 20,
	},
	[WEEK_2941] = {
		.limit = { [WEEK_DAY_MAX] = 600, [WEEK_AMPLITUDE] = 720, [WEEK_PAUSE] = 360,
			   [WEEK_BREAKS] = 3, [WEEK_BREAK_TOTAL] = 300, [WEEK_REST] = 660,
			   [WEEK_WEEK_MAX] = 2880, [WEEK_EXTRA] = 3333, [WEEK_RUN_DAYS] = 6 },
		.article = { [WEEK_DAY_MAX] = "IDCC 2941 V.5", [WEEK_AMPLITUDE] = "IDCC 2941 V.7",
			     [WEEK_PAUSE] = "IDCC 2941 V.12.3", [WEEK_BREAKS] = "IDCC 2941 V.13",
			     [WEEK_BREAK_TOTAL] = "IDCC 2941 V.13",
			     [WEEK_REST] = "IDCC 2941 V.12.1",
			     [WEEK_WEEK_MAX] = "IDCC 2941 V.6", [WEEK_EXTRA] = "IDCC 2941 V.41",
			     [WEEK_RUN_DAYS] = "IDCC 2941 V.12.2" },
		.wait_paid = 15, .pause = 20,
	},
	[WEEK_3127] = {
		.limit = { [WEEK_DAY_MAX] = 600, [WEEK_AMPLITUDE] = 780, [WEEK_PAUSE] = 360,
			   [WEEK_BREAKS] = 4, [WEEK_BREAK_TOTAL] = NO, [WEEK_REST] = 660,
			   [WEEK_WEEK_MAX] = 2880, [WEEK_EXTRA] = 3333, [WEEK_RUN_DAYS] = 6 },
		.article = { [WEEK_DAY_MAX] = "IDCC 3127 2-II-2 h",
			     [WEEK_AMPLITUDE] = "IDCC 3127 2-II-2 h",
			     [WEEK_PAUSE] = "code du travail L3121-16",
			     [WEEK_BREAKS] = "IDCC 3127 2-II-2 f",
			     [WEEK_REST] = "code du travail L3131-1",
			     [WEEK_WEEK_MAX] = "IDCC 3127 2-II-2 h",
			     [WEEK_EXTRA] = "code du travail L3123-20",
			     [WEEK_RUN_DAYS] = "code du travail L3132-1" },
		.wait_paid = 15, .pause = 20,
	},
	[WEEK_3239] = {
		.limit = { [WEEK_DAY_MAX] = NO, [WEEK_AMPLITUDE] = NO, [WEEK_PAUSE] = NO,
			   [WEEK_BREAKS] = NO, [WEEK_BREAK_TOTAL] = NO, [WEEK_REST] = 660,
			   [WEEK_WEEK_MAX] = 3000, [WEEK_EXTRA] = NO, [WEEK_RUN_DAYS] = 6 },
		.article = { [WEEK_REST] = "proposition, comme L3131-1",
			     [WEEK_WEEK_MAX] = "IDCC 3239 art. 134",
			     [WEEK_RUN_DAYS] = "IDCC 3239 art. 46" },
		.wait_paid = 15, .pause = 20,
	},
	/* An independent has no limit of law: only the hours opened by herself count. */
	[WEEK_FREE] = {
		.limit = { [WEEK_DAY_MAX] = NO, [WEEK_AMPLITUDE] = NO, [WEEK_PAUSE] = NO,
			   [WEEK_BREAKS] = NO, [WEEK_BREAK_TOTAL] = NO, [WEEK_REST] = NO,
			   [WEEK_WEEK_MAX] = NO, [WEEK_EXTRA] = NO, [WEEK_RUN_DAYS] = NO },
		.wait_paid = 0, .pause = 20,
	},
};

const struct week_law *week_law_of(enum week_agreement g)
{
	return &laws[g];
}

const char *week_rule_name(enum week_rule r)
{
	static const char *const names[WEEK_RULES] = {
		[WEEK_SKILL] = "qualification",
		[WEEK_REFUSED] = "refused",
		[WEEK_OPERATOR] = "operator",
		[WEEK_ABSENT] = "absent",
		[WEEK_SAME_CARER] = "same_carer",
		[WEEK_WINDOW] = "window",
		[WEEK_DAY_END] = "day_end",
		[WEEK_DAY_MAX] = "day_max",
		[WEEK_AMPLITUDE] = "amplitude",
		[WEEK_PAUSE] = "pause",
		[WEEK_BREAKS] = "breaks",
		[WEEK_BREAK_TOTAL] = "break_total",
		[WEEK_REST] = "rest",
		[WEEK_WEEK_MAX] = "week_max",
		[WEEK_EXTRA] = "extra_hours",
		[WEEK_RUN_DAYS] = "run_days",
		[WEEK_FULL] = "round_full",
	};
	return names[r];
}

const char *week_agreement_name(enum week_agreement g)
{
	static const char *const names[WEEK_AGREEMENTS] = { "code", "2941", "3127", "3239",
							    "independent" };
	return names[g];
}
