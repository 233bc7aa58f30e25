/* relief.h - use cases of replacement: ask the carers, then other operators, then the deputy.
 *
 * The rules are domain/relief; here the rows are loaded, offers written, people told.  A visit
 * enters relief when the watch opens offers for it or when it loses its carer; from then on
 * only its open offers are watched (index offer_expiry), nothing else is remembered.
 *
 * Errors: those of the domain functions named, or the store's.  Memory, threads: app.h.
 */
#ifndef APP_RELIEF_H
#define APP_RELIEF_H

#include "app/app.h"
#include "domain/relief/assign.h"
#include "domain/relief/offer.h"

/* The next step of relief of `v` at `now`: a wave of offers, the relay operators asked, or
 * nothing.  Called by app_visit_commit() and by the watch; harmless when nothing is due. */
MUST_USE enum err app_relief_step(struct app *app, struct arena *a, struct visit *v,
				  ts now);

/* Offers of a visit that is covered, begun or cancelled are closed. */
MUST_USE enum err app_relief_close(struct app *app, struct arena *a, const struct visit *v,
				   ts now);

/* Offers whose deadline has passed: the next waves.  Adds to *handled. */
MUST_USE enum err app_relief_due(struct app *app, struct arena *a, ts now, int limit,
				 int *handled);

/* The carer's yes: her hours are checked again, she is assigned, the others are told nothing
 * but that it is closed.  ERR_RULE: the law or a rule has meanwhile made it impossible. */
MUST_USE enum err app_offer_accept(struct app *app, struct arena *a, const struct actor *by,
				   struct id offer_id, ts now);
/* The carer's no: kept for her alone. */
MUST_USE enum err app_offer_decline(struct app *app, struct arena *a,
				    const struct actor *by, struct id offer_id, ts now);

/* What a role may see of them: states by offer_seen(). */
MUST_USE enum err app_offers_of_visit(struct app *app, struct arena *a,
				      const struct actor *by, struct id visit_id, ts now,
				      struct offers *ret);
MUST_USE enum err app_offers_of_carer(struct app *app, struct arena *a,
				      const struct actor *by, ts now, struct offers *ret);

/* « Proposer »: who may take this visit, ranked, with the reasons and terms. */
MUST_USE enum err app_relief_ranking(struct app *app, struct arena *a,
				     const struct visit *v, bool is_offer, ts now,
				     struct ranking *ret);
/* Why not: the reasons against each carer of the operator. */
struct why_not {
	struct id carer_id;
	struct eligibility e;
};
struct why_nots {
	struct why_not *v;
	size_t n, cap;
};
MUST_USE enum err app_relief_why_not(struct app *app, struct arena *a,
				     const struct visit *v, bool is_offer, ts now,
				     struct why_nots *ret);

/* A proposal for the uncovered visits of an operator on a local day (assign_day); nothing is
 * written.  `visits` and `assigned` have the same length. */
struct day_proposal {
	struct visits visits;
	struct assigned *assigned;
	size_t covered;
};
MUST_USE enum err app_propose_day(struct app *app, struct arena *a, const struct actor *by,
				  struct id operator_id, str territory, day on, ts now,
				  struct day_proposal *ret);

/* Another operator's coordinator takes the visit (its operator is by->operator_id): the visit
 * moves, the person is told, and the payer when there is one.  ERR_RULE: relay_check(), or no
 * relay was asked for this visit. */
MUST_USE enum err app_relay_take(struct app *app, struct arena *a, const struct actor *by,
				 struct id visit_id, ts now);

/* The need of a visit as the rules see it. */
MUST_USE enum err app_need_of(struct app *app, struct arena *a, const struct visit *v,
			      bool is_offer, struct need *ret);

#endif
