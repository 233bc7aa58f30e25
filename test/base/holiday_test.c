#include "base/base.h"
#include "base/holiday.h"
#include "test.h"

#include <stdlib.h>

TEST(the_holidays_are_those_of_the_published_list)
{
	TEST_ARENA(a);
	const char *root = getenv("VIGIE_SOURCE");
	FILE *f = fopen(
		str_z(a, str_fmt(a, "%s/test/data/holidays.csv", root ? root : ".")), "r");
	assert_non_null(f);
	struct buf got = buf_init(a, 0);
	BUF_LIT(&got, "date,name\n");
	for (int y = 2024; y <= 2028; y++) {
		struct holiday h[HOLIDAYS_MAX];
		size_t n = holiday_year(HOLIDAY_METROPOLE, y, h);
		CHECK_INT(n, 11);
		for (size_t i = 0; i < n; i++)
			buf_fmt(&got, "%" PRIstr ",%s\n", STR(day_text(a, h[i].day)),
				h[i].name);
	}
	char *p = arena_alloc(a, 65536);
	str want = { p, fread(p, 1, 65536, f) };
	fclose(f);
	CHECK_STRS(buf_str(&got), want);
}

TEST(easter_falls_where_the_almanacs_say)
{
	TEST_ARENA(a);
	CHECK_STR(day_text(a, holiday_easter(1818)), "1818-03-22"); /* the earliest */
	CHECK_STR(day_text(a, holiday_easter(2038)), "2038-04-25"); /* the latest */
	CHECK_STR(day_text(a, holiday_easter(2000)), "2000-04-23");
	CHECK_STR(day_text(a, holiday_easter(2285)), "2285-03-22");
	for (int y = 1583; y < 4000; y++)
		CHECK_INT(day_weekday(holiday_easter(y)), 7);
}

TEST(each_territory_has_its_own_days)
{
	TEST_ARENA(a);
	static const struct {
		const char *code;
		size_t n;
		int month, mday;
	} cases[] = { { "67", 13, 12, 26 }, { "971", 12, 5, 27 },  { "972", 12, 5, 22 },
		      { "973", 12, 6, 10 }, { "974", 12, 12, 20 }, { "976", 12, 4, 27 },
		      { "76", 11, 11, 11 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum holiday_place where = holiday_place_of(str_of(cases[i].code));
		struct days set = holiday_set(a, where, 2026, 2026);
		CHECK_INT(set.n, cases[i].n);
		CHECK(days_have(&set, day_of(2026, cases[i].month, cases[i].mday)));
	}
	CHECK_INT(holiday_set(a, HOLIDAY_METROPOLE, 2024, 2028).n, 55);
	/* 2008: Ascension on 1 May, one day and not two */
	CHECK_INT(holiday_set(a, HOLIDAY_METROPOLE, 2008, 2008).n, 10);
}
