/* Files of others: every fault said with its line and column, nothing written by halves. */
#include "app/import.h"
#include "base/rng.h"
#include "run/world.h"
#include "test.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#define FINESS "760027045"

struct desk {
	struct arena *a;
	struct world *w;
	char dir[64];
	ts now;
	struct import_report r;
};

static ts at(int month, int mday, int hhmm) /* Paris, winter */
{
	day d = day_of(2026, month, mday);
	return (ts){ ((int64_t)d.d * 1440 + hhmm / 100 * 60 + hhmm % 100 - 60) * US_MIN };
}

static enum err bring(struct desk *k, enum import_kind kind, const char *bytes,
		      struct import_options o)
{
	CHECK_OK(db_begin(k->w->db));
	enum err e = import_run(k->w->app, k->a, &ACTOR_SYSTEM, kind, str_of(bytes), &o,
				k->now, &k->r);
	CHECK_OK(db_commit(k->w->db)); /* what a refusal leaves behind would stay */
	return e;
}

#define BRING(k, kind, bytes)                                                              \
	bring((k), IMPORT_##kind, (bytes), (struct import_options){ 0 })

static const char good_communes[] = "insee,name,postal_codes,population,lat,lon\n"
				    "76540,Rouen,76000 76100,112321,49.44,1.09\n"
				    "76351,Le Havre,76600,165830,49.49,0.13\n";
static const char good_operators[] =
	"finess,name,kind,commune_insee,lat,lon\n" FINESS
	",Service d'essai,SAAD,76540,49.44,1.09\n760916122,Autre service,SAAD,76351,,\n";
static const char good_carers[] =
	"operator;ref;prénom;nom;heures_semaine;diplôme inconnu;jours\n";
static const char carers[] =
	"operator;ref;prénom;nom;heures_semaine;qualification;qualifie_le;jours;"
	"téléphone\n" FINESS
	";C1;Ana;Essai;24,5;diplome;2020-06-30;lu ma me je ve sa di;01.99.00.12.34\n" FINESS
	";C2;Léa;Essai;30h30;;;lu ma;+33 1 99 00 12 35\n760916122;C1;Zoé;Essai;35;;;;\n";
static const char people[] = "ref,first_name,last_name,commune_insee,address,phone\n"
			     "P1,Jeanne,\"Essai, veuve\",76540,3 rue des Essais,\n"
			     "P2,Paul,Essai,76351,,0199001236\n";
static const char plans[] =
	"person,payer,tasks,hours_month,tariff,participation,starts_on\n"
	"P1,apa,toilette repas,20,\"24,58\",12.5,2026-01-01\n"
	"P2,apa,menage+courses,8,23.50,,01/02/2026\n";
static const char requests[] =
	"ref,person,own_words,tasks,payer,criticality,rrule,starts_on,hour,duration,"
	"operator,carer\n"
	"R1,P1,Chaque jour à dix heures,toilette,apa,personal,FREQ=DAILY,2026-11-01,10:00,"
	"60," FINESS ",C1\n"
	"R2,P1,Le soir pour le "
	"repas,repas,apa,personal,FREQ=DAILY,2026-11-01,18h30,45," FINESS ",C1\n"
	"R3,P2,Le "
	"ménage,menage,apa,confort,FREQ=WEEKLY;BYDAY=TU,2026-11-01,14:00,2h," FINESS ",\n";

static void open_desk(struct desk *k)
{
	struct world_options o = { .create = true, .is_seeded = true, .seed = 5 };
	*k = (struct desk){ .a = arena_new((size_t)512 << 20), .now = at(11, 10, 900) };
	snprintf(k->dir, sizeof k->dir, "/tmp/vigie_import_XXXXXX");
	CHECK(mkdtemp(k->dir) != NULL);
	CHECK_OK(world_open(k->dir, &o, k->now, &k->w));
}

static void close_desk(struct desk *k)
{
	char command[128];
	world_close(k->w);
	arena_free(k->a);
	snprintf(command, sizeof command, "rm -rf %s", k->dir);
	CHECK(system(command) == 0);
}

static void fill_territory(struct desk *k)
{
	struct import_options o = { .territory = S("76"), .name = S("Seine-Maritime") };
	CHECK_OK(bring(k, IMPORT_COMMUNES, good_communes, o));
	CHECK_OK(BRING(k, OPERATORS, good_operators));
	CHECK_OK(BRING(k, CARERS, carers));
	CHECK_OK(BRING(k, PEOPLE, people));
	CHECK_OK(BRING(k, PLANS, plans));
}

static void fill(struct desk *k)
{
	fill_territory(k);
	CHECK_OK(BRING(k, REQUESTS, requests));
	CHECK_INT(k->r.done, 3);
}

/* The first fault is `wrong`, of that line and column. */
static void check_fault(struct desk *k, enum import_wrong wrong, size_t line,
			const char *column)
{
	CHECK(k->r.faults.n > 0);
	CHECK_INT(k->r.faults.v[0].wrong, wrong);
	CHECK_INT(k->r.faults.v[0].line, line);
	CHECK_STRS(k->r.faults.v[0].column, str_of(column));
}

TEST(a_territory_comes_in_from_its_files_and_its_visits_are_planned)
{
	struct desk k;
	struct visits v;
	struct sql_person_by_ref_row p;
	open_desk(&k);
	fill(&k);
	CHECK_OK(sql_person_by_ref(k.w->db, k.a, S("76"), S("P1"), &p));
	CHECK_OK(sql_visits_of_person(k.w->db, k.a, p.id, k.now, at(11, 12, 0), &v));
	CHECK_INT(v.n, 4); /* two days, twice */
	CHECK(id_is(v.v[0].carer_id) && id_is(v.v[0].plan_line_id));
	struct plan_lines l;
	CHECK_OK(sql_plan_lines_of_person(k.w->db, k.a, p.id, &l));
	CHECK_INT(l.v[0].tariff_cents.cents, 2458);
	CHECK_INT(l.v[0].participation_bp, 1250);
	struct request r;
	CHECK_OK(sql_request_get(k.w->db, k.a, v.v[0].request_id, &r));
	CHECK(r.is_imported && !r.is_read_back);
	CHECK_STR(r.own_words, "Chaque jour à dix heures");
	close_desk(&k);
}

TEST(each_fault_has_its_line_its_column_and_its_sentence)
{
	static const struct {
		enum import_kind kind;
		enum import_wrong wrong;
		size_t line;
		const char *column, *bytes;
	} cases[] = {
#define OP "finess,name,kind,commune_insee,lat,lon\n"
#define RQ "ref,person,own_words,tasks,payer,criticality,rrule,starts_on,hour,duration\n"
#define PE "ref,first_name,last_name,commune_insee,phone\n"
#define RO "operator,request,date,carer\n"
		{ IMPORT_OPERATORS, IMPORT_finess_key, 2, "finess",
		  OP "760027046,X,SAAD,76540,,\n" },
		{ IMPORT_OPERATORS, IMPORT_finess, 2, "finess",
		  OP "7600270,X,SAAD,76540,,\n" },
		{ IMPORT_OPERATORS, IMPORT_exists, 2, "finess",
		  OP FINESS ",X,SAAD,76540,,\n" },
		{ IMPORT_OPERATORS, IMPORT_twice, 3, "finess",
		  OP "760027052,X,SAAD,76540,,\n760027052,X,SAAD,76540,,\n" },
		{ IMPORT_OPERATORS, IMPORT_unknown_commune, 2, "commune_insee",
		  OP "760027052,X,SAAD,76999,,\n" },
		{ IMPORT_OPERATORS, IMPORT_outside, 2, "lat",
		  OP "760027052,X,SAAD,76540,1.09,49.44\n" },
		{ IMPORT_OPERATORS, IMPORT_half_place, 2, "lat",
		  OP "760027052,X,SAAD,76540,49.4,\n" },
		{ IMPORT_OPERATORS, IMPORT_choice, 2, "kind",
		  OP "760027052,X,EHPAD,76540,,\n" },
		{ IMPORT_OPERATORS, IMPORT_columns, 2, "", OP "760027052,X,SAAD\n" },
		{ IMPORT_OPERATORS, IMPORT_unknown_column, 1, "",
		  "finess,name,kind,commune_insee,tel\n" },
		{ IMPORT_OPERATORS, IMPORT_column_missing, 1, "", "finess,name,kind\n" },
		{ IMPORT_OPERATORS, IMPORT_column_twice, 1, "",
		  "finess,name,nom,kind,commune_insee\n" },
		{ IMPORT_OPERATORS, IMPORT_encoding, 2, "",
		  OP "760027052,Caf\xe9,SAAD,76540,,\n" },
		{ IMPORT_OPERATORS, IMPORT_utf16, 1, "",
		  "\xff\xfe"
		  "f" },
		{ IMPORT_OPERATORS, IMPORT_no_header, 1, "", "" },
		{ IMPORT_OPERATORS, IMPORT_unclosed, 2, "", OP "\"760027052" },
		{ IMPORT_COMMUNES, IMPORT_other_territory, 2, "insee",
		  "insee,name,postal_codes,population\n14118,Caen,14000,1\n" },
		{ IMPORT_CARERS, IMPORT_unknown_operator, 2, "operator",
		  "operator,ref,first_name,last_name,week_hours\n760027052,C9,A,B,20\n" },
		{ IMPORT_CARERS, IMPORT_range, 2, "week_hours",
		  "operator,ref,first_name,last_name,week_hours\n" FINESS ",C9,A,B,60\n" },
		{ IMPORT_PEOPLE, IMPORT_phone, 2, "phone", PE "P9,A,B,76540,12\n" },
		{ IMPORT_PEOPLE, IMPORT_required, 2, "last_name", PE "P9,A,,76540,\n" },
		{ IMPORT_PLANS, IMPORT_unknown_person, 2, "person",
		  "person,payer,tasks,hours_month,tariff,starts_on\nP9,apa,repas,1,1,2026-"
		  "01-01\n" },
		{ IMPORT_PLANS, IMPORT_no_day, 2, "starts_on",
		  "person,payer,tasks,hours_month,tariff,starts_on\nP1,apa,repas,1,1,31/02/"
		  "2026\n" },
		{ IMPORT_REQUESTS, IMPORT_rrule, 2, "rrule",
		  RQ "R9,P1,x,repas,apa,vital,FREQ=HOURLY,2026-11-01,10:00,60\n" },
		{ IMPORT_REQUESTS, IMPORT_never, 2, "rrule",
		  RQ
		  "R9,P1,x,repas,apa,vital,FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31,2026-11-01,"
		  "10:00,60\n" },
		{ IMPORT_REQUESTS, IMPORT_gap, 2, "hour",
		  RQ "R9,P1,x,repas,apa,vital,,2027-03-28,02:30,60\n" },
		{ IMPORT_REQUESTS, IMPORT_hour, 2, "hour",
		  RQ "R9,P1,x,repas,apa,vital,,2026-11-28,24:00,60\n" },
		{ IMPORT_REQUESTS, IMPORT_duration, 2, "duration",
		  RQ "R9,P1,x,repas,apa,vital,,2026-11-28,10:00,2\n" },
		{ IMPORT_REQUESTS, IMPORT_exists, 2, "ref",
		  RQ "R1,P1,x,repas,apa,vital,,2026-11-28,10:00,60\n" },
		{ IMPORT_ROSTER, IMPORT_unknown_carer, 2, "carer",
		  RO FINESS ",R1,2026-11-11,C7\n" },
		{ IMPORT_ROSTER, IMPORT_unknown_visit, 2, "date",
		  RO FINESS ",R3,2026-11-11,C1\n" },
		{ IMPORT_ROSTER, IMPORT_unknown_request, 2, "request",
		  RO FINESS ",R8,2026-11-11,C1\n" },
		{ IMPORT_ROSTER, IMPORT_which_visit, 2, "date",
		  "operator,person,date,carer\n" FINESS ",P1,2026-11-11,C1\n" },
		{ IMPORT_ROSTER, IMPORT_who, 2, "request",
		  "operator,date,carer\n" FINESS ",2026-11-11,C1\n" },
		{ IMPORT_CHECKINS, IMPORT_no_time, 2, "arrived",
		  RO FINESS ",R1,2026-11-11,C1\n" },
	};
	struct desk k;
	open_desk(&k);
	fill(&k);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf fr = buf_init(k.a, 0), en = buf_init(k.a, 0);
		CHECK_ERR(bring(&k, cases[i].kind, cases[i].bytes,
				(struct import_options){ 0 }),
			  ERR_INPUT);
		check_fault(&k, cases[i].wrong, cases[i].line, cases[i].column);
		import_report_text(&fr, &k.r, 0);
		import_report_text(&en, &k.r, 1);
		CHECK(fr.n > 30 && en.n > 30);
	}
	close_desk(&k);
}

