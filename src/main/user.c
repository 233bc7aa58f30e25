/* vigie user - accounts of desks and of operators' software, from the command line: the first
 * administrator of a territory is made here, everything else can be done over the interface. */
#include "main/arg.h"
#include "main/cmd.h"

#include "net/auth/account.h"
#include "net/auth/password.h"
#include "run/world.h"
#include "store/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct wishes {
	const char *data, *role, *login, *territory, *name, *operator_id;
};

static int usage(void)
{
	fprintf(stderr,
		"usage: vigie user add --data DIR --territory 76 --role ROLE --login "
		"LOGIN\n"
		"                      [--name NAME] [--operator ID]    (password on "
		"stdin)\n"
		"       vigie user token --data DIR --login LOGIN        (operator_api)\n"
		"       vigie user password --data DIR --login LOGIN     (password on "
		"stdin)\n"
		"       vigie user close --data DIR --login LOGIN\n"
		"       vigie user list --data DIR --territory 76\n");
	return 2;
}

/* One line; the terminal's echo is the caller's business (stty -echo). */
static str read_password(struct arena *a)
{
	char line[PASSWORD_MAX + 2] = "";
	if (isatty(STDIN_FILENO))
		fprintf(stderr, "password (at least %d letters): ", PASSWORD_MIN);
	if (!fgets(line, sizeof line, stdin))
		return (str){ 0 };
	return str_dup(a, str_trim(str_of(line)));
}

static enum err find(struct world *w, struct arena *a, const struct wishes *o,
		     struct account *ret)
{
	return o->login ? sql_account_by_login(w->db, a, str_of(o->login), ret) : ERR_INPUT;
}

static enum err add(struct world *w, struct arena *a, const struct wishes *o,
		    const struct secret_key *key, ts now)
{
	enum role role;
	struct account x = { .territory = str_of(o->territory),
			     .login = str_of(o->login),
			     .name = str_of(o->name ? o->name : o->login) };
	str uri, password = { 0 };
	if (!o->role || !o->login || !o->territory || !role_of(str_of(o->role), &role))
		return ERR_INPUT;
	x.role = role;
	if (!account_is_desk(role) && role != ROLE_OPERATOR_API)
		return ERR_INPUT; /* persons and carers get theirs from a card or a device */
	if (o->operator_id)
		TRY(id_parse(str_of(o->operator_id), &x.operator_id));
	if ((role == ROLE_COORDINATOR || role == ROLE_OPERATOR_API) != id_is(x.operator_id))
		return ERR_INPUT;
	if (account_is_desk(role)) {
		password = read_password(a);
		TRY(password_acceptable(password, x.login));
	}
	TRY(account_make(w->db, a, &x, password, now));
	printf("account %" PRIstr "\n", STR(id_text(a, x.id)));
	if (!account_is_desk(role))
		return OK;
	TRY(account_new_totp(w->db, a, key, &x, &uri));
	printf("second factor, for an authenticator: %" PRIstr "\n", STR(uri));
	return OK;
}

static enum err token(struct world *w, struct arena *a, const struct wishes *o,
		      const struct secret_key *key, ts now)
{
	struct account x;
	str secret;
	TRY(find(w, a, o, &x));
	if (x.role != ROLE_OPERATOR_API)
		return ERR_RULE;
	TRY(token_make(w->db, a, key, &x, S("vigie user"),
		       API_READ | API_ROSTER | API_CHECKIN, now, &secret));
	printf("%" PRIstr "\n", STR(secret));
	return OK;
}

static enum err password(struct world *w, struct arena *a, const struct wishes *o,
			 const struct secret_key *key, ts now)
{
	struct account x;
	int64_t n;
	(void)key;
	TRY(find(w, a, o, &x));
	str text = read_password(a);
	TRY(password_acceptable(text, x.login));
	TRY(sql_account_set_password(w->db, password_hash(a, text), x.id));
	return sql_session_revoke_all(w->db, now, x.id, ID_NONE, &n);
}

static enum err close_account(struct world *w, struct arena *a, const struct wishes *o,
			      const struct secret_key *key, ts now)
{
	struct account x;
	int64_t n;
	(void)key;
	TRY(find(w, a, o, &x));
	TRY(sql_account_close(w->db, now, x.id));
	return sql_session_revoke_all(w->db, now, x.id, ID_NONE, &n);
}

static enum err list(struct world *w, struct arena *a, const struct wishes *o,
		     const struct secret_key *key, ts now)
{
	struct accounts all;
	(void)key;
	(void)now;
	if (!o->territory)
		return ERR_INPUT;
	TRY(sql_account_list(w->db, a, str_of(o->territory), 10000, &all));
	for (size_t i = 0; i < all.n; i++)
		printf("%" PRIstr " %-14s %" PRIstr "\n", STR(id_text(a, all.v[i].id)),
		       role_name(all.v[i].role), STR(all.v[i].login));
	return OK;
}

static const struct verb {
	const char *name;
	enum err (*run)(struct world *w, struct arena *a, const struct wishes *o,
			const struct secret_key *key, ts now);
} verbs[] = {
	{ "add", add },           { "token", token },
	{ "password", password }, { "close", close_account },
	{ "list", list },
};

/* Everything or nothing, in one transaction of the one writer. */
static enum err run(struct world *w, struct arena *a, const struct verb *v,
		    const struct wishes *o, ts now)
{
	struct secret_key key = account_key(w->data->id_secret, sizeof w->data->id_secret);
	TRY(db_begin(w->db));
	enum err e = v->run(w, a, o, &key, now);
	if (e) {
		db_rollback(w->db);
		return e;
	}
	return db_commit(w->db);
}

int cmd_user(int argc, char **argv)
{
	struct wishes o = { 0 };
	const struct arg_option options[] = {
		{ "--data", &o.data, NULL },
		{ "--role", &o.role, NULL },
		{ "--login", &o.login, NULL },
		{ "--name", &o.name, NULL },
		{ "--territory", &o.territory, NULL },
		{ "--operator", &o.operator_id, NULL },
	};
	const struct verb *v = NULL;
	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			v = &verbs[i];
	if (!v || !arg_read(argc - 1, argv + 1, options, 6) || !o.data)
		return usage();
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct world *w = NULL;
	ts now = arg_now();
	enum err e = world_open(o.data, &(struct world_options){ 0 }, now, &w);
	if (e)
		return arg_fail("user", o.data, e);
	e = run(w, a, v, &o, now);
	world_close(w);
	return e ? arg_fail("user", v->name, e) : 0;
}
