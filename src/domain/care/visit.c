/* visit.c - decide and apply for one visit; the watch over it is in watch/watch_visit.c. */
#include "domain/care/visit.h"

/* A new event about `v`, to be filled by the caller. */
static struct event *push(struct arena *a, struct events *ret, const struct visit *v,
			  enum event_kind kind, ts now)
{
	struct event *e = ARENA_PUSH(a, ret);
	*e = (struct event){
		.kind = kind, .at = now, .subject = v->id, .person = v->person_id
	};
	return e;
}

bool visit_is_open(const struct visit *v)
{
	return v->state == VISIT_STATE_PLANNED ||
	       (v->state == VISIT_STATE_MISSED && !ts_is(v->replaced_at));
}

bool visit_is_failed(const struct visit *v)
{
	return v->state == VISIT_STATE_MISSED && v->verdict != VERDICT_EXCUSED &&
	       !ts_is(v->replaced_at);
}

int visit_minutes(const struct visit *v)
{
	return (int)((v->end_at.us - v->start_at.us) / US_MIN);
}

static enum err claim_check(ts claimed, bool is_signed, int offline_days, ts now)
{
	if (claimed.us > ts_add_min(now, VISIT_FUTURE_MIN).us)
		return ERR_INPUT;
	int64_t late = ts_minutes(claimed, now);
	if (late > (is_signed ? (int64_t)offline_days * 1440 : 1440))
		return ERR_GONE;
	return OK;
}

static bool may_begin(const struct visit *v)
{
	return v->state == VISIT_STATE_PLANNED || v->state == VISIT_STATE_MISSED;
}

enum err visit_start(struct arena *a, const struct visit *v, const struct check_in *c,
		     ts now, struct events *ret)
{
	if (!id_is(v->carer_id) || !id_eq(v->carer_id, c->carer_id))
		return ERR_FORBIDDEN;
	if (!may_begin(v)) {
		bool same = (v->state == VISIT_STATE_STARTED ||
			     v->state == VISIT_STATE_ENDED) &&
			    v->started_at.us == c->claimed_at.us;
		return same ? ERR_DUPLICATE : ERR_WRONG_STATE;
	}
	TRY(claim_check(c->claimed_at, c->is_signed, c->offline_days, now));
	if (c->claimed_at.us < ts_add_min(v->start_at, -VISIT_EARLY_MIN).us)
		return ERR_INPUT;
	if (ts_is(v->next_need_at) && c->claimed_at.us >= v->next_need_at.us)
		return ERR_INPUT;
	bool alerted = v->state == VISIT_STATE_MISSED || v->is_unknown;
	if (alerted)
		push(a, ret, v, EV_VISIT_ALERT_WITHDRAWN, now)
			->u.visit_alert_withdrawn.why = S("check_in");
	struct event *e = push(a, ret, v, EV_VISIT_STARTED, now);
	e->u.visit_started.operator_id = c->operator_id;
	e->u.visit_started.carer_id = c->carer_id;
	e->u.visit_started.proof = c->proof;
	e->u.visit_started.claimed_at = c->claimed_at;
	e->u.visit_started.signed_ = c->is_signed;
	e->u.visit_started.note = c->note;
	return OK;
}

enum err visit_end(struct arena *a, const struct visit *v, const struct check_out *c,
		   ts now, struct events *ret)
{
	if (!id_is(v->carer_id) || !id_eq(v->carer_id, c->carer_id))
		return ERR_FORBIDDEN;
	if (v->state == VISIT_STATE_ENDED)
		return v->ended_at.us == c->claimed_at.us ? ERR_DUPLICATE : ERR_WRONG_STATE;
	if (v->state != VISIT_STATE_STARTED)
		return ERR_WRONG_STATE;
	TRY(claim_check(c->claimed_at, c->is_signed, c->offline_days, now));
	if (c->claimed_at.us <= v->started_at.us ||
	    c->claimed_at.us > ts_add_min(v->started_at, VISIT_LONG_MIN).us)
		return ERR_INPUT;
	struct event *e = push(a, ret, v, EV_VISIT_ENDED, now);
	e->u.visit_ended.proof = c->proof;
	e->u.visit_ended.claimed_at = c->claimed_at;
	e->u.visit_ended.signed_ = c->is_signed;
	e->u.visit_ended.tasks_done = c->tasks_done;
	e->u.visit_ended.note = c->note;
	return OK;
}

