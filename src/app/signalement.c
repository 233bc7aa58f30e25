/* signalement.c - reports and the register of decisions. */
#include "app/signalement.h"

#include "app/app_impl.h"

static enum err commit(struct app *app, struct arena *a, const struct actor *by,
		       struct signalement *s, struct events *ev, bool is_new, ts now)
{
	struct policy p =
		app_policy(app, s->territory, s->operator_id, CRITICALITY_VITAL, now);
	for (size_t i = 0; i < ev->n; i++) {
		struct event *e = &ev->v[i];
		if (!id_eq(e->subject, s->id)) { /* the decision's own event */
			TRY(app_append(app, a, by, s->territory, e));
			continue;
		}
		e->version = s->version + 1;
		TRY(app_append(app, a, by, s->territory, e));
		if (e->kind == EV_SIGNALEMENT_DECIDED)
			e->actor = by->account_id;
		signalement_apply(s, e, POLICY(&p, acknowledge_days));
	}
	return is_new ? sql_signalement_insert(app_db(app), s)
		      : sql_signalement_update(app_db(app), s);
}

static struct report_threshold threshold_of(const struct policy *p)
{
	return (struct report_threshold){ .repeat_days = POLICY(p, repeat_days),
					  .vital_visits = POLICY(p, report_vital_visits) };
}

/* What is established about one need, by `now`. */
static enum err established(struct app *app, struct arena *a, struct id request_id,
			    const struct person *p, ts now, struct visits *ret_visits,
			    struct deprivation *ret)
{
	const struct zone *z;
	TRY(app_zone(app, p->territory, &z));
	TRY(sql_visits_missed_of_request(app_db(app), a, request_id, ts_add_min(now, 1),
					 ret_visits));
	*ret = (struct deprivation){ .is_unable = p->is_vulnerable,
				     .first_on = DAY_NONE,
				     .last_on = DAY_NONE };
	for (size_t i = 0; i < ret_visits->n; i++) {
		const struct visit *v = &ret_visits->v[i];
		if (v->verdict == VERDICT_EXCUSED)
			continue;
		day d = zone_day(z, v->asked_start_at);
		ret->visits++;
		ret->supplee += v->supplee_min > 0;
		ret->is_vital = ret->is_vital || v->criticality == CRITICALITY_VITAL;
		ret->is_essential =
			ret->is_essential || v->criticality != CRITICALITY_COMFORT;
		ret->days += d.d != ret->last_on.d;
		if (ret->first_on.d == DAY_NONE.d)
			ret->first_on = d;
		ret->last_on = d;
	}
	return OK;
}

static enum err tell_desk(struct app *app, struct arena *a, const struct signalement *s,
			  enum role role, const char *key, ts now)
{
	struct app_place place;
	TRY(app_place_of(app, a, s->territory, &place));
	struct notice n = { .id = app_new_id(app, now),
			    .territory = s->territory,
			    .person_id = s->person_id,
			    .recipient_role = role,
			    .recipient_id = place.id,
			    .channel = CHANNEL_FILE,
			    .key = str_of(key),
			    .args = str_fmt(a, "%lld\n%d\n0\n", (long long)s->facts_at.us,
					    s->visits),
			    .state = NOTICE_STATE_PENDING,
			    .made_at = now,
			    .look_at = now,
			    .harm = 1 };
	return sql_notice_insert(app_db(app), &n);
}

/* The open report of a need; else a blank one to be proposed.  A declined or closed one stays
 * as it is: only failures after it begin another. */
static enum err open_or_new(struct app *app, struct arena *a, const struct person *p,
			    struct id request_id, struct id operator_id, ts now,
			    struct signalement *ret)
{
	if (id_is(request_id)) {
		enum err e =
			sql_signalement_open_of_request(app_db(app), a, request_id, ret);
		if (e != ERR_NOT_FOUND)
			return e;
	}
	*ret = (struct signalement){ .id = app_new_id(app, now),
				     .territory = p->territory,
				     .person_id = p->id,
				     .operator_id = operator_id,
				     .request_id = request_id,
				     .first_on = DAY_NONE,
				     .last_on = DAY_NONE,
				     .look_at = TS_NEVER };
	return OK;
}

