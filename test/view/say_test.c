#include "test.h"
#include "view/say.h"

#define SAY(a, call)                                                                       \
	__extension__({                                                                    \
		struct buf buf_ = buf_init((a), 0), *b = &buf_;                            \
		call;                                                                      \
		buf_str(b);                                                                \
	})

TEST(hours_and_durations_read_as_they_are_said)
{
	TEST_ARENA(a);
	CHECK_STR(SAY(a, say_hour(b, LANG_FR, 540)), "9" NBSP "h");
	CHECK_STR(SAY(a, say_hour(b, LANG_FR, 560)), "9" NBSP "h" NBSP "20");
	CHECK_STR(SAY(a, say_hour(b, LANG_FR, 5)), "0" NBSP "h" NBSP "05");
	CHECK_STR(SAY(a, say_hour(b, LANG_EN, 540)), "9:00");
	CHECK_STR(SAY(a, say_hours(b, LANG_FR, 540, 600)),
		  "9" NBSP "h" NBSP "\xe2\x80\x93 10" NBSP "h");
	CHECK_STR(SAY(a, say_duration(b, LANG_FR, 45)), "45" NBSP "min");
	CHECK_STR(SAY(a, say_duration(b, LANG_FR, 60)), "1" NBSP "h");
	CHECK_STR(SAY(a, say_duration(b, LANG_FR, 65)), "1" NBSP "h" NBSP "05");
}

TEST(dates_read_as_they_are_said)
{
	TEST_ARENA(a);
	day d = day_of(2026, 11, 24);
	CHECK_STR(SAY(a, say_date(b, LANG_FR, d, SAY_DAY)), "mardi 24" NBSP "novembre");
	CHECK_STR(SAY(a, say_date(b, LANG_FR, d, SAY_FULL)),
		  "mardi 24" NBSP "novembre 2026");
	CHECK_STR(SAY(a, say_date(b, LANG_EN, d, SAY_SHORT)), "Tue 24" NBSP "Nov");
	CHECK_STR(SAY(a, say_date(b, LANG_FR, day_of(2026, 8, 1), SAY_DAY)),
		  "samedi 1er" NBSP "ao\xc3\xbbt");
	CHECK_STR(SAY(a, say_date(b, LANG_FR, d, SAY_MONTH)), "novembre 2026");
	CHECK_STR(SAY(a, say_date(b, LANG_FR, DAY_NONE, SAY_DAY)), "");
	CHECK_STR(SAY(a, say_near(b, LANG_FR, d, day_add(d, -1))), "demain");
	CHECK_STR(SAY(a, say_near(b, LANG_FR, d, day_add(d, -2))),
		  "mardi 24" NBSP "novembre");
}

TEST(numbers_and_money_follow_the_language)
{
	TEST_ARENA(a);
	CHECK_STR(SAY(a, say_number(b, LANG_FR, 1234567)), "1" NNBSP "234" NNBSP "567");
	CHECK_STR(SAY(a, say_number(b, LANG_EN, -1234)), "\xe2\x88\x92"
							 "1,234");
	CHECK_STR(SAY(a, say_number(b, LANG_FR, INT64_MIN)),
		  "\xe2\x88\x92"
		  "9" NNBSP "223" NNBSP "372" NNBSP "036" NNBSP "854" NNBSP "775" NNBSP
		  "808");
	CHECK_STR(SAY(a, say_money(b, LANG_FR, (money){ -5 })), "\xe2\x88\x92"
								"0,05" NBSP "\xe2\x82\xac");
	CHECK_STR(SAY(a, say_money(b, LANG_EN, (money){ 123450 })), "\xe2\x82\xac"
								    "1,234.50");
	CHECK_STR(SAY(a, say_percent(b, LANG_FR, 961)), "96,1" NBSP "%");
	CHECK_STR(SAY(a, say_decimal(b, LANG_FR, 7, 0)), "7");
	CHECK_STR(SAY(a, say_distance(b, LANG_FR, 4120)), "4,1" NBSP "km");
	CHECK_STR(SAY(a, say_distance(b, LANG_FR, 800)), "800" NBSP "m");
}

TEST(lists_phones_and_initials)
{
	TEST_ARENA(a);
	str v[] = { S("a"), S("b"), S("c") };
	CHECK_STR(SAY(a, say_list(b, LANG_FR, v, 3)), "a, b et c");
	CHECK_STR(SAY(a, say_list(b, LANG_EN, v, 2)), "a and b");
	CHECK_STR(SAY(a, say_list(b, LANG_FR, v, 1)), "a");
	CHECK_STR(SAY(a, say_phone(b, S("0235010203"))),
		  "02" NBSP "35" NBSP "01" NBSP "02" NBSP "03");
	CHECK_STR(SAY(a, say_phone(b, S("15"))), "15");
	CHECK_STR(SAY(a, say_initials(b, S("a\xc3\xafssa b\xc3\xa9"
					   "dard x"))),
		  "AB");
	CHECK_STR(SAY(a, say_initials(b, S("\xc3\xa9lodie"))), "\xc3\x89");
}

TEST(the_typography_of_french_is_put_into_the_messages)
{
	CHECK(str_find(tr(LANG_FR, T_err_input), S("pas" NBSP ": voyez")) != SIZE_MAX);
	CHECK(str_find(tr(LANG_FR, T_err_forbidden), S("'")) == SIZE_MAX);
	CHECK_INT(tr_find(S("err.input")), T_err_input);
	CHECK_INT(tr_find(S("err.nothing")), T_COUNT_);
	for (int e = OK + 1; e < ERR_COUNT_; e++)
		CHECK(tr_find(str_of(err_key((enum err)e))) != T_COUNT_);
}

TEST(the_language_is_the_first_one_known)
{
	CHECK_INT(lang_of(S("de, en-GB;q=0.9, fr;q=0.8")), LANG_EN);
	CHECK_INT(lang_of(S("fr")), LANG_FR);
	CHECK_INT(lang_of(S("")), LANG_FR);
	CHECK_INT(lang_of(S("enx, frr")), LANG_FR);
}

TEST(placeholders_may_come_in_any_order)
{
	TEST_ARENA(a);
	str args[] = { S("x"), S("y") };
	CHECK_STR(SAY(a, tr_put(b, S("%2 then %1 at 100 %"), args, 2)),
		  "y then x at 100 %");
}
