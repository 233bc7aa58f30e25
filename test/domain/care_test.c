/* Persons, their circle and guardians, their plan, and the operators' register. */
#include "domain/care/plan.h"
#include "test.h"

#define TODAY day_of(2026, 11, 10)

/* --- who may do what ------------------------------------------------------------------ */

static struct contact contact(enum contact_kind kind, uint32_t scopes)
{
	return (struct contact){ .kind = kind,
				 .scopes = scopes,
				 .ends_on = DAY_NONE,
				 .judgment = contact_is_guardian(kind)
						     ? S("TJ Rouen 2025/12")
						     : (str){ 0 } };
}

TEST(a_relative_has_the_scopes_that_the_person_gave_until_she_takes_them_back)
{
	struct contact c = contact(CONTACT_KIND_RELATIVE, SCOPE_SEE_TODAY | SCOPE_ATTEST);
	CHECK(person_may(ROLE_CIRCLE, &c, SCOPE_SEE_TODAY, TODAY));
	CHECK(person_may(ROLE_CIRCLE, &c, SCOPE_ATTEST, TODAY));
	CHECK(!person_may(ROLE_CIRCLE, &c, SCOPE_SEE_HISTORY, TODAY));
	c.revoked_at = (ts){ 1 };
	CHECK(!person_may(ROLE_CIRCLE, &c, SCOPE_SEE_TODAY, TODAY));
	c.revoked_at = TS_NONE;
	c.ends_on = TODAY;
	CHECK(person_may(ROLE_CIRCLE, &c, SCOPE_SEE_TODAY, TODAY));
	CHECK(!person_may(ROLE_CIRCLE, &c, SCOPE_SEE_TODAY, day_add(TODAY, 1)));
	CHECK(person_may(ROLE_PERSON, NULL, SCOPE_SEE_HISTORY, TODAY));
	CHECK(!person_may(ROLE_CIRCLE, NULL, SCOPE_SEE_TODAY, TODAY));
	CHECK(!person_may(ROLE_COORDINATOR, &c, SCOPE_SEE_TODAY, TODAY));
}

TEST(family_without_a_mandate_asks_nothing_in_her_name)
{
	struct contact c = contact(CONTACT_KIND_RELATIVE, SCOPE_REQUEST | SCOPE_SEE_TODAY);
	CHECK(!person_may(ROLE_CIRCLE, &c, SCOPE_REQUEST, TODAY));
	struct contact t = contact(CONTACT_KIND_TUTEUR, 0);
	CHECK(person_may(ROLE_GUARDIAN, &t, SCOPE_REQUEST, TODAY));
	t.judgment = S("  "); /* a mandate without its judgment is none */
	CHECK(!person_may(ROLE_GUARDIAN, &t, SCOPE_REQUEST, TODAY));
}

TEST(the_table_of_acts)
{
	enum { NO = MAY_NO, YES = MAY_YES, TOG = MAY_TOGETHER };
	/* person free, in curatelle, in tutelle | relative with all scopes, none | curateur, tuteur */
	static const struct {
		enum right act;
		int self, curatelle, tutelle, all, none, curateur, tuteur;
	} t[] = {
		{ RIGHT_SEE_TODAY, YES, YES, YES, YES, NO, YES, YES },
		{ RIGHT_SEE_HISTORY, YES, YES, YES, YES, NO, YES, YES },
		{ RIGHT_ATTEST, YES, YES, YES, YES, NO, YES, YES },
		{ RIGHT_REQUEST, YES, YES, YES, NO, NO, TOG, YES },
		{ RIGHT_CAHIER, YES, YES, YES, YES, NO, YES, YES },
		{ RIGHT_CONTEST, YES, YES, YES, YES, NO, YES, YES },
		{ RIGHT_REPORT, YES, YES, YES, YES, YES, YES, YES },
		{ RIGHT_PERSONAL_CHOICE, YES, YES, YES, NO, NO, NO, NO },
		{ RIGHT_INVITE, YES, YES, YES, NO, NO, NO, NO },
		{ RIGHT_CONTRACT, YES, TOG, NO, NO, NO, TOG, YES },
		{ RIGHT_ERASE, YES, YES, YES, NO, NO, TOG, YES },
	};
	CHECK_INT(sizeof t / sizeof *t, RIGHT_COUNT);
	struct contact all = contact(CONTACT_KIND_RELATIVE, 63);
	struct contact none = contact(CONTACT_KIND_PERSONNE_DE_CONFIANCE, 0);
	struct contact cur = contact(CONTACT_KIND_CURATEUR, 0);
	struct contact tut = contact(CONTACT_KIND_TUTEUR, 0);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		enum right act = t[i].act;
		CHECK_INT(person_right(ROLE_PERSON, NULL, PROTECTION_NONE, act, TODAY),
			  t[i].self);
		CHECK_INT(person_right(ROLE_PERSON, NULL, PROTECTION_CURATELLE, act, TODAY),
			  t[i].curatelle);
		CHECK_INT(person_right(ROLE_PERSON, NULL, PROTECTION_TUTELLE, act, TODAY),
			  t[i].tutelle);
		CHECK_INT(person_right(ROLE_CIRCLE, &all, PROTECTION_NONE, act, TODAY),
			  t[i].all);
		CHECK_INT(person_right(ROLE_CIRCLE, &none, PROTECTION_NONE, act, TODAY),
			  t[i].none);
		CHECK_INT(
			person_right(ROLE_GUARDIAN, &cur, PROTECTION_CURATELLE, act, TODAY),
			t[i].curateur);
		CHECK_INT(person_right(ROLE_GUARDIAN, &tut, PROTECTION_TUTELLE, act, TODAY),
			  t[i].tuteur);
		CHECK_INT(person_right(ROLE_CARER, &all, PROTECTION_NONE, act, TODAY), NO);
	}
	tut.ends_on = day_add(TODAY, -1); /* the mandate has ended */
	CHECK_INT(person_right(ROLE_GUARDIAN, &tut, PROTECTION_NONE, RIGHT_CONTRACT, TODAY),
		  NO);
	cur.judgment = (str){ 0 };
	CHECK_INT(
		person_right(ROLE_GUARDIAN, &cur, PROTECTION_NONE, RIGHT_SEE_TODAY, TODAY),
		NO);
}

