/* request.c - decide and apply for a request; its occurrences become visits. */
#include "domain/care/request.h"

#include "base/holiday.h"

static struct event *push(struct arena *a, struct events *ret, const struct request *r,
			  enum event_kind kind, ts now)
{
	struct event *e = ARENA_PUSH(a, ret);
	*e = (struct event){
		.kind = kind, .at = now, .subject = r->id, .person = r->person_id
	};
	return e;
}

bool request_is_live(const struct request *r)
{
	switch (r->state) {
	case REQUEST_STATE_CONFIRMED:
	case REQUEST_STATE_TRANSMITTED:
	case REQUEST_STATE_ACTIVE:
	case REQUEST_STATE_UNSERVED: return true;
	case REQUEST_STATE_ASKED:
	case REQUEST_STATE_READ_BACK:
	case REQUEST_STATE_SUSPENDED:
	case REQUEST_STATE_ENDED:
	case REQUEST_STATE_WITHDRAWN: break;
	}
	return false;
}

static bool over(const struct request *r)
{
	return r->state == REQUEST_STATE_ENDED || r->state == REQUEST_STATE_WITHDRAWN;
}

/* The series of a request; false when its rule or exceptions cannot be read. */
static bool series(struct arena *a, const struct request *r, struct recurrence *ret)
{
	struct recurrence s = { .from = r->starts_on,
				.hours = { r->start_minute },
				.n_hours = 1,
				.no_holidays = r->is_holidays_excluded };
	if (r->rrule.n) {
		if (rrule_parse(r->rrule, &s.rule) != OK)
			return false;
	} else {
		s.rule = rrule_daily();
		s.rule.count = 1;
	}
	size_t n = r->exdates.n ? r->exdates.n / 11 + 1 : 0;
	struct exdate *ex = ARENA_ARRAY(a, struct exdate, n);
	str rest = r->exdates;
	for (s.n_exdates = 0; rest.n; s.n_exdates++) {
		if (s.n_exdates >= n ||
		    day_parse(str_cut(&rest, ','), &ex[s.n_exdates].day) != OK)
			return false;
		ex[s.n_exdates].min = -1;
	}
	s.exdates = ex;
	*ret = s;
	return true;
}

unsigned request_faults(const struct request *r, day today)
{
	unsigned f = 0;
	if (str_blank(r->own_words) || r->own_words.n > REQUEST_WORDS_MAX)
		f |= REQUEST_FAULT_WORDS;
	if (!r->tasks || r->tasks >> TASK_COUNT)
		f |= REQUEST_FAULT_TASKS;
	if (r->start_minute < 0 || r->start_minute >= 1440)
		f |= REQUEST_FAULT_HOUR;
	if (r->duration_min < 5 || r->duration_min > VISIT_LONG_MIN)
		f |= REQUEST_FAULT_DURATION;
	if (r->tolerance_min < 0 || r->tolerance_min > 240)
		f |= REQUEST_FAULT_TOLERANCE;
	if (r->starts_on.d == INT32_MIN || r->starts_on.d > today.d + 366 ||
	    (r->ends_on.d != INT32_MIN && r->ends_on.d < r->starts_on.d) ||
	    (!r->is_imported && r->starts_on.d < today.d - 366))
		f |= REQUEST_FAULT_DATES;
	if (r->rrule.n && !(f & REQUEST_FAULT_HOUR)) {
		struct rrule rule;
		if (rrule_parse(r->rrule, &rule) != OK) {
			f |= REQUEST_FAULT_RULE;
		} else if (!(f & REQUEST_FAULT_DATES)) {
			struct rrule_iter it = rrule_start(&rule, r->starts_on, r->ends_on);
			day d;
			if (!rrule_next(&it, &d))
				f |= REQUEST_FAULT_NEVER;
		}
	}
	return f;
}

enum err request_ask(struct arena *a, const struct request *r, ts now, day today,
		     struct events *ret)
{
	if (request_faults(r, today))
		return ERR_INPUT;
	struct event *e = push(a, ret, r, EV_REQUEST_ASKED, now);
	struct ev_request_asked *u = &e->u.request_asked;
	u->person_id = r->person_id;
	u->plan_line_id = r->plan_line_id;
	u->mode = r->mode;
	u->payer = r->payer;
	u->criticality = r->criticality;
	u->rrule = r->rrule;
	u->starts_on = r->starts_on;
	u->ends_on = r->ends_on;
	u->start_minute = r->start_minute;
	u->duration_min = r->duration_min;
	u->tolerance_min = r->tolerance_min;
	u->imported = r->is_imported;
	u->own_words = r->own_words;
	u->tasks = r->tasks;
	u->read_back = r->read_back;
	return OK;
}

