/* signalement.h - the report of a deprivation of help (B2), told apart from two other things.
 *
 *   (a) PROCEDURE_DYSFUNCTION: the operator's own declaration of a serious dysfunction, to the
 *       authority, without personal data (CASF L331-8-1);
 *   (b) PROCEDURE_DEPRIVATION: the report that names a victim, to recipients kept as data,
 *       proposed on four facts, decided by a référent (code pénal 434-3): this file;
 *   (c) PROCEDURE_COMPLAINT: the complaint to the operator, personne qualifiée or mediator.
 *
 * Life of (b): proposed -> decided.  Yes: sent (sealed annex) -> acknowledged, or silent after
 * the policy's delay -> numbered supplements while it lasts -> closed when help resumes.  No: a
 * second reader, another human, reads it; a second no declines it.  A body in question
 * neither decides nor filters; person, relative or carer may send without anybody's leave.
 * A missed visit alone is not a privation: the threshold is dated policy.
 *
 * Pure.  Memory: events in the caller's arena.  Threads: any.
 */
#ifndef DOMAIN_ACCOUNT_SIGNALEMENT_H
#define DOMAIN_ACCOUNT_SIGNALEMENT_H

#include "domain/account/decision.h"

enum procedure {
	PROCEDURE_DYSFUNCTION,
	PROCEDURE_DEPRIVATION,
	PROCEDURE_COMPLAINT,
	PROCEDURE_COUNT
};

struct procedure_rule {
	const char *key;        /* message key of its name */
	bool names_person;      /* personal data go with it */
	bool needs_consent;     /* of the person, unless she cannot protect herself */
	bool is_decided;        /* a référent decides before it goes */
	uint32_t senders;       /* bits 1 << enum role: who may begin it */
	const char *recipients; /* kinds of the table `recipient`, blanks between */
	const char *source;
};

const struct procedure_rule *procedure_rule(enum procedure p);
bool procedure_may(enum procedure p, enum role role);

/* The four facts of B2, as bits. */
enum report_fact {
	FACT_UNABLE = 1,    /* the person cannot protect herself */
	FACT_ESSENTIAL = 2, /* an essential need */
	FACT_LASTING = 4,   /* duration or repetition */
	FACT_ALONE = 8      /* nobody stood in */
};

/* What was established about one need of a person. */
struct deprivation {
	bool is_unable, is_essential, is_vital;
	int visits;  /* failed since the need was last served */
	int days;    /* distinct days among them */
	int supplee; /* of the visits, those that a relative covered */
	day first_on, last_on;
	bool is_illtreatment; /* seen by the person, a relative or a carer */
};

struct report_threshold {     /* dated policy */
	int64_t repeat_days;  /* more than so many days of failure (bill: two) */
	int64_t vital_visits; /* so many failures of a vital need are enough */
};

uint32_t signalement_facts(const struct deprivation *d, const struct report_threshold *t);

/* Is a report proposed?  Ill-treatment: always.  Else an essential need, lasting, and nobody
 * stood in for all of it; that the person cannot protect herself decides about consent, and
 * lowers the threshold of a vital need. */
bool signalement_is_due(const struct deprivation *d, const struct report_threshold *t);

/* One row of `signalement`, column for column. */
struct signalement {
	struct id id;
	str territory;
	struct id person_id, operator_id, request_id;
	enum signalement_state state;
	uint32_t facts;
	int visits;
	day first_on, last_on;
	bool is_illtreatment;
	str note;
	int reading;              /* decisions of "no" so far */
	ts proposed_at, facts_at; /* first, and last new facts */
	ts decided_at;
	struct id decided_by_id;
	str recipient; /* kinds it was sent to, blanks between */
	str annex;     /* sealed */
	ts sent_at, acknowledged_at, closed_at;
	int supplement;
	ts look_at;
	int64_t version;
};

struct signalements {
	struct signalement *v;
	size_t n, cap;
};

/* Proposes (version 0), or adds new facts to an open one.  The event goes to *ret.
 *   ERR_RULE       the threshold is not reached;
 *   ERR_DUPLICATE  nothing new since;   ERR_WRONG_STATE  declined or closed. */
MUST_USE enum err signalement_propose(struct arena *a, const struct signalement *s,
				      const struct deprivation *d,
				      const struct report_threshold *t, ts now,
				      struct events *ret);

enum consent {
	CONSENT_NONE,  /* not asked */
	CONSENT_GIVEN, /* by the person, or by whoever represents her */
	CONSENT_REFUSED,
	CONSENT_UNABLE /* she cannot protect herself: not needed, the reason says so */
};

struct reading {
	enum role role;
	struct id human_id;
	bool is_in_question; /* works for the operator or body that the report is about */
	bool send;
	enum consent consent;
	struct decision *decision; /* id, reason: the caller's; the rest is filled */
	int64_t appeal_days;
	day today;
};

/* A référent reads it.  Pushes the decision's event, then signalement_decided.
 *   ERR_FORBIDDEN    no référent, a body in question, or the second reader is the first;
 *   ERR_WRONG_STATE  not waiting for a decision;
 *   ERR_RULE         no consent, and the person can protect herself;
 *   ERR_INPUT        no reason. */
MUST_USE enum err signalement_decide(struct arena *a, const struct signalement *s,
				     const struct reading *r, ts now, struct events *ret);

/* The person, a relative or a carer sends it herself, at any state before it is sent: nobody's
 * leave is needed.  ERR_FORBIDDEN: another role.  ERR_WRONG_STATE: sent already, or closed.
 * ERR_RULE: a relative or carer against the person's refusal, who can protect herself. */
MUST_USE enum err signalement_direct(const struct signalement *s, enum role role,
				     enum consent consent);

/* Sends it, or its next supplement, to recipients (kinds, blanks between).  `is_direct`: after
 * signalement_direct(), without a decision.
 *   ERR_WRONG_STATE  not decided, or closed;   ERR_INPUT  no recipient or no annex;
 *   ERR_DUPLICATE    a supplement without new facts since the last sending. */
MUST_USE enum err signalement_send(struct arena *a, const struct signalement *s,
				   str recipient, struct hash annex_hash, bool is_direct,
				   ts now, struct events *ret);

/* ERR_WRONG_STATE: not sent.  ERR_DUPLICATE: acknowledged already. */
MUST_USE enum err signalement_acknowledge(struct arena *a, const struct signalement *s,
					  str recipient, ts now, struct events *ret);

/* Help has resumed, or the person died or moved: `why` is a key.  ERR_WRONG_STATE: closed. */
MUST_USE enum err signalement_close(struct arena *a, const struct signalement *s, str why,
				    ts now, struct events *ret);

/* Silence becomes a fact of its own at look_at; true: an event. */
bool signalement_tick(struct arena *a, const struct signalement *s, ts now,
		      struct events *ret);

/* Folds an event; `acknowledge_days` of the policy sets look_at after a sending. */
void signalement_apply(struct signalement *s, const struct event *e,
		       int64_t acknowledge_days);

bool signalement_is_open(const struct signalement *s); /* not declined, not closed */

#endif
