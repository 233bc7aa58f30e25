#include "solve/week.h"
#include "test.h"

#define CARER(id, op, skills, hours)                                                       \
	"{\"id\":\"" id "\",\"operator\":\"" op                                            \
	"\",\"mode\":\"car\",\"lat\":49490000,\"lon\":1000000,\"contract\":2100,"          \
	"\"skills\":[" skills "],\"days\":[" hours ",null,null,null,null,null,null]}"
#define VISIT(id, person, from, to, minutes, more)                                         \
	"{\"id\":\"" id "\",\"person\":\"" person "\",\"day\":0,\"from\":" #from           \
	",\"to\":" #to ",\"minutes\":" #minutes more "}"
#define WEEK(carers, visits)                                                               \
	"{\"format\":\"vigie-week-1\",\"operators\":[{\"id\":\"a\",\"agreement\":"         \
	"\"2941\"},{\"id\":\"b\",\"agreement\":\"3127\"}],\"carers\":[" carers             \
	"],\"people\":[{\"id\":\"p\",\"operator\":\"a\",\"lat\":49490000,\"lon\":"         \
	"1000000,\"refuses\":[\"c2\"]},{\"id\":\"q\",\"operator\":\"a\",\"lat\":"          \
	"49500000,\"lon\":1010000,\"relay\":true}],\"visits\":[" visits "]}"

static struct week parse(struct arena *a, const char *text)
{
	struct week w;
	struct plan_fault f = { 0 };
	enum err e = week_read(a, str_of(text), &w, &f);
	if (e != OK)
		print_error("line %d: %.*s\n", f.line, STR(f.reason));
	CHECK_OK(e);
	return w;
}

static struct week_plan plan(struct arena *a, const struct week *w, int steps)
{
	struct week_search *s = week_search_new(a, w, 1);
	week_search_fill(s);
	week_search_run(s, steps, 30000);
	struct week_plan p;
	week_search_best(s, a, &p);
	struct plan_fault f = { 0 };
	CHECK_OK(week_check(a, w, p.carer, p.start, &f));
	return p;
}

TEST(a_refused_carer_is_never_sent_and_the_reason_says_so)
{
	TEST_ARENA(a);
	struct week w = parse(a, WEEK(CARER("c2", "a", "", "[400,1200]"),
				      VISIT("v", "p", 480, 540, 60, "")));
	struct week_plan p = plan(a, &w, 50);
	CHECK_INT(p.carer[0], -1);
	struct week_reason r = week_explain(a, &w, &p, 0, 0);
	CHECK(!r.fits && r.over[WEEK_REFUSED]);
}

TEST(a_visit_goes_to_another_operator_only_where_the_person_agreed)
{
	TEST_ARENA(a);
	struct week w = parse(a, WEEK(CARER("c1", "b", "", "[400,1200]"),
				      VISIT("v", "p", 480, 540, 60,
					    "") "," VISIT("u", "q", 600, 640, 60, "")));
	struct week_plan p = plan(a, &w, 50);
	CHECK_INT(p.carer[0], -1);
	CHECK_INT(p.carer[1], 0);
	CHECK(week_explain(a, &w, &p, 0, 0).over[WEEK_OPERATOR]);
}

TEST(two_carers_begin_together_and_are_two)
{
	TEST_ARENA(a);
	struct week w = parse(a, WEEK(CARER("c1", "a", "\"t\"", "[400,1200]") "," CARER(
					      "c3", "a", "\"t\"", "[500,1200]"),
				      VISIT("v", "p", 480, 600, 60,
					    ",\"skill\":\"t\",\"with\":{\"visit\":"
					    "\"u\"}") "," VISIT("u", "p", 480, 600, 60,
								",\"skill\":\"t\"")));
	struct week_plan p = plan(a, &w, 50);
	CHECK(p.carer[0] >= 0 && p.carer[1] >= 0 && p.carer[0] != p.carer[1]);
	CHECK_INT(p.start[0], p.start[1]);
}

