#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct buf buf_init(struct arena *a, size_t max)
{
	return (struct buf){ .arena = a, .max = max ? max : (size_t)16 << 20 };
}

void buf_put(struct buf *b, str s)
{
	if (s.n > b->max - b->n) {
		b->overflow = true;
		s.n = b->max - b->n;
	}
	if (s.n == 0)
		return;
	if (s.n > b->cap - b->n) {
		size_t cap = b->cap ? b->cap : 256;
		while (cap < b->n + s.n)
			cap *= 2;
		b->p = arena_grow(b->arena, b->p, 1, b->n, cap);
		b->cap = cap;
	}
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_byte(struct buf *b, char c)
{
	buf_put(b, (str){ &c, 1 });
}

void buf_z(struct buf *b, const char *z)
{
	buf_put(b, str_of(z));
}

void buf_int(struct buf *b, int64_t v)
{
	char tmp[24];
	size_t i = sizeof tmp;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do
		tmp[--i] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		tmp[--i] = '-';
	buf_put(b, (str){ tmp + i, sizeof tmp - i });
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	char tmp[512];
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(tmp, sizeof tmp, fmt, ap);
	va_end(ap);
	ASSERT(n >= 0);
	if ((size_t)n < sizeof tmp) {
		buf_put(b, (str){ tmp, (size_t)n });
	} else {
		char *p = arena_alloc(b->arena, (size_t)n + 1);
		vsnprintf(p, (size_t)n + 1, fmt, again);
		buf_put(b, (str){ p, (size_t)n });
	}
	va_end(again);
}

str buf_str(const struct buf *b)
{
	return (str){ b->p ? b->p : "", b->n };
}
