/* vigie plan --format vigie: a week, its check, its reasons, its repair, its invention. */
#include "main/plan.h"

#include "solve/week.h"

#include <stdio.h>
#include <stdlib.h>

#define REPAIR_STEPS 60

static void week_run(void *self, int64_t steps, uint32_t progress)
{
	week_search_run(self, steps, progress);
}

static int64_t week_cost(void *self)
{
	return week_search_cost(self);
}

static void print(str s)
{
	fwrite(s.p, 1, s.n, stdout);
}

static void must_hold(struct arena *a, const struct week *w, const struct week_plan *p)
{
	struct plan_fault f = { 0 };
	if (week_check(a, w, p->carer, p->start, &f) != OK)
		die("the plan breaks its own rules: %.*s", STR(f.reason));
}

int plan_week(struct arena *a, str text, const struct plan_options *o)
{
	struct week w;
	struct plan_fault f = { 0 };
	if (week_read(a, text, &w, &f) != OK)
		return plan_refuse(o->file, &f);
	struct week_search *s = week_search_new(a, &w, o->seed);
	week_search_fill(s);
	double first = plan_cpu_seconds();
	struct plan_engine e = { s, week_run, week_cost, 10 };
	plan_search(&e, o);
	struct week_plan p;
	week_search_best(s, a, &p);
	must_hold(a, &w, &p);
	print(week_write(a, &w, &p, true));
	fprintf(stderr,
		"%d carers, %d visits, %d without carer, cost %" PRId64
		", first plan after %.2f s, %zu MiB\n",
		w.n_carers, w.n_visits, p.unassigned, p.cost, first, arena_used(a) >> 20);
	return p.unassigned ? 1 : 0;
}

/* The instance and a plan of it. */
static int load(struct arena *a, const char *file, const char *plan, struct week *w,
		int **carer, int **start)
{
	struct plan_fault f = { 0 };
	str text, made;
	if (!plan_file(a, file, &text) || !plan_file(a, plan, &made))
		return 2;
	if (week_read(a, text, w, &f) != OK)
		return plan_refuse(file, &f);
	*carer = ARENA_ARRAY(a, int, (size_t)w->n_visits);
	*start = ARENA_ARRAY(a, int, (size_t)w->n_visits);
	if (week_plan_read(a, w, made, *carer, *start, &f) != OK)
		return plan_refuse(plan, &f);
	return 0;
}

int plan_week_check(struct arena *a, const char *file, const char *plan)
{
	struct week w;
	int *carer, *start, status = load(a, file, plan, &w, &carer, &start);
	if (status)
		return status;
	struct plan_fault f = { 0 };
	if (week_check(a, &w, carer, start, &f) == OK) {
		puts("ok");
		return 0;
	}
	printf("%.*s\n", STR(f.reason));
	return 1;
}

int plan_week_explain(struct arena *a, const char *file, const char *plan,
		      const char *visit)
{
	struct week w;
	struct week_plan p = { 0 };
	int status = load(a, file, plan, &w, &p.carer, &p.start);
	if (status)
		return status;
	week_plan_rounds(a, &w, &p);
	struct buf b = buf_init(a, (size_t)64 << 20);
	for (int v = 0; v < w.n_visits; v++) {
		if (visit ? !str_eq(w.visit[v].id, str_of(visit)) : p.carer[v] >= 0)
			continue;
		week_write_reasons(a, &w, &p, v, &b);
		BUF_LIT(&b, "\n");
	}
	print(buf_str(&b));
	return visit && !b.n ? 1 : 0;
}

/* What people will notice: another carer, or an hour moved by more than 15 minutes. */
static void report(const struct week *w, const int *carer, const int *start,
		   const struct week_plan *p, double took)
{
	int other = 0, moved = 0, left = 0;
	for (int v = 0; v < w->n_visits; v++) {
		int by = start[v] - p->start[v];
		if (carer[v] < 0)
			continue;
		left += p->carer[v] < 0;
		other += p->carer[v] >= 0 && p->carer[v] != carer[v];
		moved += p->carer[v] == carer[v] && (by > 15 || by < -15);
	}
	fprintf(stderr,
		"changed: %d visits to another carer, %d moved by more than 15 min, %d "
		"without "
		"carer; %.0f ms\n",
		other, moved, left, took * 1000);
}

int plan_week_repair(struct arena *a, const char *file, const char *plan, const char *event)
{
	struct week w;
	struct plan_fault f = { 0 };
	int *carer, *start, status = load(a, file, plan, &w, &carer, &start);
	str text;
	if (status || !plan_file(a, event, &text))
		return 2;
	double began = plan_cpu_seconds();
	int *told = arena_copy(a, carer, (size_t)w.n_visits * sizeof *told);
	if (week_event(a, &w, text, carer, start, &f) != OK)
		return plan_refuse(event, &f);
	struct week_search *s = week_repair_new(a, &w, carer, start, 1);
	week_search_run(s, REPAIR_STEPS, 65535);
	struct week_plan p;
	week_search_best(s, a, &p);
	double took = plan_cpu_seconds() - began;
	must_hold(a, &w, &p);
	print(week_write(a, &w, &p, true));
	report(&w, told, start, &p, took);
	return 0;
}

int plan_week_generate(struct arena *a, const struct plan_options *o)
{
	static const char *const places[] = { "data/france/communes-76.csv",
#ifdef VIGIE_DATADIR
					      VIGIE_DATADIR "/france/communes-76.csv",
#endif
					      NULL };
	struct plan_fault f = { 0 };
	str text = S("");
	const char *from = o->communes;
	bool found = from && plan_file(a, from, &text);
	for (int k = 0; !from && !found && places[k]; k++)
		found = access(places[k], R_OK) == 0 && plan_file(a, places[k], &text);
	if (!found) {
		fprintf(stderr, "vigie plan: no communes: --communes FILE.csv\n");
		return 2;
	}
	struct buf b = buf_init(a, (size_t)128 << 20);
	if (week_make(a, text, o->carers, o->visits, o->seed, &b, &f) != OK)
		return plan_refuse("communes", &f);
	print(buf_str(&b));
	return 0;
}
