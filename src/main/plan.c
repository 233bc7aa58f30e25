/* vigie plan - rounds from a file: read, search within a budget, print. */
#include "main/cmd.h"
#include "main/plan.h"

#include "solve/care.h"
#include "solve/solomon.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FILE_MAX  ((size_t)64 << 20)
#define ARENA_MAX ((size_t)1 << 30)

double plan_cpu_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

bool plan_file(struct arena *a, const char *path, str *ret)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (!f) {
		fprintf(stderr, "vigie plan: cannot read %s\n", path);
		return false;
	}
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

static void trace_row(FILE *out, double t, int64_t steps, int64_t cost)
{
	if (out)
		fprintf(out, "%.3f,%" PRId64 ",%" PRId64 "\n", t, steps, cost);
}

void plan_search(const struct plan_engine *e, const struct plan_options *o)
{
	FILE *out = o->trace ? fopen(o->trace, "w") : NULL;
	bool shown = isatty(2);
	int64_t done = 0, best = INT64_MAX;
	double last = 0;
	if (out)
		fprintf(out, "cpu_s,steps,cost\n");
	for (;;) {
		double now = plan_cpu_seconds();
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

int plan_refuse(const char *file, const struct plan_fault *f)
{
	fprintf(stderr, "vigie plan: %s: line %d: %.*s\n", file, f->line, STR(f->reason));
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

static int plan_solomon(struct arena *a, str text, const struct plan_options *o)
{
	struct vrptw p;
	struct plan_fault f = { 0 };
	if (solomon_read(a, text, &p, &f) != OK)
		return plan_refuse(o->file, &f);
	struct plan_engine e = { vrptw_search_new(a, &p, o->seed), vrptw_run, vrptw_cost,
				 200 };
	plan_search(&e, o);
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

static void care_run(void *self, int64_t steps, uint32_t progress)
{
	care_search_run(self, steps, progress);
}

static int64_t care_cost(void *self)
{
	return care_search_cost(self);
}

int plan_care(struct arena *a, str text, const struct plan_options *o)
{
	struct care p;
	struct plan_fault f = { 0 };
	if (care_read(a, text, &p, &f) != OK)
		return plan_refuse(o->file, &f);
	struct plan_engine e = { care_search_new(a, &p, o->seed), care_run, care_cost, 20 };
	plan_search(&e, o);
	struct care_plan plan;
	care_search_best(e.self, a, &plan);
	if (care_check(a, &p, &plan, &f) != OK)
		die("the plan breaks its own rules: %.*s", STR(f.reason));
	str s = care_write(a, &p, &plan);
	fwrite(s.p, 1, s.n, stdout);
	if (!plan.whole)
		fprintf(stderr, "some services have no carer able to do them\n");
	return plan.whole ? 0 : 1;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: vigie plan FILE [--format solomon|hhcrsp|vigie] [--seconds S | "
		"--steps N]\n"
		"                  [--seed K] [--threads 1] [--trace CSV]\n"
		"       vigie plan --check FILE PLAN\n"
		"       vigie plan --explain FILE PLAN [VISIT]\n"
		"       vigie plan --repair FILE PLAN EVENT\n"
		"       vigie plan --generate week [--carers N] [--visits N] [--seed K]\n"
		"                  [--communes CSV]\n");
	return 2;
}

static bool whole(const char *value, int max, int *ret)
{
	int64_t v;
	if (str_int(str_of(value), &v) != OK || v < 1 || v > max)
		return false;
	*ret = (int)v;
	return true;
}

static bool option(struct plan_options *o, const char *name, const char *value)
{
	char *end = NULL;
	if (strcmp(name, "--format") == 0)
		o->format = value;
	else if (strcmp(name, "--trace") == 0)
		o->trace = value;
	else if (strcmp(name, "--communes") == 0)
		o->communes = value;
	else if (strcmp(name, "--carers") == 0)
		return whole(value, 2000, &o->carers);
	else if (strcmp(name, "--visits") == 0)
		return whole(value, 60000, &o->visits);
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

/* --check, --explain, --repair: files in place of options. */
static int with_plan(struct arena *a, int argc, char **argv)
{
	const char *what = argv[1];
	if (strcmp(what, "--check") == 0 && argc == 4)
		return plan_week_check(a, argv[2], argv[3]);
	if (strcmp(what, "--explain") == 0 && (argc == 4 || argc == 5))
		return plan_week_explain(a, argv[2], argv[3], argc == 5 ? argv[4] : NULL);
	if (strcmp(what, "--repair") == 0 && argc == 5)
		return plan_week_repair(a, argv[2], argv[3], argv[4]);
	return -1;
}

static const char *format_of(str text)
{
	str s = str_trim(str_sub(text, 0, 4096));
	if (str_starts(s, S("nbNodes")))
		return "hhcrsp";
	if (!str_starts(s, S("{")))
		return "solomon";
	return str_find(s, S("vigie-week-1")) != SIZE_MAX ? "vigie" : "hhcrsp";
}

static int plan_any(struct arena *a, const struct plan_options *o)
{
	str text;
	if (!plan_file(a, o->file, &text))
		return 2;
	const char *format = o->format ? o->format : format_of(text);
	if (strcmp(format, "solomon") == 0)
		return plan_solomon(a, text, o);
	if (strcmp(format, "hhcrsp") == 0)
		return plan_care(a, text, o);
	if (strcmp(format, "vigie") == 0)
		return plan_week(a, text, o);
	return usage();
}

int cmd_plan(int argc, char **argv)
{
	struct plan_options o = { .seconds = 10, .seed = 1, .carers = 100, .visits = 3000 };
	const char *made = NULL;
	CLEAN_ARENA struct arena *a = arena_new(ARENA_MAX);
	int status = argc > 1 ? with_plan(a, argc, argv) : -1;
	if (status >= 0)
		return status;
	for (int i = 1; i < argc; i++)
		if (strncmp(argv[i], "--", 2) != 0 && !o.file)
			o.file = argv[i];
		else if (i + 1 >= argc)
			return usage();
		else if (strcmp(argv[i], "--generate") == 0)
			made = argv[++i];
		else if (!option(&o, argv[i], argv[i + 1]))
			return usage();
		else
			i++;
	if (made)
		return strcmp(made, "week") == 0 ? plan_week_generate(a, &o) : usage();
	return o.file ? plan_any(a, &o) : usage();
}
