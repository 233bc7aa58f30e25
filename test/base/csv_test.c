#include "base/base.h"
#include "base/csv.h"
#include "base/utf8.h"
#include "test.h"

TEST(utf8_accepts_the_standard_and_nothing_else)
{
	static const char *const good[] = { "",
					    "a",
					    "\xc3\xa9",
					    "\xe2\x82\xac",
					    "\xf0\x9f\x8f\xa0",
					    "\xf4\x8f\xbf\xbf",
					    "\xed\x9f\xbf" };
	static const char *const bad[] = {
		"\x80",         "\xc0\xaf",         "\xc1\xbf",
		"\xc3",         "\xe2\x82",         "\xe0\x80\xaf",
		"\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
		"\xff",         "\xf0\x80\x80\xaf"
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		CHECK(utf8_valid(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!utf8_valid(str_of(bad[i])));
}

TEST(every_code_point_is_written_and_read_back)
{
	TEST_ARENA(a);
	for (uint32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 61) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		struct arena_mark m = arena_mark(a);
		str s;
		utf8_put(a, c, &s);
		CHECK(utf8_valid(s));
		CHECK_INT(utf8_next(&s), c);
		CHECK_INT(s.n, 0);
		arena_reset(a, m);
	}
}

TEST(text_that_turns_around_or_holds_controls_is_not_clean)
{
	CHECK(utf8_clean(S("a\tb\n\xc3\xa9")));
	CHECK(!utf8_clean(S("a\rb")));
	CHECK(!utf8_clean(S("a\x7f")));
	CHECK(!utf8_clean(S("\xc2\x80")));
	CHECK(!utf8_clean(S("x\xe2\x80\xaey")));
	CHECK(!utf8_clean((str){ "a\0", 2 }));
}

TEST(cutting_and_repairing_never_leave_half_a_letter)
{
	TEST_ARENA(a);
	CHECK_STR(utf8_prefix(S("a\xc3\xa9z"), 2), "a");
	CHECK_STR(utf8_prefix(S("a\xc3\xa9z"), 3), "a\xc3\xa9");
	CHECK_STR(utf8_repair(a, S("a\xc3z\xff")), "a\xef\xbf\xbdz\xef\xbf\xbd");
	CHECK_INT(utf8_count(S("a\xc3\xa9\xe2\x82\xac")), 3);
}

static str join(struct arena *a, const struct csv_row *r)
{
	struct buf b = buf_init(a, 0);
	for (size_t i = 0; i < r->n; i++)
		buf_fmt(&b, "[%" PRIstr "]", STR(r->v[i]));
	return buf_str(&b);
}

/* Every row on one line, then the outcome. */
static str read_all(struct arena *a, str text)
{
	struct csv c = csv_init(a, text);
	struct buf b = buf_init(a, 0);
	struct csv_row r;
	enum err e;
	while ((e = csv_next(&c, &r)) == OK || e == ERR_INPUT)
		buf_fmt(&b, "%d%s%" PRIstr " ", (int)r.line, e == OK ? "" : "!",
			STR(join(a, &r)));
	if (e != ERR_NOT_FOUND)
		buf_fmt(&b, "%s %d@%d", err_name(e), (int)c.fault, (int)c.fault_line);
	return buf_str(&b);
}

TEST(csv_is_read_as_the_rfc_says)
{
	TEST_ARENA(a);
	CHECK_STR(read_all(a, S("a,b\r\n1,2\r\n")), "1[a][b] 2[1][2] ");
	CHECK_STR(read_all(a, S("a,b\n,\n")), "1[a][b] 2[][] ");
	CHECK_STR(read_all(a, S("\xef\xbb\xbf"
				"a;b\n1,5;2")),
		  "1[a][b] 2[1,5][2] ");
	CHECK_STR(read_all(a, S("a,b\n\"x, \"\"y\"\"\",\"l1\r\nl2\"\nz,t\n")),
		  "1[a][b] 2[x, \"y\"][l1\r\nl2] 4[z][t] ");
	CHECK_STR(read_all(a, S("a\n\n\nb\n")), "1[a] 4[b] ");
	CHECK_STR(read_all(a, S("")), "");
	CHECK_STR(read_all(a, S("\"\"\n")), "1[] ");
}

TEST(a_fault_in_csv_is_named_with_its_line)
{
	TEST_ARENA(a);
	CHECK_STR(read_all(a, S("a,b\n1\n2,3\n")), "1[a][b] 2![1] 3[2][3] ");
	CHECK_STR(read_all(a, S("a\nx\"y\n")), "1[a] SYNTAX 2@2");
	CHECK_STR(read_all(a, S("a\n\"x\"y\n")), "1[a] SYNTAX 2@2");
	CHECK_STR(read_all(a, S("a\n\"x\n\n")), "1[a] SYNTAX 3@2");
	CHECK_STR(read_all(a, S("a\n\xc3\n")), "1[a] SYNTAX 1@2");
	CHECK_STR(read_all(a, S("a\nx\ry\n")), "1[a] SYNTAX 1@2");
	CHECK_STR(read_all(a, S("a\n\"x\ry\"\n")), "1[a] SYNTAX 1@2");
	char *big = arena_alloc(a, 10000);
	memset(big, 'x', 10000);
	CHECK_STR(read_all(a, (str){ big, 10000 }), "LIMIT 5@1");
	memset(big, ',', 10000);
	CHECK_STR(read_all(a, (str){ big, 10000 }), "LIMIT 5@1");
}

TEST(a_column_is_found_by_its_name)
{
	TEST_ARENA(a);
	struct csv c = csv_init(a, S("FINESS, nom\n"));
	struct csv_row head;
	CHECK_OK(csv_next(&c, &head));
	CHECK_INT(csv_column(&head, S("finess")), 0);
	CHECK_INT(csv_column(&head, S("nom")), 1);
	CHECK(csv_column(&head, S("ville")) == SIZE_MAX);
}