TEST(the_strongest_measure_that_runs_is_her_protection)
{
	struct contact v[3] = { contact(CONTACT_KIND_RELATIVE, 63),
				contact(CONTACT_KIND_CURATEUR, 0),
				contact(CONTACT_KIND_HABILITATION, 0) };
	CHECK_INT(person_protection(v, 1, TODAY), PROTECTION_NONE);
	CHECK_INT(person_protection(v, 2, TODAY), PROTECTION_CURATELLE);
	CHECK_INT(person_protection(v, 3, TODAY), PROTECTION_TUTELLE);
	v[2].ends_on = day_add(TODAY, -1);
	CHECK_INT(person_protection(v, 3, TODAY), PROTECTION_CURATELLE);
}

TEST(erasure_waits_while_a_claim_runs_and_says_which)
{
	struct claims c = { 0 };
	CHECK_INT(person_erasure_waits(&c), 0);
	c.reports = 1;
	c.allowances = 2;
	CHECK_INT(person_erasure_waits(&c), 1u << ERASURE_REPORT | 1u << ERASURE_ALLOWANCE);
	c = (struct claims){ .contests = 1, .pay = 1 };
	CHECK_INT(person_erasure_waits(&c), 1u << ERASURE_CONTEST | 1u << ERASURE_PAY);
	for (int w = 0; w < ERASURE_WAIT_COUNT; w++)
		CHECK(strncmp(erasure_wait_name((enum erasure_wait)w), "erasure.", 8) == 0);
}

/* --- the plan ------------------------------------------------------------------------- */

static struct plan_line line(uint64_t n, enum payer payer, uint32_t tasks, int64_t hours)
{
	return (struct plan_line){ .id = { 8, n },
				   .mode = CARE_MODE_PRESTATAIRE,
				   .payer = payer,
				   .tasks = tasks,
				   .minutes_month = hours * 60,
				   .tariff_cents = { 2500 },
				   .participation_bp = 1000,
				   .starts_on = day_of(2026, 1, 1),
				   .ends_on = DAY_NONE };
}

TEST(a_request_is_covered_by_the_line_that_has_its_tasks_and_hours)
{
	uint32_t wash = 1u << TASK_TOILETTE, clean = 1u << TASK_MENAGE;
	struct plan_line v[4] = { line(1, PAYER_PRIVATE, wash | clean, 40),
				  line(2, PAYER_APA, wash, 20),
				  line(3, PAYER_CAISSE, clean, 4),
				  line(4, PAYER_APA, wash, 99) };
	v[3].ends_on = day_of(2026, 10, 31); /* over */
	struct plan_use used[1] = { { { 8, 2 }, 15 * 60 } };
	const struct plan_line *got;
	struct plan_ask ask = { CARE_MODE_PRESTATAIRE, wash, TODAY, 5 * 60 };
	CHECK_OK(plan_cover(v, 4, used, 1, &ask, &got));
	CHECK_INT(got->id.lo, 2); /* APA before private, five hours are left */
	ask.minutes = 6 * 60;
	CHECK_OK(plan_cover(v, 4, used, 1, &ask, &got));
	CHECK_INT(got->id.lo, 1); /* not enough left: another line has them */
	ask.minutes = 50 * 60;
	CHECK_ERR(plan_cover(v, 4, used, 1, &ask, &got), ERR_LIMIT);
	CHECK_INT(got->id.lo, 2);
	ask = (struct plan_ask){ CARE_MODE_PRESTATAIRE, wash | clean, TODAY, 60 };
	CHECK_OK(plan_cover(v, 4, used, 1, &ask, &got));
	CHECK_INT(got->id.lo, 1); /* the only one with both tasks */
	ask.mode = CARE_MODE_MANDATAIRE;
	CHECK_ERR(plan_cover(v, 4, used, 1, &ask, &got), ERR_NOT_FOUND);
	ask = (struct plan_ask){ CARE_MODE_PRESTATAIRE, wash, day_of(2026, 10, 31), 60 };
	v[3].starts_on = day_of(2025, 1, 1);
	CHECK_OK(plan_cover(v, 4, used, 1, &ask, &got));
	CHECK_INT(got->id.lo, 4); /* its last day; the earliest begun of two alike */
	CHECK_INT(plan_left(&v[1], used, 1), 300);
	used[0].minutes = 9999;
	CHECK_INT(plan_left(&v[1], used, 1), 0);
}

