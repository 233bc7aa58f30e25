/* err.h - every outcome a function may return, from one table (err.tbl).
 *
 * A function that can fail in more than one way returns `enum err` and writes its
 * ret_ outputs only on OK.  TRY() returns early with the same outcome.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/die.h"

#include <stdbool.h>

enum err {
	OK = 0,
#define E(name, status, key, retry) ERR_##name,
#include "base/err.tbl"
#undef E
	ERR_COUNT_
};

/* Stable name ("NOT_FOUND"), the HTTP status, the message key, and whether the
 * same call may succeed later.  `e` may be OK: "OK", 200, "err.ok", false. */
const char *err_name(enum err e);
int err_status(enum err e);
const char *err_key(enum err e);
bool err_may_retry(enum err e);

#define TRY(call)                                                                          \
	do {                                                                               \
		enum err try_e_ = (call);                                                  \
		if (try_e_ != OK)                                                          \
			return try_e_;                                                     \
	} while (0)

#endif
