/* relief.c - loads what the rules of relief need, and does what they say. */
#include "app/relief.h"

#include "app/app_impl.h"

enum {
	SHORTLIST = 40,  /* carers whose hours are loaded for a ranking shown */
	WAVE_LIST = 10,  /* ... for a wave of offers, of those not asked yet */
	KNOWN_DAYS = 90, /* who knows a person has come within so many days */
	NEAR_DAYS = 31,  /* work around a day that its rules look at: the month */
	PAST_DAYS = 84   /* ... and the twelve weeks */
};

static struct moment moment_of(const struct zone *z, ts now)
{
	struct zone_local l = zone_local(z, now);
	return (struct moment){ now, l.day, l.min };
}

enum err app_need_of(struct app *app, struct arena *a, const struct visit *v, bool is_offer,
		     struct need *ret)
{
	const struct zone *z;
	struct person p;
	struct request r;
	TRY(app_zone(app, v->territory, &z));
	TRY(sql_person_get(app_db(app), a, v->person_id, &p));
	TRY(sql_request_get(app_db(app), a, v->request_id, &r));
	struct zone_local l = zone_local(z, v->start_at);
	*ret = (struct need){ .person_id = v->person_id,
			      .operator_id = v->operator_id,
			      .mode = v->mode,
			      .payer = v->payer,
			      .criticality = v->criticality,
			      .tasks = v->tasks,
			      .body = body_wish_of(r.preferences),
			      .engagement = ENGAGE_NEW,
			      .is_offer = is_offer,
			      .is_exceptional = is_offer };
	ret->stay = (struct stay){ .visit_id = v->id,
				   .from = v->start_at,
				   .until = v->end_at,
				   .on = l.day,
				   .from_min = l.min,
				   .place = place_of(p.lat_e6, p.lon_e6) };
	struct sql_territories_rows t;
	TRY(sql_territories(app_db(app), a, &t));
	for (size_t i = 0; i < t.n; i++)
		if (str_eq(t.v[i].territory, v->territory))
			ret->is_independents_allowed = t.v[i].is_independents_allowed;
	return OK;
}

static enum err load_stays(struct app *app, struct arena *a, const struct zone *z,
			   struct id carer_id, ts from, ts until, struct stays *ret)
{
	struct sql_stays_of_carer_rows rows;
	TRY(sql_stays_of_carer(app_db(app), a, carer_id, from, until, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct zone_local l = zone_local(z, rows.v[i].start_at);
		*ARENA_PUSH(a, ret) = (struct stay){ .visit_id = rows.v[i].id,
						     .from = rows.v[i].start_at,
						     .until = rows.v[i].end_at,
						     .on = l.day,
						     .from_min = l.min,
						     .place = place_of(rows.v[i].lat_e6,
								       rows.v[i].lon_e6) };
	}
	return OK;
}

/* What does not need her hours. */
static enum err load_one(struct app *app, struct arena *a, const struct carer *c, ts from,
			 struct candidate *ret)
{
	*ret = candidate_of(c);
	TRY(sql_qualifications_of_carer(app_db(app), a, c->id, &ret->qualifications));
	TRY(sql_availability_of_carer(app_db(app), a, c->id, &ret->availabilities));
	return sql_absences_of_carer(app_db(app), a, c->id, from, &ret->absences);
}

/* Might the mean of twelve weeks be near its limit?  Visits alone, without travel, take three
 * quarters of it: only then are the twelve weeks worth loading. */
static enum err is_busy(struct app *app, struct arena *a, const struct zone *z,
			const struct labour_rules *r, day on, struct id carer_id, bool *ret)
{
	struct sql_minutes_of_carer_row row;
	TRY(sql_minutes_of_carer(app_db(app), a, carer_id,
				 zone_ts(z, day_add(on, -PAST_DAYS), 0), zone_ts(z, on, 0),
				 &row));
	*ret = LABOUR(r, mean_max_min) >= 0 &&
	       row.work_us / US_MIN > 11 * LABOUR(r, mean_max_min) * 3 / 4;
	return OK;
}

/* Her hours around the day, and today's. */
static enum err load_hours(struct app *app, struct arena *a, const struct zone *z,
			   const struct labour_rules *r, day on, const struct moment *now,
			   struct id but_visit, struct candidate *c)
{
	struct stays s = { 0 };
	bool busy;
	TRY(is_busy(app, a, z, r, on, c->carer_id, &busy));
	int back = busy ? PAST_DAYS + 7 : NEAR_DAYS;
	TRY(load_stays(app, a, z, c->carer_id, zone_ts(z, day_add(on, -back), 0),
		       zone_ts(z, day_add(on, NEAR_DAYS), 0), &s));
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (id_eq(s.v[i].visit_id, but_visit))
			continue; /* the visit itself is not in her way */
		s.v[n++] = s.v[i];
		if (s.v[i].on.d != now->on.d)
			continue;
		if (!ts_is(c->at_work.from))
			c->at_work.from = s.v[i].from;
		c->at_work.until = ts_max(c->at_work.until, s.v[i].until);
	}
	c->book = ARENA_NEW(a, struct day_book);
	day_book_make(a, r, &c->worker, s.v, n, on, c->book);
	return OK;
}

