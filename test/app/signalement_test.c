/* A need that nobody serves becomes a report, read by a human, sealed, followed, closed. */
#include "app/signalement.h"
#include "scene.h"
#include "store/seal.h"
#include "test.h"

static void watch(struct scene *s, ts now)
{
	int handled = 1;
	for (int i = 0; handled && i < 50; i++)
		CHECK_OK(app_watch(s->app, now, 100, &handled));
}

static struct signalement of_request(struct scene *s)
{
	struct signalement x;
	CHECK_OK(sql_signalement_last_of_request(s->db, s->a, s->request_id, &x));
	return x;
}

static struct id place(struct scene *s)
{
	struct sql_territories_rows rows;
	CHECK_OK(sql_territories(s->db, s->a, &rows));
	return rows.v[0].id;
}

static const struct actor referent = { .role = ROLE_REFERENT,
				       .account_id = { 2, 1 },
				       .territory = { "76", 2 } };
static const struct actor second = { .role = ROLE_REFERENT,
				     .account_id = { 2, 2 },
				     .territory = { "76", 2 } };
#define REASON S("Trois jours sans toilette et personne ne s'est substitué.")

/* Three days on which nobody came; the report stands proposed. */
static void deprive(struct scene *s)
{
	struct signalement x;
	scene_open(s);
	for (int d = 0; d < 3; d++)
		(void)scene_visit(s, day_add(SCENE_DAY, d), 900, 60, ID_NONE);
	watch(s, scene_at(day_add(SCENE_DAY, 1), 1200));
	CHECK_ERR(sql_signalement_last_of_request(s->db, s->a, s->request_id, &x),
		  ERR_NOT_FOUND); /* two days are not yet a deprivation */
	watch(s, scene_at(day_add(SCENE_DAY, 2), 1200));
	CHECK_INT(scene_notices(s, place(s), "notice.signalement.proposed"), 1);
}

TEST(three_days_without_help_are_reported_sealed_and_closed_when_help_resumes)
{
	struct scene t;
	str pub, secret, text;
	deprive(&t);
	struct signalement x = of_request(&t);
	CHECK_INT(x.visits, 3);
	CHECK_INT(x.facts, FACT_ESSENTIAL | FACT_LASTING | FACT_ALONE);
	seal_keys(t.a, &pub, &secret);
	ts now = scene_at(day_add(SCENE_DAY, 2), 1400);
	CHECK_OK(sql_recipient_insert(t.db, (struct id){ 11, 1 }, S("76"), S("ars_cell"),
				      S("Cellule d'essai"), CHANNEL_FILE, S("-"), pub,
				      SCENE_DAY));
	CHECK_OK(app_signalement_decide(t.app, t.a, &referent, x.id, true, CONSENT_GIVEN,
					REASON, S("ars_cell"), now));
	x = of_request(&t);
	CHECK_INT(x.state, SIGNALEMENT_STATE_SENT);
	CHECK_INT(scene_count(&t, EV_DECISION_TAKEN), 1);
	CHECK(str_find(x.annex, S("Jeanne")) == SIZE_MAX); /* the server cannot read it */
	CHECK_OK(seal_open(t.a, secret, x.annex, &text));
	CHECK(str_find(text, S("Essai Jeanne")) != SIZE_MAX);
	CHECK(str_find(text, S("un RDV pour m'aider à me laver")) != SIZE_MAX);

	/* new facts, a supplement */
	CHECK_ERR(app_signalement_supplement(t.app, t.a, &referent, x.id, REASON, now),
		  ERR_DUPLICATE);
	(void)scene_visit(&t, day_add(SCENE_DAY, 3), 900, 60, ID_NONE);
	watch(&t, scene_at(day_add(SCENE_DAY, 3), 1200));
	CHECK_INT(scene_notices(&t, place(&t), "notice.signalement.facts"), 1);
	CHECK_OK(app_signalement_supplement(t.app, t.a, &second, x.id, REASON,
					    scene_at(day_add(SCENE_DAY, 3), 1300)));
	CHECK_INT(of_request(&t).supplement, 1);

	/* silence, then help again */
	ts next;
	CHECK_OK(app_next_look(t.app, &next));
	watch(&t, scene_at(day_add(SCENE_DAY, 12), 1200));
	CHECK_INT(of_request(&t).state, SIGNALEMENT_STATE_SILENT);
	struct id c = scene_carer(&t, 1);
	day back = day_add(SCENE_DAY, 13);
	struct id id = scene_visit(&t, back, 900, 60, c);
	struct check_in in = { .proof = PROOF_TAG, .claimed_at = scene_at(back, 902) };
	struct actor her = { .role = ROLE_CARER,
			     .subject_id = c,
			     .operator_id = t.operator_id };
	struct visit v;
	CHECK_OK(app_check_in(t.app, t.a, &her, id, &in, scene_at(back, 902), &v));
	CHECK_INT(of_request(&t).state, SIGNALEMENT_STATE_CLOSED);
	scene_close(&t);
}

TEST(without_a_recipient_in_force_nothing_is_sent)
{
	struct scene s;
	deprive(&s);
	struct signalement x = of_request(&s);
	CHECK_ERR(app_signalement_decide(s.app, s.a, &referent, x.id, true, CONSENT_GIVEN,
					 REASON, S("ars_cell"),
					 scene_at(day_add(SCENE_DAY, 2), 1400)),
		  ERR_NOT_FOUND);
	scene_close(&s);
}

