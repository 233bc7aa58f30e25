/* qualification.h - may this carer do these tasks? (S5)
 *
 * The same person does not prepare meals in the morning and act as a care assistant in the
 * afternoon without the proof that the task needs.  A reserved task (tasks.tbl) needs one of
 * the four proofs: diploma (aide-soignant and infirmier are diplomas), three years'
 * experience, a training under way within six months of hire, or VAE and work-study.
 *
 * A proof that nobody has looked at is "unknown": it blocks offers at once, but not the
 * visits already running, for 30 days (labour rule proof_grace_days): people are not left
 * without help because a file is incomplete, and files do not stay incomplete.
 *
 * Pure.  Threads: any.
 */
#ifndef DOMAIN_LABOUR_QUALIFICATION_H
#define DOMAIN_LABOUR_QUALIFICATION_H

#include "domain/labour/carer.h"
#include "domain/labour/rules.h"

#define TASK_BIT(t) (1u << (t))

/* Why a task is asked of a carer: a new offer or planning, or a series already running. */
enum engagement { ENGAGE_NEW, ENGAGE_RUNNING };

enum qualified {
	QUALIFIED_NOT_NEEDED, /* no reserved task */
	QUALIFIED_HELD,
	QUALIFIED_TOLERATED, /* unknown, running, until `until_on` */
	QUALIFIED_UNKNOWN,   /* unknown, and too late or a new engagement */
	QUALIFIED_EXPIRED,
	QUALIFIED_ABSENT /* suspended, revoked, or known to have none */
};

struct qualified_answer {
	enum qualified state;
	enum qualification_kind kind; /* of the proof held, when held */
	day until_on;   /* last day of the proof or of the tolerance; DAY_NONE: no end */
	uint32_t tasks; /* the reserved tasks that asked for it */
};

uint32_t tasks_reserved(uint32_t tasks); /* those of the set that are reserved */
bool task_is_reserved(enum task t);
bool task_is_law(enum task t, enum payer p); /* law for APA and PCH, else proposal */
const char *task_source(enum task t);

/* `qs`: all proofs of one carer.  `known_on`: since when the platform knows the carer, the
 * start of the tolerance when no proof was entered at all (DAY_NONE: no tolerance). */
struct qualified_answer qualification_check(const struct qualifications *qs, uint32_t tasks,
					    day today, enum engagement e, day known_on);

static inline bool qualified_opens(struct qualified_answer p)
{
	return p.state <= QUALIFIED_TOLERATED;
}

/* The next day on which an answer may change by itself (an expiry, the end of a tolerance),
 * after `today`; DAY_NONE: none.  For the watch over the carer. */
day qualification_look_on(const struct qualifications *qs, day today);

#endif
