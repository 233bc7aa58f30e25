/* visit.c - use cases around one visit. */
#include "app/app_impl.h"
#include "app/crew.h"
#include "app/relief.h"
#include "app/signalement.h"

/* The columns that sql_visit_update() leaves alone have changed. */
static bool place_changed(const struct visit *x, const struct visit *y)
{
	return !id_eq(x->operator_id, y->operator_id) || !id_eq(x->carer_id, y->carer_id) ||
	       x->start_at.us != y->start_at.us || x->end_at.us != y->end_at.us ||
	       x->assignment != y->assignment ||
	       !id_eq(x->accepted_operator_id, y->accepted_operator_id) ||
	       !id_eq(x->regular_carer_id, y->regular_carer_id) ||
	       x->remind_at.us != y->remind_at.us ||
	       x->asked_start_at.us != y->asked_start_at.us;
}

static enum err one_carer(struct app *app, struct arena *a, struct id id, struct carer *ret)
{
	if (!id_is(id))
		return ERR_NOT_FOUND;
	return sql_carer_get(app_db(app), a, id, ret);
}

/* Loads the people around a visit and writes what they are told. */
static enum err tell(struct app *app, struct arena *a, const struct visit *v,
		     struct id old_carer_id, const struct events *ev,
		     const struct policy *p, ts now)
{
	struct person person;
	struct contacts contacts;
	struct carer carer, old;
	struct operator op;
	const struct zone *z;
	TRY(app_zone(app, v->territory, &z));
	TRY(sql_person_get(app_db(app), a, v->person_id, &person));
	TRY(sql_contacts_of_person(app_db(app), a, v->person_id, &contacts));
	struct notice_context c = { .visit = v,
				    .person = &person,
				    .contacts = contacts.v,
				    .contact_count = contacts.n,
				    .policy = p,
				    .zone = z };
	if (one_carer(app, a, v->carer_id, &carer) == OK)
		c.carer = &carer;
	if (id_is(old_carer_id) && !id_eq(old_carer_id, v->carer_id) &&
	    one_carer(app, a, old_carer_id, &old) == OK)
		c.old_carer = &old;
	if (id_is(v->operator_id) &&
	    sql_operator_get(app_db(app), a, v->operator_id, &op) == OK)
		c.operator_ = &op;
	for (size_t i = 0; i < ev->n; i++)
		TRY(app_tell(app, a, &ev->v[i], &c, now));
	return OK;
}

/* Check-ins and check-outs concern nobody else: they are most of the load. */
static bool is_news(const struct events *ev)
{
	for (size_t i = 0; i < ev->n; i++)
		if (ev->v[i].kind != EV_VISIT_STARTED && ev->v[i].kind != EV_VISIT_ENDED)
			return true;
	return false;
}

/* Offers begin when the watch opens them or a carer is taken off; they end when somebody is
 * there or nobody is needed any more. */
static enum err relieve(struct app *app, struct arena *a, const struct visit *before,
			struct visit *v, const struct events *ev, ts now)
{
	bool begins = false;
	for (size_t i = 0; i < ev->n; i++) {
		const struct event *e = &ev->v[i];
		/* the watch has just counted the days: before that no report is due */
		if (e->kind == EV_VISIT_MISSED &&
		    (v->operator_cause == OPERATOR_CAUSE_MANQUE_INTERVENANTS ||
		     v->criticality == CRITICALITY_VITAL))
			TRY(app_signalement_consider(app, a, v, now));
		if (e->kind == EV_VISIT_STARTED)
			TRY(app_signalement_resumed(app, a, v, now));
		begins = begins || e->kind == EV_VISIT_UNASSIGNED ||
			 (e->kind == EV_VISIT_OFFERS_OPENED &&
			  e->u.visit_offers_opened.wave == 1);
	}
	if (begins)
		return app_relief_step(app, a, v, now);
	/* the check-in of a visit never offered asks nothing of the store */
	bool offered = before->wave > 0 || !id_is(before->carer_id);
	bool ends = offered && visit_is_open(before) &&
		    (!visit_is_open(v) ||
		     (id_is(v->carer_id) && !id_eq(v->carer_id, before->carer_id)));
	return ends ? app_relief_close(app, a, v, now) : OK;
}

enum err app_visit_commit(struct app *app, struct arena *a, const struct actor *by,
			  struct visit *v, struct events *ev, ts now)
{
	struct visit before = *v;
	for (size_t i = 0; i < ev->n; i++) {
		struct event *e = &ev->v[i];
		e->version = v->version + 1;
		TRY(app_append(app, a, by, v->territory, e));
		visit_apply(v, e);
	}
	struct policy p = app_visit_policy(app, v, now);
	watch_visit_arm(v, &p);
	if (place_changed(&before, v))
		TRY(sql_visit_update_place(app_db(app), v));
	TRY(sql_visit_update(app_db(app), v));
	if (is_news(ev))
		TRY(tell(app, a, v, before.carer_id, ev, &p, now));
	return relieve(app, a, &before, v, ev, now);
}

