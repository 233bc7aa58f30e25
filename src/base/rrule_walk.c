/* rrule_walk.c - the days of a rule, period by period, and their instants. */
#include "base/rrule.h"

/* Years are limited to 9999 by the RFC's date form. */
#define DAY_LAST ((day){ 2932896 }) /* 9999-12-31 */

/* After this many periods without a day none will come: the Gregorian calendar repeats
 * after 400 years (146,097 days, 20,871 whole weeks), whatever the interval. */
static const int empty_max[] = { 146097, 20871, 4800, 400 };

static bool bit(uint32_t bits, int i)
{
	return bits >> i & 1;
}

static day min_day(day a, day b)
{
	return a.d < b.d ? a : b;
}

/* What the rule leaves open is taken from DTSTART (RFC 5545 §3.3.10). */
static void complete(struct rrule *r, day from)
{
	struct civil c = day_civil(from);
	bool days = r->weekdays || r->n_nth || r->mdays || r->mdays_back;
	if (r->freq == RRULE_WEEKLY && !days)
		r->weekdays = (uint8_t)(1U << day_weekday(from));
	if (r->freq == RRULE_YEARLY && !days && !r->months)
		r->months = (uint16_t)(1U << c.month);
	if (r->freq >= RRULE_MONTHLY && !days)
		r->mdays = 1U << c.day;
}

/* The n-th weekday in [first, last], counted from the end when negative. */
static bool is_nth(const struct rrule_nth *x, day d, day first, day last)
{
	if (day_weekday(d) != x->weekday)
		return false;
	return x->ord > 0 ? (d.d - first.d) / 7 + 1 == x->ord
			  : (last.d - d.d) / 7 + 1 == -x->ord;
}

static bool weekday_fits(const struct rrule *r, day d, const struct civil *c)
{
	if (!r->weekdays && !r->n_nth)
		return true;
	if (bit(r->weekdays, day_weekday(d)))
		return true;
	bool month = r->freq == RRULE_MONTHLY || r->months;
	for (size_t i = 0; i < r->n_nth; i++) {
		day first = day_of(c->year, month ? c->month : 1, 1);
		day last = month ? day_add(first, month_days(c->year, c->month) - 1)
				 : day_of(c->year, 12, 31);
		if (is_nth(&r->nth[i], d, first, last))
			return true;
	}
	return false;
}

static bool fits(const struct rrule *r, day d)
{
	struct civil c = day_civil(d);
	if (r->months && !bit(r->months, c.month))
		return false;
	if (r->mdays || r->mdays_back) {
		int back = month_days(c.year, c.month) - c.day + 1;
		if (!bit(r->mdays, c.day) && !bit(r->mdays_back, back))
			return false;
	}
	return weekday_fits(r, d, &c);
}

static day week_start(const struct rrule *r, day d)
{
	return day_add(d, -((day_weekday(d) - r->wkst + 7) % 7));
}

/* First and last day of period number k (in intervals) since DTSTART's; false past 9999. */
static bool period_span(const struct rrule_iter *it, int64_t k, day *ret_first,
			day *ret_last)
{
	const struct rrule *r = &it->rule;
	struct civil c = day_civil(it->from);
	int64_t step = k * r->interval, m;
	switch (r->freq) {
	case RRULE_DAILY:
	case RRULE_WEEKLY: {
		bool weekly = r->freq == RRULE_WEEKLY;
		int64_t first = (weekly ? week_start(r, it->from).d : it->from.d) +
				step * (weekly ? 7 : 1);
		if (first > DAY_LAST.d)
			return false;
		*ret_first = (day){ (int32_t)first };
		*ret_last = day_add(*ret_first, weekly ? 6 : 0);
		return true;
	}
	case RRULE_MONTHLY:
		m = c.year * INT64_C(12) + c.month - 1 + step;
		if (m / 12 > 9999)
			return false;
		*ret_first = day_of((int)(m / 12), (int)(m % 12) + 1, 1);
		*ret_last = day_add(*ret_first,
				    month_days((int)(m / 12), (int)(m % 12) + 1) - 1);
		return true;
	case RRULE_YEARLY:
		if (c.year + step > 9999)
			return false;
		*ret_first = day_of((int)(c.year + step), 1, 1);
		*ret_last = day_of((int)(c.year + step), 12, 31);
		return true;
	}
	die("unknown frequency");
}

static void keep_positions(struct rrule_iter *it)
{
	const struct rrule *r = &it->rule;
	size_t kept = 0;
	for (size_t i = 0; i < it->n; i++) {
		bool keep = false;
		for (size_t p = 0; p < r->n_setpos; p++) {
			int pos = r->setpos[p];
			int here = pos > 0 ? (int)i + 1 : (int)i - (int)it->n;
			keep |= pos == here;
		}
		if (keep)
			it->set[kept++] = it->set[i];
	}
	it->n = kept;
}

/* Fills the set of the current period; false at the end of the calendar. */
static bool fill(struct rrule_iter *it)
{
	day first, last;
	it->n = it->at = 0;
	if (!period_span(it, it->period, &first, &last) || first.d > it->last.d)
		return false;
	for (int32_t d = first.d; d <= last.d; d++)
		if (fits(&it->rule, (day){ d }))
			it->set[it->n++] = d;
	if (it->rule.n_setpos)
		keep_positions(it);
	it->empty = it->n ? 0 : it->empty + 1;
	return true;
}

