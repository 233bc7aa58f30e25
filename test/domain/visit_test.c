/* visit_test.c - the life of a visit, as its specification: given, when, then. */
#include "domain/watch/watch_visit.h"
#include "test.h"

#define MIN(n) ((ts){ T0.us + (int64_t)(n)*US_MIN })
#define HOUR9  MIN(0)
static const ts T0 = { INT64_C(1795334400) * US_S }; /* 2026-11-22 08:00Z, 9 h in Paris */
static const struct id CARER = { 1, 1 }, OTHER = { 1, 2 }, OP_A = { 2, 1 }, OP_B = { 2, 2 };

static struct visit promised(void)
{
	return (struct visit){
		.id = { 9, 9 },
		.territory = S("76"),
		.request_id = { 8, 8 },
		.person_id = { 7, 7 },
		.operator_id = OP_A,
		.accepted_operator_id = OP_A,
		.carer_id = CARER,
		.regular_carer_id = CARER,
		.mode = CARE_MODE_PRESTATAIRE,
		.payer = PAYER_APA,
		.criticality = CRITICALITY_PERSONAL,
		.tasks = 1u << TASK_TOILETTE,
		.asked_start_at = T0,
		.start_at = T0,
		.end_at = { T0.us + 60 * US_MIN },
		.remind_at = { T0.us - 60 * US_MIN },
		.tolerance_min = 15,
		.state = VISIT_STATE_PLANNED,
		.frozen_at = { T0.us - US_DAY },
	};
}

static void fold(struct visit *v, const struct events *ev, size_t from)
{
	for (size_t i = from; i < ev->n; i++)
		visit_apply(v, &ev->v[i]);
}

static struct check_in arrival(int minute, bool is_signed)
{
	return (struct check_in){ .carer_id = CARER,
				  .operator_id = OP_A,
				  .proof = PROOF_TAG,
				  .claimed_at = MIN(minute),
				  .is_signed = is_signed,
				  .offline_days = 7 };
}

/* --- arriving */

TEST(an_arrival_is_taken_with_both_of_its_times)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct events ev = { 0 };
	struct check_in c = arrival(4, true);
	CHECK_OK(visit_start(a, &v, &c, MIN(9), &ev));
	CHECK_INT(ev.n, 1);
	fold(&v, &ev, 0);
	CHECK_INT(v.state, VISIT_STATE_STARTED);
	CHECK_INT(v.started_at.us, MIN(4).us);
	CHECK_INT(v.started_recorded_at.us, MIN(9).us);
	CHECK_INT(v.version, 1);
}

TEST(an_arrival_is_refused_outside_its_bounds)
{
	static const struct {
		const char *when;
		int claimed, now;
		bool is_signed;
		enum err want;
	} cases[] = {
		{ "an hour before", -60, -60, true, OK },
		{ "more than an hour before", -61, -61, true, ERR_INPUT },
		{ "five minutes in the future of our clock", 5, 0, true, OK },
		{ "six minutes in the future", 6, 0, true, ERR_INPUT },
		{ "a day late without signature", 0, 1440, false, OK },
		{ "more than a day late without signature", 0, 1441, false, ERR_GONE },
		{ "seven days late from a signed phone", 0, 7 * 1440, true, OK },
		{ "more than seven days late", 0, 7 * 1440 + 1, true, ERR_GONE },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		TEST_ARENA(a);
		struct visit v = promised();
		struct events ev = { 0 };
		struct check_in c = arrival(cases[i].claimed, cases[i].is_signed);
		enum err got = visit_start(a, &v, &c, MIN(cases[i].now), &ev);
		if (got != cases[i].want)
			print_error("%s: %s\n", cases[i].when, err_name(got));
		CHECK_INT(got, cases[i].want);
		CHECK_INT(ev.n, cases[i].want == OK);
	}
}

