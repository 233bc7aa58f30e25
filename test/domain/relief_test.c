/* Who may cover a visit, in which order, by which offers. */
#include "domain/relief/offer.h"
#include "test.h"

#include <stddef.h>

#define TODAY day_of(2026, 11, 10) /* Tuesday */

static const struct id ours = { 7, 1 }, theirs = { 7, 2 };

static ts at(day d, int hhmm)
{
	return (ts){ ((int64_t)d.d * 1440 + hhmm / 100 * 60 + hhmm % 100) * US_MIN };
}

static struct stay stay(day d, int hhmm, int minutes, int km)
{
	return (struct stay){ .visit_id = { 9, (uint64_t)d.d * 10000 + (uint64_t)hhmm },
			      .from = at(d, hhmm),
			      .until = ts_add_min(at(d, hhmm), minutes),
			      .on = d,
			      .from_min = hhmm / 100 * 60 + hhmm % 100,
			      .place = { 49440000, 1100000 + km * 13800 } };
}

static struct need need(void)
{
	return (struct need){ .person_id = { 5, 1 },
			      .operator_id = ours,
			      .mode = CARE_MODE_PRESTATAIRE,
			      .payer = PAYER_APA,
			      .criticality = CRITICALITY_PERSONAL,
			      .tasks = TASK_BIT(TASK_TOILETTE),
			      .stay = stay(TODAY, 1500, 60, 0),
			      .is_offer = true,
			      .is_exceptional = true };
}

static struct operator service(void)
{
	return (struct operator){ .id = ours,
				  .kind = OPERATOR_KIND_SAAD,
				  .state = OPERATOR_STATE_ACTIVE,
				  .is_authorised = true };
}

/* A carer with a diploma, free from 8:00 to 20:00 every day of the week. */
struct person_at_work {
	struct carer row;
	struct qualification q;
	struct availability av[7];
	struct absence ab;
	struct day_book book;
	struct candidate c;
};

static void hire(struct person_at_work *p, uint64_t n)
{
	*p = (struct person_at_work){
		.row = { .id = { 3, n },
			 .operator_id = ours,
			 .status = CARER_STATUS_EMPLOYEE,
			 .state = CARER_STATE_ACTIVE,
			 .travel_mode = TRAVEL_MODE_CAR,
			 .idcc = IDCC_BAD_2941,
			 .week_min = 1500,
			 .lat_e6 = 49440000,
			 .lon_e6 = 1100000 },
		.q = { .kind = QUALIFICATION_KIND_DIPLOME,
		       .state = QUALIFICATION_STATE_VALID,
		       .issued_on = day_of(2020, 1, 1),
		       .expires_on = DAY_NONE },
		.book = { .on = TODAY },
	};
	for (int i = 0; i < 7; i++)
		p->av[i] = (struct availability){ p->row.id, i + 1, 480, 1200 };
	p->c = candidate_of(&p->row);
	p->c.qualifications = (struct qualifications){ &p->q, 1, 1 };
	p->c.availabilities = (struct availabilities){ p->av, 7, 7 };
	p->c.book = &p->book;
}

static uint32_t blockers(const struct need *n, const struct person_at_work *p, int now_hhmm)
{
	struct operator o = service();
	struct labour_rules r = labour_rules(p->c.idcc, TODAY);
	struct moment now = { at(TODAY, now_hhmm), TODAY,
			      now_hhmm / 100 * 60 + now_hhmm % 100 };
	struct eligibility e;
	bool ok = eligible(n, &p->c, &o, &r, &now, &e);
	CHECK_INT(ok, e.blockers == 0);
	return e.blockers;
}

#define ONLY(b) (1u << (b))

TEST(a_qualified_available_carer_of_the_operator_may_be_asked)
{
	static struct person_at_work p;
	hire(&p, 1);
	struct need n = need();
	CHECK_INT(blockers(&n, &p, 1430), 0);
}

