/* The working-time law around one visit, as cases. */
#include "domain/labour/hours.h"
#include "test.h"

#define MONDAY day_of(2026, 11, 9) /* first day of a fortnight */

/* A stay `off` days after MONDAY, from hour:minute, for so many minutes; 1 km of longitude
 * at 49.4 N is about 13800 millionths of a degree. */
static struct stay stay(int off, int hhmm, int minutes, int km_e)
{
	struct stay s = { .on = day_add(MONDAY, off),
			  .from_min = hhmm / 100 * 60 + hhmm % 100 };
	s.visit_id = (struct id){ 1, (uint64_t)(off + 100) * 10000 + (uint64_t)hhmm };
	s.from = (ts){ ((int64_t)s.on.d * 1440 + s.from_min) * US_MIN };
	s.until = ts_add_min(s.from, minutes);
	s.place = (struct place){ 49440000, 1100000 + km_e * 13800 };
	return s;
}

struct scene {
	enum idcc idcc;
	int64_t week_min;
	bool exceptional;
	enum carer_status status;
	struct stays work;
};

/* Is exactly `want` broken (HOURS_RULE_COUNT: nothing)? */
static void check(struct arena *a, const struct scene *sc, struct stay cand,
		  enum hours_rule want, int line)
{
	struct labour_rules r = labour_rules(sc->idcc, cand.on);
	struct worker w = { .status = sc->status,
			    .travel_mode = TRAVEL_MODE_CAR,
			    .week_min = sc->week_min };
	static struct day_book b;
	day_book_make(a, &r, &w, sc->work.v, sc->work.n, cand.on, &b);
	struct breaches br = { 0 };
	bool ok = hours_allow(&r, &w, &b, &cand, sc->exceptional, &br);
	CHECK_INT(ok, br.n == 0);
	CHECK_INT(hours_allow(&r, &w, &b, &cand, sc->exceptional, NULL), ok);
	for (int i = 0; i < br.n; i++)
		if (br.v[i].rule != want)
			print_error("line %d: %s (%lld, limit %lld)\n", line,
				    hours_rule_name(br.v[i].rule), (long long)br.v[i].value,
				    (long long)br.v[i].limit);
	CHECK_INT(br.n, want == HOURS_RULE_COUNT ? 0 : 1);
	CHECK(want == HOURS_RULE_COUNT || br.v[0].rule == want);
	for (int i = 0; i < br.n; i++) { /* every legal breach can cite its article */
		enum labour_key k;
		if (hours_rule_key(br.v[i].rule, &k))
			CHECK(labour_rule(sc->idcc, k, cand.on).article[0]);
	}
}

static void work(struct arena *a, struct scene *s, struct stay x)
{
	*ARENA_PUSH(a, &s->work) = x;
}

#define NOTHING              HOURS_RULE_COUNT
#define WHEN(sc, cand, want) check(a, sc, cand, want, __LINE__)

TEST(an_empty_week_takes_a_visit_and_a_home_at_a_time)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941, .week_min = 1680 };
	WHEN(&s, stay(0, 900, 60, 0), NOTHING);
	work(a, &s, stay(0, 900, 60, 0));
	WHEN(&s, stay(0, 930, 60, 0), HOURS_OVERLAP);
	WHEN(&s, stay(0, 1000, 60, 0), NOTHING);       /* same door: no travel */
	WHEN(&s, stay(0, 1005, 60, 10), HOURS_TRAVEL); /* 13 km need 28 minutes */
	WHEN(&s, stay(0, 1030, 60, 10), NOTHING);
	s.status = CARER_STATUS_INDEPENDENT;
	WHEN(&s, stay(0, 930, 60, 0), HOURS_OVERLAP);
}

