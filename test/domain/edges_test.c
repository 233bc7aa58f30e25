/* The edges of the rules of labour, relief, plan and report. */
#include "domain/account/annex.h"
#include "domain/care/plan.h"
#include "domain/labour/notice.h"
#include "domain/relief/assign.h"
#include "domain/relief/offer.h"
#include "test.h"

#define TODAY day_of(2026, 11, 10)

/* --- travel ---------------------------------------------------------------------------- */

TEST(an_unknown_place_is_no_distance_and_the_date_line_is_no_wall)
{
	struct place rouen = place_of(49440000, 1100000), none = place_of(0, 0);
	CHECK(!place_is(none));
	CHECK(place_is((struct place){ 0, 5 }));
	CHECK_INT(travel_metres(rouen, none), 0);
	CHECK_INT(travel_metres(none, rouen), 0);
	CHECK(!place_is(place_of(90000001, 1)));
	CHECK(!place_is(place_of(-90000001, 1)));
	CHECK(!place_is(place_of(1, 180000001)));
	CHECK(!place_is(place_of(1, -180000001)));
	struct place west = place_of(-14300000, -179990000),
		     east = place_of(-14300000, 179990000);
	CHECK(travel_circle_m(west, east) <
	      3000); /* Wallis: two kilometres, not a turn of the globe */
	CHECK_INT(travel_circle_m(west, east), travel_circle_m(east, west));
	CHECK_INT(travel_minutes(TRAVEL_MODE_CAR, 0), 0);
	CHECK_INT(travel_minutes(TRAVEL_MODE_FOOT, 75), 1);
	CHECK_INT(travel_minutes(TRAVEL_MODE_FOOT, 76), 2);
	CHECK_INT(travel_minutes(TRAVEL_MODE_TRANSIT, INT64_MAX / 100), INT32_MAX);
}

TEST(whatever_can_be_reached_in_a_time_takes_no_longer)
{
	for (int mode = 0; mode < TRAVEL_MODE_COUNT; mode++)
		for (int m = 0; m < 200; m++) {
			int64_t reach = travel_reach_m((enum travel_mode)mode, m);
			CHECK(travel_minutes((enum travel_mode)mode, reach) <= m);
			CHECK(reach == 0 ||
			      travel_minutes((enum travel_mode)mode, reach + 600) > m);
		}
}

TEST(the_integer_square_root_is_the_floor)
{
	for (uint64_t n = 0; n < 5000; n++) {
		uint64_t r = int_sqrt(n);
		CHECK(r * r <= n && (r + 1) * (r + 1) > n);
	}
	static const uint64_t big[] = { UINT64_C(1) << 62, (UINT64_C(1) << 62) - 1,
					UINT64_C(999999999999), UINT64_MAX };
	for (size_t i = 0; i < 4; i++) {
		uint64_t r = int_sqrt(big[i]);
		CHECK(r <= UINT32_MAX && r * r <= big[i]);
		CHECK(r == UINT32_MAX || (r + 1) * (r + 1) > big[i]);
	}
}

/* --- words and ends of tables ---------------------------------------------------------- */

TEST(every_rule_of_hours_has_a_name_and_cites_a_value_or_needs_none)
{
	int free_of_law = 0;
	for (int r = 0; r < HOURS_RULE_COUNT; r++) {
		enum labour_key k;
		CHECK(strncmp(hours_rule_name((enum hours_rule)r), "hours.", 6) == 0);
		free_of_law += !hours_rule_key((enum hours_rule)r, &k);
	}
	CHECK_INT(free_of_law, 2);
	for (int k = 0; k < LABOUR_KEY_COUNT; k++)
		CHECK(labour_key_name((enum labour_key)k)[0]);
	CHECK(!task_is_reserved((enum task)TASK_COUNT));
	CHECK(!task_is_law((enum task)TASK_COUNT, PAYER_APA));
	CHECK(task_is_law(TASK_TRANSFERT, PAYER_PCH));
}

TEST(the_wish_for_help_with_the_body_is_read_from_the_preferences)
{
	CHECK_INT(body_wish_of(S("aide_femme, matin")), BODY_WOMAN);
	CHECK_INT(body_wish_of(S("aide_homme")), BODY_MAN);
	CHECK_INT(body_wish_of(S("plutôt le matin")), BODY_ANY);
	CHECK_INT(body_wish_of((str){ 0 }), BODY_ANY);
}

