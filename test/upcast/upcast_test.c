/* The codec of src/domain/event.c on a tiny trade whose facts changed twice. */
#include "domain/event.h"
#include "test.h"

void event_upcast_visit_noted_1_2(struct arena *a, const struct ev_visit_noted_1 *from,
				  struct ev_visit_noted_2 *ret)
{
	(void)a;
	ret->seconds = from->minutes * 60;
	ret->note = from->note;
}

void event_upcast_visit_noted_2_3(struct arena *a, const struct ev_visit_noted_2 *from,
				  struct ev_visit_noted *ret)
{
	ret->seconds = from->seconds;
	ret->mood = MOOD_WORRIED;
	ret->note = str_cat(a, from->note, S(" (v2)"));
}

#define HEAD(v)                                                                            \
	"{\"event\":\"visit_noted\",\"v\":" v ",\"at\":\"2026-11-22T08:00:00Z\","          \
	"\"subject\":\"0000000000000G000000000001\",\"n\":1,"                              \
	"\"person\":\"00000000000010000000000002\",\"actor\":\"\",\"actor_role\":"         \
	"\"none\","

TEST(a_fact_of_an_old_version_comes_back_as_the_newest)
{
	TEST_ARENA(a);
	struct event e;
	CHECK_OK(
		event_decode(a, S(HEAD("1") "\"minutes\":5}"), S("{\"note\":\"ok\"}"), &e));
	CHECK_INT(e.kind, EV_VISIT_NOTED);
	CHECK_INT(e.u.visit_noted.seconds, 300);
	CHECK_INT(e.u.visit_noted.mood, MOOD_WORRIED);
	CHECK_STR(e.u.visit_noted.note, "ok (v2)");
	CHECK_OK(event_decode(a, S(HEAD("2") "\"seconds\":7}"), S("{\"note\":\"x\"}"), &e));
	CHECK_INT(e.u.visit_noted.seconds, 7);
	CHECK_OK(event_decode(a, S(HEAD("3") "\"seconds\":7,\"mood\":\"glad\"}"), S(""),
			      &e));
	CHECK_INT(e.u.visit_noted.mood, MOOD_GLAD);
	CHECK(e.erased);
}

TEST(an_old_version_is_as_strict_as_the_newest)
{
	TEST_ARENA(a);
	struct event e;
	CHECK_ERR(event_decode(a, S(HEAD("1") "\"seconds\":5}"), S(""), &e), ERR_SYNTAX);
	CHECK_ERR(event_decode(a, S(HEAD("1") "\"minutes\":05}"), S(""), &e), ERR_SYNTAX);
	CHECK_ERR(event_decode(a, S(HEAD("4") "\"minutes\":5}"), S(""), &e), ERR_VERSION);
	CHECK_ERR(event_decode(a, S(HEAD("0") "\"minutes\":5}"), S(""), &e), ERR_VERSION);
}

TEST(what_is_written_now_is_the_newest_version)
{
	TEST_ARENA(a);
	struct event e = { .kind = EV_VISIT_NOTED,
			   .subject = { 1, 1 },
			   .person = { 2, 2 } };
	struct buf b = buf_init(a, 0);
	event_public_json(&b, &e);
	CHECK(str_find(buf_str(&b), S("\"v\":3")) != SIZE_MAX);
	CHECK(str_find(buf_str(&b), S("\"mood\":\"calm\"")) != SIZE_MAX);
}

TEST(closed_lists_give_names_and_take_them_back)
{
	enum mood m;
	CHECK_INT(MOOD_COUNT, 3);
	CHECK_STR(str_of(mood_name(MOOD_GLAD)), "glad");
	CHECK_STR(str_of(mood_name((enum mood)9)), "?");
	CHECK(mood_of(S("worried"), &m) && m == MOOD_WORRIED);
	CHECK(!mood_of(S("furious"), &m));
}

#define OTHER                                                                              \
	"{\"event\":\"visit_other\",\"v\":1,\"at\":\"\",\"subject\":\"\",\"n\":0,"         \
	"\"actor\":\"\",\"actor_role\":\"carer\",\"carers\":["                             \
	"\"0000000000000G000000000001\",\"\"],"                                            \
	"\"hours\":[1,-2],\"words\":[\"a\",\"\\\"\"],\"price\":-150,\"day\":\"2026-11-"    \
	"22\","                                                                            \
	"\"good\":true,\"seal\":"                                                          \
	"\"0000000000000000000000000000000000000000000000000000000000000000\","            \
	"\"until\":\"never\"}"

