/* serve.h - one request from its bytes to its answer: route, who, policy, input, handler.
 *
 * The order is fixed and no handler can leave a step out (README.md).  Reading handlers run on
 * the thread that read the request, with its own read connection; changing ones are handed to
 * the writer, run in its transaction with the policy asked again, and answered after the commit.
 *
 * Threads: one struct serve serves all threads; a struct call belongs to one at a time.
 */
#ifndef NET_SERVE_H
#define NET_SERVE_H

#include "app/app.h"
#include "net/auth/password.h"
#include "net/auth/rate.h"
#include "net/auth/secret.h"
#include "net/route.h"
#include "net/static.h"
#include "view/tr.h"

/* ---- the writer, as the doors see it ---- */

struct write_job {
	/* In the writer's transaction, inside its own savepoint: an error undoes it alone. */
	enum err (*run)(struct write_job *job, struct app *app, ts now);
	/* After the commit of the group, with the outcome of run, or of the commit.  The job is
	 * not the writer's any more. */
	void (*done)(struct write_job *job, enum err outcome);
	void *ctx;        /* of whoever made the job */
	bool is_check_in; /* arrivals and departures have room kept for them */
};

struct writer_port {
	void *ctx;
	/* ERR_BUSY  the queue is full, or the writer is stopping. */
	enum err (*submit)(void *ctx, struct write_job *job);
};

/* ---- the server ---- */

struct serve; /* opaque */
struct call;

struct serve_config {
	const char *db_path; /* readers open it; the writer has created it */
	struct writer_port writer;
	struct secret_key key;
	void *now_ctx;
	ts (*now)(void *ctx); /* our clock */
	/* TZif bytes of a zone: the shell reads the file. */
	void *zone_ctx;
	enum err (*zone_bytes)(void *ctx, struct arena *a, str name, str *ret);
	const struct static_files *files; /* may be NULL */
	str version;
	bool is_demo;       /* banner on every page, and demo accounts without password */
	bool secure_cookie; /* behind TLS: cookies get Secure */
	/* Pages: what an error looks like to a human.  NULL: a sentence and a link. */
	void (*fault_page)(struct call *c, enum err e, struct http_response *ret);
	/* /metrics: lines that the rest of the program adds; may be NULL. */
	void *metrics_ctx;
	void (*metrics)(void *ctx, struct buf *b);
	bool (*ready)(void *ctx, struct buf *why); /* with metrics_ctx; NULL: always */
};

struct serve *serve_new(const struct serve_config *config);
void serve_free(struct serve *s); /* after the HTTP server has stopped */

/* For struct http_config. */
enum http_when serve_handle(void *ctx, struct http_request *rq, struct http_response *ret);
void *serve_worker_new(void *ctx);
void serve_worker_free(void *worker);
size_t serve_body_limit(void *ctx, enum http_method m, str path);
void serve_done(void *ctx, int status, int64_t us);

/* ---- what handlers work with ---- */

struct call {
	struct serve *s;
	struct http_request *rq;
	struct arena *a;
	const struct route *route;
	struct param_value values[ROUTE_PARAMS];
	struct principal who;
	struct object object; /* the thing of the path, when it has one */
	void *in;             /* the route's struct, decoded */
	struct faults faults; /* what was wrong with it; handlers may add */
	struct db *db;        /* of this reader, or the writer's */
	struct app *app;      /* NULL while reading */
	ts now;
	enum lang lang;
	bool json; /* the answer is for a program */
	/* the rest is the engine's */
	struct write_job job;
	struct http_response answer;
	struct hash request_hash;
	bool repeated;
};

const struct serve_config *call_config(const struct call *c);
struct actor call_actor(const struct call *c);
/* The value of a path's parameter; it must be in the route's path. */
struct id call_id(const struct call *c, const char *param);
str call_text(const struct call *c, const char *param);
int64_t call_number(const struct call *c, const char *param);
void call_fault(struct call *c, const char *field, enum fault_kind kind);
str call_csrf(
	const struct call *c); /* value of the hidden field; empty without a session */
/* The zone of a territory, kept by the thread; while reading only (the writer has app_zone()).
 * ERR_NOT_FOUND */
MUST_USE enum err call_zone(struct call *c, str territory, const struct zone **ret);
void call_random(void *p, size_t n);
struct id call_new_id(const struct call *c);

/* Writes down that personal data was read (the person can read that journal); the answer
 * does not wait for it. */
void call_journal(struct call *c, str territory, struct id person_id, const char *what);

/* Limits of tries, by account and by address: false when too many. */
bool call_rate(struct call *c, const struct rate_rule *rule, str key);
void call_rate_clear(struct call *c, const struct rate_rule *rule, str key);

/* Cookies of a session: set (its whole life) or cleared. */
void call_set_cookie(struct call *c, struct http_response *ret, str token, int64_t seconds);
void call_clear_cookie(struct call *c, struct http_response *ret);

/* For ROUTE_ASYNC handlers: they suspend (http_suspend), and later, on any thread, finish. */
void call_finish(struct call *c, enum err e); /* answers with c->answer, or the error */
/* Hands `run` to the writer; it ends with call_finish. */
void call_write(struct call *c, enum err (*run)(struct call *c));
struct password_pool *call_passwords(struct call *c);

void serve_metrics(struct serve *s, struct buf *b); /* the lines of /metrics */

/* ---- answers ---- */

void answer_json(struct call *c, struct http_response *ret, int status, str body);
void answer_page(struct call *c, struct http_response *ret, int status, str html);
void answer_text(struct http_response *ret, int status, const char *type, str body);
void answer_redirect(struct http_response *ret, str path); /* 303, a place of ours */
/* {"ok":true} or, from a form, back to `path`. */
void answer_done(struct call *c, struct http_response *ret, str path);
/* A problem document (RFC 9457) or a page, by what the client reads. */
void answer_error(struct call *c, struct http_response *ret, enum err e);

/* ---- the handlers: one for each line of routes.tbl ---- */

#define ROUTE(method, path, name, action, kind, in, summary)                               \
	enum err do_##name(struct call *c, struct http_response *ret);                     \
	extern const struct input in_##in;
#include "net/routes.tbl"
#undef ROUTE

#endif