TEST(kinds_without_a_name_and_suspended_proofs_open_nothing)
{
	struct qualification q[3] = {
		{ .kind = QUALIFICATION_KIND_NONE,
		  .state = QUALIFICATION_STATE_VALID,
		  .issued_on = day_of(2020, 1, 1),
		  .expires_on = DAY_NONE },
		{ .kind = QUALIFICATION_KIND_VAE,
		  .state = QUALIFICATION_STATE_EXPIRED,
		  .issued_on = day_of(2020, 1, 1),
		  .expires_on = day_of(2021, 1, 1) },
		{ .kind = QUALIFICATION_KIND_DIPLOME,
		  .state = QUALIFICATION_STATE_REVOKED,
		  .issued_on = day_of(2020, 1, 1),
		  .expires_on = DAY_NONE },
	};
	struct qualifications qs = { q, 3, 3 };
	struct qualified_answer a = qualification_check(&qs, TASK_BIT(TASK_TOILETTE), TODAY,
							ENGAGE_NEW, DAY_NONE);
	CHECK_INT(a.state,
		  QUALIFIED_EXPIRED); /* the better of two bad ones, to be renewed */
	CHECK(!qualified_opens(a));
	q[1] = q[0];
	q[1].kind = QUALIFICATION_KIND_VAE;
	q[1].expires_on = day_of(2027, 1, 1);
	q[2] = q[1];
	q[2].kind = QUALIFICATION_KIND_DIPLOME;
	q[2].expires_on = DAY_NONE; /* without an end beats with one */
	a = qualification_check(&qs, TASK_BIT(TASK_TOILETTE), TODAY, ENGAGE_NEW, DAY_NONE);
	CHECK_INT(a.kind, QUALIFICATION_KIND_DIPLOME);
	CHECK_INT(a.until_on.d, DAY_NONE.d);
	CHECK_INT(qualification_look_on(&qs, TODAY).d, day_of(2027, 1, 2).d);
	CHECK_INT(qualification_look_on(&qs, day_of(2028, 1, 1)).d, DAY_NONE.d);
	q[1].state = QUALIFICATION_STATE_UNKNOWN;
	q[1].issued_on = DAY_NONE;
	CHECK_INT(qualification_look_on(&qs, TODAY).d, DAY_NONE.d);
}

TEST(stays_are_sorted_by_hour_then_by_visit)
{
	struct stay v[4] = { { .visit_id = { 1, 3 }, .from = { 9 } },
			     { .visit_id = { 1, 2 }, .from = { 9 } },
			     { .visit_id = { 1, 9 }, .from = { 2 } },
			     { .visit_id = { 1, 1 }, .from = { 9 } } };
	stays_sort(v, 4);
	CHECK_INT(v[0].visit_id.lo, 9);
	CHECK_INT(v[1].visit_id.lo, 1);
	CHECK_INT(v[3].visit_id.lo, 3);
	stays_sort(v, 0);
}

/* --- plan lines ------------------------------------------------------------------------ */

TEST(among_lines_of_one_payer_the_earliest_begun_covers)
{
	struct plan_line l[3];
	for (int i = 0; i < 3; i++)
		l[i] = (struct plan_line){ .id = { 8, (uint64_t)i },
					   .mode = CARE_MODE_PRESTATAIRE,
					   .payer = PAYER_APA,
					   .tasks = 1,
					   .minutes_month = 600,
					   .starts_on = day_of(2026, 3 - i, 1),
					   .ends_on = DAY_NONE };
	l[2].starts_on = day_of(2027, 1, 1); /* not yet */
	struct plan_ask ask = { CARE_MODE_PRESTATAIRE, 1, TODAY, 60 };
	const struct plan_line *got;
	CHECK_OK(plan_cover(l, 3, NULL, 0, &ask, &got));
	CHECK_INT(got->id.lo, 1);
	CHECK(!plan_line_runs(&l[2], TODAY));
	CHECK_ERR(plan_cover(l, 0, NULL, 0, &ask, &got), ERR_NOT_FOUND);
	struct operator o = { 0 };
	CHECK(!plan_price(&l[0], 60, 60, &o)
		       .is_declared); /* all shares nought: no declaration */
	o.structure_share_bp = -1;
	CHECK(!plan_price(&l[0], 60, 60, &o).is_declared);
	o = (struct operator){ .wage_share_bp = -1 };
	CHECK(!plan_price(&l[0], 60, 60, &o).is_declared);
	l[0].payer = PAYER_NONE;
	l[0].tariff_cents.cents = 2000;
	CHECK_INT(plan_price(&l[0], 60, 60, NULL).person.cents, 2000);
}

