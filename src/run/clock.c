#include "run/clock.h"

#include <time.h>

int64_t clock_mono_us(void)
{
	struct timespec t;
	ASSERT(clock_gettime(CLOCK_BOOTTIME, &t) == 0);
	return (int64_t)t.tv_sec * US_S + t.tv_nsec / 1000;
}

static ts wall(void)
{
	struct timespec t;
	ASSERT(clock_gettime(CLOCK_REALTIME, &t) == 0);
	return (ts){ (int64_t)t.tv_sec * US_S + t.tv_nsec / 1000 };
}

void clock_init_real(struct clock *c)
{
	*c = (struct clock){ .mono_base = clock_mono_us(), .wall_last = wall() };
	c->last = c->wall_last;
	atomic_store(&c->peek, c->last.us);
}

void clock_init_simulated(struct clock *c, ts start, int64_t speed)
{
	*c = (struct clock){ .is_simulated = true,
			     .speed = speed,
			     .base = start,
			     .mono_base = clock_mono_us() };
	c->last = start;
	atomic_store(&c->peek, start.us);
}

ts clock_now(struct clock *c, bool *ret_doubt)
{
	int64_t mono = clock_mono_us();
	ts t;
	*ret_doubt = false;
	if (c->is_simulated) {
		t = (ts){ c->base.us + (mono - c->mono_base) * c->speed };
	} else {
		t = wall();
		int64_t expected = c->wall_last.us + (mono - c->mono_base);
		int64_t jump = t.us - expected;
		if (jump > CLOCK_JUMP_MAX || jump < -CLOCK_JUMP_MAX) {
			*ret_doubt = true;
			c->jump = jump;
		}
		c->wall_last = t;
		c->mono_base = mono;
	}
	if (t.us > c->last.us)
		c->last = t;
	atomic_store(&c->peek, c->last.us);
	return c->last;
}

ts clock_peek(const struct clock *c)
{
	return (ts){ atomic_load(&c->peek) };
}

bool clock_start_doubt(ts recorded_last, ts now)
{
	if (!ts_is(recorded_last))
		return false;
	return now.us < recorded_last.us - CLOCK_JUMP_MAX ||
	       now.us > recorded_last.us + INT64_C(30) * US_DAY;
}