TEST(a_pair_with_one_able_carer_is_left_whole)
{
	TEST_ARENA(a);
	struct week w =
		parse(a, WEEK(CARER("c1", "a", "", "[400,1200]"),
			      VISIT("v", "p", 480, 600, 60,
				    ",\"with\":{\"visit\":\"u\"}") "," VISIT("u", "p", 480,
									     600, 60, "")));
	struct week_plan p = plan(a, &w, 50);
	CHECK_INT(p.unassigned, 2);
}

TEST(the_excess_told_is_exactly_what_must_be_relaxed)
{
	TEST_ARENA(a);
	struct week w =
		parse(a, WEEK(CARER("c1", "a", "", "[480,700]"),
			      VISIT("v", "p", 480, 480, 120, ",\"critical\":3") "," VISIT(
				      "u", "p", 500, 530, 60, "")));
	struct week_plan p = plan(a, &w, 50);
	CHECK_INT(p.carer[1], -1);
	struct week_reason r = week_explain(a, &w, &p, 1, 0);
	CHECK_INT(r.over[WEEK_WINDOW], 70); /* free at 600, wanted by 530 */
	w.visit[1].to += 69;
	CHECK_INT(plan(a, &w, 50).unassigned, 1);
	w.visit[1].to += 1;
	CHECK_INT(plan(a, &w, 50).unassigned, 0);
}

TEST(a_long_morning_has_its_pause)
{
	TEST_ARENA(a);
	struct week w = parse(a, WEEK(CARER("c1", "a", "", "[400,1200]"),
				      VISIT("v", "p", 420, 420, 200,
					    "") "," VISIT("u", "p", 500, 660, 200, "")));
	struct week_plan p = plan(a, &w, 50);
	CHECK_INT(p.unassigned, 0);
	CHECK(p.start[1] >= 640); /* 620 and 20 minutes: code du travail L3121-16 */
	int start[2] = { 420, 630 };
	struct plan_fault f = { 0 };
	CHECK_ERR(week_check(a, &w, p.carer, start, &f), ERR_RULE);
}

TEST(after_an_absence_only_the_visits_of_the_absent_change)
{
	TEST_ARENA(a);
	struct week w = parse(a, WEEK(CARER("c1", "a", "", "[400,1200]") "," CARER(
					      "c3", "a", "", "[400,1200]"),
				      VISIT("v", "p", 480, 500, 60, "") "," VISIT(
					      "u", "p", 490, 500, 60,
					      "") "," VISIT("x", "p", 600, 640, 60, "")));
	struct week_plan p = plan(a, &w, 200);
	CHECK_INT(p.unassigned, 0);
	int gone = p.carer[0], *carer = arena_copy(a, p.carer, 3 * sizeof(int));
	str event = str_fmt(a, "{\"absent\":\"%" PRIstr "\",\"days\":[0]}",
			    STR(w.carer[gone].id));
	CHECK_OK(week_event(a, &w, event, carer, p.start, NULL));
	struct week_search *s = week_repair_new(a, &w, carer, p.start, 1);
	week_search_run(s, 50, 65535);
	struct week_plan q;
	week_search_best(s, a, &q);
	for (int v = 0; v < 3; v++)
		if (p.carer[v] != gone)
			CHECK(q.carer[v] == p.carer[v] && q.start[v] <= p.start[v] + 15 &&
			      q.start[v] >= p.start[v] - 15);
	CHECK_INT(q.carer[2],
		  1 - gone); /* the only one that the other carer has time for */
}

TEST(a_broken_week_is_refused_with_line_and_reason)
{
	TEST_ARENA(a);
	struct week w;
	struct plan_fault f = { 0 };
	const char *good =
		WEEK(CARER("c1", "a", "", "[400,1200]"), VISIT("v", "p", 1, 2, 3, ""));
	size_t n = strlen(good);
	for (size_t cut = 0; cut < n; cut++) {
		f = (struct plan_fault){ 0 };
		CHECK(week_read(a, (str){ good, cut }, &w, &f) != OK);
		CHECK(f.reason.n > 0);
	}
	CHECK_ERR(
		week_read(a,
			  S("{\n\"format\":\"vigie-week-1\",\n\"operators\":[{\"id\":\"a\","
			    "\n\"agreement\":\"x\"}]}"),
			  &w, &f),
		ERR_INPUT);
	CHECK_INT(f.line, 3);
}
