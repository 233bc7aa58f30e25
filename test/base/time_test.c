#include "base/base.h"
#include "test.h"

TEST(every_day_of_four_centuries_comes_back)
{
	for (int d = -100000; d < 150000; d++) {
		struct civil c = day_civil((day){ d });
		CHECK_INT(day_of(c.year, c.month, c.day).d, d);
	}
	CHECK_INT(day_weekday(day_of(2026, 11, 22)), 7);
	CHECK_INT(month_days(2028, 2), 29);
	CHECK_INT(month_days(2100, 2), 28);
}

TEST(an_instant_is_printed_and_read_back)
{
	TEST_ARENA(a);
	ts t = { INT64_C(1795334400) * US_S }, u;
	CHECK_STR(ts_text(a, t), "2026-11-22T08:00:00Z");
	CHECK_OK(ts_parse(S("2026-11-22T08:00:00Z"), &u));
	CHECK_INT(u.us, t.us);
	CHECK_OK(ts_parse(S("2026-11-22T08:00:00.000001Z"), &u));
	CHECK_INT(u.us, t.us + 1);
	CHECK_ERR(ts_parse(S("2026-02-30T08:00:00Z"), &u), ERR_INPUT);
	CHECK_ERR(ts_parse(S("2026-11-22T24:00:00Z"), &u), ERR_INPUT);
	CHECK_ERR(ts_parse(S("2026-11-22 08:00:00Z"), &u), ERR_SYNTAX);
	CHECK_ERR(ts_parse(S("2026-11-22T08:00:00.000000Z"), &u), ERR_SYNTAX);
}