enum err visit_correct(struct arena *a, const struct visit *v, ts started_at, ts ended_at,
		       enum correction_reason reason, str note, ts now, struct events *ret)
{
	if (v->state == VISIT_STATE_CANCELLED || v->state == VISIT_STATE_SUSPENDED ||
	    v->state == VISIT_STATE_MOVED)
		return ERR_WRONG_STATE;
	if (reason == CORRECTION_REASON_NONE || !ts_is(started_at) ||
	    started_at.us > now.us || ended_at.us > now.us)
		return ERR_INPUT;
	if (ts_is(ended_at) && (ended_at.us <= started_at.us ||
				ended_at.us > ts_add_min(started_at, VISIT_LONG_MIN).us))
		return ERR_INPUT;
	struct event *e = push(a, ret, v, EV_VISIT_CORRECTED, now);
	e->u.visit_corrected.started_at = started_at;
	e->u.visit_corrected.ended_at = ended_at;
	e->u.visit_corrected.reason = reason;
	e->u.visit_corrected.note = note;
	return OK;
}

enum err visit_assign(struct arena *a, const struct visit *v, struct id operator_id,
		      struct id carer_id, enum assignment how, str rule, ts now,
		      struct events *ret)
{
	if (!visit_is_open(v))
		return ERR_WRONG_STATE;
	if (id_eq(v->carer_id, carer_id) && id_eq(v->operator_id, operator_id))
		return ERR_DUPLICATE;
	struct event *e = push(a, ret, v, EV_VISIT_ASSIGNED, now);
	e->u.visit_assigned.operator_id = operator_id;
	e->u.visit_assigned.carer_id = carer_id;
	e->u.visit_assigned.how = how;
	e->u.visit_assigned.rule = rule;
	return OK;
}

enum err visit_unassign(struct arena *a, const struct visit *v, enum cause cause, ts now,
			struct events *ret)
{
	if (v->state != VISIT_STATE_PLANNED || !id_is(v->carer_id))
		return ERR_WRONG_STATE;
	struct event *e = push(a, ret, v, EV_VISIT_UNASSIGNED, now);
	e->u.visit_unassigned.carer_id = v->carer_id;
	e->u.visit_unassigned.cause = cause;
	return OK;
}

enum err visit_cancel(struct arena *a, const struct visit *v, enum cancel_by by,
		      enum cause cause, str note, ts now, struct events *ret)
{
	if (!visit_is_open(v))
		return ERR_WRONG_STATE;
	if (by == CANCEL_BY_NONE || (by == CANCEL_BY_OPERATOR && cause == CAUSE_NONE))
		return ERR_INPUT;
	struct event *e = push(a, ret, v, EV_VISIT_CANCELLED, now);
	e->u.visit_cancelled.by = by;
	e->u.visit_cancelled.cause = cause;
	e->u.visit_cancelled.notice_minutes = ts_minutes(now, v->start_at);
	e->u.visit_cancelled.note = note;
	return OK;
}

enum err visit_move(struct arena *a, const struct visit *v, ts start_at, int duration_min,
		    enum cancel_by by, ts now, struct events *ret)
{
	if (v->state != VISIT_STATE_PLANNED)
		return ERR_WRONG_STATE;
	if (start_at.us < now.us || duration_min < 1 || duration_min > VISIT_LONG_MIN ||
	    by == CANCEL_BY_NONE)
		return ERR_INPUT;
	struct event *e = push(a, ret, v, EV_VISIT_MOVED, now);
	e->u.visit_moved.start_at = start_at;
	e->u.visit_moved.duration_min = duration_min;
	e->u.visit_moved.by = by;
	e->u.visit_moved.notice_minutes = ts_minutes(now, v->start_at);
	return OK;
}

enum err visit_move_operator(struct arena *a, const struct visit *v, struct id to, ts now,
			     struct events *ret)
{
	if (!visit_is_open(v))
		return ERR_WRONG_STATE;
	if (!id_is(to))
		return ERR_INPUT;
	if (id_eq(to, v->operator_id))
		return ERR_DUPLICATE;
	struct event *e = push(a, ret, v, EV_VISIT_OPERATOR_MOVED, now);
	e->u.visit_operator_moved.from_operator_id = v->operator_id;
	e->u.visit_operator_moved.to_operator_id = to;
	return OK;
}

enum err visit_suspend(struct arena *a, const struct visit *v, enum cause cause, ts now,
		       struct events *ret)
{
	if (v->state != VISIT_STATE_PLANNED)
		return ERR_WRONG_STATE;
	push(a, ret, v, EV_VISIT_SUSPENDED, now)->u.visit_suspended.cause = cause;
	return OK;
}

