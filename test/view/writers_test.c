#include "test.h"
#include "base/csv.h"
#include "view/csv.h"
#include "view/json.h"
#include "view/svg.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(json_nests_and_escapes)
{
	TEST_ARENA(a);
	struct buf b = buf_init(a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	JSON(&j, "name", S("a\"\\\n\x01\xc3\xa9"));
	JSON(&j, "n", -3);
	JSON(&j, "big", (size_t)7);
	JSON(&j, "ok", (bool)true);
	JSON(&j, "at", ((ts){ US_DAY }));
	JSON(&j, "never", TS_NEVER);
	JSON(&j, "on", DAY_NONE);
	JSON(&j, "id", ID_NONE);
	JSON(&j, "price_cents", ((money){ 5 }));
	json_key(&j, "list");
	json_arr(&j);
	json_int(&j, 1);
	json_arr(&j);
	json_end(&j);
	json_obj(&j);
	json_end(&j);
	json_null(&j);
	json_end(&j);
	json_end(&j);
	json_done(&j);
	CHECK_STR(
		buf_str(&b),
		"{\"name\":\"a\\\"\\\\\\n\\u0001\xc3\xa9\",\"n\":-3,\"big\":7,\"ok\":true,"
		"\"at\":\"1970-01-02T00:00:00Z\",\"never\":null,\"on\":null,\"id\":null,"
		"\"price_cents\":5,\"list\":[1,[],{},null]}");
}

TEST(text_that_is_not_utf8_leaves_json_valid)
{
	TEST_ARENA(a);
	struct buf b = buf_init(a, 0);
	struct json j = json_to(&b);
	json_str(&j, S("x\xff"));
	json_done(&j);
	CHECK_STR(buf_str(&b), "\"x\xef\xbf\xbd\"");
}

static void value_without_key(struct json *j)
{
	json_obj(j);
	json_int(j, 1);
}
static void key_in_array(struct json *j)
{
	json_arr(j);
	json_key(j, "x");
}
static void key_without_value(struct json *j)
{
	json_obj(j);
	json_key(j, "x");
	json_end(j);
}
static void end_too_many(struct json *j)
{
	json_end(j);
}
static void not_closed(struct json *j)
{
	json_arr(j);
	json_done(j);
}
static void two_values(struct json *j)
{
	json_int(j, 1);
	json_int(j, 2);
}

TEST(json_that_would_not_be_well_formed_stops_the_program)
{
	static void (*const wrong[])(struct json *) = { value_without_key, key_in_array,
							key_without_value, end_too_many,
							not_closed,        two_values };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		pid_t pid = fork();
		if (pid == 0) {
			fclose(stderr);
			struct arena *a = arena_new(0);
			struct buf b = buf_init(a, 0);
			struct json j = json_to(&b);
			wrong[i](&j);
			_exit(0);
		}
		int status;
		waitpid(pid, &status, 0);
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	}
}

TEST(csv_is_quoted_where_it_must_be_and_holds_no_formula)
{
	TEST_ARENA(a);
	struct buf b = buf_init(a, 0);
	struct csv_out o = csv_to(&b, false);
	static const char *const names[] = { "a", "b" };
	csv_header(&o, names, 2);
	csv_text(&o, S("x,\"y\""));
	csv_text(&o, S("=1+1"));
	csv_int(&o, -5);
	csv_decimal(&o, -1250, 2);
	csv_text(&o, S("-x"));
	csv_text(&o, S("@x"));
	csv_text(&o, S("plain"));
	csv_day(&o, DAY_NONE);
	csv_row_end(&o);
	CHECK_STR(buf_str(&b),
		  "a,b\r\n\"x,\"\"y\"\"\",\"'=1+1\",-5,-12.50,\"'-x\",\"'@x\",plain,\r\n");
}

