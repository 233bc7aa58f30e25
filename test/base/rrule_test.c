/* What a rule gives; 10,000 random ones are compared with another program in test/oracle. */
#include "base/base.h"
#include "base/rrule.h"
#include "test.h"

#include <stdlib.h>

static struct rrule rule(const char *text)
{
	struct rrule r = rrule_daily();
	CHECK_OK(rrule_parse(str_of(text), &r));
	return r;
}

static day day_at(const char *text)
{
	day d = DAY_NONE;
	CHECK_OK(day_parse(str_of(text), &d));
	return d;
}

/* The first `max` days of a rule: "2026-01-01 2026-01-03 ...", "..." when there are more. */
static str days_of(struct arena *a, const char *text, const char *from, int max)
{
	struct rrule r = rule(text);
	struct rrule_iter it = rrule_start(&r, day_at(from), DAY_NONE);
	struct buf b = buf_init(a, 0);
	day d;
	for (int i = 0; rrule_next(&it, &d); i++) {
		if (i)
			buf_byte(&b, ' ');
		if (i == max) {
			BUF_LIT(&b, "...");
			break;
		}
		buf_put(&b, day_text(a, d));
	}
	return buf_str(&b);
}

TEST(rules_give_the_days_of_the_rfc)
{
	/* examples of RFC 5545 §3.8.5.3 */
	static const struct {
		const char *rule, *from;
		int max;
		const char *days;
	} cases[] = {
		{ "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", 9,
		  "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12" },
		{ "FREQ=WEEKLY;INTERVAL=2;WKST=SU;UNTIL=19971007T000000Z;BYDAY=TU,TH",
		  "1997-09-02", 9,
		  "1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 "
		  "1997-10-02" },
		{ "FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05", 9,
		  "1997-09-05 1997-10-03 1997-11-07 1997-12-05" },
		{ "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07", 4,
		  "1997-09-07 1997-09-28 1997-11-02 1997-11-30 ..." },
		{ "FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "1997-09-22", 9,
		  "1997-09-22 1997-10-20 1997-11-17" },
		{ "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", 3,
		  "1997-09-28 1997-10-29 1997-11-28 ..." },
		{ "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1", "1997-09-30", 9,
		  "1997-09-30 1997-10-01 1997-10-31 1997-11-01" },
		{ "FREQ=YEARLY;BYDAY=20MO", "1997-05-19", 3,
		  "1997-05-19 1998-05-18 1999-05-17 ..." },
		{ "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", 4,
		  "1997-03-13 1997-03-20 1997-03-27 1998-03-05 ..." },
		{ "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", 3,
		  "1998-02-13 1998-03-13 1998-11-13 ..." },
		{ "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
		  "1996-11-05", 3, "1996-11-05 2000-11-07 2004-11-02 ..." },
		{ "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", 9,
		  "1997-09-04 1997-10-07 1997-11-06" },
		{ "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", 3,
		  "1997-09-29 1997-10-30 1997-11-27 ..." },
		{ "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", 9,
		  "1997-08-05 1997-08-10 1997-08-19 1997-08-24" },
		{ "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", 9,
		  "1997-08-05 1997-08-17 1997-08-19 1997-08-31" },
		/* what DTSTART completes, and days that a month has not */
		{ "FREQ=MONTHLY", "2026-01-31", 3, "2026-01-31 2026-03-31 2026-05-31 ..." },
		{ "FREQ=YEARLY", "2024-02-29", 3, "2024-02-29 2028-02-29 2032-02-29 ..." },
		{ "FREQ=YEARLY;BYMONTH=6", "2026-01-15", 2, "2026-06-15 2027-06-15 ..." },
		{ "FREQ=WEEKLY", "2026-11-22", 2, "2026-11-22 2026-11-29 ..." },
		{ "FREQ=YEARLY;BYDAY=-1SU,MO", "2026-12-20", 4,
		  "2026-12-21 2026-12-27 2026-12-28 2027-01-04 ..." },
	};
	TEST_ARENA(a);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(days_of(a, cases[i].rule, cases[i].from, cases[i].max),
			  cases[i].days);
}

