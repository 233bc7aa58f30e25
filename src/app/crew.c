/* crew.c - loads the carers of an operator as the rules of relief see them. */
#include "app/crew.h"

#include "app/app_impl.h"

enum {
	SHORTLIST = 40,  /* eligible carers of a ranking shown */
	KNOWN_DAYS = 90, /* who knows a person has come within so many days */
	NEAR_DAYS = 31,  /* work around a day that its rules look at: the month */
	PAST_DAYS = 84   /* ... and the twelve weeks */
};

static struct moment moment_of(const struct zone *z, ts now)
{
	struct zone_local l = zone_local(z, now);
	return (struct moment){ now, l.day, l.min };
}

enum err app_need_of(struct app *app, struct arena *a, const struct visit *v, bool is_offer,
		     struct need *ret)
{
	const struct zone *z;
	struct person p;
	struct request r;
	TRY(app_zone(app, v->territory, &z));
	TRY(sql_person_get(app_db(app), a, v->person_id, &p));
	TRY(sql_request_get(app_db(app), a, v->request_id, &r));
	struct zone_local l = zone_local(z, v->start_at);
	*ret = (struct need){ .person_id = v->person_id,
			      .operator_id = v->operator_id,
			      .mode = v->mode,
			      .payer = v->payer,
			      .criticality = v->criticality,
			      .tasks = v->tasks,
			      .body = body_wish_of(r.preferences),
			      .engagement = ENGAGE_NEW,
			      .is_offer = is_offer,
			      .is_exceptional = is_offer };
	ret->stay = (struct stay){ .visit_id = v->id,
				   .from = v->start_at,
				   .until = v->end_at,
				   .on = l.day,
				   .from_min = l.min,
				   .place = place_of(p.lat_e6, p.lon_e6) };
	struct sql_territories_rows t;
	TRY(sql_territories(app_db(app), a, &t));
	for (size_t i = 0; i < t.n; i++)
		if (str_eq(t.v[i].territory, v->territory))
			ret->is_independents_allowed = t.v[i].is_independents_allowed;
	return OK;
}

struct crew {
	struct need need;
	struct operator op;
	struct moment now;
	const struct zone *zone;
	struct labour_rules rules[IDCC_COUNT];
	struct candidate *v;
	size_t n;
};

/* More work around a day can only add breaches: whoever is barred by the days beside it, or
 * by the week, needs no more rows. */
enum reach { REACH_NEIGHBOURS, REACH_WEEK, REACH_MONTH };

