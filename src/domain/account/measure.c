/* measure.c - the national definition of what a visit counts for: see measure.h. */
#include "domain/account/measure.h"

static const struct measure_def defs[] = {
	{ .version = 1,
	  .late_min = { 15, 30, 60 },
	  .short_floor_min = 5,
	  .short_share_bp = 1000,
	  .notice_min = 24 * 60,
	  .unknown_min = 60,
	  .recorded_late_min = 15,
	  .notice_bands_min = { 2 * 60, 24 * 60, 7 * 24 * 60 } },
};

const struct measure_def *measure_def(int version)
{
	for (size_t i = 0; i < sizeof defs / sizeof *defs; i++)
		if (defs[i].version == version)
			return &defs[i];
	return NULL;
}

static const char *const late_names[] = { "none", "tolerance", "15", "30", "60" };
static const char *const notice_names[] = { "none", "0h", "2h", "24h", "7d" };

const char *late_band_name(enum late_band b)
{
	return late_names[b];
}

const char *notice_band_name(enum notice_band b)
{
	return notice_names[b];
}

/* The slot that was promised: the hour asked (a move agreed by the person changes it, one
 * imposed by the operator does not) and the length of the slot. */
static struct span promise(const struct visit *v)
{
	ts from = ts_is(v->asked_start_at) ? v->asked_start_at : v->start_at;
	return (struct span){ from, { from.us + (v->end_at.us - v->start_at.us) } };
}

/* A visit is missed when it has not begun by then. */
static ts last_chance(const struct visit *v, struct span p)
{
	bool bounded = ts_is(v->next_need_at) && ts_before(p.from, v->next_need_at);
	return bounded ? ts_min(p.until, v->next_need_at) : p.until;
}

static bool by_person(enum cancel_by by)
{
	return by == CANCEL_BY_PERSON || by == CANCEL_BY_FAMILY;
}

/* Stopped before it could begin.  A suspension by the person is a cancellation by her. */
static bool is_cancelled(const struct visit *v)
{
	return v->state == VISIT_STATE_CANCELLED || v->state == VISIT_STATE_MOVED ||
	       v->state == VISIT_STATE_SUSPENDED;
}

static enum notice_band notice_of(const struct measure_def *d, const struct visit *v)
{
	if (!is_cancelled(v))
		return NOTICE_BAND_NONE;
	int band = NOTICE_BAND_0;
	for (int i = 0; i < 3; i++)
		if (v->notice_min >= d->notice_bands_min[i])
			band = NOTICE_BAND_2H + i;
	return (enum notice_band)band;
}

/* Only the person or her circle, at least a day before, takes a need out of the account.  A
 * death ends the series: what had not been confirmed yet is a need no more. */
static bool is_counted(const struct measure_def *d, const struct visit *v)
{
	if (is_cancelled(v) && by_person(v->cancel_by) && v->notice_min >= d->notice_min)
		return false;
	return !(is_cancelled(v) && v->cause == CAUSE_DEATH && !ts_is(v->frozen_at));
}

static enum late_band lateness(const struct measure_def *d, const struct visit *v,
			       ts promised)
{
	int64_t late_us = v->started_at.us - promised.us;
	if (late_us <= v->tolerance_min * US_MIN)
		return LATE_NONE;
	int band = LATE_TOLERANCE;
	for (int i = 0; i < 3; i++)
		if (late_us >= d->late_min[i] * US_MIN)
			band = LATE_15 + i;
	return (enum late_band)band;
}

/* Seconds really given of what was promised: the part of the actual time that lies in the
 * slot widened by the person's own tolerance, never more than the length promised.  Without
 * the tolerance, whoever comes five minutes after the hour and stays the full time would have
 * cut the visit short. */
static int64_t done_s(const struct visit *v, struct span p)
{
	ts until = ts_is(v->ended_at) ? v->ended_at : p.until;
	ts from = ts_max(ts_add_min(p.from, -v->tolerance_min), v->started_at);
	int64_t us = ts_min(ts_add_min(p.until, v->tolerance_min), until).us - from.us;
	int64_t promised = p.until.us - p.from.us;
	us = us > promised ? promised : us;
	return us > 0 ? us / US_S : 0;
}

