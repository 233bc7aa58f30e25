#include "base/rng.h"

static uint64_t splitmix(uint64_t *x)
{
	uint64_t z = (*x += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

struct rng rng_init(uint64_t seed, uint64_t stream)
{
	struct rng r;
	uint64_t x = seed ^ (stream * 0xd1342543de82ef95u + 0x2545f4914f6cdd1du);
	for (int i = 0; i < 4; i++)
		r.s[i] = splitmix(&x);
	return r;
}

static uint64_t rotl(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

uint64_t rng_next(struct rng *r)
{
	uint64_t *s = r->s, out = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return out;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
	ASSERT(n > 0);
	uint64_t limit = UINT64_MAX - UINT64_MAX % n, v;
	do
		v = rng_next(r);
	while (v >= limit);
	return v % n;
}

int64_t rng_range(struct rng *r, int64_t lo, int64_t hi)
{
	ASSERT(lo <= hi);
	return lo + (int64_t)rng_below(r, (uint64_t)(hi - lo) + 1);
}

bool rng_chance(struct rng *r, uint64_t num, uint64_t den)
{
	return rng_below(r, den) < num;
}

void rng_bytes(struct rng *r, void *p, size_t n)
{
	unsigned char *b = p;
	for (size_t i = 0; i < n; i++)
		b[i] = (unsigned char)(rng_next(r) >> 56);
}
