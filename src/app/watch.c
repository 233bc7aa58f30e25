/* watch.c - everything that becomes true without anybody acting. */
#include "app/app_impl.h"
#include "app/bilan.h"
#include "app/relief.h"
#include "app/signalement.h"

#include <stdlib.h>

enum { PLACES_MAX = 128, FREEZE_SLOTS = 16384 };

/* --- the freeze: day D is promised at D-1 00:00 local, one batch per operator */

struct batch {
	struct id operator_id; /* none: sans opérateur */
	int visits, without_carer;
	int64_t minutes;
	struct hash digest;
	bool used;
};

struct freeze {
	struct batch *slots;
	size_t n;
};

static struct batch *batch_of(struct freeze *f, struct id operator_id)
{
	size_t i = (size_t)((operator_id.lo ^ operator_id.hi * 31) % FREEZE_SLOTS);
	while (f->slots[i].used && !id_eq(f->slots[i].operator_id, operator_id))
		i = (i + 1) % FREEZE_SLOTS;
	if (!f->slots[i].used) {
		ASSERT(++f->n < FREEZE_SLOTS);
		f->slots[i].used = true;
		f->slots[i].operator_id = operator_id;
	}
	return &f->slots[i];
}

static bool freeze_one(void *ctx, const struct visit *v)
{
	uint8_t rec[16 + 16 + 8 + 8];
	if (v->state != VISIT_STATE_PLANNED || ts_is(v->frozen_at))
		return true;
	struct batch *b = batch_of(ctx, v->accepted_operator_id);
	b->visits++;
	b->minutes += visit_minutes(v);
	b->without_carer += !id_is(v->carer_id);
	id_bytes(v->id, rec);
	id_bytes(v->carer_id, rec + 16);
	for (int i = 0; i < 8; i++) {
		rec[32 + i] = (uint8_t)((uint64_t)v->start_at.us >> (56 - 8 * i));
		rec[40 + i] = (uint8_t)((uint64_t)v->end_at.us >> (56 - 8 * i));
	}
	str parts[2] = { { (const char *)b->digest.b, sizeof b->digest.b },
			 { (const char *)rec, sizeof rec } };
	b->digest = sha256_parts(parts, 2); /* a chain: order and content both count */
	return true;
}

static enum err freeze_append(struct app *app, struct arena *a, const struct app_place *pl,
			      day d, const struct batch *b, ts now)
{
	struct id who = id_is(b->operator_id) ? b->operator_id : pl->id;
	TRY(sql_day_batch_put(app_db(app), who, d, pl->territory, b->visits, b->minutes,
			      b->without_carer, b->digest, now));
	struct event e = {
		.kind = EV_DAY_FROZEN, .at = now, .subject = who, .version = d.d
	};
	e.u.day_frozen.territory = pl->territory;
	e.u.day_frozen.day = d;
	e.u.day_frozen.visits = b->visits;
	e.u.day_frozen.minutes = b->minutes;
	e.u.day_frozen.without_carer = b->without_carer;
	e.u.day_frozen.digest = b->digest;
	return app_append(app, a, &ACTOR_SYSTEM, pl->territory, &e);
}

static int by_operator(const void *x, const void *y)
{
	return id_cmp(((const struct batch *)x)->operator_id,
		      ((const struct batch *)y)->operator_id);
}

static enum err freeze_day(struct app *app, struct arena *a, const struct app_place *pl,
			   day d, ts now)
{
	ts from = zone_ts(pl->zone, d, 0), until = zone_ts(pl->zone, day_add(d, 1), 0);
	struct freeze f = { .slots = ARENA_ARRAY(a, struct batch, FREEZE_SLOTS) };
	TRY(sql_visits_of_territory(app_db(app), pl->territory, from, until, freeze_one,
				    &f));
	size_t n = 0;
	for (size_t i = 0; i < FREEZE_SLOTS; i++)
		if (f.slots[i].used)
			f.slots[n++] = f.slots[i];
	qsort(f.slots, n, sizeof *f.slots, by_operator);
	for (size_t i = 0; i < n; i++)
		TRY(freeze_append(app, a, pl, d, &f.slots[i], now));
	int64_t stamped;
	TRY(sql_visits_freeze(app_db(app), now, app_policy_version(app), 1, pl->territory,
			      from, until, &stamped));
	TRY(sql_meta_set(app_db(app), str_fmt(a, "frozen.%" PRIstr, STR(pl->territory)),
			 str_fmt(a, "%d", (int)d.d)));
	app_place_frozen(app, pl->territory, d);
	return OK;
}

enum err app_place_of(struct app *app, struct arena *a, str territory,
		      struct app_place *ret)
{
	struct app_place places[PLACES_MAX];
	size_t n;
	TRY(app_places(app, places, PLACES_MAX, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(places[i].territory, territory))
			continue;
		if (places[i].frozen_on.d == INT32_MIN) {
			struct sql_meta_get_row row;
			int64_t d;
			enum err e = sql_meta_get(
				app_db(app), a,
				str_fmt(a, "frozen.%" PRIstr, STR(territory)), &row);
			if (e == OK && str_int(row.value, &d) == OK) {
				places[i].frozen_on = (day){ (int32_t)d };
				app_place_frozen(app, territory, places[i].frozen_on);
			} else if (e != OK && e != ERR_NOT_FOUND) {
				return e;
			}
		}
		*ret = places[i];
		return OK;
	}
	return ERR_NOT_FOUND;
}

