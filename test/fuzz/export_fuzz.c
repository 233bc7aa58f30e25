/* export_fuzz.c - the four files of a territory in an export, one after another with a zero
 * byte between.  Laws: what is accepted has the canonical form, so that writing the totals and
 * lines again gives the same bytes; its rates lie within their intervals.
 */
#include "domain/account/export.h"
#include "fuzz.h"

void fuzz_one(struct arena *a, str input)
{
	struct bilan b;
	str why, rest = input;
	struct export_sources s = { 0 };
	s.totals = str_cut(&rest, '\0');
	s.lines = str_cut(&rest, '\0');
	s.visits = str_cut(&rest, '\0');
	s.answers = rest;
	if (export_bilan(a, &s, &b, &why) != OK)
		return;
	struct buf totals = buf_init(a, 0), lines = buf_init(a, 0);
	export_totals(&totals, &b);
	export_lines(&lines, &b);
	ASSERT(str_eq(buf_str(&totals), s.totals) && str_eq(buf_str(&lines), s.lines));
	for (size_t i = 0; i < b.n; i++) {
		const int64_t *v = b.lines[i].f.v;
		if (v[FIG_B_DONE_ASKED] == FIG_NONE)
			continue;
		ASSERT(v[FIG_B_DONE_ASKED_LOW] <= v[FIG_B_DONE_ASKED]);
		ASSERT(v[FIG_B_DONE_ASKED] <= v[FIG_B_DONE_ASKED_HIGH]);
	}
}
