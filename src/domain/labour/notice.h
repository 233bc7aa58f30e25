/* notice.h - planning, imposed change, true offer: three different things for a carer.
 *
 * Planning: the employer decides, and says so 7 days before.  A change under that notice may
 * be refused a number of times a year (4 under IDCC 2941, 7 under IDCC 3127), in writing, and
 * is lawful under the short notice (4 or 3 days) only in the agreement's cases of urgency and
 * for an essential act.  An offer is free: declining consumes nothing and nobody sees it.
 *
 * Refusals of imposed changes are a right of the carer, counted for her; no ranking sees them.
 * Pure.  Threads: any.
 */
#ifndef DOMAIN_LABOUR_NOTICE_H
#define DOMAIN_LABOUR_NOTICE_H

#include "domain/labour/rules.h"

/* The cases of IDCC 2941 V.37; IDCC 3127 has the same and more. */
enum urgency {
	URGENCY_NONE,
	URGENCY_COLLEAGUE_ABSENT, /* unforeseen absence of a colleague */
	URGENCY_HELPER_ABSENT,    /* the usual family helper is unexpectedly absent */
	URGENCY_HOSPITAL_RETURN,  /* unforeseen return from hospital */
	URGENCY_WORSENING         /* sudden worsening of health */
};

enum notice_kind {
	NOTICE_OFFER,    /* free: nothing is consumed by declining */
	NOTICE_PLANNING, /* in time: the employer decides */
	NOTICE_CHANGE,   /* under 7 days: may be refused, counted */
	NOTICE_URGENT, /* under the short notice, an admitted case: may be refused, counted */
	NOTICE_UNLAWFUL /* under the short notice without such a case: only an offer may be made */
};

struct notice_ask {
	enum idcc idcc;
	bool is_offer; /* the carer is asked, not told */
	day told_on, work_on;
	enum urgency urgency;
	bool is_essential; /* an act essential to daily life */
};

struct notice_answer {
	enum notice_kind kind;
	int days; /* of notice given */
	bool may_refuse;
	enum labour_key rule;       /* the value that decided */
	enum assignment assignment; /* what the ledger records */
};

struct notice_answer notice_of(const struct notice_ask *a);

/* A carer refuses.  `used`: refusals of imposed changes this year.  *ret_used is the count
 * after it: unchanged for an offer.
 *   ERR_RULE      planning in time cannot be refused here (absence is another matter);
 *   ERR_TOO_MANY  the year's refusals are used up: the human rules, not the program. */
MUST_USE enum err notice_refuse(const struct notice_ask *a, int64_t used,
				int64_t *ret_used);

bool task_is_essential(uint32_t tasks); /* an act essential to daily life is among them */

#endif