static enum err freeze_due(struct app *app, struct arena *a, ts now, int *handled)
{
	struct app_place places[PLACES_MAX];
	size_t n;
	TRY(app_places(app, places, PLACES_MAX, &n));
	for (size_t i = 0; i < n; i++) {
		struct app_place pl;
		TRY(app_place_of(app, a, places[i].territory, &pl));
		day tomorrow = day_add(zone_day(pl.zone, now), 1);
		day from = pl.frozen_on.d == INT32_MIN ? zone_day(pl.zone, now)
						       : day_add(pl.frozen_on, 1);
		/* a platform that slept for long does not promise the past */
		if (from.d < tomorrow.d - 31)
			from = day_add(tomorrow, -31);
		for (day d = from; d.d <= tomorrow.d; d = day_add(d, 1), (*handled)++) {
			struct arena_mark m = arena_mark(a);
			TRY(freeze_day(app, a, &pl, d, now));
			arena_reset(a, m);
		}
	}
	return OK;
}

/* --- what is due */

static int by_harm(const void *x, const void *y)
{
	const struct sql_visit_due_row *p = x, *q = y;
	if (p->harm != q->harm)
		return p->harm < q->harm ? -1 : 1;
	return ts_cmp(p->look_at, q->look_at);
}

static enum err visits_due(struct app *app, struct arena *a, ts now, int limit,
			   int *handled)
{
	struct sql_visit_due_rows rows;
	TRY(sql_visit_due(app_db(app), a, now, limit, &rows));
	if (rows.n)
		qsort(rows.v, rows.n, sizeof *rows.v, by_harm);
	for (size_t i = 0; i < rows.n; i++, (*handled)++) {
		struct arena_mark m = arena_mark(a);
		TRY(app_visit_watch(app, a, rows.v[i].id, now));
		arena_reset(a, m);
	}
	return OK;
}

static enum err requests_due(struct app *app, struct arena *a, ts now, int limit,
			     int *handled)
{
	struct sql_request_due_rows rows;
	TRY(sql_request_due(app_db(app), a, now, limit, &rows));
	for (size_t i = 0; i < rows.n; i++, (*handled)++) {
		struct arena_mark m = arena_mark(a);
		TRY(app_request_watch(app, a, rows.v[i].id, now));
		arena_reset(a, m);
	}
	return OK;
}

enum err app_watch(struct app *app, ts now, int limit, int *ret_handled)
{
	CLEAN_ARENA struct arena *a = arena_new((size_t)256 << 20);
	int handled = 0;
	if (app_clock_doubt(app)) { /* nothing is established on a doubtful hour */
		*ret_handled = 0;
		return OK;
	}
	TRY(freeze_due(app, a, now, &handled));
	TRY(visits_due(app, a, now, limit, &handled));
	TRY(app_relief_due(app, a, now, limit, &handled));
	TRY(app_signalements_due(app, a, now, limit, &handled));
	TRY(requests_due(app, a, now, limit, &handled));
	TRY(app_bilan_watch(app, now, &handled));
	*ret_handled = handled;
	return OK;
}

enum err app_next_look(struct app *app, ts *ret)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct sql_visit_next_look_row v;
	struct sql_request_next_look_row r;
	ts at = TS_NEVER;
	enum err e = sql_visit_next_look(app_db(app), a, &v);
	if (e == OK)
		at = ts_min(at, v.look_at);
	else if (e != ERR_NOT_FOUND)
		return e;
	e = sql_request_next_look(app_db(app), a, &r);
	if (e == OK)
		at = ts_min(at, r.look_at);
	else if (e != ERR_NOT_FOUND)
		return e;
	struct sql_offer_next_expiry_row o;
	e = sql_offer_next_expiry(app_db(app), a, &o);
	if (e == OK)
		at = ts_min(at, o.expires_at);
	else if (e != ERR_NOT_FOUND)
		return e;
	struct sql_signalement_next_look_row s;
	e = sql_signalement_next_look(app_db(app), a, &s);
	if (e == OK)
		at = ts_min(at, s.look_at);
	else if (e != ERR_NOT_FOUND)
		return e;
	struct app_place places[PLACES_MAX];
	size_t n;
	TRY(app_places(app, places, PLACES_MAX, &n));
	for (size_t i = 0; i < n; i++) {
		struct app_place pl;
		TRY(app_place_of(app, a, places[i].territory, &pl));
		at = ts_min(at, pl.frozen_on.d == INT32_MIN
					? TS_NONE
					: zone_ts(pl.zone, pl.frozen_on, 0));
	}
	ts bilan;
	TRY(app_bilan_next(app, &bilan));
	*ret = ts_min(at, bilan);
	return OK;
}
