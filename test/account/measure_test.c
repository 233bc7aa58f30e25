/* The national definition, clause by clause.  A visit of one hour is promised at 9:00 with a
 * tolerance of 10 minutes; each line says what happened and what it counts for. */
#include "domain/account/measure.h"
#include "test.h"

#define H9      (INT64_C(1795338000) * US_S) /* 2026-11-22T09:00:00Z */
#define AT(min) ((ts){ H9 + (min)*US_MIN })
#define CLOSED  TS_NEVER

static const struct id operator_a = { 1, 1 };

static struct visit promised(void)
{
	struct visit v = {
		.id = { 7, 7 },
		.accepted_operator_id = operator_a,
		.operator_id = operator_a,
		.asked_start_at = AT(0),
		.start_at = AT(0),
		.end_at = AT(60),
		.tolerance_min = 10,
		.frozen_at = AT(-33 * 60),
		.state = VISIT_STATE_PLANNED,
		.measure_version = 1,
	};
	return v;
}

static struct visit begun(ts start, ts end)
{
	struct visit v = promised();
	v.state = VISIT_STATE_ENDED;
	v.started_at = v.started_recorded_at = start;
	v.ended_at = v.ended_recorded_at = end;
	v.start_proof = v.end_proof = PROOF_TAG;
	return v;
}

static struct measured read_at(struct visit v, ts at)
{
	struct measured m;
	CHECK_OK(measure_visit(&v, at, 1, &m));
	return m;
}

static struct measured closed(struct visit v)
{
	return read_at(v, CLOSED);
}

TEST(a_definition_that_does_not_exist_is_refused)
{
	struct visit v = promised();
	struct measured m;
	CHECK_ERR(measure_visit(&v, CLOSED, 0, &m), ERR_VERSION);
	CHECK_ERR(measure_visit(&v, CLOSED, 2, &m), ERR_VERSION);
	CHECK(measure_def(MEASURE_VERSION));
}

TEST(lateness_starts_beyond_the_tolerance_of_the_person_and_has_bands_of_15_30_and_60_minutes)
{
	static const struct {
		int64_t us; /* after the hour */
		int tolerance;
		enum late_band late;
		enum verdict verdict;
	} t[] = {
		{ -20 * US_MIN, 10, LATE_NONE, VERDICT_ON_TIME },
		{ 0, 10, LATE_NONE, VERDICT_ON_TIME },
		{ 10 * US_MIN - 1, 10, LATE_NONE, VERDICT_ON_TIME },
		{ 10 * US_MIN, 10, LATE_NONE, VERDICT_ON_TIME },
		{ 10 * US_MIN + 1, 10, LATE_TOLERANCE, VERDICT_LATE },
		{ 0, 0, LATE_NONE, VERDICT_ON_TIME },
		{ 1, 0, LATE_TOLERANCE, VERDICT_LATE },
		{ 15 * US_MIN - 1, 10, LATE_TOLERANCE, VERDICT_LATE },
		{ 15 * US_MIN, 10, LATE_15, VERDICT_LATE },
		{ 15 * US_MIN, 15, LATE_NONE, VERDICT_ON_TIME },
		{ 15 * US_MIN + 1, 15, LATE_15, VERDICT_LATE },
		{ 30 * US_MIN - 1, 10, LATE_15, VERDICT_LATE },
		{ 30 * US_MIN, 10, LATE_30, VERDICT_LATE },
		{ 40 * US_MIN, 60, LATE_NONE, VERDICT_ON_TIME },
		{ 60 * US_MIN - 1, 10, LATE_30, VERDICT_LATE },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct visit v = begun((ts){ H9 + t[i].us }, AT(120));
		v.tolerance_min = t[i].tolerance;
		struct measured m = closed(v);
		CHECK_INT(m.late, t[i].late);
		CHECK_INT(m.verdict, t[i].verdict);
		CHECK(m.is_begun && m.is_counted);
	}
	struct visit v = begun(AT(60), AT(180)); /* a slot of two hours */
	v.end_at = AT(120);
	CHECK_INT(closed(v).late, LATE_60);
	v.started_at.us--;
	CHECK_INT(closed(v).late, LATE_30);
}