TEST(each_reason_against_a_carer_is_named_alone)
{
	static struct person_at_work p;
	struct need n = need();
	hire(&p, 1);
	p.c.state = CARER_STATE_LEFT;
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_LEFT));
	hire(&p, 1);
	p.c.operator_id = theirs; /* lending staff is illegal */
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_EMPLOYER));
	hire(&p, 1);
	p.q.expires_on = day_of(2026, 11, 9);
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_QUALIFICATION));
	n.tasks = TASK_BIT(TASK_MENAGE);
	CHECK_INT(blockers(&n, &p, 1430), 0); /* housework needs no proof */
	n = need();
	hire(&p, 1);
	p.q.state = QUALIFICATION_STATE_UNKNOWN;
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_UNKNOWN_PROOF));
	hire(&p, 1);
	p.ab = (struct absence){ .from_at = at(TODAY, 1530), .until_at = at(TODAY, 2000) };
	p.c.absences = (struct absences){ &p.ab, 1, 1 };
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_ABSENT));
	p.ab = (struct absence){ .from_at = at(TODAY, 1000), .until_at = at(TODAY, 1440) };
	CHECK_INT(blockers(&n, &p, 1430),
		  ONLY(BLOCK_RESTING)); /* ill now: not even asked */
	hire(&p, 1);
	p.c.is_refused = true;
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_REFUSED));
	hire(&p, 1);
	n.body = BODY_WOMAN;
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_BODY));
	n.tasks = TASK_BIT(TASK_MENAGE); /* sex counts for help with the body only */
	CHECK_INT(blockers(&n, &p, 1430), 0);
	n = need();
	struct operator o = service();
	o.is_authorised = false;
	struct labour_rules r = labour_rules(p.c.idcc, TODAY);
	struct moment now = { at(TODAY, 1430), TODAY, 870 };
	struct eligibility e;
	CHECK(!eligible(&n, &p.c, &o, &r, &now, &e));
	CHECK_INT(e.blockers, ONLY(BLOCK_TITLE));
	CHECK_INT(e.title_faults, 1u << TITLE_AUTHORISATION);
	for (int b = 0; b < BLOCKER_COUNT; b++)
		CHECK(strncmp(blocker_name((enum blocker)b), "relief.", 7) == 0);
}

TEST(no_offer_reaches_a_carer_at_rest_unless_she_opened_her_hours)
{
	static struct person_at_work p;
	struct need n = need();
	hire(&p, 1);
	CHECK_INT(blockers(&n, &p, 700), ONLY(BLOCK_RESTING)); /* before her hours */
	p.c.is_outside_open = true;
	CHECK_INT(blockers(&n, &p, 700), 0);
	hire(&p, 1);
	for (int i = 0; i < 7; i++)
		p.av[i].weekday = 1; /* Mondays only: Tuesday is a day off */
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_RESTING) | ONLY(BLOCK_UNAVAILABLE));
	p.c.is_outside_open = true;
	CHECK_INT(blockers(&n, &p, 1430), 0);
	/* without hours given: asked while she works, for a day on which she works */
	hire(&p, 1);
	p.c.availabilities.n = 0;
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_RESTING) | ONLY(BLOCK_UNAVAILABLE));
	struct stay s = stay(TODAY, 1300, 60, 0);
	day_book_add(&p.book, &s);
	p.c.at_work = (struct span){ at(TODAY, 1300), at(TODAY, 1800) };
	CHECK_INT(blockers(&n, &p, 1430), 0);
	CHECK_INT(blockers(&n, &p, 1900), ONLY(BLOCK_RESTING));
	/* planning is another thing: the employer decides */
	n.is_offer = false;
	hire(&p, 1);
	p.c.availabilities.n = 0;
	CHECK_INT(blockers(&n, &p, 700), 0);
	for (int i = 0; i < 7; i++)
		p.av[i].until_minute = 930;
	p.c.availabilities.n = 7;
	CHECK_INT(blockers(&n, &p, 1430), ONLY(BLOCK_UNAVAILABLE));
}

TEST(hours_given_may_touch_but_not_leave_a_hole)
{
	struct availability w[2] = { { { 0 }, 2, 480, 720 }, { { 0 }, 2, 720, 1080 } };
	struct availabilities v = { w, 2, 2 }, none = { 0 };
	CHECK(availability_covers(&v, 2, 600, 900, false));
	CHECK(!availability_covers(&v, 3, 600, 900, true));
	w[1].from_minute = 721;
	CHECK(!availability_covers(&v, 2, 600, 900, true));
	CHECK(availability_covers(&none, 2, 600, 900, true));
	CHECK(!availability_covers(&none, 2, 600, 900, false));
}

