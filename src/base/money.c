#include "base/money.h"

money money_add(money a, money b)
{
	money r;
	ASSERT(!__builtin_add_overflow(a.cents, b.cents, &r.cents));
	return r;
}

money money_sub(money a, money b)
{
	money r;
	ASSERT(!__builtin_sub_overflow(a.cents, b.cents, &r.cents));
	return r;
}

money money_mul(money m, int64_t num, int64_t den, enum rounding rule)
{
	ASSERT(den > 0);
	__extension__ typedef __int128 wide;
	wide p = (wide)m.cents * num;
	bool minus = p < 0;
	if (minus)
		p = -p;
	wide q = p / den, r = p % den;
	if ((rule == ROUND_HALF_UP && 2 * r >= den) || (rule == ROUND_UP && r > 0))
		q++;
	ASSERT(q <= INT64_MAX);
	return (money){ minus ? -(int64_t)q : (int64_t)q };
}

void money_split(money m, const int64_t *weights, size_t n, money *ret_parts)
{
	__extension__ typedef __int128 wide;
	wide total = 0;
	for (size_t i = 0; i < n; i++) {
		ASSERT(weights[i] >= 0);
		total += weights[i];
	}
	ASSERT(total > 0 && m.cents >= 0);
	int64_t given = 0;
	for (size_t i = 0; i < n; i++) {
		ret_parts[i].cents = (int64_t)((wide)m.cents * weights[i] / total);
		given += ret_parts[i].cents;
	}
	/* hand out the lost cents one by one to the largest remainders */
	for (; given < m.cents; given++) {
		size_t best = n;
		wide best_rest = -1;
		for (size_t i = 0; i < n; i++) {
			wide rest = (wide)m.cents * weights[i] -
				    (wide)ret_parts[i].cents * total;
			if (rest > best_rest)
				best_rest = rest, best = i;
		}
		ASSERT(best < n);
		ret_parts[best].cents++;
	}
}
