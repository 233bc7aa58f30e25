#include "talk/value.h"

#include "talk/num.h"

#include <inttypes.h>

#define DAY_S INT64_C(86400)

struct phrase {
	const struct toks *t;
	const struct talk_now *now;
	struct value_ways ways;
	const struct atom *date, *date2, *clock, *clock2, *part, *period, *shift, *nextn,
		*dur;
	enum atom_role date_role, clock_role;
};

static int64_t at(day d, int minute, int second)
{
	return (int64_t)d.d * DAY_S + minute * 60 + (second > 0 ? second : 0);
}

static int64_t now_s(const struct talk_now *now)
{
	return at(now->day, now->minute, now->second);
}

/* Start and end minute of a part of the day, its sub part counted. */
static void part_hours(const struct atom *x, int *from, int *to)
{
	static const struct {
		enum day_part p;
		enum sub_part s;
		int from, to;
	} hours[] = {
		{ PART_MATIN, SUB_NONE, 4, 12 },       { PART_MATIN, SUB_EARLY, 7, 9 },
		{ PART_MATIN, SUB_MID, 9, 11 },        { PART_MATIN, SUB_LATE, 10, 12 },
		{ PART_MIDI, SUB_NONE, 12, 14 },       { PART_APRESMIDI, SUB_NONE, 12, 19 },
		{ PART_APRESMIDI, SUB_EARLY, 12, 14 }, { PART_APRESMIDI, SUB_MID, 14, 17 },
		{ PART_APRESMIDI, SUB_LATE, 17, 19 },  { PART_SOIR, SUB_NONE, 18, 24 },
		{ PART_SOIR, SUB_EARLY, 18, 21 },      { PART_SOIR, SUB_MID, 19, 22 },
		{ PART_SOIR, SUB_LATE, 21, 24 },       { PART_NUIT, SUB_NONE, 24, 28 },
		{ PART_JOURNEE, SUB_NONE, 8, 20 },     { PART_JOURNEE, SUB_EARLY, 6, 10 },
		{ PART_JOURNEE, SUB_MID, 11, 16 },     { PART_JOURNEE, SUB_LATE, 17, 21 },
		{ PART_DEJEUNER, SUB_NONE, 12, 14 },   { PART_DEJEUNER, SUB_AFTER, 13, 17 },
		{ PART_DEJEUNER, SUB_BEFORE, 10, 12 },
	};
	*from = 0;
	*to = 24 * 60;
	for (size_t i = 0; i < sizeof hours / sizeof *hours; i++)
		if (hours[i].p == x->part &&
		    (hours[i].s == x->sub || hours[i].s == SUB_NONE)) {
			*from = hours[i].from * 60;
			*to = hours[i].to * 60;
			if (hours[i].s == x->sub)
				return;
		}
}

/* 12-hour clocks take the half of the day that the part names. */
static int clock_minute(const struct atom *c, const struct atom *part)
{
	if (!part || !c->h12)
		return c->minute;
	if ((part->part == PART_APRESMIDI || part->part == PART_SOIR) && c->minute < 720)
		return c->minute + 720;
	return c->minute;
}

static bool mentions(const struct phrase *p, const struct atom *x, const char *w)
{
	for (size_t i = x->at; i < x->end; i++)
		if (tok_is(p->t, i, w))
			return true;
	return false;
}

static enum atom_unit clock_grain(const struct atom *c)
{
	return c->second >= 0 && c->has_min ? UNIT_MINUTE
	       : c->has_min                 ? UNIT_MINUTE
					    : UNIT_HOUR;
}

static bool days_of(const struct phrase *p, const struct atom *x, struct day_range *ret)
{
	struct talk_now now = *p->now;
	if (x->kind == AT_WDAY && p->period && p->period->unit == UNIT_WEEK) {
		struct day_range w;
		date_resolve(p->period, &now, DATE_DUCKLING, &w);
		ret->from = ret->to = day_add(w.from, wday_first(x->wdays) - 1);
		return true;
	}
	if (x->kind == AT_WDAY && p->ways.today_too && !x->next && !x->last && !x->wmod)
		now.day = day_add(now.day, -1);
	if (x->kind == AT_WDAY && p->shift && p->shift->unit == UNIT_WEEK) {
		day mon = day_add(date_monday(now.day), (int)p->shift->n * 7);
		ret->from = ret->to = day_add(mon, wday_first(x->wdays) - 1);
		return true;
	}
	if (!date_resolve(x, &now, x->role == ROLE_SINCE ? DATE_LAST : DATE_DUCKLING, ret))
		return false;
	if (p->ways.nearest_year && x->kind == AT_DATE && x->m && !x->y) {
		day back = date_add_months(ret->from, -12);
		if (now.day.d - back.d < ret->from.d - now.day.d)
			ret->from = ret->to = back;
	}
	return true;
}

