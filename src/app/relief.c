/* relief.c - the steps of relief and the answers to offers. */
#include "app/relief.h"

#include "app/app_impl.h"
#include "app/crew.h"

/* Carers whose hours are loaded for one wave of offers, of those not asked yet. */
enum { WAVE_LIST = 8 };

/* --- the steps ------------------------------------------------------------------------ */

static struct wave_policy waves_of(const struct policy *p)
{
	return (struct wave_policy){ .size = (int)POLICY(p, wave_size),
				     .minutes = (int)POLICY(p, wave_min),
				     .waves = (int)POLICY(p, waves) };
}

static enum err tell_one(struct app *app, const struct visit *v, enum role role,
			 struct id who, enum channel channel, str key, str args, ts until,
			 ts now)
{
	if (channel == CHANNEL_NONE)
		return OK;
	struct notice n = { .id = app_new_id(app, now),
			    .territory = v->territory,
			    .person_id = v->person_id,
			    .visit_id = v->id,
			    .recipient_role = role,
			    .recipient_id = who,
			    .channel = channel,
			    .key = key,
			    .args = args,
			    .state = NOTICE_STATE_PENDING,
			    .made_at = now,
			    .look_at = now,
			    .until_at = until,
			    .harm = v->criticality == CRITICALITY_VITAL ? 0 : 2 };
	return sql_notice_insert(app_db(app), &n);
}

/* As notice_args() of domain/watch: hour, minutes, tasks, a name (of nobody here). */
static str args_of(struct arena *a, const struct visit *v, int minutes)
{
	return str_fmt(a, "%lld\n%d\n%u\n", (long long)v->start_at.us, minutes, v->tasks);
}

static enum err append_all(struct app *app, struct arena *a, const struct actor *by,
			   const struct visit *v, struct events *ev)
{
	for (size_t i = 0; i < ev->n; i++)
		TRY(app_append(app, a, by, v->territory, &ev->v[i]));
	return OK;
}

static enum err opened(struct app *app, struct arena *a, struct visit *v, int wave,
		       size_t offered, ts now)
{
	struct events ev = { 0 };
	struct event *e = ARENA_PUSH(a, &ev);
	*e = (struct event){ .kind = EV_VISIT_OFFERS_OPENED,
			     .at = now,
			     .subject = v->id,
			     .person = v->person_id,
			     .actor_role = ROLE_SYSTEM };
	e->u.visit_offers_opened.wave = wave;
	e->u.visit_offers_opened.offered = (int64_t)offered;
	return app_visit_commit(app, a, &ACTOR_SYSTEM, v, &ev, now);
}

static enum err send_wave(struct app *app, struct arena *a, struct visit *v,
			  const struct ranking *ranked, const struct offers *asked,
			  const struct wave_policy *w, int wave, ts now)
{
	struct id ids[32];
	struct events ev = { 0 };
	struct offers rows = { 0 };
	struct wave_policy p = *w;
	if (p.size > 32)
		p.size = 32;
	for (int i = 0; i < p.size; i++)
		ids[i] = app_new_id(app, now);
	TRY(offers_make(a, v, ranked, asked, &p, wave, ids, now, &ev, &rows));
	TRY(append_all(app, a, &ACTOR_SYSTEM, v, &ev));
	for (size_t i = 0; i < rows.n; i++) {
		struct carer c;
		TRY(sql_offer_insert(app_db(app), &rows.v[i]));
		TRY(sql_carer_get(app_db(app), a, rows.v[i].carer_id, &c));
		TRY(tell_one(app, v, ROLE_CARER, c.id, c.channel, S("notice.offer.carer"),
			     args_of(a, v, visit_minutes(v)), rows.v[i].expires_at, now));
	}
	/* the first wave of the watch is an event of its own already */
	return wave > 1 && wave > v->wave ? opened(app, a, v, wave, rows.n, now) : OK;
}

