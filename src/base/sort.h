/* sort.h - a stable merge sort that allocates from the arena given and nowhere else.
 *
 * The libc one may call malloc and is not stable.  O(n log n), n * size bytes of scratch.
 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include "base/arena.h"

#include <stdbool.h>

/* Sorts `n` elements of `size` bytes at `v`; cmp(x, y, ctx) is < 0, 0 or > 0.  The scratch is
 * given back before returning. */
void sort_by(struct arena *a, void *v, size_t n, size_t size,
	     int (*cmp)(const void *x, const void *y, void *ctx), void *ctx);

#endif