TEST(ten_hours_a_day_counting_paid_travel)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941, .week_min = 2100 };
	work(a, &s, stay(0, 700, 300, 0));       /* 7:00-12:00 */
	work(a, &s, stay(0, 1240, 240, 0));      /* 12:40-16:40 */
	WHEN(&s, stay(0, 1725, 60, 0), NOTHING); /* 10 h */
	WHEN(&s, stay(0, 1725, 61, 0), HOURS_DAY);
	WHEN(&s, stay(0, 1710, 30, 20), HOURS_TRAVEL);
	s.status = CARER_STATUS_INDEPENDENT;
	WHEN(&s, stay(0, 1725, 120, 0), NOTHING); /* the law of employees is not hers */
}

TEST(amplitude_of_twelve_hours_thirteen_for_an_exceptional_need_seven_days_a_month)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941, .week_min = 2100 };
	work(a, &s, stay(0, 800, 120, 0));
	work(a, &s, stay(0, 1130, 60, 0));
	WHEN(&s, stay(0, 1900, 60, 0), NOTHING);
	WHEN(&s, stay(0, 1930, 60, 0), HOURS_AMPLITUDE);
	s.exceptional = true;
	WHEN(&s, stay(0, 1930, 60, 0), NOTHING);
	WHEN(&s, stay(0, 2030, 60, 0), HOURS_AMPLITUDE);
	for (int d = 8; d < 15; d++) { /* seven wide days already this month */
		if (d == 12 || d == 13)
			continue;
		work(a, &s, stay(d, 800, 60, 0));
		work(a, &s, stay(d, 2000, 30, 0));
	}
	work(a, &s, stay(15, 800, 60, 0));
	work(a, &s, stay(15, 2000, 30, 0));
	work(a, &s, stay(16, 800, 60, 0));
	work(a, &s, stay(16, 2000, 30, 0));
	WHEN(&s, stay(0, 1930, 60, 0), HOURS_AMPLITUDE);
	s.idcc = IDCC_SAP_3127; /* 13 h with dependent persons */
	s.exceptional = false;
	WHEN(&s, stay(0, 1930, 60, 0), NOTHING);
}

TEST(eleven_hours_of_rest_on_both_sides)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941, .week_min = 2100 };
	work(a, &s, stay(0, 2000, 60, 0)); /* until 21:00 */
	WHEN(&s, stay(1, 759, 60, 0), HOURS_REST);
	WHEN(&s, stay(1, 800, 60, 0), NOTHING);
	work(a, &s, stay(2, 700, 60, 0));
	WHEN(&s, stay(1, 1930, 31, 0), HOURS_REST);
	WHEN(&s, stay(1, 1930, 30, 0), NOTHING);
}

TEST(a_pause_of_twenty_minutes_within_six_hours_and_a_meal_around_noon)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941, .week_min = 2100 };
	work(a, &s, stay(0, 1200, 180, 0));
	work(a, &s, stay(0, 1500, 120, 0));
	WHEN(&s, stay(0, 1700, 60, 0), NOTHING);
	WHEN(&s, stay(0, 1700, 61, 0), HOURS_PAUSE);
	WHEN(&s, stay(0, 1720, 61, 0), NOTHING);
	struct scene m = { .idcc = IDCC_BAD_2941, .week_min = 2100 };
	work(a, &m, stay(0, 1000, 150, 0));          /* until 12:30 */
	WHEN(&m, stay(0, 1255, 120, 0), HOURS_MEAL); /* 25 minutes */
	WHEN(&m, stay(0, 1300, 120, 0), NOTHING);
	WHEN(&m, stay(0, 1308, 120, 1), NOTHING);
	WHEN(&m, stay(0, 1300, 120, 1), HOURS_MEAL); /* the way takes 8 of the 30 */
}

