/* bilan.c - the rows of a month into facts, and back out as a bilan: see bilan.h. */
#include "app/bilan.h"

#include "domain/account/render.h"
#include "domain/account/tally.h"

#define VISITS_MAX      4000000
#define VISIT_BYTES     224 /* a fact, and what sorting and drawing the order of facts takes */
#define CLOSED_AFTER_US (2 * US_H)

static bool month_parse(str month, int *ret_year, int *ret_month)
{
	uint64_t y, m;
	if (month.n != 7 || month.p[4] != '-' || str_uint(str_sub(month, 0, 4), 9999, &y) ||
	    str_uint(str_from(month, 5), 12, &m) || !m || y < 1970)
		return false;
	*ret_year = (int)y;
	*ret_month = (int)m;
	return true;
}

struct month_range {
	day from, until;
};

static enum err month_days_of(str month, struct month_range *ret)
{
	int y, m;
	if (!month_parse(month, &y, &m))
		return ERR_INPUT;
	ret->from = day_of(y, m, 1);
	ret->until = day_add(ret->from, month_days(y, m));
	return OK;
}

enum err bilan_span(const struct bilan_scope *s, struct span *ret)
{
	struct month_range d;
	TRY(month_days_of(s->month, &d));
	*ret = (struct span){ zone_ts(s->zone, d.from, 0), zone_ts(s->zone, d.until, 0) };
	return OK;
}

static enum err count_visits(struct db *db, const struct bilan_scope *s, size_t *ret)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct sql_bilan_visit_count_row row;
	struct span span;
	TRY(bilan_span(s, &span));
	TRY(sql_bilan_visit_count(db, a, s->territory, span.from, span.until, &row));
	if (row.n > VISITS_MAX)
		return ERR_LIMIT;
	*ret = (size_t)row.n;
	return OK;
}

enum err bilan_arena(struct db *db, const struct bilan_scope *s, size_t *ret_max)
{
	size_t n;
	TRY(count_visits(db, s, &n));
	*ret_max = n * VISIT_BYTES + ((size_t)256 << 20);
	return OK;
}

/* --- rows into facts */

struct month_reading {
	struct facts *f;
	struct arena *a;
	struct month_range days;
	ts at;
	enum err err; /* the first one stops the reading */
	struct tally plans;
	struct {
		struct fact_aid *v;
		size_t n, cap;
	} aid;
	struct id only; /* one person; none: all */
};

static bool read_plan_line(void *ctx, const struct plan_line *p)
{
	struct month_reading *r = ctx;
	bool in_force = p->starts_on.d < r->days.until.d &&
			(p->ends_on.d == INT32_MIN || p->ends_on.d >= r->days.from.d);
	if (id_is(r->only) && !id_eq(p->person_id, r->only))
		return true;
	size_t i = tally_put(&r->plans, 0, p->id);
	if (i == r->aid.n)
		*ARENA_PUSH(r->a, &r->aid) =
			(struct fact_aid){ p->payer, p->tariff_cents, p->participation_bp };
	if (in_force)
		facts_granted(r->f, p->person_id, p->payer, p->minutes_month,
			      p->tariff_cents, p->participation_bp);
	return true;
}

static bool read_visit(void *ctx, const struct visit *v)
{
	struct month_reading *r = ctx;
	struct measured m;
	struct fact_aid aid = { 0 };
	if (id_is(r->only) && !id_eq(v->person_id, r->only))
		return true;
	size_t plan = tally_find(&r->plans, 0, v->plan_line_id);
	if (plan != SIZE_MAX)
		aid = r->aid.v[plan];
	int version = v->measure_version ? v->measure_version : MEASURE_VERSION;
	r->err = measure_visit(v, r->at, version, &m);
	if (r->err == OK)
		r->err = facts_visit(r->f, v, &m, &aid);
	return r->err == OK;
}