TEST(a_visit_is_missed_when_not_begun_before_the_end_of_its_slot_or_the_next_need)
{
	CHECK_INT(closed(begun((ts){ H9 + 60 * US_MIN - 1 }, AT(90))).verdict,
		  VERDICT_LATE);
	struct measured m = closed(begun(AT(60), AT(90)));
	CHECK_INT(m.verdict, VERDICT_MISSED);
	CHECK(!m.is_begun && m.is_counted);
	CHECK_INT(m.done_s, 10 * 60); /* within her tolerance of the end */

	struct visit v = begun(AT(40), AT(60));
	v.next_need_at = AT(40);
	CHECK_INT(closed(v).verdict, VERDICT_MISSED);
	CHECK_INT(closed(v).done_s, 20 * 60); /* evidence is never thrown away */
	v.next_need_at.us++;
	CHECK_INT(closed(v).verdict, VERDICT_LATE);
	v.next_need_at = AT(-60); /* a next need before the hour bounds nothing */
	CHECK_INT(closed(v).verdict, VERDICT_LATE);

	m = closed(promised());
	CHECK_INT(m.verdict, VERDICT_MISSED);
	CHECK_INT(m.cause, CAUSE_OPERATOR);
	CHECK_INT(m.operator_cause, OPERATOR_CAUSE_ABSENCE_NON_REMPLACEE);
}

TEST(nothing_is_said_of_a_visit_whose_slot_still_runs)
{
	CHECK_INT(read_at(promised(), AT(-1)).verdict, VERDICT_PENDING);
	CHECK_INT(read_at(promised(), (ts){ H9 + 60 * US_MIN - 1 }).verdict,
		  VERDICT_PENDING);
	CHECK_INT(read_at(promised(), AT(60)).verdict, VERDICT_MISSED);
	struct visit v = promised();
	v.state = VISIT_STATE_MISSED; /* the operator said so itself */
	CHECK_INT(read_at(v, AT(10)).verdict, VERDICT_MISSED);
}

TEST(short_is_less_than_promised_minus_5_minutes_or_10_percent)
{
	static const struct {
		int promised_min;
		int64_t done_s;
		bool is_short;
	} t[] = {
		{ 30, 25 * 60, false },   { 30, 25 * 60 - 1, true },
		{ 50, 45 * 60, false },   { 50, 45 * 60 - 1, true },
		{ 60, 54 * 60, false },   { 60, 54 * 60 - 1, true },
		{ 45, 40 * 60, false },   { 45, 40 * 60 - 1, true },
		{ 120, 108 * 60, false }, { 120, 108 * 60 - 1, true },
		{ 60, 3600, false },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct visit v = begun(AT(0), (ts){ H9 + t[i].done_s * US_S });
		v.end_at = AT(t[i].promised_min);
		struct measured m = closed(v);
		CHECK_INT(m.is_short, t[i].is_short);
		CHECK_INT(m.promised_s, t[i].promised_min * 60);
		CHECK_INT(m.done_s, t[i].done_s);
		CHECK_INT(m.verdict, t[i].is_short ? VERDICT_SHORT_VISIT : VERDICT_ON_TIME);
	}
}

TEST(done_minutes_are_the_overlap_of_actual_and_promised_within_the_persons_tolerance)
{
	static const struct {
		int64_t from_s, until_s, done_s;
		int tolerance;
	} t[] = {
		{ 0, 3600, 3600, 0 },      { -600, 3000, 3000, 0 },
		{ 300, 3900, 3300, 0 },    { -600, 4200, 3600, 0 },
		{ 7, 3600, 3593, 0 },      { -5400, -1800, 0, 0 },
		{ 600, 4200, 3600, 10 },   { 601, 4201, 3599, 10 },
		{ -600, 3000, 3600, 10 },  { -601, 2999, 3599, 10 },
		{ -3000, 9000, 3600, 10 }, { 900, 4500, 3300, 10 },
		{ 900, 3600, 2700, 10 },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct visit v = begun((ts){ H9 + t[i].from_s * US_S },
				       (ts){ H9 + t[i].until_s * US_S });
		v.tolerance_min = t[i].tolerance;
		CHECK_INT(closed(v).done_s, t[i].done_s);
	}
	struct visit v = begun((ts){ H9 - 1 }, (ts){ H9 + 3600 * US_S - 1 });
	v.tolerance_min = 0;
	CHECK_INT(closed(v).done_s, 3599); /* whole seconds elapsed, nothing rounded up */
}

TEST(a_visit_prolonged_by_need_counts_against_nobody_and_excuses_the_next_delay)
{
	CHECK_INT(closed(begun(AT(0), AT(150))).verdict, VERDICT_ON_TIME);
	struct visit v = begun(AT(35), AT(60));
	v.cause = CAUSE_PROLONGED_PREVIOUS;
	struct measured m = closed(v);
	CHECK_INT(m.verdict, VERDICT_EXCUSED);
	CHECK_INT(m.late, LATE_30);
	CHECK_INT(m.cause, CAUSE_PROLONGED_PREVIOUS);
	CHECK(m.is_begun && m.is_counted);
}

