/* request.c - use cases around a request, and the visits that it plans. */
#include "app/app_impl.h"

/* The line of the operator asked last, if any. */
static enum err open_answer(struct app *app, struct arena *a, const struct request *r,
			    struct request_answer *line, struct request_answer **ret)
{
	struct request_answers lines;
	*ret = NULL;
	if (!r->round)
		return OK;
	TRY(sql_request_answers(app_db(app), a, r->id, &lines));
	if (lines.n) {
		*line = lines.v[lines.n - 1];
		*ret = line;
	}
	return OK;
}

static enum err tell(struct app *app, struct arena *a, const struct request *r,
		     const struct events *ev, const struct policy *p, const struct zone *z,
		     ts now)
{
	struct person person;
	struct operator op;
	struct request_answer line, *open;
	TRY(sql_person_get(app_db(app), a, r->person_id, &person));
	struct notice_context c = {
		.request = r, .person = &person, .policy = p, .zone = z
	};
	TRY(open_answer(app, a, r, &line, &open));
	if (open && sql_operator_get(app_db(app), a, open->operator_id, &op) == OK)
		c.operator_ = &op;
	for (size_t i = 0; i < ev->n; i++)
		TRY(app_tell(app, a, &ev->v[i], &c, now));
	return OK;
}

/* Appends, folds into the request and the operator's line, plans its visits, tells. */
static enum err commit(struct app *app, struct arena *a, const struct actor *by,
		       struct request *r, struct events *ev, ts now)
{
	const struct zone *z;
	struct request_answer line = { 0 }, *open;
	TRY(app_zone(app, r->territory, &z));
	TRY(open_answer(app, a, r, &line, &open));
	for (size_t i = 0; i < ev->n; i++) {
		struct event *e = &ev->v[i];
		e->version = r->version + 1;
		TRY(app_append(app, a, by, r->territory, e));
		request_apply(r, e);
		if (e->kind == EV_REQUEST_TRANSMITTED || e->kind == EV_REQUEST_ANSWERED ||
		    e->kind == EV_REQUEST_SILENT) {
			if (e->kind == EV_REQUEST_TRANSMITTED)
				line = (struct request_answer){ 0 };
			line.territory = r->territory;
			request_answer_apply(&line, e);
			TRY(sql_request_answer_put(app_db(app), &line));
			open = &line;
		}
	}
	struct policy p =
		app_policy(app, r->territory, r->operator_id, r->criticality, now);
	TRY(app_request_plan(app, a, r, now));
	r->look_at = request_look_at(r, open, &p, z);
	TRY(sql_request_update(app_db(app), r));
	return tell(app, a, r, ev, &p, z, now);
}

/* --- planning: requests become visits */

static enum err freeze_late(struct app *app, struct arena *a, struct visit *v,
			    const struct policy *p, ts now)
{
	struct event e = { .kind = EV_VISIT_FROZEN_LATE,
			   .at = now,
			   .subject = v->id,
			   .person = v->person_id };
	e.u.visit_frozen_late.request_id = v->request_id;
	e.u.visit_frozen_late.operator_id = v->accepted_operator_id;
	e.u.visit_frozen_late.start_at = v->start_at;
	e.u.visit_frozen_late.duration_min = visit_minutes(v);
	e.version = v->version + 1;
	TRY(app_append(app, a, &ACTOR_SYSTEM, v->territory, &e));
	visit_apply(v, &e);
	v->policy_version = p->version;
	v->measure_version = 1;
	return OK;
}

