/* time_oracle.c - answers questions about zones and rules on standard input, one a line, so
 * that other programs (Python's zoneinfo, npm's rrule) can be asked the same.
 *
 *   zone FILE                       the zone of the lines that follow
 *   local SECONDS                   -> "DAYS SECONDS_OF_DAY OFFSET DST"
 *   wall DAYS MINUTES               -> "SECONDS" of the instant
 *   rule FROM LAST RRULE            -> "CANONICAL day day ..." (days since 1970), or an error
 */
#include "base/base.h"
#include "base/rrule.h"
#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>

static const struct zone *load(struct arena *a, const char *path)
{
	static char bytes[ZONE_BYTES_MAX];
	FILE *f = fopen(path, "rb");
	if (!f)
		die("cannot open a zone file");
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	const struct zone *z = NULL;
	enum err e = zone_parse(a, str_of(path), (str){ bytes, n }, &z);
	if (e)
		die("zone refused: %s", err_name(e));
	return z;
}

static void answer_rule(struct arena *a, int from, int last, str text)
{
	struct rrule r, again;
	enum err e = rrule_parse(text, &r);
	if (e) {
		printf("%s\n", err_name(e));
		return;
	}
	str canonical = rrule_text(a, &r);
	if (rrule_parse(canonical, &again) || !str_eq(canonical, rrule_text(a, &again)))
		die("the canonical text does not come back");
	printf("%" PRIstr, STR(canonical));
	struct rrule_iter it = rrule_start(&r, (day){ from }, (day){ last });
	day d;
	while (rrule_next(&it, &d))
		printf(" %d", d.d);
	/* skipping must land where walking does */
	struct rrule_iter walk = rrule_start(&r, (day){ from }, (day){ last }), skip = walk;
	day mid = { from + (last - from) / 2 }, x = DAY_NONE, y = DAY_NONE;
	while (rrule_next(&walk, &x) && x.d < mid.d)
		;
	rrule_seek(&skip, mid);
	if (rrule_next(&skip, &y) && (x.d != y.d || skip.given != walk.given) && r.count)
		die("seek counts otherwise than a walk");
	if (y.d != DAY_NONE.d && x.d != y.d)
		die("seek lands elsewhere than a walk");
	putchar('\n');
}

int main(void)
{
	static char line[2048];
	struct arena *a = arena_new(0), *zones = arena_new(0);
	const struct zone *z = NULL;
	while (fgets(line, sizeof line, stdin)) {
		char word[512];
		long long p, q;
		int at = 0;
		arena_clear(a);
		if (sscanf(line, "zone %511s", word) == 1) {
			z = load(zones, word);
		} else if (sscanf(line, "local %lld", &p) == 1 && z) {
			struct zone_local l = zone_local(z, (ts){ p * US_S });
			printf("%d %d %d %d\n", l.day.d, l.min * 60 + l.sec, l.off_s,
			       l.dst);
		} else if (sscanf(line, "wall %lld %lld", &p, &q) == 2 && z) {
			ts t = zone_ts(z, (day){ (int32_t)p }, (int)q);
			printf("%lld\n", (long long)(t.us / US_S));
		} else if (sscanf(line, "rule %lld %lld %n", &p, &q, &at) == 2 && at) {
			answer_rule(a, (int)p, (int)q, str_trim(str_of(line + at)));
		} else {
			die("unknown question");
		}
	}
	arena_free(a);
	arena_free(zones);
	return 0;
}
