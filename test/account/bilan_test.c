#include "world.h"

#include "domain/account/render.h"
#include "test.h"

#include <stdlib.h>

static const struct world_size town = { .operators = 9, .persons = 260, .visits_each = 6 };

TEST(a_rate_is_to_the_nearest_and_a_median_is_the_low_one)
{
	TEST_ARENA(a);
	int32_t v[] = { 9, 1, 4, 7 };
	CHECK_INT(rate_bp(1, 3), 3333);
	CHECK_INT(rate_bp(2, 3), 6667);
	CHECK_INT(rate_bp(1, 20000), 1);
	CHECK_INT(rate_bp(0, 5), 0);
	CHECK_INT(rate_bp(5, 5), 10000);
	CHECK(rate_bp(0, 0) == FIG_NONE);
	CHECK_INT(median_low(a, v, 4), 4);
	CHECK_INT(median_low(a, v, 3), 4);
	CHECK(median_low(a, v, 0) == FIG_NONE);
}

/* Values computed apart with 50 decimals, z = 1.96, then rounded outwards. */
TEST(the_interval_of_independent_visits_is_the_score_interval_of_wilson)
{
	static const struct {
		int64_t x, n, deff, low, high;
	} t[] = {
		{ 8, 10, 100, 4901, 9434 },
		{ 0, 10, 100, 0, 2776 },
		{ 10, 10, 100, 7224, 10000 },
		{ 50, 100, 100, 4038, 5962 },
		{ 500, 1000, 1000, 4038, 5962 },
		{ 1, 1, 100, 2065, 10000 },
		{ 4000000, 8000000, 100, 4996, 5004 },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		int64_t low, high;
		wilson_bp(t[i].x, t[i].n, t[i].deff, &low, &high);
		CHECK_INT(low, t[i].low);
		CHECK_INT(high, t[i].high);
	}
}

static struct cluster_sums sums(const int64_t (*xy)[2], size_t n)
{
	struct cluster_sums s = { 0 };
	for (size_t i = 0; i < n; i++) {
		int64_t x = xy[i][0], y = xy[i][1];
		s.persons++;
		s.x += x, s.y += y;
		s.xx += x * x, s.xy += x * y, s.yy += y * y;
	}
	return s;
}

TEST(visits_of_one_person_that_fail_together_count_as_few)
{
	/* each person has everything or nothing: ten visits are one observation, and a bit */
	const int64_t together[4][2] = { { 10, 10 }, { 10, 10 }, { 10, 0 }, { 10, 0 } };
	struct cluster_sums s = sums(together, 4);
	CHECK_INT(design_effect(&s), 1334); /* 10 * 4/3 */
	/* everybody has half: nothing is clustered, and the interval is never narrower */
	const int64_t even[3][2] = { { 10, 5 }, { 20, 10 }, { 6, 3 } };
	s = sums(even, 3);
	CHECK_INT(design_effect(&s), 100);
	/* all done: a person is one observation */
	const int64_t all[2][2] = { { 30, 30 }, { 10, 10 } };
	s = sums(all, 2);
	CHECK_INT(design_effect(&s), 2000);
	s = sums(all, 0);
	CHECK_INT(design_effect(&s), 0);
	s = sums(all, 1);
	CHECK_INT(design_effect(&s), 3000);
}

TEST(an_edition_is_provisional_fifteen_days_then_final_unless_contested)
{
	ts published = { INT64_C(1796000000) * US_S }, look;
	ts day15 = { published.us + 15 * US_DAY };
	CHECK_INT(bilan_state_at(published, 15, false, false, published, &look),
		  BILAN_STATE_PROVISIONAL);
	CHECK(look.us == day15.us);
	CHECK_INT(bilan_state_at(published, 15, true, false, published, &look),
		  BILAN_STATE_CONTESTED);
	CHECK_INT(bilan_state_at(published, 15, false, false, (ts){ day15.us - 1 }, &look),
		  BILAN_STATE_PROVISIONAL);
	CHECK_INT(bilan_state_at(published, 15, false, false, day15, &look),
		  BILAN_STATE_FINAL);
	CHECK(look.us == TS_NEVER.us);
	CHECK_INT(bilan_state_at(published, 15, true, false, day15, &look),
		  BILAN_STATE_CONTESTED);
	CHECK_INT(bilan_state_at(published, 15, true, true, day15, &look),
		  BILAN_STATE_FINAL);
}

