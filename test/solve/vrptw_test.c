#include "solve/solomon.h"
#include "test.h"

#include <stdlib.h>

static str slurp(struct arena *a, const char *name)
{
	const char *root = getenv("VIGIE_SOURCE");
	str path = str_fmt(a, "%s/data/vrptw/%s.txt", root ? root : ".", name);
	FILE *f = fopen(str_z(a, path), "rb");
	assert_non_null(f);
	char *p = arena_alloc(a, 200000);
	size_t n = fread(p, 1, 200000, f);
	fclose(f);
	return (str){ p, n };
}

static struct vrptw load(struct arena *a, const char *name)
{
	struct vrptw p;
	struct plan_fault f = { 0 };
	CHECK_OK(solomon_read(a, slurp(a, name), &p, &f));
	return p;
}

static struct vrptw_plan solve(struct arena *a, const struct vrptw *p, uint64_t seed,
			       int batches)
{
	struct vrptw_search *s = vrptw_search_new(a, p, seed);
	for (int i = 0; i < batches; i++)
		vrptw_search_run(s, 1000, (uint32_t)(65536 / batches * i));
	struct vrptw_plan plan;
	vrptw_search_best(s, a, &plan);
	return plan;
}

TEST(easy_solomon_instances_reach_their_proven_optimum)
{
	TEST_ARENA(a);
	struct vrptw p = load(a, "C101"), q = load(a, "R101");
	CHECK_INT(solve(a, &p, 1, 10).cost, 8273);
	CHECK_INT(solve(a, &q, 1, 40).cost, 16377);
}

TEST(every_plan_passes_the_checker)
{
	static const char *const names[] = { "R104", "RC204", "C204", "R211", "RC2_2_5" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		TEST_ARENA(a);
		struct vrptw p = load(a, names[i]);
		struct vrptw_plan plan = solve(a, &p, i, 4);
		struct plan_fault f = { 0 };
		CHECK_OK(vrptw_check(&p, &plan, a, &f));
		CHECK_INT(plan.left, 0);
	}
}

TEST(same_seed_and_steps_give_the_same_bytes)
{
	TEST_ARENA(a);
	struct vrptw p = load(a, "RC104");
	struct vrptw_plan x = solve(a, &p, 7, 5), y = solve(a, &p, 7, 5);
	CHECK_STRS(solomon_write(a, &x), solomon_write(a, &y));
	struct vrptw_plan z = solve(a, &p, 8, 5);
	CHECK(!str_eq(solomon_write(a, &x), solomon_write(a, &z)));
}

TEST(the_checker_sees_planted_faults)
{
	TEST_ARENA(a);
	struct vrptw p = load(a, "R101");
	struct vrptw_plan plan = solve(a, &p, 1, 2), bad = plan;
	bad.cost++;
	CHECK_ERR(vrptw_check(&p, &bad, a, NULL), ERR_RULE);
	int *stop = arena_copy(a, plan.stop, (size_t)(p.n - 1) * sizeof *stop);
	stop[0] = stop[1];
	bad = plan;
	bad.stop = stop;
	CHECK_ERR(vrptw_check(&p, &bad, a, NULL), ERR_RULE);
	struct vrptw tight = p;
	tight.capacity = 1;
	CHECK_ERR(vrptw_check(&tight, &plan, a, NULL), ERR_RULE);
	tight = p;
	tight.vehicles = plan.routes - 1;
	CHECK_ERR(vrptw_check(&tight, &plan, a, NULL), ERR_RULE);
}

TEST(a_fleet_too_small_leaves_customers_and_still_gives_a_valid_plan)
{
	TEST_ARENA(a);
	struct vrptw p = load(a, "R101");
	p.vehicles = 5;
	struct vrptw_plan plan = solve(a, &p, 1, 2);
	CHECK(plan.left > 0);
	CHECK_OK(vrptw_check(&p, &plan, a, NULL));
}

TEST(a_broken_file_is_refused_with_line_and_reason)
{
	TEST_ARENA(a);
	struct vrptw p;
	struct plan_fault f = { 0 };
	str good = slurp(a, "C101");
	CHECK_ERR(solomon_read(a, S(""), &p, &f), ERR_SYNTAX);
	CHECK_ERR(solomon_read(a, str_sub(good, 0, 40), &p, &f), ERR_SYNTAX);
	CHECK_ERR(solomon_read(a,
			       S("X\nVEHICLE\nNUMBER CAPACITY\n3 10\n\n0 0 0 0 0 9 0\n"
				 "2 1 1 1 0 9 1\n"),
			       &p, &f),
		  ERR_INPUT);
	CHECK_INT(f.line, 7);
	for (size_t cut = 0; cut < good.n; cut += 97)
		(void)!solomon_read(a, str_sub(good, 0, cut), &p, &f);
}
