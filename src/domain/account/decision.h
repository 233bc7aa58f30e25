/* decision.h - the one register of decisions about a person, a carer or an operator (S2).
 *
 * Nobody is disconnected, suspended, refused or reported silently: a decision has a reason in
 * words, a human who took it, a delay before it takes effect, and a date until which it can be
 * appealed.  No program decides: a decision without a human is refused here.
 *
 * Pure.  Memory: events in the caller's arena.  Threads: any.
 */
#ifndef DOMAIN_ACCOUNT_DECISION_H
#define DOMAIN_ACCOUNT_DECISION_H

#include "domain/event.h"

#define DECISION_REASON_MIN 20 /* bytes: "ok" is not a reason */
#define DECISION_REASON_MAX 8000

/* One row of `decision`, column for column. */
struct decision {
	struct id id;
	str territory;
	enum decision_kind kind;
	struct id
		about_id; /* what it is about: signalement, carer, operator, visit, policy */
	struct id person_id; /* whose key protects the reason; may be none */
	struct id human_id;  /* the account that decided */
	str reason;
	ts taken_at;
	day effective_on, appeal_until_on;
	ts appealed_at;
};

struct decisions {
	struct decision *v;
	size_t n, cap;
};

/* Takes a decision: fills taken_at, effective_on and appeal_until_on of *d (the rest is the
 * caller's) and pushes its event.  `today` is the local day; `appeal_days` comes from the
 * policy; `is_urgent`: a danger, which the reason must say, takes effect at once.
 *   ERR_FORBIDDEN  no human, or the role is no human's (system, operator's software);
 *   ERR_INPUT      no subject, or a reason shorter than DECISION_REASON_MIN or too long. */
MUST_USE enum err decision_take(struct arena *a, struct decision *d, enum role role,
				bool is_urgent, int64_t appeal_days, day today, ts now,
				struct events *ret);

/* Whoever it concerns appeals; a human will answer.
 *   ERR_DUPLICATE  appealed already;   ERR_GONE  after the date;   ERR_INPUT  no words. */
MUST_USE enum err decision_appeal(struct arena *a, struct decision *d, str note, day today,
				  ts now, struct events *ret);

int decision_delay_days(enum decision_kind k);
const char *decision_source(enum decision_kind k);

#endif
