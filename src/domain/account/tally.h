/* tally.h - a hash table in an arena from a pair (group, id) to a dense number.
 *
 * For sets of persons and carers by line; grows by doubling, gives nothing back.  The numbers
 * are 0, 1, 2... in order of first sight.
 */
#ifndef DOMAIN_ACCOUNT_TALLY_H
#define DOMAIN_ACCOUNT_TALLY_H

#include "base/base.h"

struct tally_key {
	uint32_t group;
	struct id id;
};

struct tally {
	struct arena *a;
	struct tally_key *keys; /* by number */
	size_t n, cap;
	uint32_t *slots; /* number + 1; 0: free */
	size_t slots_n;
};

struct tally tally_init(struct arena *a);
/* The number of the pair, given now if it is new. */
size_t tally_put(struct tally *t, uint32_t group, struct id id);
/* SIZE_MAX when it is not there. */
size_t tally_find(const struct tally *t, uint32_t group, struct id id);

#endif