/* --- offers ---------------------------------------------------------------------------- */

TEST(offers_end_once_and_in_one_way)
{
	TEST_ARENA(a);
	struct visit v = { .id = { 9, 1 }, .state = VISIT_STATE_PLANNED };
	struct events ev = { 0 };
	struct offer o = { .carer_id = { 3, 1 },
			   .state = OFFER_STATE_DECLINED,
			   .expires_at = { 1000 } };
	/* a change of mind before the deadline is taken */
	CHECK_OK(offer_accept(a, &o, &v, o.carer_id, (ts){ 999 }, &ev));
	CHECK(offer_close(a, &o, &v, (ts){ 2000 }, &ev));
	offer_apply(&o, &ev.v[1]); /* a decline stays hers, closed or not */
	CHECK_INT(o.state, OFFER_STATE_DECLINED);
	o.state = OFFER_STATE_CLOSED;
	CHECK_ERR(offer_decline(&o, o.carer_id, (ts){ 999 }, &o), ERR_GONE);
	CHECK(!offer_close(a, &o, &v, (ts){ 2000 }, &ev));
	CHECK_INT(offer_seen(&o, ROLE_CARER, (ts){ 2000 }), OFFER_STATE_CLOSED);
	o.state = OFFER_STATE_OPEN;
	CHECK_INT(offer_seen(&o, ROLE_CARER, (ts){ 999 }), OFFER_STATE_OPEN);
}

TEST(a_missed_visit_may_still_be_relieved_until_it_was_replaced)
{
	struct offers none = { 0 };
	struct wave_policy p = { 3, 10, 3 };
	struct visit v = { .id = { 9, 1 }, .state = VISIT_STATE_MISSED };
	CHECK_INT(relief_next(&v, &none, 1, false, false, &p, (ts){ 5 }).stage,
		  RELIEF_WAVE);
	v.replaced_at = (ts){ 4 };
	CHECK_INT(relief_next(&v, &none, 1, false, false, &p, (ts){ 5 }).stage,
		  RELIEF_OVER);
	struct offer o = { .state = OFFER_STATE_ACCEPTED, .wave = 3 };
	struct offers taken = { &o, 1, 1 };
	v = (struct visit){ .id = { 9, 1 }, .state = VISIT_STATE_PLANNED };
	/* she said yes and then could not: no carer, the search goes on */
	CHECK_INT(relief_next(&v, &taken, 0, false, false, &p, (ts){ 5 }).stage,
		  RELIEF_DEPUTY);
}

TEST(operators_at_one_distance_are_drawn_by_lot)
{
	TEST_ARENA(a);
	int first[2] = { 0 };
	struct operator ops[2];
	for (int i = 0; i < 2; i++)
		ops[i] = (struct operator){ .id = { 7, (uint64_t)i + 5 },
					    .kind = OPERATOR_KIND_SAAD,
					    .state = OPERATOR_STATE_ACTIVE,
					    .is_authorised = true,
					    .is_relay = true };
	for (uint64_t n = 0; n < 100; n++) {
		struct need need = { .mode = CARE_MODE_PRESTATAIRE,
				     .payer = PAYER_APA,
				     .tasks = 1,
				     .stay.visit_id = { 9, n } };
		struct relays r = { 0 };
		relay_rank(a, &need, true, ops, 2, &r);
		CHECK_INT(r.n, 2);
		first[r.v[0].op == &ops[1]]++;
	}
	CHECK(first[0] > 20 && first[1] > 20);
}