static void put(struct arena *a, struct values *out, struct value v)
{
	*ARENA_PUSH(a, out) = v;
}

static void put_interval(struct arena *a, struct values *out, int64_t from, int64_t to,
			 enum atom_unit grain)
{
	put(a, out, (struct value){ VALUE_INTERVAL, from, to, grain });
}

/* "début avril", "fin du mois", "en fin d'année", "en début de semaine". */
static bool sub_period(const struct phrase *p, const struct atom *x, struct day_range *d)
{
	bool mois = mentions(p, x, "mois");
	int len = d->to.d - d->from.d + 1;
	day f = d->from, t = d->to;
	if (x->unit == UNIT_WEEK) {
		*d = x->sub == SUB_EARLY ? (struct day_range){ f, day_add(f, 1) }
		     : x->sub == SUB_MID
			     ? (struct day_range){ day_add(f, 2), day_add(f, 3) }
			     : (struct day_range){ day_add(f, 3), t };
	} else if (x->unit == UNIT_MONTH) {
		*d = x->sub == SUB_EARLY ? (struct day_range){ f, day_add(f, mois ? 9 : 4) }
		     : x->sub == SUB_MID
			     ? (struct day_range){ day_add(f, mois ? 10 : 9),
						   day_add(f, mois ? 19 : 18) }
			     : (struct day_range){ day_add(f, mois ? 20 : 24), t };
		if (x->sub == SUB_MID && !mois)
			d->to = day_add(f, 18);
	} else if (x->unit == UNIT_YEAR) {
		*d = x->sub == SUB_EARLY
			     ? (struct day_range){ f, day_add(date_add_months(f, 3), -1) }
		     : x->sub == SUB_MID
			     ? (struct day_range){ date_add_months(f, 4),
						   day_add(date_add_months(f, 8), -1) }
			     : (struct day_range){ date_add_months(f, 10), t };
	} else {
		*d = x->sub == SUB_EARLY ? (struct day_range){ f, day_add(f, len / 3) }
		     : x->sub == SUB_MID ? (struct day_range){ day_add(f, len / 3),
							       day_add(f, 2 * len / 3) }
					 : (struct day_range){ day_add(t, -len / 3), t };
	}
	return true;
}

static void put_dates(struct arena *a, struct values *out, const struct phrase *p)
{
	const struct atom *x = p->date;
	struct day_range d;
	if (!days_of(p, x, &d))
		return;
	enum atom_unit g = UNIT_DAY;
	bool past_begin = d.to.d < p->now->day.d;
	if (x->kind == AT_PERIOD) {
		g = x->unit;
		if (x->sub) {
			struct day_range whole = d;
			sub_period(p, x, &d);
			if (x->unit == UNIT_MONTH && !x->m && x->n == 0 &&
			    d.to.d < p->now->day.d) {
				d.from = d.to = date_add_months(whole.from, 1);
				d.to = day_add(date_add_months(d.from, 1), -1);
				sub_period(p, x, &d);
			}
			put_interval(a, out, at(d.from, 0, 0), at(d.to, 0, 0) + DAY_S,
				     x->unit == UNIT_YEAR ? UNIT_MONTH : UNIT_DAY);
			return;
		}
		if (x->unit == UNIT_WEEKEND) {
			put_interval(a, out, at(d.from, 0, 0) - 6 * 3600,
				     at(d.to, 0, 0) + DAY_S, UNIT_HOUR);
			return;
		}
		if (x->unit == UNIT_SEASON) {
			put_interval(a, out, at(d.from, 0, 0), at(d.to, 0, 0) + DAY_S,
				     UNIT_DAY);
			return;
		}
	}
	if (x->kind == AT_NTH && x->unit == UNIT_WEEK && !x->wdays && !x->d)
		g = UNIT_WEEK;
	if (x->kind == AT_NTH && x->unit == UNIT_QUARTER) {
		put_interval(a, out, at(d.from, 0, 0), at(d.to, 0, 0) + DAY_S, UNIT_DAY);
		return;
	}
	enum atom_role r = x->role;
	if (r == ROLE_AFTER || r == ROLE_FROM || r == ROLE_BEFORE || r == ROLE_UNTIL ||
	    r == ROLE_SINCE) {
		bool before = r == ROLE_BEFORE || r == ROLE_UNTIL;
		put(a, out, (struct value){ VALUE_OPEN, at(d.from, 0, 0), 0, g, before });
		return;
	}
	(void)past_begin;
	put(a, out, (struct value){ VALUE_DATETIME, at(d.from, 0, 0), 0, g });
}

