/* Sentences: any bytes are understood as something, every rule made parses, the JSON and the
 * read-back can be written, a dialogue takes them in any state; and hostile model answers. */
#include "fuzz.h"

#include "base/rrule.h"
#include "talk/dialog.h"
#include "talk/llm.h"
#include "talk/reply.h"
#include "talk/value.h"

void fuzz_one(struct arena *a, str input)
{
	static const struct talk_now now = { .day = { 20523 },
					     .minute = 600,
					     .utc_offset = 60 };
	struct buf out = buf_init(a, 1 << 20);
	struct talk r = talk_read(a, input, &now);
	struct rrule rule;
	if (r.rrule.n)
		ASSERT(rrule_parse(r.rrule, &rule) == OK);
	if (r.new_rrule.n)
		ASSERT(rrule_parse(r.new_rrule, &rule) == OK);
	talk_json(a, &out, &r);
	reply_back(&out, &r, now.day);
	reply_question(&out, &r);
	struct values v = value_find(a, input, &now, (struct value_ways){ 0 });
	value_json(&out, &v);
	struct dialog d = dialog_start(S(""));
	str said;
	for (int i = 0; i < 3; i++)
		dialog_turn(a, &d, input, &now, (ts){ INT64_C(1773219600) * US_S }, &said);
	struct llm_names names = { 0 };
	struct talk other;
	if (llm_accept(a, input, S("annulez demain"), &now, &names, &other) == OK)
		talk_json(a, &out, &other);
}