TEST(working_time_law_stops_an_offer)
{
	static struct person_at_work p;
	hire(&p, 1);
	struct need n = need();
	struct stay s = stay(TODAY, 1430, 60, 0);
	day_book_add(&p.book, &s);
	CHECK_INT(blockers(&n, &p, 1400), ONLY(BLOCK_HOURS));
}

/* --- order --------------------------------------------------------------------------- */

static struct ranked one(int wanted, int regular, int known, int left, int extra,
			 int travel)
{
	struct rank_facts f = { .visit_id = { 1, 1 }, .carer_id = { 2, 2 } };
	f.amount[RANK_wanted] = wanted;
	f.amount[RANK_regular] = regular;
	f.amount[RANK_known] = known;
	f.amount[RANK_hours_left] = left;
	f.amount[RANK_extra_asked] = extra;
	f.amount[RANK_travel] = travel;
	struct terms t = { .minutes = 60 };
	return rank_one(&f, &t);
}

TEST(the_persons_choice_comes_first_then_who_knows_her_then_hours_then_travel)
{
	CHECK(one(1, 0, 0, 0, 0, 30).points > one(0, 1, 0, 0, 0, 0).points);
	CHECK(one(0, 1, 0, 0, 0, 30).points > one(0, 0, 9, 0, 0, 0).points);
	CHECK(one(0, 0, 10, 0, 0, 5).points > one(0, 0, 0, 1, 0, 0).points);
	CHECK(one(0, 0, 0, 1, 0, 0).points > one(0, 0, 0, 0, 1, 0).points);
	CHECK(one(0, 0, 0, 0, 0, 5).points > one(0, 0, 0, 0, 0, 6).points);
	CHECK_INT(one(0, 0, 99, 0, 0, 0).points, 200); /* at most ten visits count */
}

TEST(the_reasons_are_shown_and_add_up)
{
	TEST_ARENA(a);
	struct ranked k = one(1, 0, 4, 1, 1, 12);
	int sum = 0;
	for (int i = 0; i < k.n_reasons; i++)
		sum += k.reasons[i].points;
	CHECK_INT(sum, k.points);
	CHECK_INT(k.points, 400 + 80 + 150 + 100 - 36);
	CHECK_STR(rank_reasons_text(a, &k),
		  "wanted known:4 hours_left extra_asked travel:12");
	CHECK_STR(rank_reasons_text(a, &(struct ranked){ 0 }), "");
	for (int r = 0; r < RANK_REASON_COUNT; r++)
		CHECK(rank_reason_source((enum rank_reason)r)[0] &&
		      rank_reason_name((enum rank_reason)r)[0]);
}

TEST(an_offer_shows_hours_paid_travel_kilometres_and_amplitude)
{
	static struct person_at_work p;
	hire(&p, 1);
	struct stay before = stay(TODAY, 1330, 60, 10);
	day_book_add(&p.book, &before);
	struct need n = need();
	struct labour_rules r = labour_rules(IDCC_BAD_2941, TODAY);
	struct terms t = terms_of(&n, &p.c, &r);
	CHECK_INT(t.minutes, 60);
	CHECK_INT(t.travel_min, 28); /* 13 km from the visit before, not from home */
	CHECK(t.travel_m > 12900 && t.travel_m < 13100);
	CHECK_INT(t.paid_min, 90); /* the visit, 28 of travel, 2 of waiting */
	CHECK_INT(t.amplitude_min, 150);
	CHECK_INT(t.breaks, 0);
}

