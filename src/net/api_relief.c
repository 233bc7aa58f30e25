/* api_relief.c - offers: a carer's yes or no.  A no is seen by nobody but her. */
#include "net/json_rows.h"
#include "net/serve.h"

#include "app/relief.h"

enum err do_offer_accept(struct call *c, struct http_response *ret)
{
	struct actor by = call_actor(c);
	TRY(app_offer_accept(c->app, c->a, &by, call_id(c, "offer"), c->now));
	answer_done(c, ret, S("/"));
	return OK;
}

enum err do_offer_decline(struct call *c, struct http_response *ret)
{
	struct actor by = call_actor(c);
	TRY(app_offer_decline(c->app, c->a, &by, call_id(c, "offer"), c->now));
	answer_done(c, ret, S("/"));
	return OK;
}

/* What the carer may still answer, with its terms: hours, way, amplitude, and why her. */
enum err do_offers(struct call *c, struct http_response *ret)
{
	struct offers list = { 0 };
	TRY(sql_offers_of_carer(c->db, c->a, c->who.subject_id, c->now, &list));
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	json_key(&j, "offers"), json_arr(&j);
	for (size_t i = 0; i < list.n; i++) {
		const struct offer *o = &list.v[i];
		json_obj(&j);
		json_key(&j, "id"), json_id(&j, o->id);
		json_key(&j, "visit"), json_id(&j, o->visit_id);
		json_key(&j, "reasons"), json_str(&j, o->reasons);
		json_key(&j, "travel_min"), json_int(&j, o->travel_min);
		json_key(&j, "travel_m"), json_int(&j, o->travel_m);
		json_key(&j, "amplitude_min"), json_int(&j, o->amplitude_min);
		json_key(&j, "expires_at"), json_ts(&j, o->expires_at);
		json_end(&j);
	}
	json_end(&j), json_end(&j);
	json_done(&j);
	answer_json(c, ret, 200, buf_str(&b));
	return OK;
}

enum err do_visit_relay(struct call *c, struct http_response *ret)
{
	struct actor by = call_actor(c);
	TRY(app_relay_take(c->app, c->a, &by, call_id(c, "visit"), c->now));
	answer_done(c, ret, S("/"));
	return OK;
}
