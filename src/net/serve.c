#include "net/serve_impl.h"

#include <sodium.h>
#include <stdlib.h>

#define BODY_USUAL  ((size_t)256 * 1024)
#define BODY_IMPORT ((size_t)16 << 20)
#define KEY_MAX     100 /* of an Idempotency-Key */
#define REPLY_KEEP  (64 * 1024)

static const int64_t latency_ms[LATENCY_STEPS] = {
	1, 5, 20, 50, 100, 500, 2000, INT64_MAX
};

struct serve *serve_new(const struct serve_config *config)
{
	struct serve *s = calloc(1, sizeof *s);
	if (!s || sodium_init() < 0 || pthread_mutex_init(&s->lock, NULL))
		die("out of memory: serve");
	s->rate = calloc(1, sizeof *s->rate);
	if (!s->rate)
		die("out of memory: rate");
	s->config = *config;
	s->passwords = password_pool_new();
	return s;
}

void serve_free(struct serve *s)
{
	if (!s)
		return;
	password_pool_free(s->passwords);
	pthread_mutex_destroy(&s->lock);
	free(s->rate);
	sodium_memzero(&s->config.key, sizeof s->config.key);
	free(s);
}

void *serve_worker_new(void *ctx)
{
	struct serve *s = ctx;
	struct reader *w = calloc(1, sizeof *w);
	if (!w)
		die("out of memory: worker");
	w->s = s;
	w->keep = arena_new((size_t)8 << 20);
	struct db_options o = { .read_only = true };
	enum err e = db_open(s->config.db_path, &sql_schema, &o, &w->db);
	if (e) /* every request of this thread then answers 503, and it tries again */
		w->db = NULL;
	return w;
}

void serve_worker_free(void *worker)
{
	struct reader *w = worker;
	if (!w)
		return;
	db_close(w->db);
	arena_free(w->keep);
	free(w);
}

/* ---- who asks ---- */

static enum err from_token(struct call *c, str token)
{
	uint8_t raw[SECRET_TOKEN];
	if (secret_token_parse(SECRET_API, token, raw))
		return ERR_LOGIN;
	enum err e = sql_api_token_open(c->db, c->a,
					secret_hash(&c->s->config.key, SECRET_API, token),
					c->now, &c->who);
	return e == ERR_NOT_FOUND ? ERR_LOGIN : e;
}

