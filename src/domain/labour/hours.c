/* hours.c - the day book and the checks on it. */
#include "domain/labour/hours.h"

static const struct {
	const char *name;
	bool has_key;
	enum labour_key key;
} rules[HOURS_RULE_COUNT] = {
	[HOURS_OVERLAP] = { "hours.overlap", false, LABOUR_day_max_min },
	[HOURS_TRAVEL] = { "hours.travel", false, LABOUR_day_max_min },
	[HOURS_DAY] = { "hours.day", true, LABOUR_day_max_min },
	[HOURS_AMPLITUDE] = { "hours.amplitude", true, LABOUR_amplitude_min },
	[HOURS_REST] = { "hours.rest", true, LABOUR_rest_min },
	[HOURS_PAUSE] = { "hours.pause", true, LABOUR_pause_after_min },
	[HOURS_MEAL] = { "hours.meal", true, LABOUR_meal_min },
	[HOURS_BREAKS] = { "hours.breaks", true, LABOUR_breaks_max },
	[HOURS_BREAK_TOTAL] = { "hours.break_total", true, LABOUR_break_total_min },
	[HOURS_BREAK_LONG] = { "hours.break_long", true, LABOUR_break_long_max },
	[HOURS_WEEK] = { "hours.week", true, LABOUR_week_max_min },
	[HOURS_MEAN] = { "hours.mean", true, LABOUR_mean_max_min },
	[HOURS_EXTRA] = { "hours.extra", true, LABOUR_extra_bp },
	[HOURS_RUN] = { "hours.run", true, LABOUR_run_max_days },
	[HOURS_WEEK_REST] = { "hours.week_rest", true, LABOUR_week_rest_min },
	[HOURS_FORTNIGHT] = { "hours.fortnight", true, LABOUR_off_fortnight_days },
	[HOURS_PAIR] = { "hours.pair", true, LABOUR_off_pair },
	[HOURS_SUNDAY] = { "hours.sunday", true, LABOUR_sunday_in },
	[HOURS_SUNDAYS] = { "hours.sundays", true, LABOUR_sundays_month },
};

const char *hours_rule_name(enum hours_rule rule)
{
	ASSERT(rule < HOURS_RULE_COUNT);
	return rules[rule].name;
}

bool hours_rule_key(enum hours_rule rule, enum labour_key *ret)
{
	ASSERT(rule < HOURS_RULE_COUNT);
	if (!rules[rule].has_key)
		return false;
	*ret = rules[rule].key;
	return true;
}

static day monday_of(day d)
{
	return day_add(d, 1 - day_weekday(d));
}

static bool same_month(day a, day b)
{
	struct civil x = day_civil(a), y = day_civil(b);
	return x.year == y.year && x.month == y.month;
}

/* First Monday of the pair of ISO weeks; 1970-01-05 began a pair. */
static day fortnight_of(day d)
{
	day m = monday_of(d);
	int32_t weeks = (m.d - 4) / 7;
	return weeks % 2 ? day_add(m, -7) : m;
}

/* --- the book ---------------------------------------------------------------------- */

static void book_day(struct day_book *b, const struct labour_rules *r,
		     const struct worker *w, const struct stay *v, size_t n)
{
	day d = v[0].on;
	int32_t off = d.d - b->on.d;
	if (off >= -13 && off <= 13)
		b->worked |= 1u << (off + 13);
	if (off == 0) {
		b->n = n < DAY_STAYS_MAX ? n : DAY_STAYS_MAX;
		memcpy(b->v, v, b->n * sizeof *v);
		return;
	}
	struct day_sheet s = day_sheet(r, w->travel_mode, v, n);
	int32_t week = monday_of(d).d - monday_of(b->on).d;
	if (week == 0)
		b->week_min += s.work_min;
	else if (week < 0 && week >= -77)
		b->past_min += s.work_min;
	if (same_month(d, b->on)) {
		b->wide_days += LABOUR(r, amplitude_min) >= 0 &&
				s.amplitude_min > LABOUR(r, amplitude_min);
		b->sundays += day_weekday(d) == 7;
	}
	if (fortnight_of(d).d == fortnight_of(b->on).d)
		b->broken_days += LABOUR(r, break_total_min) >= 0 &&
				  s.free_min > LABOUR(r, break_total_min);
}

