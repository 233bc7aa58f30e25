/* api_account.c - logging in by each door, and looking after one's account. */
#include "net/auth/account.h"
#include "net/serve.h"
#include "view/json.h"

static const struct rate_rule by_address = { "login address", 30, 60 };
static const struct rate_rule by_login = { "login", 8, 20 };
static const struct rate_rule by_code = { "code", 10, 20 };

static const struct secret_key *key_of(const struct call *c)
{
	return &call_config(c)->key;
}

/* ---- a session opens ---- */

static enum err welcome(struct call *c, const struct account *a, enum session_kind kind,
			str label, str next)
{
	str token;
	TRY(session_make(c->db, c->a, key_of(c), a, kind, label, c->now, &token));
	call_set_cookie(c, &c->answer, token, session_seconds(kind, a->role));
	if (!c->json) {
		answer_redirect(&c->answer, url_is_local(next) ? next : S("/"));
		return OK;
	}
	answer_json(c, &c->answer, 200,
		    str_fmt(c->a, "{\"ok\":true,\"role\":\"%s\"}", role_name(a->role)));
	return OK;
}

struct login_in {
	str login, password, code, next;
};
static const struct field login_fields[] = {
	FIELD_LIMITS(struct login_in, login, TEXT, true, 1, 200),
	FIELD_LIMITS(struct login_in, password, TEXT, true, 1, PASSWORD_MAX),
	FIELD_LIMITS(struct login_in, code, WORD, false, 0, 6),
	FIELD_LIMITS(struct login_in, next, TEXT, false, 0, 500),
};
const struct input in_login = { login_fields, 4, sizeof(struct login_in), NULL };

struct login {
	struct call *c;
	struct account account;
	bool known;
	int64_t counter; /* of the one-time code; 0: none */
	str next;
};

static enum err login_open(struct call *c)
{
	struct login *l = (struct login *)c->in;
	const struct account *a = &l->account;
	int64_t taken = 1;
	if (l->counter) /* two logins with one code: the second finds it used */
		TRY(sql_account_set_totp_last(c->db, l->counter, a->id, &taken));
	return taken ? welcome(c, a, SESSION_PASSWORD, (str){ 0 }, l->next) : ERR_LOGIN;
}

/* The second factor, asked only from who knows the first. */
static enum err second_factor(struct login *l, str code)
{
	uint8_t secret[TOTP_SECRET];
	if (!l->account.totp.n) {
		bool needs =
			account_is_desk(l->account.role) && !call_config(l->c)->is_demo;
		return needs ? ERR_FORBIDDEN : OK;
	}
	if (!code.n) {
		call_fault(l->c, "code", FAULT_REQUIRED);
		return ERR_LOGIN;
	}
	if (account_totp(key_of(l->c), l->account.totp, secret) &&
	    totp_ok(secret, l->c->now, code, l->account.totp_last, &l->counter))
		return OK;
	call_fault(l->c, "code", FAULT_SYNTAX);
	return ERR_LOGIN;
}

static void login_checked(void *ctx, bool matches)
{
	struct login *l = ctx;
	struct call *c = l->c;
	const struct login_in *in = c->in;
	enum err e = matches && l->known ? second_factor(l, in->code) : ERR_LOGIN;
	if (e) {
		call_finish(c, e);
		return;
	}
	call_rate_clear(c, &by_login, in->login);
	l->next = in->next;
	c->in = l;
	call_write(c, login_open);
}

enum err do_login(struct call *c, struct http_response *ret)
{
	(void)ret;
	const struct login_in *in = c->in;
	struct login *l = ARENA_NEW(c->a, struct login);
	if (!call_rate(c, &by_address, c->rq->peer) || !call_rate(c, &by_login, in->login))
		return ERR_TOO_MANY;
	enum err e = sql_account_by_login(c->db, c->a, in->login, &l->account);
	if (e && e != ERR_NOT_FOUND)
		return e;
	l->c = c;
	l->known = e == OK && l->account.password.n;
	str hash = l->known ? l->account.password : password_decoy();
	return password_check(call_passwords(c), (struct password_job){ hash, in->password,
									login_checked, l });
}