static void check_sums(const struct bilan_line *l)
{
	const int64_t *v = l->f.v;
	CHECK_INT(v[FIG_V_ASKED], v[FIG_V_DONE] + v[FIG_V_MISSED] +
					  v[FIG_V_CANCELLED_LATE] + v[FIG_V_NOT_PROVEN]);
	CHECK_INT(v[FIG_V_DONE], v[FIG_V_ON_TIME] + v[FIG_V_LATE] + v[FIG_V_LATE_EXCUSED]);
	CHECK_INT(v[FIG_V_LATE], v[FIG_V_LATE_TOLERANCE] + v[FIG_V_LATE_15] +
					 v[FIG_V_LATE_30] + v[FIG_V_LATE_60]);
	CHECK_INT(v[FIG_V_MISSED], v[FIG_V_MISSED_ABSENCE] + v[FIG_V_MISSED_SHORTAGE] +
					   v[FIG_V_MISSED_WITHDRAWAL] +
					   v[FIG_V_MISSED_PLANNING] +
					   v[FIG_V_MISSED_OTHER]);
	CHECK_INT(v[FIG_S_ASKED], v[FIG_S_DONE] + v[FIG_S_CUT] + v[FIG_S_MISSED_OPERATOR] +
					  v[FIG_S_MISSED_OTHER] + v[FIG_S_CANCELLED] +
					  v[FIG_S_NOT_PROVEN]);
	int64_t proofs = 0, reasons = 0;
	for (int f = FIG_P_NONE; f <= FIG_P_RELATIVE; f++)
		proofs += v[f];
	for (int f = FIG_R_REFUSED_NONE; f <= FIG_R_REFUSED_OTHER; f++)
		reasons += v[f];
	CHECK_INT(v[FIG_V_DONE], proofs);
	CHECK_INT(v[FIG_R_REFUSED], reasons);
	CHECK_INT(v[FIG_R_SENT], v[FIG_R_ACCEPTED] + v[FIG_R_PARTLY] + v[FIG_R_REFUSED] +
					 v[FIG_R_SILENT] + v[FIG_R_WAITING] +
					 v[FIG_R_WITHDRAWN]);
	CHECK(v[FIG_V_CONFIRMED] <= v[FIG_V_ACCEPTED] &&
	      v[FIG_V_ACCEPTED] <= v[FIG_V_ASKED]);
	CHECK(llabs(v[FIG_C_ASKED] - v[FIG_C_DONE] - v[FIG_C_UNPAID_APA] -
		    v[FIG_C_UNPAID_PCH] - v[FIG_C_APART]) <= 3 * 40);
}

TEST(every_line_adds_up_and_the_territory_is_the_sum_of_its_lines)
{
	for (uint64_t seed = 1; seed <= 10; seed++) {
		TEST_ARENA(a);
		struct facts_closed *c = world_close(a, seed, town);
		const struct bilan *both[] = { &c->bilan, &c->own };
		for (size_t k = 0; k < 2; k++)
			for (int f = 0; f < FIG_COUNT; f++) {
				int64_t sum = 0;
				if (!figure_is_additive((enum figure)f) ||
				    both[k]->lines[0].is_withheld)
					continue;
				for (size_t i = 1; i < both[k]->n; i++)
					sum += both[k]->lines[i].f.v[f];
				CHECK_INT(both[k]->lines[0].f.v[f], sum);
			}
		for (size_t i = 0; i < c->own.n; i++)
			check_sums(&c->own.lines[i]);
		for (size_t i = 0; i < c->bilan.n; i++)
			if (!c->bilan.lines[i].is_withheld)
				check_sums(&c->bilan.lines[i]);
	}
}

