/* vigie verify - recomputes the whole ledger of a data folder. */
#include "main/arg.h"
#include "main/cmd.h"

#include "store/data.h"
#include "store/files.h"

#include <stdio.h>

static int usage(void)
{
	fprintf(stderr, "usage: vigie verify --data DIR [--since HEAD]\n");
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

int cmd_verify(int argc, char **argv)
{
	const char *dir = NULL, *since = NULL;
	const struct arg_option options[] = { { "--data", &dir, NULL },
					      { "--since", &since, NULL } };
	if (!arg_read(argc, argv, options, 2) || !dir)
		return usage();
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
