/* travel.h - how long a carer needs from one home to the next, without a road engine.
 *
 * An estimate, always labelled "estimé": 1.3 times the great circle, at 35 km/h and 5 minutes
 * by car, 14 km/h by bike, 4.5 km/h on foot, and 5 minutes more than by bike in transit
 * (doc/definitions.md).  Integers only, so that every machine gives the same minutes.
 *
 * Points are degrees times 10^6 (WGS 84).  The sphere has the mean radius 6,371,008.8 m
 * (IUGG); the plane approximation around the middle latitude stays within 0.5 % of the great
 * circle up to 150 km in metropolitan latitudes and overseas, which a test checks.
 *
 * Pure.  Threads: any.
 */
#ifndef DOMAIN_LABOUR_TRAVEL_H
#define DOMAIN_LABOUR_TRAVEL_H

#include "base/base.h"
#include "domain/enums_gen.h"

struct place {
	int32_t lat_e6, lon_e6; /* both 0: unknown */
};

static inline bool place_is(struct place p)
{
	return p.lat_e6 || p.lon_e6;
}

/* A place from stored columns; out of range is unknown. */
struct place place_of(int64_t lat_e6, int64_t lon_e6);

/* Great circle, whole metres.  An unknown place: 0. */
int64_t travel_circle_m(struct place a, struct place b);

/* Way to go: 1.3 times the great circle, whole metres, half up. */
int64_t travel_metres(struct place a, struct place b);

/* Whole minutes, rounded up; 0 for the same door (0 metres). */
int travel_minutes(enum travel_mode mode, int64_t metres);

/* The farthest way that can be done in `minutes` (for early exits in searches). */
int64_t travel_reach_m(enum travel_mode mode, int minutes);

uint64_t int_sqrt(uint64_t n); /* floor of the square root */

#endif
