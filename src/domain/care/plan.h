/* plan.h - the plan of care as hours and money: which line covers a request, what is left of
 * it, what the person pays for a visit and what anybody keeps (S3).
 *
 * Money is whole cents.  Every rounding is named: a price is rounded half up once, on the whole
 * visit; the person's part is rounded half up; the payer pays the rest, so the two always add
 * up.  What the operator keeps is shown as it declared it, else "non déclaré": never guessed.
 *
 * Pure.  Memory: nothing allocated.  Threads: any.
 */
#ifndef DOMAIN_CARE_PLAN_H
#define DOMAIN_CARE_PLAN_H

#include "domain/care/operator.h"
#include "domain/care/person.h"

/* Minutes already used of a line in the month that is looked at. */
struct plan_use {
	struct id line_id;
	int64_t minutes;
};

struct plan_ask {
	enum care_mode mode;
	uint32_t tasks;
	day on;          /* a day of the month looked at */
	int64_t minutes; /* needed in that month */
};

/* The line that covers a request: in force on that day, of that mode, with all of its tasks;
 * among several the one with hours enough left, then the public payers before the private one
 * (the order of enum payer: APA, PCH, caisse, mutuelle, private), then the earliest begun.
 *   ERR_NOT_FOUND  no line of that mode and those tasks is in force;
 *   ERR_LIMIT      lines cover it, but none has the hours: *ret is the best of them. */
MUST_USE enum err plan_cover(const struct plan_line *lines, size_t n,
			     const struct plan_use *use, size_t n_use,
			     const struct plan_ask *ask, const struct plan_line **ret);

bool plan_line_runs(const struct plan_line *l, day on);

/* Minutes left of the line's month, never below 0. */
int64_t plan_left(const struct plan_line *l, const struct plan_use *use, size_t n_use);

/* Who pays what for a visit, and who keeps what. */
struct price {
	money total;        /* tariff x minutes / 60 */
	money person;       /* her participation, and all beyond the plan */
	money payer;        /* the rest */
	int64_t beyond_min; /* minutes beyond the plan, paid by her */
	bool is_declared;   /* the operator declared its shares: the three below hold */
	money wage, travel, structure; /* of the total, wage with its charges */
	money other; /* declared shares do not reach the whole: what is left unexplained */
};

/* The price of `minutes` on a line with `left_min` minutes left.  `op` may be NULL.
 * A line without tariff gives zeros. */
struct price plan_price(const struct plan_line *l, int64_t minutes, int64_t left_min,
			const struct operator* op);

#endif
