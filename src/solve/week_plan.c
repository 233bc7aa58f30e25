/* A plan seen from outside the search: its rounds, its check, its reasons. */
#include "solve/week_in.h"

void week_plan_rounds(struct arena *a, const struct week *w, struct week_plan *p)
{
	p->round = ARENA_ARRAY(a, struct week_round, (size_t)w->n_carers * WEEK_DAYS);
	p->unassigned = 0;
	int *ready = arena_copy(a, p->start, (size_t)w->n_visits * sizeof(int));
	for (int v = 0; v < w->n_visits; v++) {
		if (p->carer[v] < 0) {
			p->unassigned++;
			continue;
		}
		struct week_round *r = &p->round[p->carer[v] * WEEK_DAYS + w->visit[v].day];
		if (r->n == WEEK_ROUND_MAX) {
			p->carer[v] = -1;
			p->unassigned++;
			continue;
		}
		int i = r->n++;
		for (; i > 0 && p->start[r->visit[i - 1]] > p->start[v]; i--)
			r->visit[i] = r->visit[i - 1];
		r->visit[i] = v;
	}
	for (int r = 0; r < w->n_carers * WEEK_DAYS; r++) {
		int over[WEEK_RULES] = { 0 };
		week_round_eval(w, r / WEEK_DAYS, r % WEEK_DAYS, &p->round[r], ready, ready,
				over);
	}
}

/* ---- check ----------------------------------------------------------------------- */

static enum err visit_check(struct arena *a, const struct week *w, const int *carer,
			    const int *start, int v, struct plan_fault *f)
{
	const struct week_visit *x = &w->visit[v];
	enum week_rule rule = week_static(w, x, carer[v]);
	if (rule == WEEK_RULES && (start[v] < x->from || start[v] > x->to))
		rule = WEEK_WINDOW;
	if (rule == WEEK_RULES && x->link >= 0 && carer[x->link] == carer[v])
		rule = WEEK_SAME_CARER;
	if (rule != WEEK_RULES)
		return plan_fault_set(a, f, ERR_RULE, 0, "visit %.*s: %s", STR(x->id),
				      week_rule_name(rule));
	if (x->link < 0)
		return OK;
	int apart = x->second ? start[v] - start[x->link] : start[x->link] - start[v];
	if (carer[x->link] < 0 || apart < x->lo || apart > x->hi)
		return plan_fault_set(a, f, ERR_RULE, 0, "visit %.*s: its other half",
				      STR(x->id));
	return OK;
}

static enum err carer_check(struct arena *a, const struct week *w,
			    const struct week_plan *p, const struct week_search *s,
			    const int *start, int c, struct plan_fault *f)
{
	for (int wday = 0; wday < WEEK_DAYS; wday++) {
		int over[WEEK_RULES] = { 0 };
		struct week_round r = p->round[c * WEEK_DAYS + wday];
		bool ok = week_round_eval(w, c, wday, &r, start, start, over);
		ok = week_fits(s, c, wday, &r, over) && ok;
		for (int k = 0; k < WEEK_RULES; k++)
			if (!ok && over[k])
				return plan_fault_set(
					a, f, ERR_RULE, 0, "carer %.*s, day %d: %s by %d",
					STR(w->carer[c].id), wday + 1,
					week_rule_name((enum week_rule)k), over[k]);
	}
	return OK;
}

/* A search whose rounds are those of a plan, enough for week_fits(). */
static struct week_search *standing(struct arena *a, const struct week *w,
				    const struct week_plan *p)
{
	struct week_search *s = ARENA_NEW(a, struct week_search);
	s->w = w;
	s->round = p->round;
	s->total = ARENA_ARRAY(a, struct total, (size_t)w->n_carers);
	for (int r = 0; r < w->n_carers * WEEK_DAYS; r++) {
		struct total *t = &s->total[r / WEEK_DAYS];
		t->work += p->round[r].work;
		t->days += p->round[r].n > 0;
		t->evenings += p->round[r].evenings;
		t->heavy += p->round[r].heavy;
	}
	return s;
}

enum err week_check(struct arena *a, const struct week *w, const int *carer,
		    const int *start, struct plan_fault *f)
{
	struct week_plan p = { 0 };
	p.carer = arena_copy(a, carer, (size_t)w->n_visits * sizeof(int));
	p.start = arena_copy(a, start, (size_t)w->n_visits * sizeof(int));
	for (int v = 0; v < w->n_visits; v++)
		if (carer[v] >= 0)
			TRY(visit_check(a, w, carer, start, v, f));
	week_plan_rounds(a, w, &p);
	const struct week_search *s = standing(a, w, &p);
	for (int c = 0; c < w->n_carers; c++)
		TRY(carer_check(a, w, &p, s, start, c, f));
	return OK;
}

