/* town.c - a server with many visits of this very hour, to be checked in.
 *
 *   bench_town DIR VISITS FILE
 *
 * Makes, through the use cases, one operator and a person and a visit for each; writes the
 * requests of bench_load to FILE; prints "PORT TOKEN" and serves until its input ends.
 */
#include "main/server.h"
#include "net/auth/account.h"

#include <stdio.h>
#include <stdlib.h>

struct make {
	struct server *server;
	long visits;
	FILE *out;
	char token[128];
};

static const struct actor by = { .role = ROLE_SYSTEM };

static enum err make_operator(struct world *w, struct arena *a, ts now,
			      struct id *ret_operator, struct id *ret_carer)
{
	struct operator o = { .territory = S("76"),
			      .finess = S("000000001"),
			      .name = S("Service"),
			      .is_authorised = true,
			      .insee = S("76001") };
	TRY(app_territory_add(w->app, a, S("76"), S("Essai"), S("Europe/Paris"), 1,
			      S("bench"), now));
	TRY(sql_commune_insert(w->db, S("76001"), S("76"), S("Ville"), S(""), 1000,
			       49000000, 1000000));
	TRY(app_operator_add(w->app, a, &by, &o, now));
	struct carer c = { .territory = S("76"),
			   .operator_id = o.id,
			   .first_name = S("Ana"),
			   .last_name = S("Test"),
			   .week_min = 2100 };
	TRY(app_carer_add(w->app, a, &by, &c, now));
	*ret_operator = o.id;
	*ret_carer = c.id;
	return OK;
}

static enum err make_visit(struct make *m, struct world *w, struct arena *a, ts now,
			   struct id operator_id, struct id carer_id)
{
	const struct zone *z;
	TRY(app_zone(w->app, S("76"), &z));
	/* a few minutes ahead: a visit is not planned into the past, and may begin early */
	struct zone_local l = zone_local(z, ts_add_min(now, 5));
	struct person p = { .territory = S("76"),
			    .insee = S("76001"),
			    .first_name = S("Rose"),
			    .last_name = S("Essai"),
			    .channel = CHANNEL_FILE };
	TRY(app_person_add(w->app, a, &by, &p, now));
	struct request r = { .person_id = p.id,
			     .mode = CARE_MODE_PRESTATAIRE,
			     .payer = PAYER_APA,
			     .criticality = CRITICALITY_PERSONAL,
			     .own_words = S("Aujourd'hui, un repas"),
			     .read_back = S("Aujourd'hui, un repas"),
			     .tasks = 1U << TASK_REPAS,
			     .starts_on = l.day,
			     .ends_on = DAY_NONE,
			     .start_minute = l.min,
			     .duration_min = 60,
			     .tolerance_min = 30,
			     .is_imported = true };
	TRY(app_request_import(w->app, a, &by, &r, operator_id, ANSWER_ACCEPTED, 0,
			       carer_id, now));
	struct visits v;
	TRY(sql_visits_of_person(w->db, a, p.id, ts_add_min(now, -1440),
				 ts_add_min(now, 1440), &v));
	if (!v.n)
		return ERR_INTERNAL;
	fprintf(m->out, "POST /api/visits/%" PRIstr "/check-in {\"proof\":\"tag\"}\n",
		STR(id_text(a, v.v[0].id)));
	return OK;
}

static enum err make_town(void *arg, struct world *w, struct arena *a, ts now)
{
	struct make *m = arg;
	struct id operator_id, carer_id;
	struct secret_key key = server_key(m->server);
	str token;
	TRY(make_operator(w, a, now, &operator_id, &carer_id));
	struct account x = { .territory = S("76"),
			     .role = ROLE_OPERATOR_API,
			     .operator_id = operator_id,
			     .name = S("bench") };
	TRY(account_make(w->db, a, &x, (str){ 0 }, now));
	TRY(token_make(w->db, a, &key, &x, S("bench"), API_CHECKIN, now, &token));
	memcpy(m->token, token.p, token.n);
	for (long i = 0; i < m->visits; i++) {
		struct arena_mark mark = arena_mark(a);
		TRY(make_visit(m, w, a, now, operator_id, carer_id));
		arena_reset(a, mark);
	}
	return OK;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		die("usage: bench_town DIR VISITS FILE");
	struct config c = config_default();
	struct make m = { .visits = strtol(argv[2], NULL, 10), .out = fopen(argv[3], "w") };
	const char *what = "";
	c.data = str_of(argv[1]);
	c.port = 0;
	if (!m.out || server_start(&c, &m.server, &what) != OK)
		die("the town cannot start: %s", what);
	enum err e = writer_call(server_writer(m.server), make_town, &m);
	if (e)
		die("the town cannot be made: %s", err_name(e));
	fclose(m.out);
	printf("%d %s\n", server_port(m.server), m.token);
	fflush(stdout);
	while (getchar() != EOF)
		;
	server_stop(m.server, 5);
	return 0;
}