TEST(a_rule_is_written_in_one_way)
{
	static const char *const cases[][2] = {
		{ "byday=we,MO,MO;freq=weekly;interval=1;wkst=mo",
		  "FREQ=WEEKLY;BYDAY=MO,WE" },
		{ "FREQ=MONTHLY;BYDAY=-1SU,2MO,+1MO,FR;BYSETPOS=3,-1,3",
		  "FREQ=MONTHLY;BYDAY=FR,1MO,2MO,-1SU;BYSETPOS=-1,3" },
		{ "FREQ=YEARLY;BYMONTH=12,1;BYMONTHDAY=-1,15;INTERVAL=2;COUNT=7;WKST=SU",
		  "FREQ=YEARLY;INTERVAL=2;COUNT=7;WKST=SU;BYMONTH=1,12;BYMONTHDAY=15,-1" },
		{ "FREQ=DAILY;UNTIL=20261231T225959Z",
		  "FREQ=DAILY;UNTIL=20261231T225959Z" },
		{ "FREQ=DAILY;UNTIL=20261231t225959", "FREQ=DAILY;UNTIL=20261231T225959" },
		{ "FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231" },
	};
	TEST_ARENA(a);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rrule r = rule(cases[i][0]);
		CHECK_STR(rrule_text(a, &r), cases[i][1]);
	}
}

TEST(a_rule_that_is_not_one_is_refused_with_the_reason)
{
	static const struct {
		const char *text;
		enum err e;
	} cases[] = {
		{ "", ERR_SYNTAX },
		{ "RRULE:FREQ=DAILY", ERR_SYNTAX },
		{ "FREQ=DAILY;", ERR_SYNTAX },
		{ "FREQ", ERR_SYNTAX },
		{ "FREQ=OFTEN", ERR_SYNTAX },
		{ "INTERVAL=2", ERR_SYNTAX },
		{ "FREQ=DAILY;FREQ=DAILY", ERR_SYNTAX },
		{ "FREQ=DAILY;INTERVAL=", ERR_SYNTAX },
		{ "FREQ=DAILY;INTERVAL=-1", ERR_SYNTAX },
		{ "FREQ=DAILY;INTERVAL=x", ERR_SYNTAX },
		{ "FREQ=DAILY;INTERVAL=0", ERR_LIMIT },
		{ "FREQ=DAILY;INTERVAL=1001", ERR_LIMIT },
		{ "FREQ=DAILY;COUNT=0", ERR_LIMIT },
		{ "FREQ=DAILY;COUNT=10001", ERR_LIMIT },
		{ "FREQ=DAILY;COUNT=2;UNTIL=20270101", ERR_INPUT },
		{ "FREQ=DAILY;UNTIL=20270230", ERR_INPUT },
		{ "FREQ=DAILY;UNTIL=2027-01-01", ERR_SYNTAX },
		{ "FREQ=DAILY;UNTIL=20270101T", ERR_SYNTAX },
		{ "FREQ=DAILY;UNTIL=2027O101", ERR_SYNTAX },
		{ "FREQ=DAILY;UNTIL=20270101T250000", ERR_INPUT },
		{ "FREQ=DAILY;UNTIL=20270101T2500000", ERR_SYNTAX },
		{ "FREQ=DAILY;UNTIL=20270101 230000", ERR_SYNTAX },
		{ "FREQ=DAILY;WKST=XX", ERR_SYNTAX },
		{ "FREQ=DAILY;BYMONTH=13", ERR_LIMIT },
		{ "FREQ=DAILY;BYMONTH=1,", ERR_SYNTAX },
		{ "FREQ=DAILY;BYMONTHDAY=0", ERR_LIMIT },
		{ "FREQ=DAILY;BYMONTHDAY=32", ERR_LIMIT },
		{ "FREQ=DAILY;BYMONTHDAY=+-3", ERR_SYNTAX },
		{ "FREQ=WEEKLY;BYMONTHDAY=1", ERR_INPUT },
		{ "FREQ=WEEKLY;BYDAY=1MO", ERR_INPUT },
		{ "FREQ=MONTHLY;BYDAY=M", ERR_SYNTAX },
		{ "FREQ=MONTHLY;BYDAY=0MO", ERR_LIMIT },
		{ "FREQ=MONTHLY;BYDAY=6MO", ERR_INPUT },
		{ "FREQ=YEARLY;BYMONTH=1;BYDAY=6MO", ERR_INPUT },
		{ "FREQ=YEARLY;BYDAY=54MO", ERR_LIMIT },
		{ "FREQ=MONTHLY;BYSETPOS=1", ERR_INPUT },
		{ "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", ERR_LIMIT },
		{ "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,"
		  "17",
		  ERR_LIMIT },
		{ "FREQ=HOURLY", ERR_UNSUPPORTED },
		{ "FREQ=DAILY;BYHOUR=9", ERR_UNSUPPORTED },
		{ "FREQ=YEARLY;BYWEEKNO=20", ERR_UNSUPPORTED },
		{ "FREQ=DAILY;X-RULE=1", ERR_SYNTAX },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rrule r;
		enum err e = rrule_parse(str_of(cases[i].text), &r);
		if (e != cases[i].e)
			print_error("%s\n", cases[i].text);
		CHECK_ERR(e, cases[i].e);
	}
	TEST_ARENA(a);
	struct rrule r;
	struct buf b = buf_init(a, 0);
	BUF_LIT(&b, "FREQ=YEARLY;BYDAY=1MO");
	for (int i = 2; i < 40; i++)
		buf_fmt(&b, ",%dMO", i);
	CHECK_ERR(rrule_parse(buf_str(&b), &r), ERR_LIMIT);
	buf_put(&b, buf_str(&b)), buf_put(&b, buf_str(&b));
	CHECK_ERR(rrule_parse(buf_str(&b), &r), ERR_LIMIT);
}