static enum err ask_relays(struct app *app, struct arena *a, struct visit *v,
			   const struct wave_policy *w, ts now)
{
	struct need need;
	struct operators ops;
	struct relays r = { 0 };
	TRY(app_need_of(app, a, v, true, &need));
	TRY(sql_operators_of_territory(app_db(app), a, v->territory, &ops));
	relay_rank(a, &need, true, ops.v, ops.n, &r);
	size_t asked = r.n < (size_t)w->size ? r.n : (size_t)w->size;
	for (size_t i = 0; i < asked; i++)
		TRY(tell_one(app, v, ROLE_COORDINATOR, r.v[i].op->id, CHANNEL_FILE,
			     S("notice.relay.asked"), args_of(a, v, visit_minutes(v)),
			     v->end_at, now));
	return opened(app, a, v, w->waves + 1, asked, now);
}

static bool needs_relief(const struct visit *v, ts now)
{
	if (v->mode != CARE_MODE_PRESTATAIRE || !visit_is_open(v))
		return false;
	/* somebody is on the way, or is still expected */
	return !id_is(v->carer_id) || (v->wave > 0 && !ts_before(now, v->start_at));
}

enum err app_relief_step(struct app *app, struct arena *a, struct visit *v, ts now)
{
	struct offers asked;
	struct ranking ranked;
	struct person p;
	if (!needs_relief(v, now))
		return OK;
	struct policy policy = app_visit_policy(app, v, now);
	struct wave_policy w = waves_of(&policy);
	TRY(sql_offers_of_visit(app_db(app), a, v->id, &asked));
	/* a wave that is still out, or a yes: nobody need be looked for */
	enum relief_stage stage = relief_next(v, &asked, 1, true, false, &w, now).stage;
	if (stage == RELIEF_WAIT || stage == RELIEF_COVERED || stage == RELIEF_OVER)
		return OK;
	TRY(app_crew_ranking(app, a, v, true, &asked, WAVE_LIST, now, &ranked));
	TRY(sql_person_get(app_db(app), a, v->person_id, &p));
	struct relief_step s = relief_next(v, &asked, ranked.n, p.is_relay_agreed,
					   v->wave > w.waves, &w, now);
	if (s.stage == RELIEF_WAVE)
		return send_wave(app, a, v, &ranked, &asked, &w, s.wave, now);
	if (s.stage == RELIEF_RELAY)
		return ask_relays(app, a, v, &w, now);
	return OK;
}