TEST(every_type_of_field_comes_back)
{
	TEST_ARENA(a);
	struct event e;
	struct buf b = buf_init(a, 0);
	CHECK_OK(event_decode(a, S(OTHER), S(""), &e));
	CHECK_INT(e.u.visit_other.carers.n, 2);
	CHECK(id_eq(e.u.visit_other.carers.v[0], (struct id){ 1, 1 }));
	CHECK(e.u.visit_other.hours.v[1] == -2 && e.u.visit_other.price.cents == -150);
	CHECK_STR(e.u.visit_other.words.v[1], "\"");
	CHECK(e.u.visit_other.until.us == TS_NEVER.us && e.u.visit_other.good);
	CHECK(!e.erased && !event_has_private(e.kind));
	event_public_json(&b, &e);
	CHECK_STR(buf_str(&b), OTHER);
}

/* Each deviation in each type of field, one at a time. */
TEST(every_type_of_field_is_read_in_one_form_only)
{
	static const char *const edits[][2] = {
		{ "[1,-2]", "[1,-2" },
		{ "[1,-2]", "[1,,-2]" },
		{ "[1,-2]", "[]]" },
		{ "[1,-2]", "1" },
		{ "[1,-2]", "[1,-2,]" },
		{ "[1,-2]", "[\"1\"]" },
		{ "-150", "-" },
		{ "-150", "150.0" },
		{ "true", "True" },
		{ "true", "\"true\"" },
		{ "never", "Never" },
		{ "never", "2026-1-1" },
		{ "2026-11-22", "2026-13-22" },
		{ "2026-11-22", "x" },
		{ "carer\"", "boss\"" },
		{ "\"seal\":\"00", "\"seal\":\"0" },
		{ "\"seal\":\"00", "\"seal\":\"zz" },
		{ "\"\\\"\"]", "\"\\" },
		{ "\"\\\"\"]", "\"\\u00\"]" },
		{ "\"\\\"\"]", "\"\\u0100\"]" },
		{ "\"\\\"\"]", "\"\\x\"]" },
		{ "\"n\":0", "\"n\":\"0\"" },
		{ "\"n\":0", "\"m\":0" },
		{ "\"v\":1", "\"v\":01" },
		{ "00000000000G000000000001", "0000000000G000000000001" },
		{ "\"subject\":\"\"", "\"subject\":null" },
		{ "\"at\":\"\"", "\"at\":\"now\"" },
		{ "\"at\":\"\"", "\"at\":0" },
		{ "\"actor\":\"\"", "\"actor\":0" },
	};
	str good = S(OTHER);
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		TEST_ARENA(a);
		struct event e;
		size_t at = str_find(good, str_of(edits[i][0]));
		assert_int_not_equal(at, SIZE_MAX);
		str bad = str_cat(a, str_sub(good, 0, at),
				  str_cat(a, str_of(edits[i][1]),
					  str_from(good, at + strlen(edits[i][0]))));
		CHECK_ERR(event_decode(a, bad, S(""), &e), ERR_SYNTAX);
	}
	for (size_t n = 0; n < good.n; n++) { /* cut anywhere */
		TEST_ARENA(a);
		struct event e;
		CHECK_ERR(event_decode(a, str_sub(good, 0, n), S(""), &e), ERR_SYNTAX);
	}
}

TEST(a_line_has_a_limit)
{
	struct arena *a CLEAN_ARENA = arena_new((size_t)64 << 20);
	struct event e = { .kind = EV_VISIT_NOTED,
			   .subject = { 1, 1 },
			   .person = { 2, 2 } };
	struct buf b = buf_init(a, EVENT_LINE_MAX);
	char *p = arena_alloc(a, EVENT_LINE_MAX + 1);
	memset(p, 'x', EVENT_LINE_MAX + 1);
	e.u.visit_noted.note = (str){ p, EVENT_LINE_MAX };
	event_private_json(&b, &e);
	CHECK(b.overflow);
	CHECK_ERR(event_decode(a, (str){ p, EVENT_LINE_MAX + 1 }, S(""), &e), ERR_LIMIT);
	CHECK_ERR(event_decode(a, S(OTHER), (str){ p, EVENT_LINE_MAX + 1 }, &e), ERR_LIMIT);
}