static void put_range(struct arena *a, struct values *out, const struct phrase *p)
{
	struct atom one = *p->date;
	struct day_range d1, d2;
	struct talk_now now = *p->now;
	if (one.kind == AT_DATE && !one.m && p->date2->m) {
		one.m = p->date2->m;
		one.y = p->date2->y;
	}
	if (one.kind == AT_DATE && !one.y && p->date2->y && p->date2->m >= one.m)
		one.y = p->date2->y;
	if (!days_of(p, &one, &d1))
		return;
	now.day = day_add(d1.from, one.kind == AT_WDAY ? 0 : -1);
	if (!date_resolve(p->date2, &now, DATE_DUCKLING, &d2) || d2.to.d < d1.from.d)
		return;
	put_interval(a, out, at(d1.from, 0, 0),
		     at(d2.to, 0, 0) + (p->ways.ends_included ? 0 : DAY_S), UNIT_DAY);
}

static void put_clocks(struct arena *a, struct values *out, const struct phrase *p)
{
	struct day_range d = { p->now->day, p->now->day };
	bool dated = p->date && p->date->kind != AT_NOW;
	if (dated && !days_of(p, p->date, &d))
		return;
	int m = clock_minute(p->clock, p->part);
	if (p->clock->tz != INT32_MIN)
		m += p->now->utc_offset - p->clock->tz;
	int64_t from = at(d.from, m, p->clock->second), now = now_s(p->now);
	if (p->clock->part == PART_NUIT && p->clock->minute == 0 && dated)
		from += DAY_S; /* "demain minuit" ends tomorrow */
	if (!dated && !p->part && from < now) {
		bool half = p->clock->h12 && !p->clock2 && from + DAY_S / 2 > now;
		from += half ? DAY_S / 2 : DAY_S;
	}
	enum atom_unit g = p->clock->tz != INT32_MIN ? UNIT_MINUTE : clock_grain(p->clock);
	if (p->clock2) {
		int m2 = clock_minute(p->clock2, p->part);
		if (clock_grain(p->clock2) == UNIT_MINUTE)
			g = UNIT_MINUTE;
		int64_t to = from - (int64_t)m * 60 + (int64_t)m2 * 60;
		if (to <= from && p->clock2->h12 && to + DAY_S / 2 > from)
			to += DAY_S / 2;
		if (to <= from)
			to += DAY_S;
		to += p->ways.ends_included ? 0 : g == UNIT_MINUTE ? 60 : 3600;
		put_interval(a, out, from, to, g);
		return;
	}
	enum atom_role r = p->clock->role;
	if (r == ROLE_AFTER || r == ROLE_FROM || r == ROLE_BEFORE || r == ROLE_UNTIL ||
	    r == ROLE_SINCE) {
		bool before = r == ROLE_BEFORE || r == ROLE_UNTIL;
		put(a, out, (struct value){ VALUE_OPEN, from, 0, g, before });
		return;
	}
	put(a, out, (struct value){ VALUE_DATETIME, from, 0, g });
}

static void put_part(struct arena *a, struct values *out, const struct phrase *p)
{
	struct day_range d = { p->now->day, p->now->day };
	int from, to;
	if (p->date && !days_of(p, p->date, &d))
		return;
	struct atom part = *p->part;
	if (part.part == PART_NUIT &&
	    tok_in(p->t, p->part->end, "derniere|passee")) /* "la nuit dernière" */
		d.from = day_add(d.from, -1);
	if (!part.sub && p->date && p->date->at && tok_is(p->t, p->date->at - 1, "tot"))
		part.sub = SUB_EARLY;
	part_hours(&part, &from, &to);
	put_interval(a, out, at(d.from, from, 0), at(d.from, to, 0), UNIT_HOUR);
}

static int64_t unit_seconds(enum atom_unit u)
{
	static const int64_t s[] = { 1, 60, 3600, 86400, 604800 };
	return u <= UNIT_WEEK ? s[u] : 0;
}