/* What becomes of a visit that exists already when its request has changed. */
static enum err realign(struct app *app, struct arena *a, const struct request *r,
			struct visit *v, bool still_due, ts now)
{
	struct events ev = { 0 };
	if (!still_due) {
		bool over = r->state == REQUEST_STATE_WITHDRAWN ||
			    r->state == REQUEST_STATE_ENDED;
		if (over || request_is_live(r))
			TRY(visit_cancel(a, v, CANCEL_BY_PERSON, CAUSE_NONE, (str){ 0 },
					 now, &ev));
		else
			TRY(visit_suspend(a, v, CAUSE_PERSON_ABSENT, now, &ev));
	} else if (id_is(r->operator_id) && !id_eq(v->operator_id, r->operator_id) &&
		   !id_is(v->operator_id)) {
		TRY(visit_move_operator(a, v, r->operator_id, now, &ev));
		if (id_is(r->carer_id))
			TRY(visit_assign(a, v, r->operator_id, r->carer_id,
					 ASSIGNMENT_REGULAR, (str){ 0 }, now, &ev));
	} else if (!id_is(r->operator_id) && id_is(v->accepted_operator_id) &&
		   id_is(v->carer_id)) {
		/* given back: it counts against the operator at any notice */
		TRY(visit_set_cause(a, v, CAUSE_OPERATOR, OPERATOR_CAUSE_WITHDRAWAL,
				    (str){ 0 }, now, &ev));
		TRY(visit_unassign(a, v, CAUSE_OPERATOR, now, &ev));
	}
	return ev.n ? app_visit_commit(app, a, &ACTOR_SYSTEM, v, &ev, now) : OK;
}

