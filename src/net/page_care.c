/* page_care.c - the pages of the person, her circle, and the carer. */
#include "net/page.h"

#include "app/relief.h"
#include "domain/labour/travel.h"
#include "views_gen.h"

/* The service to call: the one of the day's visits. */
static void service_of(struct call *c, struct id operator_id, str *name, str *phone,
		       str *hours)
{
	struct operator o;
	if (!id_is(operator_id) || sql_operator_get(c->db, c->a, operator_id, &o) != OK)
		return;
	*name = o.name;
	*phone = o.phone;
	*hours = o.hours;
}

static bool may_see(const struct call *c, uint32_t scope)
{
	return c->who.role == ROLE_PERSON || (c->who.scopes & scope);
}

enum err page_person(struct call *c, struct http_response *ret)
{
	struct view_ctx cx;
	struct person_today v = { 0 };
	struct visits list;
	TRY(page_context(c, c->who.territory, &cx));
	if (!may_see(c, SCOPE_SEE_TODAY))
		return ERR_FORBIDDEN;
	v.today = zone_day(cx.zone, c->now);
	v.tomorrow = day_add(v.today, 1);
	v.may_attest = may_see(c, SCOPE_ATTEST);
	ts from = zone_ts(cx.zone, v.today, 0), middle = zone_ts(cx.zone, v.tomorrow, 0);
	TRY(sql_visits_of_person(c->db, c->a, c->who.person_id, from,
				 zone_ts(cx.zone, day_add(v.today, 2), 0), &list));
	struct id operator_id = ID_NONE;
	for (size_t i = 0; i < list.n; i++) {
		const struct visit *x = &list.v[i];
		struct visit_cards *where = x->start_at.us < middle.us ? &v.now : &v.next;
		str carer = page_carer_name(c, x->carer_id, false);
		*ARENA_PUSH(c->a, where) = visit_card_person(c->a, &cx, x, carer);
		if (id_is(x->operator_id))
			operator_id = x->operator_id;
	}
	service_of(c, operator_id, &v.service, &v.phone, &v.hours);
	cx.help_name = v.service;
	cx.help_phone = v.phone;
	cx.help_hours = v.hours;
	page_frame(c, &cx, FACE_PERSON, tr(c->lang, T_nav_today), &v.page);
	struct buf b = buf_init(c->a, 0);
	view_person_today(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

/* --- the carer */

static struct place home_of(struct call *c, struct id person_id)
{
	struct person p;
	if (sql_person_get(c->db, c->a, person_id, &p) != OK)
		return (struct place){ 0 };
	return place_of(p.lat_e6, p.lon_e6);
}

/* The way from one visit to the next, estimated (domain/labour/travel.h). */
static void way(struct call *c, const struct carer *k, const struct visit *from,
		const struct visit *to, struct visit_card *card)
{
	if (!from)
		return;
	card->travel_m =
		travel_metres(home_of(c, from->person_id), home_of(c, to->person_id));
	card->travel_min = travel_minutes(k->travel_mode, card->travel_m);
}

static str reasons_words(struct call *c, str keys)
{
	struct buf b = buf_init(c->a, 1000);
	for (str rest = keys; rest.n;) {
		str one = str_cut(&rest, ' ');
		str key = str_cut(&one, ':'); /* "known:4" */
		enum msg m = tr_find(str_fmt(c->a, "rank.%" PRIstr, STR(key)));
		if (m == T_COUNT_)
			continue;
		buf_put(&b, tr(c->lang, m));
		BUF_LIT(&b, " ");
	}
	return buf_str(&b);
}

static enum err add_offers(struct call *c, const struct view_ctx *cx, struct carer_today *v)
{
	struct offers offers;
	TRY(sql_offers_of_carer(c->db, c->a, c->who.subject_id, c->now, &offers));
	for (size_t i = 0; i < offers.n; i++) {
		const struct offer *o = &offers.v[i];
		struct visit x;
		if (sql_visit_get(c->db, c->a, o->visit_id, &x) != OK)
			continue;
		*ARENA_PUSH(c->a, &v->offers) = (struct offer_card){
			.id = o->id,
			.start_at = x.start_at,
			.end_at = x.end_at,
			.expires_at = o->expires_at,
			.what = tasks_words(c->a, cx->lang, x.tasks),
			.place = page_place(c, x.person_id),
			.reasons = reasons_words(c, o->reasons),
			.minutes = visit_minutes(&x),
			.travel_min = o->travel_min,
			.travel_m = o->travel_m,
			.amplitude_min = o->amplitude_min,
		};
	}
	return OK;
}

static void add_round(struct call *c, const struct view_ctx *cx, const struct carer *k,
		      const struct visits *list, struct carer_today *v)
{
	bool next_found = false;
	const struct visit *before = NULL;
	for (size_t i = 0; i < list->n; i++) {
		const struct visit *x = &list->v[i];
		struct visit_card card = visit_card_carer(
			c->a, cx, x, page_person_name(c, x->person_id, true),
			page_place(c, x->person_id));
		way(c, k, before, x, &card);
		v->travel_min += card.travel_min;
		v->travel_m += card.travel_m;
		v->minutes += visit_minutes(x);
		bool todo = card.can & (VISIT_CAN_START | VISIT_CAN_END | VISIT_CAN_LATE);
		card.is_next = !next_found && todo;
		next_found = next_found || card.is_next;
		*ARENA_PUSH(c->a, &v->visits) = card;
		before = x;
	}
	if (list->n)
		v->amplitude_min =
			ts_minutes(list->v[0].start_at, list->v[list->n - 1].end_at);
}

enum err page_carer(struct call *c, struct http_response *ret)
{
	struct view_ctx cx;
	struct carer_today v = { 0 };
	struct visits list;
	struct carer k;
	TRY(page_context(c, c->who.territory, &cx));
	TRY(sql_carer_get(c->db, c->a, c->who.subject_id, &k));
	v.today = zone_day(cx.zone, c->now);
	TRY(sql_visits_of_carer(c->db, c->a, k.id, zone_ts(cx.zone, v.today, 0),
				zone_ts(cx.zone, day_add(v.today, 1), 0), &list));
	add_round(c, &cx, &k, &list, &v);
	TRY(add_offers(c, &cx, &v));
	service_of(c, k.operator_id, &v.service, &v.phone, &v.hours);
	page_frame(c, &cx, FACE_CARER, tr(c->lang, T_nav_today), &v.page);
	struct buf b = buf_init(c->a, 0);
	view_carer_today(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}