TEST(a_check_in_from_another_account_is_refused)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct events ev = { 0 };
	struct check_in c = arrival(0, true);
	c.carer_id = OTHER;
	CHECK_ERR(visit_start(a, &v, &c, MIN(0), &ev), ERR_FORBIDDEN);
	v.carer_id = ID_NONE;
	CHECK_ERR(visit_start(a, &v, &c, MIN(0), &ev), ERR_FORBIDDEN);
	CHECK_INT(ev.n, 0);
}

TEST(a_visit_cannot_start_twice_and_the_same_word_twice_is_harmless)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct events ev = { 0 };
	struct check_in c = arrival(2, true), again = arrival(7, true);
	CHECK_OK(visit_start(a, &v, &c, MIN(2), &ev));
	fold(&v, &ev, 0);
	CHECK_ERR(visit_start(a, &v, &c, MIN(3), &ev), ERR_DUPLICATE);
	CHECK_ERR(visit_start(a, &v, &again, MIN(8), &ev), ERR_WRONG_STATE);
	CHECK_INT(ev.n, 1);
}

TEST(an_arrival_after_the_next_need_began_is_not_this_visit)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct events ev = { 0 };
	v.next_need_at = MIN(40);
	struct check_in before = arrival(39, true), at = arrival(40, true);
	CHECK_ERR(visit_start(a, &v, &at, MIN(41), &ev), ERR_INPUT);
	CHECK_OK(visit_start(a, &v, &before, MIN(41), &ev));
}

TEST(an_offline_arrival_withdraws_the_alert_it_proves_wrong)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct policy p = policy_default(v.criticality);
	struct watch_facts f = { 0 };
	struct events ev = { 0 };
	watch_visit_tick(a, &v, &p, &f, MIN(61), &ev);
	fold(&v, &ev, 0);
	CHECK_INT(v.state, VISIT_STATE_MISSED);
	CHECK_INT(v.cause, CAUSE_OPERATOR);
	size_t n = ev.n;
	struct check_in c = arrival(3, true);
	CHECK_OK(visit_start(a, &v, &c, MIN(200), &ev));
	CHECK_INT(ev.n - n, 2);
	CHECK_INT(ev.v[n].kind, EV_VISIT_ALERT_WITHDRAWN);
	fold(&v, &ev, n);
	CHECK_INT(v.state, VISIT_STATE_STARTED);
	CHECK_INT(v.cause, CAUSE_NONE);
	CHECK_INT(v.started_recorded_at.us, MIN(200).us);
}

/* --- leaving */

TEST(a_departure_needs_an_arrival_and_comes_after_it)
{
	static const struct {
		int claimed;
		enum err want;
	} cases[] = { { 1, ERR_INPUT },
		      { 2, ERR_INPUT },
		      { 3, OK },
		      { 2 + 16 * 60, OK },
		      { 3 + 16 * 60, ERR_INPUT } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		TEST_ARENA(a);
		struct visit v = promised();
		struct events ev = { 0 };
		struct check_out o = { .carer_id = CARER,
				       .proof = PROOF_TAG,
				       .claimed_at = MIN(cases[i].claimed),
				       .is_signed = true,
				       .offline_days = 7 };
		CHECK_ERR(visit_end(a, &v, &o, MIN(2000), &ev), ERR_WRONG_STATE);
		struct check_in c = arrival(2, true);
		CHECK_OK(visit_start(a, &v, &c, MIN(2), &ev));
		fold(&v, &ev, 0);
		CHECK_INT(visit_end(a, &v, &o, MIN(2000), &ev), cases[i].want);
	}
}

