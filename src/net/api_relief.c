/* api_relief.c - offers: a carer's yes or no.  A no is seen by nobody but her. */
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
