/* request.h - what a person asked for, in her own words, and the operators' answers.
 *
 * The sentence is kept unchanged for ever beside its structured form; every figure is measured
 * against it.  Memory: strings borrowed.  Threads: no hidden state.
 */
#ifndef DOMAIN_CARE_REQUEST_H
#define DOMAIN_CARE_REQUEST_H

#include "base/base.h"
#include "domain/enums_gen.h"
#include "domain/events_gen.h"

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

#endif
