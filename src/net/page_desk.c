/* page_desk.c - the pages of the coordinator and of the référent. */
#include "net/page.h"

#include "app/relief.h"
#include "views_gen.h"

/* A reader's own use cases: they read, and their journal takes nothing. */
static enum err no_journal(void *ctx, struct arena *a, str territory, const struct event *e)
{
	(void)ctx, (void)a, (void)territory, (void)e;
	return ERR_FORBIDDEN;
}

static void no_random(void *ctx, void *p, size_t n)
{
	(void)ctx;
	memset(p, 0, n);
}

static enum err reader_app(struct call *c, struct app **ret)
{
	struct app_ports ports = { .db = c->db,
				   .journal = { NULL, no_journal },
				   .random_bytes = no_random,
				   .zone_ctx = call_config(c)->zone_ctx,
				   .zone_bytes = call_config(c)->zone_bytes };
	return app_new(&ports, ret);
}

static void count(struct desk_today *v, const struct visit *x,
		  const struct visit_card *card)
{
	v->asked++;
	v->done += x->state == VISIT_STATE_ENDED || x->state == VISIT_STATE_STARTED;
	v->late += card->tone == TONE_LATE;
	v->unknown += card->tone == TONE_UNKNOWN;
	v->missed += visit_is_failed(x);
	v->uncovered += visit_is_open(x) && !id_is(x->carer_id);
}

static int by_harm(const void *p, const void *q)
{
	const struct visit_card *x = p, *y = q;
	if (x->late_min != y->late_min)
		return x->late_min > y->late_min ? -1 : 1;
	return ts_cmp(x->start_at, y->start_at);
}

static enum err add_asks(struct call *c, struct desk_today *v)
{
	struct request_answers waiting;
	TRY(sql_requests_waiting(c->db, c->a, c->who.operator_id, ANSWER_WAITING,
				 &waiting));
	struct policy p = policy_default(CRITICALITY_PERSONAL);
	for (size_t i = 0; i < waiting.n && i < 50; i++) {
		struct request r;
		if (sql_request_get(c->db, c->a, waiting.v[i].request_id, &r) != OK)
			continue;
		*ARENA_PUSH(c->a, &v->asks) = (struct ask_card){
			.id = r.id,
			.person = page_person_name(c, r.person_id, true),
			.words = r.own_words,
			.place = page_place(c, r.person_id),
			.transmitted_at = waiting.v[i].transmitted_at,
			.silent_at = ts_add_min(waiting.v[i].transmitted_at,
						POLICY(&p, answer_delay_min)),
		};
	}
	return OK;
}