struct crew {
	struct need need;
	struct operator op;
	struct moment now;
	const struct zone *zone;
	struct labour_rules rules[IDCC_COUNT];
	struct candidate *v;
	size_t n;
};

static void set_rules(struct crew *c, day on)
{
	for (int i = 0; i < IDCC_COUNT; i++)
		c->rules[i] = labour_rules((enum idcc)i, on);
}

/* Who knows the person, whom she wants and does not want. */
static enum err set_ties(struct app *app, struct arena *a, const struct visit *v,
			 struct crew *c)
{
	struct sql_person_carers_rows ties;
	struct sql_visits_known_rows known;
	ts until = c->now.at;
	TRY(sql_person_carers(app_db(app), a, v->person_id, &ties));
	TRY(sql_visits_known(app_db(app), a, v->person_id,
			     ts_add_min(until, -(int64_t)KNOWN_DAYS * 1440), until,
			     &known));
	for (size_t i = 0; i < c->n; i++) {
		struct candidate *k = &c->v[i];
		k->is_regular = id_eq(k->carer_id, v->regular_carer_id);
		for (size_t t = 0; t < ties.n; t++) {
			if (!id_eq(ties.v[t].carer_id, k->carer_id))
				continue;
			k->is_refused = ties.v[t].is_refused;
			k->is_wanted = !ties.v[t].is_refused;
		}
		for (size_t t = 0; t < known.n; t++)
			if (id_eq(known.v[t].carer_id, k->carer_id))
				k->visits_known = (int)known.v[t].visits;
	}
	return OK;
}

static enum err load_crew(struct app *app, struct arena *a, const struct visit *v,
			  bool is_offer, ts now, struct crew *ret)
{
	*ret = (struct crew){ 0 };
	TRY(app_zone(app, v->territory, &ret->zone));
	ret->now = moment_of(ret->zone, now);
	TRY(app_need_of(app, a, v, is_offer, &ret->need));
	set_rules(ret, ret->need.stay.on);
	if (!id_is(v->operator_id))
		return OK; /* sans opérateur: nobody to ask */
	TRY(sql_operator_get(app_db(app), a, v->operator_id, &ret->op));
	struct carers cs;
	TRY(sql_carers_of_operator(app_db(app), a, v->operator_id, &cs));
	ret->v = ARENA_ARRAY(a, struct candidate, cs.n);
	for (size_t i = 0; i < cs.n; i++) {
		if (id_eq(cs.v[i].id, v->carer_id))
			continue; /* she is the one who does not come */
		TRY(load_one(app, a, &cs.v[i], ts_min(now, v->start_at),
			     &ret->v[ret->n++]));
	}
	return set_ties(app, a, v, ret);
}

