#include "net/serve.h"

#include "view/json.h"
#include "view/view.h"

void answer_text(struct http_response *ret, int status, const char *type, str body)
{
	ret->status = status;
	ret->type = type;
	ret->body = body;
}

void answer_json(struct call *c, struct http_response *ret, int status, str body)
{
	(void)c;
	answer_text(ret, status, "application/json", body);
}

void answer_page(struct call *c, struct http_response *ret, int status, str html)
{
	answer_text(ret, status, "text/html; charset=utf-8", html);
	http_add_header(ret, "Content-Language", lang_code(c->lang));
}

void answer_redirect(struct http_response *ret, str path)
{
	ASSERT(url_is_local(path));
	ret->status = 303;
	http_add_header(ret, "Location", path);
}

void answer_done(struct call *c, struct http_response *ret, str path)
{
	if (c->json)
		answer_json(c, ret, 200, S("{\"ok\":true}"));
	else
		answer_redirect(ret, path);
}

static str sentence(struct call *c, enum err e)
{
	enum msg m = tr_find(str_of(err_key(e)));
	return m == T_COUNT_ ? str_of(err_name(e)) : tr(c->lang, m);
}

static void problem(struct call *c, struct http_response *ret, enum err e)
{
	struct buf b = buf_init(c->a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	JSON(&j, "type", "about:blank");
	JSON(&j, "title", sentence(c, e));
	JSON(&j, "status", err_status(e));
	JSON(&j, "code", err_name(e));
	JSON(&j, "retry", err_may_retry(e));
	if (c->faults.n) {
		json_key(&j, "faults"), json_arr(&j);
		for (size_t i = 0; i < c->faults.n; i++) {
			json_obj(&j);
			JSON(&j, "field", c->faults.v[i].field);
			JSON(&j, "fault", fault_name(c->faults.v[i].kind));
			json_end(&j);
		}
		json_end(&j);
	}
	json_end(&j);
	json_done(&j);
	answer_text(ret, err_status(e), "application/problem+json", buf_str(&b));
}

/* Without a template of its own: the sentence, and the way on. */
static void plain_page(struct call *c, struct http_response *ret, enum err e)
{
	struct buf b = buf_init(c->a, 0);
	struct view_ctx cx = { .lang = c->lang };
	buf_fmt(&b,
		"<!doctype html>\n<html lang=\"%" PRIstr "\"><head><meta charset=\"utf-8\">"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
		"<title>Vigie</title><link rel=\"stylesheet\" href=\"/static/style.css\">"
		"</head><body><main id=\"main\"><h1>",
		STR(lang_code(c->lang)));
	view_text_str(&b, &cx, sentence(c, e));
	BUF_LIT(&b, "</h1>");
	for (size_t i = 0; i < c->faults.n; i++) {
		BUF_LIT(&b, "<p>");
		view_text_str(&b, &cx, c->faults.v[i].field);
		buf_fmt(&b, ": %s</p>", fault_name(c->faults.v[i].kind));
	}
	BUF_LIT(&b, "<p><a href=\"/\">Vigie</a></p></main></body></html>\n");
	answer_page(c, ret, err_status(e), buf_str(&b));
}

void answer_error(struct call *c, struct http_response *ret, enum err e)
{
	/* what a handler began to answer is not sent; cookies it set are dropped with it */
	*ret = (struct http_response){ .status = err_status(e) };
	if (c->json)
		problem(c, ret, e);
	else if (call_config(c)->fault_page)
		call_config(c)->fault_page(c, e, ret);
	else
		plain_page(c, ret, e);
	if (e == ERR_TOO_MANY || e == ERR_BUSY)
		http_add_header(ret, "Retry-After", S("30"));
}