TEST(a_correction_carries_its_reason_and_keeps_what_was_said_before)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct events ev = { 0 };
	CHECK_ERR(visit_correct(a, &v, MIN(0), MIN(60), CORRECTION_REASON_NONE, S(""),
				MIN(90), &ev),
		  ERR_INPUT);
	CHECK_ERR(visit_correct(a, &v, MIN(60), MIN(60), CORRECTION_REASON_OTHER, S(""),
				MIN(90), &ev),
		  ERR_INPUT);
	CHECK_ERR(visit_correct(a, &v, MIN(0), MIN(91), CORRECTION_REASON_OTHER, S(""),
				MIN(90), &ev),
		  ERR_INPUT);
	CHECK_INT(ev.n, 0);
	CHECK_OK(visit_correct(a, &v, MIN(0), MIN(60), CORRECTION_REASON_FORGOT_CHECK_IN,
			       S(""), MIN(90), &ev));
	fold(&v, &ev, 0);
	CHECK(v.is_corrected);
	CHECK_INT(v.start_proof, PROOF_MANUAL);
	CHECK_INT(v.state, VISIT_STATE_ENDED);
}

/* --- the watch around the hour */

static const struct {
	int minute; /* first minute at which it is true */
	enum event_kind kind;
} course[] = {
	{ -60, EV_VISIT_REMINDED },      { 10, EV_VISIT_CARER_ASKED },
	{ 15, EV_VISIT_LATE_TOLD },      { 30, EV_VISIT_OFFERS_OPENED },
	{ 60, EV_VISIT_RIGHT_OPENED },   { 60, EV_VISIT_MISSED },
	{ 120, EV_VISIT_DEPUTY_CALLED },
};

TEST(each_step_of_the_watch_comes_at_its_minute_and_not_before)
{
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	for (size_t i = 0; i < sizeof course / sizeof *course; i++) {
		TEST_ARENA(a);
		struct visit v = promised();
		struct events before = { 0 }, at = { 0 };
		ts t = MIN(course[i].minute);
		watch_visit_tick(a, &v, &p, &f, (ts){ t.us - 1 }, &before);
		watch_visit_tick(a, &v, &p, &f, t, &at);
		size_t want = 0;
		for (size_t k = 0; k < sizeof course / sizeof *course; k++)
			want += course[k].minute <= course[i].minute;
		bool reminded_late =
			course[i].minute >= 0; /* a reminder of the past is dropped */
		CHECK_INT(at.n, want - reminded_late);
		bool seen = false;
		for (size_t k = 0; k < before.n; k++)
			CHECK(before.v[k].kind != course[i].kind);
		for (size_t k = 0; k < at.n; k++)
			seen = seen || at.v[k].kind == course[i].kind;
		CHECK(seen);
	}
}

TEST(looking_every_minute_or_once_at_the_end_tells_the_same_story)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	struct visit often = promised(), once = promised();
	struct events each = { 0 }, all = { 0 };
	for (int m = -100; m < 300; m++) {
		size_t n = each.n;
		watch_visit_tick(a, &often, &p, &f, MIN(m), &each);
		fold(&often, &each, n);
		watch_visit_arm(&often, &p);
		CHECK(often.look_at.us > MIN(m).us); /* nothing is left due */
	}
	watch_visit_tick(a, &once, &p, &f, MIN(300), &all);
	fold(&once, &all, 0);
	CHECK_INT(each.n, all.n + 1); /* the reminder, dropped when it is too late */
	for (size_t i = 0; i < all.n; i++)
		CHECK_INT(each.v[i + 1].kind, all.v[i].kind);
	CHECK_INT(often.state, once.state);
	CHECK_INT(often.step, once.step);
	CHECK_INT(often.look_at.us, TS_NEVER.us);
}

TEST(a_check_in_silences_everything_that_was_due)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	struct visit v = promised();
	struct events ev = { 0 };
	struct check_in c = arrival(14, true);
	CHECK_OK(visit_start(a, &v, &c, MIN(14), &ev));
	fold(&v, &ev, 0);
	size_t n = ev.n;
	watch_visit_tick(a, &v, &p, &f, MIN(119), &ev);
	CHECK_INT(ev.n, n); /* no late alert after an arrival */
	watch_visit_tick(a, &v, &p, &f, MIN(120), &ev);
	CHECK_INT(ev.n, n + 1); /* an hour after its end the departure is not proven */
	CHECK_INT(ev.v[n].u.visit_closed.verdict, VERDICT_NON_PROUVE);
}

