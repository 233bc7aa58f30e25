/* watch_visit.h - the watch over one visit: what is due next, and what becomes true.
 *
 * No timer is stored: the next instant is a pure function of the visit, the policy stamped on it
 * and nothing else, so a crash, a restart or a restore forgets nothing.  A check-in cancels
 * nothing either: the state has moved, and nothing is due any more.
 *
 *   remind_at ............ the reminder
 *   hour + ask_carer ..... the carer is asked            (only when one is assigned)
 *   hour + tell .......... the person is told the truth, the desk is alerted
 *   hour + offer ......... ranked offers open
 *   hour + right ......... the right to replacement opens (or at the end of the slot)
 *   hour + deputy ........ the deputy operator is called
 *   end of slot, or next need, whichever is first: missed; or unknown while a device is silent
 *
 * An announced lateness moves "ask" away and, while it lasts, "offer" behind the announced hour.
 */
#ifndef DOMAIN_WATCH_WATCH_VISIT_H
#define DOMAIN_WATCH_WATCH_VISIT_H

#include "domain/care/visit.h"
#include "domain/watch/policy.h"

/* What the watch must know beyond the visit when it looks. */
struct watch_facts {
	bool is_device_silent; /* the carer's device did not synchronise since the hour */
	struct span outage;    /* of this platform, overlapping; zero: none */
	bool is_repeated;      /* the same need failed for more than repeat_days already */
};

/* The next instant at which something becomes true although nobody acts; TS_NEVER: nothing. */
ts watch_visit_look_at(const struct visit *v, const struct policy *p);

/* How much harm waits on it, 0 (a vital need without help) .. 9. */
int watch_visit_harm(const struct visit *v);

/* Sets look_at and harm from the rest. */
void watch_visit_arm(struct visit *v, const struct policy *p);

/* What has become true by `now`, as events in order; applying them all leaves nothing due at
 * `now`.  A reminder whose visit has begun is dropped (its step passes with the next event);
 * alerts are never dropped, however late they are established: at = now, the hour stays known. */
void watch_visit_tick(struct arena *a, const struct visit *v, const struct policy *p,
		      const struct watch_facts *f, ts now, struct events *ret);

/* Until when a visit not begun may still be served: end of slot or the next need. */
ts watch_visit_close_at(const struct visit *v);

#endif