TEST(what_the_csv_writer_writes_the_reader_reads)
{
	TEST_ARENA(a);
	struct rng r = rng_init(11, 0);
	static const char letters[] = "ab\",;\n x";
	for (int round = 0; round < 200; round++) {
		struct buf b = buf_init(a, 0);
		struct csv_out o = csv_to(&b, round % 2);
		str cells[3];
		csv_header(&o, (const char *const[]){ "h", "i", "j" }, 3);
		for (int k = 0; k < 3; k++) {
			size_t n = rng_below(&r, 6) + 1;
			char *p = arena_alloc(a, n);
			for (size_t i = 0; i < n; i++)
				p[i] = letters[rng_below(&r, sizeof letters - 1)];
			cells[k] = (str){ p, n };
			csv_text(&o, cells[k]);
		}
		csv_row_end(&o);
		struct csv c = csv_init(a, buf_str(&b));
		struct csv_row row;
		CHECK_OK(csv_next(&c, &row));
		CHECK_OK(csv_next(&c, &row));
		for (int k = 0; k < 3; k++)
			CHECK_STRS(row.v[k], cells[k]);
		CHECK_ERR(csv_next(&c, &row), ERR_NOT_FOUND);
	}
}

TEST(charts_are_told_in_words_and_stay_inside_their_frame)
{
	TEST_ARENA(a);
	struct html bar = svg_bar(a, -5, 2000, 1000, TONE_DONE);
	CHECK(str_find(bar.s, S("x=\"0\" width=\"1000\"")) != SIZE_MAX);
	CHECK(str_find(bar.s, S("tone-done")) != SIZE_MAX);
	struct svg_point v[] = { { S("lun."), 0, TONE_DONE },
				 { S(""), 50, TONE_LATE },
				 { S("<mer>"), 900, TONE_FAILED } };
	struct svg_chart c = { S("Heures"), S("De 0 \xc3\xa0 100"), v, 3, 100, S("100"),
			       LANG_FR };
	struct html line = svg_line(a, &c);
	CHECK(str_find(line.s, S("<title>Heures</title><desc>De 0")) != SIZE_MAX);
	CHECK(str_find(line.s, S("&lt;mer&gt;")) != SIZE_MAX);
	CHECK(str_find(line.s, S("M107 158L206 85L304 12")) != SIZE_MAX);
	struct html columns = svg_columns(a, &c);
	CHECK(str_find(columns.s, S("tone-failed")) != SIZE_MAX);
	CHECK(str_find(columns.s, S("style")) == SIZE_MAX);
	struct html dot = svg_interval(a, 900, 950, 980, 500, 1000);
	CHECK(str_find(dot.s, S("cx=\"188\"")) != SIZE_MAX);
}

TEST(a_block_of_the_board_stands_at_its_hour_and_says_what_it_is)
{
	TEST_ARENA(a);
	struct board_block v[] = {
		{ 480, 540, TONE_LATE, S("<8 h>"), S("en retard"), S("/v") },
		{ 0, 300, TONE_DONE, S("night"), S("before"), S("") },
		{ 300, 420, TONE_UNKNOWN, S("x"), S("y"), S("javascript:1") }
	};
	struct lane l = { S("A"), S(""), false, v, 3 };
	struct board d = { 360, 840, 600, &l, 1 };
	str s = svg_lane(a, &d, &l).s;
	CHECK(str_find(s, S("x=\"25.00%\" width=\"12.50%\"")) != SIZE_MAX);
	CHECK(str_find(s, S("aria-label=\"&lt;8 h&gt; : en retard\" href=\"/v\"")) !=
	      SIZE_MAX);
	CHECK(str_find(s, S("night")) == SIZE_MAX); /* outside the hours shown */
	CHECK(str_find(s, S("x=\"0.00%\" width=\"12.50%\"")) != SIZE_MAX); /* cut at 6 h */
	CHECK(str_find(s, S("javascript")) == SIZE_MAX);
	CHECK(str_find(s, S("class=\"now\" y1=\"0\" y2=\"100%\" x1=\"50.00%\"")) !=
	      SIZE_MAX);
	CHECK(str_find(svg_hours(a, &d, LANG_FR).s, S(">6" NBSP "h<")) != SIZE_MAX);
}
