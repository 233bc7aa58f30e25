/* demo.h - a made-up territory on the real communes: services, people, carers, requests.
 *
 * Everything here is invented from a seed, except the communes and their populations; no
 * invented fact stands beside the name of a real body (FINESS prefix 00, communes with at least
 * three real services only).  The days behind are not written as rows: the real engine
 * lives them on a simulated clock with made-up actors (actors.h).
 */
#ifndef RUN_DEMO_H
#define RUN_DEMO_H

#include "app/app.h"
#include "base/rng.h"

struct demo_commune {
	str insee, name;
	int64_t population, lat_e6, lon_e6;
	int services; /* real ones of the register, to hide ours among them */
};

struct demo_options {
	str territory, name, zone;
	int persons;
	uint64_t seed;
	int64_t entitled;
	str entitled_source;
	const struct demo_commune *communes;
	size_t commune_count;
	day first; /* the first day that is lived */
};

/* Makes the territory at `now`, in the caller's transaction (call it inside db_begin). */
MUST_USE enum err demo_make(struct app *app, const struct demo_options *o, ts now);

#endif
