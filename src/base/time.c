#include "base/time.h"

day day_of(int year, int month, int mday)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return (day){ era * 146097 + doe - 719468 };
}

struct civil day_civil(day d)
{
	int z = d.d + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;
	return (struct civil){
		.year = yoe + era * 400 + (month <= 2),
		.month = month,
		.day = doy - (153 * mp + 2) / 5 + 1,
	};
}

int day_weekday(day d)
{
	int w = (d.d + 3) % 7; /* 1970-01-01 was a Thursday */
	return (w < 0 ? w + 7 : w) + 1;
}

int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	ASSERT(month >= 1 && month <= 12);
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

bool civil_valid(int year, int month, int mday)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && mday >= 1 &&
	       mday <= month_days(year, month);
}

struct civil ts_civil(ts t)
{
	int64_t d = t.us / US_DAY, r = t.us % US_DAY;
	if (r < 0)
		r += US_DAY, d--;
	struct civil c = day_civil((day){ (int32_t)d });
	c.hour = (int)(r / US_H);
	c.min = (int)(r / US_MIN % 60);
	c.sec = (int)(r / US_S % 60);
	c.us = (int)(r % US_S);
	return c;
}

ts civil_ts(const struct civil *c)
{
	int64_t d = day_of(c->year, c->month, c->day).d;
	return (ts){ d * US_DAY + c->hour * US_H + c->min * US_MIN + c->sec * US_S +
		     c->us };
}

str ts_text(struct arena *a, ts t)
{
	struct civil c = ts_civil(t);
	if (c.us)
		return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", c.year, c.month,
			       c.day, c.hour, c.min, c.sec, c.us);
	return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour,
		       c.min, c.sec);
}

str day_text(struct arena *a, day d)
{
	struct civil c = day_civil(d);
	return str_fmt(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

str hm_text(struct arena *a, int minutes)
{
	return str_fmt(a, "%02d:%02d", minutes / 60, minutes % 60);
}

/* `width` digits at s[at]; -1 when they are not all digits. */
static int digits(str s, size_t at, size_t width)
{
	int v = 0;
	for (size_t i = at; i < at + width; i++) {
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

enum err day_parse(str s, day *ret)
{
	int y = digits(s, 0, 4), m = digits(s, 5, 2), d = digits(s, 8, 2);
	if (s.n != 10 || y < 0 || m < 0 || d < 0 || s.p[4] != '-' || s.p[7] != '-')
		return ERR_SYNTAX;
	if (!civil_valid(y, m, d))
		return ERR_INPUT;
	*ret = day_of(y, m, d);
	return OK;
}

enum err hm_parse(str s, int *ret_minutes)
{
	int h = digits(s, 0, 2), m = digits(s, 3, 2);
	if (s.n != 5 || h < 0 || m < 0 || s.p[2] != ':')
		return ERR_SYNTAX;
	if (h > 23 || m > 59)
		return ERR_INPUT;
	*ret_minutes = h * 60 + m;
	return OK;
}

enum err ts_parse(str s, ts *ret)
{
	if ((s.n != 20 && s.n != 27) || s.p[10] != 'T' || s.p[16] != ':' ||
	    s.p[s.n - 1] != 'Z')
		return ERR_SYNTAX;
	day d;
	int hm, sec = digits(s, 17, 2), us = 0;
	TRY(day_parse(str_sub(s, 0, 10), &d));
	TRY(hm_parse(str_sub(s, 11, 16), &hm));
	if (s.n == 27) {
		us = digits(s, 20, 6);
		if (s.p[19] != '.' || us <= 0)
			return ERR_SYNTAX;
	}
	if (sec < 0)
		return ERR_SYNTAX;
	if (sec > 59)
		return ERR_INPUT;
	*ret = (ts){ d.d * US_DAY + hm * US_MIN + sec * US_S + us };
	return OK;
}