TEST(what_is_protected_changes_no_total)
{
	for (uint64_t seed = 1; seed <= 10; seed++) {
		TEST_ARENA(a);
		struct facts_closed *c = world_close(a, seed, town);
		for (int f = FIG_V_REMOVED; f <= FIG_S_SUPPLEED; f++)
			CHECK_INT(c->own.lines[0].f.v[f], c->bilan.lines[0].f.v[f]);
	}
}

TEST(an_answer_is_withdrawn_refused_or_silent_and_stays_unserved_until_served)
{
	struct figures f;
	figures_zero(&f);
	for (int i = 0; i < ANSWER_COUNT; i++) {
		struct fact_answer x = { .answer = (uint8_t)i,
					 .is_unserved = i == ANSWER_SILENT };
		figures_of_answer(&f, &x);
	}
	CHECK_INT(f.v[FIG_R_SENT], ANSWER_COUNT);
	CHECK_INT(f.v[FIG_R_REFUSED_NONE], 1);
	CHECK_INT(f.v[FIG_R_SILENT], 1);
	CHECK_INT(f.v[FIG_R_UNSERVED], 1);
}

TEST(an_operator_nobody_told_of_and_a_visit_without_end_are_refused)
{
	TEST_ARENA(a);
	struct facts *f = facts_new(a, S("76"), S("T"), S("2026-11"), 1);
	struct visit v = { .accepted_operator_id = { 9, 9 }, .person_id = { 1, 1 } };
	struct measured m = { .promised_s = 3600 };
	struct fact_aid aid = { 0 };
	CHECK_ERR(facts_visit(f, &v, &m, &aid), ERR_NOT_FOUND);
	CHECK_ERR(facts_answered(f, ID_NONE, v.person_id, ANSWER_REFUSED, 0, 0, true),
		  ERR_NOT_FOUND);
	v.accepted_operator_id = ID_NONE;
	m.promised_s = 86401;
	CHECK_ERR(facts_visit(f, &v, &m, &aid), ERR_LIMIT);
	m.promised_s = 86400;
	CHECK_OK(facts_visit(f, &v, &m, &aid));
	CHECK_ERR(facts_visit(f, &v, &m, &aid), ERR_LIMIT); /* max_visits */
}

TEST(aid_not_paid_is_hours_by_tariff_less_participation_apa_and_pch_only)
{
	TEST_ARENA(a);
	struct facts *f = facts_new(a, S("76"), S("T"), S("2026-11"), 10);
	struct visit v = { .person_id = { 1, 1 } };
	struct measured missed = { .verdict = VERDICT_MISSED,
				   .is_counted = true,
				   .promised_s = 5400,
				   .cause = CAUSE_OPERATOR };
	struct measured hospital = missed, cut = missed;
	hospital.cause = CAUSE_HOSPITAL;
	cut.verdict = VERDICT_SHORT_VISIT;
	cut.is_begun = cut.is_short = true;
	cut.done_s = 3600;
	struct fact_aid apa = { PAYER_APA, { 2400 }, 2500 },
			pch = { PAYER_PCH, { 2400 }, 0 };
	struct fact_aid own = { PAYER_PRIVATE, { 2400 }, 0 };
	CHECK_OK(facts_visit(f, &v, &missed, &apa));
	CHECK_OK(facts_visit(f, &v, &hospital, &apa));
	CHECK_OK(facts_visit(f, &v, &cut, &apa));
	CHECK_OK(facts_visit(f, &v, &missed, &pch));
	CHECK_OK(facts_visit(f, &v, &missed, &own));
	const int64_t *t = facts_close(f)->own.lines[0].f.v;
	CHECK_INT(t[FIG_C_ASKED], 3 * 2700 + 3600); /* 1.5 h x 24 x 75 %, and 1.5 h x 24 */
	CHECK_INT(t[FIG_C_DONE], 1800);
	CHECK_INT(t[FIG_C_UNPAID_APA], 2700 + 900);
	CHECK_INT(t[FIG_C_UNPAID_PCH], 3600);
	CHECK_INT(t[FIG_C_APART], 2700);
}

