/* app.c - the state that every use case needs: ports, zones, policy. */
#include "app/app_impl.h"

#include <stdlib.h>

enum { ZONES_MAX = 128 };

struct app {
	struct app_ports ports;
	struct arena *keep; /* zones: they live as long as the app */
	struct arena *policy_keep;
	struct policy_rows policies;
	int policy_version;
	struct {
		str territory;
		struct id id;
		const struct zone *zone;
		day frozen_on; /* last day frozen */
	} places[ZONES_MAX];
	size_t place_count;
	struct span outage;
	bool clock_doubt;
};

enum err app_new(const struct app_ports *ports, struct app **ret)
{
	struct app *app = calloc(1, sizeof *app);
	if (!app)
		die("out of memory: app");
	app->ports = *ports;
	app->keep = arena_new((size_t)16 << 20);
	app->policy_keep = arena_new((size_t)16 << 20);
	app->ports.id_key = str_dup(app->keep, ports->id_key);
	enum err e = app_policy_reload(app);
	if (e != OK) {
		app_free(app);
		return e;
	}
	*ret = app;
	return OK;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	arena_free(app->policy_keep);
	arena_free(app->keep);
	free(app);
}

struct db *app_db(struct app *app)
{
	return app->ports.db;
}

str app_id_key(const struct app *app)
{
	return app->ports.id_key;
}

struct id app_new_id(struct app *app, ts now)
{
	uint8_t raw[16];
	app->ports.random_bytes(app->ports.random_ctx, raw, sizeof raw);
	return id_make(now, raw);
}

enum err app_seal(struct app *app, struct arena *a, str public_key, str text, str *ret)
{
	if (!app->ports.seal)
		return ERR_UNSUPPORTED;
	return app->ports.seal(a, public_key, text, ret);
}

/* --- territories and their zones */

static enum err load_places(struct app *app)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct sql_territories_rows rows;
	TRY(sql_territories(app->ports.db, a, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_territories_row *t = &rows.v[i];
		bool known = false;
		for (size_t k = 0; k < app->place_count; k++)
			known = known || str_eq(app->places[k].territory, t->territory);
		if (known)
			continue;
		if (app->place_count == ZONES_MAX)
			return ERR_LIMIT;
		str bytes;
		const struct zone *z;
		TRY(app->ports.zone_bytes(app->ports.zone_ctx, a, t->zone, &bytes));
		TRY(zone_parse(app->keep, t->zone, bytes, &z));
		size_t n = app->place_count++;
		app->places[n].territory = str_dup(app->keep, t->territory);
		app->places[n].id = t->id;
		app->places[n].zone = z;
		app->places[n].frozen_on = DAY_NONE;
	}
	return OK;
}

static enum err place(struct app *app, str territory, size_t *ret)
{
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < app->place_count; i++) {
			if (str_eq(app->places[i].territory, territory)) {
				*ret = i;
				return OK;
			}
		}
		if (pass == 0)
			TRY(load_places(app));
	}
	return ERR_NOT_FOUND;
}

enum err app_zone(struct app *app, str territory, const struct zone **ret)
{
	size_t i;
	TRY(place(app, territory, &i));
	*ret = app->places[i].zone;
	return OK;
}

enum err app_places(struct app *app, struct app_place *ret, size_t max, size_t *ret_n)
{
	TRY(load_places(app));
	size_t n = app->place_count < max ? app->place_count : max;
	for (size_t i = 0; i < n; i++)
		ret[i] =
			(struct app_place){ app->places[i].territory, app->places[i].id,
					    app->places[i].zone, app->places[i].frozen_on };
	*ret_n = n;
	return OK;
}

void app_place_frozen(struct app *app, str territory, day d)
{
	for (size_t i = 0; i < app->place_count; i++)
		if (str_eq(app->places[i].territory, territory))
			app->places[i].frozen_on = d;
}

/* --- policy */

enum err app_policy_reload(struct app *app)
{
	arena_clear(app->policy_keep);
	app->policies = (struct policy_rows){ 0 };
	TRY(sql_policy_rows(app->ports.db, app->policy_keep, &app->policies));
	app->policy_version = 0;
	for (size_t i = 0; i < app->policies.n; i++)
		if (app->policies.v[i].version > app->policy_version)
			app->policy_version = app->policies.v[i].version;
	return OK;
}

int app_policy_version(const struct app *app)
{
	return app->policy_version;
}

struct policy app_policy(struct app *app, str territory, struct id operator_id,
			 enum criticality c, ts at)
{
	return policy_resolve(&app->policies, territory, operator_id, c, at);
}

struct policy app_visit_policy(struct app *app, const struct visit *v, ts now)
{
	return app_policy(app, v->territory, v->operator_id, v->criticality,
			  ts_is(v->frozen_at) ? v->frozen_at : now);
}

/* --- journal */

enum err app_append(struct app *app, struct arena *a, const struct actor *by, str territory,
		    struct event *e)
{
	if (e->actor_role == ROLE_NONE) {
		e->actor_role = by->role;
		e->actor = by->account_id;
	}
	return app->ports.journal.append(app->ports.journal.ctx, a, territory, e);
}

void app_set_outage(struct app *app, struct span outage)
{
	app->outage = outage;
}

struct span app_outage(const struct app *app)
{
	return app->outage;
}

void app_set_clock_doubt(struct app *app, bool doubt)
{
	app->clock_doubt = doubt;
}

bool app_clock_doubt(const struct app *app)
{
	return app->clock_doubt;
}
