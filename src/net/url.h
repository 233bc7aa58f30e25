/* url.h - the small texts around a request: percent-encoding, paths, cookies.  Pure.
 *
 * Strict where laxity hurts: a bad %XX, a control character, a byte that is not UTF-8, a path
 * with "//", "." or ".." steps is refused, so that one thing has one address.
 */
#ifndef NET_URL_H
#define NET_URL_H

#include "base/base.h"

/* One step of a path, or (with `plus`) one name or value of a form, where '+' is a blank.
 *   ERR_SYNTAX  bad %XX, control character (tab, CR and LF pass in forms), not UTF-8. */
MUST_USE enum err url_decode(struct arena *a, str s, bool plus, str *ret);

/* Encodes all but letters, digits and -._~ (RFC 3986, unreserved). */
str url_encode(struct arena *a, str s);

#define URL_STEPS_MAX 12

/* "/visites/01H.../pointage" -> its decoded steps; "/" has none; one "/" at the end is refused.
 *   ERR_SYNTAX  not a path of ours;   ERR_LIMIT  more than URL_STEPS_MAX steps. */
MUST_USE enum err url_path(struct arena *a, str path, str ret[URL_STEPS_MAX],
			   size_t *ret_n);

/* Whether a path may be sent back as a place to go: begins with one '/', holds no host, no
 * backslash, no control character.  For "next" after a login. */
bool url_is_local(str path);

/* The value of a cookie in a Cookie header: the first of that name; empty when absent or when
 * it holds anything but the octets of RFC 6265. */
str cookie_get(str header, str name);

#endif
