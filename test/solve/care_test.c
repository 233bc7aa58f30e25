#include "solve/care.h"
#include "test.h"

#include <stdlib.h>

static struct care load(struct arena *a, const char *name)
{
	const char *root = getenv("VIGIE_SOURCE");
	str path = str_fmt(a, "%s/data/hhcrsp/%s", root ? root : ".", name);
	FILE *file = fopen(str_z(a, path), "rb");
	assert_non_null(file);
	char *p = arena_alloc(a, 1000000);
	size_t n = fread(p, 1, 1000000, file);
	fclose(file);
	struct care c;
	struct plan_fault f = { 0 };
	CHECK_OK(care_read(a, (str){ p, n }, &c, &f));
	return c;
}

static struct care_plan solve(struct arena *a, const struct care *p, uint64_t seed,
			      int batches)
{
	struct care_search *s = care_search_new(a, p, seed);
	for (int i = 0; i < batches; i++)
		care_search_run(s, 200, (uint32_t)(65536 / batches * i));
	struct care_plan plan;
	care_search_best(s, a, &plan);
	struct plan_fault f = { 0 };
	CHECK_OK(care_check(a, p, &plan, &f));
	return plan;
}

TEST(a_day_of_ten_patients_reaches_the_proven_optimum)
{
	TEST_ARENA(a);
	struct care p = load(a, "InstanzCPLEX_HCSRP_10_6.txt");
	CHECK_INT((solve(a, &p, 1, 20).cost + 500) / 1000, 600); /* 3 * 200.099 */
}

TEST(every_day_with_linked_services_passes_its_check)
{
	static const char *const names[] = { "InstanzCPLEX_HCSRP_25_6.txt",
					     "HHCRSP_50_10_97_0.8_C_RC.json" };
	for (size_t i = 0; i < 2; i++) {
		TEST_ARENA(a);
		struct care p = load(a, names[i]);
		CHECK(solve(a, &p, i, 5).whole);
	}
}

TEST(the_same_seed_gives_the_same_day)
{
	TEST_ARENA(a);
	struct care p = load(a, "HHCRSP_50_10_97_0.8_C_RC.json");
	struct care_plan x = solve(a, &p, 3, 3), y = solve(a, &p, 3, 3);
	CHECK_STRS(care_write(a, &p, &x), care_write(a, &p, &y));
}

TEST(the_day_check_sees_planted_faults)
{
	TEST_ARENA(a);
	struct care p = load(a, "InstanzCPLEX_HCSRP_25_6.txt");
	struct care_plan plan = solve(a, &p, 1, 3), bad = plan;
	bad.cost--;
	CHECK_ERR(care_check(a, &p, &bad, NULL), ERR_RULE);
	int32_t *start = arena_copy(a, plan.start, (size_t)p.n_nodes * sizeof *start);
	for (int i = 0; i < p.n_nodes; i++)
		if (p.node[i].pair >= 0 && !p.node[i].second) {
			start[p.node[i].pair] = start[i] + p.node[i].hi + 1;
			break;
		}
	bad = plan;
	bad.start = start;
	CHECK_ERR(care_check(a, &p, &bad, NULL), ERR_RULE);
}

TEST(a_broken_day_is_refused_with_a_reason)
{
	TEST_ARENA(a);
	struct care p;
	struct plan_fault f = { 0 };
	CHECK_ERR(care_read(a, S("{\"patients\":[]}"), &p, &f), ERR_INPUT);
	CHECK(f.reason.n > 0);
	CHECK_ERR(care_read(a, S("nbNodes\n3\nnbVehi\nz\n"), &p, &f), ERR_SYNTAX);
	CHECK_INT(f.line, 4);
	CHECK_ERR(care_read(a, S("nbNodes\n3\nnbVehi\n1\nnbServi\n1\n"), &p, &f),
		  ERR_INPUT);
}
