/* vigie bilan - prints the bilan of a month, computed from the data folder as it is. */
#include "main/arg.h"
#include "main/cmd.h"

#include "app/bilan.h"
#include "domain/account/render.h"
#include "main/month.h"

#include <stdio.h>

static int usage(void)
{
	fprintf(stderr,
		"usage: vigie bilan --data DIR --territory CODE --month YYYY-MM\n"
		"                   [--operator ID|FINESS] [--format text|json|csv] "
		"[--own]\n"
		"  --own  the operator's own figures, whatever its size (not public)\n");
	return 2;
}

/* The key of the line of an operator given by its id, its FINESS or the key itself. */
static str line_of(const struct bilan *b, str wanted)
{
	for (size_t i = 0; i < b->n; i++)
		if (str_eq(b->lines[i].key, wanted) ||
		    (wanted.n && str_eq(b->lines[i].finess, wanted)))
			return b->lines[i].key;
	return (str){ 0 };
}

static int print(struct arena *a, const struct bilan *b, const char *wanted,
		 const char *format)
{
	str only = { 0 };
	if (wanted) {
		only = line_of(b, str_of(wanted));
		if (!only.n) {
			fprintf(stderr,
				"vigie bilan: %s has no line of its own: unknown, without "
				"activity, or grouped (regroupes)\n",
				wanted);
			return 1;
		}
	}
	struct buf out = buf_init(a, (size_t)64 << 20);
	if (str_eq(str_of(format), S("json")))
		bilan_json(&out, b, only);
	else if (str_eq(str_of(format), S("csv")))
		bilan_csv(&out, b, only);
	else
		bilan_text(&out, b, only);
	str s = buf_str(&out);
	return fwrite(s.p, 1, s.n, stdout) == s.n && fflush(stdout) == 0 ? 0 : 2;
}

int cmd_bilan(int argc, char **argv)
{
	const char *dir = NULL, *territory = NULL, *month = NULL, *wanted = NULL;
	const char *format = NULL;
	bool own = false;
	const struct arg_option options[] = {
		{ "--data", &dir, NULL },      { "--territory", &territory, NULL },
		{ "--month", &month, NULL },   { "--operator", &wanted, NULL },
		{ "--format", &format, NULL }, { "--own", NULL, &own },
	};
	if (!arg_read(argc, argv, options, 6) || !dir || !territory || !month)
		return usage();
	format = format ? format : "text";
	str f = str_of(format);
	if (!str_eq(f, S("json")) && !str_eq(f, S("csv")) && !str_eq(f, S("text")))
		return usage();
	CLEANUP(month_closep) struct month *m = NULL;
	struct facts_closed *c;
	enum err e = month_open(dir, &m);
	if (e == OK)
		e = month_compute(m, str_of(territory), str_of(month), &c);
	if (e != OK)
		return arg_fail("bilan", e == ERR_INPUT ? month : territory, e);
	return print(m->a, own ? &c->own : &c->bilan, wanted, format);
}
