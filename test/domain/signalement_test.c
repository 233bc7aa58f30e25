/* The report of a deprivation, and the register of decisions. */
#include "domain/account/annex.h"
#include "domain/account/signalement.h"
#include "test.h"

#define TODAY day_of(2026, 11, 10)

static const struct report_threshold two_days = { 2, 2 };

static ts at(int off, int hour)
{
	return (ts){ ((int64_t)(TODAY.d + off) * 24 + hour) * US_H };
}

static struct deprivation lasting(void)
{
	return (struct deprivation){ .is_essential = true,
				     .visits = 3,
				     .days = 3,
				     .first_on = day_add(TODAY, -3),
				     .last_on = day_add(TODAY, -1) };
}

/* --- three procedures ----------------------------------------------------------------- */

TEST(the_three_procedures_are_told_apart)
{
	CHECK(!procedure_rule(PROCEDURE_DYSFUNCTION)->names_person);
	CHECK(procedure_rule(PROCEDURE_DEPRIVATION)->names_person);
	CHECK(procedure_rule(PROCEDURE_DEPRIVATION)->is_decided);
	CHECK(!procedure_rule(PROCEDURE_COMPLAINT)->is_decided);
	CHECK(procedure_may(PROCEDURE_DYSFUNCTION, ROLE_COORDINATOR));
	CHECK(!procedure_may(PROCEDURE_DEPRIVATION,
			     ROLE_COORDINATOR)); /* filters nothing */
	CHECK(!procedure_may(PROCEDURE_DEPRIVATION, ROLE_AUTHORITY));
	CHECK(procedure_may(PROCEDURE_DEPRIVATION,
			    ROLE_CARER)); /* without the employer's leave */
	CHECK(procedure_may(PROCEDURE_COMPLAINT, ROLE_PERSON));
	CHECK(!procedure_may(PROCEDURE_COMPLAINT, ROLE_COORDINATOR));
	for (int p = 0; p < PROCEDURE_COUNT; p++)
		CHECK(procedure_rule((enum procedure)p)->source[0]);
}

/* --- the threshold -------------------------------------------------------------------- */

TEST(a_report_is_proposed_on_the_four_facts_and_a_missed_visit_alone_is_not_one)
{
	static const struct {
		const char *given;
		bool unable, essential, vital;
		int visits, days, supplee;
		bool illtreatment, want;
	} t[] = {
		{ "one missed visit", 1, 1, 0, 1, 1, 0, 0, 0 },
		{ "two days", 1, 1, 0, 2, 2, 0, 0, 0 },
		{ "more than two days", 0, 1, 0, 3, 3, 0, 0, 1 },
		{ "three visits of one day", 0, 1, 0, 3, 1, 0, 0, 0 },
		{ "three days of comfort", 1, 0, 0, 3, 3, 0, 0, 0 },
		{ "three days, a relative came each time", 1, 1, 0, 3, 3, 3, 0, 0 },
		{ "three days, a relative came twice", 1, 1, 0, 3, 3, 2, 0, 1 },
		{ "a vital need twice, unable to protect herself", 1, 1, 1, 2, 1, 0, 0, 1 },
		{ "a vital need twice, able", 0, 1, 1, 2, 1, 0, 0, 0 },
		{ "a vital need once", 1, 1, 1, 1, 1, 0, 0, 0 },
		{ "ill-treatment seen", 0, 0, 0, 0, 0, 0, 1, 1 },
		{ "nothing", 1, 1, 1, 0, 0, 0, 0, 0 },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct deprivation d = { .is_unable = t[i].unable,
					 .is_essential = t[i].essential,
					 .is_vital = t[i].vital,
					 .visits = t[i].visits,
					 .days = t[i].days,
					 .supplee = t[i].supplee,
					 .is_illtreatment = t[i].illtreatment };
		if (signalement_is_due(&d, &two_days) != t[i].want)
			print_error("given %s\n", t[i].given);
		CHECK_INT(signalement_is_due(&d, &two_days), t[i].want);
	}
	struct deprivation d = lasting();
	d.is_unable = true;
	CHECK_INT(signalement_facts(&d, &two_days),
		  FACT_UNABLE | FACT_ESSENTIAL | FACT_LASTING | FACT_ALONE);
	struct report_threshold strict = { 5, 2 };
	CHECK(!signalement_is_due(&d, &strict)); /* dated policy, not code */
}

