/* arena.c - chunks of 64 KiB in a list, newest first; large pieces get a chunk of their own. */
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define RED_ZONE       16
#define POISON(p, n)   __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define RED_ZONE       0
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { CHUNK = 64 * 1024, ALIGN = 16 };

struct chunk {
	struct chunk *prev;
	size_t size; /* bytes in data */
	_Alignas(ALIGN) unsigned char data[];
};

struct arena {
	struct chunk *top;
	size_t used;  /* bytes used in top */
	size_t total; /* bytes handed out in all chunks */
	size_t max;
};

static struct chunk *chunk_new(size_t size, struct chunk *prev)
{
	struct chunk *c = malloc(sizeof *c + size);
	if (!c)
		die("out of memory: %zu bytes", size);
	c->prev = prev;
	c->size = size;
	POISON(c->data, size);
	return c;
}

struct arena *arena_new(size_t max)
{
	struct arena *a = calloc(1, sizeof *a);
	if (!a)
		die("out of memory: arena");
	a->max = max ? max : (size_t)64 << 20;
	return a;
}

static void drop_to(struct arena *a, const struct chunk *keep)
{
	while (a->top && a->top != keep) {
		struct chunk *c = a->top;
		a->top = c->prev;
		UNPOISON(c->data, c->size);
		free(c);
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	drop_to(a, NULL);
	free(a);
}

void arena_freep(struct arena **a)
{
	arena_free(*a);
	*a = NULL;
}

void *arena_alloc(struct arena *a, size_t n)
{
	size_t room = (n + RED_ZONE + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (room < n || room > a->max - a->total)
		die("arena limit reached: %zu asked, %zu held, %zu allowed", n, a->total,
		    a->max);
	if (!a->top || room > a->top->size - a->used) {
		a->top = chunk_new(room > CHUNK ? room : CHUNK, a->top);
		a->used = 0;
	}
	unsigned char *p = a->top->data + a->used;
	a->used += room;
	a->total += room;
	UNPOISON(p, n);
	memset(p, 0, n);
	return p;
}

void *arena_array(struct arena *a, size_t size, size_t n)
{
	size_t bytes;
	if (__builtin_mul_overflow(size, n, &bytes))
		die("arena array overflow: %zu x %zu", size, n);
	return arena_alloc(a, bytes);
}

void *arena_copy(struct arena *a, const void *p, size_t n)
{
	void *q = arena_alloc(a, n);
	if (n)
		memcpy(q, p, n);
	return q;
}

void *arena_grow(struct arena *a, const void *p, size_t size, size_t used, size_t n)
{
	ASSERT(used <= n);
	void *q = arena_array(a, size, n);
	if (used)
		memcpy(q, p, size * used);
	return q;
}

struct arena_mark arena_mark(struct arena *a)
{
	return (struct arena_mark){ a->top, a->used, a->total };
}

void arena_reset(struct arena *a, struct arena_mark m)
{
	if (!m.chunk && a->top) {
		/* keep one ordinary chunk for the next round */
		while (a->top->prev) {
			struct chunk *c = a->top;
			a->top = c->prev;
			UNPOISON(c->data, c->size);
			free(c);
		}
		if (a->top->size > CHUNK)
			drop_to(a, NULL);
		a->used = 0;
	} else {
		drop_to(a, m.chunk);
		a->used = m.used;
	}
	a->total = m.total;
	if (a->top)
		POISON(a->top->data + a->used, a->top->size - a->used);
}

void arena_clear(struct arena *a)
{
	arena_reset(a, (struct arena_mark){ 0 });
}

size_t arena_used(const struct arena *a)
{
	return a->total;
}