TEST(without_a_check_out_the_visit_counts_and_its_departure_is_not_proven)
{
	struct visit v = begun(AT(5), TS_NONE);
	v.state = VISIT_STATE_STARTED;
	struct measured m = closed(v);
	CHECK_INT(m.verdict, VERDICT_ON_TIME);
	CHECK(m.is_departure_unproven && !m.is_short);
	CHECK_INT(m.done_s, 55 * 60);
	CHECK(!closed(begun(AT(0), AT(60))).is_departure_unproven);
}

TEST(only_the_person_or_her_circle_a_day_before_takes_a_visit_out_of_the_denominator)
{
	static const struct {
		enum cancel_by by;
		int notice_min;
		bool counted;
		enum verdict verdict;
	} t[] = {
		{ CANCEL_BY_PERSON, 1440, false, VERDICT_EXCUSED },
		{ CANCEL_BY_PERSON, 1439, true, VERDICT_EXCUSED },
		{ CANCEL_BY_FAMILY, 1440, false, VERDICT_EXCUSED },
		{ CANCEL_BY_FAMILY, 1439, true, VERDICT_EXCUSED },
		{ CANCEL_BY_OPERATOR, 1440, true, VERDICT_MISSED },
		{ CANCEL_BY_OPERATOR, 100000, true, VERDICT_MISSED },
		{ CANCEL_BY_OPERATOR, 0, true, VERDICT_MISSED },
		{ CANCEL_BY_CARER, 100000, true, VERDICT_MISSED },
		{ CANCEL_BY_AUTHORITY, 100000, true, VERDICT_MISSED },
		{ CANCEL_BY_SYSTEM, 100000, true, VERDICT_MISSED },
		{ CANCEL_BY_NONE, 100000, true, VERDICT_MISSED },
	};
	static const enum visit_state stops[] = { VISIT_STATE_CANCELLED, VISIT_STATE_MOVED,
						  VISIT_STATE_SUSPENDED };
	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		for (size_t j = 0; j < 3; j++) {
			struct visit v = promised();
			v.state = stops[j];
			v.cancelled_at = AT(-t[i].notice_min);
			v.cancel_by = t[i].by;
			v.notice_min = t[i].notice_min;
			struct measured m = closed(v);
			CHECK_INT(m.is_counted, t[i].counted);
			CHECK_INT(m.verdict, t[i].verdict);
			if (m.verdict == VERDICT_MISSED) {
				CHECK_INT(m.cause, CAUSE_OPERATOR);
				CHECK_INT(m.operator_cause, OPERATOR_CAUSE_WITHDRAWAL);
			}
		}
}

TEST(the_notice_of_a_cancellation_has_bands)
{
	static const struct {
		int notice_min;
		enum notice_band band;
	} t[] = {
		{ -30, NOTICE_BAND_0 },     { 0, NOTICE_BAND_0 },
		{ 119, NOTICE_BAND_0 },     { 120, NOTICE_BAND_2H },
		{ 1439, NOTICE_BAND_2H },   { 1440, NOTICE_BAND_24H },
		{ 10079, NOTICE_BAND_24H }, { 10080, NOTICE_BAND_7D },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct visit v = promised();
		v.state = VISIT_STATE_CANCELLED;
		v.cancel_by = CANCEL_BY_OPERATOR;
		v.notice_min = t[i].notice_min;
		CHECK_INT(closed(v).notice, t[i].band);
	}
	CHECK_INT(closed(promised()).notice, NOTICE_BAND_NONE);
}

TEST(a_death_ends_the_need_but_not_what_was_confirmed_the_day_before)
{
	struct visit v = promised();
	v.state = VISIT_STATE_CANCELLED;
	v.cancel_by = CANCEL_BY_SYSTEM;
	v.cause = CAUSE_DEATH;
	CHECK(closed(v).is_counted);
	CHECK_INT(closed(v).cause, CAUSE_DEATH);
	v.frozen_at = TS_NONE;
	CHECK(!closed(v).is_counted);
	v.cause = CAUSE_HOSPITAL; /* a stay does not erase the need, it stands apart */
	v.state = VISIT_STATE_SUSPENDED;
	CHECK(closed(v).is_counted);
	CHECK_INT(closed(v).cause, CAUSE_HOSPITAL);
	CHECK_INT(closed(v).verdict, VERDICT_MISSED);
}