static bool is_short(const struct measure_def *d, int64_t promised_s, int64_t done_s)
{
	int64_t share_s = promised_s * d->short_share_bp; /* in 1/10000 of a second */
	int64_t floor_s = (int64_t)d->short_floor_min * 60 * 10000;
	int64_t slack = share_s > floor_s ? share_s : floor_s;
	return done_s * 10000 < promised_s * 10000 - slack;
}

/* The cause of what was not done: "operator" until proven otherwise.  The person's absence
 * or refusal needs her own word; no answer at the door needs the carer at the door. */
static enum cause proven_cause(const struct visit *v, struct span p)
{
	bool own_word = v->attestation == ATTESTATION_CAME ||
			(is_cancelled(v) && by_person(v->cancel_by));
	bool at_door = ts_is(v->door_at) && ts_before(v->door_at, p.until);
	switch (v->cause) {
	case CAUSE_PERSON_ABSENT:
	case CAUSE_PERSON_REFUSED: return own_word ? v->cause : CAUSE_OPERATOR;
	case CAUSE_DOOR: return at_door ? CAUSE_DOOR : CAUSE_OPERATOR;
	case CAUSE_NONE: return at_door ? CAUSE_DOOR : CAUSE_OPERATOR;
	case CAUSE_OPERATOR:
	case CAUSE_HOSPITAL:
	case CAUSE_DEATH:
	case CAUSE_PROLONGED_PREVIOUS:
	case CAUSE_DANGER:
	case CAUSE_STRIKE:
	case CAUSE_WEATHER:
	case CAUSE_FAMILY:
	case CAUSE_SYSTEM: return v->cause;
	}
	die("cause %d", (int)v->cause);
}

static void blame(const struct visit *v, struct span p, struct measured *m)
{
	m->cause = proven_cause(v, p);
	if (m->cause != CAUSE_OPERATOR || m->verdict != VERDICT_MISSED)
		return;
	m->operator_cause = v->operator_cause;
	if (m->operator_cause == OPERATOR_CAUSE_NONE)
		m->operator_cause = is_cancelled(v) ? OPERATOR_CAUSE_WITHDRAWAL
						    : OPERATOR_CAUSE_ABSENCE_NON_REMPLACEE;
}

static void measure_cancelled(const struct visit *v, struct span p, struct measured *m)
{
	m->cancelled_by = v->cancel_by;
	if (!m->is_counted) {
		m->verdict = VERDICT_EXCUSED;
		m->cause = v->cause;
	} else if (by_person(v->cancel_by)) {
		/* too late to leave the account, and nobody else's failure */
		m->verdict = VERDICT_EXCUSED;
		m->cause = v->cause == CAUSE_NONE || v->cause == CAUSE_OPERATOR
				   ? CAUSE_PERSON_REFUSED
				   : v->cause;
	} else {
		m->verdict = VERDICT_MISSED;
		blame(v, p, m);
	}
}

/* Somebody checked in before the last chance. */
static void measure_begun(const struct measure_def *d, const struct visit *v, struct span p,
			  struct measured *m)
{
	m->is_begun = true;
	m->late = lateness(d, v, p.from);
	m->is_departure_unproven = !ts_is(v->ended_at);
	m->done_s = done_s(v, p);
	m->is_short = !m->is_departure_unproven && is_short(d, m->promised_s, m->done_s);
	if (v->attestation == ATTESTATION_SHORT_VISIT)
		m->is_short = true;
	if (m->late != LATE_NONE)
		m->verdict = v->cause == CAUSE_PROLONGED_PREVIOUS ? VERDICT_EXCUSED
								  : VERDICT_LATE;
	else
		m->verdict = m->is_short ? VERDICT_SHORT_VISIT : VERDICT_ON_TIME;
	if (m->late != LATE_NONE || m->is_short)
		blame(v, p, m);
}

