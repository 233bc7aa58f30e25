/* event_fuzz.c - the text of facts: a public line, a newline, a private line.
 * Law: a fact that decodes is written again as the same bytes.
 */
#include "domain/event.h"
#include "fuzz.h"

void fuzz_one(struct arena *a, str input)
{
	str rest = input, line = str_cut(&rest, '\n');
	struct event e;
	if (event_decode(a, line, rest, &e) != OK)
		return;
	struct buf again = buf_init(a, EVENT_LINE_MAX);
	event_public_json(&again, &e);
	struct event twice;
	ASSERT(event_decode(a, buf_str(&again), rest, &twice) == OK);
	struct buf third = buf_init(a, EVENT_LINE_MAX);
	event_public_json(&third, &twice);
	ASSERT(str_eq(buf_str(&again), buf_str(&third)));
}
