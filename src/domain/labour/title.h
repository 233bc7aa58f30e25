/* title.h - may this operator serve this help at all? (S5)
 *
 * Checked by mode, payer and tasks before anything is ranked.  An authorisation (CASF L313-1)
 * opens APA and PCH help as prestataire; helping dependent persons as mandataire asks for an
 * agrément (code du travail L7232-1, D7231-1); household tasks paid privately need neither.
 * In direct employment and with a family carer there is no operator to check.
 *
 * Pure.  Threads: any.
 */
#ifndef DOMAIN_LABOUR_TITLE_H
#define DOMAIN_LABOUR_TITLE_H

#include "domain/care/operator.h"

enum title_fault {
	TITLE_CLOSED,        /* suspended or closed */
	TITLE_NO_OPERATOR,   /* the mode has no operator: the person employs */
	TITLE_AUTHORISATION, /* needs an authorisation */
	TITLE_AGREMENT,      /* needs an agrément */
	TITLE_KIND,          /* this kind of operator does not do these tasks */
	TITLE_INDEPENDENT,   /* independents are off in this territory */
	TITLE_FAULT_COUNT
};

/* What is asked, and under which rules of the territory. */
struct title_ask {
	enum care_mode mode;
	enum payer payer;
	uint32_t tasks;
	bool independents_allowed;
};

/* The faults as bits 1 << enum title_fault; 0: the title covers it. */
uint32_t title_check(const struct operator* o, const struct title_ask *ask);

const char *title_fault_name(enum title_fault f); /* "title.authorisation", a message key */
const char *title_fault_source(enum title_fault f); /* the article, or "proposal: ..." */

#endif
