#include "base/id.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct id id_from_bytes(const uint8_t b[16])
{
	struct id i = { 0, 0 };
	for (int k = 0; k < 8; k++) {
		i.hi = i.hi << 8 | b[k];
		i.lo = i.lo << 8 | b[k + 8];
	}
	return i;
}

void id_bytes(struct id i, uint8_t ret[16])
{
	for (int k = 7; k >= 0; k--) {
		ret[k] = (uint8_t)i.hi;
		ret[k + 8] = (uint8_t)i.lo;
		i.hi >>= 8;
		i.lo >>= 8;
	}
}

struct id id_make(ts now, const uint8_t random[16])
{
	struct id i = id_from_bytes(random);
	i.hi = (uint64_t)(now.us / 1000) << 16 | (i.hi & 0xffff);
	return i;
}

struct id id_derived(ts start, const uint8_t hash[32])
{
	struct id i = id_from_bytes(hash);
	i.hi = ((uint64_t)(start.us / US_S) & 0xffffffffff) << 24 | (i.hi & 0xffffff);
	return i;
}

str id_text(struct arena *a, struct id i)
{
	char *p = arena_alloc(a, ID_TEXT + 1);
	for (int k = ID_TEXT - 1; k >= 0; k--) {
		p[k] = alphabet[i.lo & 31];
		i.lo = i.lo >> 5 | i.hi << 59;
		i.hi >>= 5;
	}
	return (str){ p, ID_TEXT };
}

enum err id_parse(str s, struct id *ret)
{
	if (s.n != ID_TEXT || s.p[0] > '7')
		return ERR_SYNTAX;
	struct id i = { 0, 0 };
	for (size_t k = 0; k < ID_TEXT; k++) {
		size_t v = str_find_byte((str){ alphabet, 32 }, s.p[k]);
		if (v == SIZE_MAX)
			return ERR_SYNTAX;
		i.hi = i.hi << 5 | i.lo >> 59;
		i.lo = i.lo << 5 | v;
	}
	*ret = i;
	return OK;
}
