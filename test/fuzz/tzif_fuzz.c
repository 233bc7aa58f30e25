/* Zone files: whatever is read must answer, and a local day must come back from its instant. */
#include "fuzz.h"

#include "base/zone.h"

void fuzz_one(struct arena *a, str input)
{
	const struct zone *z = NULL;
	if (zone_parse(a, S("fuzz"), input, &z))
		return;
	for (int y = 1890; y < 2130; y += 7) {
		ts t = zone_ts(z, day_of(y, 1 + y % 12, 1), y % 1440);
		struct zone_local l = zone_local(z, t);
		ASSERT(l.min >= 0 && l.min < 1440 && l.sec >= 0 && l.sec < 60);
		ASSERT(zone_next_change(z, t).us > t.us);
	}
	zone_local(z, TS_NEVER);
	zone_next_change(z, TS_NEVER);
}
