#include "town.h"

#include "../net/peer.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct actor system_actor = { .role = ROLE_SYSTEM };

static enum err make_side(struct app *app, struct arena *a, const char *territory, int n,
			  ts now, struct town_side *s)
{
	struct operator o = { .territory = str_of(territory),
			      .finess = str_fmt(a, "00%s%05d", territory, n),
			      .name = str_fmt(a, "Service %d", n),
			      .is_authorised = true,
			      .insee = str_fmt(a, "%s001", territory) };
	TRY(app_operator_add(app, a, &system_actor, &o, now));
	s->operator_id = o.id;
	struct carer c = { .territory = o.territory,
			   .operator_id = o.id,
			   .first_name = S("Ana"),
			   .last_name = S("Test"),
			   .week_min = 2100,
			   .idcc = IDCC_SAP_3127 };
	TRY(app_carer_add(app, a, &system_actor, &c, now));
	s->carer_id = c.id;
	struct person p = { .territory = o.territory,
			    .insee = o.insee,
			    .first_name = S("Rose"),
			    .last_name = S("Essai"),
			    .address = S("1 rue CANARI"),
			    .channel = CHANNEL_FILE };
	TRY(app_person_add(app, a, &system_actor, &p, now));
	s->person_id = p.id;
	struct contact k = { .territory = o.territory,
			     .person_id = p.id,
			     .kind = CONTACT_KIND_RELATIVE,
			     .name = S("Paul"),
			     .scopes = SCOPE_SEE_TODAY | SCOPE_ATTEST,
			     .ends_on = DAY_NONE };
	TRY(app_contact_add(app, a, &system_actor, &k, now));
	s->contact_id = k.id;
	struct request r = { .person_id = p.id,
			     .mode = CARE_MODE_PRESTATAIRE,
			     .payer = PAYER_APA,
			     .criticality = CRITICALITY_PERSONAL,
			     .own_words = S("Chaque jour à 9 h, m'aider à me laver"),
			     .read_back = S("Chaque jour à 9 h"),
			     .tasks = 1U << TASK_REPAS,
			     .rrule = S("FREQ=DAILY"),
			     .starts_on = { (int32_t)(now.us / US_DAY) },
			     .ends_on = DAY_NONE,
			     .start_minute = 540,
			     .duration_min = 60,
			     .tolerance_min = 15,
			     .is_imported = true };
	TRY(app_request_import(app, a, &system_actor, &r, o.id, ANSWER_ACCEPTED, 0, c.id,
			       now));
	s->request_id = r.id;
	struct visits v;
	TRY(sql_visits_of_person(app_db(app), a, p.id, now, ts_add_s(now, 10 * 86400), &v));
	if (v.n)
		s->visit_id = v.v[0].id;
	return v.n ? OK : ERR_INTERNAL;
}

struct make {
	struct town *t;
	struct secret_key key;
};

static struct id subject_of(const struct town_side *s, enum role role)
{
	if (role == ROLE_PERSON)
		return s->person_id;
	if (role == ROLE_CIRCLE || role == ROLE_GUARDIAN)
		return s->contact_id;
	return role == ROLE_CARER ? s->carer_id : ID_NONE;
}

static enum err make_account(struct make *m, struct db *db, struct arena *a, enum role role,
			     ts now)
{
	struct town *t = m->t;
	const struct town_side *s = &t->side[0][0];
	struct account x = { .territory = S("76"),
			     .role = role,
			     .subject_id = subject_of(s, role),
			     .login = str_fmt(a, "%s@example.fr", role_name(role)),
			     .name = S("Nom") };
	if (role == ROLE_COORDINATOR || role == ROLE_CARER || role == ROLE_OPERATOR_API)
		x.operator_id = s->operator_id;
	TRY(account_make(db, a, &x, role == ROLE_REFERENT ? S(TOWN_PASSWORD) : (str){ 0 },
			 now));
	if (role == ROLE_REFERENT) {
		str uri;
		TRY(account_new_totp(db, a, &m->key, &x, &uri));
		struct account again;
		TRY(sql_account_get(db, a, x.id, &again));
		t->totp_login = str_dup(t->a, x.login);
		if (!account_totp(&m->key, again.totp, t->totp))
			return ERR_CRYPTO;
	}
	if (role == ROLE_OPERATOR_API) {
		str token;
		TRY(token_make(db, a, &m->key, &x, S("logiciel"),
			       API_READ | API_ROSTER | API_CHECKIN, now, &token));
		t->token = str_dup(t->a, token);
		return OK;
	}
	str cookie;
	TRY(session_make(db, a, &m->key, &x, SESSION_PASSWORD, S("test"), now, &cookie));
	t->cookie[role] = str_dup(t->a, cookie);
	if (role == ROLE_PERSON) {
		str code;
		TRY(card_make(db, a, &m->key, &x, x.id, now, &code));
		t->card = str_dup(t->a, code);
	}
	return OK;
}

