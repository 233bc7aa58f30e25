#include "domain/labour/notice.h"
#include "domain/labour/qualification.h"
#include "domain/labour/title.h"
#include "test.h"

static day on(int y, int m, int d)
{
	return day_of(y, m, d);
}

TEST(every_value_of_the_law_cites_its_source)
{
	for (int i = 0; i < IDCC_COUNT; i++)
		for (int k = 0; k < LABOUR_KEY_COUNT; k++) {
			struct labour_rule r = labour_rule((enum idcc)i, (enum labour_key)k,
							   on(2026, 11, 22));
			CHECK(r.value < 0 || r.article[0]);
			CHECK(r.value < 0 || r.unit[0]);
			/* a proposal says so, a law does not pretend to be one */
			if (r.value >= 0 && !r.is_law)
				CHECK(strstr(r.article, "proposal") ||
				      strstr(r.article, "confirmed"));
		}
	CHECK_STR(str_of(labour_key_name(LABOUR_rest_min)), "rest_min");
}

TEST(a_value_depends_on_the_agreement_and_on_the_day)
{
	static const struct {
		enum idcc idcc;
		enum labour_key key;
		int y, m, d;
		int64_t want;
	} t[] = {
		{ IDCC_BAD_2941, LABOUR_day_max_min, 2026, 11, 22, 600 },
		{ IDCC_BAD_2941, LABOUR_amplitude_min, 2026, 11, 22, 720 },
		{ IDCC_SAP_3127, LABOUR_amplitude_min, 2026, 11, 22, 780 },
		{ IDCC_SAP_3127, LABOUR_refusals_year, 2026, 11, 22, 7 },
		{ IDCC_SAP_3127, LABOUR_refusals_year, 2021, 5, 20,
		  -1 }, /* not yet extended */
		{ IDCC_BAD_2941, LABOUR_refusals_year, 2026, 11, 22, 4 },
		{ IDCC_EMPLOYER_3239, LABOUR_week_max_min, 2026, 11, 22, 3000 },
		/* the code's day limit is not for private employers (L7221-2) */
		{ IDCC_EMPLOYER_3239, LABOUR_day_max_min, 2026, 11, 22, -1 },
		/* an agreement that is silent follows the code du travail */
		{ IDCC_BAD_2941, LABOUR_week_rest_min, 2026, 11, 22, 2100 },
		{ IDCC_NONE, LABOUR_rest_min, 2026, 11, 22, 660 },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		CHECK_INT(
			labour_rule(t[i].idcc, t[i].key, on(t[i].y, t[i].m, t[i].d)).value,
			t[i].want);
}

/* --- reserved tasks and the four proofs -------------------------------------------- */

TEST(only_help_with_the_body_is_reserved)
{
	uint32_t all = (1u << TASK_COUNT) - 1;
	CHECK_INT(tasks_reserved(all),
		  TASK_BIT(TASK_TOILETTE) | TASK_BIT(TASK_LEVER) | TASK_BIT(TASK_COUCHER) |
			  TASK_BIT(TASK_HABILLAGE) | TASK_BIT(TASK_TRANSFERT) |
			  TASK_BIT(TASK_MEDICAMENTS));
	CHECK_INT(tasks_reserved(TASK_BIT(TASK_MENAGE) | TASK_BIT(TASK_REPAS)), 0);
	CHECK(task_is_law(TASK_TOILETTE, PAYER_APA));
	CHECK(!task_is_law(TASK_TOILETTE, PAYER_PRIVATE));
	CHECK(!task_is_law(TASK_LEVER, PAYER_APA));
	for (int t = 0; t < TASK_COUNT; t++)
		CHECK(!task_is_reserved((enum task)t) || task_source((enum task)t)[0]);
}

TEST(a_reserved_task_needs_one_of_the_proofs_today)
{
	day today = on(2026, 11, 22), never = DAY_NONE;
	static const struct {
		const char *given;
		enum qualification_kind kind;
		enum qualification_state state;
		int issued, expires; /* days from today; 9999: none */
		uint32_t task;
		enum engagement e;
		enum qualified want;
	} t[] = {
		{ "a diploma", QUALIFICATION_KIND_DIPLOME, QUALIFICATION_STATE_VALID, -900,
		  9999, TASK_TOILETTE, ENGAGE_NEW, QUALIFIED_HELD },
		{ "three years' experience", QUALIFICATION_KIND_EXPERIENCE,
		  QUALIFICATION_STATE_VALID, -900, 9999, TASK_TRANSFERT, ENGAGE_NEW,
		  QUALIFIED_HELD },
		{ "a training under way", QUALIFICATION_KIND_FORMATION_EN_COURS,
		  QUALIFICATION_STATE_VALID, -20, 160, TASK_HABILLAGE, ENGAGE_NEW,
		  QUALIFIED_HELD },
		{ "its last day", QUALIFICATION_KIND_DIPLOME, QUALIFICATION_STATE_VALID,
		  -900, 0, TASK_TOILETTE, ENGAGE_NEW, QUALIFIED_HELD },
		{ "the day after", QUALIFICATION_KIND_DIPLOME, QUALIFICATION_STATE_VALID,
		  -900, -1, TASK_TOILETTE, ENGAGE_RUNNING, QUALIFIED_EXPIRED },
		{ "not issued yet", QUALIFICATION_KIND_DIPLOME, QUALIFICATION_STATE_VALID,
		  1, 9999, TASK_TOILETTE, ENGAGE_NEW, QUALIFIED_ABSENT },
		{ "suspended", QUALIFICATION_KIND_DIPLOME, QUALIFICATION_STATE_SUSPENDED,
		  -900, 9999, TASK_TOILETTE, ENGAGE_RUNNING, QUALIFIED_ABSENT },
		{ "unknown, a new offer", QUALIFICATION_KIND_DIPLOME,
		  QUALIFICATION_STATE_UNKNOWN, -3, 9999, TASK_TOILETTE, ENGAGE_NEW,
		  QUALIFIED_UNKNOWN },
		{ "unknown for 30 days, a running series", QUALIFICATION_KIND_DIPLOME,
		  QUALIFICATION_STATE_UNKNOWN, -30, 9999, TASK_TOILETTE, ENGAGE_RUNNING,
		  QUALIFIED_TOLERATED },
		{ "unknown for 31 days, a running series", QUALIFICATION_KIND_DIPLOME,
		  QUALIFICATION_STATE_UNKNOWN, -31, 9999, TASK_TOILETTE, ENGAGE_RUNNING,
		  QUALIFIED_UNKNOWN },
		{ "unknown, but it is housework", QUALIFICATION_KIND_DIPLOME,
		  QUALIFICATION_STATE_UNKNOWN, -31, 9999, TASK_MENAGE, ENGAGE_NEW,
		  QUALIFIED_NOT_NEEDED },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct qualification q = { .kind = t[i].kind,
					   .state = t[i].state,
					   .issued_on = day_add(today, t[i].issued),
					   .expires_on =
						   t[i].expires == 9999
							   ? never
							   : day_add(today, t[i].expires) };
		struct qualifications qs = { &q, 1, 1 };
		struct qualified_answer a = qualification_check(&qs, TASK_BIT(t[i].task),
								today, t[i].e, DAY_NONE);
		if (a.state != t[i].want)
			print_error("given %s\n", t[i].given);
		CHECK_INT(a.state, t[i].want);
	}
}

TEST(the_best_of_several_proofs_counts_and_no_proof_at_all_is_unknown)
{
	day today = on(2026, 11, 22);
	struct qualification q[2] = {
		{ .kind = QUALIFICATION_KIND_EXPERIENCE,
		  .state = QUALIFICATION_STATE_REVOKED,
		  .issued_on = on(2020, 1, 1),
		  .expires_on = DAY_NONE },
		{ .kind = QUALIFICATION_KIND_AIDE_SOIGNANT,
		  .state = QUALIFICATION_STATE_VALID,
		  .issued_on = on(2020, 1, 1),
		  .expires_on = on(2027, 1, 1) },
	};
	struct qualifications qs = { q, 2, 2 }, none = { 0 };
	struct qualified_answer a = qualification_check(&qs, TASK_BIT(TASK_TOILETTE), today,
							ENGAGE_NEW, DAY_NONE);
	CHECK(qualified_opens(a));
	CHECK_INT(a.kind, QUALIFICATION_KIND_AIDE_SOIGNANT);
	CHECK_INT(a.until_on.d, on(2027, 1, 1).d);
	CHECK_INT(a.tasks, TASK_BIT(TASK_TOILETTE));
	CHECK_INT(qualification_look_on(&qs, today).d, on(2027, 1, 2).d);
	uint32_t toilette = TASK_BIT(TASK_TOILETTE);
	CHECK_INT(
		qualification_check(&none, toilette, today, ENGAGE_RUNNING, on(2026, 11, 1))
			.state,
		QUALIFIED_TOLERATED);
	CHECK_INT(
		qualification_check(&none, toilette, today, ENGAGE_RUNNING, DAY_NONE).state,
		QUALIFIED_UNKNOWN);
	CHECK_INT(qualification_check(&none, toilette, today, ENGAGE_NEW, on(2026, 11, 1))
			  .state,
		  QUALIFIED_UNKNOWN);
	CHECK_INT(qualification_look_on(&none, today).d, DAY_NONE.d);
	q[1].state = QUALIFICATION_STATE_UNKNOWN;
	q[1].issued_on = on(2026, 11, 1);
	CHECK_INT(qualification_look_on(&qs, today).d, on(2026, 12, 2).d);
}

/* --- operator's title -------------------------------------------------------------- */

TEST(the_title_of_an_operator_decides_what_it_may_serve)
{
#define F(x) (1u << TITLE_##x)
	static const struct {
		enum operator_kind kind;
		bool authorised, agree, active;
		enum care_mode mode;
		enum payer payer;
		uint32_t tasks;
		bool independents;
		uint32_t want;
	} t[] = {
		{ OPERATOR_KIND_SAAD, 1, 0, 1, CARE_MODE_PRESTATAIRE, PAYER_APA,
		  TASK_BIT(TASK_TOILETTE), 0, 0 },
		{ OPERATOR_KIND_SAAD, 0, 1, 1, CARE_MODE_PRESTATAIRE, PAYER_APA,
		  TASK_BIT(TASK_MENAGE), 0, F(AUTHORISATION) },
		{ OPERATOR_KIND_SAAD, 0, 1, 1, CARE_MODE_PRESTATAIRE, PAYER_PRIVATE,
		  TASK_BIT(TASK_MENAGE), 0, 0 },
		{ OPERATOR_KIND_SAAD, 0, 1, 1, CARE_MODE_PRESTATAIRE, PAYER_PRIVATE,
		  TASK_BIT(TASK_TOILETTE), 0, F(AUTHORISATION) },
		{ OPERATOR_KIND_SAAD, 1, 0, 1, CARE_MODE_MANDATAIRE, PAYER_PCH,
		  TASK_BIT(TASK_TOILETTE), 0, F(AGREMENT) },
		{ OPERATOR_KIND_SAAD, 0, 1, 1, CARE_MODE_MANDATAIRE, PAYER_PCH,
		  TASK_BIT(TASK_TOILETTE), 0, 0 },
		{ OPERATOR_KIND_SAAD, 1, 1, 1, CARE_MODE_EMPLOI_DIRECT, PAYER_APA,
		  TASK_BIT(TASK_MENAGE), 0, F(NO_OPERATOR) },
		{ OPERATOR_KIND_SAAD, 1, 1, 1, CARE_MODE_AIDANT, PAYER_PCH,
		  TASK_BIT(TASK_TOILETTE), 0, F(NO_OPERATOR) },
		{ OPERATOR_KIND_SAAD, 1, 1, 0, CARE_MODE_PRESTATAIRE, PAYER_APA,
		  TASK_BIT(TASK_MENAGE), 0, F(CLOSED) },
		{ OPERATOR_KIND_SSIAD, 1, 0, 1, CARE_MODE_PRESTATAIRE, PAYER_APA,
		  TASK_BIT(TASK_MENAGE), 0, F(KIND) },
		{ OPERATOR_KIND_CARRIER, 1, 0, 1, CARE_MODE_PRESTATAIRE, PAYER_APA,
		  TASK_BIT(TASK_REPAS), 0, 0 },
		{ OPERATOR_KIND_CARRIER, 1, 0, 1, CARE_MODE_PRESTATAIRE, PAYER_APA,
		  TASK_BIT(TASK_REPAS) | TASK_BIT(TASK_TOILETTE), 0, F(KIND) },
		{ OPERATOR_KIND_INDEPENDENT, 1, 0, 1, CARE_MODE_PRESTATAIRE, PAYER_PRIVATE,
		  TASK_BIT(TASK_MENAGE), 0, F(INDEPENDENT) },
		{ OPERATOR_KIND_INDEPENDENT, 1, 0, 1, CARE_MODE_PRESTATAIRE, PAYER_PRIVATE,
		  TASK_BIT(TASK_MENAGE), 1, 0 },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct operator o = { .kind = t[i].kind,
				      .state = t[i].active ? OPERATOR_STATE_ACTIVE
							   : OPERATOR_STATE_CLOSED,
				      .is_authorised = t[i].authorised,
				      .is_agree = t[i].agree };
		struct title_ask ask = { t[i].mode, t[i].payer, t[i].tasks,
					 t[i].independents };
		if (title_check(&o, &ask) != t[i].want)
			print_error("row %zu\n", i);
		CHECK_INT(title_check(&o, &ask), t[i].want);
	}
	for (int f = 0; f < TITLE_FAULT_COUNT; f++) {
		CHECK(title_fault_source((enum title_fault)f)[0]);
		CHECK(strncmp(title_fault_name((enum title_fault)f), "title.", 6) == 0);
	}
#undef F
}

/* --- planning, imposed change, offer ----------------------------------------------- */

TEST(planning_change_urgency_and_offer_are_told_apart_by_notice)
{
	day told = on(2026, 11, 2);
	static const struct {
		enum idcc idcc;
		bool offer;
		int days;
		enum urgency urgency;
		bool essential;
		enum notice_kind want;
		bool may_refuse;
	} t[] = {
		{ IDCC_BAD_2941, 0, 7, URGENCY_NONE, 0, NOTICE_PLANNING, 0 },
		{ IDCC_BAD_2941, 0, 6, URGENCY_NONE, 0, NOTICE_CHANGE, 1 },
		{ IDCC_BAD_2941, 0, 4, URGENCY_NONE, 0, NOTICE_CHANGE, 1 },
		{ IDCC_BAD_2941, 0, 3, URGENCY_NONE, 1, NOTICE_UNLAWFUL, 1 },
		{ IDCC_BAD_2941, 0, 0, URGENCY_COLLEAGUE_ABSENT, 1, NOTICE_URGENT, 1 },
		{ IDCC_BAD_2941, 0, 0, URGENCY_COLLEAGUE_ABSENT, 0, NOTICE_UNLAWFUL, 1 },
		{ IDCC_SAP_3127, 0, 3, URGENCY_NONE, 0, NOTICE_CHANGE, 1 },
		{ IDCC_SAP_3127, 0, 2, URGENCY_NONE, 0, NOTICE_UNLAWFUL, 1 },
		{ IDCC_BAD_2941, 1, 0, URGENCY_NONE, 0, NOTICE_OFFER, 1 },
		{ IDCC_BAD_2941, 1, 30, URGENCY_NONE, 0, NOTICE_OFFER, 1 },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct notice_ask a = { .idcc = t[i].idcc,
					.is_offer = t[i].offer,
					.told_on = told,
					.work_on = day_add(told, t[i].days),
					.urgency = t[i].urgency,
					.is_essential = t[i].essential };
		struct notice_answer n = notice_of(&a);
		CHECK_INT(n.kind, t[i].want);
		CHECK_INT(n.may_refuse, t[i].may_refuse);
		CHECK_INT(n.days, t[i].days);
		CHECK_INT(n.assignment, t[i].offer ? ASSIGNMENT_OFFER
					: t[i].want == NOTICE_PLANNING
						? ASSIGNMENT_PLANNING
						: ASSIGNMENT_IMPOSED);
	}
}

TEST(declining_an_offer_consumes_nothing_and_the_fifth_refusal_is_not_for_the_program)
{
	struct notice_ask change = { .idcc = IDCC_BAD_2941,
				     .told_on = on(2026, 11, 2),
				     .work_on = on(2026, 11, 7) };
	struct notice_ask offer = change, late = change, plan = change;
	offer.is_offer = true;
	late.work_on = on(2026, 11, 3);
	plan.work_on = on(2026, 11, 20);
	int64_t used = 0;
	CHECK_OK(notice_refuse(&offer, 4, &used));
	CHECK_INT(used, 4);
	CHECK_OK(notice_refuse(&late, 4, &used)); /* was not lawful to impose */
	CHECK_INT(used, 4);
	CHECK_OK(notice_refuse(&change, 3, &used));
	CHECK_INT(used, 4);
	CHECK_ERR(notice_refuse(&change, 4, &used), ERR_TOO_MANY);
	CHECK_ERR(notice_refuse(&plan, 0, &used), ERR_RULE);
	CHECK(task_is_essential(TASK_BIT(TASK_REPAS)));
	CHECK(!task_is_essential(TASK_BIT(TASK_MENAGE) | TASK_BIT(TASK_COURSES)));
}
