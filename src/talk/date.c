#include "talk/date.h"

#include "base/holiday.h"

day date_monday(day d)
{
	return day_add(d, 1 - day_weekday(d));
}

day date_weekday_after(day from, int w)
{
	int diff = (w - day_weekday(from) + 7) % 7;
	return day_add(from, diff ? diff : 7);
}

day date_weekday_before(day from, int w)
{
	int diff = (day_weekday(from) - w + 7) % 7;
	return day_add(from, diff ? -diff : -7);
}

int wday_first(unsigned wdays)
{
	for (int w = 1; w <= 7; w++)
		if (wdays & (1u << (w - 1)))
			return w;
	return 0;
}

static day month_start(int y, int m, int add)
{
	int k = y * 12 + (m - 1) + add;
	return day_of(k / 12, k % 12 + 1, 1);
}

static day month_end(day first)
{
	struct civil c = day_civil(first);
	return day_add(first, month_days(c.year, c.month) - 1);
}

day date_add_months(day d, int n)
{
	struct civil c = day_civil(d), f;
	day first = month_start(c.year, c.month, n);
	f = day_civil(first);
	int last = month_days(f.year, f.month);
	return day_add(first, (c.day < last ? c.day : last) - 1);
}

day date_nth_weekday(int y, int m, int w, int n)
{
	day first = day_of(y, m, 1);
	if (n < 0) {
		day after = day_add(month_end(first), 1);
		return day_add(date_weekday_before(after, w), 7 * (n + 1));
	}
	return day_add(date_weekday_after(day_add(first, -1), w), 7 * (n - 1));
}

static day feast_in(enum feast f, int y)
{
	static const struct {
		int m, d;
	} fixed[FEAST_COUNT_] = {
		[FEAST_NOEL] = { 12, 25 },      [FEAST_JOUR_DE_L_AN] = { 1, 1 },
		[FEAST_TRAVAIL] = { 5, 1 },     [FEAST_VICTOIRE] = { 5, 8 },
		[FEAST_NATIONALE] = { 7, 14 },  [FEAST_ASSOMPTION] = { 8, 15 },
		[FEAST_TOUSSAINT] = { 11, 1 },  [FEAST_ARMISTICE] = { 11, 11 },
		[FEAST_SYLVESTRE] = { 12, 31 }, [FEAST_EPIPHANIE] = { 1, 6 },
		[FEAST_CHANDELEUR] = { 2, 2 },  [FEAST_VALENTIN] = { 2, 14 },
		[FEAST_HALLOWEEN] = { 10, 31 }, [FEAST_MUSIQUE] = { 6, 21 },
	};
	if (f == FEAST_PAQUES)
		return holiday_easter(y);
	if (f == FEAST_MERES) { /* last Sunday of May, of June first if that is Pentecost */
		day d = date_nth_weekday(y, 5, 7, -1);
		return d.d == holiday_easter(y).d + 49 ? date_nth_weekday(y, 6, 7, 1) : d;
	}
	if (f == FEAST_PERES)
		return date_nth_weekday(y, 6, 7, 3);
	return day_of(y, fixed[f].m ? fixed[f].m : 1, fixed[f].d ? fixed[f].d : 1);
}

day date_feast(const struct atom *x, day today)
{
	enum feast f = (enum feast)((x->n + 500) / 1000);
	int shift = (int)(x->n - (int64_t)f * 1000);
	if (x->part == PART_SOIR && f == FEAST_NOEL && shift == 0)
		shift = -1; /* the evening of Christmas is the 24th */
	int y = x->y ? x->y : day_civil(today).year;
	day d = day_add(feast_in(f, y), shift);
	if (!x->y && d.d < today.d)
		d = day_add(feast_in(f, y + 1), shift);
	return d;
}

