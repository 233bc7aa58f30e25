/* date.h - from an atom to civil days: which day is "mardi en huit" said today.
 *
 * The present is local and given; nothing here knows a zone or reads a clock.
 * Conventions (doc/assistant.md): a bare weekday is the next one strictly after today; a
 * day of the month is the next one, today included; weeks begin on Monday.
 *
 * Memory: none.  Threads: no hidden state.
 */
#ifndef TALK_DATE_H
#define TALK_DATE_H

#include "talk/atom.h"

/* The present as the person lives it. */
struct talk_now {
	day day;
	int minute; /* since local midnight */
	int second;
	int utc_offset; /* minutes east of UTC; for zones said aloud */
};

/* Which way an unfinished date points. */
enum date_way {
	DATE_NEXT,    /* requests */
	DATE_LAST,    /* reports: the last one */
	DATE_DUCKLING /* "en huit" counts from today included */
};

struct day_range { /* both included */
	day from, to;
};

/* The days of a dated atom (AT_DATE, AT_WDAY with one day, AT_OFFSET, AT_FEAST, AT_PERIOD,
 * AT_NTH, AT_SHIFT in days or more).  False: the atom is no date, or not a real one. */
bool date_resolve(const struct atom *x, const struct talk_now *now, enum date_way way,
		  struct day_range *ret);

day date_weekday_after(day from, int weekday);  /* strictly after */
day date_weekday_before(day from, int weekday); /* strictly before */
day date_monday(day d);                         /* of its week */
day date_add_months(day d, int n);              /* the day kept, or the month's last */
day date_nth_weekday(int year, int month, int weekday, int n); /* n < 0 from the end */
day date_feast(const struct atom *x, day today);
int wday_first(unsigned wdays); /* 1-7 of the lowest bit, 0 none */

#endif
