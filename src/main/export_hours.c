/* vigie export-hours - hours and travel of each carer and day of a month, for pay. */
#include "app/hours.h"

#include "main/arg.h"
#include "main/cmd.h"
#include "run/world.h"

#include <stdio.h>

static int usage(void)
{
	fprintf(stderr,
		"usage: vigie export-hours --data DIR --month YYYY-MM --operator ID|FINESS "
		"[--format csv|json]\n"
		"       vigie export-hours --schema\n");
	return 2;
}

static enum err one_operator(struct db *db, struct arena *a, str s, struct operator* ret)
{
	struct id id;
	if (id_parse(s, &id) == OK)
		return sql_operator_get(db, a, id, ret);
	return sql_operator_by_finess(db, a, s, ret);
}

static enum err zone_of(struct db *db, struct arena *a, str territory,
			const struct zone **ret)
{
	struct sql_territory_zone_row row;
	str bytes;
	TRY(sql_territory_zone(db, a, territory, &row));
	TRY(world_zone_bytes(NULL, a, row.zone, &bytes));
	return zone_parse(a, row.zone, bytes, ret);
}

static enum err compute(const char *dir, struct arena *a, str wanted, day first,
			struct operator* op, struct hours_days *ret)
{
	CLEANUP(data_closep) struct data *d = NULL;
	struct data_options reader = { .read_only = true };
	const struct zone *z;
	struct civil c = day_civil(first);
	day until = day_add(first, month_days(c.year, c.month));
	TRY(data_open(dir, &reader, arg_now(), &d));
	TRY(db_begin_read(d->db));
	enum err e = one_operator(d->db, a, wanted, op);
	if (e == OK)
		e = zone_of(d->db, a, op->territory, &z);
	if (e == OK)
		e = hours_month(d->db, a, op->id, z, first, until, ret);
	db_rollback(d->db);
	return e;
}

static int print(struct buf *b)
{
	str s = buf_str(b);
	return fwrite(s.p, 1, s.n, stdout) == s.n && fflush(stdout) == 0 ? 0 : 2;
}

int cmd_export_hours(int argc, char **argv)
{
	const char *dir = NULL, *month = NULL, *wanted = NULL, *format = NULL;
	bool schema = false;
	const struct arg_option options[] = {
		{ "--data", &dir, NULL },        { "--month", &month, NULL },
		{ "--operator", &wanted, NULL }, { "--format", &format, NULL },
		{ "--schema", NULL, &schema },
	};
	CLEAN_ARENA struct arena *a = arena_new((size_t)1 << 30);
	struct buf b = buf_init(a, (size_t)64 << 20);
	struct operator op;
	struct hours_days h;
	day first;
	if (!arg_read(argc, argv, options, 5))
		return usage();
	if (schema) {
		hours_schema(&b);
		BUF_LIT(&b, "\n");
		return print(&b);
	}
	str f = str_of(format ? format : "csv");
	if (!dir || !month || !wanted || (!str_eq(f, S("csv")) && !str_eq(f, S("json"))))
		return usage();
	if (str_of(month).n != 7 ||
	    day_parse(str_cat(a, str_of(month), S("-01")), &first) != OK)
		return usage();
	enum err e = compute(dir, a, str_of(wanted), first, &op, &h);
	if (e != OK)
		return arg_fail("export-hours", e == ERR_NOT_FOUND ? wanted : dir, e);
	if (str_eq(f, S("json")))
		hours_json(&b, op.finess, &h);
	else
		hours_csv(&b, op.finess, &h);
	return print(&b);
}