/* Served, or withdrawn by the person: anything else is a need that nobody meets. */
static bool is_unserved(enum request_state s)
{
	return s != REQUEST_STATE_ACTIVE && s != REQUEST_STATE_SUSPENDED &&
	       s != REQUEST_STATE_ENDED && s != REQUEST_STATE_WITHDRAWN;
}

static bool read_request(void *ctx, const struct sql_bilan_requests_row *q)
{
	struct month_reading *r = ctx;
	if (q->state != REQUEST_STATE_WITHDRAWN)
		facts_request(r->f, q->person_id,
			      is_unserved((enum request_state)q->state));
	return true;
}

static bool read_answer(void *ctx, const struct sql_bilan_answers_row *q)
{
	struct month_reading *r = ctx;
	enum answer answer = (enum answer)q->answer;
	bool said = ts_is(q->answered_at) && answer != ANSWER_WAITING &&
		    answer != ANSWER_SILENT;
	bool no = answer == ANSWER_REFUSED || answer == ANSWER_SILENT;
	int64_t minutes = said ? ts_minutes(q->transmitted_at, q->answered_at) : -1;
	r->err = facts_answered(r->f, q->operator_id, q->person_id, answer,
				(enum refusal_reason)q->reason, minutes,
				no && is_unserved((enum request_state)q->state));
	return r->err == OK;
}

/* An operator that an earlier edition grouped stays grouped: two editions must not differ by
 * what one of them hides. */
static bool was_grouped(const struct sql_bilan_last_row *last, struct arena *a,
			struct id operator_id)
{
	if (!last)
		return false;
	str key = str_fmt(a, "{\"line\":\"%" PRIstr "\"", STR(id_text(a, operator_id)));
	return str_find(last->body, key) == SIZE_MAX &&
	       str_find(last->body, S("{\"line\":\"regroupes\"")) != SIZE_MAX;
}

