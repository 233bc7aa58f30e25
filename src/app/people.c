/* people.c - territories, operators, persons and their circle, carers, policy. */
#include "app/app_impl.h"

enum err app_territory_add(struct app *app, struct arena *a, str code, str name, str zone,
			   int64_t entitled, str source, ts now)
{
	struct id id = app_new_id(app, now);
	if (code.n < 2 || code.n > 3 || name.n == 0)
		return ERR_INPUT;
	TRY(sql_territory_insert(app_db(app), code, id, name, zone, false, entitled,
				 source));
	struct event e = {
		.kind = EV_TERRITORY_OPENED, .at = now, .subject = id, .version = 1
	};
	e.u.territory_opened.code = code;
	e.u.territory_opened.zone = zone;
	return app_append(app, a, &ACTOR_SYSTEM, code, &e);
}

enum err app_operator_add(struct app *app, struct arena *a, const struct actor *by,
			  struct operator* o, ts now)
{
	if (!id_is(o->id))
		o->id = app_new_id(app, now);
	TRY(sql_operator_insert(app_db(app), o));
	struct event e = {
		.kind = EV_OPERATOR_REGISTERED, .at = now, .subject = o->id, .version = 1
	};
	e.u.operator_registered.territory = o->territory;
	e.u.operator_registered.finess = o->finess;
	e.u.operator_registered.kind = o->kind;
	e.u.operator_registered.authorisation = o->is_authorised;
	e.u.operator_registered.agrement = o->is_agree;
	return app_append(app, a, by, o->territory, &e);
}

enum err app_operator_set_state(struct app *app, struct arena *a, const struct actor *by,
				struct id operator_id, enum operator_state s, str source,
				ts now)
{
	struct operator o;
	TRY(sql_operator_get(app_db(app), a, operator_id, &o));
	if (o.state == s)
		return ERR_DUPLICATE;
	TRY(sql_operator_set_state(app_db(app), s, operator_id));
	struct event e = { .kind = EV_OPERATOR_STATE_CHANGED,
			   .at = now,
			   .subject = operator_id,
			   .version = now.us };
	e.u.operator_state_changed.state = s;
	e.u.operator_state_changed.source = source;
	return app_append(app, a, by, o.territory, &e);
}

enum err app_person_add(struct app *app, struct arena *a, const struct actor *by,
			struct person *p, ts now)
{
	if (!id_is(p->id))
		p->id = app_new_id(app, now);
	p->registered_at = now;
	p->version = 1;
	TRY(sql_person_insert(app_db(app), p));
	struct event e = { .kind = EV_PERSON_REGISTERED,
			   .at = now,
			   .subject = p->id,
			   .person = p->id,
			   .version = 1 };
	e.u.person_registered.territory = p->territory;
	e.u.person_registered.first_name = p->first_name;
	e.u.person_registered.last_name = p->last_name;
	e.u.person_registered.phone = p->phone;
	e.u.person_registered.mail = p->mail;
	e.u.person_registered.address = p->address;
	return app_append(app, a, by, p->territory, &e);
}