TEST(texts_that_a_spreadsheet_would_run_are_guarded)
{
	TEST_ARENA(a);
	static const char *const t[][2] = {
		{ "abc", "abc" },
		{ "=1+1", "'=1+1" },
		{ "+1", "'+1" },
		{ "-1", "'-1" },
		{ "@x", "'@x" },
		{ "a,b", "\"a,b\"" },
		{ "a\"b", "\"a\"\"b\"" },
		{ "=a,\"b\"", "\"'=a,\"\"b\"\"\"" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct buf b = buf_init(a, 100);
		csv_put(&b, str_of(t[i][0]));
		CHECK_STR(buf_str(&b), t[i][1]);
	}
	struct buf b = buf_init(a, 100);
	json_put(&b, S("a\"\\\n\x01\xC3\xA9"));
	CHECK_STR(buf_str(&b), "\"a\\\"\\\\\\n\\u0001\xC3\xA9\"");
}

TEST(figures_are_printed_in_the_words_of_a_reader)
{
	TEST_ARENA(a);
	static const struct {
		enum figure f;
		int64_t v;
		const char *text;
	} t[] = {
		{ FIG_V_ASKED, 1234567,
		  "1\xC2\xA0"
		  "234\xC2\xA0"
		  "567" },
		{ FIG_S_DONE, 3600 * 1002 + 65,
		  "1\xC2\xA0"
		  "002\xC2\xA0h\xC2\xA0"
		  "01" },
		{ FIG_C_ASKED, 9820005,
		  "98\xC2\xA0"
		  "200,05\xC2\xA0€" },
		{ FIG_B_HOURS, 9614, "96,1\xC2\xA0%" },
		{ FIG_B_HOURS, 10000, "100,0\xC2\xA0%" },
		{ FIG_M_ANSWER, 34, "34\xC2\xA0min" },
		{ FIG_M_ANSWER, FIG_NONE, "non donné" },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct buf b = buf_init(a, 100);
		figure_text(&b, t[i].f, t[i].v);
		CHECK_STR(buf_str(&b), t[i].text);
	}
}

TEST(the_text_of_a_bilan_says_who_is_grouped_or_withheld)
{
	TEST_ARENA(a);
	struct facts_closed *c = world_close(a, 2, town);
	struct buf b = buf_init(a, 1 << 20);
	bilan_text(&b, &c->bilan, S(""));
	CHECK(str_find(buf_str(&b), S("Services regroupés")) != SIZE_MAX);
	CHECK(str_find(buf_str(&b), S("sur demandées")) != SIZE_MAX);
	struct world_size few = {
		.operators = 2, .persons = 9, .visits_each = 3, .tiny = true
	};
	c = world_close(a, 2, few);
	CHECK(c->is_withheld);
	bilan_text(&b, &c->bilan, S(""));
	CHECK(str_find(buf_str(&b), S("Chiffres retenus")) != SIZE_MAX);
}

/* doc/definitions.md is the reader's copy of figures.tbl: made by tools/definitions.py. */
TEST(every_figure_has_its_exact_definition_in_the_document)
{
	TEST_ARENA(a);
	const char *root = getenv("VIGIE_SOURCE");
	str path = str_fmt(a, "%s/doc/definitions.md", root ? root : ".");
	FILE *f = fopen(str_z(a, path), "rb");
	assert_non_null(f);
	char *text = arena_alloc(a, 1 << 20);
	size_t n = fread(text, 1, 1 << 20, f);
	fclose(f);
	str doc = { text, n };
	for (int i = 0; i < FIG_COUNT; i++) {
		const struct figure_info *info = &figure_infos[i];
		CHECK(str_of(info->definition).n > 10);
		str want = str_fmt(a, "\n- **`%s`** ", info->key);
		size_t at = str_find(doc, want);
		if (at == SIZE_MAX)
			fail_msg("%s has no definition", info->key);
		str rest = str_from(doc, at + 1);
		str line = str_cut(&rest, '\n');
		if (!str_ends(line, str_of(info->definition)))
			fail_msg("%s is defined otherwise in doc/definitions.md",
				 info->key);
	}
}
