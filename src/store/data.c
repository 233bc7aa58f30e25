#include "store/data.h"

#include "base/ed25519.h"
#include "keys_gen.h"
#include "sql_gen.h"
#include "store/erase.h"
#include "store/files.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define KEY_FILE_MAX 4096

struct path {
	char z[1024];
};

static struct path in(const char *dir, const char *name)
{
	struct path p;
	if (snprintf(p.z, sizeof p.z, "%s/%s", dir, name) >= (int)sizeof p.z)
		p.z[0] = 0; /* no such file: every use of it fails */
	return p;
}

void data_random(void *ctx, void *p, size_t n)
{
	(void)ctx;
	ASSERT(sodium_init() >= 0);
	randombytes_buf(p, n);
}

/* ---- opening */

static enum err make_log_key(struct data *d)
{
	struct path key = in(d->dir, "log.key"), pub = in(d->dir, "log.pub");
	uint8_t seed[32], name[16];
	struct signing_key k;
	if (!file_exists(key.z)) {
		d->options.random_bytes(d->options.random_ctx, seed, sizeof seed);
		d->options.random_bytes(d->options.random_ctx, name, sizeof name);
		str origin = d->options.origin
				     ? str_of(d->options.origin)
				     : str_cat(d->arena, S("vigie/"),
					       id_text(d->arena, id_from_bytes(name)));
		TRY(key_make(origin, KEY_LOG, seed, &k));
		wipe(seed, sizeof seed);
		str text = str_cat(d->arena, key_private_text(d->arena, &k), S("\n"));
		TRY(file_create(key.z, text, 0600));
	}
	if (file_exists(pub.z))
		return OK;
	str text;
	TRY(file_read(d->arena, key.z, KEY_FILE_MAX, &text));
	if (key_private_parse(d->arena, text, &k) != OK)
		return ERR_DAMAGED;
	return file_create(
		pub.z, str_cat(d->arena, key_public_text(d->arena, &k.pub), S("\n")), 0644);
}

static enum err read_log_key(struct data *d)
{
	str text;
	TRY(file_read(d->arena, in(d->dir, "log.pub").z, KEY_FILE_MAX, &text));
	if (key_public_parse(d->arena, text, &d->pub) != OK)
		return ERR_DAMAGED;
	enum err e = file_read(d->arena, in(d->dir, "log.key").z, KEY_FILE_MAX, &text);
	if (e != OK) /* a reader has no need of it */
		return d->options.read_only ? OK : e;
	if (key_private_parse(d->arena, text, &d->key) != OK ||
	    memcmp(d->key.pub.key, d->pub.key, 32) != 0)
		return ERR_DAMAGED;
	return OK;
}

static enum err read_secret(struct data *d)
{
	struct secret_get_row row;
	enum err e = secret_get(d->keys, d->arena, S("id"), &row);
	if (e == ERR_NOT_FOUND && !d->options.read_only) {
		uint8_t bytes[32];
		d->options.random_bytes(d->options.random_ctx, bytes, sizeof bytes);
		TRY(secret_put(d->keys, S("id"), (str){ (char *)bytes, sizeof bytes }));
		memcpy(d->id_secret, bytes, sizeof bytes);
		return OK;
	}
	if (e != OK)
		return e == ERR_NOT_FOUND ? ERR_DAMAGED : e;
	if (row.value.n != 32)
		return ERR_DAMAGED;
	memcpy(d->id_secret, row.value.p, 32);
	return OK;
}

