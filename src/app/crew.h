/* crew.h - the carers of an operator around one visit, for app/relief.c alone.
 *
 * Loading hours costs most, so it is done little by little: whoever is barred by what is
 * already known is not looked at further.  Memory, threads, errors: app.h.
 */
#ifndef APP_CREW_H
#define APP_CREW_H

#include "app/relief.h"

/* The best `most` eligible carers of the visit's operator that `asked` (NULL: nobody) does not
 * hold, ranked. */
MUST_USE enum err app_crew_ranking(struct app *app, struct arena *a, const struct visit *v,
				   bool is_offer, const struct offers *asked, size_t most,
				   ts now, struct ranking *ret);

/* May she serve it, now that she says yes?  ERR_RULE: something has changed. */
MUST_USE enum err app_crew_may(struct app *app, struct arena *a, const struct visit *v,
			       struct id carer_id, ts now);

/* Has she the proof that the tasks of the visit need (S5)?  Planning by the employer: a proof that
 * nobody has looked at is tolerated for 30 days from her first on the platform, which her id
 * tells.  ERR_RULE: no. */
MUST_USE enum err app_crew_qualified(struct app *app, struct arena *a,
				     const struct visit *v, struct id carer_id, ts now);

#endif
