/* actors.h - made-up people who live a day of the territory: for the demo, the simulator and a
 * server started with --actors.
 *
 * Carers arrive (some late, some offline, some not at all), people say that nobody came, desks
 * declare absences and find somebody else, operators answer requests.  What they do is drawn
 * from the seed and the visit, so the same seed and day give the same life; they act only
 * through the use cases that a page would call.
 *
 * Memory: heap, freed by actors_free.  Threads: one.
 */
#ifndef RUN_ACTORS_H
#define RUN_ACTORS_H

#include "app/app.h"

struct actors; /* opaque */

struct actors *actors_new(uint64_t seed, str territory);
void actors_free(struct actors *x);

/* The next instant at which somebody does something; TS_NEVER before the first actors_act(). */
ts actors_next(const struct actors *x);

/* Everything that the actors do up to `now`, in order.  Draws the day when a new one begins.
 * In the caller's transaction. */
MUST_USE enum err actors_act(struct actors *x, struct app *app, ts now);

/* What was tried and refused by the rules, for the curious: counts by outcome. */
int64_t actors_refused(const struct actors *x);

#endif
