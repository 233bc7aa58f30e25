/* rate.h - how often a thing may be tried: by account and by address.  Pure but for its table.
 *
 * Each key (a hash of what is limited) has a bucket that holds `burst` tries and is refilled
 * at `per_hour`.  The table has a fixed size; when it is full the bucket that has been
 * full longest is forgotten, so an attacker with many addresses cannot lock anybody out.
 *
 * Threads: the caller holds a lock; see auth.c.
 */
#ifndef NET_AUTH_RATE_H
#define NET_AUTH_RATE_H

#include "base/base.h"

struct rate_rule {
	const char *name;
	int burst, per_hour;
};

#define RATE_SLOTS 4096
#define RATE_WAYS  8

struct rate {
	struct rate_slot {
		uint64_t key;
		int64_t left_us; /* tries left, as time: one try costs 3600 s / per_hour */
		ts at;
	} slots[RATE_SLOTS];
};

/* Takes one try; false when none is left. */
bool rate_take(struct rate *r, const struct rate_rule *rule, str key, ts now);
/* Gives the key its whole burst again: after a success. */
void rate_clear(struct rate *r, const struct rate_rule *rule, str key);
/* Seconds until the next try is allowed; 0 now. */
int64_t rate_wait_s(const struct rate *r, const struct rate_rule *rule, str key, ts now);

#endif
