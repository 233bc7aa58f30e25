/* operator.c - the register number and what an operator declares. */
#include "domain/care/operator.h"

bool finess_is_valid(str f)
{
	int sum = 0;
	if (f.n != 9)
		return false;
	for (size_t i = 0; i < 9; i++) {
		int d = f.p[i] - '0';
		bool corsica = i == 1 && f.p[0] == '2' && (f.p[1] == 'A' || f.p[1] == 'B');
		if (corsica)
			d = 0;
		else if (d < 0 || d > 9)
			return false;
		if (i % 2 == 1) { /* from the right: every second one is doubled */
			d *= 2;
			d = d > 9 ? d - 9 : d;
		}
		sum += d;
	}
	return sum % 10 == 0;
}

bool operator_declares(const struct operator* o)
{
	return o->wage_share_bp >= 0 && o->travel_share_bp >= 0 &&
	       o->structure_share_bp >= 0 &&
	       o->wage_share_bp + o->travel_share_bp + o->structure_share_bp <= 10000;
}

static bool share_ok(int64_t bp)
{
	return bp >= -1 && bp <= 10000;
}

enum err operator_check(const struct operator* o)
{
	bool declared = o->wage_share_bp >= 0 && o->travel_share_bp >= 0 &&
			o->structure_share_bp >= 0;
	if (str_blank(o->name) || !finess_is_valid(o->finess))
		return ERR_INPUT;
	if (!share_ok(o->wage_share_bp) || !share_ok(o->travel_share_bp) ||
	    !share_ok(o->structure_share_bp) || (declared && !operator_declares(o)))
		return ERR_INPUT;
	if (o->lat_e6 < -90000000 || o->lat_e6 > 90000000 || o->lon_e6 < -180000000 ||
	    o->lon_e6 > 180000000)
		return ERR_INPUT;
	return OK;
}
