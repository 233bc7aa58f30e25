/* visit.h - one visit: a promise at an hour, what was done of it, and what follows by itself.
 *
 * A visit is an occurrence of a confirmed request.  It is planned (with or without a carer),
 * frozen the day before, then started and ended; or cancelled, suspended, missed.  Evidence is
 * never overwritten: a correction is a new event that carries its reason, and both the claimed
 * and the recorded time stay.
 *
 * decide: visit_*() functions below take the state and a command and give the events to append.
 * apply:  visit_apply() alone changes a visit.  Replaying its events rebuilds it.
 * watch:  visit_look_at() is the next instant at which something becomes true although nobody
 *         acts; visit_tick() says what.  Both are pure functions of the state and of the policy
 *         stamped at the freeze (domain/watch/policy.h): no timer exists anywhere else.
 *
 * Memory:  events are written into the caller's arena; strings are borrowed.
 * Threads: no hidden state.
 */
#ifndef DOMAIN_CARE_VISIT_H
#define DOMAIN_CARE_VISIT_H

#include "base/base.h"
#include "domain/enums_gen.h"
#include "domain/event.h"

struct policy; /* domain/watch/policy.h */

/* One row of the table `visit`, column for column.  Zero ids: none.  The zero value is no visit. */
struct visit {
	struct id id;
	str territory;
	struct id request_id, person_id;
	struct id operator_id;          /* who serves it; none: sans opérateur */
	struct id accepted_operator_id; /* whose promise it is */
	struct id carer_id;             /* none: sans intervenant */
	struct id regular_carer_id;
	struct id plan_line_id;
	enum care_mode mode;
	enum payer payer;
	enum criticality criticality;
	uint32_t tasks;        /* bits 1 << enum task */
	day recurrence_on;     /* RECURRENCE-ID: local day */
	int recurrence_minute; /* ... and hour */
	ts asked_start_at;     /* the promise: denominators count it */
	ts start_at, end_at;   /* the slot now, [start_at, end_at) */
	ts remind_at;          /* when the reminder is due; TS_NONE: none wanted */
	ts next_need_at;       /* the person's next visit; TS_NONE: none known */
	int tolerance_min;
	int policy_version, measure_version; /* stamped at the freeze */
	enum assignment assignment;
	enum visit_state state;
	enum step step; /* next step of the watch */
	ts frozen_at, right_at, told_at, replaced_at;
	int announced_min;
	ts started_at, started_recorded_at;
	enum proof start_proof;
	ts ended_at, ended_recorded_at;
	enum proof end_proof;
	ts door_at;
	uint32_t tasks_done;
	bool is_corrected, is_unknown;
	ts unknown_until_at;
	enum cause cause;
	enum operator_cause operator_cause;
	enum attestation attestation;
	ts attested_at;
	bool is_contested;
	ts cancelled_at;
	enum cancel_by cancel_by;
	int notice_min; /* how long before its hour it was cancelled or moved */
	int supplee_min;
	int wave;
	enum verdict verdict;
	ts look_at;
	int harm;        /* 0 worst ... 9 none: order among what is due */
	int64_t version; /* events applied */
};

struct visits {
	struct visit *v;
	size_t n, cap;
};

#define VISIT_EARLY_MIN  60 /* how long before its hour an arrival counts */
#define VISIT_FUTURE_MIN 5  /* a claimed time may be that far ahead of our clock */
#define VISIT_LONG_MIN   (16 * 60)

/* --- commands.  Each takes the visit as it is, checks, and on OK pushes the events to append
 * into `ret` (at least one); the visit itself is unchanged.  `now` is the recorded time. */

struct check_in {
	struct id carer_id, operator_id;
	enum proof proof;
	ts claimed_at;    /* when it happened, by the device */
	bool is_signed;   /* by an enrolled device: believed when it comes late */
	int offline_days; /* policy: how late a signed check-in is taken */
	str note;
};

/* The carer is there.  A visit already called missed or unknown is started all the same: the
 * alert is withdrawn by an event, and it counts as recorded late.
 *   ERR_DUPLICATE    started already, by her at that very time (nothing to append);
 *   ERR_WRONG_STATE  started otherwise, ended, cancelled, suspended or moved;
 *   ERR_FORBIDDEN    another carer is assigned, or none;
 *   ERR_INPUT        claimed in the future, or more than VISIT_EARLY_MIN before its hour, or
 *                    after the next need began;
 *   ERR_GONE         claimed too long ago: an unsigned one after 24 h, a signed one after
 *                    offline_days: a correction with its reason is the way. */
MUST_USE enum err visit_start(struct arena *a, const struct visit *v,
			      const struct check_in *c, ts now, struct events *ret);

struct check_out {
	struct id carer_id;
	enum proof proof;
	ts claimed_at;
	bool is_signed;
	int offline_days;
	uint32_t tasks_done;
	str note;
};

