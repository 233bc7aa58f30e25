/* say.h - numbers, hours, dates, lists and money as a reader says them.
 *
 * French follows the usage of the Imprimerie nationale: "9 h 20" with no-break spaces, thousands
 * parted by a narrow no-break space, decimal comma, "1er".  English is British, with the
 * 24-hour clock, so that no "am" can be misread.  No function here knows a zone or a clock:
 * hours are minutes since local midnight, dates are civil days.
 *
 * Memory:  appended to the buffer of the caller, as plain text (not escaped).
 */
#ifndef VIEW_SAY_H
#define VIEW_SAY_H

#include "view/tr.h"

#define NBSP  "\xc2\xa0"     /* U+00A0 */
#define NNBSP "\xe2\x80\xaf" /* U+202F, narrow */

enum say_form {
	SAY_DAY,   /* mardi 24 novembre    Tuesday 24 November */
	SAY_FULL,  /* mardi 24 novembre 2026 */
	SAY_SHORT, /* mar. 24 nov.         Tue 24 Nov */
	SAY_MONTH, /* novembre 2026        November 2026 */
};

void say_hour(struct buf *b, enum lang lang, int minutes); /* 9 h, 9 h 20 | 9:00 */
void say_hours(struct buf *b, enum lang lang, int from,
	       int until); /* 9 h – 10 h | 9:00–10:00 */
void say_duration(struct buf *b, enum lang lang, int64_t minutes); /* 45 min, 1 h, 1 h 05 */
void say_date(struct buf *b, enum lang lang, day d,
	      enum say_form f); /* DAY_NONE: nothing */
/* "aujourd'hui", "demain", "hier", else SAY_DAY. */
void say_near(struct buf *b, enum lang lang, day d, day today);

void say_number(struct buf *b, enum lang lang, int64_t n); /* 19 334 | 19,334 */
/* `n` counts units of 10^-places (0 to 6): say_decimal(62, 1) is "6,2". */
void say_decimal(struct buf *b, enum lang lang, int64_t n, int places);
void say_percent(struct buf *b, enum lang lang, int64_t permille); /* 96,1 % | 96.1% */
void say_money(struct buf *b, enum lang lang, money m); /* 1 234,50 € | €1,234.50 */
void say_distance(struct buf *b, enum lang lang, int64_t metres); /* 800 m, 4,1 km */

void say_list(struct buf *b, enum lang lang, const str *v, size_t n); /* a, b et c */
/* 02 35 01 02 03 for ten digits; anything else as it is. */
void say_phone(struct buf *b, str phone);
/* The first letters of the first two words, in upper case where that is plain: "AB". */
void say_initials(struct buf *b, str name);
/* Turns the first letter of what was appended since `at` into a capital (a-z, à-þ). */
void say_capital(struct buf *b, size_t at);

#endif