TEST(terms_and_ranks_without_known_hours)
{
	struct labour_rules r = labour_rules(IDCC_BAD_2941, TODAY);
	struct need n = { .stay = { .visit_id = { 9, 1 },
				    .from = { 0 },
				    .until = { US_H },
				    .place = { 49440000, 1100000 } } };
	struct candidate c = { .carer_id = { 3, 1 },
			       .home = { 49440000, 1113800 },
			       .worker = { .week_min = 1200 } };
	struct terms t = terms_of(&n, &c, &r);
	CHECK_INT(t.paid_min, 0);
	CHECK(t.travel_m > 1200);
	struct rank_facts f = rank_facts_of(&n, &c, &r, &t);
	CHECK_INT(f.amount[RANK_hours_left], 0);
	struct day_book b = { .on = TODAY };
	c.book = &b;
	c.worker.week_min = 0; /* no contract known: no hours to be left */
	CHECK_INT(rank_facts_of(&n, &c, &r, &t).amount[RANK_hours_left], 0);
	c.worker.week_min = 1200;
	CHECK_INT(rank_facts_of(&n, &c, &r, &t).amount[RANK_hours_left], 1);
}

/* --- the annex ------------------------------------------------------------------------- */

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

TEST(a_long_annex_says_how_many_visits_it_left_out)
{
	TEST_ARENA(a);
	struct signalement s = { .id = { 4, 1 }, .is_illtreatment = true };
	struct person p = { .last_name = S("Essai") };
	struct operator o = { .name = S("Service d'essai") };
	struct visits v = { 0 };
	for (int i = 0; i < ANNEX_VISITS_MAX + 7; i++) {
		struct visit *x = ARENA_PUSH(a, &v);
		*x = (struct visit){ .asked_start_at = { (i + 1) * US_DAY },
				     .start_at = { (i + 1) * US_DAY },
				     .end_at = { (i + 1) * US_DAY + US_H },
				     .cause = i % 2 ? CAUSE_OPERATOR : CAUSE_WEATHER };
	}
	struct annex x = {
		.s = &s, .person = &p, .op = &o, .visits = &v, .reason = S("r")
	};
	str t;
	CHECK_OK(annex_text(a, &x, utc(a), (ts){ US_DAY }, &t));
	static const char *const says[] = {
		"(7 visites plus anciennes", "maltraitance signalée",
		"Service d'essai",           "absence non remplacée",
		"autre cause déclarée",      "Adresse : non renseigné"
	};
	for (size_t i = 0; i < sizeof says / sizeof *says; i++)
		CHECK(str_find(t, str_of(says[i])) != SIZE_MAX);
	CHECK(str_find(t, S("SUPPLÉMENT")) == SIZE_MAX);
	CHECK(str_find(t, S("besoin essentiel")) == SIZE_MAX);
}

/* --- operators ------------------------------------------------------------------------- */

TEST(each_bound_of_an_operators_row_is_checked)
{
	static const struct {
		int64_t wage, travel, structure, lat, lon;
		bool ok;
	} t[] = {
		{ -1, -1, -1, 0, 0, 1 },         { 10000, 0, 0, 0, 0, 1 },
		{ -2, -1, -1, 0, 0, 0 },         { -1, 10001, -1, 0, 0, 0 },
		{ -1, -1, -2, 0, 0, 0 },         { -1, -1, -1, -90000001, 0, 0 },
		{ -1, -1, -1, 0, 180000001, 0 }, { -1, -1, -1, 0, -180000001, 0 },
		{ 9000, 900, 101, 0, 0, 0 },     { 9000, -1, 2000, 0, 0, 1 },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct operator o = { .name = S("x"),
				      .finess = S("760027045"),
				      .wage_share_bp = t[i].wage,
				      .travel_share_bp = t[i].travel,
				      .structure_share_bp = t[i].structure,
				      .lat_e6 = t[i].lat,
				      .lon_e6 = t[i].lon };
		CHECK_INT(operator_check(&o) == OK, t[i].ok);
	}
	CHECK(finess_is_valid(S("760916122"))); /* of the public register */
	CHECK(!finess_is_valid(S("2C0916122")) && !finess_is_valid(S("3A0916122")) &&
	      !finess_is_valid(S("76091612/")));
}