TEST(a_report_repeats_no_personal_value)
{
	struct desk k;
	open_desk(&k);
	fill(&k);
	CHECK_ERR(BRING(&k, PEOPLE, PE "P9,Marguerite,Duchemin,76540,zéro-un\n"),
		  ERR_INPUT);
	struct buf b = buf_init(k.a, 0);
	import_report_text(&b, &k.r, 0);
	import_report_csv(&b, &k.r, 0);
	import_report_json(&b, &k.r, 0);
	CHECK(str_find(buf_str(&b), S("zéro")) == SIZE_MAX);
	CHECK(str_find(buf_str(&b), S("Marguerite")) == SIZE_MAX);
	CHECK(str_find(buf_str(&b), S("ligne 2, colonne phone")) != SIZE_MAX);
	close_desk(&k);
}

TEST(a_name_longer_than_its_limit_is_refused_and_long_values_are_cut_in_the_report)
{
	struct desk k;
	open_desk(&k);
	fill(&k);
	CHECK_ERR(BRING(&k, COMMUNES,
			"insee,name,postal_codes,population\n"
			"76999999999999999999999999999999é,X,1,1\n"),
		  ERR_INPUT);
	check_fault(&k, IMPORT_insee, 2, "insee");
	CHECK_STR(k.r.faults.v[0].value, "769999999999999999999999…");
	CHECK_ERR(BRING(&k, CARERS, good_carers), ERR_INPUT);
	check_fault(&k, IMPORT_unknown_column, 1, "");
	close_desk(&k);
}

