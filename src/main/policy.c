/* vigie policy - the dated values of the watch: listed with their source, set with theirs. */
#include "main/arg.h"
#include "main/cmd.h"
#include "run/world.h"

#include <stdio.h>
#include <string.h>

struct wish {
	const char *data, *territory, *operator_, *criticality, *key, *value, *source;
	bool law, history;
};

static int usage(void)
{
	fprintf(stderr,
		"usage: vigie policy list --data DIR [--territory CODE] [--operator ID] "
		"[--history]\n"
		"       vigie policy set --data DIR --key KEY --value N --source TEXT "
		"[--law]\n"
		"                    [--territory CODE] [--operator ID] "
		"[--criticality vital|personal|comfort]\n");
	return 2;
}

static void print_value(enum policy_key k, const struct policy *p,
			const struct policy_row *last)
{
	str source = last ? last->source : str_of(policy_source(k));
	bool law = last ? last->is_law : policy_is_law(k);
	printf("%-18s %6lld %6lld %6lld  %-13s %s%" PRIstr "\n", policy_key_name(k),
	       (long long)p[0].v[k], (long long)p[1].v[k], (long long)p[2].v[k],
	       policy_unit(k), law ? "law: " : "", STR(source));
}

static bool fits(const struct policy_row *r, str territory, struct id operator_id)
{
	return (!r->territory.n || str_eq(r->territory, territory)) &&
	       (!id_is(r->operator_id) || id_eq(r->operator_id, operator_id));
}

static void list(const struct policy_rows *rows, str territory, struct id operator_id)
{
	struct policy p[CRITICALITY_COUNT] = { 0 };
	for (int c = 0; c < CRITICALITY_COUNT; c++)
		p[c] = policy_resolve(rows, territory, operator_id, (enum criticality)c,
				      arg_now());
	printf("%-18s %6s %6s %6s  %-13s source\n", "key", "vital", "perso", "comf",
	       "unit");
	for (int k = 0; k < POLICY_COUNT_; k++) {
		const struct policy_row *last = NULL;
		for (size_t i = 0; i < rows->n; i++)
			if (fits(&rows->v[i], territory, operator_id) &&
			    str_eq(rows->v[i].key,
				   str_of(policy_key_name((enum policy_key)k))))
				last = &rows->v[i];
		print_value((enum policy_key)k, p, last);
	}
}

static void history(struct arena *a, const struct policy_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct policy_row *r = &rows->v[i];
		str operator_ = id_is(r->operator_id) ? id_text(a, r->operator_id)
						      : S("every operator");
		const char *c =
			r->criticality < 0
				? "every criticality"
				: criticality_name((enum criticality)r->criticality);
		str territory = r->territory.n ? r->territory : S("every territory");
		printf("%" PRIstr " version %d %" PRIstr " %lld, %" PRIstr ", %" PRIstr
		       ", %s, %s: %" PRIstr "\n",
		       STR(ts_text(a, r->from_at)), r->version, STR(r->key),
		       (long long)r->value, STR(territory), STR(operator_), c,
		       r->is_law ? "law" : "proposal", STR(r->source));
	}
}

static int cmd_list(const struct wish *w, struct id operator_id)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	CLEANUP(data_closep) struct data *d = NULL;
	struct data_options reader = { .read_only = true };
	struct policy_rows rows;
	enum err e = data_open(w->data, &reader, arg_now(), &d);
	if (e == OK)
		e = sql_policy_rows(d->db, a, &rows);
	if (e != OK)
		return arg_fail("policy", w->data, e);
	if (w->history)
		history(a, &rows);
	else
		list(&rows, str_of(w->territory), operator_id);
	return 0;
}

static enum err set(struct world *world, struct policy_row *row)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct actor by = { .role = ROLE_ADMIN };
	TRY(db_begin(world->db));
	enum err e = app_policy_set(world->app, a, &by, row, arg_now());
	if (e == OK)
		return db_commit(world->db);
	db_rollback(world->db);
	return e;
}

static int cmd_set(const struct wish *w, struct id operator_id)
{
	struct policy_row row = { .territory = str_of(w->territory),
				  .operator_id = operator_id,
				  .criticality = -1,
				  .key = str_of(w->key),
				  .source = str_of(w->source),
				  .is_law = w->law };
	struct world_options wo = { 0 };
	struct world *world;
	enum policy_key k;
	enum criticality c = CRITICALITY_VITAL;
	if (!w->key || !w->value || !w->source ||
	    str_int(str_of(w->value), &row.value) != OK ||
	    (w->criticality && !criticality_of(str_of(w->criticality), &c)))
		return usage();
	if (!policy_key_of(row.key, &k)) {
		fprintf(stderr, "vigie policy: %s: no such key\n", w->key);
		return 1;
	}
	if (w->criticality)
		row.criticality = (int)c;
	enum err e = world_open(w->data, &wo, arg_now(), &world);
	if (e != OK)
		return arg_fail("policy", w->data, e);
	e = set(world, &row);
	world_close(world);
	if (e == ERR_INPUT) {
		fprintf(stderr,
			"vigie policy: %s = %s: out of range, or the steps would no longer "
			"be in order of time, or the source is empty\n",
			w->key, w->value);
		return 1;
	}
	if (e != OK)
		return arg_fail("policy", w->data, e);
	printf("version %d: %s = %s\n", row.version, w->key, w->value);
	return 0;
}

int cmd_policy(int argc, char **argv)
{
	struct wish w = { 0 };
	struct id operator_id = ID_NONE;
	const struct arg_option options[] = {
		{ "--data", &w.data, NULL },
		{ "--territory", &w.territory, NULL },
		{ "--operator", &w.operator_, NULL },
		{ "--criticality", &w.criticality, NULL },
		{ "--key", &w.key, NULL },
		{ "--value", &w.value, NULL },
		{ "--source", &w.source, NULL },
		{ "--law", NULL, &w.law },
		{ "--history", NULL, &w.history },
	};
	if (argc < 2)
		return usage();
	const char *what = argv[1];
	argv[1] = argv[0];
	if (!arg_read(argc - 1, argv + 1, options, sizeof options / sizeof *options) ||
	    !w.data || (w.operator_ && id_parse(str_of(w.operator_), &operator_id) != OK))
		return usage();
	if (strcmp(what, "list") == 0)
		return cmd_list(&w, operator_id);
	return strcmp(what, "set") == 0 ? cmd_set(&w, operator_id) : usage();
}
