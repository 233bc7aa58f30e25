/* sort.c - bottom-up merge sort: see sort.h. */
#include "base/sort.h"

#include <string.h>

void sort_by(struct arena *a, void *v, size_t n, size_t size,
	     int (*cmp)(const void *x, const void *y, void *ctx), void *ctx)
{
	if (n < 2)
		return;
	struct arena_mark m = arena_mark(a);
	char *from = v, *to = arena_array(a, size, n);
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t lo = 0; lo < n; lo += 2 * width) {
			size_t mid = lo + width < n ? lo + width : n;
			size_t hi = mid + width < n ? mid + width : n;
			size_t i = lo, j = mid;
			for (size_t k = lo; k < hi; k++) {
				bool left = i < mid &&
					    (j == hi || cmp(from + i * size,
							    from + j * size, ctx) <= 0);
				size_t pick = left ? i++ : j++;
				memcpy(to + k * size, from + pick * size, size);
			}
		}
		char *swap = from;
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, n * size);
	arena_reset(a, m);
}