TEST(a_silent_device_makes_a_visit_unknown_for_an_hour_then_not_proven)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { .is_device_silent = true };
	struct visit v = promised();
	struct events ev = { 0 };
	watch_visit_tick(a, &v, &p, &f, MIN(60), &ev);
	fold(&v, &ev, 0);
	CHECK(v.is_unknown);
	CHECK_INT(v.state, VISIT_STATE_PLANNED);
	CHECK_INT(v.unknown_until_at.us, MIN(120).us);
	size_t n = ev.n;
	watch_visit_tick(a, &v, &p, &f, MIN(119), &ev);
	CHECK_INT(ev.n, n);
	watch_visit_tick(a, &v, &p, &f, MIN(120), &ev);
	CHECK_INT(ev.n, n + 1);
	fold(&v, &ev, n);
	CHECK_INT(v.verdict, VERDICT_NON_PROUVE);
	watch_visit_arm(&v, &p);
	CHECK_INT(v.look_at.us, TS_NEVER.us);
}

TEST(the_persons_word_wins_over_a_silent_device)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { .is_device_silent = true };
	struct visit v = promised();
	struct events ev = { 0 };
	CHECK_ERR(visit_attest(a, &v, ATTESTATION_NOBODY, PROOF_LANDLINE, MIN(-1), &ev),
		  ERR_INPUT);
	CHECK_OK(visit_attest(a, &v, ATTESTATION_NOBODY, PROOF_LANDLINE, MIN(20), &ev));
	fold(&v, &ev, 0);
	size_t n = ev.n;
	watch_visit_tick(a, &v, &p, &f, MIN(20), &ev);
	bool missed = false;
	for (size_t i = n; i < ev.n; i++)
		missed = missed || ev.v[i].kind == EV_VISIT_MISSED;
	CHECK(missed); /* at once: her tolerance of 15 minutes is over */
}

TEST(nobody_said_within_the_tolerance_waits_for_its_end)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	struct visit v = promised();
	struct events ev = { 0 };
	CHECK_OK(visit_attest(a, &v, ATTESTATION_NOBODY, PROOF_LANDLINE, MIN(5), &ev));
	fold(&v, &ev, 0);
	watch_visit_tick(a, &v, &p, &f, MIN(14), &ev);
	fold(&v, &ev, 1);
	CHECK_INT(v.state, VISIT_STATE_PLANNED);
	size_t n = ev.n;
	watch_visit_tick(a, &v, &p, &f, MIN(15), &ev);
	fold(&v, &ev, n);
	CHECK_INT(v.state, VISIT_STATE_MISSED);
}

TEST(an_outage_of_the_platform_is_no_failure_of_anybody)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { .outage = { MIN(-30), MIN(50) } };
	struct visit v = promised();
	struct events ev = { 0 };
	watch_visit_tick(a, &v, &p, &f, MIN(61), &ev);
	fold(&v, &ev, 0);
	CHECK(v.is_unknown);
	for (size_t i = 0; i < ev.n; i++)
		CHECK(ev.v[i].kind != EV_VISIT_MISSED);
}

TEST(a_need_failed_for_days_is_a_lack_of_carers)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { .is_repeated = true };
	struct visit v = promised();
	struct events ev = { 0 };
	watch_visit_tick(a, &v, &p, &f, MIN(60), &ev);
	fold(&v, &ev, 0);
	CHECK_INT(v.cause, CAUSE_OPERATOR);
	CHECK_INT(v.operator_cause, OPERATOR_CAUSE_MANQUE_INTERVENANTS);
}