static int unit_months(enum atom_unit u)
{
	return u == UNIT_MONTH ? 1 : u == UNIT_QUARTER ? 3 : u == UNIT_YEAR ? 12 : 0;
}

static int64_t add_units(int64_t s, int64_t n, enum atom_unit u)
{
	int months = unit_months(u);
	if (n > 100000 || n < -100000)
		n = 0;
	if (!months)
		return s + n * unit_seconds(u);
	int64_t d = s >= 0 ? s / DAY_S : -((-s + DAY_S - 1) / DAY_S);
	day k = date_add_months((day){ (int32_t)d }, (int)n * months);
	return (int64_t)k.d * DAY_S + (s - d * DAY_S);
}

static void put_shift(struct arena *a, struct values *out, const struct phrase *p)
{
	static const enum atom_unit finer[] = {
		[UNIT_SECOND] = UNIT_SECOND, [UNIT_MINUTE] = UNIT_SECOND,
		[UNIT_HOUR] = UNIT_MINUTE,   [UNIT_DAY] = UNIT_HOUR,
		[UNIT_WEEK] = UNIT_DAY,      [UNIT_MONTH] = UNIT_DAY,
		[UNIT_QUARTER] = UNIT_MONTH, [UNIT_YEAR] = UNIT_MONTH,
		[UNIT_WEEKEND] = UNIT_DAY,   [UNIT_SEASON] = UNIT_DAY,
	};
	int64_t s = add_units(now_s(p->now), p->shift->n, p->shift->unit);
	enum atom_unit g = p->shift->le ? p->shift->unit : finer[p->shift->unit];
	put(a, out, (struct value){ VALUE_DATETIME, s, 0, g });
}

static int64_t floor_unit(const struct talk_now *now, enum atom_unit u)
{
	struct atom x = { .kind = AT_PERIOD, .unit = u };
	struct day_range d = { now->day, now->day };
	if (u >= UNIT_WEEK)
		date_resolve(&x, now, DATE_DUCKLING, &d);
	int64_t s = at(d.from, 0, 0);
	if (u == UNIT_MINUTE || u == UNIT_HOUR || u == UNIT_SECOND)
		s = now_s(now) / unit_seconds(u) * unit_seconds(u);
	return s;
}

static void put_nextn(struct arena *a, struct values *out, const struct phrase *p)
{
	const struct atom *x = p->nextn;
	int64_t base = floor_unit(p->now, x->unit);
	int64_t from =
		x->n > 0 ? add_units(base, 1, x->unit) : add_units(base, x->n, x->unit);
	put_interval(a, out, from, add_units(from, x->n > 0 ? x->n : -x->n, x->unit),
		     x->unit);
}

/* "une semaine après noël": a duration moved from a date. */
static bool put_moved(struct arena *a, struct values *out, const struct phrase *p)
{
	struct day_range d;
	if (!p->dur || !p->date || p->dur->end > p->date->head ||
	    (p->date->role != ROLE_AFTER && p->date->role != ROLE_BEFORE) ||
	    !days_of(p, p->date, &d))
		return false;
	int64_t n = p->date->role == ROLE_AFTER ? p->dur->n : -p->dur->n;
	put(a, out,
	    (struct value){ VALUE_DATETIME, add_units(at(d.from, 0, 0), n, p->dur->unit), 0,
			    UNIT_DAY });
	return true;
}

static void put_phrase(struct arena *a, struct values *out, struct phrase *p)
{
	if (p->date && p->date->kind == AT_NOW && !p->clock && !p->part) {
		put(a, out,
		    (struct value){ VALUE_DATETIME, now_s(p->now), 0, UNIT_SECOND });
		return;
	}
	if (!p->date && p->period)
		p->date = p->period;
	else if (p->date && p->period && p->period->unit == UNIT_WEEK &&
		 p->date->kind == AT_DATE && p->date->at > p->period->at &&
		 p->date->role == ROLE_DE) {
		struct day_range d;
		if (days_of(p, p->date, &d))
			put(a, out,
			    (struct value){ VALUE_DATETIME, at(date_monday(d.from), 0, 0),
					    0, UNIT_WEEK });
		return;
	}
	if (p->date && p->date->kind == AT_FEAST && p->date->part == PART_SOIR &&
	    !p->clock) {
		struct day_range d;
		if (days_of(p, p->date, &d))
			put_interval(a, out, at(d.from, 18 * 60, 0), at(d.from, 24 * 60, 0),
				     UNIT_HOUR);
		return;
	}
	if (put_moved(a, out, p))
		return;
	if (p->shift && !p->clock && !p->date)
		put_shift(a, out, p);
	else if (p->nextn)
		put_nextn(a, out, p);
	else if (p->date2)
		put_range(a, out, p);
	else if (p->clock)
		put_clocks(a, out, p);
	else if (p->part)
		put_part(a, out, p);
	else if (p->date)
		put_dates(a, out, p);
}

