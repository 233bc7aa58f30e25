#include "talk/value.h"
#include "test.h"

/* Tuesday 12 February 2013, 4:30: the present of the Duckling suite. */
static const struct talk_now now = { .day = { 15748 }, .minute = 270, .utc_offset = -120 };

static str first(struct arena *a, const char *text)
{
	struct values v = value_find(a, str_of(text), &now, (struct value_ways){ 0 });
	struct buf b = buf_init(a, 4096);
	value_json(&b, &v);
	return buf_str(&b);
}

TEST(a_weekday_is_the_next_one_and_en_huit_one_week_later)
{
	TEST_ARENA(a);
	CHECK_STR(first(a, "mardi"), "[{\"kind\":\"datetime\",\"at\":\"2013-02-19T00:00:"
				     "00\",\"grain\":\"day\"}]");
	CHECK_STR(first(a, "lundi en huit"), "[{\"kind\":\"datetime\",\"at\":\"2013-02-"
					     "25T00:00:00\",\"grain\":\"day\"}]");
}

TEST(clock_times_in_words_are_read_to_the_minute)
{
	TEST_ARENA(a);
	CHECK_STR(first(a, "midi moins le quart"),
		  "[{\"kind\":\"datetime\",\"at\":\"2013-02-12T11:45:00\",\"grain\":"
		  "\"minute\"}]");
	CHECK_STR(first(a, "à huit heures et demie du soir"),
		  "[{\"kind\":\"datetime\",\"at\":\"2013-02-12T20:30:00\",\"grain\":"
		  "\"minute\"}]");
}

TEST(a_date_that_does_not_exist_gives_no_value)
{
	TEST_ARENA(a);
	CHECK_STR(first(a, "le 32 août"), "[]");
}
