/* vigie export - a month as a folder that anyone can verify: see domain/account/export.h. */
#include "main/arg.h"
#include "main/cmd.h"

#include "domain/account/render.h"
#include "ledger/export_seal.h"
#include "main/folder.h"
#include "main/month.h"
#include "store/files.h"

#include <errno.h>
#include <stdio.h>

#define LEAVES_MAX ((size_t)1 << 33)

static int usage(void)
{
	fprintf(stderr, "usage: vigie export --data DIR --month YYYY-MM --out DIR\n");
	return 2;
}

/* --- one file, written as it comes */

struct out {
	FILE *f;
};

static enum err out_write(void *ctx, str bytes)
{
	struct out *o = ctx;
	if (fwrite(bytes.p, 1, bytes.n, o->f) == bytes.n)
		return OK;
	return errno == ENOSPC ? ERR_DISK : ERR_IO;
}

static enum err out_open(struct arena *a, const char *dir, str name, struct out *ret)
{
	ret->f = fopen(str_z(a, str_fmt(a, "%s/%" PRIstr, dir, STR(name))), "wbx");
	return ret->f ? OK : errno == EEXIST ? ERR_DUPLICATE : ERR_IO;
}

static enum err out_close(struct out *o, enum err e)
{
	bool ok = fclose(o->f) == 0;
	return e != OK ? e : ok ? OK : ERR_DISK;
}

static enum err put_file(struct arena *a, const char *dir, str name, str bytes)
{
	struct out o;
	TRY(out_open(a, dir, name, &o));
	return out_close(&o, out_write(&o, bytes));
}

/* --- the files of a territory */

static str named(struct arena *a, str territory, const char *suffix)
{
	return str_fmt(a, "%" PRIstr "-%s", STR(territory), suffix);
}

static enum err put_territory(struct month *m, const char *dir, str territory, str month)
{
	struct facts_closed *c;
	TRY(month_compute(m, territory, month, &c));
	struct arena *a = m->a;
	TRY(bilan_refs(
		m->data->db, a, c,
		(str){ (const char *)m->data->id_secret, sizeof m->data->id_secret }));
	struct buf b[5];
	static const char *const names[] = { "answers.csv", "bilan.csv", "bilan.json",
					     "lines.csv", "totals.csv" };
	for (size_t i = 0; i < 5; i++)
		b[i] = buf_init(a, (size_t)64 << 20);
	export_answers(&b[0], c);
	bilan_csv(&b[1], &c->bilan, S(""));
	bilan_json(&b[2], &c->bilan, S(""));
	export_lines(&b[3], &c->bilan);
	export_totals(&b[4], &c->bilan);
	for (size_t i = 0; i < 5; i++) {
		if (b[i].overflow)
			return ERR_LIMIT;
		TRY(put_file(a, dir, named(a, territory, names[i]), buf_str(&b[i])));
	}
	struct out o;
	TRY(out_open(a, dir, named(a, territory, "visits.csv"), &o));
	enum err e = export_visits(a, c, (struct export_sink){ &o, out_write });
	return out_close(&o, e);
}

/* --- head and leaves */

struct leaves {
	struct out o;
	enum err err;
};

static bool put_leaf(void *ctx, const struct event_leaves_row *row)
{
	struct leaves *l = ctx;
	l->err = row->leaf.n == 32 ? out_write(&l->o, row->leaf) : ERR_DAMAGED;
	return l->err == OK;
}

static enum err put_ledger(struct month *m, struct arena *a, const char *dir)
{
	str head;
	struct signed_checkpoint c;
	TRY(ledger_head(m->data->db, a, &head));
	TRY(checkpoint_parse(a, head, &c));
	TRY(put_file(a, dir, S("head.txt"), head));
	struct leaves l = { .err = OK };
	TRY(out_open(a, dir, S("leaves.bin"), &l.o));
	enum err e = event_leaves(m->data->db, 0, (int64_t)c.head.size, put_leaf, &l);
	return out_close(&l.o, e != OK ? e : l.err);
}

/* Signs the ledger as it is, unless the server holds the folder: it signs by itself. */
static enum err sign_head(const char *dir)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	CLEANUP(data_closep) struct data *d = NULL;
	str text;
	enum err e = data_open(dir, NULL, arg_now(), &d);
	if (e != OK)
		return e == ERR_BUSY ? OK : e;
	TRY(db_begin(d->db));
	e = ledger_sign(d->ledger, a, &d->key, arg_now(), &text);
	if (e == OK)
		return db_commit(d->db);
	db_rollback(d->db);
	return e;
}

static enum err seal(struct month *m, struct arena *a, const char *dir, str month)
{
	CLEANUP(folder_fini) struct folder f = { 0 };
	struct signed_checkpoint c = { 0 };
	TRY(folder_read(a, dir, &f));
	struct manifest man = { .month = month };
	for (size_t i = 0; i < f.n; i++)
		if (str_eq(f.v[i].name, S("head.txt")))
			TRY(checkpoint_parse(a, f.v[i].bytes, &c));
	man.tree_size = c.head.size;
	man.tree_root = c.head.root;
	return put_file(a, dir, S(EXPORT_MANIFEST),
			export_seal(a, &m->data->key, &man, f.v, f.n));
}

static enum err put_all(struct month *m, struct arena *a, const char *out, str month)
{
	struct sql_territories_rows places;
	if (!m->data->key.pub.name.n) /* log.key is not there */
		return ERR_CRYPTO;
	TRY(sql_territories(m->data->db, a, &places));
	for (size_t i = 0; i < places.n; i++)
		TRY(put_territory(m, out, places.v[i].territory, month));
	TRY(put_ledger(m, a, out));
	return seal(m, a, out, month);
}

int cmd_export(int argc, char **argv)
{
	const char *dir = NULL, *month = NULL, *out = NULL;
	const struct arg_option options[] = { { "--data", &dir, NULL },
					      { "--month", &month, NULL },
					      { "--out", &out, NULL } };
	if (!arg_read(argc, argv, options, 3) || !dir || !month || !out)
		return usage();
	CLEAN_ARENA struct arena *a = arena_new((size_t)256 << 20);
	CLEANUP(month_closep) struct month *m = NULL;
	enum err e = month_open(dir, &m); /* never creates a folder */
	if (e == OK) {
		month_close(m);
		m = NULL;
		e = sign_head(dir);
	}
	if (e == OK)
		e = month_open(dir, &m);
	if (e != OK)
		return arg_fail("export", dir, e);
	if (file_exists(out))
		return arg_fail("export", out, ERR_DUPLICATE);
	e = folder_make(out);
	if (e == OK)
		e = put_all(m, a, out, str_of(month));
	if (e != OK)
		return arg_fail("export", e == ERR_INPUT ? month : out, e);
	return 0;
}
