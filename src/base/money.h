/* money.h - euros as whole cents; every rounding names its rule. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/str.h"

typedef struct money {
	int64_t cents;
} money;

enum rounding { ROUND_HALF_UP, ROUND_DOWN, ROUND_UP };

money money_add(money a, money b); /* overflow aborts: amounts are limited at input */
money money_sub(money a, money b);

/* m * num / den, den > 0, rounded by the named rule (away from zero for UP and HALF_UP). */
money money_mul(money m, int64_t num, int64_t den, enum rounding rule);

/* Splits `m` (>= 0) in proportion to `weights` (>= 0, not all zero); the lost cents go to the
 * largest remainders, the first one at equality, so the parts add up to m exactly. */
void money_split(money m, const int64_t *weights, size_t n, money *ret_parts);

#endif
