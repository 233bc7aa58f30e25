#include "solve/anneal.h"

/* log2(x) in 16.16 for x >= 1, by squaring the mantissa bit by bit. */
static uint32_t log2_fix(uint64_t x)
{
	unsigned top = 63u - (unsigned)__builtin_clzll(x);
	uint64_t m = top >= 31 ? x >> (top - 31) : x << (31 - top); /* [1,2) in 1.31 */
	uint32_t out = top << 16;
	for (unsigned bit = 1u << 15; bit; bit >>= 1) {
		m = m * m >> 31;
		if (m >= UINT64_C(1) << 32) {
			m >>= 1;
			out |= bit;
		}
	}
	return out;
}

uint32_t anneal_neg_ln(uint32_t u)
{
	uint32_t l = (32u << 16) - log2_fix(u ? u : 1);
	return (uint32_t)((uint64_t)l * 45426u >> 16); /* ln 2 = 45426 / 65536 */
}

/* 2^(-x), x in 16.16, result in 0.32 (2^32 - 1 for 0). */
static uint64_t exp2_neg(uint64_t x)
{
	/* 2^-(1/2), 2^-(1/4), ... in 0.32 */
	static const uint32_t root[16] = { 0xb504f333, 0xd744fcca, 0xeac0c6e7, 0xf5257d15,
					   0xfa83b2db, 0xfd3e0c0c, 0xfe9e115c, 0xff4ecb59,
					   0xffa75652, 0xffd3a751, 0xffe9d2b2, 0xfff4e91b,
					   0xfffa747e, 0xfffd3a3b, 0xfffe9d1c, 0xffff4e8e };
	uint64_t v = UINT32_MAX;
	for (int i = 0; i < 16; i++)
		if (x & (0x8000u >> i))
			v = v * root[i] >> 32;
	uint64_t whole = x >> 16;
	return whole > 31 ? 0 : v >> whole;
}

uint64_t anneal_heat(uint64_t hot, uint64_t cold, uint32_t progress)
{
	if (hot <= cold)
		return cold;
	uint64_t span = log2_fix(hot) - log2_fix(cold);
	uint64_t down = span * (progress > ANNEAL_ONE ? ANNEAL_ONE : progress) >> 16;
	uint64_t f = exp2_neg(down);
	uint64_t t = hot * (f >> 12) >> 20; /* hot < 2^43 */
	return t < cold ? cold : t;
}