static bool step(struct rrule_iter *it)
{
	it->period++;
	if (it->empty > empty_max[it->rule.freq] || !fill(it))
		it->done = true;
	return !it->done;
}

struct rrule_iter rrule_start(const struct rrule *r, day from, day last)
{
	struct rrule_iter it = { .rule = *r, .from = from, .last = DAY_LAST };
	complete(&it.rule, from);
	if (last.d != DAY_NONE.d)
		it.last = min_day(it.last, last);
	if (r->until.d != DAY_NONE.d) /* at most a day later in UTC than on the wall */
		it.last = min_day(it.last, day_add(r->until, r->until_utc ? 1 : 0));
	it.done = !fill(&it);
	return it;
}

bool rrule_next(struct rrule_iter *it, day *ret)
{
	while (!it->done) {
		while (it->at < it->n) {
			int32_t d = it->set[it->at++];
			if (d < it->from.d)
				continue;
			if (d > it->last.d ||
			    (it->rule.count && it->given >= it->rule.count)) {
				it->done = true;
				return false;
			}
			it->given++;
			*ret = (day){ d };
			return true;
		}
		step(it);
	}
	return false;
}

/* The number of the period that holds `d`, or of the one before it. */
static int64_t period_of(const struct rrule_iter *it, day d)
{
	const struct rrule *r = &it->rule;
	struct civil a = day_civil(it->from), b = day_civil(d);
	int64_t units = 0;
	switch (r->freq) {
	case RRULE_DAILY: units = d.d - it->from.d; break;
	case RRULE_WEEKLY:
		units = (week_start(r, d).d - week_start(r, it->from).d) / 7;
		break;
	case RRULE_MONTHLY: units = (b.year - a.year) * 12 + b.month - a.month; break;
	case RRULE_YEARLY: units = b.year - a.year; break;
	}
	return units / r->interval;
}

void rrule_seek(struct rrule_iter *it, day d)
{
	if (it->done || d.d <= it->from.d)
		return;
	if (!it->rule.count && period_of(it, d) > it->period) {
		it->period = period_of(it, d);
		it->empty = 0;
		it->done = !fill(it);
	}
	while (!it->done) {
		while (it->at < it->n && it->set[it->at] < d.d) {
			it->given += it->set[it->at] >= it->from.d;
			it->at++;
		}
		if (it->at < it->n)
			return;
		step(it);
	}
}

/* ---- series ---- */

bool days_have(const struct days *d, day x)
{
	size_t lo = 0, hi = d ? d->n : 0;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (d->v[mid].d == x.d)
			return true;
		if (d->v[mid].d < x.d)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

enum err recurrence_check(const struct recurrence *r)
{
	if (r->n_hours > RECUR_HOURS_MAX || r->n_exdates > RECUR_EXDATES_MAX)
		return ERR_LIMIT;
	if (!r->n_hours)
		return ERR_INPUT;
	for (size_t i = 0; i < r->n_hours; i++)
		if (r->hours[i] < 0 || r->hours[i] > 1439 ||
		    (i && r->hours[i] <= r->hours[i - 1]))
			return ERR_INPUT;
	struct rrule_iter it = rrule_start(&r->rule, r->from, DAY_NONE);
	day first;
	return rrule_next(&it, &first) ? OK : ERR_INPUT;
}

static bool taken_out(const struct recurrence *r, day d, int min)
{
	for (size_t i = 0; i < r->n_exdates; i++) {
		const struct exdate *x = &r->exdates[i];
		if (x->day.d == d.d && (x->min < 0 || x->min == min))
			return true;
	}
	return false;
}

static bool past_until(const struct rrule *r, const struct occurrence *o)
{
	if (r->until.d == DAY_NONE.d || r->until_s < 0)
		return false; /* a whole day: the walk ended there */
	if (r->until_utc)
		return o->start.us > r->until.d * US_DAY + r->until_s * US_S;
	return o->day.d > r->until.d ||
	       (o->day.d == r->until.d && o->min * 60 > r->until_s);
}

/* Adds by instant: a gap can put 02:30 after 03:00. */
static void add_sorted(struct arena *a, struct occurrences *list, struct occurrence o)
{
	*ARENA_PUSH(a, list) = o;
	size_t i = list->n - 1;
	for (; i > 0 && list->v[i - 1].start.us > o.start.us; i--)
		list->v[i] = list->v[i - 1];
	list->v[i] = o;
}

enum err recurrence_expand(struct arena *a, const struct recurrence *r,
			   const struct zone *z, const struct days *holidays,
			   struct span range, size_t max, struct occurrences *ret)
{
	struct occurrences list = { 0 };
	if (!ts_before(range.from, range.until)) {
		*ret = list;
		return OK;
	}
	/* a day on each side: local days are not UTC days */
	struct rrule_iter it =
		rrule_start(&r->rule, r->from, day_add(zone_day(z, range.until), 1));
	rrule_seek(&it, day_add(zone_day(z, range.from), -1));
	day d;
	while (rrule_next(&it, &d)) {
		if (r->no_holidays && days_have(holidays, d))
			continue;
		for (size_t i = 0; i < r->n_hours; i++) {
			struct occurrence o = { d, r->hours[i],
						zone_ts(z, d, r->hours[i]) };
			if (taken_out(r, d, o.min) || past_until(&r->rule, &o) ||
			    ts_before(o.start, range.from) ||
			    !ts_before(o.start, range.until))
				continue;
			if (list.n == max)
				return ERR_LIMIT;
			add_sorted(a, &list, o);
		}
	}
	*ret = list;
	return OK;
}
