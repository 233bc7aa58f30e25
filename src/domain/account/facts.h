/* facts.h - closing facts: what a month leaves behind, and the bilan that follows from it.
 *
 * A collection takes the rows of one territory and one month in any order: operators, visits,
 * answers, plan lines, and adds them up by line and by person.  facts_close() then decides
 * which lines may be shown (suppress.h), relabels the facts of the others "regroupes", levels
 * the minutes that would single a person out, and gives the bilan.  The bilan of the export,
 * of the command line and of the second implementation is this one.
 *
 * A fact is about one visit and holds no person, no carer, no place below the territory, no
 * day and no hour.  Nothing links two visits of one person: what needs that link (persons,
 * carers, design effects, aid, which follows the participation) is declared by the line, over
 * at least 11 persons.  doc/decisions/0030-export-facts.md gives the argument.
 *
 * Levelling: a promised length that fewer than 11 persons of a line have would be a name.  In
 * each class of facts (line, stage, outcome) such facts get equal shares of their sums, to the
 * second, so that every figure stays exact; a class of fewer than 11 persons is levelled whole.
 *
 * Memory:  all in the arena given at birth, 96 bytes per visit of `max_visits`; 2 million
 *          visits hold in 200 MB, whatever the number of operators.
 * Threads: one collection belongs to one thread.
 */
#ifndef DOMAIN_ACCOUNT_FACTS_H
#define DOMAIN_ACCOUNT_FACTS_H

#include "domain/account/bilan.h"
#include "domain/account/measure.h"
#include "domain/care/operator.h"

/* Causes as an export tells them: the operator's own in detail, the others as one. */
enum fact_cause {
	FACT_CAUSE_NONE,
	FACT_CAUSE_OPERATOR, /* late or short, without more */
	FACT_CAUSE_ABSENCE,
	FACT_CAUSE_SHORTAGE,
	FACT_CAUSE_WITHDRAWAL,
	FACT_CAUSE_PLANNING,
	FACT_CAUSE_OTHER,
	FACT_CAUSE_COUNT
};
const char *fact_cause_name(enum fact_cause c);

struct fact {
	struct id visit;       /* never exported */
	uint32_t line, person; /* indexes of the collection; the person is never exported */
	int32_t promised_s, done_s, supplee_s;
	int32_t replaced_min; /* -1: not replaced */
	uint8_t verdict, late, cause, notice, cancelled_by, proof;
	bool is_counted, is_accepted, is_confirmed, is_begun, is_short, is_no_departure;
	bool is_recorded_late, is_corrected, is_contested, is_suppleed, is_levelled;
	struct hash ref; /* set by the export */
};

/* One answer, or silence, of one operator to one request transmitted in the month. */
struct fact_answer {
	uint32_t line;
	uint8_t answer, reason;
	int32_t minutes; /* to the answer; -1: none */
	bool is_unserved;
};

struct facts; /* opaque */

/* `month` is "YYYY-MM".  At most max_visits visits.  The policy is the number of days for contest. */
struct facts *facts_new(struct arena *a, str territory, str name, str month,
			size_t max_visits);

void facts_entitled(struct facts *f, int64_t entitled, str source);

/* Every operator of the territory once, before its visits; was_grouped: see suppress.h. */
void facts_operator(struct facts *f, const struct operator* o, bool was_grouped);

/* What a visit's plan line pays; zero when neither APA nor départemental PCH. */
struct fact_aid {
	enum payer payer;
	money tariff;             /* per hour */
	int64_t participation_bp; /* of the person */
};

/* A visit of the month.  Modes other than prestataire only feed the hours by mode.
 *   ERR_LIMIT      more than max_visits, or a visit longer than 24 hours;
 *   ERR_NOT_FOUND  an operator that facts_operator() was not told of. */
MUST_USE enum err facts_visit(struct facts *f, const struct visit *v,
			      const struct measured *m, const struct fact_aid *aid);

/* A request of the month, whoever was asked. */
void facts_request(struct facts *f, struct id person, bool is_unserved);

/* One operator asked.  ERR_NOT_FOUND as above. */
MUST_USE enum err facts_answered(struct facts *f, struct id operator_id, struct id person,
				 enum answer answer, enum refusal_reason reason,
				 int64_t minutes, bool is_unserved);

/* A plan line in force in the month, of a followed person. */
void facts_granted(struct facts *f, struct id person, enum payer payer, int64_t minutes,
		   money tariff, int64_t participation_bp);

/* The month as it may be shown.  Headers of the bilan (state, edition...) are the caller's. */
struct facts_closed {
	struct bilan bilan;
	struct fact *
		v; /* relabelled: `line` is an index of bilan.lines; withheld ones are out */
	size_t n;
	struct fact_answer *answers; /* relabelled and sorted */
	size_t answers_n;
	bool is_withheld;
	/* for the operator itself and the authority: every line as it is, by id, unprotected */
	struct bilan own;
};
struct facts_closed *facts_close(struct facts *f);

/* In the denominators: counted, and no longer awaited. */
bool is_due_fact(const struct fact *x);

/* Adds one fact to the figures of a line; the whole of what visits give to a bilan. */
void figures_of_fact(struct figures *ret, const struct fact *x);
void figures_of_answer(struct figures *ret, const struct fact_answer *x);

/* A fact of a measured visit; line, person and ref are left zero.  ERR_LIMIT as above. */
MUST_USE enum err fact_of(const struct visit *v, const struct measured *m,
			  struct fact *ret);

#endif
