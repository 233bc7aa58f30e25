/* api_people.c - the person and her circle, a carer's absence, a call made. */
#include "net/json_rows.h"
#include "net/serve.h"

enum err do_person(struct call *c, struct http_response *ret)
{
	struct person p;
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	/* what each may see: the circle no address, the operator what it needs to come */
	bool home = c->who.role == ROLE_PERSON || c->who.role == ROLE_GUARDIAN ||
		    c->who.role == ROLE_COORDINATOR || c->who.role == ROLE_REFERENT;
	TRY(sql_person_get(c->db, c->a, c->object.id, &p));
	json_obj(&j);
	JSON(&j, "id", p.id);
	JSON(&j, "first_name", p.first_name);
	JSON(&j, "last_name", p.last_name);
	JSON(&j, "state", person_state_name(p.state));
	if (home) {
		JSON(&j, "phone", p.phone);
		JSON(&j, "address", p.address);
		JSON(&j, "access_note", p.access_note);
		JSON(&j, "channel", channel_name(p.channel));
	}
	json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
	if (home && c->who.role != ROLE_PERSON)
		call_journal(c, p.territory, p.id, "person");
	return OK;
}

struct person_state_in {
	int state;
	ts until_at;
};
static const struct field person_state_fields[] = {
	FIELD_WORDS(struct person_state_in, state, ENUM, true, person_state_table),
	FIELD_OPTIONAL(struct person_state_in, until_at, TS),
};
const struct input in_person_state = { person_state_fields, 2,
				       sizeof(struct person_state_in), NULL };

enum err do_person_state(struct call *c, struct http_response *ret)
{
	const struct person_state_in *in = c->in;
	struct actor by = call_actor(c);
	if (in->state == PERSON_STATE_ERASED) { /* erasing is a decision of its own */
		call_fault(c, "state", FAULT_CHOICE);
		return ERR_INPUT;
	}
	TRY(app_person_state(c->app, c->a, &by, c->object.id, (enum person_state)in->state,
			     in->until_at, c->now));
	answer_done(c, ret, S("/"));
	return OK;
}

static const char *const scope_names[] = { "see_today", "see_history", "attest",
					   "request",   "cahier",      "alerted" };
static const struct enum_table scope_words = { "scope", scope_names, 6 };

struct contact_add_in {
	int kind, channel;
	str name, phone, mail, judgment;
	uint64_t scopes;
	day ends_on;
};
static const struct field contact_add_fields[] = {
	FIELD_WORDS(struct contact_add_in, kind, ENUM, true, contact_kind_table),
	FIELD_LIMITS(struct contact_add_in, name, TEXT, true, 1, 200),
	FIELD_LIMITS(struct contact_add_in, phone, WORD, false, 0, 20),
	FIELD_LIMITS(struct contact_add_in, mail, WORD, false, 0, 200),
	FIELD_WORDS(struct contact_add_in, channel, ENUM, false, channel_table),
	FIELD_WORDS(struct contact_add_in, scopes, SET, false, scope_words),
	FIELD_LIMITS(struct contact_add_in, judgment, TEXT, false, 0, 200),
	FIELD_OPTIONAL(struct contact_add_in, ends_on, DAY),
};
static const struct contact_add_in contact_add_default = { .ends_on = { INT32_MIN } };
const struct input in_contact_add = { contact_add_fields, 8, sizeof(struct contact_add_in),
				      &contact_add_default };

enum err do_contact_add(struct call *c, struct http_response *ret)
{
	const struct contact_add_in *in = c->in;
	struct actor by = call_actor(c);
	struct contact x = {
		.territory = c->object.territory,
		.person_id = c->object.person_id,
		.kind = (enum contact_kind)in->kind,
		.name = in->name,
		.phone = in->phone,
		.mail = in->mail,
		.channel = (enum channel)in->channel,
		.scopes = (uint32_t)in->scopes,
		.judgment = in->judgment,
		.ends_on = in->ends_on,
	};
	TRY(app_contact_add(c->app, c->a, &by, &x, c->now));
	if (c->json)
		answer_json(c, ret, 200,
			    str_fmt(c->a, "{\"id\":\"%" PRIstr "\"}",
				    STR(id_text(c->a, x.id))));
	else
		answer_redirect(ret, S("/"));
	return OK;
}

enum err do_contact_revoke(struct call *c, struct http_response *ret)
{
	struct actor by = call_actor(c);
	TRY(app_contact_revoke(c->app, c->a, &by, c->object.id, c->now));
	answer_done(c, ret, S("/"));
	return OK;
}

enum err do_person_journal(struct call *c, struct http_response *ret)
{
	struct sql_read_journal_of_person_rows rows;
	TRY(sql_read_journal_of_person(c->db, c->a, c->object.id, 500, &rows));
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	json_key(&j, "reads"), json_arr(&j);
	for (size_t i = 0; i < rows.n; i++) {
		json_obj(&j);
		JSON(&j, "at", rows.v[i].read_at);
		JSON(&j, "role", role_name((enum role)rows.v[i].role));
		JSON(&j, "what", rows.v[i].what);
		json_end(&j);
	}
	json_end(&j), json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
	return OK;
}

struct absence_in {
	ts from_at, until_at;
	int kind;
};
static const struct field absence_fields[] = {
	FIELD_REQUIRED(struct absence_in, from_at, TS),
	FIELD_REQUIRED(struct absence_in, until_at, TS),
	FIELD_WORDS(struct absence_in, kind, ENUM, false, absence_kind_table),
};
const struct input in_absence = { absence_fields, 3, sizeof(struct absence_in), NULL };

enum err do_carer_absence(struct call *c, struct http_response *ret)
{
	const struct absence_in *in = c->in;
	struct actor by = call_actor(c);
	struct absence x = { .carer_id = c->object.carer_id,
			     .territory = c->object.territory,
			     .from_at = in->from_at,
			     .until_at = in->until_at,
			     .kind = (enum absence_kind)in->kind };
	int uncovered = 0;
	if (!ts_before(in->from_at, in->until_at)) {
		call_fault(c, "until_at", FAULT_RANGE);
		return ERR_INPUT;
	}
	TRY(app_carer_absent(c->app, c->a, &by, &x, c->now, &uncovered));
	if (c->json)
		answer_json(c, ret, 200, str_fmt(c->a, "{\"uncovered\":%d}", uncovered));
	else
		answer_redirect(ret, S("/"));
	return OK;
}

struct call_made_in {
	int result;
};
static const struct field call_made_fields[] = {
	FIELD_WORDS(struct call_made_in, result, ENUM, true, call_result_table),
};
const struct input in_call_made = { call_made_fields, 1, sizeof(struct call_made_in),
				    NULL };

enum err do_call_made(struct call *c, struct http_response *ret)
{
	const struct call_made_in *in = c->in;
	struct actor by = call_actor(c);
	if (in->result == CALL_RESULT_NONE) {
		call_fault(c, "result", FAULT_CHOICE);
		return ERR_INPUT;
	}
	TRY(app_call_made(c->app, c->a, &by, c->object.id, (enum call_result)in->result,
			  c->now));
	answer_done(c, ret, S("/"));
	return OK;
}
