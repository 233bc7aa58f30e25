#include "base/rrule.h"

#include "base/buf.h"

static const char *const freq_names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
static const char *const weekday_names[] = { "", "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

struct rrule rrule_daily(void)
{
	return (struct rrule){ .interval = 1, .until = DAY_NONE, .until_s = -1, .wkst = 1 };
}

/* ---- text to rule ---- */

/* [+-]digits; `sign` allows a sign.  ERR_LIMIT outside lo..hi, zero included there. */
static enum err number(str s, bool sign, int lo, int hi, int *ret)
{
	int64_t v;
	if (sign && s.n && s.p[0] == '+') {
		s = str_from(s, 1);
		sign = false;
	}
	if (!s.n || s.n > 6 || (s.p[0] == '-' && !sign))
		return ERR_SYNTAX;
	TRY(str_int(s, &v));
	if (v < lo || v > hi)
		return ERR_LIMIT;
	*ret = (int)v;
	return OK;
}

static int weekday_of(str s)
{
	for (int w = 1; w <= 7; w++)
		if (str_eq_nocase(s, str_of(weekday_names[w])))
			return w;
	return 0;
}

static enum err part_freq(str v, struct rrule *r)
{
	static const char *const small[] = { "HOURLY", "MINUTELY", "SECONDLY" };
	for (int f = RRULE_DAILY; f <= RRULE_YEARLY; f++) {
		if (str_eq_nocase(v, str_of(freq_names[f]))) {
			r->freq = (enum rrule_freq)f;
			return OK;
		}
	}
	for (size_t i = 0; i < 3; i++)
		if (str_eq_nocase(v, str_of(small[i])))
			return ERR_UNSUPPORTED;
	return ERR_SYNTAX;
}

static enum err part_interval(str v, struct rrule *r)
{
	return number(v, false, 1, RRULE_INTERVAL_MAX, &r->interval);
}

static enum err part_count(str v, struct rrule *r)
{
	return number(v, false, 1, RRULE_COUNT_MAX, &r->count);
}

static int digits(str s, size_t from, size_t to)
{
	int v = 0;
	for (size_t i = from; i < to; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

/* 20261231, 20261231T235959 (local) or 20261231T225959Z. */
static enum err part_until(str v, struct rrule *r)
{
	if (v.n != 8 && v.n != 15 && v.n != 16)
		return ERR_SYNTAX;
	int y = digits(v, 0, 4), m = digits(v, 4, 6), d = digits(v, 6, 8);
	if (y < 0 || m < 0 || d < 0)
		return ERR_SYNTAX;
	if (!civil_valid(y, m, d))
		return ERR_INPUT;
	r->until = day_of(y, m, d);
	r->until_s = -1;
	if (v.n == 8)
		return OK;
	int hour = digits(v, 9, 11), min = digits(v, 11, 13), sec = digits(v, 13, 15);
	if ((v.p[8] != 'T' && v.p[8] != 't') || hour < 0 || min < 0 || sec < 0 ||
	    (v.n == 16 && v.p[15] != 'Z' && v.p[15] != 'z'))
		return ERR_SYNTAX;
	if (hour > 23 || min > 59 || sec > 59)
		return ERR_INPUT;
	r->until_s = hour * 3600 + min * 60 + sec;
	r->until_utc = v.n == 16;
	return OK;
}

static enum err part_wkst(str v, struct rrule *r)
{
	r->wkst = weekday_of(v);
	return r->wkst ? OK : ERR_SYNTAX;
}

static enum err part_months(str v, struct rrule *r)
{
	do {
		int m = 0;
		TRY(number(str_cut(&v, ','), false, 1, 12, &m));
		r->months = (uint16_t)(r->months | 1U << m);
	} while (v.p);
	return OK;
}

static enum err part_mdays(str v, struct rrule *r)
{
	do {
		int d = 0;
		TRY(number(str_cut(&v, ','), true, -31, 31, &d));
		if (!d)
			return ERR_LIMIT;
		if (d > 0)
			r->mdays |= 1U << d;
		else
			r->mdays_back |= 1U << -d;
	} while (v.p);
	return OK;
}

static enum err add_nth(struct rrule *r, struct rrule_nth x)
{
	size_t at = 0;
	while (at < r->n_nth &&
	       (r->nth[at].weekday < x.weekday ||
		(r->nth[at].weekday == x.weekday && r->nth[at].ord < x.ord)))
		at++;
	if (at < r->n_nth && r->nth[at].weekday == x.weekday && r->nth[at].ord == x.ord)
		return OK;
	if (r->n_nth == RRULE_BYDAY_MAX)
		return ERR_LIMIT;
	for (size_t i = r->n_nth++; i > at; i--)
		r->nth[i] = r->nth[i - 1];
	r->nth[at] = x;
	return OK;
}

static enum err part_days(str v, struct rrule *r)
{
	do {
		str one = str_cut(&v, ',');
		int w = one.n >= 2 ? weekday_of(str_from(one, one.n - 2)) : 0, ord = 0;
		if (!w)
			return ERR_SYNTAX;
		if (one.n == 2) {
			r->weekdays = (uint8_t)(r->weekdays | 1U << w);
			continue;
		}
		TRY(number(str_sub(one, 0, one.n - 2), true, -53, 53, &ord));
		if (!ord)
			return ERR_LIMIT;
		TRY(add_nth(r, (struct rrule_nth){ (int8_t)ord, (int8_t)w }));
	} while (v.p);
	return OK;
}

static enum err part_setpos(str v, struct rrule *r)
{
	do {
		int p = 0;
		TRY(number(str_cut(&v, ','), true, -366, 366, &p));
		if (!p)
			return ERR_LIMIT;
		size_t at = 0;
		while (at < r->n_setpos && r->setpos[at] < p)
			at++;
		if (at < r->n_setpos && r->setpos[at] == p)
			continue;
		if (r->n_setpos == RRULE_SETPOS_MAX)
			return ERR_LIMIT;
		for (size_t i = r->n_setpos++; i > at; i--)
			r->setpos[i] = r->setpos[i - 1];
		r->setpos[at] = (int16_t)p;
	} while (v.p);
	return OK;
}

static enum err part_unused(str v, struct rrule *r)
{
	(void)v;
	(void)r;
	return ERR_UNSUPPORTED;
}

static const struct part {
	const char *name;
	enum err (*read)(str v, struct rrule *r);
} parts[] = {
	{ "FREQ", part_freq },        { "INTERVAL", part_interval },
	{ "UNTIL", part_until },      { "COUNT", part_count },
	{ "WKST", part_wkst },        { "BYMONTH", part_months },
	{ "BYMONTHDAY", part_mdays }, { "BYDAY", part_days },
	{ "BYSETPOS", part_setpos },  { "BYHOUR", part_unused },
	{ "BYMINUTE", part_unused },  { "BYSECOND", part_unused },
	{ "BYWEEKNO", part_unused },  { "BYYEARDAY", part_unused },
};
#define PARTS (sizeof parts / sizeof *parts)

/* What RFC 5545 §3.3.10 forbids between the parts. */
static enum err lawful(const struct rrule *r)
{
	if (r->count && r->until.d != DAY_NONE.d)
		return ERR_INPUT;
	if (r->n_nth && r->freq < RRULE_MONTHLY)
		return ERR_INPUT;
	if (r->freq == RRULE_WEEKLY && (r->mdays || r->mdays_back))
		return ERR_INPUT;
	if (r->n_setpos && !r->months && !r->weekdays && !r->n_nth && !r->mdays &&
	    !r->mdays_back)
		return ERR_INPUT;
	/* a sixth Monday of a month is a slip of the pen, not a rule */
	bool in_month = r->freq == RRULE_MONTHLY || r->months;
	for (size_t i = 0; i < r->n_nth; i++)
		if (in_month && (r->nth[i].ord > 5 || r->nth[i].ord < -5))
			return ERR_INPUT;
	return OK;
}

enum err rrule_parse(str s, struct rrule *ret)
{
	if (s.n > RRULE_TEXT_MAX)
		return ERR_LIMIT;
	struct rrule r = rrule_daily();
	unsigned seen = 0;
	do {
		str value = str_cut(&s, ';'), name = str_cut(&value, '=');
		size_t i = 0;
		while (i < PARTS && !str_eq_nocase(name, str_of(parts[i].name)))
			i++;
		if (i == PARTS || !value.p || (seen & 1U << i))
			return ERR_SYNTAX;
		seen |= 1U << i;
		TRY(parts[i].read(value, &r));
	} while (s.p);
	if (!(seen & 1U))
		return ERR_SYNTAX;
	TRY(lawful(&r));
	*ret = r;
	return OK;
}

/* ---- rule to text ---- */

static void put_bits(struct buf *b, uint32_t bits, const char *sign, bool *first)
{
	for (int i = 1; i <= 31; i++) {
		if (!(bits >> i & 1))
			continue;
		buf_fmt(b, "%s%s%d", *first ? "" : ",", sign, i);
		*first = false;
	}
}

static void put_days(struct buf *b, const struct rrule *r)
{
	bool first = true;
	for (int w = 1; w <= 7; w++) {
		if (r->weekdays >> w & 1) {
			buf_fmt(b, "%s%s", first ? "" : ",", weekday_names[w]);
			first = false;
		}
	}
	for (size_t i = 0; i < r->n_nth; i++) {
		buf_fmt(b, "%s%d%s", first ? "" : ",", r->nth[i].ord,
			weekday_names[r->nth[i].weekday]);
		first = false;
	}
}

static void put_until(struct buf *b, const struct rrule *r)
{
	struct civil c = day_civil(r->until);
	buf_fmt(b, ";UNTIL=%04d%02d%02d", c.year, c.month, c.day);
	if (r->until_s >= 0)
		buf_fmt(b, "T%02d%02d%02d%s", r->until_s / 3600, r->until_s / 60 % 60,
			r->until_s % 60, r->until_utc ? "Z" : "");
}

str rrule_text(struct arena *a, const struct rrule *r)
{
	struct buf b = buf_init(a, 4096);
	bool first = true;
	buf_fmt(&b, "FREQ=%s", freq_names[r->freq]);
	if (r->interval != 1)
		buf_fmt(&b, ";INTERVAL=%d", r->interval);
	if (r->until.d != DAY_NONE.d)
		put_until(&b, r);
	if (r->count)
		buf_fmt(&b, ";COUNT=%d", r->count);
	if (r->wkst != 1)
		buf_fmt(&b, ";WKST=%s", weekday_names[r->wkst]);
	if (r->months) {
		BUF_LIT(&b, ";BYMONTH=");
		put_bits(&b, r->months, "", &first);
	}
	first = true;
	if (r->mdays || r->mdays_back) {
		BUF_LIT(&b, ";BYMONTHDAY=");
		put_bits(&b, r->mdays, "", &first);
		put_bits(&b, r->mdays_back, "-", &first);
	}
	if (r->weekdays || r->n_nth) {
		BUF_LIT(&b, ";BYDAY=");
		put_days(&b, r);
	}
	for (size_t i = 0; i < r->n_setpos; i++)
		buf_fmt(&b, "%s%d", i ? "," : ";BYSETPOS=", r->setpos[i]);
	return buf_str(&b);
}
