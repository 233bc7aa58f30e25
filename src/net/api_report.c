/* api_report.c - reports of a deprivation beyond the référent's decision: whoever sees
 * ill-treatment says so, person, relative or carer sends it without anybody's leave; then
 * supplements, acknowledgement, end. */
#include "net/json_rows.h"
#include "net/serve.h"

#include "app/signalement.h"

/* ---- who sees it says so ---- */

struct witness_in {
	struct id request;
	str note;
};
static const struct field witness_fields[] = {
	FIELD_OPTIONAL(struct witness_in, request, ID),
	FIELD_LIMITS(struct witness_in, note, TEXT, true, 1, DECISION_REASON_MAX),
};
const struct input in_witness = { witness_fields, 2, sizeof(struct witness_in), NULL };

enum err do_report_witness(struct call *c, struct http_response *ret)
{
	const struct witness_in *in = c->in;
	struct actor by = call_actor(c);
	struct id id;
	TRY(app_signalement_witness(c->app, c->a, &by, call_id(c, "person"), in->request,
				    in->note, c->now, &id));
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	json_key(&j, "signalement"), json_id(&j, id);
	json_end(&j);
	json_done(&j);
	answer_json(c, ret, 201, buf_str(&b));
	return OK;
}

/* ---- sending without leave ---- */

static const char *const consent_names[] = { "none", "given", "refused", "unable" };
static const struct enum_table consent_table = { "consent", consent_names, 4 };

struct direct_in {
	int consent;
	str reason, recipients;
};
static const struct field direct_fields[] = {
	FIELD_WORDS(struct direct_in, consent, ENUM, false, consent_table),
	FIELD_LIMITS(struct direct_in, reason, TEXT, true, DECISION_REASON_MIN,
		     DECISION_REASON_MAX),
	FIELD_LIMITS(struct direct_in, recipients, TEXT, true, 1, 200),
};
const struct input in_direct = { direct_fields, 3, sizeof(struct direct_in), NULL };

enum err do_report_direct(struct call *c, struct http_response *ret)
{
	const struct direct_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_signalement_direct(c->app, c->a, &by, call_id(c, "signalement"),
				   (enum consent)in->consent, in->reason, in->recipients,
				   c->now));
	answer_done(c, ret, S("/"));
	return OK;
}

/* ---- following it ---- */

struct supplement_in {
	str reason;
};
static const struct field supplement_fields[] = {
	FIELD_LIMITS(struct supplement_in, reason, TEXT, true, DECISION_REASON_MIN,
		     DECISION_REASON_MAX),
};
const struct input in_supplement = { supplement_fields, 1, sizeof(struct supplement_in),
				     NULL };

enum err do_report_supplement(struct call *c, struct http_response *ret)
{
	const struct supplement_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_signalement_supplement(c->app, c->a, &by, call_id(c, "signalement"),
				       in->reason, c->now));
	answer_done(c, ret, S("/signalements"));
	return OK;
}

struct acknowledge_in {
	str recipient;
};
static const struct field acknowledge_fields[] = {
	FIELD_LIMITS(struct acknowledge_in, recipient, TEXT, true, 1, 100),
};
const struct input in_acknowledge = { acknowledge_fields, 1, sizeof(struct acknowledge_in),
				      NULL };

enum err do_report_acknowledge(struct call *c, struct http_response *ret)
{
	const struct acknowledge_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_signalement_acknowledge(c->app, c->a, &by, call_id(c, "signalement"),
					in->recipient, c->now));
	answer_done(c, ret, S("/signalements"));
	return OK;
}

static const char *const why_names[] = { "help_resumed", "protected", "moved", "died" };
static const struct enum_table why_table = { "why", why_names, 4 };

struct report_close_in {
	int why;
};
static const struct field report_close_fields[] = {
	FIELD_WORDS(struct report_close_in, why, ENUM, true, why_table),
};
const struct input in_report_close = { report_close_fields, 1,
				       sizeof(struct report_close_in), NULL };

enum err do_report_close(struct call *c, struct http_response *ret)
{
	const struct report_close_in *in = c->in;
	struct actor by = call_actor(c);
	TRY(app_signalement_close(c->app, c->a, &by, call_id(c, "signalement"),
				  str_of(why_names[in->why]), c->now));
	answer_done(c, ret, S("/signalements"));
	return OK;
}
