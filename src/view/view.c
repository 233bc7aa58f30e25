#include "view/view.h"

void show_str(struct buf *b, const struct view_ctx *cx, str s)
{
	(void)cx;
	buf_put(b, s);
}

void show_z(struct buf *b, const struct view_ctx *cx, const char *z)
{
	(void)cx;
	buf_z(b, z);
}

void show_int(struct buf *b, const struct view_ctx *cx, int64_t v)
{
	(void)cx;
	buf_int(b, v);
}

void show_uint(struct buf *b, const struct view_ctx *cx, uint64_t v)
{
	(void)cx;
	ASSERT(v <= INT64_MAX);
	buf_int(b, (int64_t)v);
}

void show_money(struct buf *b, const struct view_ctx *cx, money m)
{
	say_money(b, cx->lang, m);
}

void show_id(struct buf *b, const struct view_ctx *cx, struct id i)
{
	(void)cx;
	buf_put(b, id_text(b->arena, i));
}

void view_text_str(struct buf *b, const struct view_ctx *cx, str s)
{
	(void)cx;
	html_text(b, s);
}

void view_text_z(struct buf *b, const struct view_ctx *cx, const char *z)
{
	(void)cx;
	html_text(b, str_of(z));
}

void view_text_html(struct buf *b, const struct view_ctx *cx, struct html h)
{
	(void)cx;
	buf_put(b, h.s);
}

/* ---- filters ---- */

static int minute_of(const struct view_ctx *cx, ts t)
{
	return zone_local(cx->zone, t).min;
}

void show_hour_ts(struct buf *b, const struct view_ctx *cx, ts t)
{
	say_hour(b, cx->lang, minute_of(cx, t));
}

void show_hour_min(struct buf *b, const struct view_ctx *cx, int minutes)
{
	say_hour(b, cx->lang, minutes);
}

void show_until_ts(struct buf *b, const struct view_ctx *cx, ts from, ts until)
{
	say_hours(b, cx->lang, minute_of(cx, from), minute_of(cx, until));
}

void show_until_min(struct buf *b, const struct view_ctx *cx, int from, int until)
{
	say_hours(b, cx->lang, from, until);
}

void show_date_ts(struct buf *b, const struct view_ctx *cx, ts t, enum say_form f)
{
	say_date(b, cx->lang, zone_day(cx->zone, t), f);
}

void show_date_day(struct buf *b, const struct view_ctx *cx, day d, enum say_form f)
{
	say_date(b, cx->lang, d, f);
}

void show_Date_ts(struct buf *b, const struct view_ctx *cx, ts t, enum say_form f)
{
	size_t at = b->n;
	show_date_ts(b, cx, t, f);
	say_capital(b, at);
}

void show_Date_day(struct buf *b, const struct view_ctx *cx, day d, enum say_form f)
{
	size_t at = b->n;
	show_date_day(b, cx, d, f);
	say_capital(b, at);
}

void show_near_day(struct buf *b, const struct view_ctx *cx, day d)
{
	say_near(b, cx->lang, d, zone_day(cx->zone, cx->now));
}

void show_near_ts(struct buf *b, const struct view_ctx *cx, ts t)
{
	show_near_day(b, cx, zone_day(cx->zone, t));
}

void show_iso_ts(struct buf *b, const struct view_ctx *cx, ts t)
{
	(void)cx;
	buf_put(b, ts_text(b->arena, t));
}

void show_iso_day(struct buf *b, const struct view_ctx *cx, day d)
{
	(void)cx;
	buf_put(b, day_text(b->arena, d));
}

void show_when(struct buf *b, const struct view_ctx *cx, ts t)
{
	show_date_ts(b, cx, t, SAY_DAY);
	buf_put(b, cx->lang == LANG_EN ? S(" at ") : S(" \xc3\xa0 "));
	show_hour_ts(b, cx, t);
}

void show_hm(struct buf *b, const struct view_ctx *cx, int minutes)
{
	(void)cx;
	buf_put(b, hm_text(b->arena, minutes));
}

void show_duration(struct buf *b, const struct view_ctx *cx, int64_t minutes)
{
	say_duration(b, cx->lang, minutes);
}

void show_num(struct buf *b, const struct view_ctx *cx, int64_t n)
{
	say_number(b, cx->lang, n);
}

void show_tenths(struct buf *b, const struct view_ctx *cx, int64_t n)
{
	say_decimal(b, cx->lang, n, 1);
}

void show_percent(struct buf *b, const struct view_ctx *cx, int64_t permille)
{
	say_percent(b, cx->lang, permille);
}

void show_distance(struct buf *b, const struct view_ctx *cx, int64_t metres)
{
	say_distance(b, cx->lang, metres);
}

void show_phone(struct buf *b, const struct view_ctx *cx, str phone)
{
	(void)cx;
	say_phone(b, phone);
}

void show_initials(struct buf *b, const struct view_ctx *cx, str name)
{
	(void)cx;
	say_initials(b, name);
}

void show_tr(struct buf *b, const struct view_ctx *cx, enum msg key)
{
	buf_put(b, tr(cx->lang, key));
}

void show_raw_cents(struct buf *b, const struct view_ctx *cx, money m)
{
	(void)cx;
	int64_t c = m.cents < 0 ? -m.cents : m.cents;
	buf_fmt(b, "%s%" PRId64 ".%02d", m.cents < 0 ? "-" : "", c / 100, (int)(c % 100));
}

/* ---- called by compiled templates ---- */

void view_csrf(struct buf *b, const struct view_ctx *cx)
{
	BUF_LIT(b, "<input type=\"hidden\" name=\"csrf\" value=\"");
	html_text(b, cx->csrf);
	BUF_LIT(b, "\">");
}

void view_tr(struct buf *b, const struct view_ctx *cx, enum msg key, int64_t count,
	     const str *args, size_t n)
{
	tr_put(b, tr_n(cx->lang, key, count), args, n);
}