/* --- its life ------------------------------------------------------------------------- */

struct life {
	struct arena *a;
	struct signalement s;
	struct decision d;
	struct events ev;
	size_t applied;
};

static void fold(struct life *l)
{
	for (; l->applied < l->ev.n; l->applied++)
		if (id_eq(l->ev.v[l->applied].subject, l->s.id))
			signalement_apply(&l->s, &l->ev.v[l->applied], 8);
}

static void propose(struct life *l, struct arena *a, bool unable)
{
	*l = (struct life){ .a = a };
	l->s.id = (struct id){ 4, 1 };
	l->s.person_id = (struct id){ 5, 1 };
	l->s.operator_id = (struct id){ 7, 1 };
	struct deprivation d = lasting();
	d.is_unable = unable;
	CHECK_OK(signalement_propose(a, &l->s, &d, &two_days, at(0, 9), &l->ev));
	fold(l);
}

static enum err read_it(struct life *l, uint64_t human, bool send, enum consent c)
{
	struct reading r = { .role = ROLE_REFERENT,
			     .human_id = { 2, human },
			     .send = send,
			     .consent = c,
			     .decision = &l->d,
			     .appeal_days = 60,
			     .today = TODAY };
	l->d = (struct decision){ .id = { 3, human },
				  .reason =
					  S("Trois jours sans toilette, personne seule.") };
	enum err e = signalement_decide(l->a, &l->s, &r, at(0, 10), &l->ev);
	fold(l);
	return e;
}

static const struct hash sealed = { { 1, 2, 3 } };

static enum err send_it(struct life *l, ts now, bool direct)
{
	enum err e = signalement_send(l->a, &l->s, S("ars_cell procureur"), sealed, direct,
				      now, &l->ev);
	fold(l);
	return e;
}

TEST(proposed_decided_sent_acknowledged_and_closed)
{
	TEST_ARENA(a);
	struct life l;
	propose(&l, a, true);
	CHECK_INT(l.s.state, SIGNALEMENT_STATE_PROPOSED);
	CHECK_INT(l.s.visits, 3);
	CHECK_ERR(send_it(&l, at(0, 10), false),
		  ERR_WRONG_STATE); /* no human has read it */
	CHECK_OK(read_it(&l, 1, true, CONSENT_UNABLE));
	CHECK_INT(l.d.kind, DECISION_KIND_SIGNALEMENT_SEND);
	CHECK_INT(l.d.effective_on.d, TODAY.d);
	CHECK_INT(l.d.appeal_until_on.d, TODAY.d + 60);
	CHECK_ERR(read_it(&l, 2, false, CONSENT_UNABLE), ERR_WRONG_STATE);
	CHECK_OK(send_it(&l, at(0, 11), false));
	CHECK_INT(l.s.state, SIGNALEMENT_STATE_SENT);
	CHECK_INT(l.s.supplement, 0);
	CHECK_INT(l.s.look_at.us, at(8, 11).us);
	CHECK_OK(signalement_acknowledge(a, &l.s, S("ars_cell"), at(2, 9), &l.ev));
	fold(&l);
	CHECK_INT(l.s.state, SIGNALEMENT_STATE_ACKNOWLEDGED);
	CHECK_INT(l.s.look_at.us, TS_NEVER.us);
	CHECK_ERR(signalement_acknowledge(a, &l.s, S("x"), at(2, 9), &l.ev), ERR_DUPLICATE);
	CHECK_OK(signalement_close(a, &l.s, S("help_resumed"), at(3, 9), &l.ev));
	fold(&l);
	CHECK_INT(l.s.state, SIGNALEMENT_STATE_CLOSED);
	CHECK_ERR(signalement_close(a, &l.s, S("again"), at(3, 9), &l.ev), ERR_WRONG_STATE);
	CHECK_ERR(signalement_acknowledge(a, &l.s, S("x"), at(3, 9), &l.ev),
		  ERR_WRONG_STATE);
	CHECK_INT(l.s.version, 5);
}

