/* vigie restore - puts a backup back into an empty folder, after comparing it with its head. */
#include "main/arg.h"
#include "main/cmd.h"

#include "store/data.h"

#include <stdio.h>

int cmd_restore(int argc, char **argv)
{
	const char *dir = NULL, *from = NULL, *keys = NULL;
	const struct arg_option options[] = { { "--data", &dir, NULL },
					      { "--from", &from, NULL },
					      { "--keys-from", &keys, NULL } };
	if (!arg_read(argc, argv, options, 3) || !dir || !from) {
		fprintf(stderr,
			"usage: vigie restore --from DIR [--keys-from DIR] --data DIR\n");
		return 2;
	}
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct verify_report r = { 0 };
	int erased = 0;
	enum err e = data_restore(from, keys, dir, a, arg_now(), &r, &erased);
	for (size_t i = 0; i < r.shown.n; i++)
		fprintf(stderr, "PROBLEM %" PRIstr "\n", STR(r.shown.v[i]));
	if (e == ERR_DUPLICATE)
		return arg_fail("restore", dir, e);
	if (e != OK)
		return arg_fail("restore", from, e);
	printf("%" PRIu64 " facts restored and verified, %d persons erased again\n", r.size,
	       erased);
	return 0;
}
