#include "run/live.h"

enum { BATCH = 20000, DUE_LIMIT = 2000 };

/* Everything true at l->now: to the end, however much it is. */
static enum err step(struct live *l)
{
	struct app *app = l->world->app;
	int n;
	if (l->actors)
		TRY(actors_act(l->actors, app, l->now));
	do {
		TRY(app_watch(app, l->now, DUE_LIMIT, &n));
		l->in_transaction += n;
	} while (n > 0);
	do {
		TRY(sender_step(&l->sender, app, l->now, DUE_LIMIT, &n));
		l->in_transaction += n;
	} while (n > 0);
	l->steps++;
	return OK;
}

static enum err sign(struct live *l)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	str head;
	return ledger_sign(l->world->ledger, a, &l->world->data->key, l->now, &head);
}

static enum err turn(struct live *l)
{
	TRY(db_begin(l->world->db));
	enum err e = step(l);
	/* sign rarely here: a head of a simulated minute says nothing more */
	if (e != OK) {
		db_rollback(l->world->db);
		return e;
	}
	return db_commit(l->world->db);
}

enum err live_until(struct live *l, ts until)
{
	while (l->now.us < until.us) {
		TRY(db_begin(l->world->db));
		enum err e = OK;
		l->in_transaction = 0;
		while (e == OK && l->now.us < until.us && l->in_transaction < BATCH) {
			ts next;
			e = step(l);
			if (e == OK)
				e = app_next_look(l->world->app, &next);
			if (e != OK)
				break;
			if (l->actors)
				next = ts_min(next, actors_next(l->actors));
			/* by whole minutes at least: what falls due together is handled together */
			ts minute = { (l->now.us / US_MIN + 1) * US_MIN };
			l->now = ts_min(until, ts_max(next, minute));
			l->in_transaction++;
		}
		if (e != OK) {
			db_rollback(l->world->db);
			return e;
		}
		TRY(db_commit(l->world->db));
	}
	TRY(turn(l));
	TRY(db_begin(l->world->db));
	enum err e = sign(l);
	if (e != OK) {
		db_rollback(l->world->db);
		return e;
	}
	return db_commit(l->world->db);
}