TEST(an_announced_lateness_tells_the_person_at_once_and_asks_nobody_again)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	struct visit v = promised();
	struct events ev = { 0 };
	CHECK_ERR(visit_announce_late(a, &v, OTHER, 20, CAUSE_NONE, MIN(-10), &ev),
		  ERR_FORBIDDEN);
	CHECK_ERR(visit_announce_late(a, &v, CARER, 241, CAUSE_NONE, MIN(-10), &ev),
		  ERR_INPUT);
	CHECK_OK(visit_announce_late(a, &v, CARER, 20, CAUSE_PROLONGED_PREVIOUS, MIN(-10),
				     &ev));
	CHECK_INT(ev.v[1].kind, EV_VISIT_LATE_TOLD);
	fold(&v, &ev, 0);
	CHECK_INT(v.cause, CAUSE_PROLONGED_PREVIOUS);
	size_t n = ev.n;
	watch_visit_tick(a, &v, &p, &f, MIN(49), &ev);
	CHECK_INT(ev.n, n); /* offers wait for the announced hour */
	watch_visit_tick(a, &v, &p, &f, MIN(50), &ev);
	CHECK_INT(ev.v[n].kind, EV_VISIT_OFFERS_OPENED);
}

TEST(a_comfort_visit_opens_its_right_at_the_end_of_its_slot)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_COMFORT);
	struct watch_facts f = { 0 };
	struct visit v = promised();
	struct events ev = { 0 };
	v.criticality = CRITICALITY_COMFORT;
	v.end_at = MIN(90);
	watch_visit_tick(a, &v, &p, &f, MIN(89), &ev);
	for (size_t i = 0; i < ev.n; i++)
		CHECK(ev.v[i].kind != EV_VISIT_RIGHT_OPENED);
	ev.n = 0;
	watch_visit_tick(a, &v, &p, &f, MIN(90), &ev);
	bool right = false;
	for (size_t i = 0; i < ev.n; i++)
		right = right || ev.v[i].kind == EV_VISIT_RIGHT_OPENED;
	CHECK(right);
}

TEST(who_is_her_own_employer_is_told_and_offered_to_nobody)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	struct visit v = promised();
	struct events ev = { 0 };
	v.mode = CARE_MODE_EMPLOI_DIRECT;
	watch_visit_tick(a, &v, &p, &f, MIN(300), &ev);
	for (size_t i = 0; i < ev.n; i++)
		CHECK(ev.v[i].kind != EV_VISIT_OFFERS_OPENED &&
		      ev.v[i].kind != EV_VISIT_DEPUTY_CALLED);
	CHECK_INT(ev.v[1].kind, EV_VISIT_LATE_TOLD);
}

TEST(a_closed_door_stops_the_alerts_against_the_carer)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	struct visit v = promised();
	struct events ev = { 0 };
	CHECK_OK(visit_door(a, &v, CARER, MIN(5), MIN(6), &ev));
	fold(&v, &ev, 0);
	watch_visit_tick(a, &v, &p, &f, MIN(300), &ev);
	fold(&v, &ev, 1);
	CHECK_INT(v.cause, CAUSE_DOOR); /* never the operator, never the carer */
	for (size_t i = 1; i < ev.n; i++)
		CHECK(ev.v[i].kind == EV_VISIT_MISSED);
}

/* --- cancelling, moving, replacing */

TEST(an_operator_that_withdraws_gives_a_cause_and_notice_is_kept)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct events ev = { 0 };
	CHECK_ERR(visit_cancel(a, &v, CANCEL_BY_OPERATOR, CAUSE_NONE, S(""), MIN(-90), &ev),
		  ERR_INPUT);
	CHECK_OK(visit_cancel(a, &v, CANCEL_BY_OPERATOR, CAUSE_OPERATOR, S(""), MIN(-90),
			      &ev));
	fold(&v, &ev, 0);
	CHECK_INT(v.operator_cause, OPERATOR_CAUSE_WITHDRAWAL);
	CHECK_INT(v.notice_min, 90);
	struct check_in c = arrival(0, true);
	CHECK_ERR(visit_start(a, &v, &c, MIN(0), &ev), ERR_WRONG_STATE);
}