TEST(silence_is_recorded_and_an_answer_may_still_come)
{
	TEST_ARENA(a);
	struct life l;
	propose(&l, a, true);
	CHECK_OK(read_it(&l, 1, true, CONSENT_UNABLE));
	CHECK_OK(send_it(&l, at(0, 11), false));
	CHECK(!signalement_tick(a, &l.s, at(8, 10), &l.ev));
	CHECK(signalement_tick(a, &l.s, at(8, 11), &l.ev));
	fold(&l);
	CHECK_INT(l.s.state, SIGNALEMENT_STATE_SILENT);
	CHECK(!signalement_tick(a, &l.s, at(9, 11), &l.ev));
	CHECK_OK(signalement_acknowledge(a, &l.s, S("ars_cell"), at(20, 9), &l.ev));
	fold(&l);
	CHECK_INT(l.s.state, SIGNALEMENT_STATE_ACKNOWLEDGED);
}

TEST(new_facts_go_as_numbered_supplements)
{
	TEST_ARENA(a);
	struct life l;
	propose(&l, a, true);
	CHECK_OK(read_it(&l, 1, true, CONSENT_UNABLE));
	CHECK_OK(send_it(&l, at(0, 11), false));
	CHECK_ERR(send_it(&l, at(1, 11), false), ERR_DUPLICATE); /* nothing new */
	struct deprivation more = lasting();
	CHECK_ERR(signalement_propose(a, &l.s, &more, &two_days, at(1, 12), &l.ev),
		  ERR_DUPLICATE);
	more.visits = 4;
	more.last_on = day_add(TODAY, 1);
	CHECK_OK(signalement_propose(a, &l.s, &more, &two_days, at(1, 12), &l.ev));
	fold(&l);
	CHECK_INT(l.s.state, SIGNALEMENT_STATE_SENT); /* still what it was */
	CHECK_OK(send_it(&l, at(1, 13), false));
	CHECK_INT(l.s.supplement, 1);
	CHECK_INT(l.s.visits, 4);
}

TEST(a_no_has_a_second_reader_who_is_somebody_else)
{
	TEST_ARENA(a);
	struct life l;
	propose(&l, a, true);
	CHECK_OK(read_it(&l, 1, false, CONSENT_NONE));
	CHECK_INT(l.s.state, SIGNALEMENT_STATE_SECOND_READING);
	CHECK_ERR(read_it(&l, 1, false, CONSENT_NONE), ERR_FORBIDDEN);
	struct life m = l;
	CHECK_OK(read_it(&m, 2, false, CONSENT_NONE));
	CHECK_INT(m.s.state, SIGNALEMENT_STATE_DECLINED);
	CHECK(!signalement_is_open(&m.s));
	struct deprivation d = lasting();
	CHECK_ERR(signalement_propose(a, &m.s, &d, &two_days, at(1, 1), &m.ev),
		  ERR_WRONG_STATE);
	CHECK_OK(read_it(&l, 2, true, CONSENT_UNABLE)); /* the second reader overrules */
	CHECK_OK(send_it(&l, at(0, 12), false));
}

TEST(a_body_in_question_neither_decides_nor_filters)
{
	TEST_ARENA(a);
	struct life l;
	propose(&l, a, true);
	struct decision d = { .id = { 3, 9 },
			      .reason = S("Nous avons vérifié, rien à dire.") };
	struct reading r = { .role = ROLE_REFERENT,
			     .human_id = { 2, 9 },
			     .is_in_question = true,
			     .decision = &d,
			     .today = TODAY };
	CHECK_ERR(signalement_decide(a, &l.s, &r, at(0, 10), &l.ev), ERR_FORBIDDEN);
	r.is_in_question = false;
	static const enum role others[] = { ROLE_COORDINATOR, ROLE_AUTHORITY, ROLE_SYSTEM,
					    ROLE_ADMIN, ROLE_OPERATOR_API };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		r.role = others[i];
		CHECK_ERR(signalement_decide(a, &l.s, &r, at(0, 10), &l.ev), ERR_FORBIDDEN);
	}
	r.role = ROLE_REFERENT;
	d.reason = S("non");
	CHECK_ERR(signalement_decide(a, &l.s, &r, at(0, 10), &l.ev), ERR_INPUT);
}