/* Has a human already said no, or closed it, with these very facts? */
static enum err settled(struct app *app, struct arena *a, struct id request_id,
			const struct deprivation *d, bool *ret)
{
	struct signalement last;
	enum err e = sql_signalement_last_of_request(app_db(app), a, request_id, &last);
	*ret = e == OK && !signalement_is_open(&last) && d->last_on.d <= last.last_on.d;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err app_signalement_consider(struct app *app, struct arena *a, const struct visit *v,
				  ts now)
{
	struct person p;
	struct visits missed;
	struct deprivation d;
	struct signalement s;
	struct events ev = { 0 };
	bool is_settled;
	TRY(sql_person_get(app_db(app), a, v->person_id, &p));
	struct policy policy =
		app_policy(app, v->territory, v->operator_id, v->criticality, now);
	struct report_threshold t = threshold_of(&policy);
	TRY(established(app, a, v->request_id, &p, now, &missed, &d));
	if (!signalement_is_due(&d, &t))
		return OK;
	TRY(settled(app, a, v->request_id, &d, &is_settled));
	if (is_settled)
		return OK;
	TRY(open_or_new(app, a, &p, v->request_id, v->accepted_operator_id, now, &s));
	bool is_new = s.version == 0;
	enum err e = signalement_propose(a, &s, &d, &t, now, &ev);
	if (e == ERR_DUPLICATE || e == ERR_RULE)
		return OK;
	TRY(e);
	TRY(commit(app, a, &ACTOR_SYSTEM, &s, &ev, is_new, now));
	return tell_desk(
		app, a, &s, ROLE_REFERENT,
		is_new ? "notice.signalement.proposed" : "notice.signalement.facts", now);
}

enum err app_signalement_resumed(struct app *app, struct arena *a, const struct visit *v,
				 ts now)
{
	struct signalement s;
	struct events ev = { 0 };
	enum err e = sql_signalement_open_of_request(app_db(app), a, v->request_id, &s);
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	if (s.is_illtreatment || !ts_is(s.sent_at))
		return OK; /* a human still has to read it */
	TRY(signalement_close(a, &s, S("help_resumed"), now, &ev));
	TRY(commit(app, a, &ACTOR_SYSTEM, &s, &ev, false, now));
	return tell_desk(app, a, &s, ROLE_REFERENT, "notice.signalement.closed", now);
}

enum err app_signalement_witness(struct app *app, struct arena *a, const struct actor *by,
				 struct id person_id, struct id request_id, str note,
				 ts now, struct id *ret_id)
{
	struct person p;
	struct request r = { 0 };
	struct visits missed = { 0 };
	struct signalement s;
	struct events ev = { 0 };
	const struct zone *z;
	if (!procedure_may(PROCEDURE_DEPRIVATION, by->role) || by->role == ROLE_SYSTEM)
		return ERR_FORBIDDEN;
	if (str_blank(note) || note.n > DECISION_REASON_MAX)
		return ERR_INPUT;
	TRY(sql_person_get(app_db(app), a, person_id, &p));
	TRY(app_zone(app, p.territory, &z));
	struct deprivation d = { .is_unable = p.is_vulnerable };
	if (id_is(request_id)) {
		TRY(sql_request_get(app_db(app), a, request_id, &r));
		if (!id_eq(r.person_id, person_id))
			return ERR_NOT_FOUND;
		TRY(established(app, a, request_id, &p, now, &missed, &d));
	}
	d.is_illtreatment = true;
	if (d.visits == 0)
		d.first_on = zone_day(z, now);
	d.last_on = zone_day(z, now);
	TRY(open_or_new(app, a, &p, request_id, r.operator_id, now, &s));
	bool is_new = s.version == 0;
	struct policy policy =
		app_policy(app, p.territory, s.operator_id, CRITICALITY_VITAL, now);
	struct report_threshold t = threshold_of(&policy);
	enum err e = signalement_propose(a, &s, &d, &t, now, &ev);
	if (e != OK && e != ERR_DUPLICATE)
		return e;
	s.is_illtreatment = true;
	if (is_new)
		s.note = note;
	TRY(commit(app, a, by, &s, &ev, is_new, now));
	*ret_id = s.id;
	return tell_desk(app, a, &s, ROLE_REFERENT, "notice.signalement.proposed", now);
}

/* --- sending -------------------------------------------------------------------------- */

/* The sealed annexes for all recipients of these kinds, one after the other; the names of the
 * kinds found go to *ret_kinds.  ERR_NOT_FOUND: a kind has no recipient in force. */
static enum err seal_all(struct app *app, struct arena *a, const struct signalement *s,
			 day today, str kinds, str text, str *ret_sealed)
{
	struct sql_recipients_of_territory_rows rows;
	TRY(sql_recipients_of_territory(app_db(app), a, s->territory, today, &rows));
	str all = { 0 };
	for (str rest = kinds; rest.p;) {
		str kind = str_trim(str_cut(&rest, ' '));
		size_t i = 0;
		if (!kind.n)
			continue;
		while (i < rows.n && !str_eq(rows.v[i].kind, kind))
			i++;
		if (i == rows.n)
			return ERR_NOT_FOUND;
		str sealed;
		TRY(app_seal(app, a, rows.v[i].public_key, text, &sealed));
		all = str_cat(a, all, sealed);
	}
	*ret_sealed = all;
	return OK;
}

static str consent_words(enum consent c)
{
	switch (c) {
	case CONSENT_GIVEN: return S("donné");
	case CONSENT_REFUSED: return S("refusé");
	case CONSENT_UNABLE: return S("personne hors d'état de se protéger");
	case CONSENT_NONE: break;
	}
	return S("non demandé");
}

struct sending {
	str recipients, reason;
	enum consent consent;
	bool is_direct;
};

static enum err send(struct app *app, struct arena *a, const struct actor *by,
		     struct signalement *s, const struct sending *x, ts now)
{
	struct person p;
	struct request r = { 0 };
	struct operator op;
	struct visits missed = { 0 };
	struct deprivation d;
	struct events ev = { 0 };
	const struct zone *z;
	str text, sealed;
	TRY(app_zone(app, s->territory, &z));
	TRY(sql_person_get(app_db(app), a, s->person_id, &p));
	if (id_is(s->request_id)) {
		TRY(sql_request_get(app_db(app), a, s->request_id, &r));
		TRY(established(app, a, s->request_id, &p, now, &missed, &d));
	}
	struct annex annex = { .s = s,
			       .person = &p,
			       .visits = &missed,
			       .own_words = r.own_words,
			       .reason = x->reason,
			       .consent = consent_words(x->consent),
			       .sender = str_of(role_name(by->role)),
			       .number = ts_is(s->sent_at) ? s->supplement + 1 : 0 };
	if (id_is(s->operator_id) &&
	    sql_operator_get(app_db(app), a, s->operator_id, &op) == OK)
		annex.op = &op;
	TRY(annex_text(a, &annex, z, now, &text));
	TRY(seal_all(app, a, s, zone_day(z, now), x->recipients, text, &sealed));
	TRY(signalement_send(a, s, x->recipients, sha256(sealed), x->is_direct, now, &ev));
	s->annex = sealed;
	TRY(commit(app, a, by, s, &ev, false, now));
	return tell_desk(app, a, s, ROLE_REFERENT, "notice.signalement.sent", now);
}

/* Does this référent work for the body that the report is about? */
static bool in_question(const struct actor *by, const struct signalement *s)
{
	return id_is(by->operator_id) && id_eq(by->operator_id, s->operator_id);
}

enum err app_signalement_decide(struct app *app, struct arena *a, const struct actor *by,
				struct id id, bool send_it, enum consent consent,
				str reason, str recipients, ts now)
{
	struct signalement s;
	struct events ev = { 0 };
	const struct zone *z;
	TRY(sql_signalement_get(app_db(app), a, id, &s));
	TRY(app_zone(app, s.territory, &z));
	struct policy p =
		app_policy(app, s.territory, s.operator_id, CRITICALITY_VITAL, now);
	struct decision d = { .id = app_new_id(app, now), .reason = reason };
	struct reading r = { .role = by->role,
			     .human_id = by->account_id,
			     .is_in_question = in_question(by, &s),
			     .send = send_it,
			     .consent = consent,
			     .decision = &d,
			     .appeal_days = POLICY(&p, appeal_days),
			     .today = zone_day(z, now) };
	TRY(signalement_decide(a, &s, &r, now, &ev));
	TRY(commit(app, a, by, &s, &ev, false, now));
	TRY(sql_decision_insert(app_db(app), &d));
	if (!send_it)
		return s.state == SIGNALEMENT_STATE_SECOND_READING
			       ? tell_desk(app, a, &s, ROLE_REFERENT,
					   "notice.signalement.second", now)
			       : OK;
	struct sending x = { .recipients = recipients,
			     .reason = reason,
			     .consent = consent };
	return send(app, a, by, &s, &x, now);
}

enum err app_signalement_direct(struct app *app, struct arena *a, const struct actor *by,
				struct id id, enum consent consent, str reason,
				str recipients, ts now)
{
	struct signalement s;
	TRY(sql_signalement_get(app_db(app), a, id, &s));
	TRY(signalement_direct(&s, by->role, consent));
	if (str_trim(reason).n < DECISION_REASON_MIN)
		return ERR_INPUT;
	struct sending x = { recipients, reason, consent, true };
	return send(app, a, by, &s, &x, now);
}

enum err app_signalement_supplement(struct app *app, struct arena *a,
				    const struct actor *by, struct id id, str reason,
				    ts now)
{
	struct signalement s;
	TRY(sql_signalement_get(app_db(app), a, id, &s));
	if (by->role != ROLE_REFERENT || in_question(by, &s))
		return ERR_FORBIDDEN;
	if (!ts_is(s.sent_at))
		return ERR_WRONG_STATE;
	struct sending x = { .recipients = s.recipient, .reason = reason };
	return send(app, a, by, &s, &x, now);
}

enum err app_signalement_acknowledge(struct app *app, struct arena *a,
				     const struct actor *by, struct id id, str recipient,
				     ts now)
{
	struct signalement s;
	struct events ev = { 0 };
	TRY(sql_signalement_get(app_db(app), a, id, &s));
	TRY(signalement_acknowledge(a, &s, recipient, now, &ev));
	return commit(app, a, by, &s, &ev, false, now);
}

enum err app_signalement_close(struct app *app, struct arena *a, const struct actor *by,
			       struct id id, str why, ts now)
{
	struct signalement s;
	struct events ev = { 0 };
	TRY(sql_signalement_get(app_db(app), a, id, &s));
	if (by->role != ROLE_REFERENT || in_question(by, &s))
		return ERR_FORBIDDEN;
	TRY(signalement_close(a, &s, why, now, &ev));
	return commit(app, a, by, &s, &ev, false, now);
}

enum err app_signalements_due(struct app *app, struct arena *a, ts now, int limit,
			      int *handled)
{
	struct sql_signalements_due_rows rows;
	TRY(sql_signalements_due(app_db(app), a, now, limit, &rows));
	for (size_t i = 0; i < rows.n; i++, (*handled)++) {
		struct signalement s;
		struct events ev = { 0 };
		TRY(sql_signalement_get(app_db(app), a, rows.v[i].id, &s));
		if (!signalement_tick(a, &s, now, &ev))
			continue;
		TRY(commit(app, a, &ACTOR_SYSTEM, &s, &ev, false, now));
		TRY(tell_desk(app, a, &s, ROLE_REFERENT, "notice.signalement.silent", now));
	}
	return OK;
}

/* --- the register --------------------------------------------------------------------- */

enum err app_decide(struct app *app, struct arena *a, const struct actor *by,
		    struct decision *d, bool is_urgent, ts now)
{
	const struct zone *z;
	struct events ev = { 0 };
	TRY(app_zone(app, d->territory, &z));
	struct policy p = app_policy(app, d->territory, ID_NONE, CRITICALITY_PERSONAL, now);
	d->id = app_new_id(app, now);
	d->human_id = by->account_id;
	TRY(decision_take(a, d, by->role, is_urgent, POLICY(&p, appeal_days),
			  zone_day(z, now), now, &ev));
	TRY(app_append(app, a, by, d->territory, &ev.v[0]));
	return sql_decision_insert(app_db(app), d);
}

enum err app_appeal(struct app *app, struct arena *a, const struct actor *by,
		    struct id decision_id, str note, ts now)
{
	struct decision d;
	struct events ev = { 0 };
	const struct zone *z;
	TRY(sql_decision_get(app_db(app), a, decision_id, &d));
	TRY(app_zone(app, d.territory, &z));
	TRY(decision_appeal(a, &d, note, zone_day(z, now), now, &ev));
	TRY(app_append(app, a, by, d.territory, &ev.v[0]));
	return sql_decision_set_appealed(app_db(app), now, decision_id);
}
