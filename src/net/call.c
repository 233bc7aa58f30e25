/* call.c - the services that handlers find on a call: identity, ids, zones, limits, cookies, and
 * small facts written behind the answer. */
#include "net/auth/account.h"
#include "net/serve_impl.h"

#include <sodium.h>
#include <stdlib.h>

/* ---- small services for handlers ---- */

const struct serve_config *call_config(const struct call *c)
{
	return &c->s->config;
}

struct actor call_actor(const struct call *c)
{
	return (struct actor){ .role = c->who.role,
			       .account_id = c->who.account_id,
			       .subject_id = c->who.subject_id,
			       .operator_id = c->who.operator_id,
			       .territory = c->who.territory };
}

static const struct param_value *value_of(const struct call *c, const char *param)
{
	for (size_t i = 0; i < ROUTE_PARAMS; i++)
		if (c->values[i].param && strcmp(c->values[i].param->name, param) == 0)
			return &c->values[i];
	die("the path of %s has no {%s}", c->route->name, param);
}

struct id call_id(const struct call *c, const char *param)
{
	return value_of(c, param)->id;
}

str call_text(const struct call *c, const char *param)
{
	return value_of(c, param)->text;
}

int64_t call_number(const struct call *c, const char *param)
{
	return value_of(c, param)->number;
}

void call_fault(struct call *c, const char *field, enum fault_kind kind)
{
	*ARENA_PUSH(c->a, &c->faults) = (struct fault){ str_of(field), kind };
}

str call_csrf(const struct call *c)
{
	return id_is(c->who.session_id)
		       ? secret_csrf(c->a, &c->s->config.key, c->who.session_id)
		       : (str){ 0 };
}

void call_random(void *p, size_t n)
{
	randombytes_buf(p, n);
}

struct id call_new_id(const struct call *c)
{
	uint8_t r[16];
	call_random(r, sizeof r);
	return id_make(c->now, r);
}

enum err call_zone(struct call *c, str territory, const struct zone **ret)
{
	struct reader *w = c->rq->worker;
	struct sql_territory_zone_row row;
	str bytes;
	ASSERT(!c->app);
	for (size_t i = 0; i < w->n_zones; i++) {
		if (str_eq(w->zones[i].territory, territory)) {
			*ret = w->zones[i].zone;
			return OK;
		}
	}
	TRY(sql_territory_zone(c->db, c->a, territory, &row));
	TRY(c->s->config.zone_bytes(c->s->config.zone_ctx, c->a, row.zone, &bytes));
	bool keep = w->n_zones < READER_ZONES;
	TRY(zone_parse(keep ? w->keep : c->a, row.zone, bytes, ret));
	if (keep) {
		w->zones[w->n_zones].territory = str_dup(w->keep, territory);
		w->zones[w->n_zones++].zone = *ret;
	}
	return OK;
}

bool call_rate(struct call *c, const struct rate_rule *rule, str key)
{
	pthread_mutex_lock(&c->s->lock);
	bool ok = rate_take(c->s->rate, rule, key, c->now);
	pthread_mutex_unlock(&c->s->lock);
	return ok;
}

void call_rate_clear(struct call *c, const struct rate_rule *rule, str key)
{
	pthread_mutex_lock(&c->s->lock);
	rate_clear(c->s->rate, rule, key);
	pthread_mutex_unlock(&c->s->lock);
}

void call_set_cookie(struct call *c, struct http_response *ret, str token, int64_t seconds)
{
	http_add_header(ret, "Set-Cookie",
			str_fmt(c->a,
				COOKIE "=%" PRIstr "; Path=/; HttpOnly; SameSite=Strict; "
				       "Max-Age=%" PRId64 "%s",
				STR(token), seconds,
				c->s->config.secure_cookie ? "; Secure" : ""));
}

void call_clear_cookie(struct call *c, struct http_response *ret)
{
	call_set_cookie(c, ret, S(""), 0);
}

struct password_pool *call_passwords(struct call *c)
{
	return c->s->passwords;
}

/* ---- small facts written behind the answer: last use of a session, who has read what ---- */

struct behind {
	struct write_job job;
	struct id id, account_id;
	enum role role;
	ts now, until;
	const char *what; /* NULL: the use of a session */
	char territory[8];
	size_t territory_n;
	struct id person_id;
};

static enum err behind_run(struct write_job *job, struct app *app, ts now)
{
	struct behind *x = job->ctx;
	(void)now;
	if (!x->what)
		return sql_session_used(app_db(app), x->now, x->until, x->id);
	return sql_read_journal_add(
		app_db(app), x->id, (str){ x->territory, x->territory_n }, x->person_id,
		x->account_id, (int64_t)x->role, str_of(x->what), x->now);
}

static void behind_done(struct write_job *job, enum err outcome)
{
	(void)outcome;
	free(job->ctx);
}

static void write_behind(struct serve *s, const struct behind *x)
{
	struct behind *own = malloc(sizeof *own);
	if (!own)
		die("out of memory: write behind");
	*own = *x;
	own->job = (struct write_job){ behind_run, behind_done, own, false };
	if (s->config.writer.submit(s->config.writer.ctx, &own->job))
		free(own); /* busy: the next request will say it again */
}

#define SWEEP_EVERY (3600 * US_S)
#define KEEP_OVER   (30 * US_DAY) /* of a session, so that its end can still be shown */
#define KEEP_ANSWER US_DAY

static enum err sweep_run(struct write_job *job, struct app *app, ts now)
{
	int64_t n;
	(void)job;
	TRY(sql_session_purge(app_db(app), (ts){ now.us - KEEP_OVER }, &n));
	return sql_idempotency_purge(app_db(app), (ts){ now.us - KEEP_ANSWER }, &n);
}

void call_sweep(struct call *c)
{
	int64_t last = c->s->swept_us;
	if (c->now.us - last < SWEEP_EVERY ||
	    !atomic_compare_exchange_strong(&c->s->swept_us, &last, c->now.us))
		return;
	struct write_job *job = malloc(sizeof *job);
	if (!job)
		die("out of memory: sweep");
	*job = (struct write_job){ sweep_run, behind_done, job, false };
	if (c->s->config.writer.submit(c->s->config.writer.ctx, job))
		free(job);
}

void call_touch(struct call *c)
{
	int64_t often = c->who.kind == SESSION_DEVICE ? 86400 : 3600;
	if (c->who.role == ROLE_NONE || c->who.kind == SESSION_API ||
	    c->now.us - c->who.used_at.us < often * US_S)
		return;
	int64_t life = session_seconds(c->who.kind, c->who.role);
	struct behind x = { .id = c->who.session_id,
			    .now = c->now,
			    .until = ts_add_s(c->now, life) };
	write_behind(c->s, &x);
}

void call_journal(struct call *c, str territory, struct id person_id, const char *what)
{
	struct behind x = { .id = call_new_id(c),
			    .account_id = c->who.account_id,
			    .role = c->who.role,
			    .now = c->now,
			    .what = what,
			    .territory_n = territory.n,
			    .person_id = person_id };
	ASSERT(territory.n <= sizeof x.territory);
	memcpy(x.territory, territory.p, territory.n);
	write_behind(c->s, &x);
}
