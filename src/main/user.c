/* vigie user - accounts: made, listed, closed; passwords, second factors, paper cards.  A secret
 * is read from standard input, never from the command line, which other users see. */
#include "main/arg.h"
#include "main/cmd.h"
#include "net/auth/account.h"
#include "net/auth/password.h"
#include "run/world.h"

#include <stdio.h>
#include <string.h>

struct wish {
	const char *data, *territory, *role, *login, *name, *operator_, *person, *id;
};

struct job { /* a command inside its transaction */
	const struct wish *w;
	struct world *world;
	struct arena *a;
	struct secret_key key;
	ts now;
	str territory;
	const char *why; /* what to say of a refusal */
	str out;
};

static int usage(void)
{
	fprintf(stderr,
		"usage: vigie user add --data DIR --role ROLE --name NAME [--login LOGIN]\n"
		"                  [--operator ID|FINESS] [--territory CODE]    "
		"(password: first line of stdin)\n"
		"       vigie user list --data DIR [--territory CODE]\n"
		"       vigie user password|totp|token|revoke --data DIR --login "
		"LOGIN|--id ID\n"
		"       vigie user card --data DIR --person ID|REF [--territory CODE]\n"
		"ROLE: coordinator referent authority certifier representative admin "
		"operator_api\n");
	return 2;
}

static str read_password(struct arena *a)
{
	char line[PASSWORD_MAX + 2];
	if (!fgets(line, sizeof line, stdin))
		return (str){ 0 };
	str s = str_of(line);
	if (str_ends(s, S("\n")))
		s.n--;
	s = str_dup(a, s);
	explicit_bzero(line, sizeof line);
	return s;
}

static enum err refuse(struct job *j, enum err e, const char *why)
{
	j->why = why;
	return e;
}

static enum err one_operator(struct job *j, struct id *ret)
{
	struct operator o;
	str s = str_of(j->w->operator_);
	enum err e = id_parse(s, ret) == OK
			     ? sql_operator_get(j->world->db, j->a, *ret, &o)
			     : sql_operator_by_finess(j->world->db, j->a, s, &o);
	if (e == ERR_NOT_FOUND || (e == OK && !str_eq(o.territory, j->territory)))
		return refuse(j, ERR_NOT_FOUND, "no such operator in this territory");
	if (e == OK)
		*ret = o.id;
	return e;
}

static enum err add(struct job *j)
{
	const struct wish *w = j->w;
	enum role role;
	struct account known;
	struct account a = { .territory = j->territory,
			     .login = str_of(w->login),
			     .name = str_of(w->name) };
	if (!role_of(str_of(w->role), &role))
		return refuse(j, ERR_INPUT, "no such role");
	bool software = role == ROLE_OPERATOR_API;
	bool of_operator = software || role == ROLE_COORDINATOR;
	a.role = role;
	if (!software && !account_is_desk(role) && role != ROLE_REPRESENTATIVE)
		return refuse(j, ERR_INPUT,
			      "persons and carers get theirs with a card or a device");
	if (of_operator != (w->operator_ != NULL))
		return refuse(j, ERR_INPUT,
			      of_operator ? "this role needs --operator"
					  : "this role has no operator");
	if (!software && !w->login)
		return refuse(j, ERR_INPUT, "this role needs --login");
	if (of_operator)
		TRY(one_operator(j, &a.operator_id));
	if (w->login && sql_account_by_login(j->world->db, j->a, a.login, &known) == OK)
		return refuse(j, ERR_DUPLICATE, "this login is taken");
	str password = { 0 };
	if (!software)
		password = read_password(j->a);
	if (!software && password_acceptable(password, a.login) != OK)
		return refuse(j, ERR_INPUT,
			      "the password must have 12 characters and not be the login");
	TRY(account_make(j->world->db, j->a, &a, password, j->now));
	str secret = { 0 };
	if (software)
		TRY(token_make(j->world->db, j->a, &j->key, &a, a.name,
			       API_READ | API_ROSTER | API_CHECKIN, j->now, &secret));
	else if (account_is_desk(role))
		TRY(account_new_totp(j->world->db, j->a, &j->key, &a, &secret));
	j->out = str_fmt(j->a, "%" PRIstr " %" PRIstr "\n", STR(id_text(j->a, a.id)),
			 STR(secret));
	return OK;
}

