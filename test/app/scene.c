#include "scene.h"

#include "store/seal.h"
#include "test.h"

#include <stdlib.h>

static enum err keep(void *ctx, struct arena *a, str territory, const struct event *e)
{
	(void)a;
	struct scene *s = ctx;
	CHECK_STR(territory, "76");
	*ARENA_PUSH(s->a, &s->journal) = *e;
	return OK;
}

static void draw(void *ctx, void *p, size_t n)
{
	rng_bytes(ctx, p, n);
}

static enum err zone_file(void *ctx, struct arena *a, str name, str *ret)
{
	(void)ctx;
	char path[256];
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%.*s", STR(name));
	FILE *f = fopen(path, "rb");
	if (!f)
		return ERR_NOT_FOUND;
	char *p = arena_alloc(a, ZONE_BYTES_MAX);
	*ret = (str){ p, fread(p, 1, ZONE_BYTES_MAX, f) };
	fclose(f);
	return OK;
}

ts scene_at(day d, int hhmm) /* winter time: an hour before UTC */
{
	return (ts){ ((int64_t)d.d * 1440 + hhmm / 100 * 60 + hhmm % 100 - 60) * US_MIN };
}

static struct id add_operator(struct scene *s, const char *finess, bool relay)
{
	struct operator o = { .territory = S("76"),
			      .finess = str_of(finess),
			      .name = S("Service d'essai"),
			      .kind = OPERATOR_KIND_SAAD,
			      .state = OPERATOR_STATE_ACTIVE,
			      .lat_e6 = 49440000,
			      .lon_e6 = 1100000,
			      .is_authorised = true,
			      .is_relay = relay };
	CHECK_OK(app_operator_add(s->app, s->a, &ACTOR_SYSTEM, &o, scene_at(SCENE_DAY, 0)));
	return o.id;
}

static void add_request(struct scene *s)
{
	struct person p = { .territory = S("76"),
			    .insee = S("76540"),
			    .first_name = S("Jeanne"),
			    .last_name = S("Essai"),
			    .lat_e6 = 49440000,
			    .lon_e6 = 1100000,
			    .channel = CHANNEL_CALL,
			    .is_relay_agreed = true };
	CHECK_OK(app_person_add(s->app, s->a, &ACTOR_SYSTEM, &p, scene_at(SCENE_DAY, 0)));
	s->person_id = p.id;
	struct request r = { .id = { 6, 1 },
			     .territory = S("76"),
			     .person_id = p.id,
			     .operator_id = s->operator_id,
			     .payer = PAYER_APA,
			     .criticality = CRITICALITY_PERSONAL,
			     .own_words = S("un RDV pour m'aider à me laver"),
			     .tasks = 1u << TASK_TOILETTE,
			     .starts_on = SCENE_DAY,
			     .ends_on = DAY_NONE,
			     .suspended_until_on = DAY_NONE,
			     .planned_until_on = DAY_NONE,
			     .asked_at = scene_at(SCENE_DAY, 0),
			     .state = REQUEST_STATE_ACTIVE,
			     .look_at = TS_NEVER };
	CHECK_OK(sql_request_insert(s->db, &r));
	s->request_id = r.id;
}

void scene_open(struct scene *s)
{
	static const char key[32] = "0123456789abcdef0123456789abcdef";
	struct db_options o = { 0 };
	*s = (struct scene){ .a = arena_new((size_t)256 << 20), .random = rng_init(5, 0) };
	CHECK_OK(db_open(":memory:", &sql_schema, &o, &s->db));
	CHECK_OK(db_migrate(s->db));
	struct app_ports ports = { .db = s->db,
				   .journal = { s, keep },
				   .random_ctx = &s->random,
				   .random_bytes = draw,
				   .zone_bytes = zone_file,
				   .id_key = { key, sizeof key },
				   .seal = seal };
	CHECK_OK(app_new(&ports, &s->app));
	CHECK_OK(app_territory_add(s->app, s->a, S("76"), S("Essai"), S("Europe/Paris"),
				   100, S("test"), scene_at(SCENE_DAY, 0)));
	CHECK_OK(sql_commune_insert(s->db, S("76540"), S("76"), S("Rouen"), S("76000"),
				    1000, 49440000, 1100000));
	s->operator_id = add_operator(s, "000000001", false);
	s->relay_id = add_operator(s, "000000002", true);
	add_request(s);
}

void scene_close(struct scene *s)
{
	app_free(s->app);
	db_close(s->db);
	arena_free(s->a);
}

struct id scene_carer(struct scene *s, int km)
{
	struct carer c = { .territory = S("76"),
			   .operator_id = s->operator_id,
			   .first_name = S("Intervenante"),
			   .last_name = str_fmt(s->a, "%d", s->carers),
			   .channel = CHANNEL_FILE,
			   .lat_e6 = 49440000,
			   .lon_e6 = 1100000 + km * 13800,
			   .travel_mode = TRAVEL_MODE_CAR,
			   .idcc = IDCC_BAD_2941,
			   .week_min = 1500,
			   .look_at = TS_NEVER };
	s->carers++;
	CHECK_OK(app_carer_add(s->app, s->a, &ACTOR_SYSTEM, &c, scene_at(SCENE_DAY, 0)));
	struct qualification q = { .carer_id = c.id,
				   .kind = QUALIFICATION_KIND_DIPLOME,
				   .territory = S("76"),
				   .state = QUALIFICATION_STATE_VALID,
				   .issued_on = day_of(2020, 1, 1),
				   .expires_on = DAY_NONE };
	CHECK_OK(
		app_carer_qualify(s->app, s->a, &ACTOR_SYSTEM, &q, scene_at(SCENE_DAY, 0)));
	for (int d = 1; d <= 7; d++) {
		struct availability w = { c.id, d, 480, 1200 };
		CHECK_OK(sql_availability_put(s->db, &w));
	}
	return c.id;
}

struct id scene_visit(struct scene *s, day d, int hhmm, int minutes, struct id carer_id)
{
	struct visit v = { .id = { 9, (uint64_t)d.d * 10000 + (uint64_t)hhmm },
			   .territory = S("76"),
			   .request_id = s->request_id,
			   .person_id = s->person_id,
			   .operator_id = s->operator_id,
			   .accepted_operator_id = s->operator_id,
			   .carer_id = carer_id,
			   .payer = PAYER_APA,
			   .criticality = CRITICALITY_PERSONAL,
			   .tasks = 1u << TASK_TOILETTE,
			   .recurrence_on = d,
			   .recurrence_minute = hhmm / 100 * 60 + hhmm % 100,
			   .asked_start_at = scene_at(d, hhmm),
			   .start_at = scene_at(d, hhmm),
			   .end_at = ts_add_min(scene_at(d, hhmm), minutes),
			   .tolerance_min = 15,
			   .frozen_at = scene_at(day_add(d, -1), 0) };
	struct policy p = policy_default(v.criticality);
	watch_visit_arm(&v, &p);
	CHECK_OK(sql_visit_insert(s->db, &v));
	return v.id;
}

size_t scene_count(const struct scene *s, enum event_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < s->journal.n; i++)
		n += s->journal.v[i].kind == kind;
	return n;
}

size_t scene_notices(struct scene *s, struct id recipient, const char *key)
{
	struct notices list;
	size_t n = 0;
	CHECK_OK(sql_notices_of_recipient(s->db, s->a, recipient, 1000, &list));
	for (size_t i = 0; i < list.n; i++)
		n += str_eq(list.v[i].key, str_of(key));
	return n;
}
