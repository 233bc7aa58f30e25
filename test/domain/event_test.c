#include "domain/event.h"
#include "domain/event_random.h"
#include "test.h"

static str public_of(struct arena *a, const struct event *e)
{
	struct buf b = buf_init(a, EVENT_LINE_MAX);
	event_public_json(&b, e);
	return buf_str(&b);
}

static str private_of(struct arena *a, const struct event *e)
{
	struct buf b = buf_init(a, EVENT_LINE_MAX);
	event_private_json(&b, e);
	return buf_str(&b);
}

static struct event started(void)
{
	return (struct event){
		.kind = EV_VISIT_STARTED,
		.version = 3,
		.at = { INT64_C(1763798400) * US_S + 250000 },
		.subject = { 1, 1 },
		.person = { 2, 2 },
		.actor = { 3, 3 },
		.actor_role = ROLE_CARER,
		.u.visit_started = { .operator_id = { 4, 4 },
				     .proof = PROOF_TAG,
				     .claimed_at = { INT64_C(1763798400) * US_S },
				     .signed_ = true,
				     .note = S("porte \"bleue\"\n\x01 ok") },
	};
}

#define STARTED                                                                            \
	"{\"event\":\"visit_started\",\"v\":1,\"at\":\"2025-11-22T08:00:00.250000Z\","     \
	"\"subject\":\"0000000000000G000000000001\",\"n\":3,"                              \
	"\"person\":\"00000000000010000000000002\","                                       \
	"\"actor\":\"0000000000001G000000000003\",\"actor_role\":\"carer\","               \
	"\"operator_id\":\"00000000000020000000000004\",\"carer_id\":\"\","                \
	"\"proof\":\"tag\",\"claimed_at\":\"2025-11-22T08:00:00Z\",\"signed\":true}"
#define STARTED_PRIVATE "{\"note\":\"porte \\\"bleue\\\"\\n\\u0001 ok\"}"

TEST(a_fact_has_one_canonical_text)
{
	TEST_ARENA(a);
	struct event e = started();
	CHECK_STR(public_of(a, &e), STARTED);
	CHECK_STR(private_of(a, &e), STARTED_PRIVATE);
}

TEST(a_fact_comes_back_from_its_text)
{
	TEST_ARENA(a);
	struct event e;
	CHECK_OK(event_decode(a, S(STARTED), S(STARTED_PRIVATE), &e));
	CHECK(e.kind == EV_VISIT_STARTED && e.version == 3 && e.actor_role == ROLE_CARER);
	CHECK(e.u.visit_started.proof == PROOF_TAG && e.u.visit_started.signed_);
	CHECK_STR(e.u.visit_started.note, "porte \"bleue\"\n\x01 ok");
	CHECK(!e.erased);
}

TEST(an_erased_private_part_leaves_blanks)
{
	TEST_ARENA(a);
	struct event e;
	CHECK_OK(event_decode(a, S(STARTED), S(""), &e));
	CHECK(e.erased);
	CHECK_INT(e.u.visit_started.note.n, 0);
	CHECK(e.u.visit_started.proof == PROOF_TAG);
}

TEST(only_the_canonical_text_is_read)
{
	static const char *const wrong[] = {
		"{\"event\": \"clock_confirmed\"",
		"{}",
		"",
		"[]",
#define HEAD "{\"event\":\"clock_doubted\",\"v\":1,\"at\":\"2025-11-22T08:00:00Z\","
#define TAIL "\"subject\":\"\",\"n\":1,\"actor\":\"\",\"actor_role\":\"none\","
		HEAD TAIL "\"jump_seconds\":01}",
		HEAD TAIL "\"jump_seconds\":-0}",
		HEAD TAIL "\"jump_seconds\":1} ",
		HEAD TAIL "\"jump_seconds\":1,\"x\":1}",
		HEAD TAIL "\"jump_seconds\":1.0}",
		HEAD TAIL "\"jump_seconds\":+1}",
		HEAD TAIL "\"jump_seconds\":9223372036854775808}",
		HEAD TAIL "}",
		HEAD "\"n\":1,\"subject\":\"\",\"actor\":\"\",\"actor_role\":\"none\","
		     "\"jump_seconds\":1}",
		HEAD "\"subject\":\"00000000000000000000000000\",\"n\":1,\"actor\":\"\","
		     "\"actor_role\":\"none\",\"jump_seconds\":1}",
	};
	TEST_ARENA(a);
	struct event e;
	CHECK_OK(event_decode(a, S(HEAD TAIL "\"jump_seconds\":1}"), S(""), &e));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK_ERR(event_decode(a, str_of(wrong[i]), S(""), &e), ERR_SYNTAX);
	CHECK_ERR(event_decode(a, S(HEAD TAIL "\"jump_seconds\":1}"), S("{}"), &e),
		  ERR_SYNTAX);
}

