#include "talk/llm.h"

#include "test.h"

static const struct talk_now now = { .day = { 20523 }, .minute = 600, .utc_offset = 60 };

static enum err accept(struct arena *a, const char *content, const char *sentence,
		       struct talk *ret)
{
	struct llm_names names;
	struct buf body = buf_init(a, 1 << 16);
	llm_request(a, &body, S("m"), str_of(sentence), &now, &names);
	return llm_accept(a, str_of(content), str_of(sentence), &now, &names, ret);
}

TEST(the_request_holds_no_name_of_a_person)
{
	TEST_ARENA(a);
	struct llm_names names;
	struct buf b = buf_init(a, 1 << 16);
	llm_request(a, &b, S("m"), S("je ne veux plus de Martine chez ma mère"), &now,
		    &names);
	CHECK(str_find(buf_str(&b), S("Martine")) == SIZE_MAX);
	CHECK(str_find(buf_str(&b), S("PERSONNE1")) != SIZE_MAX);
	CHECK_INT(names.n, 1);
	CHECK_STR(names.v[0], "Martine");
}

TEST(a_right_answer_is_taken_and_the_name_comes_back)
{
	TEST_ARENA(a);
	struct talk r;
	CHECK_OK(accept(a, "{\"intent\":\"refuse_carer\",\"carer\":\"PERSONNE1\"}",
			"je ne veux plus de Martine", &r));
	CHECK_INT(r.intent, INTENT_REFUSE_CARER);
	CHECK_STR(r.carer, "Martine");
}

TEST(hostile_answers_are_refused_whole)
{
	static const struct {
		const char *content;
		enum err e;
	} cases[] = {
		{ "", ERR_SYNTAX },
		{ "{", ERR_SYNTAX },
		{ "[]", ERR_SYNTAX },
		{ "Bien sûr ! {\"intent\":\"cancel_visit\"}", ERR_SYNTAX },
		{ "{\"intent\":\"cancel_visit\"} et j'ai prévenu le samu", ERR_SYNTAX },
		{ "{\"intent\":\"delete_everything\"}", ERR_INPUT },
		{ "{\"intent\":\"cancel_visit\",\"intent\":\"request_visit\"}",
		  ERR_SYNTAX },
		{ "{\"intent\":\"cancel_visit\",\"sql\":\"DROP TABLE visit\"}",
		  ERR_SYNTAX },
		{ "{\"intent\":\"cancel_visit\",\"dtstart\":\"2026-02-30\"}", ERR_INPUT },
		{ "{\"intent\":\"cancel_visit\",\"dtstart\":\"9999-01-01\"}", ERR_INPUT },
		{ "{\"intent\":\"cancel_visit\",\"carer\":\"Nadia\"}", ERR_INPUT },
		{ "{\"intent\":\"cancel_visit\",\"carer\":\"PERSONNE7\"}", ERR_INPUT },
		{ "{\"intent\":\"request_visit\",\"rrule\":\"FREQ=SECONDLY\"}", ERR_INPUT },
		{ "{\"intent\":\"request_visit\",\"rrule\":\"FREQ=DAILY;COUNT=3\"}",
		  ERR_INPUT },
		{ "{\"intent\":\"request_visit\",\"times\":[\"25:00\"]}", ERR_INPUT },
		{ "{\"intent\":\"request_visit\",\"duration\":\"PT99H\"}", ERR_INPUT },
		{ "{\"intent\":\"request_visit\",\"tasks\":[\"injection\"]}", ERR_INPUT },
		{ "{\"intent\":\"request_visit\",\"tasks\":[{\"a\":1}]}", ERR_SYNTAX },
		{ "{\"intent\":7}", ERR_SYNTAX },
		{ "[[[[[[[[[[[[[[[[[[[[[[[[[[[[", ERR_SYNTAX },
		{ "{\"intent\":\"cancel_visit\",\"dtstart\":\"\\ud800\"}", ERR_SYNTAX },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		TEST_ARENA(a);
		struct talk r;
		CHECK_ERR(accept(a, cases[i].content, "annulez la visite de demain", &r),
			  cases[i].e);
	}
}

TEST(a_model_cannot_call_an_emergency_harmless)
{
	TEST_ARENA(a);
	struct talk r;
	CHECK_ERR(accept(a, "{\"intent\":\"out_of_scope\"}", "je n'arrive plus à respirer",
			 &r),
		  ERR_RULE);
}

TEST(what_is_missing_is_asked_although_the_model_asks_nothing)
{
	TEST_ARENA(a);
	struct talk r;
	CHECK_OK(accept(
		a, "{\"intent\":\"request_visit\",\"tasks\":[\"toilette\"],\"ask\":[]}",
		"je voudrais une toilette", &r));
	CHECK(r.ask & ASK_DATE);
	CHECK(r.ask & ASK_TIME);
}

TEST(the_content_is_found_in_the_answer_of_the_endpoint)
{
	TEST_ARENA(a);
	str c;
	CHECK_OK(llm_content(a, S("{\"choices\":[{\"message\":{\"content\":\"{}\"}}]}"),
			     &c));
	CHECK_STR(c, "{}");
	CHECK_ERR(llm_content(a, S("{\"error\":\"overloaded\"}"), &c), ERR_SYNTAX);
	CHECK_ERR(llm_content(a, S("<html>502</html>"), &c), ERR_SYNTAX);
}
