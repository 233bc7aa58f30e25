/* writer.c - see writer.h. */
#include "run/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { QUEUE = 4096, GROUP = 512, DUE = 500, TICK_MS = 500 };

struct writer {
	struct writer_options o;
	pthread_t thread;
	/* guarded by lock */
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct command *ring;
	size_t head, count;
	bool stopping;
	struct writer_health health;
	/* the writer's thread only */
	struct command group[GROUP];
	enum err outcome[GROUP];
	size_t group_n;
	struct arena *arena;
	ts signed_at, beat_at;
	uint64_t signed_size;
};

/* --- start: did we sleep, and is the hour right? */

static enum err beat_read(struct world *w, struct arena *a, ts *ret)
{
	struct sql_meta_get_row row;
	enum err e = sql_meta_get(w->db, a, S("heartbeat"), &row);
	*ret = TS_NONE;
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	return ts_parse(row.value, ret) == OK ? OK : ERR_DAMAGED;
}

static enum err beat_write(struct writer *w, ts now)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	w->beat_at = now;
	return sql_meta_set(w->o.world->db, S("heartbeat"), ts_text(a, now));
}

static enum err record_outage(struct writer *w, struct arena *a, ts from, ts until)
{
	struct event e = { .kind = EV_PLATFORM_OUTAGE, .at = until, .version = until.us };
	uint8_t zero[16] = { 0 };
	e.subject = id_make(from, zero);
	e.u.platform_outage.from_at = from;
	e.u.platform_outage.until_at = until;
	app_set_outage(w->o.world->app, (struct span){ from, until });
	return app_append(w->o.world->app, a, &ACTOR_SYSTEM, (str){ 0 }, &e);
}

static enum err begin_life(struct writer *w)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct world *wo = w->o.world;
	bool doubt;
	ts now = clock_now(w->o.clock, &doubt), last;
	TRY(db_begin(wo->db));
	enum err e = beat_read(wo, a, &last);
	if (e == OK && !w->o.clock->is_simulated && clock_start_doubt(last, now))
		app_set_clock_doubt(wo->app, true);
	if (e == OK && ts_is(last) && now.us - last.us > 5 * US_MIN)
		e = record_outage(w, a, last, now);
	if (e == OK)
		e = beat_write(w, now);
	if (e != OK) {
		db_rollback(wo->db);
		return e;
	}
	return db_commit(wo->db);
}

/* --- one group */

static void run_one(struct writer *w, size_t i, ts now)
{
	struct db *db = w->o.world->db;
	struct command *c = &w->group[i];
	enum err e = db_savepoint(db);
	if (e == OK) {
		e = c->run(c->arg, w->o.world, w->arena, now);
		if (e == OK)
			e = db_keep(db);
		else
			db_undo(db);
	}
	w->outcome[i] = e;
	arena_clear(w->arena);
}

static enum err watch(struct writer *w, ts now, int *ret_handled)
{
	struct world *wo = w->o.world;
	int due = 0, sent = 0;
	if (w->o.actors)
		TRY(actors_act(w->o.actors, wo->app, now));
	TRY(app_watch(wo->app, now, w->o.due_batch ? w->o.due_batch : DUE, &due));
	TRY(sender_step(&w->o.sender, wo->app, now, w->o.due_batch ? w->o.due_batch : DUE,
			&sent));
	if (now.us - w->beat_at.us >= US_MIN)
		TRY(beat_write(w, now));
	*ret_handled = due + sent;
	return OK;
}

static enum err sign(struct writer *w, ts now, bool last)
{
	struct world *wo = w->o.world;
	uint64_t size;
	str head;
	if (!last && now.us - w->signed_at.us < US_MIN)
		return OK;
	TRY(ledger_size(wo->ledger, w->arena, &size));
	w->signed_at = now;
	if (size && size != w->signed_size)
		TRY(ledger_sign(wo->ledger, w->arena, &wo->data->key, now, &head));
	w->signed_size = size;
	arena_clear(w->arena);
	return OK;
}

/* A group and one bounded look at what is due, in one transaction. */
static void turn(struct writer *w, bool last)
{
	struct world *wo = w->o.world;
	bool doubt;
	int handled = 0;
	ts now = clock_now(w->o.clock, &doubt);
	if (doubt)
		app_set_clock_doubt(wo->app, true);
	enum err e = db_begin(wo->db);
	for (size_t i = 0; i < w->group_n; i++) {
		if (e == OK)
			run_one(w, i, now);
		else
			w->outcome[i] = e;
		/* a full disk may have ended the whole transaction: nothing of the group is kept */
		if (e == OK && !db_in_transaction(wo->db))
			e = w->outcome[i];
	}
	if (e == OK && db_savepoint(wo->db) == OK) {
		enum err watched = watch(w, now, &handled);
		if (watched == OK)
			watched = sign(w, now, last);
		if (watched == OK)
			watched = db_keep(wo->db);
		else
			db_undo(wo->db);
		if (!db_in_transaction(wo->db))
			e = watched;
	}
	if (e == OK)
		e = db_commit(wo->db);
	else
		db_rollback(wo->db);
	int64_t refused = 0;
	for (size_t i = 0; i < w->group_n; i++) {
		enum err outcome = e != OK && w->outcome[i] == OK ? e : w->outcome[i];
		refused += outcome != OK;
		w->group[i].done(w->group[i].arg, outcome);
	}
	pthread_mutex_lock(&w->lock);
	w->health.done += (int64_t)w->group_n;
	w->health.refused += refused;
	w->health.groups++;
	w->health.due_handled += handled;
	w->health.now = now;
	if (e == OK)
		w->health.last_tick = now;
	w->health.clock_doubt = app_clock_doubt(wo->app);
	w->health.ledger_size = w->signed_size;
	pthread_mutex_unlock(&w->lock);
}