enum err request_confirm(struct arena *a, const struct request *r, bool confirmed, ts now,
			 struct events *ret)
{
	bool first_contact = r->is_imported && !r->is_read_back && !over(r);
	if (r->state != REQUEST_STATE_ASKED && r->state != REQUEST_STATE_READ_BACK &&
	    !first_contact)
		return ERR_WRONG_STATE;
	push(a, ret, r, EV_REQUEST_READ_BACK, now)->u.request_read_back.confirmed =
		confirmed;
	return OK;
}

enum err request_transmit(struct arena *a, const struct request *r,
			  const struct request_answer *open, struct id operator_id, ts now,
			  struct events *ret)
{
	if (!request_is_live(r) || id_is(r->operator_id))
		return ERR_WRONG_STATE;
	if (!id_is(operator_id))
		return ERR_INPUT;
	if (open && open->answer == ANSWER_WAITING && id_eq(open->operator_id, operator_id))
		return ERR_DUPLICATE;
	struct event *e = push(a, ret, r, EV_REQUEST_TRANSMITTED, now);
	e->u.request_transmitted.operator_id = operator_id;
	e->u.request_transmitted.round = r->round + 1;
	return OK;
}

enum err request_reply(struct arena *a, const struct request *r,
		       const struct request_answer *open, enum answer answer,
		       enum refusal_reason reason, str note, ts now, struct events *ret)
{
	if (!open || over(r))
		return ERR_WRONG_STATE;
	if (answer == ANSWER_WITHDRAWN) { /* gives back what it had accepted */
		if (open->answer != ANSWER_ACCEPTED && open->answer != ANSWER_PARTLY)
			return ERR_WRONG_STATE;
	} else if (open->answer != ANSWER_WAITING && open->answer != ANSWER_SILENT) {
		return ERR_DUPLICATE;
	}
	if (answer != ANSWER_ACCEPTED && answer != ANSWER_PARTLY &&
	    answer != ANSWER_REFUSED && answer != ANSWER_WITHDRAWN)
		return ERR_INPUT;
	if ((answer == ANSWER_REFUSED || answer == ANSWER_WITHDRAWN) &&
	    reason == REFUSAL_REASON_NONE)
		return ERR_INPUT;
	if ((answer == ANSWER_ACCEPTED || answer == ANSWER_PARTLY) && id_is(r->operator_id))
		return ERR_CONFLICT; /* another one was quicker */
	struct event *e = push(a, ret, r, EV_REQUEST_ANSWERED, now);
	e->u.request_answered.operator_id = open->operator_id;
	e->u.request_answered.round = open->round;
	e->u.request_answered.answer = answer;
	e->u.request_answered.reason = reason;
	e->u.request_answered.note = note;
	return OK;
}

enum err request_withdraw(struct arena *a, const struct request *r, enum cancel_by by,
			  ts now, struct events *ret)
{
	if (over(r))
		return ERR_WRONG_STATE;
	if (by == CANCEL_BY_NONE || by == CANCEL_BY_OPERATOR)
		return ERR_INPUT; /* an operator gives back: request_reply(ANSWER_WITHDRAWN) */
	push(a, ret, r, EV_REQUEST_WITHDRAWN, now)->u.request_withdrawn.by = by;
	return OK;
}

enum err request_suspend(struct arena *a, const struct request *r, day until_on, ts now,
			 struct events *ret)
{
	if (!request_is_live(r))
		return ERR_WRONG_STATE;
	push(a, ret, r, EV_REQUEST_SUSPENDED, now)->u.request_suspended.until_on = until_on;
	return OK;
}

enum err request_resume(struct arena *a, const struct request *r, ts now,
			struct events *ret)
{
	if (r->state != REQUEST_STATE_SUSPENDED)
		return ERR_WRONG_STATE;
	push(a, ret, r, EV_REQUEST_RESUMED, now);
	return OK;
}

enum err request_set_carer(struct arena *a, const struct request *r, struct id carer_id,
			   ts now, struct events *ret)
{
	if (over(r))
		return ERR_WRONG_STATE;
	if (id_eq(r->carer_id, carer_id))
		return ERR_DUPLICATE;
	push(a, ret, r, EV_REQUEST_CARER_SET, now)->u.request_carer_set.carer_id = carer_id;
	return OK;
}

