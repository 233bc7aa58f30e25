/* facts_in.h - the inside of a collection, shared by facts.c (adds up) and close.c (closes). */
#ifndef DOMAIN_ACCOUNT_FACTS_IN_H
#define DOMAIN_ACCOUNT_FACTS_IN_H

#include "domain/account/facts.h"
#include "domain/account/tally.h"

#define FACT_SECONDS_MAX 86400
#define FACT_MINUTES_MAX (31 * 24 * 60)

enum aid { AID_ASKED, AID_DONE, AID_UNPAID_APA, AID_UNPAID_PCH, AID_APART, AID_COUNT };

/* A line before grouping: an operator, or number 0, « sans opérateur ». */
struct unit {
	struct id id;
	str name, finess;
	bool is_natural, was_grouped;
	int64_t aid[AID_COUNT];
};

/* One person on one line. */
struct served {
	int64_t asked, done, accepted, done_accepted, confirmed, done_confirmed, seconds;
};

/* Cells of the territory, each over distinct persons. */
enum cell {
	CELL_CAUSES, /* + enum cause */
	CELL_PRESTATAIRE = CELL_CAUSES + CAUSE_COUNT,
	CELL_MANDATAIRE,
	CELL_DIRECT,
	CELL_AIDANT,
	CELL_GRANTED_APA,
	CELL_GRANTED_PCH,
	CELL_GRANTED_OTHER,
	CELL_REQUESTS,
	CELL_UNSERVED,
	CELL_COUNT
};
struct cell_sum {
	int64_t count, seconds, aid, persons;
};

struct facts {
	struct arena *a;
	str territory, name, month, entitled_source;
	int64_t entitled;
	struct fact *v;
	size_t n, max;
	struct tally units; /* (0, operator) -> line */
	struct {
		struct unit *v;
		size_t n, cap;
	} unit;
	struct tally people; /* (0, person) */
	struct tally served; /* (line, person) -> serve.v */
	struct {
		struct served *v;
		size_t n, cap;
	} serve;
	struct tally carers; /* (line, carer) */
	struct tally cells;  /* (cell, person) */
	struct cell_sum cell[CELL_COUNT];
	struct {
		struct fact_answer *v;
		size_t n, cap;
	} answer;
};

/* Equal shares of their sums for the facts whose length would be a name; `label` maps the
 * line of a fact to the line under which it is shown. */
void facts_level(struct facts *f, const uint32_t *label);

#endif
