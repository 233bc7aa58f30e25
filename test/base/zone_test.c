#include "base/base.h"
#include "base/zone.h"
#include "test.h"

#include <stdlib.h>

static str bytes_of(struct arena *a, const char *name)
{
	const char *root = getenv("VIGIE_SOURCE");
	FILE *f = fopen(
		str_z(a, str_fmt(a, "%s/test/data/zones/%s", root ? root : ".", name)),
		"rb");
	assert_non_null(f);
	char *p = arena_alloc(a, ZONE_BYTES_MAX);
	size_t n = fread(p, 1, ZONE_BYTES_MAX, f);
	fclose(f);
	return (str){ p, n };
}

static const struct zone *zone(struct arena *a, const char *name)
{
	const struct zone *z = NULL;
	CHECK_OK(zone_parse(a, str_of(name), bytes_of(a, name), &z));
	return z;
}

static ts utc(const char *text)
{
	ts t = { 0 };
	CHECK_OK(ts_parse(str_of(text), &t));
	return t;
}

TEST(an_hour_that_does_not_exist_is_shifted_forward)
{
	TEST_ARENA(a);
	const struct zone *z = zone(a, "Paris");
	day d = day_of(2027, 3, 28); /* 02:00 becomes 03:00 */
	CHECK_STR(ts_text(a, zone_ts(z, d, 119)), "2027-03-28T00:59:00Z");
	CHECK_STR(ts_text(a, zone_ts(z, d, 120)), "2027-03-28T01:00:00Z");
	CHECK_STR(ts_text(a, zone_ts(z, d, 150)), "2027-03-28T01:30:00Z");
	CHECK_INT(zone_local(z, zone_ts(z, d, 150)).min, 210);
	CHECK_STR(ts_text(a, zone_ts(z, d, 180)), "2027-03-28T01:00:00Z");
}

TEST(an_hour_that_exists_twice_is_the_first)
{
	TEST_ARENA(a);
	const struct zone *z = zone(a, "Paris");
	day d = day_of(2026, 10, 25); /* 03:00 becomes 02:00 */
	CHECK_STR(ts_text(a, zone_ts(z, d, 119)), "2026-10-24T23:59:00Z");
	CHECK_STR(ts_text(a, zone_ts(z, d, 150)), "2026-10-25T00:30:00Z");
	CHECK_STR(ts_text(a, zone_ts(z, d, 180)), "2026-10-25T02:00:00Z");
	struct zone_local l = zone_local(z, utc("2026-10-25T01:30:15.000007Z"));
	CHECK_INT(l.min, 150);
	CHECK_INT(l.sec, 15);
	CHECK_INT(l.us, 7);
	CHECK_INT(l.off_s, 3600);
	CHECK(!l.dst);
}

TEST(several_zones_live_in_one_process)
{
	TEST_ARENA(a);
	const struct zone *paris = zone(a, "Paris"), *reunion = zone(a, "Reunion"),
			  *miquelon = zone(a, "Miquelon");
	ts t = utc("2026-07-01T22:30:00Z");
	CHECK_INT(zone_day(paris, t).d, day_of(2026, 7, 2).d);
	CHECK_INT(zone_local(reunion, t).min, 150);
	CHECK_INT(zone_local(miquelon, t).off_s, -7200);
	CHECK_STR(zone_name(reunion), "Reunion");
}

TEST(the_footer_rules_far_years)
{
	TEST_ARENA(a);
	const struct zone *z = zone(a, "Paris");
	CHECK_INT(zone_local(z, utc("2126-07-01T00:00:00Z")).off_s, 7200);
	CHECK_INT(zone_local(z, utc("2126-12-01T00:00:00Z")).off_s, 3600);
	CHECK_STR(ts_text(a, zone_next_change(z, utc("2126-04-15T00:00:00Z"))),
		  "2126-10-27T01:00:00Z");
	CHECK_STR(ts_text(a, zone_next_change(z, utc("2026-10-25T01:00:00Z"))),
		  "2027-03-28T01:00:00Z");
	CHECK_INT(zone_next_change(zone(a, "Reunion"), utc("2026-01-01T00:00:00Z")).us,
		  TS_NEVER.us);
}

TEST(minutes_beyond_a_day_move_the_day)
{
	TEST_ARENA(a);
	const struct zone *z = zone(a, "Paris");
	CHECK_INT(zone_ts(z, day_of(2026, 11, 21), 1500).us,
		  zone_ts(z, day_of(2026, 11, 22), 60).us);
	CHECK_INT(zone_ts(z, day_of(2026, 11, 22), -60).us,
		  zone_ts(z, day_of(2026, 11, 21), 1380).us);
}

TEST(a_zone_file_cut_anywhere_is_refused)
{
	TEST_ARENA(a);
	str whole = bytes_of(a, "Paris");
	const struct zone *z = NULL;
	for (size_t n = 0; n < whole.n; n++) {
		struct arena_mark m = arena_mark(a);
		CHECK(zone_parse(a, S("x"), str_sub(whole, 0, n), &z) != OK);
		arena_reset(a, m);
	}
	CHECK(!z);
}

