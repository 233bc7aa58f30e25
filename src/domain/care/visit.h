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
#include "domain/events_gen.h"

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

#endif