enum err page_desk(struct call *c, struct http_response *ret)
{
	struct view_ctx cx;
	struct desk_today v = { 0 };
	struct visits list;
	struct operator o;
	TRY(page_context(c, c->who.territory, &cx));
	TRY(sql_operator_get(c->db, c->a, c->who.operator_id, &o));
	v.name = o.name;
	v.today = zone_day(cx.zone, c->now);
	TRY(sql_visits_of_operator(c->db, c->a, o.id, zone_ts(cx.zone, v.today, 0),
				   zone_ts(cx.zone, day_add(v.today, 1), 0), &list));
	for (size_t i = 0; i < list.n; i++) {
		const struct visit *x = &list.v[i];
		struct visit_card card = visit_card_desk(
			c->a, &cx, x, page_person_name(c, x->person_id, true),
			page_place(c, x->person_id), page_carer_name(c, x->carer_id, true));
		count(&v, x, &card);
		bool soon = x->start_at.us < ts_add_min(c->now, 180).us;
		bool wrong = card.tone == TONE_FAILED || card.tone == TONE_LATE ||
			     card.tone == TONE_UNKNOWN || card.tone == TONE_DOOR;
		if (wrong && soon && visit_is_open(x))
			*ARENA_PUSH(c->a, &v.alerts) = card;
		*ARENA_PUSH(c->a, &v.visits) = card;
	}
	if (v.alerts.n)
		qsort(v.alerts.v, v.alerts.n, sizeof *v.alerts.v, by_harm);
	if (v.alerts.n > 30)
		v.alerts.n = 30;
	TRY(add_asks(c, &v));
	page_frame(c, &cx, FACE_DESK, o.name, &v.page);
	struct buf b = buf_init(c->a, 0);
	view_desk_today(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

/* --- one visit: who could come, and what happened */

static str reason_words(struct call *c, const struct ranked *r)
{
	struct buf b = buf_init(c->a, 1000);
	for (int i = 0; i < r->n_reasons; i++) {
		str key = str_of(rank_reason_name(r->reasons[i].reason));
		enum msg m = tr_find(str_fmt(c->a, "rank.%" PRIstr, STR(key)));
		if (m == T_COUNT_)
			continue;
		buf_put(&b, tr(c->lang, m));
		BUF_LIT(&b, " ");
	}
	return buf_str(&b);
}

static enum err add_choices(struct call *c, const struct visit *x, struct desk_visit *v)
{
	struct app *app;
	struct ranking ranking;
	TRY(reader_app(c, &app));
	enum err e = app_relief_ranking(app, c->a, x, false, c->now, &ranking);
	app_free(app);
	TRY(e);
	for (size_t i = 0; i < ranking.n && i < 12; i++) {
		const struct ranked *r = &ranking.v[i];
		*ARENA_PUSH(c->a, &v->choices) = (struct carer_choice){
			.id = r->carer_id,
			.name = page_carer_name(c, r->carer_id, true),
			.why = reason_words(c, r),
			.travel_min = r->terms.travel_min,
			.travel_m = r->terms.travel_m,
		};
	}
	return OK;
}

static enum tone tone_of(enum event_kind k)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
	switch (k) {
#pragma GCC diagnostic pop
	case EV_VISIT_STARTED:
	case EV_VISIT_ENDED:
	case EV_VISIT_ASSIGNED: return TONE_DONE;
	case EV_VISIT_CARER_ASKED:
	case EV_VISIT_LATE_TOLD:
	case EV_VISIT_LATE_ANNOUNCED: return TONE_LATE;
	case EV_VISIT_MISSED:
	case EV_VISIT_RIGHT_OPENED:
	case EV_VISIT_UNASSIGNED: return TONE_FAILED;
	case EV_VISIT_UNKNOWN: return TONE_UNKNOWN;
	case EV_VISIT_DOOR_CLOSED: return TONE_DOOR;
	default: return TONE_PLAIN;
	}
}

static enum err add_story(struct call *c, struct id visit_id, struct desk_visit *v)
{
	struct sql_event_of_subject_rows rows;
	TRY(sql_event_of_subject(c->db, c->a, visit_id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		enum event_kind k = (enum event_kind)rows.v[i].kind;
		enum msg m = tr_find(str_fmt(c->a, "event.%s", event_name(k)));
		*ARENA_PUSH(c->a, &v->story) = (struct event_line){
			.at = { rows.v[i].at },
			.text = m == T_COUNT_ ? str_of(event_name(k)) : tr(c->lang, m),
			.tone = tone_of(k),
		};
	}
	return OK;
}

enum err do_visit_page(struct call *c, struct http_response *ret)
{
	struct view_ctx cx;
	struct desk_visit v = { .visit = { .version = 0 } };
	struct visit x;
	TRY(page_context(c, c->who.territory, &cx));
	TRY(sql_visit_get(c->db, c->a, c->object.id, &x));
	v.visit = visit_card_desk(c->a, &cx, &x, page_person_name(c, x.person_id, true),
				  page_place(c, x.person_id),
				  page_carer_name(c, x.carer_id, true));
	v.is_open = visit_is_open(&x);
	if (v.is_open)
		TRY(add_choices(c, &x, &v));
	TRY(add_story(c, x.id, &v));
	page_frame(c, &cx, FACE_DESK, v.visit.what, &v.page);
	struct buf b = buf_init(c->a, 0);
	view_desk_visit(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

/* --- the call list */

static str line(str args, int n)
{
	str rest = args, one = { 0 };
	for (int i = 0; i <= n; i++)
		one = str_cut(&rest, '\n');
	return one;
}

/* The sentence to read: the notice's message with its hour, minutes, tasks and first name. */
static str sentence_of(struct call *c, const struct view_ctx *cx, const struct notice *n)
{
	enum msg m = tr_find(n->key);
	int64_t start = 0, minutes = 0, tasks = 0;
	if (m == T_COUNT_ || str_int(line(n->args, 0), &start) != OK ||
	    str_int(line(n->args, 1), &minutes) != OK ||
	    str_int(line(n->args, 2), &tasks) != OK)
		return n->key;
	struct buf hour = buf_init(c->a, 100), late = buf_init(c->a, 100),
		   b = buf_init(c->a, 2000);
	show_when(&hour, cx, (ts){ start });
	say_duration(&late, cx->lang, minutes);
	str args[4] = { buf_str(&hour), buf_str(&late),
			tasks_words(c->a, cx->lang, (uint32_t)tasks), line(n->args, 3) };
	tr_put(&b, tr(cx->lang, m), args, 4);
	return buf_str(&b);
}

static void whom(struct call *c, const struct notice *n, str *name, str *phone)
{
	struct person p;
	struct contact k;
	struct carer r;
	if (n->recipient_role == ROLE_PERSON &&
	    sql_person_get(c->db, c->a, n->recipient_id, &p) == OK) {
		*name = str_fmt(c->a, "%" PRIstr " %" PRIstr, STR(p.first_name),
				STR(p.last_name));
		*phone = p.phone;
	} else if (n->recipient_role == ROLE_CIRCLE &&
		   sql_contact_get(c->db, c->a, n->recipient_id, &k) == OK) {
		*name = k.name;
		*phone = k.phone;
	} else if (n->recipient_role == ROLE_CARER &&
		   sql_carer_get(c->db, c->a, n->recipient_id, &r) == OK) {
		*name = str_fmt(c->a, "%" PRIstr " %" PRIstr, STR(r.first_name),
				STR(r.last_name));
		*phone = r.phone;
	}
}

enum err do_calls_page(struct call *c, struct http_response *ret)
{
	struct view_ctx cx;
	struct call_list v = { 0 };
	struct notices list;
	TRY(page_context(c, c->who.territory, &cx));
	TRY(sql_calls_waiting(c->db, c->a, c->who.territory, c->now, 50, &list));
	for (size_t i = 0; i < list.n; i++) {
		struct call_card *x = ARENA_PUSH(c->a, &v.calls);
		*x = (struct call_card){ .id = list.v[i].id,
					 .sentence = sentence_of(c, &cx, &list.v[i]),
					 .tries = list.v[i].tries,
					 .since = list.v[i].made_at };
		whom(c, &list.v[i], &x->who, &x->phone);
	}
	page_frame(c, &cx, FACE_DESK, tr(c->lang, T_calls_title), &v.page);
	struct buf b = buf_init(c->a, 0);
	view_call_list(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}
