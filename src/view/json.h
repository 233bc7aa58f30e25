/* json.h - JSON out, with a stack of scopes: what it writes is well formed or it aborts.
 *
 *	struct json j = json_to(&buf);
 *	json_obj(&j);
 *	json_key(&j, "visits"), json_arr(&j);
 *	json_str(&j, name);
 *	json_end(&j), json_end(&j);
 *	json_done(&j);
 *
 * A key without value, a value without key, an end too many: bugs, they abort.  Text that is
 * not UTF-8 is repaired.  Money is an object-free integer of cents under a key *_cents; instants
 * are "2026-11-22T08:00:00Z", "none" is null.  Keys are constants of ours.
 *
 * (The canonical JSON of the ledger is another thing: ledger/.)
 */
#ifndef VIEW_JSON_H
#define VIEW_JSON_H

#include "base/base.h"

#define JSON_DEPTH 16

struct json {
	struct buf *b;
	char stack[JSON_DEPTH]; /* '{' or '[' */
	int depth;
	bool some; /* the scope holds something already: a comma is due */
	bool key;  /* a key waits for its value */
};

struct json json_to(struct buf *b);
void json_done(struct json *j); /* everything is closed, one value was written */

void json_obj(struct json *j);
void json_arr(struct json *j);
void json_end(struct json *j); /* the innermost of the two */
void json_key(struct json *j, const char *key);

void json_str(struct json *j, str s);
void json_z(struct json *j, const char *z);
void json_int(struct json *j, int64_t v);
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
void json_id(struct json *j, struct id i); /* ID_NONE: null */
void json_ts(struct json *j, ts t);        /* TS_NONE and TS_NEVER: null */
void json_day(struct json *j, day d);      /* DAY_NONE: null */
void json_hash(struct json *j, const struct hash *h);

/* Key and value at once, by type. */
/* clang-format off */
#define JSON(j, key, x)                                                                    \
	(json_key((j), (key)), _Generic((x), str: json_str, const char *: json_z,          \
		char *: json_z, bool: json_bool, struct id: json_id, ts: json_ts,          \
		day: json_day, money: json_money, default: json_int)((j), (x)))
/* clang-format on */
void json_money(struct json *j, money m); /* cents */

#endif
