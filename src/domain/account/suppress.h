/* suppress.h - which lines and cells of a bilan may be shown.
 *
 * A line is shown alone when it is about at least 11 persons and 3 carers, when no person
 * makes more than 85 % of it, and when the operator is not one natural person.  The others are
 * "regroupés": one line, at least 3 of them together, at least 11 persons and 3 carers, none
 * over 85 %.  When they do not suffice, the smallest line that could have been shown joins
 * them, and the next (secondary suppression): the total of the territory is shown, so what is
 * hidden may not be total minus shown.  When nothing is left to join, the grouped lines and
 * the total are both withheld.
 *
 * Thresholds: CASD, health data (11 persons); Insee, business data (3 units, 85 %).
 *
 * Memory:  caller's arrays.  Threads: no hidden state.
 */
#ifndef DOMAIN_ACCOUNT_SUPPRESS_H
#define DOMAIN_ACCOUNT_SUPPRESS_H

#include "base/base.h"

#define SUPPRESS_PERSONS 11
#define SUPPRESS_CARERS  3
#define SUPPRESS_UNITS   3
#define SUPPRESS_PART_BP 8500

struct suppress_unit {
	int64_t persons, carers;
	int64_t weight;   /* seconds asked */
	int64_t max_part; /* of the person who weighs most */
	bool is_natural;  /* one natural person: never named */
	bool is_without;  /* « sans opérateur »: has no carers by nature */
	bool was_grouped; /* in an earlier edition of this month: stays so */
};

/* Distinct persons in the union of the units where in[i]. */
typedef int64_t suppress_union(void *ctx, const bool *in, size_t n);

struct suppress_result {
	bool *grouped;    /* n of them, the caller's */
	bool is_withheld; /* the grouped lines and the territory's total give nothing */
};

void suppress_units(const struct suppress_unit *u, size_t n, suppress_union *persons,
		    void *ctx, struct suppress_result *r);

/* Cells of a breakdown of the territory.  `shown` says which of the n cells may be given; the
 * others are added up in one.  A cell of 1 to 10 persons is not shown, nor is what would leave
 * fewer than 11 persons in the rest, nor anything when some line's own total of the breakdown
 * bounds one of its cells closely (Fréchet bounds: max(0, b - (C - c)) to min(b, c)). */
struct suppress_cell {
	int64_t count, persons;
};
void suppress_cells(const struct suppress_cell *c, size_t n, const int64_t *line_totals,
		    size_t lines, bool *ret_shown);

#endif
