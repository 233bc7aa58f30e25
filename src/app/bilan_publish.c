/* bilan_publish.c - editions: published, contested, replied to, made final by time. */
#include "app/app_impl.h"
#include "app/bilan.h"
#include "domain/account/render.h"

#define REPLY_MAX  4000
#define PLACES_MAX 128
#define DUE_MAX    16

static enum err put_edition(struct app *app, struct arena *a, const struct bilan *x,
			    struct id operator_id, str body, const struct hash *facts,
			    ts now)
{
	struct id id = app_new_id(app, now);
	struct hash body_hash = sha256(body);
	ts look_at = TS_NEVER;
	if (!id_is(operator_id) && x->state == BILAN_STATE_PROVISIONAL)
		look_at = (ts){ now.us + x->policy * US_DAY };
	TRY(sql_bilan_insert(app_db(app), id, x->territory, operator_id, x->month,
			     x->edition, (int64_t)x->state, body, *facts, S(""), now,
			     look_at));
	struct event e = {
		.kind = EV_BILAN_PUBLISHED, .at = now, .subject = id, .version = x->edition
	};
	e.u.bilan_published.territory = x->territory;
	e.u.bilan_published.operator_id = operator_id;
	e.u.bilan_published.month = x->month;
	e.u.bilan_published.edition = x->edition;
	e.u.bilan_published.state = x->state;
	e.u.bilan_published.body_hash = body_hash;
	e.u.bilan_published.facts_hash = *facts;
	return app_append(app, a, &ACTOR_SYSTEM, x->territory, &e);
}

static str json_of(struct arena *a, const struct bilan *x, str only)
{
	struct buf b = buf_init(a, (size_t)32 << 20);
	bilan_json(&b, x, only);
	ASSERT(!b.overflow);
	return buf_str(&b);
}

static enum err hash_sink(void *ctx, str bytes)
{
	struct hash *h = ctx;
	str parts[2] = { { (const char *)h->b, 32 }, bytes };
	*h = sha256_parts(parts, 2);
	return OK;
}

/* What the edition rests on: totals, lines and answers as an export writes them, and a chain
 * over its rows of facts (the references of an export depend on leaves still to come). */
static enum err facts_hash(struct arena *a, const struct facts_closed *c, struct hash *ret)
{
	struct buf totals = buf_init(a, 1 << 20), lines = buf_init(a, 4 << 20);
	struct buf answers = buf_init(a, (size_t)32 << 20);
	struct hash parts[4] = { 0 };
	export_totals(&totals, &c->bilan);
	export_lines(&lines, &c->bilan);
	export_answers(&answers, c);
	parts[0] = sha256(buf_str(&totals));
	parts[1] = sha256(buf_str(&lines));
	TRY(export_visits(a, c, (struct export_sink){ &parts[2], hash_sink }));
	parts[3] = sha256(buf_str(&answers));
	*ret = export_facts_hash(parts);
	return OK;
}

enum err app_bilan_publish(struct app *app, struct arena *a, str territory, str month,
			   enum bilan_state state, ts now)
{
	struct bilan_scope s = { territory, month, NULL };
	struct facts_closed *c;
	struct hash facts;
	struct sql_bilan_last_row last;
	TRY(app_zone(app, territory, &s.zone));
	TRY(bilan_compute(app_db(app), a, &s, now, &c));
	enum err e = sql_bilan_last(app_db(app), a, territory, month, ID_NONE, &last);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (e == OK && c->bilan.edition == last.edition &&
	    (enum bilan_state)last.state == state)
		return ERR_DUPLICATE;
	c->bilan.edition = c->own.edition = e == OK ? last.edition + 1 : 1;
	c->bilan.state = c->own.state = state;
	TRY(bilan_refs(app_db(app), a, c, app_id_key(app)));
	TRY(facts_hash(a, c, &facts));
	TRY(put_edition(app, a, &c->bilan, ID_NONE, json_of(a, &c->bilan, S("")), &facts,
			now));
	for (size_t i = 0; i < c->own.n; i++) {
		struct id operator_id;
		const struct bilan_line *l = &c->own.lines[i];
		if (l->kind != LINE_OPERATOR)
			continue;
		TRY(id_parse(l->key, &operator_id));
		TRY(put_edition(app, a, &c->own, operator_id, json_of(a, &c->own, l->key),
				&facts, now));
	}
	return OK;
}

static enum err own_bilan(struct app *app, struct arena *a, const struct actor *by,
			  struct id bilan_id, struct sql_bilan_get_row *ret)
{
	TRY(sql_bilan_get(app_db(app), a, bilan_id, ret));
	if (!id_is(ret->operator_id) || !id_eq(ret->operator_id, by->operator_id))
		return ERR_NOT_FOUND;
	return ret->state == BILAN_STATE_FINAL ? ERR_GONE : OK;
}

enum err app_bilan_contest(struct app *app, struct arena *a, const struct actor *by,
			   struct id bilan_id, ts now)
{
	struct sql_bilan_get_row row;
	TRY(own_bilan(app, a, by, bilan_id, &row));
	if (row.state == BILAN_STATE_CONTESTED)
		return ERR_DUPLICATE;
	TRY(sql_bilan_set_state(app_db(app), BILAN_STATE_CONTESTED, row.reply, bilan_id));
	struct event e = { .kind = EV_BILAN_CONTESTED,
			   .at = now,
			   .subject = bilan_id,
			   .version = row.edition };
	e.u.bilan_contested.operator_id = row.operator_id;
	return app_append(app, a, by, row.territory, &e);
}