TEST(the_cause_is_the_operator_until_proven_otherwise)
{
	static const struct {
		enum cause said;
		enum attestation word;
		bool door;
		enum cause cause;
	} t[] = {
		{ CAUSE_NONE, ATTESTATION_NONE, false, CAUSE_OPERATOR },
		{ CAUSE_NONE, ATTESTATION_NONE, true, CAUSE_DOOR },
		{ CAUSE_DOOR, ATTESTATION_NONE, false, CAUSE_OPERATOR },
		{ CAUSE_DOOR, ATTESTATION_NONE, true, CAUSE_DOOR },
		{ CAUSE_PERSON_ABSENT, ATTESTATION_NONE, false, CAUSE_OPERATOR },
		{ CAUSE_PERSON_ABSENT, ATTESTATION_NOBODY, false, CAUSE_OPERATOR },
		{ CAUSE_PERSON_ABSENT, ATTESTATION_CAME, false, CAUSE_PERSON_ABSENT },
		{ CAUSE_PERSON_REFUSED, ATTESTATION_NONE, true, CAUSE_OPERATOR },
		{ CAUSE_PERSON_REFUSED, ATTESTATION_CAME, false, CAUSE_PERSON_REFUSED },
		{ CAUSE_HOSPITAL, ATTESTATION_NONE, false, CAUSE_HOSPITAL },
		{ CAUSE_DEATH, ATTESTATION_NONE, false, CAUSE_DEATH },
		{ CAUSE_DANGER, ATTESTATION_NONE, false, CAUSE_DANGER },
		{ CAUSE_STRIKE, ATTESTATION_NONE, false, CAUSE_STRIKE },
		{ CAUSE_WEATHER, ATTESTATION_NONE, false, CAUSE_WEATHER },
		{ CAUSE_FAMILY, ATTESTATION_NONE, false, CAUSE_FAMILY },
		{ CAUSE_SYSTEM, ATTESTATION_NONE, false, CAUSE_SYSTEM },
		{ CAUSE_OPERATOR, ATTESTATION_NONE, false, CAUSE_OPERATOR },
		{ CAUSE_PROLONGED_PREVIOUS, ATTESTATION_NONE, false,
		  CAUSE_PROLONGED_PREVIOUS },
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct visit v = promised();
		v.cause = t[i].said;
		v.attestation = t[i].word;
		v.door_at = t[i].door ? AT(3) : TS_NONE;
		struct measured m = closed(v);
		CHECK_INT(m.verdict, VERDICT_MISSED);
		CHECK_INT(m.cause, t[i].cause);
		CHECK_INT(m.operator_cause, t[i].cause == CAUSE_OPERATOR
						    ? OPERATOR_CAUSE_ABSENCE_NON_REMPLACEE
						    : OPERATOR_CAUSE_NONE);
	}
	struct visit v = promised();
	v.cause = CAUSE_OPERATOR;
	v.operator_cause = OPERATOR_CAUSE_MANQUE_INTERVENANTS;
	CHECK_INT(closed(v).operator_cause, OPERATOR_CAUSE_MANQUE_INTERVENANTS);
	v = promised();
	v.door_at = AT(60); /* the slot is over: nobody was at the door in time */
	CHECK_INT(closed(v).cause, CAUSE_OPERATOR);
	v.door_at.us--;
	CHECK_INT(closed(v).cause, CAUSE_DOOR);
}

TEST(a_cause_is_said_only_of_what_was_not_as_promised)
{
	struct visit v = begun(AT(0), AT(60));
	v.cause = CAUSE_WEATHER;
	CHECK_INT(closed(v).cause, CAUSE_NONE);
	v.started_at = AT(20);
	CHECK_INT(closed(v).cause, CAUSE_WEATHER);
	v.cause = CAUSE_NONE;
	CHECK_INT(closed(v).cause, CAUSE_OPERATOR);
	CHECK_INT(closed(v).operator_cause, OPERATOR_CAUSE_NONE);
}

TEST(a_device_that_has_not_synchronised_is_awaited_one_hour_then_it_is_not_proven)
{
	struct visit v = promised();
	v.is_unknown = true;
	CHECK_INT(read_at(v, AT(60)).verdict, VERDICT_UNKNOWN);
	CHECK_INT(read_at(v, (ts){ H9 + 120 * US_MIN - 1 }).verdict, VERDICT_UNKNOWN);
	CHECK_INT(read_at(v, AT(120)).verdict, VERDICT_NON_PROUVE);
	struct measured m = closed(v);
	CHECK_INT(m.verdict, VERDICT_NON_PROUVE);
	CHECK(m.is_counted && !m.is_begun);

	v.attestation = ATTESTATION_NOBODY; /* the person's word wins */
	CHECK_INT(read_at(v, AT(60)).verdict, VERDICT_MISSED);
	v.attestation = ATTESTATION_CAME;
	m = closed(v);
	CHECK_INT(m.verdict, VERDICT_ON_TIME);
	CHECK(m.is_begun && m.is_departure_unproven);
	CHECK_INT(m.done_s, 3600);
	v.attestation = ATTESTATION_SHORT_VISIT;
	CHECK_INT(closed(v).verdict, VERDICT_SHORT_VISIT);

	v = begun(AT(0), AT(60)); /* the device spoke */
	v.is_unknown = true;
	CHECK_INT(closed(v).verdict, VERDICT_ON_TIME);
}

