/* signalement.h - use cases of reports: proposed by what the watch establishes, decided by a
 * référent, sent sealed, followed until help resumes.  Rules: domain/account/signalement.h.
 *
 * Errors: those of the domain functions named, or the store's.  Memory, threads: app.h.
 */
#ifndef APP_SIGNALEMENT_H
#define APP_SIGNALEMENT_H

#include "app/app.h"
#include "domain/account/annex.h"
#include "domain/account/signalement.h"

/* A visit was missed: is a report due, or new facts for the one that is open?  Called by
 * app_visit_commit(); harmless when nothing is. */
MUST_USE enum err app_signalement_consider(struct app *app, struct arena *a,
					   const struct visit *v, ts now);
/* A visit was begun: help has resumed, the open report of that need is closed. */
MUST_USE enum err app_signalement_resumed(struct app *app, struct arena *a,
					  const struct visit *v, ts now);

/* Ill-treatment seen by the person, a relative or a carer: proposed at once, whatever the
 * visits.  `request_id` may be none.  *ret_id: the report. */
MUST_USE enum err app_signalement_witness(struct app *app, struct arena *a,
					  const struct actor *by, struct id person_id,
					  struct id request_id, str note, ts now,
					  struct id *ret_id);

/* A référent reads it.  A yes is sent at once to `recipients` (kinds, blanks between). */
MUST_USE enum err app_signalement_decide(struct app *app, struct arena *a,
					 const struct actor *by, struct id id, bool send,
					 enum consent consent, str reason, str recipients,
					 ts now);
/* Person, relative or carer sends it without anybody's leave. */
MUST_USE enum err app_signalement_direct(struct app *app, struct arena *a,
					 const struct actor *by, struct id id,
					 enum consent consent, str reason, str recipients,
					 ts now);
/* New facts since the last sending, to the same recipients. */
MUST_USE enum err app_signalement_supplement(struct app *app, struct arena *a,
					     const struct actor *by, struct id id,
					     str reason, ts now);
MUST_USE enum err app_signalement_acknowledge(struct app *app, struct arena *a,
					      const struct actor *by, struct id id,
					      str recipient, ts now);
MUST_USE enum err app_signalement_close(struct app *app, struct arena *a,
					const struct actor *by, struct id id, str why,
					ts now);
/* Silence: adds to *handled. */
MUST_USE enum err app_signalements_due(struct app *app, struct arena *a, ts now, int limit,
				       int *handled);

/* The register: any decision of a human (S2), and an appeal against one. */
MUST_USE enum err app_decide(struct app *app, struct arena *a, const struct actor *by,
			     struct decision *d, bool is_urgent, ts now);
MUST_USE enum err app_appeal(struct app *app, struct arena *a, const struct actor *by,
			     struct id decision_id, str note, ts now);

#endif
