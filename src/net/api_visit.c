/* api_visit.c - one visit: seen, begun, ended, announced, corrected, attested, changed. */
#include "net/json_rows.h"
#include "net/serve.h"

#define VISIT_DAYS_MAX 62

/* ---- reading ---- */

struct visits_in {
	day from, until; /* local days, `until` included */
};
static const struct field visits_fields[] = {
	FIELD_REQUIRED(struct visits_in, from, DAY),
	FIELD_REQUIRED(struct visits_in, until, DAY),
};
const struct input in_visits = { visits_fields, 2, sizeof(struct visits_in), NULL };

/* One's own: of the person, the carer or the operator. */
static enum err own_visits(struct call *c, ts from, ts until, struct visits *ret)
{
	const struct principal *w = &c->who;
	switch (w->role) {
	case ROLE_PERSON:
	case ROLE_CIRCLE:
	case ROLE_GUARDIAN:
		if (w->role != ROLE_PERSON && !(w->scopes & SCOPE_SEE_TODAY))
			return ERR_FORBIDDEN;
		return sql_visits_of_person(c->db, c->a, w->person_id, from, until, ret);
	case ROLE_CARER:
		return sql_visits_of_carer(c->db, c->a, w->subject_id, from, until, ret);
	case ROLE_COORDINATOR:
	case ROLE_OPERATOR_API:
		return sql_visits_of_operator(c->db, c->a, w->operator_id, from, until,
					      ret);
	case ROLE_NONE:
	case ROLE_REFERENT:
	case ROLE_AUTHORITY:
	case ROLE_CERTIFIER:
	case ROLE_REPRESENTATIVE:
	case ROLE_ADMIN:
	case ROLE_SYSTEM: break;
	}
	return ERR_FORBIDDEN;
}

enum err do_visits(struct call *c, struct http_response *ret)
{
	const struct visits_in *in = c->in;
	const struct zone *z;
	struct visits list = { 0 };
	if (in->until.d < in->from.d || in->until.d - in->from.d > VISIT_DAYS_MAX) {
		call_fault(c, "until", FAULT_RANGE);
		return ERR_INPUT;
	}
	TRY(call_zone(c, c->who.territory, &z));
	TRY(own_visits(c, zone_ts(z, in->from, 0), zone_ts(z, day_add(in->until, 1), 0),
		       &list));
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	json_key(&j, "visits"), json_arr(&j);
	for (size_t i = 0; i < list.n; i++)
		json_visit(&j, &list.v[i]);
	json_end(&j), json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
	return OK;
}

static void answer_visit(struct call *c, struct http_response *ret, const struct visit *v)
{
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_visit(&j, v);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
}

enum err do_visit(struct call *c, struct http_response *ret)
{
	struct visit v;
	TRY(sql_visit_get(c->db, c->a, c->object.id, &v));
	answer_visit(c, ret, &v);
	return OK;
}

static enum err visit_now(struct call *c, struct http_response *ret, const struct visit *v)
{
	if (c->json)
		answer_visit(c, ret, v);
	else
		answer_redirect(ret, S("/"));
	return OK;
}

/* A changing call on a visit answers with the visit as it now is, or goes back to its page. */
static enum err visit_after(struct call *c, struct http_response *ret)
{
	if (c->json)
		return do_visit(c, ret);
	answer_redirect(ret, S("/"));
	return OK;
}

/* ---- arrival and departure ---- */

/* An operator's software or desk speaks for a carer; a carer for herself. */
static struct id speaking_carer(const struct call *c)
{
	return c->who.role == ROLE_CARER ? c->who.subject_id : c->object.carer_id;
}

/* How much a proof is believed depends on who brings it: a desk cannot bring a tag. */
static enum proof believed(const struct call *c, int proof)
{
	return c->who.role == ROLE_COORDINATOR ? PROOF_MANUAL : (enum proof)proof;
}

struct check_in_in {
	ts at;
	int proof;
	str note;
};
static const struct field check_in_fields[] = {
	FIELD_OPTIONAL(struct check_in_in, at, TS),
	FIELD_WORDS(struct check_in_in, proof, ENUM, false, proof_table),
	FIELD_LIMITS(struct check_in_in, note, TEXT, false, 0, 1000),
};
static const struct check_in_in check_in_default = { .proof = PROOF_MANUAL };
const struct input in_check_in = { check_in_fields, 3, sizeof(struct check_in_in),
				   &check_in_default };