static enum err take_lock(struct data *d)
{
	d->lock = open(in(d->dir, "lock").z, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (d->lock < 0)
		return ERR_IO;
	return flock(d->lock, LOCK_EX | LOCK_NB) == 0 ? OK : ERR_BUSY;
}

static enum err open_database(struct data *d, const char *name,
			      const struct db_schema *schema, struct db **ret)
{
	struct db_options o = { d->options.vfs, d->options.read_only, d->options.busy_ms };
	struct path path = in(d->dir, name);
	if (!d->options.read_only && !d->options.vfs) {
		/* Made before SQLite makes it, for its mode, which -wal and -shm take over. */
		int fd = open(path.z, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd >= 0)
			close(fd);
	}
	TRY(db_open(path.z, schema, &o, ret));
	return d->options.read_only ? OK : db_migrate(*ret);
}

/* vigie.db comes last: while it is not there, opening starts again from the beginning. */
static enum err open_files(struct data *d)
{
	bool fresh = !file_exists(in(d->dir, "vigie.db").z);
	if (fresh && !d->options.read_only) {
		TRY(folder_make(d->dir));
		TRY(take_lock(d));
		TRY(make_log_key(d));
	} else if (!file_exists(in(d->dir, "keys.db").z)) {
		return ERR_NOT_FOUND; /* new keys would make every private text unreadable */
	}
	if (!d->options.read_only && d->lock < 0)
		TRY(take_lock(d));
	TRY(read_log_key(d));
	TRY(open_database(d, "keys.db", &keys_schema, &d->keys));
	TRY(read_secret(d));
	return open_database(d, "vigie.db", &sql_schema, &d->db);
}

static enum err open_ledger(struct data *d, ts now)
{
	struct ledger_ports ports = { d->db, d->keys, d->options.random_ctx,
				      d->options.random_bytes };
	int again;
	TRY(ledger_new(&ports, &d->ledger));
	return erase_again(d->db, d->keys, d->ledger, now, &again);
}

enum err data_open(const char *dir, const struct data_options *o, ts now, struct data **ret)
{
	struct data *d CLEANUP(data_closep) = calloc(1, sizeof *d);
	ASSERT(d != NULL);
	d->lock = -1;
	if (o)
		d->options = *o;
	if (!d->options.random_bytes)
		d->options.random_bytes = data_random;
	d->arena = arena_new(0);
	bool cut = snprintf(d->dir, sizeof d->dir, "%s", dir) >= (int)sizeof d->dir;
	TRY(cut ? ERR_LIMIT : OK);
	TRY(open_files(d));
	if (!d->options.read_only)
		TRY(open_ledger(d, now));
	*ret = d;
	d = NULL;
	return OK;
}

void data_close(struct data *d)
{
	if (!d)
		return;
	ledger_free(d->ledger);
	db_close(d->db);
	db_close(d->keys);
	wipe(&d->key, sizeof d->key);
	wipe(d->id_secret, sizeof d->id_secret);
	arena_free(d->arena);
	if (d->lock >= 0)
		close(d->lock);
	free(d);
}

void data_closep(struct data **d)
{
	data_close(*d);
}

enum err data_verify(struct data *d, struct arena *a, str since, struct verify_report *ret)
{
	struct verify_input input = { d->db, d->keys, &d->pub, since };
	return ledger_verify(a, &input, ret);
}

/* ---- backup */

/* A whole copy, closed so that no -wal file stays beside it. */
static enum err copy_database(struct db *from, const char *to)
{
	return db_backup(from, to, 0);
}

static enum err verify_files(const char *db_path, const char *keys_path,
			     const struct public_key *key, str since, struct arena *a,
			     struct verify_report *ret)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(db_closep) struct db *keys = NULL;
	TRY(db_open(db_path, &sql_schema, NULL, &db));
	TRY(db_open(keys_path, &keys_schema, NULL, &keys));
	TRY(db_check(db));
	TRY(db_check(keys));
	struct verify_input input = { db, keys, key, since };
	TRY(ledger_verify(a, &input, ret));
	return ret->problems ? ERR_DAMAGED : OK;
}

