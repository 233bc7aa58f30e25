/* The bilan of a month over the real rows: published when it closes, contested, replied to,
 * final after the delay, and published again when facts change. */
#include "app/bilan.h"
#include "domain/account/render.h"
#include "scene.h"
#include "test.h"

struct edition {
	int64_t edition, state;
	str body, reply;
	struct id id;
};

static struct edition last(struct scene *s, struct id operator_id)
{
	struct sql_bilan_last_row row;
	if (sql_bilan_last(s->db, s->a, S("76"), S("2026-11"), operator_id, &row) != OK)
		return (struct edition){ 0 };
	return (struct edition){ row.edition, row.state, row.body, row.reply, row.id };
}

static void watch(struct scene *s, day d, int hhmm)
{
	int handled = 0;
	CHECK_OK(app_bilan_watch(s->app, scene_at(d, hhmm), &handled));
}

static struct facts_closed *compute(struct scene *s, ts now)
{
	struct bilan_scope scope = { S("76"), S("2026-11"), NULL };
	struct facts_closed *c;
	CHECK_OK(app_zone(s->app, scope.territory, &scope.zone));
	CHECK_OK(bilan_compute(s->db, s->a, &scope, now, &c));
	return c;
}

/* Two visits missed and one of the last minute of the month; nothing of December. */
static void some_visits(struct scene *s)
{
	struct id carer = scene_carer(s, 2);
	scene_visit(s, SCENE_DAY, 900, 60, carer);
	scene_visit(s, day_of(2026, 11, 30), 2359, 30, carer);
	scene_visit(s, day_of(2026, 12, 1), 0, 60, carer);
	scene_visit(s, day_of(2026, 10, 31), 2359, 60, carer);
}

TEST(a_month_holds_the_visits_of_its_local_days)
{
	struct scene s;
	scene_open(&s);
	some_visits(&s);
	struct facts_closed *c = compute(&s, scene_at(day_of(2026, 12, 3), 0));
	const int64_t *v = c->own.lines[0].f.v;
	CHECK_INT(v[FIG_V_ASKED], 2);
	CHECK_INT(v[FIG_V_MISSED_ABSENCE], 2);
	CHECK_INT(v[FIG_S_ASKED], 90 * 60);
	CHECK_INT(v[FIG_PERSONS], 1);
	CHECK(c->is_withheld); /* one person: nothing of it is public */
	CHECK(c->n == 0);
	scene_close(&s);
}

TEST(in_an_open_month_what_is_still_to_come_is_in_no_other_figure)
{
	struct scene s;
	scene_open(&s);
	some_visits(&s);
	struct facts_closed *c = compute(&s, scene_at(day_of(2026, 11, 20), 0));
	const int64_t *v = c->own.lines[0].f.v;
	CHECK_INT(v[FIG_V_ASKED], 1);
	CHECK_INT(v[FIG_V_AWAITED], 1);
	CHECK_INT(v[FIG_S_ASKED], 3600);
	scene_close(&s);
}

TEST(a_bilan_is_published_on_the_second_day_and_final_fifteen_days_later)
{
	struct scene s;
	scene_open(&s);
	some_visits(&s);
	watch(&s, day_of(2026, 12, 1), 2359);
	CHECK_INT(last(&s, ID_NONE).edition, 0);
	watch(&s, day_of(2026, 12, 2), 0);
	struct edition e = last(&s, ID_NONE);
	CHECK_INT(e.edition, 1);
	CHECK_INT(e.state, BILAN_STATE_PROVISIONAL);
	CHECK_INT(last(&s, s.operator_id).edition, 1);
	CHECK_INT(scene_count(&s, EV_BILAN_PUBLISHED), 2);
	watch(&s, day_of(2026, 12, 2), 1); /* nothing twice */
	watch(&s, day_of(2026, 12, 16), 2359);
	CHECK_INT(last(&s, ID_NONE).edition, 1);
	ts next;
	CHECK_OK(app_bilan_next(s.app, &next));
	CHECK(next.us == scene_at(day_of(2026, 12, 17), 0).us);
	watch(&s, day_of(2026, 12, 17), 0);
	CHECK_INT(last(&s, ID_NONE).edition, 2);
	CHECK_INT(last(&s, ID_NONE).state, BILAN_STATE_FINAL);
	CHECK_OK(app_bilan_next(s.app, &next));
	CHECK(next.us == TS_NEVER.us);
	struct facts_closed *c = compute(&s, scene_at(day_of(2026, 12, 20), 0));
	CHECK_INT(c->bilan.edition, 2); /* what is computed is what was published */
	CHECK_INT(c->bilan.state, BILAN_STATE_FINAL);
	scene_close(&s);
}

TEST(the_event_of_an_edition_commits_to_its_body)
{
	struct scene s;
	scene_open(&s);
	some_visits(&s);
	watch(&s, day_of(2026, 12, 2), 0);
	for (size_t i = 0; i < s.journal.n; i++) {
		const struct event *ev = &s.journal.v[i];
		if (ev->kind != EV_BILAN_PUBLISHED)
			continue;
		struct hash h = sha256(last(&s, ev->u.bilan_published.operator_id).body);
		CHECK(hash_eq(&h, &ev->u.bilan_published.body_hash));
		CHECK_INT(ev->version, 1);
	}
	scene_close(&s);
}

