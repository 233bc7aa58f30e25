/* plan_fuzz.c - instances of rounds from outside.  Laws: what a reader accepts can be searched
 * at once, and the plan passes the checker; what it refuses has a reason.
 */
#include "fuzz.h"
#include "solve/solomon.h"

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

void fuzz_one(struct arena *a, str input)
{
	if (input.n < 20000)
		rounds(a, input);
}