TEST(consent_is_needed_unless_she_cannot_protect_herself)
{
	TEST_ARENA(a);
	struct life l;
	propose(&l, a, false);
	CHECK_ERR(read_it(&l, 1, true, CONSENT_NONE), ERR_RULE);
	CHECK_ERR(read_it(&l, 1, true, CONSENT_REFUSED), ERR_RULE);
	CHECK_ERR(read_it(&l, 1, true, CONSENT_UNABLE), ERR_RULE); /* it is not a fact */
	CHECK_OK(read_it(&l, 1, true, CONSENT_GIVEN));
}

TEST(person_relative_and_carer_send_without_anybodys_leave)
{
	TEST_ARENA(a);
	struct life l;
	propose(&l, a, false);
	CHECK_OK(signalement_direct(&l.s, ROLE_PERSON, CONSENT_NONE));
	CHECK_OK(signalement_direct(&l.s, ROLE_CARER, CONSENT_NONE));
	CHECK_ERR(signalement_direct(&l.s, ROLE_CIRCLE, CONSENT_REFUSED), ERR_RULE);
	CHECK_ERR(signalement_direct(&l.s, ROLE_COORDINATOR, CONSENT_GIVEN), ERR_FORBIDDEN);
	CHECK_OK(read_it(&l, 1, false, CONSENT_NONE));
	CHECK_OK(read_it(&l, 2, false, CONSENT_NONE)); /* declined twice ... */
	CHECK_OK(signalement_direct(&l.s, ROLE_PERSON, CONSENT_NONE));
	CHECK_OK(send_it(&l, at(0, 12), true)); /* ... and sent all the same */
	CHECK_ERR(signalement_direct(&l.s, ROLE_PERSON, CONSENT_NONE), ERR_WRONG_STATE);
	CHECK_ERR(signalement_send(a, &l.s, S(" "), sealed, true, at(0, 13), &l.ev),
		  ERR_INPUT);
	struct hash none = { { 0 } };
	CHECK_ERR(signalement_send(a, &l.s, S("ars_cell"), none, true, at(0, 13), &l.ev),
		  ERR_INPUT);
}

/* --- the annex ------------------------------------------------------------------------ */

static const struct zone *utc(struct arena *a)
{
	const struct zone *z;
	static const char tzif[] =
		"TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0\0\0\0\0\0\1\0\0\0\4\0\0\0\0\0\0UTC\0"
		"TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0\0\0\0\0\0\1\0\0\0\4\0\0\0\0\0\0UTC\0\nUTC0\n";
	CHECK_OK(zone_parse(a, S("UTC"), (str){ tzif, sizeof tzif - 1 }, &z));
	return z;
}