/* Away, in hospital or dead: her visits to come are suspended or cancelled by their requests. */
static enum err follow_state(struct app *app, struct arena *a, const struct actor *by,
			     const struct person *p, day until_on, ts now)
{
	struct requests all;
	TRY(sql_requests_of_person(app_db(app), a, p->id, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct request *r = &all.v[i];
		enum err e = OK;
		struct actor family = *by;
		if (p->state == PERSON_STATE_DEAD) {
			family.role = ROLE_CIRCLE; /* nobody is blamed for it */
			e = app_request_withdraw(app, a, &family, r->id, now);
		} else if (p->state == PERSON_STATE_ACTIVE) {
			if (r->state == REQUEST_STATE_SUSPENDED)
				e = app_request_resume(app, a, &ACTOR_SYSTEM, r->id, now);
		} else {
			e = app_request_suspend(app, a, &ACTOR_SYSTEM, r->id, until_on,
						CAUSE_PERSON_ABSENT, now);
		}
		if (e != OK && e != ERR_WRONG_STATE)
			return e;
	}
	return OK;
}

enum err app_person_state(struct app *app, struct arena *a, const struct actor *by,
			  struct id person_id, enum person_state s, ts until_at, ts now)
{
	struct person p;
	const struct zone *z;
	TRY(sql_person_get(app_db(app), a, person_id, &p));
	TRY(app_zone(app, p.territory, &z));
	if (p.state == PERSON_STATE_DEAD || p.state == PERSON_STATE_ERASED ||
	    s == PERSON_STATE_ERASED)
		return ERR_WRONG_STATE;
	if (p.state == s)
		return ERR_DUPLICATE;
	p.state = s;
	p.state_until_at = until_at;
	p.version++;
	struct event e = { .kind = EV_PERSON_STATE_CHANGED,
			   .at = now,
			   .subject = p.id,
			   .person = p.id,
			   .version = p.version };
	e.u.person_state_changed.state = s;
	e.u.person_state_changed.until_at = until_at;
	TRY(app_append(app, a, by, p.territory, &e));
	TRY(sql_person_update(app_db(app), &p));
	day until = ts_is(until_at) ? zone_day(z, until_at) : DAY_NONE;
	return follow_state(app, a, by, &p, until, now);
}

enum err app_contact_add(struct app *app, struct arena *a, const struct actor *by,
			 struct contact *c, ts now)
{
	struct person p;
	TRY(sql_person_get(app_db(app), a, c->person_id, &p));
	bool guardian = c->kind == CONTACT_KIND_CURATEUR ||
			c->kind == CONTACT_KIND_TUTEUR ||
			c->kind == CONTACT_KIND_HABILITATION;
	if (guardian && (str_blank(c->judgment) || c->ends_on.d == INT32_MIN))
		return ERR_INPUT; /* a mandate has a judgment and an end */
	c->id = app_new_id(app, now);
	c->territory = p.territory;
	TRY(sql_contact_insert(app_db(app), c));
	struct event e = { .kind = EV_CONTACT_ADDED,
			   .at = now,
			   .subject = c->id,
			   .person = p.id,
			   .version = 1 };
	e.u.contact_added.person_id = p.id;
	e.u.contact_added.kind = c->kind;
	e.u.contact_added.scopes = c->scopes;
	e.u.contact_added.ends_on = c->ends_on;
	e.u.contact_added.name = c->name;
	e.u.contact_added.phone = c->phone;
	e.u.contact_added.mail = c->mail;
	return app_append(app, a, by, p.territory, &e);
}

enum err app_contact_revoke(struct app *app, struct arena *a, const struct actor *by,
			    struct id contact_id, ts now)
{
	struct contact c;
	TRY(sql_contact_get(app_db(app), a, contact_id, &c));
	if (by->role == ROLE_PERSON && !id_eq(c.person_id, by->subject_id))
		return ERR_NOT_FOUND;
	if (ts_is(c.revoked_at))
		return ERR_DUPLICATE;
	TRY(sql_contact_revoke(app_db(app), now, contact_id));
	struct event e = { .kind = EV_CONTACT_REVOKED,
			   .at = now,
			   .subject = c.id,
			   .person = c.person_id,
			   .version = 2 };
	e.u.contact_revoked.person_id = c.person_id;
	return app_append(app, a, by, c.territory, &e);
}

enum err app_plan_line_add(struct app *app, struct arena *a, const struct actor *by,
			   struct plan_line *l, ts now)
{
	struct person p;
	TRY(sql_person_get(app_db(app), a, l->person_id, &p));
	if (l->minutes_month < 0 || l->minutes_month > 60 * 24 * 31 ||
	    l->tariff_cents.cents < 0 || l->participation_bp < 0 ||
	    l->participation_bp > 10000 || !l->tasks)
		return ERR_INPUT;
	l->id = app_new_id(app, now);
	l->territory = p.territory;
	TRY(sql_plan_line_insert(app_db(app), l));
	struct event e = { .kind = EV_PLAN_LINE_SET,
			   .at = now,
			   .subject = l->id,
			   .person = p.id,
			   .version = 1 };
	struct ev_plan_line_set *u = &e.u.plan_line_set;
	u->person_id = p.id;
	u->mode = l->mode;
	u->payer = l->payer;
	u->minutes_month = l->minutes_month;
	u->tariff_cents = l->tariff_cents.cents;
	u->participation_bp = l->participation_bp;
	u->starts_on = l->starts_on;
	u->ends_on = l->ends_on;
	u->tasks = l->tasks;
	return app_append(app, a, by, p.territory, &e);
}

enum err app_carer_add(struct app *app, struct arena *a, const struct actor *by,
		       struct carer *c, ts now)
{
	if (!id_is(c->id))
		c->id = app_new_id(app, now);
	c->look_at = TS_NEVER;
	c->version = 1;
	TRY(sql_carer_insert(app_db(app), c));
	struct event e = { .kind = EV_CARER_REGISTERED,
			   .at = now,
			   .subject = c->id,
			   .person = c->id,
			   .version = 1 };
	e.u.carer_registered.operator_id = c->operator_id;
	e.u.carer_registered.status = c->status;
	e.u.carer_registered.first_name = c->first_name;
	e.u.carer_registered.last_name = c->last_name;
	return app_append(app, a, by, c->territory, &e);
}

enum err app_carer_qualify(struct app *app, struct arena *a, const struct actor *by,
			   struct qualification *q, ts now)
{
	TRY(sql_qualification_put(app_db(app), q));
	struct event e = { .kind = EV_CARER_QUALIFIED,
			   .at = now,
			   .subject = q->carer_id,
			   .person = q->carer_id,
			   .version = now.us + (int64_t)q->kind };
	e.u.carer_qualified.kind = q->kind;
	e.u.carer_qualified.state = q->state;
	e.u.carer_qualified.issued_on = q->issued_on;
	e.u.carer_qualified.expires_on = q->expires_on;
	return app_append(app, a, by, q->territory, &e);
}

enum err app_policy_set(struct app *app, struct arena *a, const struct actor *by,
			struct policy_row *row, ts now)
{
	enum policy_key k;
	if (!policy_key_of(row->key, &k) || str_blank(row->source))
		return ERR_INPUT;
	row->id = app_new_id(app, now);
	row->version = app_policy_version(app) + 1;
	row->from_at = now;
	for (int c = 0; c < CRITICALITY_COUNT; c++) {
		if (row->criticality >= 0 && row->criticality != c)
			continue;
		struct policy p = app_policy(app, row->territory, row->operator_id,
					     (enum criticality)c, now);
		p.v[k] = row->value;
		TRY(policy_check(&p));
	}
	TRY(sql_policy_insert(app_db(app), row));
	struct event e = {
		.kind = EV_POLICY_SET, .at = now, .subject = row->id, .version = 1
	};
	struct ev_policy_set *u = &e.u.policy_set;
	u->territory = row->territory;
	u->operator_id = row->operator_id;
	u->criticality = row->criticality;
	u->version = row->version;
	u->keys = (struct strs){ &row->key, 1, 1 };
	u->values = (struct ints){ &row->value, 1, 1 };
	u->source = row->source;
	TRY(app_append(app, a, by, row->territory, &e));
	return app_policy_reload(app);
}