/* Local midnight of the Monday of the stay's week (an hour off across a change of clocks,
 * which is little against the 24 hours asked below). */
static ts week_start(const struct stay *s)
{
	int64_t days = s->on.d - monday_of(s->on).d;
	return (ts){ s->from.us - s->from_min * US_MIN - days * US_DAY };
}

/* Minutes of a rest that counts for the week beginning at `week`: at least 24 hours of it
 * lie in that week; else 0.  TS_NONE on either side: open. */
static int64_t rest_of_week(ts from, ts until, ts week)
{
	ts end = { week.us + 7 * US_DAY };
	if (!ts_is(from))
		from = (ts){ week.us - 7 * US_DAY };
	if (!ts_is(until))
		until = (ts){ end.us + 7 * US_DAY };
	int64_t inside = ts_minutes(ts_max(from, week), ts_min(until, end));
	return inside >= 1440 ? ts_minutes(from, until) : 0;
}

/* One pause of work, between the last day worked before it and the first one after it. */
static void book_gap(struct day_book *b, const struct stay *any, ts end,
		     const struct stay *next, int32_t end_on)
{
	int32_t next_on = next ? next->on.d : INT32_MAX;
	if (end_on <= b->on.d && b->on.d <= next_on)
		return; /* touches the day, or holds it: the check sees it */
	ts week = week_start(any);
	week.us += (int64_t)(monday_of(b->on).d - monday_of(any->on).d) * US_DAY;
	int64_t rest = rest_of_week(end, next ? next->from : TS_NONE, week);
	if (rest > b->rest_else_min)
		b->rest_else_min = rest;
}

static void book_rest(struct day_book *b, const struct stay *v, size_t n)
{
	ts end = TS_NONE;
	int32_t end_on = INT32_MIN;
	for (size_t i = 0; i < n; i++) {
		if (v[i].on.d < b->on.d)
			b->before_until = ts_max(b->before_until, v[i].until);
		if (v[i].on.d > b->on.d &&
		    (!ts_is(b->after_from) || ts_before(v[i].from, b->after_from)))
			b->after_from = v[i].from;
		book_gap(b, v, end, &v[i], end_on);
		if (!ts_is(end) || ts_before(end, v[i].until)) {
			end = v[i].until;
			end_on = v[i].on.d;
		}
	}
	if (n)
		book_gap(b, v, end, NULL, end_on);
}

void day_book_make(struct arena *a, const struct labour_rules *r, const struct worker *w,
		   const struct stay *v, size_t n, day on, struct day_book *ret)
{
	*ret = (struct day_book){ .on = on };
	struct arena_mark mark = arena_mark(a);
	struct stay *s = ARENA_ARRAY(a, struct stay, n);
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		if (v[i].on.d >= on.d - 90 && v[i].on.d <= on.d + 27)
			s[m++] = v[i];
	stays_sort(s, m);
	for (size_t i = 0; i < m;) {
		size_t j = i;
		while (j < m && s[j].on.d == s[i].on.d)
			j++;
		book_day(ret, r, w, s + i, j - i);
		i = j;
	}
	book_rest(ret, s, m);
	arena_reset(a, mark);
}

bool day_book_add(struct day_book *b, const struct stay *s)
{
	if (b->n == DAY_STAYS_MAX)
		return false;
	ASSERT(s->on.d == b->on.d);
	size_t j = b->n++;
	while (j > 0 && ts_before(s->from, b->v[j - 1].from)) {
		b->v[j] = b->v[j - 1];
		j--;
	}
	b->v[j] = *s;
	b->worked |= 1u << 13;
	return true;
}

/* --- the checks -------------------------------------------------------------------- */

struct check {
	const struct labour_rules *r;
	const struct worker *w;
	const struct day_book *b;
	const struct stay *v; /* the day with the candidate */
	size_t n;
	struct day_sheet s;
	bool exceptional;
	struct breaches *ret;
	bool broken;
};