TEST(the_annex_says_who_what_since_when_and_names_no_carer)
{
	TEST_ARENA(a);
	struct life l;
	propose(&l, a, true);
	struct person p = { .first_name = S("Jeanne"),
			    .last_name = S("Essai"),
			    .address = S("3 rue du Test"),
			    .birth_year = 1938,
			    .is_alone = true };
	struct visit v[2] = {
		{ .asked_start_at = at(-2, 9),
		  .start_at = at(-2, 9),
		  .end_at = at(-2, 10),
		  .carer_id = { 3, 3 },
		  .attestation = ATTESTATION_NOBODY,
		  .supplee_min = 20 },
		{ .asked_start_at = at(-1, 9),
		  .start_at = at(-1, 9),
		  .end_at = at(-1, 10),
		  .operator_cause = OPERATOR_CAUSE_MANQUE_INTERVENANTS,
		  .is_contested = true },
	};
	struct visits vs = { v, 2, 2 };
	struct annex x = { .s = &l.s,
			   .person = &p,
			   .visits = &vs,
			   .own_words = S("m'aider à me laver"),
			   .reason = S("Trois jours."),
			   .consent = S("donné"),
			   .sender = S("référent"),
			   .number = 2 };
	str t;
	CHECK_OK(annex_text(a, &x, utc(a), at(0, 12), &t));
	static const char *const says[] = { "SUPPLÉMENT N° 2",
					    "Essai Jeanne",
					    "3 rue du Test",
					    "1938",
					    "m'aider à me laver",
					    "sans opérateur",
					    "2026-11-08 09:00, 60 min promises",
					    "un proche est venu 20 min",
					    "manque d'intervenants",
					    "contesté",
					    "hors d'état de se protéger" };
	for (size_t i = 0; i < sizeof says / sizeof *says; i++)
		CHECK(str_find(t, str_of(says[i])) != SIZE_MAX);
	CHECK(str_find(t, id_text(a, v[0].carer_id)) == SIZE_MAX);
	char *huge = arena_alloc(a, ANNEX_MAX + 1);
	memset(huge, 'x', ANNEX_MAX + 1);
	x.reason = (str){ huge, ANNEX_MAX + 1 };
	CHECK_ERR(annex_text(a, &x, utc(a), at(0, 12), &t), ERR_LIMIT);
}

/* --- the register --------------------------------------------------------------------- */

TEST(every_decision_has_a_reason_a_human_a_delay_and_an_appeal)
{
	TEST_ARENA(a);
	struct events ev = { 0 };
	struct decision d = {
		.id = { 1, 1 },
		.kind = DECISION_KIND_CARER_SUSPENDED,
		.about_id = { 3, 1 },
		.human_id = { 2, 1 },
		.reason = S("Retards répétés non justifiés, vus avec elle le 3.")
	};
	CHECK_OK(decision_take(a, &d, ROLE_COORDINATOR, false, 60, TODAY, at(0, 9), &ev));
	CHECK_INT(d.effective_on.d, TODAY.d + 15);
	CHECK_INT(d.appeal_until_on.d, TODAY.d + 75);
	CHECK_INT(ev.v[0].u.decision_taken.effective_on.d, d.effective_on.d);
	struct decision bad = d;
	bad.human_id = ID_NONE;
	CHECK_ERR(decision_take(a, &bad, ROLE_COORDINATOR, false, 60, TODAY, at(0, 9), &ev),
		  ERR_FORBIDDEN);
	CHECK_ERR(decision_take(a, &d, ROLE_SYSTEM, false, 60, TODAY, at(0, 9), &ev),
		  ERR_FORBIDDEN);
	bad = d;
	bad.reason = S("   vu             ");
	CHECK_ERR(decision_take(a, &bad, ROLE_COORDINATOR, false, 60, TODAY, at(0, 9), &ev),
		  ERR_INPUT);
	CHECK_OK(decision_take(a, &d, ROLE_COORDINATOR, true, 60, TODAY, at(0, 9), &ev));
	CHECK_INT(d.effective_on.d, TODAY.d); /* a danger */
	for (int k = 0; k < DECISION_KIND_COUNT; k++)
		CHECK(decision_source((enum decision_kind)k)[0]);
}

TEST(an_appeal_is_taken_once_and_until_its_date)
{
	TEST_ARENA(a);
	struct events ev = { 0 };
	struct decision d = { .id = { 1, 1 }, .appeal_until_on = day_add(TODAY, 60) };
	CHECK_ERR(decision_appeal(a, &d, S(" "), TODAY, at(0, 9), &ev), ERR_INPUT);
	CHECK_ERR(decision_appeal(a, &d, S("non"), day_add(TODAY, 61), at(0, 9), &ev),
		  ERR_GONE);
	CHECK_OK(decision_appeal(a, &d, S("Je conteste."), day_add(TODAY, 60), at(0, 9),
				 &ev));
	CHECK_INT(ev.v[0].kind, EV_DECISION_APPEALED);
	CHECK_ERR(decision_appeal(a, &d, S("encore"), TODAY, at(0, 9), &ev), ERR_DUPLICATE);
}
