/* buf.h - growing bytes in an arena, with a maximum given at birth.
 *
 * Writing past the maximum sets `overflow` and drops the excess: the caller tests it once
 * at the end (output too large is an outcome, not a crash).  The result is a str that lives
 * as long as the arena.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap, max;
	struct arena *arena;
	bool overflow;
};

struct buf buf_init(struct arena *a, size_t max); /* max 0: 16 MiB */
void buf_put(struct buf *b, str s);
void buf_byte(struct buf *b, char c);
void buf_z(struct buf *b, const char *z);
void buf_int(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
str buf_str(const struct buf *b);

#define BUF_LIT(b, lit) buf_put((b), S(lit))

#endif
