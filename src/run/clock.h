/* clock.h - the present of the server: the machine's hour with its doubts, or a made-up one.
 *
 * The wall clock is compared with the monotonic one at every reading: a jump of more than five
 * minutes (twelve hours at the start, against the last hour that was recorded) is a doubt,
 * and doubt suspends verdicts until somebody confirms the hour (DOMAIN.md).  The present never
 * goes back: while the wall clock is behind what was already said, the last one is repeated.
 *
 * Threads: one struct clock belongs to one thread; clock_peek() may be called by any.
 */
#ifndef RUN_CLOCK_H
#define RUN_CLOCK_H

#include "base/base.h"

#include <stdatomic.h>

#define CLOCK_JUMP_MAX  (5 * US_MIN)
#define CLOCK_START_MAX (12 * US_H)

struct clock {
	bool is_simulated;
	int64_t speed;        /* simulated seconds per second */
	ts base;              /* simulated start */
	int64_t mono_base;    /* µs of CLOCK_BOOTTIME when made or last read */
	ts wall_last;         /* real: wall at the last reading */
	ts last;              /* what was said last */
	_Atomic int64_t peek; /* the same, for other threads */
	int64_t jump;         /* µs of the jump seen last; 0: none */
};

void clock_init_real(struct clock *c);
void clock_init_simulated(struct clock *c, ts start, int64_t speed);

/* The present.  *ret_doubt is set when the wall clock has jumped since the last reading. */
ts clock_now(struct clock *c, bool *ret_doubt);
ts clock_peek(const struct clock *c);

/* The hour of a start against the last one recorded by the former run: is it to be doubted? */
bool clock_start_doubt(ts recorded_last, ts now);

int64_t clock_mono_us(void);

#endif
