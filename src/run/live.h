/* live.h - lives a span of time on a simulated clock: actors, watch and sender in turn.
 *
 * The same engine as the server's; only the clock is made up.  Used by the demo, the
 * simulator and a server with a simulated clock.
 */
#ifndef RUN_LIVE_H
#define RUN_LIVE_H

#include "run/actors.h"
#include "run/sender.h"
#include "run/world.h"

struct live {
	struct world *world;
	struct actors *actors; /* NULL: nobody acts */
	struct sender sender;
	ts now;
	int64_t steps, in_transaction;
};

/* Lives up to `until`, in transactions of many steps; ends committed with a signed head. */
MUST_USE enum err live_until(struct live *l, ts until);

#endif