TEST(a_move_agreed_with_the_person_moves_the_promise_one_by_the_operator_does_not)
{
	static const struct {
		enum cancel_by by;
		bool moves_promise;
	} cases[] = { { CANCEL_BY_PERSON, true },
		      { CANCEL_BY_FAMILY, true },
		      { CANCEL_BY_OPERATOR, false } };
	for (size_t i = 0; i < 3; i++) {
		TEST_ARENA(a);
		struct visit v = promised();
		struct events ev = { 0 };
		CHECK_ERR(visit_move(a, &v, MIN(-100), 60, cases[i].by, MIN(-90), &ev),
			  ERR_INPUT);
		CHECK_OK(visit_move(a, &v, MIN(30), 60, cases[i].by, MIN(-90), &ev));
		fold(&v, &ev, 0);
		CHECK_INT(v.start_at.us, MIN(30).us);
		CHECK_INT(v.asked_start_at.us,
			  cases[i].moves_promise ? MIN(30).us : MIN(0).us);
		CHECK_INT(v.remind_at.us, MIN(-30).us);
	}
}

TEST(a_visit_may_move_to_another_operator_with_its_promise_kept)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct events ev = { 0 };
	CHECK_ERR(visit_move_operator(a, &v, OP_A, MIN(40), &ev), ERR_DUPLICATE);
	CHECK_OK(visit_move_operator(a, &v, OP_B, MIN(40), &ev));
	fold(&v, &ev, 0);
	CHECK(id_eq(v.operator_id, OP_B));
	CHECK(id_eq(v.accepted_operator_id, OP_A)); /* whose promise it was */
	CHECK(!id_is(v.carer_id));                  /* its own coordinator assigns */
}

TEST(a_replacement_after_a_failure_is_dated)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	struct visit v = promised();
	struct events ev = { 0 };
	watch_visit_tick(a, &v, &p, &f, MIN(61), &ev);
	fold(&v, &ev, 0);
	size_t n = ev.n;
	CHECK_OK(visit_assign(a, &v, OP_A, OTHER, ASSIGNMENT_OFFER, S(""), MIN(70), &ev));
	fold(&v, &ev, n);
	CHECK_INT(v.replaced_at.us, MIN(70).us);
	watch_visit_arm(&v, &p);
	CHECK_INT(v.look_at.us, TS_NEVER.us); /* covered: the deputy is not called */
}

TEST(a_refusal_by_the_person_needs_her_own_word)
{
	TEST_ARENA(a);
	struct visit v = promised();
	struct events ev = { 0 };
	CHECK_ERR(visit_set_cause(a, &v, CAUSE_PERSON_REFUSED, OPERATOR_CAUSE_NONE, S(""),
				  MIN(90), &ev),
		  ERR_RULE);
	CHECK_OK(visit_attest(a, &v, ATTESTATION_CAME, PROOF_RELATIVE, MIN(90), &ev));
	fold(&v, &ev, 0);
	CHECK_OK(visit_set_cause(a, &v, CAUSE_PERSON_REFUSED, OPERATOR_CAUSE_NONE, S(""),
				 MIN(91), &ev));
	CHECK_ERR(visit_set_cause(a, &v, CAUSE_DOOR, OPERATOR_CAUSE_WITHDRAWAL, S(""),
				  MIN(91), &ev),
		  ERR_INPUT);
}

TEST(a_relative_who_stood_in_leaves_the_visit_missed)
{
	TEST_ARENA(a);
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	struct watch_facts f = { 0 };
	struct visit v = promised();
	struct events ev = { 0 };
	watch_visit_tick(a, &v, &p, &f, MIN(61), &ev);
	fold(&v, &ev, 0);
	size_t n = ev.n;
	CHECK_ERR(visit_supplee(a, &v, 0, MIN(70), &ev), ERR_INPUT);
	CHECK_OK(visit_supplee(a, &v, 45, MIN(70), &ev));
	fold(&v, &ev, n);
	CHECK_INT(v.state, VISIT_STATE_MISSED);
	CHECK_INT(v.supplee_min, 45);
}