/* The safeguard S2: fields that must not count are not in the candidate at all. */
TEST(past_refusals_change_no_rank_and_are_not_seen)
{
	TEST_ARENA(a);
	static struct person_at_work p[3];
	struct candidate c[3], d[3];
	struct operator o = service();
	struct labour_rules rules[IDCC_COUNT];
	for (int i = 0; i < IDCC_COUNT; i++)
		rules[i] = labour_rules((enum idcc)i, TODAY);
	struct moment now = { at(TODAY, 1430), TODAY, 870 };
	for (uint64_t i = 0; i < 3; i++) {
		hire(&p[i], i + 1);
		c[i] = p[i].c;
		struct carer other = p[i].row; /* the same, after a year of refusals */
		other.refusals_year = 40 + (int64_t)i;
		other.first_name = S("Autre");
		other.last_name = S("Nom");
		other.version = 99;
		struct candidate k = candidate_of(&other);
		k.qualifications = c[i].qualifications;
		k.availabilities = c[i].availabilities;
		k.book = c[i].book;
		d[i] = k;
	}
	struct need n = need();
	struct ranking x = { 0 }, y = { 0 };
	rank_all(a, &n, c, 3, &o, rules, &now, &x);
	rank_all(a, &n, d, 3, &o, rules, &now, &y);
	CHECK_INT(x.n, 3);
	CHECK_INT(y.n, 3);
	for (size_t i = 0; i < 3; i++) {
		CHECK(id_eq(x.v[i].carer_id, y.v[i].carer_id));
		CHECK_INT(x.v[i].points, y.v[i].points);
		CHECK_INT(x.v[i].n_reasons, y.v[i].n_reasons);
	}
	/* ids and six amounts: there is no room for a seventh fact */
	CHECK_INT(sizeof(struct rank_facts),
		  2 * sizeof(struct id) + RANK_REASON_COUNT * sizeof(int));
	CHECK_INT(RANK_REASON_COUNT, 6);
}

TEST(equals_are_drawn_by_lot_so_that_nobody_is_always_first)
{
	TEST_ARENA(a);
	int first[4] = { 0 };
	for (uint64_t visit = 0; visit < 400; visit++) {
		struct ranking k = { 0 };
		for (uint64_t carer = 0; carer < 4; carer++) {
			struct rank_facts f = { .visit_id = { 1, visit },
						.carer_id = { 2, carer } };
			struct terms t = { 0 };
			*ARENA_PUSH(a, &k) = rank_one(&f, &t);
		}
		rank_sort(a, &k);
		first[k.v[0].carer_id.lo]++;
	}
	for (int i = 0; i < 4; i++)
		CHECK(first[i] > 60 && first[i] < 140);
}

/* --- offers -------------------------------------------------------------------------- */

static const struct wave_policy three = { 3, 10, 3 };

static struct visit visit(void)
{
	return (struct visit){ .id = { 9, 1 },
			       .person_id = { 5, 1 },
			       .operator_id = ours,
			       .state = VISIT_STATE_PLANNED,
			       .start_at = at(TODAY, 1500),
			       .end_at = at(TODAY, 1600),
			       .payer = PAYER_APA };
}

static struct ranking five(struct arena *a)
{
	struct ranking k = { 0 };
	for (uint64_t i = 1; i <= 5; i++) {
		struct rank_facts f = { .visit_id = { 9, 1 }, .carer_id = { 3, i } };
		f.amount[RANK_known] = (int)(10 - i);
		struct terms t = { .minutes = 60,
				   .travel_min = 12,
				   .travel_m = 4000,
				   .amplitude_min = 300 };
		*ARENA_PUSH(a, &k) = rank_one(&f, &t);
	}
	rank_sort(a, &k);
	return k;
}

static const struct id fresh[3] = { { 8, 1 }, { 8, 2 }, { 8, 3 } };

TEST(a_wave_asks_the_best_three_then_the_next_two)
{
	TEST_ARENA(a);
	struct visit v = visit();
	struct ranking k = five(a);
	struct offers asked = { 0 }, second = { 0 };
	struct events ev = { 0 };
	ts now = at(TODAY, 1530);
	CHECK_OK(offers_make(a, &v, &k, &asked, &three, 1, fresh, now, &ev, &asked));
	CHECK_INT(asked.n, 3);
	CHECK_INT(ev.n, 3);
	CHECK(id_eq(asked.v[0].carer_id, k.v[0].carer_id));
	CHECK_INT(ev.v[0].kind, EV_OFFER_MADE);
	CHECK_INT(ev.v[0].u.offer_made.minutes, 60);
	CHECK_INT(ev.v[0].u.offer_made.reasons.n, 1);
	CHECK_STR(ev.v[0].u.offer_made.reasons.v[0], "known");
	CHECK_INT(asked.v[2].rank, 3);
	CHECK_INT(asked.v[0].expires_at.us, at(TODAY, 1540).us);
	CHECK_OK(offers_make(a, &v, &k, &asked, &three, 2, fresh, now, &ev, &second));
	CHECK_INT(second.n, 2);
	CHECK_INT(second.v[0].rank, 4);
	*ARENA_PUSH(a, &asked) = second.v[0];
	*ARENA_PUSH(a, &asked) = second.v[1];
	CHECK_ERR(offers_make(a, &v, &k, &asked, &three, 3, fresh, now, &ev, &second),
		  ERR_NOT_FOUND);
	v.state = VISIT_STATE_STARTED;
	CHECK_ERR(offers_make(a, &v, &k, &asked, &three, 3, fresh, now, &ev, &second),
		  ERR_WRONG_STATE);
}

