/* world.c - see world.h. */
#include "run/world.h"

#include "base/rng.h"
#include "store/seal.h"
#include "store/files.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path_of(struct arena *a, const char *dir, const char *name)
{
	return str_fmt(a, "%s/%s", dir, name).p;
}

static void draw_seeded(void *ctx, void *p, size_t n)
{
	rng_bytes(ctx, p, n);
}

static enum err append(void *ctx, struct arena *a, str territory, const struct event *e)
{
	(void)territory; /* the fact says it */
	return ledger_append(ctx, a, e);
}

enum err world_zone_bytes(void *ctx, struct arena *a, str name, str *ret)
{
	(void)ctx;
	if (name.n == 0 || name.n > 64 || name.p[0] == '/' ||
	    str_find(name, S("..")) != SIZE_MAX)
		return ERR_INPUT;
	return file_read(a, str_fmt(a, "/usr/share/zoneinfo/%" PRIstr, STR(name)).p, 65536,
			 ret);
}

static enum err open_all(struct world *w, const char *dir, const struct world_options *o,
			 ts now)
{
	struct stat st;
	if (o->create && mkdir(dir, 0700) != 0 && errno != EEXIST)
		return ERR_IO;
	if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
		return ERR_NOT_FOUND;
	if (!o->create && access(path_of(w->keep, dir, "vigie.db"), F_OK) != 0)
		return ERR_NOT_FOUND;
	void (*draw)(void *, void *, size_t) = w->seeded ? draw_seeded : data_random;
	struct data_options dio = { .vfs = o->vfs,
				    .origin = o->origin,
				    .random_ctx = w->seeded,
				    .random_bytes = draw };
	TRY(data_open(dir, &dio, now, &w->data));
	w->db = w->data->db;
	w->ledger = w->data->ledger;
	struct app_ports ap = { .db = w->db,
				.journal = { w->ledger, append },
				.random_ctx = w->seeded,
				.random_bytes = draw,
				.zone_bytes = world_zone_bytes,
				.seal = seal,
				.id_key = { (const char *)w->data->id_secret,
					    sizeof w->data->id_secret } };
	return app_new(&ap, &w->app);
}

enum err world_open(const char *dir, const struct world_options *o, ts now,
		    struct world **ret)
{
	struct world *w = calloc(1, sizeof *w);
	if (!w)
		die("out of memory: world");
	w->keep = arena_new(0);
	if (o->is_seeded) {
		struct rng *r = ARENA_NEW(w->keep, struct rng);
		*r = rng_init(o->seed, 99);
		w->seeded = r;
	}
	enum err e = open_all(w, dir, o, now);
	if (e != OK) {
		world_close(w);
		return e;
	}
	*ret = w;
	return OK;
}

void world_close(struct world *w)
{
	if (!w)
		return;
	app_free(w->app);
	data_close(w->data);
	arena_free(w->keep);
	free(w);
}
