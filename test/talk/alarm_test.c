#include "talk/talk.h"

#include <jansson.h>
#include <stdlib.h>
#include "test.h"

static const struct talk_now now = { .day = { 20523 }, .minute = 600, .utc_offset = 60 };

static json_t *rows(const char *name)
{
	const char *root = getenv("VIGIE_SOURCE");
	TEST_ARENA(a);
	str path = str_fmt(a, "%s/test/data/talk/%s", root ? root : ".", name);
	FILE *f = fopen(str_z(a, path), "r");
	json_t *all = json_array();
	char *line = NULL;
	size_t cap = 0;
	assert_non_null(f);
	while (getline(&line, &cap, f) > 0)
		json_array_append_new(all, json_loads(line, 0, NULL));
	free(line);
	fclose(f);
	return all;
}

static str text_of(const json_t *row)
{
	return str_of(json_string_value(json_object_get(row, "text")));
}

TEST(every_emergency_of_our_set_is_caught_and_false_alarms_are_at_most_one_in_a_hundred)
{
	json_t *all = rows("emergency.jsonl"), *row;
	size_t i, missed = 0, wrong = 0, calm = 0;
	json_array_foreach(all, i, row)
	{
		TEST_ARENA(a);
		struct talk r = talk_read(a, text_of(row), &now);
		bool is = json_is_true(json_object_get(row, "emergency"));
		missed += is && r.intent != INTENT_EMERGENCY;
		wrong += !is && r.intent == INTENT_EMERGENCY;
		calm += !is;
	}
	CHECK(json_array_size(all) >= 300);
	CHECK_INT(missed, 0);
	CHECK(wrong * 100 <= calm);
	json_decref(all);
}

TEST(an_emergency_said_politely_inside_a_request_still_beats_the_request)
{
	TEST_ARENA(a);
	struct talk r = talk_read(a,
				  S("Bonjour, annulez le ménage de demain, je suis tombée "
				    "et je ne peux pas me relever"),
				  &now);
	CHECK_INT(r.intent, INTENT_EMERGENCY);
	CHECK_STR(str_of(r.escalate), "15");
}