struct login_card_in {
	str code, next;
};
static const struct field login_card_fields[] = {
	FIELD_LIMITS(struct login_card_in, code, TEXT, true, 28, 60),
	FIELD_LIMITS(struct login_card_in, next, TEXT, false, 0, 500),
};
const struct input in_login_card = { login_card_fields, 2, sizeof(struct login_card_in),
				     NULL };

enum err do_login_card(struct call *c, struct http_response *ret)
{
	(void)ret;
	const struct login_card_in *in = c->in;
	uint8_t raw[SECRET_CODE];
	struct card card;
	struct account a;
	if (!call_rate(c, &by_code, c->rq->peer))
		return ERR_TOO_MANY;
	if (secret_code_parse(in->code, raw)) { /* a slip of the hand, told as such */
		call_fault(c, "code", FAULT_SYNTAX);
		return ERR_INPUT;
	}
	str canonical = secret_code_text(c->a, raw);
	enum err e = sql_card_get(c->db, c->a,
				  secret_hash(key_of(c), SECRET_CARD, canonical), &card);
	if (e)
		return e == ERR_NOT_FOUND ? ERR_LOGIN : e;
	TRY(sql_account_get(c->db, c->a, card.account_id, &a));
	return ts_is(a.closed_at) ? ERR_LOGIN
				  : welcome(c, &a, SESSION_CARD, (str){ 0 }, in->next);
}

struct login_device_in {
	str token, label;
};
static const struct field login_device_fields[] = {
	FIELD_LIMITS(struct login_device_in, token, WORD, true, 64, 64),
	FIELD_LIMITS(struct login_device_in, label, TEXT, false, 0, 100),
};
const struct input in_login_device = { login_device_fields, 2,
				       sizeof(struct login_device_in), NULL };

enum err do_login_device(struct call *c, struct http_response *ret)
{
	(void)ret;
	const struct login_device_in *in = c->in;
	struct hash h = secret_hash(key_of(c), SECRET_ENROLMENT, in->token);
	struct enrolment e;
	struct account a;
	int64_t used;
	if (!call_rate(c, &by_code, c->rq->peer))
		return ERR_TOO_MANY;
	enum err found = sql_enrolment_get(c->db, c->a, h, &e);
	if (found)
		return found == ERR_NOT_FOUND ? ERR_LOGIN : found;
	TRY(sql_enrolment_use(c->db, c->now, h, &used));
	if (!used)
		return ERR_GONE;
	TRY(sql_account_get(c->db, c->a, e.account_id, &a));
	return ts_is(a.closed_at) ? ERR_LOGIN
				  : welcome(c, &a, SESSION_DEVICE, in->label, (str){ 0 });
}

/* ---- one's own sessions ---- */

enum err do_session(struct call *c, struct http_response *ret)
{
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	JSON(&j, "role", role_name(c->who.role));
	JSON(&j, "name", c->who.name);
	JSON(&j, "territory", c->who.territory);
	JSON(&j, "person_id", c->who.person_id);
	JSON(&j, "operator_id", c->who.operator_id);
	JSON(&j, "subject_id", c->who.subject_id);
	str csrf = { 0 }; /* a token is not sent by a browser on its own, and needs none */
	if (c->who.kind != SESSION_API)
		csrf = call_csrf(c);
	JSON(&j, "csrf", csrf);
	json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
	return OK;
}

enum err do_logout(struct call *c, struct http_response *ret)
{
	int64_t n;
	TRY(sql_session_revoke(c->db, c->now, c->who.session_id, c->who.account_id, &n));
	call_clear_cookie(c, ret);
	answer_done(c, ret, S("/"));
	return OK;
}