enum err visit_announce_late(struct arena *a, const struct visit *v, struct id carer_id,
			     int minutes, enum cause cause, ts now, struct events *ret)
{
	if (!id_is(carer_id) || !id_eq(v->carer_id, carer_id))
		return ERR_FORBIDDEN;
	if (v->state != VISIT_STATE_PLANNED)
		return ERR_WRONG_STATE;
	if (minutes < 1 || minutes > 240)
		return ERR_INPUT;
	struct event *e = push(a, ret, v, EV_VISIT_LATE_ANNOUNCED, now);
	e->u.visit_late_announced.minutes = minutes;
	e->u.visit_late_announced.cause = cause;
	push(a, ret, v, EV_VISIT_LATE_TOLD, now)->u.visit_late_told.minutes = minutes;
	return OK;
}

enum err visit_door(struct arena *a, const struct visit *v, struct id carer_id,
		    ts claimed_at, ts now, struct events *ret)
{
	if (!id_is(carer_id) || !id_eq(v->carer_id, carer_id))
		return ERR_FORBIDDEN;
	if (!may_begin(v))
		return ERR_WRONG_STATE;
	if (ts_is(v->door_at))
		return ERR_DUPLICATE;
	TRY(claim_check(claimed_at, true, 7, now));
	push(a, ret, v, EV_VISIT_DOOR_CLOSED, now)->u.visit_door_closed.claimed_at =
		claimed_at;
	return OK;
}

enum err visit_attest(struct arena *a, const struct visit *v, enum attestation what,
		      enum proof proof, ts now, struct events *ret)
{
	if (what == ATTESTATION_NONE || now.us < v->start_at.us)
		return ERR_INPUT;
	if (v->state == VISIT_STATE_CANCELLED || v->state == VISIT_STATE_SUSPENDED ||
	    v->state == VISIT_STATE_MOVED)
		return ERR_WRONG_STATE;
	if (v->attestation == what)
		return ERR_DUPLICATE;
	if (now.us > ts_add_min(v->end_at, INT64_C(31) * 1440).us)
		return ERR_GONE;
	struct event *e = push(a, ret, v, EV_VISIT_ATTESTED, now);
	e->u.visit_attested.attestation = what;
	e->u.visit_attested.proof = proof;
	return OK;
}

enum err visit_contest(struct arena *a, const struct visit *v, str what, str note, ts now,
		       struct events *ret)
{
	static const char *const known[] = { "started", "ended", "missed",
					     "late",    "short", "cause" };
	bool ok = false;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		ok = ok || str_eq(what, str_of(known[i]));
	if (!ok)
		return ERR_INPUT;
	if (v->is_contested)
		return ERR_DUPLICATE;
	struct event *e = push(a, ret, v, EV_VISIT_CONTESTED, now);
	e->u.visit_contested.what = what;
	e->u.visit_contested.note = note;
	return OK;
}

enum err visit_settle(struct arena *a, const struct visit *v, bool upheld, str reason,
		      ts now, struct events *ret)
{
	if (!v->is_contested)
		return ERR_WRONG_STATE;
	if (str_blank(reason))
		return ERR_INPUT;
	struct event *e = push(a, ret, v, EV_VISIT_CONTEST_SETTLED, now);
	e->u.visit_contest_settled.upheld = upheld;
	e->u.visit_contest_settled.reason = reason;
	return OK;
}

enum err visit_set_cause(struct arena *a, const struct visit *v, enum cause cause,
			 enum operator_cause operator_cause, str note, ts now,
			 struct events *ret)
{
	if (cause == CAUSE_NONE ||
	    (operator_cause != OPERATOR_CAUSE_NONE && cause != CAUSE_OPERATOR))
		return ERR_INPUT;
	/* a refusal by the person needs her own word, not the operator's */
	if (cause == CAUSE_PERSON_REFUSED && v->attestation == ATTESTATION_NONE)
		return ERR_RULE;
	if (v->cause == cause && v->operator_cause == operator_cause)
		return ERR_DUPLICATE;
	struct event *e = push(a, ret, v, EV_VISIT_CAUSE_SET, now);
	e->u.visit_cause_set.cause = cause;
	e->u.visit_cause_set.operator_cause = operator_cause;
	e->u.visit_cause_set.note = note;
	return OK;
}