static const struct candidate *find(const struct crew *c, struct id carer_id)
{
	for (size_t i = 0; i < c->n; i++)
		if (id_eq(c->v[i].carer_id, carer_id))
			return &c->v[i];
	return NULL;
}

static bool was_asked(const struct offers *asked, struct id carer_id)
{
	for (size_t i = 0; asked && i < asked->n; i++)
		if (id_eq(asked->v[i].carer_id, carer_id))
			return true;
	return false;
}

/* The ranking of those not in `asked` (NULL: all).  Hours cost most to load: first everybody
 * is ranked without them, then the best `most` with them. */
static enum err ranking_of(struct app *app, struct arena *a, const struct visit *v,
			   bool is_offer, const struct offers *asked, size_t most, ts now,
			   struct ranking *ret)
{
	struct crew c;
	struct ranking few = { 0 };
	TRY(load_crew(app, a, v, is_offer, now, &c));
	struct need n = c.need;
	n.is_offer = false; /* whether she rests is known with her hours */
	rank_all(a, &n, c.v, c.n, &c.op, c.rules, &c.now, &few);
	struct candidate *cs = ARENA_ARRAY(a, struct candidate, most);
	size_t k = 0;
	for (size_t i = 0; i < few.n && k < most; i++) {
		if (was_asked(asked, few.v[i].carer_id))
			continue;
		cs[k] = *find(&c, few.v[i].carer_id);
		TRY(load_hours(app, a, c.zone, &c.rules[cs[k].idcc], c.need.stay.on, &c.now,
			       v->id, &cs[k]));
		k++;
	}
	*ret = (struct ranking){ 0 };
	rank_all(a, &c.need, cs, k, &c.op, c.rules, &c.now, ret);
	return OK;
}

enum err app_relief_ranking(struct app *app, struct arena *a, const struct visit *v,
			    bool is_offer, ts now, struct ranking *ret)
{
	return ranking_of(app, a, v, is_offer, NULL, SHORTLIST, now, ret);
}

enum err app_relief_why_not(struct app *app, struct arena *a, const struct visit *v,
			    bool is_offer, ts now, struct why_nots *ret)
{
	struct crew c;
	TRY(load_crew(app, a, v, is_offer, now, &c));
	*ret = (struct why_nots){ 0 };
	for (size_t i = 0; i < c.n && i < 4 * SHORTLIST; i++) {
		struct why_not *w = ARENA_PUSH(a, ret);
		w->carer_id = c.v[i].carer_id;
		const struct labour_rules *r = &c.rules[c.v[i].idcc];
		TRY(load_hours(app, a, c.zone, r, c.need.stay.on, &c.now, v->id, &c.v[i]));
		(void)eligible(&c.need, &c.v[i], &c.op, r, &c.now, &w->e);
	}
	return OK;
}

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
	TRY(ranking_of(app, a, v, true, &asked, WAVE_LIST, now, &ranked));
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