static bool is_glue(const struct toks *t, size_t i)
{
	return t->v[i].kind == TOK_DASH ||
	       (t->v[i].kind == TOK_COMMA && str_eq(t->v[i].raw, S(","))) ||
	       tok_in(t, i,
		      "le|la|l|les|de|du|d|a|au|aux|dans|en|vers|et|ce|cette|cet|environ|"
		      "jour|pour|heure|partir|plus|tard|que|tot");
}

static bool joined(const struct toks *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!is_glue(t, i))
			return false;
	return true;
}

static bool is_date(const struct atom *x)
{
	return x->kind == AT_DATE || x->kind == AT_WDAY || x->kind == AT_OFFSET ||
	       x->kind == AT_FEAST || x->kind == AT_NOW || x->kind == AT_NTH;
}

/* Puts atom x into the phrase; false when the phrase has no room for it. */
static bool take(struct phrase *p, const struct atom *x)
{
	const struct atom **slot = NULL;
	bool ends = x->role == ROLE_TO || x->role == ROLE_A || x->role == ROLE_UNTIL;
	if (x->kind == AT_NOW && (p->clock || p->date))
		return true;
	if (is_date(x))
		slot = !p->date ? &p->date : ends && !p->date2 ? &p->date2 : NULL;
	else if (x->kind == AT_CLOCK)
		slot = !p->clock ? &p->clock : ends && !p->clock2 ? &p->clock2 : NULL;
	else if (x->kind == AT_PART)
		slot = &p->part;
	else if (x->kind == AT_PERIOD)
		slot = &p->period;
	else if (x->kind == AT_SHIFT)
		slot = &p->shift;
	else if (x->kind == AT_NEXTN)
		slot = &p->nextn;
	else if (x->kind == AT_DUR)
		slot = &p->dur;
	else
		return true;
	if (!slot || *slot)
		return false;
	*slot = x;
	return true;
}

/* "17 2", "20 02 14": a date in bare figures, when it is all there is. */
static bool bare_figures(const struct toks *t, struct atom *x)
{
	size_t s = tok_is(t, 0, "le") ? 1 : 0, n = t->n - s;
	if (n < 2 || n > 3)
		return false;
	for (size_t i = s; i < t->n; i++)
		if (t->v[i].kind != TOK_NUM || t->v[i].v[1] > 0)
			return false;
	*x = (struct atom){ .kind = AT_DATE, .at = s, .end = t->n, .second = -1 };
	x->d = (int)t->v[s].v[0];
	x->m = (int)t->v[s + 1].v[0];
	if (n == 3) {
		int64_t y = t->v[s + 2].v[0];
		x->y = (int)(y < 50 ? 2000 + y : y < 100 ? 1900 + y : y);
	}
	return x->m >= 1 && x->m <= 12 && x->d >= 1 && x->d <= 31 && x->y < 2200;
}

static void durations(struct arena *a, struct values *out, const struct toks *t,
		      const struct atoms *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct atom *x = &l->v[i];
		if (x->kind != AT_DUR &&
		    !(x->kind == AT_CLOCK && x->n > 0 && !x->hinted && l->n == 1))
			continue;
		int64_t n = x->n;
		enum atom_unit u = x->kind == AT_CLOCK ? UNIT_MINUTE : x->unit;
		bool said_minutes = x->end && tok_in(t, x->end - 1, "minute|minutes");
		if (u == UNIT_MINUTE && n % 60 == 0 && n && !said_minutes) {
			u = UNIT_HOUR;
			n /= 60;
		}
		put(a, out, (struct value){ VALUE_DURATION, .n = n, .unit = u });
	}
}