static enum err one_account(struct job *j, struct account *ret)
{
	struct id id;
	enum err e = ERR_NOT_FOUND;
	if (j->w->login)
		e = sql_account_by_login(j->world->db, j->a, str_of(j->w->login), ret);
	else if (j->w->id && id_parse(str_of(j->w->id), &id) == OK)
		e = sql_account_get(j->world->db, j->a, id, ret);
	if (e == ERR_NOT_FOUND || (e == OK && ts_is(ret->closed_at)))
		return refuse(j, ERR_NOT_FOUND, "no such account");
	return e;
}

static enum err password(struct job *j)
{
	struct account a;
	int64_t n;
	TRY(one_account(j, &a));
	str p = read_password(j->a);
	if (password_acceptable(p, a.login) != OK)
		return refuse(j, ERR_INPUT,
			      "the password must have 12 characters and not be the login");
	TRY(sql_account_set_password(j->world->db, password_hash(j->a, p), a.id));
	TRY(sql_session_revoke_all(j->world->db, j->now, a.id, ID_NONE, &n));
	j->out = S("password changed, sessions ended\n");
	return OK;
}

static enum err totp(struct job *j)
{
	struct account a;
	str uri;
	TRY(one_account(j, &a));
	TRY(account_new_totp(j->world->db, j->a, &j->key, &a, &uri));
	j->out = str_cat(j->a, uri, S("\n"));
	return OK;
}

/* A new token for an operator's software; the earlier ones stay until they are revoked. */
static enum err token(struct job *j)
{
	struct account a;
	str secret;
	TRY(one_account(j, &a));
	if (a.role != ROLE_OPERATOR_API)
		return refuse(j, ERR_RULE, "only operator_api has tokens");
	TRY(token_make(j->world->db, j->a, &j->key, &a, S("vigie user"),
		       API_READ | API_ROSTER | API_CHECKIN, j->now, &secret));
	j->out = str_cat(j->a, secret, S("\n"));
	return OK;
}

static enum err end(struct job *j)
{
	struct account a;
	struct api_tokens tokens;
	int64_t n;
	TRY(one_account(j, &a));
	TRY(sql_api_token_list(j->world->db, j->a, a.id, &tokens));
	for (size_t i = 0; i < tokens.n; i++)
		TRY(sql_api_token_revoke(j->world->db, j->now, tokens.v[i].id, a.id, &n));
	TRY(sql_card_revoke(j->world->db, j->now, a.id, &n));
	TRY(sql_session_revoke_all(j->world->db, j->now, a.id, ID_NONE, &n));
	TRY(sql_account_close(j->world->db, j->now, a.id));
	j->out = S("closed; sessions, cards and tokens ended\n");
	return OK;
}

static enum err card(struct job *j)
{
	struct sql_person_by_ref_row row;
	struct person p;
	str who = str_of(j->w->person), code;
	struct id id;
	if (id_parse(who, &id) != OK) {
		enum err e = sql_person_by_ref(j->world->db, j->a, j->territory, who, &row);
		if (e == ERR_NOT_FOUND)
			return refuse(j, e, "no such person");
		TRY(e);
		id = row.id;
	}
	enum err e = sql_person_get(j->world->db, j->a, id, &p);
	if (e == ERR_NOT_FOUND)
		return refuse(j, e, "no such person");
	TRY(e);
	struct account a = { .territory = p.territory,
			     .role = ROLE_PERSON,
			     .subject_id = p.id };
	TRY(account_for(j->world->db, j->a, &a, j->now));
	/* whoever runs the machine has no account: the card is said to be of its own */
	TRY(card_make(j->world->db, j->a, &j->key, &a, a.id, j->now, &code));
	j->out = str_cat(j->a, code, S("\n"));
	return OK;
}

