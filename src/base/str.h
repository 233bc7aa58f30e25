/* str.h - borrowed, immutable bytes; the text type of the whole program.
 *
 * A str is not NUL-terminated and owns nothing: it is valid as long as what it points to.
 * Literals: S("text").  Printing: printf("%" PRIstr, STR(s)).  Text is UTF-8 unless a
 * comment says bytes.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct str {
	const char *p;
	size_t n;
} str;

#define S(lit) ((str){ "" lit, sizeof(lit) - 1 })
#define PRIstr ".*s"
#define STR(s) (int)(s).n, (s).p ? (s).p : ""

struct strs {
	str *v;
	size_t n, cap;
};

str str_of(const char *z);                 /* a NUL-terminated string; NULL gives empty */
str str_dup(struct arena *a, str s);       /* copy into the arena */
const char *str_z(struct arena *a, str s); /* NUL-terminated copy, for library edges */
str str_fmt(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
str str_cat(struct arena *a, str x, str y);

bool str_eq(str a, str b);
bool str_eq_nocase(str a, str b); /* ASCII only */
int str_cmp(str a, str b);        /* byte order, then length */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
size_t str_find(str s, str what); /* index of the first, or SIZE_MAX */
size_t str_find_byte(str s, char c);
str str_sub(str s, size_t from, size_t to); /* [from,to), both clamped */
str str_from(str s, size_t from);
str str_trim(str s); /* ASCII blanks at both ends */
bool str_blank(str s);

/* Cuts `*rest` at the first `sep`: returns what stands before, leaves what follows.
 * Without `sep` returns all and leaves an empty str with p == NULL (so loops can end). */
str str_cut(str *rest, char sep);

/* Decimal integer, whole string, optional minus.  ERR_SYNTAX, or ERR_LIMIT on overflow. */
MUST_USE enum err str_int(str s, int64_t *ret);
MUST_USE enum err str_uint(str s, uint64_t max, uint64_t *ret);

/* Lower-case hexadecimal.  str_unhex: ERR_SYNTAX unless exactly 2*n hex digits. */
str str_hex(struct arena *a, const void *p, size_t n);
MUST_USE enum err str_unhex(str s, void *ret, size_t n);

/* base64, RFC 4648 with padding.  Decoding accepts only the canonical form: ERR_SYNTAX. */
str str_base64(struct arena *a, str bytes);
MUST_USE enum err str_unbase64(struct arena *a, str s, str *ret);

uint64_t str_hash(str s); /* FNV-1a, for tables in memory; not for secrets */

#endif