TEST(an_operator_contests_and_replies_to_its_own_bilan_only)
{
	struct scene s;
	scene_open(&s);
	some_visits(&s);
	watch(&s, day_of(2026, 12, 2), 0);
	struct id mine = last(&s, s.operator_id).id;
	struct actor me = { .role = ROLE_COORDINATOR,
			    .operator_id = s.operator_id,
			    .territory = S("76") };
	struct actor other = me;
	other.operator_id = s.relay_id;
	ts now = scene_at(day_of(2026, 12, 5), 1000);
	CHECK_ERR(app_bilan_contest(s.app, s.a, &other, mine, now), ERR_NOT_FOUND);
	CHECK_ERR(app_bilan_contest(s.app, s.a, &me, last(&s, ID_NONE).id, now),
		  ERR_NOT_FOUND);
	CHECK_ERR(app_bilan_reply(s.app, s.a, &me, mine, S(""), now), ERR_INPUT);
	CHECK_OK(app_bilan_contest(s.app, s.a, &me, mine, now));
	CHECK_ERR(app_bilan_contest(s.app, s.a, &me, mine, now), ERR_DUPLICATE);
	CHECK_OK(app_bilan_reply(s.app, s.a, &me, mine, S("Grippe de novembre."), now));
	CHECK_ERR(app_bilan_reply(s.app, s.a, &me, mine, S("encore"), now), ERR_DUPLICATE);
	CHECK_INT(scene_count(&s, EV_BILAN_CONTESTED), 1);
	CHECK_INT(scene_count(&s, EV_BILAN_REPLIED), 1);
	watch(&s, day_of(2026, 12, 17), 0);
	struct edition e = last(&s, s.operator_id);
	CHECK_INT(last(&s, ID_NONE).state, BILAN_STATE_CONTESTED);
	CHECK(str_find(e.body, S("Grippe de novembre.")) != SIZE_MAX);
	CHECK_ERR(app_bilan_contest(s.app, s.a, &me, e.id, now), ERR_DUPLICATE);
	scene_close(&s);
}

TEST(facts_that_change_after_the_final_edition_make_one_more)
{
	struct scene s;
	scene_open(&s);
	some_visits(&s);
	watch(&s, day_of(2026, 12, 2), 0);
	watch(&s, day_of(2026, 12, 17), 0);
	struct visit v;
	struct id id = { 9, (uint64_t)day_of(2026, 11, 30).d * 10000 + 2359 };
	CHECK_OK(sql_visit_get(s.db, s.a, id, &v));
	v.state = VISIT_STATE_ENDED;
	v.started_at = v.started_recorded_at = v.start_at;
	v.ended_at = v.ended_recorded_at = v.end_at;
	CHECK_OK(sql_visit_update(s.db, &v));
	struct facts_closed *c = compute(&s, scene_at(day_of(2026, 12, 20), 0));
	CHECK_INT(c->own.lines[0].f.v[FIG_V_DONE], 1);
	scene_close(&s);
}

TEST(a_month_that_is_none_and_a_territory_unknown_are_refused)
{
	struct scene s;
	scene_open(&s);
	struct bilan_scope scope = { S("76"), S("2026-13"), NULL };
	struct facts_closed *c;
	CHECK_OK(app_zone(s.app, S("76"), &scope.zone));
	static const char *const bad[] = { "2026-13", "2026-00", "2026-1",
					   "202611",  "abcd-ef", "" };
	for (size_t i = 0; i < 6; i++) {
		scope.month = str_of(bad[i]);
		CHECK_ERR(bilan_compute(s.db, s.a, &scope, TS_NEVER, &c), ERR_INPUT);
	}
	scope.month = S("2026-11");
	scope.territory = S("99");
	CHECK_ERR(bilan_compute(s.db, s.a, &scope, TS_NEVER, &c), ERR_NOT_FOUND);
	scene_close(&s);
}

TEST(a_person_reads_every_figure_of_her_own_month)
{
	struct scene s;
	scene_open(&s);
	some_visits(&s);
	struct bilan_scope scope = { S("76"), S("2026-11"), NULL };
	struct bilan b;
	CHECK_OK(app_zone(s.app, S("76"), &scope.zone));
	CHECK_OK(bilan_person(s.db, s.a, &scope, s.person_id,
			      scene_at(day_of(2026, 12, 3), 0), &b));
	CHECK_INT(b.lines[0].f.v[FIG_V_ASKED], 2);
	CHECK_OK(bilan_person(s.db, s.a, &scope, s.relay_id,
			      scene_at(day_of(2026, 12, 3), 0), &b));
	CHECK_INT(b.lines[0].f.v[FIG_V_ASKED], 0); /* nobody else's */
	scene_close(&s);
}