enum err app_bilan_reply(struct app *app, struct arena *a, const struct actor *by,
			 struct id bilan_id, str reply, ts now)
{
	struct sql_bilan_get_row row;
	TRY(own_bilan(app, a, by, bilan_id, &row));
	if (row.reply.n)
		return ERR_DUPLICATE;
	if (!reply.n || reply.n > REPLY_MAX)
		return ERR_INPUT;
	TRY(sql_bilan_set_state(app_db(app), row.state, reply, bilan_id));
	struct event e = { .kind = EV_BILAN_REPLIED,
			   .at = now,
			   .subject = bilan_id,
			   .version = row.edition };
	e.u.bilan_replied.operator_id = row.operator_id;
	e.u.bilan_replied.reply_hash = sha256(reply);
	return app_append(app, a, by, row.territory, &e);
}

/* --- time */

/* The month that ended before the one of `now`, and when its bilan is due: one day after. */
static str closed_month(struct arena *a, const struct zone *z, ts now, ts *ret_due)
{
	struct civil c = day_civil(zone_day(z, now));
	*ret_due = zone_ts(z, day_of(c.year, c.month, 2), 0);
	int year = c.month == 1 ? c.year - 1 : c.year,
	    month = c.month == 1 ? 12 : c.month - 1;
	return str_fmt(a, "%04d-%02d", year, month);
}

static enum err publish_in(struct app *app, str territory, str month,
			   enum bilan_state state, ts now)
{
	struct bilan_scope s = { territory, month, NULL };
	size_t max;
	TRY(app_zone(app, territory, &s.zone));
	TRY(bilan_arena(app_db(app), &s, &max));
	CLEAN_ARENA struct arena *a = arena_new(max);
	enum err e = app_bilan_publish(app, a, territory, month, state, now);
	return e == ERR_DUPLICATE ? OK : e;
}

/* The month before: facts that changed after its final edition make one more. */
static enum err publish_again(struct app *app, struct arena *a, const struct bilan_scope *s,
			      ts from, ts now)
{
	struct civil c = day_civil(day_add(zone_day(s->zone, from), -1));
	str before = str_fmt(a, "%04d-%02d", c.year, c.month);
	struct sql_bilan_last_row last;
	enum err e = sql_bilan_last(app_db(app), a, s->territory, before, ID_NONE, &last);
	if (e == ERR_NOT_FOUND || (e == OK && last.state == BILAN_STATE_PROVISIONAL))
		return OK;
	TRY(e);
	return publish_in(app, s->territory, before, (enum bilan_state)last.state, now);
}

static enum err close_months(struct app *app, struct arena *a, ts now, int *handled)
{
	struct app_place places[PLACES_MAX];
	size_t n;
	TRY(app_places(app, places, PLACES_MAX, &n));
	for (size_t i = 0; i < n; i++) {
		struct bilan_scope s = { places[i].territory, { 0 }, places[i].zone };
		struct sql_bilan_edition_row last;
		struct sql_bilan_visit_count_row visits;
		struct span span;
		ts due;
		s.month = closed_month(a, places[i].zone, now, &due);
		enum err e = sql_bilan_edition(app_db(app), a, s.territory, s.month, &last);
		if (ts_before(now, due) || e == OK)
			continue;
		if (e != ERR_NOT_FOUND)
			return e;
		TRY(bilan_span(&s, &span));
		TRY(sql_bilan_visit_count(app_db(app), a, s.territory, span.from,
					  span.until, &visits));
		if (!visits.n)
			continue;
		TRY(publish_in(app, s.territory, s.month, BILAN_STATE_PROVISIONAL, now));
		TRY(publish_again(app, a, &s, span.from, now));
		(*handled)++;
	}
	return OK;
}

enum err app_bilan_watch(struct app *app, ts now, int *ret_handled)
{
	CLEAN_ARENA struct arena *a = arena_new((size_t)256 << 20);
	struct sql_bilan_due_rows due;
	TRY(close_months(app, a, now, ret_handled));
	TRY(sql_bilan_due(app_db(app), a, now, DUE_MAX, &due));
	for (size_t i = 0; i < due.n; i++, (*ret_handled)++) {
		struct sql_bilan_contested_row contested;
		TRY(sql_bilan_contested(app_db(app), a, due.v[i].territory, due.v[i].month,
					&contested));
		TRY(sql_bilan_looked(app_db(app), due.v[i].id));
		TRY(publish_in(app, due.v[i].territory, due.v[i].month,
			       contested.n ? BILAN_STATE_CONTESTED : BILAN_STATE_FINAL,
			       now));
	}
	return OK;
}

enum err app_bilan_next(struct app *app, ts *ret)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct sql_bilan_next_look_row row;
	enum err e = sql_bilan_next_look(app_db(app), a, &row);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	*ret = e == OK ? row.look_at : TS_NEVER;
	return OK;
}
