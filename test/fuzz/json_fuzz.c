/* JSON bodies into a struct with a field of every type. */
#include "fuzz.h"

#include "../net/field_test.h"
#include "base/utf8.h"

void fuzz_one(struct arena *a, str input)
{
	struct sample s = { .number = 7 };
	struct faults faults = { 0 };
	enum err e = field_from_json(a, input, sample_fields, SAMPLE_FIELDS, &s, &faults);
	ASSERT(e == OK || e == ERR_SYNTAX || e == ERR_INPUT);
	if (e == OK) {
		ASSERT(s.text.n && utf8_clean(s.text) && s.text.n <= 500);
		ASSERT(s.number >= -5 && s.number <= 600 && s.price.cents >= 0);
		ASSERT(s.tasks < 8 && s.kind < 3 && s.hour < 1440);
	}
	ASSERT(e == ERR_INPUT || !faults.n);
}