enum err do_sessions(struct call *c, struct http_response *ret)
{
	static const char *const kinds[] = { "password", "device", "card", "demo", "api" };
	struct sessions list;
	TRY(sql_session_list(c->db, c->a, c->who.account_id, c->now, &list));
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	json_key(&j, "sessions"), json_arr(&j);
	for (size_t i = 0; i < list.n; i++) {
		const struct session *s = &list.v[i];
		json_obj(&j);
		JSON(&j, "id", s->id);
		JSON(&j, "kind", kinds[s->kind]);
		JSON(&j, "label", s->label);
		JSON(&j, "opened_at", s->opened_at);
		JSON(&j, "used_at", s->used_at);
		JSON(&j, "here", (bool)id_eq(s->id, c->who.session_id));
		json_end(&j);
	}
	json_end(&j), json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
	return OK;
}

enum err do_session_revoke(struct call *c, struct http_response *ret)
{
	int64_t n;
	TRY(sql_session_revoke(c->db, c->now, call_id(c, "session"), c->who.account_id,
			       &n));
	if (!n)
		return ERR_NOT_FOUND;
	answer_done(c, ret, S("/compte"));
	return OK;
}

enum err do_sessions_revoke(struct call *c, struct http_response *ret)
{
	int64_t n;
	TRY(sql_session_revoke_all(c->db, c->now, c->who.account_id, c->who.session_id,
				   &n));
	answer_done(c, ret, S("/compte"));
	return OK;
}

/* ---- password and language ---- */

struct password_in {
	str old, password;
};
static const struct field password_fields[] = {
	FIELD_LIMITS(struct password_in, old, TEXT, true, 1, PASSWORD_MAX),
	FIELD_LIMITS(struct password_in, password, TEXT, true, PASSWORD_MIN, PASSWORD_MAX),
};
const struct input in_password = { password_fields, 2, sizeof(struct password_in), NULL };

struct change {
	struct call *c;
	struct account account;
	str hash;
};

static enum err password_store(struct call *c)
{
	const struct change *x = c->in;
	int64_t n;
	TRY(sql_account_set_password(c->db, x->hash, x->account.id));
	TRY(sql_session_revoke_all(c->db, c->now, x->account.id, c->who.session_id, &n));
	answer_done(c, &c->answer, S("/compte"));
	return OK;
}

static void password_checked(void *ctx, bool matches)
{
	struct change *x = ctx;
	struct call *c = x->c;
	const struct password_in *in = c->in;
	if (!matches) {
		call_fault(c, "old", FAULT_SYNTAX);
		call_finish(c, ERR_INPUT);
		return;
	}
	x->hash = password_hash(c->a, in->password); /* on the pool's thread: it is slow */
	c->in = x;
	call_write(c, password_store);
}

enum err do_password(struct call *c, struct http_response *ret)
{
	(void)ret;
	const struct password_in *in = c->in;
	struct change *x = ARENA_NEW(c->a, struct change);
	if (c->who.kind == SESSION_CARD)
		return ERR_FORBIDDEN;
	TRY(sql_account_get(c->db, c->a, c->who.account_id, &x->account));
	if (!call_rate(c, &by_login, x->account.login))
		return ERR_TOO_MANY;
	if (password_acceptable(in->password, x->account.login)) {
		call_fault(c, "password", FAULT_RANGE);
		return ERR_INPUT;
	}
	x->c = c;
	return password_check(
		call_passwords(c),
		(struct password_job){ x->account.password, in->old, password_checked, x });
}

struct language_in {
	int language;
};
static const struct field language_fields[] = {
	FIELD_WORDS(struct language_in, language, ENUM, true, language_table),
};
const struct input in_language = { language_fields, 1, sizeof(struct language_in), NULL };

enum err do_language(struct call *c, struct http_response *ret)
{
	const struct language_in *in = c->in;
	TRY(sql_account_set_language(c->db, in->language, c->who.account_id));
	answer_done(c, ret, S("/compte"));
	return OK;
}