TEST(what_the_person_pays_and_what_anybody_keeps)
{
	struct plan_line l = line(1, PAYER_APA, 1, 20);
	struct operator o = { .wage_share_bp = 7000,
			      .travel_share_bp = 500,
			      .structure_share_bp = 2000 };
	static const struct {
		int64_t minutes, left, tariff, bp;
		int64_t total, person, payer, beyond;
	} t[] = {
		{ 60, 600, 2500, 1000, 2500, 250, 2250, 0 },
		{ 45, 600, 2458, 1370, 1844, 253, 1591, 0 }, /* 1843.5, 252.6: half up */
		{ 60, 30, 2500, 1000, 2500, 1375, 1125,
		  30 }, /* half an hour beyond the plan */
		{ 60, 0, 2500, 1000, 2500, 2500, 0, 60 },
		{ 1, 600, 2500, 0, 42, 0, 42, 0 },
		{ 0, 600, 2500, 1000, 0, 0, 0, 0 },
		{ 60, 600, 2500, 10000, 2500, 2500, 0, 0 },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		l.tariff_cents.cents = t[i].tariff;
		l.participation_bp = t[i].bp;
		struct price p = plan_price(&l, t[i].minutes, t[i].left, &o);
		CHECK_INT(p.total.cents, t[i].total);
		CHECK_INT(p.person.cents, t[i].person);
		CHECK_INT(p.payer.cents, t[i].payer);
		CHECK_INT(p.beyond_min, t[i].beyond);
		CHECK_INT(p.person.cents + p.payer.cents, p.total.cents);
		CHECK(p.is_declared);
		CHECK_INT(p.wage.cents + p.travel.cents + p.structure.cents + p.other.cents,
			  p.total.cents);
	}
	struct price p = plan_price(&l, 60, 600, &o);
	CHECK_INT(p.wage.cents, 1750);
	CHECK_INT(p.other.cents, 125); /* five hundredths that nobody explained */
	o.travel_share_bp = -1;
	CHECK(!plan_price(&l, 60, 600, &o).is_declared); /* "non déclaré", never guessed */
	o.travel_share_bp = 5000;
	CHECK(!plan_price(&l, 60, 600, &o).is_declared); /* more than the whole */
	CHECK(!plan_price(&l, 60, 600, NULL).is_declared);
	l.payer = PAYER_PRIVATE;
	CHECK_INT(plan_price(&l, 60, 600, NULL).person.cents, 2500);
}

/* --- operators ------------------------------------------------------------------------ */

TEST(a_finess_number_has_nine_digits_and_its_key)
{
	CHECK(finess_is_valid(S("760000091")) || !finess_is_valid(S("760000091")));
	int valid = 0;
	char text[10] = "760012340";
	for (int d = 0; d < 10; d++) {
		text[8] = (char)('0' + d);
		valid += finess_is_valid(str_of(text));
	}
	CHECK_INT(valid, 1); /* exactly one key fits */
	CHECK(!finess_is_valid(S("76000009")));
	CHECK(!finess_is_valid(S("76000009A")));
	CHECK(!finess_is_valid(S("7600000910")));
	text[0] = '2';
	text[1] = 'A';
	valid = 0;
	for (int d = 0; d < 10; d++) {
		text[8] = (char)('0' + d);
		valid += finess_is_valid(str_of(text));
	}
	CHECK_INT(valid, 1);
}

TEST(an_operator_is_recorded_with_a_name_a_number_and_shares_within_the_whole)
{
	struct operator o = { .name = S("Service d'essai"),
			      .finess = S("000000000"),
			      .wage_share_bp = -1,
			      .travel_share_bp = -1,
			      .structure_share_bp = -1 };
	CHECK_OK(operator_check(&o));
	CHECK(!operator_declares(&o));
	struct operator bad = o;
	bad.name = S(" ");
	CHECK_ERR(operator_check(&bad), ERR_INPUT);
	bad = o;
	bad.finess = S("000000001");
	CHECK_ERR(operator_check(&bad), ERR_INPUT);
	bad = o;
	bad.wage_share_bp = 10001;
	CHECK_ERR(operator_check(&bad), ERR_INPUT);
	bad = o;
	bad.wage_share_bp = 7000, bad.travel_share_bp = 2000, bad.structure_share_bp = 2000;
	CHECK_ERR(operator_check(&bad), ERR_INPUT);
	bad = o;
	bad.lat_e6 = 91000000;
	CHECK_ERR(operator_check(&bad), ERR_INPUT);
	o.wage_share_bp = 7000, o.travel_share_bp = 500, o.structure_share_bp = 2500;
	CHECK_OK(operator_check(&o));
	CHECK(operator_declares(&o));
}
