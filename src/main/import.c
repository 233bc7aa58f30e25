/* vigie import - brings in a CSV file of another program, through the use cases. */
#include "app/import.h"

#include "main/arg.h"
#include "main/cmd.h"
#include "run/world.h"
#include "store/files.h"

#include <stdio.h>

struct wish {
	enum import_kind kind;
	const char *file, *data, *territory, *name, *zone, *entitled, *lang, *format;
	bool dry_run, partial, keep_known;
};

static int usage(void)
{
	fprintf(stderr,
		"usage: vigie import KIND FILE --data DIR [--dry-run] [--partial] "
		"[--keep-known]\n"
		"                    [--territory CODE] [--lang fr|en] [--format "
		"text|csv|json]\n"
		"       vigie import communes FILE --data DIR --territory CODE --name "
		"NAME\n"
		"                    [--zone Europe/Paris] [--entitled N]\n"
		"       vigie import KIND --schema\n"
		"KIND: communes operators carers people plans requests roster checkins\n");
	return 2;
}

static bool is_one_of(const char *s, const char *x, const char *y, const char *z)
{
	str t = str_of(s);
	return str_eq(t, str_of(x)) || str_eq(t, str_of(y)) || str_eq(t, str_of(z));
}

static bool wish_read(int argc, char **argv, struct wish *w)
{
	const struct arg_option options[] = {
		{ "--data", &w->data, NULL },
		{ "--territory", &w->territory, NULL },
		{ "--name", &w->name, NULL },
		{ "--zone", &w->zone, NULL },
		{ "--entitled", &w->entitled, NULL },
		{ "--lang", &w->lang, NULL },
		{ "--format", &w->format, NULL },
		{ "--dry-run", NULL, &w->dry_run },
		{ "--partial", NULL, &w->partial },
		{ "--keep-known", NULL, &w->keep_known },
	};
	w->file = argv[2];
	argv[2] = argv[0];
	if (!arg_read(argc - 2, argv + 2, options, sizeof options / sizeof *options) ||
	    !w->data)
		return false;
	w->lang = w->lang ? w->lang : "fr";
	w->format = w->format ? w->format : "text";
	return is_one_of(w->lang, "fr", "en", "en") &&
	       is_one_of(w->format, "text", "csv", "json");
}

static bool print(struct arena *a, const struct wish *w, const struct import_report *r)
{
	struct buf b = buf_init(a, 0);
	int lang = str_eq(str_of(w->lang), S("en"));
	if (str_eq(str_of(w->format), S("json")))
		import_report_json(&b, r, lang), BUF_LIT(&b, "\n");
	else if (str_eq(str_of(w->format), S("csv")))
		import_report_csv(&b, r, lang);
	else
		import_report_text(&b, r, lang);
	str s = buf_str(&b);
	return fwrite(s.p, 1, s.n, stdout) == s.n && fflush(stdout) == 0;
}

static enum err run(struct world *world, struct arena *a, const struct wish *w, str bytes,
		    const struct import_options *o, struct import_report *ret)
{
	TRY(db_begin(world->db));
	enum err e =
		import_run(world->app, a, &ACTOR_SYSTEM, w->kind, bytes, o, arg_now(), ret);
	if (e == OK && !o->dry_run)
		return db_commit(world->db);
	db_rollback(world->db);
	return e;
}

static int schema(enum import_kind kind)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_init(a, 0);
	import_schema(&b, kind);
	str s = buf_str(&b);
	return printf("%" PRIstr "\n", STR(s)) > 0 ? 0 : 2;
}

static int import(const struct wish *w)
{
	CLEAN_ARENA struct arena *a = arena_new((size_t)512 << 20);
	struct import_options o = { .dry_run = w->dry_run,
				    .partial = w->partial,
				    .keep_known = w->keep_known,
				    .is_alone = true,
				    .territory = str_of(w->territory),
				    .name = str_of(w->name),
				    .zone = str_of(w->zone),
				    .entitled_source = S("import") };
	struct world_options wo = { .create = w->name && !w->dry_run };
	struct import_report r = { .kind = w->kind };
	struct world *world;
	str bytes;
	if (w->entitled && str_int(str_of(w->entitled), &o.entitled) != OK)
		return usage();
	enum err e = file_read(a, w->file, IMPORT_BYTES_MAX, &bytes);
	if (e != OK)
		return arg_fail("import", w->file, e);
	e = world_open(w->data, &wo, arg_now(), &world);
	if (e != OK)
		return arg_fail("import", w->data, e);
	e = run(world, a, w, bytes, &o, &r);
	world_close(world);
	if (e != OK && e != ERR_INPUT)
		return arg_fail("import", w->data, e);
	if (!print(a, w, &r))
		return 2;
	return e == OK && r.refused == 0 ? 0 : 1;
}

int cmd_import(int argc, char **argv)
{
	struct wish w = { 0 };
	if (argc < 3 || !import_kind_of(str_of(argv[1]), &w.kind))
		return usage();
	if (argc == 3 && str_eq(str_of(argv[2]), S("--schema")))
		return schema(w.kind);
	return wish_read(argc, argv, &w) ? import(&w) : usage();
}
