/* rows_people.c - communes, operators, carers, people, plans and requests, a row at a time. */
#include "app/import/import_impl.h"
#include "domain/labour/title.h"

#define DB(im) app_db((im)->app)

/* --- what a row refers to */

enum err import_find_operator(struct import *im, str finess, struct operator* ret)
{
	const char *column = "operator";
	enum err e = sql_operator_by_finess(DB(im), im->a, finess, ret);
	if (e == ERR_NOT_FOUND || (e == OK && !str_eq(ret->territory, im->territory))) {
		import_wrong(im, column, IMPORT_unknown_operator, finess);
		return OK;
	}
	TRY(e);
	bool own = im->by->role == ROLE_COORDINATOR || im->by->role == ROLE_OPERATOR_API;
	if (own && !id_eq(ret->id, im->by->operator_id))
		import_wrong(im, column, IMPORT_foreign, finess);
	else if (ret->state != OPERATOR_STATE_ACTIVE)
		import_wrong(im, column, IMPORT_closed_operator, finess);
	return OK;
}

enum err import_find_carer(struct import *im, struct id operator_id, str ref,
			   struct id *ret)
{
	struct sql_carer_by_ref_row row;
	*ret = ID_NONE;
	enum err e = sql_carer_by_ref(DB(im), im->a, im->territory, operator_id, ref, &row);
	if (e == ERR_NOT_FOUND) {
		import_wrong(im, "carer", IMPORT_unknown_carer, ref);
		return OK;
	}
	TRY(e);
	*ret = row.id;
	return OK;
}

enum err import_find_person(struct import *im, str ref, struct id *ret)
{
	struct sql_person_by_ref_row row;
	*ret = ID_NONE;
	enum err e = sql_person_by_ref(DB(im), im->a, im->territory, ref, &row);
	if (e == ERR_NOT_FOUND) {
		import_wrong(im, "person", IMPORT_unknown_person, ref);
		return OK;
	}
	TRY(e);
	*ret = row.id;
	return OK;
}

/* The commune of the territory; its centre where the row says no place. */
static enum err at_commune(struct import *im, str insee, int64_t *lat, int64_t *lon)
{
	struct sql_commune_get_row c;
	enum err e = sql_commune_get(DB(im), im->a, insee, &c);
	if (e == ERR_NOT_FOUND || (e == OK && !str_eq(c.territory, im->territory))) {
		import_wrong(im, "commune_insee", IMPORT_unknown_commune, insee);
		return OK;
	}
	TRY(e);
	if (!*lat && !*lon) {
		*lat = c.lat_e6;
		*lon = c.lon_e6;
	}
	return OK;
}

/* --- rows */

/* A commune already there is brought up to date: it is public data, kept by others. */
enum err import_commune(struct import *im, struct row_commune *r)
{
	if (!str_starts(r->insee, im->territory))
		import_wrong(im, "insee", IMPORT_other_territory, r->insee);
	if (!import_first(im, "insee", r->insee, r->insee) || im->is_bad)
		return OK;
	return sql_commune_insert(DB(im), r->insee, im->territory, r->name, r->postcodes,
				  r->population, r->lat_e6, r->lon_e6);
}

