/* offer.h - asking carers in waves, with deadlines; then other operators; then the deputy.
 *
 * An offer is free: declining costs nothing.  No event of the ledger says that somebody
 * declined, the row's state is read by the carer alone (offer_seen()), and nothing of it
 * enters struct candidate or struct rank_facts.
 *
 * Decide and apply as everywhere: the functions give events, offer_apply() changes the row.
 * Pure.  Memory: events in the caller's arena.  Threads: any.
 */
#ifndef DOMAIN_RELIEF_OFFER_H
#define DOMAIN_RELIEF_OFFER_H

#include "domain/care/visit.h"
#include "domain/event.h"
#include "domain/relief/rank.h"

/* One row of `offer`, column for column. */
struct offer {
	struct id id;
	str territory;
	struct id visit_id, carer_id, operator_id;
	int wave, rank;
	str reasons;
	int travel_min;
	int64_t travel_m;
	int amplitude_min;
	enum offer_state state;
	ts offered_at, expires_at;
};

struct offers {
	struct offer *v;
	size_t n, cap;
};

/* From the policy in force (domain/watch/policy.h). */
struct wave_policy {
	int size;    /* carers asked at once */
	int minutes; /* to answer, when the hour is near */
	int waves;   /* before other operators are asked */
};

enum relief_stage {
	RELIEF_WAIT,    /* a wave is out and may still be answered */
	RELIEF_WAVE,    /* ask the next carers */
	RELIEF_RELAY,   /* ask the other operators, if the person agreed */
	RELIEF_DEPUTY,  /* the deputy operator */
	RELIEF_COVERED, /* somebody comes */
	RELIEF_OVER     /* begun, cancelled, closed: nothing to do */
};

struct relief_step {
	enum relief_stage stage;
	int wave;      /* number of the wave to send, from 1 */
	ts expires_at; /* of that wave */
	ts look_at;    /* when to ask again; TS_NEVER: not by itself */
};

/* What comes next for a visit.  `offers`: all made for it; `ranked_left`: eligible carers not
 * asked yet; `relayed`: other operators were asked.  A wave that everybody declined is over
 * at once; a vital visit under two hours away goes to the deputy beside the waves elsewhere
 * (the watch calls it by itself at its own minute). */
struct relief_step relief_next(const struct visit *v, const struct offers *offers,
			       size_t ranked_left, bool is_relay_agreed, bool relayed,
			       const struct wave_policy *p, ts now);

/* Minutes to answer an offer made at `now` for a visit at `start`: the policy's when the hour
 * is near, else an eighth of the time left, at most 12 hours (proposal). */
int offer_minutes(const struct wave_policy *p, ts now, ts start);

/* Makes the offers of one wave to the first `size` of `ranked` that `asked` does not hold.
 * `ids`: fresh ids, at least `size`.  Rows go to *ret_rows, one event each to *ret.
 *   ERR_WRONG_STATE  the visit is not open;
 *   ERR_NOT_FOUND    nobody is left to ask. */
MUST_USE enum err offers_make(struct arena *a, const struct visit *v,
			      const struct ranking *ranked, const struct offers *asked,
			      const struct wave_policy *p, int wave, const struct id *ids,
			      ts now, struct events *ret, struct offers *ret_rows);

/* A yes.  The caller then assigns the visit (visit_assign, ASSIGNMENT_OFFER) and closes the
 * other offers in the same command; eligibility is checked again first.
 *   ERR_FORBIDDEN    not her offer;
 *   ERR_DUPLICATE    accepted already;
 *   ERR_GONE         expired, or closed because somebody else comes. */
MUST_USE enum err offer_accept(struct arena *a, const struct offer *o,
			       const struct visit *v, struct id carer_id, ts now,
			       struct events *ret);

/* A no, or a change of mind before the deadline: only the row changes, no event.
 *   ERR_FORBIDDEN, ERR_DUPLICATE (declined already), ERR_GONE. */
MUST_USE enum err offer_decline(const struct offer *o, struct id carer_id, ts now,
				struct offer *ret);

/* The visit is covered, cancelled or begun: open offers are closed.  True: an event. */
bool offer_close(struct arena *a, const struct offer *o, const struct visit *v, ts now,
		 struct events *ret);

void offer_apply(struct offer *o, const struct event *e);

/* What a role is shown.  Only the carer sees a decline; for everybody else it is an offer
 * without an answer: open, then expired. */
enum offer_state offer_seen(const struct offer *o, enum role role, ts now);

/* --- other operators ----------------------------------------------------------------- */

struct relay {
	const struct operator* op;
	int64_t metres; /* from its office */
	uint32_t title_faults;
	uint64_t lot;
};

struct relays {
	struct relay *v;
	size_t n, cap;
};

/* The operators that may take the visit: relay operators other than the one that fails, whose
 * title covers it, nearest first, equals by lot.  Empty without the person's agreement. */
void relay_rank(struct arena *a, const struct need *need, bool is_relay_agreed,
		const struct operator* ops, size_t n, struct relays *ret);

/* May the visit move to `to`?  *ret_tell_payer: the payer must be told.
 *   ERR_RULE         the person did not agree to relays, or the title does not cover it;
 *   ERR_WRONG_STATE  the visit is not open;
 *   ERR_DUPLICATE    it is there already. */
MUST_USE enum err relay_check(const struct visit *v, const struct need *need,
			      bool is_relay_agreed, const struct operator* to,
			      bool *ret_tell_payer);

#endif
