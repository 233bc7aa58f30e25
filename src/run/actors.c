/* actors.c - see actors.h.  A heap of acts by time; each act is one call of a use case. */
#include "run/actors.h"

#include "base/rng.h"

#include <stdlib.h>

enum act_kind {
	ACT_IN,
	ACT_OUT,
	ACT_LATE,
	ACT_DOOR,
	ACT_ABSENT,
	ACT_ATTEST,
	ACT_CANCEL,
	ACT_CORRECT,
	ACT_CALLS,
	ACT_DESK,
	ACT_DRAW
};

struct act {
	ts at;
	uint64_t order; /* ties keep the order of drawing */
	enum act_kind kind;
	struct id visit_id, carer_id;
	ts claimed_at, until_at;
	int minutes;
	enum proof proof;
	bool is_signed;
};

struct actors {
	uint64_t seed;
	char territory[4];
	struct act *heap;
	size_t n, cap;
	uint64_t count;
	day drawn_on;
	int64_t refused;
};

struct actors *actors_new(uint64_t seed, str territory)
{
	struct actors *x = calloc(1, sizeof *x);
	if (!x)
		die("out of memory: actors");
	ASSERT(territory.n < sizeof x->territory);
	memcpy(x->territory, territory.p, territory.n);
	x->seed = seed;
	x->drawn_on = DAY_NONE;
	return x;
}

void actors_free(struct actors *x)
{
	if (!x)
		return;
	free(x->heap);
	free(x);
}

int64_t actors_refused(const struct actors *x)
{
	return x->refused;
}

ts actors_next(const struct actors *x)
{
	return x->n ? x->heap[0].at : TS_NEVER;
}

static bool sooner(const struct act *a, const struct act *b)
{
	return a->at.us != b->at.us ? a->at.us < b->at.us : a->order < b->order;
}