/* A version 2 file with nothing but a footer. */
static enum err with_footer(struct arena *a, const char *footer, const struct zone **ret)
{
	static const char head[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				   "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4";
	static const char body[] = "\0\0\0\0\0\0CET"; /* one kind, offset 0, and its name */
	struct buf b = buf_init(a, 4096);
	for (int i = 0; i < 2; i++) {
		buf_put(&b, (str){ head, 44 });
		buf_put(&b, (str){ body, 10 });
	}
	buf_fmt(&b, "\n%s\n", footer);
	return zone_parse(a, S("x"), buf_str(&b), ret);
}

TEST(every_form_of_footer_is_read)
{
	TEST_ARENA(a);
	const struct zone *z = NULL;
	CHECK_OK(with_footer(a, "<-03>3", &z));
	CHECK_INT(zone_local(z, utc("2026-07-01T00:00:00Z")).off_s, -10800);
	CHECK_OK(with_footer(a, "AAA-1BBB,J60/0,J300/1:30:10",
			     &z)); /* 1 March, 27 October */
	CHECK_INT(zone_local(z, utc("2028-02-29T22:59:59Z")).off_s, 3600);
	CHECK_INT(zone_local(z, utc("2028-02-29T23:00:00Z")).off_s, 7200);
	CHECK_INT(zone_local(z, utc("2028-10-26T23:30:09Z")).off_s, 7200);
	CHECK_INT(zone_local(z, utc("2028-10-26T23:30:10Z")).off_s, 3600);
	CHECK_OK(
		with_footer(a, "AAA-1BBB-1:30,59,300/-24", &z)); /* day 59 of a leap year */
	CHECK_INT(zone_local(z, utc("2028-02-29T01:00:00Z")).off_s, 5400);
	CHECK_OK(with_footer(a, "AAA3BBB,M10.1.0,M3.5.0/+167",
			     &z)); /* south: the year turns */
	CHECK_INT(zone_local(z, utc("2026-01-01T12:00:00Z")).off_s, -7200);
	CHECK_INT(zone_local(z, utc("2026-06-01T12:00:00Z")).off_s, -10800);
	CHECK_OK(with_footer(a, "", &z));
	CHECK_INT(zone_local(z, utc("2026-06-01T12:00:00Z")).off_s, 0);
}

TEST(a_bad_footer_is_refused)
{
	static const char *const bad[] = {
		"CE-1",
		"CET",
		"CET-25",
		"CET-1:60",
		"CET-1CEST",
		"CET-1CEST,M3.5.0",
		"<A>-1",
		"<AB",
		"CET-1,M",
		"CET-1CEST,M13.1.0,M10.5.0/3",
		"CET-1CEST,M3.6.0,J2",
		"CET-1CEST,J0,J2",
		"CET-1CEST,366,J2",
		"CET-1CEST,J1,J2x",
		"CET-1CEST,J1/168,J2",
		"CET-1CEST,M3.5.7,J2",
		"CET-1:00:60",
	};
	TEST_ARENA(a);
	const struct zone *z = NULL;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_ERR(with_footer(a, bad[i], &z), ERR_SYNTAX);
}

/* Paris with `n` bytes at `at` replaced. */
static enum err damaged(struct arena *a, size_t at, const char *bytes, size_t n)
{
	str whole = bytes_of(a, "Paris");
	char *p = arena_copy(a, whole.p, whole.n);
	memcpy(p + at, bytes, n);
	const struct zone *z;
	return zone_parse(a, S("x"), (str){ p, whole.n }, &z);
}

TEST(a_damaged_zone_file_is_refused_with_the_reason)
{
	TEST_ARENA(a);
	const struct zone *z;
	str whole = bytes_of(a, "Paris");
	CHECK_ERR(damaged(a, 0, "X", 1), ERR_SYNTAX);
	CHECK_ERR(damaged(a, 4, "\0", 1), ERR_VERSION);
	CHECK_ERR(damaged(a, 4, "5", 1), ERR_VERSION);
	CHECK_ERR(damaged(a, 32, "\x7f", 1), ERR_LIMIT);
	CHECK_ERR(damaged(a, 32, "\xff", 1), ERR_LIMIT);
	size_t second = str_find(str_from(whole, 1), S("TZif")) + 1;
	CHECK_ERR(damaged(a, second + 28, "\0\0\0\1", 4), ERR_UNSUPPORTED);
	CHECK_ERR(damaged(a, second + 36, "\0\0\0\0", 4), ERR_SYNTAX);
	CHECK_ERR(damaged(a, second + 44, "\x7f\xff", 2), ERR_SYNTAX); /* not ascending */
	CHECK_ERR(zone_parse(a, S("x"), (str){ whole.p, ZONE_BYTES_MAX + 1 }, &z),
		  ERR_LIMIT);
}
