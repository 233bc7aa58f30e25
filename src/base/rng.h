/* rng.h - a seeded generator (xoshiro256**, Blackman and Vigna 2018) for simulations, demos
 * and the solver.  Never for secrets: those come from libsodium in the shell.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include "base/die.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t s[4];
};

struct rng rng_init(uint64_t seed, uint64_t stream); /* independent streams of one seed */
uint64_t rng_next(struct rng *r);
uint64_t rng_below(struct rng *r, uint64_t n);              /* uniform in [0,n), n > 0 */
int64_t rng_range(struct rng *r, int64_t lo, int64_t hi);   /* inclusive */
bool rng_chance(struct rng *r, uint64_t num, uint64_t den); /* num times in den */
void rng_bytes(struct rng *r, void *p, size_t n);

#endif