enum err request_change(struct arena *a, const struct request *r,
			const struct request *changed, day today, ts now,
			struct events *ret)
{
	if (over(r))
		return ERR_WRONG_STATE;
	if (request_faults(changed, today) & ~(unsigned)REQUEST_FAULT_DATES)
		return ERR_INPUT;
	struct event *e = push(a, ret, r, EV_REQUEST_CHANGED, now);
	e->u.request_changed.rrule = changed->rrule;
	e->u.request_changed.start_minute = changed->start_minute;
	e->u.request_changed.duration_min = changed->duration_min;
	e->u.request_changed.ends_on = changed->ends_on;
	e->u.request_changed.own_words = changed->own_words;
	return OK;
}

/* --- apply */

static void apply_answered(struct request *r, const struct event *e)
{
	const struct ev_request_answered *u = &e->u.request_answered;
	r->answered_at = e->at;
	if (u->answer == ANSWER_ACCEPTED || u->answer == ANSWER_PARTLY) {
		r->operator_id = u->operator_id;
		r->state = REQUEST_STATE_ACTIVE;
	} else {
		if (id_eq(r->operator_id, u->operator_id)) {
			r->operator_id = ID_NONE;
			r->carer_id = ID_NONE;
		}
		r->state =
			REQUEST_STATE_UNSERVED; /* until served or withdrawn by the person */
	}
}

static void apply_asked(struct request *r, const struct event *e)
{
	r->asked_at = e->at;
	r->is_imported = e->u.request_asked.imported;
	r->state = r->is_imported ? REQUEST_STATE_CONFIRMED : REQUEST_STATE_ASKED;
}

void request_apply(struct request *r, const struct event *e)
{
	ASSERT(id_eq(r->id, e->subject));
	r->version++;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
	switch (e->kind) {
#pragma GCC diagnostic pop
	case EV_REQUEST_ASKED: apply_asked(r, e); break;
	case EV_REQUEST_READ_BACK:
		if (e->u.request_read_back.confirmed) {
			r->is_read_back = true;
			if (r->state == REQUEST_STATE_ASKED ||
			    r->state == REQUEST_STATE_READ_BACK)
				r->state = REQUEST_STATE_CONFIRMED;
		} else if (!r->is_imported) {
			r->state = REQUEST_STATE_READ_BACK;
		}
		break;
	case EV_REQUEST_TRANSMITTED:
		r->round = (int)e->u.request_transmitted.round;
		r->transmitted_at = e->at;
		r->state = REQUEST_STATE_TRANSMITTED;
		break;
	case EV_REQUEST_ANSWERED: apply_answered(r, e); break;
	case EV_REQUEST_SILENT: r->state = REQUEST_STATE_UNSERVED; break;
	case EV_REQUEST_CHANGED:
		r->rrule = e->u.request_changed.rrule;
		r->start_minute = (int)e->u.request_changed.start_minute;
		r->duration_min = (int)e->u.request_changed.duration_min;
		r->ends_on = e->u.request_changed.ends_on;
		break;
	case EV_REQUEST_SUSPENDED:
		r->state = REQUEST_STATE_SUSPENDED;
		r->suspended_until_on = e->u.request_suspended.until_on;
		break;
	case EV_REQUEST_RESUMED:
		r->suspended_until_on = DAY_NONE;
		r->state = id_is(r->operator_id) ? REQUEST_STATE_ACTIVE
						 : REQUEST_STATE_UNSERVED;
		break;
	case EV_REQUEST_WITHDRAWN: r->state = REQUEST_STATE_WITHDRAWN; break;
	case EV_REQUEST_ENDED: r->state = REQUEST_STATE_ENDED; break;
	case EV_REQUEST_CARER_SET: r->carer_id = e->u.request_carer_set.carer_id; break;
	default: die("event %d does not concern a request", (int)e->kind);
	}
}

void request_answer_apply(struct request_answer *l, const struct event *e)
{
	if (e->kind == EV_REQUEST_TRANSMITTED) {
		l->request_id = e->subject;
		l->round = (int)e->u.request_transmitted.round;
		l->operator_id = e->u.request_transmitted.operator_id;
		l->transmitted_at = e->at;
		l->answer = ANSWER_WAITING;
	} else if (e->kind == EV_REQUEST_ANSWERED) {
		l->answered_at = e->at;
		l->answer = e->u.request_answered.answer;
		l->reason = e->u.request_answered.reason;
		l->note = e->u.request_answered.note;
	} else if (e->kind == EV_REQUEST_SILENT) {
		l->answer = ANSWER_SILENT;
	}
}

/* --- watch */

static ts silent_at(const struct request_answer *open, const struct policy *p)
{
	if (!open || open->answer != ANSWER_WAITING)
		return TS_NEVER;
	return ts_add_min(open->transmitted_at, POLICY(p, answer_delay_min));
}

