/* api_machine.c - what machines ask: is it alive, is it ready, how much, and the document. */
#include "net/serve.h"

enum err do_health(struct call *c, struct http_response *ret)
{
	(void)c;
	answer_text(ret, 200, "text/plain", S("ok\n"));
	return OK;
}

enum err do_ready(struct call *c, struct http_response *ret)
{
	const struct serve_config *config = call_config(c);
	struct buf why = buf_init(c->a, 1000);
	struct sql_meta_get_row row;
	enum err e = sql_meta_get(c->db, c->a, S("version"), &row);
	bool ok = e == OK || e == ERR_NOT_FOUND;
	if (ok && config->ready)
		ok = config->ready(config->metrics_ctx, &why);
	answer_text(ret, ok ? 200 : 503, "text/plain",
		    ok ? S("ready\n") : str_cat(c->a, S("not ready: "), buf_str(&why)));
	return OK;
}

enum err do_metrics(struct call *c, struct http_response *ret)
{
	struct buf b = buf_init(c->a, 0);
	serve_metrics(c->s, &b);
	answer_text(ret, 200, "text/plain; version=0.0.4", buf_str(&b));
	return OK;
}

enum err do_openapi(struct call *c, struct http_response *ret)
{
	answer_json(c, ret, 200, route_openapi(c->a, call_config(c)->version));
	return OK;
}
