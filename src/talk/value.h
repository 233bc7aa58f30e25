/* value.h - the expressions of time of a text as single values, for other programs and to
 * be measured against public suites (Duckling, chrono).
 *
 * Memory:  the values live in the arena.  Threads: no hidden state.
 */
#ifndef TALK_VALUE_H
#define TALK_VALUE_H

#include "base/buf.h"
#include "talk/date.h"

enum value_kind {
	VALUE_DATETIME,
	VALUE_INTERVAL,
	VALUE_OPEN, /* after or before */
	VALUE_DURATION,
	VALUE_NUMERAL,
	VALUE_ORDINAL
};

struct value {
	enum value_kind kind;
	int64_t from, to; /* local seconds since 1970-01-01T00:00; `to` is excluded */
	enum atom_unit grain;
	bool before; /* VALUE_OPEN */
	int64_t n;   /* duration, numeral, ordinal; numerals in millionths */
	enum atom_unit unit;
};

struct values {
	struct value *v;
	size_t n, cap;
};

/* Conventions in which suites differ. */
struct value_ways {
	bool ends_included; /* an interval ends at its last unit, not after it */
	bool today_too;     /* a bare weekday may be today */
	bool nearest_year;  /* a date without a year is the nearest, not the next */
};

/* Every value of `text`.  A text without any gives none. */
struct values value_find(struct arena *a, str text, const struct talk_now *now,
			 struct value_ways ways);

/* The values as a JSON array. */
void value_json(struct buf *out, const struct values *v);

#endif
