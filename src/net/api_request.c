/* api_request.c - a need: asked, read back, sent, answered, suspended, ended. */
#include "net/json_rows.h"
#include "net/serve.h"

static void answer_request(struct call *c, struct http_response *ret,
			   const struct request *r, const struct request_answers *answers)
{
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	json_key(&j, "request"), json_request(&j, r);
	json_key(&j, "answers"), json_arr(&j);
	for (size_t i = 0; i < answers->n; i++) {
		const struct request_answer *x = &answers->v[i];
		json_obj(&j);
		JSON(&j, "operator_id", x->operator_id);
		JSON(&j, "round", x->round);
		JSON(&j, "transmitted_at", x->transmitted_at);
		JSON(&j, "answered_at", x->answered_at);
		JSON(&j, "answer", answer_name(x->answer));
		JSON(&j, "reason", refusal_reason_name(x->reason));
		json_end(&j);
	}
	json_end(&j), json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
}

static enum err show(struct call *c, struct id id, struct http_response *ret)
{
	struct request r;
	struct request_answers all, own = { 0 };
	TRY(sql_request_get(c->db, c->a, id, &r));
	TRY(sql_request_answers(c->db, c->a, id, &all));
	/* an operator sees its own answer, not those of its rivals */
	bool operator= c->who.role == ROLE_COORDINATOR || c->who.role == ROLE_OPERATOR_API;
	for (size_t i = 0; i < all.n; i++)
		if (!operator|| id_eq(all.v[i].operator_id, c->who.operator_id))
			*ARENA_PUSH(c->a, &own) = all.v[i];
	answer_request(c, ret, &r, &own);
	return OK;
}

enum err do_request(struct call *c, struct http_response *ret)
{
	return show(c, c->object.id, ret);
}

static enum err after(struct call *c, struct http_response *ret)
{
	if (c->json)
		return show(c, c->object.id, ret);
	answer_redirect(ret, S("/"));
	return OK;
}

enum err do_person_requests(struct call *c, struct http_response *ret)
{
	struct requests list;
	TRY(sql_requests_of_person(c->db, c->a, c->object.id, &list));
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	json_key(&j, "requests"), json_arr(&j);
	for (size_t i = 0; i < list.n; i++)
		json_request(&j, &list.v[i]);
	json_end(&j), json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
	return OK;
}

struct request_ask_in {
	str own_words, read_back, rrule, exdates, preferences, external_ref;
	uint64_t tasks;
	int mode, payer, criticality, start;
	int64_t minutes, tolerance, carers;
	day starts_on, ends_on;
	bool holidays_excluded;
	struct id plan_line_id;
};
static const struct field request_ask_fields[] = {
	FIELD_LIMITS(struct request_ask_in, own_words, TEXT, true, 1, 2000),
	FIELD_LIMITS(struct request_ask_in, read_back, TEXT, false, 0, 2000),
	FIELD_WORDS(struct request_ask_in, tasks, SET, true, task_table),
	FIELD_LIMITS(struct request_ask_in, rrule, TEXT, false, 0, RRULE_TEXT_MAX),
	FIELD_LIMITS(struct request_ask_in, exdates, TEXT, false, 0, 5000),
	FIELD_OPTIONAL(struct request_ask_in, holidays_excluded, BOOL),
	FIELD_REQUIRED(struct request_ask_in, starts_on, DAY),
	FIELD_OPTIONAL(struct request_ask_in, ends_on, DAY),
	FIELD_REQUIRED(struct request_ask_in, start, HM),
	FIELD_LIMITS(struct request_ask_in, minutes, INT, true, 5, 960),
	FIELD_LIMITS(struct request_ask_in, tolerance, INT, false, 0, 240),
	FIELD_LIMITS(struct request_ask_in, carers, INT, false, 1, 4),
	FIELD_WORDS(struct request_ask_in, mode, ENUM, false, care_mode_table),
	FIELD_WORDS(struct request_ask_in, payer, ENUM, false, payer_table),
	FIELD_WORDS(struct request_ask_in, criticality, ENUM, false, criticality_table),
	FIELD_OPTIONAL(struct request_ask_in, plan_line_id, ID),
	FIELD_LIMITS(struct request_ask_in, preferences, TEXT, false, 0, 2000),
	FIELD_LIMITS(struct request_ask_in, external_ref, TEXT, false, 0, 100),
};
static const struct request_ask_in request_ask_default = {
	.criticality = CRITICALITY_PERSONAL,
	.tolerance = 15,
	.carers = 1,
	.ends_on = { INT32_MIN },
};
const struct input in_request_ask = { request_ask_fields,
				      sizeof request_ask_fields /
					      sizeof *request_ask_fields,
				      sizeof(struct request_ask_in), &request_ask_default };

