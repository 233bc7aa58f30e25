/* Recurrence rules: the canonical text is a fixed point, days ascend, skipping and walking
 * meet, and every rule ends. */
#include "fuzz.h"

#include "base/rrule.h"

void fuzz_one(struct arena *a, str input)
{
	struct rrule r, again;
	if (rrule_parse(input, &r))
		return;
	str text = rrule_text(a, &r);
	ASSERT(text.n < 2048);
	if (text.n <=
	    RRULE_TEXT_MAX) { /* sorted lists can be longer than what was written */
		ASSERT(rrule_parse(text, &again) == OK);
		ASSERT(str_eq(text, rrule_text(a, &again)));
	}
	day from = day_of(2026, 11, 22), d = from, last = { from.d - 1 };
	struct rrule_iter it = rrule_start(&r, from, day_of(2060, 1, 1));
	for (int i = 0; i < 200 && rrule_next(&it, &d); i++) {
		ASSERT(d.d > last.d);
		last = d;
	}
	struct rrule_iter skip = rrule_start(&r, from, day_of(2060, 1, 1));
	rrule_seek(&skip, last);
	if (last.d >= from.d)
		ASSERT(rrule_next(&skip, &d) && d.d == last.d);
}
