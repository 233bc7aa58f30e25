/* api_admin.c - accounts of desks, tokens of software, devices of carers, cards of homes.  Each
 * secret is shown once, in the answer to the call that made it. */
#include "net/auth/account.h"
#include "net/serve.h"
#include "view/json.h"

static const struct secret_key *key_of(const struct call *c)
{
	return &call_config(c)->key;
}

static void answer_secret(struct call *c, struct http_response *ret, struct id id,
			  const char *name, str secret)
{
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	JSON(&j, "id", id);
	JSON(&j, name, secret);
	json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
}

/* An account of the administrator's own territory, open. */
static enum err account_here(struct call *c, struct id id, struct account *ret)
{
	TRY(sql_account_get(c->db, c->a, id, ret));
	bool here = str_eq(ret->territory, c->who.territory) && !ts_is(ret->closed_at);
	return here ? OK : ERR_NOT_FOUND;
}

struct account_add_in {
	int role;
	str login, name, password;
	struct id operator_id;
};
static const struct field account_add_fields[] = {
	FIELD_WORDS(struct account_add_in, role, ENUM, true, role_table),
	FIELD_LIMITS(struct account_add_in, login, TEXT, false, 3, 200),
	FIELD_LIMITS(struct account_add_in, name, TEXT, true, 1, 200),
	FIELD_LIMITS(struct account_add_in, password, TEXT, false, 12, 200),
	FIELD_OPTIONAL(struct account_add_in, operator_id, ID),
};
const struct input in_account_add = { account_add_fields, 5, sizeof(struct account_add_in),
				      NULL };

/* Desks and software only: persons, contacts and carers get theirs with a card or a device. */
enum err do_account_add(struct call *c, struct http_response *ret)
{
	const struct account_add_in *in = c->in;
	enum role role = (enum role)in->role;
	struct account a = { .territory = c->who.territory,
			     .role = role,
			     .operator_id = in->operator_id,
			     .login = in->login,
			     .name = in->name };
	bool software = role == ROLE_OPERATOR_API;
	if (!software && !account_is_desk(role))
		call_fault(c, "role", FAULT_CHOICE);
	if ((software || role == ROLE_COORDINATOR) != id_is(in->operator_id))
		call_fault(c, "operator_id",
			   id_is(in->operator_id) ? FAULT_UNKNOWN : FAULT_REQUIRED);
	if (!software && (!in->login.n || !in->password.n))
		call_fault(c, "password", FAULT_REQUIRED);
	if (c->faults.n)
		return ERR_INPUT;
	if (id_is(in->operator_id)) {
		struct object o;
		TRY(sql_object_operator(c->db, c->a, in->operator_id, &o));
		if (!str_eq(o.territory, c->who.territory))
			return ERR_NOT_FOUND;
	}
	/* argon2id on the writer: rare, and by one administrator at a time */
	TRY(account_make(c->db, c->a, &a, in->password, c->now));
	str uri = { 0 };
	if (account_is_desk(role))
		TRY(account_new_totp(c->db, c->a, key_of(c), &a, &uri));
	answer_secret(c, ret, a.id, "totp_uri", uri);
	return OK;
}

enum err do_account_close(struct call *c, struct http_response *ret)
{
	struct account a;
	int64_t n;
	TRY(account_here(c, call_id(c, "account"), &a));
	if (id_eq(a.id, c->who.account_id))
		return ERR_RULE; /* nobody locks herself out */
	TRY(sql_account_close(c->db, c->now, a.id));
	TRY(sql_session_revoke_all(c->db, c->now, a.id, ID_NONE, &n));
	answer_done(c, ret, S("/"));
	return OK;
}

enum err do_account_totp(struct call *c, struct http_response *ret)
{
	struct account a;
	str uri;
	TRY(account_here(c, call_id(c, "account"), &a));
	TRY(account_new_totp(c->db, c->a, key_of(c), &a, &uri));
	answer_secret(c, ret, a.id, "totp_uri", uri);
	return OK;
}

static const char *const scope_names[] = { "read", "roster", "checkin" };
static const struct enum_table scope_table = { "api_scope", scope_names, 3 };

struct token_add_in {
	str name;
	uint64_t scopes;
};
static const struct field token_add_fields[] = {
	FIELD_LIMITS(struct token_add_in, name, TEXT, true, 1, 100),
	FIELD_WORDS(struct token_add_in, scopes, SET, true, scope_table),
};
const struct input in_token_add = { token_add_fields, 2, sizeof(struct token_add_in),
				    NULL };

enum err do_token_add(struct call *c, struct http_response *ret)
{
	const struct token_add_in *in = c->in;
	struct account a;
	str token;
	TRY(account_here(c, call_id(c, "account"), &a));
	if (a.role != ROLE_OPERATOR_API)
		return ERR_RULE;
	TRY(token_make(c->db, c->a, key_of(c), &a, in->name, (uint32_t)in->scopes, c->now,
		       &token));
	answer_secret(c, ret, a.id, "token", token);
	return OK;
}

struct token_revoke_in {
	struct id account_id;
};
static const struct field token_revoke_fields[] = {
	FIELD_REQUIRED(struct token_revoke_in, account_id, ID),
};
const struct input in_token_revoke = { token_revoke_fields, 1,
				       sizeof(struct token_revoke_in), NULL };

enum err do_token_revoke(struct call *c, struct http_response *ret)
{
	const struct token_revoke_in *in = c->in;
	struct account a;
	int64_t n;
	TRY(account_here(c, in->account_id, &a));
	TRY(sql_api_token_revoke(c->db, c->now, call_id(c, "token"), a.id, &n));
	if (!n)
		return ERR_NOT_FOUND;
	answer_done(c, ret, S("/"));
	return OK;
}

/* ---- devices and cards ---- */

static enum err carer_account(struct call *c, struct account *ret)
{
	struct carer carer;
	TRY(sql_carer_get(c->db, c->a, c->object.id, &carer));
	*ret = (struct account){ .territory = carer.territory,
				 .role = ROLE_CARER,
				 .subject_id = carer.id,
				 .operator_id = carer.operator_id };
	return account_for(c->db, c->a, ret, c->now);
}

enum err do_carer_device(struct call *c, struct http_response *ret)
{
	struct account a;
	str token;
	TRY(carer_account(c, &a));
	TRY(enrolment_make(c->db, c->a, key_of(c), &a, c->who.account_id, c->now, &token));
	answer_secret(c, ret, a.id, "token", token);
	return OK;
}

enum err do_carer_device_revoke(struct call *c, struct http_response *ret)
{
	struct account a;
	int64_t n;
	TRY(carer_account(c, &a));
	TRY(sql_session_revoke_all(c->db, c->now, a.id, ID_NONE, &n));
	answer_done(c, ret, S("/"));
	return OK;
}

enum err do_person_card(struct call *c, struct http_response *ret)
{
	struct account a = { .territory = c->object.territory,
			     .role = ROLE_PERSON,
			     .subject_id = c->object.person_id };
	str code;
	TRY(account_for(c->db, c->a, &a, c->now));
	TRY(card_make(c->db, c->a, key_of(c), &a, c->who.account_id, c->now, &code));
	answer_secret(c, ret, a.id, "code", code);
	return OK;
}