TEST(known_rows_are_passed_over_when_asked)
{
	struct desk k;
	open_desk(&k);
	fill(&k);
	struct import_options o = { .keep_known = true };
	CHECK_OK(bring(&k, IMPORT_PEOPLE, people, o));
	CHECK_INT(k.r.known, 2);
	CHECK_INT(k.r.done, 0);
	CHECK_OK(bring(&k, IMPORT_REQUESTS, requests, o));
	CHECK_INT(k.r.known, 3);
	CHECK_OK(BRING(&k, COMMUNES, good_communes)); /* public data: brought up to date */
	CHECK_INT(k.r.done, 2);
	close_desk(&k);
}

TEST(a_coordinator_brings_nothing_for_another_operator)
{
	struct desk k;
	struct operator o;
	open_desk(&k);
	fill(&k);
	CHECK_OK(sql_operator_by_finess(k.w->db, k.a, S("760916122"), &o));
	struct actor by = { .role = ROLE_COORDINATOR,
			    .operator_id = o.id,
			    .territory = S("76") };
	struct import_options opt = { 0 };
	CHECK_OK(db_begin(k.w->db));
	CHECK_ERR(import_run(k.w->app, k.a, &by, IMPORT_ROSTER,
			     S(RO FINESS ",R1,2026-11-11,C2\n"), &opt, k.now, &k.r),
		  ERR_INPUT);
	check_fault(&k, IMPORT_foreign, 2, "operator");
	CHECK_ERR(
		import_run(k.w->app, k.a, &by, IMPORT_OPERATORS, S(OP), &opt, k.now, &k.r),
		ERR_FORBIDDEN);
	db_rollback(k.w->db);
	close_desk(&k);
}