TEST(an_impossible_rule_ends_and_is_refused)
{
	static const char *const never[] = {
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
		"FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31",
		"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
		"FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=31",
		"FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
		"FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
		"FREQ=MONTHLY;INTERVAL=12;BYMONTH=6",
		"FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
		"FREQ=DAILY;UNTIL=20200101",
	};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		struct recurrence r = { .rule = rule(never[i]),
					.from = day_of(2026, 1, 1),
					.hours = { 540 },
					.n_hours = 1 };
		CHECK_ERR(recurrence_check(&r), ERR_INPUT);
	}
}

TEST(the_end_of_the_calendar_ends_a_rule)
{
	TEST_ARENA(a);
	CHECK_STR(days_of(a, "FREQ=DAILY", "9999-12-30", 9), "9999-12-30 9999-12-31");
	CHECK_STR(days_of(a, "FREQ=WEEKLY", "9999-12-26", 9), "9999-12-26");
	CHECK_STR(days_of(a, "FREQ=MONTHLY", "9999-11-30", 9), "9999-11-30 9999-12-30");
	CHECK_STR(days_of(a, "FREQ=YEARLY", "9998-01-01", 9), "9998-01-01 9999-01-01");
}

TEST(seeking_far_lands_on_the_day_that_walking_finds)
{
	static const char *const rules[] = { "FREQ=DAILY;INTERVAL=7",
					     "FREQ=WEEKLY;INTERVAL=3",
					     "FREQ=MONTHLY;INTERVAL=5;BYDAY=2TU",
					     "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2",
					     "FREQ=DAILY;COUNT=9000" };
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct rrule r = rule(rules[i]);
		day from = day_of(2026, 2, 3), to = day_of(2043, 7, 1), x, y;
		struct rrule_iter walk = rrule_start(&r, from, DAY_NONE), seek = walk;
		while (rrule_next(&walk, &x) && x.d < to.d)
			;
		rrule_seek(&seek, to);
		CHECK(rrule_next(&seek, &y));
		CHECK_INT(x.d, y.d);
		rrule_seek(&seek, from); /* never back */
		CHECK(rrule_next(&seek, &y));
		CHECK(y.d > x.d);
	}
	struct rrule r = rule("FREQ=DAILY;COUNT=3");
	struct rrule_iter it = rrule_start(&r, day_of(2026, 1, 1), DAY_NONE);
	day d;
	rrule_seek(&it, day_of(2027, 1, 1));
	CHECK(!rrule_next(&it, &d));
}

/* ---- instants ---- */

static const struct zone *paris(struct arena *a)
{
	const char *root = getenv("VIGIE_SOURCE");
	FILE *f = fopen(str_z(a, str_fmt(a, "%s/test/data/zones/Paris", root ? root : ".")),
			"rb");
	assert_non_null(f);
	char *p = arena_alloc(a, ZONE_BYTES_MAX);
	str bytes = { p, fread(p, 1, ZONE_BYTES_MAX, f) };
	fclose(f);
	const struct zone *z = NULL;
	CHECK_OK(zone_parse(a, S("Europe/Paris"), bytes, &z));
	return z;
}

static str starts(struct arena *a, const struct recurrence *r, const char *from,
		  const char *until, const struct days *holidays)
{
	struct span range;
	struct occurrences list;
	CHECK_OK(recurrence_check(r));
	CHECK_OK(ts_parse(str_of(from), &range.from));
	CHECK_OK(ts_parse(str_of(until), &range.until));
	CHECK_OK(recurrence_expand(a, r, paris(a), holidays, range, 100, &list));
	struct buf b = buf_init(a, 0);
	for (size_t i = 0; i < list.n; i++) {
		if (i)
			buf_byte(&b, ' ');
		buf_put(&b, hm_text(a, list.v[i].min));
		buf_byte(&b, '=');
		buf_put(&b, str_sub(ts_text(a, list.v[i].start), 5, 16));
	}
	return buf_str(&b);
}

