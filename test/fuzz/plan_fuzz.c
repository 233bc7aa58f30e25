/* plan_fuzz.c - instances of rounds from outside.  Laws: what a reader accepts can be searched
 * at once, and the plan passes the checker; what it refuses has a reason.
 */
#include "fuzz.h"
#include "solve/care.h"
#include "solve/solomon.h"
#include "solve/week.h"

static void rounds(struct arena *a, str input)
{
	struct vrptw p;
	struct plan_fault f = { 0 };
	if (solomon_read(a, input, &p, &f) != OK) {
		ASSERT(f.reason.n > 0);
		return;
	}
	struct vrptw_search *s = vrptw_search_new(a, &p, 1);
	vrptw_search_run(s, 20, 30000);
	struct vrptw_plan plan;
	vrptw_search_best(s, a, &plan);
	ASSERT(vrptw_check(&p, &plan, a, &f) == OK);
}

static void one_day(struct arena *a, str input)
{
	struct care p;
	struct plan_fault f = { 0 };
	if (care_read(a, input, &p, &f) != OK) {
		ASSERT(f.reason.n > 0);
		return;
	}
	struct care_search *s = care_search_new(a, &p, 1);
	care_search_run(s, 10, 30000);
	struct care_plan plan;
	care_search_best(s, a, &plan);
	ASSERT(care_check(a, &p, &plan, &f) == OK);
}

static void week(struct arena *a, str input)
{
	struct week w;
	struct plan_fault f = { 0 };
	if (week_read(a, input, &w, &f) != OK) {
		ASSERT(f.reason.n > 0);
		return;
	}
	struct week_search *s = week_search_new(a, &w, 1);
	week_search_fill(s);
	week_search_run(s, 10, 30000);
	struct week_plan plan;
	week_search_best(s, a, &plan);
	ASSERT(week_check(a, &w, plan.carer, plan.start, &f) == OK);
}

void fuzz_one(struct arena *a, str input)
{
	if (input.n > 20000)
		return;
	rounds(a, input);
	one_day(a, input);
	week(a, input);
}