TEST(a_roster_assigns_carers_and_a_second_one_changes_nothing)
{
	struct desk k;
	struct visits v;
	struct sql_person_by_ref_row p;
	struct operator o;
	struct sql_carer_by_ref_row c;
	open_desk(&k);
	fill(&k);
	CHECK_OK(BRING(&k, ROSTER, RO FINESS ",R1,2026-11-11,C2\n"));
	CHECK_OK(sql_person_by_ref(k.w->db, k.a, S("76"), S("P1"), &p));
	CHECK_OK(sql_operator_by_finess(k.w->db, k.a, S(FINESS), &o));
	CHECK_OK(sql_carer_by_ref(k.w->db, k.a, S("76"), o.id, S("C2"), &c));
	CHECK_OK(
		sql_visits_of_person(k.w->db, k.a, p.id, at(11, 11, 0), at(11, 12, 0), &v));
	CHECK(id_eq(v.v[0].carer_id, c.id));
	CHECK_OK(BRING(&k, ROSTER, RO FINESS ",R1,2026-11-11,C2\n"));
	CHECK_INT(k.r.known, 1);
	close_desk(&k);
}

#define CH "operator;request;date;carer;arrived;left\n" FINESS ";"

TEST(check_ins_come_twice_out_of_order_late_or_from_the_wrong_carer)
{
	struct desk k;
	open_desk(&k);
	fill(&k);
	k.now = at(11, 10, 1930);
	CHECK_OK(BRING(&k, CHECKINS,
		       CH "R2;2026-11-10;C1;;19:15\n" FINESS
			  ";R1;2026-11-10;C1;10:02;11:01\n" FINESS
			  ";R2;2026-11-10;C1;18:31;\n"));
	CHECK_INT(k.r.done, 3); /* the departure stood before its arrival */
	CHECK_OK(BRING(&k, CHECKINS, CH "R1;2026-11-10;C1;10:02;11:01\n"));
	CHECK_INT(k.r.known, 1);
	CHECK_ERR(BRING(&k, CHECKINS, CH "R1;2026-11-10;C1;10:09;\n"), ERR_INPUT);
	check_fault(&k, IMPORT_other_time, 2, "arrived");
	k.now = at(11, 11, 1030);
	CHECK_ERR(BRING(&k, CHECKINS, CH "R1;2026-11-11;C2;10:02;\n"), ERR_INPUT);
	check_fault(&k, IMPORT_wrong_carer, 2, "carer");
	CHECK_ERR(BRING(&k, CHECKINS, CH "R1;2026-11-11;C1;11:59;\n"), ERR_INPUT);
	check_fault(&k, IMPORT_future, 2, "arrived");
	CHECK_ERR(BRING(&k, CHECKINS, CH "R1;2026-11-11;C1;;10:20\n"), ERR_INPUT);
	check_fault(&k, IMPORT_not_begun, 2, "left");
	k.now = at(11, 14, 900);
	CHECK_ERR(BRING(&k, CHECKINS, CH "R1;2026-11-11;C1;10:02;\n"), ERR_INPUT);
	check_fault(&k, IMPORT_late, 2, "arrived");
	close_desk(&k);
}

