/* rows_visits.c - who goes where, and who has been there, a row at a time. */
#include "app/import/import_impl.h"

#define DB(im) app_db((im)->app)

/* How the two kinds of row name a visit. */
struct which {
	str finess, request, person, carer;
	day on;
	int minute;
};

static enum err who(struct import *im, const struct which *w, struct id *person,
		    struct id *request)
{
	struct sql_request_by_ref_row row;
	struct request r;
	*person = *request = ID_NONE;
	if (!w->request.n && !w->person.n) {
		import_wrong(im, "request", IMPORT_who, S(""));
		return OK;
	}
	if (w->person.n)
		TRY(import_find_person(im, w->person, person));
	if (!w->request.n || im->is_bad)
		return OK;
	enum err e = sql_request_by_ref(DB(im), im->a, im->territory, w->request, &row);
	if (e == ERR_NOT_FOUND) {
		import_wrong(im, "request", IMPORT_unknown_request, w->request);
		return OK;
	}
	TRY(e);
	TRY(sql_request_get(DB(im), im->a, row.id, &r));
	if (id_is(*person) && !id_eq(*person, r.person_id))
		import_wrong(im, "request", IMPORT_unknown_request, w->request);
	*person = r.person_id;
	*request = row.id;
	return OK;
}

/* Hours that a clock skips exist in no file that tells the truth. */
static bool exists(struct import *im, const char *column, day on, int minute)
{
	if (minute < 0 || zone_local(im->zone, zone_ts(im->zone, on, minute)).min == minute)
		return true;
	import_wrong(im, column, IMPORT_gap, S(""));
	return false;
}

static enum err find(struct import *im, const struct which *w, struct id operator_id,
		     struct visit *ret)
{
	struct id person, request;
	struct visits all;
	size_t n = 0;
	TRY(who(im, w, &person, &request));
	if (im->is_bad || !exists(im, "hour", w->on, w->minute))
		return OK;
	TRY(sql_visits_of_person(DB(im), im->a, person, zone_ts(im->zone, w->on, 0),
				 zone_ts(im->zone, day_add(w->on, 1), 0), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct visit *v = &all.v[i];
		int min = zone_local(im->zone, v->start_at).min;
		if (!id_eq(v->operator_id, operator_id) || v->state == VISIT_STATE_MOVED ||
		    (id_is(request) && !id_eq(v->request_id, request)) ||
		    (w->minute >= 0 && w->minute != min))
			continue;
		*ret = *v;
		n++;
	}
	if (n != 1)
		import_wrong(im, "date", n ? IMPORT_which_visit : IMPORT_unknown_visit,
			     day_text(im->a, w->on));
	return OK;
}

/* The visit and the carer of a row. */
static enum err resolve(struct import *im, const struct which *w, struct visit *v,
			struct id *carer)
{
	struct operator op;
	TRY(import_find_operator(im, w->finess, &op));
	if (im->is_bad)
		return OK;
	TRY(import_find_carer(im, op.id, w->carer, carer));
	return find(im, w, op.id, v);
}

enum err import_roster(struct import *im, struct row_roster *r)
{
	struct which w = { r->finess, r->request, r->person, r->carer, r->on, r->minute };
	struct visit v;
	struct id carer;
	TRY(resolve(im, &w, &v, &carer));
	str on = day_text(im->a, r->on);
	if (im->is_bad || !import_first(im, "date", id_text(im->a, v.id), on))
		return OK;
	enum err e = app_visit_assign(im->app, im->a, im->by, v.id, carer,
				      ASSIGNMENT_PLANNING, (str){ 0 }, -1, im->now);
	if (e == ERR_DUPLICATE) {
		im->is_known = true;
		return OK;
	}
	if (e == ERR_WRONG_STATE) {
		import_wrong(im, "date", IMPORT_begun, on);
		return OK;
	}
	return import_outcome(im, e);
}

/* --- check-ins */

/* What the rules of visit_start() and visit_end() said, in the words of a file. */
static enum err check_outcome(struct import *im, const struct visit *v, bool arrives,
			      ts claimed, enum err e)
{
	const char *column = arrives ? "arrived" : "left";
	enum import_wrong w = arrives ? IMPORT_early : IMPORT_order;
	if (e == ERR_DUPLICATE) {
		im->is_known = true;
		return OK;
	} else if (e == ERR_FORBIDDEN) {
		w = id_is(v->carer_id) ? IMPORT_wrong_carer : IMPORT_no_carer;
		column = "carer";
	} else if (e == ERR_GONE) {
		w = IMPORT_late;
	} else if (e == ERR_WRONG_STATE) {
		bool begun = ts_is(v->started_at);
		w = (arrives && begun) || ts_is(v->ended_at) ? IMPORT_other_time
		    : arrives                                ? IMPORT_begun
							     : IMPORT_not_begun;
	} else if (e == ERR_INPUT) {
		if (claimed.us > ts_add_min(im->now, VISIT_FUTURE_MIN).us)
			w = IMPORT_future;
	} else {
		return import_outcome(im, e);
	}
	import_wrong(im, column, w, S(""));
	return OK;
}

static enum err arrive(struct import *im, const struct row_checkin *r,
		       const struct visit *v, struct id carer)
{
	struct visit after;
	struct check_in c = { .carer_id = carer,
			      .proof = r->proof,
			      .claimed_at = zone_ts(im->zone, r->on, r->arrived),
			      .note = r->note };
	enum err e = app_check_in(im->app, im->a, im->by, v->id, &c, im->now, &after);
	return check_outcome(im, v, true, c.claimed_at, e);
}

static enum err leave(struct import *im, const struct row_checkin *r, const struct visit *v,
		      struct id carer)
{
	struct visit after;
	struct check_out c = { .carer_id = carer,
			       .proof = r->proof,
			       .claimed_at = zone_ts(im->zone, r->on, r->left),
			       .tasks_done = r->tasks_done,
			       .note = r->note };
	bool midnight = v->end_at.us >= zone_ts(im->zone, day_add(r->on, 1), 0).us;
	if (midnight && ts_is(v->started_at) && c.claimed_at.us < v->started_at.us)
		c.claimed_at = zone_ts(im->zone, day_add(r->on, 1), r->left);
	enum err e = app_check_out(im->app, im->a, im->by, v->id, &c, im->now, &after);
	return check_outcome(im, v, false, c.claimed_at, e);
}

/* Arrivals of the whole file first, departures after: their order in the file is of no
 * weight.  Sent again, the same time is known and changes nothing. */
enum err import_checkin(struct import *im, struct row_checkin *r)
{
	struct which w = { r->finess, r->request, r->person, r->carer, r->on, r->minute };
	struct visit v;
	struct id carer;
	bool mine = im->pass == 0 ? r->arrived >= 0 : r->left >= 0;
	if (im->pass == 0 && r->arrived < 0 && r->left < 0)
		import_wrong(im, "arrived", IMPORT_no_time, S(""));
	if (im->is_bad || !mine)
		return OK;
	TRY(resolve(im, &w, &v, &carer));
	const char *column = im->pass ? "left" : "arrived";
	if (im->is_bad || !exists(im, column, r->on, im->pass ? r->left : r->arrived))
		return OK;
	return im->pass ? leave(im, r, &v, carer) : arrive(im, r, &v, carer);
}
