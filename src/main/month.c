/* month.c - see month.h. */
#include "main/month.h"

#include "main/arg.h"
#include "run/world.h"

#include <stdlib.h>

enum err month_open(const char *dir, struct month **ret)
{
	struct data_options reader = { .read_only = true };
	struct month *m = calloc(1, sizeof *m);
	if (!m)
		die("out of memory: month");
	enum err e = data_open(dir, &reader, arg_now(), &m->data);
	if (e == OK)
		e = db_begin_read(m->data->db);
	if (e != OK) {
		month_close(m);
		return e;
	}
	*ret = m;
	return OK;
}

void month_close(struct month *m)
{
	if (!m)
		return;
	if (m->data)
		db_rollback(m->data->db);
	data_close(m->data);
	arena_free(m->a);
	free(m);
}

void month_closep(struct month **m)
{
	month_close(*m);
}

static enum err zone_of(struct db *db, struct arena *a, str territory,
			const struct zone **ret)
{
	struct sql_territories_rows places;
	TRY(sql_territories(db, a, &places));
	for (size_t i = 0; i < places.n; i++) {
		str bytes;
		if (!str_eq(places.v[i].territory, territory))
			continue;
		TRY(world_zone_bytes(NULL, a, places.v[i].zone, &bytes));
		return zone_parse(a, places.v[i].zone, bytes, ret);
	}
	return ERR_NOT_FOUND;
}

enum err month_compute(struct month *m, str territory, str month, struct facts_closed **ret)
{
	CLEAN_ARENA struct arena *zone_arena = arena_new(0);
	struct bilan_scope s = { territory, month, NULL };
	size_t max;
	TRY(zone_of(m->data->db, zone_arena, territory, &s.zone));
	TRY(bilan_arena(m->data->db, &s, &max));
	arena_free(m->a);
	m->a = arena_new(max);
	return bilan_compute(m->data->db, m->a, &s, arg_now(), ret);
}