TEST(the_deadline_is_short_when_the_hour_is_near_and_longer_when_it_is_far)
{
	ts now = at(TODAY, 800);
	CHECK_INT(offer_minutes(&three, now, at(TODAY, 830)), 10);
	CHECK_INT(offer_minutes(&three, now, at(TODAY, 1200)), 30);
	CHECK_INT(offer_minutes(&three, now, at(day_add(TODAY, 30), 800)), 720);
	CHECK_INT(offer_minutes(&three, now, at(TODAY, 700)), 10); /* the hour has passed */
}

TEST(waves_then_other_operators_then_the_deputy)
{
	TEST_ARENA(a);
	struct visit v = visit();
	struct offers none = { 0 };
	ts now = at(TODAY, 1530);
	struct offer o = { .wave = 1,
			   .state = OFFER_STATE_OPEN,
			   .expires_at = at(TODAY, 1540) };
	struct offers one_out = { &o, 1, 1 };
	struct relief_step s = relief_next(&v, &none, 5, true, false, &three, now);
	CHECK_INT(s.stage, RELIEF_WAVE);
	CHECK_INT(s.wave, 1);
	CHECK_INT(s.look_at.us, at(TODAY, 1540).us);
	s = relief_next(&v, &one_out, 2, true, false, &three, now);
	CHECK_INT(s.stage, RELIEF_WAIT);
	CHECK_INT(s.look_at.us, at(TODAY, 1540).us);
	s = relief_next(&v, &one_out, 2, true, false, &three, at(TODAY, 1540));
	CHECK_INT(s.stage, RELIEF_WAVE);
	CHECK_INT(s.wave, 2);
	o.state = OFFER_STATE_DECLINED; /* everybody said no: the next wave goes at once */
	CHECK_INT(relief_next(&v, &one_out, 2, true, false, &three, now).stage,
		  RELIEF_WAVE);
	CHECK_INT(relief_next(&v, &one_out, 0, true, false, &three, now).stage,
		  RELIEF_RELAY);
	CHECK_INT(relief_next(&v, &one_out, 0, true, true, &three, now).stage,
		  RELIEF_DEPUTY);
	/* without the person's agreement no other operator is asked */
	CHECK_INT(relief_next(&v, &one_out, 0, false, false, &three, now).stage,
		  RELIEF_DEPUTY);
	o.wave = 3;
	CHECK_INT(relief_next(&v, &one_out, 9, true, false, &three, now).stage,
		  RELIEF_RELAY);
	o.state = OFFER_STATE_ACCEPTED;
	v.carer_id = (struct id){ 3, 1 };
	CHECK_INT(relief_next(&v, &one_out, 9, true, false, &three, now).stage,
		  RELIEF_COVERED);
	v.state = VISIT_STATE_ENDED;
	CHECK_INT(relief_next(&v, &one_out, 9, true, false, &three, now).stage,
		  RELIEF_OVER);
}

TEST(an_offer_is_accepted_once_by_her_to_whom_it_was_made_and_in_time)
{
	TEST_ARENA(a);
	struct visit v = visit();
	struct events ev = { 0 };
	struct id her = { 3, 1 }, other = { 3, 2 };
	struct offer o = { .id = { 8, 1 },
			   .carer_id = her,
			   .state = OFFER_STATE_OPEN,
			   .expires_at = at(TODAY, 1540) };
	CHECK_ERR(offer_accept(a, &o, &v, other, at(TODAY, 1535), &ev), ERR_FORBIDDEN);
	CHECK_ERR(offer_accept(a, &o, &v, her, at(TODAY, 1540), &ev), ERR_GONE);
	CHECK_OK(offer_accept(a, &o, &v, her, at(TODAY, 1535), &ev));
	offer_apply(&o, &ev.v[0]);
	CHECK_INT(o.state, OFFER_STATE_ACCEPTED);
	CHECK_ERR(offer_accept(a, &o, &v, her, at(TODAY, 1536), &ev), ERR_DUPLICATE);
	CHECK(!offer_close(a, &o, &v, at(TODAY, 1536), &ev));
	o.state = OFFER_STATE_OPEN; /* another one, when somebody else comes */
	CHECK(offer_close(a, &o, &v, at(TODAY, 1536), &ev));
	offer_apply(&o, &ev.v[1]);
	CHECK_INT(o.state, OFFER_STATE_CLOSED);
	CHECK_ERR(offer_accept(a, &o, &v, her, at(TODAY, 1537), &ev), ERR_GONE);
	o.state = OFFER_STATE_OPEN;
	CHECK(offer_close(a, &o, &v, at(TODAY, 1541), &ev));
	offer_apply(&o, &ev.v[2]);
	CHECK_INT(o.state, OFFER_STATE_EXPIRED);
	o.state = OFFER_STATE_OPEN;
	v.state = VISIT_STATE_CANCELLED;
	CHECK_ERR(offer_accept(a, &o, &v, her, at(TODAY, 1535), &ev), ERR_GONE);
}

