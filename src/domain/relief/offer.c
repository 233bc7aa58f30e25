/* offer.c - waves, answers, relays. */
#include "domain/relief/offer.h"

#define OFFER_MINUTES_MAX 720

int offer_minutes(const struct wave_policy *p, ts now, ts start)
{
	int64_t share = ts_minutes(now, start) / 8;
	if (share > OFFER_MINUTES_MAX)
		share = OFFER_MINUTES_MAX;
	return share > p->minutes ? (int)share : p->minutes;
}

static bool open_now(const struct offer *o, ts now)
{
	return o->state == OFFER_STATE_OPEN && ts_before(now, o->expires_at);
}

static bool covered(const struct visit *v)
{
	return v->state == VISIT_STATE_PLANNED && id_is(v->carer_id);
}

struct relief_step relief_next(const struct visit *v, const struct offers *offers,
			       size_t ranked_left, bool is_relay_agreed, bool relayed,
			       const struct wave_policy *p, ts now)
{
	struct relief_step s = { .look_at = TS_NEVER };
	if (!visit_is_open(v)) {
		s.stage = RELIEF_OVER;
		return s;
	}
	int last = 0;
	ts until = TS_NONE;
	bool accepted = false;
	for (size_t i = 0; i < offers->n; i++) {
		const struct offer *o = &offers->v[i];
		if (o->wave > last)
			last = o->wave;
		if (open_now(o, now))
			until = ts_max(until, o->expires_at);
		accepted = accepted || o->state == OFFER_STATE_ACCEPTED;
	}
	if (accepted && covered(v)) {
		s.stage = RELIEF_COVERED;
	} else if (ts_is(until)) {
		s.stage = RELIEF_WAIT;
		s.look_at = until;
	} else if (last < p->waves && ranked_left > 0) {
		s.stage = RELIEF_WAVE;
		s.wave = last + 1;
		s.expires_at = ts_add_min(now, offer_minutes(p, now, v->start_at));
		s.look_at = s.expires_at;
	} else {
		s.stage = is_relay_agreed && !relayed ? RELIEF_RELAY : RELIEF_DEPUTY;
	}
	return s;
}

static struct event *push(struct arena *a, struct events *ret, enum event_kind kind,
			  struct id subject, int64_t version, struct id person, ts now)
{
	struct event *e = ARENA_PUSH(a, ret);
	*e = (struct event){ .kind = kind,
			     .version = version,
			     .at = now,
			     .subject = subject,
			     .person = person };
	return e;
}

static bool asked_already(const struct offers *asked, struct id carer_id)
{
	for (size_t i = 0; i < asked->n; i++)
		if (id_eq(asked->v[i].carer_id, carer_id))
			return true;
	return false;
}

static void make_one(struct arena *a, const struct visit *v, const struct ranked *k,
		     const struct offer *o, ts now, struct events *ret)
{
	struct event *e = push(a, ret, EV_OFFER_MADE, o->id, 1, v->person_id, now);
	struct ev_offer_made *m = &e->u.offer_made;
	m->visit_id = v->id;
	m->carer_id = o->carer_id;
	m->wave = o->wave;
	m->rank = o->rank;
	m->reasons.v = ARENA_ARRAY(a, str, (size_t)k->n_reasons);
	for (int i = 0; i < k->n_reasons; i++)
		m->reasons.v[m->reasons.n++] =
			str_of(rank_reason_name(k->reasons[i].reason));
	m->travel_min = o->travel_min;
	m->minutes = k->terms.minutes;
	m->expires_at = o->expires_at;
}

enum err offers_make(struct arena *a, const struct visit *v, const struct ranking *ranked,
		     const struct offers *asked, const struct wave_policy *p, int wave,
		     const struct id *ids, ts now, struct events *ret,
		     struct offers *ret_rows)
{
	if (!visit_is_open(v))
		return ERR_WRONG_STATE;
	ts expires = ts_add_min(now, offer_minutes(p, now, v->start_at));
	int made = 0, before = (int)asked->n;
	for (size_t i = 0; i < ranked->n && made < p->size; i++) {
		const struct ranked *k = &ranked->v[i];
		if (asked_already(asked, k->carer_id))
			continue;
		struct offer *o = ARENA_PUSH(a, ret_rows);
		*o = (struct offer){ .id = ids[made],
				     .territory = v->territory,
				     .visit_id = v->id,
				     .carer_id = k->carer_id,
				     .operator_id = v->operator_id,
				     .wave = wave,
				     .rank = before + made + 1,
				     .reasons = rank_reasons_text(a, k),
				     .travel_min = k->terms.travel_min,
				     .travel_m = k->terms.travel_m,
				     .amplitude_min = k->terms.amplitude_min,
				     .state = OFFER_STATE_OPEN,
				     .offered_at = now,
				     .expires_at = expires };
		make_one(a, v, k, o, now, ret);
		made++;
	}
	return made ? OK : ERR_NOT_FOUND;
}