static void breach(struct check *c, enum hours_rule rule, int64_t value, int64_t limit)
{
	c->broken = true;
	if (c->ret && c->ret->n < HOURS_RULE_COUNT)
		c->ret->v[c->ret->n++] = (struct breach){ rule, value, limit };
}

static void at_most(struct check *c, enum hours_rule rule, int64_t value, int64_t limit)
{
	if (limit >= 0 && value > limit)
		breach(c, rule, value, limit);
}

static void check_day(struct check *c)
{
	const struct labour_rules *r = c->r;
	const struct day_sheet *s = &c->s;
	at_most(c, HOURS_DAY, s->work_min, LABOUR(r, day_max_min));
	int64_t wide = LABOUR(r, amplitude_min);
	if (c->exceptional && LABOUR(r, amplitude_wide_min) >= 0 &&
	    c->b->wide_days < LABOUR(r, amplitude_wide_days))
		wide = LABOUR(r, amplitude_wide_min);
	at_most(c, HOURS_AMPLITUDE, s->amplitude_min, wide);
	at_most(c, HOURS_PAUSE, s->run_min, LABOUR(r, pause_after_min));
	if (s->meal_gap_min >= 0 && s->meal_gap_min < LABOUR(r, meal_min))
		breach(c, HOURS_MEAL, s->meal_gap_min, LABOUR(r, meal_min));
	at_most(c, HOURS_BREAK_LONG, s->breaks_long, LABOUR(r, break_long_max));
	bool part_time = c->w->week_min > 0 && c->w->week_min < LABOUR(r, full_time_min);
	if (!part_time && r->idcc == IDCC_BAD_2941)
		return; /* V.13 speaks of part time */
	at_most(c, HOURS_BREAKS, s->breaks, LABOUR(r, breaks_max));
	if (!(c->exceptional && c->b->broken_days < LABOUR(r, break_wide_days)))
		at_most(c, HOURS_BREAK_TOTAL, s->free_min, LABOUR(r, break_total_min));
}

static void check_rest(struct check *c)
{
	int64_t limit = LABOUR(c->r, rest_min), before = INT64_MAX, after = INT64_MAX;
	ts last = c->v[0].until;
	for (size_t i = 1; i < c->n; i++)
		last = ts_max(last, c->v[i].until);
	if (ts_is(c->b->before_until))
		before = ts_minutes(c->b->before_until, c->v[0].from);
	if (ts_is(c->b->after_from))
		after = ts_minutes(last, c->b->after_from);
	if (limit >= 0 && (before < limit || after < limit))
		breach(c, HOURS_REST, before < after ? before : after, limit);
	ts week = week_start(&c->v[0]);
	int64_t longest = rest_of_week(c->b->before_until, c->v[0].from, week);
	int64_t other = rest_of_week(last, c->b->after_from, week);
	if (other > longest)
		longest = other;
	if (c->b->rest_else_min > longest)
		longest = c->b->rest_else_min;
	if (LABOUR(c->r, week_rest_min) >= 0 && longest < LABOUR(c->r, week_rest_min))
		breach(c, HOURS_WEEK_REST, longest, LABOUR(c->r, week_rest_min));
}

static void check_week(struct check *c)
{
	const struct labour_rules *r = c->r;
	int64_t week = c->b->week_min + c->s.work_min;
	at_most(c, HOURS_WEEK, week, LABOUR(r, week_max_min));
	if (LABOUR(r, mean_max_min) >= 0 &&
	    c->b->past_min + week > 12 * LABOUR(r, mean_max_min))
		breach(c, HOURS_MEAN, (c->b->past_min + week) / 12,
		       LABOUR(r, mean_max_min));
	int64_t full = LABOUR(r, full_time_min), contract = c->w->week_min;
	if (contract <= 0 || full < 0 || contract >= full || LABOUR(r, extra_bp) < 0)
		return;
	int64_t most = contract + contract * LABOUR(r, extra_bp) / 10000;
	if (most > full - 1) /* extra hours may not reach full time: L3123-9 */
		most = full - 1;
	at_most(c, HOURS_EXTRA, week, most);
}

