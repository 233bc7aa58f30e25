#include "run/sender.h"

static enum notice_state record(void *ctx, struct arena *a, const struct notice *n,
				str *ret_why)
{
	(void)ctx, (void)a, (void)n, (void)ret_why;
	return NOTICE_STATE_SENT;
}

struct sender sender_recording(void)
{
	struct sender s = { 0 };
	for (int c = 0; c < CHANNEL_COUNT; c++)
		if (c != CHANNEL_NONE && c != CHANNEL_CALL)
			s.ports[c] = (struct channel_port){ .send = record,
							    .deduplicates = true };
	return s;
}

struct sender sender_inbox(void)
{
	struct sender s = { 0 };
	s.ports[CHANNEL_FILE] =
		(struct channel_port){ .send = record, .deduplicates = true };
	return s;
}

static enum err send_one(const struct sender *s, struct app *app, struct arena *a,
			 struct notice *n, ts now)
{
	const struct channel_port *p = &s->ports[n->channel];
	str why = { 0 };
	enum notice_state outcome;
	if (ts_is(n->until_at) && now.us >= n->until_at.us) {
		outcome = NOTICE_STATE_DROPPED; /* useless now: said, not sent */
		why = S("too_late");
	} else if (!p->send) {
		outcome = NOTICE_STATE_FAILED;
		why = S("no_channel");
	} else {
		outcome = p->send(p->ctx, a, n, &why);
	}
	return app_notice_done(app, a, n, outcome, why, now);
}

enum err sender_step(const struct sender *s, struct app *app, ts now, int limit,
		     int *ret_handled)
{
	CLEAN_ARENA struct arena *a = arena_new((size_t)64 << 20);
	struct notices due;
	TRY(sql_notice_due(app_db(app), a, now, limit, &due));
	for (size_t i = 0; i < due.n; i++) {
		struct arena_mark m = arena_mark(a);
		TRY(send_one(s, app, a, &due.v[i], now));
		arena_reset(a, m);
	}
	*ret_handled = (int)due.n;
	return OK;
}
