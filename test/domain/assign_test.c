/* The greedy assigner: lawful, continuous, near, and the same every time. */
#include "domain/relief/assign.h"
#include "test.h"

#define DAY day_of(2026, 11, 10)

static const struct id service = { 7, 1 };

struct town {
	struct labour_rules rules[IDCC_COUNT];
	struct moment now;
	struct assign_visit *v;
	struct candidate *c;
	struct assigned *got;
	struct qualification proof;
	size_t nv, nc;
};

static struct town town(struct arena *a, size_t nv, size_t nc)
{
	struct town t = { .nv = nv, .nc = nc };
	for (int i = 0; i < IDCC_COUNT; i++)
		t.rules[i] = labour_rules((enum idcc)i, DAY);
	t.now = (struct moment){ { (int64_t)DAY.d * US_DAY - US_DAY },
				 day_add(DAY, -1),
				 0 };
	t.v = ARENA_ARRAY(a, struct assign_visit, nv);
	t.c = ARENA_ARRAY(a, struct candidate, nc);
	t.got = ARENA_ARRAY(a, struct assigned, nv);
	return t;
}

static void set_visit(struct assign_visit *v, uint64_t n, int minute, int minutes,
		      int lon_km, int lat_km)
{
	*v = (struct assign_visit){ .need = { .operator_id = service,
					      .mode = CARE_MODE_PRESTATAIRE,
					      .payer = PAYER_APA,
					      .criticality = CRITICALITY_PERSONAL,
					      .tasks = TASK_BIT(TASK_REPAS),
					      .engagement = ENGAGE_RUNNING } };
	v->need.stay = (struct stay){ .visit_id = { 9, n }, .on = DAY, .from_min = minute };
	v->need.stay.from = (ts){ ((int64_t)DAY.d * 1440 + minute) * US_MIN };
	v->need.stay.until = ts_add_min(v->need.stay.from, minutes);
	v->need.stay.place =
		(struct place){ 49440000 + lat_km * 8993, 1100000 + lon_km * 13800 };
}

static void set_carer(struct arena *a, struct candidate *c, uint64_t n, int lon_km,
		      int lat_km)
{
	*c = (struct candidate){ .carer_id = { 3, n },
				 .operator_id = service,
				 .state = CARER_STATE_ACTIVE,
				 .idcc = IDCC_BAD_2941,
				 .worker = { CARER_STATUS_EMPLOYEE, TRAVEL_MODE_CAR, 2100 },
				 .known_on = DAY_NONE };
	c->home = (struct place){ 49440000 + lat_km * 8993, 1100000 + lon_km * 13800 };
	c->book = ARENA_NEW(a, struct day_book);
	c->book->on = DAY;
}

static size_t run(struct arena *a, struct town *t)
{
	return assign_day(a, t->v, t->nv, t->c, t->nc, t->rules, &t->now, t->got);
}

TEST(the_regular_carer_comes_first_then_who_knows_then_the_nearest)
{
	TEST_ARENA(a);
	struct town t = town(a, 3, 3);
	set_carer(a, &t.c[0], 1, 0, 0);
	set_carer(a, &t.c[1], 2, 9, 0);
	set_carer(a, &t.c[2], 3, 18, 0);
	set_visit(&t.v[0], 1, 540, 60, 0, 0);
	set_visit(&t.v[1], 2, 540, 60, 0, 0);
	set_visit(&t.v[2], 3, 540, 60, 0, 0);
	t.v[0].regular_carer_id = t.c[2].carer_id;
	struct id known = t.c[1].carer_id;
	t.v[1].known = (struct ids_slice){ &known, 1 };
	CHECK_INT(run(a, &t), 3);
	CHECK_INT(t.got[0].carer_id.lo, 3);
	CHECK_INT(t.got[0].why, ASSIGN_REGULAR);
	CHECK_INT(t.got[1].carer_id.lo, 2);
	CHECK_INT(t.got[1].why, ASSIGN_KNOWN);
	CHECK_INT(t.got[2].carer_id.lo, 1);
	CHECK_INT(t.got[2].why, ASSIGN_NEAREST);
	CHECK_INT(t.c[0].book->n, 1); /* the books took them */
	CHECK_INT(run(a, &t), 0);     /* and nobody is in two homes at once */
}

