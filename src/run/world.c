/* world.c - see world.h. */
#include "run/world.h"

#include "base/rng.h"
#include "keys_gen.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum err file_read(struct arena *a, const char *path, size_t max, str *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_IO;
	struct stat st;
	enum err e = OK;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		e = ERR_IO;
	else if ((size_t)st.st_size > max)
		e = ERR_LIMIT;
	if (e == OK) {
		size_t n = (size_t)st.st_size, got = 0;
		char *p = arena_alloc(a, n + 1);
		while (got < n) {
			ssize_t k = read(fd, p + got, n - got);
			if (k < 0 && errno == EINTR)
				continue;
			if (k <= 0)
				break;
			got += (size_t)k;
		}
		if (got == n)
			*ret = (str){ p, n };
		else
			e = ERR_IO;
	}
	close(fd);
	return e;
}

/* Writes a small file once, flushed; refuses to overwrite. */
static enum err file_create(const char *path, str body, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return errno == EEXIST   ? ERR_DUPLICATE
		       : errno == ENOSPC ? ERR_DISK
					 : ERR_IO;
	bool ok = write(fd, body.p, body.n) == (ssize_t)body.n && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	if (!ok)
		unlink(path);
	return ok ? OK : ERR_DISK;
}

static const char *path_of(struct arena *a, const char *dir, const char *name)
{
	return str_fmt(a, "%s/%s", dir, name).p;
}

/* --- randomness: real, or seeded in demos */

static void draw_real(void *ctx, void *p, size_t n)
{
	(void)ctx;
	randombytes_buf(p, n);
}

static void draw_seeded(void *ctx, void *p, size_t n)
{
	rng_bytes(ctx, p, n);
}

static enum err append(void *ctx, struct arena *a, str territory, const struct event *e)
{
	(void)territory;
	return ledger_append(ctx, a, e);
}

static enum err zone_bytes(void *ctx, struct arena *a, str name, str *ret)
{
	(void)ctx;
	if (name.n == 0 || name.n > 64 || name.p[0] == '/' ||
	    str_find(name, S("..")) != SIZE_MAX)
		return ERR_INPUT;
	return file_read(a, str_fmt(a, "/usr/share/zoneinfo/%" PRIstr, STR(name)).p, 65536,
			 ret);
}

/* --- keys */

static enum err load_signing_key(struct world *w, const char *dir,
				 const struct world_options *o)
{
	struct arena *a = w->keep;
	const char *path = path_of(a, dir, "log.key");
	str text;
	enum err e = file_read(a, path, 4096, &text);
	if (e == ERR_NOT_FOUND && o->create) {
		uint8_t seed[32];
		(w->seeded ? draw_seeded : draw_real)(w->seeded, seed, sizeof seed);
		str name = str_of(o->origin ? o->origin : "vigie.local");
		TRY(key_make(name, KEY_LOG, seed, &w->key));
		TRY(file_create(path, str_cat(a, key_private_text(a, &w->key), S("\n")),
				0600));
		return file_create(path_of(a, dir, "log.pub"),
				   str_cat(a, key_public_text(a, &w->key.pub), S("\n")),
				   0644);
	}
	TRY(e);
	return key_private_parse(a, str_trim(text), &w->key);
}

static enum err load_id_key(struct world *w, const char *dir, const struct world_options *o,
			    str *ret)
{
	struct arena *a = w->keep;
	const char *path = path_of(a, dir, "visit.key");
	uint8_t *raw = arena_alloc(a, 32);
	str text;
	enum err e = file_read(a, path, 256, &text);
	if (e == ERR_NOT_FOUND && o->create) {
		(w->seeded ? draw_seeded : draw_real)(w->seeded, raw, 32);
		TRY(file_create(path, str_cat(a, str_hex(a, raw, 32), S("\n")), 0600));
	} else {
		TRY(e);
		TRY(str_unhex(str_trim(text), raw, 32));
	}
	*ret = (str){ (const char *)raw, 32 };
	return OK;
}

static enum err take_lock(struct world *w, const char *dir)
{
	w->lock_fd =
		open(path_of(w->keep, dir, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (w->lock_fd < 0)
		return ERR_IO;
	return flock(w->lock_fd, LOCK_EX | LOCK_NB) == 0 ? OK : ERR_BUSY;
}

static enum err open_all(struct world *w, const char *dir, const struct world_options *o)
{
	struct stat st;
	if (o->create && mkdir(dir, 0700) != 0 && errno != EEXIST)
		return ERR_IO;
	if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
		return ERR_NOT_FOUND;
	const char *main_path = path_of(w->keep, dir, "vigie.db");
	if (!o->create && access(main_path, F_OK) != 0)
		return ERR_NOT_FOUND;
	TRY(take_lock(w, dir));
	struct db_options dbo = { .vfs = o->vfs };
	TRY(db_open(main_path, &sql_schema, &dbo, &w->db));
	TRY(db_migrate(w->db));
	TRY(db_open(path_of(w->keep, dir, "keys.db"), &keys_schema, &dbo, &w->keys));
	TRY(db_migrate(w->keys));
	TRY(load_signing_key(w, dir, o));
	str id_key;
	TRY(load_id_key(w, dir, o, &id_key));
	void (*draw)(void *, void *, size_t) = w->seeded ? draw_seeded : draw_real;
	struct ledger_ports lp = {
		.db = w->db, .keys = w->keys, .draw_ctx = w->seeded, .draw = draw
	};
	TRY(ledger_new(&lp, &w->ledger));
	struct app_ports ap = { .db = w->db,
				.journal = { w->ledger, append },
				.random_ctx = w->seeded,
				.random_bytes = draw,
				.zone_bytes = zone_bytes,
				.id_key = id_key };
	return app_new(&ap, &w->app);
}

enum err world_open(const char *dir, const struct world_options *o, struct world **ret)
{
	if (sodium_init() < 0)
		die("libsodium does not start");
	struct world *w = calloc(1, sizeof *w);
	if (!w)
		die("out of memory: world");
	w->lock_fd = -1;
	w->keep = arena_new(0);
	if (o->is_seeded) {
		struct rng *r = ARENA_NEW(w->keep, struct rng);
		*r = rng_init(o->seed, 99);
		w->seeded = r;
	}
	enum err e = open_all(w, dir, o);
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
	ledger_free(w->ledger);
	db_close(w->db);
	db_close(w->keys);
	if (w->lock_fd >= 0)
		close(w->lock_fd);
	sodium_memzero(&w->key, sizeof w->key);
	arena_free(w->keep);
	free(w);
}
