#include "base/zone.h"

#include <string.h>

/* Limits well above tzdata: a table of 250 changes is the longest there. */
#define CHANGES_MAX 4096
#define OFF_MIN     (-89999) /* RFC 9636 §3.2: more than -25 h, less than 26 h */
#define OFF_MAX     93599
#define YEAR_LAST   9999

struct kind { /* "local time type" of the RFC */
	int32_t off;
	bool dst;
};

struct change { /* at `at` (seconds), `before` gives way to `after` */
	int64_t at;
	struct kind before, after;
};

enum rule_form { RULE_MONTH, RULE_JULIAN, RULE_ZERO };

/* When in a year the footer changes the offset (POSIX TZ): Mm.w.d, Jn or n, and an hour. */
struct rule {
	enum rule_form form;
	int m, w, d;
	int32_t time_s; /* on the wall before the change; RFC 9636: -167 h to 167 h */
};

struct footer {
	bool set, has_dst;
	struct kind std, dst;
	struct rule to_dst, to_std;
};

struct zone {
	str name;
	struct kind first;
	const struct change *changes;
	size_t n;
	struct footer footer;
};

/* ---- the POSIX TZ string of the footer ---- */

static int small_int(str *s, int max)
{
	int v = 0;
	size_t i = 0;
	while (i < s->n && s->p[i] >= '0' && s->p[i] <= '9') {
		v = v * 10 + (s->p[i++] - '0');
		if (v > max)
			return -1;
	}
	*s = str_from(*s, i);
	return i ? v : -1;
}