TEST(harm_orders_a_vital_need_before_a_comfort_and_alerts_before_reminders)
{
	struct visit vital = promised(), comfort = promised(), later = promised();
	vital.criticality = CRITICALITY_VITAL;
	comfort.criticality = CRITICALITY_COMFORT;
	vital.step = comfort.step = STEP_OFFER;
	CHECK(watch_visit_harm(&vital) < watch_visit_harm(&comfort));
	CHECK(watch_visit_harm(&comfort) < watch_visit_harm(&later));
	later.state = VISIT_STATE_ENDED;
	CHECK_INT(watch_visit_harm(&later), 9);
}

/* Any order of acts and looks: rules may refuse, but nothing aborts, and time only goes on. */
TEST(no_order_of_acts_breaks_a_visit)
{
	for (uint64_t seed = 0; seed < 3000; seed++) {
		TEST_ARENA(a);
		struct rng r = rng_init(seed, 5);
		struct visit v = promised();
		v.criticality = (enum criticality)rng_below(&r, 3);
		struct policy p = policy_default(v.criticality);
		int64_t at = -200;
		for (int k = 0; k < 25; k++) {
			struct events ev = { 0 };
			at += (int64_t)rng_below(&r, 40);
			ts now = MIN(at);
			struct watch_facts f = { .is_device_silent = rng_chance(&r, 1, 4) };
			struct check_in in =
				arrival((int)at - (int)rng_below(&r, 30), true);
			struct check_out out = { .carer_id = CARER,
						 .proof = PROOF_CODE,
						 .claimed_at = now,
						 .is_signed = true,
						 .offline_days = 7 };
			enum err e = OK;
			switch (rng_below(&r, 14)) {
			case 0: e = visit_start(a, &v, &in, now, &ev); break;
			case 1: e = visit_end(a, &v, &out, now, &ev); break;
			case 2:
				e = visit_cancel(a, &v, CANCEL_BY_PERSON, CAUSE_NONE, S(""),
						 now, &ev);
				break;
			case 3:
				e = visit_assign(a, &v, OP_A, OTHER, ASSIGNMENT_COORDINATOR,
						 S(""), now, &ev);
				break;
			case 4: e = visit_unassign(a, &v, CAUSE_OPERATOR, now, &ev); break;
			case 5:
				e = visit_attest(a, &v, ATTESTATION_NOBODY, PROOF_LANDLINE,
						 now, &ev);
				break;
			case 6:
				e = visit_announce_late(a, &v, v.carer_id, 20, CAUSE_NONE,
							now, &ev);
				break;
			case 7: e = visit_door(a, &v, v.carer_id, now, now, &ev); break;
			case 8: e = visit_move_operator(a, &v, OP_B, now, &ev); break;
			case 9: e = visit_contest(a, &v, S("late"), S(""), now, &ev); break;
			case 10:
				e = visit_correct(a, &v, MIN(at - 50), MIN(at - 10),
						  CORRECTION_REASON_OTHER, S(""), now, &ev);
				break;
			default: watch_visit_tick(a, &v, &p, &f, now, &ev); break;
			}
			if (e != OK)
				CHECK_INT(ev.n, 0); /* a refusal writes nothing */
			int64_t version = v.version;
			fold(&v, &ev, 0);
			CHECK_INT(v.version, version + (int64_t)ev.n);
			struct events rest = { 0 };
			watch_visit_tick(a, &v, &p, &f, now, &rest);
			fold(&v, &rest, 0);
			watch_visit_arm(&v, &p);
			if (v.step != STEP_REMIND)
				CHECK(v.look_at.us > now.us);
		}
	}
}