TEST(a_no_is_read_twice_and_the_same_facts_are_not_proposed_again)
{
	struct scene s;
	deprive(&s);
	struct signalement x = of_request(&s);
	ts now = scene_at(day_add(SCENE_DAY, 2), 1400);
	struct actor in_question = referent;
	in_question.operator_id = s.operator_id;
	CHECK_ERR(app_signalement_decide(s.app, s.a, &in_question, x.id, false,
					 CONSENT_NONE, REASON, (str){ 0 }, now),
		  ERR_FORBIDDEN);
	CHECK_OK(app_signalement_decide(s.app, s.a, &referent, x.id, false, CONSENT_NONE,
					REASON, (str){ 0 }, now));
	CHECK_INT(scene_notices(&s, place(&s), "notice.signalement.second"), 1);
	CHECK_ERR(app_signalement_decide(s.app, s.a, &referent, x.id, false, CONSENT_NONE,
					 REASON, (str){ 0 }, now),
		  ERR_FORBIDDEN);
	CHECK_OK(app_signalement_decide(s.app, s.a, &second, x.id, false, CONSENT_NONE,
					REASON, (str){ 0 }, now));
	CHECK_INT(of_request(&s).state, SIGNALEMENT_STATE_DECLINED);
	struct decisions ds;
	CHECK_OK(sql_decisions_about(s.db, s.a, x.id, &ds));
	CHECK_INT(ds.n, 2);
	struct visits v;
	CHECK_OK(sql_visits_missed_of_request(s.db, s.a, s.request_id, now, &v));
	CHECK_OK(app_signalement_consider(s.app, s.a, &v.v[2], now));
	CHECK(id_eq(of_request(&s).id, x.id)); /* settled with these facts */
	(void)scene_visit(&s, day_add(SCENE_DAY, 3), 900, 60, ID_NONE);
	watch(&s, scene_at(day_add(SCENE_DAY, 3), 1200));
	CHECK(!id_eq(of_request(&s).id, x.id)); /* but it lasts: a new one */
	CHECK_OK(app_appeal(s.app, s.a, &second, ds.v[0].id, S("Je conteste."), now));
	CHECK_ERR(app_appeal(s.app, s.a, &second, ds.v[0].id, S("Je conteste."), now),
		  ERR_DUPLICATE);
	scene_close(&s);
}

TEST(a_carer_who_sees_ill_treatment_reports_it_herself)
{
	struct scene s;
	struct id id;
	str pub, secret;
	scene_open(&s);
	struct actor carer = { .role = ROLE_CARER, .account_id = { 2, 7 } };
	struct actor desk = { .role = ROLE_COORDINATOR, .operator_id = s.operator_id };
	ts now = scene_at(SCENE_DAY, 1000);
	CHECK_ERR(app_signalement_witness(s.app, s.a, &desk, s.person_id, s.request_id,
					  S("vu"), now, &id),
		  ERR_FORBIDDEN);
	CHECK_OK(app_signalement_witness(s.app, s.a, &carer, s.person_id, s.request_id,
					 S("Enfermée dans sa chambre."), now, &id));
	CHECK(of_request(&s).is_illtreatment);
	seal_keys(s.a, &pub, &secret);
	CHECK_OK(sql_recipient_insert(s.db, (struct id){ 11, 1 }, S("76"), S("procureur"),
				      S("Parquet d'essai"), CHANNEL_FILE, S("-"), pub,
				      SCENE_DAY));
	CHECK_ERR(app_signalement_direct(s.app, s.a, &desk, id, CONSENT_NONE, REASON,
					 S("procureur"), now),
		  ERR_FORBIDDEN);
	CHECK_OK(app_signalement_direct(s.app, s.a, &carer, id, CONSENT_NONE, REASON,
					S("procureur"), now));
	CHECK_OK(app_signalement_acknowledge(s.app, s.a, &referent, id, S("procureur"),
					     now));
	CHECK_OK(app_signalement_close(s.app, s.a, &referent, id, S("protected"), now));
	CHECK_INT(of_request(&s).state, SIGNALEMENT_STATE_CLOSED);
	scene_close(&s);
}

TEST(a_decision_about_a_carer_is_in_the_register)
{
	struct scene s;
	scene_open(&s);
	struct decision d = { .territory = S("76"),
			      .kind = DECISION_KIND_CARER_SUSPENDED,
			      .about_id = { 3, 1 },
			      .reason = REASON };
	struct actor desk = { .role = ROLE_COORDINATOR, .account_id = { 2, 3 } },
		     nobody = desk;
	nobody.account_id = ID_NONE;
	CHECK_ERR(app_decide(s.app, s.a, &nobody, &d, false, scene_at(SCENE_DAY, 900)),
		  ERR_FORBIDDEN);
	CHECK_OK(app_decide(s.app, s.a, &desk, &d, false, scene_at(SCENE_DAY, 900)));
	CHECK_INT(d.effective_on.d, SCENE_DAY.d + 15);
	CHECK_OK(sql_decision_get(s.db, s.a, d.id, &d));
	scene_close(&s);
}
