/* id.h - 128-bit identifiers, time-ordered, printed as 26 letters of Crockford base32.
 *
 * The upper bits carry a time so that rows of one moment lie together (the cheapest
 * optimisation of the store, reference: engine measurements).  An id says nothing about
 * a person.  The zero id means "none".
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "base/time.h"

struct id {
	uint64_t hi, lo;
};

#define ID_NONE ((struct id){ 0, 0 })

static inline bool id_is(struct id i)
{
	return i.hi || i.lo;
}
static inline bool id_eq(struct id a, struct id b)
{
	return a.hi == b.hi && a.lo == b.lo;
}
static inline int id_cmp(struct id a, struct id b)
{
	if (a.hi != b.hi)
		return a.hi < b.hi ? -1 : 1;
	return (a.lo > b.lo) - (a.lo < b.lo);
}

/* 48 bits of milliseconds, then 80 bits of `random` (16 bytes given by the caller). */
struct id id_make(ts now, const uint8_t random[16]);

/* 40 bits of the start in seconds, then 88 bits of `hash` (at least 11 bytes): the id of a
 * thing that may exist only once for its key, such as a visit. */
struct id id_derived(ts start, const uint8_t hash[32]);

void id_bytes(struct id i, uint8_t ret[16]); /* big-endian: memcmp order is id order */
struct id id_from_bytes(const uint8_t b[16]);

#define ID_TEXT 26
str id_text(struct arena *a, struct id i); /* 26 upper-case letters */
/* Only the canonical form: upper case, 26 letters, first at most '7'.  ERR_SYNTAX. */
MUST_USE enum err id_parse(str s, struct id *ret);

#endif
