/* signalement.c - the report of a deprivation: proposed, decided, sent, followed. */
#include "domain/account/signalement.h"

#define BIT(r) (1u << ROLE_##r)

static const struct procedure_rule procedures[PROCEDURE_COUNT] = {
	[PROCEDURE_DYSFUNCTION] = { "signalement.dysfunction", false, false, false,
				    BIT(COORDINATOR) | BIT(OPERATOR_API),
				    "departement ars_cell", "CASF L331-8-1" },
	[PROCEDURE_DEPRIVATION] = { "signalement.deprivation", true, true, true,
				    BIT(SYSTEM) | BIT(PERSON) | BIT(CIRCLE) |
					    BIT(GUARDIAN) | BIT(CARER) | BIT(REFERENT),
				    "ars_cell procureur defenseur_des_droits departement",
				    "code pénal 434-3; CASF L119-2" },
	[PROCEDURE_COMPLAINT] = { "signalement.complaint", true, true, false,
				  BIT(PERSON) | BIT(CIRCLE) | BIT(GUARDIAN),
				  "operator personne_qualifiee mediateur",
				  "CASF L311-5; code de la consommation L612-1" },
};

const struct procedure_rule *procedure_rule(enum procedure p)
{
	ASSERT(p < PROCEDURE_COUNT);
	return &procedures[p];
}

bool procedure_may(enum procedure p, enum role role)
{
	return procedure_rule(p)->senders >> role & 1;
}

uint32_t signalement_facts(const struct deprivation *d, const struct report_threshold *t)
{
	uint32_t f = 0;
	if (d->is_unable)
		f |= FACT_UNABLE;
	if (d->is_essential || d->is_vital)
		f |= FACT_ESSENTIAL;
	bool vital = d->is_vital && d->is_unable && d->visits >= t->vital_visits;
	if (d->days > t->repeat_days || vital)
		f |= FACT_LASTING;
	if (d->visits > d->supplee)
		f |= FACT_ALONE;
	return f;
}

bool signalement_is_due(const struct deprivation *d, const struct report_threshold *t)
{
	const uint32_t all = FACT_ESSENTIAL | FACT_LASTING | FACT_ALONE;
	if (d->is_illtreatment)
		return true;
	return d->visits > 0 && (signalement_facts(d, t) & all) == all;
}

bool signalement_is_open(const struct signalement *s)
{
	return s->state != SIGNALEMENT_STATE_DECLINED &&
	       s->state != SIGNALEMENT_STATE_CLOSED;
}

static bool is_sent(const struct signalement *s)
{
	return s->state == SIGNALEMENT_STATE_SENT ||
	       s->state == SIGNALEMENT_STATE_ACKNOWLEDGED ||
	       s->state == SIGNALEMENT_STATE_SILENT;
}

/* A yes that was not sent yet. */
static bool is_decided(const struct signalement *s)
{
	return s->state == SIGNALEMENT_STATE_PROPOSED && ts_is(s->decided_at);
}

static struct event *push(struct arena *a, struct events *ret, const struct signalement *s,
			  enum event_kind kind, ts now)
{
	struct event *e = ARENA_PUSH(a, ret);
	*e = (struct event){
		.kind = kind, .at = now, .subject = s->id, .person = s->person_id
	};
	return e;
}

enum err signalement_propose(struct arena *a, const struct signalement *s,
			     const struct deprivation *d, const struct report_threshold *t,
			     ts now, struct events *ret)
{
	if (!signalement_is_due(d, t))
		return ERR_RULE;
	if (s->version > 0) {
		if (!signalement_is_open(s))
			return ERR_WRONG_STATE;
		if (d->visits <= s->visits && d->last_on.d <= s->last_on.d)
			return ERR_DUPLICATE;
	}
	struct event *e = push(a, ret, s, EV_SIGNALEMENT_PROPOSED, now);
	e->u.signalement_proposed.operator_id = s->operator_id;
	e->u.signalement_proposed.facts = signalement_facts(d, t);
	e->u.signalement_proposed.visits = d->visits;
	e->u.signalement_proposed.first_on = d->first_on;
	e->u.signalement_proposed.last_on = d->last_on;
	return OK;
}

static bool consent_allows(const struct signalement *s, enum consent c)
{
	if (c == CONSENT_GIVEN)
		return true;
	return c == CONSENT_UNABLE && (s->facts & FACT_UNABLE);
}

enum err signalement_decide(struct arena *a, const struct signalement *s,
			    const struct reading *r, ts now, struct events *ret)
{
	if (r->role != ROLE_REFERENT || r->is_in_question)
		return ERR_FORBIDDEN;
	if ((s->state != SIGNALEMENT_STATE_PROPOSED &&
	     s->state != SIGNALEMENT_STATE_SECOND_READING) ||
	    is_decided(s))
		return ERR_WRONG_STATE;
	if (s->reading > 0 && id_eq(s->decided_by_id, r->human_id))
		return ERR_FORBIDDEN; /* the second reader is somebody else */
	if (r->send && !consent_allows(s, r->consent))
		return ERR_RULE;
	struct decision *d = r->decision;
	d->kind = r->send ? DECISION_KIND_SIGNALEMENT_SEND
			  : DECISION_KIND_SIGNALEMENT_DECLINE;
	d->about_id = s->id;
	d->person_id = s->person_id;
	d->human_id = r->human_id;
	d->territory = s->territory;
	TRY(decision_take(a, d, r->role, true, r->appeal_days, r->today, now, ret));
	struct event *e = push(a, ret, s, EV_SIGNALEMENT_DECIDED, now);
	e->u.signalement_decided.send = r->send;
	e->u.signalement_decided.decision_id = d->id;
	e->u.signalement_decided.reading = s->reading + 1;
	e->actor = r->human_id;
	return OK;
}