static enum err from_cookie(struct call *c, str cookie)
{
	uint8_t raw[SECRET_TOKEN];
	if (secret_token_parse(SECRET_SESSION, cookie, raw))
		return OK; /* an old or foreign cookie: nobody */
	day today = { (int32_t)(c->now.us / US_DAY) };
	enum err e = sql_session_open(
		c->db, c->a, today, secret_hash(&c->s->config.key, SECRET_SESSION, cookie),
		c->now, &c->who);
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err identify(struct call *c)
{
	str auth = c->rq->authorization;
	if (str_starts(auth, S("Bearer ")))
		TRY(from_token(c, str_trim(str_from(auth, 7))));
	else
		TRY(from_cookie(c, cookie_get(c->rq->cookie, S(COOKIE))));
	if (c->who.role != ROLE_NONE)
		c->lang = (enum lang)c->who.language;
	call_touch(c);
	return OK;
}

/* A changing request must come from our own pages: the CSRF value of its session, or before
 * login a browser that says so.  An API token is never sent by a browser on its own. */
static enum err genuine(struct call *c, const struct form *form)
{
	if (c->route->method == HTTP_GET || c->who.kind == SESSION_API)
		return OK;
	str site = c->rq->fetch_site, origin = c->rq->origin;
	if (site.n && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
		return ERR_FORBIDDEN;
	if (origin.n && !str_ends(origin, str_fmt(c->a, "://%" PRIstr, STR(c->rq->host))))
		return ERR_FORBIDDEN;
	if (c->who.role == ROLE_NONE)
		return OK;
	str given = c->rq->csrf.n ? c->rq->csrf : form_value(form, S("csrf"));
	return secret_csrf_ok(&c->s->config.key, c->who.session_id, given) ? OK
									   : ERR_FORBIDDEN;
}

/* ---- the thing asked for ---- */

static enum err asked_operator(struct call *c)
{
	struct sql_object_request_asked_row row;
	if (!id_is(c->who.operator_id))
		return OK;
	TRY(sql_object_request_asked(c->db, c->a, c->object.id, c->who.operator_id, &row));
	if (row.n > 0)
		c->object.operator2_id = c->who.operator_id;
	return OK;
}

static enum err serving_operator(struct call *c)
{
	struct sql_object_person_served_row row;
	if (!id_is(c->who.operator_id))
		return OK;
	TRY(sql_object_person_served(c->db, c->a, c->object.id, c->who.operator_id, &row));
	if (row.n > 0)
		c->object.operator2_id = c->who.operator_id;
	return OK;
}

static enum err load_object(struct call *c)
{
	struct id id = c->values[0].id;
	struct object *o = &c->object;
	enum object_kind kind =
		c->values[0].param ? c->values[0].param->object : OBJECT_NONE;
	switch (kind) {
	case OBJECT_VISIT: return sql_object_visit(c->db, c->a, id, o);
	case OBJECT_REQUEST:
		TRY(sql_object_request(c->db, c->a, id, o));
		return asked_operator(c);
	case OBJECT_PERSON:
		TRY(sql_object_person(c->db, c->a, id, o));
		return serving_operator(c);
	case OBJECT_CONTACT: return sql_object_contact(c->db, c->a, id, o);
	case OBJECT_CARER: return sql_object_carer(c->db, c->a, id, o);
	case OBJECT_OPERATOR: return sql_object_operator(c->db, c->a, id, o);
	case OBJECT_OFFER: return sql_object_offer(c->db, c->a, id, o);
	case OBJECT_NOTICE: return sql_object_notice(c->db, c->a, id, o);
	case OBJECT_SIGNALEMENT: return sql_object_signalement(c->db, c->a, id, o);
	case OBJECT_TERRITORY:
	case OBJECT_NONE: return OK;
	}
	die("unknown object");
}

/* Not found and not allowed look the same to whoever may not know the difference. */
static enum err authorise(struct call *c)
{
	enum err e = load_object(c), p = OK;
	if (e && e != ERR_NOT_FOUND)
		return e;
	p = policy_allows(c->route->action, &c->who, &c->object);
	return p ? p : e;
}

/* ---- input ---- */

static enum err decode(struct call *c, const struct form *form)
{
	const struct input *in = c->route->in;
	c->in = arena_alloc(c->a, in->size);
	if (in->defaults)
		memcpy(c->in, in->defaults, in->size);
	if (c->route->method == HTTP_GET || !c->json ||
	    !str_eq_nocase(content_base(c->rq->content_type), S("application/json")))
		return field_from_form(c->a, form, in->fields, in->n, c->in, &c->faults);
	if (!in->n && !c->rq->body.n)
		return OK;
	return field_from_json(c->a, c->rq->body, in->fields, in->n, c->in, &c->faults);
}

static enum err read_form(struct call *c, struct form *form)
{
	*form = (struct form){ 0 };
	if (c->route->method == HTTP_GET)
		return form_urlencoded(c->a, c->rq->query, form);
	if (c->rq->query.n)
		return ERR_SYNTAX;
	if (!c->rq->body.n && !c->rq->content_type.n)
		return OK;
	if (str_eq_nocase(content_base(c->rq->content_type), S("application/json")))
		return c->json ? OK : ERR_SYNTAX;
	return form_parse(c->a, c->rq->content_type, c->rq->body, form);
}

static enum err understand(struct call *c)
{
	struct form form;
	TRY(identify(c));
	TRY(read_form(c, &form));
	TRY(genuine(c, &form));
	TRY(authorise(c));
	return decode(c, &form);
}

/* ---- answers ---- */

/* What every answer carries.  HSTS is the proxy's, which has the certificate. */
static void secure(struct call *c, struct http_response *r)
{
	static const struct {
		const char *name, *value;
	} always[] = {
		{ "Content-Security-Policy", "default-src 'none'; script-src 'self'; "
					     "style-src 'self'; img-src 'self' data:; "
					     "font-src 'self'; connect-src 'self'; "
					     "manifest-src 'self'; form-action 'self'; "
					     "base-uri 'none'; frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		/* not no-referrer: browsers would then send Origin: null with our own forms */
		{ "Referrer-Policy", "same-origin" },
		{ "Permissions-Policy", "geolocation=(), microphone=(), camera=(self)" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
	};
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		http_add_header(r, always[i].name, str_of(always[i].value));
	for (size_t i = 0; i < r->n_headers; i++)
		if (strcmp(r->headers[i].name, "Cache-Control") == 0)
			return;
	http_add_header(r, "Cache-Control",
			c->who.role != ROLE_NONE ? S("no-store") : S("no-cache"));
}

static void finish(struct call *c, enum err e, struct http_response *r)
{
	if (e)
		answer_error(c, r, e);
	secure(c, r);
}

void call_finish(struct call *c, enum err e)
{
	finish(c, e, &c->answer);
	http_reply(c->rq, &c->answer);
}

/* ---- changing calls ---- */

/* A repeated call with the same key gets the first answer; the same key with another call is
 * refused.  In the writer, so two at once cannot both pass. */
static enum err recall(struct call *c)
{
	struct sql_idempotency_get_row row;
	str key = c->rq->idempotency_key;
	if (!key.n)
		return OK;
	enum err e = sql_idempotency_get(c->db, c->a, c->who.account_id, key, &row);
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	if (!hash_eq(&row.request_hash, &c->request_hash))
		return ERR_CONFLICT;
	answer_json(c, &c->answer, (int)row.status, row.body);
	http_add_header(&c->answer, "Idempotent-Replay", S("true"));
	c->repeated = true;
	return OK;
}

static enum err remember(struct call *c)
{
	if (!c->rq->idempotency_key.n || c->repeated || c->answer.body.n > REPLY_KEEP)
		return OK;
	return sql_idempotency_put(c->db, c->who.account_id, c->rq->idempotency_key,
				   c->who.territory, c->request_hash, c->answer.status,
				   c->answer.body, c->now);
}

static enum err run_write(struct write_job *job, struct app *app, ts now)
{
	struct call *c = job->ctx;
	c->app = app;
	c->db = app_db(app);
	c->now = now;
	c->answer = (struct http_response){ .status = 200 };
	TRY(authorise(c)); /* the thing may have moved since the request was read */
	TRY(recall(c));
	if (c->repeated)
		return OK;
	TRY(c->route->run(c, &c->answer));
	return remember(c);
}

static void write_done(struct write_job *job, enum err outcome)
{
	call_finish(job->ctx, outcome);
}

/* The step that an ASYNC handler gives to the writer. */
struct later {
	struct write_job job;
	struct call *c;
	enum err (*run)(struct call *c);
};

static enum err run_later(struct write_job *job, struct app *app, ts now)
{
	struct later *l = job->ctx;
	l->c->app = app;
	l->c->db = app_db(app);
	l->c->now = now;
	return l->run(l->c);
}

static void later_done(struct write_job *job, enum err outcome)
{
	struct later *l = job->ctx;
	call_finish(l->c, outcome);
}

void call_write(struct call *c, enum err (*run)(struct call *c))
{
	struct later *l = ARENA_NEW(c->a, struct later);
	*l = (struct later){ { run_later, later_done, l, false }, c, run };
	enum err e = c->s->config.writer.submit(c->s->config.writer.ctx, &l->job);
	if (e)
		call_finish(c, e);
}

static enum http_when start_write(struct call *c)
{
	str key = c->rq->idempotency_key;
	if (key.n > KEY_MAX || (key.n && c->who.role == ROLE_NONE)) {
		finish(c, ERR_INPUT, &c->answer);
		return HTTP_NOW;
	}
	str parts[] = { str_of(c->route->name), S("\n"), c->rq->path, S("\n"),
			c->rq->body };
	if (key.n)
		c->request_hash = sha256_parts(parts, 5);
	c->job = (struct write_job){ run_write, write_done, c,
				     c->route->action == ACTION_visit_check_in };
	http_suspend(c->rq);
	enum err e = c->s->config.writer.submit(c->s->config.writer.ctx, &c->job);
	if (e)
		call_finish(c, e);
	return HTTP_LATER;
}

/* ---- the whole way ---- */

static enum err reader_open(struct reader *w)
{
	struct db_options o = { .read_only = true };
	return w->db ? OK : db_open(w->s->config.db_path, &sql_schema, &o, &w->db);
}

static enum err dispatch(struct call *c, struct http_response *ret,
			 enum http_when *ret_when)
{
	struct reader *w = c->rq->worker;
	str allow = { 0 };
	enum err e =
		route_match(c->a, c->rq->method, c->rq->path, &c->route, c->values, &allow);
	if (e) {
		finish(c, e, ret);
		if (allow.n)
			http_add_header(ret, "Allow", allow);
		return OK;
	}
	TRY(reader_open(w));
	c->db = w->db;
	/* one picture of the database for the whole request, and one lock taken for it */
	TRY(db_begin_read(w->db));
	e = understand(c);
	if (e == OK && c->route->kind == ROUTE_READ)
		e = c->route->run(c, ret);
	if (e == OK && c->route->kind == ROUTE_ASYNC) {
		http_suspend(c->rq);
		*ret_when = HTTP_LATER;
		e = c->route->run(c, &c->answer); /* OK: it will call call_finish() */
		db_rollback(w->db);               /* from here on `c` may be gone */
		if (e)
			call_finish(c, e);
		return OK;
	}
	db_rollback(w->db);
	TRY(e);
	if (c->route->kind == ROUTE_READ) {
		finish(c, OK, ret);
		return OK;
	}
	*ret_when = start_write(c);
	if (*ret_when == HTTP_NOW) /* refused at once; else the writer has it */
		*ret = c->answer;
	return OK;
}

enum http_when serve_handle(void *ctx, struct http_request *rq, struct http_response *ret)
{
	struct serve *s = ctx;
	struct call *c = ARENA_NEW(rq->arena, struct call);
	enum http_when when = HTTP_NOW;
	c->s = s;
	c->rq = rq;
	c->a = rq->arena;
	c->now = s->config.now(s->config.now_ctx);
	c->lang = lang_of(rq->accept_language);
	c->json = str_starts(rq->path, S("/api/"));
	*ret = (struct http_response){ .status = 200 };
	c->answer = *ret;
	if (str_starts(rq->path, S("/static/")) && rq->method == HTTP_GET &&
	    static_answer(s->config.files, rq, str_from(rq->path, 8), ret)) {
		secure(c, ret);
		return HTTP_NOW;
	}
	call_sweep(c);
	enum err e = dispatch(c, ret, &when);
	if (e)
		finish(c, e, ret);
	return when;
}

size_t serve_body_limit(void *ctx, enum http_method m, str path)
{
	(void)ctx;
	if (m == HTTP_GET || m == HTTP_DELETE)
		return 0;
	return str_starts(path, S("/api/import/")) ? BODY_IMPORT : BODY_USUAL;
}

void serve_done(void *ctx, int status, int64_t us)
{
	struct serve *s = ctx;
	int hundred = status / 100;
	s->status[hundred >= 1 && hundred <= 5 ? hundred : 0]++;
	s->latency_us += us;
	for (size_t i = 0; i < LATENCY_STEPS; i++)
		if (latency_ms[i] == INT64_MAX || us <= latency_ms[i] * 1000)
			s->latency[i]++;
}

/* The engine's own lines of /metrics. */
void serve_metrics(struct serve *s, struct buf *b)
{
	BUF_LIT(b, "# TYPE vigie_http_answers_total counter\n");
	for (int i = 0; i < 6; i++)
		buf_fmt(b, "vigie_http_answers_total{status=\"%dxx\"} %" PRId64 "\n", i,
			(int64_t)s->status[i]);
	BUF_LIT(b, "# TYPE vigie_http_seconds histogram\n");
	for (int i = 0; i < LATENCY_STEPS - 1; i++)
		buf_fmt(b,
			"vigie_http_seconds_bucket{le=\"%" PRId64 ".%03" PRId64
			"\"} %" PRId64 "\n",
			latency_ms[i] / 1000, latency_ms[i] % 1000, (int64_t)s->latency[i]);
	buf_fmt(b, "vigie_http_seconds_bucket{le=\"+Inf\"} %" PRId64 "\n",
		(int64_t)s->latency[LATENCY_STEPS - 1]);
	buf_fmt(b, "vigie_http_seconds_sum %" PRId64 ".%06" PRId64 "\n",
		s->latency_us / US_S, s->latency_us % US_S);
	buf_fmt(b, "vigie_http_seconds_count %" PRId64 "\n",
		(int64_t)s->latency[LATENCY_STEPS - 1]);
	if (s->config.metrics)
		s->config.metrics(s->config.metrics_ctx, b);
}
