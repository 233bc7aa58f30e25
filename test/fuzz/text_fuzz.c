/* text_fuzz.c - the small texts of base/: integers, days, hours, instants, ids, base64, hex.
 * Law: what is accepted is the canonical form, so writing it again gives the same bytes.
 */
#include "fuzz.h"

static void integers(struct arena *a, str s)
{
	int64_t i;
	if (str_int(s, &i) == OK) {
		int64_t again;
		ASSERT(str_int(str_fmt(a, "%" PRId64, i), &again) == OK && again == i);
	}
	uint64_t u;
	if (str_uint(s, UINT64_MAX, &u) == OK) {
		uint64_t again;
		ASSERT(str_uint(str_fmt(a, "%" PRIu64, u), UINT64_MAX, &again) == OK);
		ASSERT(again == u);
	}
}

static void times(struct arena *a, str s)
{
	ts t;
	if (ts_parse(s, &t) == OK) {
		ts again;
		ASSERT(ts_parse(ts_text(a, t), &again) == OK && ts_cmp(t, again) == 0);
	}
	day d;
	if (day_parse(s, &d) == OK)
		ASSERT(str_eq(day_text(a, d), s));
	int minutes;
	if (hm_parse(s, &minutes) == OK)
		ASSERT(str_eq(hm_text(a, minutes), s));
}

static void codes(struct arena *a, str s)
{
	struct id id;
	if (id_parse(s, &id) == OK)
		ASSERT(str_eq(id_text(a, id), s));
	str bytes;
	if (str_unbase64(a, s, &bytes) == OK)
		ASSERT(str_eq(str_base64(a, bytes), s));
	uint8_t raw[16];
	if (str_unhex(s, raw, sizeof raw) == OK) {
		uint8_t again[16];
		ASSERT(str_unhex(str_hex(a, raw, sizeof raw), again, sizeof again) == OK);
		ASSERT(memcmp(raw, again, sizeof raw) == 0);
	}
}

void fuzz_one(struct arena *a, str input)
{
	integers(a, input);
	times(a, input);
	codes(a, input);
}
