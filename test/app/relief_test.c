/* A failure is offered, accepted, passed on: the use cases on a real database. */
#include "app/relief.h"
#include "scene.h"
#include "test.h"

static struct visit visit(struct scene *s, struct id id)
{
	struct visit v;
	CHECK_OK(sql_visit_get(s->db, s->a, id, &v));
	return v;
}

static void watch(struct scene *s, ts now)
{
	int handled = 1;
	for (int i = 0; handled && i < 50; i++)
		CHECK_OK(app_watch(s->app, now, 100, &handled));
}

static struct actor carer(struct scene *s, struct id id)
{
	return (struct actor){ .role = ROLE_CARER,
			       .subject_id = id,
			       .operator_id = s->operator_id,
			       .territory = S("76") };
}

static struct actor desk(struct id operator_id)
{
	return (struct actor){ .role = ROLE_COORDINATOR,
			       .operator_id = operator_id,
			       .territory = S("76") };
}

TEST(a_visit_that_nobody_attends_is_offered_accepted_and_covered_again)
{
	struct scene s;
	struct offers o;
	scene_open(&s);
	struct id late = scene_carer(&s, 1), near = scene_carer(&s, 2),
		  far = scene_carer(&s, 9);
	struct id id = scene_visit(&s, SCENE_DAY, 900, 60, late);
	watch(&s, scene_at(SCENE_DAY, 931)); /* half an hour late: offers */
	CHECK_OK(sql_offers_of_visit(s.db, s.a, id, &o));
	CHECK_INT(o.n, 2); /* not to her who does not come */
	CHECK(id_eq(o.v[0].carer_id, near));
	CHECK(id_eq(o.v[1].carer_id, far));
	CHECK_INT(scene_count(&s, EV_OFFER_MADE), 2);
	CHECK_INT(scene_notices(&s, near, "notice.offer.carer"), 1);
	CHECK_INT(scene_notices(&s, late, "notice.offer.carer"), 0);
	struct actor a = carer(&s, near), b = carer(&s, far);
	CHECK_ERR(app_offer_accept(s.app, s.a, &b, o.v[0].id, scene_at(SCENE_DAY, 933)),
		  ERR_NOT_FOUND);
	CHECK_OK(app_offer_accept(s.app, s.a, &a, o.v[0].id, scene_at(SCENE_DAY, 933)));
	struct visit v = visit(&s, id);
	CHECK(id_eq(v.carer_id, near));
	CHECK_INT(v.assignment, ASSIGNMENT_OFFER);
	CHECK_INT(scene_notices(&s, s.person_id, "notice.assigned.person"), 1);
	CHECK_OK(sql_offers_of_visit(s.db, s.a, id, &o));
	CHECK_INT(o.v[0].state, OFFER_STATE_ACCEPTED);
	CHECK_INT(o.v[1].state, OFFER_STATE_CLOSED);
	CHECK_ERR(app_offer_accept(s.app, s.a, &b, o.v[1].id, scene_at(SCENE_DAY, 934)),
		  ERR_GONE);
	scene_close(&s);
}

TEST(a_decline_is_hers_alone_and_the_next_wave_goes_out_when_all_have_declined)
{
	struct scene s;
	struct offers o, seen;
	scene_open(&s);
	for (int i = 0; i < 5; i++)
		(void)scene_carer(&s, i);
	struct id id = scene_visit(&s, SCENE_DAY, 900, 60, ID_NONE);
	watch(&s, scene_at(SCENE_DAY, 931));
	CHECK_OK(sql_offers_of_visit(s.db, s.a, id, &o));
	CHECK_INT(o.n, 3);
	size_t events = s.journal.n;
	for (size_t i = 0; i < 3; i++) {
		struct actor c = carer(&s, o.v[i].carer_id);
		CHECK_OK(app_offer_decline(s.app, s.a, &c, o.v[i].id,
					   scene_at(SCENE_DAY, 932)));
		if (i < 2) /* no event at all */
			CHECK_INT(s.journal.n, events);
	}
	CHECK_OK(sql_offers_of_visit(s.db, s.a, id, &seen));
	CHECK_INT(seen.n, 5);
	CHECK_INT(seen.v[3].wave, 2);
	CHECK_INT(seen.v[3].rank, 4);
	struct actor d = desk(s.operator_id), other = desk(s.relay_id);
	CHECK_OK(app_offers_of_visit(s.app, s.a, &d, id, scene_at(SCENE_DAY, 933), &seen));
	for (size_t i = 0; i < seen.n; i++)
		CHECK_INT(seen.v[i].state, OFFER_STATE_OPEN);
	CHECK_ERR(app_offers_of_visit(s.app, s.a, &other, id, scene_at(SCENE_DAY, 933),
				      &seen),
		  ERR_NOT_FOUND);
	scene_close(&s);
}