enum err do_request_ask(struct call *c, struct http_response *ret)
{
	const struct request_ask_in *in = c->in;
	struct actor by = call_actor(c);
	struct request r = {
		.territory = c->object.territory,
		.person_id = c->object.person_id,
		.plan_line_id = in->plan_line_id,
		.mode = (enum care_mode)in->mode,
		.payer = (enum payer)in->payer,
		.criticality = (enum criticality)in->criticality,
		.own_words = in->own_words,
		.read_back = in->read_back,
		.tasks = (uint32_t)in->tasks,
		.exdates = in->exdates,
		.is_holidays_excluded = in->holidays_excluded,
		.starts_on = in->starts_on,
		.ends_on = in->ends_on,
		.start_minute = in->start,
		.duration_min = (int)in->minutes,
		.tolerance_min = (int)in->tolerance,
		.carers = (int)in->carers,
		.preferences = in->preferences,
		.external_ref = in->external_ref,
	};
	struct rrule rule;
	if (in->rrule.n && rrule_parse(in->rrule, &rule)) {
		call_fault(c, "rrule", FAULT_SYNTAX);
		return ERR_INPUT;
	}
	r.rrule = in->rrule.n ? rrule_text(c->a, &rule) : (str){ 0 };
	TRY(app_request_ask(c->app, c->a, &by, &r, c->now));
	if (c->json)
		return show(c, r.id, ret);
	answer_redirect(ret, S("/"));
	return OK;
}

struct confirm_in {
	bool confirmed;
};
static const struct field confirm_fields[] = {
	FIELD_REQUIRED(struct confirm_in, confirmed, BOOL),
};
const struct input in_confirm = { confirm_fields, 1, sizeof(struct confirm_in), NULL };

enum err do_request_confirm(struct call *c, struct http_response *ret)
{
	const struct confirm_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_request_confirm(c->app, c->a, &by, c->object.id, in->confirmed, c->now));
	return after(c, ret);
}

enum err do_request_withdraw(struct call *c, struct http_response *ret)
{
	struct actor by = call_actor(c);
	TRY(app_request_withdraw(c->app, c->a, &by, c->object.id, c->now));
	return after(c, ret);
}

struct suspend_in {
	day until_on;
	int cause;
};
static const struct field suspend_fields[] = {
	FIELD_REQUIRED(struct suspend_in, until_on, DAY),
	FIELD_WORDS(struct suspend_in, cause, ENUM, false, cause_table),
};
const struct input in_suspend = { suspend_fields, 2, sizeof(struct suspend_in), NULL };

enum err do_request_suspend(struct call *c, struct http_response *ret)
{
	const struct suspend_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_request_suspend(c->app, c->a, &by, c->object.id, in->until_on,
				(enum cause)in->cause, c->now));
	return after(c, ret);
}

enum err do_request_resume(struct call *c, struct http_response *ret)
{
	struct actor by = call_actor(c);
	TRY(app_request_resume(c->app, c->a, &by, c->object.id, c->now));
	return after(c, ret);
}

struct transmit_in {
	struct id operator_id;
};
static const struct field transmit_fields[] = {
	FIELD_REQUIRED(struct transmit_in, operator_id, ID),
};
const struct input in_transmit = { transmit_fields, 1, sizeof(struct transmit_in), NULL };

enum err do_request_transmit(struct call *c, struct http_response *ret)
{
	const struct transmit_in *in = c->in;
	struct actor by = call_actor(c);
	struct object o;
	TRY(sql_object_operator(c->db, c->a, in->operator_id, &o));
	if (!str_eq(o.territory, c->who.territory))
		return ERR_NOT_FOUND;
	TRY(app_request_transmit(c->app, c->a, &by, c->object.id, in->operator_id, c->now));
	return after(c, ret);
}

struct reply_in {
	int answer, reason;
	str note;
};
static const struct field reply_fields[] = {
	FIELD_WORDS(struct reply_in, answer, ENUM, true, answer_table),
	FIELD_WORDS(struct reply_in, reason, ENUM, false, refusal_reason_table),
	FIELD_LIMITS(struct reply_in, note, TEXT, false, 0, 1000),
};
const struct input in_reply = { reply_fields, 3, sizeof(struct reply_in), NULL };

enum err do_request_reply(struct call *c, struct http_response *ret)
{
	const struct reply_in *in = c->in;
	struct actor by = call_actor(c);
	if (in->answer != ANSWER_ACCEPTED && in->answer != ANSWER_PARTLY &&
	    in->answer != ANSWER_REFUSED && in->answer != ANSWER_WITHDRAWN) {
		call_fault(c, "answer", FAULT_CHOICE); /* silence is not said */
		return ERR_INPUT;
	}
	TRY(app_request_reply(c->app, c->a, &by, c->object.id, c->who.operator_id,
			      (enum answer)in->answer, (enum refusal_reason)in->reason,
			      in->note, c->now));
	return after(c, ret);
}

struct request_carer_in {
	struct id carer_id;
};
static const struct field request_carer_fields[] = {
	FIELD_REQUIRED(struct request_carer_in, carer_id, ID),
};
const struct input in_request_carer = { request_carer_fields, 1,
					sizeof(struct request_carer_in), NULL };

enum err do_request_carer(struct call *c, struct http_response *ret)
{
	const struct request_carer_in *in = c->in;
	struct actor by = call_actor(c);
	struct object carer;
	TRY(sql_object_carer(c->db, c->a, in->carer_id, &carer));
	if (!id_eq(carer.operator_id, c->who.operator_id))
		return ERR_NOT_FOUND;
	TRY(app_request_set_carer(c->app, c->a, &by, c->object.id, in->carer_id, c->now));
	return after(c, ret);
}