/* --- nothing by halves */

static str count_rows(struct desk *k)
{
	char path[96];
	sqlite3 *db;
	sqlite3_stmt *names, *one;
	struct buf b = buf_init(k->a, 0);
	snprintf(path, sizeof path, "%s/vigie.db", k->dir);
	CHECK(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
	CHECK(sqlite3_prepare_v2(db,
				 "SELECT name FROM sqlite_master WHERE type='table' "
				 "ORDER BY name",
				 -1, &names, NULL) == SQLITE_OK);
	while (sqlite3_step(names) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(names, 0);
		str sql = str_fmt(k->a, "SELECT count(*) FROM \"%s\"", name);
		CHECK(sqlite3_prepare_v2(db, sql.p, (int)sql.n, &one, NULL) == SQLITE_OK);
		CHECK(sqlite3_step(one) == SQLITE_ROW);
		buf_fmt(&b, "%s %d\n", name, sqlite3_column_int(one, 0));
		sqlite3_finalize(one);
	}
	sqlite3_finalize(names);
	sqlite3_close(db);
	return buf_str(&b);
}

static str mutate(struct arena *a, struct rng *r, const char *good)
{
	size_t n = strlen(good), at0 = (size_t)rng_below(r, n);
	struct buf b = buf_init(a, 0);
	static const char letters[] = ",;\"\n\r0919-/:éP C\x01\xff\xc3";
	char c = letters[rng_below(r, sizeof letters - 1)];
	size_t cut = rng_below(r, 3) ? 1 : (size_t)rng_below(r, 12);
	buf_put(&b, (str){ good, at0 });
	if (rng_below(r, 4))
		buf_byte(&b, c);
	else
		buf_put(&b, (str){ good + at0 / 2, n - at0 < 40 ? n - at0 : 40 });
	if (at0 + cut < n)
		buf_put(&b, (str){ good + at0 + cut, n - at0 - cut });
	return buf_str(&b);
}

static int refusals(struct desk *k, enum import_kind kind, const char *good, uint64_t seed,
		    int tries)
{
	struct rng r = rng_init(seed, (uint64_t)kind);
	struct import_options o = { 0 };
	int refused = 0;
	str before = count_rows(k);
	for (int i = 0; i < tries; i++) {
		str bytes = mutate(k->a, &r, good);
		CHECK_OK(db_begin(k->w->db));
		enum err e = import_run(k->w->app, k->a, &ACTOR_SYSTEM, kind, bytes, &o,
					k->now, &k->r);
		if (e == OK) {
			CHECK(k->r.refused == 0 && k->r.faults.n == 0);
			db_rollback(k->w->db);
			continue;
		}
		CHECK_ERR(e, ERR_INPUT);
		CHECK(k->r.faults.n > 0);
		CHECK_OK(db_commit(k->w->db));
		CHECK_STRS(count_rows(k), before);
		refused++;
	}
	return refused;
}

TEST(of_many_mutated_files_none_is_imported_by_halves)
{
	struct desk k;
	int n = 0;
	open_desk(&k);
	fill_territory(&k);
	/* other keys, so that the good file itself would come in */
	n += refusals(&k, IMPORT_OPERATORS,
		      OP "760027052,X,SAAD,76540,,\n760030809,Y,SAAD,76351,,\n", 1, 80);
	n += refusals(&k, IMPORT_PEOPLE, PE "P8,A,B,76540,0199001236\nP9,C,D,76351,\n", 2,
		      80);
	n += refusals(&k, IMPORT_REQUESTS, requests, 3, 80);
	CHECK_OK(BRING(&k, REQUESTS, requests));
	n += refusals(&k, IMPORT_ROSTER,
		      RO FINESS ",R1,2026-11-11,C2\n" FINESS ",R2,2026-11-11,C2\n", 4, 80);
	k.now = at(11, 10, 1930);
	n += refusals(&k, IMPORT_CHECKINS,
		      CH "R1;2026-11-10;C1;10:02;11:01\n" FINESS
			 ";R2;2026-11-10;C1;18:31;19:10\n",
		      5, 80);
	CHECK(n > 150);
	close_desk(&k);
}

TEST(the_count_of_rows_would_see_a_half_import)
{
	struct desk k;
	open_desk(&k);
	fill(&k);
	str before = count_rows(&k);
	static const char half[] = PE "P8,A,B,76540,\nP9,A,B,99999,\n";
	CHECK_ERR(BRING(&k, PEOPLE, half), ERR_INPUT);
	CHECK_STRS(count_rows(&k), before);
	CHECK_OK(
		bring(&k, IMPORT_PEOPLE, half, (struct import_options){ .partial = true }));
	CHECK_INT(k.r.done, 1);
	CHECK_INT(k.r.refused, 1);
	CHECK(!str_eq(count_rows(&k), before));
	close_desk(&k);
}

TEST(a_dry_run_tries_everything_and_writes_nothing)
{
	struct desk k;
	open_desk(&k);
	fill_territory(&k);
	str before = count_rows(&k);
	CHECK_OK(bring(&k, IMPORT_REQUESTS, requests,
		       (struct import_options){ .dry_run = true }));
	CHECK_INT(k.r.done, 3);
	CHECK(!k.r.is_kept);
	CHECK_STRS(count_rows(&k), before);
	CHECK_OK(BRING(&k, REQUESTS, requests)); /* and it comes in afterwards */
	close_desk(&k);
}