TEST(part_time_days_have_three_interruptions_and_five_hours_of_them)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941, .week_min = 1680 };
	work(a, &s, stay(0, 800, 60, 0));
	work(a, &s, stay(0, 1000, 60, 0));
	work(a, &s, stay(0, 1200, 60, 0));
	WHEN(&s, stay(0, 1400, 60, 0), NOTHING);
	work(a, &s, stay(0, 1400, 60, 0));
	WHEN(&s, stay(0, 1530, 60, 0), HOURS_BREAKS);
	s.week_min = 2100; /* full time: V.13 does not apply */
	WHEN(&s, stay(0, 1530, 60, 0), NOTHING);
	struct scene t = { .idcc = IDCC_BAD_2941, .week_min = 1680 };
	work(a, &t, stay(0, 800, 120, 0));
	WHEN(&t, stay(0, 1501, 60, 0), HOURS_BREAK_TOTAL);
	t.exceptional = true;
	WHEN(&t, stay(0, 1501, 60, 0), NOTHING);
	struct scene u = { .idcc = IDCC_SAP_3127, .week_min = 1680 };
	work(a, &u, stay(0, 700, 60, 0));
	work(a, &u, stay(0, 1030, 60, 0));
	work(a, &u, stay(0, 1400, 60, 0));
	WHEN(&u, stay(0, 1700, 60, 0), NOTHING); /* two long ones, and one of 2 h */
	WHEN(&u, stay(0, 1730, 60, 0), HOURS_BREAK_LONG);
}

TEST(forty_eight_hours_a_week_forty_four_on_twelve_weeks)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941 };
	for (int d = 0; d < 5; d++) { /* 9 h a day, Monday to Friday */
		work(a, &s, stay(d, 700, 270, 0));
		work(a, &s, stay(d, 1215, 270, 0));
	}
	WHEN(&s, stay(5, 800, 180, 0), NOTHING);
	WHEN(&s, stay(5, 800, 181, 0), HOURS_WEEK);
	for (int wk = 1; wk <= 11; wk++)
		for (int d = 0; d < 5; d++) {
			work(a, &s, stay(d - 7 * wk, 700, 264, 0));
			work(a, &s, stay(d - 7 * wk, 1215, 264, 0));
		}
	WHEN(&s, stay(5, 800, 60, 0), HOURS_MEAN); /* 11 x 44 h and 46 h */
}

TEST(extra_hours_of_part_time_stop_at_a_third_and_below_full_time)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941,
			   .week_min = 1200 }; /* 20 h: at most 26 h 39 */
	for (int d = 0; d < 5; d++)
		work(a, &s, stay(d, 700, 300, 0));
	WHEN(&s, stay(4, 1400, 99, 0), NOTHING);
	WHEN(&s, stay(4, 1400, 100, 0), HOURS_EXTRA);
	s.week_min = 1900; /* a third more would reach full time */
	work(a, &s, stay(3, 1300, 240, 0));
	work(a, &s, stay(2, 1300, 240, 0));
	WHEN(&s, stay(4, 1400, 119, 0), NOTHING);
	WHEN(&s, stay(4, 1400, 120, 0), HOURS_EXTRA);
	s.week_min = 0; /* no contract known: not judged */
	WHEN(&s, stay(4, 1400, 120, 0), NOTHING);
}

TEST(six_days_in_a_row_and_four_days_off_in_a_fortnight)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_NONE };
	for (int d = 3; d < 9; d++)
		work(a, &s, stay(d, 900, 60, 0));
	WHEN(&s, stay(9, 1000, 60, 0), HOURS_RUN);
	WHEN(&s, stay(2, 1000, 60, 0), HOURS_RUN);
	WHEN(&s, stay(10, 1000, 60, 0), NOTHING);
	struct scene f = { .idcc = IDCC_BAD_2941 }; /* fortnight: 9 to 22 November */
	for (int d = 0; d < 12; d++)
		if (d != 5 && d != 6)
			work(a, &f, stay(d, 900, 60, 0));
	/* ten days worked; 12 and 13 (the second week end) are off */
	WHEN(&f, stay(12, 1000, 60, 0), HOURS_FORTNIGHT);
	struct scene p = { .idcc = IDCC_BAD_2941 };
	work(a, &p, stay(0, 900, 60, 0));
	work(a, &p, stay(5, 900, 60, 0)); /* Saturday */
	work(a, &p, stay(12, 900, 60, 0));
	WHEN(&p, stay(7, 900, 60, 0), HOURS_PAIR); /* no Sunday with a day off beside it */
}