/* Day and month, the year perhaps open. */
static bool resolve_date(const struct atom *x, day today, enum date_way way, day *ret)
{
	struct civil now = day_civil(today);
	if (x->bad)
		return false;
	if (x->m && x->y) {
		if (!civil_valid(x->y, x->m, x->d))
			return false;
		*ret = day_of(x->y, x->m, x->d);
		return true;
	}
	if (x->m) {
		for (int k = 0; k < 9; k++) { /* 29 February may wait eight years */
			int y = way == DATE_LAST ? now.year - k : now.year + k;
			if (!civil_valid(y, x->m, x->d)) {
				if (way == DATE_DUCKLING)
					return false;
				continue;
			}
			day d = day_of(y, x->m, x->d);
			if (way == DATE_LAST ? d.d <= today.d : d.d >= today.d) {
				*ret = d;
				return true;
			}
		}
		return false;
	}
	for (int k = 0; k < 48; k++) {
		day first = month_start(now.year, now.month, way == DATE_LAST ? -k : k);
		struct civil c = day_civil(first);
		if (x->d > month_days(c.year, c.month))
			continue;
		day d = day_add(first, x->d - 1);
		if (way == DATE_LAST ? d.d > today.d : d.d < today.d)
			continue;
		if (way == DATE_DUCKLING && x->wdays &&
		    !(x->wdays & (1u << (day_weekday(d) - 1))))
			continue;
		*ret = d;
		return true;
	}
	return false;
}

static day resolve_wday(const struct atom *x, day today, enum date_way way)
{
	int w = wday_first(x->wdays);
	if (x->last || (way == DATE_LAST && !x->next && !x->wmod))
		return date_weekday_before(today, w);
	if (x->wmod > 0) {
		bool from_today = way == DATE_DUCKLING && day_weekday(today) == w;
		bool today_too = from_today || (x->wmod == 2 && way == DATE_DUCKLING);
		return day_add(
			date_weekday_after(today_too ? day_add(today, -1) : today, w),
			7 * x->wmod);
	}
	return day_add(date_weekday_after(today, w), x->wmod < 0 ? 7 : 0);
}

static struct day_range season_days(const struct atom *x, day today)
{
	static const struct {
		int m, d;
	} start[] = { { 3, 20 }, { 6, 21 }, { 9, 23 }, { 12, 21 } };
	int y = day_civil(today).year, s = x->m - 1;
	struct day_range r;
	for (int k = -1;; k++) {
		r.from = day_of(y + k, start[s].m, start[s].d);
		r.to = day_add(s == 3 ? day_of(y + k + 1, 3, 20)
				      : day_of(y + k, start[s + 1].m, start[s + 1].d),
			       -1);
		if (x->n < 0 ? day_of(y + k + 1, start[s].m, start[s].d).d > today.d - 90
			     : r.to.d >= today.d)
			return r;
	}
}

static struct day_range resolve_period(const struct atom *x, day today, enum date_way way)
{
	struct civil c = day_civil(today);
	struct day_range r = { today, today };
	int n = (int)x->n;
	switch (x->unit) {
	case UNIT_WEEK:
		r.from = day_add(date_monday(today), 7 * n);
		r.to = day_add(r.from, 6);
		break;
	case UNIT_WEEKEND: {
		day mon = date_monday(today);
		bool bare_past =
			n == 0 && way == DATE_LAST && !x->ce && day_weekday(today) < 6;
		r.from = day_add(mon, 5 + 7 * (n < 0 || bare_past                 ? -1
					       : n > 0 && day_weekday(today) >= 6 ? 1
					       : way == DATE_DUCKLING             ? n
										  : 0));
		r.to = day_add(r.from, 1);
		break;
	}
	case UNIT_MONTH:
		if (x->m) {
			int y = x->y ? x->y : c.year;
			if (!x->y && way == DATE_LAST && x->m > c.month)
				y--;
			if (!x->y && way != DATE_LAST &&
			    (x->m < c.month || (x->m == c.month && n > 0)))
				y += x->last ? 0 : 1;
			r.from = day_of(y, x->m, 1);
		} else {
			r.from = month_start(c.year, c.month, n);
		}
		r.to = month_end(r.from);
		break;
	case UNIT_QUARTER:
		r.from = x->d ? month_start(x->y ? x->y : c.year, x->d * 3 - 2, 0)
			      : month_start(c.year, (c.month - 1) / 3 * 3 + 1, 3 * n);
		r.to = day_add(date_add_months(r.from, 3), -1);
		break;
	case UNIT_YEAR: {
		int y = x->y ? x->y : c.year + n;
		r.from = day_of(y, 1, 1);
		r.to = day_of(y, 12, 31);
		break;
	}
	case UNIT_SEASON: return season_days(x, today);
	case UNIT_SECOND:
	case UNIT_MINUTE:
	case UNIT_HOUR:
	case UNIT_DAY: break;
	}
	return r;
}

