/* vigie plan - rounds from a file: read, search within a budget, print. */
#include "main/cmd.h"

#include "solve/solomon.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define FILE_MAX  ((size_t)64 << 20)
#define ARENA_MAX ((size_t)1 << 30)

struct options {
	const char *file, *format, *trace;
	double seconds;
	int64_t steps;
	uint64_t seed;
};

static double cpu_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool read_file(struct arena *a, const char *path, str *ret)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (!f)
		return false;
	struct buf b = buf_init(a, FILE_MAX);
	static char block[65536];
	for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
		buf_put(&b, (str){ block, n });
	bool ok = !ferror(f) && !b.overflow;
	if (f != stdin)
		fclose(f);
	*ret = buf_str(&b);
	return ok;
}

/* The search as the loop below sees it, whatever the problem. */
struct engine {
	void *self;
	void (*run)(void *self, int64_t steps, uint32_t progress);
	int64_t (*cost)(void *self);
	int64_t batch; /* steps between two looks at the clock */
};

static void trace_row(FILE *out, double t, int64_t steps, int64_t cost)
{
	if (out)
		fprintf(out, "%.3f,%" PRId64 ",%" PRId64 "\n", t, steps, cost);
}

/* Runs until the budget is used.  Clock: CPU seconds of this process, reading included. */
static void search(const struct engine *e, const struct options *o)
{
	FILE *out = o->trace ? fopen(o->trace, "w") : NULL;
	bool shown = isatty(2);
	int64_t done = 0, best = INT64_MAX;
	double last = 0;
	if (out)
		fprintf(out, "cpu_s,steps,cost\n");
	for (;;) {
		double now = cpu_seconds();
		int64_t cost = e->cost(e->self);
		if (cost < best)
			trace_row(out, now, done, cost);
		best = cost;
		if (shown && now > last + 0.5) {
			fprintf(stderr, "\r%.1f s, %" PRId64 " steps, cost %" PRId64 " ",
				now, done, cost);
			last = now;
		}
		double share =
			o->steps ? (double)done / (double)o->steps : now / o->seconds;
		if (share >= 1)
			break;
		int64_t batch = e->batch;
		if (o->steps && done + batch > o->steps)
			batch = o->steps - done;
		e->run(e->self, batch, (uint32_t)(share * 65536));
		done += batch;
	}
	if (shown)
		fprintf(stderr, "\n");
	if (out)
		fclose(out);
}

static int refuse(const struct options *o, const struct plan_fault *f)
{
	fprintf(stderr, "vigie plan: %s: line %d: %.*s\n", o->file, f->line,
		STR(f->reason));
	return 2;
}

static void vrptw_run(void *self, int64_t steps, uint32_t progress)
{
	vrptw_search_run(self, steps, progress);
}

static int64_t vrptw_cost(void *self)
{
	return vrptw_search_cost(self);
}

static int plan_solomon(struct arena *a, str text, const struct options *o)
{
	struct vrptw p;
	struct plan_fault f = { 0 };
	if (solomon_read(a, text, &p, &f) != OK)
		return refuse(o, &f);
	struct engine e = { vrptw_search_new(a, &p, o->seed), vrptw_run, vrptw_cost, 200 };
	search(&e, o);
	struct vrptw_plan plan;
	vrptw_search_best(e.self, a, &plan);
	if (vrptw_check(&p, &plan, a, &f) != OK)
		die("the plan breaks its own rules: %.*s", STR(f.reason));
	str s = solomon_write(a, &plan);
	fwrite(s.p, 1, s.n, stdout);
	if (plan.left)
		fprintf(stderr, "%d customers fit in no route\n", plan.left);
	return plan.left ? 1 : 0;
}

static int usage(void)
{
	fprintf(stderr, "usage: vigie plan FILE [--format solomon|hhcrsp|vigie]\n"
			"                  [--seconds S | --steps N] [--seed K] [--threads "
			"1] [--trace CSV]\n");
	return 2;
}

static bool option(struct options *o, const char *name, const char *value)
{
	char *end = NULL;
	if (strcmp(name, "--format") == 0)
		o->format = value;
	else if (strcmp(name, "--trace") == 0)
		o->trace = value;
	else if (strcmp(name, "--seconds") == 0)
		return o->seconds = strtod(value, &end), *end == 0 && o->seconds > 0;
	else if (strcmp(name, "--steps") == 0)
		return o->steps = strtoll(value, &end, 10), *end == 0 && o->steps > 0;
	else if (strcmp(name, "--seed") == 0)
		return o->seed = strtoull(value, &end, 10), *end == 0;
	else
		return strcmp(name, "--threads") == 0 && strcmp(value, "1") == 0;
	return true;
}

int cmd_plan(int argc, char **argv)
{
	struct options o = { .seconds = 10, .seed = 1 };
	for (int i = 1; i < argc; i++)
		if (strncmp(argv[i], "--", 2) != 0 && !o.file)
			o.file = argv[i];
		else if (i + 1 >= argc || !option(&o, argv[i], argv[i + 1]))
			return usage();
		else
			i++;
	if (!o.file)
		return usage();
	CLEAN_ARENA struct arena *a = arena_new(ARENA_MAX);
	str text;
	if (!read_file(a, o.file, &text)) {
		fprintf(stderr, "vigie plan: cannot read %s\n", o.file);
		return 2;
	}
	if (!o.format || strcmp(o.format, "solomon") == 0)
		return plan_solomon(a, text, &o);
	return usage();
}