enum err offer_accept(struct arena *a, const struct offer *o, const struct visit *v,
		      struct id carer_id, ts now, struct events *ret)
{
	if (!id_eq(o->carer_id, carer_id))
		return ERR_FORBIDDEN;
	if (o->state == OFFER_STATE_ACCEPTED)
		return ERR_DUPLICATE;
	bool may = o->state == OFFER_STATE_OPEN || o->state == OFFER_STATE_DECLINED;
	if (!may || !ts_before(now, o->expires_at) || !visit_is_open(v))
		return ERR_GONE;
	struct event *e = push(a, ret, EV_OFFER_ACCEPTED, o->id, 2, v->person_id, now);
	e->u.offer_accepted.visit_id = v->id;
	e->u.offer_accepted.carer_id = carer_id;
	return OK;
}

enum err offer_decline(const struct offer *o, struct id carer_id, ts now, struct offer *ret)
{
	if (!id_eq(o->carer_id, carer_id))
		return ERR_FORBIDDEN;
	if (o->state == OFFER_STATE_DECLINED)
		return ERR_DUPLICATE;
	if (!open_now(o, now))
		return ERR_GONE;
	*ret = *o;
	ret->state = OFFER_STATE_DECLINED;
	return OK;
}

bool offer_close(struct arena *a, const struct offer *o, const struct visit *v, ts now,
		 struct events *ret)
{
	if (o->state != OFFER_STATE_OPEN && o->state != OFFER_STATE_DECLINED)
		return false;
	struct event *e = push(a, ret, EV_OFFER_CLOSED, o->id, 2, v->person_id, now);
	e->u.offer_closed.visit_id = v->id;
	return true;
}

void offer_apply(struct offer *o, const struct event *e)
{
	if (e->kind == EV_OFFER_ACCEPTED) {
		o->state = OFFER_STATE_ACCEPTED;
		return;
	}
	ASSERT(e->kind == EV_OFFER_CLOSED);
	if (o->state == OFFER_STATE_OPEN)
		o->state = ts_before(e->at, o->expires_at) ? OFFER_STATE_CLOSED
							   : OFFER_STATE_EXPIRED;
}

enum offer_state offer_seen(const struct offer *o, enum role role, ts now)
{
	bool late = !ts_before(now, o->expires_at);
	if (o->state == OFFER_STATE_DECLINED && role != ROLE_CARER)
		return late ? OFFER_STATE_EXPIRED : OFFER_STATE_OPEN;
	if (o->state == OFFER_STATE_OPEN && late)
		return OFFER_STATE_EXPIRED;
	return o->state;
}

/* --- other operators ----------------------------------------------------------------- */

static uint32_t faults_of(const struct operator* o, const struct need *need)
{
	struct title_ask ask = { need->mode, need->payer, need->tasks,
				 need->is_independents_allowed };
	return title_check(o, &ask);
}

static bool nearer(const struct relay *x, const struct relay *y)
{
	if (x->metres != y->metres)
		return x->metres < y->metres;
	return x->lot < y->lot;
}

void relay_rank(struct arena *a, const struct need *need, bool is_relay_agreed,
		const struct operator* ops, size_t n, struct relays *ret)
{
	for (size_t i = 0; is_relay_agreed && i < n; i++) {
		const struct operator* o = & ops[i];
		if (!o->is_relay || id_eq(o->id, need->operator_id) || faults_of(o, need))
			continue;
		struct rank_facts f = { .visit_id = need->stay.visit_id,
					.carer_id = o->id };
		struct terms none = { 0 };
		struct relay r = { .op = o,
				   .metres = travel_metres(place_of(o->lat_e6, o->lon_e6),
							   need->stay.place),
				   .lot = rank_one(&f, &none).lot };
		size_t j = ret->n;
		(void)ARENA_PUSH(a, ret);
		for (; j > 0 && nearer(&r, &ret->v[j - 1]); j--)
			ret->v[j] = ret->v[j - 1];
		ret->v[j] = r;
	}
}

enum err relay_check(const struct visit *v, const struct need *need, bool is_relay_agreed,
		     const struct operator* to, bool *ret_tell_payer)
{
	if (!visit_is_open(v))
		return ERR_WRONG_STATE;
	if (id_eq(v->operator_id, to->id))
		return ERR_DUPLICATE;
	if (!is_relay_agreed || faults_of(to, need))
		return ERR_RULE;
	*ret_tell_payer = need->payer != PAYER_NONE && need->payer != PAYER_PRIVATE;
	return OK;
}