/* Is the day at offset `off` from the book's worked, the candidate's day included? */
static bool worked(const struct check *c, int32_t off)
{
	if (off < -13 || off > 13)
		return false;
	return off == 0 || (c->b->worked >> (off + 13) & 1);
}

static void check_days_off(struct check *c)
{
	const struct labour_rules *r = c->r;
	int run = 1;
	for (int32_t o = -1; worked(c, o); o--)
		run++;
	for (int32_t o = 1; worked(c, o); o++)
		run++;
	at_most(c, HOURS_RUN, run, LABOUR(r, run_max_days));
	int32_t first = fortnight_of(c->b->on).d - c->b->on.d;
	int days_off = 0;
	bool pair = false;
	for (int i = 0; i < 14; i++) {
		if (worked(c, first + i))
			continue;
		days_off++;
		bool sunday = i % 7 == 6;
		bool saturday_off = sunday && !worked(c, first + i - 1);
		bool monday_off = sunday && i < 13 && !worked(c, first + i + 1);
		pair = pair || saturday_off || monday_off;
	}
	if (LABOUR(r, off_fortnight_days) >= 0 && days_off < LABOUR(r, off_fortnight_days))
		breach(c, HOURS_FORTNIGHT, days_off, LABOUR(r, off_fortnight_days));
	if (LABOUR(r, off_pair) == 1 && !pair)
		breach(c, HOURS_PAIR, 0, 1);
	if (day_weekday(c->b->on) != 7)
		return;
	if (LABOUR(r, sunday_in) == 2 && (worked(c, -7) || worked(c, 7)))
		breach(c, HOURS_SUNDAY, 1, 2);
	at_most(c, HOURS_SUNDAYS, c->b->sundays + 1, LABOUR(r, sundays_month));
}

static bool try_day(const struct day_book *b, const struct stay *s, struct stay *whole)
{
	if (b->n == DAY_STAYS_MAX)
		return false;
	size_t i = 0;
	for (; i < b->n && !ts_before(s->from, b->v[i].from); i++)
		whole[i] = b->v[i];
	whole[i] = *s;
	memcpy(whole + i + 1, b->v + i, (b->n - i) * sizeof *whole);
	return true;
}

bool hours_allow(const struct labour_rules *r, const struct worker *w,
		 const struct day_book *b, const struct stay *s, bool exceptional,
		 struct breaches *ret)
{
	ASSERT(s->on.d == b->on.d);
	struct stay whole[DAY_STAYS_MAX];
	struct check c = { .r = r,
			   .w = w,
			   .b = b,
			   .v = whole,
			   .n = b->n + 1,
			   .ret = ret,
			   .exceptional = exceptional };
	if (ret)
		ret->n = 0;
	if (!try_day(b, s, whole)) {
		breach(&c, HOURS_DAY, DAY_STAYS_MAX + 1, DAY_STAYS_MAX);
		return false;
	}
	c.s = day_sheet(r, w->travel_mode, whole, c.n);
	if (c.s.overlap_min)
		breach(&c, HOURS_OVERLAP, c.s.overlap_min, 0);
	if (c.s.short_min)
		breach(&c, HOURS_TRAVEL, c.s.short_min, 0);
	if (w->status == CARER_STATUS_INDEPENDENT || (c.broken && !ret))
		return !c.broken;
	check_day(&c);
	check_rest(&c);
	check_week(&c);
	check_days_off(&c);
	return !c.broken;
}

int hours_added(const struct labour_rules *r, const struct worker *w,
		const struct day_book *b, const struct stay *s, struct day_sheet *ret_sheet)
{
	struct stay whole[DAY_STAYS_MAX];
	struct day_sheet before = day_sheet(r, w->travel_mode, b->v, b->n), after = before;
	if (try_day(b, s, whole))
		after = day_sheet(r, w->travel_mode, whole, b->n + 1);
	if (ret_sheet)
		*ret_sheet = after;
	return after.work_min - before.work_min;
}
