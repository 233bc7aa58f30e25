/* annex.h - the text that goes sealed to the addressee of a report: who, what, since when.
 *
 * Names the victim, so it leaves Vigie only sealed with the addressee's public key, which the
 * server cannot open (store/seal.h, `vigie annex open`).  Plain French text, one fact a line,
 * nothing about carers: a carer is never a public cause nor an accused here.
 *
 * Pure.  Memory: the text lies in the arena.  Threads: any.
 */
#ifndef DOMAIN_ACCOUNT_ANNEX_H
#define DOMAIN_ACCOUNT_ANNEX_H

#include "base/zone.h"
#include "domain/account/signalement.h"
#include "domain/care/operator.h"
#include "domain/care/person.h"
#include "domain/care/visit.h"

#define ANNEX_MAX        ((size_t)256 * 1024)
#define ANNEX_VISITS_MAX 400 /* the last ones; how many were left out is said */

struct annex {
	const struct signalement *s;
	const struct person *person;
	const struct operator* op;   /* NULL: sans opérateur */
	const struct visits *visits; /* the failed ones, in order of time */
	str own_words;               /* the person's request */
	str reason;                  /* of the decision, or of whoever sends directly */
	str consent;                 /* in words */
	str sender; /* "référent", "personne"...: the role, not the name */
	int number; /* 0: the report; else the supplement */
};

/* ERR_LIMIT: longer than ANNEX_MAX. */
MUST_USE enum err annex_text(struct arena *a, const struct annex *x, const struct zone *z,
			     ts now, str *ret);

#endif
