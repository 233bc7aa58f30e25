#include "solve/vrptw.h"

static enum err check_route(const struct vrptw *p, const struct vrptw_plan *plan, int r,
			    uint8_t *seen, struct arena *a, int64_t *cost,
			    struct plan_fault *f)
{
	int64_t load = 0, t = p->ready[0];
	int from = 0;
	for (int k = plan->first[r]; k <= plan->first[r + 1]; k++) {
		int c = k < plan->first[r + 1] ? plan->stop[k] : 0;
		int32_t d = p->dist[(size_t)from * (size_t)p->n + (size_t)c];
		*cost += d;
		t = t + d < p->ready[c] ? p->ready[c] : t + d;
		if (t > p->due[c])
			return plan_fault_set(a, f, ERR_RULE, 0, "route %d: late at %d",
					      r + 1, c);
		t += p->service[c];
		load += p->demand[c];
		if (c && seen[c]++)
			return plan_fault_set(a, f, ERR_RULE, 0, "customer %d served twice",
					      c);
		from = c;
	}
	if (load > p->capacity)
		return plan_fault_set(a, f, ERR_RULE, 0, "route %d: over capacity", r + 1);
	return OK;
}

enum err vrptw_check(const struct vrptw *p, const struct vrptw_plan *plan, struct arena *a,
		     struct plan_fault *f)
{
	uint8_t *seen = ARENA_ARRAY(a, uint8_t, (size_t)p->n);
	int64_t cost = 0;
	if (plan->routes > p->vehicles)
		return plan_fault_set(a, f, ERR_RULE, 0, "%d routes, %d vehicles",
				      plan->routes, p->vehicles);
	for (int r = 0; r < plan->routes; r++)
		TRY(check_route(p, plan, r, seen, a, &cost, f));
	int left = 0;
	for (int c = 1; c < p->n; c++)
		left += !seen[c];
	if (left != plan->left)
		return plan_fault_set(a, f, ERR_RULE, 0, "%d customers not served", left);
	if (cost != plan->cost)
		return plan_fault_set(a, f, ERR_RULE, 0,
				      "cost is not the sum of distances");
	return OK;
}
