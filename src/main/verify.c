/* vigie verify - recomputes the whole ledger of a data folder, or every bilan of an export. */
#include "main/arg.h"
#include "main/cmd.h"

#include "ledger/export_seal.h"
#include "main/folder.h"
#include "store/data.h"
#include "store/files.h"

#include <stdio.h>

static int usage(void)
{
	fprintf(stderr, "usage: vigie verify --data DIR [--since HEAD]\n"
			"       vigie verify --export DIR [--key FILE]\n");
	return 2;
}

static void report(struct arena *a, const struct data *d, const struct verify_report *r)
{
	str root = str_base64(a, (str){ (const char *)r->root.b, 32 });
	printf("ledger %" PRIstr "\n%" PRIu64 " facts, root %" PRIstr "\n",
	       STR(d->pub.name), r->size, STR(root));
	printf("%" PRIu64 " signed heads, %" PRIu64 " private parts, %" PRIu64 " erased\n",
	       r->heads, r->private_checked, r->private_erased);
	for (size_t i = 0; i < r->shown.n; i++)
		printf("PROBLEM %" PRIstr "\n", STR(r->shown.v[i]));
	if (r->problems > r->shown.n)
		printf("... and %" PRIu64 " more\n", r->problems - r->shown.n);
	printf("%s\n", r->problems ? "NOT VERIFIED" : "verified");
}

/* FILE holds the public key (log.pub) that must have signed. */
static int verify_export(const char *dir, const char *key_file)
{
	CLEAN_ARENA struct arena *a = arena_new((size_t)1 << 30);
	CLEANUP(folder_fini) struct folder f = { 0 };
	struct manifest m;
	str why = S(""), known = S("");
	enum err e = OK;
	if (key_file && (e = file_read(a, key_file, 4096, &known)) != OK)
		return arg_fail("verify", key_file, e);
	e = folder_read(a, dir, &f);
	if (e == ERR_NOT_FOUND)
		return arg_fail("verify", dir, e);
	if (e == OK)
		e = export_verify(a, f.v, f.n, known, &m, &why);
	if (e != OK) {
		fprintf(stderr, "NOT VERIFIED: %s (%s) %" PRIstr "\n", arg_why(e),
			err_name(e), STR(why));
		return 1;
	}
	printf("export %" PRIstr ", %zu files, %" PRIu64 " leaves\nsigned by %" PRIstr
	       "\nverified\n",
	       STR(m.month), m.n, m.tree_size, STR(m.key));
	return 0;
}

int cmd_verify(int argc, char **argv)
{
	const char *dir = NULL, *since = NULL, *export = NULL, *key = NULL;
	const struct arg_option options[] = { { "--data", &dir, NULL },
					      { "--since", &since, NULL },
					      { "--export", &export, NULL },
					      { "--key", &key, NULL } };
	if (!arg_read(argc, argv, options, 4) || !dir == !export || (dir && key) ||
	    (export && since))
		return usage();
	if (export)
		return verify_export(export, key);
	CLEAN_ARENA struct arena *a = arena_new(0);
	CLEANUP(data_closep) struct data *d = NULL;
	struct data_options o = { .read_only = true };
	struct verify_report r;
	str kept = S("");
	enum err e = OK;
	if (since && (e = file_read(a, since, CHECKPOINT_MAX, &kept)) != OK)
		return arg_fail("verify", since, e);
	if (since && kept.n == 0)
		return arg_fail("verify", since, ERR_SYNTAX);
	if ((e = data_open(dir, &o, arg_now(), &d)) != OK)
		return arg_fail("verify", dir, e);
	if ((e = data_verify(d, a, kept, &r)) != OK)
		return arg_fail("verify", e == ERR_SYNTAX ? since : dir, e);
	report(a, d, &r);
	return r.problems ? 1 : 0;
}