static bool is_among(const struct occurrences *o, const struct visit *v)
{
	size_t lo = 0, hi = o->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = o->v[mid].day.d - v->recurrence_on.d;
		if (c == 0)
			c = o->v[mid].min - v->recurrence_minute;
		if (c == 0)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* A slot that runs into the person's next need is bounded by it. */
static enum err bound_by_next(struct app *app, struct arena *a, struct id person_id,
			      ts from, ts until)
{
	struct visits all;
	TRY(sql_visits_of_person(app_db(app), a, person_id, from, until, &all));
	for (size_t i = 0; i + 1 < all.n; i++) {
		struct visit *v = &all.v[i];
		ts next = all.v[i + 1].start_at;
		ts bound =
			next.us < v->end_at.us && next.us > v->start_at.us ? next : TS_NONE;
		if (bound.us != v->next_need_at.us)
			TRY(sql_visit_set_next_need(app_db(app), bound, v->id));
	}
	return OK;
}

static enum err existing(struct app *app, struct arena *a, const struct request *r,
			 const struct occurrences *due, ts now)
{
	struct visits open;
	TRY(sql_visits_open_of_request(app_db(app), a, r->id, now, &open));
	for (size_t i = 0; i < open.n; i++) {
		struct visit *v = &open.v[i];
		bool touched = ts_is(v->frozen_at) || v->version > 0;
		if (touched)
			TRY(realign(app, a, r, v, is_among(due, v), now));
		else /* derived and not yet promised to anybody: made anew below */
			TRY(sql_visit_delete(app_db(app), v->id));
	}
	return OK;
}

enum err app_request_plan(struct app *app, struct arena *a, struct request *r, ts now)
{
	const struct zone *z;
	struct person person;
	TRY(app_zone(app, r->territory, &z));
	TRY(sql_person_get(app_db(app), a, r->person_id, &person));
	struct policy p =
		app_policy(app, r->territory, r->operator_id, r->criticality, now);
	day today = zone_day(z, now);
	day until = day_add(today, (int)POLICY(&p, horizon_days) + 7);
	struct occurrences due = { 0 };
	bool live = request_is_live(r) && person.state == PERSON_STATE_ACTIVE;
	if (live)
		TRY(request_expand(a, r, z, today, until, &due));
	TRY(existing(app, a, r, &due, now));
	r->planned_until_on = live ? until : DAY_NONE;
	if (!live)
		return OK;
	struct app_place place;
	TRY(app_place_of(app, a, r->territory, &place));
	bool overlap = false;
	for (size_t i = 0; i < due.n; i++) {
		if (due.v[i].start.us <= now.us)
			continue;
		struct visit v = request_visit(r, &due.v[i], app_id_key(app), &p, z,
					       person.reminder);
		bool frozen = place.frozen_on.d != INT32_MIN &&
			      due.v[i].day.d <= place.frozen_on.d;
		struct visit old;
		enum err e = sql_visit_get(app_db(app), a, v.id, &old);
		if (e == OK)
			continue; /* exists: realigned above */
		if (e != ERR_NOT_FOUND)
			return e;
		if (frozen)
			TRY(freeze_late(app, a, &v, &p, now));
		watch_visit_arm(&v, &p);
		TRY(sql_visit_insert(app_db(app), &v));
		overlap = true;
	}
	return overlap ? bound_by_next(app, a, r->person_id, now,
				       zone_ts(z, day_add(until, 1), 0))
		       : OK;
}

/* --- commands */

static enum err load(struct app *app, struct arena *a, const struct actor *by, struct id id,
		     struct request *ret)
{
	struct request r;
	TRY(sql_request_get(app_db(app), a, id, &r));
	if (by->role == ROLE_PERSON && !id_eq(r.person_id, by->subject_id))
		return ERR_NOT_FOUND;
	*ret = r;
	return OK;
}

enum err app_request_ask(struct app *app, struct arena *a, const struct actor *by,
			 struct request *r, ts now)
{
	const struct zone *z;
	struct events ev = { 0 };
	struct person person;
	if (by->role == ROLE_PERSON && !id_eq(r->person_id, by->subject_id))
		return ERR_NOT_FOUND;
	TRY(sql_person_get(app_db(app), a, r->person_id, &person));
	r->territory = person.territory;
	TRY(app_zone(app, r->territory, &z));
	r->id = app_new_id(app, now);
	r->state = REQUEST_STATE_ASKED;
	r->planned_until_on = DAY_NONE;
	r->suspended_until_on = DAY_NONE;
	r->version = 0;
	if (!r->carers)
		r->carers = 1;
	TRY(request_ask(a, r, now, zone_day(z, now), &ev));
	r->asked_at = now;
	r->look_at = TS_NEVER;
	TRY(sql_request_insert(app_db(app), r));
	return commit(app, a, by, r, &ev, now);
}

/* One step of an import on a working copy, so that the next rule sees its effect. */
static void foresee(struct request *w, struct request_answer *line, const struct events *ev,
		    size_t from)
{
	for (size_t i = from; i < ev->n; i++) {
		request_apply(w, &ev->v[i]);
		request_answer_apply(line, &ev->v[i]);
	}
}

enum err app_request_import(struct app *app, struct arena *a, const struct actor *by,
			    struct request *r, struct id operator_id, enum answer answer,
			    enum refusal_reason reason, struct id carer_id, ts now)
{
	const struct zone *z;
	struct events ev = { 0 };
	struct person person;
	struct request_answer line = { 0 };
	TRY(sql_person_get(app_db(app), a, r->person_id, &person));
	r->territory = person.territory;
	TRY(app_zone(app, r->territory, &z));
	r->id = app_new_id(app, now);
	r->state = REQUEST_STATE_ASKED;
	r->planned_until_on = r->suspended_until_on = DAY_NONE;
	r->carers = r->carers ? r->carers : 1;
	r->version = 0;
	struct request w = *r;
	TRY(request_ask(a, r, now, zone_day(z, now), &ev));
	foresee(&w, &line, &ev, 0);
	if (!r->is_imported) {
		TRY(request_confirm(a, &w, true, now, &ev));
		foresee(&w, &line, &ev, ev.n - 1);
	}
	if (id_is(operator_id)) {
		TRY(request_transmit(a, &w, NULL, operator_id, now, &ev));
		foresee(&w, &line, &ev, ev.n - 1);
		TRY(request_reply(a, &w, &line, answer, reason, (str){ 0 }, now, &ev));
		foresee(&w, &line, &ev, ev.n - 1);
	}
	if (id_is(carer_id) && id_is(w.operator_id))
		TRY(request_set_carer(a, &w, carer_id, now, &ev));
	r->asked_at = now;
	r->look_at = TS_NEVER;
	TRY(sql_request_insert(app_db(app), r));
	return commit(app, a, by, r, &ev, now);
}

#define COMMIT(call)                                                                       \
	do {                                                                               \
		struct events ev_ = { 0 };                                                 \
		TRY(call);                                                                 \
		return commit(app, a, by, &r, &ev_, now);                                  \
	} while (0)

enum err app_request_confirm(struct app *app, struct arena *a, const struct actor *by,
			     struct id request_id, bool confirmed, ts now)
{
	struct request r;
	TRY(load(app, a, by, request_id, &r));
	COMMIT(request_confirm(a, &r, confirmed, now, &ev_));
}

enum err app_request_transmit(struct app *app, struct arena *a, const struct actor *by,
			      struct id request_id, struct id operator_id, ts now)
{
	struct request r;
	struct operator op;
	struct request_answer line, *open;
	TRY(load(app, a, by, request_id, &r));
	TRY(sql_operator_get(app_db(app), a, operator_id, &op));
	if (op.state != OPERATOR_STATE_ACTIVE || !str_eq(op.territory, r.territory))
		return ERR_RULE;
	TRY(open_answer(app, a, &r, &line, &open));
	COMMIT(request_transmit(a, &r, open, operator_id, now, &ev_));
}

enum err app_request_reply(struct app *app, struct arena *a, const struct actor *by,
			   struct id request_id, struct id operator_id, enum answer answer,
			   enum refusal_reason reason, str note, ts now)
{
	struct request r;
	struct request_answer line, *open;
	if ((by->role == ROLE_COORDINATOR || by->role == ROLE_OPERATOR_API) &&
	    !id_eq(by->operator_id, operator_id))
		return ERR_NOT_FOUND;
	TRY(load(app, a, by, request_id, &r));
	TRY(open_answer(app, a, &r, &line, &open));
	if (!open || !id_eq(open->operator_id, operator_id))
		return ERR_NOT_FOUND;
	COMMIT(request_reply(a, &r, open, answer, reason, note, now, &ev_));
}

enum err app_request_withdraw(struct app *app, struct arena *a, const struct actor *by,
			      struct id request_id, ts now)
{
	struct request r;
	TRY(load(app, a, by, request_id, &r));
	enum cancel_by who = by->role == ROLE_PERSON ? CANCEL_BY_PERSON
			     : by->role == ROLE_CIRCLE || by->role == ROLE_GUARDIAN
				     ? CANCEL_BY_FAMILY
			     : by->role == ROLE_AUTHORITY ? CANCEL_BY_AUTHORITY
							  : CANCEL_BY_SYSTEM;
	COMMIT(request_withdraw(a, &r, who, now, &ev_));
}

enum err app_request_suspend(struct app *app, struct arena *a, const struct actor *by,
			     struct id request_id, day until_on, enum cause cause, ts now)
{
	struct request r;
	(void)cause;
	TRY(load(app, a, by, request_id, &r));
	COMMIT(request_suspend(a, &r, until_on, now, &ev_));
}

enum err app_request_resume(struct app *app, struct arena *a, const struct actor *by,
			    struct id request_id, ts now)
{
	struct request r;
	TRY(load(app, a, by, request_id, &r));
	COMMIT(request_resume(a, &r, now, &ev_));
}

enum err app_request_set_carer(struct app *app, struct arena *a, const struct actor *by,
			       struct id request_id, struct id carer_id, ts now)
{
	struct request r;
	struct carer c;
	TRY(load(app, a, by, request_id, &r));
	TRY(sql_carer_get(app_db(app), a, carer_id, &c));
	if (!id_eq(c.operator_id, r.operator_id))
		return ERR_RULE;
	COMMIT(request_set_carer(a, &r, carer_id, now, &ev_));
}

enum err app_request_watch(struct app *app, struct arena *a, struct id request_id, ts now)
{
	struct request r;
	struct request_answer line, *open;
	struct events ev = { 0 };
	const struct zone *z;
	TRY(sql_request_get(app_db(app), a, request_id, &r));
	TRY(app_zone(app, r.territory, &z));
	TRY(open_answer(app, a, &r, &line, &open));
	struct policy p = app_policy(app, r.territory, r.operator_id, r.criticality, now);
	request_tick(a, &r, open, &p, z, now, &ev);
	return commit(app, a, &ACTOR_SYSTEM, &r, &ev, now);
}