static bool eat(str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

static bool is_alpha(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "CET" or "<+04>": skipped, since the offset is all we show. */
static bool skip_name(str *s)
{
	if (eat(s, '<')) {
		size_t end = str_find_byte(*s, '>');
		if (end == SIZE_MAX || end < 3)
			return false;
		*s = str_from(*s, end + 1);
		return true;
	}
	size_t i = 0;
	while (i < s->n && is_alpha(s->p[i]))
		i++;
	*s = str_from(*s, i);
	return i >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool hms(str *s, int hours_max, int32_t *ret)
{
	bool neg = eat(s, '-');
	if (!neg)
		eat(s, '+');
	int h = small_int(s, hours_max), m = 0, sec = 0;
	if (h >= 0 && eat(s, ':')) {
		m = small_int(s, 59);
		if (m >= 0 && eat(s, ':'))
			sec = small_int(s, 59);
	}
	if (h < 0 || m < 0 || sec < 0)
		return false;
	int32_t v = h * 3600 + m * 60 + sec;
	*ret = neg ? -v : v;
	return true;
}

static bool parse_rule(str *s, struct rule *ret)
{
	struct rule r = { .form = RULE_ZERO, .time_s = 7200 };
	if (eat(s, 'M')) {
		r.form = RULE_MONTH;
		r.m = small_int(s, 12);
		r.w = eat(s, '.') ? small_int(s, 5) : -1;
		r.d = eat(s, '.') ? small_int(s, 6) : -1;
		if (r.m < 1 || r.w < 1 || r.d < 0)
			return false;
	} else if (eat(s, 'J')) {
		r.form = RULE_JULIAN;
		r.d = small_int(s, 365);
		if (r.d < 1)
			return false;
	} else {
		r.d = small_int(s, 365);
		if (r.d < 0)
			return false;
	}
	if (eat(s, '/') && !hms(s, 167, &r.time_s))
		return false;
	*ret = r;
	return true;
}

static enum err parse_footer(str s, struct footer *ret)
{
	struct footer f = { .set = s.n > 0 };
	int32_t west = 0;
	if (f.set) {
		if (!skip_name(&s) || !hms(&s, 24, &west))
			return ERR_SYNTAX;
		f.std.off = -west;
	}
	if (s.n) {
		if (!skip_name(&s))
			return ERR_SYNTAX;
		west = -f.std.off - 3600;
		if (s.n && s.p[0] != ',' && !hms(&s, 24, &west))
			return ERR_SYNTAX;
		f.has_dst = true;
		f.dst = (struct kind){ -west, true };
		if (!eat(&s, ',') || !parse_rule(&s, &f.to_dst) || !eat(&s, ',') ||
		    !parse_rule(&s, &f.to_std) || s.n)
			return ERR_SYNTAX;
	}
	*ret = f;
	return OK;
}

static day rule_day(const struct rule *r, int year)
{
	if (r->form == RULE_ZERO)
		return day_add(day_of(year, 1, 1), r->d);
	if (r->form == RULE_JULIAN) { /* day n of 365, 29 February never counted */
		bool leap = month_days(year, 2) == 29;
		return day_add(day_of(year, 1, 1), r->d - 1 + (leap && r->d > 59));
	}
	day first = day_of(year, r->m, 1);
	int want = r->d ? r->d : 7; /* POSIX says Sunday 0, ISO says 7 */
	int mday = 1 + (want - day_weekday(first) + 7) % 7 + 7 * (r->w - 1);
	while (mday > month_days(year, r->m))
		mday -= 7;
	return day_add(first, mday - 1);
}

/* The two changes of a year, earliest first. */
static void footer_year(const struct footer *f, int year, struct change ret[2])
{
	int64_t up = rule_day(&f->to_dst, year).d * INT64_C(86400) + f->to_dst.time_s -
		     f->std.off;
	int64_t down = rule_day(&f->to_std, year).d * INT64_C(86400) + f->to_std.time_s -
		       f->dst.off;
	struct change to_dst = { up, f->std, f->dst }, to_std = { down, f->dst, f->std };
	ret[0] = up <= down ? to_dst : to_std;
	ret[1] = up <= down ? to_std : to_dst;
}

/* ---- the binary file ---- */

struct reader {
	const uint8_t *p;
	size_t n, at;
};

static int64_t be(const uint8_t *p, int bytes)
{
	uint64_t v = 0;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	return bytes == 4 ? (int64_t)(int32_t)(uint32_t)v : (int64_t)v;
}

struct counts {
	size_t isut, isstd, leap, time, type, chars;
};

static enum err header(struct reader *r, struct counts *ret, uint8_t *ret_version)
{
	if (r->n - r->at < 44 || memcmp(r->p + r->at, "TZif", 4) != 0)
		return ERR_SYNTAX;
	const uint8_t *p = r->p + r->at;
	size_t v[6];
	for (int i = 0; i < 6; i++) {
		int64_t x = be(p + 20 + 4 * i, 4);
		if (x < 0 || x > CHANGES_MAX)
			return ERR_LIMIT;
		v[i] = (size_t)x;
	}
	*ret = (struct counts){ v[0], v[1], v[2], v[3], v[4], v[5] };
	*ret_version = p[4];
	r->at += 44;
	return OK;
}

static size_t body_size(const struct counts *c, size_t width)
{
	return c->time * (width + 1) + c->type * 6 + c->chars + c->leap * (width + 4) +
	       c->isstd + c->isut;
}

static enum err read_kinds(const uint8_t *p, const struct counts *c, struct kind *ret)
{
	for (size_t i = 0; i < c->type; i++, p += 6) {
		int64_t off = be(p, 4);
		if (off < OFF_MIN || off > OFF_MAX || p[4] > 1 || p[5] >= c->chars)
			return ERR_SYNTAX;
		ret[i] = (struct kind){ (int32_t)off, p[4] == 1 };
	}
	return OK;
}

static enum err read_body(struct arena *a, struct reader *r, const struct counts *c,
			  struct zone *z)
{
	if (c->leap)
		return ERR_UNSUPPORTED;
	if (c->type < 1 || c->type > 256 || c->chars < 1 || c->chars > 256 ||
	    (c->isut && c->isut != c->type) || (c->isstd && c->isstd != c->type) ||
	    r->n - r->at < body_size(c, 8))
		return ERR_SYNTAX;
	const uint8_t *at = r->p + r->at, *idx = at + 8 * c->time;
	struct kind *kinds = ARENA_ARRAY(a, struct kind, c->type);
	TRY(read_kinds(idx + c->time, c, kinds));
	struct change *v = ARENA_ARRAY(a, struct change, c->time);
	struct kind before = kinds[0];
	for (size_t i = 0; i < c->time; i++) {
		int64_t t = be(at + 8 * i, 8);
		/* 1e12 s is the year 33,658: no overflow in microseconds up to there */
		if (idx[i] >= c->type || (i && t <= v[i - 1].at) ||
		    t > INT64_C(1000000000000) || (t < -(INT64_C(1) << 59)))
			return ERR_SYNTAX;
		v[i] = (struct change){ t, before, kinds[idx[i]] };
		before = v[i].after;
	}
	r->at += body_size(c, 8);
	z->first = kinds[0];
	z->changes = v;
	z->n = c->time;
	return OK;
}

enum err zone_parse(struct arena *a, str name, str bytes, const struct zone **ret)
{
	if (bytes.n > ZONE_BYTES_MAX || name.n > 64)
		return ERR_LIMIT;
	struct reader r = { (const uint8_t *)bytes.p, bytes.n, 0 };
	struct counts c;
	uint8_t version;
	TRY(header(&r, &c, &version));
	if (version < '2' || version > '4')
		return ERR_VERSION;
	if (r.n - r.at < body_size(&c, 4))
		return ERR_SYNTAX;
	r.at += body_size(&c, 4); /* the 32-bit copy says nothing more */
	TRY(header(&r, &c, &version));
	struct zone *z = ARENA_NEW(a, struct zone);
	TRY(read_body(a, &r, &c, z));
	str rest = str_from(bytes, r.at);
	if (rest.n < 2 || rest.p[0] != '\n' || rest.p[rest.n - 1] != '\n')
		return ERR_SYNTAX;
	TRY(parse_footer(str_sub(rest, 1, rest.n - 1), &z->footer));
	z->name = str_dup(a, name);
	*ret = z;
	return OK;
}

str zone_name(const struct zone *z)
{
	return z->name;
}

/* ---- questions ---- */

static int64_t floor_div(int64_t x, int64_t by)
{
	return x / by - (x % by < 0);
}

static int year_of(int64_t s)
{
	int64_t d = floor_div(s, 86400), cap = 4000000; /* far beyond 9999: the cap holds */
	d = d < -cap ? -cap : d > cap ? cap : d;
	return day_civil((day){ (int32_t)d }).year;
}

/* The footer speaks only after the last change of the table. */
static bool footer_speaks(const struct zone *z, int64_t at)
{
	return !z->n || at > z->changes[z->n - 1].at;
}

static bool footer_last(const struct zone *z, int64_t s, struct change *ret)
{
	if (!z->footer.has_dst)
		return false;
	int year = year_of(s) + 1;
	for (int y = year; y > year - 4; y--) {
		struct change c[2];
		footer_year(&z->footer, y, c);
		for (int i = 1; i >= 0; i--) {
			if (c[i].at <= s && footer_speaks(z, c[i].at)) {
				*ret = c[i];
				return true;
			}
		}
	}
	return false;
}

/* The last change at or before `s`. */
static bool last_change(const struct zone *z, int64_t s, struct change *ret)
{
	if (footer_last(z, s, ret))
		return true;
	size_t lo = 0, hi = z->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (z->changes[mid].at <= s)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo)
		return false;
	*ret = z->changes[lo - 1];
	return true;
}

static struct kind kind_at(const struct zone *z, int64_t s)
{
	struct change c;
	if (last_change(z, s, &c))
		return c.after;
	return z->n || !z->footer.set ? z->first : z->footer.std;
}

struct zone_local zone_local(const struct zone *z, ts t)
{
	int64_t s = floor_div(t.us, US_S);
	struct kind k = kind_at(z, s);
	int64_t local = s + k.off, d = floor_div(local, 86400);
	int64_t rest = local - d * 86400;
	return (struct zone_local){
		.day = { (int32_t)d },
		.min = (int)(rest / 60),
		.sec = (int)(rest % 60),
		.us = (int)(t.us - s * US_S),
		.off_s = k.off,
		.dst = k.dst,
	};
}

day zone_day(const struct zone *z, ts t)
{
	return zone_local(z, t).day;
}

ts zone_ts(const struct zone *z, day d, int minutes)
{
	int64_t wall = d.d * INT64_C(86400) + minutes * INT64_C(60);
	/* Each change shows on the wall at the later of its two readings: before that the
	 * old offset holds.  In a gap this shifts forward, in an overlap it takes the first. */
	struct change c;
	int64_t s = wall - OFF_MIN;
	while (last_change(z, s, &c)) {
		int32_t most = c.before.off > c.after.off ? c.before.off : c.after.off;
		if (c.at + most <= wall)
			return (ts){ (wall - c.after.off) * US_S };
		s = c.at - 1;
	}
	return (ts){ (wall - kind_at(z, s).off) * US_S };
}

/* Some lines of the table change a name only, or nothing (the guard at 2^31 - 1). */
static bool shows(const struct change *c)
{
	return c->before.off != c->after.off || c->before.dst != c->after.dst;
}

ts zone_next_change(const struct zone *z, ts t)
{
	int64_t s = floor_div(t.us, US_S);
	for (size_t i = 0; i < z->n; i++)
		if (z->changes[i].at > s && shows(&z->changes[i]))
			return (ts){ z->changes[i].at * US_S };
	if (!z->footer.has_dst)
		return TS_NEVER;
	for (int y = year_of(s) - 1; y <= YEAR_LAST && y <= year_of(s) + 2; y++) {
		struct change c[2];
		footer_year(&z->footer, y, c);
		for (int i = 0; i < 2; i++)
			if (c[i].at > s && footer_speaks(z, c[i].at))
				return (ts){ c[i].at * US_S };
	}
	return TS_NEVER;
}