TEST(thirty_five_hours_of_rest_in_the_week)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_SAP_3127 };
	for (int d = 0; d < 6; d++)
		work(a, &s, stay(d, 900, 60, 0));
	work(a, &s, stay(8, 900, 60, 0));
	WHEN(&s, stay(7, 2000, 60, 0), NOTHING);
	struct scene t = { .idcc = IDCC_SAP_3127 };
	work(a, &t, stay(-1, 2000, 60, 0)); /* Sunday evening before */
	for (int d = 1; d < 6; d++)
		work(a, &t, stay(d, 700, 60, 0));
	work(a, &t, stay(6, 1700, 60, 0)); /* Sunday 17:00: 33 h after Saturday 8:00 */
	WHEN(&t, stay(1, 1000, 60, 0), HOURS_WEEK_REST);
}

TEST(one_sunday_in_two)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941 };
	work(a, &s, stay(13, 900, 60, 0));
	WHEN(&s, stay(20, 900, 60, 0), HOURS_SUNDAY);
	WHEN(&s, stay(27, 900, 60, 0), NOTHING);
	struct scene t = { .idcc = IDCC_SAP_3127 }; /* two a month */
	work(a, &t, stay(6, 900, 60, 0));
	WHEN(&t, stay(13, 900, 60, 0), NOTHING);
	work(a, &t, stay(13, 900, 60, 0));
	WHEN(&t, stay(20, 900, 60, 0), HOURS_SUNDAYS);
	WHEN(&t, stay(34, 900, 60, 0), NOTHING); /* December */
}

TEST(a_day_sheet_counts_paid_travel_waiting_interruptions_and_kilometres)
{
	struct labour_rules r = labour_rules(IDCC_BAD_2941, MONDAY);
	struct stay v[] = { stay(0, 900, 60, 0), stay(0, 1030, 60, 10),
			    stay(0, 1400, 60, 0) };
	struct day_sheet s = day_sheet(&r, TRAVEL_MODE_CAR, v, 3);
	CHECK_INT(s.visits, 3);
	CHECK_INT(s.visit_min, 180);
	CHECK(s.paid_m > 12900 && s.paid_m < 13100); /* 10 km x 1.3 */
	CHECK_INT(s.travel_min, 28);
	CHECK_INT(s.wait_min, 2);
	CHECK_INT(s.work_min, 210);
	CHECK_INT(s.breaks, 1);
	CHECK_INT(s.free_min, 150);
	CHECK_INT(s.amplitude_min, 360);
	CHECK_INT(s.metres, 2 * s.paid_m);
	CHECK_INT(day_km_cents(&r, TRAVEL_MODE_CAR, 13000), 494);
	CHECK_INT(day_km_cents(&r, TRAVEL_MODE_FOOT, 13000), -1);
	r.v[LABOUR_rebuilt_travel] = 1; /* the alinéa, once it is funded */
	s = day_sheet(&r, TRAVEL_MODE_CAR, v, 3);
	CHECK_INT(s.travel_min, 56);
	CHECK_INT(s.free_min, 122);
	CHECK_INT(s.paid_m, s.metres);
	CHECK_INT(day_sheet(&r, TRAVEL_MODE_CAR, v, 0).work_min, 0);
}

TEST(a_full_day_refuses_rather_than_forgets)
{
	TEST_ARENA(a);
	struct scene s = { .idcc = IDCC_BAD_2941, .status = CARER_STATUS_INDEPENDENT };
	for (int i = 0; i < DAY_STAYS_MAX; i++)
		work(a, &s, stay(0, i / 4 * 100 + i % 4 * 15, 15, 0));
	struct labour_rules r = labour_rules(s.idcc, MONDAY);
	struct worker w = { .status = s.status };
	static struct day_book b;
	day_book_make(a, &r, &w, s.work.v, s.work.n, MONDAY, &b);
	CHECK_INT(b.n, DAY_STAYS_MAX);
	struct stay x = stay(0, 2300, 15, 0);
	CHECK(!hours_allow(&r, &w, &b, &x, false, NULL));
	CHECK(!day_book_add(&b, &x));
	CHECK_INT(hours_added(&r, &w, &b, &x, NULL), 0);
}
