#include "main/server.h"

#include "net/auth/account.h"
#include "net/serve.h"

#include <stdlib.h>

struct server {
	struct arena *keep;
	struct world *world;
	struct clock clock;
	struct actors *actors;
	struct writer *writer;
	const struct static_files *files;
	struct serve *serve;
	struct http_server *http;
};

/* ---- the writer as the doors see it ---- */

static enum err run_job(void *arg, struct world *w, struct arena *a, ts now)
{
	struct write_job *job = arg;
	(void)a; /* a call has an arena of its own */
	return job->run(job, w->app, now);
}

static void job_done(void *arg, enum err outcome)
{
	struct write_job *job = arg;
	job->done(job, outcome);
}

static enum err submit(void *ctx, struct write_job *job)
{
	struct server *s = ctx;
	struct command c = { run_job, job_done, job, job->is_check_in };
	return writer_submit(s->writer, &c);
}

static ts present(void *ctx)
{
	struct server *s = ctx;
	return clock_peek(&s->clock);
}

/* ---- what /metrics and /ready say of the rest of the program ---- */

static void metrics(void *ctx, struct buf *b)
{
	struct server *s = ctx;
	struct writer_health h = writer_health(s->writer);
	struct http_stats n = http_stats(s->http);
	const struct {
		const char *name, *type;
		int64_t value;
	} lines[] = {
		{ "vigie_connections", "gauge", n.connections },
		{ "vigie_requests_total", "counter", n.requests },
		{ "vigie_connections_cut_total", "counter", n.cut },
		{ "vigie_commands_queued", "gauge", h.queued },
		{ "vigie_commands_done_total", "counter", h.done },
		{ "vigie_commands_refused_total", "counter", h.refused },
		{ "vigie_commits_total", "counter", h.groups },
		{ "vigie_due_handled_total", "counter", h.due_handled },
		{ "vigie_watch_lag_milliseconds", "gauge", h.lag_us / 1000 },
		{ "vigie_watch_age_milliseconds", "gauge",
		  (h.now.us - h.last_tick.us) / 1000 },
		{ "vigie_clock_doubt", "gauge", h.clock_doubt },
		{ "vigie_ledger_size", "gauge", (int64_t)h.ledger_size },
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		buf_fmt(b, "# TYPE %s %s\n%s %" PRId64 "\n", lines[i].name, lines[i].type,
			lines[i].name, lines[i].value);
}

/* A watchman that has stopped looking must not be called ready. */
static bool ready(void *ctx, struct buf *why)
{
	struct server *s = ctx;
	struct writer_health h = writer_health(s->writer);
	int64_t age = (clock_peek(&s->clock).us - h.last_tick.us);
	if (!s->clock.is_simulated && age > 60 * US_S)
		BUF_LIT(why, "the watch has not looked for a minute");
	else if (h.clock_doubt)
		BUF_LIT(why, "the hour of this machine is in doubt");
	return !why->n;
}

/* ---- start ---- */

struct secret_key server_key(const struct server *s)
{
	const struct data *d = s->world->data;
	return account_key(d->id_secret, sizeof d->id_secret);
}

static bool is_demo(struct server *s)
{
	struct sql_meta_get_row row;
	CLEAN_ARENA struct arena *a = arena_new(0);
	return sql_meta_get(s->world->db, a, S("demo"), &row) == OK;
}

/* A simulated clock goes on from where the data ends. */
static ts data_end(struct server *s, ts now)
{
	struct sql_meta_get_row row;
	struct sql_event_last_at_row last;
	ts beat = TS_NONE;
	CLEAN_ARENA struct arena *a = arena_new(0);
	if (sql_meta_get(s->world->db, a, S("heartbeat"), &row) == OK &&
	    ts_parse(row.value, &beat) != OK)
		beat = TS_NONE;
	if (sql_event_last_at(s->world->db, a, &last) == OK && last.at.us > beat.us)
		beat = last.at;
	return ts_is(beat) ? beat : now;
}

static enum err start_world(struct server *s, const struct config *c)
{
	struct world_options o = { .create = true };
	clock_init_real(&s->clock);
	bool doubt;
	ts now = clock_now(&s->clock, &doubt);
	TRY(world_open(str_z(s->keep, c->data), &o, now, &s->world));
	if (c->speed)
		clock_init_simulated(&s->clock, data_end(s, now), c->speed);
	return OK;
}

static enum err start_writer(struct server *s, const struct config *c)
{
	struct sql_territories_rows t;
	CLEAN_ARENA struct arena *a = arena_new(0);
	if (c->has_actors) {
		if (!is_demo(s))
			return ERR_RULE; /* made-up people do not act among real ones */
		TRY(sql_territories(s->world->db, a, &t));
		if (t.n)
			s->actors = actors_new((uint64_t)c->actors,
					       str_dup(s->keep, t.v[0].territory));
	}
	struct writer_options o = { .world = s->world,
				    .clock = &s->clock,
				    .sender = is_demo(s) ? sender_recording()
							 : sender_inbox(),
				    .actors = s->actors };
	return writer_start(&o, &s->writer);
}

static enum err start_doors(struct server *s, const struct config *c)
{
	struct serve_config v = {
		.db_path = str_fmt(s->keep, "%" PRIstr "/vigie.db", STR(c->data)).p,
		.writer = { s, submit },
		.key = server_key(s),
		.now_ctx = s,
		.now = present,
		.zone_bytes = world_zone_bytes,
		.files = s->files,
		.version = S(VIGIE_VERSION),
		.is_demo = is_demo(s),
		.secure_cookie = c->secure_cookie,
		.metrics_ctx = s,
		.metrics = metrics,
		.ready = ready,
	};
	s->serve = serve_new(&v);
	struct http_config h = {
		.address = str_z(s->keep, c->address),
		.port = c->port,
		.threads = (unsigned)c->threads,
		.connections = (unsigned)c->connections,
		.connections_per_ip = (unsigned)c->connections_per_address,
		.trust_proxy = c->trust_proxy,
		.ctx = s->serve,
		.handle = serve_handle,
		.body_limit = serve_body_limit,
		.worker_new = serve_worker_new,
		.worker_free = serve_worker_free,
		.done = serve_done,
	};
	return http_start(&h, &s->http);
}

static enum err start_all(struct server *s, const struct config *c, const char **what)
{
	*what = "no data folder is named (data = ...)";
	if (!c->data.n)
		return ERR_INPUT;
	*what = "the data folder cannot be opened";
	TRY(start_world(s, c));
	*what = "the folder of web files cannot be read";
	if (c->web.n)
		TRY(static_load(s->keep, str_z(s->keep, c->web), &s->files));
	*what = "the writer cannot start";
	TRY(start_writer(s, c));
	*what = "the address cannot be listened on";
	return start_doors(s, c);
}

enum err server_start(const struct config *c, struct server **ret, const char **ret_what)
{
	struct server *s = calloc(1, sizeof *s);
	if (!s)
		die("out of memory: server");
	s->keep = arena_new((size_t)128 << 20);
	enum err e = start_all(s, c, ret_what);
	if (e) {
		server_stop(s, 0);
		return e;
	}
	*ret = s;
	return OK;
}

uint16_t server_port(const struct server *s)
{
	return http_port(s->http);
}

struct writer *server_writer(struct server *s)
{
	return s->writer;
}

void server_stop(struct server *s, int seconds)
{
	if (s->http) {
		http_drain(s->http);
		http_stop(s->http, seconds);
	}
	writer_stop(s->writer);
	serve_free(s->serve);
	if (s->actors)
		actors_free(s->actors);
	world_close(s->world);
	arena_free(s->keep);
	free(s);
}
