/* demo.c - vigie demo: a made-up territory, lived day by day by the real engine. */
#include "main/cmd.h"
#include "base/csv.h"
#include "run/demo.h"
#include "run/live.h"
#include "store/files.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct options {
	const char *data, *departement, *france;
	int64_t persons, days;
	uint64_t seed;
	str until;
};

static int usage(void)
{
	fprintf(stderr,
		"usage: vigie demo --data DIR [--departement 76] [--persons 2000] [--days "
		"30]\n"
		"                  [--seed 1] [--until YYYY-MM-DD] [--france DIR]\n");
	return 2;
}

static bool number(const char *text, int64_t lo, int64_t hi, int64_t *ret)
{
	int64_t v;
	if (str_int(str_of(text), &v) != OK || v < lo || v > hi)
		return false;
	*ret = v;
	return true;
}

static bool options_read(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = {
		{ "data", 1, NULL, 'd' },    { "departement", 1, NULL, 't' },
		{ "persons", 1, NULL, 'p' }, { "days", 1, NULL, 'n' },
		{ "seed", 1, NULL, 's' },    { "until", 1, NULL, 'u' },
		{ "france", 1, NULL, 'f' },  { NULL, 0, NULL, 0 },
	};
	int c;
	int64_t seed = 1;
	*o = (struct options){ .departement = "76", .persons = 2000, .days = 30 };
	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		bool ok = true;
		switch (c) {
		case 'd': o->data = optarg; break;
		case 't': o->departement = optarg; break;
		case 'f': o->france = optarg; break;
		case 'p': ok = number(optarg, 0, 1000000, &o->persons); break;
		case 'n': ok = number(optarg, 1, 400, &o->days); break;
		case 's': ok = number(optarg, 0, INT64_MAX, &seed); break;
		case 'u': o->until = str_of(optarg); break;
		default: return false;
		}
		if (!ok)
			return false;
	}
	o->seed = (uint64_t)seed;
	return o->data && optind == argc;
}

/* --- public data: data/france, beside the program or where it was installed */

static enum err france_file(struct arena *a, const struct options *o, const char *name,
			    str *ret)
{
	const char *const places[] = { o->france, getenv("VIGIE_FRANCE"), "data/france",
				       VIGIE_DATADIR "/france" };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (!places[i])
			continue;
		enum err e =
			file_read(a, str_fmt(a, "%s/%s", places[i], name).p, 8 << 20, ret);
		if (e != ERR_NOT_FOUND)
			return e;
	}
	fprintf(stderr, "vigie demo: the file %s is not there (try --france DIR)\n", name);
	return ERR_NOT_FOUND;
}

struct table {
	struct csv csv;
	struct csv_row head, row;
};

static enum err table_open(struct arena *a, str bytes, struct table *ret)
{
	ret->csv = csv_init(a, bytes);
	return csv_next(&ret->csv, &ret->head);
}

static str cell(const struct table *t, const char *name)
{
	size_t i = csv_column(&t->head, str_of(name));
	return i < t->row.n ? t->row.v[i] : (str){ 0 };
}

/* "49.59429" -> 49594290; empty gives 0. */
static int64_t micro(str s)
{
	str whole = str_cut(&s, '.');
	bool minus = str_starts(whole, S("-"));
	int64_t v = 0, f = 0, scale = 1000000;
	if (!whole.n || str_int(minus ? str_from(whole, 1) : whole, &v) != OK)
		return 0;
	for (size_t i = 0; i < s.n && i < 6; i++) {
		f = f * 10 + (s.p[i] - '0');
		scale /= 10;
	}
	v = v * 1000000 + f * scale;
	return minus ? -v : v;
}

struct communes {
	struct demo_commune *v;
	size_t n, cap;
};

static enum err read_communes(struct arena *a, const struct options *o,
			      struct communes *ret)
{
	str bytes;
	struct table t = { 0 };
	TRY(france_file(a, o, str_fmt(a, "communes-%s.csv", o->departement).p, &bytes));
	TRY(table_open(a, bytes, &t));
	while (csv_next(&t.csv, &t.row) == OK) {
		struct demo_commune c = { .insee = cell(&t, "insee"),
					  .name = cell(&t, "name"),
					  .lat_e6 = micro(cell(&t, "lat")),
					  .lon_e6 = micro(cell(&t, "lon")) };
		if (str_int(cell(&t, "population"), &c.population) == OK && c.lat_e6)
			*ARENA_PUSH(a, ret) = c;
	}
	return ret->n ? OK : ERR_INPUT;
}