enum err signalement_direct(const struct signalement *s, enum role role,
			    enum consent consent)
{
	if (role != ROLE_PERSON && role != ROLE_CIRCLE && role != ROLE_GUARDIAN &&
	    role != ROLE_CARER)
		return ERR_FORBIDDEN;
	if (is_sent(s) || s->state == SIGNALEMENT_STATE_CLOSED)
		return ERR_WRONG_STATE;
	if (role != ROLE_PERSON && !(s->facts & FACT_UNABLE) && consent == CONSENT_REFUSED)
		return ERR_RULE;
	return OK;
}

enum err signalement_send(struct arena *a, const struct signalement *s, str recipient,
			  struct hash annex_hash, bool is_direct, ts now,
			  struct events *ret)
{
	const struct hash zero = { { 0 } };
	if (str_blank(recipient) || hash_eq(&annex_hash, &zero))
		return ERR_INPUT;
	int number = 0;
	if (is_sent(s)) {
		if (s->facts_at.us <= s->sent_at.us)
			return ERR_DUPLICATE;
		number = s->supplement + 1;
	} else if (s->state == SIGNALEMENT_STATE_CLOSED || (!is_direct && !is_decided(s))) {
		return ERR_WRONG_STATE;
	}
	struct event *e = push(a, ret, s, EV_SIGNALEMENT_SENT, now);
	e->u.signalement_sent.recipient = recipient;
	e->u.signalement_sent.annex_hash = annex_hash;
	e->u.signalement_sent.supplement = number;
	return OK;
}

enum err signalement_acknowledge(struct arena *a, const struct signalement *s,
				 str recipient, ts now, struct events *ret)
{
	if (s->state == SIGNALEMENT_STATE_ACKNOWLEDGED)
		return ERR_DUPLICATE;
	if (!is_sent(s))
		return ERR_WRONG_STATE;
	push(a, ret, s, EV_SIGNALEMENT_ACKNOWLEDGED, now)
		->u.signalement_acknowledged.recipient = recipient;
	return OK;
}

enum err signalement_close(struct arena *a, const struct signalement *s, str why, ts now,
			   struct events *ret)
{
	if (!signalement_is_open(s))
		return ERR_WRONG_STATE;
	push(a, ret, s, EV_SIGNALEMENT_CLOSED, now)->u.signalement_closed.why = why;
	return OK;
}

bool signalement_tick(struct arena *a, const struct signalement *s, ts now,
		      struct events *ret)
{
	if (s->state != SIGNALEMENT_STATE_SENT || ts_before(now, s->look_at))
		return false;
	push(a, ret, s, EV_SIGNALEMENT_SILENT, now)->u.signalement_silent.recipient =
		s->recipient;
	return true;
}

static void apply_facts(struct signalement *s, const struct event *e)
{
	if (s->version == 0) {
		s->state = SIGNALEMENT_STATE_PROPOSED;
		s->proposed_at = e->at;
	}
	s->operator_id = e->u.signalement_proposed.operator_id;
	s->facts = (uint32_t)e->u.signalement_proposed.facts;
	s->visits = (int)e->u.signalement_proposed.visits;
	s->first_on = e->u.signalement_proposed.first_on;
	s->last_on = e->u.signalement_proposed.last_on;
	s->facts_at = e->at;
}

static void apply_decision(struct signalement *s, const struct event *e)
{
	s->decided_by_id = e->actor;
	if (e->u.signalement_decided.send) {
		s->state = SIGNALEMENT_STATE_PROPOSED;
		s->decided_at = e->at;
		return;
	}
	s->reading = (int)e->u.signalement_decided.reading;
	s->state = s->reading < 2 ? SIGNALEMENT_STATE_SECOND_READING
				  : SIGNALEMENT_STATE_DECLINED;
	if (s->state == SIGNALEMENT_STATE_DECLINED)
		s->decided_at = e->at;
}

void signalement_apply(struct signalement *s, const struct event *e,
		       int64_t acknowledge_days)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
	switch (e->kind) {
#pragma GCC diagnostic pop
	case EV_SIGNALEMENT_PROPOSED: apply_facts(s, e); break;
	case EV_SIGNALEMENT_DECIDED: apply_decision(s, e); break;
	case EV_SIGNALEMENT_SENT:
		s->state = SIGNALEMENT_STATE_SENT;
		s->sent_at = e->at;
		s->recipient = e->u.signalement_sent.recipient;
		s->supplement = (int)e->u.signalement_sent.supplement;
		s->look_at = ts_add_min(e->at, acknowledge_days * 1440);
		break;
	case EV_SIGNALEMENT_ACKNOWLEDGED:
		s->state = SIGNALEMENT_STATE_ACKNOWLEDGED;
		s->acknowledged_at = e->at;
		break;
	case EV_SIGNALEMENT_SILENT: s->state = SIGNALEMENT_STATE_SILENT; break;
	case EV_SIGNALEMENT_CLOSED:
		s->state = SIGNALEMENT_STATE_CLOSED;
		s->closed_at = e->at;
		break;
	default: die("not an event of a signalement: %d", (int)e->kind);
	}
	if (s->state != SIGNALEMENT_STATE_SENT)
		s->look_at = TS_NEVER;
	s->version++;
}
