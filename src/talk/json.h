/* json.h - a strict reader of small JSON texts (RFC 8259), for answers that are not trusted.
 *
 * Flat on purpose: objects and arrays are walked, not built.  Depth and size are limited by
 * the caller's text; numbers are kept as text; strings are unescaped into the arena.
 */
#ifndef TALK_JSON_H
#define TALK_JSON_H

#include "base/str.h"

#define JSON_MAX_DEPTH 12

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
	enum json_kind kind;
	str text;          /* string unescaped; number, true, false as written */
	struct json *item; /* of arrays and objects */
	str *key;          /* of objects */
	size_t n;
};

/* The one value that `s` is.  ERR_SYNTAX: not JSON, deeper than JSON_MAX_DEPTH, a key twice,
 * or anything after the value. */
MUST_USE enum err json_read(struct arena *a, str s, struct json *ret);

/* The member `key` of an object, or NULL. */
const struct json *json_get(const struct json *o, str key);

/* `s` as a JSON string with its quotes. */
struct buf;
void json_string(struct buf *out, str s);

#endif
