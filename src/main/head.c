/* vigie head - signs the ledger as it is now.  Whoever keeps the text elsewhere can later have
 * it compared: vigie verify --since FILE. */
#include "main/arg.h"
#include "main/cmd.h"

#include "store/data.h"

#include <stdio.h>

static enum err sign(struct data *d, struct arena *a, str *ret)
{
	TRY(db_begin(d->db));
	enum err e = ledger_sign(d->ledger, a, &d->key, arg_now(), ret);
	if (e == OK)
		return db_commit(d->db);
	db_rollback(d->db);
	return e;
}

/* The server is running and signs by itself: its newest head. */
static int newest(const char *dir, struct arena *a)
{
	CLEANUP(data_closep) struct data *d = NULL;
	struct data_options reader = { .read_only = true };
	str text;
	enum err e = data_open(dir, &reader, arg_now(), &d);
	if (e == OK)
		e = ledger_head(d->db, a, &text);
	if (e != OK)
		return arg_fail("head", dir, e);
	fwrite(text.p, 1, text.n, stdout);
	return 0;
}

int cmd_head(int argc, char **argv)
{
	const char *dir = NULL;
	const struct arg_option options[] = { { "--data", &dir, NULL } };
	if (!arg_read(argc, argv, options, 1) || !dir) {
		fprintf(stderr, "usage: vigie head --data DIR\n");
		return 2;
	}
	CLEAN_ARENA struct arena *a = arena_new(0);
	CLEANUP(data_closep) struct data *d = NULL;
	struct data_options reader = { .read_only = true };
	str text;
	enum err e = data_open(dir, &reader, arg_now(), &d); /* never creates a folder */
	data_close(d);
	d = NULL;
	if (e == OK)
		e = data_open(dir, NULL, arg_now(), &d);
	if (e == ERR_BUSY)
		return newest(dir, a);
	if (e == OK)
		e = sign(d, a, &text);
	if (e != OK)
		return arg_fail("head", dir, e);
	fwrite(text.p, 1, text.n, stdout);
	return 0;
}