/* The person says that somebody came, and no device said when: her word is enough for the
 * visit, not for its hour. */
static void measure_word(const struct visit *v, struct span p, struct measured *m)
{
	m->is_begun = true;
	m->is_departure_unproven = true;
	m->proof = PROOF_RELATIVE;
	m->done_s = m->promised_s;
	m->is_short = v->attestation == ATTESTATION_SHORT_VISIT;
	m->verdict = m->is_short ? VERDICT_SHORT_VISIT : VERDICT_ON_TIME;
	if (m->is_short)
		blame(v, p, m);
}

static void measure_unknown(const struct measure_def *d, const struct visit *v,
			    struct span p, ts at, struct measured *m)
{
	ts bound = ts_add_min(p.until, d->unknown_min);
	if (v->cause ==
	    CAUSE_SYSTEM) { /* an outage of ours lasts until the devices speak */
		bound = ts_max(bound, v->unknown_until_at);
		m->cause = CAUSE_SYSTEM;
	}
	m->verdict = ts_before(at, bound) ? VERDICT_UNKNOWN : VERDICT_NON_PROUVE;
}

static void measure_not_begun(const struct measure_def *d, const struct visit *v,
			      struct span p, ts at, struct measured *m)
{
	bool absent = v->cause == CAUSE_PERSON_ABSENT || v->cause == CAUSE_PERSON_REFUSED;
	bool came = v->attestation == ATTESTATION_CAME ||
		    v->attestation == ATTESTATION_SHORT_VISIT;
	bool started = ts_is(v->started_at); /* but too late */
	if (came && !started && !absent)
		measure_word(v, p, m);
	else if (v->is_unknown && !started && v->attestation != ATTESTATION_NOBODY)
		measure_unknown(d, v, p, at, m);
	else {
		m->verdict = VERDICT_MISSED;
		m->done_s = started ? done_s(v, p) : 0;
		m->is_departure_unproven = m->done_s > 0 && !ts_is(v->ended_at);
		blame(v, p, m);
	}
}

static void measure_evidence(const struct measure_def *d, const struct visit *v,
			     struct span p, struct measured *m)
{
	m->proof = v->start_proof;
	m->is_recorded_late =
		ts_is(v->started_at) && v->started_recorded_at.us - v->started_at.us >
						d->recorded_late_min * US_MIN;
	if (ts_is(v->ended_at) &&
	    v->ended_recorded_at.us - v->ended_at.us > d->recorded_late_min * US_MIN)
		m->is_recorded_late = true;
	m->is_corrected = v->is_corrected;
	m->is_contested = v->is_contested ||
			  (ts_is(v->started_at) && v->attestation == ATTESTATION_NOBODY);
	m->is_replaced = ts_is(v->replaced_at);
	if (m->is_replaced && ts_before(p.from, v->replaced_at))
		m->replaced_min = ts_minutes(p.from, v->replaced_at);
	m->is_suppleed = v->supplee_min > 0;
	m->supplee_s = (int64_t)v->supplee_min * 60;
}

enum err measure_visit(const struct visit *v, ts at, int version, struct measured *ret)
{
	const struct measure_def *d = measure_def(version);
	if (!d)
		return ERR_VERSION;
	struct span p = promise(v);
	struct measured m = {
		.verdict = VERDICT_PENDING,
		.is_counted = is_counted(d, v),
		.is_accepted = id_is(v->accepted_operator_id),
		.promised_s = (p.until.us - p.from.us) / US_S,
		.notice = notice_of(d, v),
	};
	m.is_confirmed = m.is_accepted && ts_is(v->frozen_at);
	measure_evidence(d, v, p, &m);
	ts chance = last_chance(v, p);
	if (is_cancelled(v))
		measure_cancelled(v, p, &m);
	else if (ts_is(v->started_at) && ts_before(v->started_at, chance))
		measure_begun(d, v, p, &m);
	else if (!ts_before(at, chance) || v->state == VISIT_STATE_MISSED)
		measure_not_begun(d, v, p, at, &m);
	*ret = m;
	return OK;
}