enum err do_visit_check_in(struct call *c, struct http_response *ret)
{
	const struct check_in_in *in = c->in;
	struct actor by = call_actor(c);
	struct visit v;
	struct check_in ci = {
		.carer_id = speaking_carer(c),
		.operator_id = c->object.operator_id,
		.proof = believed(c, in->proof),
		.claimed_at = ts_is(in->at) ? in->at : c->now,
		.is_signed = c->who.kind == SESSION_DEVICE,
		.note = in->note,
	};
	TRY(app_check_in(c->app, c->a, &by, c->object.id, &ci, c->now, &v));
	return visit_now(c, ret, &v);
}

struct check_out_in {
	ts at;
	int proof;
	uint64_t tasks;
	str note;
};
static const struct field check_out_fields[] = {
	FIELD_OPTIONAL(struct check_out_in, at, TS),
	FIELD_WORDS(struct check_out_in, proof, ENUM, false, proof_table),
	FIELD_WORDS(struct check_out_in, tasks, SET, false, task_table),
	FIELD_LIMITS(struct check_out_in, note, TEXT, false, 0, 1000),
};
static const struct check_out_in check_out_default = { .proof = PROOF_MANUAL };
const struct input in_check_out = { check_out_fields, 4, sizeof(struct check_out_in),
				    &check_out_default };

enum err do_visit_check_out(struct call *c, struct http_response *ret)
{
	const struct check_out_in *in = c->in;
	struct actor by = call_actor(c);
	struct visit v;
	struct check_out co = {
		.carer_id = speaking_carer(c),
		.proof = believed(c, in->proof),
		.claimed_at = ts_is(in->at) ? in->at : c->now,
		.is_signed = c->who.kind == SESSION_DEVICE,
		.tasks_done = (uint32_t)in->tasks,
		.note = in->note,
	};
	TRY(app_check_out(c->app, c->a, &by, c->object.id, &co, c->now, &v));
	return visit_now(c, ret, &v);
}

/* ---- announcements ---- */

struct late_in {
	int64_t minutes;
	int cause;
};
static const struct field late_fields[] = {
	FIELD_LIMITS(struct late_in, minutes, INT, true, 1, 600),
	FIELD_WORDS(struct late_in, cause, ENUM, false, cause_table),
};
const struct input in_late = { late_fields, 2, sizeof(struct late_in), NULL };

enum err do_visit_late(struct call *c, struct http_response *ret)
{
	const struct late_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_announce_late(c->app, c->a, &by, c->object.id, (int)in->minutes,
			      (enum cause)in->cause, c->now));
	return visit_after(c, ret);
}

struct door_in {
	ts at;
};
static const struct field door_fields[] = { FIELD_OPTIONAL(struct door_in, at, TS) };
const struct input in_door = { door_fields, 1, sizeof(struct door_in), NULL };

enum err do_visit_door(struct call *c, struct http_response *ret)
{
	const struct door_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_door(c->app, c->a, &by, c->object.id, ts_is(in->at) ? in->at : c->now,
		     c->now));
	return visit_after(c, ret);
}

struct correct_in {
	ts started_at, ended_at;
	int reason;
	str note;
};
static const struct field correct_fields[] = {
	FIELD_OPTIONAL(struct correct_in, started_at, TS),
	FIELD_OPTIONAL(struct correct_in, ended_at, TS),
	FIELD_WORDS(struct correct_in, reason, ENUM, true, correction_reason_table),
	FIELD_LIMITS(struct correct_in, note, TEXT, false, 0, 1000),
};
const struct input in_correct = { correct_fields, 4, sizeof(struct correct_in), NULL };

enum err do_visit_correct(struct call *c, struct http_response *ret)
{
	const struct correct_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_visit_correct(c->app, c->a, &by, c->object.id, in->started_at, in->ended_at,
			      (enum correction_reason)in->reason, in->note, c->now));
	return visit_after(c, ret);
}

/* ---- the person's word ---- */

struct attest_in {
	int what;
};
static const struct field attest_fields[] = {
	FIELD_WORDS(struct attest_in, what, ENUM, true, attestation_table),
};
const struct input in_attest = { attest_fields, 1, sizeof(struct attest_in), NULL };

enum err do_visit_attest(struct call *c, struct http_response *ret)
{
	const struct attest_in *in = c->in;
	struct actor by = call_actor(c);
	enum proof proof = PROOF_MANUAL; /* the origin is shown beside the word */
	if (c->who.kind == SESSION_CARD)
		proof = PROOF_CODE;
	else if (c->who.role != ROLE_PERSON)
		proof = PROOF_RELATIVE;
	TRY(app_attest(c->app, c->a, &by, c->object.id, (enum attestation)in->what, proof,
		       c->now));
	return visit_after(c, ret);
}

