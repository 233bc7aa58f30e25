/* anneal.h - simulated annealing in integers: the same decisions on every machine.
 *
 * A worse plan is accepted when its excess is below T * -ln(U), U uniform in (0,1]
 * (the threshold form of Metropolis; Christiaens and Vanden Berghe 2020, section 4.3).
 * T falls geometrically from `hot` to `cold`.  Logarithm and power are fixed point, so that
 * gcc, clang and every libm give the same bytes.
 */
#ifndef SOLVE_ANNEAL_H
#define SOLVE_ANNEAL_H

#include "base/rng.h"

#define ANNEAL_ONE 65536u /* the whole of a run, and 1.0 in 16.16 */

/* -ln(u / 2^32) in 16.16; u == 0 is read as 1. */
uint32_t anneal_neg_ln(uint32_t u);

/* hot * (cold/hot)^(progress/ANNEAL_ONE), 16.16 in and out, hot >= cold > 0. */
uint64_t anneal_heat(uint64_t hot, uint64_t cold, uint32_t progress);

/* A random acceptance threshold for temperature `heat` (16.16), in units of cost. */
static inline int64_t anneal_slack(struct rng *r, uint64_t heat)
{
	uint64_t t = heat * anneal_neg_ln((uint32_t)(rng_next(r) >> 32));
	return (int64_t)(t >> 32);
}

#endif