TEST(escapes_that_are_not_minimal_are_refused)
{
	static const char *const wrong[] = {
		"{\"note\":\"\\u0041\"}", "{\"note\":\"\\/\"}",
		"{\"note\":\"\\u000a\"}", "{\"note\":\"\\u001F\"}",
		"{\"note\":\"\xff\"}",    "{\"note\":\"\n\"}",
		"{\"note\":\"\\u00e9\"}", "{\"note\":\"\xed\xa0\x80\"}",
		"{\"note\":\"\\\"}",      "{\"note\":\"\xc0\x80\"}"
	};
	TEST_ARENA(a);
	struct event e;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK_ERR(event_decode(a, S(STARTED), str_of(wrong[i]), &e), ERR_SYNTAX);
}

TEST(facts_from_a_newer_program_are_refused_by_name)
{
	TEST_ARENA(a);
	struct event e;
	CHECK_ERR(event_decode(a, S("{\"event\":\"visit_started\",\"v\":9}"), S(""), &e),
		  ERR_VERSION);
	CHECK_ERR(event_decode(a, S("{\"event\":\"visit_flown\",\"v\":1}"), S(""), &e),
		  ERR_VERSION);
}

TEST(bytes_that_are_not_utf8_become_the_replacement_sign)
{
	TEST_ARENA(a);
	struct event e = started();
	e.u.visit_started.note = S("a\xff\xe2\x82z");
	CHECK_STR(private_of(a, &e),
		  "{\"note\":\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"}");
}

TEST(every_kind_of_fact_survives_writing_and_reading)
{
	struct rng r = rng_init(1, 0);
	for (int i = 0; i < 20000; i++) {
		TEST_ARENA(a);
		struct event e = random_event(a, &r), back;
		str pub = public_of(a, &e), priv = private_of(a, &e);
		CHECK_OK(event_decode(a, pub, priv, &back));
		CHECK_STRS(public_of(a, &back), pub);
		CHECK_STRS(private_of(a, &back), priv);
		CHECK(!back.erased && back.kind == e.kind);
	}
}

TEST(a_changed_byte_is_refused_or_is_another_canonical_fact)
{
	struct rng r = rng_init(2, 0);
	int accepted = 0;
	for (int i = 0; i < 20000; i++) {
		TEST_ARENA(a);
		struct event e = random_event(a, &r), back;
		str pub = str_dup(a, public_of(a, &e)), priv = private_of(a, &e);
		char *p = (char *)(uintptr_t)pub.p;
		p[rng_below(&r, pub.n)] ^= (char)(1 << rng_below(&r, 8));
		if (event_decode(a, pub, priv, &back) != OK)
			continue;
		accepted++;
		CHECK_STRS(public_of(a, &back), pub);
	}
	CHECK(accepted > 0); /* a digit of an id changed into another, say */
}

TEST(kinds_are_found_by_name)
{
	enum event_kind k;
	for (unsigned i = 0; i < EV_COUNT; i++) {
		CHECK(event_kind_of(str_of(event_name((enum event_kind)i)), &k));
		CHECK_INT(k, i);
	}
	CHECK(!event_kind_of(S("visit"), &k));
	CHECK_INT(event_aggregate(EV_VISIT_STARTED), AGGREGATE_VISIT);
	CHECK(event_has_person(EV_VISIT_STARTED) && !event_has_person(EV_DAY_FROZEN));
	CHECK(event_has_private(EV_VISIT_STARTED) && !event_has_private(EV_DAY_FROZEN));
}