TEST(the_hour_on_the_wall_stays_when_the_clocks_change)
{
	TEST_ARENA(a);
	struct recurrence r = { .rule = rule("FREQ=DAILY"),
				.from = day_of(2026, 10, 1),
				.hours = { 540 },
				.n_hours = 1 };
	CHECK_STR(starts(a, &r, "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z", NULL),
		  "09:00=10-24T07:00 09:00=10-25T08:00");
	/* 02:30 does not exist on 28 March: shifted, after 03:00 of the same day */
	struct recurrence night = { .rule = rule("FREQ=DAILY"),
				    .from = day_of(2027, 3, 1),
				    .hours = { 150, 180 },
				    .n_hours = 2 };
	CHECK_STR(starts(a, &night, "2027-03-28T00:00:00Z", "2027-03-29T00:00:00Z", NULL),
		  "03:00=03-28T01:00 02:30=03-28T01:30");
}

TEST(a_range_is_half_open_and_in_instants)
{
	TEST_ARENA(a);
	struct recurrence r = { .rule = rule("FREQ=DAILY"),
				.from = day_of(2026, 7, 1),
				.hours = { 0, 60, 1439 },
				.n_hours = 3 };
	CHECK_STR(starts(a, &r, "2026-07-01T22:00:00Z", "2026-07-01T23:00:00Z", NULL),
		  "00:00=07-01T22:00");
	CHECK_STR(starts(a, &r, "2026-07-01T22:00:00Z", "2026-07-01T22:00:00Z", NULL), "");
	struct occurrences list;
	struct span wide = { { 0 }, { INT64_C(1900000000) * US_S } };
	CHECK_ERR(recurrence_expand(a, &r, paris(a), NULL, wide, 10, &list), ERR_LIMIT);
}

TEST(exceptions_take_an_hour_or_a_day_and_do_not_lengthen_a_count)
{
	TEST_ARENA(a);
	struct exdate ex[] = { { day_of(2026, 7, 2), 540 }, { day_of(2026, 7, 3), -1 } };
	struct recurrence r = { .rule = rule("FREQ=DAILY;COUNT=4"),
				.from = day_of(2026, 7, 1),
				.hours = { 540, 1080 },
				.n_hours = 2,
				.exdates = ex,
				.n_exdates = 2 };
	CHECK_STR(starts(a, &r, "2026-06-01T00:00:00Z", "2026-08-01T00:00:00Z", NULL),
		  "09:00=07-01T07:00 18:00=07-01T16:00 18:00=07-02T16:00 09:00=07-04T07:00 "
		  "18:00=07-04T16:00");
}

TEST(public_holidays_are_left_out_only_on_demand)
{
	TEST_ARENA(a);
	day fete[] = { day_of(2026, 7, 13), day_of(2026, 7, 14), day_of(2026, 7, 15) };
	struct days set = { fete + 1, 1, 1 };
	struct recurrence r = { .rule = rule("FREQ=DAILY;UNTIL=20260715"),
				.from = day_of(2026, 7, 13),
				.hours = { 540 },
				.n_hours = 1 };
	CHECK_STR(starts(a, &r, "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", &set),
		  "09:00=07-13T07:00 09:00=07-14T07:00 09:00=07-15T07:00");
	r.no_holidays = true;
	CHECK_STR(starts(a, &r, "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", &set),
		  "09:00=07-13T07:00 09:00=07-15T07:00");
	CHECK(days_have(&set, fete[1]) && !days_have(&set, fete[0]) &&
	      !days_have(&set, fete[2]) && !days_have(NULL, fete[0]));
}

TEST(until_with_an_hour_is_exact)
{
	TEST_ARENA(a);
	struct recurrence r = { .rule = rule("FREQ=DAILY;UNTIL=20260702T160000Z"),
				.from = day_of(2026, 7, 2),
				.hours = { 540, 1080, 1081 },
				.n_hours = 3 };
	CHECK_STR(starts(a, &r, "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", NULL),
		  "09:00=07-02T07:00 18:00=07-02T16:00");
	r.rule = rule("FREQ=DAILY;UNTIL=20260703T090000");
	CHECK_STR(
		starts(a, &r, "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", NULL),
		"09:00=07-02T07:00 18:00=07-02T16:00 18:01=07-02T16:01 09:00=07-03T07:00");
}

TEST(a_series_without_a_lawful_hour_is_refused)
{
	struct recurrence r = { .rule = rule("FREQ=DAILY"), .from = day_of(2026, 7, 2) };
	CHECK_ERR(recurrence_check(&r), ERR_INPUT);
	r.n_hours = 1, r.hours[0] = 1440;
	CHECK_ERR(recurrence_check(&r), ERR_INPUT);
	r.hours[0] = -1;
	CHECK_ERR(recurrence_check(&r), ERR_INPUT);
	r.n_hours = 2, r.hours[0] = r.hours[1] = 540;
	CHECK_ERR(recurrence_check(&r), ERR_INPUT);
	r.n_hours = RECUR_HOURS_MAX + 1;
	CHECK_ERR(recurrence_check(&r), ERR_LIMIT);
}