static enum err last_edition(struct db *db, struct arena *a, const struct bilan_scope *s,
			     struct sql_bilan_last_row *row, bool *ret_found)
{
	enum err e = sql_bilan_last(db, a, s->territory, s->month, ID_NONE, row);
	*ret_found = e == OK;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err start(struct db *db, struct arena *a, const struct bilan_scope *s,
		      size_t max, const struct sql_bilan_last_row *last, struct facts **ret)
{
	struct sql_territories_rows places;
	struct operators operators;
	const struct sql_territories_row *place = NULL;
	TRY(sql_territories(db, a, &places));
	for (size_t i = 0; i < places.n; i++)
		if (str_eq(places.v[i].territory, s->territory))
			place = &places.v[i];
	if (!place)
		return ERR_NOT_FOUND;
	*ret = facts_new(a, place->territory, place->name, s->month, max);
	if (place->entitled > 0)
		facts_entitled(*ret, place->entitled, place->entitled_source);
	TRY(sql_operators_of_territory(db, a, s->territory, &operators));
	for (size_t i = 0; i < operators.n; i++)
		facts_operator(*ret, &operators.v[i],
			       was_grouped(last, a, operators.v[i].id));
	return OK;
}

static enum err read_rows(struct db *db, const struct bilan_scope *s,
			  struct month_reading *r)
{
	struct span span;
	TRY(bilan_span(s, &span));
	TRY(sql_bilan_plan_lines(db, s->territory, read_plan_line, r));
	TRY(sql_visits_of_territory(db, s->territory, span.from, span.until, read_visit,
				    r));
	TRY(r->err);
	if (id_is(r->only))
		return OK;
	TRY(sql_bilan_requests(db, s->territory, r->days.until, r->days.from, read_request,
			       r));
	TRY(sql_bilan_answers(db, s->territory, span.from, span.until, read_answer, r));
	return r->err;
}

/* A month is closed when its last visit can be awaited no more. */
static ts reading_at(const struct span *month, ts now)
{
	return now.us >= month->until.us + CLOSED_AFTER_US ? TS_NEVER : now;
}

static void number_edition(struct bilan *b, struct arena *a,
			   const struct sql_bilan_last_row *last)
{
	b->state = BILAN_STATE_PROVISIONAL;
	b->edition = last ? last->edition + 1 : 1;
	if (!last)
		return;
	struct bilan as_published = *b;
	as_published.edition = last->edition;
	as_published.state = (enum bilan_state)last->state;
	struct buf json = buf_init(a, (size_t)32 << 20);
	bilan_json(&json, &as_published, S(""));
	if (str_eq(buf_str(&json), last->body))
		*b = as_published;
}

static enum err add_replies(struct db *db, struct arena *a, struct bilan *b)
{
	struct sql_bilan_replies_rows rows;
	TRY(sql_bilan_replies(db, a, b->territory, b->month, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		str key = id_text(a, rows.v[i].operator_id);
		for (size_t l = 0; l < b->n; l++)
			if (str_eq(b->lines[l].key, key) && !b->lines[l].reply.n)
				b->lines[l].reply = rows.v[i].reply;
	}
	return OK;
}

/* The delay in force when the month ends. */
static enum err contest_days(struct db *db, struct arena *a, str territory, ts at,
			     int64_t *ret)
{
	struct policy_rows rows;
	TRY(sql_policy_rows(db, a, &rows));
	struct policy p =
		policy_resolve(&rows, territory, ID_NONE, CRITICALITY_PERSONAL, at);
	*ret = POLICY(&p, contest_days);
	return OK;
}

enum err bilan_compute(struct db *db, struct arena *a, const struct bilan_scope *s, ts now,
		       struct facts_closed **ret)
{
	size_t max;
	bool published;
	struct span span;
	struct sql_bilan_last_row last;
	struct month_reading r = { .a = a, .plans = tally_init(a) };
	TRY(count_visits(db, s, &max));
	TRY(bilan_span(s, &span));
	TRY(month_days_of(s->month, &r.days));
	TRY(last_edition(db, a, s, &last, &published));
	TRY(start(db, a, s, max, published ? &last : NULL, &r.f));
	r.at = reading_at(&span, now);
	TRY(read_rows(db, s, &r));
	*ret = facts_close(r.f);
	TRY(add_replies(db, a, &(*ret)->bilan));
	TRY(add_replies(db, a, &(*ret)->own));
	TRY(contest_days(db, a, s->territory, span.until, &(*ret)->bilan.policy));
	(*ret)->own.policy = (*ret)->bilan.policy;
	number_edition(&(*ret)->bilan, a, published ? &last : NULL);
	(*ret)->own.state = (*ret)->bilan.state;
	(*ret)->own.edition = (*ret)->bilan.edition;
	return OK;
}

enum err bilan_person(struct db *db, struct arena *a, const struct bilan_scope *s,
		      struct id person_id, ts now, struct bilan *ret)
{
	size_t max;
	struct span span;
	struct month_reading r = { .a = a, .plans = tally_init(a), .only = person_id };
	TRY(count_visits(db, s, &max));
	TRY(bilan_span(s, &span));
	TRY(month_days_of(s->month, &r.days));
	TRY(start(db, a, s, max, NULL, &r.f));
	r.at = reading_at(&span, now);
	TRY(read_rows(db, s, &r));
	*ret = facts_close(r.f)->own;
	return OK;
}

enum err bilan_refs(struct db *db, struct arena *a, struct facts_closed *c, str secret)
{
	for (size_t i = 0; i < c->n; i++) {
		struct arena_mark m = arena_mark(a);
		struct fact *x = &c->v[i];
		struct sql_bilan_last_leaf_row leaf = { 0 };
		struct buf row = buf_init(a, EXPORT_ROW_MAX);
		enum err e = sql_bilan_last_leaf(db, a, x->visit, &leaf);
		if (e != OK && e != ERR_NOT_FOUND)
			return e;
		export_fact_row(&row, x, c->bilan.lines[x->line].key);
		struct hash salt =
			export_salt(secret, c->bilan.month, c->bilan.edition, x->visit);
		x->ref = export_ref(&salt, &leaf.leaf_hash, buf_str(&row));
		arena_reset(a, m);
	}
	return OK;
}
