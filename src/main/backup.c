/* vigie backup - copies a data folder while the server writes to it. */
#include "main/arg.h"
#include "main/cmd.h"

#include "store/data.h"

#include <stdio.h>

int cmd_backup(int argc, char **argv)
{
	const char *dir = NULL, *to = NULL, *keys = NULL;
	const struct arg_option options[] = { { "--data", &dir, NULL },
					      { "--to", &to, NULL },
					      { "--keys-to", &keys, NULL } };
	if (!arg_read(argc, argv, options, 3) || !dir || !to) {
		fprintf(stderr,
			"usage: vigie backup --data DIR --to DIR [--keys-to DIR]\n");
		return 2;
	}
	CLEAN_ARENA struct arena *a = arena_new(0);
	CLEANUP(data_closep) struct data *d = NULL;
	struct data_options reader = { .read_only = true };
	str head;
	enum err e = data_open(dir, &reader, arg_now(), &d);
	if (e != OK)
		return arg_fail("backup", dir, e);
	if ((e = data_backup(d, a, to, keys, &head)) != OK)
		return arg_fail("backup", to, e);
	fwrite(head.p, 1, head.n, stdout);
	return 0;
}