/* The head of the copy: signed anew when the key is at hand, else the newest one in it. */
static enum err head_of_copy(struct data *d, struct arena *a, const char *db_path,
			     const struct verify_report *rep, str *ret)
{
	if (d->key.pub.kind == KEY_LOG) {
		*ret = checkpoint_sign(a, &d->key, rep->size, &rep->root);
		return OK;
	}
	CLEANUP(db_closep) struct db *db = NULL;
	TRY(db_open(db_path, &sql_schema, NULL, &db));
	enum err e = ledger_head(db, a, ret);
	if (e == ERR_NOT_FOUND)
		*ret = S("");
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err data_backup(struct data *d, struct arena *a, const char *to, const char *keys_to,
		     str *ret_head)
{
	struct path keys_dir = in(to, "keys"), db = in(to, "vigie.db"), keys;
	struct verify_report rep;
	if (keys_to)
		keys_dir = in(keys_to, ".");
	keys = in(keys_dir.z, "keys.db");
	if (file_exists(in(to, "head.txt").z))
		return ERR_DUPLICATE;
	TRY(folder_make(to));
	TRY(folder_make(keys_to ? keys_to : keys_dir.z));
	/* Keys after facts: each private part copied finds its key, unless erased meanwhile. */
	TRY(copy_database(d->db, db.z));
	TRY(copy_database(d->keys, keys.z));
	TRY(file_copy(in(d->dir, "log.pub").z, in(to, "log.pub").z, 0644));
	if (d->key.pub.kind == KEY_LOG)
		TRY(file_copy(in(d->dir, "log.key").z, in(keys_dir.z, "log.key").z, 0600));
	TRY(verify_files(db.z, keys.z, &d->pub, S(""), a, &rep));
	TRY(head_of_copy(d, a, db.z, &rep, ret_head));
	return file_create(in(to, "head.txt").z, *ret_head, 0644);
}

/* ---- restore */

struct restore {
	const char *from, *keys_from, *dir;
	struct path fresh; /* the database until it has been verified */
	struct public_key pub;
};

/* What is already in the folder stays: its keys may be newer than the backup's. */
static enum err bring_keys(struct restore *r, struct arena *a)
{
	struct path keys = in(r->dir, "keys.db"), pub = in(r->dir, "log.pub"),
		    key = in(r->dir, "log.key");
	str text;
	if (!file_exists(keys.z)) {
		CLEANUP(db_closep) struct db *db = NULL;
		struct db_options o = { .read_only = true };
		TRY(db_open(in(r->keys_from, "keys.db").z, &keys_schema, &o, &db));
		TRY(copy_database(db, keys.z));
	}
	if (!file_exists(pub.z))
		TRY(file_copy(in(r->from, "log.pub").z, pub.z, 0644));
	if (!file_exists(key.z))
		TRY(file_copy(in(r->keys_from, "log.key").z, key.z, 0600));
	TRY(file_read(a, pub.z, KEY_FILE_MAX, &text));
	return key_public_parse(a, text, &r->pub) == OK ? OK : ERR_DAMAGED;
}

static enum err bring_database(struct restore *r)
{
	CLEANUP(db_closep) struct db *db = NULL;
	struct db_options o = { .read_only = true };
	TRY(db_open(in(r->from, "vigie.db").z, &sql_schema, &o, &db));
	return copy_database(db, r->fresh.z);
}

static enum err erase_in(struct restore *r, ts now, int *ret_erased)
{
	CLEANUP(db_closep) struct db *db = NULL;
	CLEANUP(db_closep) struct db *keys = NULL;
	CLEANUP(ledger_freep) struct ledger *l = NULL;
	TRY(db_open(r->fresh.z, &sql_schema, NULL, &db));
	TRY(db_migrate(db));
	TRY(db_open(in(r->dir, "keys.db").z, &keys_schema, NULL, &keys));
	TRY(db_migrate(keys));
	struct ledger_ports ports = { db, keys, NULL, data_random };
	TRY(ledger_new(&ports, &l));
	return erase_again(db, keys, l, now, ret_erased);
}

static enum err restore(struct restore *r, struct arena *a, ts now,
			struct verify_report *ret, int *ret_erased)
{
	str head;
	TRY(file_read(a, in(r->from, "head.txt").z, CHECKPOINT_MAX, &head));
	TRY(bring_keys(r, a));
	TRY(bring_database(r));
	TRY(erase_in(r, now, ret_erased));
	TRY(verify_files(r->fresh.z, in(r->dir, "keys.db").z, &r->pub, head, a, ret));
	if (rename(r->fresh.z, in(r->dir, "vigie.db").z) != 0)
		return ERR_IO;
	return folder_flush(r->dir);
}

enum err data_restore(const char *from, const char *keys_from, const char *dir,
		      struct arena *a, ts now, struct verify_report *ret, int *ret_erased)
{
	struct path keys = in(from, "keys");
	struct restore r = {
		.from = from,
		.keys_from = keys_from ? keys_from : keys.z,
		.dir = dir,
		.fresh = in(dir, "vigie.db.new"),
	};
	if (file_exists(in(dir, "vigie.db").z))
		return ERR_DUPLICATE;
	TRY(folder_make(dir));
	remove(r.fresh.z); /* of a restore that was cut short */
	enum err e = restore(&r, a, now, ret, ret_erased);
	if (e != OK)
		remove(r.fresh.z);
	return e;
}