TEST(a_hundred_declines_change_no_ranking)
{
	struct scene s;
	struct offers o;
	struct ranking before, after;
	scene_open(&s);
	for (int i = 0; i < 3; i++)
		(void)scene_carer(&s, i);
	struct id other = scene_visit(&s, day_add(SCENE_DAY, 60), 900, 60, ID_NONE);
	struct visit v = visit(&s, other);
	ts now = scene_at(SCENE_DAY, 1000);
	CHECK_OK(app_relief_ranking(s.app, s.a, &v, true, now, &before));
	for (int d = 0; d < 33; d++) { /* three offers a day, all declined */
		struct id id = scene_visit(&s, day_add(SCENE_DAY, d), 900, 60, ID_NONE);
		watch(&s, scene_at(day_add(SCENE_DAY, d), 931));
		CHECK_OK(sql_offers_of_visit(s.db, s.a, id, &o));
		CHECK_INT(o.n, 3);
		for (size_t i = 0; i < o.n; i++) {
			struct actor c = carer(&s, o.v[i].carer_id);
			CHECK_OK(app_offer_decline(s.app, s.a, &c, o.v[i].id,
						   scene_at(day_add(SCENE_DAY, d), 932)));
		}
	}
	CHECK_OK(app_relief_ranking(s.app, s.a, &v, true, now, &after));
	CHECK_INT(before.n, 3);
	CHECK_INT(after.n, 3);
	for (size_t i = 0; i < 3; i++) {
		CHECK(id_eq(before.v[i].carer_id, after.v[i].carer_id));
		CHECK_INT(before.v[i].points, after.v[i].points);
		CHECK_INT(before.v[i].n_reasons, after.v[i].n_reasons);
	}
	scene_close(&s);
}

TEST(waves_go_on_by_their_deadlines_then_relay_operators_are_asked_and_take_the_visit)
{
	struct scene s;
	struct offers o;
	scene_open(&s);
	for (int i = 0; i < 4; i++)
		(void)scene_carer(&s, i);
	struct id id = scene_visit(&s, SCENE_DAY, 900, 60, ID_NONE);
	struct actor b = desk(s.relay_id);
	watch(&s, scene_at(SCENE_DAY, 931));
	CHECK_ERR(app_relay_take(s.app, s.a, &b, id, scene_at(SCENE_DAY, 932)), ERR_RULE);
	ts next;
	CHECK_OK(app_next_look(s.app, &next));
	CHECK(next.us <= scene_at(SCENE_DAY, 941).us);
	watch(&s, scene_at(SCENE_DAY, 941));
	CHECK_OK(sql_offers_of_visit(s.db, s.a, id, &o));
	CHECK_INT(o.n, 4);
	CHECK_INT(o.v[0].state, OFFER_STATE_EXPIRED);
	CHECK_INT(visit(&s, id).wave, 2);
	watch(&s, scene_at(SCENE_DAY, 951));
	CHECK_INT(visit(&s, id).wave, 4); /* beyond the third: the relay operators */
	CHECK_INT(scene_notices(&s, s.relay_id, "notice.relay.asked"), 1);
	CHECK_OK(app_relay_take(s.app, s.a, &b, id, scene_at(SCENE_DAY, 953)));
	struct visit v = visit(&s, id);
	CHECK(id_eq(v.operator_id, s.relay_id));
	CHECK(id_eq(v.accepted_operator_id, s.operator_id)); /* whose promise it was */
	CHECK_INT(scene_notices(&s, s.person_id, "notice.relay.person"), 1);
	CHECK_ERR(app_relay_take(s.app, s.a, &b, id, scene_at(SCENE_DAY, 954)),
		  ERR_DUPLICATE);
	scene_close(&s);
}

TEST(an_absence_declared_two_days_before_starts_the_search_without_skipping_the_watch)
{
	struct scene s;
	struct offers o;
	scene_open(&s);
	struct id ill = scene_carer(&s, 1), other = scene_carer(&s, 2);
	day d = day_add(SCENE_DAY, 2);
	struct id id = scene_visit(&s, d, 900, 60, ill);
	struct absence ab = { .carer_id = ill,
			      .from_at = scene_at(d, 0),
			      .until_at = scene_at(day_add(d, 1), 0),
			      .kind = ABSENCE_KIND_SICKNESS };
	struct actor desk_ = desk(s.operator_id);
	int uncovered;
	CHECK_OK(app_carer_absent(s.app, s.a, &desk_, &ab, scene_at(SCENE_DAY, 1000),
				  &uncovered));
	CHECK_INT(uncovered, 1);
	CHECK_OK(sql_offers_of_visit(s.db, s.a, id, &o));
	CHECK_INT(o.n, 1); /* an offer, in her hours of work */
	CHECK(id_eq(o.v[0].carer_id, other));
	CHECK(o.v[0].expires_at.us > scene_at(SCENE_DAY, 1500).us); /* time to think */
	CHECK(visit(&s, id).step < STEP_RIGHT);
	struct actor a = carer(&s, other);
	CHECK_OK(app_offers_of_carer(s.app, s.a, &a, scene_at(SCENE_DAY, 1001), &o));
	CHECK_INT(o.n, 1);
	CHECK_OK(app_offer_accept(s.app, s.a, &a, o.v[0].id, scene_at(SCENE_DAY, 1001)));
	CHECK(id_eq(visit(&s, id).carer_id, other));
	scene_close(&s);
}

