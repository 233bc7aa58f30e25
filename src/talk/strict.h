/* strict.h - a strict reader of small JSON texts (RFC 8259), for answers that are not trusted.
 *
 * Flat on purpose: objects and arrays are walked, not built.  Depth and size are limited by
 * the caller's text; numbers are kept as text; strings are unescaped into the arena.
 */
#ifndef TALK_STRICT_H
#define TALK_STRICT_H

#include "base/str.h"

#define STRICT_MAX_DEPTH 12

enum strict_kind {
	STRICT_NULL,
	STRICT_BOOL,
	STRICT_NUMBER,
	STRICT_STRING,
	STRICT_ARRAY,
	STRICT_OBJECT
};

struct strict {
	enum strict_kind kind;
	str text;            /* string unescaped; number, true, false as written */
	struct strict *item; /* of arrays and objects */
	str *key;            /* of objects */
	size_t n;
};

/* The one value that `s` is.  ERR_SYNTAX: not JSON, deeper than STRICT_MAX_DEPTH, a key twice,
 * or anything after the value. */
MUST_USE enum err strict_read(struct arena *a, str s, struct strict *ret);

/* The member `key` of an object, or NULL. */
const struct strict *strict_get(const struct strict *o, str key);

/* `s` as a JSON string with its quotes. */
struct buf;
void strict_string(struct buf *out, str s);

#endif
