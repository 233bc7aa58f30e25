#include "domain/watch/watch_visit.h"

ts watch_visit_close_at(const struct visit *v)
{
	if (ts_is(v->next_need_at) && v->next_need_at.us < v->end_at.us)
		return v->next_need_at;
	return v->end_at;
}

/* When the step falls due; TS_NEVER when it does not concern this visit. */
static ts step_at(const struct visit *v, const struct policy *p, enum step s)
{
	ts hour = v->start_at;
	ts from = ts_add_min(hour, v->announced_min);
	switch (s) {
	case STEP_REMIND: return ts_is(v->remind_at) ? v->remind_at : hour;
	case STEP_ASK_CARER: return ts_add_min(from, POLICY(p, ask_carer_min));
	case STEP_TELL: return ts_add_min(hour, POLICY(p, tell_min));
	case STEP_OFFER: return ts_add_min(from, POLICY(p, offer_min));
	case STEP_RIGHT:
		if (POLICY(p, right_min) < 0)
			return ts_max(v->end_at, ts_add_min(hour, POLICY(p, offer_min)));
		return ts_add_min(hour, POLICY(p, right_min));
	case STEP_DEPUTY: return ts_add_min(hour, POLICY(p, deputy_min));
	case STEP_CLOSE:
	case STEP_DONE: break;
	}
	return TS_NEVER;
}

/* A visit served by an operator is relieved by the watch; the other modes are watched for the
 * person's sake only: she is told, nobody is offered her visit. */
static bool relieved(const struct visit *v)
{
	return v->mode == CARE_MODE_PRESTATAIRE;
}

static bool steps_run(const struct visit *v)
{
	if (v->is_unknown || ts_is(v->door_at))
		return false;
	return (v->state == VISIT_STATE_PLANNED && v->verdict == VERDICT_PENDING) ||
	       (v->state == VISIT_STATE_MISSED && !ts_is(v->replaced_at) &&
		v->verdict != VERDICT_EXCUSED);
}

/* The next step that concerns this visit; STEP_DONE: none. */
static enum step next_step(const struct visit *v)
{
	enum step s = v->step;
	if (s == STEP_REMIND && !ts_is(v->remind_at))
		s = STEP_ASK_CARER;
	if (s == STEP_ASK_CARER && (!id_is(v->carer_id) || v->announced_min > 0))
		s = STEP_TELL;
	if (s >= STEP_OFFER && !relieved(v))
		s = STEP_DONE;
	return s >= STEP_CLOSE ? STEP_DONE : s;
}

static ts close_look_at(const struct visit *v, const struct policy *p)
{
	if (v->state == VISIT_STATE_PLANNED && v->attestation == ATTESTATION_NOBODY)
		return ts_max(v->attested_at, ts_add_min(v->start_at, v->tolerance_min));
	if (v->verdict != VERDICT_PENDING)
		return TS_NEVER;
	if (v->state == VISIT_STATE_PLANNED)
		return v->is_unknown ? v->unknown_until_at : watch_visit_close_at(v);
	if (v->state == VISIT_STATE_STARTED)
		return ts_add_min(v->end_at, POLICY(p, unknown_grace_min));
	return TS_NEVER;
}

ts watch_visit_look_at(const struct visit *v, const struct policy *p)
{
	ts at = close_look_at(v, p);
	if (steps_run(v)) {
		enum step s = next_step(v);
		if (s < STEP_DONE)
			at = ts_min(at, step_at(v, p, s));
	}
	return at;
}

int watch_visit_harm(const struct visit *v)
{
	int by_need = v->criticality == CRITICALITY_VITAL      ? 0
		      : v->criticality == CRITICALITY_PERSONAL ? 1
							       : 2;
	if (v->state != VISIT_STATE_PLANNED && v->state != VISIT_STATE_MISSED)
		return 9;
	enum step s = next_step(v);
	if (s == STEP_REMIND)
		return 8;
	if (s == STEP_ASK_CARER)
		return 5 + by_need;
	return by_need + (s == STEP_TELL ? 2 : 0);
}

void watch_visit_arm(struct visit *v, const struct policy *p)
{
	v->look_at = watch_visit_look_at(v, p);
	v->harm = watch_visit_harm(v);
}

