/* time.h - instants, civil days and spans; integers only.
 *
 * `ts` is an instant: microseconds of UTC since 1970 (int64).  `day` is a civil day: days
 * since 1970-01-01, no zone.  A local hour is minutes since local midnight (int).  Going
 * from a local day and hour to an instant needs a zone: zone.h.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/str.h"

typedef struct ts {
	int64_t us;
} ts;

typedef struct day {
	int32_t d;
} day;

#define US_S   INT64_C(1000000)
#define US_MIN (60 * US_S)
#define US_H   (60 * US_MIN)
#define US_DAY (24 * US_H)

#define TS_NONE  ((ts){ 0 })         /* "not set": 1970-01-01 happens in no home */
#define TS_NEVER ((ts){ INT64_MAX }) /* look_at of what can no longer change alone */
#define DAY_NONE ((day){ INT32_MIN })

struct span { /* half-open: [from, until) */
	ts from, until;
};

struct civil {
	int year, month, day;   /* month 1-12, day 1-31 */
	int hour, min, sec, us; /* 0 when only a day is meant */
};

static inline bool ts_is(ts t)
{
	return t.us != 0;
}
static inline int ts_cmp(ts a, ts b)
{
	return (a.us > b.us) - (a.us < b.us);
}
static inline bool ts_before(ts a, ts b)
{
	return a.us < b.us;
}
static inline ts ts_min(ts a, ts b)
{
	return a.us < b.us ? a : b;
}
static inline ts ts_max(ts a, ts b)
{
	return a.us > b.us ? a : b;
}
static inline ts ts_add_min(ts t, int64_t minutes)
{
	return t.us == INT64_MAX ? t : (ts){ t.us + minutes * US_MIN };
}
static inline ts ts_add_s(ts t, int64_t seconds)
{
	return t.us == INT64_MAX ? t : (ts){ t.us + seconds * US_S };
}
/* Whole minutes from a to b, rounded towards minus infinity. */
static inline int64_t ts_minutes(ts a, ts b)
{
	int64_t d = b.us - a.us;
	return d >= 0 ? d / US_MIN : -((-d + US_MIN - 1) / US_MIN);
}

/* Gregorian calendar, Hinnant's algorithms (proleptic, years -5877641..5881580). */
day day_of(int year, int month, int mday);
struct civil day_civil(day d);
int day_weekday(day d); /* ISO: 1 Monday ... 7 Sunday */
int month_days(int year, int month);
bool civil_valid(int year, int month, int mday);
static inline day day_add(day d, int n)
{
	return (day){ d.d + n };
}

struct civil ts_civil(ts t);        /* in UTC */
ts civil_ts(const struct civil *c); /* read as UTC */

/* ISO 8601 texts.  Instants: "2026-11-22T08:00:00Z", with ".123456" when not whole seconds.
 * Days: "2026-11-22".  Hours: "08:00".  Parsers accept only these forms: ERR_SYNTAX, or
 * ERR_INPUT for a date or hour that does not exist. */
str ts_text(struct arena *a, ts t);
str day_text(struct arena *a, day d);
str hm_text(struct arena *a, int minutes);
MUST_USE enum err ts_parse(str s, ts *ret);
MUST_USE enum err day_parse(str s, day *ret);
MUST_USE enum err hm_parse(str s, int *ret_minutes); /* "24:00" is refused */

#endif