static void add(struct actors *x, struct act act)
{
	if (x->n == x->cap) {
		x->cap = x->cap ? x->cap * 2 : 1024;
		x->heap = realloc(x->heap, x->cap * sizeof *x->heap);
		if (!x->heap)
			die("out of memory: actors");
	}
	act.order = x->count++;
	size_t i = x->n++;
	while (i && sooner(&act, &x->heap[(i - 1) / 2])) {
		x->heap[i] = x->heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	x->heap[i] = act;
}

static struct act take(struct actors *x)
{
	struct act top = x->heap[0], last = x->heap[--x->n];
	size_t i = 0;
	for (;;) {
		size_t k = 2 * i + 1;
		if (k >= x->n)
			break;
		if (k + 1 < x->n && sooner(&x->heap[k + 1], &x->heap[k]))
			k++;
		if (!sooner(&x->heap[k], &last))
			break;
		x->heap[i] = x->heap[k];
		i = k;
	}
	if (x->n)
		x->heap[i] = last;
	return top;
}

static struct rng rng_of(const struct actors *x, struct id id, uint64_t what)
{
	return rng_init(x->seed ^ id.hi * 0x9e3779b97f4a7c15u ^ id.lo, what);
}

/* --- what kind of service it is: one is failing, drawn from the ids themselves */

struct temper {
	int no_show; /* in 1000 visits */
	int found;   /* in 100 uncovered visits, the desk finds somebody */
	int absence; /* in 1000 carer-days */
};

static struct temper temper_of(const struct actors *x, struct id operator_id)
{
	struct rng r = rng_of(x, operator_id, 7);
	uint64_t kind = rng_below(&r, 100);
	if (kind < 9)
		return (struct temper){ 45, 20, 160 }; /* failing */
	if (kind < 40)
		return (struct temper){ 6, 70, 118 };
	return (struct temper){ 2, 88, 98 };
}

/* Absences come in spells: a spell of up to 9 days that began on one of the days before. */
static bool is_absent(const struct actors *x, struct id carer_id, struct temper t, day d,
		      bool *ret_first)
{
	bool absent = false, before = false;
	for (int back = 0; back < 9; back++) {
		struct rng r = rng_of(x, carer_id, 100000 + (uint64_t)(d.d - back));
		bool summer = day_civil(day_add(d, -back)).month == 8;
		if (!rng_chance(&r, (uint64_t)(t.absence * (summer ? 3 : 2)) / 2, 4300))
			continue;
		int length = (int)rng_range(&r, 1, 8);
		if (back < length)
			absent = true;
		if (back >= 1 && back - 1 < length)
			before = true;
	}
	*ret_first = absent && !before;
	return absent;
}

/* --- one day is drawn when it begins */

struct draw {
	struct actors *x;
	const struct zone *zone;
	day day;
	struct id absent_seen[4096];
	size_t absent_count;
};

static void draw_absence(struct draw *d, const struct visit *v)
{
	struct actors *x = d->x;
	for (size_t i = 0; i < d->absent_count; i++)
		if (id_eq(d->absent_seen[i], v->carer_id))
			return;
	if (d->absent_count < sizeof d->absent_seen / sizeof *d->absent_seen)
		d->absent_seen[d->absent_count++] = v->carer_id;
	struct rng r = rng_of(x, v->carer_id, 200000 + (uint64_t)d->day.d);
	add(x, (struct act){ .kind = ACT_ABSENT,
			     .at = zone_ts(d->zone, d->day, (int)rng_range(&r, 370, 440)),
			     .carer_id = v->carer_id,
			     .until_at = zone_ts(d->zone, day_add(d->day, 1), 0) });
}

static enum proof draw_proof(struct rng *r)
{
	uint64_t p = rng_below(r, 100);
	return p < 62   ? PROOF_TAG
	       : p < 78 ? PROOF_LANDLINE
	       : p < 90 ? PROOF_CODE
			: PROOF_MANUAL;
}

static int draw_late(struct rng *r)
{
	uint64_t p = rng_below(r, 1000);
	if (p < 25)
		return (int)rng_range(r, 31, 70);
	if (p < 90)
		return (int)rng_range(r, 16, 30);
	if (p < 250)
		return (int)rng_range(r, 6, 15);
	return (int)rng_range(r, -9, 5);
}

static void draw_served(struct draw *d, const struct visit *v, struct rng *r)
{
	struct actors *x = d->x;
	int late = draw_late(r);
	int promised = visit_minutes(v);
	ts in = ts_add_s(ts_add_min(v->start_at, late), rng_range(r, 0, 59));
	int stays = promised + (int)rng_range(r, -4, 6);
	if (rng_chance(r, 3, 100))
		stays = promised * (int)rng_range(r, 50, 85) / 100;
	ts out = ts_add_s(ts_add_min(in, stays), rng_range(r, 0, 59));
	if (late > 15 && rng_chance(r, 6, 10))
		add(x, (struct act){ .kind = ACT_LATE,
				     .at = ts_add_min(v->start_at, rng_range(r, -20, 5)),
				     .visit_id = v->id,
				     .carer_id = v->carer_id,
				     .minutes = late });
	bool offline = rng_chance(r, 5, 100);
	int64_t hold = offline ? rng_range(r, 20, 300) : 0;
	enum proof proof = draw_proof(r);
	add(x, (struct act){ .kind = ACT_IN,
			     .at = ts_add_min(in, hold),
			     .visit_id = v->id,
			     .carer_id = v->carer_id,
			     .claimed_at = in,
			     .proof = proof,
			     .is_signed = true });
	if (rng_chance(r, 985, 1000))
		add(x, (struct act){ .kind = ACT_OUT,
				     .at = ts_add_min(out, hold),
				     .visit_id = v->id,
				     .carer_id = v->carer_id,
				     .claimed_at = out,
				     .proof = proof,
				     .is_signed = true });
}

static bool draw_visit(void *ctx, const struct visit *v)
{
	struct draw *d = ctx;
	struct actors *x = d->x;
	struct rng r = rng_of(x, v->id, 1);
	if (v->state != VISIT_STATE_PLANNED)
		return true;
	if (rng_chance(&r, 4, 1000)) {
		add(x, (struct act){ .kind = ACT_CANCEL,
				     .at = ts_add_min(v->start_at, -rng_range(&r, 90, 600)),
				     .visit_id = v->id });
		return true;
	}
	bool silent_home = false;
	if (id_is(v->carer_id)) {
		struct temper t = temper_of(x, v->operator_id);
		bool first;
		if (is_absent(x, v->carer_id, t, d->day, &first)) {
			draw_absence(d, v);
			silent_home = true;
		} else if (rng_chance(&r, (uint64_t)t.no_show, 1000)) {
			silent_home = true; /* nobody comes and nobody says so */
		} else if (rng_chance(&r, 5, 1000)) {
			ts at = ts_add_min(v->start_at, rng_range(&r, 5, 15));
			add(x, (struct act){ .kind = ACT_DOOR,
					     .at = at,
					     .visit_id = v->id,
					     .carer_id = v->carer_id,
					     .claimed_at = at });
		} else if (rng_chance(&r, 6, 1000)) {
			add(x, (struct act){
				       .kind = ACT_CORRECT, /* forgot to check in */
				       .at = ts_add_min(v->end_at, rng_range(&r, 240, 900)),
				       .visit_id = v->id,
				       .carer_id = v->carer_id });
		} else {
			draw_served(d, v, &r);
		}
	} else {
		silent_home = true;
	}
	if (silent_home && rng_chance(&r, 5, 10))
		add(x, (struct act){ .kind = ACT_ATTEST,
				     .at = ts_add_min(v->end_at, rng_range(&r, 5, 180)),
				     .visit_id = v->id });
	return true;
}

static enum err draw_day(struct actors *x, struct app *app, struct arena *a, day d)
{
	const struct zone *z;
	str territory = str_of(x->territory);
	TRY(app_zone(app, territory, &z));
	struct draw *w = ARENA_NEW(a, struct draw);
	*w = (struct draw){ .x = x, .zone = z, .day = d };
	ts from = zone_ts(z, d, 0), until = zone_ts(z, day_add(d, 1), 0);
	TRY(sql_visits_of_territory(app_db(app), territory, from, until, draw_visit, w));
	add(x, (struct act){ .kind = ACT_DRAW, .at = ts_add_min(until, 1) });
	for (int m = 8 * 60; m < 19 * 60; m += 10)
		add(x, (struct act){ .kind = ACT_CALLS, .at = zone_ts(z, d, m) });
	for (int m = 6 * 60 + 30; m < 20 * 60; m += 15)
		add(x, (struct act){ .kind = ACT_DESK, .at = zone_ts(z, d, m) });
	x->drawn_on = d;
	return OK;
}

/* --- what they do */

static struct actor carer_actor(const struct act *act)
{
	return (struct actor){ .role = ROLE_CARER, .subject_id = act->carer_id };
}

/* The call desk works through the list: two tries, recorded. */
static enum err make_calls(struct actors *x, struct app *app, struct arena *a, ts now)
{
	struct notices list;
	struct actor human = { .role = ROLE_REFERENT, .territory = str_of(x->territory) };
	TRY(sql_calls_waiting(app_db(app), a, str_of(x->territory), now, 60, &list));
	for (size_t i = 0; i < list.n; i++) {
		struct rng r = rng_of(x, list.v[i].id, (uint64_t)list.v[i].tries);
		enum call_result how = rng_chance(&r, 82, 100) ? CALL_RESULT_REACHED
							       : CALL_RESULT_NO_ANSWER;
		TRY(app_call_made(app, a, &human, list.v[i].id, how, now));
	}
	return OK;
}

/* A replacement is found: she comes as soon as she can. */
static void come(struct actors *x, const struct visit *v, struct id carer_id, ts now)
{
	struct rng r = rng_of(x, v->id, 3);
	ts in = ts_max(ts_add_min(v->start_at, rng_range(&r, -5, 12)),
		       ts_add_min(now, rng_range(&r, 15, 45)));
	add(x, (struct act){ .kind = ACT_IN,
			     .at = in,
			     .visit_id = v->id,
			     .carer_id = carer_id,
			     .claimed_at = in,
			     .proof = draw_proof(&r),
			     .is_signed = true });
	ts out = ts_add_min(in, visit_minutes(v) - (int)rng_below(&r, 5));
	add(x, (struct act){ .kind = ACT_OUT,
			     .at = out,
			     .visit_id = v->id,
			     .carer_id = carer_id,
			     .claimed_at = out,
			     .proof = PROOF_TAG,
			     .is_signed = true });
}

static bool is_busy(const struct visits *theirs, ts from, ts until)
{
	for (size_t i = 0; i < theirs->n; i++) {
		const struct visit *o = &theirs->v[i];
		bool counts =
			o->state == VISIT_STATE_PLANNED || o->state == VISIT_STATE_STARTED;
		if (counts && o->start_at.us < ts_add_min(until, 15).us &&
		    o->end_at.us > ts_add_min(from, -15).us)
			return true;
	}
	return false;
}

/* The desk looks for somebody of its own for one uncovered visit. */
static enum err cover(struct actors *x, struct app *app, struct arena *a,
		      const struct visit *v, ts now)
{
	struct carers all;
	struct rng r = rng_of(x, v->id, 2);
	struct temper t = temper_of(x, v->operator_id);
	if (!rng_chance(&r, (uint64_t)t.found, 100))
		return OK;
	TRY(sql_carers_of_operator(app_db(app), a, v->operator_id, &all));
	ts from = ts_max(v->start_at, now), until = ts_add_min(from, visit_minutes(v));
	const struct zone *z;
	TRY(app_zone(app, v->territory, &z));
	for (size_t i = 0, at = all.n ? rng_below(&r, all.n) : 0; i < all.n; i++) {
		const struct carer *c = &all.v[(at + i) % all.n];
		struct visits theirs;
		bool first;
		if (is_absent(x, c->id, t, zone_day(z, now), &first))
			continue;
		TRY(sql_visits_of_carer(app_db(app), a, c->id, ts_add_min(from, -300),
					ts_add_min(until, 120), &theirs));
		if (is_busy(&theirs, from, until))
			continue;
		struct actor desk = { .role = ROLE_COORDINATOR,
				      .operator_id = v->operator_id };
		enum err e = app_visit_assign(app, a, &desk, v->id, c->id,
					      ASSIGNMENT_COORDINATOR, (str){ 0 }, -1, now);
		if (e == ERR_RULE)
			continue; /* she has not the proof that it needs */
		if (e != OK)
			return e == ERR_WRONG_STATE ? OK : e;
		come(x, v, c->id, now);
		return OK;
	}
	return OK;
}

struct uncovered {
	struct visits list;
	struct arena *a;
	ts now;
};

static bool see_uncovered(void *ctx, const struct visit *v)
{
	struct uncovered *u = ctx;
	if (!id_is(v->carer_id) && id_is(v->operator_id) &&
	    v->state == VISIT_STATE_PLANNED && v->end_at.us > u->now.us) {
		struct visit *p = ARENA_PUSH(u->a, &u->list);
		*p = *v;
		p->territory = str_dup(u->a, v->territory);
	}
	return u->list.n < 200;
}

/* The desks look at what is uncovered in the next two hours. */
static enum err work_desks(struct actors *x, struct app *app, struct arena *a, ts now)
{
	struct uncovered u = { .a = a, .now = now };
	TRY(sql_visits_of_territory(app_db(app), str_of(x->territory), ts_add_min(now, 105),
				    ts_add_min(now, 120), see_uncovered, &u));
	TRY(sql_visits_of_territory(app_db(app), str_of(x->territory), ts_add_min(now, -60),
				    ts_add_min(now, 60), see_uncovered, &u));
	for (size_t i = 0; i < u.list.n; i++)
		TRY(cover(x, app, a, &u.list.v[i], now));
	return OK;
}

static enum err check_in(struct app *app, struct arena *a, const struct act *act, ts now)
{
	struct actor by = carer_actor(act);
	struct check_in c = { .carer_id = act->carer_id,
			      .proof = act->proof,
			      .claimed_at = act->claimed_at,
			      .is_signed = act->is_signed };
	struct visit v;
	return app_check_in(app, a, &by, act->visit_id, &c, now, &v);
}

static enum err check_out(struct app *app, struct arena *a, const struct act *act, ts now)
{
	struct actor by = carer_actor(act);
	struct check_out c = { .carer_id = act->carer_id,
			       .proof = act->proof,
			       .claimed_at = act->claimed_at,
			       .is_signed = act->is_signed };
	struct visit v;
	return app_check_out(app, a, &by, act->visit_id, &c, now, &v);
}

static enum err correct(struct app *app, struct arena *a, const struct act *act, ts now)
{
	struct visit v;
	TRY(sql_visit_get(app_db(app), a, act->visit_id, &v));
	struct actor desk = { .role = ROLE_COORDINATOR, .operator_id = v.operator_id };
	return app_visit_correct(app, a, &desk, v.id, v.start_at, v.end_at,
				 CORRECTION_REASON_FORGOT_CHECK_IN, (str){ 0 }, now);
}

static enum err as_person(struct app *app, struct arena *a, const struct act *act, ts now)
{
	struct visit v;
	TRY(sql_visit_get(app_db(app), a, act->visit_id, &v));
	struct actor by = { .role = ROLE_PERSON, .subject_id = v.person_id };
	if (act->kind == ACT_CANCEL)
		return app_visit_cancel(app, a, &by, v.id, CAUSE_PERSON_ABSENT, (str){ 0 },
					now);
	if (v.state != VISIT_STATE_MISSED && v.state != VISIT_STATE_PLANNED)
		return OK; /* somebody came after all */
	return app_attest(app, a, &by, v.id, ATTESTATION_NOBODY, PROOF_LANDLINE, now);
}

static enum err do_act(struct actors *x, struct app *app, struct arena *a,
		       const struct act *act, ts now)
{
	struct actor by = carer_actor(act);
	switch (act->kind) {
	case ACT_IN: return check_in(app, a, act, now);
	case ACT_OUT: return check_out(app, a, act, now);
	case ACT_LATE:
		return app_announce_late(app, a, &by, act->visit_id, act->minutes,
					 CAUSE_NONE, now);
	case ACT_DOOR: return app_door(app, a, &by, act->visit_id, act->claimed_at, now);
	case ACT_ABSENT: {
		struct absence s = { .carer_id = act->carer_id,
				     .from_at = now,
				     .until_at = act->until_at,
				     .kind = ABSENCE_KIND_SICKNESS };
		int uncovered;
		struct actor desk = ACTOR_SYSTEM;
		return app_carer_absent(app, a, &desk, &s, now, &uncovered);
	}
	case ACT_CANCEL:
	case ACT_ATTEST: return as_person(app, a, act, now);
	case ACT_CORRECT: return correct(app, a, act, now);
	case ACT_CALLS: return make_calls(x, app, a, now);
	case ACT_DESK: return work_desks(x, app, a, now);
	case ACT_DRAW: return OK; /* the day is drawn by actors_act() */
	}
	return OK;
}

/* Refusals by a rule are part of life; anything else stops the caller. */
static bool is_refusal(enum err e)
{
	return e == ERR_WRONG_STATE || e == ERR_FORBIDDEN || e == ERR_INPUT ||
	       e == ERR_DUPLICATE || e == ERR_GONE || e == ERR_RULE || e == ERR_NOT_FOUND ||
	       e == ERR_CONFLICT;
}

enum err actors_act(struct actors *x, struct app *app, ts now)
{
	CLEAN_ARENA struct arena *a = arena_new((size_t)512 << 20);
	const struct zone *z;
	TRY(app_zone(app, str_of(x->territory), &z));
	if (x->drawn_on.d < zone_day(z, now).d) {
		TRY(draw_day(x, app, a, zone_day(z, now)));
		arena_clear(a);
	}
	while (x->n && x->heap[0].at.us <= now.us) {
		struct act act = take(x);
		enum err e = do_act(x, app, a, &act, act.at);
		if (is_refusal(e))
			x->refused++;
		else if (e != OK)
			return e;
		arena_clear(a);
	}
	return OK;
}