static enum err make_town(void *arg, struct world *w, struct arena *a, ts now)
{
	struct make *m = arg;
	static const char *const territories[] = { "76", "14" };
	m->key = server_key(m->t->server);
	for (int i = 0; i < TOWN_SIDES; i++) {
		str code = str_of(territories[i]);
		TRY(app_territory_add(w->app, a, code, code, S("Europe/Paris"), 100,
				      S("test"), now));
		TRY(sql_commune_insert(w->db, str_fmt(a, "%s001", territories[i]), code,
				       S("Ville"), S(""), 1000, 49000000, 1000000));
		for (int k = 0; k < TOWN_SIDES; k++)
			TRY(make_side(w->app, a, territories[i], 1 + i * 10 + k, now,
				      &m->t->side[i][k]));
	}
	for (int r = ROLE_PERSON; r < ROLE_SYSTEM; r++)
		if (r != ROLE_REPRESENTATIVE)
			TRY(make_account(m, w->db, a, (enum role)r, now));
	return OK;
}

static void start(struct town *t)
{
	struct config c = config_default();
	const char *what = "";
	c.data = str_of(t->dir);
	c.port = 0;
	enum err e = server_start(&c, &t->server, &what);
	if (e)
		die("%s: %s", what, err_name(e));
	t->port = server_port(t->server);
}

void town_open(struct town *t, struct arena *a)
{
	*t = (struct town){ .a = a };
	struct make m = { .t = t };
	strcpy(t->dir, "/tmp/vigie-town-XXXXXX");
	if (!mkdtemp(t->dir))
		die("no temporary folder");
	start(t);
	enum err e = writer_call(server_writer(t->server), make_town, &m);
	if (e)
		die("the town cannot be made: %s", err_name(e));
	for (int r = ROLE_PERSON; r < ROLE_SYSTEM; r++)
		if (t->cookie[r].n)
			t->csrf[r] = town_member(town_ask(t, (enum role)r, "GET",
							  S("/api/session"), (str){ 0 }),
						 "csrf");
}

void town_restart(struct town *t)
{
	server_stop(t->server, 5);
	start(t);
}

void town_close(struct town *t)
{
	server_stop(t->server, 5);
	DIR *d = opendir(t->dir);
	struct dirent *e;
	char path[400];
	while (d && (e = readdir(d))) {
		snprintf(path, sizeof path, "%s/%s", t->dir, e->d_name);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(t->dir);
}

str town_raw(struct town *t, const char *method, str path, str headers, str body)
{
	struct buf b = buf_init(t->a, 0);
	buf_fmt(&b,
		"%s %" PRIstr " HTTP/1.1\r\nHost: town\r\nConnection: close\r\n%" PRIstr,
		method, STR(path), STR(headers));
	if (body.n || strcmp(method, "GET") != 0)
		buf_fmt(&b, "Content-Length: %zu\r\n", body.n);
	BUF_LIT(&b, "\r\n");
	buf_put(&b, body);
	return peer_ask(t->a, t->port, buf_str(&b));
}

str town_ask(struct town *t, enum role role, const char *method, str path, str body)
{
	struct buf b = buf_init(t->a, 0);
	if (role == ROLE_OPERATOR_API)
		buf_fmt(&b, "Authorization: Bearer %" PRIstr "\r\n", STR(t->token));
	else if (t->cookie[role].n)
		buf_fmt(&b, "Cookie: vigie=%" PRIstr "\r\nX-CSRF-Token: %" PRIstr "\r\n",
			STR(t->cookie[role]), STR(t->csrf[role]));
	if (body.n)
		BUF_LIT(&b, "Content-Type: application/json\r\n");
	return town_raw(t, method, path, buf_str(&b), body);
}

str town_member(str answer, const char *key)
{
	char want[64];
	snprintf(want, sizeof want, "\"%s\":\"", key);
	size_t at = str_find(answer, str_of(want));
	if (at == SIZE_MAX)
		return (str){ 0 };
	str rest = str_from(answer, at + strlen(want));
	return str_cut(&rest, '"');
}