enum err app_check_in(struct app *app, struct arena *a, const struct actor *by,
		      struct id visit_id, struct check_in *c, ts now, struct visit *ret)
{
	struct visit v;
	struct events ev = { 0 };
	TRY(sql_visit_get(app_db(app), a, visit_id, &v));
	c->operator_id = v.operator_id;
	if (by->role == ROLE_CARER)
		c->carer_id = by->subject_id;
	struct policy p = app_visit_policy(app, &v, now);
	c->offline_days = (int)POLICY(&p, offline_days);
	enum err e = visit_start(a, &v, c, now, &ev);
	if (e == ERR_DUPLICATE) { /* sent twice: the same answer, nothing written */
		*ret = v;
		return ERR_DUPLICATE;
	}
	TRY(e);
	TRY(app_visit_commit(app, a, by, &v, &ev, now));
	*ret = v;
	return OK;
}

enum err app_check_out(struct app *app, struct arena *a, const struct actor *by,
		       struct id visit_id, struct check_out *c, ts now, struct visit *ret)
{
	struct visit v;
	struct events ev = { 0 };
	TRY(sql_visit_get(app_db(app), a, visit_id, &v));
	if (by->role == ROLE_CARER)
		c->carer_id = by->subject_id;
	struct policy p = app_visit_policy(app, &v, now);
	c->offline_days = (int)POLICY(&p, offline_days);
	enum err e = visit_end(a, &v, c, now, &ev);
	if (e == ERR_DUPLICATE) {
		*ret = v;
		return ERR_DUPLICATE;
	}
	TRY(e);
	TRY(app_visit_commit(app, a, by, &v, &ev, now));
	*ret = v;
	return OK;
}

/* The visit, if it is this actor's to touch: her operator's, her own, her home's. */
static enum err load(struct app *app, struct arena *a, const struct actor *by,
		     struct id visit_id, struct visit *ret)
{
	struct visit v;
	TRY(sql_visit_get(app_db(app), a, visit_id, &v));
	bool mine = true;
	if (by->role == ROLE_COORDINATOR || by->role == ROLE_OPERATOR_API)
		mine = id_eq(v.operator_id, by->operator_id) ||
		       id_eq(v.accepted_operator_id, by->operator_id);
	else if (by->role == ROLE_PERSON)
		mine = id_eq(v.person_id, by->subject_id);
	else if (by->role == ROLE_CARER)
		mine = id_eq(v.carer_id, by->subject_id);
	if (!mine)
		return ERR_NOT_FOUND;
	*ret = v;
	return OK;
}

#define COMMIT(call)                                                                       \
	do {                                                                               \
		struct events ev_ = { 0 };                                                 \
		TRY(call);                                                                 \
		return app_visit_commit(app, a, by, &v, &ev_, now);                        \
	} while (0)

enum err app_visit_correct(struct app *app, struct arena *a, const struct actor *by,
			   struct id visit_id, ts started_at, ts ended_at,
			   enum correction_reason reason, str note, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	COMMIT(visit_correct(a, &v, started_at, ended_at, reason, note, now, &ev_));
}

enum err app_visit_assign(struct app *app, struct arena *a, const struct actor *by,
			  struct id visit_id, struct id carer_id, enum assignment how,
			  str rule, int64_t version, ts now)
{
	struct visit v;
	struct carer c;
	TRY(load(app, a, by, visit_id, &v));
	if (version >= 0 && version != v.version)
		return ERR_CONFLICT;
	TRY(sql_carer_get(app_db(app), a, carer_id, &c));
	/* a visit may move to another operator, a carer never works under one that is not hers */
	if (!id_eq(c.operator_id, v.operator_id))
		return ERR_RULE;
	TRY(app_crew_qualified(app, a, &v, carer_id, now));
	COMMIT(visit_assign(a, &v, v.operator_id, carer_id, how, rule, now, &ev_));
}

static enum cancel_by cancel_by(enum role r)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
	switch (r) {
#pragma GCC diagnostic pop
	case ROLE_PERSON: return CANCEL_BY_PERSON;
	case ROLE_CIRCLE:
	case ROLE_GUARDIAN: return CANCEL_BY_FAMILY;
	case ROLE_CARER: return CANCEL_BY_CARER;
	case ROLE_COORDINATOR:
	case ROLE_OPERATOR_API: return CANCEL_BY_OPERATOR;
	case ROLE_AUTHORITY: return CANCEL_BY_AUTHORITY;
	default: return CANCEL_BY_SYSTEM;
	}
}

enum err app_visit_cancel(struct app *app, struct arena *a, const struct actor *by,
			  struct id visit_id, enum cause cause, str note, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	COMMIT(visit_cancel(a, &v, cancel_by(by->role), cause, note, now, &ev_));
}