/* Is she still allowed to?  Hours may have changed since she was asked. */
static enum err check_again(struct app *app, struct arena *a, const struct visit *v,
			    struct id carer_id, ts now)
{
	struct ranking k;
	TRY(app_relief_ranking(app, a, v, false, now, &k));
	for (size_t i = 0; i < k.n; i++)
		if (id_eq(k.v[i].carer_id, carer_id))
			return OK;
	struct crew c;
	struct eligibility e;
	TRY(load_crew(app, a, v, false, now, &c));
	for (size_t i = 0; i < c.n; i++) { /* beyond the shortlist */
		struct candidate *cand = &c.v[i];
		if (!id_eq(cand->carer_id, carer_id))
			continue;
		const struct labour_rules *r = &c.rules[cand->idcc];
		c.need.is_exceptional = true; /* a failure is being repaired */
		TRY(load_hours(app, a, c.zone, r, c.need.stay.on, &c.now, v->id, cand));
		return eligible(&c.need, cand, &c.op, r, &c.now, &e) ? OK : ERR_RULE;
	}
	return ERR_RULE;
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
	TRY(check_again(app, a, &v, o.carer_id, now));
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

/* --- a coordinator's « proposer » ------------------------------------------------------ */

static enum err load_day_crew(struct app *app, struct arena *a, struct id operator_id,
			      day on, ts from, struct crew *c)
{
	struct carers cs;
	TRY(sql_carers_of_operator(app_db(app), a, operator_id, &cs));
	c->v = ARENA_ARRAY(a, struct candidate, cs.n);
	c->n = cs.n;
	for (size_t i = 0; i < cs.n; i++) {
		TRY(load_one(app, a, &cs.v[i], from, &c->v[i]));
		TRY(load_hours(app, a, c->zone, &c->rules[c->v[i].idcc], on, &c->now,
			       ID_NONE, &c->v[i]));
	}
	return OK;
}

static enum err day_visit(struct app *app, struct arena *a, const struct visit *v, ts now,
			  struct assign_visit *ret)
{
	struct sql_person_carers_rows ties;
	struct sql_visits_known_rows known;
	*ret = (struct assign_visit){ .regular_carer_id = v->regular_carer_id };
	TRY(app_need_of(app, a, v, false, &ret->need));
	TRY(sql_person_carers(app_db(app), a, v->person_id, &ties));
	TRY(sql_visits_known(app_db(app), a, v->person_id,
			     ts_add_min(now, -(int64_t)KNOWN_DAYS * 1440), now, &known));
	struct id *no = ARENA_ARRAY(a, struct id, ties.n);
	struct id *yes = ARENA_ARRAY(a, struct id, known.n);
	ret->refused.v = no;
	ret->known.v = yes;
	for (size_t i = 0; i < ties.n; i++)
		if (ties.v[i].is_refused)
			no[ret->refused.n++] = ties.v[i].carer_id;
	for (size_t i = 0; i < known.n; i++) { /* most visits first */
		size_t j = ret->known.n++;
		for (; j > 0 && known.v[i].visits > known.v[j - 1].visits; j--)
			yes[j] = yes[j - 1];
		yes[j] = known.v[i].carer_id;
	}
	return OK;
}

enum err app_propose_day(struct app *app, struct arena *a, const struct actor *by,
			 struct id operator_id, str territory, day on, ts now,
			 struct day_proposal *ret)
{
	struct crew c = { 0 };
	struct visits all;
	if (by->role == ROLE_COORDINATOR && !id_eq(by->operator_id, operator_id))
		return ERR_NOT_FOUND;
	TRY(app_zone(app, territory, &c.zone));
	c.now = moment_of(c.zone, now);
	set_rules(&c, on);
	TRY(sql_visits_of_operator(app_db(app), a, operator_id, zone_ts(c.zone, on, 0),
				   zone_ts(c.zone, day_add(on, 1), 0), &all));
	*ret = (struct day_proposal){ 0 };
	for (size_t i = 0; i < all.n; i++)
		if (!id_is(all.v[i].carer_id) && visit_is_open(&all.v[i]))
			*ARENA_PUSH(a, &ret->visits) = all.v[i];
	TRY(load_day_crew(app, a, operator_id, on, now, &c));
	struct assign_visit *vs = ARENA_ARRAY(a, struct assign_visit, ret->visits.n);
	for (size_t i = 0; i < ret->visits.n; i++)
		TRY(day_visit(app, a, &ret->visits.v[i], now, &vs[i]));
	ret->assigned = ARENA_ARRAY(a, struct assigned, ret->visits.n);
	ret->covered =
		assign_day(a, vs, ret->visits.n, c.v, c.n, c.rules, &c.now, ret->assigned);
	return OK;
}
