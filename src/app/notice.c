/* notice.c - the outbox: written with its reason, sent later, each outcome an event. */
#include "app/app_impl.h"

enum err app_tell(struct app *app, struct arena *a, const struct event *e,
		  struct notice_context *c, ts now)
{
	struct notices list = { 0 };
	notices_of(a, e, c, now, &list);
	for (size_t i = 0; i < list.n; i++) {
		list.v[i].id = app_new_id(app, now);
		TRY(sql_notice_insert(app_db(app), &list.v[i]));
	}
	return OK;
}

enum err app_notice_done(struct app *app, struct arena *a, struct notice *n,
			 enum notice_state outcome, str why, ts now)
{
	n->tries++;
	struct event e = {
		.at = now, .subject = n->id, .person = n->person_id, .version = n->tries
	};
	if (outcome == NOTICE_STATE_SENT) {
		e.kind = EV_NOTICE_SENT;
		e.u.notice_sent.key = n->key;
		e.u.notice_sent.channel = n->channel;
		n->state = outcome;
		n->done_at = now;
		n->look_at = TS_NEVER;
	} else {
		e.kind = EV_NOTICE_FAILED;
		e.u.notice_failed.key = n->key;
		e.u.notice_failed.channel = n->channel;
		e.u.notice_failed.outcome = outcome;
		e.u.notice_failed.why = why;
		/* an unknown outcome is never sent again blindly: a human sees it */
		n->look_at =
			outcome == NOTICE_STATE_FAILED ? notice_retry_at(n, now) : TS_NEVER;
		bool again = n->look_at.us != TS_NEVER.us;
		n->state = again ? NOTICE_STATE_PENDING : outcome;
	}
	TRY(app_append(app, a, &ACTOR_SYSTEM, n->territory, &e));
	return sql_notice_update(app_db(app), n);
}

enum err app_call_made(struct app *app, struct arena *a, const struct actor *by,
		       struct id notice_id, enum call_result result, ts now)
{
	struct notice n;
	TRY(sql_notice_get(app_db(app), a, notice_id, &n));
	if (n.channel != CHANNEL_CALL || n.state != NOTICE_STATE_PENDING)
		return ERR_WRONG_STATE;
	if (result == CALL_RESULT_NONE)
		return ERR_INPUT;
	n.tries++;
	n.result = result;
	struct event e = { .kind = EV_CALL_MADE,
			   .at = now,
			   .subject = n.id,
			   .person = n.person_id,
			   .version = n.tries };
	e.u.call_made.key = n.key;
	e.u.call_made.result = result;
	e.u.call_made.attempt = n.tries;
	TRY(app_append(app, a, by, n.territory, &e));
	if (result == CALL_RESULT_NO_ANSWER && n.tries < 2) {
		n.look_at = ts_add_min(now, 10); /* two tries, ten minutes apart */
	} else {
		n.state = result == CALL_RESULT_REACHED ? NOTICE_STATE_SENT
							: NOTICE_STATE_FAILED;
		n.done_at = now;
		n.look_at = TS_NEVER;
	}
	return sql_notice_update(app_db(app), &n);
}
