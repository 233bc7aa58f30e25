/* arena.h - memory that lives as long as one request, one command, one job, one test.
 *
 * Pieces are zeroed and aligned to 16; nothing is freed alone.  The byte limit fixed at
 * birth is a promise: reaching it is a bug of ours (every outside size is limited before),
 * so it aborts, and callers never see NULL.
 *
 * Memory:  the only allocator of base/, domain/, talk/, solve/, ledger/ and view/.
 * Threads: one arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/die.h"

#include <stddef.h>
#include <stdint.h>

struct arena; /* opaque */

/* A new arena that will hold at most `max` bytes (0: 64 MiB).  Free with arena_free(). */
struct arena *arena_new(size_t max);
void arena_free(struct arena *a);   /* NULL is allowed */
void arena_freep(struct arena **a); /* for CLEANUP(arena_freep) */

/* `n` zeroed bytes, never NULL, n == 0 included. */
void *arena_alloc(struct arena *a, size_t n);
void *arena_array(struct arena *a, size_t size, size_t n); /* overflow-checked */
void *arena_copy(struct arena *a, const void *p, size_t n);

/* Grows an array: returns room for `n` elements of `size`, the first `used` copied. */
void *arena_grow(struct arena *a, const void *p, size_t size, size_t used, size_t n);

#define ARENA_NEW(a, T)      ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_array((a), sizeof(T), (n)))

/* Everything allocated after the mark is given back by the reset; for loops. */
struct arena_mark {
	void *chunk;
	size_t used, total;
};
struct arena_mark arena_mark(struct arena *a);
void arena_reset(struct arena *a, struct arena_mark m);
void arena_clear(struct arena *a); /* reset to empty, keeping the first chunk */

size_t arena_used(const struct arena *a); /* bytes handed out and still held */

#define CLEAN_ARENA CLEANUP(arena_freep)

/* Appends an element to a slice `s` with fields v, n, cap. */
#define ARENA_PUSH(a, s)                                                                   \
	((s)->n == (s)->cap                                                                \
		 ? ((s)->cap = (s)->cap ? (s)->cap * 2 : 8,                                \
		    (s)->v = arena_grow((a), (s)->v, sizeof *(s)->v, (s)->n, (s)->cap),    \
		    &(s)->v[(s)->n++])                                                     \
		 : &(s)->v[(s)->n++])

#endif
