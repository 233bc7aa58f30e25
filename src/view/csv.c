#include "view/csv.h"

struct csv_out csv_to(struct buf *b, bool bom)
{
	if (bom)
		BUF_LIT(b, "\xef\xbb\xbf");
	return (struct csv_out){ .b = b };
}

static void next(struct csv_out *o)
{
	if (o->column++)
		buf_byte(o->b, ',');
}

static bool is_formula(str s)
{
	return s.n && memchr("=+-@\t\r", s.p[0], 6) != NULL;
}

void csv_text(struct csv_out *o, str s)
{
	next(o);
	bool quote = is_formula(s);
	for (size_t i = 0; i < s.n && !quote; i++)
		quote = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == ';' || s.p[i] == '\n' ||
			s.p[i] == '\r';
	if (!quote) {
		buf_put(o->b, s);
		return;
	}
	buf_byte(o->b, '"');
	if (is_formula(s))
		buf_byte(o->b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(o->b, '"');
		buf_byte(o->b, s.p[i]);
	}
	buf_byte(o->b, '"');
}

void csv_int(struct csv_out *o, int64_t v)
{
	next(o);
	buf_int(o->b, v);
}

void csv_decimal(struct csv_out *o, int64_t v, int places)
{
	ASSERT(places > 0 && places <= 6);
	uint64_t unit = 1, u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	for (int i = 0; i < places; i++)
		unit *= 10;
	next(o);
	if (v < 0)
		buf_byte(o->b, '-');
	buf_int(o->b, (int64_t)(u / unit));
	buf_byte(o->b, '.');
	for (uint64_t rest = u % unit, p = unit / 10; p; p /= 10)
		buf_byte(o->b, (char)('0' + rest / p % 10));
}

void csv_ts(struct csv_out *o, ts t)
{
	next(o);
	if (ts_is(t) && t.us != TS_NEVER.us)
		buf_put(o->b, ts_text(o->b->arena, t));
}

void csv_day(struct csv_out *o, day d)
{
	next(o);
	if (d.d != DAY_NONE.d)
		buf_put(o->b, day_text(o->b->arena, d));
}

void csv_row_end(struct csv_out *o)
{
	ASSERT(o->column > 0);
	BUF_LIT(o->b, "\r\n");
	o->column = 0;
}

void csv_header(struct csv_out *o, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		csv_text(o, str_of(names[i]));
	csv_row_end(o);
}