struct contest_in {
	str what, note;
};
static const struct field contest_fields[] = {
	FIELD_LIMITS(struct contest_in, what, WORD, true, 1, 40),
	FIELD_LIMITS(struct contest_in, note, TEXT, true, 1, 1000),
};
const struct input in_contest = { contest_fields, 2, sizeof(struct contest_in), NULL };

enum err do_visit_contest(struct call *c, struct http_response *ret)
{
	const struct contest_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_contest(c->app, c->a, &by, c->object.id, in->what, in->note, c->now));
	return visit_after(c, ret);
}

struct supplee_in {
	int64_t minutes;
};
static const struct field supplee_fields[] = {
	FIELD_LIMITS(struct supplee_in, minutes, INT, true, 1, 1440),
};
const struct input in_supplee = { supplee_fields, 1, sizeof(struct supplee_in), NULL };

enum err do_visit_supplee(struct call *c, struct http_response *ret)
{
	const struct supplee_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_supplee(c->app, c->a, &by, c->object.id, (int)in->minutes, c->now));
	return visit_after(c, ret);
}

/* ---- changes ---- */

struct cancel_in {
	int cause;
	str note;
};
static const struct field cancel_fields[] = {
	FIELD_WORDS(struct cancel_in, cause, ENUM, false, cause_table),
	FIELD_LIMITS(struct cancel_in, note, TEXT, false, 0, 1000),
};
const struct input in_cancel = { cancel_fields, 2, sizeof(struct cancel_in), NULL };

enum err do_visit_cancel(struct call *c, struct http_response *ret)
{
	const struct cancel_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_visit_cancel(c->app, c->a, &by, c->object.id, (enum cause)in->cause,
			     in->note, c->now));
	return visit_after(c, ret);
}

struct move_in {
	ts start_at;
	int64_t minutes;
};
static const struct field move_fields[] = {
	FIELD_REQUIRED(struct move_in, start_at, TS),
	FIELD_LIMITS(struct move_in, minutes, INT, true, 5, 960),
};
const struct input in_move = { move_fields, 2, sizeof(struct move_in), NULL };

enum err do_visit_move(struct call *c, struct http_response *ret)
{
	const struct move_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_visit_move(c->app, c->a, &by, c->object.id, in->start_at, (int)in->minutes,
			   c->now));
	return visit_after(c, ret);
}

struct assign_in {
	struct id carer_id;
	int64_t version;
	int how;
	str rule;
};
static const struct field assign_fields[] = {
	FIELD_REQUIRED(struct assign_in, carer_id, ID),
	FIELD_LIMITS(struct assign_in, version, INT, false, 0, INT64_MAX),
	FIELD_WORDS(struct assign_in, how, ENUM, false, assignment_table),
	FIELD_LIMITS(struct assign_in, rule, TEXT, false, 0, 200),
};
static const struct assign_in assign_default = { .version = -1,
						 .how = ASSIGNMENT_COORDINATOR };
const struct input in_assign = { assign_fields, 4, sizeof(struct assign_in),
				 &assign_default };

enum err do_visit_assign(struct call *c, struct http_response *ret)
{
	const struct assign_in *in = c->in;
	struct actor by = call_actor(c);
	struct object carer;
	TRY(sql_object_carer(c->db, c->a, in->carer_id, &carer));
	if (!id_eq(carer.operator_id, c->who.operator_id)) /* nobody else's staff */
		return ERR_NOT_FOUND;
	TRY(app_visit_assign(c->app, c->a, &by, c->object.id, in->carer_id,
			     (enum assignment)in->how, in->rule, in->version, c->now));
	return visit_after(c, ret);
}

struct cause_in {
	int cause, operator_cause;
	str note;
};
static const struct field cause_fields[] = {
	FIELD_WORDS(struct cause_in, cause, ENUM, true, cause_table),
	FIELD_WORDS(struct cause_in, operator_cause, ENUM, false, operator_cause_table),
	FIELD_LIMITS(struct cause_in, note, TEXT, false, 0, 1000),
};
const struct input in_cause = { cause_fields, 3, sizeof(struct cause_in), NULL };

enum err do_visit_cause(struct call *c, struct http_response *ret)
{
	const struct cause_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_set_cause(c->app, c->a, &by, c->object.id, (enum cause)in->cause,
			  (enum operator_cause)in->operator_cause, in->note, c->now));
	return visit_after(c, ret);
}