TEST(whom_the_rules_exclude_is_not_assigned)
{
	TEST_ARENA(a);
	struct town t = town(a, 1, 1);
	struct qualification q = { .kind = QUALIFICATION_KIND_DIPLOME,
				   .state = QUALIFICATION_STATE_VALID,
				   .issued_on = day_of(2020, 1, 1),
				   .expires_on = DAY_NONE };
	struct absence away = { .from_at = t.now.at,
				.until_at = ts_add_min(t.now.at, 4000) };
	struct availability hours = { .weekday = 2,
				      .from_minute = 600,
				      .until_minute = 700 };
	struct id refused = { 3, 1 };
	for (int k = 0; k < 9; k++) {
		set_carer(a, &t.c[0], 1, 0, 0);
		set_visit(&t.v[0], 1, 540, 60, 0, 0);
		switch (k) {
		case 1: t.v[0].need.tasks = TASK_BIT(TASK_TOILETTE); break; /* no proof */
		case 2: t.c[0].absences = (struct absences){ &away, 1, 1 }; break;
		case 3:
			t.c[0].availabilities = (struct availabilities){ &hours, 1, 1 };
			break;
		case 4: t.v[0].refused = (struct ids_slice){ &refused, 1 }; break;
		case 5: t.c[0].operator_id = (struct id){ 7, 2 }; break;
		case 6:
			t.c[0].book->before_until = ts_add_min(t.v[0].need.stay.from, -600);
			break;
		case 7: t.c[0].state = CARER_STATE_LEFT; break;
		case 8:
			t.v[0].need.tasks = TASK_BIT(TASK_TOILETTE);
			t.v[0].need.body = BODY_WOMAN;
			t.c[0].qualifications = (struct qualifications){ &q, 1, 1 };
			break;
		default: break;
		}
		CHECK_INT(run(a, &t), k == 0);
	}
	t.c[0].is_woman = true;
	CHECK_INT(run(a, &t), 1);
	CHECK_INT(assign_day(a, NULL, 0, t.c, 1, t.rules, &t.now, t.got), 0);
	CHECK_INT(assign_day(a, t.v, 1, NULL, 0, t.rules, &t.now, t.got), 0);
	CHECK(!id_is(t.got[0].carer_id));
}

TEST(a_vital_visit_is_covered_before_comfort)
{
	TEST_ARENA(a);
	struct town t = town(a, 2, 1);
	set_carer(a, &t.c[0], 1, 0, 0);
	set_visit(&t.v[0], 1, 540, 60, 0, 0);
	set_visit(&t.v[1], 2, 570, 60, 0, 0);
	t.v[0].need.criticality = CRITICALITY_COMFORT;
	t.v[1].need.criticality = CRITICALITY_VITAL;
	CHECK_INT(run(a, &t), 1);
	CHECK(id_is(t.got[1].carer_id));
}

TEST(a_carer_with_hours_left_comes_before_a_nearer_one_without)
{
	TEST_ARENA(a);
	struct town t = town(a, 1, 2);
	set_carer(a, &t.c[0], 1, 0, 0);
	set_carer(a, &t.c[1], 2, 4, 0);
	t.c[0].worker.week_min = 1500;
	t.c[0].book->week_min = 1480;
	set_visit(&t.v[0], 1, 540, 60, 0, 0);
	CHECK_INT(run(a, &t), 1);
	CHECK_INT(t.got[0].carer_id.lo, 2);
}

/* 5,000 visits in three peaks over 60 km by 60 km, 400 carers; what is assigned is lawful. */
TEST(a_departments_day_is_assigned_lawfully_and_always_the_same)
{
	struct arena *a __attribute__((cleanup(arena_freep))) =
		arena_new((size_t)256 << 20);
	enum { NV = 5000, NC = 400 };
	size_t done[2];
	struct id who[2][NV];
	for (int round = 0; round < 2; round++) {
		struct rng g = rng_init(7, 1);
		struct town t = town(a, NV, NC);
		t.proof = (struct qualification){ .kind = QUALIFICATION_KIND_DIPLOME,
						  .state = QUALIFICATION_STATE_VALID,
						  .issued_on = day_of(2020, 1, 1),
						  .expires_on = DAY_NONE };
		for (size_t i = 0; i < NC; i++) {
			set_carer(a, &t.c[i], i + 1, (int)rng_below(&g, 60),
				  (int)rng_below(&g, 60));
			if (rng_chance(&g, 4, 5))
				t.c[i].qualifications =
					(struct qualifications){ &t.proof, 1, 1 };
		}
		static const int peak[3] = { 480, 705, 1080 };
		for (size_t i = 0; i < NV; i++) {
			int m = peak[rng_below(&g, 3)] + 15 * (int)rng_below(&g, 10);
			set_visit(&t.v[i], i + 1, m, 30 + 15 * (int)rng_below(&g, 3),
				  (int)rng_below(&g, 60), (int)rng_below(&g, 60));
			if (rng_chance(&g, 1, 2))
				t.v[i].need.tasks = TASK_BIT(TASK_TOILETTE);
			if (rng_chance(&g, 1, 2))
				t.v[i].regular_carer_id = t.c[rng_below(&g, NC)].carer_id;
		}
		done[round] = run(a, &t);
		for (size_t i = 0; i < NV; i++)
			who[round][i] = t.got[i].carer_id;
		for (size_t i = 0; i < NC; i++) { /* each day as a whole, checked anew */
			const struct day_book *b = t.c[i].book;
			struct day_sheet s = day_sheet(&t.rules[IDCC_BAD_2941],
						       TRAVEL_MODE_CAR, b->v, b->n);
			CHECK_INT(s.overlap_min, 0);
			CHECK_INT(s.short_min, 0);
			CHECK(s.work_min <= 600 && s.amplitude_min <= 720);
		}
	}
	CHECK_INT(done[0], done[1]);
	CHECK(memcmp(who[0], who[1], sizeof who[0]) == 0);
	CHECK(done[0] > 1500);
}
