/* hours.c - see hours.h. */
#include "app/hours.h"

#include "base/sort.h"
#include "view/csv.h"
#include "view/json.h"

/* One visit that was begun, as work. */
struct piece {
	struct id carer_id;
	struct stay stay;
	int planned_min;
	bool is_open;
};
struct pieces {
	struct piece *v;
	size_t n, cap;
};

static int by_carer(const void *x, const void *y, void *ctx)
{
	const struct piece *p = x, *q = y;
	(void)ctx;
	int c = id_cmp(p->carer_id, q->carer_id);
	c = c ? c : p->stay.on.d - q->stay.on.d;
	return c ? c : ts_cmp(p->stay.from, q->stay.from);
}

static enum err load(struct db *db, struct arena *a, struct id operator_id,
		     const struct zone *z, day from, day until, struct pieces *ret)
{
	struct visits all;
	TRY(sql_visits_of_operator(db, a, operator_id, zone_ts(z, from, 0),
				   zone_ts(z, until, 0), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct visit *v = &all.v[i];
		struct person p;
		if (!ts_is(v->started_at) || !id_is(v->carer_id))
			continue;
		TRY(sql_person_get(db, a, v->person_id, &p));
		struct piece *x = ARENA_PUSH(a, ret);
		struct zone_local l = zone_local(z, v->started_at);
		ts end = ts_is(v->ended_at) ? v->ended_at : v->end_at;
		*x = (struct piece){
			.carer_id = v->carer_id,
			.planned_min = (int)ts_minutes(v->start_at, v->end_at),
			.is_open = !ts_is(v->ended_at),
			.stay = { v->id, v->started_at, ts_max(end, v->started_at),
				  zone_day(z, v->start_at), l.min,
				  place_of(p.lat_e6, p.lon_e6) },
		};
	}
	sort_by(a, ret->v, ret->n, sizeof *ret->v, by_carer, NULL);
	return OK;
}

static enum err one_day(struct db *db, struct arena *a, const struct piece *v, size_t n,
			struct hours_days *ret)
{
	struct carer c;
	struct stay *stays = ARENA_ARRAY(a, struct stay, n);
	struct hours_day d = { .carer_id = v->carer_id, .on = v->stay.on };
	TRY(sql_carer_get(db, a, v->carer_id, &c));
	for (size_t i = 0; i < n; i++) {
		stays[i] = v[i].stay;
		d.planned_min += v[i].planned_min;
		d.open += v[i].is_open;
	}
	struct labour_rules rules = labour_rules(c.idcc, d.on);
	d.ref = c.external_ref;
	d.sheet = day_sheet(&rules, c.travel_mode, stays, n);
	d.km_cents = day_km_cents(&rules, c.travel_mode, d.sheet.paid_m);
	*ARENA_PUSH(a, ret) = d;
	return OK;
}

static int by_ref(const void *x, const void *y, void *ctx)
{
	const struct hours_day *p = x, *q = y;
	(void)ctx;
	int c = str_cmp(p->ref, q->ref);
	c = c ? c : id_cmp(p->carer_id, q->carer_id);
	return c ? c : p->on.d - q->on.d;
}

enum err hours_month(struct db *db, struct arena *a, struct id operator_id,
		     const struct zone *z, day from, day until, struct hours_days *ret)
{
	struct pieces all = { 0 };
	*ret = (struct hours_days){ 0 };
	TRY(load(db, a, operator_id, z, from, until, &all));
	for (size_t i = 0, k; i < all.n; i = k) {
		for (k = i + 1; k < all.n && k - i < DAY_STAYS_MAX; k++)
			if (!id_eq(all.v[k].carer_id, all.v[i].carer_id) ||
			    all.v[k].stay.on.d != all.v[i].stay.on.d)
				break;
		TRY(one_day(db, a, &all.v[i], k - i, ret));
	}
	sort_by(a, ret->v, ret->n, sizeof *ret->v, by_ref, NULL);
	return OK;
}

/* --- as bytes, by one table of columns */

enum hours_type { TEXT_FINESS, TEXT_REF, TEXT_ID, A_DAY, A_NUMBER };

static const struct {
	const char *name;
	enum hours_type type;
	size_t at; /* of an int of struct hours_day; 0 for those below */
	const char *what;
} columns[] = {
	{ "operator", TEXT_FINESS, 0, "FINESS du service." },
	{ "carer", TEXT_REF, 0, "Matricule dans le logiciel du service." },
	{ "carer_id", TEXT_ID, 0, "Identifiant dans Vigie." },
	{ "date", A_DAY, 0, "Jour où la visite a commencé." },
#define N(name, field, what)                                                               \
	{                                                                                  \
		name, A_NUMBER, offsetof(struct hours_day, field), what                    \
	}
	N("visits", sheet.visits, "Visites commencées."),
	N("open", open, "Visites sans départ pointé : comptées jusqu'à la fin prévue."),
	N("planned_min", planned_min, "Minutes prévues de ces visites."),
	N("visit_min", sheet.visit_min, "Minutes faites au domicile."),
	N("travel_min", sheet.travel_min, "Minutes de trajet payées, estimées."),
	N("wait_min", sheet.wait_min, "Minutes d'attente payées."),
	N("work_min", sheet.work_min, "Total payé : visites, trajets, attentes."),
	N("free_min", sheet.free_min, "Minutes libres entre deux visites, non payées."),
	N("amplitude_min", sheet.amplitude_min, "Du premier début à la dernière fin."),
	N("breaks", sheet.breaks, "Interruptions non payées."),
	N("overlap_min", sheet.overlap_min, "Minutes pointées à deux domiciles à la fois."),
#undef N
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static int64_t number(const struct hours_day *d, size_t at)
{
	int v;
	memcpy(&v, (const char *)d + at, sizeof v);
	return v;
}

void hours_csv(struct buf *b, str finess, const struct hours_days *h)
{
	struct csv_out o = csv_to(b, true);
	for (size_t c = 0; c < COLUMNS; c++)
		csv_text(&o, str_of(columns[c].name));
	csv_text(&o, S("paid_m"));
	csv_text(&o, S("km_cents"));
	csv_row_end(&o);
	for (size_t i = 0; i < h->n; i++) {
		const struct hours_day *d = &h->v[i];
		csv_text(&o, finess);
		csv_text(&o, d->ref);
		csv_text(&o, id_text(b->arena, d->carer_id));
		csv_day(&o, d->on);
		for (size_t c = 4; c < COLUMNS; c++)
			csv_int(&o, number(d, columns[c].at));
		csv_int(&o, d->sheet.paid_m);
		if (d->km_cents < 0)
			csv_text(&o, S(""));
		else
			csv_int(&o, d->km_cents);
		csv_row_end(&o);
	}
}

void hours_json(struct buf *b, str finess, const struct hours_days *h)
{
	struct json j = json_to(b);
	json_arr(&j);
	for (size_t i = 0; i < h->n; i++) {
		const struct hours_day *d = &h->v[i];
		json_obj(&j);
		JSON(&j, "operator", finess);
		JSON(&j, "carer", d->ref);
		JSON(&j, "carer_id", d->carer_id);
		JSON(&j, "date", d->on);
		for (size_t c = 4; c < COLUMNS; c++)
			JSON(&j, columns[c].name, number(d, columns[c].at));
		JSON(&j, "paid_m", d->sheet.paid_m);
		json_key(&j, "km_cents");
		if (d->km_cents < 0)
			json_null(&j);
		else
			json_int(&j, d->km_cents);
		json_end(&j);
	}
	json_end(&j);
	json_done(&j);
}

static void field(struct json *j, const char *name, const char *type, const char *what)
{
	json_obj(j);
	JSON(j, "name", name);
	JSON(j, "type", type);
	JSON(j, "description", what);
	json_end(j);
}

void hours_schema(struct buf *b)
{
	static const char *const types[] = { "string", "string", "string", "date",
					     "integer" };
	struct json j = json_to(b);
	json_obj(&j);
	JSON(&j, "name", "hours");
	JSON(&j, "title", "Heures et trajets, pour la paie");
	json_key(&j, "fields");
	json_arr(&j);
	for (size_t c = 0; c < COLUMNS; c++)
		field(&j, columns[c].name, types[columns[c].type], columns[c].what);
	/* cppcheck-suppress constStatement ; a call, misread by 2.10 behind _Generic */
	field(&j, "paid_m", "integer", "Mètres de trajets payés, estimés.");
	field(&j, "km_cents", "integer",
	      "Indemnité kilométrique en centimes ; vide si la convention n'en dit rien.");
	json_end(&j);
	json_end(&j);
	json_done(&j);
}