enum err visit_supplee(struct arena *a, const struct visit *v, int minutes, ts now,
		       struct events *ret)
{
	if (minutes < 1 || minutes > VISIT_LONG_MIN || now.us < v->start_at.us)
		return ERR_INPUT;
	if (v->state == VISIT_STATE_ENDED || v->state == VISIT_STATE_STARTED)
		return ERR_WRONG_STATE;
	push(a, ret, v, EV_VISIT_SUPPLEED, now)->u.visit_suppleed.minutes = minutes;
	return OK;
}

/* --- apply */

static void apply_assigned(struct visit *v, const struct event *e)
{
	const struct ev_visit_assigned *u = &e->u.visit_assigned;
	/* uncovered after it was promised, or failed already: whoever comes now replaces */
	bool failed =
		v->state == VISIT_STATE_MISSED || ts_is(v->right_at) || v->wave > 0 ||
		v->cause == CAUSE_OPERATOR ||
		(ts_is(v->frozen_at) && !id_is(v->carer_id) && id_is(v->regular_carer_id));
	v->operator_id = u->operator_id;
	v->carer_id = u->carer_id;
	v->assignment = u->how;
	if (failed && !id_eq(u->carer_id, v->regular_carer_id))
		v->replaced_at = e->at;
	if (!id_is(v->regular_carer_id))
		v->regular_carer_id = u->carer_id;
}

static void apply_started(struct visit *v, const struct event *e)
{
	const struct ev_visit_started *u = &e->u.visit_started;
	v->state = VISIT_STATE_STARTED;
	v->carer_id = u->carer_id;
	v->operator_id = u->operator_id;
	v->start_proof = u->proof;
	v->started_at = u->claimed_at;
	v->started_recorded_at = e->at;
	v->is_unknown = false;
	v->step = STEP_DONE;
}

static void apply_ended(struct visit *v, const struct event *e)
{
	v->state = VISIT_STATE_ENDED;
	v->verdict = VERDICT_PENDING;
	v->end_proof = e->u.visit_ended.proof;
	v->ended_at = e->u.visit_ended.claimed_at;
	v->ended_recorded_at = e->at;
	v->tasks_done = (uint32_t)e->u.visit_ended.tasks_done;
}

static void apply_corrected(struct visit *v, const struct event *e)
{
	const struct ev_visit_corrected *u = &e->u.visit_corrected;
	v->is_corrected = true;
	v->verdict = VERDICT_PENDING;
	v->started_at = u->started_at;
	v->started_recorded_at = e->at;
	v->start_proof = PROOF_MANUAL;
	v->state = VISIT_STATE_STARTED;
	v->is_unknown = false;
	if (ts_is(u->ended_at)) {
		v->ended_at = u->ended_at;
		v->ended_recorded_at = e->at;
		v->end_proof = PROOF_MANUAL;
		v->state = VISIT_STATE_ENDED;
	}
	v->step = STEP_DONE;
}

static void apply_moved(struct visit *v, const struct event *e)
{
	const struct ev_visit_moved *u = &e->u.visit_moved;
	int64_t shift = u->start_at.us - v->start_at.us;
	v->start_at = u->start_at;
	v->end_at = ts_add_min(u->start_at, u->duration_min);
	v->notice_min = (int)u->notice_minutes;
	if (u->by !=
	    CANCEL_BY_OPERATOR) /* agreed with the person: the promise moves with it */
		v->asked_start_at = u->start_at;
	if (ts_is(v->remind_at))
		v->remind_at.us += shift;
	v->step = STEP_REMIND;
}

static void apply_attested(struct visit *v, const struct event *e)
{
	v->attestation = e->u.visit_attested.attestation;
	v->attested_at = e->at;
	if (v->attestation == ATTESTATION_NOBODY && v->is_unknown) {
		v->is_unknown = false; /* the person's word wins over a silent device */
		v->unknown_until_at = TS_NONE;
	}
}

static void apply_missed(struct visit *v, const struct event *e)
{
	v->state = VISIT_STATE_MISSED;
	v->verdict = VERDICT_MISSED;
	v->is_unknown = false;
	if (v->cause == CAUSE_NONE) { /* until proven otherwise */
		v->cause = CAUSE_OPERATOR;
		v->operator_cause = e->u.visit_missed.operator_cause;
	}
}

static void apply_cancelled(struct visit *v, const struct event *e)
{
	v->state = VISIT_STATE_CANCELLED;
	v->cancelled_at = e->at;
	v->cancel_by = e->u.visit_cancelled.by;
	v->cause = e->u.visit_cancelled.cause;
	if (v->cancel_by == CANCEL_BY_OPERATOR)
		v->operator_cause = OPERATOR_CAUSE_WITHDRAWAL;
	v->notice_min = (int)e->u.visit_cancelled.notice_minutes;
}

