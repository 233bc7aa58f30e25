/* plan.h - what the files of `vigie plan` share: options, files, the loop with a clock. */
#ifndef MAIN_PLAN_H
#define MAIN_PLAN_H

#include "solve/fault.h"

#include <unistd.h>

struct plan_options {
	const char *file, *format, *trace, *communes;
	double seconds;
	int64_t steps;
	uint64_t seed;
	int carers, visits; /* --generate */
};

/* A search as the loop sees it, whatever the problem. */
struct plan_engine {
	void *self;
	void (*run)(void *self, int64_t steps, uint32_t progress);
	int64_t (*cost)(void *self);
	int64_t batch; /* steps between two looks at the clock */
};

double plan_cpu_seconds(void);

/* Runs until the budget is used: CPU seconds of this process, reading included, or steps. */
void plan_search(const struct plan_engine *e, const struct plan_options *o);

/* The whole file ("-": standard input); false, with a line on stderr, when it cannot be. */
bool plan_file(struct arena *a, const char *path, str *ret);
int plan_refuse(const char *file, const struct plan_fault *f); /* says why; 2 */

int plan_week(struct arena *a, str text, const struct plan_options *o);
int plan_week_check(struct arena *a, const char *file, const char *plan);
int plan_week_explain(struct arena *a, const char *file, const char *plan,
		      const char *visit);
int plan_week_repair(struct arena *a, const char *file, const char *plan,
		     const char *event);
int plan_week_generate(struct arena *a, const struct plan_options *o);
int plan_care(struct arena *a, str text, const struct plan_options *o); /* hhcrsp */

#endif
