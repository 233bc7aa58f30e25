/* view.h - what compiled templates stand on: their context, how a type is shown, the filters.
 *
 * A template (views/README.md) becomes void view_NAME(struct buf *, const struct view_ctx *,
 * its own arguments).  {{ x }} shows by type: str, integers, money, struct id, struct html.
 * Instants and days say nothing without a filter: {{ v->start_at | hour }} calls
 * show_hour(b, cx, v->start_at).  Any function show_NAME(struct buf *, const struct view_ctx *,
 * value, ...) of an included header is a filter; it appends plain text, escaped afterwards.
 *
 * Memory:  the buffer's arena.   Threads: none shared.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "base/zone.h"
#include "view/html.h"
#include "view/say.h"
#include "view/tr.h"

/* Passed to every view as `cx`. */
struct view_ctx {
	enum lang lang;
	const struct zone *zone; /* of the territory shown */
	ts now;
	str csrf;       /* value of the hidden field of forms; empty before login */
	str path;       /* of this page, for the navigation and the switch of language */
	bool is_demo;   /* banner: everything here is invented */
	str help_name;  /* whom the phone of the footer reaches, and when */
	str help_phone; /* ten digits */
	str help_hours;
};

/* ---- by type ---- */

void show_str(struct buf *b, const struct view_ctx *cx, str s);
void show_z(struct buf *b, const struct view_ctx *cx, const char *z);
void show_int(struct buf *b, const struct view_ctx *cx, int64_t v);
void show_uint(struct buf *b, const struct view_ctx *cx, uint64_t v);
void show_money(struct buf *b, const struct view_ctx *cx, money m);
void show_id(struct buf *b, const struct view_ctx *cx, struct id i);
void view_text_str(struct buf *b, const struct view_ctx *cx, str s); /* escaped */
void view_text_z(struct buf *b, const struct view_ctx *cx, const char *z);
void view_text_html(struct buf *b, const struct view_ctx *cx, struct html h); /* as it is */

/* clang-format off */
#define VIEW_NUMBERS_                                                                      \
	signed char: show_int, short: show_int, int: show_int, long: show_int,             \
	long long: show_int, unsigned char: show_uint, unsigned short: show_uint,          \
	unsigned: show_uint, unsigned long: show_uint, unsigned long long: show_uint,      \
	money: show_money, struct id: show_id

/* Plain text, to be escaped by the caller. */
#define VIEW_SHOW(b, cx, x)                                                                \
	_Generic((x), str: show_str, const char *: show_z, char *: show_z, VIEW_NUMBERS_)((b), (cx), (x))

/* Text between tags; the only place where struct html may stand. */
#define VIEW_TEXT(b, cx, x)                                                                \
	_Generic((x), str: view_text_str, const char *: view_text_z, char *: view_text_z,  \
		 struct html: view_text_html, VIEW_NUMBERS_)((b), (cx), (x))

#define VIEW_COUNT(x) ((int64_t)(x))

/* ---- filters ---- */

/* of an instant in the zone of the page, or of minutes since midnight */
#define show_hour(b, cx, x)      _Generic((x), ts: show_hour_ts, default: show_hour_min)((b), (cx), (x))
#define show_until(b, cx, x, y)  _Generic((x), ts: show_until_ts, default: show_until_min)((b), (cx), (x), (y))
/* of an instant in the zone of the page, or of a day */
#define show_date(b, cx, x)      _Generic((x), ts: show_date_ts, day: show_date_day)((b), (cx), (x), SAY_DAY)
#define show_Date(b, cx, x)      _Generic((x), ts: show_Date_ts, day: show_Date_day)((b), (cx), (x), SAY_DAY)
#define show_fulldate(b, cx, x)  _Generic((x), ts: show_date_ts, day: show_date_day)((b), (cx), (x), SAY_FULL)
#define show_shortdate(b, cx, x) _Generic((x), ts: show_date_ts, day: show_date_day)((b), (cx), (x), SAY_SHORT)
#define show_month(b, cx, x)     _Generic((x), ts: show_date_ts, day: show_date_day)((b), (cx), (x), SAY_MONTH)
#define show_Month(b, cx, x)     _Generic((x), ts: show_Date_ts, day: show_Date_day)((b), (cx), (x), SAY_MONTH)
#define show_near(b, cx, x)      _Generic((x), ts: show_near_ts, day: show_near_day)((b), (cx), (x))
#define show_iso(b, cx, x)       _Generic((x), ts: show_iso_ts, day: show_iso_day)((b), (cx), (x))
/* clang-format on */

void show_hour_ts(struct buf *b, const struct view_ctx *cx, ts t);
void show_hour_min(struct buf *b, const struct view_ctx *cx, int minutes);
void show_until_ts(struct buf *b, const struct view_ctx *cx, ts from,
		   ts until); /* 9 h – 10 h */
void show_until_min(struct buf *b, const struct view_ctx *cx, int from, int until);
void show_date_ts(struct buf *b, const struct view_ctx *cx, ts t, enum say_form f);
void show_date_day(struct buf *b, const struct view_ctx *cx, day d, enum say_form f);
void show_Date_ts(struct buf *b, const struct view_ctx *cx, ts t, enum say_form f);
void show_Date_day(struct buf *b, const struct view_ctx *cx, day d, enum say_form f);
void show_near_ts(struct buf *b, const struct view_ctx *cx, ts t); /* aujourd'hui, demain */
void show_near_day(struct buf *b, const struct view_ctx *cx, day d);
void show_iso_ts(struct buf *b, const struct view_ctx *cx, ts t); /* for datetime="" */
void show_iso_day(struct buf *b, const struct view_ctx *cx, day d);
void show_when(struct buf *b, const struct view_ctx *cx,
	       ts t); /* mardi 24 novembre à 9 h 20 */
void show_hm(struct buf *b, const struct view_ctx *cx, int minutes); /* 09:00, for inputs */

void show_duration(struct buf *b, const struct view_ctx *cx, int64_t minutes); /* 1 h 30 */
void show_num(struct buf *b, const struct view_ctx *cx, int64_t n);            /* 19 334 */
void show_tenths(struct buf *b, const struct view_ctx *cx, int64_t n);         /* 6,2 */
void show_percent(struct buf *b, const struct view_ctx *cx, int64_t permille); /* 96,1 % */
void show_distance(struct buf *b, const struct view_ctx *cx, int64_t metres);  /* 4,1 km */
void show_phone(struct buf *b, const struct view_ctx *cx, str phone);
void show_initials(struct buf *b, const struct view_ctx *cx, str name);
void show_tr(struct buf *b, const struct view_ctx *cx, enum msg key); /* a key of a table */
void show_raw_cents(struct buf *b, const struct view_ctx *cx,
		    money m); /* 1234.50, inputs */

/* ---- called by compiled templates ---- */

void view_csrf(struct buf *b, const struct view_ctx *cx);
void view_tr(struct buf *b, const struct view_ctx *cx, enum msg key, int64_t count,
	     const str *args, size_t n);

#endif