enum err app_relief_close(struct app *app, struct arena *a, const struct visit *v, ts now)
{
	struct offers all;
	TRY(sql_offers_of_visit(app_db(app), a, v->id, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct events ev = { 0 };
		if (!offer_close(a, &all.v[i], v, now, &ev))
			continue;
		TRY(append_all(app, a, &ACTOR_SYSTEM, v, &ev));
		offer_apply(&all.v[i], &ev.v[0]);
		TRY(sql_offer_set_state(app_db(app), all.v[i].state, all.v[i].id));
	}
	return OK;
}

enum err app_relief_due(struct app *app, struct arena *a, ts now, int limit, int *handled)
{
	struct sql_offers_expired_rows rows;
	TRY(sql_offers_expired(app_db(app), a, now, limit, &rows));
	for (size_t i = 0; i < rows.n; i++, (*handled)++) {
		struct arena_mark m = arena_mark(a);
		struct visit v;
		struct offer o;
		struct events ev = { 0 };
		TRY(sql_offer_get(app_db(app), a, rows.v[i].id, &o));
		TRY(sql_visit_get(app_db(app), a, rows.v[i].visit_id, &v));
		if (offer_close(a, &o, &v, now, &ev)) {
			TRY(append_all(app, a, &ACTOR_SYSTEM, &v, &ev));
			offer_apply(&o, &ev.v[0]);
			TRY(sql_offer_set_state(app_db(app), o.state, o.id));
		}
		TRY(app_relief_step(app, a, &v, now));
		arena_reset(a, m);
	}
	return OK;
}

/* --- answers -------------------------------------------------------------------------- */

static enum err own_offer(struct app *app, struct arena *a, const struct actor *by,
			  struct id offer_id, struct offer *ret)
{
	struct offer o;
	TRY(sql_offer_get(app_db(app), a, offer_id, &o));
	if (by->role != ROLE_CARER || !id_eq(o.carer_id, by->subject_id))
		return ERR_NOT_FOUND;
	*ret = o;
	return OK;
}

enum err app_offer_accept(struct app *app, struct arena *a, const struct actor *by,
			  struct id offer_id, ts now)
{
	struct offer o;
	struct visit v;
	struct events ev = { 0 }, assigned = { 0 };
	TRY(own_offer(app, a, by, offer_id, &o));
	TRY(sql_visit_get(app_db(app), a, o.visit_id, &v));
	TRY(offer_accept(a, &o, &v, by->subject_id, now, &ev));
	TRY(app_crew_may(app, a, &v, o.carer_id,
			 now)); /* her hours may have changed since */
	TRY(append_all(app, a, by, &v, &ev));
	offer_apply(&o, &ev.v[0]);
	TRY(sql_offer_set_state(app_db(app), o.state, o.id));
	TRY(visit_assign(a, &v, v.operator_id, o.carer_id, ASSIGNMENT_OFFER, S("offer"),
			 now, &assigned));
	TRY(app_visit_commit(app, a, by, &v, &assigned, now));
	return app_relief_close(app, a, &v, now);
}

enum err app_offer_decline(struct app *app, struct arena *a, const struct actor *by,
			   struct id offer_id, ts now)
{
	struct offer o;
	struct visit v;
	TRY(own_offer(app, a, by, offer_id, &o));
	TRY(offer_decline(&o, by->subject_id, now, &o));
	TRY(sql_offer_set_state(app_db(app), o.state, o.id));
	TRY(sql_visit_get(app_db(app), a, o.visit_id, &v));
	return app_relief_step(app, a, &v, now); /* all of a wave said no: the next one */
}

enum err app_offers_of_visit(struct app *app, struct arena *a, const struct actor *by,
			     struct id visit_id, ts now, struct offers *ret)
{
	struct visit v;
	TRY(sql_visit_get(app_db(app), a, visit_id, &v));
	if (by->role == ROLE_CARER ||
	    (by->role == ROLE_COORDINATOR && !id_eq(by->operator_id, v.operator_id)))
		return ERR_NOT_FOUND;
	TRY(sql_offers_of_visit(app_db(app), a, visit_id, ret));
	for (size_t i = 0; i < ret->n; i++)
		ret->v[i].state = offer_seen(&ret->v[i], by->role, now);
	return OK;
}

enum err app_offers_of_carer(struct app *app, struct arena *a, const struct actor *by,
			     ts now, struct offers *ret)
{
	if (by->role != ROLE_CARER)
		return ERR_NOT_FOUND;
	return sql_offers_of_carer(app_db(app), a, by->subject_id, now, ret);
}

enum err app_relay_take(struct app *app, struct arena *a, const struct actor *by,
			struct id visit_id, ts now)
{
	struct visit v;
	struct need need;
	struct person p;
	struct operator to;
	struct events ev = { 0 };
	bool tell_payer;
	if (by->role != ROLE_COORDINATOR && by->role != ROLE_OPERATOR_API)
		return ERR_NOT_FOUND;
	TRY(sql_visit_get(app_db(app), a, visit_id, &v));
	struct policy policy = app_visit_policy(app, &v, now);
	TRY(app_need_of(app, a, &v, true, &need));
	TRY(sql_person_get(app_db(app), a, v.person_id, &p));
	TRY(sql_operator_get(app_db(app), a, by->operator_id, &to));
	if (!to.is_relay || v.wave <= POLICY(&policy, waves))
		return ERR_RULE;
	TRY(relay_check(&v, &need, p.is_relay_agreed, &to, &tell_payer));
	TRY(visit_move_operator(a, &v, to.id, now, &ev));
	TRY(app_visit_commit(app, a, by, &v, &ev, now));
	TRY(app_relief_close(app, a, &v, now));
	struct app_place place;
	TRY(app_place_of(app, a, v.territory, &place));
	return tell_payer ? tell_one(app, &v, ROLE_AUTHORITY, place.id, CHANNEL_FILE,
				     S("notice.relay.payer"),
				     args_of(a, &v, visit_minutes(&v)), TS_NONE, now)
			  : OK;
}