static bool resolve_nth(const struct atom *x, day today, struct day_range *ret)
{
	struct civil c = day_civil(today);
	int y = x->y ? x->y : c.year, m = x->m ? x->m : c.month;
	if (!x->m && x->minute) { /* the next or last month was named */
		struct civil k = day_civil(month_start(c.year, c.month, x->minute));
		y = k.year;
		m = k.month;
	}
	for (int tries = 0; tries < 14; tries++) {
		day first = day_of(y, m, 1), last = month_end(first);
		int n = (int)x->n;
		if (x->d) {
			ret->from = ret->to = day_add(first, x->d - 1);
		} else if (x->unit == UNIT_QUARTER) {
			ret->from = n == 1 ? first : day_add(first, 14);
			ret->to = n == 1 ? day_add(first, 13) : last;
		} else if (x->wdays) {
			ret->from = ret->to =
				date_nth_weekday(y, m, wday_first(x->wdays), n);
		} else if (x->unit == UNIT_WEEK) {
			ret->from = n < 0 ? day_add(date_nth_weekday(y, m, 7, n), -6)
					  : date_nth_weekday(y, m, 1, n);
			ret->to = day_add(ret->from, 6);
		} else {
			ret->from = ret->to =
				n < 0 ? day_add(last, n + 1) : day_add(first, n - 1);
		}
		bool fits = !x->d || x->d <= month_days(y, m);
		if (fits && (x->y || x->minute || ret->to.d >= today.d))
			return true;
		if (x->m) {
			y++;
		} else if (++m > 12) {
			m = 1;
			y++;
		}
	}
	return false;
}

bool date_resolve(const struct atom *x, const struct talk_now *now, enum date_way way,
		  struct day_range *ret)
{
	day d = now->day;
	switch (x->kind) {
	case AT_OFFSET: d = day_add(d, (int)x->n); break;
	case AT_DATE:
		if (!resolve_date(x, now->day, way, &d))
			return false;
		break;
	case AT_WDAY: d = resolve_wday(x, now->day, way); break;
	case AT_FEAST: d = date_feast(x, now->day); break;
	case AT_PERIOD: *ret = resolve_period(x, now->day, way); return true;
	case AT_NTH: return resolve_nth(x, now->day, ret);
	case AT_SHIFT:
		if (x->unit == UNIT_MONTH || x->unit == UNIT_YEAR)
			d = date_add_months(d, (int)x->n * (x->unit == UNIT_YEAR ? 12 : 1));
		else if (x->unit == UNIT_WEEK || x->unit == UNIT_DAY)
			d = day_add(d, (int)x->n * (x->unit == UNIT_WEEK ? 7 : 1));
		else
			return false;
		break;
	case AT_NOW: break;
	case AT_NONE:
	case AT_NEXTN:
	case AT_CLOCK:
	case AT_PART:
	case AT_DUR:
	case AT_EVERY:
	case AT_TIMES:
	case AT_COUNT:
	case AT_FERIE: return false;
	}
	*ret = (struct day_range){ d, d };
	return true;
}
