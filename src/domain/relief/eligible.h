/* eligible.h - which carers may cover a visit at all, and why not.
 *
 * Everything that may be known of a carer here is in `struct candidate`, and nothing else:
 * no refusals, no union, no health, no origin exist in it, so no rule below can use them.
 * candidate_of() is the only way from a row of `carer`; a test shows that the fields left out
 * change nothing.  Sex is looked at for help with the body only, when the person asks.
 *
 * An offer differs from planning: it is free, and it never reaches a carer in her rest or on
 * her days off unless she opened those hours.
 *
 * Pure.  Memory: strings and slices borrowed.  Threads: any.
 */
#ifndef DOMAIN_RELIEF_ELIGIBLE_H
#define DOMAIN_RELIEF_ELIGIBLE_H

#include "domain/care/operator.h"
#include "domain/labour/hours.h"
#include "domain/labour/qualification.h"
#include "domain/labour/title.h"

enum body_wish { BODY_ANY, BODY_WOMAN, BODY_MAN }; /* who helps with the body */

/* What has to be covered. */
struct need {
	struct id person_id, operator_id;
	enum care_mode mode;
	enum payer payer;
	enum criticality criticality;
	uint32_t tasks;
	struct stay stay; /* visit, slot, local day and minute, home */
	enum body_wish body;
	enum engagement engagement;
	bool is_offer;       /* the carer is asked, and may be at rest */
	bool is_exceptional; /* a failure is being repaired: derogations of the agreement */
	bool is_independents_allowed;
};

/* What may be known of a carer. */
struct candidate {
	struct id carer_id, operator_id;
	enum carer_state state;
	struct worker worker;
	enum idcc idcc;
	struct place home; /* where the day starts */
	bool is_outside_open, is_extra_wanted, is_woman;
	day known_on; /* first day on the platform; DAY_NONE: unknown */
	struct qualifications qualifications;
	struct availabilities availabilities;
	struct absences absences;
	struct span at_work;   /* today's work, first start to last end; TS_NONE: none */
	struct day_book *book; /* of the need's day */
	/* between this carer and this person */
	bool is_refused;  /* the person does not want her */
	bool is_wanted;   /* the person asked for her */
	bool is_regular;  /* the carer of the series */
	int visits_known; /* visits to this person in the last 90 days */
};

struct moment { /* the present, at the place */
	ts at;
	day on;
	int minute;
};

enum blocker {
	BLOCK_LEFT,          /* no longer works there */
	BLOCK_EMPLOYER,      /* employed by another operator: lending staff is illegal */
	BLOCK_TITLE,         /* the operator's title does not cover it */
	BLOCK_QUALIFICATION, /* a proof is missing, expired, suspended or revoked */
	BLOCK_UNKNOWN_PROOF, /* nobody has looked at her proofs */
	BLOCK_ABSENT,
	BLOCK_REFUSED,     /* by the person */
	BLOCK_BODY,        /* the person's wish for help with the body */
	BLOCK_UNAVAILABLE, /* outside the hours she gave */
	BLOCK_RESTING,     /* an offer would reach her at rest */
	BLOCK_HOURS,       /* working-time law, or two places at once: see breaches */
	BLOCKER_COUNT
};

struct eligibility {
	uint32_t blockers; /* bits 1 << enum blocker; 0: may be asked */
	uint32_t title_faults;
	struct qualified_answer qualified;
	struct breaches breaches;
};

/* Copies what may be used of a row, and nothing else; slices and book are the caller's. */
struct candidate candidate_of(const struct carer *c);

/* All the reasons against, collected.  `o`: the operator that would serve (NULL: none, direct
 * employment).  True: none. */
bool eligible(const struct need *need, const struct candidate *c, const struct operator* o,
	      const struct labour_rules *r, const struct moment *now,
	      struct eligibility *ret);

/* Is [from, until) of that weekday within the hours given?  No hours given: `otherwise`. */
bool availability_covers(const struct availabilities *v, int weekday, int from_min,
			 int until_min, bool otherwise);
bool absence_overlaps(const struct absences *v, ts from, ts until);
bool tasks_of_body(uint32_t tasks); /* help with the body is among them */

/* The wish for help with the body in a request's preferences, a list of words parted by
 * blanks or commas: "aide_femme", "aide_homme"; else none. */
enum body_wish body_wish_of(str preferences);

const char *blocker_name(enum blocker b); /* "relief.absent", a message key */

#endif