static struct event *push(struct arena *a, struct events *ret, struct visit *v,
			  enum event_kind kind, ts now)
{
	struct event *e = ARENA_PUSH(a, ret);
	*e = (struct event){ .kind = kind,
			     .at = now,
			     .subject = v->id,
			     .person = v->person_id,
			     .actor_role = ROLE_SYSTEM };
	return e;
}

static void missed(struct arena *a, struct events *ret, struct visit *v,
		   const struct watch_facts *f, ts now)
{
	struct event *e = push(a, ret, v, EV_VISIT_MISSED, now);
	e->u.visit_missed.operator_id = v->operator_id;
	e->u.visit_missed.carer_id = v->carer_id;
	e->u.visit_missed.operator_cause = f->is_repeated
						   ? OPERATOR_CAUSE_MANQUE_INTERVENANTS
						   : OPERATOR_CAUSE_ABSENCE_NON_REMPLACEE;
}

static void closed(struct arena *a, struct events *ret, struct visit *v,
		   enum verdict verdict, ts now)
{
	push(a, ret, v, EV_VISIT_CLOSED, now)->u.visit_closed.verdict = verdict;
}

static bool overlaps(const struct visit *v, struct span s)
{
	return ts_is(s.until) && s.from.us < v->end_at.us && s.until.us > v->start_at.us;
}

/* The slot is over (or its bound): what is true of a visit not begun, or not ended. */
static void close_tick(struct arena *a, struct events *ret, struct visit *v,
		       const struct policy *p, const struct watch_facts *f, ts now)
{
	if (v->state == VISIT_STATE_STARTED) {
		closed(a, ret, v, VERDICT_NON_PROUVE, now); /* departure not proven */
	} else if (v->is_unknown && v->attestation != ATTESTATION_NOBODY) {
		closed(a, ret, v, VERDICT_NON_PROUVE, now);
	} else if (v->attestation != ATTESTATION_NOBODY &&
		   (overlaps(v, f->outage) ||
		    (f->is_device_silent && id_is(v->carer_id)))) {
		ts until = ts_add_min(v->end_at, POLICY(p, unknown_grace_min));
		if (overlaps(v, f->outage))
			until = ts_max(until, ts_add_min(f->outage.until,
							 POLICY(p, unknown_grace_min)));
		push(a, ret, v, EV_VISIT_UNKNOWN, now)->u.visit_unknown.until_at =
			ts_max(until, ts_add_min(now, 1));
	} else {
		missed(a, ret, v, f, now);
	}
}

static void step_tick(struct arena *a, struct events *ret, struct visit *v, enum step s,
		      ts now)
{
	switch (s) {
	case STEP_REMIND: push(a, ret, v, EV_VISIT_REMINDED, now); break;
	case STEP_ASK_CARER: push(a, ret, v, EV_VISIT_CARER_ASKED, now); break;
	case STEP_TELL:
		push(a, ret, v, EV_VISIT_LATE_TOLD, now)->u.visit_late_told.minutes =
			ts_minutes(v->start_at, now);
		break;
	case STEP_OFFER:
		push(a, ret, v, EV_VISIT_OFFERS_OPENED, now)->u.visit_offers_opened.wave =
			1;
		break;
	case STEP_RIGHT: push(a, ret, v, EV_VISIT_RIGHT_OPENED, now); break;
	case STEP_DEPUTY: push(a, ret, v, EV_VISIT_DEPUTY_CALLED, now); break;
	case STEP_CLOSE:
	case STEP_DONE: die("no such step of the watch: %d", (int)s);
	}
}

void watch_visit_tick(struct arena *a, const struct visit *v, const struct policy *p,
		      const struct watch_facts *f, ts now, struct events *ret)
{
	struct visit w = *v;
	for (int guard = 0; watch_visit_look_at(&w, p).us <= now.us; guard++) {
		ASSERT(guard < 32);
		size_t before = ret->n;
		enum step s = steps_run(&w) ? next_step(&w) : STEP_DONE;
		ts step = s < STEP_DONE ? step_at(&w, p, s) : TS_NEVER;
		if (s == STEP_REMIND && now.us >= w.start_at.us) {
			w.step = STEP_ASK_CARER; /* too late to remind of it */
			continue;
		}
		if (step.us <= close_look_at(&w, p).us)
			step_tick(a, ret, &w, s, now);
		else
			close_tick(a, ret, &w, p, f, now);
		for (; before < ret->n; before++)
			visit_apply(&w, &ret->v[before]);
	}
}