enum err import_operator(struct import *im, struct row_operator *r)
{
	struct operator* o = & r->o;
	struct operator known;
	if (!import_first(im, "finess", o->finess, o->finess))
		return OK;
	enum err e = sql_operator_by_finess(DB(im), im->a, o->finess, &known);
	if (e == OK) {
		import_exists(im, "finess", o->finess);
		return OK;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	TRY(at_commune(im, o->insee, &o->lat_e6, &o->lon_e6));
	if (im->is_bad)
		return OK;
	o->territory = im->territory;
	return import_outcome(im, app_operator_add(im->app, im->a, im->by, o, im->now));
}

static enum err carer_rest(struct import *im, struct row_carer *r)
{
	for (int d = 0; d < 7; d++) {
		struct availability v = { r->c.id, d + 1, r->from_minute, r->until_minute };
		if (r->days & 1u << d)
			TRY(sql_availability_put(DB(im), &v));
	}
	if (r->q.kind == QUALIFICATION_KIND_NONE)
		return OK;
	r->q.carer_id = r->c.id;
	r->q.territory = im->territory;
	/* a proof is checked by a certifier: what an employer says of it is not yet one */
	bool ours = im->by->role == ROLE_SYSTEM || im->by->role == ROLE_ADMIN;
	r->q.state = ours ? QUALIFICATION_STATE_VALID : QUALIFICATION_STATE_UNKNOWN;
	r->q.issuer = S("import");
	return import_outcome(im,
			      app_carer_qualify(im->app, im->a, im->by, &r->q, im->now));
}

static enum err carer_exists(struct import *im, struct id operator_id, str ref, bool *ret)
{
	struct sql_carer_by_ref_row known;
	enum err e =
		sql_carer_by_ref(DB(im), im->a, im->territory, operator_id, ref, &known);
	*ret = e == OK;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err import_carer(struct import *im, struct row_carer *r)
{
	struct operator op;
	struct carer *c = &r->c;
	bool known;
	str key = str_fmt(im->a, "%" PRIstr " %" PRIstr, STR(r->finess),
			  STR(c->external_ref));
	if (!import_first(im, "ref", key, c->external_ref))
		return OK;
	TRY(import_find_operator(im, r->finess, &op));
	if (r->days && r->until_minute <= r->from_minute)
		import_wrong(im, "until", IMPORT_range, S(""));
	if (r->q.kind && r->q.issued_on.d == INT32_MIN)
		import_wrong(im, "qualified_on", IMPORT_required, S(""));
	if (r->q.kind && r->q.expires_on.d != INT32_MIN &&
	    r->q.expires_on.d < r->q.issued_on.d)
		import_wrong(im, "qualified_until", IMPORT_dates, S(""));
	if (im->is_bad)
		return OK;
	TRY(carer_exists(im, op.id, c->external_ref, &known));
	if (known) {
		import_exists(im, "ref", c->external_ref);
		return OK;
	}
	if (!c->insee.n)
		c->insee = op.insee;
	TRY(at_commune(im, c->insee, &c->lat_e6, &c->lon_e6));
	if (im->is_bad)
		return OK;
	c->territory = im->territory;
	c->operator_id = op.id;
	c->idcc = c->idcc == IDCC_NONE ? op.idcc : c->idcc;
	TRY(import_outcome(im, app_carer_add(im->app, im->a, im->by, c, im->now)));
	return im->is_bad ? OK : carer_rest(im, r);
}

enum err import_person(struct import *im, struct row_person *r)
{
	struct person *p = &r->p;
	struct sql_person_by_ref_row known;
	if (!import_first(im, "ref", p->external_ref, p->external_ref))
		return OK;
	enum err e =
		sql_person_by_ref(DB(im), im->a, im->territory, p->external_ref, &known);
	if (e == OK) {
		import_exists(im, "ref", p->external_ref);
		return OK;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	TRY(at_commune(im, p->insee, &p->lat_e6, &p->lon_e6));
	if (im->is_bad)
		return OK;
	p->territory = im->territory;
	return import_outcome(im, app_person_add(im->app, im->a, im->by, p, im->now));
}

static bool is_same_line(const struct plan_line *x, const struct plan_line *y)
{
	return x->mode == y->mode && x->payer == y->payer &&
	       x->starts_on.d == y->starts_on.d;
}

enum err import_plan(struct import *im, struct row_plan *r)
{
	struct plan_line *l = &r->l;
	struct plan_lines known;
	str key = str_fmt(im->a, "%" PRIstr " %d %d %d", STR(r->person), (int)l->payer,
			  (int)l->mode, (int)l->starts_on.d);
	if (!import_first(im, "person", key, r->person))
		return OK;
	TRY(import_find_person(im, r->person, &l->person_id));
	if (l->ends_on.d != INT32_MIN && l->ends_on.d < l->starts_on.d)
		import_wrong(im, "ends_on", IMPORT_dates, S(""));
	if (im->is_bad)
		return OK;
	TRY(sql_plan_lines_of_person(DB(im), im->a, l->person_id, &known));
	for (size_t i = 0; i < known.n; i++)
		if (is_same_line(&known.v[i], l)) {
			import_exists(im, "person", r->person);
			return OK;
		}
	return import_outcome(im, app_plan_line_add(im->app, im->a, im->by, l, im->now));
}

/* --- requests */

static void request_wrongs(struct import *im, const struct request *q)
{
	static const struct {
		unsigned fault;
		const char *column;
		enum import_wrong wrong;
	} all[] = {
		{ REQUEST_FAULT_WORDS, "own_words", IMPORT_too_long },
		{ REQUEST_FAULT_TASKS, "tasks", IMPORT_required },
		{ REQUEST_FAULT_RULE, "rrule", IMPORT_rrule },
		{ REQUEST_FAULT_NEVER, "rrule", IMPORT_never },
		{ REQUEST_FAULT_HOUR, "hour", IMPORT_hour },
		{ REQUEST_FAULT_DURATION, "duration", IMPORT_duration },
		{ REQUEST_FAULT_DATES, "starts_on", IMPORT_dates },
		{ REQUEST_FAULT_TOLERANCE, "tolerance", IMPORT_tolerance },
	};
	unsigned f = request_faults(q, im->today);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (f & all[i].fault)
			import_wrong(im, all[i].column, all[i].wrong, S(""));
	if (f || q->rrule.n)
		return;
	/* once only: the hour must exist that day (in a series it is moved forward) */
	ts t = zone_ts(im->zone, q->starts_on, q->start_minute);
	if (zone_local(im->zone, t).min != q->start_minute)
		import_wrong(im, "hour", IMPORT_gap, S(""));
}

/* The line of the person's plan that pays for this: same mode and payer, not over. */
static enum err plan_of(struct import *im, struct request *q)
{
	struct plan_lines all;
	TRY(sql_plan_lines_of_person(DB(im), im->a, q->person_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct plan_line *l = &all.v[i];
		bool ended = l->ends_on.d != INT32_MIN && l->ends_on.d < q->starts_on.d;
		if (l->mode == q->mode && l->payer == q->payer && !ended)
			q->plan_line_id = l->id;
	}
	return OK;
}

/* The operator that answered, and the regular carer. */
static enum err served_by(struct import *im, struct row_request *r, struct operator* op,
			  struct id *carer)
{
	*carer = ID_NONE;
	if (!r->finess.n) {
		if (r->carer.n)
			import_wrong(im, "operator", IMPORT_required, S(""));
		return OK;
	}
	TRY(import_find_operator(im, r->finess, op));
	if (im->is_bad)
		return OK;
	bool takes = r->answer == ANSWER_ACCEPTED || r->answer == ANSWER_PARTLY;
	struct title_ask ask = { r->r.mode, r->r.payer, r->r.tasks, false };
	if (takes && title_check(op, &ask))
		import_wrong(im, "operator", IMPORT_title, r->finess);
	if (r->answer == ANSWER_REFUSED && r->reason == REFUSAL_REASON_NONE)
		import_wrong(im, "reason", IMPORT_no_reason, S(""));
	if (!takes && r->answer != ANSWER_REFUSED)
		import_wrong(im, "answer", IMPORT_choice, S(""));
	return r->carer.n ? import_find_carer(im, op->id, r->carer, carer) : OK;
}

enum err import_request(struct import *im, struct row_request *r)
{
	struct request *q = &r->r;
	struct operator op = { 0 };
	struct id carer;
	struct sql_request_by_ref_row known;
	if (!import_first(im, "ref", q->external_ref, q->external_ref))
		return OK;
	if (q->tolerance_min < 0)
		q->tolerance_min = q->criticality == CRITICALITY_COMFORT ? 30 : 15;
	request_wrongs(im, q);
	TRY(import_find_person(im, r->person, &q->person_id));
	TRY(served_by(im, r, &op, &carer));
	if (im->is_bad)
		return OK;
	enum err e =
		sql_request_by_ref(DB(im), im->a, im->territory, q->external_ref, &known);
	if (e == OK) {
		import_exists(im, "ref", q->external_ref);
		return OK;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	TRY(plan_of(im, q));
	return import_outcome(im, app_request_import(im->app, im->a, im->by, q, op.id,
						     r->answer, r->reason, carer, im->now));
}