TEST(a_decline_leaves_no_event_and_only_she_sees_it)
{
	struct id her = { 3, 1 }, other = { 3, 2 };
	struct offer o = { .carer_id = her,
			   .state = OFFER_STATE_OPEN,
			   .expires_at = at(TODAY, 1540) },
		     after;
	ts soon = at(TODAY, 1535), late = at(TODAY, 1545);
	CHECK_ERR(offer_decline(&o, other, soon, &after), ERR_FORBIDDEN);
	CHECK_ERR(offer_decline(&o, her, late, &after), ERR_GONE);
	CHECK_OK(offer_decline(&o, her, soon, &after));
	CHECK_ERR(offer_decline(&after, her, soon, &after), ERR_DUPLICATE);
	for (int r = 0; r < ROLE_COUNT; r++) {
		enum role role = (enum role)r;
		if (role == ROLE_CARER) {
			CHECK_INT(offer_seen(&after, role, soon), OFFER_STATE_DECLINED);
			continue;
		}
		/* exactly what is shown of an offer without an answer */
		CHECK_INT(offer_seen(&after, role, soon), offer_seen(&o, role, soon));
		CHECK_INT(offer_seen(&after, role, late), offer_seen(&o, role, late));
	}
	CHECK_INT(offer_seen(&o, ROLE_COORDINATOR, late), OFFER_STATE_EXPIRED);
}

/* --- other operators ----------------------------------------------------------------- */

TEST(the_visit_moves_to_another_operator_only_if_the_person_agreed)
{
	TEST_ARENA(a);
	struct operator ops[4];
	for (int i = 0; i < 4; i++) {
		ops[i] = service();
		ops[i].id = (struct id){ 7, (uint64_t)i + 1 };
		ops[i].is_relay = true;
		ops[i].lat_e6 = 49440000;
		ops[i].lon_e6 = 1100000 + (5 - i) * 13800;
	}
	ops[3].is_authorised = false; /* the nearest has no title for APA */
	ops[1].is_relay = false;
	struct need n = need();
	struct relays r = { 0 };
	relay_rank(a, &n, false, ops, 4, &r);
	CHECK_INT(r.n, 0);
	ops[1].is_relay = true;
	relay_rank(a, &n, true, ops, 4, &r);
	CHECK_INT(r.n, 2);
	CHECK_INT(r.v[0].op->id.lo, 3);
	CHECK_INT(r.v[1].op->id.lo, 2);
	struct visit v = visit();
	bool tell = false;
	CHECK_ERR(relay_check(&v, &n, false, &ops[1], &tell), ERR_RULE);
	CHECK_ERR(relay_check(&v, &n, true, &ops[3], &tell), ERR_RULE);
	CHECK_ERR(relay_check(&v, &n, true, &ops[0], &tell), ERR_DUPLICATE);
	CHECK_OK(relay_check(&v, &n, true, &ops[1], &tell));
	CHECK(tell); /* APA pays: the département is told */
	n.payer = PAYER_PRIVATE;
	n.tasks = TASK_BIT(TASK_MENAGE);
	CHECK_OK(relay_check(&v, &n, true, &ops[1], &tell));
	CHECK(!tell);
	v.state = VISIT_STATE_STARTED;
	CHECK_ERR(relay_check(&v, &n, true, &ops[1], &tell), ERR_WRONG_STATE);
}