static enum err count_services(struct arena *a, const struct options *o,
			       struct communes *list)
{
	str bytes;
	struct table t = { 0 };
	TRY(france_file(a, o, str_fmt(a, "operators-%s.csv", o->departement).p, &bytes));
	TRY(table_open(a, bytes, &t));
	while (csv_next(&t.csv, &t.row) == OK) {
		str insee = cell(&t, "commune_insee");
		for (size_t i = 0; i < list->n; i++)
			list->v[i].services += str_eq(list->v[i].insee, insee);
	}
	return OK;
}

static enum err read_departement(struct arena *a, const struct options *o,
				 struct demo_options *ret)
{
	str bytes;
	struct table t = { 0 };
	TRY(france_file(a, o, "departements.csv", &bytes));
	TRY(table_open(a, bytes, &t));
	while (csv_next(&t.csv, &t.row) == OK) {
		if (!str_eq(cell(&t, "code"), str_of(o->departement)))
			continue;
		ret->territory = cell(&t, "code");
		ret->name = cell(&t, "name");
		if (str_int(cell(&t, "apa_home_2020"), &ret->entitled) != OK)
			ret->entitled = 0;
		ret->entitled_source =
			S("DREES, enquête Aide sociale, APA à domicile, décembre 2020");
		return OK;
	}
	return ERR_NOT_FOUND;
}

static enum err until_day(const struct options *o, const struct zone *z, day *ret)
{
	if (o->until.n)
		return day_parse(o->until, ret);
	*ret = zone_day(z, (ts){ (int64_t)time(NULL) * US_S });
	return OK;
}

static enum err make(struct arena *a, const struct options *o)
{
	struct demo_options d = { .zone = S("Europe/Paris"), .seed = o->seed };
	struct communes list = { 0 };
	const struct zone *z;
	day until;
	str tz;
	TRY(read_departement(a, o, &d));
	TRY(read_communes(a, o, &list));
	TRY(count_services(a, o, &list));
	TRY(file_read(a, "/usr/share/zoneinfo/Europe/Paris", 65536, &tz));
	TRY(zone_parse(a, d.zone, tz, &z));
	TRY(until_day(o, z, &until));
	d.persons = (int)(o->persons ? o->persons : d.entitled);
	d.communes = list.v;
	d.commune_count = list.n;
	d.first = day_add(until, -(int)o->days);
	struct world_options wo = { .create = true,
				    .is_seeded = true,
				    .seed = o->seed,
				    .origin = "demo.vigie.local" };
	struct world *w;
	/* made two days before its first day, so that the first day is promised the day before */
	ts start = zone_ts(z, day_add(d.first, -2), 9 * 60);
	TRY(world_open(o->data, &wo, start, &w));
	struct live l = { .world = w, .sender = sender_recording(), .now = start };
	enum err e = db_begin(w->db);
	if (e == OK)
		e = sql_meta_set(w->db, S("demo"), S("1"));
	if (e == OK)
		e = demo_make(w->app, &d, start);
	if (e == OK)
		e = db_commit(w->db);
	if (e == OK)
		e = live_until(&l, zone_ts(z, d.first, 0));
	l.actors = actors_new(o->seed, d.territory);
	if (e == OK)
		e = live_until(&l, zone_ts(z, until, 0));
	if (e == OK) {
		uint64_t size;
		e = ledger_size(w->ledger, a, &size);
		if (e == OK)
			printf("%" PRIstr
			       ": %d persons, %d days, %llu facts, %lld steps, %lld acts "
			       "refused by the rules\n",
			       STR(d.name), d.persons, (int)o->days,
			       (unsigned long long)size, (long long)l.steps,
			       (long long)actors_refused(l.actors));
	}
	actors_free(l.actors);
	world_close(w);
	return e;
}

int cmd_demo(int argc, char **argv)
{
	struct options o;
	if (!options_read(argc, argv, &o))
		return usage();
	CLEAN_ARENA struct arena *a = arena_new(0);
	enum err e = make(a, &o);
	if (e == ERR_DUPLICATE)
		fprintf(stderr, "vigie demo: %s holds a territory already\n", o.data);
	else if (e != OK)
		fprintf(stderr, "vigie demo: %s\n", err_name(e));
	return e == OK ? 0 : 1;
}
