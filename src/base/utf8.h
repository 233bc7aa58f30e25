/* utf8.h - whether bytes are UTF-8, and which code points they hold (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* No overlong form, no surrogate, nothing above U+10FFFF.  Controls and U+0000 pass: see
 * utf8_clean(). */
bool utf8_valid(str s);

/* Valid, and without control characters (C0 but for tab and newline, DEL, C1) and without the
 * marks that turn the direction of text around (U+202A-202E, U+2066-2069), which can make a
 * name look like another. */
bool utf8_clean(str s);

/* Cuts one code point from the front of *rest.  A byte that starts nothing valid is cut alone
 * and gives U+FFFD.  *rest must not be empty. */
uint32_t utf8_next(str *rest);

void utf8_put(struct arena *a, uint32_t code, str *ret); /* one code point as bytes */
size_t utf8_count(str s); /* code points; bad bytes count one */

/* At most `max` bytes of `s`, never cutting a code point in two. */
str utf8_prefix(str s, size_t max);

/* `s` with each bad byte replaced by U+FFFD; `s` itself when it is valid. */
str utf8_repair(struct arena *a, str s);

#endif