static void numbers(struct arena *a, struct values *out, const struct toks *t,
		    const struct atoms *l)
{
	size_t k = 0;
	for (size_t i = 0; i < t->n;) {
		while (k < l->n && l->v[k].end <= i)
			k++;
		if (k < l->n && l->v[k].at <= i) {
			i = l->v[k].end;
			continue;
		}
		int64_t v = 0;
		size_t j = num_ordinal(t, i, &v);
		if (j > i) {
			put(a, out, (struct value){ VALUE_ORDINAL, .n = v });
			i = j;
			continue;
		}
		j = num_read(t, i, &v);
		if (j == i) {
			i++;
			continue;
		}
		int64_t micro = v < INT64_MAX / 2000000 ? v * 1000000 : INT64_MAX / 2;
		if (t->v[i].kind == TOK_NUM && j == i + 1)
			micro += t->v[i].v[1];
		bool minus =
			i && (t->v[i - 1].kind == TOK_DASH || tok_is(t, i - 1, "moins"));
		put(a, out, (struct value){ VALUE_NUMERAL, .n = minus ? -micro : micro });
		i = j;
	}
}

struct values value_find(struct arena *a, str text, const struct talk_now *now,
			 struct value_ways ways)
{
	struct values out = { 0 };
	struct toks t = word_plain(a, lex_cut(a, text));
	struct atoms l = atom_scan(a, &t);
	struct atom figures;
	if (bare_figures(&t, &figures)) {
		l.n = 0;
		*ARENA_PUSH(a, &l) = figures;
	}
	for (size_t i = 0; i < l.n;) {
		struct phrase p = { .t = &t, .now = now, .ways = ways };
		size_t k = i;
		while (k < l.n && (k == i || joined(&t, l.v[k - 1].end, l.v[k].head)) &&
		       take(&p, &l.v[k]))
			k++;
		put_phrase(a, &out, &p);
		i = k > i ? k : i + 1;
	}
	durations(a, &out, &t, &l);
	numbers(a, &out, &t, &l);
	return out;
}

static void put_time(struct buf *out, const char *key, int64_t s)
{
	int64_t d = s >= 0 ? s / DAY_S : -((-s + DAY_S - 1) / DAY_S), r = s - d * DAY_S;
	struct civil c = day_civil((day){ (int32_t)d });
	buf_fmt(out, ",\"%s\":\"%04d-%02d-%02dT%02d:%02d:%02d\"", key, c.year, c.month,
		c.day, (int)(r / 3600), (int)(r / 60 % 60), (int)(r % 60));
}

static const char *const grains[] = { "second", "minute",  "hour", "day", "week",
				      "month",  "quarter", "year", "day", "day" };

static void duration_json(struct buf *out, const struct value *v)
{
	static const char *const letters[] = { "S", "M", "H", "D", "W",
					       "M", "M", "Y", "D", "D" };
	int64_t n = v->unit == UNIT_QUARTER ? v->n * 3 : v->n;
	buf_fmt(out, ",\"iso\":\"P%s%" PRId64 "%s\"", v->unit <= UNIT_HOUR ? "T" : "", n,
		letters[v->unit]);
}

static void number_json(struct buf *out, int64_t micro)
{
	uint64_t u = micro < 0 ? 0 - (uint64_t)micro : (uint64_t)micro;
	buf_fmt(out, ",\"value\":%s%" PRIu64, micro < 0 ? "-" : "", u / 1000000);
	if (u % 1000000)
		buf_fmt(out, ".%06" PRIu64, u % 1000000);
}

void value_json(struct buf *out, const struct values *l)
{
	static const char *const kinds[] = { "datetime", "interval", "open_interval",
					     "duration", "numeral",  "ordinal" };
	buf_byte(out, '[');
	for (size_t i = 0; i < l->n; i++) {
		const struct value *v = &l->v[i];
		buf_fmt(out, "%s{\"kind\":\"%s\"", i ? "," : "", kinds[v->kind]);
		if (v->kind == VALUE_OPEN)
			buf_fmt(out, ",\"direction\":\"%s\"",
				v->before ? "before" : "after");
		if (v->kind <= VALUE_OPEN) {
			put_time(out, v->kind == VALUE_INTERVAL ? "from" : "at", v->from);
			if (v->kind == VALUE_INTERVAL)
				put_time(out, "to", v->to);
			buf_fmt(out, ",\"grain\":\"%s\"", grains[v->grain]);
		} else if (v->kind == VALUE_DURATION) {
			duration_json(out, v);
		} else if (v->kind == VALUE_NUMERAL) {
			number_json(out, v->n);
		} else {
			buf_fmt(out, ",\"value\":%" PRId64, v->n);
		}
		buf_byte(out, '}');
	}
	buf_byte(out, ']');
}