TEST(an_outage_of_the_platform_is_unknown_until_the_devices_speak)
{
	struct visit v = promised();
	v.is_unknown = true;
	v.cause = CAUSE_SYSTEM;
	v.unknown_until_at = AT(600);
	CHECK_INT(read_at(v, (ts){ H9 + 600 * US_MIN - 1 }).verdict, VERDICT_UNKNOWN);
	CHECK_INT(read_at(v, AT(600)).verdict, VERDICT_NON_PROUVE);
	CHECK_INT(closed(v).cause, CAUSE_SYSTEM);
	v.cause = CAUSE_NONE; /* a carer's phone is bounded, whatever was asked */
	CHECK_INT(read_at(v, AT(120)).verdict, VERDICT_NON_PROUVE);
}

TEST(both_attestations_are_kept_and_the_disagreement_shows)
{
	struct visit v = begun(AT(0), AT(60));
	CHECK(!closed(v).is_contested);
	v.attestation = ATTESTATION_NOBODY;
	CHECK(closed(v).is_contested);
	CHECK_INT(closed(v).verdict, VERDICT_ON_TIME);
	v.attestation = ATTESTATION_SHORT_VISIT;
	CHECK(closed(v).is_short);
	v = promised();
	v.is_contested = true;
	CHECK(closed(v).is_contested);
}

TEST(what_is_recorded_more_than_15_minutes_after_it_happened_is_recorded_late)
{
	struct visit v = begun(AT(0), AT(60));
	v.started_recorded_at = AT(15);
	CHECK(!closed(v).is_recorded_late);
	v.started_recorded_at.us++;
	CHECK(closed(v).is_recorded_late);
	v = begun(AT(0), AT(60));
	v.ended_recorded_at = AT(75);
	CHECK(!closed(v).is_recorded_late);
	v.ended_recorded_at.us++;
	CHECK(closed(v).is_recorded_late);
	v.is_corrected = true;
	CHECK(closed(v).is_corrected);
	CHECK_INT(closed(v).proof, PROOF_TAG);
}

TEST(a_replacement_is_counted_from_the_promised_hour)
{
	struct visit v = begun(AT(42), AT(60));
	v.replaced_at = (ts){ H9 + 34 * US_MIN + 59 * US_S };
	struct measured m = closed(v);
	CHECK(m.is_replaced);
	CHECK_INT(m.replaced_min, 34);
	v.replaced_at = AT(-300); /* covered again before the hour */
	CHECK(closed(v).is_replaced);
	CHECK_INT(closed(v).replaced_min, 0);
}

TEST(a_relative_who_stood_in_leaves_the_visit_missed)
{
	struct visit v = promised();
	v.supplee_min = 45;
	struct measured m = closed(v);
	CHECK_INT(m.verdict, VERDICT_MISSED);
	CHECK(m.is_suppleed);
	CHECK_INT(m.supplee_s, 45 * 60);
}

TEST(an_operator_that_moves_the_hour_alone_is_measured_on_the_hour_asked)
{
	struct visit v = begun(AT(120), AT(180));
	v.start_at = AT(120); /* moved without the person's agreement */
	v.end_at = AT(180);
	CHECK_INT(closed(v).verdict, VERDICT_MISSED);
	v.asked_start_at = AT(120); /* agreed, even if recorded after: not a failure */
	CHECK_INT(closed(v).verdict, VERDICT_ON_TIME);
	v.asked_start_at = TS_NONE;
	CHECK_INT(closed(v).verdict, VERDICT_ON_TIME);
}

TEST(a_visit_that_no_operator_accepted_counts_as_asked_only)
{
	struct visit v = promised();
	CHECK(closed(v).is_accepted && closed(v).is_confirmed);
	v.frozen_at = TS_NONE;
	CHECK(closed(v).is_accepted && !closed(v).is_confirmed);
	v.accepted_operator_id = ID_NONE;
	struct measured m = closed(v);
	CHECK(m.is_counted && !m.is_accepted && !m.is_confirmed);
	CHECK_INT(m.verdict, VERDICT_MISSED);
}