ts request_look_at(const struct request *r, const struct request_answer *open,
		   const struct policy *p, const struct zone *z)
{
	if (over(r))
		return TS_NEVER;
	ts at = silent_at(open, p);
	if (r->state == REQUEST_STATE_SUSPENDED && r->suspended_until_on.d != INT32_MIN)
		at = ts_min(at, zone_ts(z, day_add(r->suspended_until_on, 1), 0));
	if (request_is_live(r) && r->planned_until_on.d != INT32_MIN) {
		/* extend the planned visits a week before they run out of the horizon */
		bool last =
			r->ends_on.d != INT32_MIN && r->planned_until_on.d >= r->ends_on.d;
		int back = last ? -1 : (int)POLICY(p, horizon_days);
		at = ts_min(at, zone_ts(z, day_add(r->planned_until_on, -back), 0));
	}
	return at;
}

void request_tick(struct arena *a, const struct request *r,
		  const struct request_answer *open, const struct policy *p,
		  const struct zone *z, ts now, struct events *ret)
{
	if (over(r))
		return;
	if (silent_at(open, p).us <= now.us) {
		struct event *e = push(a, ret, r, EV_REQUEST_SILENT, now);
		e->actor_role = ROLE_SYSTEM;
		e->u.request_silent.operator_id = open->operator_id;
		e->u.request_silent.round = open->round;
	}
	day today = zone_day(z, now);
	if (r->state == REQUEST_STATE_SUSPENDED && r->suspended_until_on.d != INT32_MIN &&
	    today.d > r->suspended_until_on.d)
		push(a, ret, r, EV_REQUEST_RESUMED, now)->actor_role = ROLE_SYSTEM;
	if (r->ends_on.d != INT32_MIN && today.d > r->ends_on.d)
		push(a, ret, r, EV_REQUEST_ENDED, now)->actor_role = ROLE_SYSTEM;
}

enum err request_expand(struct arena *a, const struct request *r, const struct zone *z,
			day from, day until, struct occurrences *ret)
{
	struct recurrence s;
	if (!series(a, r, &s))
		return ERR_SYNTAX;
	if (r->ends_on.d != INT32_MIN && until.d > r->ends_on.d)
		until = r->ends_on;
	*ret = (struct occurrences){ 0 };
	if (until.d < from.d)
		return OK;
	struct days holidays = { 0 };
	if (r->is_holidays_excluded)
		holidays = holiday_set(a, holiday_place_of(r->territory),
				       day_civil(from).year, day_civil(until).year);
	struct span range = { zone_ts(z, from, 0), zone_ts(z, day_add(until, 1), 0) };
	return recurrence_expand(a, &s, z, &holidays, range, 10000, ret);
}

struct visit request_visit(const struct request *r, const struct occurrence *o, str id_key,
			   const struct policy *p, const struct zone *z,
			   enum reminder reminder)
{
	uint8_t raw[24];
	id_bytes(r->id, raw);
	for (int i = 0; i < 4; i++) {
		raw[16 + i] = (uint8_t)((uint32_t)o->day.d >> (24 - 8 * i));
		raw[20 + i] = (uint8_t)((uint32_t)o->min >> (24 - 8 * i));
	}
	struct hash h = hmac_sha256(id_key, (str){ (const char *)raw, sizeof raw });
	bool served = r->state == REQUEST_STATE_ACTIVE;
	struct visit v = {
		.id = id_derived(o->start, h.b),
		.territory = r->territory,
		.request_id = r->id,
		.person_id = r->person_id,
		.operator_id = served ? r->operator_id : ID_NONE,
		.accepted_operator_id = served ? r->operator_id : ID_NONE,
		.carer_id = served ? r->carer_id : ID_NONE,
		.regular_carer_id = served ? r->carer_id : ID_NONE,
		.plan_line_id = r->plan_line_id,
		.mode = r->mode,
		.payer = r->payer,
		.criticality = r->criticality,
		.tasks = r->tasks,
		.recurrence_on = o->day,
		.recurrence_minute = o->min,
		.asked_start_at = o->start,
		.start_at = o->start,
		.end_at = ts_add_min(o->start, r->duration_min),
		.remind_at = policy_remind_at(p, z, o->start, reminder),
		.tolerance_min = r->tolerance_min,
		.assignment =
			served && id_is(r->carer_id) ? ASSIGNMENT_REGULAR : ASSIGNMENT_NONE,
		.state = VISIT_STATE_PLANNED,
		.step = STEP_REMIND,
	};
	return v;
}