static void apply_alert_withdrawn(struct visit *v)
{
	v->is_unknown = false;
	v->verdict = VERDICT_PENDING;
	if (v->cause == CAUSE_OPERATOR) {
		v->cause = CAUSE_NONE;
		v->operator_cause = OPERATOR_CAUSE_NONE;
	}
}

void visit_apply(struct visit *v, const struct event *e)
{
	ASSERT(id_eq(v->id, e->subject));
	v->version++;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
	switch (e->kind) {
#pragma GCC diagnostic pop
	case EV_VISIT_FROZEN_LATE: v->frozen_at = e->at; break;
	case EV_VISIT_ASSIGNED: apply_assigned(v, e); break;
	case EV_VISIT_UNASSIGNED:
		v->carer_id = ID_NONE;
		v->assignment = ASSIGNMENT_NONE;
		break;
	case EV_VISIT_MOVED: apply_moved(v, e); break;
	case EV_VISIT_OPERATOR_MOVED:
		v->operator_id = e->u.visit_operator_moved.to_operator_id;
		if (!id_is(v->accepted_operator_id)) /* a need that nobody served is taken up */
			v->accepted_operator_id = v->operator_id;
		v->carer_id = ID_NONE;
		v->assignment = ASSIGNMENT_OPERATOR_MOVED;
		break;
	case EV_VISIT_CANCELLED: apply_cancelled(v, e); break;
	case EV_VISIT_SUSPENDED:
		v->state = VISIT_STATE_SUSPENDED;
		v->cause = e->u.visit_suspended.cause;
		v->cancelled_at = e->at;
		v->notice_min = (int)ts_minutes(e->at, v->start_at);
		break;
	case EV_VISIT_REMINDED: v->step = STEP_ASK_CARER; break;
	case EV_VISIT_CARER_ASKED: v->step = STEP_TELL; break;
	case EV_VISIT_LATE_ANNOUNCED:
		v->announced_min = (int)e->u.visit_late_announced.minutes;
		if (e->u.visit_late_announced.cause != CAUSE_NONE)
			v->cause = e->u.visit_late_announced.cause;
		break;
	case EV_VISIT_LATE_TOLD:
		v->told_at = e->at;
		if (v->step < STEP_OFFER)
			v->step = STEP_OFFER;
		break;
	case EV_VISIT_OFFERS_OPENED:
		if (e->u.visit_offers_opened.wave > v->wave)
			v->wave = (int)e->u.visit_offers_opened.wave;
		/* offers made days before, for a visit that lost its carer, skip no step */
		if (v->step < STEP_RIGHT && e->at.us >= v->start_at.us)
			v->step = STEP_RIGHT;
		break;
	case EV_VISIT_RIGHT_OPENED:
		v->right_at = e->at;
		if (v->step < STEP_DEPUTY)
			v->step = STEP_DEPUTY;
		break;
	case EV_VISIT_DEPUTY_CALLED: v->step = STEP_DONE; break;
	case EV_VISIT_STARTED: apply_started(v, e); break;
	case EV_VISIT_ENDED: apply_ended(v, e); break;
	case EV_VISIT_CORRECTED: apply_corrected(v, e); break;
	case EV_VISIT_DOOR_CLOSED:
		v->door_at = e->u.visit_door_closed.claimed_at;
		v->cause = CAUSE_DOOR;
		break;
	case EV_VISIT_MISSED: apply_missed(v, e); break;
	case EV_VISIT_UNKNOWN:
		v->is_unknown = true;
		v->unknown_until_at = e->u.visit_unknown.until_at;
		break;
	case EV_VISIT_ALERT_WITHDRAWN: apply_alert_withdrawn(v); break;
	case EV_VISIT_CAUSE_SET:
		v->cause = e->u.visit_cause_set.cause;
		v->operator_cause = e->u.visit_cause_set.operator_cause;
		break;
	case EV_VISIT_ATTESTED: apply_attested(v, e); break;
	case EV_VISIT_CONTESTED: v->is_contested = true; break;
	case EV_VISIT_CONTEST_SETTLED: v->is_contested = false; break;
	case EV_VISIT_SUPPLEED: v->supplee_min = (int)e->u.visit_suppleed.minutes; break;
	case EV_VISIT_CLOSED:
		v->verdict = e->u.visit_closed.verdict;
		v->is_unknown = false;
		break;
	default: die("event %d does not concern a visit", (int)e->kind);
	}
}