enum err app_visit_move(struct app *app, struct arena *a, const struct actor *by,
			struct id visit_id, ts start_at, int duration_min, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	COMMIT(visit_move(a, &v, start_at, duration_min, cancel_by(by->role), now, &ev_));
}

enum err app_announce_late(struct app *app, struct arena *a, const struct actor *by,
			   struct id visit_id, int minutes, enum cause cause, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	struct id carer = by->role == ROLE_CARER ? by->subject_id : v.carer_id;
	COMMIT(visit_announce_late(a, &v, carer, minutes, cause, now, &ev_));
}

enum err app_door(struct app *app, struct arena *a, const struct actor *by,
		  struct id visit_id, ts claimed_at, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	struct id carer = by->role == ROLE_CARER ? by->subject_id : v.carer_id;
	COMMIT(visit_door(a, &v, carer, claimed_at, now, &ev_));
}

enum err app_attest(struct app *app, struct arena *a, const struct actor *by,
		    struct id visit_id, enum attestation what, enum proof proof, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	COMMIT(visit_attest(a, &v, what, proof, now, &ev_));
}

enum err app_contest(struct app *app, struct arena *a, const struct actor *by,
		     struct id visit_id, str what, str note, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	COMMIT(visit_contest(a, &v, what, note, now, &ev_));
}

enum err app_set_cause(struct app *app, struct arena *a, const struct actor *by,
		       struct id visit_id, enum cause cause,
		       enum operator_cause operator_cause, str note, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	COMMIT(visit_set_cause(a, &v, cause, operator_cause, note, now, &ev_));
}

enum err app_supplee(struct app *app, struct arena *a, const struct actor *by,
		     struct id visit_id, int minutes, ts now)
{
	struct visit v;
	TRY(load(app, a, by, visit_id, &v));
	COMMIT(visit_supplee(a, &v, minutes, now, &ev_));
}

/* --- the watch over one visit */

static enum err facts_of(struct app *app, struct arena *a, const struct visit *v,
			 const struct policy *p, struct watch_facts *ret)
{
	*ret = (struct watch_facts){ .outage = app_outage(app) };
	if (v->state != VISIT_STATE_PLANNED || v->look_at.us < v->start_at.us)
		return OK;
	struct sql_visits_failed_of_request_row failed;
	TRY(sql_visits_failed_of_request(app_db(app), a, v->request_id, v->start_at,
					 &failed));
	ret->is_repeated = failed.days >= POLICY(p, repeat_days);
	return OK;
}

enum err app_visit_watch(struct app *app, struct arena *a, struct id visit_id, ts now)
{
	struct visit v;
	struct events ev = { 0 };
	struct watch_facts facts;
	TRY(sql_visit_get(app_db(app), a, visit_id, &v));
	struct policy p = app_visit_policy(app, &v, now);
	if (watch_visit_look_at(&v, &p).us >
	    now.us) { /* policy or row moved: arm it anew */
		watch_visit_arm(&v, &p);
		return sql_visit_update(app_db(app), &v);
	}
	TRY(facts_of(app, a, &v, &p, &facts));
	watch_visit_tick(a, &v, &p, &facts, now, &ev);
	if (!ev.n && v.step == STEP_REMIND)
		v.step = STEP_ASK_CARER; /* a reminder that came too late is dropped */
	return app_visit_commit(app, a, &ACTOR_SYSTEM, &v, &ev, now);
}

enum err app_carer_absent(struct app *app, struct arena *a, const struct actor *by,
			  struct absence *absence, ts now, int *ret_uncovered)
{
	struct carer c;
	TRY(sql_carer_get(app_db(app), a, absence->carer_id, &c));
	if (by->role == ROLE_COORDINATOR && !id_eq(by->operator_id, c.operator_id))
		return ERR_NOT_FOUND;
	if (absence->until_at.us <= absence->from_at.us)
		return ERR_INPUT;
	absence->id = app_new_id(app, now);
	absence->territory = c.territory;
	absence->declared_at = now;
	TRY(sql_absence_insert(app_db(app), absence));
	struct event e = {
		.kind = EV_CARER_ABSENT, .at = now, .subject = c.id, .person = c.id
	};
	e.version =
		now.us; /* absences of one carer are ordered by when they were declared */
	e.u.carer_absent.from_at = absence->from_at;
	e.u.carer_absent.until_at = absence->until_at;
	TRY(app_append(app, a, by, c.territory, &e));
	struct visits visits;
	TRY(sql_visits_of_carer(app_db(app), a, c.id, absence->from_at, absence->until_at,
				&visits));
	int uncovered = 0;
	for (size_t i = 0; i < visits.n; i++) {
		struct visit *v = &visits.v[i];
		struct events ev = { 0 };
		if (v->state != VISIT_STATE_PLANNED)
			continue;
		TRY(visit_unassign(a, v, CAUSE_OPERATOR, now, &ev));
		TRY(app_visit_commit(app, a, by, v, &ev, now));
		uncovered++;
	}
	*ret_uncovered = uncovered;
	return OK;
}
