/* vigie erase - erases a person or a carer (article 17 RGPD). */
#include "main/arg.h"
#include "main/cmd.h"

#include "store/data.h"
#include "store/erase.h"

#include <stdio.h>

static enum err erase(struct data *d, struct arena *a, struct id person)
{
	TRY(db_begin(d->db));
	enum err e =
		erase_subject(d->db, d->ledger, a, person, ID_NONE, ROLE_ADMIN, arg_now());
	if (e != OK) {
		db_rollback(d->db);
		return e;
	}
	TRY(db_commit(d->db));
	return erase_flush(d->db, d->keys);
}

static int waits(const struct erase_waits *w)
{
	fprintf(stderr,
		"vigie erase: %s%s%s is still open; erasing must wait, or --anyway\n",
		w->reports ? "a report" : "", w->reports && w->contests ? " and " : "",
		w->contests ? "a contest" : "");
	return 1;
}

int cmd_erase(int argc, char **argv)
{
	const char *dir = NULL, *person = NULL;
	bool anyway = false;
	const struct arg_option options[] = { { "--data", &dir, NULL },
					      { "--person", &person, NULL },
					      { "--anyway", NULL, &anyway } };
	struct id id;
	if (!arg_read(argc, argv, options, 3) || !dir || !person ||
	    id_parse(str_of(person), &id) != OK) {
		fprintf(stderr, "usage: vigie erase --data DIR --person ID [--anyway]\n");
		return 2;
	}
	CLEAN_ARENA struct arena *a = arena_new(0);
	CLEANUP(data_closep) struct data *d = NULL;
	struct data_options reader = { .read_only = true };
	struct erase_waits w = { 0 };
	enum err e = data_open(dir, &reader, arg_now(), &d); /* never creates a folder */
	if (e == OK)
		e = erase_may(d->db, a, id, &w);
	data_close(d);
	d = NULL;
	if (e == OK && !anyway && (w.reports || w.contests))
		return waits(&w);
	if (e == OK)
		e = data_open(dir, NULL, arg_now(), &d);
	if (e == OK)
		e = erase(d, a, id);
	if (e == ERR_DUPLICATE) {
		fprintf(stderr, "vigie erase: was erased already\n");
		return 1;
	}
	if (e != OK)
		return arg_fail("erase", dir, e);
	printf("erased; older backups remember until they are rotated\n");
	return 0;
}