/* ---- reasons --------------------------------------------------------------------- */

static int sum_of(const int *over)
{
	int sum = 0;
	for (int k = 0; k < WEEK_RULES; k++)
		sum += over[k];
	return sum;
}

/* Windows in force for a reason: everybody else stays at the hour told or moves within the
 * window; linked visits stay. */
static void windows(const struct week *w, const struct week_plan *p, int v, int *ready,
		    int *due)
{
	for (int u = 0; u < w->n_visits; u++) {
		const struct week_visit *x = &w->visit[u];
		bool fixed = x->link >= 0 && p->carer[u] >= 0 && u != v;
		ready[u] = fixed ? p->start[u] : x->from;
		due[u] = fixed ? p->start[u] : x->to;
	}
	const struct week_visit *x = &w->visit[v];
	if (x->link >= 0 && p->carer[x->link] >= 0) {
		int t = p->start[x->link];
		ready[v] = x->second ? t + x->lo : t - x->hi;
		due[v] = x->second ? t + x->hi : t - x->lo;
	}
}

struct week_reason week_explain(struct arena *a, const struct week *w,
				const struct week_plan *p, int visit, int carer)
{
	struct week_reason best = { .carer = carer };
	const struct week_visit *x = &w->visit[visit];
	enum week_rule rule = week_static(w, x, carer);
	if (rule == WEEK_RULES && x->link >= 0 && p->carer[x->link] == carer)
		rule = WEEK_SAME_CARER;
	const struct week_round *r = &p->round[carer * WEEK_DAYS + x->day];
	if (rule == WEEK_RULES && r->n == WEEK_ROUND_MAX)
		rule = WEEK_FULL;
	if (rule != WEEK_RULES) {
		best.over[rule] = 1;
		return best;
	}
	struct arena_mark mark = arena_mark(a);
	int *ready = ARENA_ARRAY(a, int, (size_t)w->n_visits);
	int *due = ARENA_ARRAY(a, int, (size_t)w->n_visits);
	windows(w, p, visit, ready, due);
	const struct week_search *s = standing(a, w, p);
	int least = INT32_MAX;
	for (int at = 0; at <= r->n; at++) {
		struct week_round new = { .n = r->n + 1 };
		for (int i = 0; i < new.n; i++)
			new.visit[i] = i < at    ? r->visit[i]
				       : i == at ? visit
						 : r->visit[i - 1];
		int over[WEEK_RULES] = { 0 };
		week_round_eval(w, carer, x->day, &new, ready, due, over);
		week_fits(s, carer, x->day, &new, over);
		int64_t price = new.cost - r->cost + week_tie_cost(w, x, carer);
		int sum = sum_of(over);
		if (sum < least || (sum == 0 && price < best.price)) {
			least = sum;
			best.fits = sum == 0;
			best.price = price;
			memcpy(best.over, over, sizeof over);
		}
	}
	arena_reset(a, mark);
	return best;
}

/* ---- loading a plan into a search -------------------------------------------------- */

void week_search_load(struct week_search *s, struct arena *a, const int *carer,
		      const int *start)
{
	const struct week *w = s->w;
	struct week_plan p = { 0 };
	struct arena_mark mark = arena_mark(a);
	p.carer = arena_copy(a, carer, (size_t)w->n_visits * sizeof(int));
	p.start = arena_copy(a, start, (size_t)w->n_visits * sizeof(int));
	week_plan_rounds(a, w, &p);
	for (int r = 0; r < w->n_carers * WEEK_DAYS; r++)
		for (int i = 0; i < p.round[r].n; i++)
			week_append(s, p.round[r].visit[i], r / WEEK_DAYS,
				    start[p.round[r].visit[i]]);
	arena_reset(a, mark);
	for (int v = 0; v < w->n_visits; v++) {
		int u = w->visit[v].link;
		if (u >= 0 && (s->carer[v] < 0) != (s->carer[u] < 0)) {
			week_begin(s);
			week_take(s, v);
		}
	}
	week_keep(s);
}

struct week_search *week_repair_new(struct arena *a, struct week *w, const int *carer,
				    const int *start, uint64_t seed)
{
	for (int v = 0; v < w->n_visits; v++) {
		struct week_visit *x = &w->visit[v];
		if (carer[v] < 0)
			continue;
		x->ref = carer[v];
		x->ref_at = start[v];
		int slack = x->link >= 0 ? 0 : 15;
		x->from = x->from > start[v] - slack ? x->from : start[v] - slack;
		x->to = x->to < start[v] + slack ? x->to : start[v] + slack;
	}
	struct week_search *s = week_search_new(a, w, seed);
	week_search_load(s, a, carer, start);
	week_search_fill(s);
	return s;
}