TEST(a_yes_that_the_law_has_overtaken_is_refused)
{
	struct scene s;
	struct offers o;
	scene_open(&s);
	struct id c = scene_carer(&s, 1);
	struct id id = scene_visit(&s, SCENE_DAY, 900, 60, ID_NONE);
	watch(&s, scene_at(SCENE_DAY, 931));
	CHECK_OK(sql_offers_of_visit(s.db, s.a, id, &o));
	CHECK_INT(o.n, 1);
	(void)scene_visit(&s, SCENE_DAY, 930, 60,
			  c); /* meanwhile the desk gave her another */
	struct actor a = carer(&s, c);
	CHECK_ERR(app_offer_accept(s.app, s.a, &a, o.v[0].id, scene_at(SCENE_DAY, 933)),
		  ERR_RULE);
	struct why_nots w;
	struct visit v = visit(&s, id);
	CHECK_OK(app_relief_why_not(s.app, s.a, &v, true, scene_at(SCENE_DAY, 933), &w));
	CHECK_INT(w.n, 1);
	CHECK_INT(w.v[0].e.blockers, 1u << BLOCK_HOURS);
	scene_close(&s);
}

TEST(the_desk_cannot_give_care_of_the_body_to_whom_has_lost_her_proof)
{
	struct scene s;
	scene_open(&s);
	struct id c = scene_carer(&s, 1);
	struct id id = scene_visit(&s, day_add(SCENE_DAY, 1), 900, 60, ID_NONE);
	struct actor d = desk(s.operator_id);
	ts now = scene_at(SCENE_DAY, 1000);
	struct qualification q = { .carer_id = c,
				   .kind = QUALIFICATION_KIND_DIPLOME,
				   .territory = S("76"),
				   .state = QUALIFICATION_STATE_REVOKED,
				   .issued_on = day_of(2020, 1, 1),
				   .expires_on = DAY_NONE };
	CHECK_OK(app_carer_qualify(s.app, s.a, &ACTOR_SYSTEM, &q, now));
	CHECK_ERR(app_visit_assign(s.app, s.a, &d, id, c, ASSIGNMENT_PLANNING, (str){ 0 },
				   -1, now),
		  ERR_RULE);
	q.state = QUALIFICATION_STATE_UNKNOWN;
	q.issued_on = SCENE_DAY; /* nobody has looked at it: thirty days */
	CHECK_OK(app_carer_qualify(s.app, s.a, &ACTOR_SYSTEM, &q, now));
	CHECK_OK(app_visit_assign(s.app, s.a, &d, id, c, ASSIGNMENT_PLANNING, (str){ 0 },
				  -1, now));
	struct id far = scene_visit(&s, day_add(SCENE_DAY, 31), 900, 60, ID_NONE);
	CHECK_ERR(app_visit_assign(s.app, s.a, &d, far, c, ASSIGNMENT_PLANNING, (str){ 0 },
				   -1, now),
		  ERR_RULE);
	scene_close(&s);
}

TEST(a_coordinator_is_proposed_the_uncovered_visits_of_a_day)
{
	struct scene s;
	struct day_proposal p;
	scene_open(&s);
	struct id c = scene_carer(&s, 1);
	day d = day_add(SCENE_DAY, 1);
	(void)scene_visit(&s, d, 900, 60, ID_NONE);
	(void)scene_visit(&s, d, 930, 60, ID_NONE);
	(void)scene_visit(&s, d, 1100, 60, c);
	struct actor own = desk(s.operator_id), other = desk(s.relay_id);
	CHECK_ERR(app_propose_day(s.app, s.a, &other, s.operator_id, S("76"), d,
				  scene_at(SCENE_DAY, 1000), &p),
		  ERR_NOT_FOUND);
	CHECK_OK(app_propose_day(s.app, s.a, &own, s.operator_id, S("76"), d,
				 scene_at(SCENE_DAY, 1000), &p));
	CHECK_INT(p.visits.n, 2);
	CHECK_INT(p.covered, 1); /* she cannot be in two homes at once */
	CHECK(id_eq(p.assigned[0].carer_id, c));
	scene_close(&s);
}
