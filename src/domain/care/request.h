/* request.h - what a person asked for, in her own words, and the operators' answers.
 *
 * The sentence is kept unchanged for ever beside its structured form; every figure is measured
 * against it.  Memory: strings borrowed.  Threads: no hidden state.
 */
#ifndef DOMAIN_CARE_REQUEST_H
#define DOMAIN_CARE_REQUEST_H

#include "base/base.h"
#include "domain/enums_gen.h"
#include "base/rrule.h"
#include "domain/care/visit.h"
#include "domain/event.h"
#include "domain/watch/policy.h"

/* One row of `request`, column for column. */
struct request {
	struct id id;
	str territory;
	struct id person_id, plan_line_id;
	enum care_mode mode;
	enum payer payer;
	enum criticality criticality;
	str own_words, read_back;
	uint32_t tasks;
	str rrule;   /* canonical RFC 5545; empty: once, on starts_on */
	str exdates; /* ISO days, comma between */
	bool is_holidays_excluded;
	day starts_on, ends_on; /* ends_on included; DAY_NONE: open */
	int start_minute, duration_min, tolerance_min;
	int carers;
	str preferences;
	enum request_state state;
	bool is_imported, is_read_back;
	struct id operator_id; /* the one that accepted */
	struct id carer_id;    /* the regular carer */
	int round;
	ts asked_at, transmitted_at, answered_at;
	day suspended_until_on;
	day planned_until_on; /* visits exist up to and including this day */
	ts look_at;
	str external_ref;
	int64_t version;
};

/* One row of `request_answer`. */
struct request_answer {
	struct id request_id;
	int round;
	struct id operator_id;
	str territory;
	ts transmitted_at, answered_at;
	enum answer answer;
	enum refusal_reason reason;
	str note;
};

struct requests {
	struct request *v;
	size_t n, cap;
};

struct request_answers {
	struct request_answer *v;
	size_t n, cap;
};

/* --- commands.  As in visit.h: checks, then events pushed into `ret`; nothing changes here. */

/* What is wrong with a request as asked, in the order of the page; empty: nothing. */
enum request_fault {
	REQUEST_FAULT_WORDS = 1,     /* no own words, or longer than REQUEST_WORDS_MAX */
	REQUEST_FAULT_TASKS = 2,     /* nothing to do */
	REQUEST_FAULT_RULE = 4,      /* the recurrence cannot be read */
	REQUEST_FAULT_NEVER = 8,     /* no day fits it, ever */
	REQUEST_FAULT_HOUR = 16,     /* not within the day */
	REQUEST_FAULT_DURATION = 32, /* not 5 min .. 16 h */
	REQUEST_FAULT_DATES =
		64, /* ends before it starts, or starts more than a year ago or ahead */
	REQUEST_FAULT_TOLERANCE = 128
};
#define REQUEST_WORDS_MAX 2000

/* Bits of request_fault. `today` is the local day of the territory. */
unsigned request_faults(const struct request *r, day today);

/* Asked: the sentence and its structured form, read back or imported.  ERR_INPUT: faults. */
MUST_USE enum err request_ask(struct arena *a, const struct request *r, ts now, day today,
			      struct events *ret);
/* The person answered the read-back.  ERR_WRONG_STATE. */
MUST_USE enum err request_confirm(struct arena *a, const struct request *r, bool confirmed,
				  ts now, struct events *ret);
/* Passed on to an operator.  ERR_WRONG_STATE: not confirmed nor imported, or over.
 * ERR_DUPLICATE: this operator holds it already and has not answered. */
MUST_USE enum err request_transmit(struct arena *a, const struct request *r,
				   const struct request_answer *open, struct id operator_id,
				   ts now, struct events *ret);
/* The operator answers.  A refusal has a reason.  ERR_WRONG_STATE: not asked of it;
 * ERR_DUPLICATE: answered; ERR_INPUT: no reason. */
MUST_USE enum err request_reply(struct arena *a, const struct request *r,
				const struct request_answer *open, enum answer answer,
				enum refusal_reason reason, str note, ts now,
				struct events *ret);
/* The person, or who holds her mandate, takes it back.  ERR_WRONG_STATE: over. */
MUST_USE enum err request_withdraw(struct arena *a, const struct request *r,
				   enum cancel_by by, ts now, struct events *ret);
MUST_USE enum err request_suspend(struct arena *a, const struct request *r, day until_on,
				  ts now, struct events *ret);
MUST_USE enum err request_resume(struct arena *a, const struct request *r, ts now,
				 struct events *ret);
MUST_USE enum err request_set_carer(struct arena *a, const struct request *r,
				    struct id carer_id, ts now, struct events *ret);
/* Other hour, duration, rule or end, agreed with the person; new own words kept beside the old. */
MUST_USE enum err request_change(struct arena *a, const struct request *r,
				 const struct request *changed, day today, ts now,
				 struct events *ret);

void request_apply(struct request *r, const struct event *e);
/* The line of one operator, folded from the same events. */
void request_answer_apply(struct request_answer *l, const struct event *e);

/* Confirmed or imported, not over: its occurrences are in a denominator. */
bool request_is_live(const struct request *r);

/* The next instant at which the request itself needs a look: silence of the operator, end of a
 * suspension, end of the series, extension of the planned horizon. */
ts request_look_at(const struct request *r, const struct request_answer *open,
		   const struct policy *p, const struct zone *z);

/* Silence and end of suspension, when due at `now`. */
void request_tick(struct arena *a, const struct request *r,
		  const struct request_answer *open, const struct policy *p,
		  const struct zone *z, ts now, struct events *ret);

/* Its occurrences whose local day lies in [from, until], holidays and exceptions taken out. */
MUST_USE enum err request_expand(struct arena *a, const struct request *r,
				 const struct zone *z, day from, day until,
				 struct occurrences *ret);

/* The visit of one occurrence: same request and RECURRENCE-ID give the same id, always. */
struct visit request_visit(const struct request *r, const struct occurrence *o, str id_key,
			   const struct policy *p, const struct zone *z,
			   enum reminder reminder);

#endif