static enum err load_stays(struct app *app, struct arena *a, const struct zone *z,
			   struct id carer_id, ts from, ts until, struct stays *ret)
{
	struct sql_stays_of_carer_rows rows;
	TRY(sql_stays_of_carer(app_db(app), a, carer_id, from, until, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct zone_local l = zone_local(z, rows.v[i].start_at);
		*ARENA_PUSH(a, ret) = (struct stay){ .visit_id = rows.v[i].id,
						     .from = rows.v[i].start_at,
						     .until = rows.v[i].end_at,
						     .on = l.day,
						     .from_min = l.min,
						     .place = place_of(rows.v[i].lat_e6,
								       rows.v[i].lon_e6) };
	}
	return OK;
}

/* What does not need her hours. */
static enum err load_one(struct app *app, struct arena *a, const struct carer *c, ts from,
			 struct candidate *ret)
{
	*ret = candidate_of(c);
	TRY(sql_qualifications_of_carer(app_db(app), a, c->id, &ret->qualifications));
	TRY(sql_availability_of_carer(app_db(app), a, c->id, &ret->availabilities));
	return sql_absences_of_carer(app_db(app), a, c->id, from, &ret->absences);
}

/* Might the mean of twelve weeks be near its limit?  Visits alone, without travel, take three
 * quarters of it: only then are the twelve weeks worth loading. */
static enum err is_busy(struct app *app, struct arena *a, const struct zone *z,
			const struct labour_rules *r, day on, struct id carer_id, bool *ret)
{
	struct sql_minutes_of_carer_row row;
	TRY(sql_minutes_of_carer(app_db(app), a, carer_id,
				 zone_ts(z, day_add(on, -PAST_DAYS), 0), zone_ts(z, on, 0),
				 &row));
	*ret = LABOUR(r, mean_max_min) >= 0 &&
	       row.work_us / US_MIN > 11 * LABOUR(r, mean_max_min) * 3 / 4;
	return OK;
}

/* Her hours around the day, and today's when it is near. */
static enum err load_hours(struct app *app, struct arena *a, const struct crew *k, day on,
			   enum reach reach, struct id but_visit, struct candidate *c)
{
	const struct zone *z = k->zone;
	const struct labour_rules *r = &k->rules[c->idcc];
	const struct moment *now = &k->now;
	struct stays s = { 0 };
	bool busy = false;
	static const int days[] = { 1, 7, NEAR_DAYS };
	if (reach == REACH_MONTH)
		TRY(is_busy(app, a, z, r, on, c->carer_id, &busy));
	int back = busy ? PAST_DAYS + 7 : days[reach];
	TRY(load_stays(app, a, z, c->carer_id, zone_ts(z, day_add(on, -back), 0),
		       zone_ts(z, day_add(on, days[reach] + 1), 0), &s));
	size_t n = 0;
	struct span at_work = { 0 };
	for (size_t i = 0; i < s.n; i++) {
		if (id_eq(s.v[i].visit_id, but_visit))
			continue; /* the visit itself is not in her way */
		s.v[n++] = s.v[i];
		if (s.v[i].on.d != now->on.d)
			continue;
		if (!ts_is(at_work.from))
			at_work.from = s.v[i].from;
		at_work.until = ts_max(at_work.until, s.v[i].until);
	}
	if (!c->book)
		c->book = ARENA_NEW(a, struct day_book);
	c->at_work = at_work;
	day_book_make(a, r, &c->worker, s.v, n, on, c->book);
	return OK;
}

static void set_rules(struct crew *c, day on)
{
	for (int i = 0; i < IDCC_COUNT; i++)
		c->rules[i] = labour_rules((enum idcc)i, on);
}

/* Who knows the person, whom she wants and does not want. */
static enum err set_ties(struct app *app, struct arena *a, const struct visit *v,
			 struct crew *c)
{
	struct sql_person_carers_rows ties;
	struct sql_visits_known_rows known;
	ts until = c->now.at;
	TRY(sql_person_carers(app_db(app), a, v->person_id, &ties));
	TRY(sql_visits_known(app_db(app), a, v->person_id,
			     ts_add_min(until, -(int64_t)KNOWN_DAYS * 1440), until,
			     &known));
	for (size_t i = 0; i < c->n; i++) {
		struct candidate *k = &c->v[i];
		k->is_regular = id_eq(k->carer_id, v->regular_carer_id);
		for (size_t t = 0; t < ties.n; t++) {
			if (!id_eq(ties.v[t].carer_id, k->carer_id))
				continue;
			k->is_refused = ties.v[t].is_refused;
			k->is_wanted = !ties.v[t].is_refused;
		}
		for (size_t t = 0; t < known.n; t++)
			if (id_eq(known.v[t].carer_id, k->carer_id))
				k->visits_known = (int)known.v[t].visits;
	}
	return OK;
}

static bool is_in(const struct sql_carers_busy_rows *rows, struct id carer_id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (id_eq(rows->v[i].carer_id, carer_id))
			return true;
	return false;
}

/* `all`: those in another home at that hour too; else they are left out at once, which at the
 * peaks of a day spares most of the work. */
static enum err load_crew(struct app *app, struct arena *a, const struct visit *v,
			  bool is_offer, bool all, ts now, struct crew *ret)
{
	*ret = (struct crew){ 0 };
	TRY(app_zone(app, v->territory, &ret->zone));
	ret->now = moment_of(ret->zone, now);
	TRY(app_need_of(app, a, v, is_offer, &ret->need));
	set_rules(ret, ret->need.stay.on);
	if (!id_is(v->operator_id))
		return OK; /* sans opérateur: nobody to ask */
	TRY(sql_operator_get(app_db(app), a, v->operator_id, &ret->op));
	struct carers cs;
	TRY(sql_carers_of_operator(app_db(app), a, v->operator_id, &cs));
	ret->v = ARENA_ARRAY(a, struct candidate, cs.n);
	struct sql_carers_busy_rows busy = { 0 };
	if (!all)
		TRY(sql_carers_busy(app_db(app), a, v->operator_id, v->start_at, v->end_at,
				    v->id, &busy));
	for (size_t i = 0; i < cs.n; i++) {
		if (id_eq(cs.v[i].id, v->carer_id) || is_in(&busy, cs.v[i].id))
			continue; /* she is the one who does not come, or she is elsewhere */
		TRY(load_one(app, a, &cs.v[i], ts_min(now, v->start_at),
			     &ret->v[ret->n++]));
	}
	return set_ties(app, a, v, ret);
}

static const struct candidate *find(const struct crew *c, struct id carer_id)
{
	for (size_t i = 0; i < c->n; i++)
		if (id_eq(c->v[i].carer_id, carer_id))
			return &c->v[i];
	return NULL;
}

static bool was_asked(const struct offers *asked, struct id carer_id)
{
	for (size_t i = 0; asked && i < asked->n; i++)
		if (id_eq(asked->v[i].carer_id, carer_id))
			return true;
	return false;
}

/* Loads her hours, a little first; *ret: is she eligible with them? */
static enum err hours_fit(struct app *app, struct arena *a, struct crew *c,
			  struct id visit_id, struct candidate *k, bool *ret)
{
	struct eligibility e;
	*ret = true;
	for (int r = REACH_NEIGHBOURS; *ret && r <= (int)REACH_MONTH; r++) {
		TRY(load_hours(app, a, c, c->need.stay.on, (enum reach)r, visit_id, k));
		/* an offer for a day on which she works elsewhere needs today's hours too */
		if (r < (int)REACH_MONTH && c->need.stay.on.d != c->now.on.d)
			continue;
		*ret = eligible(&c->need, k, &c->op, &c->rules[k->idcc], &c->now, &e);
	}
	return OK;
}

/* The ranking of those not in `asked` (NULL: all).  Hours cost most to load: first everybody
 * is ranked without them, then they are loaded in that order until `most` are found. */
enum err app_crew_ranking(struct app *app, struct arena *a, const struct visit *v,
			  bool is_offer, const struct offers *asked, size_t most, ts now,
			  struct ranking *ret)
{
	struct crew c;
	struct ranking few = { 0 };
	TRY(load_crew(app, a, v, is_offer, false, now, &c));
	struct need n = c.need;
	n.is_offer = false; /* whether she rests is known with her hours */
	rank_all(a, &n, c.v, c.n, &c.op, c.rules, &c.now, &few);
	struct candidate *cs = ARENA_ARRAY(a, struct candidate, most);
	size_t k = 0;
	for (size_t i = 0; i < few.n && k < most; i++) {
		bool ok;
		if (was_asked(asked, few.v[i].carer_id))
			continue;
		cs[k] = *find(&c, few.v[i].carer_id);
		TRY(hours_fit(app, a, &c, v->id, &cs[k], &ok));
		k += ok;
	}
	*ret = (struct ranking){ 0 };
	rank_all(a, &c.need, cs, k, &c.op, c.rules, &c.now, ret);
	return OK;
}

enum err app_relief_ranking(struct app *app, struct arena *a, const struct visit *v,
			    bool is_offer, ts now, struct ranking *ret)
{
	return app_crew_ranking(app, a, v, is_offer, NULL, SHORTLIST, now, ret);
}

enum err app_relief_why_not(struct app *app, struct arena *a, const struct visit *v,
			    bool is_offer, ts now, struct why_nots *ret)
{
	struct crew c;
	TRY(load_crew(app, a, v, is_offer, true, now, &c));
	*ret = (struct why_nots){ 0 };
	for (size_t i = 0; i < c.n && i < 4 * SHORTLIST; i++) {
		struct why_not *w = ARENA_PUSH(a, ret);
		w->carer_id = c.v[i].carer_id;
		const struct labour_rules *r = &c.rules[c.v[i].idcc];
		TRY(load_hours(app, a, &c, c.need.stay.on, REACH_MONTH, v->id, &c.v[i]));
		(void)eligible(&c.need, &c.v[i], &c.op, r, &c.now, &w->e);
	}
	return OK;
}

/* Ids of rows begin with the milliseconds of their making (base/id.h). */
static day made_on(const struct zone *z, struct id id)
{
	return zone_day(z, (ts){ (int64_t)(id.hi >> 16) * 1000 });
}

enum err app_crew_qualified(struct app *app, struct arena *a, const struct visit *v,
			    struct id carer_id, ts now)
{
	const struct zone *z;
	struct qualifications qs;
	TRY(app_zone(app, v->territory, &z));
	TRY(sql_qualifications_of_carer(app_db(app), a, carer_id, &qs));
	day on = zone_day(z, ts_max(now, v->start_at));
	struct qualified_answer q = qualification_check(&qs, v->tasks, on, ENGAGE_RUNNING,
							made_on(z, carer_id));
	return qualified_opens(q) ? OK : ERR_RULE;
}

enum err app_crew_may(struct app *app, struct arena *a, const struct visit *v,
		      struct id carer_id, ts now)
{
	struct crew c;
	struct eligibility e;
	TRY(load_crew(app, a, v, false, false, now, &c));
	c.need.is_exceptional = true; /* a failure is being repaired */
	for (size_t i = 0; i < c.n; i++) {
		struct candidate *k = &c.v[i];
		if (!id_eq(k->carer_id, carer_id))
			continue;
		TRY(load_hours(app, a, &c, c.need.stay.on, REACH_MONTH, v->id, k));
		return eligible(&c.need, k, &c.op, &c.rules[k->idcc], &c.now, &e)
			       ? OK
			       : ERR_RULE;
	}
	return ERR_RULE;
}

/* --- a coordinator's « proposer » ------------------------------------------------------ */

static enum err load_day_crew(struct app *app, struct arena *a, struct id operator_id,
			      day on, ts from, struct crew *c)
{
	struct carers cs;
	TRY(sql_carers_of_operator(app_db(app), a, operator_id, &cs));
	c->v = ARENA_ARRAY(a, struct candidate, cs.n);
	c->n = cs.n;
	for (size_t i = 0; i < cs.n; i++) {
		TRY(load_one(app, a, &cs.v[i], from, &c->v[i]));
		TRY(load_hours(app, a, c, on, REACH_MONTH, ID_NONE, &c->v[i]));
	}
	return OK;
}

static enum err day_visit(struct app *app, struct arena *a, const struct visit *v, ts now,
			  struct assign_visit *ret)
{
	struct sql_person_carers_rows ties;
	struct sql_visits_known_rows known;
	*ret = (struct assign_visit){ .regular_carer_id = v->regular_carer_id };
	TRY(app_need_of(app, a, v, false, &ret->need));
	TRY(sql_person_carers(app_db(app), a, v->person_id, &ties));
	TRY(sql_visits_known(app_db(app), a, v->person_id,
			     ts_add_min(now, -(int64_t)KNOWN_DAYS * 1440), now, &known));
	struct id *no = ARENA_ARRAY(a, struct id, ties.n);
	struct id *yes = ARENA_ARRAY(a, struct id, known.n);
	ret->refused.v = no;
	ret->known.v = yes;
	for (size_t i = 0; i < ties.n; i++)
		if (ties.v[i].is_refused)
			no[ret->refused.n++] = ties.v[i].carer_id;
	for (size_t i = 0; i < known.n; i++) { /* most visits first */
		size_t j = ret->known.n++;
		for (; j > 0 && known.v[i].visits > known.v[j - 1].visits; j--)
			yes[j] = yes[j - 1];
		yes[j] = known.v[i].carer_id;
	}
	return OK;
}

enum err app_propose_day(struct app *app, struct arena *a, const struct actor *by,
			 struct id operator_id, str territory, day on, ts now,
			 struct day_proposal *ret)
{
	struct crew c = { 0 };
	struct visits all;
	if (by->role == ROLE_COORDINATOR && !id_eq(by->operator_id, operator_id))
		return ERR_NOT_FOUND;
	TRY(app_zone(app, territory, &c.zone));
	c.now = moment_of(c.zone, now);
	set_rules(&c, on);
	TRY(sql_visits_of_operator(app_db(app), a, operator_id, zone_ts(c.zone, on, 0),
				   zone_ts(c.zone, day_add(on, 1), 0), &all));
	*ret = (struct day_proposal){ 0 };
	for (size_t i = 0; i < all.n; i++)
		if (!id_is(all.v[i].carer_id) && visit_is_open(&all.v[i]))
			*ARENA_PUSH(a, &ret->visits) = all.v[i];
	TRY(load_day_crew(app, a, operator_id, on, now, &c));
	struct assign_visit *vs = ARENA_ARRAY(a, struct assign_visit, ret->visits.n);
	for (size_t i = 0; i < ret->visits.n; i++)
		TRY(day_visit(app, a, &ret->visits.v[i], now, &vs[i]));
	ret->assigned = ARENA_ARRAY(a, struct assigned, ret->visits.n);
	ret->covered =
		assign_day(a, vs, ret->visits.n, c.v, c.n, c.rules, &c.now, ret->assigned);
	return OK;
}
