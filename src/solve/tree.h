/* tree.h - JSON text to a tree in an arena, each value with its line, for the readers of
 * instances.  Numbers are fixed point, millionths: no value here needs more.
 *
 * Limits: TREE_MAX bytes, TREE_DEEP levels; strings keep their escapes except \" \\ and \/ ;
 * identifiers with other escapes are refused.
 */
#ifndef SOLVE_TREE_H
#define SOLVE_TREE_H

#include "solve/fault.h"

#define TREE_MAX  ((size_t)12 << 20)
#define TREE_DEEP 24
#define TREE_UNIT INT64_C(1000000)

enum tree_kind { TREE_NULL, TREE_BOOL, TREE_NUMBER, TREE_STRING, TREE_LIST, TREE_OBJECT };

struct tree {
	enum tree_kind kind;
	int line;
	int n;       /* children of a list or an object */
	int64_t num; /* millionths; 0 or 1 for a bool */
	str s;
	str key; /* inside an object */
	const struct tree *child, *next;
};

/* ERR_SYNTAX with line and reason, ERR_LIMIT for too long, too deep or too large numbers. */
MUST_USE enum err tree_read(struct arena *a, str text, const struct tree **ret,
			    struct plan_fault *f);

/* The member `key` of an object, or NULL (also when `o` is NULL or no object). */
const struct tree *tree_at(const struct tree *o, const char *key);

/* The whole number of member `key`: `absent` when missing; ERR_INPUT outside [lo, hi] or for
 * something else than a whole number. */
MUST_USE enum err tree_int(struct arena *a, const struct tree *o, const char *key,
			   int64_t lo, int64_t hi, int64_t absent, int64_t *ret,
			   struct plan_fault *f);

str tree_str(const struct tree *o, const char *key); /* empty when missing or no string */
bool tree_true(const struct tree *o, const char *key);

/* `s` as a JSON string with its quotes. */
void tree_put(struct buf *b, str s);

#endif
