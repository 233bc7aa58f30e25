/* bilan.h - a month of a territory: computed from the store, published in editions, exported.
 *
 * Computing streams the rows of the month once; nothing is kept but one small fact per visit
 * (domain/account/facts.h).  Edition 1 is published on the second day of the next month,
 * provisional; operators contest and reply during the days of the policy "bilan.contest_days"
 * (15); the next edition is final, or contested.  If facts change later, computing shows the
 * next edition as provisional: an edition is never changed.
 *
 * Memory:  the arena of the call; see bilan_arena() for its size.
 * Threads: any connection, inside a read transaction, except the functions that take an app.
 */
#ifndef APP_BILAN_H
#define APP_BILAN_H

#include "app/app.h"
#include "domain/account/export.h"

struct bilan_scope {
	str territory, month; /* "2026-10" */
	const struct zone *zone;
};

/* The local month as instants.  ERR_INPUT: not a month. */
MUST_USE enum err bilan_span(const struct bilan_scope *s, struct span *ret);

/* Room enough for the visits of the month.  Errors of the store. */
MUST_USE enum err bilan_arena(struct db *db, const struct bilan_scope *s, size_t *ret_max);

/* The month as it stands at `now`; an open one counts what is not yet known as such.
 *   ERR_NOT_FOUND  no such territory;  ERR_INPUT not a month;  ERR_LIMIT too many visits. */
MUST_USE enum err bilan_compute(struct db *db, struct arena *a, const struct bilan_scope *s,
				ts now, struct facts_closed **ret);

/* Gives every fact its reference, under the last leaf of its visit. */
MUST_USE enum err bilan_refs(struct db *db, struct arena *a, struct facts_closed *c,
			     str secret);

/* One person's own month, as JSON and text: every figure of her visits, nothing hidden from her. */
MUST_USE enum err bilan_person(struct db *db, struct arena *a, const struct bilan_scope *s,
			       struct id person_id, ts now, struct bilan *ret);

/* --- by the writer */

/* Publishes the next edition of a month: the territory's, and for each operator its own.
 *   ERR_DUPLICATE  nothing changed since the last edition, which has that state. */
MUST_USE enum err app_bilan_publish(struct app *app, struct arena *a, str territory,
				    str month, enum bilan_state state, ts now);

/* The operator contests its bilan, or replies to it; the reply stands beside its figures in the final edition.
 *   ERR_NOT_FOUND  not an operator's own bilan, or another operator's;
 *   ERR_GONE       the edition is final. */
MUST_USE enum err app_bilan_contest(struct app *app, struct arena *a,
				    const struct actor *by, struct id bilan_id, ts now);
MUST_USE enum err app_bilan_reply(struct app *app, struct arena *a, const struct actor *by,
				  struct id bilan_id, str reply, ts now);

/* Months that closed and delays that ended; harmless when there is nothing to do.  Called by
 * the watch. */
MUST_USE enum err app_bilan_watch(struct app *app, ts now, int *ret_handled);
/* The next instant at which an edition changes by itself; TS_NEVER.  A month closes at a local
 * midnight, when the watch looks anyway. */
MUST_USE enum err app_bilan_next(struct app *app, ts *ret);

#endif