static int64_t lag_of(struct writer *w)
{
	ts next;
	if (app_next_look(w->o.world->app, &next) != OK)
		return 0;
	ts now = clock_peek(w->o.clock);
	return next.us < now.us ? now.us - next.us : 0;
}

/* How long to sleep when nothing is queued: until something falls due, at most a second. */
static int64_t nap_ms(struct writer *w)
{
	ts next;
	if (app_next_look(w->o.world->app, &next) != OK)
		return TICK_MS;
	if (w->o.actors)
		next = ts_min(next, actors_next(w->o.actors));
	int64_t left = next.us - clock_peek(w->o.clock).us;
	if (w->o.clock->is_simulated)
		left /= w->o.clock->speed > 0 ? w->o.clock->speed : 1;
	if (left <= 0)
		return 0;
	return left / 1000 < TICK_MS ? left / 1000 + 1 : TICK_MS;
}

static void gather(struct writer *w)
{
	w->group_n = 0;
	while (w->count && w->group_n < GROUP) {
		w->group[w->group_n++] = w->ring[w->head];
		w->head = (w->head + 1) % w->o.queue_max;
		w->count--;
	}
}

static void wait_for_work(struct writer *w, int64_t ms)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000;
	if (t.tv_nsec >= 1000000000)
		t.tv_sec++, t.tv_nsec -= 1000000000;
	while (!w->count && !w->stopping)
		if (pthread_cond_timedwait(&w->wake, &w->lock, &t) != 0)
			break;
}

static void *main_loop(void *arg)
{
	struct writer *w = arg;
	for (;;) {
		int64_t ms = nap_ms(w), lag = lag_of(w);
		pthread_mutex_lock(&w->lock);
		w->health.lag_us = lag;
		if (!w->count && !w->stopping && ms > 0)
			wait_for_work(w, ms);
		bool last = w->stopping && !w->count;
		gather(w);
		pthread_mutex_unlock(&w->lock);
		turn(w, last);
		if (last && !w->group_n)
			break;
	}
	return NULL;
}

/* --- from outside */

enum err writer_start(const struct writer_options *o, struct writer **ret)
{
	struct writer *w = calloc(1, sizeof *w);
	if (!w)
		die("out of memory: writer");
	w->o = *o;
	if (!w->o.queue_max)
		w->o.queue_max = QUEUE;
	w->ring = calloc(w->o.queue_max, sizeof *w->ring);
	w->arena = arena_new((size_t)256 << 20);
	if (!w->ring)
		die("out of memory: queue");
	enum err e = begin_life(w);
	if (e != OK) {
		arena_free(w->arena);
		free(w->ring);
		free(w);
		return e;
	}
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&w->thread, NULL, main_loop, w) != 0)
		die("the writer's thread does not start");
	*ret = w;
	return OK;
}

enum err writer_submit(struct writer *w, const struct command *c)
{
	enum err e = ERR_BUSY;
	pthread_mutex_lock(&w->lock);
	size_t room = w->o.queue_max - (c->is_check_in ? 0 : w->o.queue_max / 10);
	if (!w->stopping && w->count < room) {
		w->ring[(w->head + w->count++) % w->o.queue_max] = *c;
		pthread_cond_signal(&w->wake);
		e = OK;
	}
	w->health.queued = (int64_t)w->count;
	pthread_mutex_unlock(&w->lock);
	return e;
}

struct waiting {
	enum err (*run)(void *, struct world *, struct arena *, ts);
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t ready;
	bool is_done;
	enum err outcome;
};

static enum err waiting_run(void *arg, struct world *world, struct arena *a, ts now)
{
	struct waiting *x = arg;
	return x->run(x->arg, world, a, now);
}

static void waiting_done(void *arg, enum err outcome)
{
	struct waiting *x = arg;
	pthread_mutex_lock(&x->lock);
	x->outcome = outcome;
	x->is_done = true;
	pthread_cond_signal(&x->ready);
	pthread_mutex_unlock(&x->lock);
}

enum err writer_call(struct writer *w,
		     enum err (*run)(void *, struct world *, struct arena *, ts), void *arg)
{
	struct waiting x = { .run = run,
			     .arg = arg,
			     .lock = PTHREAD_MUTEX_INITIALIZER,
			     .ready = PTHREAD_COND_INITIALIZER };
	struct command c = { waiting_run, waiting_done, &x, false };
	TRY(writer_submit(w, &c));
	pthread_mutex_lock(&x.lock);
	while (!x.is_done)
		pthread_cond_wait(&x.ready, &x.lock);
	pthread_mutex_unlock(&x.lock);
	return x.outcome;
}

void writer_stop(struct writer *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->wake);
	arena_free(w->arena);
	free(w->ring);
	free(w);
}

struct writer_health writer_health(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	struct writer_health h = w->health;
	pthread_mutex_unlock(&w->lock);
	return h;
}