/* The carer leaves.  ERR_DUPLICATE, ERR_WRONG_STATE (not started), ERR_FORBIDDEN, ERR_INPUT (before
 * the start, in the future, or more than VISIT_LONG_MIN after it), ERR_GONE: as above. */
MUST_USE enum err visit_end(struct arena *a, const struct visit *v,
			    const struct check_out *c, ts now, struct events *ret);

/* Corrects claimed times with a reason of the list; the former events stay.
 *   ERR_INPUT  no reason, end before start, in the future, or longer than VISIT_LONG_MIN;
 *   ERR_WRONG_STATE  cancelled or suspended. */
MUST_USE enum err visit_correct(struct arena *a, const struct visit *v, ts started_at,
				ts ended_at, enum correction_reason reason, str note,
				ts now, struct events *ret);

/* Assigns, or assigns anew.  Whether the carer is eligible was checked by domain/relief.
 *   ERR_WRONG_STATE  begun, ended, cancelled, suspended or moved;
 *   ERR_DUPLICATE    assigned to her already. */
MUST_USE enum err visit_assign(struct arena *a, const struct visit *v,
			       struct id operator_id, struct id carer_id,
			       enum assignment how, str rule, ts now, struct events *ret);

/* Takes the carer off (absence, danger...). ERR_WRONG_STATE: begun or nobody assigned. */
MUST_USE enum err visit_unassign(struct arena *a, const struct visit *v, enum cause cause,
				 ts now, struct events *ret);

/* Cancels.  By the person or her family early enough it leaves the denominator; by the operator
 * never.  The cause is required of an operator.   ERR_WRONG_STATE, ERR_INPUT (no cause). */
MUST_USE enum err visit_cancel(struct arena *a, const struct visit *v, enum cancel_by by,
			       enum cause cause, str note, ts now, struct events *ret);

/* Moves to another hour, agreed with the person.  ERR_INPUT: the past, or no duration. */
MUST_USE enum err visit_move(struct arena *a, const struct visit *v, ts start_at,
			     int duration_min, enum cancel_by by, ts now,
			     struct events *ret);

/* The visit, not the carer, goes to another operator (the person agreed to relays). */
MUST_USE enum err visit_move_operator(struct arena *a, const struct visit *v, struct id to,
				      ts now, struct events *ret);

MUST_USE enum err visit_suspend(struct arena *a, const struct visit *v, enum cause cause,
				ts now, struct events *ret);

/* « J'aurai 20 minutes de retard »: tells the person the truth at once.
 *   ERR_INPUT: not 1..240 minutes.  ERR_FORBIDDEN: not her visit. */
MUST_USE enum err visit_announce_late(struct arena *a, const struct visit *v,
				      struct id carer_id, int minutes, enum cause cause,
				      ts now, struct events *ret);

/* Nobody opens the door: its own state of things, never counted against the carer. */
MUST_USE enum err visit_door(struct arena *a, const struct visit *v, struct id carer_id,
			     ts claimed_at, ts now, struct events *ret);

/* The person's own word (or her circle's, guardian's, the paper card's): kept beside the carer's.
 * "Nobody came" is taken from the hour of the visit on and makes it missed at the end of its
 * tolerance.   ERR_INPUT: before its hour.  ERR_DUPLICATE: said already.  ERR_GONE: after 31 days. */
MUST_USE enum err visit_attest(struct arena *a, const struct visit *v,
			       enum attestation what, enum proof proof, ts now,
			       struct events *ret);

/* Contests a fact ("started", "ended", "missed") or a cause ("cause").  ERR_DUPLICATE. */
MUST_USE enum err visit_contest(struct arena *a, const struct visit *v, str what, str note,
				ts now, struct events *ret);
MUST_USE enum err visit_settle(struct arena *a, const struct visit *v, bool upheld,
			       str reason, ts now, struct events *ret);
MUST_USE enum err visit_set_cause(struct arena *a, const struct visit *v, enum cause cause,
				  enum operator_cause operator_cause, str note, ts now,
				  struct events *ret);

/* The relative who stood in: the visit stays missed, her time is counted.  1..VISIT_LONG_MIN. */
MUST_USE enum err visit_supplee(struct arena *a, const struct visit *v, int minutes, ts now,
				struct events *ret);

/* Folds an event of the ledger into its visit; an event that does not fit is a bug: aborts.
 * Sets everything except look_at and harm, which watch_visit_arm() derives. */
void visit_apply(struct visit *v, const struct event *e);

/* What the events say together: state has begun, is over, can still be served. */
bool visit_is_open(const struct visit *v);   /* planned, or missed and not yet replaced */
bool visit_is_failed(const struct visit *v); /* missed, not excused, not replaced */
int visit_minutes(const struct visit *v);    /* promised */

#endif