static enum err list(struct job *j)
{
	struct accounts all;
	struct buf b = buf_init(j->a, 0);
	TRY(sql_account_list(j->world->db, j->a, j->territory, 10000, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct account *a = &all.v[i];
		buf_fmt(&b, "%" PRIstr " %-14s %-20" PRIstr " %s %" PRIstr "\n",
			STR(id_text(j->a, a->id)), role_name(a->role), STR(a->login),
			a->totp.n ? "totp" : "-   ", STR(a->name));
	}
	j->out = buf_str(&b);
	return OK;
}

/* --- one transaction */

static enum err place(struct job *j)
{
	struct sql_territories_rows all;
	TRY(sql_territories(j->world->db, j->a, &all));
	str wanted = str_of(j->w->territory);
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.v[i].territory, wanted) || (!wanted.n && all.n == 1)) {
			j->territory = all.v[i].territory;
			return OK;
		}
	return refuse(j, ERR_NOT_FOUND, "no such territory: --territory CODE");
}

static const struct {
	const char *name;
	enum err (*run)(struct job *j);
	size_t need; /* offset of the option that it needs; 0: none */
} verbs[] = {
	{ "add", add, offsetof(struct wish, role) },
	{ "list", list, 0 },
	{ "password", password, 0 },
	{ "totp", totp, 0 },
	{ "token", token, 0 },
	{ "revoke", end, 0 },
	{ "close", end, 0 },
	{ "card", card, offsetof(struct wish, person) },
};

static int run(enum err (*verb)(struct job *j), struct job *j)
{
	enum err e = db_begin(j->world->db);
	if (e == OK) {
		e = place(j);
		if (e == OK)
			e = verb(j);
		if (e == OK)
			e = db_commit(j->world->db);
		else
			db_rollback(j->world->db);
	}
	if (j->why) {
		fprintf(stderr, "vigie user: %s\n", j->why);
		return 1;
	}
	if (e != OK)
		return arg_fail("user", j->w->data, e);
	return printf("%" PRIstr, STR(j->out)) < 0 ? 2 : 0;
}

static int start(enum err (*verb)(struct job *j), const struct wish *w)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct world_options wo = { 0 };
	struct job j = { .w = w, .a = a, .now = arg_now() };
	enum err e = world_open(w->data, &wo, j.now, &j.world);
	if (e != OK)
		return arg_fail("user", w->data, e);
	j.key = account_key(j.world->data->id_secret, sizeof j.world->data->id_secret);
	int status = run(verb, &j);
	world_close(j.world);
	return status;
}

int cmd_user(int argc, char **argv)
{
	struct wish w = { 0 };
	const struct arg_option options[] = {
		{ "--data", &w.data, NULL },     { "--territory", &w.territory, NULL },
		{ "--role", &w.role, NULL },     { "--login", &w.login, NULL },
		{ "--name", &w.name, NULL },     { "--operator", &w.operator_, NULL },
		{ "--person", &w.person, NULL }, { "--id", &w.id, NULL },
	};
	if (argc < 2)
		return usage();
	const char *verb = argv[1];
	argv[1] = argv[0];
	if (!arg_read(argc - 1, argv + 1, options, 8) || !w.data)
		return usage();
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (strcmp(verb, verbs[i].name) != 0)
			continue;
		const char *given = NULL;
		if (verbs[i].need)
			memcpy(&given, (const char *)&w + verbs[i].need, sizeof given);
		if (verbs[i].need && !given)
			return usage();
		return start(verbs[i].run, &w);
	}
	return usage();
}
