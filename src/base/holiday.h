/* holiday.h - public holidays of France, computed.
 *
 * Eleven days everywhere (code du travail, art. L3133-1); two more in Alsace-Moselle
 * (art. L3134-13, the second where there is a Protestant church or a mixed one: counted
 * everywhere here); the day of the abolition of slavery overseas (art. L3422-2).
 *
 * Memory:  names are constants; sets lie in the arena.
 */
#ifndef BASE_HOLIDAY_H
#define BASE_HOLIDAY_H

#include "base/rrule.h"

enum holiday_place {
	HOLIDAY_METROPOLE,
	HOLIDAY_ALSACE_MOSELLE, /* 57, 67, 68 */
	HOLIDAY_GUADELOUPE,     /* 971 */
	HOLIDAY_MARTINIQUE,     /* 972 */
	HOLIDAY_GUYANE,         /* 973 */
	HOLIDAY_REUNION,        /* 974 */
	HOLIDAY_MAYOTTE,        /* 976 */
	HOLIDAY_PLACES_
};

struct holiday {
	day day;
	const char *name; /* French */
};

#define HOLIDAYS_MAX 14

day holiday_easter(int year); /* Gregorian, Meeus/Jones/Butcher; year >= 1583 */

/* The holidays of a year in order; returns how many. */
size_t holiday_year(enum holiday_place where, int year, struct holiday ret[HOLIDAYS_MAX]);

/* Those of the years from..to, for recurrence_expand(). */
struct days holiday_set(struct arena *a, enum holiday_place where, int from, int to);

/* From a département's code ("76", "2A", "974"): METROPOLE when nothing special is known. */
enum holiday_place holiday_place_of(str departement);

#endif
